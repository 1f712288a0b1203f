"""Templates filled with what a request reads."""

import json
from functools import cache, partial
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from segur_api.deps import Reading
from segur_api.views import visit, words
from segur_api.views.address import Address, outside
from segur_api.views.when import when
from segur_graph import say
from segur_graph.options import Lang

# What the menu leads to: the name of a text and its path.
MENU = (
    ("home", "/"),
    ("gaps", "/lacunes"),
    ("network", "/reseau"),
    ("signatures", "/co-signatures"),
    ("proposals", "/propositions"),
    ("stages", "/etapes"),
    ("territories", "/territoires"),
    ("questions", "/requetes"),
    ("data", "/donnees"),
)


def page(request: Request, reading: Reading, template: str, **shown: Any) -> HTMLResponse:
    """A page of what is read; it shows the edition and the date."""
    return _filled(request, reading.lang, template, 200, reading=reading, when=when(reading), **shown)


def problem(request: Request, lang: Lang, status: int, **shown: Any) -> HTMLResponse:
    """The page of an error: it reads nothing, so that it can be shown without an edition."""
    answer = _filled(request, lang, "error.html", status, reading=None, **shown)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def json_script(value: object) -> Markup:
    """JSON that may stand in a script element: nothing in it can close the element or open another."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    escapes = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}
    return Markup(text.translate(escapes))  # noqa: S704 - escaped just so


def _filled(request: Request, lang: Lang, template: str, status: int, **shown: Any) -> HTMLResponse:
    shown |= {
        "lang": lang,
        "at": Address.of(request),
        "base": f"{request.url.scheme}://{request.url.netloc}",
        "visit": (visited := visit.shown(request, shown["reading"])),
        "t": partial(words.text, lang),
        "column": partial(words.column, lang=lang),
        "code": lambda scheme, value: say.code(scheme, value, lang),
        "day": lambda value: say.day(value, lang),
        "share": lambda value: words.share(value, lang),
        "everywhere": words.text(lang, "demo.everywhere" if visited else "question.everywhere"),
        "menu": MENU,
    }
    return HTMLResponse(_environment().get_template(template).render(shown), status, {"Content-Language": lang})


@cache
def _environment() -> Environment:
    found = Environment(
        loader=PackageLoader("segur_api", "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_typeset,
    )
    found.filters |= {"outside": outside, "json_script": json_script, "number": _number}
    return found


@pass_context
def _typeset(context: Context, value: Any) -> Any:
    """What a template writes, set as its language wants it; markup and numbers as they are."""
    if value is None:
        return ""
    return words.typeset(value, context["lang"]) if type(value) is str else value


@pass_context
def _number(context: Context, value: int) -> str:
    """A number with its thousands apart: 1 516, 1,516."""
    text = f"{value:,}"
    return text.replace(",", "\u202f") if context["lang"] == "fr" else text
