"""The lines between nodes: which look each relation has, and which way a line goes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import hypot

from segur_graph.drawn.elements import Edge, Node
from segur_graph.drawn.legend import GAP, SIGN, SOFT
from segur_graph.drawn.positions import RADIUS, Place, Point, Positions
from segur_graph.drawn.shapes import reach


@dataclass(frozen=True)
class Look:
    """The look of a relation: colour, width, dashes where all such lines have them, arrow, second line inside."""

    colour: str
    width: float
    dashes: str | None = None
    arrow: bool = False
    double: bool = False
    opacity: float = 1.0

    @property
    def dotted(self) -> bool:
        """Whether such lines are rows of dots."""
        return (self.dashes or "").startswith("0.1")


# The line of what the law says, which nobody need have seen.
LAW = "8 2.8 1.4 2.8"
LOOKS = {
    "pillar": Look("#8a98a5", 1.0, "0.1 4", opacity=0.8),
    "concerns": Look("#4d5c6a", 1.3, "0.1 3.6"),
    "part": Look("#a3afba", 1.1),
    "member": Look("#8391a0", 1.35),
    "seat": Look("#8391a0", 1.35),
    "link": Look(SOFT, 1.35, LAW),
    "carries": Look("#2b3947", 1.25, arrow=True, opacity=0.78),
    "cosigns": Look(SIGN, 4.6, double=True),
    "to-cosign": Look(SIGN, 4.6, "6 4.2", double=True),
    "asks": Look(GAP, 2.0, "6.5 4", arrow=True),
}
# How far beside the middle of a node lines begin and end, so that those of different kinds part.
SHIFTS = {
    "to-cosign": -6.0,
    "cosigns": -6.0,
    "seat": -5.0,
    "member": -2.5,
    "link": 2.5,
    "concerns": 3.0,
    "asks": 6.0,
    "pillar": 7.0,
}
# The dashes of what is only asked for, where a relation has none of its own; its dots, where it has those.
ASKED = "5 3.4"
ASKED_DOTS = "0.1 7"


def dashes(relation: str, basis: str) -> str | None:
    """The dashes of a line: those of its relation, changed where it is only asked for."""
    look = LOOKS[relation]
    if basis != "requested":
        return look.dashes
    return ASKED_DOTS if look.dotted else look.dashes or ASKED


def backwards(edge: Edge, positions: Positions) -> bool:
    """Whether a line is drawn from its target: lines begin at their hub, so that dashes meet where they share a way."""
    return bool(positions.bands) and edge.id in positions.ways and positions.hubs.get(edge.id) == edge.target


def path(edge: Edge, nodes: Mapping[str, Node], positions: Positions, feet: Mapping[str, float]) -> str:
    """The way of a line as an SVG path; `feet` tells how far down the caption of each node reaches."""
    one, other = positions.points[edge.source], positions.points[edge.target]
    ends = nodes[edge.source], nodes[edge.target]
    shift = SHIFTS.get(edge.relation, 0.0)
    if not positions.bands:
        return _straight(one, other, reach(ends[0]), reach(ends[1]) + 2, shift)
    if abs(one.y - other.y) < 1:
        return _arc(one, other, reach(ends[0]), reach(ends[1]) + 1)
    down = one.y < other.y
    upper, lower = (one, other) if down else (other, one)
    above, below = ends if down else ends[::-1]
    start = upper.x + shift, upper.y + RADIUS + 6 + feet[above.id]
    end = lower.x + shift, lower.y - reach(below) - (2 if down else 1)
    way = [start, end]
    if passed := positions.ways.get(edge.id):
        (x1, y1), *between, (x2, y2) = passed
        way = [start, (x1 + shift, y1), *between, (x2 + shift, y2), end]
    return _flowing(way if down is not backwards(edge, positions) else way[::-1])


def _flowing(way: Sequence[Place]) -> str:
    """A line that leaves and arrives upright, and turns between rows."""
    return f"M{_at(way[0])}" + "".join([_turn(*one, *other) for one, other in pairwise(way)])


@lru_cache(maxsize=50_000)  # lines share trunks
def _turn(x1: float, y1: float, x2: float, y2: float) -> str:
    half = (y2 - y1) / 2
    return f"V{y2:.1f}" if x1 == x2 else f"C{x1:.1f} {y1 + half:.1f} {x2:.1f} {y2 - half:.1f} {x2:.1f} {y2:.1f}"


def _arc(one: Point, other: Point, start: float, end: float) -> str:
    """A line above a row."""
    rise = min(22 + abs(other.x - one.x) * 0.07, 44)
    return (
        f"M{_at((one.x, one.y - start))}C{_at((one.x, one.y - start - rise))} "
        f"{_at((other.x, other.y - end - rise))} {_at((other.x, other.y - end))}"
    )


def _straight(one: Point, other: Point, start: float, end: float, shift: float) -> str:
    """A line that bends a little, more or less by its kind, so that two between the same nodes part."""
    dx, dy = other.x - one.x, other.y - one.y
    far = hypot(dx, dy) or 1.0
    ux, uy = dx / far, dy / far
    bend = min(far * 0.08, 26) + 2 * shift
    middle = ((one.x + other.x) / 2 - uy * bend, (one.y + other.y) / 2 + ux * bend)
    return (
        f"M{_at((one.x + ux * start, one.y + uy * start))}"
        f"Q{_at(middle)} {_at((other.x - ux * end, other.y - uy * end))}"
    )


def _at(place: Place) -> str:
    return f"{place[0]:.1f} {place[1]:.1f}"
