"""References: what a cell points to is there, in what is imported and in what the store would keep."""

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from itertools import islice

from segur_graph.facts import Column, Table
from segur_ingest.checks.after import After
from segur_ingest.faults import Fault, nearest
from segur_ingest.sheet import Sheet

# What a reference is to find, in words, by the table or kind that it points to.
WORDS = {
    "bodies": "l'id d'un organisme (bodies)",
    "measures": "l'id d'une contribution (measures)",
    "meetings": "l'id d'une réunion (meetings)",
    "territories": "un code de territoire (territories), par exemple REG-76 ou DEP-31",
    "sources": "une source de la table sources de ce dossier",
    "type": "le code d'un type (types, norms, ou un organisme)",
    "party": "l'id d'un organisme ou le code d'un type",
    "thing": "l'id d'un organisme ou d'une contribution",
}
TABLES_OF = {
    "type": {"types", "norms", "bodies"},
    "party": {"types", "norms", "bodies"},
    "thing": {"bodies", "measures"},
    "territory_number": {"territories"},
}
# Looking for what somebody may have meant takes milliseconds a value.
HINTS_AT_MOST = 50
DIGITS = re.compile(r"\d+")


def faults(after: After) -> Iterator[Fault]:
    """The cells of what is imported that point to nothing."""
    own = [s for s in after.new if s.table.name == "sources"]
    lost = after.lost if own else after.lost | {"sources"}
    there = _There(after)
    there.sets["sources"] = {cell for sheet in own for cell in sheet.columns.get("id", ())}
    for sheet in after.new:
        for column in sheet.table.columns:
            targets = _targets(sheet.table, column)
            if targets and column.name in sheet.columns and not targets & lost:
                yield from _dangling(sheet, column, there.of(_into(column)))


def left_dangling(after: After, before: After) -> Iterator[Fault]:
    """The cells of the rows that stay which point to what goes."""
    had, has = _There(before), _There(after)
    expected = "ne désignerait plus rien : changez d'abord cette ligne, ou gardez ce qu'elle désigne"
    gone: dict[str, dict[str, str]] = {}
    for sheet in after.held:
        for column in sheet.table.columns:
            if _targets(sheet.table, column) - {"sources"}:  # the source of a row that stays stays
                name = _into(column)
                if name not in gone:
                    gone[name] = dict.fromkeys(had.of(name) - has.of(name), expected)
                if gone[name]:
                    yield from _pointing(sheet, column, gone[name])


class _There:
    """What there is to point to, by the table or kind that points to it."""

    def __init__(self, after: After) -> None:
        self.after = after
        self.sets: dict[str, set[str]] = {}

    def of(self, name: str) -> set[str]:
        if name not in self.sets:
            self.sets[name] = self._found(name)
        return self.sets[name]

    def _found(self, name: str) -> set[str]:
        match name:
            case "type":
                return self.after.types
            case "party":
                return self.after.types | self.after.bodies
            case "thing":
                return self.after.bodies | self.after.keys("measures")
            case "territory_number":
                return self.after.keys("territories")
        return self.after.keys(name)


def _into(column: Column) -> str:
    """The table or kind by which a column points."""
    return column.into if column.kind == "reference" else column.kind


def _targets(table: Table, column: Column) -> set[str]:
    """The tables into which a column points; a body's own type is there because the body says so."""
    if column.kind == "reference":
        return {column.into}
    if (table.name, column.name) == ("bodies", "type"):
        return set()
    return TABLES_OF.get(column.kind, set())


def _values(column: Column, cell: str) -> list[str]:
    values = column.values(cell)
    return [v.partition("=")[0] for v in values] if column.kind == "territory_number" else values


def _dangling(sheet: Sheet, column: Column, there: AbstractSet[str]) -> Iterator[Fault]:
    cells = set(sheet.columns[column.name])
    missing = {v for cell in cells for v in _values(column, cell) if v and v not in there}
    if missing:
        words = WORDS["territories" if column.kind == "territory_number" else column.into or column.kind]
        hints = {v: _meant(v, there) for v in islice(sorted(missing), HINTS_AT_MOST)}
        told = {v: f"ne désigne rien{hints.get(v, '')} ; attendu {words}" for v in missing}
        yield from _pointing(sheet, column, told)


def _pointing(sheet: Sheet, column: Column, told: dict[str, str]) -> Iterator[Fault]:
    """A fault for each cell that points to one of some values, and names it where it is one of a list."""
    wrong: dict[str, str] = {}
    for cell in set(sheet.columns.get(column.name, ())):
        for value in _values(column, cell):
            if value in told and cell not in wrong:
                wrong[cell] = f"« {value} » {told[value]}" if column.many else told[value]
    if wrong:
        for row, cell in enumerate(sheet.columns[column.name]):
            if cell in wrong:
                yield sheet.fault(row, column.name, wrong[cell])


def _meant(value: str, there: AbstractSet[str]) -> str:
    """What somebody may have meant: an id whose zero Excel took away, or else the nearest one."""
    for digits in DIGITS.finditer(value):
        whole = f"{value[: digits.start()]}0{value[digits.start() :]}"
        if whole in there:
            return f" : le zéro du début a été perdu, comme le fait Excel (« {whole} » ?)"
    return nearest(value, there)
