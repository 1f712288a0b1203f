"""Everything that a picture may show on a date: nodes, edges and marks read from an edition."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace
from functools import cache
from typing import Any

from segur_graph import front, names, say
from segur_graph.drawn.elements import Basis, Edge, Evidence, Lane, Mark, Nature, Node, Seats, State, View
from segur_graph.facts import CODES
from segur_graph.gaps import Gap, Report, Told
from segur_graph.options import Lang
from segur_graph.shipped import data
from segur_graph.tables import Dated

Row = dict[str, Any]
Ends = tuple[str, str, str, Basis]
Marks = dict[str, tuple[Mark, ...]]

LEVELS: dict[str, Lane] = {
    "national": "national",
    "départemental-territorial": "territory",
    "local": "territory",
    "établissement": "establishment",
}
# What joins a contribution to those who stand behind it.
CARRYING = ("carries", "cosigns", "to-cosign")
# Characters that XML cannot hold.
UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def whole(now: Dated, edition: str, report: Report) -> View:
    """Everything that may be shown on a date, in the order of ids; `report` is of that date."""
    reading = _Reading(now)
    edges = reading.edges()
    used = {end for e in edges for end in (e.source, e.target)}
    marks = reading.marks(report, used)
    nodes = {
        i: node for i, node in reading.nodes(marks).items() if not i.startswith("types/") or i in used | marks.keys()
    }
    nodes |= {f"pillars/{code}": _pillar(code) for code in CODES["pillars"] if f"pillars/{code}" in used}
    kept = tuple(e for e in edges if e.source in nodes and e.target in nodes)
    nodes |= _contributions(nodes, kept)
    return View(edition, now.as_of, tuple(nodes[i] for i in sorted(nodes)), kept)


@cache
def _sql(name: str) -> str:
    return front.read(data("queries") / "network" / f"{name}.sql").text


class _Reading:
    """The rows of one date."""

    def __init__(self, now: Dated) -> None:
        self.now = now
        self.rows: dict[str, Row] = {f"{r['table']}/{r['id']}": r for r in now.query(_sql("nodes"))}
        self.bodies = {r["id"] for r in now.query("SELECT id FROM bodies_told")}
        self.speaks = {r["id"]: r["speaks"] for r in now.query("SELECT id, speaks FROM joined")}

    def edges(self) -> tuple[Edge, ...]:
        """One edge for all the rows that say the same of the same two."""
        said: dict[Ends, dict[str, None]] = defaultdict(dict)
        evidence: dict[Ends, dict[Evidence, None]] = defaultdict(dict)
        for row in self.now.query(_sql("edges")):
            key = (self._end(row["source"]), self._end(row["target"]), row["relation"], row["basis"])
            said[key] |= {_text(row["said"]): None} if row["said"] else {}
            evidence[key][Evidence(row["fact"], row["document"], _text(row["locator"] or ""))] = None
        return tuple(Edge(*key, tuple(said[key]), tuple(found)) for key, found in sorted(evidence.items()))

    def _end(self, party: str) -> str:
        """The id of what a row names: a contribution or a pillar in full, else a body, else a type."""
        if "/" in party:
            return party
        body = f"bodies/{self.speaks.get(party, party)}"
        return body if body.removeprefix("bodies/") in self.bodies else f"types/{party}"

    def _broader(self, named: str, used: Collection[str]) -> list[str]:
        """The types that rows name in the stead of a narrower one."""
        sql = "SELECT 'types/' || named AS id FROM narrower WHERE 'types/' || type = $type ORDER BY named"
        return [r["id"] for r in self.now.query(sql, type=named) if r["id"] in used]

    def nodes(self, marks: Marks) -> dict[str, Node]:
        """The nodes of the rows, each with its marks."""
        seats = {
            f"bodies/{r['instance']}" if r["instance"] else f"types/{r['type']}": Seats(
                r["law"], r["filled"], r["vacant"], r["asked"]
            )
            for r in self.now.query(_sql("seats"))
        }
        return {i: self._node(i, row, seats.get(i, Seats()), marks.get(i, ())) for i, row in self.rows.items()}

    def _node(self, key: str, row: Row, seats: Seats, marks: tuple[Mark, ...]) -> Node:
        return Node(
            id=key,
            labels=_labels(row["label"] or row["id"], row["label_en"]),
            nature=_nature(row),
            kind=row["kind"],
            type=row["type"],
            group=row["group"] or ("several" if row["kind"] == "instance" else "unsaid"),
            lane=self._lane(row),
            status=row["status"],
            territory=row["territory"],
            pillar=row["pillar"] or "",
            seats=seats,
            marks=marks,
        )

    def _lane(self, row: Row) -> Lane:
        """The échelon of a body or a type, and in a region its place there."""
        lane = LEVELS.get(row["level"] or "")
        place = row["territory"] or ""
        if lane == "establishment":
            return lane
        if place == "FR":
            return "national"
        if place.startswith("REG-") or (not place and row["level"] == "régional"):
            return _in_region(row)
        if place or lane:
            return "territory" if place else lane or "national"
        parent = self.rows.get(f"bodies/{row['parent']}")
        return self._lane(parent) if parent and parent is not row else "national"

    def marks(self, report: Report, used: Collection[str]) -> Marks:
        """What is missing and what is unknown, on the node that it is about.

        What a type lacks stands on that type, or on the broader ones that rows name in its stead.
        """
        found: dict[str, list[Mark]] = defaultdict(list)
        held = {
            f"meetings/{r['id']}": self._end(r["instance"])
            for r in self.now.query("SELECT id, instance FROM meetings_now WHERE instance IS NOT NULL")
        }
        for told in report.told:
            focus = "/".join(names.thing(told.focus["iri"]))
            focus = held.get(focus, focus)
            drawn = not focus.startswith("types/") or focus in used
            for node in [focus] if drawn else self._broader(focus, used) or [focus][: isinstance(told, Gap)]:
                found[node].append(_mark(told, report))
        return {node: tuple(marks) for node, marks in found.items()}


def _in_region(row: Row) -> Lane:
    if row["status"] == "proposed":
        return "proposed"
    return "actors" if row["kind"] == "actor" else "instances"


def _nature(row: Row) -> Nature:
    if row["table"] == "types":
        return "type"
    nature: Nature = row["kind"]
    return "proposed" if row["status"] == "proposed" else nature


def _labels(label: str, english: str | None) -> dict[Lang, str]:
    return {"fr": _text(label), "en": _text(english or label)}


def _text(cell: str) -> str:
    """A text that any of the formats can hold."""
    return UNWRITABLE.sub(" ", cell)


def _pillar(code: str) -> Node:
    labels = {lang: say.code("pillars", code, lang) for lang in say.LANGS}
    return Node(f"pillars/{code}", labels, "pillar", "pillar", "", "", "national", pillar=code)


def _state(told: Told, report: Report) -> State:
    if not isinstance(told, Gap):
        return "unknown"
    return "gap" if told.established(report.as_of) else "check"


def _mark(told: Told, report: Report) -> Mark:
    state, scheme = _state(told, report), "gap-kinds" if isinstance(told, Gap) else "unknown-kinds"
    words: dict[Lang, str] = {lang: say.code(scheme, told.kind, lang) for lang in say.LANGS}
    says: dict[Lang, str] = {lang: _text(told.says[lang]) for lang in say.LANGS}
    return Mark(state, told.id, words, says)


def _contributions(nodes: dict[str, Node], edges: Iterable[Edge]) -> dict[str, Node]:
    """Each contribution with the group and échelon that follow from who carries it and what it concerns."""
    of: dict[str, list[Edge]] = defaultdict(list)
    for e in edges:
        for end in (e.source, e.target):
            if end.startswith("measures/"):
                of[end].append(e)
    return {i: _contribution(node, of[i], nodes) for i, node in nodes.items() if i.startswith("measures/")}


def _contribution(node: Node, edges: list[Edge], nodes: dict[str, Node]) -> Node:
    carrying = [e for e in edges if e.relation in CARRYING]
    behind = [nodes[e.source] for e in carrying if e.basis == "effective"]
    groups = {n.group for n in behind}
    place = next((nodes[e.target] for e in edges if e.relation in ("concerns", "asks") and e.source == node.id), None)
    lane = (place or next(iter([*behind, *(nodes[e.source] for e in carrying)]), node)).lane
    return replace(
        node,
        group=groups.pop() if len(groups) == 1 else "several" if groups else "unsaid",
        lane="proposed" if lane in ("actors", "instances") else lane,
        status="foreseen" if carrying and not behind and node.nature == "measure" else "",
    )
