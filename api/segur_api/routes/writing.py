"""The pages that write: an import looked at and confirmed, a source removed, a seat reported."""

import re
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import FormData, UploadFile

from segur_api import errors, tabular
from segur_api.deps import Read, Reading, library, may_write, writable
from segur_api.errors import BadParameter
from segur_api.views import changes, importing, reporting, uploads, words
from segur_api.views.address import Address
from segur_api.views.importing import Faults
from segur_api.views.render import page
from segur_api.views.uploads import Kept
from segur_graph.errors import StoreError
from segur_ingest import importing as publishing
from segur_ingest.faults import Faulty
from segur_ingest.importing import Plan
from segur_ingest.limits import FILES, FOLDER_BYTES, megabytes
from segur_ingest.read import Folder

router = APIRouter()

WRITES = [Depends(writable)]
EDITION = re.compile(r"(fictif\.)?[0-9a-f]{8,64}(-[A-Za-z0-9.]+)?")


class Unread(HTTPException):
    """A body that is not read."""

    def __str__(self) -> str:
        """Why, in words."""
        return self.detail


async def sent(request: Request) -> AsyncIterator[FormData]:
    """The fields and files of a form; Unread where it does not say its length or is too long."""
    length, lang = request.headers.get("content-length", ""), errors.language(request)
    if not length.isdecimal():
        raise Unread(411, words.text(lang, "importing.no_length"))
    if int(length) > FOLDER_BYTES:
        raise Unread(413, words.text(lang, "importing.too_large", most=megabytes(FOLDER_BYTES)))
    async with request.form(max_files=FILES, max_fields=100) as form:
        yield form


Sent = Annotated[FormData, Depends(sent)]


# Import


@router.get("/importer")
def choose(request: Request, reading: Read) -> Response:
    """Choose files, or a source of one's own to remove."""
    return _choosing(request, reading)


@router.get("/importer/modele.xlsx")
def workbook() -> Response:
    """The workbook that explains every column."""
    return tabular.workbook(importing.workbook(), "modele.xlsx")


@router.post("/importer", dependencies=WRITES)
def look(request: Request, reading: Read, form: Sent) -> Response:
    """Looks at files: every faulty cell in its place, or what they would change; nothing is written."""
    store = library(request).store
    files = [file for file in form.getlist("files") if isinstance(file, UploadFile) and file.filename]
    if not files:
        return _choosing(request, reading, 422, refused="no_file")
    try:
        kept = uploads.keep(store, files)
    except Faulty as faulty:
        return _choosing(request, reading, 422, faults=importing.in_place(faulty.faults, Folder()))
    found = importing.plan(store, kept.paths)
    if isinstance(found, Faults):
        kept.drop()
        return _choosing(request, reading, 422, faults=found)
    return _proposal(request, reading, found, kept=kept)


@router.post("/importer/confirmer", dependencies=WRITES)
def confirm(request: Request, reading: Read, form: Sent) -> Response:
    """Publishes what was looked at, checked again, or forgets it."""
    store = library(request).store
    kept = uploads.find(store, _field(form, "token"))
    if kept is None:
        return _choosing(request, reading, 410, refused="gone")
    if _field(form, "do") == "drop":
        kept.drop()
        return RedirectResponse(_plain(request, "/importer"), 303)
    found = importing.plan(store, kept.paths)
    if isinstance(found, Faults):
        return _choosing(request, reading, 422, faults=found)
    return _publish(request, reading, found, kept)


@router.get("/importer/retirer")
def ask(request: Request, reading: Read, source: str = "") -> Response:
    """What the removal of a source would change."""
    store = library(request).store
    if not may_write(request):
        return _choosing(request, reading)
    _check_mine(reading, source)
    found = importing.removal(store, source)
    if isinstance(found, Faults):
        return _choosing(request, reading, 409, faults=found, refused="needed")
    return _proposal(request, reading, found, source=source)


@router.post("/importer/retirer", dependencies=WRITES)
def remove(request: Request, reading: Read, form: Sent) -> Response:
    """Removes a source of the user's."""
    source = _field(form, "source")
    _check_mine(reading, source)
    found = importing.removal(library(request).store, source)
    if isinstance(found, Faults):
        return _choosing(request, reading, 409, faults=found, refused="needed")
    return _publish(request, reading, found)


