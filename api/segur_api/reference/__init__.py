"""The reference pages: the API, the vocabulary. Made on the server, without a script."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from jinja2 import Environment, PackageLoader
from markupsafe import Markup

from segur_graph.names import RDF_TYPE
from segur_graph.options import Lang

STYLE = Path(__file__).parent / "reference.css"
# What every read takes.
COMMON = ("as_of", "lang", "edition")
NOTHING = {"kind": "", "name": "", "label": "", "definition": ""}
# What fills a cell of the vocabulary's page: a prefix of the ontology's files and a name.
SHOWN = (
    ("label", ("dct", "title")),
    ("label", ("rdfs", "label")),
    ("label", ("skos", "prefLabel")),
    ("definition", ("dct", "description")),
    ("definition", ("skos", "definition")),
)


def api(schema: dict[str, Any], lang: Lang, root: str = "") -> str:
    """The page of an OpenAPI description: each address with its parameters; what every read takes is said once."""
    paths = schema["paths"]
    routes = [_route(path, said, paths) for path, methods in paths.items() for said in methods.values()]
    shown = {p["name"]: p for route in routes for p in route.get("parameters", ()) if p["name"] in COMMON}
    tags = list(dict.fromkeys(route["tag"] for route in routes))
    page = _environment().get_template("api.html")
    return page.render(schema=schema, routes=routes, common=list(shown.values()), tags=tags, lang=lang, root=root)


def _route(path: str, said: dict[str, Any], paths: dict[str, Any]) -> dict[str, Any]:
    """A route as the page shows it, with its CSV twin if it has one."""
    return {
        **said,
        "path": path,
        "tag": said["tags"][0],
        "twin": path.removesuffix(".csv") != path,
        "csv": f"{path}.csv" if f"{path}.csv" in paths else "",
        "own": [p for p in said.get("parameters", ()) if p["name"] not in COMMON],
    }


def vocabulary(triples: Iterable[ox.Triple], prefixes: dict[str, str], lang: Lang, iri: str, root: str = "") -> str:
    """The page of classes and properties, or of codes: each with its label and definition."""
    said: dict[str, dict[str, str]] = {}
    for triple in triples:
        if isinstance(triple.subject, ox.NamedNode) and triple.subject.value.startswith(iri):
            term = said.setdefault(triple.subject.value, {"iri": triple.subject.value, **NOTHING})
            _tell(term, triple, prefixes, lang)
    terms = sorted(said.values(), key=lambda term: (term["kind"], term["name"]))
    return _environment().get_template("vocabulary.html").render(terms=terms, lang=lang, iri=iri, root=root)


def _tell(term: dict[str, str], triple: ox.Triple, prefixes: dict[str, str], lang: Lang) -> None:
    """Adds what a triple says of a term, where the page shows it."""
    term["name"] = term["iri"].rpartition("#")[2].rpartition("/")[2]
    if isinstance(triple.object, ox.Literal):
        shown = [cell for cell, short in SHOWN if prefixes.get(short[0], "") + short[1] == triple.predicate.value]
        if shown and triple.object.language in (lang, None):
            term[shown[0]] = triple.object.value
    elif triple.predicate.value == RDF_TYPE and isinstance(triple.object, ox.NamedNode):
        term["kind"] = triple.object.value.rpartition("#")[2]


@cache
def _environment() -> Environment:
    found = Environment(
        loader=PackageLoader("segur_api", "reference"), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    found.filters["marked"] = _marked
    return found


def _marked(text: str | None) -> Markup:
    """A description in which what stands between backticks is code."""
    parts = enumerate((text or "").split("`"))
    return Markup("").join(Markup("<code>{}</code>").format(part) if n % 2 else part for n, part in parts)
