"""The facets and the search of the proposals: what narrows them, and what each value is called."""

from collections.abc import Callable, Sequence

from segur_api.views import words
from segur_api.views.narrowing import NONE, Ways
from segur_api.views.proposals import Line
from segur_api.views.things import Things
from segur_graph import say
from segur_graph.facts import CODES
from segur_graph.options import Lang
from segur_graph.search import fold

YES = "yes"


def _said(column: str) -> Callable[[Line], list[str]]:
    return lambda line: [line.row[column] or NONE]


def _also(line: Line) -> list[str]:
    """Somebody, and the parties; nothing said where nobody judged it, which is no no."""
    return [YES, *(party.id for party in line.askers)] if line.also else [NONE]


SCHEMES = {"nature": "contribution-kinds", "pillar": "pillars", "sector": "sectors", "stage": "stages"}
BY_PARTY = ("also", "author", "cosignatory", "foreseen")
FIXED = {name: (*CODES[scheme], NONE) for name, scheme in SCHEMES.items()}


def search(found: Sequence[Line], text: str) -> list[Line]:
    """The lines whose title, in either language, or theme has every word, accents and capitals apart."""
    asked = fold(text).split()
    return [line for line in found if all(word in _text(line) for word in asked)]


def _text(line: Line) -> str:
    return fold(" ".join(filter(None, (line.row[name] for name in ("label", "label_en", "theme")))))


def _label(name: str, value: str, lang: Lang, things: Things) -> str:
    if value == NONE:
        return words.text(lang, f"proposals.no_{name}" if name in ("also", "author", "stage") else "proposals.unsaid")
    if name in SCHEMES:
        label = say.code(SCHEMES[name], value, lang)
        return f"{value} – {label}" if name == "pillar" else label
    if name == "also" and value == YES:
        return words.text(lang, "proposals.somebody")
    if name == "document":
        return things.get("sources", value).label
    return things.get("party", value).name(lang) if name in BY_PARTY else value


PROPOSALS = Ways(
    {
        "also": _also,
        "document": lambda line: list(dict.fromkeys(c.source for c in line.cites)),
        "nature": lambda line: [line.row["kind"]],
        "author": lambda line: [party.id for party in line.of("author")] or [NONE],
        "cosignatory": lambda line: [party.id for party in line.of("cosignatory")],
        "foreseen": lambda line: [party.id for party in line.foreseen],
        "pillar": _said("pillar"),
        "sector": _said("sector"),
        "theme": _said("theme"),
        "stage": lambda line: list(dict.fromkeys(row["stage"] for row in line.stages)) or [NONE],
    },
    FIXED,
    _label,
)


def named(found: Sequence[Line], chosen: dict[str, str]) -> list[str]:
    """The ids that the facets name."""
    return [
        *chosen.values(),
        *(v for line in found for name in ("document", *BY_PARTY) for v in PROPOSALS.values[name](line)),
    ]
