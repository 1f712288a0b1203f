"""What the page of free SPARQL shows, and the description of the service."""

import json
import re
from dataclasses import dataclass

from segur_graph.asking import short
from segur_graph.cage import Caged
from segur_graph.names import BASE, DEF

SHOWN = 200
# So many characters of a line are told on either side of an error.
AROUND = 60
WORD = re.compile(r"[\w:?$-]+")
SD = "http://www.w3.org/ns/sparql-service-description#"
FORMATS = "http://www.w3.org/ns/formats/"
WRITTEN = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "RDF_XML",
)
EXAMPLE = f"""PREFIX sg: <{DEF}>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

SELECT ?measure ?label WHERE {{
  ?measure a sg:Measure ; rdfs:label ?label .
}}
LIMIT 20
"""


@dataclass(frozen=True)
class Cell:
    """A term as a page shows it; `node` is a thing of ours, `table/key`."""

    text: str
    node: str = ""


@dataclass(frozen=True)
class Table:
    """The first rows of an answer; `said` is the answer to an ASK, `turtle` a graph."""

    columns: list[str]
    rows: list[list[Cell]]
    count: int
    truncated: bool
    said: bool | None = None
    turtle: str = ""


def table(found: Caged) -> Table:
    """An answer as a table."""
    if found.form == "ttl":
        return Table([], [], 0, found.truncated, turtle=found.body.decode())
    said = json.loads(found.body)
    if "boolean" in said:
        return Table([], [], 0, truncated=False, said=said["boolean"])
    columns, bindings = said["head"]["vars"], said["results"]["bindings"]
    rows = [[_cell(row.get(name)) for name in columns] for row in bindings[:SHOWN]]
    return Table(columns, rows, len(bindings), found.truncated)


def place(query: str, line: int, column: int) -> tuple[str, str, str]:
    """What stands in a line before the word at or before a column, the word, and what follows; long ends are cut."""
    said = query.split("\n")[line - 1] if line <= query.count("\n") + 1 else ""
    words = (word.span() for word in WORD.finditer(said) if word.start() < column <= word.end() + 1)
    start, end = next(words, (column - 1, column))
    return said[max(0, start - AROUND) : start], said[start:end], said[end : end + AROUND]


def _cell(term: dict[str, str] | None) -> Cell:
    if term is None:
        return Cell("")
    value = str(term["value"])
    if term["type"] != "uri":
        return Cell(value)
    ours = value.startswith(f"{BASE}id/")
    return Cell(short(value), value.removeprefix(f"{BASE}id/") if ours else "")


def description(address: str) -> str:
    """The service description in Turtle."""
    forms = ", ".join(f"<{FORMATS}{name}>" for name in WRITTEN)
    return (
        f"@prefix sd: <{SD}> .\n\n[] a sd:Service ;\n  sd:endpoint <{address}> ;\n"
        "  sd:supportedLanguage sd:SPARQL11Query ;\n  sd:feature sd:UnionDefaultGraph ;\n"
        f"  sd:resultFormat {forms} ;\n"
        "  sd:defaultDataset [ a sd:Dataset ; sd:defaultGraph [ a sd:Graph ] ] .\n"
    )
