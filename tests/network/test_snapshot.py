"""The one-file offline page, in a real browser; the drawing as PNG."""

import json
import re
import struct
from html.parser import HTMLParser
from math import prod

import pytest

from segur_graph.drawn import drawing, key, layout, picture, snapshot, strokes
from segur_graph.drawn.picture import Look

browser = pytest.mark.browser


class Page(HTMLParser):
    """What a page holds: its elements, and what stands in its scripts."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.scripts, self._open = [], [], False
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        """Notes an element."""
        self.elements.append((tag, dict(attrs)))
        self._open = tag == "script"

    def handle_endtag(self, tag):
        """Notes the end of a script."""
        self._open = self._open and tag != "script"

    def handle_data(self, data):
        """Notes a script."""
        if self._open:
            self.scripts.append(data)


@pytest.fixture(scope="module")
def pages(whole, hostile):
    """The pages of the small network and of the hostile one."""
    return {name: snapshot.html(v, layout.place(v), "fr") for name, v in (("small", whole), ("hostile", hostile))}


def test_the_page_holds_picture_and_table_of_the_same(pages, whole):
    """The data of the drawing and the lines of the tables have the ids of the view."""
    page = Page(pages["small"])
    data = json.loads(page.scripts[0])
    told = {n["id"] for n in data["nodes"]} | {e["id"] for e in data["edges"]}
    rows = {a["data-id"] for tag, a in page.elements if tag == "tr" and "data-id" in a}
    assert told == rows == {*whole.by_id, *(e.id for e in whole.edges)}


def test_two_edges_between_the_same_nodes_are_both_there(whole):
    """Pyvis drops no parallel edge, physics is off, and nodes stand where the server put them."""
    places = layout.place(whole)
    data = snapshot.data(whole, places, "fr")
    between = [e for e in data["edges"] if {e["from"], e["to"]} == {"bodies/ars", "bodies/crsa"}]
    assert len(between) == 2
    assert data["options"]["physics"] == {"enabled": False}
    assert all((n["x"], n["y"]) == (places.points[n["id"]].x, places.points[n["id"]].y) for n in data["nodes"])


def test_the_lines_have_the_dashes_of_the_picture(whole):
    """What is asked for, what the law says and what was seen are three lines in the page too."""
    drawn = {
        e["id"].split(":")[1]: e["dashes"]
        for e in snapshot.data(whole, layout.place(whole), "fr")["edges"]
        if e["id"].startswith(("link", "member"))
    }
    assert drawn["effective"] is False
    assert drawn["law"]
    assert drawn["requested"] not in (False, drawn["law"])


@pytest.mark.parametrize("name", ["small", "hostile"])
def test_the_page_asks_for_nothing(pages, name):
    """The page has no address to load from, and only the scripts that it brings."""
    page = Page(pages[name])
    loading = [a for tag, a in page.elements for key in ("src", "href", "srcset", "action") if a.get(key)]
    assert loading == []
    assert [a.get("type") for tag, a in page.elements if tag == "script"] == ["application/json", None, None]
    assert not [key for _, a in page.elements for key in a if key.startswith("on") or key == "style"]


def test_the_policy_allows_the_two_scripts_by_hash(pages):
    """The page forbids itself every script but its two, and every request."""
    policy = dict(next(a for tag, a in Page(pages["small"]).elements if a.get("http-equiv")))["content"]
    assert "default-src 'none'" in policy
    assert len(re.findall("sha256-", policy)) == 3
    assert "unsafe" not in policy


def test_a_png_is_a_png(whole):
    """The drawing is a PNG where the machine has a font."""
    drawn = drawing.drawn(whole, "png", "fr")
    assert drawn.startswith(b"\x89PNG")
    assert prod(struct.unpack(">II", drawn[16:24])) <= drawing.PIXELS


def test_a_faded_line_is_no_layer_of_a_png(whole):
    """A faded line is no layer of a PNG: with some hundreds of them one took a minute."""
    sheet = key.sheet(whole, layout.place(whole), "fr", Look(lit=frozenset({whole.nodes[0].id})))
    faded = f' opacity="{strokes.DIM}"'
    assert faded in sheet
    assert faded not in drawing._without_layers(sheet)


@pytest.fixture
def opened(chromium, fresh):
    """Opens a page from the disk: it, its requests, dialogs and complaints."""

    def show(text):
        file = fresh() / "page.html"
        file.write_text(text, "utf-8")
        page = chromium.new_page(viewport={"width": 1200, "height": 900})
        requests, wrong = [], []

        def refuse(dialog):
            wrong.append(dialog.message)
            dialog.dismiss()

        page.on("request", lambda r: requests.append(r.url) if not r.url.startswith("data:") else None)
        page.on("dialog", refuse)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda m: wrong.append(m.text))
        page.goto(file.as_uri())
        page.wait_for_selector("#network canvas, svg.network")
        page.wait_for_timeout(300)
        return page, requests[1:], wrong

    return show


@browser
@pytest.mark.parametrize("name", ["small", "hostile"])
def test_the_page_is_drawn_without_a_request_or_a_dialog(opened, pages, name):
    """Offline in Chromium the picture is drawn, nothing is asked for, no text runs, the policy holds."""
    page, requests, wrong = opened(pages[name])
    painted = page.evaluate(
        "() => { const c = document.querySelector('#network canvas');"
        "return c.getContext('2d').getImageData(0, 0, c.width, c.height).data.some((v) => v > 0 && v < 200); }"
    )
    assert painted
    for step in range(0, 1200, 60):
        page.mouse.move(20 + step, 300)  # over nodes and lines: their titles show
    page.wait_for_timeout(300)
    assert (requests, wrong) == ([], [])
    page.close()


@browser
def test_a_click_shows_the_line_of_the_table(opened, pages):
    """A click on a node marks its line in the table."""
    page, _, _ = opened(pages["small"])
    spot = page.evaluate(
        "() => { const at = network.canvasToDOM(network.getPosition('bodies/fas'));"
        "const box = document.querySelector('#network').getBoundingClientRect();"
        "return [box.left + at.x, box.top + at.y]; }"
    )
    page.mouse.click(*spot)
    page.wait_for_selector("tr.chosen")
    assert page.get_attribute("tr.chosen", "data-id") == "bodies/fas"
    page.close()


POLICY = "default-src 'none'; style-src 'self'; img-src 'self' data:"


@browser
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_drawing_in_a_page_obeys_the_sites_policy_and_is_accessible(opened, whole, lang):
    """In a page that forbids styles inside, a drawing with links draws without a complaint, and axe finds nothing."""
    from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped, unused-ignore]

    svg = picture.svg(whole, layout.place(whole), lang, picture.Look(lambda i: f"#{i}"))
    head = f'<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{POLICY}"><title>t</title>'
    page, requests, wrong = opened(f'<!doctype html><html lang="{lang}"><head>{head}</head><body><main><h1>t</h1>{svg}')
    assert (requests, wrong) == ([], [])
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    assert [(v["id"], v["nodes"][0]["html"][:200]) for v in found] == []
    page.close()
