"""Imports and removals: checked against what the store would then hold, published whole or not at all."""

import csv
import json
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from segur_graph.edition import Advance, Chosen, Edition, quiet
from segur_graph.errors import BadInput, StoreError
from segur_graph.facts import SOURCES
from segur_graph.source import MANIFEST, READ_AT, Source
from segur_graph.store import Store
from segur_ingest import read, validate
from segur_ingest.build import choose, shipped, users
from segur_ingest.faults import Fault, Faulty
from segur_ingest.read import Folder
from segur_ingest.sheet import Sheet


@dataclass(frozen=True)
class Plan:
    """What an import or a removal would do to an edition; made only where it has no fault."""

    base: str  # the folder name of the edition that was looked at; empty where the store had none
    folder: Folder = field(default_factory=Folder)
    leaving: frozenset[str] = frozenset()  # sources of the user's that go
    warnings: list[Fault] = field(default_factory=list)

    @property
    def speaks_for(self) -> set[str]:
        """The sources of the user's whose rows are replaced or go."""
        return {name for (name,) in self.folder.cells("sources", "id")} | self.leaving

    def kept(self, edition: Edition | None) -> list[Source]:
        """The sources of the user's in an edition that stay as they are."""
        return [s for s in users(edition) if s.id not in self.speaks_for]

    def chosen(self, edition: Edition | None, into: Path) -> list[Chosen]:
        """What the edition after `edition` is to hold, the new sources written in a folder."""
        return choose([*self.kept(edition), *write(self.folder, into)], edition)


def plan(store: Store, paths: Iterable[Path], ignore: Iterable[str] = (), advance: Advance = quiet) -> Plan:
    """Reads what is to be imported and checks it; Faulty, with every fault, where it cannot be."""
    edition = store.current()
    folder = read.folder(paths, ignore, advance)
    planned = Plan(_name(edition), folder, warnings=list(validate.warnings(folder)))
    check(planned, edition)
    return planned


def publish(store: Store, planned: Plan, advance: Advance = quiet) -> Edition:
    """Publishes what was planned; checked again where the store has changed meanwhile."""
    with writing(store) as (edition, work):
        if _name(edition) != planned.base:
            check(planned, edition)
        return store.publish(planned.chosen(edition, work), advance)


def remove(store: Store, name: str, advance: Advance = quiet) -> Edition:
    """Removes a source of the user's; a shipped one of that id is back.

    BadInput where there is no such source, Faulty where what it holds is needed by other rows.
    """
    edition = store.edition()
    mine = [s.id for s in users(edition)]
    if name not in mine:
        told = (
            "livrée avec le programme, elle ne s'enlève pas" if name in {s.id for s in shipped(edition)} else "inconnue"
        )
        raise BadInput(f"source {name} : {told} ; attendu une des vôtres : {', '.join(mine) or 'il n’y en a pas'}")
    planned = Plan(_name(edition), leaving=frozenset({name}))
    check(planned, edition)
    return publish(store, planned, advance)


@contextmanager
def writing(store: Store) -> Iterator[tuple[Edition | None, Path]]:
    """Holds the store's lock: its current edition, and a folder to work in that is gone afterwards.

    It lies in the store, where the next writer sweeps it if this one is killed.
    """
    try:
        with store.writing():
            work = Path(tempfile.mkdtemp(dir=store.editions, prefix=".tmp-"))
            try:
                yield store.current(), work
            finally:
                shutil.rmtree(work, ignore_errors=True)
    except OSError as error:
        raise StoreError(f"{store.folder} : {error.strerror or error} ; rien n'est changé") from error


def write(folder: Folder, into: Path) -> list[Source]:
    """Writes a folder of tables as source folders, one each, the place of every row in it."""
    manifests = {row["id"]: row for row in _dictionaries(folder.sheets.get("sources"))}
    for row in manifests.values():
        write_manifest(into, row)
    for sheet in folder.sheets.values():
        if sheet.table is not SOURCES:
            for name, rows in _by_source(sheet).items():
                write_table(into / name, sheet, rows)
    return [Source(into / name) for name in manifests]


def write_manifest(into: Path, row: Mapping[str, str]) -> None:
    """Writes a source's own row as the manifest of its folder."""
    (into / row["id"]).mkdir(parents=True, exist_ok=True)
    # What JSON escapes in a string TOML escapes the same way.
    lines = [f"{name} = {json.dumps(row[name], ensure_ascii=False)}\n" for name in SOURCES.names if row.get(name)]
    (into / row["id"] / MANIFEST).write_text("".join(lines), "utf-8")


def write_table(into: Path, sheet: Sheet, rows: Collection[int]) -> None:
    """Writes some rows of a sheet as a table of a source folder."""
    names = sheet.table.names
    part = sheet.picked(list(rows))
    with (into / f"{sheet.table.name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([*names, READ_AT])
        for row, cells in enumerate(part.cells(*names)):
            writer.writerow([*cells, "" if cells[-1] else part.read_at(row)])  # the last column is the locator


def check(planned: Plan, edition: Edition | None) -> None:
    """Faulty where the store that an edition's would become has a fault."""
    kept = planned.kept(edition)
    taken = {s.id for s in kept} | (planned.speaks_for - planned.leaving)
    stay = [*kept, *(s for s in shipped(edition) if s.id not in taken)]
    now = [c.source for c in edition.chosen()] if edition else shipped()
    go = [s for s in now if s.id in planned.speaks_for]
    found = validate.faults(planned.folder, stay, go)
    if first := next(found, None):
        raise Faulty(chain([first], found))


def _name(edition: Edition | None) -> str:
    return edition.folder.name if edition else ""


def _dictionaries(sheet: Sheet | None) -> Iterator[dict[str, str]]:
    if sheet is not None:
        for cells in sheet.cells(*sheet.table.names):
            yield dict(zip(sheet.table.names, cells, strict=True))


def _by_source(sheet: Sheet) -> dict[str, list[int]]:
    rows: dict[str, list[int]] = defaultdict(list)
    for row, (source,) in enumerate(sheet.cells("source")):
        rows[source].append(row)
    return rows
