"""An edition in a file: RDF, or the zip of its tables that `segur import` takes back."""

import csv
import io
import json
import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyoxigraph as ox

from segur_graph import names, rdf
from segur_graph.edition import Edition
from segur_graph.errors import BadInput
from segur_graph.facts import PERSONS, TABLES, Table
from segur_graph.names import BASE

VOID = "http://rdfs.org/ns/void#"
# As the ontology names it.
LICENCE = "http://spdx.org/licenses/etalab-2.0"
# A zip's clock: the same edition gives the same bytes.
EPOCH = (1980, 1, 1, 0, 0, 0)


def write(edition: Edition, file: Path, form: str) -> None:
    """Writes an edition as `ttl`, `trig` or `csv`: the same edition, the same bytes; the file whole or not at all."""
    with _whole(file) as fresh:
        if form == "csv":
            _zip(edition, fresh)
        else:
            _rdf(edition, fresh, form)


def put(file: Path, content: bytes) -> None:
    """Writes a file whole or not at all."""
    with _whole(file) as fresh:
        fresh.write_bytes(content)


@contextmanager
def _whole(file: Path) -> Iterator[Path]:
    """A fresh file beside one, which takes its place in the end."""
    if not file.parent.is_dir():
        raise BadInput(f"{file} : {file.parent} n'est pas un dossier ; attendu un dossier qui existe")
    fresh = file.with_name(f".{file.name}.{os.getpid()}.new")
    try:
        yield fresh
        fresh.replace(file)
    finally:
        fresh.unlink(missing_ok=True)


def _rdf(edition: Edition, file: Path, form: str) -> None:
    """The quads in order for `trig`; for `ttl` the triples that they hold, whatever their graph."""
    with file.open("wb") as out:
        if form == "trig":
            quads = sorted(_quads(edition), key=str)
            ox.serialize(quads, out, format=ox.RdfFormat.TRIG, prefixes=rdf.prefixes())
        else:
            triples = sorted({quad.triple for quad in _quads(edition)}, key=str)
            ox.serialize(triples, out, format=ox.RdfFormat.TURTLE, prefixes=rdf.prefixes())


def _quads(edition: Edition) -> Iterator[ox.Quad]:
    """The quads of the graph, without the references to persons, and what the edition is."""
    yield from ox.parse("".join(_about(edition)), format=ox.RdfFormat.N_QUADS)
    yield from (quad for quad in edition.graph() if quad.predicate.value not in rdf.PERSONAL)


def _about(edition: Edition) -> Iterator[str]:
    """What an edition is, as lines of N-Quads: its id, the program's version, its licence, its sources."""
    this, terms = f"{BASE}edition/{edition.id}", rdf.prefixes()["dct"]
    yield rdf.line((this, names.RDF_TYPE, f"{VOID}Dataset"), this)
    yield rdf.line((this, f"{terms}identifier", rdf.literal(edition.id)), this)
    yield rdf.line((this, f"{terms}license", LICENCE), this)
    yield rdf.line((this, f"{rdf.OWL}versionInfo", rdf.literal(edition.manifest["version"])), this)
    for source in edition.sources:
        yield rdf.line((this, f"{terms}source", names.iri("sources", source)), this)


def _zip(edition: Edition, file: Path) -> None:
    told = {"edition": edition.id, "version": edition.manifest["version"], "licence": LICENCE}
    told["sources"] = {name: source["digest"] for name, source in sorted(edition.sources.items())}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive, duckdb.connect() as db:
        archive.writestr(zipfile.ZipInfo("edition.json", EPOCH), json.dumps(told, indent=1))
        for table in TABLES.values():
            text = io.StringIO()
            writer = csv.writer(text, lineterminator="\n")
            writer.writerow(table.names)
            writer.writerows(_rows(db, edition, table))
            archive.writestr(zipfile.ZipInfo(f"{table.name}.csv", EPOCH), text.getvalue().encode("utf-8"))


def _rows(db: duckdb.DuckDBPyConnection, edition: Edition, table: Table) -> list[tuple[str, ...]]:
    """The rows of a table as they were brought: a locator that the import filled in is empty again."""
    cells = [_cell(table, name) for name in table.names]
    sql = f"SELECT {', '.join(cells)} FROM '{edition.table(table.name)}' ORDER BY {table.source}, fact"
    return db.execute(sql).fetchall()


def _cell(table: Table, name: str) -> str:
    if name in PERSONS:
        return "''"
    if table.column(name).many:
        return f"array_to_string(\"{name}\", '|')"
    return f'CAST("{name}" AS VARCHAR)'
