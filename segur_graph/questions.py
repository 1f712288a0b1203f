"""A question: a query file whose front matter says it as a sentence with slots."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from string import Formatter
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from segur_graph import front
from segur_graph.errors import BadInput
from segur_graph.facts import CODES
from segur_graph.front import QueryFile

# What a column may hold, beside the codes of a list: things by table, and plain values; then a parameter.
# `signature` is a modality told of who signs: signed, or foreseen.
THINGS = ("bodies", "types", "party", "measures", "meetings", "territories", "sources", "norms", "thing")
PLAIN = ("date", "number", "text", "article", "signature")
KINDS = (*THINGS, *PLAIN, *CODES)
TAKES = tuple(kind for kind in KINDS if kind not in ("norms", "article", "signature"))
THEMES = ("signing", "asking", "seats", "law", "meeting", "place", "data", "own")
PANELS = ("bodies", "types", "measures", "territories", "sources", "meetings")
# What the faces themselves take beside a question's parameters.
TAKEN = {"as_of", "lang", "edition", "excel", "format", "store", "quiet", "graph", "help", "limit", "offset"}
EXAMPLES = {"date": r"(\d{4}-\d{2}-\d{2})?", "number": r"\d*"}
UNDEF = re.compile(r"^[ \t]*VALUES \?(\w+) \{ UNDEF \}[ \t]*$", re.MULTILINE)

Text = Annotated[str, Field(min_length=1)]
TRIPLE = {"subject": "sujet", "predicate": "lien", "object": "objet"}


class Strict(BaseModel):
    """A part of the front matter: it holds what it is to hold, and nothing else."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Words(Strict):
    """A text in both languages."""

    fr: Text
    en: Text

    def told(self, lang: str) -> str:
        """The text in a language."""
        return self.en if lang == "en" else self.fr


class Parameter(Strict):
    """A slot: what it takes, its name, an example, whether it may stay empty, and an SQL that proposes values."""

    kind: str
    label: Words
    example: str
    optional: bool = False
    picker: str = ""


class Column(Words):
    """A column of the answer: its name in both languages, and what its cells hold."""

    kind: str = "text"


class Front(Strict):
    """The front matter of a question; `expects` are rows, as CSV lines, of the answer to its example."""

    title: Words
    question: Words
    theme: str = "own"
    view: Literal["table", "matrix", "graph", "timeline"] = "table"
    panels: tuple[str, ...] = ()
    parameters: dict[str, Parameter] = {}
    columns: dict[str, Column] = {}
    expects: tuple[str, ...] = ()


@dataclass(frozen=True)
class Question:
    """A query file and what it says of itself."""

    file: QueryFile
    front: Front

    @property
    def name(self) -> str:
        """The name by which people ask it."""
        return self.file.name

    @property
    def dated(self) -> bool:
        """Whether the answer is that of a date: the tables have one, the graph holds all of them."""
        return self.file.path.suffix == ".sql"

    @property
    def builds(self) -> bool:
        """Whether the answer is a graph: triples, not rows."""
        return not self.front.columns

    @property
    def columns(self) -> dict[str, Column]:
        """The columns of its rows; of triples, the three."""
        plain = {en: Column(fr=fr, en=en, kind="thing") for en, fr in TRIPLE.items()}
        return self.front.columns or plain

    @property
    def examples(self) -> dict[str, str]:
        """The values of its own example."""
        return {name: p.example for name, p in self.front.parameters.items()}

    def panel(self, table: str) -> str | None:
        """The parameter that takes a thing of a table on whose page the question stands; None elsewhere."""
        if table not in self.front.panels:
            return None
        return next(n for n, p in self.front.parameters.items() if p.kind in takes(table))


def takes(table: str) -> set[str]:
    """The kinds of parameter that take a thing of a table."""
    return {table, "thing", *(("party",) if table in ("bodies", "types") else ())}


def read(path: Path) -> Question:
    """A question; BadInput where its front matter is not one, naming the part."""
    try:
        file = front.read(path)
    except (UnicodeDecodeError, OSError) as error:
        raise refusal(path, "fichier", type(error).__name__, "un texte lisible, en UTF-8") from error
    except BadInput as error:
        raise refusal(path, "en-tête", str(error.__cause__), "du TOML") from error
    try:
        question = Question(file, Front.model_validate(file.front))
    except ValidationError as error:
        first = error.errors()[0]
        part = ".".join(map(str, first["loc"]))
        raise refusal(path, part, *_told(first["type"], first["input"], first["msg"])) from error
    for problem in _problems(question):
        raise refusal(path, *problem)
    return question


