"""The rows of the lists. A model's fields, in order, are the columns of its list, in JSON and in CSV."""

import datetime as dt
from typing import Annotated, Any

from pydantic import Field

from segur_api.models import Told
from segur_graph.facts import CODES


def _code(scheme: str, *more: str) -> Any:
    return Field(json_schema_extra={"enum": [*CODES[scheme], *more]})


Kind = Annotated[str, _code("kinds")]
Group = Annotated[str, _code("groups")]
Level = Annotated[str, _code("levels")]
Modality = Annotated[str, _code("modalities")]
Iri = Annotated[str, Field(description="The IRI of the thing; it leads to its page and its RDF.")]
Existence = Annotated[
    str,
    Field(
        description="On the date: existing, expected (required by law, seen by no source), proposed, or none.",
        json_schema_extra={"enum": ["existing", "expected", "proposed", "none"]},
    ),
]
Yes = Annotated[str, _code("answers")]


class Body(Told):
    """An actor or an instance, as its sources say once read together."""

    id: str = Field(examples=["cdu-310781406"])
    iri: Iri
    kind: Kind
    type: str = Field(examples=["CDU"])
    label: str = Field(examples=["CDU du CHU de Toulouse"])
    label_en: str | None
    territory: str | None = Field(examples=["DEP-31"])
    parent: str | None
    group: Group | None = Field(description="The body's own, else its type's.")
    status: Annotated[str, _code("body-statuses")] | None
    exists_from: dt.date | None
    exists_to: dt.date | None
    existence: Existence


class Type(Told):
    """A type of bodies: declared, or known by a norm or a body."""

    code: str = Field(examples=["CDU"])
    iri: Iri
    kind: Kind | None
    label: str = Field(examples=["Commission des usagers"])
    label_en: str | None
    broader: str | None
    group: Group | None
    level: Level | None
    scope: Annotated[str, _code("scopes")] | None
    replaced_by: str | None
    bodies: int = Field(description="The bodies of exactly this type that exist on the date.")
    norm: str | None = Field(description="The IRI of its norm on the date.")


class Territory(Told):
    """A territory, and the one in which it lies."""

    code: str = Field(examples=["DEP-31"])
    iri: Iri
    label: str = Field(examples=["Haute-Garonne"])
    within: str | None = Field(examples=["REG-76"])


class Instance(Told):
    """An instance that exists, or that the law expects, and its seats of users that the law requires (R8, R15)."""

    id: str = Field(examples=["cdu-310781406"])
    iri: Iri
    type: str = Field(examples=["CDU"])
    label: str
    territory: str | None
    existence: Existence
    list_day: dt.date | None = Field(description="The day of the last list of its users' seats.")
    list_complete: bool | None
    seats: int | None = Field(description="The seats that count for the norm, in whatever state (R7).")
    required: int | None = Field(description="Null where no norm says a number, or it cannot be computed.")
    filled: int | None
    vacant: int | None
    missing: int | None
    unknown: int | None


class Seat(Told):
    """A seat on a date. Never who holds it: only the body on whose behalf."""

    id: str = Field(examples=["s1"])
    iri: Iri
    instance: str = Field(examples=["cdu-310781406"])
    type: str
    territory: str | None
    college: str | None
    group: Group
    regime: Annotated[str, _code("regimes")] | None
    position: Annotated[str, _code("positions")]
    state: Annotated[str, _code("seat-states", "expired")]
    held_for: list[str] = Field(description="The bodies that the rows of the day name.")
    seen_on: dt.date = Field(description="The day of the last observation.")
    ended_on: dt.date | None = Field(description="The end of a mandate that has expired.")
    sources: list[str] = Field(description="The sources of that day.")


class Measure(Told):
    """A proposal or a measure that counts on the date (R2)."""

    id: str = Field(examples=["doc-000-usagers-en-cme"])
    iri: Iri
    kind: Annotated[str, _code("contribution-kinds")]
    label: str
    label_en: str | None
    pillar: Annotated[str, _code("pillars")] | None
    theme: str | None
    sector: Annotated[str, _code("sectors")] | None
    proposed_by: str | None
    date: dt.date | None
    concerns: list[str] = Field(description="The parties that it names.")
    effect_type: str | None
    effect_group: Group | None
    effect_seats: int | None
    signatories_complete: Yes | None
    signatories: list[str] = Field(description="Who signed, in effect (R9).")


class Meeting(Told):
    """A meeting up to the date, and how users attended."""

    id: str
    iri: Iri
    label: str
    kind: Annotated[str, _code("meeting-kinds")]
    instance: str | None
    date: dt.date
    end: dt.date | None
    territory: str | None = Field(description="Its own, else its instance's.")
    attendance_complete: Yes | None
    usagers_present: int
    usagers_excused: int
    usagers_absent: int


class Norm(Told):
    """What a legal text requires of a type, between two dates."""

    id: str = Field(examples=["CDU-2016-06-04"])
    iri: Iri
    code: str = Field(examples=["CDU"])
    name_fr: str
    name_en: str | None
    level: Level | None
    legal_basis: str | None
    valid_from: dt.date | None
    valid_to: dt.date | None
    binding_from: dt.date | None
    usager_seats_min: int | None
    usager_seats_max: int | None
    usager_seats_min_in: list[str] = Field(description="The number in some territories: REG-76=19.")
    usager_share_min: str | None = Field(examples=[">1/2"])
    regimes: list[str]
    category: str | None
    confidence: Annotated[str, _code("confidences")]
    source_url: str | None
    source: str
    locator: str | None
    in_force: bool = Field(description="Whether it is in force on the date.")


class Source(Told):
    """A source: everything that the edition knows is said by one."""

    id: str = Field(examples=["doc-000"])
    iri: Iri
    title: str
    publisher: str | None
    date: dt.date | None
    licence: str | None
    url: str | None
    sha256: str | None
    origin: str = Field(json_schema_extra={"enum": ["shipped", "user"]})
    rows: int = Field(description="How many rows it brings.")


class Figure(Told):
    """A published total, dated by the last day of its period: never spread over bodies, never added to anything."""

    id: str
    iri: Iri
    territory: str = Field(examples=["REG-11"])
    type: str = Field(examples=["CDU"])
    group: Group | None
    position: Annotated[str, _code("positions")] | None = Field(description="Null: the total does not tell them apart.")
    figure: Annotated[str, _code("figures")]
    value: int = Field(examples=[611])
    observed_on: dt.date
    source: str
    locator: str | None


class Signature(Told):
    """A cell of the matrix: what a party is to a measure. Who proposes it is one of its signatories (R9)."""

    measure: str
    measure_label: str
    party: str
    party_label: str
    group: Group | None
    role: Annotated[str, _code("signatory-roles", "proposer")]
    modality: Modality
    sources: list[str]
    asks_same: list[str] = Field(description="Who asks for the same elsewhere; nobody signs the measure by that.")


class Stages(Told):
    """A measure's stages: the modalities that sources say of a group, none where nothing is said."""

    measure: str
    label: str
    kind: str
    pillar: str | None
    theme: str | None
    sector: str | None
    group: Group
    elaboration: list[Modality]
    diffusion: list[Modality]
    suivi: list[Modality]
    evaluation: list[Modality]
