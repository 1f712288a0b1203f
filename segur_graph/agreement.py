"""Whether the parts of a query file agree: its front matter says the parameters and columns that its query has."""

import re
from collections.abc import Iterator
from itertools import chain

import duckdb
import pyoxigraph as ox

from segur_graph.errors import BadInput
from segur_graph.facts import TABLES
from segur_graph.questions import UNDEF, Question, listed, refusal
from segur_graph.tables import blank, bracketed, only_reads

# What SPARQL does not read as its own words: IRIs, strings, comments.
PASSIVE = re.compile(r"<[^<>\s]*>|\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|#[^\n]*")
SERVICE = re.compile(r"(?<![\w:?$])SERVICE(?![\w:])", re.IGNORECASE)
# More would be no question, and thousands end the process that parses them.
BRACES = 100


Problem = tuple[str, str, str]


def agree(question: Question) -> None:
    """BadInput where a part of a file says other than another, or where the query is none."""
    # The first problem stops: what is refused is not tried.
    for part, value, expected in chain((_table if question.dated else _graph)(question), _pickers(question)):
        raise refusal(question.file.path, part, value, expected)


def _graph(question: Question) -> Iterator[Problem]:
    text = question.file.text
    active = PASSIVE.sub(" ", text)
    if SERVICE.search(active) or active.count("{") > BRACES:
        yield "requête", "SERVICE, ou trop d'accolades", "une requête qui ne quitte pas cette édition"
    lines = sorted(UNDEF.findall(text))
    if lines != sorted(question.front.parameters):
        yield "requête", listed(lines), f"une ligne VALUES ?x {{ UNDEF }} par paramètre : {listed(question.examples)}"
    try:
        found = ox.Store().query(text)
    except SyntaxError as error:
        yield "requête", str(error), "du SPARQL valable tel quel"
        return
    names = [v.value for v in found.variables] if isinstance(found, ox.QuerySolutions) else []
    yield from _columns(question, names)


def _table(question: Question) -> Iterator[Problem]:
    text = question.file.text
    try:
        only_reads(text)
        asked = duckdb.extract_statements(text)[0].named_parameters
        if asked != set(question.front.parameters):
            yield "requête", listed(asked), f"un $nom par paramètre : {listed(question.examples)}"
        found = blank().db
        found.execute(f"FROM {bracketed(text)} LIMIT 0", dict.fromkeys(asked))
        yield from _columns(question, [column[0] for column in found.description])
    except (duckdb.Error, BadInput) as error:
        yield "requête", str(error).partition("\n")[0], "un SELECT sur les tables de l'édition"


def _columns(question: Question, names: list[str]) -> Iterator[Problem]:
    if set(names) != set(question.front.columns):
        yield "columns", listed(question.front.columns), f"les colonnes de la requête : {listed(names)}"


def _pickers(question: Question) -> Iterator[Problem]:
    for name, parameter in question.front.parameters.items():
        try:
            if parameter.picker:
                only_reads(parameter.picker)
                blank().db.execute(f"FROM ({parameter.picker}) LIMIT 0")
        except (duckdb.Error, BadInput) as error:
            expected = f"un SELECT d'une colonne, sur {', '.join(TABLES)} ou les vues *_now"
            yield f"parameters.{name}.picker", str(error).partition("\n")[0], expected
