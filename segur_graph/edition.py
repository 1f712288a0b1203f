"""An edition: one immutable folder compiled from sources, with its tables and its graph."""

import csv
import hashlib
import json
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from itertools import count, islice
from pathlib import Path
from typing import Any

import duckdb
import pyoxigraph as ox

from segur_graph import names, rdf
from segur_graph.errors import BadInput
from segur_graph.facts import TABLES, Column, Table
from segur_graph.source import MANIFEST, READ_AT, Source, sources_in

# Beyond this part of the rows, compiling the whole graph is faster than taking out what differs.
PATCH_AT_MOST = 0.25
# A part of a graph is loaded by one thread, which holds it in memory: some half a gigabyte. One load of all of it takes
# a tenth less time and two thirds more memory (docs/benchmarks.md).
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

        def ids(table: str) -> set[str]:
            with duckdb.connect() as db:
                return {i for (i,) in db.execute(f"SELECT DISTINCT id FROM '{self.table(table)}'").fetchall()}

        return rdf.Things(bodies=ids("bodies"), measures=ids("measures"))

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
            _load(self, ox.Store(str(fresh / "graph")), quads(self, [c.source for c in self.chosen()]))
            shutil.rmtree(path, ignore_errors=True)
            (fresh / "graph").rename(path)
            fresh.rmdir()
            store = ox.Store.read_only(str(path))
        return store


def edition_id(chosen: Iterable[Chosen], known: dict[Path, str] | None = None) -> str:
    """The id of the edition that sources make: a hash of their ids and canonical rows; a fictional one says so."""
    sources = [c.source for c in chosen]
    said = sorted(f"{s.id} {_digest(s, known or {})}\n" for s in sources)
    kind = "fictif." if any(s.id.startswith(names.FICTIONAL) for s in sources) else ""
    return kind + hashlib.sha256("".join(said).encode()).hexdigest()[:16]


def compile(chosen: Sequence[Chosen], parent: Edition | None, editions: Path, advance: Advance = quiet) -> Edition:
    """The edition of these sources in the folder `editions`, made from what `parent` already has.

    The folder appears whole or not at all. The same sources give the same edition; a source that
    the parent has with the same rows is taken over. BadInput where a source breaks the counts that it states, or where
    two folders speak for one source.
    """
    ids = Counter(c.source.id for c in chosen)
    if twice := sorted(name for name, folders in ids.items() if folders > 1):
        raise BadInput(f"sources {', '.join(twice)} : deux dossiers pour un id ; attendu un seul")
    for c in chosen:
        c.source.check_counts()
    program = version("segur-graph")
    # Another program version may have compiled the same rows otherwise: nothing of it is taken over.
    parent = parent if parent is not None and parent.manifest["version"] == program else None
    known = _known(parent)
    name = f"{edition_id(chosen, known)}-{program}"
    if (editions / name / "manifest.json").exists():
        return _with_origins(Edition(editions / name), chosen)
    editions.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(dir=editions, prefix=".tmp-"))
    try:
        sources = [_keep(c.source, work / "sources") for c in chosen]
        digests = {c.source.id: _digest(c.source, known) for c in chosen}
        changed = _changed(digests, parent)
        counts = _write_tables(work, sources, changed, parent, advance)
        _write_manifest(work, name, chosen, digests, counts)
        _write_graph(Edition(work), sources, changed, parent, advance)
        work.rename(editions / name)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return Edition(editions / name)


def _with_origins(edition: Edition, chosen: Sequence[Chosen]) -> Edition:
    """An edition that is there already: whose a source is may have changed, its rows have not."""
    origin = {c.source.id: c.origin for c in chosen}
    told = [{**s, "origin": origin[s["id"]]} for s in edition.manifest["sources"]]
    if told == edition.manifest["sources"]:
        return edition
    fresh = edition.folder / "manifest.new"
    fresh.write_text(_manifest_text({**edition.manifest, "sources": told}), "utf-8")
    fresh.replace(edition.folder / "manifest.json")
    return Edition(edition.folder)


def _manifest_text(manifest: dict[str, Any]) -> str:
    return json.dumps(manifest, indent=1, ensure_ascii=False) + "\n"


def _digest(source: Source, known: dict[Path, str]) -> str:
    return known.get(source.folder) or source.digest


def _known(parent: Edition | None) -> dict[Path, str]:
    """The digests of the folders that the parent keeps: they need not be read again."""
    if parent is None:
        return {}
    return {parent.folder / "sources" / s["id"]: s["digest"] for s in parent.manifest["sources"]}


def _keep(source: Source, into: Path) -> Source:
    """A copy of a source folder, by hard links where the file system has them."""
    folder = into / source.id
    folder.mkdir(parents=True)
    for file in [MANIFEST, *(f"{t.name}.csv" for t in source.tables() if t.name != "sources")]:
        try:
            if into.parent.parent not in source.folder.parents:
                raise OSError("a file outside the store may be edited later")
            os.link(source.folder / file, folder / file)
        except OSError:
            shutil.copyfile(source.folder / file, folder / file)
    return Source(folder)


def _changed(digests: dict[str, str], parent: Edition | None) -> set[str] | None:
    """The ids of sources that are new, gone or other than the parent's; None without a parent."""
    if parent is None:
        return None
    had = {s["id"]: s["digest"] for s in parent.manifest["sources"]}
    return {i for i in had.keys() | digests.keys() if had.get(i) != digests.get(i)}


