"""Where users are missing: the gaps, and completeness."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from segur_api import tabular
from segur_api.deps import READS, Read, Reading, answer
from segur_api.listing import OneOf
from segur_api.models.gaps import Complete, Gaps
from segur_api.tabular import Excel
from segur_graph import completeness as seats
from segur_graph.faces import GAP_COLUMNS, gap_rows

router = APIRouter(prefix="/api/v1", tags=["gaps"])

Territory = Annotated[
    str, Query(description="A territory and all that lies in it; what the nation decides stays.", examples=["REG-76"])
]
Kind = Annotated[str, Query(description="One kind of gap.", examples=["vacant-seat"])]
WhatIf = Annotated[
    list[str], Query(description="A measure taken as adopted; repeatable.", examples=[["doc-000-usagers-en-cme"]])
]
By = Annotated[str, OneOf("by", ("type", "territory"))]
NO_MEASURES: list[str] = []


@router.get("/gaps", response_model=Gaps, response_model_exclude_unset=True, **READS)
def gaps(reading: Read, territory: Territory = "", kind: Kind = "", what_if: WhatIf = NO_MEASURES) -> Response:
    """The documented absences of users, and apart from them what is unknown: two lists that are never added up."""
    body = reading.report_json(kind=kind, territory=territory, what_if=what_if)
    return Response(body, media_type="application/json")


@router.get("/gaps.csv", response_class=tabular.Csv, **READS)
def gaps_csv(
    reading: Read,
    territory: Territory = "",
    kind: Kind = "",
    what_if: WhatIf = NO_MEASURES,
    *,
    excel: Excel = False,
) -> Response:
    """The gaps as a table: the columns of `segur gaps --format csv`."""
    report = reading.report(kind=kind, territory=territory, what_if=what_if)
    return tabular.answer(GAP_COLUMNS, gap_rows(report), excel=excel)


@router.get("/completeness", response_model=Complete, **READS)
def completeness(reading: Read, territory: Territory = "") -> Response:
    """How many of the seats that the law requires are known, and between which bounds users are absent."""
    found = _instances(reading, territory)
    return answer(
        reading,
        territory=territory or None,
        completeness=seats.total(found),
        by_type=seats.by(found, "type"),
        by_territory=seats.by(found, "territory"),
    )


@router.get("/completeness.csv", response_class=tabular.Csv, **READS)
def completeness_csv(reading: Read, territory: Territory = "", by: By = "type", *, excel: Excel = False) -> Response:
    """Completeness by type or by territory, as a table; the shares absent in its last two columns."""
    by = by or "type"
    found = seats.by(_instances(reading, territory), by)
    return tabular.answer([by, *seats.COLUMNS], ([row[by], *seats.cells(row)] for row in found), excel=excel)


def _instances(reading: Reading, territory: str) -> list[dict[str, Any]]:
    """The instances with a requirement, of a territory and what lies in it where one is given."""
    reading.check(territory=territory)
    sql = f"FROM ({seats.SQL}) WHERE $area = '' OR territory IN (SELECT territory FROM lies_in WHERE area = $area)"
    return reading.query(sql, area=territory)
