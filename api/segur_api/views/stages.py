"""Measures × stages: who takes part in what, how, and where nothing is said."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from segur_api.deps import Reading
from segur_api.views.things import Thing, Things
from segur_api.views.values import GROUNDS, Cite, cite
from segur_graph.facts import CODES

SQL = """
SELECT p.measure, p.stage, p."group", speaking(p.body) AS party, p.modality, p.source, p.locator, p.fact,
       m.pillar
FROM participations p JOIN measures_now m ON m.id = p.measure
ORDER BY m.date DESC NULLS LAST, p.measure, p."group" <> 'usagers', p."group", p.body, p.modality, p.source, p.fact
"""
STAGES = CODES["stages"]
CSV_COLUMNS = ("measure", "label", "pillar", "stage", "group", "body", "modality", "source", "locator")


@dataclass(frozen=True)
class Asked:
    """What narrows the table; empty strings narrow nothing."""

    document: str = ""
    pillar: str = ""
    group: str = ""


@dataclass(frozen=True)
class Part:
    """Who takes part, or is to, or is said to lack: a group, as a party where one is named, and where it is said."""

    stage: str
    group: str
    party: Thing | None
    modality: str
    cite: Cite
    fact: Thing

    @property
    def badge(self) -> Thing:
        """The badge of the row's group, which counts whatever the party's own is (R10)."""
        party = self.party or Thing("types", "", "", kind="actor")
        return replace(party, group=self.group)

    @property
    def mark(self) -> str:
        """Observed, asked for, or said to lack."""
        return GROUNDS[self.modality]


@dataclass(frozen=True)
class Line:
    """A measure, and who takes part in it."""

    measure: Thing
    pillar: str | None
    parts: list[Part] = field(default_factory=list)

    def at(self, stage: str) -> list[Part]:
        """Who takes part at a stage; nobody where nothing is said, which is unknown."""
        return [part for part in self.parts if part.stage == stage]


def lines(reading: Reading) -> list[Line]:
    """The measures of which a source says who takes part."""
    rows = reading.query(SQL)
    things = Things(reading, [r["measure"] for r in rows] + [r["party"] for r in rows])
    of: dict[str, list[Part]] = defaultdict(list)
    for r in rows:
        party = things.get("party", r["party"]) if r["party"] else None
        fact = Thing("participations", r["fact"], "")
        of[r["measure"]].append(Part(r["stage"], r["group"], party, r["modality"], cite(r, reading), fact))
    pillars = {r["measure"]: r["pillar"] for r in rows}
    return [Line(things.get("measures", m), pillars[m], parts) for m, parts in of.items()]


def narrow(found: Sequence[Line], asked: Asked) -> list[Line]:
    """The measures of a pillar, with what a document says of a group; those of which it says nothing are left out."""
    kept = [
        Line(line.measure, line.pillar, [part for part in line.parts if _fits(part, asked)])
        for line in found
        if asked.pillar in ("", line.pillar)
    ]
    return [line for line in kept if line.parts]


def rows(found: Sequence[Line]) -> list[list[Any]]:
    """One row a participation, under `CSV_COLUMNS`."""
    return [
        [
            *(line.measure.id, line.measure.label, line.pillar, part.stage, part.group),
            *(part.party.id if part.party else None, part.modality, part.cite.source, part.cite.locator),
        ]
        for line in found
        for part in line.parts
    ]


def _fits(part: Part, asked: Asked) -> bool:
    return asked.document in ("", part.cite.source) and asked.group in ("", part.group)
