"""How smoothly 1,000 nodes follow the hand in Chromium: ours, pyvis and cytoscape.js, the same nodes, one run.

    python benchmarks/moving.py [NODES EDGES]

It needs Chromium, playwright, and npm for cytoscape.js, which is fetched into a folder that goes again. A mouse drags
the background for two seconds; the page counts the frames that it could draw.
"""

import json
import subprocess
import sys
import tarfile
import tempfile
import time
from pathlib import Path
from shutil import which

from picture import of_pyvis, synthetic
from playwright.sync_api import Page, sync_playwright

import segur_api
from segur_graph.drawn import layout, picture
from segur_graph.drawn.elements import View
from segur_graph.drawn.positions import Positions

SECONDS = 2.0
LEAST_FRAMES = 50
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
COUNT = "() => { window.frames_ = 0; const tick = () => { window.frames_++; requestAnimationFrame(tick); }; tick(); }"


def ours(view: View, places: Positions) -> str:
    """The picture with the module that moves it."""
    static = Path(segur_api.__file__).parent / "static"
    module = (static / "stage.js").read_text("utf-8").replace("export class", "class")
    style = (static / "network.css").read_text("utf-8")
    drawn = picture.svg(view, places, "fr", picture.PLAIN)
    return (
        f"<!doctype html><style>{style} #stage {{ height: 95vh; overflow: hidden }}</style>"
        f'<div id="stage">{drawn}</div>'
        f'<script type="module">{module}; new Stage(document.getElementById("stage"), () => {{}});</script>'
    )


def of_cytoscape(view: View, places: Positions, library: str) -> str:
    """A page of cytoscape.js with the same nodes at the same places."""
    at = places.points
    nodes = [
        {"data": {"id": n.id, "label": n.labels["fr"]}, "position": {"x": at[n.id].x, "y": at[n.id].y}}
        for n in view.nodes
    ]
    edges = [{"data": {"source": e.source, "target": e.target}} for e in view.edges]
    style = [{"selector": "node", "style": {"label": "data(label)", "width": 20, "height": 20, "font-size": 8}}]
    options = json.dumps({"elements": {"nodes": nodes, "edges": edges}, "layout": {"name": "preset"}, "style": style})
    return (
        f'<!doctype html><div id="c" style="height:95vh"></div><script>{library}</script>'
        f'<script>cytoscape(Object.assign({options}, {{container: document.getElementById("c")}}));</script>'
    )


def cytoscape(folder: Path) -> str:
    """The library's text, fetched by npm."""
    subprocess.run(["npm", "pack", "cytoscape", "--silent"], cwd=folder, check=True, capture_output=True)
    with tarfile.open(next(folder.glob("*.tgz"))) as packed:
        file = packed.extractfile("package/dist/cytoscape.min.js")
        return file.read().decode() if file else ""


def frames(page: Page, address: str) -> tuple[float, float]:
    """Seconds until a page has drawn itself, and its frames a second while it is dragged."""
    start = time.monotonic()
    page.goto(address)
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    first = time.monotonic() - start
    page.mouse.move(30, 420)
    page.mouse.down()
    page.evaluate(COUNT)
    start, step = time.monotonic(), 0
    while time.monotonic() - start < SECONDS:
        step += 1
        page.mouse.move(30 + 300 * (step % 40) / 40, 420 - 200 * (step % 60) / 60)
    drawn = page.evaluate("() => window.frames_")
    page.mouse.up()
    return first, drawn / (time.monotonic() - start)


def main() -> None:
    """Prints the seconds and the frames; fails where ours are too few."""
    nodes, edges = (int(n) for n in (sys.argv[1:] or (1000, 2000)))
    view = synthetic(nodes, edges)
    places = layout.place(view)
    with tempfile.TemporaryDirectory() as place, sync_playwright() as play:
        folder = Path(place)
        pages = {
            "ours": ours(view, places),
            "pyvis": of_pyvis(view, places),
            "cytoscape.js": of_cytoscape(view, places, cytoscape(folder)),
        }
        browser = play.chromium.launch(executable_path=which("chromium"), args=FLAGS)
        rates = {}
        for name, text in pages.items():
            (folder / "page.html").write_text(text, "utf-8")
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            first, rates[name] = frames(page, (folder / "page.html").as_uri())
            page.close()
            print(f"{name}: first picture {first * 1000:.0f} ms, {rates[name]:.0f} frames a second")
        browser.close()
    if rates["ours"] < LEAST_FRAMES:
        sys.exit(f"{rates['ours']:.0f} frames a second, {LEAST_FRAMES} are wanted")


if __name__ == "__main__":
    main()
