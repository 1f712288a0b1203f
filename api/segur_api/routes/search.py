"""Search: things and questions by the words of their names, for programs and as a page."""

from dataclasses import asdict
from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse

from segur_api.deps import READS, Read
from segur_api.models.search import Search
from segur_api.views import searching
from segur_api.views.render import page
from segur_api.views.things import Things

router = APIRouter()
Words = Annotated[str, Query(max_length=500, description="Words; the last may be unfinished.", examples=["CME"])]
Most = Annotated[int, Query(ge=1, le=searching.MOST, description="At most so many.")]


@router.get("/api/v1/search", response_model=Search, tags=["search"], **READS)
def search(request: Request, reading: Read, q: Words, limit: Most = 10) -> Response:
    """Bodies, types, measures, norms, territories and questions: those called so first, accents aside."""
    shown = searching.find(reading, request.app.state.catalogue, q, limit)
    results = [{**asdict(found), "address": searching.address(found)} for found in shown.found]
    return JSONResponse({"edition": reading.edition.id, "q": q, "truncated": shown.truncated, "results": results})


@router.get("/chercher", include_in_schema=False)
def searched(request: Request, reading: Read, q: str = "") -> Response:
    """What was found, by kind of thing; the kinds stand in the order of their nearest."""
    shown = searching.find(reading, request.app.state.catalogue, q)
    things = Things(reading, [found.id for found in shown.found])
    order = list(dict.fromkeys(found.table for found in shown.found))
    kinds = groupby(sorted(shown.found, key=lambda found: order.index(found.table)), lambda found: found.table)
    return page(
        request,
        reading,
        "search.html",
        q=q,
        truncated=shown.truncated,
        kinds=[(table, list(found)) for table, found in kinds],
        thing=lambda found: things.get(found.table, found.id),
        address=searching.address,
    )
