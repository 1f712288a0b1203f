"""The form that reports one seat: its seats, what was filled in, what is wrong beside each field."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from segur_api.deps import Reading
from segur_api.errors import NotFound
from segur_api.views import values, words
from segur_api.views.address import outside
from segur_api.views.things import Thing, Things
from segur_graph.days import is_day
from segur_graph.facts import CODES, SEATS
from segur_graph.store import Store
from segur_ingest.checks import cells
from segur_ingest.faults import Faulty, readable
from segur_ingest.signal import Seen, signal

Errors = dict[str, str]  # the field, and what was expected of it

FIELDS = ("instance", "seat", "new", "position", "state", "observed_on", "mandate_to", "title", "url")
NEW = "new"  # the choice of a seat that no source names yet
SOUGHT, FOUND = 500, 20  # things of any kind, of which so many instances are shown
TEXT = 300

SEATS_OF = """
FROM (
    SELECT id, arg_max(position, observed_on) AS position, arg_max("group", observed_on) AS "group",
           arg_max(state, observed_on) AS state, max(observed_on) AS day
    FROM seats WHERE instance = $key GROUP BY id
) ORDER BY "group" <> 'usagers', position DESC, id
"""


@dataclass(frozen=True)
class Seat:
    """A seat as the form offers it."""

    id: str
    name: str
    position: str
    group: str
    state: str
    day: date


@dataclass(frozen=True)
class Form:
    """What the page shows of an instance: its seats, the fields as they are filled, the errors beside them."""

    instance: Thing
    seats: list[Seat]
    fields: Mapping[str, str]
    errors: Errors
    states: tuple[str, ...] = CODES["seat-states"]
    positions: tuple[str, ...] = CODES["positions"]


def find(reading: Reading, asked: str) -> list[Thing]:
    """The instances that some words find, the nearest first."""
    found = [one.id for one in reading.opened.search.find(asked, most=SOUGHT) if one.table == "bodies"]
    things = Things(reading, found)
    return [thing for key in found if (thing := things.get("bodies", key)).kind == "instance"][:FOUND]


def instance_of(reading: Reading, seat: str) -> str:
    """The instance of a seat; NotFound where no source names it."""
    rows = reading.tables.query("SELECT instance FROM seats WHERE id = $seat LIMIT 1", seat=seat)
    if not rows:
        raise NotFound
    return str(rows[0]["instance"])


def form(reading: Reading, fields: Mapping[str, str], errors: Errors | None = None) -> Form:
    """The form of an instance; NotFound where it is none."""
    thing = Things(reading, [fields["instance"]]).get("bodies", fields["instance"])
    if thing.kind != "instance":
        raise NotFound
    seats = [_seat(row, reading) for row in reading.tables.query(SEATS_OF, key=thing.id)]
    return Form(thing, seats, {**_empty(thing.id, seats), **fields}, errors or {})


def seen(asked: Form, reading: Reading) -> Seen | Errors:
    """What a form says of a seat, or what is wrong with it."""
    said, known = asked.fields, {seat.id: seat for seat in asked.seats}
    seat = known.get(said["seat"])
    wrong = {name: code for name in FIELDS if (code := _wrong(name, said, asked))}
    if wrong:
        return {name: words.text(reading.lang, f"reporting.wrong_{code}") for name, code in wrong.items()}
    return Seen(
        seat.id if seat else said["new"],
        asked.instance.id,
        seat.position if seat else said["position"],
        said["state"],
        said["observed_on"],
        said["title"],
        said["url"],
        group=seat.group if seat else "usagers",
        mandate_to=said["mandate_to"],
    )


def report(store: Store, told: Seen) -> Errors:
    """Writes what was seen; what the store cannot hold is an error of the form."""
    try:
        signal(store, told)
    except Faulty as faulty:
        fields = {"id": "new", "instance": "new", "group": "new"}
        return {fields.get(f.column, f.column): f"{readable(f.value)} : {f.expected}" for f in faulty.faults}
    return {}


def _seat(row: dict[str, Any], reading: Reading) -> Seat:
    return Seat(row["id"], values.seat(row, reading.lang), row["position"], row["group"], row["state"], row["day"])


def _empty(instance: str, seats: list[Seat]) -> dict[str, str]:
    """The fields before anybody filled them: a name for a new seat that none has."""
    taken = {seat.id for seat in seats}
    names = (f"{instance}-{number}" for number in range(1, len(seats) + 2))
    fields = dict.fromkeys(FIELDS, "") | {"new": next(name for name in names if name not in taken)}
    return fields | {"seat": seats[0].id if len(seats) == 1 else "" if seats else NEW}


def _wrong(name: str, said: Mapping[str, str], asked: Form) -> str:
    """What is wrong with a field: the name of a text, or nothing."""
    cell, new, taken = said[name], said["seat"] == NEW, {seat.id for seat in asked.seats}
    found: dict[str, dict[str, object]] = {
        "seat": {"seat": cell not in {NEW, *taken}},
        "new": {"id": new and (not cell or cells.expected(SEATS.column("id"), cell)), "taken": new and cell in taken},
        "position": {"position": new and cell not in asked.positions},
        "state": {"state": cell not in asked.states},
        "observed_on": {"date": not is_day(cell), "future": is_day(cell) and date.fromisoformat(cell) > _today()},
        "mandate_to": {"date": cell and not is_day(cell)},
        "title": {"title": not (cell and _is_text(cell))},
        "url": {"url": cell and not (outside(cell) and _is_text(cell))},
    }
    return next((code for code, wrong in found.get(name, {}).items() if wrong), "")


def _today() -> date:
    return date.today()  # noqa: DTZ011 - the reader's own day


def _is_text(cell: str) -> bool:
    return len(cell) <= TEXT and cell.isprintable()
