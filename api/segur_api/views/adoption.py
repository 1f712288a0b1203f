"""A contribution taken as adopted: the gaps that it would close or open, and the questions that it would raise."""

from collections.abc import Iterable
from dataclasses import dataclass

from segur_api.deps import Reading
from segur_api.views import gaps
from segur_api.views.gaps import Line
from segur_graph.gaps import Gap

# The rest is told in number, and stands whole in the JSON.
SHOWN = 12


@dataclass(frozen=True)
class Change:
    """Gaps that would close or open: how many, and the first of them."""

    count: int
    lines: list[Line]


@dataclass(frozen=True)
class Adoption:
    """What would change if it were adopted."""

    closed: Change
    opened: Change
    questions: int


def of(reading: Reading, measure: str) -> Adoption:
    """What would change if a measure were adopted (R16)."""
    before, after = reading.report(), reading.report(what_if=[measure])
    had, has = ({told.id for told in report.told} for report in (before, after))
    return Adoption(
        _change(reading, (g for g in before.gaps if g.id not in has)),
        _change(reading, (g for g in after.gaps if g.id not in had)),
        sum(u.id not in had for u in after.unknowns),
    )


def _change(reading: Reading, found: Iterable[Gap]) -> Change:
    every = list(found)
    return Change(len(every), gaps.lines_of(reading, every[:SHOWN]))
