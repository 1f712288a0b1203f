"""Why a gap or an unknown is other on the two sides of a step: the world, the law, or our knowledge."""

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from segur_graph import bearing, compare, names, say
from segur_graph.bearing import Moved, Moves, Row, relevant
from segur_graph.compare import Difference, Side, Step
from segur_graph.gaps import Gap
from segur_graph.shipped import data

# By `table/fact`.
Places = dict[str, list[Row]]
# What may not be told of a thing by the date: it has none of its own.
UNDATED = {"verdict", "signatory", "participation", "attendance"}
# What becomes of a norm that somebody reads.
READ = ("confirmed", "from-memory")


@dataclass(frozen=True)
class Cause:
    """What made a difference: `world`, `law` or `knowledge`, in a sentence, with its day and the row that says it."""

    cause: str
    says: dict[str, str]
    day: date | None = None
    source: dict[str, str] | None = None
    locator: str | None = None
    fact: str | None = None

    def json(self) -> dict[str, Any]:
        """The cause as JSON."""
        return {**vars(self), "day": self.day.isoformat() if self.day else None}


@dataclass(frozen=True)
class Event:
    """What happened to a thing: a name of causes.toml, its day, what it is called, the row that says it."""

    name: str
    day: date | None
    label: str
    fact: str


def causes(step: Step) -> dict[str, list[Cause]]:
    """For each difference of a step, by its id, what made it; the first is the nearest."""
    early, late = step.before, step.after
    if step.by == "date" and late.as_of < early.as_of:
        early, late = late, early
    moved = bearing.moved(step.differences, early, late)
    if step.by == "edition":
        return _Editions(step, moved).causes()
    happened = {d.id: list(_happened(relevant(d, moved))) for d in step.differences}
    places = _said(late, (e.fact for events in happened.values() for e in events))
    return {d.id: _dated(happened[d.id], places) + _aged(d, step) for d in step.differences}


# Between two dates: what happened


def _happened(moved: list[Moved]) -> Iterator[Event]:
    lists = [m.row["since"] for m in moved if m.aspect == "list" and m.row["since"]]
    for one in moved:
        if one.aspect not in UNDATED and (event := _event(one, max(lists, default=None))):
            yield event


def _event(moved: Moved, listed: date | None) -> Event | None:
    """What happened to a thing between two dates."""
    row, (before, after) = moved.row, (moved.before, moved.after)
    fact = row["facts"][0]
    if moved.aspect == "seat":
        return Event(*_seat(before, after, listed), row["label"], fact)
    if moved.aspect == "list":
        return Event("list", row["since"], row["label"], fact)
    if moved.aspect in ("measure", "meeting", "naming"):
        return Event("dated", row["since"], row["label"], fact)
    prefix = "norm-" if moved.aspect == "norm" else ""
    if before is None:
        return Event(f"{prefix}start", row["since"], row["label"], fact)
    if after is None:
        return Event(f"{prefix}end", row["until"], row["label"], fact)
    return None


def _seat(before: Row | None, after: Row | None, listed: date | None) -> tuple[str, date | None]:
    """What happened to a seat: no longer listed, seen again, or its mandate began or ended."""
    if after is None:
        return "unlisted", listed
    state = after["state"].partition("|")[0]
    if state == "expired":
        return "ended", after["until"]
    if before is None or before["since"] != after["since"]:
        return (f"seen-{state}" if state in ("filled", "vacant") else "seen"), after["since"]
    return ("begun", after["begun"]) if after["begun"] and state == "filled" else ("mandate", None)


def _dated(events: list[Event], places: Places) -> list[Cause]:
    """The causes that events are: those of one name told together, by the first."""
    grouped: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        grouped[event.name].append(event)
    return [_cause(name, found, places) for name, found in grouped.items()]


def _cause(name: str, events: list[Event], places: Places) -> Cause:
    first = min(events, key=lambda e: (e.day is None, e.day, e.fact))
    place = next(iter(places.get(first.fact, ())), None)
    table, _, fact = first.fact.partition("/")
    return Cause(
        _words()[name]["cause"],
        says(name, first.label, first.day, len(events)),
        first.day,
        {"id": place["source"], "title": place["title"]} if place else None,
        place["locator"] if place else None,
        names.iri(names.fact_table(table), fact) if fact else None,
    )


