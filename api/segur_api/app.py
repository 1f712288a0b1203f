"""The application: one function builds it."""

import logging
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.staticfiles import StaticFiles

from segur_api import errors
from segur_api.deps import PROGRAM
from segur_api.headers import Headers
from segur_api.library import Library
from segur_api.routes import (
    compare,
    convergence,
    facts,
    gaps,
    measures,
    network,
    pages,
    paths,
    proposals,
    questions,
    search,
    service,
    sparql,
    territories,
    territory_pages,
    things,
    visit,
    vocabulary,
    writing,
)
from segur_graph.cage import Cage
from segur_graph.catalogue import catalogue
from segur_graph.errors import SegurError
from segur_graph.options import Settings

log = logging.getLogger("segur")
STATIC = Path(__file__).parent / "static"
ABOUT = (
    "Who signs or asks for what in French health democracy, and where users are missing, with the evidence. "
    "A gap is a documented absence; what no source says is unknown. Reads are public. Every answer names its "
    "edition (`Segur-Edition`); `as_of` asks for a date, `lang` for a language, `edition` for an older edition."
)

NOUNS = (gaps, facts, measures, convergence, territories, paths, compare, search, things, vocabulary, service)
PAGES = (pages, proposals, questions, sparql, writing, visit, territory_pages, network)


class Service(FastAPI):
    """FastAPI, with our errors in its description in place of its own."""

    def openapi(self) -> dict[str, Any]:
        """The description of the API."""
        if self.openapi_schema is None:
            schemas = super().openapi()["components"]["schemas"]
            schemas["Problem"] = errors.ProblemModel.model_json_schema()
        assert self.openapi_schema is not None  # noqa: S101 - the line above made it
        return self.openapi_schema


def create_app(settings: Settings, *, loopback: bool = False, texts: Path | None = None) -> FastAPI:
    """The service over the store that the settings name.

    `loopback` where it listens to this machine only; `texts` is a folder of documents whose passages the pages quote.
    """
    app = Service(
        title="Ségur Graph", version=PROGRAM, description=ABOUT, docs_url=None, redoc_url=None, openapi_url=None
    )
    app.state.library = Library(settings, texts)
    app.state.cage = Cage()
    app.state.running = sparql.Running()
    app.state.loopback = loopback
    app.state.demo = app.state.real = ""  # where the demonstration and the real data are, once both are served
    app.state.error_page = pages.error
    app.state.catalogue = found = catalogue(settings.opened().folder)
    for refused in found.refused.values():
        log.warning("question refusée : %s", refused)
    app.add_middleware(GZipMiddleware, minimum_size=1000)
    app.add_middleware(Headers)
    for kind in (SegurError, HTTPException, RequestValidationError):
        app.add_exception_handler(kind, errors.answer)
    app.add_exception_handler(errors.NotModified, errors.not_modified)
    for noun in NOUNS:
        app.include_router(noun.router)
    app.include_router(questions.routes(found))
    for page in PAGES:
        app.include_router(page.router, include_in_schema=False)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    return app
