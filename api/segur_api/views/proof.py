"""A gap's proof as numbered steps with links: what is missing, the law, what it rests on, what would close it."""

from dataclasses import dataclass, replace
from typing import Any

from segur_api.deps import Reading
from segur_api.views import gaps, users, words
from segur_api.views.gaps import Line
from segur_api.views.things import Thing, Things
from segur_api.views.values import Cite, Row, cite
from segur_graph import names
from segur_graph.gaps import Gap

PLACES = "SELECT id, source, locator FROM measures WHERE list_contains($ids, id) ORDER BY id, source"


@dataclass(frozen=True)
class Premise:
    """A fact that a gap rests on: what it is, its address, its place."""

    kind: str
    thing: Thing
    named: bool
    cite: Cite


@dataclass(frozen=True)
class Remedy:
    """A proposal that would close a gap, or that speaks of it."""

    measure: Thing
    how: str
    carriers: list[Thing]
    cites: list[Cite]


@dataclass(frozen=True)
class Proof:
    """What the page of a gap shows."""

    line: Line
    title: str
    premises: list[Premise]
    remedies: list[Remedy]
    norm: Row
    required: str

    @property
    def advice(self) -> str:
        """The name of the text that says how to say it aloud."""
        if self.line.standing != "established":
            return f"proof.{self.line.standing}"
        if self.line.gap.seen_on:
            return "proof.established_seen"
        return "proof.established_once" if self.norm.get("read_in") else "proof.established"


def proof(reading: Reading, gap: Gap) -> Proof:
    """The proof of a gap."""
    alone = replace(reading.report(), gaps=[gap], unknowns=[])
    things = Things(reading, [*gaps.named(alone), *(r["id"] for r in gap.remedies)])
    norm = users.norm_of(reading, gap.focus["type"]) or {}
    return Proof(
        gaps.lines(reading, alone, things)[0],
        gaps.title(gap.kind, reading.lang),
        _premises(reading, gap),
        _remedies(reading, gap, things),
        norm,
        users.required(reading, norm, gap.focus["id"]) if norm else "",
    )


def _premises(reading: Reading, gap: Gap) -> list[Premise]:
    keys = [names.thing(p["fact"]) for p in gap.premises]
    things = Things(reading, [key for _, key in keys])
    return [_premise(p, things.get(table, key), reading) for p, (table, key) in zip(gap.premises, keys, strict=True)]


def _premise(premise: dict[str, Any], thing: Thing, reading: Reading) -> Premise:
    place = {"source": premise["source"]["id"], "locator": premise["locator"]}
    name = words.text(reading.lang, f"tables.{thing.table}")
    return Premise(name, thing, thing.label != thing.id, cite(place, reading))


def _remedies(reading: Reading, gap: Gap, things: Things) -> list[Remedy]:
    rows = reading.query(PLACES, ids=[r["id"] for r in gap.remedies])
    return [
        Remedy(
            things.get("measures", r["id"]),
            r["how"],
            things.parties(r["carried_by"]),
            [cite(row, reading) for row in rows if row["id"] == r["id"]],
        )
        for r in gap.remedies
    ]
