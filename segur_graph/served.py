"""A question over the graph asked of a server: in SPARQL, or of Neo4j by its twin.

The twin of `queries/graph/NAME.rq` is `NAME.cypher` beside it: same parameters, same columns, same rows.
"""

from collections.abc import Mapping
from typing import Any

from segur_graph import asking, front
from segur_graph.asking import Answer, Cell, address_of, of_rows, of_triples, typed
from segur_graph.errors import BadInput
from segur_graph.facts import CODES
from segur_graph.graphs import neo4j
from segur_graph.graphs.sparql import Endpoint
from segur_graph.names import BASE, DEF
from segur_graph.questions import THINGS, Question
from segur_graph.slots import checked
from segur_graph.tables import Now


def ask(question: Question, now: Now, url: str, given: Mapping[str, str]) -> Answer:
    """The answer of a server; BadInput where it is Neo4j's and the question has no twin."""
    if neo4j.speaks(url):
        return _of_twin(question, now, url, given)
    return asking.ask(question, now, lambda: Endpoint(url), given)


def _of_twin(question: Question, now: Now, url: str, given: Mapping[str, str]) -> Answer:
    path = question.file.path.with_suffix(".cypher")
    if not path.exists():
        raise BadInput(f"question {question.name} : pas en Cypher ; attendu : un serveur SPARQL, ou aucun --graph")
    values = checked(question, now, given)
    said = {name: _parameter(question, name, cell, now) for name, cell in values.items()}
    text = front.read(path).text
    found = neo4j.rows(url, text, said)
    if question.builds:
        lines = (f"<{r['subject']}> <{DEF}{r['predicate']}> <{r['object']}> .\n" for r in found)
        return of_triples(question, "".join(lines).encode(), values, text)
    kinds = {name: column.kind for name, column in question.columns.items()}
    rows = [tuple(_cell(kind, row[name]) for name, kind in kinds.items()) for row in found]
    return of_rows(question, values, rows, text)


def _parameter(question: Question, name: str, cell: str, now: Now) -> Cell:
    """A value as Cypher's parameter: a thing is its IRI, a code itself; null where none is given."""
    parameter = question.front.parameters[name]
    if cell and parameter.kind in THINGS and parameter.kind not in CODES:
        return address_of(parameter.kind, cell, now)
    return typed(parameter, cell)


def _cell(kind: str, told: Any) -> Any:
    """A thing by its id, as SPARQL's answer has it."""
    things = f"{BASE}id/"
    if isinstance(told, str) and told.startswith(things):
        return told.removeprefix(things) if kind == "thing" else told.rpartition("/")[2]
    return told
