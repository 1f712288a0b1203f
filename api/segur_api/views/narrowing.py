"""Facets: ways of narrowing the lines of a page, each value with the number that it leaves."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from fastapi import Request

from segur_api.views.things import Things
from segur_graph.options import Lang

Line = TypeVar("Line")
# The value of what is not said; it comes last.
NONE = "none"
# A page shows so many lines, and says how many there are; its files have them all.
LISTED = 200


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


@dataclass(frozen=True)
class Ways(Generic[Line]):
    """The facets of a page's lines: by name, which is also the parameter of the address, a line's values in each.

    The values of some are `fixed`, in an order; those of the others come by count. `label` says what a value is called.
    """

    values: Mapping[str, Callable[[Line], list[str]]]
    fixed: Mapping[str, Sequence[str]]
    label: Callable[[str, str, Lang, Things], str]

    def chosen(self, request: Request) -> dict[str, str]:
        """What the address narrows by."""
        return {name: value for name in self.values if (value := request.query_params.get(name))}

    def narrow(self, found: Sequence[Line], chosen: Mapping[str, str], but: str = "") -> list[Line]:
        """The lines that fit what is chosen, in every facet or in all `but` one."""
        wanted = [(self.values[name], value) for name, value in chosen.items() if name != but]
        return [line for line in found if all(value in values(line) for values, value in wanted)]

    def facets(self, found: Sequence[Line], chosen: Mapping[str, str], lang: Lang, things: Things) -> list[Facet]:
        """The facets, each counting the lines that the others leave."""
        made = []
        for name, values in self.values.items():
            counts = counted(map(values, self.narrow(found, chosen, name)))
            fixed = self.fixed.get(name)
            ordered = [v for v in fixed if counts[v]] if fixed else [v for v, _ in counts.most_common()]
            ordered.sort(key=lambda value: value == NONE)
            wanted = chosen.get(name, "")
            if wanted and wanted not in ordered:
                ordered.append(wanted)
            shown = [Choice(v, self.label(name, v, lang, things), counts[v], v == wanted) for v in ordered]
            made.append(Facet(name, shown))
        return made


def counted(lists: Iterable[list[str]]) -> Counter[str]:
    """How many lists hold each value; one that many lines share is read once for all of them."""
    held = list(lists)
    of, counts = {id(values): values for values in held}, Counter[str]()
    for key, times in Counter(map(id, held)).items():
        for value in of[key]:
            counts[value] += times
    return counts
