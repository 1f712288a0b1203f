"""The facts as lists. A list is a model of its rows, their SQL, and its filters."""

from typing import Annotated, Any

from fastapi import APIRouter, Query

from segur_api.deps import Reading
from segur_api.listing import Group, Listing, OneOf, Position, Type, both
from segur_api.models import rows
from segur_graph import completeness
from segur_graph.facts import CODES
from segur_graph.names import iri

router = APIRouter(prefix="/api/v1", tags=["facts"])

Kind = Annotated[str, OneOf("kind", CODES["kinds"])]
Level = Annotated[str, OneOf("level", CODES["levels"])]
Existence = Annotated[str, OneOf("existence", ("existing", "expected", "proposed", "none"))]
Seen = Annotated[str, OneOf("existence", ("existing", "expected"))]
Regime = Annotated[str, OneOf("regime", CODES["regimes"])]
State = Annotated[str, OneOf("state", (*CODES["seat-states"], "expired"))]
MeetingKind = Annotated[str, OneOf("kind", CODES["meeting-kinds"])]
Confidence = Annotated[str, OneOf("confidence", CODES["confidences"])]
Origin = Annotated[str, OneOf("origin", ("shipped", "user"))]
Territory = Annotated[str, Query(description="A territory and all that lies in it.", examples=["REG-76"])]


def _iri(table: str, column: str) -> str:
    return f"'{iri(table, '')}' || {column} AS iri"


def _told(reading: Reading) -> dict[str, list[Any]]:
    """What the manifest tells of each source."""
    told = reading.edition.manifest["sources"]
    return {
        "ids": [s["id"] for s in told],
        "origins": [s["origin"] for s in told],
        "counts": [sum(s["rows"].values()) for s in told],
    }


BODIES = Listing(
    name="bodies",
    says="Actors and instances, whatever the date; `existence` says which exist on it.",
    item=rows.Body,
    sql=f"""SELECT b.* EXCLUDE ("group"), coalesce(b."group", t."group") AS "group", {_iri("bodies", "b.id")},
               coalesce(n.existence, CASE b.status WHEN 'proposed' THEN 'proposed' ELSE 'none' END) AS existence
        FROM bodies_told b LEFT JOIN bodies_now n ON n.id = b.id LEFT JOIN types_told t ON t.code = b.type""",
    order="id",
    filters={"kind": Kind, "type": Type, "territory": Territory, "group": Group, "existence": Existence, "parent": str},
    narrows={"parent": "speaking(parent) = speaking($parent)"},
)


TYPES = Listing(
    name="types",
    says="Types of bodies: declared, or known by a norm or a body.",
    item=rows.Type,
    sql=f"""SELECT t.* EXCLUDE (code, label, label_en), f.id AS code, f.label, f.label_en, {_iri("types", "f.id")},
               (SELECT count(*) FROM bodies_now b WHERE b.type = f.id AND b.existence = 'existing') AS bodies,
               (SELECT '{iri("norms", "")}' || any_value(n.fact) FROM norms_now n WHERE n.type = f.id) AS norm
        FROM focuses_now f LEFT JOIN types_told t ON t.code = f.id WHERE f."table" = 'types'""",
    order="code",
    filters={"kind": Kind, "group": Group, "level": Level, "broader": Type},
    narrows={"broader": "code IN (SELECT n.type FROM narrower n WHERE n.named = $broader)"},
)


TERRITORIES = Listing(
    name="territories",
    says="Territories, each with the one in which it lies.",
    item=rows.Territory,
    sql=f"SELECT *, {_iri('territories', 'code')} FROM territories_told",
    order="code",
    filters={"within": str},
)


