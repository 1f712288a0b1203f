"""How far to the right the items of ordered rows stand: near their neighbours, trunks upright, none too near."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise

from segur_graph.drawn.ordering import TRUNK_SIGN, Rows, Web
from segur_graph.drawn.positions import COLUMN

QUIET = ("pillar", "concerns")
NARROW, TRUNK = 6.0, 11.0  # the room of a trunk between two nodes: of quiet lines, of others
STIFF = 5.0  # how much more a trunk keeps straight than a node keeps near its neighbours
FILLED, EASE = 0.85, 1.6  # a row spreads over that part of the width, each node over that much of its room at most
SWEEPS = 16

Xs = dict[str, float]


def room(item: str, fold: int) -> float:
    """The width of an item in a row that stands on some lines."""
    if not item.startswith(TRUNK_SIGN):
        return COLUMN / fold
    return NARROW if item.split(TRUNK_SIGN)[2] in QUIET else TRUNK


@dataclass(frozen=True)
class Columns:
    """Rows in their order, on how many lines each stands, and the width that they share."""

    rows: Rows
    web: Web
    folds: Sequence[int]
    width: float

    def placed(self) -> Xs:
        """The x of each item."""
        xs: Xs = {}
        for row, steps in zip(self.rows, self._steps, strict=True):
            left = max((self.width - sum(steps) - steps[0]) / 2, 0.0)
            xs |= dict(zip(row, accumulate(steps[1:], initial=left + steps[0]), strict=True))
        for sweep in range(SWEEPS):
            order = range(len(self.rows))
            for r in order if sweep % 2 == 0 else reversed(order):
                self._settle(r, xs)
        self._straighten(xs)
        return xs

    @cached_property
    def _steps(self) -> list[list[float]]:
        return [self._apart(row, fold) for row, fold in zip(self.rows, self.folds, strict=True)]

    def _apart(self, row: Sequence[str], fold: int) -> list[float]:
        """How far each item stands at least from the one before it; a row with room to spare is not squeezed."""
        rooms = [room(i, fold) for i in row]
        ease = min(max(1.0, FILLED * self.width / sum(rooms)), EASE)
        return [step * ease for step in (rooms[0] / 2, *((a + b) / 2 for a, b in pairwise(rooms)))]

    def _settle(self, r: int, xs: Xs) -> None:
        wished = [sum([xs[n] * w for n, w in self._near[i]]) if self._near[i] else xs[i] for i in self.rows[r]]
        weights = [STIFF if i[0] == TRUNK_SIGN else 1.0 for i in self.rows[r]]
        xs |= dict(zip(self.rows[r], settled(wished, weights, self._steps[r], self.width), strict=True))

    @cached_property
    def _near(self) -> dict[str, list[tuple[str, float]]]:
        """The neighbours of each item with their weights; a trunk follows its trunk more than a node."""
        found = {}
        for item in (i for row in self.rows for i in row):
            near = (*self.web.above.get(item, ()), *self.web.below.get(item, ()))
            stiff = [STIFF if item[0] == n[0] == TRUNK_SIGN else 1.0 for n in near]
            total = sum(stiff)
            found[item] = [(n, w / total) for n, w in zip(near, stiff, strict=True)]
        return found

    def _straighten(self, xs: Xs) -> None:
        """Makes each trunk upright over as many rows as the others leave it room."""
        place = {i: (r, p) for r, row in enumerate(self.rows) for p, i in enumerate(row)}
        trunks: dict[str, list[str]] = defaultdict(list)
        for item in place:
            if item.startswith(TRUNK_SIGN):
                trunks[item.rpartition(TRUNK_SIGN)[0]].append(item)
        for trunk in trunks.values():
            free = [(i, *self._free(i, *place[i], xs)) for i in trunk]
            for run, x in _runs(free):
                xs |= dict.fromkeys(run, x)

    def _free(self, item: str, r: int, p: int, xs: Mapping[str, float]) -> tuple[float, float]:
        """From where to where an item may move in its row."""
        row, steps, here = self.rows[r], self._steps[r], xs[item]
        low = xs[row[p - 1]] + steps[p] if p else TRUNK
        high = xs[row[p + 1]] - steps[p + 1] if p + 1 < len(row) else self.width - TRUNK
        return min(low, here), max(high, here)


def settled(wished: Sequence[float], weights: Sequence[float], steps: Sequence[float], width: float) -> list[float]:
    """The places nearest to those wished (weighted least squares) that keep the order and the steps."""
    offsets = list(accumulate(steps[1:], initial=0.0))
    blocks: list[tuple[float, float, int]] = []  # the mean, weight and length of each run that moves as one
    for wish, weight, offset in zip(wished, weights, offsets, strict=True):
        mean, heavy, length = wish - offset, weight, 1
        while blocks and blocks[-1][0] > mean:
            last, w, n = blocks.pop()
            mean, heavy, length = (last * w + mean * heavy) / (w + heavy), w + heavy, n + length
        blocks.append((mean, heavy, length))
    low, high = steps[0], max(width - steps[0] - offsets[-1], steps[0])
    flat = [min(max(mean, low), high) for mean, _, length in blocks for _ in range(length)]
    return [value + offset for value, offset in zip(flat, offsets, strict=True)]


def _runs(free: Sequence[tuple[str, float, float]]) -> Iterator[tuple[list[str], float]]:
    """The parts of a trunk that can stand on one x, each with that x."""
    run, low, high = [free[0][0]], free[0][1], free[0][2]
    for item, a, b in free[1:]:
        if max(low, a) > min(high, b):
            yield run, (low + high) / 2
            run, low, high = [], a, b
        run, low, high = [*run, item], max(low, a), min(high, b)
    yield run, (low + high) / 2
