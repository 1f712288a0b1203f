"""What is known of each territory: the bodies seen there, what is missing there, the totals published of it."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from segur_graph import completeness, names
from segur_graph.gaps import Gap, Report, Told, Unknown, national
from segur_graph.tables import Rows

# Asks the tables on a date: `Dated.query`.
Query = Callable[..., Rows]

NATION = "FR"
# What a body may be: seen, required by law and seen by no source, asked for in a document.
STATES = ("existing", "expected", "proposed")
# The échelons whose bodies are not a region's, or not a département's.
ABOVE = {NATION: (), "REG": ("national",), "DEP": ("national", "régional")}

BODIES = """
SELECT l.area, count(*) FILTER (n.existence = 'existing') AS existing,
       count(*) FILTER (n.existence = 'expected') AS expected, count(*) FILTER (b.status = 'proposed') AS proposed
FROM bodies_told b JOIN lies_in l ON l.territory = b.territory LEFT JOIN bodies_now n ON n.id = b.id
GROUP BY l.area
"""
SEATS = f"""
SELECT l.area, sum(c.required) AS required, sum(c.filled) AS filled, sum(c.vacant) AS vacant, sum(c.missing) AS missing
FROM ({completeness.SQL}) c JOIN lies_in l ON l.territory = c.territory
GROUP BY l.area
"""
# R4: a total speaks from its day on. It is a territory's own: never spread over what lies in it, nor added up.
FIGURES = "SELECT territory AS area, count(*) AS n FROM figures WHERE observed_on <= as_of() GROUP BY territory"
MEETINGS = """
SELECT l.area, count(*) AS n
FROM focuses_now f JOIN meetings_now m ON m.id = f.id JOIN lies_in l ON l.territory = f.place
WHERE f."table" = 'meetings' GROUP BY l.area
"""

TYPES = f"""
WITH here AS (SELECT territory FROM lies_in WHERE area = $area),
counted AS (
    SELECT b.type, any_value(b.kind) AS kind, count(*) FILTER (n.existence = 'existing') AS existing,
           count(*) FILTER (n.existence = 'expected') AS expected, count(*) FILTER (b.status = 'proposed') AS proposed
    FROM bodies_told b SEMI JOIN here h ON h.territory = b.territory LEFT JOIN bodies_now n ON n.id = b.id
    GROUP BY b.type
),
summed AS (
    SELECT r.type, sum(r.required) AS required, sum(r.filled) AS filled, sum(r.vacant) AS vacant,
           sum(r.missing) AS missing
    FROM ({completeness.SQL}) r SEMI JOIN here h ON h.territory = r.territory
    GROUP BY r.type
)
SELECT f.id AS type, f.label, f.label_en, coalesce(t.kind, c.kind, 'instance') AS kind, t."group",
       coalesce(t.level, n.level) AS level, t.scope, n.fact AS norm, n.legal_basis, n.source_url, n.confidence,
       CASE WHEN x.territory IS NULL THEN n.usager_seats_min ELSE x.seats END AS least, n.usager_share_min AS share,
       x.territory IS NOT NULL AND x.seats IS NULL AS least_unread,
       coalesce(c.existing, 0) AS existing, coalesce(c.expected, 0) AS expected, coalesce(c.proposed, 0) AS proposed,
       s.required, s.filled, s.vacant, s.missing
FROM focuses_now f
LEFT JOIN types_told t ON t.code = f.id
LEFT JOIN norms_now n ON n.type = f.id
LEFT JOIN norm_numbers x ON x.fact = n.fact AND x.territory = $area
LEFT JOIN counted c ON c.type = f.id
LEFT JOIN summed s ON s.type = f.id
WHERE f."table" = 'types'
  AND (c.type IS NOT NULL OR (n.fact IS NOT NULL AND NOT list_contains($above, coalesce(t.level, n.level, ''))))
ORDER BY f.id
"""

# Beside each total, what is known body by body of the same type, territory, group and position.
PUBLISHED = """
WITH told AS (
    SELECT f.*, s.title AS source_title FROM figures f JOIN sources s ON s.id = f.source
    WHERE f.observed_on <= as_of()
      AND ($area = '' OR f.territory IN (SELECT territory FROM lies_in WHERE area = $area))
      AND ($type = '' OR f.type IN (SELECT type FROM narrower WHERE named = $type))
),
about AS (SELECT DISTINCT territory AS area, type AS named FROM told),
known AS (
    SELECT a.area, a.named, b.id
    FROM about a JOIN lies_in l ON l.area = a.area JOIN narrower n ON n.named = a.named
    JOIN bodies_now b ON b.territory = l.territory AND b.type = n.type AND b.existence = 'existing'
)
SELECT t.fact, t.source, any_value(COLUMNS(t.* EXCLUDE (fact, source))), count(DISTINCT k.id) AS known_bodies,
       count(s.id) FILTER (s.state = 'filled') AS known_filled, count(s.id) FILTER (s.state = 'vacant') AS known_vacant,
       count(s.id) FILTER (s.state IN ('expired', 'unknown')) AS known_doubtful
