"""The pages of what is asked for: proposals and measures, who takes part at which stage, and their ways out."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from segur_api import tabular
from segur_api.deps import Read, Reading, answer
from segur_api.views import proposal_facets, proposals, stages
from segur_api.views.narrowing import LISTED, Facet
from segur_api.views.proposal_facets import PROPOSALS
from segur_api.views.render import page
from segur_api.views.stages import Asked
from segur_api.views.things import Things

router = APIRouter()
Stages = Annotated[Asked, Depends()]


@router.get("/propositions")
def proposal_list(request: Request, reading: Read, q: str = "") -> Response:
    """Every proposal and measure, narrowed by words and by facets."""
    chosen = PROPOSALS.chosen(request)
    key = (reading.as_of, reading.lang)
    every = reading.opened.lists.get(("proposals", *key), lambda: proposals.lines(reading))
    found = proposal_facets.search(every, q)
    left = PROPOSALS.narrow(found, chosen)
    asked = ("proposals", *key, q, *sorted(chosen.items()))
    return page(
        request,
        reading,
        "proposals.html",
        q=q,
        chosen=chosen,
        lines=left[:LISTED],
        shown=len(left),
        total=len(every),
        authors=_count(left, "author"),
        cosignatories=_count(left, "cosignatory"),
        facets=reading.opened.facets.get(asked, lambda: _facets(reading, found, chosen)),
    )


def _facets(reading: Reading, found: list[proposals.Line], chosen: dict[str, str]) -> list[Facet]:
    things = Things(reading, proposal_facets.named(found, chosen))
    return PROPOSALS.facets(found, chosen, reading.lang, things)


@router.get("/propositions.csv")
def proposal_csv(request: Request, reading: Read, q: str = "", *, excel: bool = False) -> Response:
    """The contributions of the page with the same address, as a table."""
    rows = map(proposals.as_row, _asked(request, reading, q))
    return tabular.answer(proposals.CSV_COLUMNS, rows, excel=excel)


@router.get("/propositions.json")
def proposal_json(request: Request, reading: Read, q: str = "") -> Response:
    """The contributions of the page with the same address, for programs."""
    return answer(reading, measures=[proposals.as_json(line) for line in _asked(request, reading, q)])


@router.get("/etapes")
def stage_table(request: Request, reading: Read, asked: Stages) -> Response:
    """Measures × stages."""
    every = stages.lines(reading)
    left = stages.narrow(every, asked)
    count = reading.query("SELECT count(*) AS n FROM measures_now")[0]["n"]
    return page(
        request,
        reading,
        "stages.html",
        asked=asked,
        lines=left[:LISTED],
        shown=len(left),
        unsaid=count - len(every),
        documents=sorted({(part.cite.source, part.cite.title) for line in every for part in line.parts}),
        pillars=sorted({line.pillar for line in every if line.pillar}),
        groups=sorted({part.group for line in every for part in line.parts}),
        stages=stages.STAGES,
    )


@router.get("/etapes.csv")
def stage_csv(reading: Read, asked: Stages, *, excel: bool = False) -> Response:
    """The participations of the page with the same address, as a table."""
    rows = stages.rows(stages.narrow(stages.lines(reading), asked))
    return tabular.answer(stages.CSV_COLUMNS, rows, excel=excel)


@router.get("/etapes.json")
def stage_json(reading: Read, asked: Stages) -> Response:
    """The participations of the page with the same address, for programs."""
    found = stages.rows(stages.narrow(stages.lines(reading), asked))
    return answer(reading, participations=[dict(zip(stages.CSV_COLUMNS, row, strict=True)) for row in found])


def _asked(request: Request, reading: Reading, q: str) -> list[proposals.Line]:
    found = proposal_facets.search(proposals.lines(reading), q)
    return PROPOSALS.narrow(found, PROPOSALS.chosen(request))


def _count(found: list[proposals.Line], role: str) -> int:
    return len({party for line in found for party in line.of(role)})
