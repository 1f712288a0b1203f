"""Places in a picture, and the room that nodes need: what is placed stays when more is shown."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import count
from math import cos, pi, sin

from segur_graph.drawn import lettering
from segur_graph.drawn.elements import Node, View

RADIUS = 16.0  # of a node's shape
RING = 24.0  # of the mark around it
COLUMN = 122.0  # the width of a node with its caption
TALLEST = 150.0  # no node with its caption is higher
MARGIN = 18.0
TWIST = 0.618  # turns a circle of places against the one inside, so that none hides behind another

Place = tuple[float, float]


@dataclass(frozen=True)
class Point:
    """Where a node's shape has its middle, and how far below the middle its caption ends."""

    x: float
    y: float
    foot: float = RADIUS


@dataclass(frozen=True)
class Band:
    """A lane: its name and where it lies."""

    name: str
    top: float
    height: float


@dataclass(frozen=True)
class Positions:
    """The places of the nodes, the lanes under them, and the ways of the lines that pass other rows.

    Lines of one kind share their way from the node that most of them have in common, their hub.
    """

    points: Mapping[str, Point]
    width: float
    height: float
    bands: tuple[Band, ...] = ()
    ways: Mapping[str, tuple[Place, ...]] = field(default_factory=dict)
    hubs: Mapping[str, str] = field(default_factory=dict)


def point(node: Node, x: float, y: float) -> Point:
    """A node's place, to a tenth."""
    return Point(round(x, 1), round(y, 1), round(RADIUS + 6 + lettering.foot(node), 1))


@dataclass
class Ground:
    """The ground that nodes and captions cover: what is put down may not cover what lies there."""

    cells: dict[tuple[int, int], list[Point]] = field(default_factory=lambda: defaultdict(list))

    def put(self, here: Point) -> None:
        """Covers the ground of a node."""
        self.cells[self._cell(here)].append(here)

    def free(self, here: Point) -> bool:
        """Whether a node there covers no other."""
        column, row = self._cell(here)
        near = ((column + i, row + j) for i in (-1, 0, 1) for j in (-1, 0, 1))
        return all(_apart(here, other) for cell in near for other in self.cells.get(cell, ()))

    def _cell(self, here: Point) -> tuple[int, int]:
        return int(here.x // COLUMN), int(here.y // TALLEST)


def extended(placed: Positions, view: View) -> Positions:
    """The places of a view of which some are placed already: these stay, the others come near their neighbours."""
    points = {n.id: placed.points[n.id] for n in view.nodes if n.id in placed.points}
    ground = Ground()
    for here in points.values():
        ground.put(here)
    new = [n for n in view.nodes if n.id not in points]
    tried: dict[Place, Iterator[Place]] = {}
    for node in sorted(new, key=lambda n: (-sum(j in points for j in view.joined[n.id]), n.id)):
        x, y = _wished(node, view, points, placed)
        places = tried.setdefault((x, y), _nearby(x, y, flat=bool(placed.bands)))  # what was taken stays so
        points[node.id] = next(here for here in (point(node, *place) for place in places) if _fits(here, ground))
        ground.put(points[node.id])
    width = max([placed.width, *(p.x + COLUMN / 2 for p in points.values())])
    height = max([placed.height, *(p.y + p.foot + MARGIN for p in points.values())])
    return replace(placed, points=points, width=width, height=height)


def _wished(node: Node, view: View, points: Mapping[str, Point], placed: Positions) -> Place:
    """The middle of a node's neighbours; in the lane of its own échelon where there are lanes."""
    near = [points[j] for j in view.joined[node.id] if j in points]
    x = sum(p.x for p in near) / len(near) if near else placed.width / 2
    y = sum(p.y for p in near) / len(near) if near else placed.height
    if placed.bands:
        band = next((b for b in placed.bands if b.name == node.lane), None)
        y = band.top + RING + 6 if band else placed.height + RING
    return x, y


def _fits(here: Point, ground: Ground) -> bool:
    return here.x >= COLUMN / 2 and here.y >= RING and ground.free(here)


def _nearby(x: float, y: float, *, flat: bool) -> Iterator[Place]:
    """Places farther and farther from one, along a lane or all around."""
    yield x, y
    for ring in count(1):
        far = (COLUMN / 2 if flat else COLUMN) * ring
        if flat:
            yield from ((x + far, y), (x - far, y))
            continue
        number = 6 * ring  # as many as lie a column from each other
        for turn in range(number):
            angle = 2 * pi * (turn + ring * TWIST) / number
            yield x + far * cos(angle), y + far * sin(angle)


def _apart(one: Point, other: Point) -> bool:
    """Whether neither covers the other's shape or caption."""
    upper, lower = (one, other) if one.y <= other.y else (other, one)
    return abs(one.x - other.x) >= COLUMN - 8 or lower.y - RING >= upper.y + upper.foot
