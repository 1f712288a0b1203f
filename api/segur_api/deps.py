"""What a route asks for: the edition, the date and the language that a request reads; the right to write."""

import hmac
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from importlib.metadata import version
from ipaddress import ip_address
from typing import Annotated, Any, cast
from urllib.parse import urlsplit

import pyoxigraph as ox
from fastapi import Depends, Query, Request, Response

from segur_api.errors import BadParameter, Forbidden, NotModified, UnknownParameter, documented
from segur_api.library import Library, Opened
from segur_graph import gaps
from segur_graph.days import day
from segur_graph.edition import Edition
from segur_graph.errors import BadInput, StoreError
from segur_graph.gaps import Report
from segur_graph.options import Lang
from segur_graph.passages import Texts
from segur_graph.say import LANGS
from segur_graph.tables import Rows, Tables

PROGRAM = version("segur-graph")

_PARTY = "SELECT 1 FROM bodies WHERE id = $value UNION ALL SELECT 1 FROM narrower WHERE named = $value"
_TYPE = "SELECT 1 FROM narrower WHERE named = $value"
# What a parameter may name, where to find it, and what to tell those who named another.
KNOWN = {
    "territory": ("SELECT 1 FROM territories_told WHERE code = $value", "REG-76, DEP-31 (/api/v1/territories)"),
    "type": (_TYPE, "/api/v1/types"),
    "instance": ("SELECT 1 FROM bodies WHERE id = $value AND kind = 'instance'", "/api/v1/instances"),
    "parent": ("SELECT 1 FROM bodies WHERE id = $value", "/api/v1/bodies"),
    "party": (_PARTY, "/api/v1/bodies, /api/v1/types"),
    "theme": ("SELECT 1 FROM measures_told WHERE theme = $value", "/api/v1/measures"),
    "category": ("SELECT 1 FROM norms WHERE category = $value", "/api/v1/norms"),
    "measure": ("SELECT 1 FROM measures_told WHERE id = $value", "/api/v1/measures"),
}
KNOWN |= {
    "within": KNOWN["territory"],
    "code": KNOWN["type"],
    "broader": KNOWN["type"],
    "proposed_by": KNOWN["party"],
    "what_if": KNOWN["measure"],
}


@dataclass(frozen=True)
class Reading:
    """What one request reads: an edition, on a date, in a language."""

    opened: Opened
    as_of: date
    lang: Lang
    texts: Texts | None = None

    @property
    def edition(self) -> Edition:
        """The edition that is read."""
        return self.opened.edition

    @property
    def tables(self) -> Tables:
        """Its tables, whatever the date: `tables.query(sql, **values)`."""
        return self.opened.tables

    @property
    def graph(self) -> ox.Store:
        """Its graph, for reading."""
        return self.opened.graph

    def query(self, sql: str, **values: Any) -> Rows:
        """The rows of a query on the date: it sees the tables, and the views `*_now`."""
        return self.opened.query(self.as_of, sql, **values)

    def report(self, *, kind: str = "", territory: str = "", what_if: Sequence[str] = ()) -> Report:
        """The gaps, unknowns and completeness on the date; BadParameter where one is unknown."""
        self.check(kind=kind, territory=territory, what_if=what_if)
        return self.opened.report(self.as_of, kind, territory, what_if)

    def report_json(self, *, kind: str = "", territory: str = "", what_if: Sequence[str] = ()) -> bytes:
        """The same as JSON, in bytes."""
        self.check(kind=kind, territory=territory, what_if=what_if)
        return self.opened.report_json(self.as_of, kind, territory, what_if)

    def check(self, *, kind: str = "", territory: str = "", what_if: Sequence[str] = ()) -> None:
        """BadParameter where a kind of gap, a territory or a measure is unknown."""
        if kind and kind not in gaps.kinds():
            raise BadParameter("kind", kind, ", ".join(gaps.kinds()))
        self.known("territory", territory)
        for measure in what_if:
            self.known("what_if", measure)

    def known(self, parameter: str, value: str, of: str = "") -> None:
        """BadParameter where a value, if one is given, is not among those that the edition knows (`KNOWN`)."""
        sql, expected = KNOWN[of or parameter]
        if value and not self.tables.query(sql, value=value):
            raise BadParameter(parameter, value, expected)


def library(request: Request) -> Library:
    """The editions that the service has opened, and its store."""
    return cast("Library", request.app.state.library)


