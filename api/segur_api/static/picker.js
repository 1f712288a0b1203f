// Names are proposed as they are typed; a chosen one opens its page. Without it the field is a plain search.

import { Listbox } from "./listbox.js";

const lists = new WeakMap();
let waiting = 0;
let asked = 0;

function list(field) {
  if (!lists.has(field)) {
    field.role = "combobox";
    lists.set(field, new Listbox(field, field.labels[0].textContent, (one) => go(field.form, one.address)));
  }
  return lists.get(field);
}

function go(form, address) {
  const kept = new URLSearchParams(new FormData(form));
  kept.delete("q");
  location.assign(`${form.dataset.root}${address}?${kept}`);
}

async function propose(field) {
  const turn = ++asked;
  const { lang } = document.documentElement;
  const from = new URL(field.form.dataset.names, location.href);
  from.search = new URLSearchParams({ q: field.value, limit: 8, lang });
  const answer = await fetch(from);
  if (!answer.ok || turn !== asked) return;
  const { results } = await answer.json();
  if (turn !== asked || document.activeElement !== field) return;
  list(field).show(results.map((one) => ({ name: (lang === "en" && one.label_en) || one.label, address: one.address })));
}

const searched = (event) => event.target instanceof Element && event.target.matches("[data-names] input[type=search]");

document.addEventListener("input", (event) => {
  if (!searched(event)) return;
  clearTimeout(waiting);
  if (event.target.value.trim()) waiting = setTimeout(() => propose(event.target), 120);
  else asked++, list(event.target).close();
});

document.addEventListener("keydown", (event) => {
  if (searched(event)) {
    if (["Escape", "Enter"].includes(event.key)) clearTimeout(waiting), asked++;
    list(event.target).key(event);
  } else if (event.key === "/" && !event.ctrlKey && !event.metaKey && !event.target.closest("input, select, textarea")) {
    event.preventDefault();
    document.getElementById("q-all").focus();
  }
});
