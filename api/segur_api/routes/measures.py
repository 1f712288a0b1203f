"""What is asked for and decided: measures, who signs them, where users take part."""

from typing import Annotated

from fastapi import APIRouter, Query

from segur_api.listing import Group, Listing, OneOf, both
from segur_api.models import rows
from segur_api.views import same
from segur_graph.facts import CODES
from segur_graph.names import iri

router = APIRouter(prefix="/api/v1", tags=["measures"])

Kind = Annotated[str, OneOf("kind", CODES["contribution-kinds"])]
Pillar = Annotated[str, OneOf("pillar", CODES["pillars"])]
Sector = Annotated[str, OneOf("sector", CODES["sectors"])]
Role = Annotated[str, OneOf("role", (*CODES["signatory-roles"], "proposer"))]
Signed = Annotated[str, OneOf("modality", ("effective", "requested"))]
Party = Annotated[str, Query(description="The id of a body, or the code of a type.", examples=["FAS"])]
Type = Annotated[str, Query(description="Measures that name this type, or through a broader one.", examples=["CDU"])]
Territory = Annotated[str, Query(description="Where the proposer lies.", examples=["REG-76"])]

MEASURES = Listing(
    name="measures",
    says="Proposals and measures that count on the date; `party` asks for those that it signed.",
    item=rows.Measure,
    sql=f"""SELECT m.* EXCLUDE (concerns), coalesce(m.concerns, []) AS concerns, b.territory,
               '{iri("measures", "")}' || m.id AS iri, coalesce(s.parties, []) AS signatories
        FROM measures_now m LEFT JOIN bodies_told b ON b.id = speaking(m.proposed_by)
        LEFT JOIN (SELECT measure, list(party ORDER BY party) AS parties FROM signatories_now GROUP BY measure) s
             ON s.measure = m.id""",
    order="id",
    filters={
        "kind": Kind,
        "pillar": Pillar,
        "theme": str,
        "sector": Sector,
        "proposed_by": Party,
        "party": Party,
        "type": Type,
        "territory": Territory,
    },
    narrows={
        "type": "id IN (SELECT n.measure FROM namings_now n WHERE n.named = $type)",
        "party": "list_contains(signatories, speaking($party))",
    },
)


SIGNATURES = Listing(
    name="signatures",
    says="""The matrix of parties and measures, cell by cell: signed is `effective`, foreseen is `requested`.

    Who asks for the same elsewhere stands beside, in `asks_same`, and signs nothing by that.
    """,
    item=rows.Signature,
    sql="""SELECT c.measure, m.label AS measure_label, m.pillar, m.theme, m.sector, c.party, c.role, c.modality,
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
    order="measure, party, role, modality",
    filters={
        "measure": str,
        "party": Party,
        "group": Group,
        "role": Role,
        "modality": Signed,
        "pillar": Pillar,
        "theme": str,
        "sector": Sector,
    },
    values=same.cells,
)


def _stage(name: str) -> str:
    return f"coalesce(list_sort(list(DISTINCT p.modality) FILTER (p.stage = '{name}')), []) AS {name}"


STAGES = Listing(
    name="stages",
    says="Where users take part in a measure, stage by stage: `effective`, `requested`, `lacking`, or nothing said.",
    item=rows.Stages,
    sql=f"""SELECT m.id AS measure, m.label, m.kind, m.pillar, m.theme, m.sector, p."group",
               {", ".join(map(_stage, CODES["stages"]))}
        FROM measures_now m JOIN participations p ON p.measure = m.id GROUP BY ALL""",
    order='measure, "group"',
    filters={"measure": str, "group": Group, "kind": Kind, "pillar": Pillar, "theme": str, "sector": Sector},
    defaults={"group": "usagers"},
)

for listing in (MEASURES, SIGNATURES, STAGES):
    both(router, listing)
