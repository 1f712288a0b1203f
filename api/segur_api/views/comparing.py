"""Two sides of a comparison to choose, and their differences as a page shows them."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, cast

from segur_api.deps import Reading
from segur_api.views import gaps, words
from segur_api.views.gaps import Line, Question
from segur_api.views.things import Things
from segur_graph import causes, compare, say
from segur_graph.causes import Cause
from segur_graph.compare import Comparison, Difference, Step, What
from segur_graph.gaps import Gap, Unknown, year_before
from segur_graph.options import Lang

# A page shows so many differences of one sort in a step; the CSV has them all.
MOST = 60


@dataclass(frozen=True)
class Choice:
    """An edition that can be chosen: its folder's name, id, and when it was published."""

    name: str
    id: str
    at: str


@dataclass(frozen=True)
class Asked:
    """The sides that the address asks for, as `EDITION@DATE`, and the editions to choose from."""

    a: str
    b: str
    choices: list[Choice]


@dataclass(frozen=True)
class Moved:
    """A gap or question that is not the same on both sides of a step, with its causes."""

    line: Line | Question
    side: Reading
    difference: Difference
    causes: list[Cause]
    changes: list[tuple[str, str, str]]
    instead: list[str]

    @property
    def standing(self) -> str:
        """R12: `established`, `check`, or `unknown` for a question."""
        return self.line.standing if isinstance(self.line, Line) else "unknown"


@dataclass(frozen=True)
class Told:
    """A step: its sides, the sources that changed, and what moved, by sort."""

    step: Step
    sources: dict[str, tuple[str, str]]
    moved: dict[What, list[Moved]]
    counts: dict[str, int]


@dataclass(frozen=True)
class Shown:
    """A comparison as the page shows it."""

    before: Reading
    after: Reading
    steps: list[Told]

    @property
    def same(self) -> bool:
        """Whether nothing differs."""
        return not any(told.step.differences for told in self.steps)


def asked(query: Mapping[str, str], reading: Reading, kept: list[tuple[str, str]]) -> Asked:
    """What the address asks for: `a` and `b`, whose dates may stand apart in `a_on` and `b_on`.

    Where it asks for nothing: the edition before this one, or the same a year ago where there is none.
    """
    choices = [Choice(name, name.partition("-")[0], at[:16].replace("T", " ")) for name, at in kept]
    names = [c.name for c in choices]
    current = reading.edition.folder.name
    older = names[names.index(current) + 1 :] if current in names else []
    last_year = f"current@{year_before(reading.as_of)}"
    a = _side(query, "a") or (older[0] if older else last_year)
    return Asked(a, _side(query, "b") or f"current@{reading.as_of}", choices)


def _side(query: Mapping[str, str], name: str) -> str:
    said, on = query.get(name, ""), query.get(f"{name}_on", "")
    return f"{said.partition('@')[0]}@{on}" if on else said


def shown(comparison: Comparison, reading: Reading) -> Shown:
    """A comparison with the names and words of what moved."""
    before, after = cast("Reading", comparison.before), cast("Reading", comparison.after)
    return Shown(before, after, [_told(step, reading.lang) for step in comparison.steps])


def _told(step: Step, lang: Lang) -> Told:
    before, after = cast("Reading", step.before), cast("Reading", step.after)
    why = causes.causes(step)
    moved: dict[What, list[Moved]] = {what: [] for what in compare.WHATS}
    counts: Counter[str] = Counter(d.what for d in step.differences)
    for side, left in ((after, False), (before, True)):
        told = [d for d in step.differences if (d.after is None) == left]
        lines = _lines(side, [d.told for d in told])
        for one in told:
            if len(moved[one.what]) < MOST:
                instead = _instead(one, after if left else before, lang)
                found = Moved(lines[one.id], side, one, why[one.id], _changes(one, step, lang), instead)
                moved[one.what].append(found)
    return Told(step, _sources(before, after), moved, dict(counts))


def _lines(side: Reading, told: list[Gap | Unknown]) -> dict[str, Line | Question]:
    """Gaps and questions of one side in their words, by `kind:focus`."""
    some = replace(
        side.report(),
        gaps=[one for one in told if isinstance(one, Gap)],
        unknowns=[one for one in told if isinstance(one, Unknown)],
    )
    things = Things(side, gaps.named(some))
    both: list[Line | Question] = [*gaps.lines(side, some, things), *gaps.questions(some, side.lang, things)]
    return {(one.gap if isinstance(one, Line) else one.unknown).id: one for one in both}


def _instead(difference: Difference, other: Reading, lang: Lang) -> list[str]:
    """What the other side tells of the same focus, in words."""
    wanted = set(difference.instead)
    return [one.says[lang] for one in other.report().told if one.id in wanted] if wanted else []


def _changes(difference: Difference, step: Step, lang: Lang) -> list[tuple[str, str, str]]:
    """What of a gap changed, in words: the field, before, after."""
    found = compare.changes(difference, step)
    if len(found) > 1:
        found.pop("details", None)
    return [
        (words.text(lang, f"compare.{name}"), _value(name, had, lang), _value(name, has, lang))
        for name, (had, has) in found.items()
    ]


def _value(name: str, value: Any, lang: Lang) -> str:
    if name == "established":
        return words.text(lang, "standing.established" if value else "standing.check")
    if name == "severity":
        return say.code("severities", value, lang)
    if name == "certainty":
        return words.text(lang, f"compare.{value}")
    if name == "stages":
        return ", ".join(say.code("stages", stage, lang) for stage in value) or "—"
    if isinstance(value, dict):
        return ", ".join(f"{key} {said}" for key, said in value.items())
    return str(value)


def _sources(before: Reading, after: Reading) -> dict[str, tuple[str, str]]:
    """The sources that changed: title, and what became of each."""
    rows = before.opened.sources | after.opened.sources
    return {name: (rows[name]["title"], what) for name, what in compare.sources(before, after).items()}