def refusal(path: Path, part: str, value: str, expected: str) -> BadInput:
    """What is wrong with a file, told without the place of its folder: where, what stands there, what was expected."""
    return BadInput(f"{path.parent.name}/{path.name} : {part} : {value} ; attendu : {expected}")


def _told(kind: str, value: object, message: str) -> tuple[str, str]:
    """A fault of the front matter as value and expectation."""
    match kind:
        case "missing":
            return "absent", "cette partie est requise"
        case "extra_forbidden":
            return "partie inconnue", f"une de {', '.join(Front.model_fields)}, voyez docs/questions.md"
    return str(value), message


def _problems(question: Question) -> Iterator[tuple[str, str, str]]:
    """What in a front matter cannot be: part, value, expected."""
    said = question.front
    if not re.fullmatch(r"[a-z][a-z0-9-]*", question.name):
        yield "nom", question.name, "des lettres minuscules, des chiffres et des tirets"
    if said.theme not in THEMES:
        yield "theme", said.theme, ", ".join(THEMES)
    yield from _slots(said)
    for name, parameter in said.parameters.items():
        yield from _parameter(name, parameter)
    for name, column in said.columns.items():
        if column.kind not in KINDS:
            yield f"columns.{name}.kind", column.kind, ", ".join(KINDS)
    yield from _panels(said)
    yield from _view(said)


def _slots(said: Front) -> Iterator[tuple[str, str, str]]:
    for lang in ("fr", "en"):
        try:
            parts = [part[1:] for part in Formatter().parse(said.question.told(lang)) if part[1] is not None]
            slots = {f"{slot}:{spec}{turn or ''}".removesuffix(":") for slot, spec, turn in parts}
        except ValueError:
            slots = {"{"}
        if slots != said.parameters.keys():
            yield f"question.{lang}", listed(slots), f"un {{emplacement}} par paramètre : {listed(said.parameters)}"


def _panels(said: Front) -> Iterator[tuple[str, str, str]]:
    for table in said.panels:
        if table not in PANELS:
            yield "panels", table, ", ".join(PANELS)
        elif not any(p.kind in takes(table) for p in said.parameters.values()):
            yield "panels", table, f"un paramètre qui en reçoit un : {', '.join(sorted(takes(table)))}"
    required = [name for name, p in said.parameters.items() if not p.optional]
    if said.panels and len(required) > 1:
        yield "panels", listed(required), "un seul paramètre sans optional = true"


def _parameter(name: str, parameter: Parameter) -> Iterator[tuple[str, str, str]]:
    part = f"parameters.{name}"
    if name in TAKEN or not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        yield part, name, "un nom en minuscules, autre que " + listed(TAKEN)
    if parameter.kind not in TAKES:
        yield f"{part}.kind", parameter.kind, ", ".join(TAKES)
    if not parameter.example and not parameter.optional:
        yield f"{part}.example", "vide", "une valeur qui donne une réponse"
    if not re.fullmatch(EXAMPLES.get(parameter.kind, ".*"), parameter.example):
        yield f"{part}.example", parameter.example, f"une valeur de genre {parameter.kind}"
    if parameter.example and parameter.kind in CODES and parameter.example not in CODES[parameter.kind]:
        yield f"{part}.example", parameter.example, ", ".join(CODES[parameter.kind])


def _view(said: Front) -> Iterator[tuple[str, str, str]]:
    """Whether the columns can be shown as the view says; triples are a picture or a table."""
    kinds = [column.kind for column in said.columns.values()]
    match said.view:
        case "matrix" if len(kinds) < len(TRIPLE):
            yield "view", "matrix", "trois colonnes : la ligne, la colonne, ce qui se lit à leur croisement"
        case "timeline" if "date" not in kinds:
            yield "view", "timeline", "une colonne de genre date"
        case "graph" if kinds and not set(kinds) & set(THINGS):
            yield "view", "graph", f"une colonne de genre {', '.join(THINGS)}"


def listed(names: Iterable[str]) -> str:
    """Some names, in order; a dash where there are none."""
    return ", ".join(sorted(names)) or "—"
