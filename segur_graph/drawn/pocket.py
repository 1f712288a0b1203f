"""The neighbourhood of a node for a narrow screen: it in the middle, at most eleven others in three columns."""

from dataclasses import replace

from segur_graph.drawn.elements import RELATIONS, STATES, View
from segur_graph.drawn.positions import COLUMN, MARGIN, RING, Positions, point

MOST = 12
ROW = 112.0  # from one row to the next
# The places around the middle (column, row), in the order in which they are taken; no line passes under another node.
PLACES = ((0, 1), (2, 3), (2, 1), (0, 3), (0, 2), (2, 2), (1, 0), (1, 4), (0, 0), (2, 4), (2, 0))
MIDDLE = (1, 2)


def near(view: View, centre: str) -> View:
    """A node and those of its neighbours that matter most: with gaps first, then those that the loudest line joins."""
    edges = tuple(e for e in view.edges if centre in (e.source, e.target))
    loudest: dict[str, int] = {}
    for e in edges:
        other = e.target if e.source == centre else e.source
        loudest[other] = max(loudest.get(other, 0), RELATIONS.index(e.relation))
    told = sorted(loudest, key=lambda i: (_worth(view, i), -loudest[i], i))[: MOST - 1]
    return replace(view, edges=edges).keeping([centre, *told])


def place(view: View, centre: str) -> Positions:
    """Where the nodes of such a view stand: those of a nature and a group side by side."""
    others = sorted((n for n in view.nodes if n.id != centre), key=lambda n: (n.nature, n.group, n.id))
    taken = sorted(PLACES[: len(others)], key=lambda p: (p[1], p[0]))
    at = {centre: MIDDLE} | {n.id: place for n, place in zip(others, taken, strict=True)}
    first = min(row for _, row in at.values())
    points = {
        i: point(view.by_id[i], COLUMN * (column + 0.5), MARGIN + RING + ROW * (row - first))
        for i, (column, row) in at.items()
    }
    return Positions(points, 3 * COLUMN, max(p.y + p.foot for p in points.values()) + MARGIN)


def _worth(view: View, node: str) -> int:
    state = view.by_id[node].state
    return STATES.index(state) if state else len(STATES)
