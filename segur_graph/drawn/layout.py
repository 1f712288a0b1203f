"""Where the nodes of a picture stand: by échelon, or around one of them. The same view, the same places.

By échelon, lanes go from the nation down to the establishment, and lines that pass a row share trunks.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil

from segur_graph.drawn import ordering, rings
from segur_graph.drawn.columns import TRUNK, Columns, room
from segur_graph.drawn.elements import CONTRIBUTIONS, LANES, Node, View
from segur_graph.drawn.ordering import TRUNK_SIGN, Rows
from segur_graph.drawn.positions import COLUMN, MARGIN, RADIUS, RING, Band, Place, Point, Positions, point

GAP = 26.0  # between two rows of a lane, where lines turn
BETWEEN = 32.0  # between two lanes
ARC = 20.0  # over a row in which lines join nodes of the same row
SHAPE = 1.3  # a picture is that much wider than high
FEWEST = 7  # columns
HIGH = 92.0  # about how high a line of nodes is
ONE_ROW = 6  # a lane of at most so many nodes is one row


def place(view: View, centre: str = "") -> Positions:
    """Where the nodes of a view stand: around a node where one is given, else by échelon."""
    return rings.rings(view, centre) if centre else lanes(view)


def lanes(view: View) -> Positions:
    """Where the nodes of a view stand, by échelon."""
    rows = sheets(view)
    if not rows:
        return Positions({}, 2 * MARGIN, 2 * MARGIN)
    web = ordering.web([_first(nodes) for _, nodes in rows], view.edges)
    width, folds = _folded(web.rows)
    columns = Columns(ordering.ordered(web), web, folds, width)
    return _stacked(view, [lane for lane, _ in rows], columns)


def sheets(view: View) -> list[tuple[str, list[Node]]]:
    """The rows of a picture from top to bottom, each with its lane.

    In a lane, contributions stand over what they concern; a lane of few nodes is one row.
    """
    crowd = Counter(n.lane for n in view.nodes)
    found: dict[tuple[int, int], list[Node]] = {}
    for node in view.nodes:
        level = _level(node) if crowd[node.lane] > ONE_ROW else 0
        found.setdefault((LANES.index(node.lane), level), []).append(node)
    return [(LANES[lane], found[lane, level]) for lane, level in sorted(found)]


def _level(node: Node) -> int:
    """Pillars, who, what at the national échelon; below it a proposal stands between who asks and of whom."""
    what = node.nature in CONTRIBUTIONS
    if node.lane == "national":
        return 0 if node.nature == "pillar" else 1 + what
    return 0 if what else 1


def _first(nodes: Sequence[Node]) -> list[str]:
    """The order before any sweep: by group, then name."""
    return [n.id for n in sorted(nodes, key=lambda n: (n.group, n.nature, n.labels["fr"], n.id))]


def _folded(rows: Rows) -> tuple[float, list[int]]:
    """The width of the whole, which has about the shape of a screen, and on how many lines each row stands."""
    columns, loads = FEWEST, [_load(row) for row in rows]
    while True:
        width = columns * COLUMN
        folds = [max(ceil(nodes / max(width - trunks, width / 3)), 1) for nodes, trunks in loads]
        if width >= SHAPE * sum(fold * HIGH + GAP for fold in folds):
            return width, folds
        columns += 1


def _load(row: Sequence[str]) -> tuple[float, float]:
    """The room that a row's nodes and its trunks need on one line."""
    trunks = [i for i in row if i.startswith(TRUNK_SIGN)]
    return (len(row) - len(trunks)) * COLUMN, sum(room(i, 1) for i in trunks)


@dataclass
class _Stack:
    """The rows put one below another so far."""

    points: dict[str, Point] = field(default_factory=dict)
    extents: list[tuple[float, float]] = field(default_factory=list)
    bands: list[Band] = field(default_factory=list)
    y: float = MARGIN

    def put(self, lane: str, lines: Sequence[Sequence[Node]], xs: Mapping[str, float], above: float) -> None:
        """Puts a row below the others, in the band of its lane; `above` is left free for arcs."""
        same = bool(self.bands) and self.bands[-1].name == lane
        self.y += (GAP if same else BETWEEN) if self.bands else 0
        top = self.y
        self.y += above
        for nodes in lines:
            self._line(nodes, xs)
        self.extents.append((round(top, 1), round(self.y, 1)))
        begun = self.bands.pop().top if same else top
        self.bands.append(Band(lane, round(begun, 1), round(self.y - begun, 1)))

    def _line(self, nodes: Sequence[Node], xs: Mapping[str, float]) -> None:
        """Puts nodes side by side."""
        self.y += 6 + (RING if any(n.state in ("gap", "check") for n in nodes) else RADIUS)
        line = {n.id: point(n, xs[n.id], self.y) for n in nodes}
        self.points |= line
        self.y += max(p.foot for p in line.values()) + 6


def _stacked(view: View, lanes: Sequence[str], columns: Columns) -> Positions:
    """The rows one below another, folded where they are crowded, in the bands of their lanes."""
    web, xs = columns.web, columns.placed()
    arched = {end for e in view.edges if e.id not in web.trunks for end in (e.source, e.target)}
    stack = _Stack()
    for lane, row, fold in zip(lanes, columns.rows, columns.folds, strict=True):
        nodes = [view.by_id[i] for i in row if not i.startswith(TRUNK_SIGN)]
        lines = [nodes[level::fold] for level in range(fold)]
        stack.put(lane, lines, xs, 0.0 if arched.isdisjoint(row) else ARC)
    width = max(max(p.x for p in stack.points.values()) + COLUMN / 2, max(xs.values()) + TRUNK)
    ways = _ways(view, columns, xs, stack)
    return Positions(stack.points, width, stack.y + MARGIN, tuple(stack.bands), ways, web.hubs)


def _ways(view: View, columns: Columns, xs: Mapping[str, float], stack: _Stack) -> dict[str, tuple[Place, ...]]:
    """Where each line passes: out of its row, along the trunks, into the other row."""
    row_of = {i: r for r, row in enumerate(columns.rows) for i in row}
    ways: dict[str, tuple[Place, ...]] = {}
    for e in view.edges:
        if e.id in columns.web.trunks:
            upper, lower = sorted((e.source, e.target), key=row_of.__getitem__)
            places = [(stack.points[upper].x, stack.extents[row_of[upper]][1])]
            for trunk in columns.web.trunks[e.id]:
                places += [(round(xs[trunk], 1), y) for y in stack.extents[row_of[trunk]]]
            ways[e.id] = (*places, (stack.points[lower].x, stack.extents[row_of[lower]][0]))
    return ways
