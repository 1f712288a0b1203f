"""Users in a body: what the law requires, what documents ask for, what was seen. Three facts, never merged."""

from dataclasses import dataclass
from typing import Any

from segur_api.deps import Reading
from segur_api.views import words
from segur_api.views.gaps import Law
from segur_api.views.things import Thing, Things
from segur_graph import completeness
from segur_graph.options import Lang

Row = dict[str, Any]
NAMING = """
SELECT n.measure, bool_or(n.guarantees) AS guarantees, list(DISTINCT s.party) FILTER (s.party IS NOT NULL) AS by
FROM namings_now n LEFT JOIN signatories_now s ON s.measure = n.measure
WHERE n.kind = 'proposal' AND list_contains($named, n.named)
GROUP BY n.measure ORDER BY guarantees DESC NULLS LAST, n.measure
"""
SEATS = """
SELECT count(*) FILTER (state = 'filled') AS filled, count(*) FILTER (state = 'vacant') AS vacant,
       count(*) FILTER (state = 'expired') AS expired, count(*) FILTER (state = 'unknown') AS unknown,
       max(day) AS day
FROM seats_now WHERE instance = $key AND "group" = 'usagers'
"""
# Whose seats the fiche of a thing counts: its own, those of its type, those that lie in it.
SEATS_OF = {
    "bodies": "instance = $key",
    "types": "type IN (SELECT type FROM narrower WHERE named = $key)",
    "territories": "territory IN (SELECT territory FROM lies_in WHERE area = $key)",
}
LIST = "SELECT day, complete FROM lists_now WHERE instance = $key AND \"group\" = 'usagers'"
BODIES = "SELECT existence, count(*) AS n FROM bodies_now WHERE type = $key AND kind = 'instance' GROUP BY existence"


@dataclass(frozen=True)
class Request:
    """A proposal that asks for users in a body."""

    measure: Thing
    guarantees: bool
    askers: list[Thing]


@dataclass(frozen=True)
class Users:
    """The three facts; an empty `required` or `seen` is unknown, never none."""

    required: str
    law: Law | None
    norm: Thing | None
    requests: list[Request]
    seen: list[str]


def required_seats(reading: Reading, table: str, key: str) -> dict[str, Any] | None:
    """Completeness of a body, a type or a territory; None where the law requires nothing that is known."""
    if table not in SEATS_OF:
        return None
    rows = reading.query(f"SELECT * FROM ({completeness.SQL}) WHERE {SEATS_OF[table]}", key=key)
    return completeness.total(rows) if rows else None


def here(reading: Reading, thing: Thing, told: Row) -> Users | None:
    """Users in an instance or a type of instance; None for what is neither."""
    norm = norm_of(reading, told.get("type") if thing.table == "bodies" else thing.id) if thing.party else None
    if not thing.party or (told.get("kind") == "actor" and not norm):
        return None
    seen = _seats(reading, thing) if thing.table == "bodies" else _bodies(reading, thing)
    return Users(
        required(reading, norm, thing.id) if norm else "",
        Law.of(norm, reading.lang) if norm else None,
        Thing("norms", norm["fact"], norm["name_fr"] or "") if norm and norm["fact"] else None,
        _requests(reading, [thing.id, told.get("type") or thing.id]),
        seen,
    )


def norm_of(reading: Reading, code: str | None) -> Row | None:
    """The norm of a type on the date; None where none is known."""
    return next(iter(reading.query("SELECT * FROM norms_now WHERE type = $code", code=code)), None)


def required(reading: Reading, norm: Row, body: str) -> str:
    """What a norm requires in words, with the body's own number where it has one."""
    own = next(iter(reading.query("SELECT required FROM required_now WHERE instance = $id", id=body)), None)
    least = own["required"] if own else norm["usager_seats_min"]
    return least_in_words(least, norm["usager_share_min"], reading.lang)


def least_in_words(least: int | None, share: str | None, lang: Lang) -> str:
    """The least that a norm guarantees to users, a number, a share or both; empty where it says neither."""
    said = []
    if least is not None and (least or not share):
        said.append(words.text(lang, "norm.none") if least == 0 else words.text(lang, "norm.least", count=least))
    if share:
        said.append(words.guaranteed(share, lang))
    return " ; ".join(said) if lang == "fr" else "; ".join(said)


def _requests(reading: Reading, named: list[str]) -> list[Request]:
    rows = reading.query(NAMING, named=named)
    things = Things(reading, [i for r in rows for i in (r["measure"], *(r["by"] or ()))])
    return [
        Request(things.get("measures", r["measure"]), bool(r["guarantees"]), things.parties(r["by"] or ()))
        for r in rows
    ]


def _seats(reading: Reading, thing: Thing) -> list[str]:
    lang = reading.lang
    found = reading.query(SEATS, key=thing.id)[0]
    states = ("filled", "vacant", "expired", "unknown")
    said = [words.text(lang, f"seen.{s}", count=found[s]) for s in states if found[s]]
    if said:
        said.append(words.text(lang, "seen.day", day=found["day"]))
    lists = reading.query(LIST, key=thing.id)
    return said + [words.text(lang, "seen.complete" if r["complete"] else "seen.partial", day=r["day"]) for r in lists]


def _bodies(reading: Reading, thing: Thing) -> list[str]:
    counts = {row["existence"]: row["n"] for row in reading.query(BODIES, key=thing.id)}
    return [words.text(reading.lang, f"seen.{existence}", count=n) for existence, n in sorted(counts.items())]
