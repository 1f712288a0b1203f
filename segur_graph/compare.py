"""Two editions, or two dates: which gaps and unknowns opened, closed or changed, and why."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Any, Literal, Protocol, get_args

from segur_graph import gaps, names
from segur_graph.days import DAY, day
from segur_graph.edition import Edition
from segur_graph.errors import BadInput
from segur_graph.gaps import Gap, Report, Told
from segur_graph.store import Store
from segur_graph.tables import Now, Rows, Tables

Json = dict[str, Any]
End = tuple[Edition, date]
What = Literal["opened", "closed", "changed"]
WHATS: tuple[What, ...] = get_args(What)
# What of a gap may change while it stays; of an unknown, its numbers only.
FIELDS = ("count", "severity", "certainty", "established", "stages", "details")


class Side(Now, Protocol):
    """An edition on a date."""

    @property
    def edition(self) -> Edition:
        """The edition that is read."""

    def report(self) -> Report:
        """Its gaps and unknowns on the date."""


@dataclass(frozen=True)
class At:
    """An edition on a date, its report made once."""

    tables: Tables
    as_of: date

    @property
    def edition(self) -> Edition:
        """The edition that is read."""
        return self.tables.edition

    @cached_property
    def _report(self) -> Report:
        return gaps.report(self.tables, self.as_of)

    def report(self) -> Report:
        """Its gaps and unknowns on the date."""
        return self._report

    def query(self, sql: str, **values: Any) -> Rows:
        """The rows of a query on the date."""
        return self.tables.on(self.as_of).query(sql, **values)


@dataclass(frozen=True)
class Difference:
    """A gap or an unknown that is on one side only, or other on the two; None where it is not."""

    before: Told | None
    after: Told | None
    instead: list[str] = field(default_factory=list)  # what is told of the same focus on the other side

    @property
    def what(self) -> What:
        """What became of it."""
        return "opened" if self.before is None else "closed" if self.after is None else "changed"

    @property
    def told(self) -> Told:
        """It as it is now, or as it was where it is no more."""
        found = self.after or self.before
        assert found is not None  # noqa: S101 - a difference has a side
        return found

    @property
    def id(self) -> str:
        """`kind:focus`, by which both sides call it."""
        return self.told.id

    @property
    def focus(self) -> tuple[str, str]:
        """The table and the key of what it is about."""
        return names.thing(self.told.focus["iri"])

    def premises(self) -> set[str]:
        """The rows that it rests on, on either side: `table/fact`."""
        both = [p["fact"] for told in (self.before, self.after) if told for p in told.premises]
        return {f"{names.row_table(table)}/{key}" for table, key in map(names.thing, both)}


@dataclass(frozen=True)
class Step:
    """From one side to another by the edition alone or by the date alone."""

    before: Side
    after: Side
    differences: list[Difference]

    @property
    def by(self) -> Literal["edition", "date"]:
        """What alone is other on the two sides."""
        return "date" if self.before.edition.folder == self.after.edition.folder else "edition"


@dataclass(frozen=True)
class Comparison:
    """Two sides, and the steps that lead from one to the other."""

    before: Side
    after: Side
    steps: list[Step]

    def net(self) -> tuple[list[str], list[str], int]:
        """What opened and closed from end to end, and how many stay: a step may undo what another does."""
        had, has = ({t.id for t in side.report().told} for side in (self.before, self.after))
        return sorted(has - had), sorted(had - has), len(had & has)


def resolve(store: Store, text: str, read: Edition, as_of: date) -> End:
    """The edition and date that a text names: `EDITION`, `DATE` or `EDITION@DATE`.

    EDITION is an id, its beginning, `current` (the one that is `read`) or `previous` (the one published before it).
    BadInput or StoreError where there is no such edition or day.
    """
    name, _, on = text.rpartition("@") if "@" in text else ("", "", text) if DAY.fullmatch(text) else (text, "", "")
    return _edition(store, name, read), day(on) if on else as_of


def compare(before: End, after: End, side: Callable[[Edition, date], Side]) -> Comparison:
    """What changes from one edition and date to another; `side` opens an edition on a date.

    Where both change it is told in two steps, so that each difference has one sort of cause. The edition changes at the
    earlier of the two dates: from A to B first, where A is the earlier, and read backwards the same steps the other way
    round.
    """
    ends = [before, after]
    (old, then), (new, now) = ends
    if old.folder != new.folder and then != now:
        ends.insert(1, (new, then) if then < now else (old, now))
    sides = [side(*end) for end in ends]
    return Comparison(sides[0], sides[-1], [_step(a, b) for a, b in pairwise(sides)])


def state(one: Told, as_of: date) -> Json:
    """What may change of a gap or an unknown while it stays."""
    if isinstance(one, Gap):
        return {name: one.established(as_of) if name == "established" else getattr(one, name) for name in FIELDS}
    return {"details": one.details}


def changes(difference: Difference, step: Step) -> dict[str, list[Any]]:
    """The fields that are other on the two sides of a step, each before and after."""
    if difference.before is None or difference.after is None:
        return {}
    had, has = state(difference.before, step.before.as_of), state(difference.after, step.after.as_of)
    return {name: [had[name], has[name]] for name in has if had[name] != has[name]}


def _step(before: Side, after: Side) -> Step:
    old, new = before.report(), after.report()
    had, has = ({t.id: t for t in report.told} for report in (old, new))
    found = []
    for name in dict.fromkeys([*has, *had]):
        one, other = had.get(name), has.get(name)
        if one is None or other is None:
            found.append(Difference(one, other, _instead(one or other, had if one is None else has)))
        elif state(one, old.as_of) != state(other, new.as_of):
            found.append(Difference(one, other))
    return Step(before, after, sorted(found, key=lambda d: WHATS.index(d.what)))


def _instead(one: Told | None, others: dict[str, Told]) -> list[str]:
    """What is told on the other side by the same rule of the same focus: a gap that is closed may be unknown now."""
    assert one is not None  # noqa: S101 - one of the two sides has it
    alike = _rule(one.kind)
    return sorted(n for n, o in others.items() if o.focus["id"] == one.focus["id"] and _rule(o.kind) == alike)


def _rule(kind: str) -> str:
    """The rule that finds gaps, or unknowns, of a kind."""
    return next((name for name, rule in gaps.rules().items() if rule.front.get("unknown") == kind), kind)


def _edition(store: Store, name: str, read: Edition) -> Edition:
    if name in ("", "current"):
        return read
    if not re.fullmatch(r"[\w.-]+", name):
        raise BadInput(f"édition {name} : attendu : un identifiant ou son début, current, previous, ou une date")
    return store.edition(_previous(store, read) if name == "previous" else name)


def _previous(store: Store, read: Edition) -> str:
    published = [entry["edition"] for entry in store.published()]
    last = max((n for n, name in enumerate(published) if name == read.folder.name), default=len(published))
    earlier = [name for name in published[:last] if name != read.folder.name]
    if not earlier:
        raise BadInput(f"previous : aucune édition publiée avant {read.id} ; voyez « segur editions »")
    return earlier[-1]


def rule_text(kind: str) -> str:
    """The SQL of the rule that finds a kind of gap or unknown."""
    return gaps.rules()[_rule(kind)].text


def sources(before: Side, after: Side) -> dict[str, str]:
    """The sources that are other in two editions: `added`, `removed` or `replaced`."""
    had, has = before.edition.sources, after.edition.sources
    fates = {name: fate(had.get(name), has.get(name)) for name in sorted({*had, *has})}
    return {name: what for name, what in fates.items() if what != "same"}


def fate(old: Json | None, new: Json | None) -> str:
    """What becomes of a source from one manifest to another: added, replaced, same, removed, or shipped again."""
    if old is None or new is None:
        return "removed" if new is None else "added"
    if old["origin"] == "user" and new["origin"] == "shipped":
        return "shipped"
    return "same" if (old["digest"], old["origin"]) == (new["digest"], new["origin"]) else "replaced"
