"""The days that people ask about."""

import re
from datetime import date

from segur_graph.errors import BadInput

DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


def is_day(text: str) -> bool:
    """Whether a text is a day of the calendar, as YYYY-MM-DD."""
    try:
        return DAY.fullmatch(text) is not None and bool(date.fromisoformat(text))
    except ValueError:
        return False


def day(text: str) -> date:
    """The day that an option or an address gives, today where it gives none; BadInput where there is no such day."""
    if not text:
        return date.today()  # noqa: DTZ011 - the reader's own day
    if not is_day(text):
        raise BadInput(f"as-of {text} : date impossible ; attendu : AAAA-MM-JJ")
    return date.fromisoformat(text)
