"""What goes wrong, as an answer: problem+json (RFC 9457), or a page where the client prefers one; see `ANSWERS`."""

import json
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from segur_api.negotiate import best
from segur_graph.cage import Busy, TooHeavy, TooLong
from segur_graph.errors import BadInput, SegurError, StoreError
from segur_graph.guard import Refused
from segur_graph.names import BASE
from segur_graph.options import Lang
from segur_graph.say import LANGS
from segur_graph.slots import BadValue

PROBLEM = "application/problem+json"


class BadParameter(BadInput):
    """A parameter of the address whose value cannot be taken: which, the value, what was expected."""

    def __init__(self, parameter: str, value: str, expected: str) -> None:
        super().__init__(f"{parameter} {value}")
        self.told = {"parameter": parameter, "value": value, "expected": expected}


class UnknownParameter(BadParameter):
    """A parameter that the route does not know; expected are those that it does."""


class Forbidden(SegurError):
    """A request that may not write here."""


class NotFound(SegurError):
    """An address that leads to nothing."""


class NotOpen(NotFound):
    """A gap that is not open on the date: it was closed, or there never was one of that name."""


class NotAcceptable(SegurError):
    """A thing in none of the forms that the client takes; the message lists those that there are."""


class NotThisType(SegurError):
    """A body of a media type that the route does not read; the message lists those that it does."""


class BusyClient(Busy):
    """A client whose query still runs."""


class NotModified(Exception):
    """No fault: the client already has the answer."""


@dataclass(frozen=True)
class Problem:
    """An error as it is told; `told` holds what else the JSON says."""

    slug: str
    status: int
    title: str
    detail: str
    told: dict[str, Any] = field(default_factory=dict)

    @property
    def type(self) -> str:
        """The address that names this kind of problem for good."""
        return f"{BASE}problems/{self.slug}"

    def json(self) -> dict[str, Any]:
        """The members of RFC 9457, then our own."""
        said = {"type": self.type, "title": self.title, "status": self.status, "detail": self.detail}
        return said | self.told


# Each class of error: the problem's name and its status. The first class that fits answers.
ANSWERS: tuple[tuple[type[Exception], str, int], ...] = (
    (UnknownParameter, "unknown-parameter", 400),
    (BadParameter, "bad-parameter", 400),
    (BadValue, "bad-parameter", 400),
    (Refused, "query-refused", 400),
    (TooLong, "query-too-long", 504),
    (TooHeavy, "query-too-heavy", 503),
    (BusyClient, "query-running", 429),
    (Busy, "busy", 503),
    (NotThisType, "media-type", 415),
    (BadInput, "bad-input", 400),
    (Forbidden, "forbidden", 403),
    (NotOpen, "gap-not-open", 404),
    (NotFound, "not-found", 404),
    (NotAcceptable, "not-acceptable", 406),
    (StoreError, "no-edition", 503),
    (RequestValidationError, "bad-parameter", 422),
)
STATUSES = {404: "not-found", 405: "method-not-allowed"}

WORDS: dict[Lang, dict[str, tuple[str, str]]] = {
    "fr": {
        "bad-parameter": ("Paramètre refusé", "{parameter} : « {value} » ne convient pas ; attendu : {expected}."),
        "unknown-parameter": ("Paramètre inconnu", "{parameter} : paramètre inconnu ; attendu : {expected}."),
        "bad-input": ("Demande refusée", "{message}"),
        "query-refused": ("Requête refusée", "{message}"),
        "query-too-long": ("Requête trop longue", "{message}"),
        "query-too-heavy": ("Requête trop lourde", "{message}"),
        "query-running": ("Une requête à la fois", "{message}"),
        "busy": ("Service occupé", "{message}"),
        "media-type": ("Corps d'un type inconnu", "Types possibles : {message}."),
        "forbidden": (
            "Écriture refusée",
            "On n'écrit ici que depuis cette machine, ou avec le jeton SEGUR_TOKEN (Authorization: Bearer …).",
        ),
        "gap-not-open": (
            "Lacune qui n'est pas ouverte",
            "Aucune de ce nom à cette date, dans cette édition : fermée, ou jamais dite. /comparer dit ce qui change.",
        ),
        "not-found": ("Introuvable", "Rien à l'adresse {path} dans cette édition."),
        "not-acceptable": ("Aucune forme ne convient", "Formes possibles : {message}."),
        "method-not-allowed": ("Méthode refusée", "{path} ne se demande pas par {method}."),
        "no-edition": ("Pas d'édition", "Le dépôt n'a pas d'édition lisible ; lancez « segur build »."),
        "failure": ("Erreur du serveur", "L'erreur est de notre côté ; elle est notée dans le journal."),
        "refused": ("Demande refusée", "{message}"),
    },
    "en": {
        "bad-parameter": ("Parameter refused", "{parameter}: “{value}” cannot be taken; expected: {expected}."),
        "unknown-parameter": ("Unknown parameter", "{parameter}: unknown parameter; expected: {expected}."),
        "bad-input": ("Request refused", "{message}"),
        "query-refused": ("Query refused", "{message}"),
        "query-too-long": ("Query too long", "{message}"),
        "query-too-heavy": ("Query too heavy", "{message}"),
        "query-running": ("One query at a time", "{message}"),
        "busy": ("Service busy", "{message}"),
        "media-type": ("Body of an unknown type", "Possible types: {message}."),
        "forbidden": (
            "Writing refused",
            "Only this machine writes here, or who sends the token SEGUR_TOKEN (Authorization: Bearer …).",
        ),
        "gap-not-open": (
            "A gap that is not open",
            "None of that name on this date, in this edition: closed, or never told. /comparer says what changed.",
        ),
        "not-found": ("Not found", "Nothing at {path} in this edition."),
        "not-acceptable": ("No form fits", "Possible forms: {message}."),
        "method-not-allowed": ("Method refused", "{path} is not asked for by {method}."),
        "no-edition": ("No edition", "The store has no readable edition; run “segur build”."),
        "failure": ("Server error", "The error is ours; it stands in the log."),
        "refused": ("Request refused", "{message}"),
    },
}


