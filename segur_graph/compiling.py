"""Compiling: from sources, and from what the edition before already has, to a new edition."""

import csv
import hashlib
import json
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import duckdb
import pyoxigraph as ox

from segur_graph import names, rdf
from segur_graph.edition import Advance, Chosen, Edition, load, quads, quiet
from segur_graph.errors import BadInput
from segur_graph.facts import TABLES, Column, Table
from segur_graph.names import FACT
from segur_graph.source import MANIFEST, READ_AT, Source, digest

# Beyond this part of the rows, compiling the whole graph is faster than taking out what differs.
PATCH_AT_MOST = 0.25


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
    same = _unchanged(chosen, parent)
    # An edition that is only tried elsewhere changes nothing where its parent is.
    if parent is not None and parent.folder.parent == editions and same.keys() == ids.keys() == parent.sources.keys():
        return _with_origins(parent, chosen)
    editions.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(dir=editions, prefix=".tmp-"))
    try:
        kept = [_keep(c.source, work / "sources") for c in chosen]
        compiling = _Compilation(work, kept, same, parent)
        compiling.write_graph(advance)
        counts = compiling.write_tables(advance)
        made = Edition(editions / f"{edition_id(compiling.digests)}-{program}")
        if (made.folder / "manifest.json").exists():
            return _with_origins(made, chosen)
        _write_manifest(work, made.folder.name, chosen, compiling.digests, counts)
        work.rename(made.folder)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return made


def edition_id(digests: Mapping[str, str]) -> str:
    """The id of the edition that sources make: a hash of their ids and digests; a fictional one says so."""
    said = "".join(f"{name} {digests[name]}\n" for name in sorted(digests))
    kind = "fictif." if any(name.startswith(names.FICTIONAL) for name in digests) else ""
    return kind + hashlib.sha256(said.encode()).hexdigest()[:16]


def _unchanged(chosen: Sequence[Chosen], parent: Edition | None) -> dict[str, str]:
    """The digests of the sources that the parent has with the same rows; its own folders need not be read again."""
    if parent is None:
        return {}
    had = {s["id"]: s["digest"] for s in parent.manifest["sources"]}
    own = parent.folder / "sources"
    return {
        s.id: had[s.id]
        for s in (c.source for c in chosen)
        if s.id in had and (s.folder == own / s.id or s.digest == had[s.id])
    }


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


