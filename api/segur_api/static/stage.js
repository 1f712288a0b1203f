// Pan and zoom: one transform moves the whole drawing, so that a thousand nodes move as one.

const MOST = 4;
const STILL = 4; // pixels that a hand may tremble before a click is a drag

export class Stage {
  constructor(box, settled) {
    this.box = box;
    this.svg = box.querySelector("svg");
    this.settled = settled;
    this.wide = Number(this.svg.getAttribute("width"));
    this.high = Number(this.svg.getAttribute("height"));
    this.hands = new Map();
    box.classList.add("is-live");
    for (const name of ["pointerdown", "pointermove", "pointerup", "wheel", "click", "dragstart"])
      box.addEventListener(name, (event) => this[name](event), { capture: name === "click", passive: false });
    box.addEventListener("pointercancel", (event) => this.pointerup(event));
    this.fit();
  }

  get least() {
    const { width, height } = this.box.getBoundingClientRect();
    return Math.min(width / this.wide, height / this.high, 1.25);
  }

  fit() {
    const { width, height } = this.box.getBoundingClientRect();
    const k = this.least;
    this.move(k, (width - k * this.wide) / 2, (height - k * this.high) / 2);
  }

  move(k, x, y) {
    Object.assign(this, { k, x, y });
    this.box.classList.add("is-moving");
    this.svg.style.transform = `translate(${x}px, ${y}px) scale(${k})`;
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => {
      this.box.classList.remove("is-moving");
      this.settled(this);
    }, 140);
  }

  // Zooms by a factor around a place of the box, its middle unless one is given.
  zoom(by, at) {
    const { width, height } = this.box.getBoundingClientRect();
    const [cx, cy] = at ?? [width / 2, height / 2];
    const k = Math.min(Math.max(this.k * by, this.least * 0.6), MOST);
    this.move(k, cx - ((cx - this.x) * k) / this.k, cy - ((cy - this.y) * k) / this.k);
  }

  // Brings a place of the drawing into sight, no farther than it must.
  reveal(x, y) {
    const { width, height } = this.box.getBoundingClientRect();
    const [across, down] = [this.x + x * this.k, this.y + y * this.k];
    const dx = Math.min(Math.max(across, 40), width - 40) - across;
    const dy = Math.min(Math.max(down, 36), height - 44) - down;
    if (dx || dy) this.move(this.k, this.x + dx, this.y + dy);
  }

  pointerdown(event) {
    if (event.button) return;
    this.hands.set(event.pointerId, [event.clientX, event.clientY]);
    this.dragged = false;
  }

  pointermove(event) {
    const before = this.hands.get(event.pointerId);
    if (!before) return;
    const now = [event.clientX, event.clientY];
    const by = [now[0] - before[0], now[1] - before[1]];
    if (!this.dragged && Math.hypot(...by) < STILL) return;
    this.dragged = true;
    this.box.setPointerCapture(event.pointerId);
    const other = [...this.hands].find(([id]) => id !== event.pointerId)?.[1];
    this.hands.set(event.pointerId, now);
    if (!other) return this.move(this.k, this.x + by[0], this.y + by[1]);
    const box = this.box.getBoundingClientRect();
    const apart = (p) => Math.hypot(p[0] - other[0], p[1] - other[1]) || 1;
    this.zoom(apart(now) / apart(before), [(now[0] + other[0]) / 2 - box.left, (now[1] + other[1]) / 2 - box.top]);
  }

  pointerup(event) {
    this.hands.delete(event.pointerId);
  }

  // What ends a drag is no click.
  click(event) {
    if (this.dragged) {
      event.preventDefault();
      event.stopPropagation();
    }
    this.dragged = false;
  }

  dragstart(event) {
    event.preventDefault();
  }

  wheel(event) {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const box = this.box.getBoundingClientRect();
    this.zoom(Math.exp(-event.deltaY * 0.004), [event.clientX - box.left, event.clientY - box.top]);
  }
}
