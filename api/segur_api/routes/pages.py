"""The pages: first screen, gaps, proofs, co-signatures, data, and the fiche of every thing."""

from collections import Counter
from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response

from segur_api import errors, linked, tabular
from segur_api.deps import Read, Reading, may_write
from segur_api.errors import NotFound, NotOpen, Problem
from segur_api.views import data, gaps, matrix, proof, questions, same
from segur_api.views import fiche as fiches
from segur_api.views.facets import GAPS
from segur_api.views.matrix import Signing
from segur_api.views.narrowing import LISTED, Facet
from segur_api.views.published import of as published
from segur_api.views.render import page, problem
from segur_api.views.territories import here
from segur_api.views.things import Things
from segur_graph.faces import GAP_COLUMNS, gap_rows
from segur_graph.gaps import Report, kinds

router = APIRouter()

# The first screen shows so many; the rest is a click away, and it says so.
FIRST_GAPS, QUESTIONS, PARTIES, MEASURES = 10, 2, 9, 5


@router.get("/")
def home(request: Request, reading: Read, territory: str = "") -> Response:
    """Where users are missing, in one screen."""
    report = reading.report(territory=territory)
    first = gaps.foremost(report, FIRST_GAPS, QUESTIONS)
    things = Things(reading, gaps.named(first))
    signing = matrix.matrix(reading, Signing())
    return page(
        request,
        reading,
        "home.html",
        report=report,
        **_territory(reading, territory),
        lines=gaps.lines(reading, first, things),
        questions=gaps.by_kind(gaps.questions(first, reading.lang, things), reading.lang),
        asked=Counter(u.kind for u in report.unknowns),
        matrix=signing,
        most=(PARTIES, MEASURES),
        published=published(reading, area=territory),
        shared=len(same.counting(reading)),
        verified=data.verified(reading),
        sources=len(reading.edition.manifest["sources"]),
        demo=request.app.state.demo,
    )


@router.get("/lacunes")
def gap_list(request: Request, reading: Read, territory: str = "") -> Response:
    """Every gap, narrowed by facets, then every question."""
    report, chosen = reading.report(territory=territory), GAPS.chosen(request)
    key = (reading.as_of, reading.lang, territory)
    found = reading.opened.lists.get(
        ("gaps", *key), lambda: gaps.lines(reading, report, Things(reading, gaps.facet_names(report)))
    )
    left = GAPS.narrow(found, chosen)
    asked = ("gaps", *key, *sorted(chosen.items()))
    listed = gaps.foremost(replace(report, gaps=[line.gap for line in left]), LISTED, LISTED)
    things = Things(reading, gaps.named(listed))
    figures = published(reading, area=territory)
    quoted = {p["source"]["id"] for gap in listed.gaps for p in gap.premises} | {f.cite.source for f in figures.figures}
    return page(
        request,
        reading,
        "gaps.html",
        report=report,
        **_territory(reading, territory),
        lines=gaps.lines(reading, listed, things),
        shown=len(left),
        total=len(found),
        asked=Counter(u.kind for u in report.unknowns),
        chosen=chosen,
        facets=reading.opened.facets.get(asked, lambda: _facets(reading, report, found, chosen)),
        published=figures,
        sources=[reading.opened.sources[i] for i in sorted(quoted)],
        questions=gaps.by_kind(gaps.questions(listed, reading.lang, things), reading.lang),
    )


def _facets(reading: Reading, report: Report, found: list[gaps.Line], chosen: dict[str, str]) -> list[Facet]:
    names = Things(reading, [*gaps.facet_names(report), *chosen.values()])
    return GAPS.facets(found, chosen, reading.lang, names)


@router.get("/lacunes.csv")
def gap_csv(request: Request, reading: Read, territory: str = "", *, excel: bool = False) -> Response:
    """The gaps of the page with the same address, as a table."""
    report = reading.report(territory=territory)
    lines = gaps.lines(reading, report, Things(reading, gaps.named(report)))
    left = [line.gap for line in GAPS.narrow(lines, GAPS.chosen(request))]
    return tabular.answer(GAP_COLUMNS, gap_rows(replace(report, gaps=left)), excel=excel)


@router.get("/lacunes/{gap}")
def gap_proof(request: Request, reading: Read, gap: str) -> Response:
    """The proof of a gap, in numbered sentences."""
    found = next((g for g in reading.report().gaps if g.id == gap), None)
    if found is None:
        raise NotOpen if gap.partition(":")[0] in kinds() else NotFound
    return page(request, reading, "proof.html", proof=proof.proof(reading, found))


@router.get("/co-signatures")
def signatures(request: Request, reading: Read, asked: Annotated[Signing, Depends()]) -> Response:
    """Who signs with whom, and who is to sign."""
    shown = matrix.matrix(reading, asked)
    every = matrix.matrix(reading, Signing(alone=asked.alone))
    who = Things(reading, [asked.party]).get("party", asked.party) if asked.party else None
    rows = matrix.signatures(reading, shown)
    return page(
        request,
        reading,
        "signatures.html",
        asked=asked,
        matrix=shown,
        every=every,
        who=who,
        partners=matrix.partners(shown, who) if who else [],
        rows=rows,
        counts=matrix.counts(rows),
    )


@router.get("/co-signatures.csv")
def signature_csv(reading: Read, asked: Annotated[Signing, Depends()], *, excel: bool = False) -> Response:
    """The rows of the page with the same address, as a table, and those that the page leaves out."""
    rows = matrix.signatures(reading, matrix.matrix(reading, asked, whole=True))
    return tabular.answer(matrix.CSV_COLUMNS, map(matrix.as_row, rows), excel=excel)


@router.get("/donnees")
def about_data(request: Request, reading: Read) -> Response:
    """Sources, norms, code lists: what everything rests on."""
    return page(
        request,
        reading,
        "data.html",
        sources=data.sources(reading),
        norms=data.norms(reading),
        verified=data.verified(reading),
        codes=data.codes(reading.lang),
    )


def fiche(request: Request, reading: Reading, table: str, key: str) -> Response:
    """The page of a thing: the HTML of its address /doc/…."""
    found = fiches.fiche(reading, table, key)
    shown: dict[str, Any] = {}
    if table == "territories":
        shown["here"] = here(reading, found.thing.id)
        found.lines, found.questions = shown["here"].lines, shown["here"].questions
    return page(
        request,
        reading,
        "territory.html" if shown else "fiche.html",
        fiche=found,
        forms={suffix: media for suffix, media in linked.SUFFIXES.items() if suffix != "html"},
        jsonld=linked.embedded(reading.graph, found.iri),
        writes=may_write(request),
        panels=questions.panels(reading, request.app.state.catalogue, table, found.thing.id),
        **shown,
    )


def error(request: Request, told: Problem) -> Response:
    """An error as a page."""
    return problem(request, errors.language(request), told.status, problem=told)


def _territory(reading: Reading, code: str) -> dict[str, Any]:
    """The choice of a territory, and the one that is chosen."""
    name = data.territory(reading, code) if code else ""
    return {"regions": data.regions(reading), "territory": code, "territory_name": name}
