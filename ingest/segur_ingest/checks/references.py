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
    known = _Known(after)
    for sheet in after.new:
        for column in sheet.table.columns:
            targets = _targets(sheet.table, column)
            if targets and column.name in sheet.columns and not targets & known.lost:
                yield from _dangling(sheet, column, known)


def left_dangling(after: After, gone: "Gone") -> Iterator[Fault]:
    """The cells of the rows that stay which point to what goes."""
    if gone:
        for sheet in after.held:
            for column in sheet.table.columns:
                lost = gone.of(column) if _targets(sheet.table, column) else set()
                if lost:
                    expected = "ne désignerait plus rien : changez d'abord cette ligne, ou gardez ce qu'elle désigne"
                    yield from _pointing(sheet, column, dict.fromkeys(lost, expected))


class Gone:
    """What would be in the store no more, by the table or kind that points to it."""

    def __init__(self, before: After, after: After) -> None:
        self._sets = {name: before.keys(name) - after.keys(name) for name in ("measures", "meetings", "territories")}
        things = (before.bodies | before.keys("measures")) - after.bodies - after.keys("measures")
        self._sets |= {
            "bodies": before.bodies - after.bodies,
            "type": before.types - after.types,
            "party": (before.bodies | before.types) - after.bodies - after.types,
            "thing": things,
            "territory_number": self._sets["territories"],
        }

    def __bool__(self) -> bool:
        """Whether anything goes."""
        return any(self._sets.values())

    def of(self, column: Column) -> AbstractSet[str]:
        """What goes of that to which a column may point."""
        return self._sets.get(column.into if column.kind == "reference" else column.kind, set())


class _Known:
    """What there is to point to."""

    def __init__(self, after: After) -> None:
        self.after = after
        own = [s for s in after.new if s.table.name == "sources"]
        self.lost = after.lost if own else after.lost | {"sources"}
        self._by_kind = {
            "type": after.types,
            "party": after.types | after.bodies,
            "thing": after.bodies | after.keys("measures"),
            "territory_number": after.keys("territories"),
            "sources": {cell for sheet in own for cell in sheet.columns.get("id", ())},
        }

    def of(self, column: Column) -> AbstractSet[str]:
        name = column.into if column.kind == "reference" else column.kind
        if name not in self._by_kind:
            self._by_kind[name] = self.after.keys(name)
        return self._by_kind[name]


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


def _dangling(sheet: Sheet, column: Column, known: _Known) -> Iterator[Fault]:
    there = known.of(column)
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
