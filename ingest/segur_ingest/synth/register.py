"""A register while it is written: its rows on the way to their files, and what is true of them."""

import csv
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from segur_graph.facts import TABLES

# The days of the truth: ordinary ones, and the eve or the day on which a law, a mandate or a body changes.
DAYS = (
    "2015-12-31",
    "2016-10-01",
    "2018-06-30",
    "2020-07-15",
    "2021-06-30",
    "2021-12-31",
    "2024-09-30",
    "2025-03-15",
    "2026-06-29",
    "2026-06-30",
)
DAYS_OF_ADOPTIONS = ("2021-06-30", "2026-06-30")

# The regions of INSEE and their départements.
REGIONS = {
    "84": "01 03 07 15 26 38 42 43 63 69 73 74",
    "27": "21 25 39 58 70 71 89 90",
    "53": "22 29 35 56",
    "24": "18 28 36 37 41 45",
    "94": "2A 2B",
    "44": "08 10 51 52 54 55 57 67 68 88",
    "32": "02 59 60 62 80",
    "11": "75 77 78 91 92 93 94 95",
    "28": "14 27 50 61 76",
    "75": "16 17 19 23 24 33 40 47 64 79 86 87",
    "76": "09 11 12 30 31 32 34 46 48 65 66 81 82",
    "52": "44 49 53 72 85",
    "93": "04 05 06 13 83 84",
    "01": "971",
    "02": "972",
    "03": "973",
    "04": "974",
    "06": "976",
}

# Sources beside those of the regions: measures and meetings; a second look at bodies and seats, dated after the first.
NATIONAL = "synth-mesures"
OTHER = "synth-enquete"

Says = Mapping[str, Any]
NOTHING = (0, 0, 0, 0, 0)


@dataclass(frozen=True)
class Span:
    """What is so from a day on, until the next span of the same thing.

    `answers` are what it says by `kind:focus`; `seats` those of completeness: required, filled,
    vacant, missing, unknown.
    """

    since: str
    answers: Mapping[str, Says] = field(default_factory=dict)
    seats: tuple[int, ...] = NOTHING


def on(day: str, spans: Iterable[Span]) -> Span:
    """The span of a thing that is so on a day: of spans in order, the last that has begun."""
    begun = [span for span in spans if span.since <= day]
    return begun[-1] if begun else Span(day)


@dataclass(frozen=True)
class Place:
    """A département and its region, with the source that speaks for it."""

    region: str
    department: str

    @property
    def here(self) -> str:
        """The département's code."""
        return f"DEP-{self.department}"

    @property
    def around(self) -> str:
        """The region's code."""
        return f"REG-{self.region}"

    @property
    def source(self) -> str:
        """The source of what is known in the region."""
        return f"synth-reg-{self.region}"


PLACES = [Place(region, dep) for region, deps in REGIONS.items() for dep in deps.split()]


def label(what: str, name: str) -> str:
    """What a thing is called: `CDU`, cdu-310000017 → CDU synthétique 310000017."""
    return f"{what} synthétique {name.rpartition('-')[2]}"


class Truth:
    """What is to be found on each day, added up while things are planted."""

    def __init__(self) -> None:
        self.answers: dict[str, dict[str, Says]] = {day: {} for day in DAYS}
        self.seats: dict[str, list[int]] = {day: [*NOTHING] for day in DAYS}
        self.changes: dict[tuple[str, str], set[str]] = {}

    def add(self, spans: Iterable[Span]) -> None:
        """Adds what is true of one thing. Answers about a type come from many things; its expected bodies add up."""
        spans = list(spans)
        for day in DAYS:
            now, answers = on(day, spans), self.answers[day]
            for focus, says in now.answers.items():
                had = answers[focus]["count"] if focus in answers and "instances:" in focus else 0
                answers[focus] = {**says, "count": says["count"] + had} if had else says
            self.seats[day] = [a + b for a, b in zip(self.seats[day], now.seats, strict=True)]

    def adopt(self, adoption: str, spans: Iterable[Span]) -> None:
        """Adds what an adoption closes (`-kind:focus`) and opens (`+kind:focus`)."""
        spans = list(spans)
        for day in DAYS_OF_ADOPTIONS:
            self.changes.setdefault((adoption, day), set()).update(on(day, spans).answers)

    def json(self, adoptions: Mapping[str, Iterable[str]]) -> dict[str, Any]:
        """The truth as it is written: by day, then what each adoption of some measures changes."""
        what_if = [
            {"as_of": day, "what_if": sorted(set(measures)), **self._changed(adoption, day)}
            for adoption, measures in adoptions.items()
            for day in DAYS_OF_ADOPTIONS
        ]
        return {"on": {day: self._on(day) for day in DAYS}, "what_if": what_if}

    def _changed(self, adoption: str, day: str) -> dict[str, list[str]]:
        changes = sorted(self.changes.get((adoption, day), ()))
        signs = {"closed": "-", "opened": "+"}
        return {name: [c[1:] for c in changes if c.startswith(sign)] for name, sign in signs.items()}

    def _on(self, day: str) -> dict[str, Any]:
        answers = dict(sorted(self.answers[day].items()))
        required, filled, vacant, missing, unknown = self.seats[day]
        return {
            "kinds": dict(sorted(Counter(focus.partition(":")[0] for focus in answers).items())),
            "completeness": {
                "required": required,
                "documented": filled + vacant + missing,
                "filled": filled,
                "vacant": vacant,
                "missing": missing,
                "unknown": unknown,
            },
            "gaps": {focus: _gap(says) for focus, says in answers.items() if not focus.startswith("unknown-")},
            "unknowns": {focus: says for focus, says in answers.items() if focus.startswith("unknown-")},
        }


def _gap(says: Says) -> dict[str, Any]:
    details = {name: value for name, value in says.items() if name not in ("count", "stages")}
    return {"count": says["count"], "details": details, "stages": says.get("stages", [])}


class Register:
    """The tables of a folder, open for rows; numbers and places for what is planted in them."""

    def __init__(self, folder: Path, random: Random, opened: ExitStack) -> None:
        self.random = random
        self.truth = Truth()
        self.numbers = 0
        self._write = {}
        for name in ("sources", *(t for t in TABLES if t not in ("sources", "types", "territories", "norms"))):
            file = opened.enter_context((folder / f"{name}.csv").open("w", encoding="utf-8", newline=""))
            self._write[name] = csv.writer(file, lineterminator="\n").writerow
            self._write[name](TABLES[name].names)

    def row(self, table: str, /, **cells: Any) -> None:
        """Writes a row: the cells by column, the others empty."""
        self._write[table]([cells.get(column, "") for column in TABLES[table].names])

    def number(self) -> int:
        """A number that nothing else bears."""
        self.numbers += 1
        return self.numbers

    def place(self) -> Place:
        """Any département."""
        return self.random.choice(PLACES)

    def body(self, kind: str, place: Place) -> str:
        """The id of a new body, with an invented number in the shape of a FINESS: cdu-310000017."""
        number = f"{place.department}{self.number():0{9 - len(place.department)}d}"
        return f"{kind.lower().replace('_', '-')}-{number}"
