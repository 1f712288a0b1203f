"""Erases a reference to a person, the `holder` of seats, from the user's sources and from old editions."""

import csv
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from segur_graph.edition import Advance, Edition, quiet
from segur_graph.errors import BadInput
from segur_graph.facts import SEATS
from segur_graph.source import Source
from segur_graph.store import Store
from segur_ingest import importing
from segur_ingest.build import choose, users

FILE = f"{SEATS.name}.csv"
HOLDER = "holder"


@dataclass(frozen=True)
class Forgotten:
    """What was done: the rows that held the reference by source, the editions that went, the one that is current."""

    rows: dict[str, int]
    editions: list[str]
    edition: Edition


def forget(store: Store, reference: str, advance: Advance = quiet) -> Forgotten:
    """Empties every `holder` that is the reference, and deletes the older editions in which it stands.

    BadInput where it is nowhere. What is interrupted can be started again: old editions go last.
    """
    store.edition()  # StoreError where there is none
    with importing.writing(store) as (edition, work):
        mine = users(edition)
        rows = {s.id: n for s in mine if (n := _count(s, reference))}
        old = [folder for folder in _editions(store) if _holds(folder, reference)]
        if not reference or not (rows or old):
            raise BadInput(f"{reference} : aucun siège n'a cette référence (holder), ni maintenant ni avant")
        there = _editions(store)
        kept = [_without(s, reference, work) if s.id in rows else s for s in mine]
        current = store.publish(choose(kept, edition), advance, afresh=True)
        gone = [folder for folder in old if folder != current.folder]
        for folder in gone:
            shutil.rmtree(folder)
        # Some graphs were made from those of editions now gone; they are made again when asked.
        for folder in there:
            shutil.rmtree(folder / "graph", ignore_errors=True)
        current.graph()
    return Forgotten(rows, [folder.name for folder in gone], current)


def _editions(store: Store) -> list[Path]:
    return sorted(folder for folder in store.editions.iterdir() if not folder.name.startswith("."))


def _holds(edition: Path, reference: str) -> bool:
    return any(_count(Source(folder), reference) for folder in (edition / "sources").glob("*"))


def _count(source: Source, reference: str) -> int:
    """The number of a source's rows that hold the reference."""
    path = source.folder / FILE
    return sum(row.get(HOLDER) == reference for row in _rows(path)) if path.exists() else 0


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _without(source: Source, reference: str, work: Path) -> Source:
    """A copy of a source in which the reference is nowhere."""
    folder = work / source.id
    shutil.copytree(source.folder, folder, ignore=shutil.ignore_patterns(FILE))
    rows = list(_rows(source.folder / FILE))
    with (folder / FILE).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        for row in rows:
            writer.writerow(row | {HOLDER: ""} if row[HOLDER] == reference else row)
    return Source(folder)
