"""The SPARQL 1.1 Protocol over the cage, and its page."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event, Lock
from typing import TypeVar, cast
from urllib.parse import parse_qs

from anyio import to_thread
from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse

from segur_api.deps import Read, Reading
from segur_api.errors import BadParameter, BusyClient, NotAcceptable, NotThisType, problem
from segur_api.negotiate import liked
from segur_api.views import editor
from segur_api.views import sparql as shown
from segur_api.views.render import page
from segur_graph import rdf
from segur_graph.cage import Cage, Caged
from segur_graph.errors import SegurError
from segur_graph.guard import BYTES, Refused
from segur_graph.names import BASE

router = APIRouter()
Answer = TypeVar("Answer")

# The media type of each form.
RESULTS = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
}
GRAPHS = {"ttl": "text/turtle", "nt": "application/n-triples", "rdf": "application/rdf+xml"}
TYPES = RESULTS | GRAPHS
SYNONYMS = {"application/json": "json", "application/xml": "xml", "text/xml": "xml", "text/plain": "nt"}
FORM, QUERY = "application/x-www-form-urlencoded", "application/sparql-query"
# A query's bytes may each be told by three; a little more for the graphs.
BODY = 4 * BYTES
FIELDS = 100


class Running:
    """Which clients have a query running: one each; the next waits a second."""

    def __init__(self) -> None:
        self._locks: dict[str, tuple[Lock, int]] = {}
        self._lock = Lock()

    @contextmanager
    def one(self, client: str) -> Iterator[None]:
        """Holds the client's turn; BusyClient where its last query is still there."""
        with self._lock:
            turn, waiting = self._locks.get(client, (Lock(), 0))
            self._locks[client] = turn, waiting + 1
        try:
            if not turn.acquire(timeout=1):
                raise BusyClient("votre requête précédente court encore", "your last query is still running")
            try:
                yield
            finally:
                turn.release()
        finally:
            with self._lock:
                turn, waiting = self._locks.pop(client)
                if waiting > 1:
                    self._locks[client] = turn, waiting - 1


@dataclass(frozen=True)
class Asked:
    """What a request of the protocol asks."""

    query: str
    default: list[str]
    named: list[str]

    @classmethod
    def of(cls, given: dict[str, list[str]], query: str | None = None) -> "Asked":
        """Of the parameters, and the body where it is the query; BadParameter where it is no one query."""
        queries = given.get("query", []) if query is None else [query, *given.get("query", [])]
        if "update" in given:
            raise BadParameter("update", given["update"][0][:40], "query")
        if len(queries) != 1:
            raise BadParameter("query", f"×{len(queries)}", "SELECT, ASK, CONSTRUCT, DESCRIBE")
        graphs = {name: given.get(name, []) for name in ("default-graph-uri", "named-graph-uri")}
        for name, values in graphs.items():
            for value in values:
                if not value.startswith(BASE):
                    raise BadParameter(name, value, f"{BASE}graph/…")
        return cls(queries[0], *graphs.values())


@router.get("/sparql")
async def ask(request: Request, reading: Read) -> Response:
    """The answer to a query; without one the description of the service; the page for a browser."""
    given = _fields(request.url.query)
    forms = _forms(request, given)
    if forms[0] == "html":
        return await _while_there(request, lambda left: _page(request, reading, given, left))
    if not given.keys() & {"query", "update"}:
        return Response(shown.description(str(request.url.replace(query=""))), media_type="text/turtle")
    return await _answer(request, reading, Asked.of(given), forms)


@router.get("/sparql/terms")
def terms(reading: Read) -> Response:
    """What the editor proposes: the terms of the vocabulary and the codes."""
    return JSONResponse(editor.vocabulary(reading.lang))


@router.post("/sparql")
async def post(request: Request, reading: Read) -> Response:
    """The answer to a query in the body: a form, or the query itself."""
    del request.state.etag  # it does not know the body
    sent = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    given = _fields(request.url.query)
    if sent not in (FORM, QUERY):
        raise NotThisType(f"{FORM}, {QUERY}")
    body = await _body(request)
    if sent == QUERY:
        asked = Asked.of(given, body)
    else:
        given |= _fields(body)
        asked = Asked.of(given)
    return await _answer(request, reading, asked, _forms(request, given))


def _fields(text: str) -> dict[str, list[str]]:
    try:
        return parse_qs(text, keep_blank_values=True, max_num_fields=FIELDS)
    except ValueError as error:
        raise Refused(f"plus de {FIELDS} paramètres", f"more than {FIELDS} parameters") from error


async def _body(request: Request) -> str:
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > BODY:
            raise Refused(f"plus de {BODY} octets", f"more than {BODY} bytes")
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise Refused("attendu : UTF-8", "expected: UTF-8") from error


def _forms(request: Request, given: dict[str, list[str]]) -> list[str]:
    """The forms that the address or else the Accept header asks for, the best first; NotAcceptable where none is."""
    if form := given.get("format", [""])[0]:
        if form not in TYPES:
            raise BadParameter("format", form, ", ".join(TYPES))
        return [form]
    forms = {media: form for form, media in TYPES.items()} | SYNONYMS | {"text/html": "html"}
    found = [forms[media] for media in liked(request.headers.get("accept", ""), tuple(forms))]
    if not found:
        raise NotAcceptable(", ".join(TYPES.values()))
    return found


async def _answer(request: Request, reading: Reading, asked: Asked, forms: list[str]) -> Response:
    found = await _while_there(request, lambda left: _run(request, reading, asked, forms, left))
    headers = {"Segur-Truncated": "true" if found.truncated else "false"}
    return Response(found.body, headers=headers, media_type=TYPES[found.form])


async def _while_there(request: Request, run: Callable[[Event], Answer]) -> Answer:
    """What a function gives in a thread; its event is set once the client has hung up."""
    left = Event()

    async def watch() -> None:
        while (await request.receive())["type"] != "http.disconnect":
            pass
        left.set()

    watching = asyncio.create_task(watch())
    try:
        return await to_thread.run_sync(run, left)
    finally:
        watching.cancel()


def _run(request: Request, reading: Reading, asked: Asked, forms: list[str], left: Event) -> Caged:
    cage, running = cast("Cage", request.app.state.cage), cast("Running", request.app.state.running)
    with running.one(request.client.host if request.client else ""):
        return cage.ask(reading.opened.public, asked.query, *forms, default=asked.default, named=asked.named, left=left)


def _page(request: Request, reading: Reading, given: dict[str, list[str]], left: Event) -> HTMLResponse:
    cage = cast("Cage", request.app.state.cage)
    query = given.get("query", [""])[0]
    seen: dict[str, object] = {"query": query or shown.EXAMPLE, "limits": cage.limits, "table": None}
    seen |= {"wrong": None, "place": None}
    status = 200
    if query:
        try:
            seen["table"] = shown.table(_run(request, reading, Asked.of(given), ["json"], left))
        except SegurError as error:
            seen["wrong"] = told = problem(request, error)
            status = told.status
            if "line" in told.told:
                seen["place"] = shown.place(query, told.told["line"], told.told["column"])
    seen["examples"] = editor.examples(reading, request.app.state.catalogue)
    answer = page(request, reading, "sparql.html", prefixes=rdf.prefixes(), **seen)
    answer.status_code = status
    return answer
