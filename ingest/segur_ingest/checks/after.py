"""What the store would hold after an import or a removal: the rows that stay, and those that come."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from segur_graph.facts import TABLES
from segur_ingest.faults import Fault
from segur_ingest.sheet import Sheet


@dataclass(frozen=True)
class Place:
    """A row of a sheet."""

    sheet: Sheet
    row: int

    def fault(self, column: str, expected: str) -> Fault:
        """A fault of one of its cells."""
        return self.sheet.fault(self.row, column, expected)

    def __str__(self) -> str:
        """Where it stands: `seats.csv:41`, or `ars-oc/seats.csv:41` for a row of the store's source `ars-oc`."""
        at = self.sheet.read_at(self.row)
        return f"{self.sheet.held_by}/{at}" if self.sheet.held_by else at


@dataclass
class After:
    """All the rows that the store would hold, those that stay first.

    `lost` names tables that could not be read: nothing is concluded from a row that is not there.
    """

    held: Sequence[Sheet]
    new: Sequence[Sheet]
    lost: set[str] = field(default_factory=set)

    def sheets(self, table: str) -> list[Sheet]:
        """The sheets of a table."""
        return [s for s in (*self.held, *self.new) if s.table.name == table]

    def rows(self, table: str, *columns: str) -> Iterator[tuple[Place, tuple[str, ...]]]:
        """The rows of a table: where each stands, and its cells in some columns."""
        for sheet in self.sheets(table):
            for row, cells in enumerate(sheet.cells(*columns)):
                yield Place(sheet, row), cells

    def values(self, table: str, column: str) -> set[str]:
        """The different cells of a column, the empty one left out."""
        found = {cell for sheet in self.sheets(table) for cell in sheet.columns.get(column, ())}
        return found - {""}

    @cached_property
    def bodies(self) -> set[str]:
        """The ids of bodies."""
        return self.values("bodies", "id")

    @cached_property
    def types(self) -> set[str]:
        """The codes of types: those that types, norms or a body says."""
        return self.values("types", "code") | self.values("norms", "code") | self.values("bodies", "type")

    def keys(self, table: str) -> set[str]:
        """What a cell may hold that points into a table."""
        return self.values(table, TABLES[table].key[0])

    @cached_property
    def rank(self) -> dict[str, tuple[str, str]]:
        """R1: the later its date, the higher a source ranks; ties by id."""
        return {name: (day, name) for _, (name, day) in self.rows("sources", "id", "date")}
