"""The fiche of a thing: what is said of it, what is missing, its neighbours, how to cite it."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import Any

from segur_api.deps import Reading
from segur_api.errors import NotFound
from segur_api.views import adoption, gaps, relations, same, users, values, words
from segur_api.views.adoption import Adoption
from segur_api.views.gaps import Line, Question
from segur_api.views.narrowing import LISTED
from segur_api.views.published import Published
from segur_api.views.published import of as published
from segur_api.views.relations import Group
from segur_api.views.same import Also
from segur_api.views.things import Thing, Things
from segur_api.views.users import Users
from segur_api.views.values import Cite, Row, Value
from segur_graph import names, say
from segur_graph.facts import TABLES, Column
from segur_graph.gaps import Report

# Where several sources may describe one thing: what they say once read together.
TOLD = {"bodies", "types", "territories", "measures", "meetings"}
# A thing by its table and key.
Named = tuple[str, str]
# Relations that have a panel of their own.
TOLD_APART = {"figures-type", "figures-territory", "bodies-territory", "territories-within"}


@dataclass(frozen=True)
class Field:
    """A column in words: what is told, and what other sources say of it."""

    name: str
    values: list[Value]
    cites: list[Cite]
    others: list[tuple[list[Value], Cite]]


@dataclass
class Fiche:
    """What the page of a thing shows."""

    thing: Thing
    kind: str
    mark: str
    iri: str
    fields: list[Field]
    cites: list[Cite]
    status: str = ""
    users: Users | None = None
    seats: dict[str, Any] | None = None
    lines: list[Line] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    also: list[Also] = field(default_factory=list)
    published: Published | None = None
    adopted: Adoption | None = None
    within: int = 0  # gaps of what is of this type, or lies in this territory
    untold: int = 0  # gaps and questions beyond those listed


def fiche(reading: Reading, table: str, key: str) -> Fiche:
    """The fiche of a thing; NotFound where the edition has none of that name."""
    ids = _ids(reading, table, key)
    rows = _rows(reading, table, ids, key)
    own = names.row_table(table)
    thing = _thing(reading, table, key, rows)
    things = Things(reading, [*values.named(TABLES[own], rows), key])
    told = _told(reading, table, thing.id) or (rows[0] if rows else {})
    found = Fiche(
        thing,
        _kind(own, told, reading),
        values.mark(own, told) if told else "said",
        names.iri(table, thing.id),
        _fields(reading, own, told, rows, things),
        list(dict.fromkeys(values.cite(row, reading) for row in rows)),
        status=_status(told, reading),
        users=users.here(reading, thing, told),
        seats=users.required_seats(reading, table, thing.id),
    )
    _missing(reading, found, told)
    if table == "measures":
        found.also = same.also(reading, [thing.id]).get(thing.id, [])
        if told.get("effect_type") and told["effect_group"] == "usagers":
            found.adopted = adoption.of(reading, thing.id)
    found.groups = relations.of_source(reading, key) if table == "sources" else _groups(reading, table, ids)
    if table == "types":
        found.published = published(reading, type=found.thing.id)
    return found


def _ids(reading: Reading, table: str, key: str) -> list[str]:
    """The ids of a thing: those joined to it too."""
    if table != "bodies":
        return [key]
    sql = "SELECT id FROM joined WHERE speaks = speaking($key) UNION SELECT $key UNION SELECT speaking($key)"
    return sorted(row["id"] for row in reading.tables.query(sql, key=key))


def _rows(reading: Reading, table: str, ids: list[str], key: str) -> list[Row]:
    """The rows that describe a thing, the latest source's first; NotFound where nothing speaks of it."""
    own = names.row_table(table)
    if own not in TABLES:
        raise NotFound
    named = {"seats": "id", "observations": "fact", "norms": "fact"}.get(table)
    column = named or (TABLES[own].key or ("fact",))[0]
    order = "t.observed_on DESC, " if table == "seats" else ""
    rows = reading.query(
        f"SELECT t.* FROM {own} t JOIN source_rank r ON r.source = t.{TABLES[own].source} "
        f'WHERE list_contains($ids, t."{column}") ORDER BY {order}r.rank DESC',
        ids=ids,
    )
    known = "SELECT 1 FROM focuses_now WHERE \"table\" = 'types' AND id = $key"
    if not rows and not (table == "types" and reading.query(known, key=key)):
        raise NotFound
    return rows


def _thing(reading: Reading, table: str, key: str, rows: list[Row]) -> Thing:
    """The thing itself; a row without a name is called by what it names."""
    if table == "norms":
        row = rows[0]
        return Thing("norms", key, row["name_fr"], row["name_en"])
    if table in TOLD or table in ("sources", "seats"):
        thing = Things(reading, [key]).get(table, key)
        if table == "sources":
            return Thing(table, key, rows[0]["title"])
        if table == "seats":
            name = f"{values.seat(rows[0], reading.lang)} – {_ends(reading, table, rows[0])}"
            return Thing(table, key, name, group=thing.group)
        return thing
    return Thing(table, key, _ends(reading, table, rows[0]))


