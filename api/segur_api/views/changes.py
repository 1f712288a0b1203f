"""What becomes of sources, rows and gaps from one edition to another."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

import duckdb

from segur_api.deps import Reading
from segur_api.views import gaps
from segur_api.views.gaps import Line
from segur_graph import compare
from segur_graph.edition import Edition
from segur_graph.facts import SOURCES, TABLES
from segur_graph.gaps import Counts

ROWS = """
SELECT coalesce(a.source, b.source) AS source, count(a.fact) AS rows,
       count(*) FILTER (b.fact IS NULL) AS added, count(*) FILTER (a.fact IS NULL) AS gone
FROM (SELECT source, fact FROM read_parquet($after)) a
FULL JOIN (SELECT source, fact FROM read_parquet($before)) b ON a.source = b.source AND a.fact = b.fact
WHERE list_contains($names, coalesce(a.source, b.source)) GROUP BY 1
"""


@dataclass(frozen=True)
class Count:
    """The rows of a source in a table: how many there are, how many came and how many went."""

    table: str
    rows: int
    added: int
    gone: int


@dataclass(frozen=True)
class Fate:
    """A source, and what becomes of it: added, replaced, same, removed, or the shipped one is back."""

    id: str
    title: str
    what: str
    counts: list[Count]


@dataclass(frozen=True)
class Changes:
    """The difference between two editions."""

    edition: str
    same: bool
    sources: list[Fate]
    opened: list[Line]
    closed: list[Line]
    before: Counts
    after: Counts


def between(before: Reading, after: Reading, names: Collection[str] = ()) -> Changes:
    """What changes from one edition to another; `names` are told even where nothing changes in them."""
    old, new = before.report(), after.report()
    had, has = {g.id for g in old.gaps}, {g.id for g in new.gaps}
    return Changes(
        after.edition.id,
        before.edition.id == after.edition.id,
        _sources(before, after, names),
        gaps.lines_of(after, [g for g in new.gaps if g.id not in had]),
        gaps.lines_of(before, [g for g in old.gaps if g.id not in has]),
        old.counts,
        new.counts,
    )


def _sources(before: Reading, after: Reading, names: Collection[str]) -> list[Fate]:
    old, new = before.edition.sources, after.edition.sources
    told = sorted({*compare.sources(before, after), *names})
    titles = {i: row["title"] for i, row in (before.opened.sources | after.opened.sources).items()}
    counts = _counts(before.edition, after.edition, told)
    return [Fate(i, titles.get(i, i), compare.fate(old.get(i), new.get(i)), counts[i]) for i in told]


def _counts(before: Edition, after: Edition, names: list[str]) -> dict[str, list[Count]]:
    """The rows of some sources, by table."""
    found: dict[str, list[Count]] = defaultdict(list)
    with duckdb.connect() as db:
        for table in TABLES.values():
            if table is not SOURCES:
                files = {"before": str(before.table(table.name)), "after": str(after.table(table.name))}
                for source, *counts in db.execute(ROWS, {"names": names, **files}).fetchall():
                    found[source].append(Count(table.name, *counts))
    return found
