"""Asking a question: its query with the values of its slots, and the rows of its answer."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb
import pyoxigraph as ox

from segur_graph import names, rdf
from segur_graph.facts import CODES
from segur_graph.graphs import Graph
from segur_graph.questions import THINGS, TRIPLE, UNDEF, Parameter, Question, refusal
from segur_graph.slots import JOINED, checked
from segur_graph.tables import Now, bracketed

# An answer holds so many rows, and says so where there are more.
MOST = 10_000

Cell = str | int | float | bool | date | None | list[Any]


@dataclass(frozen=True)
class Answer:
    """The rows of an answer in the order of the question's columns; a thing is told by its id.

    `query` is what was asked, its parameters filled in; `triples` (N-Triples) is there where a graph was built.
    """

    question: Question
    given: dict[str, str]
    rows: list[tuple[Cell, ...]]
    truncated: bool
    query: str
    triples: bytes | None = None

    def things(self) -> Iterable[tuple[str, str]]:
        """The kind and id of each thing that the rows name."""
        for name, column in enumerate(self.question.columns.values()):
            if column.kind in THINGS:
                for row in self.rows:
                    yield from ((column.kind, i) for i in _several(row[name]) if i)


def ask(question: Question, now: Now, graph: Callable[[], Graph], given: Mapping[str, str]) -> Answer:
    """The answer to a question; BadInput where a value is missing or cannot be taken, naming it."""
    values = checked(question, now, given)
    if question.dated:
        return _of_tables(question, now, values)
    query = _filled(question, now, values)
    if question.builds:
        return of_triples(question, graph().construct(query), values, query)
    return _of_graph(question, graph().select(query), values, query)


def query(question: Question, now: Now, given: Mapping[str, str]) -> str:
    """The query of a question of the graph, its slots filled; BadInput as for `ask`."""
    return _filled(question, now, checked(question, now, given))


# Tables


def _of_tables(question: Question, now: Now, values: dict[str, str]) -> Answer:
    said = {name: typed(question.front.parameters[name], value) for name, value in values.items()}
    text = question.file.text.rstrip().rstrip(";")
    try:
        found = now.query(f"FROM {bracketed(text)} LIMIT {MOST + 1}", **said)
    except duckdb.Error as error:
        raise refusal(question.file.path, "requête", str(error), "un SELECT qui aboutit") from error
    rows = [tuple(row[name] for name in question.columns) for row in found]
    return of_rows(question, values, rows, text)


def typed(parameter: Parameter, value: str) -> Cell:
    """A value as its type; None where none is given."""
    if not value:
        return None
    if parameter.kind == "date":
        return date.fromisoformat(value)
    return int(value) if parameter.kind == "number" else value


# Graph


def _filled(question: Question, now: Now, values: dict[str, str]) -> str:
    """The query with a term in the place of each UNDEF: never pasted text."""
    terms = {name: _term(question.front.parameters[name], value, now) for name, value in values.items()}
    return UNDEF.sub(lambda line: line[0].replace("UNDEF", terms[line[1]]), question.file.text)


def _term(parameter: Parameter, value: str, now: Now) -> str:
    """A value as a SPARQL term, serialised; UNDEF where none is given."""
    if not value:
        return "UNDEF"
    match parameter.kind:
        case "text":
            return str(ox.Literal(value))
        case "date" | "number":
            datatype = {"date": "date", "number": "integer"}[parameter.kind]
            return str(ox.Literal(value, datatype=ox.NamedNode(rdf.XSD + datatype)))
    return str(ox.NamedNode(address_of(parameter.kind, value, now)))


def address_of(kind: str, value: str, now: Now) -> str:
    """The IRI of a thing or code."""
    if kind in CODES:
        return names.concept(kind, value)
    if kind == "thing":
        return f"{names.BASE}id/{value}"
    if kind == "party":
        bodies = now.query(f"SELECT 1 FROM ({JOINED}) WHERE id = $value", value=value)
        kind = "bodies" if bodies else "types"
    return names.iri(kind, value)


def _of_graph(question: Question, results: bytes, values: dict[str, str], query: str) -> Answer:
    bindings = json.loads(results)["results"]["bindings"]
    kinds = {name: column.kind for name, column in question.columns.items()}
    rows = [tuple(_cell(kind, found.get(name)) for name, kind in kinds.items()) for found in bindings]
    return of_rows(question, values, rows, query)


def of_triples(question: Question, triples: bytes, values: dict[str, str], query: str) -> Answer:
    """The answer to a question that builds a graph, of its N-Triples."""
    found = sorted(ox.parse(triples, format=ox.RdfFormat.N_TRIPLES), key=str)
    rows = [tuple(_node(getattr(quad, name)) for name in TRIPLE) for quad in found]
    return of_rows(question, values, rows, query, triples)


def of_rows(
    question: Question, values: dict[str, str], rows: list[tuple[Any, ...]], query: str, triples: bytes | None = None
) -> Answer:
    """The answer of some rows, cut where there are too many."""
    given = {name: value for name, value in values.items() if value}
    return Answer(question, given, rows[:MOST], len(rows) > MOST, query, triples)


def _cell(kind: str, binding: dict[str, str] | None) -> Cell:
    """A cell of SPARQL's JSON: a thing's id, a code, a date, a number, a text."""
    if binding is None:
        return None
    value = binding["value"]
    if binding["type"] == "uri":
        return short(value) if kind == "thing" or not value.startswith(names.BASE) else value.rpartition("/")[2]
    match binding.get("datatype", "").removeprefix(rdf.XSD):
        case "integer":
            return int(value)
        case "date":
            return date.fromisoformat(value)
        case "decimal" | "double":
            return float(value)
    return value


def _node(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    return short(term.value) if isinstance(term, ox.NamedNode) else str(getattr(term, "value", term))


def short(iri: str) -> str:
    """A thing of ours as its address has it, `bodies/cdu-31`; another IRI by its prefix, `sg:coSigns`."""
    if iri.startswith(f"{names.BASE}id/"):
        return iri.removeprefix(f"{names.BASE}id/")
    near = [(name, base) for name, base in rdf.prefixes().items() if iri.startswith(base)]
    return next((f"{name}:{iri.removeprefix(base)}" for name, base in near), iri)


def _several(cell: Cell) -> list[Any]:
    return cell if isinstance(cell, list) else [cell]
