"""An import before it is confirmed: its faults in place, or what it would change."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from segur_api.deps import Reading
from segur_api.library import Opened
from segur_api.views import changes, data, uploads
from segur_api.views.changes import Changes
from segur_graph.compiling import compile
from segur_graph.edition import Edition
from segur_graph.store import Store
from segur_ingest import importing, read, template, validate
from segur_ingest.faults import Fault, Faulty, readable
from segur_ingest.importing import Plan
from segur_ingest.read import Folder
from segur_ingest.sheet import Sheet

# So many faults are shown; the rest is counted, and the command line lists them all.
SHOWN = 200
# The columns that say of which row we speak, beside those at fault.
CONTEXT = 2
# Up to so many rows, what would change is tried before it is confirmed: a few seconds.
TRIED_ROWS = 50_000


@dataclass(frozen=True)
class Cell:
    """A cell as an excerpt shows it."""

    value: str
    wrong: bool


@dataclass(frozen=True)
class Group:
    """Rows with the same fault: the column and what was expected of each wrong cell, the lines and their cells."""

    told: list[tuple[str, str]]
    rows: list[tuple[int, list[Cell]]]


@dataclass(frozen=True)
class Excerpt:
    """A file with faults: what is wrong with it whole, and its wrong cells among their neighbours."""

    place: str
    whole: list[Fault]
    columns: list[str]
    groups: list[Group]


@dataclass(frozen=True)
class Faults:
    """The faults of an import, the first ones in place."""

    count: int
    excerpts: list[Excerpt]

    @property
    def more(self) -> int:
        """How many are not shown."""
        return max(0, self.count - SHOWN)


def plan(store: Store, paths: Sequence[Path]) -> Plan | Faults:
    """What files would do to the store, or all that is wrong with them."""
    edition, folder = store.current(), read.folder(paths)
    planned = Plan(edition.folder.name if edition else "", folder, warnings=list(validate.warnings(folder)))
    return _checked(planned, edition)


def removal(store: Store, source: str) -> Plan | Faults:
    """What a removal would do to the store, or why it cannot be."""
    edition = store.edition()
    planned = Plan(edition.folder.name, leaving=frozenset({source}))
    return _checked(planned, edition)


def _checked(planned: Plan, edition: Edition | None) -> Plan | Faults:
    try:
        importing.check(planned, edition)
    except Faulty as faulty:
        return in_place(faulty.faults, planned.folder)
    return planned


@contextmanager
def tried(reading: Reading, store: Store, planned: Plan) -> Iterator[Changes | None]:
    """What a plan would change, tried beside the store; None where there is too much to try."""
    if sum(map(len, planned.folder.sheets.values())) > TRIED_ROWS:
        yield None
        return
    now = store.edition()
    with uploads.work(store) as work:
        edition = compile(planned.chosen(now, work / "sources"), now, work / "editions")
        before, after = (Reading(Opened(e), reading.as_of, reading.lang) for e in (now, edition))
        yield changes.between(before, after, planned.speaks_for)


def mine(reading: Reading) -> list[dict[str, Any]]:
    """The user's sources."""
    return [source for source in data.sources(reading) if source["origin"] == "user"]


@cache
def workbook() -> bytes:
    """The workbook that explains every column."""
    with TemporaryDirectory() as folder:
        template.write(Path(folder) / "segur")
        return (Path(folder) / "segur" / template.WORKBOOK).read_bytes()


# Faults in place


def in_place(faults: Sequence[Fault], folder: Folder) -> Faults:
    """Faults by file, the first ones among the cells of their rows."""
    sheets = {sheet.place: sheet for sheet in folder.sheets.values()}
    by_place = groupby(faults[:SHOWN], key=lambda fault: fault.place)
    return Faults(len(faults), [_excerpt(place, list(found), sheets.get(place)) for place, found in by_place])


def _excerpt(place: str, faults: list[Fault], sheet: Sheet | None) -> Excerpt:
    rows: dict[int, list[Fault]] = defaultdict(list)
    for fault in faults:
        rows[fault.line].append(fault)
    header = {0, 1}  # a whole file, and the line that names the columns
    whole = [fault for line in header for fault in rows.pop(line, ())]
    columns = _columns([fault for found in rows.values() for fault in found], sheet)
    return Excerpt(readable(place), whole, columns, _groups(rows, columns, sheet))


def _columns(faults: list[Fault], sheet: Sheet | None) -> list[str]:
    """The columns at fault, in the file's order, after those that say which row it is."""
    wrong = dict.fromkeys(fault.column for fault in faults if fault.column)
    known = list(sheet.columns) if sheet else []
    context = [name for name in known if name in sheet.table.names][:CONTEXT] if sheet else []
    return [name for name in known if name in wrong or name in context] + [n for n in wrong if n not in known]


def _groups(rows: dict[int, list[Fault]], columns: list[str], sheet: Sheet | None) -> list[Group]:
    at = {line: row for row, line in enumerate(sheet.lines)} if sheet else {}
    groups: dict[tuple[tuple[str, str], ...], Group] = {}
    for line, faults in rows.items():
        told = tuple((fault.column, fault.expected) for fault in faults)
        group = groups.setdefault(told, Group(list(told), []))
        group.rows.append((line, [_cell(name, faults, sheet, at.get(line)) for name in columns]))
    return list(groups.values())


def _cell(name: str, faults: list[Fault], sheet: Sheet | None, row: int | None) -> Cell:
    fault = next((f for f in faults if f.column in (name, "")), None)
    if fault is not None and fault.column:
        return Cell(readable(fault.value), wrong=True)
    value = sheet.columns[name][row] if sheet and row is not None and name in sheet.columns else ""
    return Cell(readable(value), wrong=fault is not None)
