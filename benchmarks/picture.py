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
from datetime import date
from functools import partial

from measured import timed
from pyvis.network import Network

from segur_graph.drawn import drawing, layout, picture, snapshot
from segur_graph.drawn.elements import LANES, RELATIONS, Edge, Lane, Nature, Node, View
from segur_graph.drawn.positions import Positions

NATURES: tuple[Nature, ...] = ("actor", "instance", "proposed", "proposal", "measure")
GROUPS = ("usagers", "etat", "professionnels", "etablissements", "several")
MOST_SERVED = 0.1
TIMES = 7


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
    placing = timed(lambda: layout.place(view), TIMES)
    places = placing.given
    served = timed(lambda: picture.svg(view, places, "fr", picture.Look(lambda i: f"/doc/{i}")), TIMES)
    near = timed(lambda: layout.place(view, view.nodes[0].id), TIMES)
    theirs = timed(lambda: of_pyvis(view, places), TIMES)
    offline = timed(lambda: snapshot.html(view, places, "fr"), TIMES)
    print(f"{nodes} nodes, {edges} edges")
    print(f"places by échelon {placing.cpu * 1000:.0f} ms, once a view; around a node {near.cpu * 1000:.0f} ms")
    small = len(gzip.compress(served.given.encode())) // 1000
    print(f"served: SVG {served.cpu * 1000:.0f} ms, {len(served.given) // 1000} kB, {small} kB gzipped")
    ratio = served.cpu / theirs.cpu
    print(f"pyvis: page {theirs.cpu * 1000:.0f} ms, {len(theirs.given) // 1000} kB; ratio {ratio:.2f}")
    print(f"our offline page, with its tables: {offline.cpu * 1000:.0f} ms, {len(offline.given) // 1000} kB")
    for form in ("graphml", "gexf"):
        print(f"{form} {timed(partial(drawing.drawn, view, form, 'fr')).cpu * 1000:.0f} ms")
    if served.cpu > MOST_SERVED:
        sys.exit(f"served in {served.cpu:.3f} s, {MOST_SERVED} are allowed")


if __name__ == "__main__":
    main()
