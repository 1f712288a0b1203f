"""A comparison for those who read it: its JSON, the rows of its CSV, a terminal's tables."""

from collections.abc import Iterator
from typing import Any

from segur_graph import causes, compare, say
from segur_graph.causes import Cause
from segur_graph.compare import Comparison, Difference, Side, Step
from segur_graph.console import out, table
from segur_graph.gaps import Gap
from segur_graph.options import Lang

Json = dict[str, Any]
COLUMNS = (
    *("step", "by", "what", "answer", "id", "kind", "focus", "label", "territory", "says_fr", "instead", "changes"),
    *("cause", "cause_says_fr", "day", "source", "locator"),
)

WORDS: dict[Lang, dict[str, str]] = {
    "fr": {
        "side": "Édition {}, au {}",
        "edition": "L'édition change",
        "date": "La date change",
        "opened": "Ouvert",
        "closed": "Fermé",
        "changed": "Changé",
        "columns": "|ce qui est dit|pourquoi|cause|lacune ou question",
        "counts": "Établies : {} · À vérifier : {} · Inconnu : {}",
        "same": "Rien ne diffère.",
        "instead": "{} ; à la place : {}",
        "world": "le monde",
        "law": "la loi",
        "knowledge": "notre connaissance",
        "none": "cause non trouvée",
    },
    "en": {
        "side": "Edition {}, on {}",
        "edition": "The edition changes",
        "date": "The date changes",
        "opened": "Opened",
        "closed": "Closed",
        "changed": "Changed",
        "columns": "|what is said|why|cause|gap or question",
        "counts": "Established: {} · To be checked: {} · Unknown: {}",
        "same": "Nothing differs.",
        "instead": "{}; instead: {}",
        "world": "the world",
        "law": "the law",
        "knowledge": "our knowledge",
        "none": "no cause found",
    },
}


def answer(comparison: Comparison) -> Json:
    """The comparison as the JSON that the outside world sees."""
    opened, closed, unchanged = comparison.net()
    return {
        "before": _side(comparison.before),
        "after": _side(comparison.after),
        "opened": opened,
        "closed": closed,
        "unchanged": unchanged,
        "steps": [_step(step) for step in comparison.steps],
    }


def rows(comparison: Comparison) -> list[list[Any]]:
    """The differences as the rows of the CSV with the columns `COLUMNS`, a row a difference with its nearest cause."""
    return [
        [number, step.by, *_difference_row(difference, step), *_cause_row(why)]
        for number, step in enumerate(comparison.steps, start=1)
        for difference, why in _explained(step)
    ]


def printed(comparison: Comparison, lang: Lang) -> None:
    """Prints each step: what opened, closed and changed, with its cause."""
    words = WORDS[lang]
    _print_side(comparison.before, lang)
    for step in comparison.steps:
        found = list(_explained(step))
        if len(comparison.steps) > 1 or found:
            cells = [_cells(difference, why, lang) for difference, why in found]
            table(words[step.by], words["columns"].split("|"), cells)
        _print_side(step.after, lang)
    if not any(step.differences for step in comparison.steps):
        out().print(words["same"])


def says(difference: Difference, lang: Lang) -> str:
    """What is told of a difference, and what is told instead where it closed or opened: closed is not filled."""
    said = difference.told.says[lang]
    return WORDS[lang]["instead"].format(said, ", ".join(difference.instead)) if difference.instead else said


def _explained(step: Step) -> Iterator[tuple[Difference, list[Cause]]]:
    why = causes.causes(step)
    for difference in step.differences:
        yield difference, why[difference.id]


def _side(side: Side) -> Json:
    counts = side.report().counts._asdict()
    return {"edition": side.edition.id, "as_of": side.as_of.isoformat(), "counts": counts}


def _step(step: Step) -> Json:
    found: dict[str, list[Json]] = {what: [] for what in compare.WHATS}
    for difference, why in _explained(step):
        found[difference.what].append(_difference(difference, step, why))
    sources = [{"id": name, "what": what} for name, what in compare.sources(step.before, step.after).items()]
    return {"by": step.by, "before": _side(step.before), "after": _side(step.after), "sources": sources, **found}


def _difference(difference: Difference, step: Step, why: list[Cause]) -> Json:
    told = difference.told
    as_of = step.after.as_of if difference.after else step.before.as_of
    return {
        "id": difference.id,
        "answer": "gap" if isinstance(told, Gap) else "unknown",
        "kind": told.kind,
        "established": told.established(as_of) if isinstance(told, Gap) else None,
        "focus": told.focus,
        "territory": told.territory,
        "says": told.says,
        "instead": difference.instead,
        "changes": compare.changes(difference, step),
        "cause": why[0].cause if why else None,
        "causes": [cause.json() for cause in why],
    }


def _difference_row(difference: Difference, step: Step) -> list[Any]:
    told = difference.told
    changed = [f"{name}={had}→{has}" for name, (had, has) in compare.changes(difference, step).items()]
    return [
        *(difference.what, "gap" if isinstance(told, Gap) else "unknown", difference.id, told.kind),
        *(told.focus["id"], told.focus["label"], told.territory, told.says["fr"]),
        *("|".join(difference.instead), "|".join(changed)),
    ]


def _cause_row(why: list[Cause]) -> list[Any]:
    if not why:
        return [None] * 5
    cause = why[0]
    return [cause.cause, cause.says["fr"], cause.day, (cause.source or {}).get("id"), cause.locator]


def _cells(difference: Difference, why: list[Cause], lang: Lang) -> list[str]:
    words = WORDS[lang]
    cause = why[0] if why else None
    said = cause.says[lang] if cause else words["none"]
    place = f" ({cause.source['title']})" if cause and cause.source and cause.day else ""
    kind = words[cause.cause] if cause else ""
    return [words[difference.what], says(difference, lang), said + place, kind, difference.id]


def _print_side(side: Side, lang: Lang) -> None:
    words = WORDS[lang]
    out().print(words["side"].format(side.edition.id, say.day(side.as_of, lang)), style="bold")
    out().print(words["counts"].format(*side.report().counts))
