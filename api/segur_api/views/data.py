"""About the data: sources with their dates and counts, norms with their articles, code lists, territories."""

from dataclasses import dataclass
from typing import Any

from segur_api.deps import Reading
from segur_api.views import words
from segur_api.views.address import outside
from segur_api.views.gaps import Law
from segur_api.views.things import Thing
from segur_graph import say
from segur_graph.facts import CODES, TABLES
from segur_graph.options import Lang

Row = dict[str, Any]
NORMS = 'SELECT * FROM norms ORDER BY confidence DESC, "level", code, valid_from'  # from memory first
TERRITORIES = """
SELECT t.code, t.label, t.within, w.label AS within_label FROM territories_told t
LEFT JOIN territories_told w ON w.code = t.within ORDER BY t.label, t.code
"""


@dataclass(frozen=True)
class Norm:
    """A norm as the list shows it."""

    thing: Thing
    type: str
    row: Row
    law: Law
    seats: str


@dataclass(frozen=True)
class Region:
    """A region and what lies in it, for the choice of a territory."""

    code: str
    label: str
    parts: list[tuple[str, str]]


def sources(reading: Reading) -> list[Row]:
    """The sources, each with its dates and its rows by table."""
    counts = {s["id"]: s for s in reading.edition.manifest["sources"]}
    return [
        {
            **row,
            "url": outside(row["url"]),
            "origin": counts[row["id"]]["origin"],
            "counts": {t: n for t in TABLES if (n := counts[row["id"]]["rows"].get(t)) and t != "sources"},
        }
        for row in reading.tables.query("SELECT * FROM sources ORDER BY date DESC NULLS LAST, id")
    ]


def norms(reading: Reading) -> list[Norm]:
    """Every norm, those quoted from memory first."""
    return [_norm(row, reading.lang) for row in reading.tables.query(NORMS)]


def verified(reading: Reading) -> tuple[int, int]:
    """How many norms are confirmed, and how many there are."""
    sql = "SELECT count(*) FILTER (confidence = 'confirmed') AS confirmed, count(*) AS n FROM norms"
    row = reading.tables.query(sql)[0]
    return row["confirmed"], row["n"]


def codes(lang: Lang) -> list[tuple[str, list[tuple[str, str]]]]:
    """The code lists: their name, and each code with its label."""
    return [(name, [(c, say.code(name, c, lang)) for c in listed]) for name, listed in CODES.items()]


def regions(reading: Reading) -> list[Region]:
    """The territories below the nation, each with those that lie directly in it."""
    rows = reading.tables.query(TERRITORIES)
    tops = [r for r in rows if r["code"].startswith("REG-")]
    known = {r["code"] for r in tops}
    loose = [r for r in rows if r["code"] not in known and r["within"] not in known and r["within"]]
    inside = {code: [(r["code"], r["label"]) for r in rows if r["within"] == code] for code in known}
    return [Region(r["code"], r["label"], inside.get(r["code"], [])) for r in (*tops, *loose)]


def territory(reading: Reading, code: str) -> str:
    """A territory's name; its code where it has none."""
    rows = reading.tables.query("SELECT label FROM territories_told WHERE code = $code", code=code)
    return rows[0]["label"] if rows else code


def _norm(row: Row, lang: Lang) -> Norm:
    thing = Thing("norms", row["fact"], row["name_fr"], row["name_en"])
    return Norm(thing, row["code"], row, Law.of(row, lang), _seats(row, lang))


def _seats(row: Row, lang: Lang) -> str:
    """The least that a norm guarantees, short: 2, 0, ≥ 1/4, or a question mark."""
    least, share = row["usager_seats_min"], row["usager_share_min"]
    shown = [str(least)] if least is not None and (least or not share) else []
    if share:
        shown.append(words.guaranteed(share, lang, "short"))
    return ", ".join(shown) or words.text(lang, "norm.unsaid")
