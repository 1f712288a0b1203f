"""A row by itself, or beside the others of its table and source: periods, bounds, effects, one row an id."""

from collections.abc import Iterator

from segur_graph.days import is_day
from segur_ingest.checks.cells import NUMBER
from segur_ingest.faults import Fault
from segur_ingest.sheet import Sheet

# The columns of a table of which the second is not to be before the first.
PERIODS = {
    "bodies": ("exists_from", "exists_to"),
    "memberships": ("member_from", "member_to"),
    "seats": ("mandate_from", "mandate_to"),
    "meetings": ("date", "end"),
    "norms": ("valid_from", "valid_to"),
}
# The columns of a norm of which the first is not to be above the second.
BOUNDS = (("seats_min", "seats_max"), ("usager_seats_min", "usager_seats_max"))
EFFECT = ("effect_type", "effect_group", "effect_seats")


def faults(sheet: Sheet) -> Iterator[Fault]:
    """The faults that show when a row's cells are read together."""
    if sheet.table.name in PERIODS:
        yield from _periods(sheet, *PERIODS[sheet.table.name])
    if sheet.table.name == "norms":
        for bounds in BOUNDS:
            yield from _bounds(sheet, *bounds)
    if sheet.table.name == "measures":
        yield from _effects(sheet)
    if sheet.table.key and sheet.table.name != "norms":  # two norms of one day are told by checks.agreement
        yield from _said_twice(sheet)


def _periods(sheet: Sheet, first: str, last: str) -> Iterator[Fault]:
    for row, (begins, ends) in enumerate(sheet.cells(first, last)):
        if begins and ends and ends < begins and is_day(begins) and is_day(ends):
            yield sheet.fault(row, last, f"fin avant le début ; attendu {begins} ({first}) ou après")


def _bounds(sheet: Sheet, low: str, high: str) -> Iterator[Fault]:
    for row, (least, most) in enumerate(sheet.cells(low, high)):
        if NUMBER.fullmatch(least) and NUMBER.fullmatch(most) and int(least) > int(most):
            yield sheet.fault(row, low, f"minimum au-dessus du maximum ; attendu au plus {most} ({high})")


def _effects(sheet: Sheet) -> Iterator[Fault]:
    for row, cells in enumerate(sheet.cells(*EFFECT)):
        if any(cells):
            for name, cell in zip(EFFECT, cells, strict=True):
                if not cell:
                    yield sheet.fault(row, name, "effet incomplet ; attendu effect_type, effect_group et effect_seats")
        if cells[2] and NUMBER.fullmatch(cells[2]) and int(cells[2]) < 1:
            yield sheet.fault(row, "effect_seats", "attendu 1 siège ou plus")


def _said_twice(sheet: Sheet) -> Iterator[Fault]:
    """The rows of a source that say again, and otherwise, what another of its rows says."""
    first: dict[tuple[str, ...], int] = {}
    key = sheet.table.key
    for row, cells in enumerate(sheet.cells("source", *key)):
        earlier = first.setdefault(cells, row)
        if earlier != row and all(cells[1:]) and _content(sheet, row) != _content(sheet, earlier):
            place = f"déjà dit à {sheet.read_at(earlier)}"
            yield sheet.fault(row, key[0], f"{place}, autrement ; attendu une seule ligne par source")


def _content(sheet: Sheet, row: int) -> list[str]:
    return [cells[row] for cells in sheet.columns.values()]
