"""The date that a page speaks of, and the days on which something changes."""

from dataclasses import dataclass
from datetime import date

from segur_api.deps import Reading

# A date field proposes so many days of change, those nearest to the date.
PROPOSED = 40


@dataclass(frozen=True)
class When:
    """A date between two changes."""

    before: date | None
    after: date | None
    near: list[date]


def when(reading: Reading) -> When:
    """The days of change around the date that is read."""
    sql = """
        SELECT max(day) FILTER (day < $on) AS before, min(day) FILTER (day > $on) AS after
        FROM days_of_change"""
    around = reading.tables.query(sql, on=reading.as_of)[0]
    near = "SELECT day FROM days_of_change ORDER BY abs(date_diff('day', day, $on)) LIMIT $most"
    days = reading.tables.query(near, on=reading.as_of, most=PROPOSED)
    return When(around["before"], around["after"], sorted(row["day"] for row in days))
