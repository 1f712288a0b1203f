"""Who signs, who is to sign and who asks for the same: the parties, the measures, and a mark where they meet."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from segur_api.deps import Reading
from segur_api.views import same
from segur_api.views.same import Also
from segur_api.views.things import Thing, Things
from segur_api.views.values import Cite, cite, sign
from segur_graph.tables import Rows

# R9: a signature counts as author or cosignatory, and so does who proposes; what is asked for is foreseen. Who asks
# for the same elsewhere signs nothing here: any signature, even a foreseen one, is shown in its place.
SQL = """
WITH marks AS (
    SELECT measure, party, 'signed' AS mark FROM signatories_now
    UNION
    SELECT measure, party, 'foreseen' FROM foreseen_now
    UNION
    SELECT unnest($same_measures::VARCHAR[]), unnest($same_parties::VARCHAR[]), 'same'
)
SELECT k.measure, k.party, arg_max(k.mark, list_position($marks, k.mark)) AS mark, m.pillar
FROM marks k JOIN measures_now m ON m.id = k.measure
GROUP BY k.measure, k.party, m.pillar, m.date ORDER BY m.date DESC NULLS LAST, k.measure, k.party
"""
ROWS = """
SELECT s.measure, speaking(s.body) AS party, s.role, s.modality, s.source, s.locator
FROM signatures s SEMI JOIN measures_now m ON m.id = s.measure WHERE s.measure IN (SELECT unnest($ids))
UNION ALL
SELECT m.id, speaking(m.proposed_by), 'author', 'effective', m.source, m.locator
FROM measures m SEMI JOIN measures_now n ON n.id = m.id
WHERE m.proposed_by IS NOT NULL AND m.id IN (SELECT unnest($ids))
"""
# From the weakest to the strongest.
MARKS = ("same", "foreseen", "signed")
CSV_COLUMNS = (
    *("measure", "label", "party", "party_label", "mark", "role", "modality"),
    *("asks_same_in", "sources", "locators"),
)
TOGETHER = 2  # a measure of one party has nothing to compare
# Beyond so many measures a matrix is read by nobody: the latest are shown, filters lead to the others.
MOST = 60


@dataclass(frozen=True)
class Signing:
    """What narrows a matrix; empty strings narrow nothing."""

    pillar: str = ""
    party: str = ""
    modality: str = ""
    alone: bool = False


@dataclass(frozen=True)
class Matrix:
    """Parties in rows, measures in columns, `signed`, `foreseen` or `same` where they meet."""

    parties: list[Thing]
    measures: list[Thing]
    marks: dict[tuple[str, str], str]
    pillars: list[str]
    found: int  # measures, of which the matrix holds the latest MOST
    signers: list[Thing]  # the parties of all of them

    def mark(self, party: Thing, measure: Thing) -> str:
        """The mark where a party and a measure meet; empty where nothing is said."""
        return self.marks.get((party.id, measure.id), "")


@dataclass(frozen=True)
class Partner:
    """Who signs with a party, and on which measures: `signed` where both do, `foreseen` where one is only to.

    `same` where one of them signs nothing there, but asks for the same elsewhere.
    """

    thing: Thing
    mark: str
    measures: list[Thing]


@dataclass(frozen=True)
class Signed:
    """What sources say of a party and a measure; who leads or relays does not sign (R9).

    Of who asks for the same there is no role: `also` are the party's own contributions.
    """

    measure: Thing
    party: Thing
    mark: str
    role: str = ""
    modality: str = ""
    cites: list[Cite] = field(default_factory=list)
    also: list[Also] = field(default_factory=list)
    first: bool = True  # of its cell

    @property
    def signs(self) -> bool:
        """Whether the party signs, or is to."""
        return self.mark in ("signed", "foreseen")

    @property
    def anchor(self) -> str:
        """Where the page tells its cell."""
        return f"{self.measure.id}--{self.party.id}"


def matrix(reading: Reading, asked: Signing, *, whole: bool = False) -> Matrix:
    """The matrix of what counts on the date: its latest measures, or the `whole`."""
    every_mark = reading.opened.lists.get(
        ("marks", reading.as_of), lambda: reading.query(SQL, marks=MARKS, **same.cells(reading))
    )
    rows = _narrow(every_mark, asked)
    pillars = sorted({r["pillar"] for r in rows if r["pillar"]})
    signers = sorted({r["party"] for r in rows})
    every = list(dict.fromkeys(r["measure"] for r in rows))
    measures = every if whole else every[:MOST]
    kept = set(measures)
    rows = [r for r in rows if r["measure"] in kept]
    things = Things(reading, [*measures, *signers])
    marks = {(r["party"], r["measure"]): r["mark"] for r in rows}
    often: dict[str, int] = defaultdict(int)
    for party, _ in marks:
        often[party] += 1
    parties = sorted(often, key=lambda p: (-often[p], p))
    return Matrix(
        [things.get("party", p) for p in parties],
        [things.get("measures", m) for m in measures],
        {(things.get("party", p).id, m): mark for (p, m), mark in marks.items()},
        pillars,
        len(every),
        [things.get("party", p) for p in signers],
    )


def partners(shown: Matrix, party: Thing) -> list[Partner]:
    """Who signs, or is to sign, with a party: those who signed most first."""
    found: dict[tuple[str, str], Partner] = {}
    for measure in shown.measures:
        own = shown.mark(party, measure)
        for other in shown.parties:
            mark = shown.mark(other, measure)
            if own and mark and other != party:
                both = min(own, mark, key=MARKS.index)
                found.setdefault((other.id, both), Partner(other, both, [])).measures.append(measure)
    return sorted(found.values(), key=lambda p: (-MARKS.index(p.mark), -len(p.measures), p.thing.id))


def signatures(reading: Reading, shown: Matrix) -> list[Signed]:
    """The rows behind a matrix, with their roles and places; those that lead or relay too, which do not sign."""
    order = {m.id: n for n, m in enumerate(shown.measures)}
    rows = reading.query(ROWS, ids=list(order))
    things = Things(reading, [r["measure"] for r in rows] + [r["party"] for r in rows])
    said: dict[tuple[str, ...], list[Cite]] = defaultdict(list)
    for row in sorted(rows, key=lambda r: (order[r["measure"]], r["role"], r["party"], r["source"])):
        said[row["measure"], row["party"], row["role"], row["modality"]].append(cite(row, reading))
    signed = [
        Signed(
            *(things.get("measures", m), things.get("party", p), sign(role, modality), role, modality),
            list(dict.fromkeys(cites)),
        )
        for (m, p, role, modality), cites in said.items()
    ]
    found = sorted([*signed, *_asking(reading, shown)], key=lambda row: order[row.measure.id])
    firsts = {row.anchor: row for row in reversed(found) if row.mark}
    return [replace(row, first=firsts.get(row.anchor) is row) for row in found]


def as_row(row: Signed) -> list[Any]:
    """A row under `CSV_COLUMNS`; of who asks for the same the measures, and their places, are those of the party."""
    cites = [*row.cites, *(cite for other in row.also for cite in other.cites)]
    own = [other.measure.id for other in row.also]
    places = [[cite.source for cite in cites], [cite.locator for cite in cites]]
    ends = [row.measure.id, row.measure.label, row.party.id, row.party.label]
    return [*ends, row.mark, row.role, row.modality, own, *places]


def counts(rows: list[Signed]) -> dict[str, int]:
    """How many parties there are of each sort, never added up: authors, co-signatories, those foreseen or asking."""
    sorts = {
        "authors": [r for r in rows if (r.role, r.mark) == ("author", "signed")],
        "cosignatories": [r for r in rows if (r.role, r.mark) == ("cosignatory", "signed")],
        "foreseen": [r for r in rows if r.mark == "foreseen"],
        "same": [r for r in rows if r.mark == "same"],
    }
    return {sort: len({row.party for row in found}) for sort, found in sorts.items()}


def _asking(reading: Reading, shown: Matrix) -> Iterator[Signed]:
    """The rows of those who sign nothing there but ask for the same: their own contributions."""
    others = same.also(reading, [m.id for m in shown.measures])
    for measure in shown.measures:
        for party in shown.parties:
            if shown.mark(party, measure) == "same":
                own = [a for a in others[measure.id] if party in a.askers]
                yield Signed(measure, party, "same", also=own)


def _narrow(rows: Rows, asked: Signing) -> Rows:
    """The rows of the measures that fit: whole measures, so that a party is seen with those it signs with."""
    of = defaultdict(list)
    for row in rows:
        of[row["measure"]].append(row)
    return [row for found in of.values() if _fits(found, asked) for row in found]


def _fits(rows: Rows, asked: Signing) -> bool:
    parties = {r["party"] for r in rows}
    return (
        (asked.alone or len(parties) >= TOGETHER)
        and asked.pillar in ("", rows[0]["pillar"])
        and (not asked.party or asked.party in parties)
        and (not asked.modality or asked.modality in {r["mark"] for r in rows})
    )
