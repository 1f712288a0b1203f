"""Asking a question: values for its slots, the rows of its answer, the names of what they name."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any, Protocol

import duckdb
import pyoxigraph as ox

from segur_graph import names, rdf, say
from segur_graph.days import day
from segur_graph.errors import BadInput
from segur_graph.facts import CODES
from segur_graph.graphs import Graph
from segur_graph.options import Lang
from segur_graph.questions import THINGS, TRIPLE, UNDEF, Parameter, Question, refusal
from segur_graph.tables import Rows

# An answer holds so many rows, and says so where there are more; a picker proposes so many values.
MOST, PROPOSED = 10_000, 2_000

# The things of each kind: those that a parameter may name.
KNOWN = {
    "bodies": "SELECT id FROM bodies_told",
    "types": "SELECT DISTINCT named AS id FROM narrower",
    "measures": "SELECT id FROM measures_told",
    "meetings": "SELECT id FROM meetings_told",
    "territories": "SELECT code AS id FROM territories_told",
    "sources": "SELECT id FROM sources",
}
JOINED = "SELECT id FROM bodies"  # an id that another speaks for is known too
KNOWN["party"] = f"{KNOWN['bodies']} UNION {KNOWN['types']}"
KNOWN["thing"] = " UNION ".join(
    f"SELECT '{table}/' || id AS id FROM ({sql})" for table, sql in KNOWN.items() if table != "party"
)
NAMED = """
SELECT "table" || '/' || id AS id, label, label_en FROM focuses_now
UNION ALL SELECT 'territories/' || code, label, NULL FROM territories_told
UNION ALL SELECT 'sources/' || id, title, NULL FROM sources
UNION ALL SELECT 'norms/' || fact, name_fr, name_en FROM norms
"""

Cell = str | int | float | bool | date | None | list[Any]


class BadValue(BadInput):
    """A value for a slot that cannot be taken: which slot, the value, what was expected."""

    def __init__(self, name: str, value: str, expected: str) -> None:
        super().__init__(f"{name} : {value or 'valeur absente'} ; attendu : {expected}")
        self.name, self.value, self.expected = name, value, expected


class Tables(Protocol):
    """The tables on a date."""

    @property
    def as_of(self) -> date:
        """The date."""
        ...

    def query(self, sql: str, **values: Any) -> Rows:
        """The rows of a query."""
        ...


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


def ask(question: Question, now: Tables, graph: Callable[[], Graph], given: Mapping[str, str]) -> Answer:
    """The answer to a question; BadInput where a value is missing or cannot be taken, naming it."""
    values = checked(question, now, given)
    if question.dated:
        return _of_tables(question, now, values)
    query = _filled(question, now, values)
    if question.builds:
        return of_triples(question, graph().construct(query), values, query)
    return _of_graph(question, graph().select(query), values, query)


def checked(question: Question, now: Tables, given: Mapping[str, str]) -> dict[str, str]:
    """A value for each parameter, empty where an optional one is not given."""
    parameters = question.front.parameters
    for name in given:
        if name not in parameters:
            raise BadValue(name, given[name], ", ".join(parameters) or "—")
    return {name: _checked(now, name, p, given.get(name) or "") for name, p in parameters.items()}


def proposed(parameter: Parameter, now: Tables, lang: Lang) -> list[tuple[str, str]]:
    """The values that a picker proposes, each with its name, in the order of names; none for a plain value."""
    if parameter.kind in CODES:
        return [(code, say.code(parameter.kind, code, lang)) for code in CODES[parameter.kind]]
    sql = parameter.picker or KNOWN.get(parameter.kind)
    if sql is None:
        return []
    ids = [str(next(iter(row.values()))) for row in now.query(f"FROM ({sql}) LIMIT {PROPOSED}")]
    called = labels(now, ((parameter.kind, i) for i in ids), lang)
    return sorted(
        ((i, called.get((parameter.kind, i), i)) for i in ids), key=lambda pair: (pair[1].casefold(), pair[0])
    )


def labels(now: Tables, things: Iterable[tuple[str, str]], lang: Lang) -> dict[tuple[str, str], str]:
    """What things are called, by kind and id."""
    asked = dict.fromkeys(things)
    paths = [path for thing in asked for path in _paths(*thing)]
    found = {
        row["id"]: (row["label_en"] if lang == "en" else None) or row["label"]
        for row in now.query(f"SELECT * FROM ({NAMED}) WHERE list_contains($paths, id)", paths=paths)
    }
    return {thing: found[path] for thing in asked for path in reversed(_paths(*thing)) if path in found}


def _paths(kind: str, key: str) -> list[str]:
    """Where a thing of a kind may stand, the likeliest first: a party is a body, else a type."""
    if kind == "thing":
        return [key]
    return [f"bodies/{key}", f"types/{key}"] if kind == "party" else [f"{kind}/{key}"]


def _checked(now: Tables, name: str, parameter: Parameter, value: str) -> str:
    if not value:
        if parameter.optional:
            return ""
        raise BadValue(name, "", parameter.example)
    match parameter.kind:
        case "date" if not _is_day(value):
            raise BadValue(name, value, f"AAAA-MM-JJ, {parameter.example}")
        case "number" if not (value.isascii() and value.isdigit() and len(value) <= len(str(2**53))):
            raise BadValue(name, value, parameter.example)
        case kind if kind in CODES and value not in CODES[kind]:
            raise BadValue(name, value, ", ".join(CODES[kind]))
        case kind if kind in KNOWN:
            _known(now, name, parameter, value)
    return value


def _is_day(value: str) -> bool:
    try:
        return bool(day(value))
    except BadInput:
        return False


def _known(now: Tables, name: str, parameter: Parameter, value: str) -> None:
    known = (
        f"{KNOWN[parameter.kind]} UNION {JOINED}" if parameter.kind in ("bodies", "party") else KNOWN[parameter.kind]
    )
    if now.query(f"SELECT 1 FROM ({known}) WHERE id = $value", value=value):
        return
    ids = [row["id"] for row in now.query(f"FROM ({parameter.picker or known}) AS t(id) LIMIT {PROPOSED}")]
    near = get_close_matches(value, ids, cutoff=0.4) or [parameter.example]
    raise BadValue(name, value, ", ".join([*near, "…"]))


# Tables


def _of_tables(question: Question, now: Tables, values: dict[str, str]) -> Answer:
    said = {name: typed(question.front.parameters[name], value) for name, value in values.items()}
    text = question.file.text.rstrip().rstrip(";")
    try:
        found = now.query(f"FROM (\n{text}\n) LIMIT {MOST + 1}", **said)
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


def _filled(question: Question, now: Tables, values: dict[str, str]) -> str:
    """The query with a term in the place of each UNDEF: never pasted text."""
    terms = {name: _term(question.front.parameters[name], value, now) for name, value in values.items()}
    return UNDEF.sub(lambda line: line[0].replace("UNDEF", terms[line[1]]), question.file.text)


def _term(parameter: Parameter, value: str, now: Tables) -> str:
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


def address_of(kind: str, value: str, now: Tables) -> str:
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
        return _short(value) if kind == "thing" else value.removeprefix(names.BASE).rpartition("/")[2]
    match binding.get("datatype", "").removeprefix(rdf.XSD):
        case "integer":
            return int(value)
        case "date":
            return date.fromisoformat(value)
    return value


def _node(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    return _short(term.value) if isinstance(term, ox.NamedNode) else str(getattr(term, "value", term))


def _short(iri: str) -> str:
    """A thing of ours as its address has it, `bodies/cdu-31`; another IRI by its prefix, `sg:coSigns`."""
    if iri.startswith(f"{names.BASE}id/"):
        return iri.removeprefix(f"{names.BASE}id/")
    near = [(name, base) for name, base in rdf.prefixes().items() if iri.startswith(base)]
    return next((f"{name}:{iri.removeprefix(base)}" for name, base in near), iri)


def _several(cell: Cell) -> list[Any]:
    return cell if isinstance(cell, list) else [cell]
