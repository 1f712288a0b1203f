"""Facets: ways of narrowing the gaps of a page, each value with the number that it leaves."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from segur_api.views import words
from segur_api.views.gaps import Line, title
from segur_api.views.things import Things
from segur_graph import say
from segur_graph.gaps import rules
from segur_graph.options import Lang


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


# Each facet's values of a line. The name is also the parameter of the address.
FACETS: dict[str, Callable[[Line], list[str]]] = {
    "standing": lambda line: [line.standing],
    "severity": lambda line: [line.gap.severity],
    "kind": lambda line: [line.gap.kind],
    "asked_by": lambda line: line.asker_ids,
    "type": lambda line: [line.gap.focus["type"]],
    "place": lambda line: [line.gap.territory or "none"],
    "certainty": lambda line: [line.gap.certainty],
}
SCHEMES = {"severity": "severities", "certainty": "certainties"}
FIXED = {"standing": ("established", "check"), "severity": ("high", "medium", "low")}


def narrow(found: Sequence[Line], chosen: dict[str, str], but: str = "") -> list[Line]:
    """The lines that fit what is chosen, in every facet or in all `but` one."""
    wanted = [(FACETS[name], value) for name, value in chosen.items() if name != but]
    return [line for line in found if all(value in values(line) for values, value in wanted)]


def facets(found: Sequence[Line], chosen: dict[str, str], lang: Lang, things: Things) -> list[Facet]:
    """The facets, each counting the lines that the others leave."""
    return [
        Facet(name, _choices(name, counted(map(FACETS[name], narrow(found, chosen, name))), chosen, lang, things))
        for name in FACETS
    ]


def counted(lists: Iterable[list[str]]) -> Counter[str]:
    """How many lists hold each value; one that many lines share is read once for all of them."""
    held = list(lists)
    of, counts = {id(values): values for values in held}, Counter[str]()
    for key, times in Counter(map(id, held)).items():
        for value in of[key]:
            counts[value] += times
    return counts


def _choices(name: str, counts: Counter[str], chosen: dict[str, str], lang: Lang, things: Things) -> list[Choice]:
    wanted = chosen.get(name, "")
    values = [v for v in FIXED[name] if counts[v]] if name in FIXED else [v for v, _ in counts.most_common()]
    if wanted and wanted not in values:
        values.append(wanted)
    return [Choice(v, _label(name, v, lang, things), counts[v], v == wanted) for v in values]


def _label(name: str, value: str, lang: Lang, things: Things) -> str:
    if name in SCHEMES:
        return say.code(SCHEMES[name], value, lang)
    match name:
        case "standing":
            return words.text(lang, f"standing.{value}") if value in FIXED[name] else value
        case "kind":
            return title(value, lang) if value in rules() else value
        case "place":
            none = value == "none"
            return words.text(lang, "gaps.no_place") if none else things.get("territories", value).name(lang)
        case "asked_by":
            return things.get("party", value).name(lang)
    return _type_name(value, lang, things)


def _type_name(value: str, lang: Lang, things: Things) -> str:
    """A type's name; of a gap about a measure or a meeting the type is its kind."""
    for scheme in ("contribution-kinds", "meeting-kinds"):
        if (name := say.code(scheme, value, lang)) != value:
            return name
    return things.get("types", value).name(lang)
