"""Facets: ways of narrowing the lines of a page, each value with the number that it leaves."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

Line = TypeVar("Line")
# The value of what is not said; it comes last.
NONE = "none"
# A page shows so many lines, and says how many there are; its files have them all.
LISTED = 200
# A line's values in each facet; the facet's name is also the parameter of the address.
Ways = Mapping[str, Callable[[Line], list[str]]]


@dataclass(frozen=True)
class Choice:
    """A value of a facet, and how many lines it leaves."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Facet:
    """A way of narrowing the lines, with its choices."""

    name: str
    choices: list[Choice]

    @property
    def chosen(self) -> Choice | None:
        """The choice that narrows the lines now."""
        return next((c for c in self.choices if c.chosen), None)


def narrow(found: Sequence[Line], chosen: Mapping[str, str], ways: Ways[Line], but: str = "") -> list[Line]:
    """The lines that fit what is chosen, in every facet or in all `but` one."""
    wanted = [(ways[name], value) for name, value in chosen.items() if name != but]
    return [line for line in found if all(value in values(line) for values, value in wanted)]


def facets(
    found: Sequence[Line],
    chosen: Mapping[str, str],
    ways: Ways[Line],
    label: Callable[[str, str], str],
    fixed: Mapping[str, Sequence[str]],
) -> list[Facet]:
    """The facets, each counting the lines that the others leave; values as `fixed`, else by count."""
    made = []
    for name, values in ways.items():
        counts = counted(map(values, narrow(found, chosen, ways, name)))
        ordered = [v for v in fixed[name] if counts[v]] if name in fixed else [v for v, _ in counts.most_common()]
        ordered.sort(key=lambda value: value == NONE)
        wanted = chosen.get(name, "")
        if wanted and wanted not in ordered:
            ordered.append(wanted)
        made.append(Facet(name, [Choice(v, label(name, v), counts[v], v == wanted) for v in ordered]))
    return made


def counted(lists: Iterable[list[str]]) -> Counter[str]:
    """How many lists hold each value; one that many lines share is read once for all of them."""
    held = list(lists)
    of, counts = {id(values): values for values in held}, Counter[str]()
    for key, times in Counter(map(id, held)).items():
        for value in of[key]:
            counts[value] += times
    return counts
