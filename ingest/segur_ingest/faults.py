"""What is wrong with a cell, a line or a file, told by its place."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from segur_graph.errors import BadInput

# A value is quoted to be recognised, not to be read.
QUOTE_AT_MOST = 80
UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
# Beyond this many the first ones say enough, and all of them would fill the memory.
TELL_AT_MOST = 200_000
# A message names that many expected values at most; the documentation has them all.
NAME_AT_MOST = 12


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell that cannot be taken: where it stands, what it holds, what was expected.

    `line` is 0 where a whole file is at fault, `column` empty where a whole line is.
    """

    place: str  # seats.csv, register.xlsx[seats]
    line: int
    column: str
    value: str
    expected: str

    def __str__(self) -> str:
        """The fault as people read it: `seats.csv:3:state: Vacant: attendu : filled, vacant, unknown`."""
        place = readable(self.place)
        if not self.line:
            return f"{place}: {self.expected}"
        if not self.column:
            return f"{place}:{self.line}: {self.expected}"
        return f"{place}:{self.line}:{readable(self.column)}: {readable(self.value) or '(vide)'}: {self.expected}"


class Faulty(BadInput):
    """An import, or a removal, with faults: all of them, and nothing is done."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        told = list(islice(faults, TELL_AT_MOST + 1))
        self.faults = in_order(told[:TELL_AT_MOST])
        count = "1 faute" if len(self.faults) == 1 else f"{len(self.faults)} fautes"
        more = " au moins" if len(told) > TELL_AT_MOST else ""
        super().__init__("\n".join([f"{count}{more} ; rien n'est changé", *map(str, self.faults)]))


def in_order(faults: Iterable[Fault]) -> list[Fault]:
    """The faults by place and line, each cell's first one only."""
    first: dict[tuple[str, int, str], Fault] = {}
    for fault in faults:
        first.setdefault((fault.place, fault.line, fault.column), fault)
    whole = {(f.place, f.line) for f in first.values() if f.line and not f.column}
    kept = (f for f in first.values() if not f.column or (f.place, f.line) not in whole)
    return sorted(kept, key=lambda f: (f.place, f.line))


def readable(value: str) -> str:
    """A value on one line of readable characters, cut where it is long."""
    cut = value if len(value) <= QUOTE_AT_MOST else f"{value[:QUOTE_AT_MOST]}… ({len(value)} caractères)"
    return UNPRINTABLE.sub(lambda found: found[0].encode("unicode_escape").decode(), cut)


def one_of(values: Sequence[str], said: str = "") -> str:
    """What was expected where a value is one of a list: the list, and the nearest to what was said."""
    listed = ", ".join(values[:NAME_AT_MOST]) + (", …" if len(values) > NAME_AT_MOST else "")
    return f"attendu : {listed}{nearest(said, values)}"


def nearest(said: str, values: Iterable[str]) -> str:
    """` (« vacant » ?)`: the value that somebody may have meant, or nothing."""
    from rapidfuzz import fuzz, process, utils

    found = process.extractOne(said, list(values), scorer=fuzz.ratio, processor=utils.default_process, score_cutoff=75)
    return f" (« {found[0]} » ?)" if said and found else ""
