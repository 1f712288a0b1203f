"""A source: a folder with a manifest and tables, all of it text."""

import csv
import hashlib
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import repeat
from operator import itemgetter
from pathlib import Path
from typing import Any

from segur_graph import names
from segur_graph.errors import BadInput
from segur_graph.facts import SOURCES, TABLES, Table
from segur_graph.names import Row

MANIFEST = "manifest.toml"
# Where a row was read, filled in by an import; never part of a row's canonical cells.
READ_AT = "read_at"
# What a manifest may say besides the row of `sources`: how many rows its tables are to have.
COUNTS = "counts"


@dataclass(frozen=True)
class Expected:
    """How many rows a table is to have: at least, and at most where that is said."""

    at_least: int = 0
    at_most: int | None = None

    def __contains__(self, count: object) -> bool:
        """Whether a number of rows is as expected."""
        return isinstance(count, int) and self.at_least <= count and (self.at_most is None or count <= self.at_most)

    def __str__(self) -> str:
        """What is expected, in French."""
        most = "" if self.at_most is None else f", au plus {self.at_most}"
        return f"au moins {self.at_least}{most}"


@dataclass(frozen=True)
class Source:
    """One source folder, read when asked and never written."""

    folder: Path

    @property
    def id(self) -> str:
        """The source's id, which is also its folder's name."""
        return self.manifest["id"]

    @cached_property
    def manifest(self) -> dict[str, str]:
        """The source's own row of the table `sources`; BadInput where it is no such row."""
        cells = self._toml
        unknown = set(cells) - {*SOURCES.names, COUNTS}
        missing = {c.name for c in SOURCES.columns if c.required} - set(cells)
        if unknown or missing:
            raise BadInput(f"{self.folder / MANIFEST}: unknown {sorted(unknown)}, missing {sorted(missing)}")
        return {name: str(cells.get(name, "")) for name in SOURCES.names}

    @cached_property
    def counts(self) -> dict[str, Expected]:
        """How many rows some tables are to have, as `[counts.TABLE]` of the manifest says; no fact, so no part of it.

        BadInput where that is no count.
        """
        said = self._toml.get(COUNTS, {})
        if not isinstance(said, dict) or not all(_counts(table, numbers) for table, numbers in said.items()):
            raise BadInput(f"{self.folder / MANIFEST}: counts: {said}: expected [counts.TABLE] at_least, at_most")
        return {table: Expected(**numbers) for table, numbers in said.items()}

    def check_counts(self) -> None:
        """BadInput where a table has more or fewer rows than the manifest expects."""
        for name, expected in self.counts.items():
            table = TABLES[name]
            count = sum(1 for _ in self.rows(table)) if self._path(table).exists() else 0
            if count not in expected:
                raise BadInput(f"source {self.id}, table {name} : {count} ligne(s) ; attendu : {expected}")

    def tables(self) -> list[Table]:
        """The tables that the folder holds, `sources` first."""
        return [SOURCES] + [t for t in TABLES.values() if self._path(t).exists()]

    def rows(self, table: Table) -> Iterator[Row]:
        """The rows of a table, each with `read_at` where it has no locator.

        A cell is text, empty where nothing is said. Identical rows come once.
        """
        if table is SOURCES:
            yield {**self.manifest, READ_AT: MANIFEST}
            return
        seen = set()
        with self._path(table).open(encoding="utf-8", newline="") as file:
            lines = csv.reader(file)
            header = next(lines, [])
            where = {name: position for position, name in enumerate(header)}
            # A column that the file has not is read from an empty cell after the last.
            pick = itemgetter(*(where.get(name, -1) for name in (*table.names, READ_AT)))
            for line, row in enumerate(filter(None, lines), start=2):
                *said, read_at = pick([*row, *repeat("", len(header) - len(row)), ""])
                content = tuple(said)
                if content not in seen:
                    seen.add(content)
                    cells = dict(zip(table.names, content, strict=True))
                    cells[READ_AT] = "" if cells["locator"] else read_at or f"{table.name}.csv:{line}"
                    yield cells

    @cached_property
    def digest(self) -> str:
        """The sha256 of all the canonical rows, whatever their order and files' names."""
        return digest(names.digest(t, row) for t in self.tables() for row in self.rows(t))

    @cached_property
    def _toml(self) -> dict[str, Any]:
        path = self.folder / MANIFEST
        try:
            return tomllib.loads(path.read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise BadInput(f"{path}: {error}") from error

    def _path(self, table: Table) -> Path:
        return self.folder / f"{table.name}.csv"


def digest(rows: Iterable[str]) -> str:
    """The digest of a source, from those of its rows."""
    return hashlib.sha256("".join(sorted(rows)).encode()).hexdigest()


def _counts(table: str, numbers: object) -> bool:
    """Whether a manifest expects counts of a table that there is."""
    return (
        table in TABLES.keys() - {SOURCES.name}
        and isinstance(numbers, dict)
        and numbers.keys() <= {"at_least", "at_most"}
        and all(type(number) is int and number >= 0 for number in numbers.values())
    )


def sources_in(folder: Path) -> list[Source]:
    """The source folders directly below a folder, by id."""
    return [Source(path.parent) for path in sorted(folder.glob(f"*/{MANIFEST}"))]
