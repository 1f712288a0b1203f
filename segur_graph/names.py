"""IRIs and ids: what things are called, and names made from content."""

import hashlib
from collections.abc import Mapping

from segur_graph.facts import Table

BASE = "https://w3id.org/segur-graph/"
DEF = f"{BASE}def#"
# A source whose id begins so is of a fictional region: it ships apart, and no import may bring it.
FICTIONAL = "fictif-"
# The key of a row, in the tables of an edition.
FACT = "fact"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"

Row = Mapping[str, str]


def iri(table: str, key: str) -> str:
    """The IRI of a thing: `bodies`, `cdu-31` → https://w3id.org/segur-graph/id/bodies/cdu-31."""
    return f"{BASE}id/{table}/{key}"


def thing(iri: str) -> tuple[str, str]:
    """The table and the key that an IRI of ours names: what `iri` was made of."""
    table, _, key = iri.removeprefix(f"{BASE}id/").partition("/")
    return table, key


def concept(scheme: str, code: str) -> str:
    """The IRI of a code: `groups`, `usagers` → …/scheme/groups/usagers."""
    return f"{BASE}scheme/{scheme}/{code}"


def graph(source: str) -> str:
    """The named graph of a source's rows."""
    return f"{BASE}graph/{source}"


def derived_graph(source: str) -> str:
    """The named graph of what is derived from a source's rows."""
    return f"{BASE}derived/{source}"


def digest(table: Table, row: Row) -> str:
    """The sha256 of a row's canonical cells: its table, then `column=value`, empty cells left out."""
    cells = [f"{name}={cell}" for name in table.names if (cell := row.get(name))]
    return hashlib.sha256("\x1f".join((table.name, *cells)).encode()).hexdigest()


def fact_id(table: Table, row: Row, content: str = "") -> str:
    """The key of a row: given when it was read, its own (`CODE-VALIDFROM` for a norm), or 16 digits of its digest.

    The digest is `content` where that is known already.
    """
    own = row.get(FACT) or "-".join(row[name] for name in table.key if row.get(name))
    return own or (content or digest(table, row))[:16]


def fact_table(table: str) -> str:
    """Where a row's IRI lives: a row of `seats` is an observation, its `id` names the seat."""
    return "observations" if table == "seats" else table


def row_table(table: str) -> str:
    """The table whose rows have IRIs in `table`: what `fact_table` was given."""
    return "seats" if table == "observations" else table
