"""The words of the pages, fr and en, and how French sets them."""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from segur_graph import say
from segur_graph.options import Lang
from segur_graph.rdf import PASSAGE

FILE = Path(__file__).parents[1] / "pages" / "texts.toml"
Texts = dict[str, dict[str, str]]

# An unbreakable space before : » % and inside «, a narrow one before ; ! ?
SPACES = ((re.compile(r" (?=[:»%])|(?<=«) "), "\u00a0"), (re.compile(r" (?=[;!?])"), "\u202f"))


@cache
def texts() -> Texts:
    """Each text by its name, `section.name`, in both languages."""
    sections = tomllib.loads(FILE.read_text("utf-8"))
    return {f"{section}.{name}": said for section, names in sections.items() for name, said in names.items()}


def text(lang: Lang, name: str, /, **slots: Any) -> str:
    """A text with its slots filled (`say.sentence`); KeyError where there is none of that name."""
    said = texts()[name][lang]
    return say.sentence(said, slots, lang) if slots else said


def column(name: str, lang: Lang) -> str:
    """What a column of the tables is called; its own name where nobody named it."""
    said = texts().get(f"columns.{name}")
    return said[lang] if said else name


def typeset(value: str, lang: Lang) -> str:
    """A text as its language sets it."""
    if lang == "fr":
        for pattern, space in SPACES:
            value = pattern.sub(space, value)
    return value


def place(locator: str, lang: Lang) -> str:
    """A locator in words: char=10,20 → caractères 10 à 20."""
    passage = PASSAGE.fullmatch(locator)
    return text(lang, "cite.passage", start=passage[1], end=passage[2]) if passage else locator


def guaranteed(share: str, lang: Lang, form: str = "share") -> str:
    """The share of the seats that a norm guarantees, `1/4` or `>1/2`, in words; with `short`, in signs."""
    more = "more" if share.startswith(">") else "least"
    return text(lang, f"norm.{form}_{more}", share=share.removeprefix(">"))


def share(value: float, lang: Lang) -> str:
    """A share as a percentage: 12,5 %, 12.5%."""
    text = f"{100 * value:.1f}".removesuffix(".0")
    return f"{text.replace('.', ',')} %" if lang == "fr" else f"{text}%"
