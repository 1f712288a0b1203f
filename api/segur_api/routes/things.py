"""Things: `/id/…` names one, `/doc/…` describes it in the form that the client takes."""

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from segur_api import linked, tabular
from segur_api.deps import Read, Reading
from segur_api.errors import NotAcceptable, NotFound, documented
from segur_api.linked import SUFFIXES
from segur_api.negotiate import best
from segur_api.routes import pages
from segur_graph import names
from segur_graph.facts import TABLES

router = APIRouter(tags=["things"])

# Rows have pages; what is derived from them (effects, passages) has RDF alone.
PAGED = {*TABLES, "observations"}
RESPONSES: dict[int | str, dict[str, Any]] = {
    200: {"content": {media: {} for media in SUFFIXES.values()}, "description": "The thing, in the form asked for."},
    308: {"description": "The id is joined to another, which speaks for it."},
    **documented(400, 404, 406, 422, 503),
}


@dataclass(frozen=True)
class Found:
    """The thing that an address names, and the form that its suffix fixes."""

    table: str
    key: str
    suffix: str


@router.get("/id/{table}/{key:path}", status_code=303, response_class=RedirectResponse, responses=documented(404, 422))
def thing(request: Request, reading: Read, table: str, key: str) -> Response:
    """The name of a thing: it leads to what describes it."""
    found = _find(reading, table, key)
    speaks = _speaks(reading, found)
    if speaks != found:
        return _to(request, _address(request, "id", speaks, found.suffix), 308)
    return _to(request, _address(request, "doc", found, found.suffix), 303)


@router.get("/doc/{table}/{key:path}", response_class=Response, responses=RESPONSES)
def description(request: Request, reading: Read, table: str, key: str) -> Response:
    """What is said of a thing: a page, RDF or CSV, by its suffix or as the client prefers."""
    found = _find(reading, table, key)
    speaks = _speaks(reading, found)
    if speaks != found:
        return _to(request, _address(request, "doc", speaks, found.suffix), 308)
    media = SUFFIXES[found.suffix] if found.suffix else _preferred(request, table)
    page = media == "text/html"
    answer = pages.fiche(request, reading, table, found.key) if page else _data(reading, found, media)
    answer.headers["Link"] = _alternates(request, found)
    return answer


def _data(reading: Reading, found: Found, media: str) -> Response:
    """A thing in RDF or CSV; a body's, with the rows of the ids that are joined to it."""
    keys = [found.key]
    if found.table == "bodies":
        sql = "SELECT id FROM joined WHERE speaks = $key ORDER BY id"
        keys += [row["id"] for row in reading.tables.query(sql, key=found.key)]
    told = linked.describe(reading.graph, [names.iri(found.table, key) for key in keys])
    if media == "text/csv":
        answer = tabular.answer(linked.COLUMNS, linked.csv_rows(told.quads))
    else:
        answer = Response(linked.write(told.triples(), media), media_type=media)
    if told.left_out:
        answer.headers["Segur-Left-Out"] = str(told.left_out)
    return answer


def _preferred(request: Request, table: str) -> str:
    offers = _forms(table).values()
    media = best(request.headers.get("accept", ""), tuple(offers))
    if media is None:
        raise NotAcceptable(", ".join(offers))
    return media


def _forms(table: str) -> dict[str, str]:
    """The forms of a table's things, by suffix."""
    return {s: media for s, media in SUFFIXES.items() if media != "text/html" or table in PAGED}


def _find(reading: Reading, table: str, key: str) -> Found:
    """The thing of an address: its key may hold dots, so a suffix is one only where it leaves a key."""
    if linked.known(reading.graph, names.iri(table, key)):
        return Found(table, key, "")
    stem, _, suffix = key.rpartition(".")
    if suffix in _forms(table) and linked.known(reading.graph, names.iri(table, stem)):
        return Found(table, stem, suffix)
    raise NotFound


def _speaks(reading: Reading, found: Found) -> Found:
    """The body that speaks for a body, in the same form; any other thing itself."""
    if found.table != "bodies":
        return found
    sql = "SELECT speaking($key) AS speaks"
    return replace(found, key=reading.tables.query(sql, key=found.key)[0]["speaks"])


def _address(request: Request, kind: str, found: Found, suffix: str) -> str:
    path = f"/{kind}/{found.table}/{found.key}" + (f".{suffix}" if suffix else "")
    return f"{request.scope.get('root_path', '')}{quote(path, safe='/:')}"


def _to(request: Request, address: str, status: int) -> Response:
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(address + query, status, {"Vary": "Accept"})


def _alternates(request: Request, found: Found) -> str:
    """The other forms, each at its fixed address (RFC 8288)."""
    forms = ((_address(request, "doc", found, suffix), media) for suffix, media in _forms(found.table).items())
    return ", ".join(f'<{address}>; rel="alternate"; type="{media}"' for address, media in forms)
