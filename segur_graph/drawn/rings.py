"""The neighbourhood of a node: it stands in the middle, what is one step away around it, and so on outward."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from math import ceil, cos, pi, sin

from segur_graph.drawn.elements import RELATIONS, View
from segur_graph.drawn.positions import COLUMN, MARGIN, RING, Ground, Point, Positions, point

FIRST, STEP = 150.0, 128.0  # the radius of the first ring, and how much farther the next one is at least
BESIDE = 108.0  # from one node of a ring to the next
CROWD = 14  # nodes from which a ring is two
WIDE = 1.18  # a ring is that much wider than high
OUTWARD = 22.0  # how far a node goes out where its place is taken


def rings(view: View, centre: str) -> Positions:
    """Where the nodes of a view stand around one of them; what no line joins to it stands outside."""
    depth, children = _tree(view, centre)
    angles = dict(_angles(centre, children, -pi / 2, 3 * pi / 2))
    crowd = Counter(depth.values())
    radii = _radii(crowd)
    ground, points = Ground(), {centre: point(view.by_id[centre], 0.0, 0.0)}
    ground.put(points[centre])
    order = sorted((i for i in depth if i != centre), key=lambda i: (depth[i], angles[i], i))
    for number, i in enumerate(order):
        far = radii[depth[i]] + (STEP * 0.72 if number % 2 and crowd[depth[i]] > CROWD else 0.0)
        points[i] = _outward(view, i, angles[i], far, ground)
        ground.put(points[i])
    return _moved(points)


def _tree(view: View, centre: str) -> tuple[dict[str, int], dict[str, list[str]]]:
    """How many steps away each node is, and which ones stand behind it; what is not joined is farthest."""
    depth, children = {centre: 0}, defaultdict(list)
    kinds = _kinds(view)
    edge = [centre]
    while edge:
        after = []
        for i in edge:
            for j in sorted(view.joined[i], key=lambda j: (kinds[min(i, j), max(i, j)], view.by_id[j].group, j)):
                if j not in depth:
                    depth[j] = depth[i] + 1
                    children[i].append(j)
                    after.append(j)
        edge = after
    last = max(depth.values()) + 1
    for node in view.nodes:
        if node.id not in depth:
            depth[node.id] = last
            children[centre].append(node.id)
    return depth, children


def _kinds(view: View) -> dict[tuple[str, str], int]:
    """The loudest relation between two nodes: those of one kind stand together."""
    found: dict[tuple[str, str], int] = {}
    for e in view.edges:
        pair = min(e.source, e.target), max(e.source, e.target)
        found[pair] = max(found.get(pair, 0), RELATIONS.index(e.relation))
    return found


def _angles(node: str, children: Mapping[str, Sequence[str]], start: float, end: float) -> Iterator[tuple[str, float]]:
    """The direction of each node: a sector is as wide as what stands in it."""
    yield node, (start + end) / 2
    leaves = {c: _leaves(c, children) for c in children.get(node, ())}
    leaf = (end - start) / max(sum(leaves.values()), 1)
    for child, count in leaves.items():
        step = leaf * count
        yield from _angles(child, children, start, start + step)
        start += step


def _leaves(node: str, children: Mapping[str, Sequence[str]]) -> int:
    return sum(_leaves(c, children) for c in children.get(node, ())) or 1


def _radii(crowd: Mapping[int, int]) -> dict[int, float]:
    """How far out each ring is: it has room for its nodes."""
    radii, far = {0: 0.0}, FIRST - STEP
    for level in range(1, max(crowd) + 1):
        count = crowd[level]
        needed = (ceil(count / 2) if count > CROWD else count) * BESIDE / (2 * pi)
        radii[level] = max(far + STEP, needed)
        far = radii[level] + (STEP * 0.72 if count > CROWD else 0)
    return radii


def _outward(view: View, i: str, angle: float, far: float, ground: Ground) -> Point:
    """The first free place in a direction."""
    while True:
        here = point(view.by_id[i], cos(angle) * far * WIDE, sin(angle) * far)
        if ground.free(here):
            return here
        far += OUTWARD


def _moved(points: Mapping[str, Point]) -> Positions:
    """The same places with the corner of the picture at 0, 0."""
    left = min(p.x for p in points.values()) - COLUMN / 2 - MARGIN
    top = min(p.y for p in points.values()) - RING - MARGIN
    moved = {i: Point(round(p.x - left, 1), round(p.y - top, 1), p.foot) for i, p in points.items()}
    width = max(p.x for p in moved.values()) + COLUMN / 2 + MARGIN
    height = max(p.y + p.foot for p in moved.values()) + MARGIN
    return Positions(moved, width, height)
