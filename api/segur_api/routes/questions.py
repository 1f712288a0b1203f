"""Questions: one typed route a query file, and the page *Requêtes*."""

import datetime as dt
import json
from collections.abc import Callable
from inspect import Parameter as Argument
from inspect import Signature
from typing import Annotated, Any, cast

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field, create_model

from segur_api import tabular
from segur_api.deps import READS, Read, Reading
from segur_api.errors import NotFound
from segur_api.listing import OneOf
from segur_api.models import Told
from segur_api.views import questions as shown
from segur_api.views.address import Address
from segur_api.views.render import page
from segur_graph import answers, slots
from segur_graph.asking import Answer
from segur_graph.catalogue import Catalogue
from segur_graph.facts import CODES
from segur_graph.questions import THINGS, Column, Parameter, Question

router = APIRouter()

# What a cell holds, by the kind of its column.
CELLS: dict[str, Any] = {"date": dt.date, "number": int | float}


class Answered(Told):
    """The answer to a question: what was asked, of which edition and date, and its rows."""

    question: str
    edition: str
    as_of: dt.date | None = Field(description="Null where the question is put to all dates at once.")
    given: dict[str, str]
    truncated: bool


class Listed(BaseModel):
    """A question that can be asked."""

    name: str
    title: str
    question: str = Field(description="A sentence; its slots are the parameters.")
    theme: str
    view: str
    parameters: list[str]
    address: str


@router.get("/requetes")
def index(request: Request, reading: Read) -> Response:
    """Every question, by subject."""
    found = cast("Catalogue", request.app.state.catalogue)
    return page(request, reading, "questions.html", themes=shown.themes(found, reading.lang), refused=found.refused)


@router.get("/requetes/{name}")
def question(request: Request, reading: Read, name: str) -> Response:
    """A question with its slots, its answer, and the query behind it; its example where a value is missing."""
    asked = cast("Catalogue", request.app.state.catalogue).questions.get(name)
    if asked is None:
        raise NotFound
    given = {n: v for n in asked.front.parameters if (v := request.query_params.get(n))}
    missing = [n for n, p in asked.front.parameters.items() if not p.optional and n not in given]
    given |= {n: slots.example(asked, n, reading, reading.lang) for n in missing}
    at = Address.of(request)

    def links(node: str) -> str:
        return at.doc(*node.split("/", 1))

    return page(request, reading, "question.html", **shown.answered(reading, asked, given, links))


def routes(found: Catalogue) -> APIRouter:
    """The routes of a catalogue: the list, and for each question JSON, CSV and, where it builds a graph, Turtle."""
    made = APIRouter(prefix="/api/v1/questions", tags=["questions"])

    @made.get("", operation_id="questions", **READS)
    def questions(reading: Read) -> list[Listed]:
        """The questions that ship, and the user's own."""
        return [_listed(question, reading.lang) for question in found.questions.values()]

    for one in found.questions.values():
        name = one.name.replace("-", "_")
        told = READS | {"description": _described(one), "summary": one.front.title.en}
        made.get(f"/{one.name}", response_model=_model(one), operation_id=f"question_{name}", **told)(
            _route(one, _json)
        )
        told |= {"response_class": tabular.Csv, "summary": f"{one.front.title.en} (CSV)"}
        made.get(f"/{one.name}.csv", operation_id=f"question_{name}_csv", **told)(_route(one, _csv))
        if one.builds:
            told |= {"response_class": Response, "summary": f"{one.front.title.en} (Turtle)"}
            made.get(f"/{one.name}.ttl", operation_id=f"question_{name}_ttl", **told)(_route(one, _turtle))
    return made


Form = Callable[[Reading, Answer, bool], Response]


def _route(asked: Question, form: Form) -> Callable[..., Response]:
    """A function whose signature says the question's parameters."""

    def answer(reading: Reading, *, excel: bool = False, **values: Any) -> Response:
        given = {name: str(value) for name, value in values.items() if value not in (None, "")}
        return form(reading, shown.ask(reading, asked, given), excel)

    own = [_argument(name, parameter) for name, parameter in asked.front.parameters.items()]
    excel = Argument("excel", Argument.KEYWORD_ONLY, default=False, annotation=tabular.Excel) if form is _csv else None
    read = Argument("reading", Argument.POSITIONAL_OR_KEYWORD, annotation=Read)
    answer.__name__ = asked.name.replace("-", "_")
    answer.__signature__ = Signature([read, *own, *([excel] if excel else [])])  # type: ignore[attr-defined]
    return answer


def _argument(name: str, parameter: Parameter) -> Argument:
    """A parameter as an argument of its route: its type, name and example in the documentation."""
    examples = [parameter.example] if parameter.example else None
    more = {"format": "date"} if parameter.kind == "date" else None
    said = Query(description=f"{parameter.label.en} ({parameter.kind}).", examples=examples, json_schema_extra=more)
    kind: Any = Annotated[str, OneOf(name, CODES[parameter.kind])] if parameter.kind in CODES else str
    default: Any = "" if parameter.optional else Argument.empty
    if parameter.kind == "number":
        kind, default = (int | None, None) if parameter.optional else (int, default)
    return Argument(name, Argument.KEYWORD_ONLY, default=default, annotation=Annotated[kind, said])


def _model(asked: Question) -> Any:
    """The model of a question's answer, column by column."""
    cells: dict[str, Any] = {}
    for name, column in asked.columns.items():
        cells[name] = (_cell(column), Field(description=column.en))
        if column.kind in THINGS:
            cells[f"{name}_label"] = (str | list[str | None] | None, Field(description=f"{column.en}: its name."))
    title = asked.name.title().replace("-", "")
    row = create_model(f"{title}Row", __config__=ConfigDict(extra="forbid"), **cells)
    return create_model(f"{title}Answer", __base__=Answered, __doc__=asked.front.title.en, rows=(list[row], ...))  # type: ignore[valid-type]


def _cell(column: Column) -> Any:
    kind = CELLS.get(column.kind, str)
    return kind | list[kind] | None  # type: ignore[valid-type]


def _described(asked: Question) -> str:
    slots = {name: f"`{name}`" for name in asked.front.parameters}
    return asked.front.question.en.format(**slots)


def _listed(asked: Question, lang: str) -> Listed:
    said = asked.front
    return Listed(
        name=asked.name,
        title=said.title.told(lang),
        question=said.question.told(lang),
        theme=said.theme,
        view=said.view,
        parameters=list(said.parameters),
        address=f"/api/v1/questions/{asked.name}",
    )


def _json(reading: Reading, answer: Answer, _: bool) -> Response:  # noqa: FBT001 - a form takes it
    body = answers.as_json(answer, reading, reading.edition.id, reading.lang)
    return Response(json.dumps(body, ensure_ascii=False, default=str).encode(), media_type="application/json")


def _csv(reading: Reading, answer: Answer, excel: bool) -> Response:  # noqa: FBT001 - the parameter of the address
    return tabular.answer(answers.columns(answer), answers.rows(answer, reading, reading.lang), excel=excel)


def _turtle(_: Reading, answer: Answer, __: bool) -> Response:  # noqa: FBT001 - a form takes it
    return Response(answers.turtle(answer), media_type="text/turtle")
