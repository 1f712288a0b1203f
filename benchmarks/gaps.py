"""How long the gap report takes, and three core questions beside hand-written duckdb and polars.

    python benchmarks/gaps.py [SCALE]      # needs polars; SCALE 0.1 unless told

Ratios matter, not seconds. The hand-written peers answer the same dated questions on the same Parquet
files: (a) instances with fewer seats of users than the norm's minimum, by their latest observation and the
lists that close seats; (b) measures that several sign and no user does; (c) the parties that sign most together.
"""

import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import measured
import polars as pl

from segur_graph import gaps
from segur_graph.edition import Edition
from segur_graph.store import Store
from segur_graph.tables import Tables
from segur_ingest import importing, synth

DAY = date(2026, 6, 30)
BELOW = "SELECT r.instance FROM required_now r WHERE r.existence = 'existing' AND r.list_binds AND r.seats < r.required"
UNSIGNED = """
SELECT s.measure FROM signatories_now s GROUP BY s.measure
HAVING count(*) >= 2 AND NOT coalesce(bool_or(s."group" = 'usagers'), false)"""
PAIRS = """
SELECT a.party, b.party AS other, count(*) AS together
FROM signatories_now a JOIN signatories_now b ON b.measure = a.measure AND a.party < b.party
GROUP BY a.party, other ORDER BY together DESC, a.party, other LIMIT 100"""
BY_HAND = {
    "a": """
WITH days AS (SELECT instance, observed_on AS day, bool_and(completeness = 'complete') AS complete
              FROM compositions WHERE "group" IN ('usagers', 'all') AND observed_on <= DATE '2026-06-30'
              GROUP BY 1, 2),
lists AS (SELECT instance, max(day) AS day, arg_max(complete, day) AS complete,
                 max(day) FILTER (complete) AS closed FROM days GROUP BY 1),
seats AS (SELECT id, any_value(instance) AS instance, max(observed_on) AS day, arg_max(regime, observed_on) AS regime
          FROM seats WHERE "group" = 'usagers' AND position = 'titulaire'
          AND observed_on <= DATE '2026-06-30' GROUP BY 1),
norm AS (SELECT * FROM norms WHERE coalesce(valid_from <= DATE '2026-06-30', true)
         AND coalesce(valid_to >= DATE '2026-06-30', true)),
counted AS (SELECT b.id, any_value(n.usager_seats_min) AS least, count(s.id) AS seats
  FROM bodies b JOIN norm n ON n.code = b.type
  JOIN lists l ON l.instance = b.id AND l.complete AND l.day >= coalesce(n.binding_from, n.valid_from)
  LEFT JOIN seats s ON s.instance = b.id AND s.day >= l.closed
       AND (s.regime IS NULL OR n.regimes IS NULL OR list_contains(n.regimes, s.regime))
  WHERE b.kind = 'instance' AND coalesce(b.status, 'existing') = 'existing' GROUP BY 1)
SELECT id FROM counted WHERE seats < least""",
    "b": """
WITH signed AS (SELECT measure, body FROM signatures
                WHERE modality = 'effective' AND role IN ('author', 'cosignatory')
                UNION SELECT id, proposed_by FROM measures WHERE proposed_by IS NOT NULL)
SELECT s.measure FROM signed s JOIN measures m ON m.id = s.measure
LEFT JOIN bodies b ON b.id = s.body LEFT JOIN types t ON t.code = coalesce(b.type, s.body)
WHERE coalesce(m.date <= DATE '2026-06-30', true) GROUP BY 1
HAVING count(*) >= 2 AND NOT coalesce(bool_or(coalesce(b."group", t."group") = 'usagers'), false)""",
    "c": """
WITH signed AS (SELECT measure, body FROM signatures
                WHERE modality = 'effective' AND role IN ('author', 'cosignatory')
                UNION SELECT id, proposed_by FROM measures WHERE proposed_by IS NOT NULL),
dated AS (SELECT s.* FROM signed s JOIN measures m ON m.id = s.measure
          WHERE coalesce(m.date <= DATE '2026-06-30', true))
SELECT a.body, b.body AS other, count(*) AS together FROM dated a
JOIN dated b ON b.measure = a.measure AND a.body < b.body
GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT 100""",
}


