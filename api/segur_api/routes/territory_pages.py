"""The pages of territories: the map of the regions, and two territories side by side."""

from collections.abc import Iterable

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from segur_api import tabular
from segur_api.deps import Read, Reading
from segur_api.views import data
from segur_api.views import territories as views
from segur_api.views.published import of as published
from segur_api.views.render import page
from segur_graph import territories
from segur_graph.territories import STATES, Territory

router = APIRouter()

SEATS = ("required", "filled", "vacant", "missing", "unknown")
COLUMNS = (
    *("code", "label", "within", "known", *STATES, "gaps_established", "gaps_to_check", "questions"),
    *("published_figures", *(f"seats_{name}" for name in SEATS), "absent_from", "absent_to"),
)


@router.get("/territoires")
def country(request: Request, reading: Read) -> Response:
    """The regions on a map of tiles, and as a table."""
    return page(
        request,
        reading,
        "territories.html",
        country=views.country(reading),
        published=published(reading),
        regions=data.regions(reading),
    )


@router.get("/territoires.csv")
def country_csv(reading: Read, *, excel: bool = False) -> Response:
    """What is known of every territory, a line each, by code."""
    found = territories.territories(reading.query, reading.report())
    return _table((found[code] for code in sorted(found)), excel=excel)


@router.get("/territoires/comparer")
def compare(request: Request, reading: Read, a: str = "", b: str = "") -> Response:
    """Two territories side by side, never ranked; the choice of them where one is missing."""
    pair = _pair(reading, a, b)
    sides = views.sides(reading, pair) if pair else []
    return page(
        request,
        reading,
        "compare_territories.html",
        sides=sides,
        both=sorted({code for side in sides for code in side.types}),
        asked=(a, b),
        overlap=bool(sides) and views.overlap(sides),
        regions=data.regions(reading),
    )


@router.get("/territoires/comparer.csv")
def compare_csv(reading: Read, a: str, b: str, *, excel: bool = False) -> Response:
    """The same two territories as two lines."""
    _pair(reading, a, b)
    found = territories.territories(reading.query, reading.report())
    return _table((found[a], found[b]), excel=excel)


@router.get("/territoires/{code}")
def one(request: Request, code: str) -> Response:
    """A territory's page is its fiche."""
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"{request.url_for('description', table='territories', key=code).path}{query}", 308)


def _pair(reading: Reading, a: str, b: str) -> tuple[str, str] | None:
    """The two that are asked for; BadParameter where one is unknown, None where they are not two."""
    for name, value in (("a", a), ("b", b)):
        reading.known(name, value, "territory")
    return (a, b) if a and b and a != b else None


def _table(found: Iterable[Territory], *, excel: bool) -> Response:
    return tabular.answer(COLUMNS, (_line(told) for told in found), excel=excel)


def _line(told: Territory) -> list[object]:
    seats = told.report.completeness
    return [
        *(told.code, told.label, told.within, told.known, *(told.bodies[name] for name in STATES)),
        *(*told.report.counts, told.figures, *(seats[name] for name in SEATS)),
        *(seats["absent_share"] or ("", "")),
    ]
