"""Published figures: totals that a publisher gives, beside what is known body by body. Never spread, never added."""

from dataclasses import dataclass
from datetime import date

from segur_api.deps import Reading
from segur_api.views import values, words
from segur_api.views.things import Thing, Things
from segur_api.views.values import Cite, Row
from segur_graph import say, territories
from segur_graph.gaps import year_before

# A call, an opinion: what somebody published on a day without its being a total.
NOTICES = """
SELECT m.id, m.date FROM meetings_now m JOIN focuses_now f ON f."table" = 'meetings' AND f.id = m.id
WHERE m.kind = 'publication' AND f.place IN (SELECT territory FROM lies_in WHERE area = $area)
ORDER BY m.date DESC, m.id
"""


@dataclass(frozen=True)
class Figure:
    """A total, what it counts in words, and what is known of the same, body by body."""

    place: Thing
    type: Thing
    counted: str
    value: int
    day: date
    known: str
    unknown: bool
    cite: Cite
    fact: Thing
    old: bool  # of more than a year ago


@dataclass(frozen=True)
class Notice:
    """Something published that counts nothing that is known."""

    thing: Thing
    day: date


@dataclass(frozen=True)
class Published:
    """The totals of a territory or about a type, and what else was published there."""

    figures: list[Figure]
    notices: list[Notice]

    def __bool__(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.figures or self.notices)


def of(reading: Reading, *, area: str = "", type: str = "") -> Published:  # noqa: A002 - the name of the column
    """The totals published of a territory and of those in it, or about a type; of the whole country where neither."""
    rows = reading.opened.panels.get(
        ("published", reading.as_of, area, type), lambda: territories.published(reading.query, area=area, type=type)
    )
    notices = [] if type else reading.query(NOTICES, area=area or territories.NATION)
    ids = [i for r in rows for i in (r["territory"], r["type"])] + [n["id"] for n in notices]
    things = Things(reading, ids)
    return Published(
        [_figure(row, reading, things) for row in rows],
        [Notice(things.get("meetings", n["id"]), n["date"]) for n in notices],
    )


def _figure(row: Row, reading: Reading, things: Things) -> Figure:
    return Figure(
        things.get("territories", row["territory"]),
        things.get("types", row["type"]),
        _counted(row, reading),
        row["value"],
        row["observed_on"],
        _known(row, reading),
        not row["known_bodies"],
        values.cite(row, reading),
        Thing("figures", row["fact"], ""),
        row["observed_on"] < year_before(reading.as_of),
    )


def _counted(row: Row, reading: Reading) -> str:
    lang = reading.lang
    what = say.code("figures", row["figure"], lang)
    if row["figure"] == "bodies":
        return what
    position = say.code("positions", row["position"], lang) if row["position"] else words.text(lang, "published.both")
    group = [say.code("groups", row["group"], lang)] if row["group"] else []
    return f"{what} ({', '.join([*group, position])})"


def _known(row: Row, reading: Reading) -> str:
    lang, bodies = reading.lang, row["known_bodies"]
    if not bodies:
        return words.text(lang, "published.known_none")
    said = words.text(lang, "published.known_bodies", count=bodies)
    if row["figure"] == "bodies":
        return said
    states = [
        words.text(lang, f"published.known_{state}", count=count)
        for state in ("filled", "vacant", "doubtful")
        if (count := row[f"known_{state}"])
    ]
    return f"{said} ; {', '.join(states)}" if states else f"{said} ; {words.text(lang, 'published.no_seat')}"
