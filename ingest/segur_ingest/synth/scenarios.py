"""The scenarios of scenarios.toml planted: each with the truth that was written beside it by hand."""

import tomllib
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any

from segur_ingest.synth.register import NATIONAL, OTHER, Place, Register, Says, Span, label

# The columns that the words of a line fill, table by table in the order in which they are planted.
COLUMNS = {
    "bodies": ("id", "type", "exists_from"),
    "compositions": ("instance", "group", "completeness", "observed_on"),
    "seats": ("id", "instance", "regime", "position", "state", "observed_on"),
    "measures": ("id", "date"),
    "signatures": ("measure", "body", "role", "modality"),
    "participations": ("measure", "stage", "group", "modality"),
    "meetings": ("id", "date"),
    "attendances": ("meeting", "body", "group", "status"),
    "same": ("id", "same_as", "verdict"),
}
UNLESS_SAID = {"bodies": {"kind": "instance"}, "seats": {"group": "usagers"}, "measures": {"kind": "proposal"}}
SOURCES = {"measures": NATIONAL, "signatures": NATIONAL, "participations": NATIONAL, "same": OTHER}
# The actors that every region has, by the names that scenarios give them.
ACTORS = {"ars": "ARS", "pref": "PREFECTURE", "fas": "FAS", "urps": "URPS", "ordre": "ORDRE", "chu": "CHU"}

Scenario = Mapping[str, Any]
Ids = Mapping[str, str]


def read() -> dict[str, Any]:
    """The file: `adoptions`, the `scenario` tables and the `ordinary` ones."""
    return tomllib.loads(files("segur_ingest.synth").joinpath("scenarios.toml").read_text("utf-8"))


def actor(kind: str, region: str) -> str:
    """The id of the actor of a type that a region has: ars-reg-76."""
    return f"{kind.lower()}-reg-{region}"


def plant(scenario: Scenario, register: Register) -> None:
    """Writes a copy of a scenario somewhere in the country, and what is true of it."""
    place = register.place()
    ids = _ids(scenario, register, place)
    for table in COLUMNS:
        for line in scenario.get(table, "").strip().splitlines():
            for cells in _rows(table, line, ids):
                register.row(table, **{"source": SOURCES.get(table, place.source), **_told(table, cells, place)})
    register.truth.add(_spans(scenario["truth"], ids))
    for adoption, text in scenario.get("under", {}).items():
        register.truth.adopt(adoption, _spans(text, ids))


def adopted(measure: str) -> str:
    """The id of a measure of a scenario that is planted once: mesure-cme-2."""
    return f"mesure-{measure}"


def _ids(scenario: Scenario, register: Register, place: Place) -> dict[str, str]:
    """What the names in a scenario stand for in one copy: its ids, places, sources, the actors of its region."""
    ids = {"here": place.here, "region": place.around, "early": place.source, "other": OTHER, "-": ""}
    ids |= {name: actor(kind, place.region) for name, kind in ACTORS.items()}
    for line in scenario.get("bodies", "").strip().splitlines():
        name, kind, *_ = line.split()
        ids[name] = ids.get(name) or register.body(kind, place)
    for table, prefix in (("measures", "mesure"), ("meetings", "reunion")):
        for line in scenario.get(table, "").strip().splitlines():
            name = line.split()[0]
            own = adopted(name) if scenario.get("once") else f"{prefix}-{register.number():06d}"
            ids[name] = ids.get(name) or own
    return ids


def _rows(table: str, line: str, ids: Ids) -> Iterator[dict[str, str]]:
    """The rows of a line; a line of seats `1-16` is as many."""
    words = [word for word in line.split() if "=" not in word]
    said = dict(word.split("=", 1) for word in line.split() if "=" in word)
    cells = {**UNLESS_SAID.get(table, {}), **dict(zip(COLUMNS[table], words, strict=True)), **said}
    named = {column: "|".join(ids.get(part, part) for part in cell.split("|")) for column, cell in cells.items()}
    if table != "seats":
        yield named
        return
    first, _, last = words[0].partition("-")
    for number in range(int(first), int(last or first) + 1):
        yield {**named, "id": f"{named['instance']}-s{number}"}


def _told(table: str, cells: dict[str, str], place: Place) -> dict[str, str]:
    """A row with the label and the territory that a scenario need not say."""
    if table in ("bodies", "measures", "meetings"):
        what = {"bodies": cells.get("type", ""), "measures": "Proposition", "meetings": "Réunion"}[table]
        cells = {"label": label(what, cells["id"]), **cells}
    return {"territory": place.here, **cells} if table == "bodies" else cells


def _spans(text: str, ids: Ids) -> list[Span]:
    """`2026-03-01 | vacant-seat:a count=1; … | 2/1/1/0/0`, a line a span."""
    spans = []
    for line in text.strip().splitlines():
        since, answers, *seats = (part.strip() for part in line.split("|"))
        told = dict(_answer(answer.split(), ids) for answer in answers.split(";") if answer.strip())
        spans.append(Span(since, told, *(tuple(map(int, s.split("/"))) for s in seats)))
    return spans


def _answer(words: list[str], ids: Ids) -> tuple[str, Says]:
    """`vacant-seat:a count=1 titulaire=1` → the gap's id, and what it says."""
    focus = ":".join(ids.get(part, part) for part in words[0].split(":"))
    return focus, {name: _value(name, value) for name, value in (word.split("=") for word in words[1:])}


def _value(name: str, value: str) -> Any:
    if name == "stages":
        return value.split(",")
    return None if value == "null" else int(value)