def timed(work: Callable[[], object]) -> float:
    """The best wall time of three runs, in seconds."""
    return measured.timed(work, 3).s


def edition(folder: Path, scale: float) -> Edition:
    """An edition of a synthetic register over the shipped sources."""
    synth.write(folder / "register", scale)
    store = Store(folder / "store")
    return importing.publish(store, importing.plan(store, [folder / "register"]))


def by_hand(edition: Edition) -> dict[str, Callable[[], object]]:
    """The three questions on tables that DuckDB has loaded, as ours are."""
    db = duckdb.connect()
    names = ("bodies", "compositions", "seats", "norms", "signatures", "measures", "types")
    for name in names:
        db.execute(f"CREATE TABLE {name} AS FROM read_parquet('{edition.table(name)}')")
    return {key: lambda sql=sql: db.execute(sql).fetchall() for key, sql in BY_HAND.items()}


def signed(frames: dict[str, pl.LazyFrame]) -> pl.LazyFrame:
    """The effective signatures of the measures that count, in polars."""
    rows = frames["signatures"].filter(
        (pl.col("modality") == "effective") & pl.col("role").is_in(["author", "cosignatory"])
    )
    proposed = frames["measures"].filter(pl.col("proposed_by").is_not_null())
    own = proposed.select(measure="id", body="proposed_by")
    counts = frames["measures"].filter(pl.col("date").is_null() | (pl.col("date") <= DAY)).select(measure="id")
    return pl.concat([rows.select("measure", "body"), own]).unique().join(counts, on="measure")


def in_polars(edition: Edition) -> dict[str, Callable[[], object]]:
    """Questions (b) and (c) in polars, on frames in memory."""
    names = ("signatures", "measures", "bodies", "types")
    frames = {name: pl.read_parquet(edition.table(name)).lazy() for name in names}

    def unsigned() -> pl.DataFrame:
        groups = frames["bodies"].join(frames["types"].select(type="code", of_type="group"), on="type", how="left")
        groups = groups.select(body="id", group=pl.coalesce("group", "of_type"))
        told = signed(frames).join(groups, on="body", how="left").group_by("measure")
        counted = told.agg(pl.len().alias("n"), (pl.col("group") == "usagers").any().alias("users"))
        return counted.filter((pl.col("n") > 1) & ~pl.col("users").fill_null(value=False)).collect()

    def pairs() -> pl.DataFrame:
        one = signed(frames)
        both = one.join(one, on="measure", suffix="_other").filter(pl.col("body") < pl.col("body_other"))
        return both.group_by("body", "body_other").len().top_k(100, by="len").collect()

    return {"b": unsigned, "c": pairs}


def main() -> None:
    """Prints the times and the ratios."""
    scale = float(sys.argv[1]) if len(sys.argv) > 1 else 0.1
    with tempfile.TemporaryDirectory() as folder:
        built = edition(Path(folder), scale)
        cold = timed(lambda: gaps.report(Tables(built), DAY).json())
        tables = Tables(built)
        report = gaps.report(tables, DAY)
        print(f"scale {scale}: {len(report.gaps)} gaps, {len(report.unknowns)} unknowns")
        warm = timed(lambda: gaps.report(tables, DAY))
        print(f"report with proofs: cold {cold:.2f} s, on loaded tables {warm:.2f} s")
        now, hand, frames = tables.on(DAY), by_hand(built), in_polars(built)
        for key, sql in {"a": BELOW, "b": UNSIGNED, "c": PAIRS}.items():
            ours = timed(lambda sql=sql: now.query(sql))
            peers = {"duckdb": timed(hand[key])} | ({"polars": timed(frames[key])} if key in frames else {})
            told = ", ".join(f"{name} {seconds * 1000:.1f} ms" for name, seconds in peers.items())
            print(f"({key}) ours {ours * 1000:.1f} ms; {told}; ratio to the best {ours / min(peers.values()):.2f}")


if __name__ == "__main__":
    main()
