"""A source: a folder with a manifest and tables, all of it text."""

import csv
import hashlib
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from segur_graph import names
from segur_graph.errors import BadInput
from segur_graph.facts import SOURCES, TABLES, Table
from segur_graph.names import Row

MANIFEST = "manifest.toml"
# Where a row was read, filled in by an import; never part of a row's canonical cells.
READ_AT = "read_at"


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
        path = self.folder / MANIFEST
        try:
            cells = tomllib.loads(path.read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise BadInput(f"{path}: {error}") from error
        unknown = set(cells) - set(SOURCES.names)
        missing = {c.name for c in SOURCES.columns if c.required} - set(cells)
        if unknown or missing:
            raise BadInput(f"{path}: unknown {sorted(unknown)}, missing {sorted(missing)}")
        return {name: str(cells.get(name, "")) for name in SOURCES.names}

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
            for line, row in enumerate(csv.DictReader(file), start=2):
                cells = {name: row.get(name) or "" for name in table.names}
                place = "" if cells["locator"] else row.get(READ_AT) or f"{table.name}.csv:{line}"
                content = tuple(cells.values())
                if content not in seen:
                    seen.add(content)
                    yield {**cells, READ_AT: place}

    @cached_property
    def digest(self) -> str:
        """The sha256 of all the canonical rows, whatever their order and files' names."""
        rows = sorted(names.digest(t, row) for t in self.tables() for row in self.rows(t))
        return hashlib.sha256("".join(rows).encode()).hexdigest()

    def _path(self, table: Table) -> Path:
        return self.folder / f"{table.name}.csv"


def sources_in(folder: Path) -> list[Source]:
    """The source folders directly below a folder, by id."""
    return [Source(path.parent) for path in sorted(folder.glob(f"*/{MANIFEST}"))]
