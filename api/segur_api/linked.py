"""What the graph says of a thing, in every form in which it can be had."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import pyoxigraph as ox

from segur_graph import names, rdf
from segur_graph.facts import TABLES

# The fixed addresses of a thing's forms: the suffix, its media type, and how Oxigraph writes it.
SUFFIXES = {
    "html": "text/html",
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
    "csv": "text/csv",
}
FORMATS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}
RDF_FORMS = tuple(FORMATS)
COLUMNS = ("subject", "property", "value", "source")

# Rows that say something of things, and come whole with the thing they point at; of other rows the pointing alone.
STATEMENTS = {names.fact_table(t.name) for t in TABLES.values() if not t.key or t.name == "norms"}
# So many rows that point at a thing are told; a type may have tens of thousands.
MOST = 500
NO_MORE: Mapping[str, str] = {}


@dataclass(frozen=True)
class Description:
    """The quads about a thing, in order; `left_out` counts the rows that are not told."""

    iri: str
    quads: list[ox.Quad]
    left_out: int

    def triples(self) -> list[ox.Triple]:
        """The triples, and the remark that there are more where there are."""
        found = list(dict.fromkeys(quad.triple for quad in self.quads))
        if not self.left_out:
            return found
        comment = ox.NamedNode(rdf.prefixes()["rdfs"] + "comment")
        said = {
            "fr": f"{self.left_out} lignes qui en parlent ne sont pas reprises ici.",
            "en": f"{self.left_out} rows that speak of it are not told here.",
        }
        about = ox.NamedNode(self.iri)
        return [*found, *(ox.Triple(about, comment, ox.Literal(text, language=lang)) for lang, text in said.items())]


def known(graph: ox.Store, iri: str) -> bool:
    """Whether the graph says something of a thing, or names it; no where that is no IRI."""
    try:
        node = ox.NamedNode(iri)
    except ValueError:
        return False
    patterns = ((node, None), (None, node))
    return any(next(graph.quads_for_pattern(s, None, o, None), None) for s, o in patterns)


def describe(graph: ox.Store, iris: Sequence[str]) -> Description:
    """What the graph says of a thing under its names, the one that speaks first."""
    nodes = [ox.NamedNode(iri) for iri in iris]
    pointing = {quad for node in nodes for quad in graph.quads_for_pattern(None, None, node, None)}
    subjects = sorted({_name(quad.subject) for quad in pointing})
    told = set(subjects[:MOST])
    own = [quad for iri in iris for quad in _of(graph, iri)]
    about = [q for subject in told if _is_statement(subject) for q in _of(graph, subject)]
    links = [q for q in pointing if _name(q.subject) in told]
    quads = {str(q): q for q in (*own, *about, *links) if q.predicate.value not in rdf.PERSONAL}
    return Description(iris[0], [quads[key] for key in sorted(quads)], len(subjects) - len(told))


def write(triples: Sequence[ox.Triple], media: str, more: Mapping[str, str] = NO_MORE) -> bytes:
    """Triples in one of `FORMATS`, with the prefixes that they need: ours, and `more`."""
    form = FORMATS[media]
    text = "".join(map(str, triples))
    prefixes = {name: base for name, base in {**more, **_prefixes()}.items() if f"<{base}" in text}
    if form == ox.RdfFormat.JSON_LD:
        return _json_ld(triples, prefixes)
    if form == ox.RdfFormat.N_TRIPLES:
        prefixes = {}
    return bytes(ox.serialize(triples, format=form, prefixes=prefixes) or b"")


def embedded(graph: ox.Store, iri: str) -> str:
    """What the graph says of a thing itself, as JSON-LD for a page's data block; empty where it says nothing."""
    triples = sorted({quad.triple for quad in _of(graph, iri) if quad.predicate.value not in rdf.PERSONAL}, key=str)
    return write(triples, "application/ld+json").decode() if triples else ""


def csv_rows(quads: Iterable[ox.Quad]) -> Iterator[tuple[str, str, str, str]]:
    """Quads as rows under `COLUMNS`: short names, and the source that says so."""
    for quad in quads:
        source = quad.graph_name.value.rpartition("/")[2] if isinstance(quad.graph_name, ox.NamedNode) else ""
        yield _short(quad.subject), _short(quad.predicate), _short(quad.object), source


def _of(graph: ox.Store, subject: str) -> Iterator[ox.Quad]:
    return graph.quads_for_pattern(ox.NamedNode(subject), None, None, None)


def _name(subject: ox.NamedNode | ox.BlankNode | ox.Triple) -> str:
    return subject.value if isinstance(subject, ox.NamedNode) else str(subject)


def _is_statement(iri: str) -> bool:
    return names.thing(iri)[0] in STATEMENTS


@cache
def _prefixes() -> dict[str, str]:
    """The vocabularies' prefixes, and one a table as in the context."""
    tables = {table: names.iri(table, "") for table in (*TABLES, "observations", "effects", "passages")}
    syntax = {"rdf": names.RDF_TYPE.removesuffix("type"), "oa": rdf.OA, "scheme": f"{names.BASE}scheme/"}
    return {**rdf.prefixes(), **syntax, **tables}


def _json_ld(triples: Sequence[ox.Triple], prefixes: Mapping[str, str]) -> bytes:
    """Triples as JSON-LD with a context of prefixes, which is what a person can read."""
    expanded = json.loads(ox.serialize(triples, format=ox.RdfFormat.JSON_LD) or b"[]")
    graph = [_compact(node, prefixes) for node in expanded]
    return json.dumps({"@context": prefixes, "@graph": graph}, ensure_ascii=False, indent=1).encode()


def _compact(value: Any, prefixes: Mapping[str, str]) -> Any:
    """Expanded JSON-LD with its IRIs shortened."""
    if isinstance(value, list):
        shorter = [_compact(v, prefixes) for v in value]
        return shorter[0] if len(shorter) == 1 else shorter
    if not isinstance(value, dict):
        return value
    if set(value) == {"@value"}:
        return value["@value"]
    return dict(_member(name, held, prefixes) for name, held in value.items())


def _member(name: str, value: Any, prefixes: Mapping[str, str]) -> tuple[str, Any]:
    if name == names.RDF_TYPE:
        return "@type", _compact([_shorter(v["@id"], prefixes) for v in value], prefixes)
    if name in ("@id", "@type"):
        return name, _shorter(value, prefixes)
    return _shorter(name, prefixes), _compact(value, prefixes)


def _short(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    """A term as people write it: bodies:cdu-31, sg:observed_on; a literal is its text."""
    match term:
        case ox.NamedNode():
            return _shorter(term.value, _prefixes())
        case ox.Literal():
            return term.value
    return str(term)


def _shorter(iri: str, prefixes: Mapping[str, str]) -> str:
    """An IRI by its prefix, where it has one."""
    for prefix, base in prefixes.items():
        if iri.startswith(base):
            return f"{prefix}:{iri.removeprefix(base)}"
    return iri
