"""The visit of the demonstration: its steps, every kind of gap, a spreadsheet to try."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from segur_api import tabular
from segur_api.deps import Read
from segur_api.errors import NotFound
from segur_api.views import gaps as shown
from segur_api.views.render import page
from segur_api.views.things import Things
from segur_graph import gaps
from segur_ingest import demo

router = APIRouter()


@router.get("/visite")
def visit(request: Request, reading: Read) -> Response:
    """The steps, and a gap of each kind; on real data the way to the demonstration, NotFound where none is served."""
    if not reading.edition.fictional:
        if demo_at := request.app.state.demo:
            return RedirectResponse(f"{demo_at}visite?lang={reading.lang}")
        raise NotFound
    report = reading.report()
    lines = shown.lines(reading, report, Things(reading, shown.named(report)))
    # One of each kind and standing: the same kind may be established here and to be checked there.
    first = {(line.gap.kind, line.standing): line for line in reversed(lines)}
    kinds = [
        (gaps.rules()[kind].front["title"][reading.lang], first[kind, how])
        for kind, how in sorted(first, key=_established_first)
    ]
    return page(request, reading, "visit.html", kinds=kinds, unknown=len(report.unknowns))


@router.get("/visite/tableur.xlsx")
def spreadsheet(reading: Read) -> Response:
    """A spreadsheet that fills a seat of the region; NotFound elsewhere."""
    if not reading.edition.fictional:
        raise NotFound
    return tabular.workbook(demo.spreadsheet(), "tableur-fictif.xlsx")


def _established_first(named: tuple[str, str]) -> tuple[str, bool]:
    kind, standing = named
    return kind, standing != "established"
