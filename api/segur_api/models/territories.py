"""A territory as the API tells it."""

import datetime as dt
from typing import Literal

from pydantic import Field

from segur_api.models import Told
from segur_api.models.gaps import Completeness, Counts
from segur_api.models.rows import Figure, Iri, Kind, Level, Territory


class Bodies(Told):
    """Bodies by what is known of them: seen, required by law and seen by no source, asked for in a document."""

    existing: int
    expected: int
    proposed: int


class TypeHere(Told):
    """A type of bodies in a territory: what the law guarantees to users there, what is known, what is not."""

    type: str = Field(examples=["CDU"])
    iri: Iri
    label: str
    kind: Kind
    level: Level | None
    scope: str | None = Field(examples=["one-per-region"])
    users_least: int | None = Field(description="Null: no floor, or not known here; never zero.")
    users_share: str | None = Field(examples=[">1/2"])
    article: str | None
    confidence: Literal["confirmed", "from-memory"] | None
    bodies: Bodies
    completeness: Completeness | None = Field(description="Null where no body known here has a requirement.")


class MeasureHere(Told):
    """A measure, and what bodies of the territory are to it."""

    id: str
    iri: Iri
    how: list[Literal["signed", "foreseen", "concerns"]]


class OneTerritory(Told):
    """What is known of a territory and of all that lies in it."""

    edition: str
    as_of: dt.date
    territory: Territory
    known: bool = Field(description="Whether any source shows something here; false is unknown, never none.")
    bodies: Bodies
    counts: Counts
    completeness: Completeness
    types: list[TypeHere]
    measures: list[MeasureHere]
    figures: list[Figure]