# What pydantic expected, by the kind of its error.
EXPECTED: dict[Lang, dict[str, str]] = {
    "fr": {
        "int_parsing": "un nombre entier",
        "bool_parsing": "true ou false",
        "less_than_equal": "au plus {le}",
        "greater_than_equal": "au moins {ge}",
        "string_pattern_mismatch": "un texte de la forme {pattern}",
        "missing": "une valeur",
    },
    "en": {
        "int_parsing": "a whole number",
        "bool_parsing": "true or false",
        "less_than_equal": "at most {le}",
        "greater_than_equal": "at least {ge}",
        "string_pattern_mismatch": "a text of the form {pattern}",
        "missing": "a value",
    },
}


class ProblemModel(BaseModel):
    """An error (RFC 9457)."""

    model_config = ConfigDict(title="Problem")

    type: str = Field(examples=[f"{BASE}problems/bad-parameter"], description="Names this kind of problem for good.")
    title: str = Field(examples=["Parameter refused"])
    status: int = Field(examples=[400])
    detail: str = Field(examples=["kind: “nope” cannot be taken; expected: below-norm, vacant-seat…."])
    parameter: str | None = Field(default=None, examples=["kind"])
    value: str | None = Field(default=None, examples=["nope"])
    expected: str | None = Field(default=None, examples=["below-norm, vacant-seat…"])


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The problems that a route may answer, for its documentation."""
    schema = {"$ref": "#/components/schemas/Problem"}
    return {
        status: {"description": HTTPStatus(status).phrase, "content": {PROBLEM: {"schema": schema}}}
        for status in statuses
    }


def problem(request: Request, error: Exception) -> Problem:
    """An error as a problem, in the language that the request asks for."""
    slug, status = _named(error)
    told = _told(error, language(request))
    slots = {"path": request.url.path, "method": request.method, "message": _message(error, language(request)), **told}
    title, detail = WORDS[language(request)][slug]
    return Problem(slug, status, title, detail.format_map(slots), told)


def language(request: Request) -> Lang:
    """The language that the address asks for, else the server's."""
    asked = request.query_params.get("lang")
    default: Lang = request.app.state.library.settings.language
    return next((lang for lang in LANGS if lang == asked), default)


def answer(request: Request, error: Exception) -> Response:
    """An error as the answer to a request."""
    told = problem(request, error)
    headers = dict(getattr(error, "headers", None) or {})
    if isinstance(error, Busy):
        headers["Retry-After"] = "5"
    page = request.app.state.error_page
    path = request.url.path.removeprefix(request.scope.get("root_path", ""))
    wants = best(request.headers.get("accept", ""), (PROBLEM, "application/json", "text/html"))
    if page is not None and wants == "text/html" and not path.startswith("/api/"):
        shown: Response = page(request, told)
        return shown
    body = json.dumps(told.json(), ensure_ascii=False).encode()
    return Response(body, told.status, headers | {"Cache-Control": "no-store"}, PROBLEM)


def not_modified(_: Request, __: Exception) -> Response:
    """The answer to who already has it."""
    return Response(status_code=304)


def _named(error: Exception) -> tuple[str, int]:
    if isinstance(error, HTTPException):
        return STATUSES.get(error.status_code, "refused"), error.status_code
    for kind, slug, status in ANSWERS:
        if isinstance(error, kind):
            return slug, status
    return "failure", 500


def _message(error: Exception, lang: Lang) -> str:
    says: dict[Lang, str] = getattr(error, "says", {})
    return says.get(lang, str(error))


def _told(error: Exception, lang: Lang) -> dict[str, Any]:
    if isinstance(error, BadParameter | BadValue | Refused):
        return dict(error.told)
    if isinstance(error, RequestValidationError):
        first = error.errors()[0]
        expected = EXPECTED[lang].get(first["type"], first["msg"]).format_map(first.get("ctx", {}))
        return {"parameter": str(first["loc"][-1]), "value": str(first.get("input", "")), "expected": expected}
    return {}