def _write_manifest(
    work: Path, name: str, chosen: Sequence[Chosen], digests: dict[str, str], counts: dict[str, dict[str, int]]
) -> None:
    edition, _, program = name.partition("-")
    sources = [
        {"id": c.source.id, "digest": digests[c.source.id], "origin": c.origin, "rows": counts[c.source.id]}
        for c in sorted(chosen, key=lambda c: c.source.id)
    ]
    text = _manifest_text({"id": edition, "version": program, "sources": sources})
    (work / "manifest.json").write_text(text, "utf-8")


# Tables


def _write_tables(
    work: Path, sources: list[Source], changed: set[str] | None, parent: Edition | None, advance: Advance
) -> dict[str, dict[str, int]]:
    """Writes every table as Parquet and tells, for each source, its rows by table."""
    (work / "tables").mkdir()
    fresh = [s for s in sources if changed is None or s.id in changed]
    counts: dict[str, dict[str, int]] = {s.id: {} for s in sources}
    with duckdb.connect() as db, tempfile.TemporaryDirectory(dir=work) as staging:
        for done, table in enumerate(TABLES.values()):
            advance("tables", done, len(TABLES))
            staged = Path(staging) / f"{table.name}.csv"
            _stage(table, fresh, staged)
            select = _typed(table, staged)
            if parent is not None:
                gone = ", ".join(f"'{i}'" for i in sorted(changed or ())) or "''"
                taken_over = f"read_parquet('{parent.table(table.name)}') t WHERE t.{table.source} NOT IN ({gone})"
                select += f" UNION ALL FROM {taken_over}"
            target = work / "tables" / f"{table.name}.parquet"
            db.execute(f"COPY ({select}) TO '{target}' (FORMAT parquet)")
            for name, n in db.execute(f"SELECT {table.source}, count(*) FROM '{target}' GROUP BY 1").fetchall():
                counts[name][table.name] = n
    return counts


def _stage(table: Table, sources: list[Source], file: Path) -> None:
    """Writes the rows of some sources, each with its id, as one CSV for DuckDB to type."""
    with file.open("w", encoding="utf-8", newline="") as out:
        write = csv.writer(out).writerow
        write([*table.names, READ_AT, "fact"])
        for source in sources:
            if table in source.tables():
                for row in source.rows(table):
                    write([*(row[n] for n in table.names), row[READ_AT], names.fact_id(table, row)])


def _typed(table: Table, staged: Path) -> str:
    columns = [_typed_column(c) for c in table.columns]
    return (
        f"SELECT {', '.join(columns)}, nullif({READ_AT}, '') AS {READ_AT}, fact FROM read_csv('{staged}', "
        "all_varchar = true, header = true, delim = ',', quote = '\"', escape = '\"', nullstr = '\x00')"
    )


def _typed_column(column: Column) -> str:
    cell = f"nullif(\"{column.name}\", '')"
    if column.many:
        parts = f"list_transform(string_split({cell}, '|'), lambda part: trim(part))"
        return f"list_filter({parts}, lambda part: part <> '') AS \"{column.name}\""
    return f'CAST({cell} AS {column.sql}) AS "{column.name}"'


# Graph


def _write_graph(
    edition: Edition, sources: list[Source], changed: set[str] | None, parent: Edition | None, advance: Advance
) -> None:
    """Copies the parent's graph and changes what differs, or loads everything where that is faster."""
    path = edition.folder / "graph"
    fresh = [s for s in sources if changed is None or s.id in changed]
    if parent is None or changed is None or not _worth_patching(parent, changed):
        _load(edition, ox.Store(str(path)), quads(edition, sources, advance))
        return
    parent.graph().backup(str(path))
    store, chosen = ox.Store(str(path)), parent.chosen()
    for name in sorted(changed):
        before = set(quads(parent, [c.source for c in chosen if c.source.id == name]))
        after = set(quads(edition, [s for s in fresh if s.id == name], advance))
        # One by one: taking a whole graph out costs thrice as much a quad.
        for quad in ox.parse("".join(before - after), format=ox.RdfFormat.N_QUADS):
            store.remove(quad)
        _load(edition, store, sorted(after - before))


def _worth_patching(parent: Edition, changed: set[str]) -> bool:
    rows = {s["id"]: sum(s["rows"].values()) for s in parent.manifest["sources"]}
    touched = sum(rows.get(i, 0) for i in changed)
    return bool(touched <= PATCH_AT_MOST * sum(rows.values()))


def _load(edition: Edition, store: ox.Store, lines: Iterable[str]) -> None:
    """Loads parts of the lines while the next ones are written, each by a thread outside Python."""
    rest = iter(lines)
    with tempfile.TemporaryDirectory(dir=edition.folder) as parts, ThreadPoolExecutor(LOADERS) as pool:
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


def quads(edition: Edition, sources: Sequence[Source], advance: Advance = quiet) -> Iterator[str]:
    """The N-Quads lines of some sources of an edition, and of what is derived from them."""
    known, vocabulary = edition.things, rdf.terms()
    for done, source in enumerate(sources):
        advance("graph", done, len(sources))
        for table in source.tables():
            for row in source.rows(table):
                yield from rdf.quads(table, row, known, vocabulary)
                yield from rdf.derived(table, row, known)
