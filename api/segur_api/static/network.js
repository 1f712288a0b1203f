// The page Réseau by hand: pan, zoom, keyboard, a node's fiche beside the picture. Everything works without it, by links.

import { fetched, plain, show } from "./site.js";
import { Captions } from "./captions.js";
import { Stage } from "./stage.js";

const narrow = matchMedia("(max-width: 760px)");
const ARROWS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
let live; // what the picture of the page has: { stage, captions, nodes, edges, joined }
let turn = 0;

function ready() {
  document.querySelector("[data-copy-link]")?.removeAttribute("hidden");
  document.querySelector("[data-scripted]")?.setAttribute("hidden", "");
  live = undefined;
  const box = document.getElementById("stage");
  if (!box?.querySelector("svg") || narrow.matches) return;
  const captions = new Captions(box.querySelector("svg"));
  const nodes = new Map(captions.nodes.map((told) => [told.node.dataset.id, told]));
  const edges = [...box.querySelectorAll("path[data-source]")];
  const joined = new Map([...nodes.keys()].map((id) => [id, new Set()]));
  for (const { dataset } of edges) {
    joined.get(dataset.source)?.add(dataset.target);
    joined.get(dataset.target)?.add(dataset.source);
  }
  const offset = Number(box.querySelector(".nodes").getAttribute("transform").match(/\(([-\d.]+)/)[1]);
  live = { captions, nodes, edges, joined, offset };
  live.stage = new Stage(box, settled);
  const at = new URLSearchParams(location.search).get("at")?.split(",").map(Number);
  if (at?.length === 3 && at.every(Number.isFinite) && at[0] > 0) live.stage.move(...at);
  captions.at(live.stage.k);
  document.querySelector("[data-zoom]").hidden = false;
  enter(chosen() ?? captions.nodes[0]?.node);
  if (chosen()) see(chosen().dataset.id);
}

// Where the picture was moved to is part of the address; where it was not, the address says nothing.
function settled({ k, x, y }) {
  live.captions.at(k);
  const address = new URL(location);
  const said = [k.toFixed(3), Math.round(x), Math.round(y)].join();
  if (live.first === undefined) live.first = said;
  if (said === live.first && !address.searchParams.has("at")) return;
  address.searchParams.set("at", said);
  history.replaceState(history.state, "", address);
}

const chosen = () => document.querySelector("#stage .node.is-chosen");

// The picture is one tab stop: the node on which the keyboard stands.
function enter(node) {
  for (const told of live.captions.nodes) told.node.setAttribute("tabindex", told.node === node ? 0 : -1);
}

function see(id) {
  const told = live.nodes.get(id);
  if (told) live.stage.reveal(told.x + live.offset, told.y);
}

// What touches a node stays in light; without a node everything does.
function light(id) {
  const near = live.joined.get(id);
  for (const [other, { node }] of live.nodes) {
    const lit = !near || other === id || near.has(other);
    node.classList.toggle("is-chosen", other === id);
    node.classList.toggle("is-near", Boolean(near) && lit);
    lit ? node.removeAttribute("opacity") : node.setAttribute("opacity", 0.16);
  }
  for (const edge of live.edges) {
    const lit = !near || edge.dataset.source === id || edge.dataset.target === id;
    lit ? edge.removeAttribute("opacity") : edge.setAttribute("opacity", 0.1);
  }
  for (const inside of document.querySelectorAll("#stage .inside")) {
    const lines = inside.previousElementSibling.children;
    for (const [n, path] of [...inside.children].entries()) {
      const dim = lines[n].getAttribute("opacity");
      dim ? path.setAttribute("opacity", dim) : path.removeAttribute("opacity");
    }
  }
}

// Shows the fiche of a node beside the picture; the server has written and escaped it.
async function open(address) {
  const id = new URL(address).searchParams.get("node");
  const mine = ++turn;
  if (!live || (id && !live.nodes.has(id))) return show(address);
  const from = new URL(address);
  from.searchParams.delete("at");
  if (id) from.pathname += "/fiche";
  try {
    const page = await fetched(from);
    if (mine !== turn) return;
    document.getElementById("panel-in").replaceWith(page.getElementById("panel-in"));
    document.getElementById("panel").scrollTop = 0;
    document.getElementById("net").classList.toggle("has-panel", Boolean(id));
    light(id);
    const said = new URL(address);
    const at = new URLSearchParams(location.search).get("at");
    at ? said.searchParams.set("at", at) : said.searchParams.delete("at");
    history.pushState(null, "", said);
    if (id) enter(live.nodes.get(id).node);
  } catch {
    location.assign(address);
  }
}

// Along an edge to the neighbour that lies most in a direction; where none does, to the nearest node that does.
function towards(id, [dx, dy]) {
  const here = live.nodes.get(id);
  const best = (ids) => {
    const found = [...ids].map((other) => {
      const { x, y } = live.nodes.get(other);
      const [ax, ay] = [x - here.x, y - here.y];
      const ahead = ax * dx + ay * dy;
      return { other, ahead, cost: ahead + 2.4 * Math.abs(ax * dy - ay * dx) };
    });
    return found.filter(({ other, ahead }) => other !== id && ahead > 1).sort((a, b) => a.cost - b.cost)[0]?.other;
  };
  return best(live.joined.get(id)) ?? best(live.nodes.keys());
}

document.addEventListener("click", (event) => {
  const on = event.target instanceof Element ? event.target : null;
  const node = on?.closest("#stage .node, [data-node], [data-close]");
  const by = on?.closest("[data-by]")?.dataset.by;
  if (node && plain(event)) {
    event.preventDefault();
    open(node.href.baseVal === undefined ? node.href : new URL(node.href.baseVal, location.href).href);
  } else if (on?.closest("#phone .node") && plain(event)) {
    event.preventDefault();
    show(new URL(on.closest(".node").href.baseVal, location.href).href);
  } else if (by && live) {
    Number(by) ? live.stage.zoom(Number(by)) : live.stage.fit();
  } else if (on?.closest("[data-copy-link]")) {
    const button = on.closest("button");
    navigator.clipboard?.writeText(location.href).then(() => {
      button.classList.add("is-done");
      document.getElementById("status").textContent = button.dataset.done;
    });
  }
});

document.addEventListener("dblclick", (event) => {
  const node = event.target instanceof Element && event.target.closest("#stage .node");
  if (!node) return;
  turn++;
  const address = new URL(location);
  for (const [name, value] of Object.entries({ view: "near", centre: node.dataset.id, node: node.dataset.id }))
    address.searchParams.set(name, value);
  for (const name of ["open", "at"]) address.searchParams.delete(name);
  show(address.href);
});

document.addEventListener("keydown", (event) => {
  const node = event.target instanceof Element && event.target.closest("#stage .node");
  if (!node || !live || event.ctrlKey || event.metaKey || event.altKey) return;
  const next = ARROWS[event.key] && towards(node.dataset.id, ARROWS[event.key]);
  if (next) {
    const { node: there } = live.nodes.get(next);
    enter(there);
    there.focus({ preventScroll: true });
    see(next);
  } else if (event.key === "+" || event.key === "-") {
    live.stage.zoom(event.key === "+" ? 1.25 : 0.8);
  } else if (event.key === "Escape") {
    document.querySelector(".tabs [aria-current]").focus();
    const close = document.querySelector("#panel [data-close]");
    if (close) open(close.href);
  } else if (!ARROWS[event.key]) {
    return;
  }
  event.preventDefault();
});

// The boxes of the legend act at once; a facet of which everything is shown says nothing.
document.addEventListener("change", (event) => {
  if (event.target instanceof Element) event.target.closest("form[data-filter]")?.requestSubmit();
});

document.addEventListener("formdata", (event) => {
  for (const facet of event.target.querySelectorAll("[data-facet]"))
    if (!facet.querySelector("input:not(:checked)")) event.formData.delete(facet.dataset.facet);
});

document.addEventListener("shown", ready);
ready();
