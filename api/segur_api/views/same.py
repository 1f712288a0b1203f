"""Who asks for the same: what people judged, as the pages show it. It is never a signature."""

from collections.abc import Iterable
from dataclasses import dataclass

from segur_api.deps import Reading
from segur_api.views.things import Thing, Things
from segur_api.views.values import Cite, cite
from segur_ingest import convergence
from segur_ingest.convergence import ASKS, Measure, Reason


@dataclass(frozen=True)
class Also:
    """Another contribution that asks for the same: who stands behind it and how, where it is read, why it is the same.

    `why` is None where no verdict joins the two but a chain of verdicts does.
    """

    measure: Thing
    who: list[tuple[Thing, str]]
    cites: list[Cite]
    why: Reason | None

    @property
    def askers(self) -> list[Thing]:
        """Who asks for it: who proposes or signs it, not who is only to sign or leads."""
        return [party for party, how in self.who if how in ASKS]


def also(reading: Reading, asked: Iterable[str] | None = None) -> dict[str, list[Also]]:
    """The others that ask for the same as each contribution that counts on the date, or as those that are asked for."""
    wanted = None if asked is None else set(asked)
    found = {m: others for m, others in counting(reading).items() if wanted is None or m in wanted}
    reasons = convergence.reasons(reading.tables)
    named = [m for others in found.values() for m in others]
    things = Things(reading, [m.id for m in named] + [p.id for m in named for p in m.who])
    return {
        one: [_also(reading, m, reasons.get(frozenset((one, m.id))), things) for m in others]
        for one, others in found.items()
    }


def counting(reading: Reading) -> dict[str, list[Measure]]:
    """Each contribution of a group with the others that ask for the same, all counting on the date."""
    now = {row["id"] for row in reading.query("SELECT id FROM measures_now")}
    asked = reading.opened.asks_same.items()
    kept = {one: [m for m in others if m.id in now] for one, others in asked if one in now}
    return {one: others for one, others in kept.items() if others}


def cells(reading: Reading) -> dict[str, list[str]]:
    """The cells of a matrix in which a party asks for the same as a measure, as two lists for a query."""
    found = [(one, who) for one, others in counting(reading).items() for m in others for who in m.askers]
    return {"same_measures": [one for one, _ in found], "same_parties": [who for _, who in found]}


def _also(reading: Reading, measure: Measure, why: Reason | None, things: Things) -> Also:
    places = [{"source": p.source, "locator": p.locator} for p in measure.places]
    return Also(
        things.get("measures", measure.id),
        [(things.get("party", party.id), party.how) for party in measure.who],
        [cite(place, reading) for place in places],
        why,
    )
