"""Two editions or two dates compared: JSON, CSV, and the page."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse

from segur_api import tabular
from segur_api.deps import READS, Read, Reading, library
from segur_api.errors import BadParameter
from segur_api.models import compare as models
from segur_api.views import comparing
from segur_api.views.render import page
from segur_graph import compare as engine
from segur_graph import compared
from segur_graph.compare import Comparison, End
from segur_graph.edition import Edition
from segur_graph.errors import BadInput, StoreError

router = APIRouter()

WHICH = "An edition (an id or its beginning, `current`, `previous`), a date, or EDITION@DATE."
A = Annotated[str, Query(description=WHICH, examples=["previous"])]
B = Annotated[str, Query(description=WHICH, examples=["current@2026-06-30"])]


@router.get("/api/v1/compare", tags=["gaps"], response_model=models.Comparison, **READS)
def compare(request: Request, reading: Read, a: A, b: B) -> Response:
    """What differs from A to B, each difference with its cause: the world, the law, or our knowledge."""
    return JSONResponse(compared.answer(_comparison(request, reading, a, b)))


@router.get("/api/v1/compare.csv", tags=["gaps"], response_class=tabular.Csv, **READS)
def compare_csv(request: Request, reading: Read, a: A, b: B, *, excel: tabular.Excel = False) -> Response:
    """The same as a table: the columns of `segur compare --format csv`."""
    return tabular.answer(compared.COLUMNS, compared.rows(_comparison(request, reading, a, b)), excel=excel)


@router.get("/comparer", include_in_schema=False)
def comparison(request: Request, reading: Read) -> Response:
    """The page: two sides to choose, and what differs between them."""
    asked = comparing.asked(request.query_params, reading, library(request).store.kept()[::-1])
    found = _comparison(request, reading, asked.a, asked.b)
    return page(request, reading, "compare.html", asked=asked, shown=comparing.shown(found, reading))


def _comparison(request: Request, reading: Reading, a: str, b: str) -> Comparison:
    def side(edition: Edition, day: date) -> Reading:
        opened = reading.opened
        if edition.folder != reading.edition.folder:
            opened = library(request).open(edition.folder.name)
        return Reading(opened, day, reading.lang)

    return engine.compare(_end(request, reading, "a", a), _end(request, reading, "b", b), side)


def _end(request: Request, reading: Reading, name: str, text: str) -> End:
    store = library(request).store
    try:
        return engine.resolve(store, text, reading.edition, reading.as_of)
    except (BadInput, StoreError) as error:
        names = [found.partition("-")[0] for found, _ in reversed(store.kept())]
        expected = ", ".join(["current", "previous", *names, "AAAA-MM-JJ", "ID@AAAA-MM-JJ"])
        raise BadParameter(name, text, expected) from error