class _Compilation:
    """One compilation: what is read, each row once, goes to the graph, and on the way to the tables and the digests."""

    def __init__(self, work: Path, sources: list[Source], same: Mapping[str, str], parent: Edition | None) -> None:
        self.work, self.sources, self.same, self.parent = work, sources, same, parent
        self.fresh = [s for s in sources if s.id not in same]
        self.digests = dict(same)
        self.things = self._things()
        self.vocabulary = rdf.terms()
        (work / "staged").mkdir()
        (work / "tables").mkdir()

    def _things(self) -> rdf.Things:
        """The bodies and measures of the sources that are read, and of those taken over from the parent."""

        def ids(table: Table) -> set[str]:
            read = {row["id"] for source in self.fresh if table in source.tables() for row in source.rows(table)}
            return read | (self.parent.ids(table.name, self.same) if self.parent else set())

        return rdf.Things(bodies=ids(TABLES["bodies"]), measures=ids(TABLES["measures"]))

    def read(self, source: Source) -> Iterator[str]:
        """The N-Quads lines of a source and of what is derived from it; its rows are laid down and hashed."""
        hashed = []
        for table in source.tables():
            with self._staged(table).open("a", encoding="utf-8", newline="") as file:
                write = csv.writer(file, lineterminator="\n").writerow
                for row in source.rows(table):
                    content = names.digest(table, row)
                    named = {**row, FACT: names.fact_id(table, row, content)}
                    hashed.append(content)
                    write(named.values())
                    yield from rdf.quads(table, named, self.things, self.vocabulary)
                    yield from rdf.derived(table, named, self.things)
        self.digests[source.id] = digest(hashed)

    def write_graph(self, advance: Advance) -> None:
        """Copies the parent's graph and changes what differs, or loads everything where that is faster."""
        path, parent = str(self.work / "graph"), self.parent
        if parent is None or not self._worth_patching(parent):
            load(ox.Store(path), self.lines(self.sources, advance), self.work)
            return
        parent.graph().backup(path)
        store, had = ox.Store(path), {c.source.id: c.source for c in parent.chosen()}
        fresh, changed = {s.id: s for s in self.fresh}, sorted(had.keys() - self.digests.keys())
        for done, name in enumerate(changed):
            advance("graph", done, len(changed))
            before = set(quads([had[name]], parent.things))
            after = set(self.read(fresh.pop(name))) if name in fresh else set()
            # One by one: taking a whole graph out costs thrice as much a quad.
            for quad in ox.parse("".join(before - after), format=ox.RdfFormat.N_QUADS):
                store.remove(quad)
            load(store, sorted(after - before), self.work)
        load(store, self.lines(fresh.values(), advance), self.work)

    def _worth_patching(self, parent: Edition) -> bool:
        rows = {name: sum(told["rows"].values()) for name, told in parent.sources.items()}
        touched = sum(n for name, n in rows.items() if name not in self.digests)
        return bool(touched <= PATCH_AT_MOST * sum(rows.values()))

    def lines(self, sources: Collection[Source], advance: Advance) -> Iterator[str]:
        """The N-Quads lines of some of its sources."""
        for done, source in enumerate(sources):
            advance("graph", done, len(sources))
            yield from quads([source], self.things) if source.id in self.same else self.read(source)

    def write_tables(self, advance: Advance) -> dict[str, dict[str, int]]:
        """Writes every table as Parquet and tells, for each source, its rows by table."""
        counts: dict[str, dict[str, int]] = {s.id: {} for s in self.sources}
        with duckdb.connect() as db:
            for done, table in enumerate(TABLES.values()):
                advance("tables", done, len(TABLES))
                self._staged(table).touch()
                select = _typed(table, self._staged(table))
                if self.parent is not None:
                    ids = ", ".join(f"'{name}'" for name in sorted(self.same)) or "''"
                    select += f" UNION ALL FROM '{self.parent.table(table.name)}' t WHERE t.{table.source} IN ({ids})"
                target = self.work / "tables" / f"{table.name}.parquet"
                db.execute(f"COPY ({select}) TO '{target}' (FORMAT parquet)")
                for name, n in db.execute(f"SELECT {table.source}, count(*) FROM '{target}' GROUP BY 1").fetchall():
                    counts[name][table.name] = n
        shutil.rmtree(self.work / "staged")
        return counts

    def _staged(self, table: Table) -> Path:
        """The rows of a table that were read, as one CSV for DuckDB to type."""
        return self.work / "staged" / f"{table.name}.csv"


def _typed(table: Table, staged: Path) -> str:
    """A SELECT of the rows that were laid down, each cell in its type."""
    columns = [_typed_column(c) for c in table.columns]
    told = dict.fromkeys((*table.names, READ_AT, FACT), "VARCHAR")
    return (
        f"SELECT {', '.join(columns)}, nullif({READ_AT}, '') AS {READ_AT}, {FACT} FROM read_csv('{staged}', "
        f"columns = {told}, auto_detect = false, header = false, new_line = '\\n', delim = ',', quote = '\"', "
        "escape = '\"', nullstr = '\x00')"
    )


def _typed_column(column: Column) -> str:
    cell = f"nullif(\"{column.name}\", '')"
    if column.many:
        parts = f"list_transform(string_split({cell}, '|'), lambda part: trim(part))"
        return f"list_filter({parts}, lambda part: part <> '') AS \"{column.name}\""
    return f'CAST({cell} AS {column.sql}) AS "{column.name}"'
