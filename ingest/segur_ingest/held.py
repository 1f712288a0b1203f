"""The tables of a source that the store holds, as sheets."""

from array import array
from collections.abc import Iterator
from datetime import date

from segur_graph.edition import Edition
from segur_graph.facts import SOURCES, Table
from segur_graph.source import MANIFEST, READ_AT, Source
from segur_ingest import csv_file
from segur_ingest.build import users
from segur_ingest.read import Folder
from segur_ingest.sheet import Builder, Sheet


def sheets(source: Source) -> Iterator[Sheet]:
    """The tables of a source of the store: the columns that a check looks at."""
    for table in source.tables():
        sheet = _sheet(source, table, frozenset(c.name for c in table.columns if c.kind == "text"))
        sheet.held_by = source.id
        yield sheet


def folder(source: Source) -> Folder:
    """A source of the store as a folder that may be changed and imported again, the place of every row kept."""
    return Folder({table.name: _sheet(source, table, frozenset()) for table in source.tables()})


def own(edition: Edition, name: str, title: str, table: Table) -> Folder:
    """The source of the user's in which the program keeps what is said to it, with a sheet of a table to add to.

    It is dated of today: what is said now is the latest, and older sources do not overrule it.
    """
    mine = next((s for s in users(edition) if s.id == name), None)
    found = folder(mine) if mine else Folder({SOURCES.name: _new(name, title)})
    rows = Sheet(table, f"{table.name}.csv", {column: [] for column in (*table.names, READ_AT)}, array("L"))
    found.sheets.setdefault(table.name, rows)
    found.sheets[SOURCES.name].columns["date"] = [date.today().isoformat()]  # noqa: DTZ011 - the reader's own day
    return found


def _new(name: str, title: str) -> Sheet:
    columns = {column: [""] for column in SOURCES.names} | {"id": [name], "title": [title]}
    return Sheet(SOURCES, name, columns, array("L", [1]))


def _sheet(source: Source, table: Table, passed_over: frozenset[str]) -> Sheet:
    if table is SOURCES:
        columns = {name: [cell] for name, cell in source.manifest.items()}
        return Sheet(SOURCES, MANIFEST, columns, array("L", [1]))
    path = source.folder / f"{table.name}.csv"
    rows = csv_file.rows(lambda: path.open("rb"), (*table.names, READ_AT), lambda _: None)
    return Builder(table, path.name, passed_over, extra=(READ_AT,)).build(rows)
