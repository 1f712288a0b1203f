"""Circles: a body above itself, a type broader than itself, a territory within itself."""

from collections.abc import Iterator, Mapping

from segur_ingest.checks import joins
from segur_ingest.checks.after import After, Place
from segur_ingest.faults import Fault

UP = (("bodies", "id", "parent"), ("types", "code", "broader"), ("territories", "code", "within"))


def faults(after: After) -> Iterator[Fault]:
    """The cells that close a circle, once each thing's latest source has spoken (R1)."""
    for table, key, up in UP:
        above = _above(after, table, key, up)
        for name in _turning(above):
            target, place = above[name]
            yield place.fault(up, f"cercle : {name} se trouve au-dessus de {target} ; attendu un autre, ou rien")


def _above(after: After, table: str, key: str, up: str) -> dict[str, tuple[str, Place]]:
    """What is above each thing, and the row that says so: its latest source's; of joined bodies, the speaker's."""
    speaks = joins.speaking(after) if table == "bodies" else {}
    found: dict[str, tuple[tuple[bool, tuple[str, str]], str, Place]] = {}
    for place, (own, target, source) in after.rows(table, key, up, "source"):
        if target:
            name = speaks.get(own, own)
            rank = (name == own, after.rank.get(source, ("", source)))
            if name not in found or found[name][0] <= rank:
                found[name] = (rank, speaks.get(target, target), place)
    return {name: (target, place) for name, (_, target, place) in found.items()}


def _turning(above: Mapping[str, tuple[str, Place]]) -> Iterator[str]:
    """The things on a circle: each has one thing above it at most, so that every path is walked once."""
    walked: set[str] = set()
    for start in above:
        path: dict[str, int] = {}
        name = start
        while name in above and name not in walked:
            walked.add(name)
            path[name] = len(path)
            name = above[name][0]
        if name in path:
            yield from list(path)[path[name] :]
