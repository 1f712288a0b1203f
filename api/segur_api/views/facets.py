"""The facets of the gaps: what narrows them, and what each value is called."""

from segur_api.views import words
from segur_api.views.gaps import title
from segur_api.views.narrowing import NONE, Ways
from segur_api.views.things import Things
from segur_graph import say
from segur_graph.gaps import SEVERITIES, rules
from segur_graph.options import Lang

SCHEMES = {"severity": "severities", "certainty": "certainties"}
FIXED = {"standing": ("established", "check"), "severity": SEVERITIES}


def _label(name: str, value: str, lang: Lang, things: Things) -> str:
    if name in SCHEMES:
        return say.code(SCHEMES[name], value, lang)
    match name:
        case "standing":
            return words.text(lang, f"standing.{value}") if value in FIXED[name] else value
        case "kind":
            return title(value, lang) if value in rules() else value
        case "place":
            none = value == NONE
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


GAPS = Ways(
    {
        "standing": lambda line: [line.standing],
        "severity": lambda line: [line.gap.severity],
        "kind": lambda line: [line.gap.kind],
        "asked_by": lambda line: line.asker_ids,
        "type": lambda line: [line.gap.focus["type"]],
        "place": lambda line: [line.gap.territory or NONE],
        "certainty": lambda line: [line.gap.certainty],
    },
    FIXED,
    _label,
)
