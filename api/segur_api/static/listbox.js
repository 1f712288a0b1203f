// Proposals beside a field that keeps the focus: arrows choose, Enter takes, Escape closes, Tab goes on.

let made = 0;

export class Listbox {
  // `take` is given the proposal that was chosen: { name, label, note, says }, of which all but the name may be empty.
  constructor(field, label, take) {
    Object.assign(this, { field, take, items: [], at: -1, list: document.createElement("ul") });
    Object.assign(this.list, { id: `proposed-${++made}`, className: "listbox", role: "listbox", hidden: true });
    this.list.ariaLabel = label;
    field.after(this.list);
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-controls", this.list.id);
    this.said();
    field.addEventListener("blur", () => this.close());
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const n = [...this.list.children].indexOf(event.target.closest("li"));
      if (n >= 0) this.took(n);
    });
  }

  get open() {
    return !this.list.hidden;
  }

  show(items, chosen = -1) {
    this.items = items;
    this.list.replaceChildren(...items.map((item, n) => this.option(item, n)));
    this.list.hidden = !items.length;
    this.choose(items.length ? chosen : -1);
  }

  close() {
    this.show([]);
  }

  option(item, n) {
    const option = document.createElement("li");
    Object.assign(option, { id: `${this.list.id}-${n}`, role: "option" });
    for (const part of ["name", "label", "note", "says"])
      if (item[part]) {
        const said = document.createElement("span");
        Object.assign(said, { className: `is-${part}`, textContent: item[part] });
        option.append(said, " ");
      }
    return option;
  }

  choose(n) {
    this.at = n;
    for (const [m, option] of [...this.list.children].entries()) option.ariaSelected = String(m === n);
    this.said();
  }

  said() {
    const chosen = this.list.children[this.at];
    if (this.field.role === "combobox") this.field.ariaExpanded = String(this.open);
    chosen
      ? this.field.setAttribute("aria-activedescendant", chosen.id)
      : this.field.removeAttribute("aria-activedescendant");
  }

  took(n) {
    const item = this.items[n];
    this.close();
    this.take(item);
  }

  // Whether a key was for the list.
  key(event) {
    if (!this.open || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.choose((Math.max(this.at, step < 0 ? 0 : -1) + step + this.items.length) % this.items.length);
    else if (event.key === "Enter" && this.at >= 0) this.took(this.at);
    else if (event.key === "Escape") this.close();
    else return false;
    event.preventDefault();
    return true;
  }
}
