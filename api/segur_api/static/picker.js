// Names are proposed as they are typed, in the list that the browser keeps for a field; a chosen one opens its page.

let waiting = 0;
let asked = 0;
const addresses = new Map();

async function propose(field) {
  const turn = ++asked;
  const from = new URL(field.form.dataset.names, location.href);
  from.search = new URLSearchParams({ q: field.value, limit: 8, lang: document.documentElement.lang });
  const answer = await fetch(from);
  if (!answer.ok || turn !== asked) return;
  const { results } = await answer.json();
  const english = document.documentElement.lang === "en";
  const options = results.map((one) => {
    const option = document.createElement("option");
    option.value = (english && one.label_en) || one.label;
    addresses.set(option.value, one.address);
    return option;
  });
  field.list.replaceChildren(...options);
}

document.addEventListener("input", (event) => {
  const field = event.target;
  if (!field.matches("[data-names] input[list]")) return;
  clearTimeout(waiting);
  if (addresses.has(field.value) && event.inputType !== "insertText") field.form.requestSubmit();
  else if (field.value.trim()) waiting = setTimeout(() => propose(field), 120);
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  const address = form.matches("[data-names]") && addresses.get(form.elements.q.value);
  if (!address) return;
  event.preventDefault();
  const kept = new URLSearchParams(new FormData(form));
  kept.delete("q");
  location.assign(`${form.dataset.root}${address}?${kept}`);
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.target.closest("input, select, textarea")) return;
  event.preventDefault();
  document.getElementById("q-all").focus();
});
