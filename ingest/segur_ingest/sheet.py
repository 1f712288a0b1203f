"""A table as it was read: its cells by column, each with the line on which it stands."""

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from segur_graph.facts import Table
from segur_graph.source import READ_AT
from segur_ingest.faults import Fault, nearest
from segur_ingest.limits import COLUMNS, Unreadable

# Rows are turned into columns in portions: few enough to stay in the processor's cache.
PORTION = 500

Rows = Iterator[tuple[int, Sequence[str]]]  # the line on which a row begins, its cells


@dataclass
class Sheet:
    """The rows of one table from one file: what is imported, or what a source of the store holds.

    A cell is text without spaces around it; `columns` has those that were read, all of the same length.
    """

    table: Table
    place: str  # seats.csv, register.xlsx[seats]
    columns: dict[str, list[str]]
    lines: "array[int]"
    held_by: str = ""  # the source of the store that holds it; empty: it is being imported

    def __len__(self) -> int:
        """The number of rows."""
        return len(self.lines)

    def cells(self, *names: str) -> Iterator[tuple[str, ...]]:
        """The cells of some columns, row by row; those of a column that was not read are empty."""
        empty = [""] * len(self)
        return zip(*(self.columns.get(name, empty) for name in names), strict=True)

    def fault(self, row: int, column: str, expected: str) -> Fault:
        """A fault of the cell in a column of a row."""
        value = self.columns[column][row] if column in self.columns else ""
        place, _, line = self.read_at(row).rpartition(":")
        if not line.isdecimal():  # a place that is no line of a file
            place, line = self.place, str(self.lines[row])
        return Fault(f"{self.held_by}/{place}" if self.held_by else place, int(line), column, value, expected)

    def read_at(self, row: int) -> str:
        """Where a row was read: `seats.csv:41`; the file in which it first came, where the store kept that."""
        kept = self.columns.get(READ_AT)
        return (kept[row] if kept else "") or f"{self.place}:{self.lines[row]}"

    def picked(self, rows: Sequence[int]) -> "Sheet":
        """The same table with some of its rows."""
        columns = {name: [cells[i] for i in rows] for name, cells in self.columns.items()}
        return Sheet(self.table, self.place, columns, array("L", (self.lines[i] for i in rows)), self.held_by)

    def plus(self, row: Mapping[str, str]) -> "Sheet":
        """The same table with one more row, on a line after the others."""
        columns = {name: [*cells, row.get(name, "")] for name, cells in self.columns.items()}
        lines = array("L", [*self.lines, max(self.lines, default=1) + 1])
        return Sheet(self.table, self.place, columns, lines, self.held_by)


@dataclass
class Builder:
    """Makes a sheet from rows, the header first, and notes what is wrong with its shape."""

    table: Table
    place: str
    ignored: frozenset[str] = frozenset()
    extra: tuple[str, ...] = ()  # columns beyond the table's that are kept too
    spend: Callable[[int], None] = lambda _: None  # told how many cells are read
    faults: list[Fault] = field(default_factory=list)
    header: list[str] = field(default_factory=list)
    cut_short: bool = False  # whether the file could not be read to its end

    def build(self, rows: Rows) -> Sheet:
        """The sheet: blank rows skipped, ignored columns left out."""
        self.header = _trimmed(next(rows, (1, ()))[1])
        if len(self.header) > COLUMNS:
            raise Unreadable(f"{len(self.header)} colonnes ; attendu au plus {COLUMNS}", 1)
        picks = self._picks()
        lists = {column.name for column in self.table.columns if column.many}
        cleaners = {name: _Clean(many=name in lists) for name in picks}
        columns: dict[str, list[str]] = {name: [] for name in picks}
        lines = array("L")
        full = self._full(rows)
        while portion := list(islice(full, PORTION)):
            numbers, contents = zip(*portion, strict=True)
            self.spend(len(contents) * len(self.header))
            lines.extend(numbers)
            for position, cells in enumerate(zip(*contents, strict=True)):
                name = self.header[position]
                if picks.get(name) == position:
                    columns[name].extend(map(cleaners[name].__getitem__, cells))
        return Sheet(self.table, self.place, columns, lines)

    def _picks(self) -> dict[str, int]:
        """The position of each column that is read; the header's faults are noted."""
        known = (*self.table.names, *self.extra)
        picks: dict[str, int] = {}
        for position, name in enumerate(self.header):
            if name in self.ignored or not name:
                continue
            if name in picks:
                self._header_fault(name, name, "colonne écrite deux fois ; attendue une fois")
            elif name in known:
                picks[name] = position
            else:
                self._header_fault(name, name, self._unknown(name))
        for column in self.table.columns:
            if column.required and column.name not in picks:
                self._header_fault(column.name, "", "colonne obligatoire absente")
        return picks

    def _unknown(self, name: str) -> str:
        return (
            f"colonne inconnue de la table {self.table.name}{nearest(name, self.table.names)} ; "
            f"attendu {', '.join(self.table.names)}, ou --ignore (« segur template » donne le modèle)"
        )

    def _header_fault(self, column: str, value: str, expected: str) -> None:
        self.faults.append(Fault(self.place, 1, column, value, expected))

    def _full(self, rows: Rows) -> Rows:
        """The rows that are not blank, each as long as the header; what is not so is noted."""
        width = len(self.header)
        unnamed = [i for i, name in enumerate(self.header) if not name]
        try:
            for line, row in rows:
                if (not row or not row[0].strip()) and not "".join(row).strip():
                    continue
                if len(row) != width or unnamed:
                    yield line, self._fitted(line, list(row), unnamed)
                else:
                    yield line, row
        except Unreadable as fault:
            self.cut_short = True
            self.faults.append(Fault(self.place, fault.line, "", "", fault.expected))

    def _fitted(self, line: int, row: list[str], unnamed: list[int]) -> list[str]:
        width = len(self.header)
        for position in (*unnamed, *range(width, len(row))):
            if position < len(row) and row[position].strip():
                expected = f"cellule sans colonne ; attendu {width} cellules, comme dans l'en-tête"
                self.faults.append(Fault(self.place, line, str(position + 1), row[position].strip(), expected))
        if len(row) < width:
            expected = f"ligne de {len(row)} cellules ; attendu {width}, comme dans l'en-tête"
            self.faults.append(Fault(self.place, line, self.header[len(row)], "", expected))
        return (row + [""] * width)[:width]


class _Clean(dict[str, str]):
    """Cells as they are kept, each different one made once: no spaces around, one kind of line end."""

    def __init__(self, *, many: bool) -> None:
        super().__init__()
        self.many = many

    def __missing__(self, raw: str) -> str:
        cell = raw.strip()
        if "\r" in cell:  # a lone one is a line's end to some readers of CSV
            cell = cell.replace("\r\n", "\n").replace("\r", "\n")
        if self.many and "|" in cell:
            cell = "|".join(part.strip() for part in cell.split("|"))
        self[raw] = cell
        return cell


def _trimmed(header: Iterable[str]) -> list[str]:
    """The names in a header, without the empty ones at its end."""
    names = [name.strip() for name in header]
    while names and not names[-1]:
        names.pop()
    return names
