"""The elements of a picture: nodes, edges and marks, as plain values that anything can draw or write."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal, get_args

from segur_graph.options import Lang

Nature = Literal["pillar", "actor", "instance", "proposed", "type", "proposal", "measure"]
Lane = Literal["national", "actors", "instances", "proposed", "territory", "establishment"]
# What a fact is: seen in a source, asked for in a document, required by law. Never merged.
Basis = Literal["effective", "requested", "law"]
State = Literal["gap", "check", "unknown"]

NATURES: tuple[Nature, ...] = ("actor", "instance", "proposed", "type", "proposal", "measure", "pillar")
LANES: tuple[Lane, ...] = get_args(Lane)
STATES: tuple[State, ...] = get_args(State)
CONTRIBUTIONS = ("proposal", "measure")
# From the quietest line to the loudest, which is the order in which they are drawn.
RELATIONS = ("pillar", "concerns", "part", "member", "seat", "link", "carries", "to-cosign", "cosigns", "asks")


@dataclass(frozen=True)
class Evidence:
    """A row that says something: `table/key`, its source, and where it stands there."""

    fact: str
    source: str
    locator: str


@dataclass(frozen=True)
class Mark:
    """A gap (established, or to be checked) or an unknown of a node: its id, in a few words, in a sentence."""

    state: State
    id: str
    words: dict[Lang, str]
    says: dict[Lang, str]


@dataclass(frozen=True)
class Seats:
    """Users' seats: required by law, seen filled and vacant, asked for; None where nothing says."""

    law: int | None = None
    filled: int | None = None
    vacant: int | None = None
    asked: int | None = None


@dataclass(frozen=True)
class Node:
    """A thing of the picture.

    `group` is a stakeholder group, `several` for an instance in which several sit, `unsaid` where
    no source says, empty for a pillar. `status` is empty, `proposed`, `expected`, `former` or, of a
    measure of which only requests are known, `foreseen`.
    """

    id: str
    labels: dict[Lang, str]
    nature: Nature
    kind: str
    type: str
    group: str
    lane: Lane
    status: str = ""
    territory: str | None = None
    pillar: str = ""
    seats: Seats = Seats()
    marks: tuple[Mark, ...] = ()

    @cached_property
    def state(self) -> State | None:
        """The gravest state of its marks."""
        return min((m.state for m in self.marks), key=STATES.index, default=None)

    @property
    def basis(self) -> Basis:
        """What the thing itself is: seen, only asked for, or required and never seen."""
        if self.status == "expected":
            return "law"
        return "requested" if self.status in ("proposed", "foreseen") or self.nature == "proposal" else "effective"


@dataclass(frozen=True)
class Edge:
    """What joins two nodes, on one ground, in the words of the rows that say it (`said`: roles, numbers)."""

    source: str
    target: str
    relation: str
    basis: Basis
    said: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()

    @cached_property
    def id(self) -> str:
        """Its name, the same in every run: `carries:effective:bodies/a>measures/b`."""
        return f"{self.relation}:{self.basis}:{self.source}>{self.target}"


@dataclass(frozen=True)
class View:
    """What a picture shows of an edition on a date, what a legend counts, and how much is left out."""

    edition: str
    as_of: date
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    left_out: int = 0

    @cached_property
    def by_id(self) -> dict[str, Node]:
        """The nodes by id."""
        return {n.id: n for n in self.nodes}

    @cached_property
    def joined(self) -> dict[str, tuple[str, ...]]:
        """The neighbours of each node, by id."""
        found: dict[str, set[str]] = defaultdict(set)
        for e in self.edges:
            found[e.source].add(e.target)
            found[e.target].add(e.source)
        return {n.id: tuple(sorted(found[n.id])) for n in self.nodes}

    def keeping(self, kept: Iterable[str]) -> "View":
        """The view of some of its nodes and the edges between them; what it counts stays."""
        ids = set(kept)
        nodes = tuple(n for n in self.nodes if n.id in ids)
        edges = tuple(e for e in self.edges if e.source in ids and e.target in ids)
        return View(self.edition, self.as_of, nodes, edges, self.counts, self.left_out)
