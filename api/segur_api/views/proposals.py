"""Every proposal and measure as a line: who stands behind it, where it is read, who else asks for the same."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from segur_api.deps import Reading
from segur_api.views import same
from segur_api.views.same import Also
from segur_api.views.things import Thing, Things
from segur_api.views.values import GROUNDS, Cite, Row, cite
from segur_graph.facts import CODES
from segur_graph.names import iri
from segur_graph.tables import Rows

MEASURES = "SELECT * FROM measures_now"
PLACES = """
SELECT m.id AS measure, m.source, m.locator
FROM measures m SEMI JOIN measures_now n ON n.id = m.id JOIN source_rank r ON r.source = m.source
ORDER BY r.rank, try_cast(regexp_extract(m.locator, '^char=(\\d+),', 1) AS BIGINT), m.id
"""
PARTIES = """
SELECT m.id AS measure, speaking(m.proposed_by) AS party, 'author' AS role, 'effective' AS modality
FROM measures_now m WHERE m.proposed_by IS NOT NULL
UNION
SELECT s.measure, speaking(s.body), s.role, s.modality
FROM signatures s SEMI JOIN measures_now m ON m.id = s.measure
ORDER BY measure, role, modality, party
"""
STAGES = """
SELECT DISTINCT p.measure, p.stage, p."group", p.modality
FROM participations p SEMI JOIN measures_now m ON m.id = p.measure ORDER BY p.measure, p."group", p.modality, p.stage
"""


@dataclass(frozen=True)
class Party:
    """Who stands behind a contribution, in a role, in effect or as a document wishes."""

    thing: Thing
    role: str
    modality: str

    @property
    def done(self) -> bool:
        """Whether it is so, and not only wished for."""
        return self.modality == "effective"


@dataclass(frozen=True)
class Line:
    """A contribution as a list shows it; `stages` are the rows that say who takes part."""

    measure: Thing
    row: Row
    parties: list[Party]
    cites: list[Cite]
    also: list[Also]
    stages: Rows

    def of(self, role: str, *, done: bool = True) -> list[Thing]:
        """Its parties of a role."""
        return [p.thing for p in self.parties if (p.role, p.done) == (role, done)]

    @property
    def foreseen(self) -> list[Thing]:
        """Those whose signature a document wishes for."""
        return [*self.of("author", done=False), *self.of("cosignatory", done=False)]

    @property
    def by_modality(self) -> list[tuple[str, str, list[str]]]:
        """The stages in which anybody takes part, is to, or lacks, apart: the mark, the modality, the stages."""
        said = {(row["modality"], row["stage"]) for row in self.stages}
        return [
            (GROUNDS[modality], modality, stages)
            for modality in CODES["modalities"]
            if (stages := [stage for stage in CODES["stages"] if (modality, stage) in said])
        ]

    @property
    def askers(self) -> list[Thing]:
        """Who else asks for the same."""
        return list(dict.fromkeys(party for other in self.also for party in other.askers))


def lines(reading: Reading) -> list[Line]:
    """What counts on the date: what others ask for too first, then in the order of the documents."""
    rows = {row["id"]: row for row in reading.query(MEASURES)}
    places, parties, stages = (_by_measure(reading.query(sql)) for sql in (PLACES, PARTIES, STAGES))
    others = same.also(reading)
    things = Things(reading, [*rows, *(p["party"] for found in parties.values() for p in found)])
    found = [
        Line(
            things.get("measures", key),
            rows[key],
            [Party(things.get("party", p["party"]), p["role"], p["modality"]) for p in parties[key]],
            list(dict.fromkeys(cite(place, reading) for place in told)),
            others.get(key, []),
            stages[key],
        )
        for key, told in places.items()
    ]
    return sorted(found, key=lambda line: not line.also)


def as_json(line: Line) -> dict[str, Any]:
    """A line for programs. Authors, signatories, those foreseen and those who ask for the same are four lists."""
    own = ("kind", "label", "label_en", "pillar", "theme", "sector", "proposed_by")
    return {
        "id": line.measure.id,
        "iri": iri("measures", line.measure.id),
        **{name: line.row[name] for name in own},
        "authors": [p.id for p in line.of("author")],
        "cosignatories": [p.id for p in line.of("cosignatory")],
        "foreseen": [p.id for p in line.foreseen],
        "places": [{"source": c.source, "locator": c.locator} for c in line.cites],
        "stages": [{k: row[k] for k in ("stage", "group", "modality")} for row in line.stages],
        "asks_same": [
            {
                "id": other.measure.id,
                "askers": [p.id for p in other.askers],
                "places": [{"source": c.source, "locator": c.locator} for c in other.cites],
                "why": other.why.why if other.why else None,
            }
            for other in line.also
        ],
    }


COLUMNS = ("id", "kind", "label", "label_en", "pillar", "theme", "sector", "authors", "cosignatories", "foreseen")
CSV_COLUMNS = (*COLUMNS, "documents", "places", "stages", "asks_same", "asks_same_askers")


def as_row(line: Line) -> list[Any]:
    """A line under `CSV_COLUMNS`."""
    told = as_json(line)
    return [
        *(told[name] for name in COLUMNS),
        [c.source for c in line.cites],
        [c.locator for c in line.cites],
        [f"{row['stage']}:{row['group']}:{row['modality']}" for row in line.stages],
        [other.measure.id for other in line.also],
        [party.id for party in line.askers],
    ]


def _by_measure(rows: Rows) -> dict[str, Rows]:
    found: dict[str, Rows] = defaultdict(list)
    for row in rows:
        found[row["measure"]].append(row)
    return found
