"""Answers as tables: CSV for programs, with `excel=1` for a spreadsheet that speaks French, and workbooks."""

from collections.abc import Iterable, Sequence
from typing import Annotated

from fastapi import Query, Response

from segur_graph import tabular

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Excel = Annotated[bool, Query(description="CSV with a byte order mark and semicolons.")]


class Csv(Response):
    """An answer in CSV."""

    media_type = "text/csv; charset=utf-8"


def answer(columns: Sequence[str], rows: Iterable[Sequence[object]], *, excel: bool = False) -> Response:
    """Rows as a CSV answer in UTF-8 in which no cell can start a formula."""
    return Csv(tabular.text(columns, rows, excel=excel, end="\r\n").encode())


def workbook(body: bytes, name: str) -> Response:
    """A workbook as a file to keep."""
    return Response(body, media_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})
