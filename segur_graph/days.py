"""The days that people ask about."""

import re
from datetime import date

from segur_graph.errors import BadInput


def day(text: str) -> date:
    """The day that an option or an address gives, today where it gives none; BadInput where there is no such day."""
    if not text:
        return date.today()  # noqa: DTZ011 - the reader's own day
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            raise ValueError(text)
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadInput(f"as-of {text} : date impossible ; attendu : AAAA-MM-JJ") from error