def _ends(reading: Reading, table: str, row: Row) -> str:
    """What a row without a name is about: the things that it names, in the order of its columns."""
    own = TABLES[names.row_table(table)]
    things = Things(reading, values.named(own, [row]))
    ends = [
        value.text
        for c in own.columns
        if values.points(c) and c.name not in ("source", *(("id", "held_for") if own.name == "seats" else ()))
        for value in values.values(c, row[c.name], reading.lang, things)
    ]
    return " – ".join(ends) or row["fact"]


def _told(reading: Reading, table: str, key: str) -> Row:
    if table not in TOLD:
        return {}
    column = TABLES[table].key[0]
    rows = reading.query(f"SELECT * FROM {table}_told WHERE {column} = $key", key=key)
    return rows[0] if rows else {}


def _kind(table: str, told: Row, reading: Reading) -> str:
    """What kind of thing it is, in words."""
    schemes = {"bodies": "kinds", "types": "kinds", "measures": "contribution-kinds", "meetings": "meeting-kinds"}
    code = told.get("kind") or ("meeting" if table == "meetings" else "")
    name = say.code(schemes[table], code, reading.lang) if table in schemes and code else ""
    own = words.text(reading.lang, f"tables.{table}")
    return f"{own} · {name}" if table == "types" and name else name or own


def _status(told: Row, reading: Reading) -> str:
    status = told.get("status")
    return say.code("body-statuses", status, reading.lang) if status and status != "existing" else ""


def _fields(reading: Reading, table: str, told: Row, rows: list[Row], things: Things) -> list[Field]:
    return [f for c in values.columns(table) if (f := _field(reading, c, told, rows, things)).values]


def _field(reading: Reading, column: Column, told: Row, rows: list[Row], things: Things) -> Field:
    name, lang = column.name, reading.lang
    cell = told.get(name)
    others = [
        (values.values(column, row[name], lang, things), values.cite(row, reading))
        for row in rows
        if row[name] not in (None, cell)
    ]
    cites = [values.cite(row, reading) for row in rows if row[name] == cell]
    return Field(name, values.values(column, cell, lang, things), cites, others)


def _groups(reading: Reading, table: str, ids: list[str]) -> list[Group]:
    told = relations.groups(reading, table, ids) if table in {*TOLD, "seats"} else []
    return [group for group in told if group.name not in TOLD_APART]


# What is missing


def _missing(reading: Reading, found: Fiche, told: Row) -> None:
    """The gaps and unknowns of the thing or of its type; for a source, the gaps that rest on it."""
    report = reading.report()
    touched: dict[Named, list[int]] = reading.opened.lists.get(("touched", reading.as_of), lambda: _touched(report))
    places = sorted({place for name in _about(found.thing, told) for place in touched.get(name, ())})
    if found.thing.table == "bodies":
        places = _here(reading, report, places, told["territory"])
    first = len(report.gaps)
    narrowed = replace(
        report,
        gaps=[report.gaps[place] for place in places if place < first][:LISTED],
        unknowns=[report.unknowns[place - first] for place in places if place >= first][:LISTED],
    )
    found.untold = len(places) - len(narrowed.told)
    things = Things(reading, gaps.named(narrowed))
    found.lines = gaps.lines(reading, narrowed, things)
    found.questions = gaps.questions(narrowed, reading.lang, things)
    if found.thing.table == "types":
        found.within = sum(g.focus["type"] == found.thing.id != g.focus["id"] for g in report.gaps)


def _here(reading: Reading, report: Report, places: list[int], territory: str | None) -> list[int]:
    """The places but those of what is said of a type, in a territory in which a body does not lie."""
    areas = {row["area"] for row in reading.query("SELECT area FROM lies_in WHERE territory = $own", own=territory)}
    every = report.told
    return [
        place
        for place in places
        if names.thing(every[place].focus["iri"])[0] != "types" or every[place].territory in {None, *areas}
    ]


def _about(thing: Thing, told: Row) -> set[Named]:
    """The names under which a gap may speak of a thing."""
    names_ = {(thing.table, thing.id)}
    for column in ("type", "code"):
        if told.get(column):
            names_.add(("types", told[column]))
    for column, table in (("instance", "bodies"), ("measure", "measures"), ("meeting", "meetings")):
        if told.get(column):
            names_.add((table, told[column]))
    return names_


def _touched(report: Report) -> dict[Named, list[int]]:
    """For each thing the places, among what a report tells, of what is about it, lies in it or rests on it."""
    found: dict[Named, list[int]] = defaultdict(list)
    for place, told in enumerate(report.told):
        sources = {("sources", premise["source"]["id"]) for premise in told.premises}
        for name in {names.thing(told.focus["iri"]), ("territories", told.territory or ""), *sources}:
            found[name].append(place)
    return found
