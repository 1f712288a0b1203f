"""Sentences for people, in French and English."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from string import Formatter
from typing import Any, get_args

import pyoxigraph as ox

from segur_graph.names import BASE, DEF
from segur_graph.options import Lang
from segur_graph.shipped import data

LANGS: tuple[Lang, ...] = get_args(Lang)
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
PREF_LABEL = "http://www.w3.org/2004/02/skos/core#prefLabel"
MONTHS = {
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "en": "January February March April May June July August September October November December",
}


def sentence(template: str, slots: Mapping[str, Any], lang: Lang) -> str:
    """Fills a sentence's slots.

    `{count:siège|sièges}` counts ("2 sièges"; the word alone for a list; words before a first bar stand
    for none), `{stages:@stages}` names
    codes of a list of concepts, a day is written out, a list is joined by commas.
    """
    parts = (
        text if name is None else text + _filled(slots[name], spec or "", lang) for text, name, spec in _parts(template)
    )
    return "".join(parts)


def day(value: date, lang: Lang) -> str:
    """A day in words: 1er mars 2026, 1 March 2026."""
    ordinal = "er" if lang == "fr" and value.day == 1 else ""
    return f"{value.day}{ordinal} {MONTHS[lang].split()[value.month - 1]} {value.year}"


def named(label: str, label_en: str | None, lang: Lang) -> str:
    """A name in a language; the French one where there is no English one."""
    return (label_en if lang == "en" else None) or label


def article(text: str | None, lang: Lang) -> str:
    """The articles of a norm: the tables keep them in English, "to" between the ends of a range."""
    if not text:
        return {"fr": "article non dit", "en": "article not given"}[lang]
    return text.replace(" to ", " à ") if lang == "fr" else text


def code(scheme: str, value: str, lang: Lang) -> str:
    """The name of a code of `concepts.ttl`, or the code itself where it has none."""
    return texts("concepts.ttl", PREF_LABEL).get(f"{BASE}scheme/{scheme}/{value}", {}).get(lang, value)


def term(name: str, lang: Lang) -> str:
    """The label of a class or property of the ontology: Norm → norme."""
    return texts("segur.ttl", LABEL).get(DEF + name, {}).get(lang, name)


@cache
def texts(file: str, predicate: str) -> dict[str, dict[str, str]]:
    """What a file of the ontology says of each IRI by a predicate, by language."""
    found: dict[str, dict[str, str]] = {}
    for triple in ox.parse(path=str(data("ontology") / file), format=ox.RdfFormat.TURTLE):
        if triple.predicate.value == predicate and isinstance(triple.object, ox.Literal):
            found.setdefault(triple.subject.value, {})[triple.object.language or ""] = triple.object.value
    return found


@cache
def _parts(template: str) -> tuple[tuple[str, str | None, str | None], ...]:
    return tuple((text, name, spec) for text, name, spec, _ in Formatter().parse(template))


def _filled(value: Any, spec: str, lang: Lang) -> str:
    if spec.startswith("@"):
        return ", ".join(code(spec[1:], v, lang) for v in value)
    if "|" in spec:
        return _counted(value, spec.split("|"), lang)
    if isinstance(value, date):
        return day(value, lang)
    if isinstance(value, list):
        words = [str(v) for v in value]
        return ("; " if any(", " in word for word in words) else ", ").join(words)
    return "?" if value is None else str(value)


def _counted(value: Any, words: list[str], lang: Lang) -> str:
    *none, one, many = words
    number = len(value) if isinstance(value, list) else value
    if none and number == 0:
        return none[0]
    word = one if number == 1 or (number == 0 and lang == "fr") else many
    return word if isinstance(value, list) else f"{number} {word}"
