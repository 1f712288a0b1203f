// What a hand expects: facets, filters and the language without a reload, print, copy. Everything works without it.

const PARTS = ["top", "main", "foot"];
const parser = new DOMParser();
const wide = matchMedia("(min-width: 1020px)");
let asked = 0;

// The page that the server sends; an error where it has none.
export async function fetched(address) {
  const answer = await fetch(address, { headers: { Accept: "text/html" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return parser.parseFromString(await answer.text(), "text/html");
}

// Shows another state of this page: its parts are taken from the page that the server sends.
export async function show(address, { push = true, key = "" } = {}) {
  const turn = ++asked;
  try {
    const page = await fetched(address);
    if (turn !== asked) return;
    for (const part of PARTS) document.getElementById(part).replaceWith(page.getElementById(part));
    document.title = page.title;
    document.documentElement.lang = page.documentElement.lang;
    if (push) history.pushState(null, "", address);
    ready();
    document.dispatchEvent(new Event("shown"));
    again(key);
  } catch {
    location.assign(address);
  }
}

// The focus stays where it was; what was found is said.
function again(key) {
  const same = key && [...document.querySelectorAll("[data-key]")].find((link) => link.dataset.key === key);
  const next = same || document.getElementById(key) || document.getElementById("main");
  next.focus({ preventScroll: true });
  const found = document.querySelector("[data-announce]");
  if (found) document.getElementById("status").textContent = found.textContent;
}

export function plain(event) {
  return event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
}

document.addEventListener("click", (event) => {
  const on = event.target instanceof Element ? event.target : null;
  const link = on?.closest("a[data-swap]");
  if (link && plain(event)) {
    event.preventDefault();
    show(link.href, { key: link.dataset.key });
  } else if (on?.closest("[data-print]")) {
    print();
  } else if (on?.closest("[data-copies]")) {
    const said = on.closest("section").querySelector("[data-copy]").textContent;
    navigator.clipboard?.writeText(said).then(() => on.closest("button").classList.add("is-done"));
  }
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-swap]")) return;
  event.preventDefault();
  const said = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
  const path = form.getAttribute("action");
  show(said.size ? `${path}?${said}` : path, { key: document.activeElement?.id });
});

addEventListener("popstate", (event) => {
  if (!location.hash || event.state) show(location.href, { push: false });
});

// What only a script can do is offered only here; facets fold where there is no room.
function ready() {
  for (const button of document.querySelectorAll("[data-print], [data-copies]")) button.hidden = false;
  for (const facets of document.querySelectorAll("[data-close-narrow]")) facets.open = wide.matches;
}

ready();
