// The SPARQL editor: colours behind a plain field, the place of an error, answers without a reload.

import { Completion } from "./completion.js";
import { tokens } from "./tokens.js";

const PARTS = ["top", "found"];
const parser = new DOMParser();
let field, layer, running;

function ready() {
  field = document.getElementById("query");
  if (!field) return;
  layer = document.createElement("div");
  Object.assign(layer, { className: "editor-paint", ariaHidden: "true" });
  field.before(layer);
  field.parentElement.classList.add("is-live");
  document.querySelector("[data-keys]").hidden = false;
  new Completion(field, field.form.dataset.terms, { place, write });
  field.addEventListener("input", () => paint());
  field.addEventListener("keydown", keys);
  marked();
}

// The error of the answer, where there is one: its place in the text.
function marked() {
  const { line, column } = document.querySelector("#found [data-line]")?.dataset ?? {};
  paint(line && { line: Number(line), ...fault(offset(line, column)) });
}

// The token at a place, or the one that ends there: an engine says where it stopped reading.
function fault(at) {
  const near = tokens(field.value).filter((token) => token.kind !== "space" && token.at <= at);
  const { at: start, text } = near.at(-1) ?? { at, text: "" };
  return at <= start + text.length ? { start, end: start + text.length } : { start: at, end: at };
}

function offset(line, column) {
  const lines = field.value.split("\n");
  const above = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
  return above + [...(lines[line - 1] ?? "")].slice(0, column - 1).join("").length;
}

function part(kind, text) {
  const made = document.createElement("span");
  Object.assign(made, { className: kind, textContent: text });
  return made;
}

function paint(wrong) {
  const lines = [part("line", "")];
  for (const { kind, text, at } of tokens(field.value)) {
    const here = wrong && wrong.start < at + text.length && at < wrong.end;
    for (const [n, said] of text.split("\n").entries()) {
      if (n) lines.push(part("line", ""));
      if (said) lines.at(-1).append(part(`is-${kind || "plain"}${here ? " is-fault" : ""}`, said));
    }
  }
  if (wrong) lines[wrong.line - 1]?.classList.add("is-wrong");
  layer.replaceChildren(...lines);
  wrong ? field.setAttribute("aria-invalid", "true") : field.removeAttribute("aria-invalid");
}

// Puts a box under a place of the text, within the editor.
function place(box, at) {
  const before = field.value.slice(0, at).split("\n");
  const line = layer.children[before.length - 1];
  let left = before.at(-1).length;
  const spans = [...line.children];
  const span = spans.find(({ textContent: { length } }) => left <= length || ((left -= length), false));
  const range = document.createRange();
  if (span) range.setStart(span.firstChild, left);
  else range.selectNodeContents(line);
  const spot = range.getClientRects()[0] ?? line.getBoundingClientRect();
  const frame = layer.getBoundingClientRect();
  box.style.top = `${spot.bottom - frame.top + 4}px`;
  box.style.left = `${Math.max(0, Math.min(spot.left - frame.left, frame.width - box.offsetWidth))}px`;
  box.scrollIntoView({ block: "nearest" });
}

// As a hand types, so that it can be undone; where the browser cannot, without undoing.
function write(text, start, end) {
  field.setSelectionRange(start, end);
  if (document.execCommand("insertText", false, text)) return;
  field.setRangeText(text, start, end, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function keys(event) {
  if (event.key !== "Enter" || event.isComposing) return;
  if (event.ctrlKey || event.metaKey) {
    event.preventDefault();
    field.form.requestSubmit();
  } else if (!event.shiftKey && !event.altKey) {
    const { value, selectionStart, selectionEnd } = field;
    const [indent] = value.slice(value.lastIndexOf("\n", selectionStart - 1) + 1, selectionStart).match(/^[ \t]*/);
    if (!indent) return;
    event.preventDefault();
    write(`\n${indent}`, selectionStart, selectionEnd);
  }
}

// Asks, and shows the answer under the query; the page that the server sends holds it.
async function ask(form) {
  running?.abort();
  const mine = (running = new AbortController());
  const address = `${form.getAttribute("action")}?${new URLSearchParams(new FormData(form))}`;
  busy(form, true);
  try {
    const answer = await fetch(address, { headers: { Accept: "text/html" }, signal: mine.signal });
    const page = parser.parseFromString(await answer.text(), "text/html");
    for (const id of PARTS) document.getElementById(id).replaceWith(page.getElementById(id));
    history.pushState(null, "", address);
    marked();
    document.getElementById("status").textContent = document.querySelector("#found [data-announce]").textContent;
  } catch {
    if (!mine.signal.aborted) location.assign(address);
  }
  if (running === mine) busy(form, false);
}

function busy(form, is) {
  form.ariaBusy = String(is);
  form.querySelector("[data-stop]").hidden = !is;
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("form[data-terms]")) return;
  event.preventDefault();
  ask(event.target);
});

document.addEventListener("click", (event) => {
  const on = event.target instanceof Element ? event.target : null;
  const spot = on?.closest("#found [data-line]");
  if (on?.closest("[data-stop]")) {
    running?.abort();
    field.focus();
  } else if (spot) {
    event.preventDefault();
    const { start, end } = fault(offset(spot.dataset.line, spot.dataset.column));
    field.focus();
    field.setSelectionRange(start, end);
  }
});

document.addEventListener("shown", ready);
ready();
