"""What different rows say of one thing must go together: its kind, a seat's place, the periods of norms."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from segur_graph.days import is_day
from segur_graph.facts import TABLES
from segur_graph.source import READ_AT
from segur_ingest.checks import joins
from segur_ingest.checks.after import After, Place
from segur_ingest.faults import Fault

# R1: what two sources that describe the same thing may not say differently.
AGREED = (("bodies", "kind"), ("bodies", "type"), ("measures", "kind"), ("meetings", "kind"))
PLACED = ("instance", "group", "position")
OPEN_END = "9999-12-31"
# The last eight digits of an id: a FINESS has nine, and Excel takes its first where that is 0.
EIGHT_DIGITS = re.compile(r"(.*?)(?<!\d)([1-9]\d{7})")
DAY_DIGITS = re.compile(r"(19|20)\d\d(0[1-9]|1[0-2])([0-2]\d|3[01])")


def faults(after: After) -> Iterator[Fault]:
    """The cells that do not go with those of other rows."""
    for table, column in AGREED:
        yield from _agreed(after, table, column)
    yield from _moving_seats(after)
    yield from _of_actors(after)
    yield from _named_as_types(after)
    yield from _overlapping(after)
    yield from _damaged(after)


def _agreed(after: After, table: str, column: str) -> Iterator[Fault]:
    described = TABLES[table].column(column)
    codes = set(described.codes) if described.kind == "code" else None
    first: dict[str, tuple[str, str, Place]] = {}
    for place, (name, cell, source) in after.rows(table, "id", column, "source"):
        if cell and (codes is None or cell in codes):
            said, by, where = first.setdefault(name, (cell, source, place))
            if said != cell and by != source:
                yield place.fault(column, f"la source {by} dit {said} de {name} ({where}) ; attendu la même chose")


def _moving_seats(after: After) -> Iterator[Fault]:
    """R1: a seat never changes instance, group or position."""
    speaks = joins.speaking(after)
    moving = _with_two_places(after, speaks) - {""}
    first: dict[str, tuple[tuple[str, ...], Place]] = {}
    for sheet in after.sheets("seats") if moving else ():
        for row, (name, instance, *rest) in enumerate(sheet.cells("id", *PLACED)):
            if name in moving:
                cells = (speaks.get(instance, instance), *rest)
                before, where = first.setdefault(name, (cells, Place(sheet, row)))
                for column, now, then in zip(PLACED, cells, before, strict=True):
                    if now != then:
                        said = f"le siège {name} est dit {then} à {where}"
                        yield sheet.fault(row, column, f"{said} ; attendu la même chose, ou un autre id de siège")


def _with_two_places(after: After, speaks: dict[str, str]) -> set[str]:
    """The seats of which rows say different instances, groups or positions."""
    places: set[tuple[str, ...]] = set()
    for sheet in after.sheets("seats"):
        ids, instances, *rest = (sheet.columns.get(name, [""] * len(sheet)) for name in ("id", *PLACED))
        if speaks:
            instances = [speaks.get(i, i) for i in instances]
        places.update(zip(ids, instances, *rest, strict=True))
    return {name for name, times in Counter(place[0] for place in places).items() if times > 1}


def _of_actors(after: After) -> Iterator[Fault]:
    actors = {name for _, (name, kind) in after.rows("bodies", "id", "kind") if kind == "actor"}
    for table, what in (("seats", "un siège"), ("compositions", "une liste")):
        for sheet in after.sheets(table):
            if not actors.isdisjoint(sheet.columns.get("instance", ())):
                for row, (instance,) in enumerate(sheet.cells("instance")):
                    if instance in actors:
                        expected = f"{what} d'un acteur ; attendu l'id d'un organisme de genre (kind) instance"
                        yield sheet.fault(row, "instance", expected)


def _named_as_types(after: After) -> Iterator[Fault]:
    """No body bears a type's code as id: told of the body, or of the type where the body was there before it."""
    clashing = after.bodies & after.types
    bodies = [(place, name) for place, (name,) in after.rows("bodies", "id") if name in clashing] if clashing else []
    new = {name for place, name in bodies if not place.sheet.held_by}
    types: dict[str, Fault] = {}
    for table, column in (("types", "code"), ("norms", "code"), ("bodies", "type")) if clashing - new else ():
        for place, (code,) in after.rows(table, column):
            if code in clashing - new and not place.sheet.held_by:
                said = "c'est l'identifiant d'un organisme ; attendu un autre code pour un type"
                types.setdefault(code, place.fault(column, said))
    yield from types.values()
    for place, name in bodies:
        if name not in types:
            yield place.fault("id", "c'est le code d'un type ; attendu un autre identifiant pour un organisme")


def _overlapping(after: After) -> Iterator[Fault]:
    """Two norms of one code on the same day."""
    periods: dict[str, list[tuple[str, str, Place]]] = defaultdict(list)
    for place, (code, begins, ends) in after.rows("norms", "code", "valid_from", "valid_to"):
        if code and all(not day or is_day(day) for day in (begins, ends)):
            periods[code].append((begins, ends or OPEN_END, place))
    told: set[tuple[int, int]] = set()
    for code, rows in periods.items():
        rows.sort(key=lambda row: row[:2])
        last = rows[0]
        for row in rows[1:]:
            if row[0] <= last[1] and not _same_row(row[2], last[2]):
                for one, other in ((row, last), (last, row)):
                    spot = (id(one[2].sheet), one[2].row)
                    if spot not in told and (not one[2].sheet.held_by or other[2].sheet.held_by):
                        told.add(spot)
                        said = f"deux normes de {code} le même jour, l'autre à {other[2]}"
                        yield one[2].fault("valid_from", f"{said} ; attendu des périodes séparées")
            last = max(last, row, key=lambda period: period[1])


def _same_row(one: Place, other: Place) -> bool:
    """Whether two places hold an identical row, which counts once."""
    if one.sheet is not other.sheet:
        return False
    columns = one.sheet.columns.items()
    return all(cells[one.row] == cells[other.row] for name, cells in columns if name != READ_AT)


def _damaged(after: After) -> Iterator[Fault]:
    """Ids of bodies that lost the zero of their FINESS, where ids beside them have all nine digits."""
    known: set[str] | None = None
    for place, (name,) in after.rows("bodies", "id"):
        lost = None if place.sheet.held_by else without_zero(name)
        if lost is not None:
            known = known or after.bodies | after.values("seats", "instance") | after.values("compositions", "instance")
            if any(re.fullmatch(re.escape(lost) + r"\d{9}", other) for other in known):
                whole = f"{lost}0{name.removeprefix(lost)}"
                expected = (
                    f"8 chiffres où les autres en ont 9 : Excel a ôté le zéro du numéro FINESS ; attendu {whole} ?"
                )
                yield place.fault("id", expected)


def without_zero(name: str) -> str | None:
    """What stands before the eight digits of an id that may be a FINESS without its zero; None for any other id."""
    found = EIGHT_DIGITS.fullmatch(name)
    return found[1] if found and not DAY_DIGITS.fullmatch(found[2]) else None
