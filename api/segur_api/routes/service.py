"""The service itself: whether it lives, what it runs, how it is asked."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse
from pydantic import BaseModel, Field

from segur_api import errors, reference
from segur_api.deps import PROGRAM, library
from segur_api.errors import documented
from segur_graph.edition import Edition

router = APIRouter(tags=["service"])


class Alive(BaseModel):
    """The process answers."""

    status: str = Field(examples=["ok"])


class Ready(BaseModel):
    """The edition that is served."""

    status: str = Field(examples=["ready"])
    edition: str = Field(examples=["83e91c7994333b93"])


class Version(BaseModel):
    """The program, and the edition that it serves."""

    version: str = Field(examples=["0.1.0"])
    edition: str
    compiled_by: str = Field(description="The program version that compiled the edition.")


@router.get("/healthz")
def healthz() -> Alive:
    """Whether the process answers; it looks at nothing else."""
    return Alive(status="ok")


@router.get("/readyz", responses=documented(503))
def readyz(request: Request) -> Ready:
    """Whether an edition is open and can be read."""
    return Ready(status="ready", edition=_served(request).id)


@router.get("/version", responses=documented(503))
def version(request: Request) -> Version:
    """The program's version and the current edition."""
    edition = _served(request)
    return Version(version=PROGRAM, edition=edition.id, compiled_by=edition.manifest["version"])


@router.get("/openapi.json", include_in_schema=False)
def openapi(request: Request) -> Response:
    """The description of the API."""
    return JSONResponse(request.app.openapi())


@router.get("/docs", include_in_schema=False)
def docs(request: Request) -> HTMLResponse:
    """The same for people: one page, made here."""
    return HTMLResponse(
        reference.api(request.app.openapi(), errors.language(request), request.scope.get("root_path", ""))
    )


@router.get("/reference.css", include_in_schema=False)
def reference_css() -> FileResponse:
    """How the reference pages look."""
    return FileResponse(reference.STYLE)


def _served(request: Request) -> Edition:
    edition = library(request).open().edition
    request.state.edition = edition.id
    return edition
