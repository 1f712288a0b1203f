"""Makes `tests/golden`: a small part of the shipped facts with all that it names, and the graph that it compiles to."""

import csv
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from segur_graph.compiling import compile
from segur_graph.edition import Chosen
from segur_graph.facts import SOURCES, TABLES, Table
from segur_graph.names import Row
from segur_graph.source import MANIFEST, Source, sources_in
from segur_ingest.build import shipped

GOLDEN = Path(__file__).parents[1] / "tests" / "golden"
# A measure that is signed, one that is to be, proposals that ask for the same, meetings with and without users.
PICKED = {
    "doc-000-diffusion-cosignee",
    "doc-000-task-force",
    "doc-000-usagers-dans-la-creation-des-msp-et-cpts",
    "doc-000-usagers-en-cme",
    "doc-001-partages-d-experience-animes-par-la-crsa",
    "doc-001-usagers-des-la-construction-des-projets",
    "doc-002-concertation-regionale-de-retour-d-experience",
    "doc-003-partages-d-experience-territoriaux",
    "doc-003-reflexion-collective",
    "doc-004-contribution-commune",
    "lancement-du-segur-de-la-sante",
    "reunion-du-groupe-de-travail-crsa-covid-deconfinement-occitanie-2020-05-28",
    "reunions-des-groupes-de-travail-segur-hauts-de-france",
}
# A row of these stands with what this column names; any other row where something kept names it.
BELONGS = {"signatures": "measure", "participations": "measure", "attendances": "meeting", "memberships": "body"}
NAMING = {"reference", "party", "thing", "type", "territory_number"}

Rows = dict[str, dict[str, list[Row]]]


def part(sources: list[Source]) -> Rows:
    """The rows kept of each source and table: those picked, and those that they name, again and again."""
    named, before = set(PICKED), -1
    while len(named) != before:
        before = len(named)
        kept = {s.id: {t.name: list(_kept(s, t, named)) for t in s.tables() if t is not SOURCES} for s in sources}
        rows = [(TABLES[name], row) for tables in kept.values() for name, found in tables.items() for row in found]
        named |= {value for table, row in rows for value in _named(table, row)}
    return {
        source: found for source, tables in kept.items() if (found := {t: rows for t, rows in tables.items() if rows})
    }


def _kept(source: Source, table: Table, named: set[str]) -> Iterator[Row]:
    for row in source.rows(table):
        if table.name == "same":
            keep = {row["id"], row["same_as"]} <= named
        else:
            keep = row[BELONGS.get(table.name, (table.key or table.names)[0])] in named
        if keep:
            yield row


def _named(table: Table, row: Row) -> Iterator[str]:
    for column in table.columns:
        if column.kind in NAMING:
            yield from (value.partition("=")[0] for value in column.values(row[column.name]))


def write(folder: Path) -> None:
    """Writes the sources and the graph of the part of the shipped facts."""
    sources = shipped()
    manifests = {s.id: s.folder / MANIFEST for s in sources}
    for source, tables in part(sources).items():
        place = folder / "sources" / source
        place.mkdir(parents=True)
        # The first paragraph is the row of `sources`; counts, below it, are of the whole document.
        (place / MANIFEST).write_text(manifests[source].read_text("utf-8").partition("\n\n")[0] + "\n", "utf-8")
        for table, rows in tables.items():
            with (place / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, TABLES[table].names, extrasaction="ignore", lineterminator="\n")
                writer.writeheader()
                writer.writerows(rows)
    (folder / "graph.nq").write_text(graph(folder / "sources"), "utf-8")


def graph(sources: Path) -> str:
    """The graph of some source folders, as sorted N-Quads."""
    with tempfile.TemporaryDirectory() as place:
        edition = compile([Chosen(s, "shipped") for s in sources_in(sources)], None, Path(place))
        return "".join(sorted(f"{quad} .\n" for quad in edition.graph()))


def main() -> int:
    """Replaces the golden folder."""
    shutil.rmtree(GOLDEN, ignore_errors=True)
    write(GOLDEN)
    print(sum(1 for _ in ox.parse(path=str(GOLDEN / "graph.nq"), format=ox.RdfFormat.N_QUADS)), "quads")
    return 0


if __name__ == "__main__":
    sys.exit(main())
