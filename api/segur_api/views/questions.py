"""What the pages of questions show: sentences with slots, answers as table, matrix, calendar or picture."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from string import Formatter
from typing import Any

from markupsafe import Markup

from segur_api.deps import Reading
from segur_api.views.things import Things
from segur_api.views.values import GROUNDS, Value
from segur_graph import answers, asking, guard, say, slots
from segur_graph.asking import Answer
from segur_graph.catalogue import Catalogue
from segur_graph.drawn import layout, picture
from segur_graph.drawn import view as drawn
from segur_graph.facts import CODES
from segur_graph.graphs.oxigraph import Embedded
from segur_graph.options import Lang
from segur_graph.questions import THEMES, THINGS, Parameter, Question

# A page shows so many rows, a panel of a fiche so many, a picture so many things; a picker of more values is a field
# that proposes some.
SHOWN, IN_PANEL, DRAWN, CHOICES = 500, 6, 150, 300
SIGNS = {"effective": "signed", "requested": "foreseen"}


@dataclass(frozen=True)
class Slot:
    """A slot of a sentence: its value, what it may be, and whether that is a field or a list."""

    name: str
    label: str
    kind: str
    value: str
    optional: bool
    choices: list[tuple[str, str]]

    @property
    def listed(self) -> bool:
        """Whether it is a list to choose from."""
        return 0 < len(self.choices) <= CHOICES


@dataclass(frozen=True)
class Cell:
    """A cell in words, with links; `mark` where it says observed, asked for or lacking, `sign` signed or foreseen."""

    values: list[Value]
    mark: str = ""
    sign: str = ""


@dataclass(frozen=True)
class Table:
    """Some rows of an answer under their columns; `numbers` are the columns of numbers, by place."""

    columns: list[str]
    rows: list[list[Cell]]
    numbers: set[int]
    count: int


@dataclass(frozen=True)
class Panel:
    """A question about a thing on the thing's own page."""

    title: str
    name: str
    given: dict[str, str]
    table: Table


def ask(reading: Reading, asked: Question, given: dict[str, str]) -> Answer:
    """The answer to a question; BadValue where a value cannot be taken."""
    return asking.ask(asked, reading, lambda: Embedded(reading.graph), given)


def query(reading: Reading, asked: Question, given: dict[str, str]) -> str:
    """The query of a question of the graph, its slots filled; BadValue where a value cannot be taken."""
    return _bare(asking.query(asked, reading, given))


def _is_free(text: str) -> bool:
    """Whether the cage takes a query: one that ships may be larger than a free one."""
    try:
        guard.check(text)
    except guard.Refused:
        return False
    return True


def _bare(text: str) -> str:
    """A query without its front matter."""
    return re.sub(r"^(#\+|--\+).*\n", "", text, flags=re.MULTILINE)


def themes(found: Catalogue, lang: Lang) -> list[tuple[str, list[tuple[Question, list[str | Slot]]]]]:
    """The questions by theme, each as its sentence in parts; the slots hold their names alone."""
    return [
        (theme, [(q, _parts(q, lang, {})) for q in found.questions.values() if q.front.theme == theme])
        for theme in THEMES
    ]


def answered(reading: Reading, asked: Question, given: dict[str, str], links: picture.Links) -> dict[str, Any]:
    """What the page of a question shows."""
    found = ask(reading, asked, given)
    behind = _bare(found.query)
    choices = {n: _choices(reading, p, given.get(n, "")) for n, p in asked.front.parameters.items()}
    table = _table(reading, found, SHOWN)
    return {
        "question": asked,
        "parts_said": _parts(asked, reading.lang, choices, given),
        "answer": found,
        "table": table,
        "matrix": _matrix(found, table) if asked.front.view == "matrix" else None,
        "days": _days(found, table) if asked.front.view == "timeline" else None,
        "svg": _picture(reading, found, links) if asked.front.view == "graph" else None,
        "query": behind,
        "free": not asked.dated and _is_free(behind),
        "command": _command(found),
    }


def panels(reading: Reading, found: Catalogue, table: str, key: str) -> list[Panel]:
    """The questions about a thing that have an answer."""
    made: list[Panel] = []
    for asked, parameter in found.panels(table):
        value = f"{table}/{key}" if asked.front.parameters[parameter].kind == "thing" else key
        known = (asked.file.text, value, reading.as_of, reading.lang)
        made += reading.opened.panels.get(known, partial(_panel, reading, asked, {parameter: value}))
    return made


def _panel(reading: Reading, asked: Question, given: dict[str, str]) -> list[Panel]:
    """The panel of a question, where it has an answer."""
    answer = ask(reading, asked, given)
    if not answer.rows:
        return []
    shown = _table(reading, answer, IN_PANEL)
    return [Panel(asked.front.title.told(reading.lang), asked.name, answer.given, shown)]


