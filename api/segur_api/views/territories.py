"""Territories as pages show them: the map of the regions, one territory, two side by side."""

from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from segur_api.deps import Reading
from segur_api.views import gaps
from segur_api.views.gaps import Law, Line, Question
from segur_api.views.published import Published
from segur_api.views.published import of as published
from segur_api.views.things import Thing, Things
from segur_api.views.users import least_in_words
from segur_graph import completeness, territories
from segur_graph.facts import CODES
from segur_graph.gaps import Report
from segur_graph.territories import NATION, Territory

# Where a region's tile lies, row and column, and its name in a small tile. The last column lies overseas.
TILES = {
    "REG-32": (1, 3, "HDF"),
    "REG-53": (2, 1, "BRE"),
    "REG-28": (2, 2, "NOR"),
    "REG-11": (2, 3, "IDF"),
    "REG-44": (2, 4, "GES"),
    "REG-52": (3, 2, "PDL"),
    "REG-24": (3, 3, "CVL"),
    "REG-27": (3, 4, "BFC"),
    "REG-75": (4, 2, "NAQ"),
    "REG-84": (4, 3, "ARA"),
    "REG-76": (5, 2, "OCC"),
    "REG-93": (5, 3, "PAC"),
    "REG-94": (6, 4, "COR"),
    "REG-01": (2, 5, "GUA"),
    "REG-02": (3, 5, "MTQ"),
    "REG-03": (4, 5, "GUY"),
    "REG-04": (5, 5, "REU"),
    "REG-06": (6, 5, "MAY"),
}
# A page shows so many of a list; it says how many there are, and where they all are.
BODIES, GAPS, QUESTIONS, MEASURES = 6, 12, 8, 12
BODIES_HERE = """
SELECT id, type FROM (
    SELECT b.id, b.type, row_number() OVER (PARTITION BY b.type ORDER BY b.label, b.id) AS place
    FROM bodies_told b JOIN lies_in l ON l.territory = b.territory AND l.area = $area
    LEFT JOIN bodies_now n ON n.id = b.id WHERE n.id IS NOT NULL OR b.status = 'proposed'
)
WHERE place <= $most ORDER BY type, place
"""


@dataclass(frozen=True)
class Tile:
    """A region on the map; those that have no place there have no row."""

    told: Territory
    row: int | None = None
    column: int | None = None
    short: str = ""


@dataclass(frozen=True)
class Country:
    """The regions, and what belongs to none of them."""

    tiles: list[Tile]
    others: list[Tile]
    national: Report
    nowhere: Report

    @property
    def listed(self) -> list[Territory]:
        """Every region by its name: the table beside the map."""
        return sorted((t.told for t in (*self.tiles, *self.others)), key=lambda t: (t.label, t.code))


@dataclass(frozen=True)
class TypeHere:
    """A type of bodies in a territory: what the law guarantees, what was seen."""

    thing: Thing
    level: str
    least: str
    unread: bool
    law: Law | None
    one: bool  # the law wants one here
    counts: dict[str, int]
    seats: dict[str, Any] | None
    bodies: list[Thing]

    @property
    def all(self) -> int:
        """Its bodies in whatever state."""
        return sum(self.counts.values())

    @property
    def shown(self) -> bool:
        """Whether it has a line of its own: there is something to say of it here."""
        return bool(self.all or self.one)


@dataclass(frozen=True)
class Here:
    """What the page of a territory shows."""

    told: Territory
    above: list[Thing]
    parts: list[Thing]
    levels: list[tuple[str, list[TypeHere], list[TypeHere]]]
    measures: list[tuple[Thing, list[str]]]
    measure_count: int
    published: Published
    lines: list[Line]
    questions: list[Question]
    national: int


@dataclass(frozen=True)
class Side:
    """One of two territories that are looked at side by side."""

    told: Territory
    thing: Thing
    types: dict[str, TypeHere]
    published: Published


