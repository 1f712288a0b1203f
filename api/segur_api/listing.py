"""A list: its rows on a date, narrowed by filters, a page at a time, as JSON or as CSV."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from inspect import Parameter, Signature
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import Field, GetCoreSchemaHandler, GetJsonSchemaHandler, create_model
from pydantic_core import CoreSchema, core_schema

from segur_api import tabular
from segur_api.deps import KNOWN, READS, Read, Reading
from segur_api.deps import answer as as_json
from segur_api.errors import BadParameter
from segur_api.models import Told
from segur_graph.facts import CODES

LIMIT, MOST = 100, 500
# A CSV is a file that people keep: it holds every row, up to here.
MOST_CSV = 100_000

# How a filter narrows a list, where it is not by equality; a type or a territory takes what lies in it (R3, R11).
NARROWS = {
    "territory": "territory IN (SELECT l.territory FROM lies_in l WHERE l.area = $territory)",
    "type": "type IN (SELECT n.type FROM narrower n WHERE n.named = $type)",
    "code": "code IN (SELECT n.type FROM narrower n WHERE n.named = $code)",
    "instance": "instance = speaking($instance)",
    "party": "party = speaking($party)",
    "proposed_by": "speaking(proposed_by) = speaking($proposed_by)",
}


@dataclass(frozen=True)
class OneOf:
    """A parameter that takes one of some codes, or nothing; BadParameter otherwise."""

    name: str
    codes: tuple[str, ...]

    def check(self, value: str) -> str:
        """The value, if it may be taken."""
        if value and value not in self.codes:
            raise BadParameter(self.name, value, ", ".join(self.codes))
        return value

    def __get_pydantic_core_schema__(self, source: type[str], handler: GetCoreSchemaHandler) -> CoreSchema:
        """How pydantic checks it."""
        return core_schema.no_info_after_validator_function(self.check, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """How the documentation shows it."""
        return handler(schema) | {"enum": list(self.codes)}


class ListPage(Told):
    """A page of a list."""

    edition: str
    as_of: date
    total: int = Field(description="All that the filters leave.")
    truncated: bool = Field(description="Whether there is more: see `next`.")
    next: str | None = Field(description="The next page, of the same edition and date.")


@dataclass(frozen=True, kw_only=True)
class Listing:
    """A list: its name, what it says of itself, the model of its rows, their SQL and order.

    `filters` are the parameters of its address by name, each with its type; they are empty where not in `defaults`.
    `narrows` says how some of them narrow it, where neither equality nor `NARROWS` does; `values` gives what else the
    SQL asks for.
    """

    name: str
    says: str
    item: type[Told]
    sql: str
    order: str
    filters: Mapping[str, Any]
    defaults: Mapping[str, Any] = field(default_factory=dict)
    narrows: Mapping[str, str] = field(default_factory=dict)
    values: Callable[[Reading], dict[str, Any]] = lambda _: {}

    @property
    def columns(self) -> list[str]:
        """The columns, in order."""
        return list(self.item.model_fields)

    def model(self) -> Any:
        """The model of a page of the list."""
        rows: dict[str, Any] = {self.name: (list[self.item], Field(description="The rows."))}  # type: ignore[name-defined]
        doc = f"A page of the list. {self.item.__doc__}"
        return create_model(f"{self.item.__name__}List", __base__=ListPage, __doc__=doc, **rows)


# Filters that several lists have.
Group = Annotated[str, OneOf("group", CODES["groups"])]
Position = Annotated[str, OneOf("position", CODES["positions"])]
Type = Annotated[str, Query(description="A type and all that have it as broader.", examples=["CDU"])]


@dataclass(frozen=True)
class Asked:
    """The page that a request asks for."""

    request: Request
    reading: Reading
    limit: int
    offset: int
    csv: bool
    excel: bool

    def answer(self, listing: Listing, filters: Mapping[str, str | bool | None]) -> Response:
        """The page of a list, narrowed by the filters that are given."""
        given = {name: value for name, value in filters.items() if value not in ("", None)}
        for name in given.keys() & KNOWN.keys():
            self.reading.known(name, str(given[name]))
        conditions = [({**NARROWS, **listing.narrows}).get(name, f'"{name}" = ${name}') for name in given]
        found = f"({listing.sql}) WHERE {' AND '.join(conditions) or 'true'}"
        values = listing.values(self.reading) | given
        total = self.reading.query(f"SELECT count(*) AS n FROM {found}", **values)[0]["n"]
        columns = ", ".join(f'"{c}"' for c in listing.columns)
        rows = self.reading.query(
            f"SELECT {columns} FROM {found} ORDER BY {listing.order} LIMIT {self.limit} OFFSET {self.offset}", **values
        )
        return self._page(listing, rows, total)

    def _page(self, listing: Listing, rows: list[dict[str, Any]], total: int) -> Response:
        """Some rows as an answer, which says whether there are more and where."""
        onward = self._next(total)
        if self.csv:
            answer = tabular.answer(listing.columns, (tuple(row.values()) for row in rows), excel=self.excel)
        else:
            told = {"total": total, "truncated": onward is not None, "next": onward, listing.name: rows}
            answer = as_json(self.reading, **told)
        if onward:
            answer.headers["Link"] = f'<{onward}>; rel="next"'
        return answer

    def _next(self, total: int) -> str | None:
        """The address of the next page: of this edition and date, whatever is published meanwhile."""
        onward = self.offset + self.limit
        if onward >= total:
            return None
        fixed = {"offset": onward, "limit": self.limit, "as_of": self.reading.as_of, "edition": self.reading.edition.id}
        asked = [(n, v) for n, v in self.request.query_params.multi_items() if n not in fixed]
        return f"{self.request.url.path}?{urlencode([*asked, *fixed.items()])}"


def asked(
    request: Request,
    reading: Read,
    limit: Annotated[int | None, Query(ge=1, le=MOST, description="Rows a page; 100, in CSV all.")] = None,
    offset: Annotated[int, Query(ge=0, le=1_000_000_000)] = 0,
    *,
    excel: tabular.Excel = False,
) -> Asked:
    """The page that the address asks for."""
    csv = request.url.path.endswith(".csv")
    return Asked(request, reading, limit or (MOST_CSV if csv else LIMIT), offset, csv, excel)


Page = Annotated[Asked, Depends(asked)]


def both(router: APIRouter, listing: Listing) -> None:
    """Adds the routes of a list: JSON at its name, CSV at the name with `.csv`."""
    path, name, route = f"/{listing.name}", listing.name, _route(listing)
    router.get(path, response_model=listing.model(), operation_id=name, **READS)(route)
    csv = READS | {"response_class": tabular.Csv, "summary": f"{name.capitalize()} (CSV)"}
    router.get(f"{path}.csv", operation_id=f"{name}_csv", **csv)(route)


def _route(listing: Listing) -> Callable[..., Response]:
    """A function whose signature says the filters of a list."""

    def route(page: Asked, **filters: str | bool | None) -> Response:
        return page.answer(listing, filters)

    own = [
        Parameter(name, Parameter.KEYWORD_ONLY, default=listing.defaults.get(name, ""), annotation=kind)
        for name, kind in listing.filters.items()
    ]
    route.__name__, route.__doc__ = listing.name, listing.says
    page = Parameter("page", Parameter.POSITIONAL_OR_KEYWORD, annotation=Page)
    route.__signature__ = Signature([page, *own])  # type: ignore[attr-defined]
    return route
