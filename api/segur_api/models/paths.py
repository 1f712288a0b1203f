"""A neighbourhood and a path, as the API gives them."""

from datetime import date
from typing import Literal

from pydantic import Field

from segur_api.models import Told
from segur_graph.drawn.elements import Basis, Nature, State


class Proof(Told):
    """A row that says something, its source, and where it stands there."""

    fact: str = Field(examples=["memberships/Cdqm4w"])
    source: str = Field(examples=["doc-000"])
    locator: str


class NetworkNode(Told):
    """A body, a type, a contribution or a pillar."""

    id: str = Field(examples=["bodies/ars-occitanie", "types/CME"])
    label: str
    nature: Nature
    group: str = Field(description="A stakeholder group; `several`, `unsaid`, or empty for a pillar.")
    basis: Basis = Field(description="What the thing itself is: seen, only asked for, or required and never seen.")
    state: State | None = Field(description="The gravest of its gaps and unknowns.")


class NetworkEdge(Told):
    """What joins two nodes, and on what ground: observed, asked for, required by law. Never merged."""

    id: str
    source: str
    target: str
    relation: str = Field(examples=["member"])
    basis: Basis
    said: list[str] = Field(description="Roles, numbers, as the rows say them.")
    evidence: list[Proof]


class Neighbourhood(Told):
    """A node and what is reached from it in some steps."""

    edition: str
    as_of: date
    centre: str
    steps: int
    nodes: list[NetworkNode]
    edges: list[NetworkEdge]


class PathStep(Told):
    """A step, and why it does not count, if so."""

    start: str
    end: str
    edge: NetworkEdge
    counts: bool
    reasons: list[str] = Field(description="Why it does not count, in words.")


class NetworkPath(Told):
    """The way between two nodes: `established` where every step counts; else the way that comes nearest to one."""

    edition: str
    as_of: date
    start: str
    end: str
    outcome: Literal["established", "none", "nothing"]
    says: str = Field(description="The path as a sentence, or that there is none and why.")
    steps: list[PathStep]
