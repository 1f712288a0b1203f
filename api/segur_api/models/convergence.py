"""Who asks for the same: groups of contributions that people judged to ask for one thing."""

import datetime as dt

from pydantic import Field

from segur_api.models import Told
from segur_graph.facts import CODES


class Party(Told):
    """Who stands behind a contribution: who proposes or signs it asks; who is to sign it, or leads it, does not."""

    id: str = Field(examples=["france-assos-sante-occitanie"])
    label: str
    how: str = Field(json_schema_extra={"enum": ["proposes", "signs", "is-to-sign", "leads"]})
    territory: str | None


class Place(Told):
    """Where a contribution is read."""

    source: str = Field(examples=["doc-000"])
    title: str
    locator: str = Field(examples=["char=4763,4826"])


class Contribution(Told):
    """A contribution of a group."""

    id: str
    kind: str = Field(json_schema_extra={"enum": [*CODES["contribution-kinds"]]})
    label: str
    label_en: str | None
    who: list[Party]
    places: list[Place]


class Verdict(Told):
    """Why two contributions were judged the same, the row that says so and its source."""

    one: str
    other: str
    fact: str
    source: str
    why: str


class Group(Told):
    """Contributions that ask for the same, by one verdict or by a chain of them; nobody signs by that.

    Two that a verdict tells apart, though a chain joins them, are in `apart`.
    """

    id: str
    measures: list[Contribution]
    verdicts: list[Verdict]
    apart: list[tuple[str, str]]


class Convergence(Told):
    """The groups on a date."""

    edition: str
    as_of: dt.date
    groups: list[Group]
