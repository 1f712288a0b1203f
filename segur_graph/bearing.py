"""What bears on the focus of a gap or unknown, and what of it is not the same on the two sides of a step."""

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import Any

from segur_graph import compare
from segur_graph.compare import Difference, Side
from segur_graph.shipped import data

Row = dict[str, Any]

# Which aspects of its focus (bearing.sql) a rule depends on, by the views that it reads; one that reads none, on all.
READS = {
    "required_now": {"norm", "list", "seat"},
    "lists_now": {"list"},
    "seats_now": {"seat"},
    "norms_now": {"norm"},
    "namings_now": {"naming"},
    "signatories_now": {"signatory"},
    "participations": {"participation"},
    "attendances": {"attendance"},
}
# The focus itself, by its table.
ITSELF = {"bodies": "body", "types": "instance", "measures": "measure", "meetings": "meeting"}
# In the order in which they are told.
ASPECTS = (
    *("body", "measure", "meeting", "verdict", "norm", "list", "seat", "naming", "instance"),
    *("signatory", "participation", "attendance"),
)


@dataclass(frozen=True)
class Moved:
    """A thing that bears on a focus and is not the same earlier and later."""

    aspect: str
    before: Row | None
    after: Row | None

    @property
    def row(self) -> Row:
        """It as it is later, or as it was."""
        row = self.after or self.before
        assert row is not None  # noqa: S101 - it is somewhere
        return row

    @property
    def facts(self) -> set[str]:
        """The rows that say it, on either side."""
        return {fact for row in (self.before, self.after) if row for fact in row["facts"]}


# By the table and key of a focus.
Moves = dict[tuple[str, str], list[Moved]]


def moved(differences: list[Difference], early: Side, late: Side) -> Moves:
    """For each focus, the things that bear on it otherwise on the two sides."""
    had, has = _bearing(differences, early), _bearing(differences, late)
    found: Moves = defaultdict(list)
    for key in sorted(had.keys() | has.keys(), key=lambda k: (ASPECTS.index(k[2]), k)):
        before, after = had.get(key), has.get(key)
        if before != after:
            found[key[0], key[1]].append(Moved(key[2], before, after))
    return found


def _bearing(differences: list[Difference], side: Side) -> dict[tuple[str, ...], Row]:
    """What bears on the foci of some differences: by table, focus, aspect and thing."""
    foci: dict[str, set[str]] = {table: set() for table in ITSELF}
    for table, focus in (d.focus for d in differences):
        foci[table].add(focus)
    rows = side.query(_sql(), **{table: sorted(ids) for table, ids in foci.items()})
    for row in rows:
        row["facts"] = sorted(set(row["facts"] or ()))
    return {(row["table"], row["focus"], row["aspect"], row["thing"]): row for row in rows}


@cache
def _sql() -> str:
    return (data("queries") / "compare" / "bearing.sql").read_text("utf-8")


def relevant(difference: Difference, of: Moves) -> list[Moved]:
    """What moved that the rule of a difference depends on; of each aspect, what it rests on before the rest."""
    every = of.get(difference.focus, [])
    itself = ITSELF[difference.focus[0]]
    gone = [m for m in every if m.aspect == itself != "instance" and (m.before is None or m.after is None)]
    if gone:
        return [m for m in every if m.aspect in (itself, "verdict")]
    wanted = aspects(difference.told.kind) | {itself, "verdict"}
    near = [m for m in every if m.aspect in wanted] or every
    rests = difference.premises()
    resting = {m.aspect for m in near if m.facts & rests}
    return [m for m in near if m.aspect not in resting or m.facts & rests]


def aspects(kind: str) -> set[str]:
    """The aspects on which the rule of a kind of gap or unknown depends."""
    text = compare.rule_text(kind)
    read = [found for view, found in READS.items() if re.search(rf"\b{view}\b", text)]
    return set().union(*read) if read else set(ASPECTS)
