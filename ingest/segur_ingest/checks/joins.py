"""Verdicts on ids: what may be joined, and which id then speaks."""

from collections.abc import Iterator
from typing import NamedTuple

from segur_ingest.checks.after import After, Place
from segur_ingest.faults import Fault


class Verdict(NamedTuple):
    """The verdict that holds on a pair of ids."""

    place: Place
    one: str
    speaks: str
    said: str


def faults(after: After) -> Iterator[Fault]:
    """Verdicts on ids of different sorts, on an id and itself, or against another of the same source."""
    bodies = {cells[0]: cells[1:] for _, cells in after.rows("bodies", "id", "kind", "type")}
    measures = after.keys("measures")
    first: dict[tuple[str, frozenset[str]], str] = {}
    for place, (one, other, verdict, source) in after.rows("same", "id", "same_as", "verdict", "source"):
        if first.setdefault((source, frozenset((one, other))), verdict) != verdict:
            yield place.fault("verdict", "cette source dit aussi le contraire de cette paire ; attendu un seul verdict")
        if one == other:
            yield place.fault("same_as", "attendu un autre identifiant que celui de id")
        elif one in bodies and other in bodies:
            if verdict == "same" and bodies[one] != bodies[other]:
                expected = f"attendu un organisme du même genre et du même type que {one} ({', '.join(bodies[one])})"
                yield place.fault("same_as", expected)
        elif not {one, other} <= measures and {one, other} <= measures | bodies.keys():
            yield place.fault(
                "same_as", f"un organisme et une contribution ; attendu deux organismes ou deux contributions ({one})"
            )


def verdicts(after: After) -> dict[frozenset[str], Verdict]:
    """R1: the latest source's verdict on each pair of ids."""
    latest: dict[frozenset[str], tuple[tuple[str, str], Verdict]] = {}
    for place, (one, other, said, source) in after.rows("same", "id", "same_as", "verdict", "source"):
        pair, rank = frozenset((one, other)), after.rank.get(source, ("", source))
        if len(pair) > 1 and (pair not in latest or latest[pair][0] <= rank):
            latest[pair] = (rank, Verdict(place, one, other, said))
    return {pair: verdict for pair, (_, verdict) in latest.items()}


def speaking(after: After) -> dict[str, str]:
    """For each body's id that is joined to another, the id that speaks for both."""
    pairs = [v for v in verdicts(after).values() if v.said == "same" and v.one in after.bodies]
    joined: dict[str, set[str]] = {}
    for verdict in pairs:
        group = joined.get(verdict.one, {verdict.one}) | joined.get(verdict.speaks, {verdict.speaks})
        joined.update(dict.fromkeys(group, group))
    silent = {v.one for v in pairs}
    speaker = {frozenset(group): min(group - silent, default=min(group)) for group in joined.values()}
    return {i: speaker[frozenset(group)] for i, group in joined.items() if speaker[frozenset(group)] != i}