INSTANCES = Listing(
    name="instances",
    says="The instances of the date, and what is known of the seats of users that the law requires there.",
    item=rows.Instance,
    sql=f"""SELECT b.id, b.type, b.label, b.territory, b.existence, {_iri("bodies", "b.id")},
               r.list_day, r.list_complete, r.seats, c.required, c.filled, c.vacant, c.missing,
               c.required - c.filled - c.vacant - c.missing AS unknown
        FROM bodies_now b LEFT JOIN required_now r ON r.instance = b.id
        LEFT JOIN ({completeness.SQL}) c ON c.instance = b.id WHERE b.kind = 'instance'""",
    order="id",
    filters={"type": Type, "territory": Territory, "existence": Seen},
)


SEATS = Listing(
    name="seats",
    says="Seats as they are on the date (R4 to R6); never who holds one.",
    item=rows.Seat,
    sql=f"""SELECT s.id, {_iri("seats", "s.id")}, s.instance, b.type, b.territory, s."group", s.regime, s.position,
               s.state, s.day AS seen_on, s.ended_on, any_value(o.college) AS college,
               coalesce(list_sort(list(DISTINCT o.held_for) FILTER (o.held_for IS NOT NULL)), []) AS held_for,
               list_sort(list(DISTINCT o.source)) AS sources
        FROM seats_now s JOIN seats o ON o.id = s.id AND o.observed_on = s.day
        LEFT JOIN bodies_told b ON b.id = s.instance
        GROUP BY s.id, s.instance, b.type, b.territory, s."group", s.regime, s.position, s.state, s.day, s.ended_on""",
    order="id",
    filters={
        "instance": str,
        "type": Type,
        "territory": Territory,
        "group": Group,
        "regime": Regime,
        "position": Position,
        "state": State,
    },
)


MEETINGS = Listing(
    name="meetings",
    says="Meetings up to the date, and how users attended.",
    item=rows.Meeting,
    sql=f"""SELECT m.* EXCLUDE (kind, territory), coalesce(m.kind, 'meeting') AS kind, {_iri("meetings", "m.id")},
               coalesce(m.territory, b.territory) AS territory, coalesce(a.present, 0) AS usagers_present,
               coalesce(a.excused, 0) AS usagers_excused, coalesce(a.absent, 0) AS usagers_absent
        FROM meetings_now m LEFT JOIN bodies_told b ON b.id = speaking(m.instance)
        LEFT JOIN (SELECT meeting, count(*) FILTER (status = 'present') AS present,
                          count(*) FILTER (status = 'excused') AS excused, count(*) FILTER (status = 'absent') AS absent
                   FROM attendances WHERE "group" = 'usagers' GROUP BY meeting) a ON a.meeting = m.id""",
    order="date, id",
    filters={"kind": MeetingKind, "instance": str, "territory": Territory},
    narrows={"instance": "speaking(instance) = speaking($instance)"},
)


NORMS = Listing(
    name="norms",
    says="What legal texts require of a type, whatever the date; `in_force` says which hold on it.",
    item=rows.Norm,
    sql=f"""SELECT n.* EXCLUDE (regimes, usager_seats_min_in), n.fact AS id, {_iri("norms", "n.fact")},
               coalesce(n.regimes, []) AS regimes, coalesce(n.usager_seats_min_in, []) AS usager_seats_min_in,
               coalesce(n.valid_from <= as_of(), true) AND coalesce(n.valid_to >= as_of(), true) AS in_force
        FROM norms n""",
    order="code, valid_from NULLS FIRST, source",
    filters={"code": Type, "level": Level, "category": str, "confidence": Confidence, "in_force": bool | None},
    defaults={"in_force": None},
)


SOURCES = Listing(
    name="sources",
    says="The sources: everything that the edition knows is said by one.",
    item=rows.Source,
    sql=f"""SELECT s.*, {_iri("sources", "s.id")}, m.origin, m.rows FROM sources s
        JOIN (SELECT unnest($ids) AS id, unnest($origins) AS origin, unnest($counts) AS rows) m ON m.id = s.id""",
    order="id",
    filters={"origin": Origin},
    values=_told,
)

for listing in (BODIES, TYPES, TERRITORIES, INSTANCES, SEATS, MEETINGS, NORMS, SOURCES):
    both(router, listing)
