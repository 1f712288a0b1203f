"""How long a picture of 1,000 nodes and 2,000 edges takes, and pyvis beside it in the same run.

    python benchmarks/picture.py [NODES EDGES]

Ratios matter, not seconds; seconds are the processor's, so that a busy machine tells the same. Ours is what a page
holds: places by échelon, then the SVG; pyvis is given the same nodes, edges and places, and writes its own page.
`served` is what a reader waits for once a view has its places, which are the same as long as the edition, the date and
the filters are.
"""

import gzip
import random
import sys
import time
from collections.abc import Callable
from datetime import date
from typing import TypeVar

from pyvis.network import Network

from segur_graph.drawn import drawing, layout, picture, snapshot
from segur_graph.drawn.elements import LANES, RELATIONS, Edge, Lane, Nature, Node, View
from segur_graph.drawn.positions import Positions

T = TypeVar("T")
NATURES: tuple[Nature, ...] = ("actor", "instance", "proposed", "proposal", "measure")
GROUPS = ("usagers", "etat", "professionnels", "etablissements", "several")
MOST_SERVED = 0.1


def synthetic(nodes: int, edges: int) -> View:
    """A network without any meaning: a few bodies that many are joined to, as in life, the same each time."""
    chance = random.Random(1)  # noqa: S311 - a picture, no secret
    found = [_node(i, chance) for i in range(nodes)]
    pairs: set[tuple[int, int]] = set()
    while len(pairs) < edges:
        one, other = int(nodes * chance.random() ** 3), chance.randrange(nodes)
        if one != other:
            pairs.add((one, other))
    lines = tuple(Edge(found[a].id, found[b].id, chance.choice(RELATIONS), "effective") for a, b in sorted(pairs))
    return View("e", date(2026, 6, 30), tuple(found), lines)


def _node(number: int, chance: random.Random) -> Node:
    nature = chance.choice(NATURES)
    kind = "instance" if nature == "proposed" else nature
    lane: Lane = chance.choice(LANES)
    label = f"Commission numéro {number} de la région"
    return Node(f"bodies/n{number:04}", {"fr": label, "en": label}, nature, kind, "T", chance.choice(GROUPS), lane)


def timed(work: Callable[[], T], times: int = 7) -> tuple[float, T]:
    """The least time that the processor took for some runs, in seconds, and what they gave."""
    took = []
    for _ in range(times):
        start = time.process_time()
        given = work()
        took.append(time.process_time() - start)
    return min(took), given


def of_pyvis(view: View, places: Positions) -> str:
    """The page that pyvis writes of the same."""
    net = Network(directed=True, cdn_resources="in_line")
    net.toggle_physics(status=False)
    for node in view.nodes:
        here = places.points[node.id]
        net.add_node(node.id, label=node.labels["fr"], x=here.x, y=here.y)
    for edge in view.edges:
        net.add_edge(edge.source, edge.target)
    return str(net.generate_html())


def main() -> None:
    """Prints the times; fails where what is served takes too long."""
    nodes, edges = (int(n) for n in (sys.argv[1:] or (1000, 2000)))
    view = synthetic(nodes, edges)
    placing, places = timed(lambda: layout.place(view))
    drawing_it, svg = timed(lambda: picture.svg(view, places, "fr", picture.Look(lambda i: f"/doc/{i}")))
    near, _ = timed(lambda: layout.place(view, view.nodes[0].id))
    theirs, page = timed(lambda: of_pyvis(view, places))
    offline, ours = timed(lambda: snapshot.html(view, places, "fr"))
    print(f"{nodes} nodes, {edges} edges")
    print(f"places by échelon {placing * 1000:.0f} ms, once a view; around a node {near * 1000:.0f} ms")
    small = len(gzip.compress(svg.encode())) // 1000
    print(f"served: SVG {drawing_it * 1000:.0f} ms, {len(svg) // 1000} kB, {small} kB gzipped")
    print(f"pyvis: page {theirs * 1000:.0f} ms, {len(page) // 1000} kB; ratio {drawing_it / theirs:.2f}")
    print(f"our offline page, with its tables: {offline * 1000:.0f} ms, {len(ours) // 1000} kB")
    for form in ("graphml", "gexf"):
        print(f"{form} {timed(lambda form=form: drawing.drawn(view, form, 'fr'), 1)[0] * 1000:.0f} ms")  # type: ignore[misc]
    if drawing_it > MOST_SERVED:
        sys.exit(f"served in {drawing_it:.3f} s, {MOST_SERVED} are allowed")


if __name__ == "__main__":
    main()
