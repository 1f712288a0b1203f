"""Elements of SVG and HTML in which everything is escaped: what is not made here is text."""

import re
from functools import lru_cache

from markupsafe import Markup, escape

# Most texts hold nothing to escape: looking costs a tenth of escaping.
SPECIAL = re.compile("[&<>\"']")


def tag(name: str, *children: str | None, **attributes: str | float | None) -> Markup:
    """An element: `tag("a", "x", href="y", stroke_width=2)`; what is None is left out, `class_` is `class`."""
    said = "".join([f' {_name(key)}="{_cell(value)}"' for key, value in attributes.items() if value is not None])
    inside = "".join([child if isinstance(child, Markup) else text(child) for child in children if child])
    return Markup(f"<{name}{said}>{inside}</{name}>" if inside or name == "g" else f"<{name}{said}/>")  # noqa: S704 - built from escaped parts


@lru_cache(maxsize=256)
def _name(name: str) -> str:
    return name.rstrip("_").replace("_", "-")


def _cell(value: str | float) -> str:
    if isinstance(value, str):
        return text(value)
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)


def text(said: str) -> str:
    """A text as it may stand in an element or between the quotes of an attribute."""
    return said if SPECIAL.search(said) is None else str(escape(str(said)))