def country(reading: Reading) -> Country:
    """The regions on their map, and what the nation decides."""
    lying = territories.lying(reading.query, reading.report())
    found = territories.territories(reading.query, reading.report(), lying)
    tiles = [Tile(found[code], *at) for code, at in TILES.items() if code in found]
    return Country(tiles, [Tile(t) for t in found.values() if _apart(t, found)], lying.national, lying.nowhere)


def here(reading: Reading, code: str) -> Here:
    """What is known of a territory, at every level."""
    lying = territories.lying(reading.query, reading.report())
    found = territories.territories(reading.query, reading.report(), lying)
    told = found[code]
    shown = replace(told.report, gaps=told.report.gaps[:GAPS], unknowns=told.report.unknowns[:QUESTIONS])
    measures = territories.measures(reading.query, code)
    things = Things(reading, [*gaps.named(shown), *(m["measure"] for m in measures[:MEASURES])])
    return Here(
        told,
        _above(found, told),
        [_thing(t) for t in found.values() if t.within == code],
        _levels(_types(reading, code)),
        [(things.get("measures", m["measure"]), m["how"]) for m in measures[:MEASURES]],
        len(measures),
        published(reading, area=code),
        gaps.lines(reading, shown, things),
        gaps.questions(shown, reading.lang, things),
        len(lying.national.gaps),
    )


def sides(reading: Reading, codes: tuple[str, str]) -> list[Side]:
    """Two territories side by side, in the order in which they are asked for."""
    found = territories.territories(reading.query, reading.report())
    return [
        Side(
            found[code],
            _thing(found[code]),
            {t.thing.id: t for t in _types(reading, code) if t.all},
            published(reading, area=code),
        )
        for code in codes
    ]


def overlap(pair: list[Side]) -> bool:
    """Whether the bounds of two territories leave open in which of them more seats are absent."""
    (low, high), (other_low, other_high) = (s.told.report.completeness["absent_share"] or (0, 1) for s in pair)
    return bool(low <= other_high and other_low <= high)


def _apart(told: Territory, found: dict[str, Territory]) -> bool:
    """Whether a territory is a region, or stands alone, and has no tile of its own on the map."""
    top = told.within in (None, NATION) or told.within not in found
    return top and told.code != NATION and told.code not in TILES


def _thing(told: Territory) -> Thing:
    return Thing("territories", told.code, told.label)


def _above(found: dict[str, Territory], told: Territory) -> list[Thing]:
    """The territories in which one lies, the widest first."""
    up: list[Thing] = []
    while told.within in found:
        told = found[told.within]
        up.insert(0, _thing(told))
    return up


def _types(reading: Reading, code: str) -> list[TypeHere]:
    rows = territories.types(reading.query, code)
    bodies = reading.query(BODIES_HERE, area=code, most=BODIES)
    things = Things(reading, [*(r["type"] for r in rows), *(b["id"] for b in bodies)])
    named = {key: [b["id"] for b in found] for key, found in groupby(bodies, lambda b: b["type"])}
    region = code.startswith("REG-")
    return [_type(r, reading, things, named.get(r["type"], []), region=region) for r in rows]


def _type(row: dict[str, Any], reading: Reading, things: Things, bodies: list[str], *, region: bool) -> TypeHere:
    law = Law.of(row, reading.lang) if row["norm"] else None
    return TypeHere(
        things.get("types", row["type"]),
        row["level"] or "",
        least_in_words(row["least"], row["share"], reading.lang),
        row["least_unread"],
        law,
        region and bool(law) and row["scope"] == "one-per-region",
        {name: row[name] for name in territories.STATES},
        completeness.total([row]) if row["required"] is not None else None,
        [things.get("bodies", i) for i in bodies],
    )


def _levels(types: list[TypeHere]) -> list[tuple[str, list[TypeHere], list[TypeHere]]]:
    """The types at each level: those of which there is something to say here, and the others."""
    found = []
    for level in (*CODES["levels"], ""):
        of = [t for t in types if t.level == level]
        if of:
            found.append((level, [t for t in of if t.shown], [t for t in of if not t.shown]))
    return found
