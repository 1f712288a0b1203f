"""A cell by itself: what its column expects of it. A check gives what was expected, or nothing."""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta

from segur_graph.days import DAY, is_day
from segur_graph.facts import Column, Kind
from segur_ingest.faults import Fault, one_of
from segur_ingest.limits import CELL_CHARACTERS
from segur_ingest.sheet import Sheet

ID = re.compile(r"\.*[A-Za-z0-9_:-][A-Za-z0-9._:-]*")  # and no dots alone: a source's id names a folder
SCIENTIFIC = re.compile(r"\d+([.,]\d+)?E\+\d+", re.IGNORECASE)
OTHER_DATE = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
NUMBER = re.compile(r"0|[1-9][0-9]{0,14}")
SHARE = re.compile(r">?([0-9]{1,6})/([0-9]{1,6})")
# What no text holds: it could not be written in XML, nor seen.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
# Excel counts days from here; a number in these bounds is a day between 1954 and 2119.
EXCEL_EPOCH, EXCEL_DAYS = date(1899, 12, 30), range(20_000, 80_000)


def faults(sheet: Sheet) -> Iterator[Fault]:
    """The faults of a sheet's cells, each different cell of a column looked at once."""
    for column in sheet.table.columns:
        if column.name in sheet.columns:
            cells = sheet.columns[column.name]
            wrong = {cell: said for cell in _doubtful(column, set(cells)) if (said := expected(column, cell))}
            if wrong:
                for row, cell in enumerate(cells):
                    if cell in wrong:
                        yield sheet.fault(row, column.name, wrong[cell])


def _doubtful(column: Column, cells: set[str]) -> Iterable[str]:
    """The cells that deserve a look: of ids those that are none, of texts none where all are plain and short."""
    if column.kind == "text":
        short = max(map(len, cells), default=0) <= CELL_CHARACTERS
        plain = short and (not column.required or "" not in cells) and not FORBIDDEN.search("\n".join(cells))
        return () if plain else cells
    if KINDS[column.kind] is _id and not column.many:
        return [cell for cell in cells if not ID.fullmatch(cell) or len(cell) > CELL_CHARACTERS]
    return cells


def expected(column: Column, cell: str) -> str:
    """What a column expected where a cell is not that; empty where it is."""
    if not cell:
        return "attendu une valeur : la colonne est obligatoire" if column.required else ""
    if len(cell) > CELL_CHARACTERS:
        return f"cellule de {len(cell)} caractères ; attendu au plus {CELL_CHARACTERS}"
    if FORBIDDEN.search(cell):
        return "caractère interdit (nul, de contrôle ou incomplet) ; attendu du texte"
    if column.many and not all(map(str.strip, cell.split("|"))):
        return "élément vide dans la liste ; attendu des valeurs séparées par |"
    for value in column.values(cell):
        if said := KINDS[column.kind](column, value):
            return said
    return ""


def _id(_column: Column, value: str) -> str:
    if SCIENTIFIC.search(value):
        return "nombre abîmé par Excel (notation scientifique) ; attendu l'identifiant entier, en texte"
    if not ID.fullmatch(value):
        return "attendu un identifiant : lettres ASCII, chiffres, . _ : -"
    return ""


def _code(column: Column, value: str) -> str:
    return "" if value in column.codes else one_of(column.codes, value)


def _date(_column: Column, value: str) -> str:
    if is_day(value):
        return ""
    if DAY.fullmatch(value):
        return "date qui n'existe pas ; attendu AAAA-MM-JJ"
    return f"attendu une date AAAA-MM-JJ{_meant(value)}"


def _meant(value: str) -> str:
    """The date that somebody may have meant: a French one, or Excel's number of days."""
    found = OTHER_DATE.fullmatch(value)
    if found:
        day, month, year = found.groups()
        return f" (« {year}-{int(month):02}-{int(day):02} » ?)"
    if value.isascii() and value.isdigit() and len(value) <= len(str(EXCEL_DAYS.stop)) and int(value) in EXCEL_DAYS:
        return f" (nombre de jours d'Excel : « {EXCEL_EPOCH + timedelta(days=int(value))} » ?)"
    return ""


def _number(_column: Column, value: str) -> str:
    if NUMBER.fullmatch(value):
        return ""
    if NUMBER.fullmatch(value.removeprefix("-")):
        return "nombre négatif ; attendu un nombre entier, 0 ou plus"
    return "attendu un nombre entier, 0 ou plus"


def _share(_column: Column, value: str) -> str:
    found = SHARE.fullmatch(value)
    if found:
        part, whole = int(found[1]), int(found[2])
        if 0 < part < whole or (part == whole and not value.startswith(">")):
            return ""
    said = "attendu une part : 1/4 (au moins un quart) ou >1/2 (plus de la moitié)"
    return f"date mise par Excel ; {said}" if DAY.match(value) else said


def _territory_number(_column: Column, value: str) -> str:
    code, equals, number = value.partition("=")
    if code and equals and (number == "?" or NUMBER.fullmatch(number)):
        return ""
    return f"« {value} » : attendu un territoire et son nombre : REG-76=19 ou REG-06=?"


def _any(_column: Column, _value: str) -> str:
    return ""


# Whether a cell that points to a row finds it is a question to all the rows (references.py).
KINDS: dict[Kind, Callable[[Column, str], str]] = {
    "id": _id,
    "text": _any,
    "code": _code,
    "date": _date,
    "number": _number,
    "reference": _id,
    "party": _id,
    "thing": _id,
    "type": _id,
    "share": _share,
    "territory_number": _territory_number,
}
