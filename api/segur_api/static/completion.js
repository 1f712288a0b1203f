// What may stand at the caret of a SPARQL query: its variables, the terms of the vocabulary, prefixes, keywords.

import { Listbox } from "./listbox.js";
import { KEYWORDS, tokens } from "./tokens.js";

const MOST = 8;
const TYPED = /(?:[?$][\p{L}\p{N}_]*|[\p{L}_][\p{L}\p{N}_.-]*(?::[\p{L}\p{N}_-]*)?)$/u;
const PREFIX = /\bPREFIX\s+([\p{L}_][\p{L}\p{N}_.-]*)?:\s*<([^<>\s]*)>/giu;

const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

export class Completion {
  // `place` says where a part of the query stands on the screen, `write` puts a text in the place of a part of it.
  constructor(field, source, { place, write }) {
    Object.assign(this, { field, source, place, write });
    this.list = new Listbox(field, field.dataset.proposed, (item) => this.take(item));
    field.addEventListener("focus", () => this.load(), { once: true });
    field.addEventListener("keydown", (event) => this.key(event));
    field.addEventListener("input", (event) => {
      if (event.isComposing) return;
      const typed = event.inputType?.startsWith("insert") && event.inputType !== "insertFromPaste";
      typed || this.list.open ? this.propose() : this.list.close();
    });
    document.addEventListener("selectionchange", () => {
      if (this.list.open && this.start + this.typed.length !== field.selectionEnd) this.list.close();
    });
  }

  async load() {
    const answer = await fetch(this.source);
    if (answer.ok) this.vocabulary = await answer.json();
    if (this.typed && document.activeElement === this.field) this.propose(); // typed before the terms were there
  }

  key(event) {
    if (this.list.key(event)) event.stopImmediatePropagation();
    else if (event.ctrlKey && event.key === " ") event.preventDefault(), this.propose(true);
  }

  propose(asked = false) {
    const { value, selectionStart: caret, selectionEnd } = this.field;
    const before = value.slice(0, caret);
    this.typed = before.match(TYPED)?.[0] ?? "";
    this.start = caret - this.typed.length;
    const enough = asked || this.typed.includes(":") || this.typed.length > 1;
    const found = enough && caret === selectionEnd && this.readable(value, caret) ? this.found(before) : [];
    this.list.show(found, 0);
    if (!found.length) return;
    this.place(this.list.list, this.start);
    document.getElementById("status").textContent = this.field.dataset.count.replace("0", found.length);
  }

  // In a text, a comment or an IRI nothing is proposed.
  readable(value, caret) {
    const on = tokens(value).find(({ at, text }) => at < caret && caret <= at + text.length);
    return !["comment", "iri", "text"].includes(on?.kind);
  }

  found(before) {
    const sought = fold(this.typed);
    if (/^[?$]/.test(this.typed)) return this.variables(sought);
    const { prefixes = {}, terms = [] } = this.vocabulary ?? {};
    if (/\bPREFIX\s+$/i.test(before.slice(0, this.start))) return this.namespaces(prefixes, sought);
    const declared = new Map([...this.field.value.matchAll(PREFIX)].map(([, name = "", iri]) => [iri, name]));
    const named = terms.map((term) => {
      const iri = prefixes[term.prefix];
      const name = `${declared.get(iri) ?? term.prefix}:${term.local}`;
      return { ...term, name, missing: declared.has(iri) ? "" : `PREFIX ${term.prefix}: <${iri}>\n` };
    });
    const words = sought.length ? KEYWORDS.map((name) => ({ name, keyword: true })) : [];
    return best([...named, ...words], sought);
  }

  variables(sought) {
    const names = tokens(this.field.value).filter(({ kind, at }) => kind === "variable" && at !== this.start);
    const known = [...new Set(names.map(({ text }) => text))];
    return best(known.map((name) => ({ name })), sought);
  }

  namespaces(prefixes, sought) {
    return best(Object.entries(prefixes).map(([name, iri]) => ({ name: `${name}: <${iri}>` })), sought);
  }

  take({ name, missing = "" }) {
    this.write(name, this.start, this.start + this.typed.length);
    if (missing) this.write(missing, 0, 0);
    const caret = this.start + name.length + missing.length;
    this.field.setSelectionRange(caret, caret);
    this.list.close();
  }
}

// The nearest first: the name begins so, then the label, then a word of the label; none where it already stands there.
function best(items, sought) {
  if (items.some(({ name }) => fold(name) === sought)) return [];
  const ranked = items.map((item) => [rank(item, sought), item]).filter(([near]) => near < 9);
  return ranked.sort(([one], [other]) => one - other).slice(0, MOST).map(([, item]) => item);
}

function rank({ name, local, label = "", other = "", keyword }, sought) {
  const said = [label, other].map(fold);
  if (fold(name).startsWith(sought)) return keyword ? 1 : 0;
  if (keyword || sought.includes(":")) return 9;
  if (local && fold(local).startsWith(sought)) return 2;
  if (said.some((text) => text.startsWith(sought))) return 3;
  return said.some((text) => text.split(/[\s'’]/).some((word) => word.startsWith(sought))) ? 4 : 9;
}
