"""Answers as CSV: for programs, or with `excel=1` for a spreadsheet that speaks French."""

from collections.abc import Iterable, Sequence
from typing import Annotated

from fastapi import Query, Response

from segur_graph import tabular

Excel = Annotated[bool, Query(description="CSV with a byte order mark and semicolons.")]


class Csv(Response):
    """An answer in CSV."""

    media_type = "text/csv; charset=utf-8"


def answer(columns: Sequence[str], rows: Iterable[Sequence[object]], *, excel: bool = False) -> Response:
    """Rows as a CSV answer in UTF-8 in which no cell can start a formula."""
    return Csv(tabular.text(columns, rows, excel=excel, end="\r\n").encode())