def _aged(difference: Difference, step: Step) -> list[Cause]:
    """R12: what was seen more than a year ago is to be checked again."""
    told = difference.told
    if "established" not in compare.changes(difference, step) or not isinstance(told, Gap) or not told.seen_on:
        return []
    seen = date.fromisoformat(told.seen_on)
    return [Cause("knowledge", says("aged", "", seen), seen)]


# Between two editions: what is known


class _Editions:
    """Why the gaps of one date are other in two editions."""

    def __init__(self, step: Step, moved: Moves) -> None:
        self.step, self.moved = step, moved
        self.fates = compare.sources(step.before, step.after)
        sides = (step.before, step.after)
        facts = [f for found in moved.values() for m in found for f in m.facts]
        facts += [f for d in step.differences for f in d.premises()]
        self.said = [_said(side, facts) for side in sides]
        self.places = self.said[0] | self.said[1]
        self.titles = {r["id"]: r["title"] for side in sides for r in side.query("SELECT id, title FROM sources")}

    def causes(self) -> dict[str, list[Cause]]:
        """The causes of each difference."""
        return {d.id: self._causes(d) for d in self.step.differences}

    def _causes(self, difference: Difference) -> list[Cause]:
        moved = relevant(difference, self.moved)
        judged = list(_judged(moved))
        # Whether a norm was read makes a gap certain or not; it opens and closes none.
        sure = "certainty" in compare.changes(difference, self.step)
        read = _dated([e for e in judged if sure and e.name in READ], self.places)
        verdicts = _dated([e for e in judged if e.name not in READ], self.places)
        said = difference.premises() | {f for m in moved if m.aspect != "verdict" for f in m.facts}
        sources = [self._source(name) for name in self._changed(said)]
        found = read or [*sources, *verdicts]
        return found or [self._source(name) for name in self.fates] or [self._program()]

    def _changed(self, facts: set[str]) -> list[str]:
        """The sources that changed and say some rows, or say them on one side only."""
        had, has = ({row["source"] for fact in facts for row in said.get(fact, ())} for said in self.said)
        return [name for name in self.fates if name in had | has]

    def _source(self, name: str) -> Cause:
        title = self.titles.get(name, name)
        return Cause("knowledge", says(self.fates[name], title), source={"id": name, "title": title})

    def _program(self) -> Cause:
        versions = [side.edition.manifest["version"] for side in (self.step.before, self.step.after)]
        return Cause("knowledge", says("program", " → ".join(versions)))


def _judged(moved: list[Moved]) -> Iterator[Event]:
    """The verdicts given or taken back, and the norms that were read, or no longer are."""
    for one in moved:
        row, fact = one.row, one.row["facts"][0]
        if one.aspect == "verdict" and (one.before is None or one.after is None):
            yield Event("verdict" if one.before is None else "no-verdict", None, row["label"], fact)
        elif one.aspect == "norm" and one.before and one.after:
            had, has = (side["state"].partition("|")[0] for side in (one.before, one.after))
            if had != has:
                yield Event(has, None, row["label"], fact)


# Words and places


def says(name: str, label: str, day: date | None = None, count: int = 1) -> dict[str, str]:
    """A sentence of causes.toml, in both languages."""
    words, norm = _words()[name], name in READ or name.startswith("norm-")
    return {
        lang: say.sentence(
            words[lang][count > 1],
            {"day": day, "count": count, "label": say.article(label, lang) if norm else label},
            lang,
        )
        for lang in say.LANGS
    }


@cache
def _words() -> dict[str, dict[str, Any]]:
    return tomllib.loads((data("queries") / "compare" / "causes.toml").read_text("utf-8"))


def _said(side: Side, facts: Iterable[str]) -> Places:
    """Where rows are said, by `table/fact`: the source, title and locator of each that says it."""
    by_table: dict[str, set[str]] = defaultdict(set)
    for fact in facts:
        table, _, key = fact.partition("/")
        by_table[table].add(key)
    found: Places = defaultdict(list)
    for table, keys in by_table.items():
        sql = f"""SELECT t.fact, t.source, s.title, t.locator
            FROM {table} t JOIN sources s ON s.id = t.source
            WHERE list_contains($keys, t.fact) ORDER BY t.fact, t.source"""
        for row in side.query(sql, keys=sorted(keys)):
            found[f"{table}/{row['fact']}"].append(row)
    return found
