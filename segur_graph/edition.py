"""An edition: one immutable folder, with its sources, its tables and its graph."""

import json
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from itertools import count, islice
from pathlib import Path
from typing import Any

import duckdb
import pyoxigraph as ox

from segur_graph import names, rdf
from segur_graph.source import Source, sources_in

# A part of a graph is loaded by one thread, which holds it in memory: some half a gigabyte. Half as much leaves RocksDB
# so many files to merge that the next writer waits half a minute; all at once takes two thirds more memory.
PART = 500_000
LOADERS = 2

Advance = Callable[[str, int, int], None]


def quiet(step: str, done: int, total: int) -> None:
    """Tells nobody how far a compilation is."""


@dataclass(frozen=True)
class Chosen:
    """A source that an edition is to hold, and whether it ships or is the user's."""

    source: Source
    origin: str  # "shipped" or "user"


@dataclass(frozen=True)
class Edition:
    """A compiled edition in its folder."""

    folder: Path

    @property
    def id(self) -> str:
        """The hash of its sources, which a researcher cites."""
        return str(self.manifest["id"])

    @property
    def fictional(self) -> bool:
        """Whether it speaks of a fictional region: every face says so."""
        return any(name.startswith(names.FICTIONAL) for name in self.sources)

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """What is in it: id, program version, and for each source its digest, origin and counts."""
        return dict(json.loads((self.folder / "manifest.json").read_text("utf-8")))

    @property
    def sources(self) -> dict[str, dict[str, Any]]:
        """What the manifest tells of each source, by id."""
        return {s["id"]: s for s in self.manifest["sources"]}

    def chosen(self) -> list[Chosen]:
        """The sources it was compiled from, as it keeps them."""
        told = self.sources
        return [Chosen(s, told[s.id]["origin"]) for s in sources_in(self.folder / "sources")]

    def table(self, name: str) -> Path:
        """The Parquet file of a table."""
        return self.folder / "tables" / f"{name}.parquet"

    @cached_property
    def things(self) -> rdf.Things:
        """The ids of its bodies and measures."""
        return rdf.Things(*(self.ids(table, self.sources) for table in ("bodies", "measures")))

    def ids(self, table: str, sources: Collection[str]) -> set[str]:
        """The ids in a table that some sources tell."""
        sql = f"SELECT DISTINCT id FROM '{self.table(table)}' WHERE list_contains($sources, source)"
        with duckdb.connect() as db:
            return {i for (i,) in db.execute(sql, {"sources": list(sources)}).fetchall()}

    def graph(self) -> ox.Store:
        """Its graph, opened for reading; compiled again from the tables' sources where it is lost or damaged."""
        path = self.folder / "graph"
        try:
            store = ox.Store.read_only(str(path))
            # A store whose list of files was cut short opens, and is empty.
            if self.manifest["sources"] and next(iter(store), None) is None:
                raise OSError("an empty graph")
        except (OSError, RuntimeError):
            fresh = Path(tempfile.mkdtemp(dir=self.folder.parent, prefix=".tmp-"))
            load(ox.Store(str(fresh / "graph")), quads((c.source for c in self.chosen()), self.things), fresh)
            shutil.rmtree(path, ignore_errors=True)
            (fresh / "graph").rename(path)
            shutil.rmtree(fresh)
            store = ox.Store.read_only(str(path))
        return store


def load(store: ox.Store, lines: Iterable[str], beside: Path) -> None:
    """Loads parts of N-Quads lines, kept in a folder, while the next are written; each by a thread outside Python."""
    rest = iter(lines)
    with tempfile.TemporaryDirectory(dir=beside) as parts, ThreadPoolExecutor(LOADERS) as pool:
        loading = []
        for number in count():
            part = Path(parts) / f"{number}.nq"
            with part.open("w", encoding="utf-8") as file:
                file.writelines(islice(rest, PART))
            if not part.stat().st_size:
                break
            loading.append(pool.submit(_load_part, store, part))
        for loaded in loading:
            loaded.result()
    store.flush()


def _load_part(store: ox.Store, part: Path) -> None:
    # Lenient: the ids that our IRIs are made of were checked when their rows were read.
    store.bulk_load(path=str(part), format=ox.RdfFormat.N_QUADS, lenient=True)
    part.unlink()


def quads(sources: Iterable[Source], known: rdf.Things) -> Iterator[str]:
    """The N-Quads lines of some sources, and of what is derived from them."""
    vocabulary = rdf.terms()
    for source in sources:
        for table in source.tables():
            for row in source.rows(table):
                yield from rdf.quads(table, row, known, vocabulary)
                yield from rdf.derived(table, row, known)
