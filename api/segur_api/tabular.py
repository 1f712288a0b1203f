"""Answers as CSV: for programs, or with `excel=1` for a spreadsheet that speaks French."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Annotated

from fastapi import Query, Response

Excel = Annotated[bool, Query(description="CSV with a byte order mark and semicolons.")]
BOM = "\ufeff"


class Csv(Response):
    """An answer in CSV."""

    media_type = "text/csv; charset=utf-8"


def answer(columns: Sequence[str], rows: Iterable[Sequence[object]], *, excel: bool = False) -> Response:
    """Rows as a CSV answer in UTF-8 in which no cell can start a formula."""
    from segur_graph.console import harmless

    text = io.StringIO()
    write = csv.writer(text, delimiter=";" if excel else ",", lineterminator="\r\n").writerow
    write(columns)
    for row in rows:
        write([harmless(_cell(value)) for value in row])
    body = (BOM if excel else "") + text.getvalue()
    return Csv(body.encode())


def _cell(value: object) -> str:
    """A cell as the tables write it: nothing for what is not said, a list separated by `|`."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "|".join(map(str, value))
    return str(value)
