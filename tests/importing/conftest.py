"""The desk of the tests on imports: rows said shortly, written as a folder or workbook, imported into a store."""

import csv
import subprocess
from dataclasses import dataclass
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]
import pytest

from segur_graph.facts import TABLES
from segur_graph.store import Store
from segur_ingest import importing
from segur_ingest.faults import Faulty

# A good row of each table; a test's row is one of these with the cells that it says.
GOOD = {
    "sources": {"title": "T"},
    "types": {"code": "TX", "kind": "instance", "label": "X", "source": "a"},
    "territories": {"code": "DEP-X", "label": "X", "source": "a"},
    "norms": {"code": "NX", "name_fr": "X", "confidence": "confirmed", "source": "a"},
    "bodies": {"kind": "instance", "type": "CDU", "label": "X", "source": "a", "locator": "p. 1"},
    "memberships": {"body": "cdu-310781406", "member": "fas", "modality": "effective", "source": "a"},
    "compositions": {"instance": "cdu-310781406", "group": "all", "completeness": "partial", "source": "a"},
    "seats": {
        "instance": "cdu-310781406",
        "group": "usagers",
        "position": "titulaire",
        "state": "filled",
        "source": "a",
    },
    "measures": {"kind": "proposal", "label": "X", "source": "a"},
    "signatures": {"measure": "m", "body": "fas", "role": "author", "modality": "effective", "source": "a"},
    "participations": {
        "measure": "m",
        "stage": "suivi",
        "group": "usagers",
        "modality": "lacking",
        "source": "a",
    },
    "meetings": {"label": "X", "date": "2026-02-01", "source": "a"},
    "attendances": {"meeting": "r", "group": "etat", "status": "present", "source": "a"},
    "figures": {"territory": "FR", "type": "CDU", "figure": "vacant", "value": "1", "source": "a"},
    "links": {"from": "fas", "relation": "chairs", "to": "CDU", "confidence": "confirmed", "source": "a"},
    "same": {"id": "cdu-310781406", "same_as": "cdu-310781407", "verdict": "different", "source": "a"},
}
OBSERVED = ("compositions", "seats", "figures")
BASE = [
    ("sources", {"id": "a", "date": "2026-01-01"}),
    ("sources", {"id": "b", "date": "2026-02-01"}),
    ("bodies", {"id": "cdu-310781406"}),
    ("bodies", {"id": "cdu-310781407"}),
    ("bodies", {"id": "fas", "kind": "actor", "type": "FAS"}),
    ("bodies", {"id": "cvs", "type": "CVS"}),
    ("seats", {"id": "s"}),
    ("measures", {"id": "m"}),
    ("meetings", {"id": "r"}),
]


def rows_of(said):
    """Whole rows by table, made of what is said of each."""
    tables: dict = {}
    for table, cells in said:
        day = {"observed_on": "2026-03-01"} if table in OBSERVED else {}
        tables.setdefault(table, []).append(GOOD[table] | day | cells)
    return tables


def write_csv(folder, said):
    """Writes rows as a folder of CSV tables."""
    folder.mkdir(exist_ok=True)
    for old in folder.glob("*.csv"):
        old.unlink()
    for table, rows in rows_of(said).items():
        with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, TABLES[table].names)
            writer.writeheader()
            writer.writerows(rows)
    return folder


def write_workbook(path, said):
    """Writes rows as a workbook."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for table, rows in rows_of(said).items():
        sheet = book.create_sheet(table)
        sheet.append(TABLES[table].names)
        for row in rows:
            sheet.append([row.get(name) or None for name in TABLES[table].names])
    book.save(path)
    return path


@dataclass
class Desk:
    """A place to work: what is brought is written below `room` and imported into `store`, which is not there yet."""

    room: Path

    @property
    def store(self):
        """The store."""
        return Store(self.room / "store")

    @property
    def base(self):
        """A small good folder: two sources, four bodies, a seat, a measure, a meeting."""
        return list(BASE)

    def write(self, name, said):
        """Writes rows as a folder of CSV tables, or as a workbook where the name ends in .xlsx."""
        path = self.room / name
        return write_workbook(path, said) if path.suffix == ".xlsx" else write_csv(path, said)

    def take(self, *paths, into=None):
        """Imports paths."""
        store = into or self.store
        return importing.publish(store, importing.plan(store, paths))

    def bring(self, *said):
        """Imports rows."""
        return self.take(self.write("brought", said))

    def faults(self, *paths):
        """Tries to import paths, and gives the faults."""
        with pytest.raises(Faulty) as refused:
            importing.plan(self.store, paths)
        return refused.value.faults

    def places(self, *paths):
        """Tries to import paths, and tells where the faults are: `seats.csv:3:state`."""
        return {f"{f.place}:{f.line}:{f.column}" for f in self.faults(*paths)}

    def refuse(self, *said):
        """Tries to import rows, and tells where they are at fault."""
        return self.places(self.write("refused", said))

    def run(self, *words):
        """Runs `segur` on the store."""
        return subprocess.run(
            ["segur", "--store", self.store.folder, *words], capture_output=True, text=True, check=False
        )

    def tree(self):
        """The files of the store, its lock apart: their size and when they were changed."""
        files = [p for p in self.store.folder.rglob("*") if p.is_file() and p.name != "lock"]
        return {p: (p.stat().st_size, p.stat().st_mtime_ns) for p in files}


@pytest.fixture
def desk(tmp_path):
    """A desk."""
    return Desk(tmp_path)
