"""The tables of an edition in memory, and what they say on a date."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from threading import Lock
from typing import Any, Protocol

import duckdb

from segur_graph.edition import Edition
from segur_graph.errors import BadInput
from segur_graph.facts import PERSONS, TABLES, Table
from segur_graph.recent import Recent
from segur_graph.shipped import data

Rows = list[dict[str, Any]]
# The dates whose views are kept.
DATES = 8


class Now(Protocol):
    """What is asked on a date: the tables, or who reads them."""

    @property
    def as_of(self) -> date:
        """The date."""

    def query(self, sql: str, **values: Any) -> Rows:
        """The rows of a query on the date."""


@dataclass
class Tables:
    """An edition's tables, loaded once; `on` gives them as they are on a date."""

    edition: Edition
    _dates: "Recent[Dated]" = field(default_factory=lambda: Recent(DATES), init=False)

    def query(self, sql: str, **values: Any) -> Rows:
        """The rows of a query on what holds whatever the date."""
        return _query(self._db.cursor(), sql, values)

    @cached_property
    def _db(self) -> duckdb.DuckDBPyConnection:
        db = duckdb.connect()
        for table in TABLES.values():
            rows = f"read_parquet('{self.edition.table(table.name)}')"
            db.execute(f"CREATE TABLE {table.name} AS SELECT * {_but_persons(table)} {_place(table)} FROM {rows}")
        return _locked(db)

    def on(self, as_of: date, adopted: Sequence[str] = ()) -> "Dated":
        """The tables on a date, with some measures taken as adopted; BadInput where one is unknown."""
        return self._dates.get((as_of, *adopted), lambda: self._on(as_of, adopted))

    def _on(self, as_of: date, adopted: Sequence[str]) -> "Dated":
        db = self._db.cursor()
        known = {i for (i,) in db.execute("SELECT id FROM measures_told").fetchall()}
        for measure in adopted:
            if measure not in known:
                raise BadInput(f"what-if {measure} : mesure inconnue")
        return _dated(db, as_of, adopted)


@dataclass(frozen=True)
class Dated:
    """The tables on a date: the facts, and the views `*_now`."""

    db: duckdb.DuckDBPyConnection
    as_of: date
    # A date's views are temporary tables of one connection, which serves one thread at a time.
    _lock: Lock = field(default_factory=Lock, init=False, compare=False)

    def query(self, sql: str, **values: Any) -> Rows:
        """The rows of a query as dictionaries, column by column; parameters are written `$name`."""
        with self._lock:
            return _query(self.db, sql, values)

    def areas(self, territory: str) -> set[str]:
        """A territory and all that lies in it; BadInput where there is no such code."""
        found = {row["territory"] for row in self.query("SELECT territory FROM lies_in WHERE area = $t", t=territory)}
        if not found:
            raise BadInput(f"territory {territory} : code inconnu ; attendu, par exemple : REG-76, DEP-31")
        return found


@cache
def blank() -> Dated:
    """The tables without a row, on a date: what a query's columns are can be asked of them."""
    db = duckdb.connect()
    for table in TABLES.values():
        columns = [f'"{c.name}" {c.sql}{"[]" * c.many}' for c in table.columns if c.name not in PERSONS]
        db.execute(f"CREATE TABLE {table.name} ({', '.join(columns)}, read_at VARCHAR, fact VARCHAR)")
    return _dated(_locked(db), date.min, ())


def only_reads(sql: str) -> None:
    """BadInput where a text is anything else than one SELECT."""
    try:
        said = duckdb.extract_statements(sql)
    except duckdb.Error as error:
        raise BadInput(f"SQL : {error}") from error
    if [statement.type for statement in said] != [duckdb.StatementType.SELECT]:
        kinds = ", ".join(statement.type.name for statement in said) or "rien"
        raise BadInput(f"SQL : {kinds} ; attendu : un seul SELECT, les tables ne s'écrivent pas")


def bracketed(sql: str) -> str:
    """A SELECT in brackets, to read from: alone it may have a WITH that writes."""
    return f"(\n{sql.rstrip().rstrip(';')}\n)"


def _but_persons(table: Table) -> str:
    return "".join(f"EXCLUDE ({name})" for name in table.names if name in PERSONS)


def _place(table: Table) -> str:
    """A row's locator is where it was read, if it has none of its own."""
    return "REPLACE (coalesce(locator, read_at) AS locator)" if "locator" in table.names else ""


def _locked(db: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """The tables with their views, from which no query reaches a file or the network any more."""
    db.execute((data("queries") / "views.sql").read_text("utf-8"))
    db.execute("SET enable_external_access = false")
    db.execute("SET lock_configuration = true")
    return db


def _dated(db: duckdb.DuckDBPyConnection, as_of: date, adopted: Sequence[str]) -> Dated:
    db.execute("SET VARIABLE as_of = $day", {"day": as_of})
    db.execute("SET VARIABLE adopted = $ids::VARCHAR[]", {"ids": list(adopted)})
    db.execute((data("queries") / "now.sql").read_text("utf-8"))
    return Dated(db, as_of)


def _query(db: duckdb.DuckDBPyConnection, sql: str, values: dict[str, Any]) -> Rows:
    found = db.execute(sql, values) if values else db.execute(sql)
    columns = [column[0] for column in found.description]
    return [dict(zip(columns, row, strict=True)) for row in found.fetchall()]
