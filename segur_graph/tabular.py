"""Rows as CSV: for programs, or for a spreadsheet that speaks French."""

import csv
import io
from collections.abc import Iterable, Sequence

BOM = "\ufeff"


def text(columns: Sequence[str], rows: Iterable[Sequence[object]], *, excel: bool = False, end: str = "\n") -> str:
    """Rows as CSV in which no cell can start a formula; `excel`: with a byte order mark and semicolons."""
    into = io.StringIO()
    write = csv.writer(into, delimiter=";" if excel else ",", lineterminator=end).writerow
    write(columns)
    for row in rows:
        write([_harmless(cell(value)) for value in row])
    return BOM * excel + into.getvalue()


def cell(value: object) -> str:
    """A cell as the tables write it: nothing for what is not said, a list separated by `|`."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "|".join(map(cell, value)) if isinstance(value, list) else str(value)


def _harmless(said: str) -> str:
    """A cell that a spreadsheet reads as text: one that could start a formula begins with an apostrophe."""
    return f"'{said}" if said[:1] in "=+-@\t\r" and said else said
