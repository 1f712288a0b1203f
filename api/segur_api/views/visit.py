"""The guided visit of the demonstration: eight steps, each a page, and the words beside it."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import parse_qsl

from fastapi import Request

from segur_api.deps import Reading, library
from segur_api.views.address import Address
from segur_graph.options import Lang

FILE = Path(__file__).parents[1] / "pages" / "visit.toml"


@dataclass(frozen=True)
class Step:
    """A step: where it leads, its title, what to look at there."""

    number: int
    path: str
    title: dict[Lang, str]
    says: dict[Lang, str]

    def link(self, at: Address) -> str:
        """Its page, which knows that it is this step."""
        path, _, query = self.path.partition("?")
        return at.to(path, **dict(parse_qsl(query)), visite=str(self.number))


@dataclass(frozen=True)
class Visit:
    """The visit as a page of the demonstration shows it: its steps, and the one that the address names."""

    steps: tuple[Step, ...]
    now: Step | None
    real: str  # where the explorer of real data is; empty where it is not served beside

    @property
    def before(self) -> Step | None:
        """The step before this one."""
        return self.steps[self.now.number - 2] if self.now and self.now.number > 1 else None

    @property
    def after(self) -> Step | None:
        """The step after this one."""
        return self.steps[self.now.number] if self.now and self.now.number < len(self.steps) else None


def shown(request: Request, reading: Reading | None) -> Visit | None:
    """The visit, on the pages of a fictional region, also where they tell an error; None elsewhere."""
    if not (reading.edition.fictional if reading else library(request).fictional):
        return None
    asked = request.query_params.get("visite", "")
    return Visit(steps(), next((s for s in steps() if str(s.number) == asked), None), request.app.state.real)


@cache
def steps() -> tuple[Step, ...]:
    """The steps, in order."""
    told = tomllib.loads(FILE.read_text("utf-8"))["step"]
    return tuple(Step(number, **step) for number, step in enumerate(told, start=1))
