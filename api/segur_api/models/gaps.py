"""The gaps and unknowns of a report, and completeness."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from segur_api.models import Told
from segur_graph.gaps import Severity
from segur_graph.options import Lang

Says = Annotated[
    dict[Lang, str], Field(examples=[{"fr": "1 siège d'usagers est vacant.", "en": "1 users' seat is vacant."}])
]


class Focus(Told):
    """What a gap or a question is about."""

    id: str = Field(examples=["cdu-310781406"])
    iri: str
    label: str
    type: str = Field(examples=["CDU"])


class Law(Told):
    """The norm of the focus's type on the date."""

    code: str
    article: str | None = Field(examples=["CSP L1112-3"])
    valid_from: date | None
    usager_seats_min: int | None
    confidence: Literal["confirmed", "from-memory"]
    url: str | None


class Cited(Told):
    """A source."""

    id: str
    title: str


class Counts(Told):
    """Three counts that are never added up; those of a place leave out what the nation decides."""

    established: int
    to_check: int
    unknown: int


class Premise(Told):
    """A row on which a gap rests: take its source away, and the gap is gone."""

    fact: str = Field(description="The IRI of the row.")
    source: Cited
    locator: str | None = Field(examples=["seats.csv:41"])


class Remedy(Told):
    """A proposal that closes a gap, or that speaks of it."""

    id: str
    label: str
    how: Literal["closes", "concerns"]
    carried_by: list[str]


class Gap(Told):
    """A documented absence."""

    id: str = Field(examples=["vacant-seat:cdu-310781406"])
    kind: str = Field(examples=["vacant-seat"])
    severity: Severity
    certainty: Literal["certain", "uncertain"]
    seen_on: date | None
    focus: Focus
    territory: str | None
    count: int
    details: dict[str, Any] = Field(examples=[{"titulaire": 1, "suppleant": 0}])
    stages: list[str]
    says: Says
    norm: Law | None
    premises: list[Premise]
    remedies: list[Remedy]


class Unknown(Told):
    """What cannot be told: a question, never a gap."""

    kind: str = Field(examples=["unknown-composition"])
    focus: Focus
    details: dict[str, Any] = Field(examples=[{"required": 2, "seats": 1}])
    says: Says


class Completeness(Told):
    """The seats that the law requires: what is known of them (R15)."""

    required: int = Field(examples=[10])
    documented: int = Field(examples=[4], description="filled + vacant + missing")
    filled: int = Field(examples=[2])
    vacant: int = Field(examples=[1])
    missing: int = Field(examples=[1])
    unknown: int = Field(examples=[6])
    absent_share: tuple[float, float] | None = Field(
        examples=[[0.2, 0.8]], description="The bounds of the share absent; null where nothing is required."
    )


class Gaps(Told):
    """The gaps, the unknowns and completeness on a date; with `what_if`, also what the measures change."""

    as_of: date
    edition: str
    what_if: list[str]
    truncated: bool
    gaps: list[Gap]
    unknowns: list[Unknown]
    completeness: Completeness
    closed: list[str] = Field(default=[], description="Only with `what_if`: the ids of the gaps that close.")
    opened: list[Gap] = Field(default=[], description="Only with `what_if`: the gaps that open.")
    unchanged: int = Field(default=0, description="Only with `what_if`: how many stay.")


class ByType(Completeness):
    """Completeness of a type."""

    type: str


class ByTerritory(Completeness):
    """Completeness of a territory's own instances; null: those without one."""

    territory: str | None


class Complete(Told):
    """Completeness in all, by type and by territory."""

    edition: str
    as_of: date
    territory: str | None
    completeness: Completeness
    by_type: list[ByType]
    by_territory: list[ByTerritory]
