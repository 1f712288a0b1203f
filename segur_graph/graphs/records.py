"""An edition and the gaps of some dates as the nodes and links of a property graph.

A row is a node: labels are its classes, properties its columns. A cell that points is a link, named as its property in
the ontology; so is a derived edge. A node that several sources tell has, cell by cell, what the latest says (R1).
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import islice
from typing import Any

import pyoxigraph as ox

from segur_graph import gap_graph, names, rdf
from segur_graph.edition import Edition
from segur_graph.facts import PERSONS, TABLES, Column, Table
from segur_graph.gaps import Report
from segur_graph.names import BASE, DEF, RDF_TYPE, Row
from segur_graph.shipped import data
from segur_graph.source import Source

# What the vocabulary must tell apart by class, and a node's own label does.
SHORT = {"gap_kind": "kind", "unknown_kind": "kind", "uncovered_stage": "stages"}
# What a node is that no row tells: the class of its table.
CLASSES = {t.name: t.rdf_class for t in TABLES.values()} | {"seats": "Seat", "effects": "Effect"}
KEYS = {t.name: t.key[0] for t in TABLES.values() if len(t.key) == 1} | {"seats": "id", "effects": "id"}


@dataclass(slots=True)
class Node:
    """A node: what it is and what is said of it."""

    labels: tuple[str, ...]
    properties: dict[str, Any]


@dataclass
class Unit:
    """What one source, or the gaps of one date, bring: a node is the latest source's that tells it.

    Nodes are known by their IRI; links by start, type, end, and hold their properties.
    """

    name: str
    nodes: dict[str, Node] = field(default_factory=dict)
    links: dict[tuple[str, str, str], dict[str, Any]] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """A hash of all that it brings, short since each node and link bears it."""
        said = hashlib.sha256(self.name.encode())
        for iri, node in sorted(self.nodes.items()):
            said.update(json.dumps([iri, node.labels, node.properties], default=str, sort_keys=True).encode())
        for key, properties in sorted(self.links.items()):
            said.update(json.dumps([key, properties], default=str, sort_keys=True).encode())
        return said.hexdigest()[:16]


def units(edition: Edition, reports: Sequence[Report]) -> list[Unit]:
    """All that an edition and some reports of it say; the oldest source first."""
    graph = _Graph(edition.things)
    for source in sorted((c.source for c in edition.chosen()), key=lambda s: (s.manifest.get("date", ""), s.id)):
        graph.add(source)
    for report in reports:
        graph.add_gaps(report)
    return list(graph.units.values())


@cache
def labels() -> frozenset[str]:
    """The labels that a node may have: the classes of the ontology."""
    return _declared("Class")


@cache
def types() -> frozenset[str]:
    """The types that a link may have: the object properties of the ontology."""
    return _declared("ObjectProperty") | {_local(gap_graph.DERIVED_FROM)}


def _declared(kind: str) -> frozenset[str]:
    triples = ox.parse(path=str(data("ontology") / "segur.ttl"), format=ox.RdfFormat.TURTLE)
    found = (t.subject.value for t in triples if t.object == ox.NamedNode(rdf.OWL + kind) and _named(t.subject))
    return frozenset(iri.removeprefix(DEF) for iri in found if iri.startswith(DEF))


def _named(term: object) -> bool:
    return isinstance(term, ox.NamedNode)


def _local(iri: str) -> str:
    return iri.rpartition("#")[2].rpartition("/")[2]


class _Graph:
    """Nodes and links as they are gathered, each in the unit that brings it."""

    def __init__(self, known: rdf.Things) -> None:
        self.things = known
        self.vocabulary = rdf.terms()
        self.units: dict[str, Unit] = {}
        self.home: dict[str, Unit] = {}

    def add(self, source: Source) -> None:
        """The rows of a source."""
        unit = self.units[source.id] = Unit(source.id)
        for table in source.tables():
            for row in source.rows(table):
                self._row(unit, table, row)

    def add_gaps(self, report: Report) -> None:
        """The gaps of a date."""
        name = gap_graph.graph(report.as_of).removeprefix(BASE)
        unit = self.units[name] = Unit(name)
        for quad in ox.parse("".join(gap_graph.quads(report)), format=ox.RdfFormat.N_QUADS):
            self._triple(unit, quad.subject.value, quad.predicate.value, quad.object, {})

    def _row(self, unit: Unit, table: Table, row: Row) -> None:
        iri, place = rdf.node(table, row), rdf.locator(row)
        where = {"locator": place} if place else {}
        said: dict[str, Any] = {name: row[name] for name in table.key if len(table.key) == 1}
        ends = []
        for column, values in rdf.cells(table, row):
            targets = [self.things.target(column, value) for value in values]
            if targets[0][0] and not targets[0][0].startswith("scheme:"):
                kind = _local(self.vocabulary[table.rdf_class][column.name].property)
                ends += [(kind, rdf.address(target)) for target in targets]
            elif column.name not in PERSONS:
                typed = [_value(column, value) for value in values]
                said[column.name] = typed if column.many else typed[0]
        self._tell(unit, iri, tuple(rdf.classes(table, row)), said)
        for kind, end in ends:
            self._link(unit, iri, kind, end, where)
        dates = {c.name: said[c.name] for c in table.columns if c.kind == "date" and c.name in said}
        for subject, predicate, value in rdf.follows(table, row, self.things):
            if predicate in (f"{DEF}hasPassage", rdf.NOTATION) or subject.startswith(f"{BASE}id/passages/"):
                continue  # the locator says it
            self._triple(unit, subject, predicate, _term(value), dates | where)

    def _triple(self, unit: Unit, subject: str, predicate: str, value: Any, edge: dict[str, Any]) -> None:
        name = _local(predicate)
        if predicate == RDF_TYPE:
            self._tell(unit, subject, (_local(value.value),), _key(subject))
        elif _named(value) and not value.value.startswith(f"{BASE}scheme/"):
            self._link(unit, subject, name, value.value, edge)
        else:
            node, key = self.home[subject].nodes[subject], SHORT.get(name, name)
            if key == "stages":
                node.properties.setdefault(key, []).append(_plain(value))
            else:
                node.properties[key + ("_en" if getattr(value, "language", "") == "en" else "")] = _plain(value)

    def _tell(self, unit: Unit, iri: str, classes: tuple[str, ...], said: dict[str, Any]) -> None:
        """Says something of a node, which is this unit's from now on."""
        if unknown := set(classes) - labels():
            raise ValueError(f"{unknown}: no class of the ontology")
        had = self.home[iri].nodes.pop(iri).properties if iri in self.home else {}
        unit.nodes[iri] = Node(classes, had | said | {"source": unit.name})
        self.home[iri] = unit

    def _link(self, unit: Unit, start: str, kind: str, end: str, said: dict[str, Any]) -> None:
        if kind not in types():
            raise ValueError(f"{kind}: no property of the ontology")
        unit.links.setdefault((start, kind, end), {"source": unit.name} | said)
        for iri in (start, end):
            if iri not in self.home:
                self._tell(unit, iri, (CLASSES[names.thing(iri)[0]],), _key(iri))


def _key(iri: str) -> dict[str, Any]:
    """A node's key as its column has it; that of a gap is without its date."""
    table, *_, key = iri.removeprefix(f"{BASE}id/").split("/")
    return {KEYS.get(table, "id"): key}


def _value(column: Column, cell: str) -> Any:
    match column.kind:
        case "number":
            return int(cell)
        case "date":
            return date.fromisoformat(cell)
    return cell


def _term(value: str) -> Any:
    """An object of `rdf.follows` as a term."""
    if not value.startswith('"'):
        return ox.NamedNode(value)
    return next(iter(ox.parse(f"<x:x> <x:x> {value} .", format=ox.RdfFormat.N_TRIPLES))).object


def _plain(term: Any) -> Any:
    """A literal or a code as a property."""
    if _named(term):
        return _local(term.value)
    match _local(term.datatype.value):
        case "integer":
            return int(term.value)
        case "date":
            return date.fromisoformat(term.value)
    return term.value


def batches(items: Iterable[Any], size: int) -> Iterator[list[Any]]:
    """Some items at a time."""
    left = iter(items)
    while batch := list(islice(left, size)):
        yield batch
