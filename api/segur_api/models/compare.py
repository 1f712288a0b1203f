"""A comparison of two editions or dates."""

from datetime import date
from typing import Any, Literal

from pydantic import Field

from segur_api.models import Told
from segur_api.models.gaps import Cited, Counts, Focus, Says

Sort = Literal["world", "law", "knowledge"]


class Cause(Told):
    """What made a difference."""

    cause: Sort
    says: Says
    day: date | None
    source: Cited | None
    locator: str | None
    fact: str | None = Field(description="The IRI of the row that says it.")


class Difference(Told):
    """A gap or an unknown that opened, closed or changed."""

    id: str = Field(examples=["vacant-seat:cdu-310781406"])
    answer: Literal["gap", "unknown"]
    kind: str
    established: bool | None = Field(description="Of a gap: whether it may be said as it is.")
    focus: Focus
    territory: str | None
    says: Says
    instead: list[str] = Field(description="What is told of the same focus on the other side: closed is not filled.")
    changes: dict[str, list[Any]] = Field(description="What of it changed: each field before and after.")
    cause: Sort | None = Field(description="The sort of the nearest cause.")
    causes: list[Cause] = Field(description="The nearest first.")


class Side(Told):
    """An edition on a date."""

    edition: str
    as_of: date
    counts: Counts


class Changed(Told):
    """What becomes of a source from one edition to another."""

    id: str
    what: Literal["added", "removed", "replaced", "shipped"]


class Step(Told):
    """A step in which the edition alone changes, or the date alone."""

    by: Literal["edition", "date"]
    before: Side
    after: Side
    sources: list[Changed]
    opened: list[Difference]
    closed: list[Difference]
    changed: list[Difference]


class Comparison(Told):
    """Two sides, what differs from end to end, and the steps between."""

    before: Side
    after: Side
    opened: list[str]
    closed: list[str]
    unchanged: int
    steps: list[Step]