def _choices(reading: Reading, said: Parameter, value: str) -> list[tuple[str, str]]:
    """What a picker proposes; a value that it does not propose is one more choice."""
    choices = slots.proposed(said, reading, reading.lang)
    if value and choices and value not in dict(choices):
        called = slots.labels(reading, [(said.kind, value)], reading.lang)
        choices.insert(0, (value, called.get((said.kind, value), value)))
    return choices


def _parts(
    asked: Question,
    lang: Lang,
    choices: dict[str, list[tuple[str, str]]],
    given: dict[str, str] | None = None,
) -> list[str | Slot]:
    """A sentence as texts and slots."""
    found: list[str | Slot] = []
    for text, name, _, _ in Formatter().parse(asked.front.question.told(lang)):
        found.append(text)
        if name is not None:
            said, value = asked.front.parameters[name], (given or {}).get(name, "")
            found.append(Slot(name, said.label.told(lang), said.kind, value, said.optional, choices.get(name, [])))
    return [part for part in found if part]


def _table(reading: Reading, found: Answer, most: int) -> Table:
    columns, first = list(found.question.columns.values()), replace(found, rows=found.rows[:most])
    named = _Named(reading, first)
    rows = [[named.cell(column.kind, cell) for column, cell in zip(columns, row, strict=True)] for row in first.rows]
    numbers = {n for n, column in enumerate(columns) if column.kind == "number"}
    return Table([column.told(reading.lang) for column in columns], rows, numbers, len(found.rows))


class _Named:
    """The things that an answer names, asked for once, and the cells that name them."""

    def __init__(self, reading: Reading, found: Answer) -> None:
        self.lang = reading.lang
        self.called = slots.labels(reading, found.things(), reading.lang)
        self.things = Things(reading, (i.rpartition("/")[2] if kind == "thing" else i for kind, i in found.things()))

    def cell(self, kind: str, cell: Any) -> Cell:
        """A cell in words."""
        several = cell if isinstance(cell, list) else [] if cell is None else [cell]
        one = several[0] if len(several) == 1 else ""
        mark = GROUNDS.get(one, "") if kind == "modalities" else ""
        sign = SIGNS.get(one, "") if kind == "signature" else ""
        return Cell([self._value(kind, one) for one in several if one is not None], mark, sign)

    def _value(self, kind: str, one: Any) -> Value:
        table, _, key = one.partition("/") if kind == "thing" else (kind, "", one)
        if kind not in THINGS or not key or ":" in table:
            return Value(say.day(one, self.lang) if isinstance(one, date) else answers.told(kind, one, self.lang))
        thing = self.things.get(table, key)
        if thing.label == key:
            thing = replace(thing, label=self.called.get((kind, one), key))
        return Value(thing.name(self.lang), thing)


def _matrix(found: Answer, table: Table) -> dict[str, Any]:
    """The answer as a matrix: what the first two columns name, and the third where they meet."""
    both = list(zip(found.rows, table.rows, strict=False))
    place = {(str(row[0]), str(row[1])): cells[2] for row, cells in both}
    lines, heads = ({str(row[n]): cells[n] for row, cells in both} for n in (0, 1))
    codes = CODES.get(list(found.question.columns.values())[1].kind, ())
    heads = {code: heads[code] for code in codes if code in heads} or heads
    return {"lines": lines, "heads": heads, "place": place}


def _days(found: Answer, table: Table) -> list[tuple[date, list[list[tuple[str, Cell]]]]]:
    """The rows by day, in the order of the answer; each cell but the day with the name of its column."""
    at = next(n for n, column in enumerate(found.question.columns.values()) if column.kind == "date")
    days: dict[date, list[list[tuple[str, Cell]]]] = {}
    for row, cells in zip(found.rows, table.rows, strict=False):
        day = row[at]
        if isinstance(day, date):
            named = [(name, cell) for n, (name, cell) in enumerate(zip(table.columns, cells, strict=True)) if n != at]
            days.setdefault(day, []).append(named)
    return list(days.items())


def _picture(reading: Reading, found: Answer, links: picture.Links) -> Markup | None:
    """The network of the date, reduced to what an answer and its slots name; none where that is nothing or too much."""
    named = set(_nodes(found))
    if len(named) > DRAWN:
        return None
    part = drawn.view(reading.tables, reading.as_of, report=reading.report(), most=None).keeping(named)
    if not part.edges:
        return None
    return picture.svg(part, layout.place(part), reading.lang, picture.Look(links))


def _nodes(found: Answer) -> Iterator[str]:
    given = ((p.kind, found.given.get(name)) for name, p in found.question.front.parameters.items())
    for kind, key in (*found.things(), *given):
        if key and kind == "party":
            yield from (f"bodies/{key}", f"types/{key}")
        elif key and kind in THINGS:
            yield key if kind == "thing" else f"{kind}/{key}"


def _command(found: Answer) -> str:
    """The same question in a terminal."""
    options = (f"--{name.replace('_', '-')} {value}" for name, value in found.given.items())
    return " ".join(("segur ask", found.question.name, *options))
