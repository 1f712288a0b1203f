"""The pages: first screen, gaps, proofs, co-signatures, data, and the fiche of every thing."""

from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response

from segur_api import errors, tabular
from segur_api.deps import Read, Reading, may_write
from segur_api.errors import NotFound, Problem
from segur_api.views import data, embedded, facets, gaps, matrix, proof, questions
from segur_api.views import fiche as fiches
from segur_api.views.matrix import Signing
from segur_api.views.render import page, problem
from segur_api.views.things import Things
from segur_graph.faces import GAP_COLUMNS, gap_rows

router = APIRouter()

# The first screen shows so many; the rest is a click away, and it says so.
GAPS, QUESTIONS, PARTIES, MEASURES = 10, 2, 9, 5


@router.get("/")
def home(request: Request, reading: Read, territory: str = "") -> Response:
    """Where users are missing, in one screen."""
    report = reading.report(territory=territory)
    things = Things(reading, gaps.named(report))
    signing = matrix.matrix(reading, Signing())
    return page(
        request,
        reading,
        "home.html",
        report=report,
        **_territory(reading, territory),
        lines=gaps.lines(reading, report, things)[:GAPS],
        questions=gaps.by_kind(gaps.questions(report, reading.lang, things), reading.lang),
        shown_questions=QUESTIONS,
        matrix=signing,
        most=(PARTIES, MEASURES),
        verified=data.verified(reading),
        sources=len(reading.edition.manifest["sources"]),
    )


@router.get("/lacunes")
def gap_list(request: Request, reading: Read, territory: str = "") -> Response:
    """Every gap, narrowed by facets, then every question."""
    report, chosen = reading.report(territory=territory), _chosen(request)
    things = Things(reading, [*gaps.named(report), *chosen.values()])
    found = gaps.lines(reading, report, things)
    return page(
        request,
        reading,
        "gaps.html",
        report=report,
        **_territory(reading, territory),
        lines=facets.narrow(found, chosen),
        total=len(found),
        chosen=chosen,
        facets=facets.facets(found, chosen, reading.lang, things),
        questions=gaps.by_kind(gaps.questions(report, reading.lang, things), reading.lang),
    )


@router.get("/lacunes.csv")
def gap_csv(request: Request, reading: Read, territory: str = "") -> Response:
    """The gaps of the page with the same address, as a table."""
    report = reading.report(territory=territory)
    lines = gaps.lines(reading, report, Things(reading, gaps.named(report)))
    left = [line.gap for line in facets.narrow(lines, _chosen(request))]
    return tabular.answer(GAP_COLUMNS, gap_rows(replace(report, gaps=left)))


@router.get("/lacunes/{gap}")
def gap_proof(request: Request, reading: Read, gap: str) -> Response:
    """The proof of a gap, in numbered sentences."""
    found = next((g for g in reading.report().gaps if g.id == gap), None)
    if found is None:
        raise NotFound
    return page(request, reading, "proof.html", proof=proof.proof(reading, found))


@router.get("/co-signatures")
def signatures(request: Request, reading: Read, asked: Annotated[Signing, Depends()]) -> Response:
    """Who signs with whom, and who is to sign."""
    shown = matrix.matrix(reading, asked)
    every = matrix.matrix(reading, Signing(alone=asked.alone))
    who = Things(reading, [asked.party]).get("party", asked.party) if asked.party else None
    return page(
        request,
        reading,
        "signatures.html",
        asked=asked,
        matrix=shown,
        every=every,
        who=who,
        partners=matrix.partners(shown, who) if who else [],
        rows=matrix.signatures(reading, shown),
    )


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
    return page(
        request,
        reading,
        "fiche.html",
        fiche=found,
        forms=embedded.FORMS,
        jsonld=embedded.jsonld(reading, found.iri),
        writes=may_write(request),
        panels=questions.panels(reading, request.app.state.catalogue, table, found.thing.id),
    )


def error(request: Request, told: Problem) -> Response:
    """An error as a page."""
    return problem(request, errors.language(request), told.status, problem=told)


def _chosen(request: Request) -> dict[str, str]:
    """The facets that the address narrows by."""
    return {name: value for name in facets.FACETS if (value := request.query_params.get(name))}


def _territory(reading: Reading, code: str) -> dict[str, Any]:
    """The choice of a territory, and the one that is chosen."""
    name = data.territory(reading, code) if code else ""
    return {"regions": data.regions(reading), "territory": code, "territory_name": name}
