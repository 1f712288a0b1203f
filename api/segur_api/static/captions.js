// From afar only as many captions are written as there is room for, as on a map: gaps first, then what has many links.

const LEGIBLE = 0.78; // from this scale on every caption can be read
const HALF = 60;
const LINE = 13.5;
const ORDER = ["gap", "check"];

export class Captions {
  constructor(svg) {
    this.svg = svg;
    const links = new Map();
    for (const { dataset } of svg.querySelectorAll("path[data-source]"))
      for (const end of [dataset.source, dataset.target]) links.set(end, (links.get(end) ?? 0) + 1);
    this.nodes = [...svg.querySelectorAll(".node")].map((node) => {
      const [, x, y] = node.getAttribute("transform").match(/\(([-\d.]+) ([-\d.]+)\)/);
      const lines = node.querySelectorAll(".caption text").length;
      const rank = (ORDER.indexOf(node.dataset.state) + 1 || 3) * 1000 - (links.get(node.dataset.id) ?? 0);
      return { node, x: Number(x), y: Number(y), lines, rank };
    });
    this.ranked = [...this.nodes].sort((one, other) => one.rank - other.rank);
  }

  at(k) {
    const far = k < LEGIBLE;
    const up = far ? Math.min(0.9 / k, 2.6) : 1;
    const big = far ? Math.min(0.62 / k, 1.7) : 1;
    this.svg.classList.toggle("is-far", far);
    this.svg.style.setProperty("--up", up);
    this.svg.style.setProperty("--big", Math.max(big, 1));
    if (!far) return;
    const taken = this.nodes.map(({ x, y }) => [x - 17, y - 17, x + 17, y + 17]);
    for (const { node, x, y, lines } of this.ranked) {
      const box = [x - HALF * up, y + 19 * up, x + HALF * up, y + (20 + LINE * lines) * up];
      const free = taken.every((t) => t[0] > box[2] || t[2] < box[0] || t[1] > box[3] || t[3] < box[1]);
      node.classList.toggle("is-told", free);
      if (free) taken.push(box);
    }
  }
}
