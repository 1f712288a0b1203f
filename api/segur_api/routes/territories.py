"""Territories: what is known of one, and the totals that are published."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from segur_api import tabular
from segur_api.deps import KNOWN, READS, Read, Reading, answer
from segur_api.errors import NotFound, documented
from segur_api.listing import Group, Listing, OneOf, Position, Type, both
from segur_api.models import rows
from segur_api.models.territories import OneTerritory
from segur_graph import completeness, say, territories
from segur_graph.facts import CODES
from segur_graph.names import iri

router = APIRouter(prefix="/api/v1", tags=["territories"])

Area = Annotated[str, Query(description="A territory and all that lies in it.", examples=["REG-11"])]
Counted = Annotated[str, OneOf("figure", CODES["figures"])]
TYPE_COLUMNS = (
    *("level", "type", "label", "kind", "scope", "users_least", "users_share", "article", "confidence"),
    *(*territories.STATES, *completeness.COLUMNS),
)
ONE = READS | {"responses": documented(400, 404, 422, 503)}

FIGURES = Listing(
    name="figures",
    says="Published totals up to the date, a period dated by its last day: neither spread over bodies, nor added up.",
    item=rows.Figure,
    sql=f"""SELECT f.*, f.fact AS id, '{iri("figures", "")}' || f.fact AS iri
        FROM figures f WHERE f.observed_on <= as_of()""",
    order="territory, type, observed_on DESC, figure, position NULLS FIRST, id, source",
    filters={"territory": Area, "type": Type, "group": Group, "position": Position, "figure": Counted},
)
both(router, FIGURES)


@router.get("/territories/{code}.csv", response_class=tabular.Csv, **ONE)
def territory_csv(reading: Read, code: str, *, excel: tabular.Excel = False) -> Response:
    """The types of bodies of a territory as a table: what the law guarantees there, what is known, what is not."""
    _known(reading, code)
    told = [{**t, **t["bodies"], **_seats(t["completeness"])} for t in _types(reading, code)]
    return tabular.answer(TYPE_COLUMNS, ([row.get(c) for c in TYPE_COLUMNS] for row in told), excel=excel)


@router.get("/territories/{code}", response_model=OneTerritory, **ONE)
def territory(reading: Read, code: str) -> Response:
    """What is known of a territory: bodies at every level, the three counts, seats with bounds, measures, totals."""
    _known(reading, code)
    found = territories.territories(reading.query, reading.report())[code]
    return answer(
        reading,
        territory={"code": code, "iri": iri("territories", code), "label": found.label, "within": found.within},
        known=found.known,
        bodies=found.bodies,
        counts=found.report.counts._asdict(),
        completeness=found.report.completeness,
        types=_types(reading, code),
        measures=[
            {"id": m["measure"], "iri": iri("measures", m["measure"]), "how": m["how"]}
            for m in territories.measures(reading.query, code)
        ],
        figures=[_figure(f) for f in territories.published(reading.query, area=code)],
    )


def _seats(total: dict[str, Any] | None) -> dict[str, Any]:
    return dict(zip(completeness.COLUMNS, completeness.cells(total), strict=True)) if total else {}


def _known(reading: Reading, code: str) -> None:
    if not reading.tables.query(KNOWN["territory"][0], value=code):
        raise NotFound


def _types(reading: Reading, code: str) -> list[dict[str, Any]]:
    return [_type(row, reading) for row in territories.types(reading.query, code)]


def _type(row: dict[str, Any], reading: Reading) -> dict[str, Any]:
    return {
        "type": row["type"],
        "iri": iri("types", row["type"]),
        "label": say.named(row["label"], row["label_en"], reading.lang),
        "kind": row["kind"],
        "level": row["level"],
        "scope": row["scope"],
        "users_least": row["least"],
        "users_share": row["share"],
        "article": row["legal_basis"],
        "confidence": row["confidence"],
        "bodies": {name: row[name] for name in territories.STATES},
        "completeness": completeness.total([row]) if row["required"] is not None else None,
    }


def _figure(row: dict[str, Any]) -> dict[str, Any]:
    named = {**row, "id": row["fact"], "iri": iri("figures", row["fact"])}
    return {name: named[name] for name in rows.Figure.model_fields}
