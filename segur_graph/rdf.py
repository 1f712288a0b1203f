"""A row of a table, through the context, to N-Quads."""

import json
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from segur_graph import names
from segur_graph.facts import PERSONS, Column, Table
from segur_graph.names import BASE, DEF, RDF_TYPE, Row
from segur_graph.shipped import data

OA = "http://www.w3.org/ns/oa#"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
OWL = "http://www.w3.org/2002/07/owl#"
NOTATION = "http://www.w3.org/2004/02/skos/core#notation"
XSD = "http://www.w3.org/2001/XMLSchema#"
PERSONAL = frozenset(DEF + name for name in PERSONS)
PASSAGE = re.compile(r"char=(\d{1,18}),(\d{1,18})")
ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"})


@dataclass(frozen=True)
class Term:
    """What the context says of a column: its property, and the datatype or language of a cell."""

    property: str
    datatype: str = ""
    language: str = ""


# A column, its property, and what writes a value of it.
Writer = tuple[Column, str, Callable[[str], str]]


@dataclass(frozen=True)
class Things:
    """The ids of the bodies and measures of an edition: they settle what a party is."""

    bodies: Collection[str]
    measures: Collection[str]
    _writers: dict[str, list[Writer]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def target(self, column: Column, value: str) -> tuple[str, str]:
        """The table, or code list, and key that a cell points to; no table for plain values."""
        match column.kind:
            case "reference" | "id":
                return column.into, value
            case "type":
                return "types", value
            case "code":
                return f"scheme:{column.into}", value
            case "party":
                return ("bodies" if value in self.bodies else "types"), value
            case "thing":
                return ("measures" if value in self.measures else "bodies"), value
        return "", value

    def writers(self, table: Table, vocabulary: dict[str, dict[str, Term]]) -> list[Writer]:
        """How the cells of a table are written, its own key left out: settled once, for a million rows."""
        if table.name not in self._writers:
            known = vocabulary[table.rdf_class]
            columns = [c for c in table.columns if table.key != (c.name,)]
            self._writers[table.name] = [
                (c, f"<{known[c.name].property}>", _writer(c, known[c.name], self)) for c in columns
            ]
        return self._writers[table.name]


def context() -> dict[str, Any]:
    """The JSON-LD context as it ships."""
    text = (data("ontology") / "context.jsonld").read_text("utf-8")
    return dict(json.loads(text)["@context"])


@cache
def prefixes() -> dict[str, str]:
    """The prefixes of the vocabularies that the context speaks, by name."""
    return {name: value for name, value in context().items() if isinstance(value, str) and value.endswith(("#", "/"))}


def terms() -> dict[str, dict[str, Term]]:
    """For each class, the term of each column."""
    said = context()
    expand = {k: v if isinstance(v, str) else v.get("@id", "") for k, v in said.items() if k != "@version"}

    def full(name: str) -> str:
        prefix, _, local = name.partition(":")
        return expand[prefix] + local

    def term(value: str | dict[str, str]) -> Term:
        if isinstance(value, str):
            return Term(full(value))
        datatype = value.get("@type", "")
        return Term(
            full(value["@id"]),
            datatype if datatype in ("", "@id") else full(datatype),
            value.get("@language", ""),
        )

    return {
        name: {column: term(v) for column, v in value["@context"].items()}
        for name, value in said.items()
        if isinstance(value, dict) and "@context" in value
    }


def classes(table: Table, row: Row) -> list[str]:
    """The classes of a row: its table's, and the narrower one that its kind says."""
    narrower = dict(table.subclass).get(row.get("kind", ""))
    return [table.rdf_class, *([narrower] if narrower else [])]


def locator(row: Row) -> str:
    """Where a row stands in its source: its own locator, else where it was read."""
    return row.get("locator") or row.get("read_at", "")


def quads(table: Table, row: Row, things: Things, vocabulary: dict[str, dict[str, Term]]) -> Iterator[str]:
    """A row as N-Quads lines in the graph of its source."""
    subject = f"<{node(table, row)}>"
    end = f" <{names.graph(row[table.source])}> .\n"
    for name in classes(table, row):
        yield f"{subject} <{RDF_TYPE}> <{DEF}{name}>{end}"
    said = {**row, "locator": locator(row)}
    for column, predicate, written in things.writers(table, vocabulary):
        if cell := said.get(column.name):
            for value in column.values(cell) if column.many else (cell,):
                yield f"{subject} {predicate} {written(value)}{end}"


def derived(table: Table, row: Row, things: Things) -> Iterator[str]:
    """What follows from a row alone, as N-Quads lines in the derived graph of its source.

    The rules stand in ontology/README.md.
    """
    graph = names.derived_graph(row[table.source])
    return (line(triple, graph) for triple in follows(table, row, things))


def line(triple: tuple[str, str, str], graph: str) -> str:
    """A triple in a named graph as a line of N-Quads; its object is an IRI, or a literal as N-Triples writes it."""
    subject, predicate, value = triple
    obj = value if value.startswith('"') else f"<{value}>"
    return f"<{subject}> <{predicate}> {obj} <{graph}> .\n"


def literal(value: object, datatype: str = "", *, lang: str = "") -> str:
    """A value as N-Triples writes it, with a datatype of XSD or a language."""
    text = f'"{str(value).translate(ESCAPES)}"'
    if lang:
        return f"{text}@{lang}"
    return f"{text}^^<{XSD}{datatype}>" if datatype else text


def node(table: Table, row: Row) -> str:
    """The IRI of a row."""
    return names.iri(names.fact_table(table.name), names.fact_id(table, row))


def cells(table: Table, row: Row) -> Iterator[tuple[Column, list[str]]]:
    """The filled cells that are not the row's own key, with their values."""
    for column in table.columns:
        if table.key == (column.name,):
            continue
        cell = locator(row) if column.name == "locator" else row.get(column.name, "")
        values = column.values(cell)
        if values:
            yield column, values


def follows(table: Table, row: Row, things: Things) -> Iterator[tuple[str, str, str]]:
    """What follows from a row alone, as triples: an object is an IRI, or a literal as N-Triples writes it."""

    def party(name: str) -> str:
        return address(things.target(table.column(name), row[name]))

    if found := PASSAGE.fullmatch(row.get("locator", "")):
        yield from _passage(node(table, row), row["source"], *found.groups())
    match table.name:
        case "types" | "territories":
            yield node(table, row), NOTATION, literal(row["code"])
        case "seats":
            yield from _seat(row)
        case "memberships" if row["modality"] == "effective":
            yield party("member"), f"{DEF}memberOf", names.iri("bodies", row["body"])
        case "signatures" if row["role"] in ("author", "cosignatory"):
            edge = "coSigns" if row["modality"] == "effective" else "isToCoSign"
            yield party("body"), DEF + edge, names.iri("measures", row["measure"])
        case "measures":
            if row["proposed_by"]:
                yield party("proposed_by"), f"{DEF}proposes", node(table, row)
            if row["effect_type"]:
                yield from _effect(row)


def address(target: tuple[str, str]) -> str:
    """The IRI of a target: a thing of a table, or a code of a list."""
    table, value = target
    if table.startswith("scheme:"):
        return names.concept(table.removeprefix("scheme:"), value)
    return names.iri(table, value)


def _writer(column: Column, term: Term, things: Things) -> Callable[[str], str]:
    """What writes a value of a column as the object of a quad."""
    if term.datatype == "@id" and column.kind in ("party", "thing"):
        return lambda value: f"<{address(things.target(column, value))}>"
    if term.datatype == "@id":
        start = address(things.target(column, ""))
        return lambda value: f"<{start}{value}>"
    kind = f"@{term.language}" if term.language else f"^^<{term.datatype}>" if term.datatype else ""
    return lambda value: f'"{value.translate(ESCAPES)}"{kind}'


def _seat(row: Row) -> Iterator[tuple[str, str, str]]:
    seat, instance = names.iri("seats", row["id"]), names.iri("bodies", row["instance"])
    yield seat, RDF_TYPE, f"{DEF}Seat"
    yield seat, f"{DEF}seatIn", instance
    if row["held_for"] and row["state"] == "filled":
        yield names.iri("bodies", row["held_for"]), f"{DEF}hasSeatIn", instance


def _effect(row: Row) -> Iterator[tuple[str, str, str]]:
    effect = names.iri("effects", row["id"])
    yield names.iri("measures", row["id"]), f"{DEF}hasEffect", effect
    yield effect, RDF_TYPE, f"{DEF}Effect"
    yield effect, f"{DEF}guaranteesSeatsIn", names.iri("types", row["effect_type"])
    yield effect, f"{DEF}guaranteesSeatsFor", names.concept("groups", row["effect_group"])
    yield effect, f"{DEF}guaranteedSeats", literal(row["effect_seats"], "integer")


def _passage(fact: str, source: str, start: str, end: str) -> Iterator[tuple[str, str, str]]:
    passage = f"{BASE}id/passages/{source}/{start}-{end}"
    selector = f"{passage}/position"
    yield fact, f"{DEF}hasPassage", passage
    yield passage, RDF_TYPE, f"{OA}SpecificResource"
    yield passage, f"{OA}hasSource", names.iri("sources", source)
    yield passage, f"{OA}hasSelector", selector
    yield selector, RDF_TYPE, f"{OA}TextPositionSelector"
    yield selector, f"{OA}start", literal(start, "nonNegativeInteger")
    yield selector, f"{OA}end", literal(end, "nonNegativeInteger")
