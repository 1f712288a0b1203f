"""Who asks for the same: what people judged, and the pairs of contributions that deserve a verdict."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from segur_graph import say
from segur_graph.options import Lang
from segur_graph.tables import Rows, Tables
from segur_ingest import alike

# The likeness from which a pair is worth reading. On the five documents of 2020 it leaves 69 pairs of some 4,500; the
# least alike that was judged the same has 0.26.
CLOSE = 0.25

# How those who ask stand behind a contribution; who is only to sign, or leads, does not ask.
ASKS = ("proposes", "signs")


@dataclass(frozen=True)
class Party:
    """Who stands behind a contribution, and how: `proposes`, `signs`, `is-to-sign`, or `leads` (no signature)."""

    id: str
    label: str
    how: str
    territory: str | None


@dataclass(frozen=True)
class Place:
    """Where a contribution is read: a source, its title, the locator in it."""

    source: str
    title: str
    locator: str


@dataclass(frozen=True)
class Measure:
    """A contribution: what it asks, who proposes or signs it, where it is read."""

    id: str
    kind: str
    label: str
    label_en: str | None
    who: tuple[Party, ...]
    places: tuple[Place, ...]

    @property
    def sources(self) -> set[str]:
        """The sources that say it."""
        return {place.source for place in self.places}

    @property
    def askers(self) -> tuple[str, ...]:
        """Who asks for it: who proposes or signs it; who is only to sign, or leads, does not."""
        return tuple(dict.fromkeys(party.id for party in self.who if party.how in ASKS))

    def title(self, lang: Lang) -> str:
        """The title in a language, in French where there is no other."""
        return say.named(self.label, self.label_en, lang)


@dataclass(frozen=True)
class Group:
    """Contributions that people judged to ask for the same, by a verdict or a chain; `apart`, the pairs told apart."""

    measures: tuple[Measure, ...]
    apart: tuple[tuple[str, str], ...]

    @property
    def id(self) -> str:
        """The group's name: the first of its contributions' ids."""
        return self.measures[0].id


@dataclass(frozen=True)
class Reason:
    """Why two contributions were judged the same, the row that says so and its source."""

    one: str
    other: str
    fact: str
    source: str
    why: str


@dataclass(frozen=True)
class Candidate:
    """Two contributions of different sources that may ask for the same, how near they are (0 to 1), and why."""

    score: float
    one: Measure
    other: Measure
    why: dict[Lang, str]


def groups(tables: Tables) -> list[Group]:
    """The confirmed groups, each with its contributions, by id."""
    measures = _measures(tables)
    linked: dict[str, set[str]] = {}
    for pair in sorted(_pairs(tables, measures, "same"), key=sorted):
        whole = set().union(*(linked.get(name, {name}) for name in pair))
        linked.update(dict.fromkeys(whole, whole))
    wholes = {min(whole): whole for whole in linked.values()}
    different = sorted((min(pair), max(pair)) for pair in _pairs(tables, measures, "different"))
    return [
        Group(
            tuple(measures[i] for i in sorted(wholes[name])),
            tuple(pair for pair in different if wholes[name].issuperset(pair)),
        )
        for name in sorted(wholes)
    ]


def asks_same(tables: Tables) -> dict[str, list[Measure]]:
    """For each contribution of a group the others, but those that a verdict tells apart from it."""
    return {
        one.id: [
            m for m in group.measures if m is not one and (min(one.id, m.id), max(one.id, m.id)) not in group.apart
        ]
        for group in groups(tables)
        for one in group.measures
    }


def reasons(tables: Tables) -> dict[frozenset[str], Reason]:
    """Why people judged two contributions to ask for the same; a pair of a chain may have no reason of its own."""
    sql = """
        SELECT v.one, v.other, s.fact, s.source, s.locator AS why
        FROM verdicts v JOIN same s ON s.fact = v.fact WHERE v.verdict = 'same' ORDER BY v.one, v.other"""
    return {frozenset((row["one"], row["other"])): Reason(**row) for row in tables.query(sql)}


def candidates(tables: Tables) -> list[Candidate]:
    """The pairs of contributions of different sources that nobody has judged, the nearest first."""
    measures, asks = _measures(tables), alike.asks(tables)
    rarity = alike.rarity(asks.values())
    judged = _pairs(tables, measures, "same") | _pairs(tables, measures, "different")
    found = []
    for one, other in alike.sharing(asks):
        if frozenset((one, other)) in judged or measures[one].sources & measures[other].sources:
            continue
        shared = alike.common(asks[one], asks[other])
        score = alike.score(asks[one], asks[other], shared, rarity)
        if score >= CLOSE:
            why = {lang: shared.told(lang) for lang in say.LANGS}
            found.append(Candidate(score, measures[one], measures[other], why))
    return sorted(found, key=lambda c: (-c.score, c.one.id, c.other.id))


# What the tables say


def _pairs(tables: Tables, measures: Mapping[str, Measure], verdict: str) -> set[frozenset[str]]:
    """The pairs of contributions whose latest verdict is this one."""
    rows = tables.query("SELECT one, other FROM verdicts WHERE verdict = $verdict AND one <> other", verdict=verdict)
    return {frozenset((r["one"], r["other"])) for r in rows if r["one"] in measures and r["other"] in measures}


def _measures(tables: Tables) -> dict[str, Measure]:
    """The contributions, with who proposes or signs them and where they are read."""
    who, places = _by_measure(tables.query(_WHO)), _by_measure(tables.query(_PLACES))
    return {
        row["id"]: Measure(
            **row,
            who=tuple(Party(**cells) for cells in who[row["id"]]),
            places=tuple(Place(**cells) for cells in places[row["id"]]),
        )
        for row in tables.query("SELECT id, kind, label, label_en FROM measures_told ORDER BY id")
    }


def _by_measure(rows: Rows) -> dict[str, Rows]:
    found: dict[str, Rows] = defaultdict(list)
    for row in rows:
        found[row.pop("measure")].append(row)
    return found


_WHO = """
    WITH said AS (
        SELECT id AS measure, proposed_by AS party, 'proposes' AS how FROM measures_told
        WHERE proposed_by IS NOT NULL
        UNION
        SELECT measure, body, CASE modality WHEN 'effective' THEN 'signs' ELSE 'is-to-sign' END FROM signatures
        WHERE role IN ('author', 'cosignatory')
        UNION
        SELECT measure, body, 'leads' FROM signatures WHERE role = 'lead' AND modality = 'effective'
    )
    SELECT DISTINCT s.measure, coalesce(b.id, s.party) AS id, coalesce(b.label, t.label, s.party) AS label,
           s.how, b.territory
    FROM said s LEFT JOIN bodies_told b ON b.id = speaking(s.party) LEFT JOIN types_told t ON t.code = s.party
    ORDER BY s.measure, s.how, 2"""

_PLACES = """
    SELECT m.id AS measure, m.source, s.title, m.locator
    FROM measures m JOIN sources s ON s.id = m.source ORDER BY m.id, s.date, m.source"""
