"""The order of the rows of a picture: few lines cross.

A row holds nodes and, where lines pass it, the trunk that all lines of one kind of one node share there. Rows are
ordered by sweeps: each item goes to the mean of its neighbours in the row before, down and up, as long as that
removes crossings; then neighbours are swapped until no swap removes one.
"""

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from segur_graph.drawn.elements import Edge

Rows = list[list[str]]
Ends = Mapping[str, Sequence[str]]
SWEEPS = 24
PATIENT = 3  # sweeps that may be worse than the best one
TRUNK_SIGN = "|"  # a trunk is named `|hub|relation|basis|row`


@dataclass(frozen=True)
class Web:
    """Rows of items, the neighbours of each item in the rows above and below, each edge's hub and trunks."""

    rows: Rows
    above: Ends
    below: Ends
    hubs: Mapping[str, str]
    trunks: Mapping[str, tuple[str, ...]]


def web(rows: Rows, edges: Iterable[Edge]) -> Web:
    """The rows with the trunks of the edges that pass one."""
    row_of = {i: r for r, row in enumerate(rows) for i in row}
    told = sorted((e for e in edges if row_of[e.source] != row_of[e.target]), key=lambda e: e.id)
    hubs = _hubs(told, row_of)
    full = [list(row) for row in rows]
    above: dict[str, dict[str, None]] = defaultdict(dict)
    below: dict[str, dict[str, None]] = defaultdict(dict)
    trunks = {}
    for e in told:
        upper, lower = sorted((e.source, e.target), key=row_of.__getitem__)
        passed = range(row_of[upper] + 1, row_of[lower])
        trunk = tuple(f"|{hubs[e.id]}|{e.relation}|{e.basis}|{r}" for r in passed)
        trunks[e.id] = trunk
        for r, item in zip(passed, trunk, strict=True):
            if item not in above:
                full[r].append(item)
        chain = (upper, *trunk, lower)
        for one, other in pairwise(chain):
            below[one][other] = None
            above[other][one] = None
    return Web(full, {i: tuple(n) for i, n in above.items()}, {i: tuple(n) for i, n in below.items()}, hubs, trunks)


def _hubs(edges: Sequence[Edge], row_of: Mapping[str, int]) -> dict[str, str]:
    """Of each edge that passes a row, the end whose trunk it shares: the one with more such edges of its kind."""
    count: dict[tuple[str, str, str], int] = defaultdict(int)
    for e in edges:
        if abs(row_of[e.source] - row_of[e.target]) > 1:
            for end in (e.source, e.target):
                count[end, e.relation, e.basis] += 1
    return {e.id: max((e.source, e.target), key=lambda i: (count[i, e.relation, e.basis], i)) for e in edges}


def crossings(rows: Rows, below: Ends) -> int:
    """How many lines between neighbouring rows cross."""
    total = 0
    for row, after in pairwise(rows):
        place = {i: p for p, i in enumerate(after)}
        seen: list[int] = []
        for item in row:
            ends = sorted(place[n] for n in below.get(item, ()))
            total += sum([len(seen) - bisect_right(seen, end) for end in ends])
            for end in ends:
                insort(seen, end)
    return total


def ordered(of: Web) -> Rows:
    """The rows in their order."""
    return _swapped(_swept(of), of)


def _swept(of: Web) -> Rows:
    rows = [list(row) for row in of.rows]
    best, fewest = rows, crossings(rows, of.below)
    for sweep in range(SWEEPS):
        down = sweep % 2 == 0
        rows = _sweep(rows, of.above if down else of.below, down=down)
        if (count := crossings(rows, of.below)) < fewest:
            best, fewest = rows, count
        elif sweep > PATIENT and count > fewest:
            break
    return best


def _sweep(rows: Rows, towards: Ends, *, down: bool) -> Rows:
    told = [list(row) for row in rows]
    order = range(1, len(told)) if down else range(len(told) - 2, -1, -1)
    for r in order:
        before = told[r - 1 if down else r + 1]
        place = {i: p / max(len(before), 1) for p, i in enumerate(before)}
        here = {i: p / max(len(told[r]), 1) for p, i in enumerate(told[r])}
        told[r].sort(key=lambda i: (_mean([place[n] for n in towards.get(i, ())], here[i]), here[i]))
    return told


def _mean(places: list[float], otherwise: float) -> float:
    return sum(places) / len(places) if places else otherwise


def _swapped(rows: Rows, of: Web) -> Rows:
    """Swaps neighbours as long as that removes a crossing; looks again only where something has moved."""
    told = [list(row) for row in rows]
    place = {i: (r, p) for r, row in enumerate(told) for p, i in enumerate(row)}
    pending = deque((r, p) for r, row in enumerate(told) for p in range(len(row) - 1))
    waiting = set(pending)
    while pending:
        here = pending.popleft()
        waiting.discard(here)
        r, p = here
        one, other = told[r][p], told[r][p + 1]
        if _gain(one, other, place, of) > 0:
            told[r][p], told[r][p + 1] = other, one
            place[one], place[other] = (r, p + 1), (r, p)
            for again in _touched(one, other, place, of):
                if again not in waiting and 0 <= again[1] < len(told[again[0]]) - 1:
                    waiting.add(again)
                    pending.append(again)
    return told


def _touched(one: str, other: str, place: Mapping[str, tuple[int, int]], of: Web) -> Iterator[tuple[int, int]]:
    """The pairs of neighbours whose crossings two items that changed places may have changed."""
    r, p = place[other]
    yield from ((r, p - 1), (r, p + 1))
    for item in (one, other):
        for n in (*of.above.get(item, ()), *of.below.get(item, ())):
            r, p = place[n]
            yield from ((r, p - 1), (r, p))


def _gain(one: str, other: str, place: Mapping[str, tuple[int, int]], of: Web) -> int:
    """How many crossings fewer there are when two neighbours change places."""
    gain = 0
    for ends in (of.above, of.below):
        mine, theirs = ends.get(one), ends.get(other)
        if mine and theirs:
            right = sorted([place[b][1] for b in theirs])
            for a in mine:
                p = place[a][1]
                gain += bisect_left(right, p) + bisect_right(right, p) - len(right)
    return gain