@router.get("/importer/fait")
def done(request: Request, reading: Read, before: str = "", after: str = "") -> Response:
    """The edition that was made, and what changed in it."""
    for name, value in (("before", before), ("after", after)):
        if not EDITION.fullmatch(value):
            raise BadParameter(name, value, "/importer")
    shown: dict[str, Any] = {"made": after.partition("-")[0], "token": "", "source": "", "warnings": []}
    return _page(request, reading, "changes.html", changes=_made(request, reading, before, after), **shown)


# Report


@router.get("/signaler")
def fill(request: Request, reading: Read, instance: str = "", seat: str = "", q: str = "") -> Response:
    """The form of an instance; without one, the search for it."""
    instance = reporting.instance_of(reading, seat) if seat else instance
    if not instance:
        return _page(request, reading, "report.html", form=None, asked=q, found=reporting.find(reading, q))
    fields = {"instance": instance} | ({"seat": seat} if seat else {})
    return _page(request, reading, "report.html", form=reporting.form(reading, fields))


@router.post("/signaler", dependencies=WRITES)
def tell(request: Request, reading: Read, form: Sent) -> Response:
    """Keeps what was seen of a seat, then shows the instance."""
    fields = {name: _field(form, name) for name in reporting.FIELDS}
    asked = reporting.form(reading, fields)
    told = reporting.seen(asked, reading)
    try:
        wrong = told if isinstance(told, dict) else reporting.report(library(request).store, told)
    except StoreError as error:
        wrong = {"": str(error)}
    if wrong:
        return _page(request, reading, "report.html", 422, form=reporting.form(reading, fields, wrong))
    return RedirectResponse(_plain(request, f"/doc/bodies/{asked.instance.id}") + "#manque", 303)


# What they share


def _field(form: FormData, name: str) -> str:
    value = form.get(name)
    return value.strip() if isinstance(value, str) else ""


def _plain(request: Request, path: str, **query: str) -> str:
    """A link to a page of the current edition."""
    return Address.of(request).to(path, edition=None, **query)


def _page(request: Request, reading: Reading, template: str, status: int = 200, **shown: Any) -> Response:
    """A page that depends on who asks, and that nobody keeps."""
    answer = page(request, reading, template, writes=may_write(request), most=megabytes(FOLDER_BYTES), **shown)
    answer.status_code = status
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _choosing(
    request: Request, reading: Reading, status: int = 200, *, faults: Faults | None = None, refused: str = ""
) -> Response:
    shown = {"faults": faults, "refused": refused, "mine": importing.mine(reading)}
    return _page(request, reading, "import.html", status, **shown)


def _proposal(
    request: Request, reading: Reading, planned: Plan, *, kept: Kept | None = None, source: str = ""
) -> Response:
    with importing.tried(reading, library(request).store, planned) as found:
        shown: dict[str, Any] = {"token": kept.token if kept else "", "source": source, "warnings": planned.warnings}
        return _page(request, reading, "changes.html", made="", changes=found, **shown)


def _publish(request: Request, reading: Reading, planned: Plan, kept: Kept | None = None) -> Response:
    """Publishes a plan and shows the edition; the upload goes only when it is done."""
    store = library(request).store
    try:
        before, after = store.edition(), publishing.publish(store, planned)
    except Faulty as faulty:
        return _choosing(request, reading, 422, faults=importing.in_place(faulty.faults, planned.folder))
    except StoreError:
        return _choosing(request, reading, 503, refused="busy")
    if kept is not None:
        kept.drop()
    names = {"before": before.folder.name, "after": after.folder.name}
    return RedirectResponse(_plain(request, "/importer/fait", **names), 303)


def _made(request: Request, reading: Reading, before: str, after: str) -> changes.Changes | None:
    """What changed between two editions; None where one of them is no more."""
    try:
        old, new = (Reading(library(request).open(name), reading.as_of, reading.lang) for name in (before, after))
    except StoreError:
        return None
    return changes.between(old, new)


def _check_mine(reading: Reading, source: str) -> None:
    mine = [row["id"] for row in importing.mine(reading)]
    if source not in mine:
        raise BadParameter("source", source, ", ".join(mine) or "/importer")
