"""What is asked for and decided: measures, who signs them, where users take part."""

# ruff: noqa: PLR0913, PLR0917 - a parameter of the address is an argument

from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from segur_api.listing import Listing, OneOf, Page, both
from segur_api.models import rows
from segur_api.views import same
from segur_graph.facts import CODES
from segur_graph.names import iri

router = APIRouter(prefix="/api/v1", tags=["measures"])

Kind = Annotated[str, OneOf("kind", CODES["contribution-kinds"])]
Pillar = Annotated[str, OneOf("pillar", CODES["pillars"])]
Sector = Annotated[str, OneOf("sector", CODES["sectors"])]
Group = Annotated[str, OneOf("group", CODES["groups"])]
Role = Annotated[str, OneOf("role", (*CODES["signatory-roles"], "proposer"))]
Signed = Annotated[str, OneOf("modality", ("effective", "requested"))]
Party = Annotated[str, Query(description="The id of a body, or the code of a type.", examples=["FAS"])]
Type = Annotated[str, Query(description="Measures that name this type, or through a broader one.", examples=["CDU"])]
Territory = Annotated[str, Query(description="Where the proposer lies.", examples=["REG-76"])]

MEASURES = Listing(
    "measures",
    rows.Measure,
    f"""SELECT m.* EXCLUDE (concerns), coalesce(m.concerns, []) AS concerns, b.territory,
               '{iri("measures", "")}' || m.id AS iri, coalesce(s.parties, []) AS signatories
        FROM measures_now m LEFT JOIN bodies_told b ON b.id = speaking(m.proposed_by)
        LEFT JOIN (SELECT measure, list(party ORDER BY party) AS parties FROM signatories_now GROUP BY measure) s
             ON s.measure = m.id""",
    "id",
    {
        "type": "id IN (SELECT n.measure FROM namings_now n WHERE n.named = $type)",
        "party": "list_contains(signatories, speaking($party))",
    },
)


@both(router, MEASURES)
def measures(
    page: Page,
    kind: Kind = "",
    pillar: Pillar = "",
    theme: str = "",
    sector: Sector = "",
    proposed_by: Party = "",
    party: Party = "",
    type: Type = "",  # noqa: A002 - the parameter's name
    territory: Territory = "",
) -> Response:
    """Proposals and measures that count on the date; `party` asks for those that it signed."""
    what = {"kind": kind, "pillar": pillar, "theme": theme, "sector": sector}
    return page.answer(MEASURES, **what, proposed_by=proposed_by, party=party, type=type, territory=territory)


SIGNATURES = Listing(
    "signatures",
    rows.Signature,
    """SELECT c.measure, m.label AS measure_label, m.pillar, m.theme, m.sector, c.party, c.role, c.modality,
              coalesce(b.label, t.label, c.party) AS party_label, coalesce(b."group", t."group") AS "group",
              list_sort(list(DISTINCT c.source)) AS sources, coalesce(a.parties, []) AS asks_same
       FROM (SELECT s.measure, speaking(s.body) AS party, s.role, s.modality, s.source FROM signatures s
             UNION ALL
             SELECT p.id, speaking(p.proposed_by), 'proposer', 'effective', p.source FROM measures p
             WHERE p.proposed_by IS NOT NULL) c
       JOIN measures_now m ON m.id = c.measure
       LEFT JOIN bodies_told b ON b.id = c.party LEFT JOIN types_told t ON t.code = coalesce(b.type, c.party)
       LEFT JOIN (SELECT measure, list_sort(list(DISTINCT party)) AS parties
                  FROM (SELECT unnest($same_measures::VARCHAR[]) AS measure, unnest($same_parties::VARCHAR[]) AS party)
                  GROUP BY measure) a ON a.measure = c.measure
       GROUP BY ALL""",
    "measure, party, role, modality",
)


@both(router, SIGNATURES)
def signatures(
    page: Page,
    measure: str = "",
    party: Party = "",
    group: Group = "",
    role: Role = "",
    modality: Signed = "",
    pillar: Pillar = "",
    theme: str = "",
    sector: Sector = "",
) -> Response:
    """The matrix of parties and measures, cell by cell: signed is `effective`, foreseen is `requested`.

    Who asks for the same elsewhere stands beside, in `asks_same`, and signs nothing by that.
    """
    what = {"measure": measure, "pillar": pillar, "theme": theme, "sector": sector}
    return page.answer(
        SIGNATURES, same.cells(page.reading), **what, party=party, group=group, role=role, modality=modality
    )


def _stage(name: str) -> str:
    return f"coalesce(list_sort(list(DISTINCT p.modality) FILTER (p.stage = '{name}')), []) AS {name}"


STAGES = Listing(
    "stages",
    rows.Stages,
    f"""SELECT m.id AS measure, m.label, m.kind, m.pillar, m.theme, m.sector, p."group",
               {", ".join(map(_stage, CODES["stages"]))}
        FROM measures_now m JOIN participations p ON p.measure = m.id GROUP BY ALL""",
    'measure, "group"',
)


@both(router, STAGES)
def stages(
    page: Page,
    measure: str = "",
    group: Group = "usagers",
    kind: Kind = "",
    pillar: Pillar = "",
    theme: str = "",
    sector: Sector = "",
) -> Response:
    """Where users take part in a measure, stage by stage: `effective`, `requested`, `lacking`, or nothing said."""
    what: dict[str, Any] = {"kind": kind, "pillar": pillar, "theme": theme, "sector": sector}
    return page.answer(STAGES, measure=measure, group=group, **what)
