"""What other tables say of a thing: each column that points at it is a relation. Derived from `facts`."""

from dataclasses import dataclass, replace
from typing import Any

from segur_api.deps import Reading
from segur_api.views import values
from segur_api.views.things import TABLES_OF, Thing, Things
from segur_api.views.values import Cite, Row, Value
from segur_graph.facts import TABLES, Column, Table
from segur_graph.names import fact_table

SHOWN = 40
# What the name of a row says already.
SAID_BY_NAME = {"seats": {"position", "group"}, "measures": {"kind"}, "bodies": {"kind"}}

# Relations in the order in which a reader wants them; those of a table not named come last.
ORDER = (
    *("norms", "compositions", "seats", "memberships", "signatures", "measures", "participations", "attendances"),
    *("meetings", "bodies", "types", "territories", "figures", "links", "same"),
)


@dataclass(frozen=True)
class Relation:
    """A column that points at a thing, seen from that thing."""

    table: Table
    column: Column

    @property
    def name(self) -> str:
        """The name of its text."""
        return f"{self.table.name}-{self.column.name}"


@dataclass(frozen=True)
class Neighbour:
    """A row of a relation: the thing at its other end, what else it says, its mark and place."""

    thing: Thing | None
    notes: list[tuple[str, list[Value]]]
    mark: str
    cite: Cite
    fact: Thing
    sign: str = ""  # of a signature: `signed` or `foreseen`


@dataclass(frozen=True)
class Group:
    """The rows of a relation, and how many there are in all."""

    name: str
    rows: list[Neighbour]
    count: int


def relations(table: str) -> list[Relation]:
    """The relations of the things of a table."""
    found = [Relation(t, c) for t in TABLES.values() for c in t.columns if c.name != "source" and table in _into(c)]
    return sorted(found, key=lambda r: ORDER.index(r.table.name) if r.table.name in ORDER else len(ORDER))


def groups(reading: Reading, table: str, ids: list[str]) -> list[Group]:
    """What every other table says of a thing, known by one id or several."""
    return _groups(reading, {r.name: r for r in relations(table)}, ids)


def of_source(reading: Reading, source: str) -> list[Group]:
    """What a source says, a group a table."""
    tables = [t for t in TABLES.values() if t.name != "sources"]
    return _groups(reading, {f"{t.name}-source": Relation(t, t.column("source")) for t in tables}, [source])


def _groups(reading: Reading, asked: dict[str, Relation], ids: list[str]) -> list[Group]:
    found = {name: rows for name, relation in asked.items() if (rows := _rows(reading, relation, ids))}
    named = (i for name, rows in found.items() for i in _named(asked[name].table, rows))
    things = Things(reading, named)
    return [
        Group(name, [_neighbour(reading, asked[name], row, things) for row in rows], rows[0]["in_all"])
        for name, rows in found.items()
    ]


def _named(table: Table, rows: list[Row]) -> list[str]:
    own = [_key(table, row) for row in rows] if table.key else []
    return [*values.named(table, rows), *own]


def _into(column: Column) -> tuple[str, ...]:
    """The tables into which a column points."""
    return (column.into,) if column.kind in ("reference", "id") else TABLES_OF.get(column.kind, ())


def _rows(reading: Reading, relation: Relation, ids: list[str]) -> list[Row]:
    name = relation.column.name
    fits = f'list_has_any(t."{name}", $ids)' if relation.column.many else f't."{name}" IN (SELECT unnest($ids))'
    # A seat is one however often it was seen, as it was seen last by the date; its page and its source's tell the rest.
    once = relation.table.name == "seats" and name in ("instance", "held_for")
    last = "rank() OVER (PARTITION BY t.id ORDER BY t.observed_on <= as_of() DESC, t.observed_on DESC) = 1"
    rows = f"SELECT t.* FROM {relation.table.name} t WHERE {fits} {f'QUALIFY {last}' if once else ''}"
    return reading.query(f"SELECT *, count(*) OVER () AS in_all FROM ({rows}) ORDER BY fact LIMIT {SHOWN}", ids=ids)


def _neighbour(reading: Reading, relation: Relation, row: Row, things: Things) -> Neighbour:
    table, lang = relation.table, reading.lang
    other = _other(relation, row)
    thing = _own(table, row, things) if other is None else values.values(other, row[other.name], lang, things)[0].thing
    if table.name == "seats" and thing and thing.table == "seats":
        thing = replace(thing, label=f"{values.seat(row, lang)} · {row['id']}", label_en=None)
    said = {relation.column.name, "modality", other.name if other else ""}
    notes = [
        (c.name, found)
        for c in values.columns(table.name)
        if c.name not in said | SAID_BY_NAME.get(table.name, set())
        and (found := values.values(c, row[c.name], lang, things))
    ]
    fact = Thing(fact_table(table.name), row["fact"], "")
    sign = values.sign(row["role"], row["modality"]) if table.name == "signatures" else ""
    return Neighbour(thing, notes, values.mark(table.name, row), values.cite(row, reading), fact, sign)


def _other(relation: Relation, row: Row) -> Column | None:
    """The column at the other end; None where the row itself is what is told, or names nobody else."""
    if relation.table.key:
        return None
    ends = (c for c in relation.table.columns if values.points(c) and c.name != "source")
    return next((c for c in ends if c.name != relation.column.name and row[c.name]), None)


def _own(table: Table, row: Row, things: Things) -> Thing | None:
    """The thing that a row with a name of its own is."""
    if table.name == "norms":
        return Thing("norms", row["fact"], row["name_fr"], row["name_en"])
    return things.get(table.name, _key(table, row)) if table.key else None


def _key(table: Table, row: dict[str, Any]) -> str:
    return str(row[table.key[0]])