def reading(
    request: Request,
    as_of: Annotated[str, Query(description="Date, AAAA-MM-JJ; today where empty.", examples=["2026-06-30"])] = "",
    lang: Annotated[str, Query(description="Language of what is said: `fr` or `en`.", examples=["en"])] = "",
    edition: Annotated[str, Query(description="An older edition; the current one where empty.")] = "",
) -> Reading:
    """The edition, date and language that the address names; NotModified where the client has the answer."""
    opened = library(request)
    texts = Texts(opened.texts) if opened.texts else None
    read = Reading(_opened(opened, edition), _date(as_of), _lang(lang, opened.settings.language), texts)
    request.state.edition = read.edition.id
    request.state.etag = etag = _etag(request, read)
    request.state.fixed = bool(as_of and edition)
    if etag in request.headers.get("if-none-match", ""):
        raise NotModified
    return read


Read = Annotated[Reading, Depends(reading)]


def _opened(library: Library, edition: str) -> Opened:
    if not edition:
        return library.open()
    try:
        if not edition.replace("-", "").replace(".", "").isalnum():
            raise StoreError(edition)
        return library.open(edition)
    except StoreError as error:
        raise BadParameter("edition", edition, "segur editions") from error


def _date(text: str) -> date:
    try:
        return day(text)
    except BadInput as error:
        raise BadParameter("as_of", text, "AAAA-MM-JJ, 2026-06-30") from error


def _lang(text: str, default: Lang) -> Lang:
    if text and text not in LANGS:
        raise BadParameter("lang", text, "fr, en")
    return cast("Lang", text) or default


def _etag(request: Request, read: Reading) -> str:
    """Weak: the same answer may travel compressed or not."""
    said = (
        read.edition.folder.name,
        PROGRAM,
        read.as_of.isoformat(),
        read.lang,
        request.url.path,
        request.url.query,
        request.headers.get("accept", ""),
        read.texts.state if read.texts else "",
        request.app.state.catalogue.digest,
    )
    digest = sha256("\x1f".join(said).encode()).hexdigest()
    return f'W/"{digest[:32]}"'


def strict(request: Request) -> None:
    """UnknownParameter where the route does not know one: a slip of the pen must not widen an answer."""
    path = request.app.openapi()["paths"][request.scope["route"].path]
    known = [p["name"] for p in path["get"].get("parameters", ()) if p["in"] == "query"]
    for name in request.query_params:
        if name not in known:
            raise UnknownParameter(name, request.query_params[name], ", ".join(known))


# What every route of the API that reads has in common.
READS: dict[str, Any] = {"dependencies": [Depends(strict)], "responses": documented(400, 422, 503)}


def answer(reading: Reading, **told: Any) -> Response:
    """What is told of an edition on a date, as JSON."""
    body = {"edition": reading.edition.id, "as_of": reading.as_of.isoformat(), **told}
    return Response(json.dumps(body, ensure_ascii=False, default=str).encode(), media_type="application/json")


def writable(request: Request) -> None:
    """Lets a request write, or raises Forbidden.

    A server on a loopback address takes what was sent to a loopback name, by no page of another
    origin and through no proxy; any other server, and any other request, needs SEGUR_TOKEN.
    """
    if not (request.app.state.loopback and _from_here(request)) and not _has_token(request):
        raise Forbidden


def may_write(request: Request) -> bool:
    """Whether a request may write."""
    try:
        writable(request)
    except Forbidden:
        return False
    return True


def _from_here(request: Request) -> bool:
    host, origin = request.headers.get("host", ""), request.headers.get("origin")
    forwarded = {"forwarded", "x-forwarded-for", "x-forwarded-host", "via"} & set(request.headers)
    return loopback(_hostname(host)) and origin in (None, f"{request.url.scheme}://{host}") and not forwarded


def _has_token(request: Request) -> bool:
    token = os.environ.get("SEGUR_TOKEN", "")
    scheme, _, sent = request.headers.get("authorization", "").partition(" ")
    # Headers are read as Latin-1: so encoded, they are the bytes that were sent.
    same = hmac.compare_digest(sent.encode("latin-1"), token.encode())
    return bool(token) and scheme == "Bearer" and same


def _hostname(host: str) -> str:
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def loopback(host: str) -> bool:
    """Whether a name or address is this machine's own, out of reach of others."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