FROM told t
LEFT JOIN known k ON k.area = t.territory AND k.named = t.type
LEFT JOIN seats_now s ON s.instance = k.id AND s."group" = coalesce(t."group", s."group")
     AND s.position = coalesce(t.position, s.position)
GROUP BY t.fact, t.source
ORDER BY territory, type, observed_on DESC, figure, value DESC, t.source
"""

MEASURES = """
WITH parties AS (SELECT b.id FROM bodies_told b JOIN lies_in l ON l.territory = b.territory WHERE l.area = $area),
said AS (
    SELECT measure, party, 'signed' AS how FROM signatories_now
    UNION SELECT measure, party, 'foreseen' FROM foreseen_now
    UNION SELECT measure, named, 'concerns' FROM namings_now WHERE NOT is_type
)
SELECT s.measure, list_sort(list(DISTINCT s.how)) AS how
FROM said s SEMI JOIN parties p ON p.id = s.party SEMI JOIN measures_now m ON m.id = s.measure
GROUP BY s.measure ORDER BY s.measure
"""


@dataclass(frozen=True)
class Territory:
    """What is known of a territory and of all that lies in it; what the nation decides is not counted here."""

    code: str
    label: str
    within: str | None
    report: Report
    bodies: dict[str, int]
    figures: int
    meetings: int

    @property
    def known(self) -> bool:
        """Whether any source shows something here: what the law expects, or a document asks for, shows nothing."""
        return bool(self.bodies["existing"] or self.report.gaps or self.figures or self.meetings)


@dataclass
class Lying:
    """A report told apart by place: each territory's own, what the nation decides, what lies nowhere that is said."""

    areas: dict[str, Report]
    national: Report
    nowhere: Report


def lying(query: Query, report: Report) -> Lying:
    """The gaps and unknowns of a whole report by place (R11), each area with its own completeness."""
    areas_of = defaultdict(list)
    for row in query("SELECT territory, area FROM lies_in"):
        areas_of[row["territory"]].append(row["area"])
    measures = {r["id"]: r["place"] for r in query("SELECT id, place FROM focuses_now WHERE \"table\" = 'measures'")}
    piles: dict[str, list[Told]] = defaultdict(list)
    nation: list[Told] = []
    nowhere: list[Told] = []
    for told in report.told:
        table, key = names.thing(told.focus["iri"])
        place = told.territory or (measures.get(key) if table == "measures" else None)
        elsewhere = nation if national(table, told.kind) else nowhere
        for pile in [piles[a] for a in areas_of[place]] if place else [elsewhere]:
            pile.append(told)
    seats = {r["area"]: completeness.total([r]) for r in query(SEATS)}
    none = completeness.total([])
    return Lying(
        {area: _report(report, piles[area], seats.get(area, none)) for area in {*piles, *seats}},
        _report(report, nation, none),
        _report(report, nowhere, none),
    )


def territories(query: Query, report: Report, found: Lying | None = None) -> dict[str, Territory]:
    """What is known of each territory, by code; `report` is the whole one, of no territory and no kind."""
    found = found or lying(query, report)
    bodies = {r.pop("area"): r for r in query(BODIES)}
    figures, meetings = ({r["area"]: r["n"] for r in query(sql)} for sql in (FIGURES, MEETINGS))
    nobody = dict.fromkeys(STATES, 0)
    nothing = _report(report, [], completeness.total([]))
    return {
        row["code"]: Territory(
            row["code"],
            row["label"],
            row["within"],
            found.areas.get(row["code"], nothing),
            bodies.get(row["code"], nobody),
            figures.get(row["code"], 0),
            meetings.get(row["code"], 0),
        )
        for row in query("SELECT code, label, within FROM territories_told ORDER BY label, code")
    }


def types(query: Query, area: str) -> Rows:
    """The types of bodies of a territory: those that the law knows at its échelons, and any that was seen there.

    Each with what its norm says here (`least` null and `least_unread` where the text of this territory was not read)
    and how many bodies are known, expected and proposed; `required` is null where no known body has a requirement.
    """
    above = ABOVE.get(area.partition("-")[0], ("national",))
    return query(TYPES, area=area, above=list(above))


def published(query: Query, *, area: str = "", type: str = "") -> Rows:  # noqa: A002 - the name of the column
    """The totals published of a territory and of those in it, or about a type; beside each, what is known by body."""
    return query(PUBLISHED, area=area, type=type)


def measures(query: Query, area: str) -> Rows:
    """The measures that bodies of a territory have signed, are foreseen to sign, or are named by: `measure`, `how`."""
    return query(MEASURES, area=area)


def _report(whole: Report, pile: Sequence[Told], seats: dict[str, Any]) -> Report:
    gaps = [told for told in pile if isinstance(told, Gap)]
    unknowns = [told for told in pile if isinstance(told, Unknown)]
    return replace(whole, gaps=gaps, unknowns=unknowns, completeness=seats)
