"""The cells of a row as people read them: words, links, and where they were read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from segur_api.deps import Reading
from segur_api.views import words
from segur_api.views.address import outside
from segur_api.views.things import Thing, Things
from segur_graph import say
from segur_graph.facts import PERSONS, TABLES, Column, Table
from segur_graph.options import Lang
from segur_graph.passages import Missing, Passage

Row = dict[str, Any]
POINTS = ("reference", "party", "thing", "type")
ADDRESSES = {"url", "source_url"}


@dataclass(frozen=True)
class Value:
    """A value in words, with the thing it names or the page elsewhere that it opens."""

    text: str
    thing: Thing | None = None
    url: str = ""


@dataclass(frozen=True)
class Cite:
    """Where something is said: a source, the place in it and, where the texts are there, the passage.

    `missing` says why a passage is not shown though there are texts; `url` is the source's public address.
    """

    source: str
    title: str
    locator: str
    place: str
    url: str = ""
    passage: Passage | None = None
    missing: Missing | None = None


def points(column: Column) -> bool:
    """Whether a column names another thing."""
    return column.kind in POINTS or (column.kind == "id" and bool(column.into))


def named(table: Table, rows: Iterable[Row]) -> Iterable[str]:
    """The ids that the cells of some rows name."""
    columns = [c for c in table.columns if points(c)]
    for row in rows:
        for column in columns:
            cell = row.get(column.name)
            yield from cell if isinstance(cell, list) else [cell] if cell else []


def cite(row: Row, reading: Reading) -> Cite:
    """Where a row stands: its `source` and its `locator`; a source itself has only where it was read."""
    locator = row.get("locator") or row.get("read_at") or ""
    source = reading.opened.sources[row.get("source") or row["id"]]
    found = reading.texts.passage(source, locator) if reading.texts and source["sha256"] else "no-passage"
    shown, missing = (found, None) if isinstance(found, Passage) else (None, found)
    place = words.place(locator, reading.lang)
    return Cite(source["id"], source["title"], locator, place, outside(source["url"]), shown, missing)


def values(column: Column, cell: Any, lang: Lang, things: Things) -> list[Value]:
    """The values of a cell; none where nothing is said."""
    if cell is None or column.name in PERSONS:
        return []
    cells = cell if isinstance(cell, list) else [cell]
    return [_value(column, one, lang, things) for one in cells]


def seat(row: Row, lang: Lang) -> str:
    """What a seat is called: its position and for whom it speaks."""
    group, position = say.code("groups", row["group"], lang), say.code("positions", row["position"], lang)
    name = words.text(lang, "seen.seat", position=position, group=group)
    return name[:1].upper() + name[1:]


# What a modality, or the law, makes of what is said: an observation, a request, something that is lacking, a rule.
GROUNDS = {"effective": "seen", "requested": "asked", "lacking": "lacking", "law": "law"}


def sign(role: str, modality: str) -> str:
    """R9: whether a signature is done or foreseen; empty for who leads or relays, and does not sign."""
    if role in ("lead", "relay"):
        return ""
    return "signed" if modality == "effective" else "foreseen"


def mark(table: str, row: Row) -> str:
    """Which of the facts that are never merged a row tells: asked, law, seen, rule, lacking, said."""
    if "modality" in row:
        return GROUNDS[row["modality"]]
    if table in ("norms", "links"):
        return "rule"
    if table == "bodies":
        return {"proposed": "asked", "expected": "law"}.get(row.get("status") or "", "seen")
    if table == "measures":
        return "asked" if row["kind"] == "proposal" else "said"
    return "seen" if table in ("seats", "compositions", "attendances", "figures") else "said"


def _value(column: Column, cell: Any, lang: Lang, things: Things) -> Value:
    text = say.day(cell, lang) if isinstance(cell, date) else str(cell)
    if points(column):
        thing = things.get(column.into if column.kind in ("reference", "id") else column.kind, text)
        return Value(thing.name(lang), thing)
    if column.name in ADDRESSES:
        return Value(text, url=outside(text))
    match column.kind:
        case "code":
            return Value(say.code(column.into, text, lang))
        case "share":
            return Value(words.guaranteed(text, lang))
        case "territory_number":
            place, _, number = text.partition("=")
            name = things.get("territories", place).name(lang)
            return Value(f"{name} : {number}" if lang == "fr" else f"{name}: {number}")
    return Value(say.article(text, lang) if column.name in ("legal_basis", "article") else text)


def columns(table: str) -> list[Column]:
    """The columns of a table that a page shows in words, its name and place apart."""
    skipped = {"id", "label", "label_en", "name_fr", "name_en", "title", "source", "locator", *PERSONS}
    own = TABLES[table]
    skipped |= set(own.key) if table != "norms" else set()
    return [c for c in own.columns if c.name not in skipped or (c.name == "id" and not own.key and table != "seats")]
