"""Who signs and who is to sign: the parties, the measures, and a mark where they meet."""

from collections import defaultdict
from dataclasses import dataclass

from segur_api.deps import Reading
from segur_api.views.things import Thing, Things
from segur_api.views.values import Cite, cite
from segur_graph.tables import Rows

# R9: a signature counts as author or cosignatory, and so does who proposes; what is asked for is foreseen.
SQL = """
WITH marks AS (
    SELECT measure, party, 'signed' AS mark FROM signatories_now
    UNION
    SELECT s.measure, speaking(s.body), 'foreseen'
    FROM signatures s SEMI JOIN measures_now m ON m.id = s.measure
    WHERE s.modality = 'requested' AND s.role IN ('author', 'cosignatory')
)
SELECT k.measure, k.party, max(k.mark) AS mark, m.pillar
FROM marks k JOIN measures_now m ON m.id = k.measure
GROUP BY k.measure, k.party, m.pillar, m.date ORDER BY m.date DESC NULLS LAST, k.measure, k.party
"""
ROWS = """
SELECT s.measure, speaking(s.body) AS party, s.role, s.modality, s.source, coalesce(s.locator, s.read_at) AS locator
FROM signatures s SEMI JOIN measures_now m ON m.id = s.measure WHERE s.measure IN (SELECT unnest($ids))
UNION ALL
SELECT m.id, speaking(m.proposed_by), 'author', 'effective', m.source, coalesce(m.locator, m.read_at)
FROM measures m SEMI JOIN measures_now n ON n.id = m.id
WHERE m.proposed_by IS NOT NULL AND m.id IN (SELECT unnest($ids))
"""
TOGETHER = 2  # a measure of one party has no co-signature
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
    """Parties in rows, measures in columns, `signed` or `foreseen` where they meet."""

    parties: list[Thing]
    measures: list[Thing]
    marks: dict[tuple[str, str], str]
    pillars: list[str]
    found: int  # measures, of which the matrix holds the latest MOST
    signers: list[Thing]  # the parties of all of them

    def mark(self, party: Thing, measure: Thing) -> str:
        """The mark where a party and a measure meet; empty where nothing is said."""
        return self.marks.get((party.id, measure.id), "")

    def measures_of(self, party: Thing) -> list[tuple[Thing, str]]:
        """The measures of a party, each with its mark."""
        return [(m, self.mark(party, m)) for m in self.measures if self.mark(party, m)]


@dataclass(frozen=True)
class Partner:
    """Who signs with a party, and on which measures: `signed` where both do, else `foreseen`."""

    thing: Thing
    mark: str
    measures: list[Thing]


@dataclass(frozen=True)
class Signed:
    """What sources say of a party and a measure; who leads or relays does not sign (R9)."""

    measure: Thing
    party: Thing
    role: str
    modality: str
    cites: list[Cite]

    @property
    def signs(self) -> bool:
        """Whether the role is one that signs."""
        return self.role not in ("lead", "relay")


def matrix(reading: Reading, asked: Signing) -> Matrix:
    """The matrix of what counts on the date."""
    rows = _narrow(reading.query(SQL), asked)
    pillars = sorted({r["pillar"] for r in rows if r["pillar"]})
    signers = sorted({r["party"] for r in rows})
    every = list(dict.fromkeys(r["measure"] for r in rows))
    measures, kept = every[:MOST], set(every[:MOST])
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
    for measure, own in shown.measures_of(party):
        for other in shown.parties:
            mark = shown.mark(other, measure)
            if other != party and mark:
                both = "signed" if (own, mark) == ("signed", "signed") else "foreseen"
                found.setdefault((other.id, both), Partner(other, both, [])).measures.append(measure)
    return sorted(found.values(), key=lambda p: (p.mark != "signed", -len(p.measures), p.thing.id))


def signatures(reading: Reading, shown: Matrix) -> list[Signed]:
    """The rows behind a matrix, with their roles and places; those that lead or relay too, which do not sign."""
    order = {m.id: n for n, m in enumerate(shown.measures)}
    rows = reading.query(ROWS, ids=list(order))
    things = Things(reading, [r["measure"] for r in rows] + [r["party"] for r in rows])
    said: dict[tuple[str, ...], list[Cite]] = defaultdict(list)
    for row in sorted(rows, key=lambda r: (order[r["measure"]], r["role"], r["party"], r["source"])):
        said[row["measure"], row["party"], row["role"], row["modality"]].append(cite(row, reading.lang))
    return [
        Signed(things.get("measures", m), things.get("party", p), role, modality, list(dict.fromkeys(cites)))
        for (m, p, role, modality), cites in said.items()
    ]


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
