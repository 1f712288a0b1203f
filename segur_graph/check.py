"""The shapes of an edition's facts, and what they find, told plainly."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, get_args

import pyoxigraph as ox

from segur_graph import names, say
from segur_graph.edition import Edition
from segur_graph.facts import TABLES
from segur_graph.names import DEF, RDF_TYPE
from segur_graph.options import Lang
from segur_graph.rdf import prefixes
from segur_graph.shipped import data

Severity = Literal["Violation", "Warning", "Info"]
SEVERITIES: tuple[Severity, ...] = get_args(Severity)

# What a row without a name is about, the nearest first.
ABOUT = ("instance", "body", "measure", "meeting", "party", "thing", "code", "type", "territory")

WORDS: dict[Lang, dict[str, str]] = {
    "fr": {
        "Violation": "À corriger",
        "Warning": "À compléter",
        "Info": "À savoir",
        "todo": "   Que faire : {}",
        "fact": "   - {} : {}",
        "nowhere": "sans place",
        "clean": "Rien à corriger.",
    },
    "en": {
        "Violation": "To be mended",
        "Warning": "To be completed",
        "Info": "To be known",
        "todo": "   What to do: {}",
        "fact": "   - {}: {}",
        "nowhere": "no place",
        "clean": "Nothing to mend.",
    },
}


@dataclass(frozen=True)
class Finding:
    """A fact that breaks a shape: which fact, where it is read, what is wrong, what to do."""

    severity: Severity
    shape: str
    fact: str  # its IRI
    name: dict[Lang, str]
    places: tuple[tuple[str, str], ...]  # the title of a source and the locator in it
    says: dict[Lang, str]
    todo: dict[Lang, str]


def findings(edition: Edition) -> list[Finding]:
    """What the shapes find in an edition's graph, the worst first."""
    return in_graph(edition.graph())


def in_graph(store: ox.Store) -> list[Finding]:
    """What the shapes find in a graph of facts, the worst first."""
    import pyshacl
    from rdflib import Graph, URIRef

    shapes = Graph().parse(data("ontology") / "shapes.ttl")
    facts = _facts(store, {str(term) for term in shapes.all_nodes() if isinstance(term, URIRef)})
    _, report, _ = pyshacl.validate(facts, shacl_graph=shapes, inplace=True)
    found = {(f.shape, f.fact): f for f in _read(report, shapes, store)}
    return sorted(found.values(), key=lambda f: (SEVERITIES.index(f.severity), f.shape, f.fact))


def told(found: list[Finding], lang: Lang) -> Iterator[str]:
    """The lines of a report: by severity, what is wrong, what to do, and the facts with their places."""
    words = WORDS[lang]
    for severity in SEVERITIES:
        of = [f for f in found if f.severity == severity]
        if of:
            yield f"{words[severity]} ({len(of)})"
        for shape in dict.fromkeys(f.shape for f in of):
            yield from _shape_told([f for f in of if f.shape == shape], lang)
    if not any(f.severity == "Violation" for f in found):
        yield words["clean"]


def _shape_told(found: list[Finding], lang: Lang) -> Iterator[str]:
    words = WORDS[lang]
    yield f"{found[0].says[lang]}"
    yield words["todo"].format(found[0].todo[lang])
    for finding in found:
        places = " ; ".join(f"{title} ({locator})" for title, locator in finding.places)
        yield words["fact"].format(finding.name[lang], places or words["nowhere"])


def _facts(store: ox.Store, terms: set[str]) -> Any:
    """The triples that the shapes ask for, as an rdflib graph: the classes of nodes, and the properties in `terms`."""
    from rdflib import Graph

    graph = Graph()
    for term in sorted(terms | {RDF_TYPE}):
        for quad in store.quads_for_pattern(None, ox.NamedNode(term), None):
            graph.add((_term(quad.subject), _term(quad.predicate), _term(quad.object)))
    return graph


def _term(term: Any) -> Any:
    from rdflib import BNode, Literal, URIRef

    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    return Literal(term.value, lang=term.language, datatype=None if term.language else term.datatype.value)


def _read(report: Any, shapes: Any, store: ox.Store) -> Iterator[Finding]:
    """The results of a validation; one of a shape's parts is its shape's."""
    from rdflib.namespace import RDF, RDFS, SH

    for result in report.subjects(RDF.type, SH.ValidationResult):
        shape, fact = report.value(result, SH.sourceShape), str(report.value(result, SH.focusNode))
        yield Finding(
            severity=str(report.value(result, SH.resultSeverity)).partition("#")[2],  # type: ignore[arg-type]
            shape=str(shape).partition("#")[2],
            fact=fact,
            name={lang: _name(store, fact, lang) for lang in say.LANGS},
            places=tuple(_places(store, fact)),
            says={o.language: str(o) for o in shapes.objects(shape, SH.message)},
            todo={o.language: str(o) for o in shapes.objects(shape, RDFS.comment)},
        )


def _name(store: ox.Store, fact: str, lang: Lang) -> str:
    """What a fact is and how it is called, or what it is about: norme « Commission des usagers » (CDU-2016-06-04)."""
    table_name, key = names.thing(fact)
    table = TABLES.get(names.row_table(table_name))
    said = say.term(table.rdf_class, lang) if table else table_name
    label = _label(store, fact, lang) or next(filter(None, _about(store, fact, lang)), "")
    if lang == "fr":
        return f"{said} « {label} » ({key})" if label else f"{said} {key}"
    return f"{said} “{label}” ({key})" if label else f"{said} {key}"


def _about(store: ox.Store, fact: str, lang: Lang) -> Iterator[str]:
    for name in ABOUT:
        for quad in _said(store, fact, DEF + name):
            yield _label(store, quad.object.value, lang)


def _label(store: ox.Store, thing: str, lang: Lang) -> str:
    """The name of a thing in a language, else in another; nothing where it has none."""
    found: dict[str, str] = {}
    for predicate in (f"{prefixes()['rdfs']}label", f"{DEF}name_{lang}", f"{DEF}name_fr"):
        for quad in _said(store, thing, predicate):
            found.setdefault(quad.object.language, quad.object.value)
    return found.get(lang) or next(iter(found.values()), "")


def _places(store: ox.Store, fact: str) -> Iterator[tuple[str, str]]:
    """Where a fact is read: the title of each source that says it, and the locators in it."""
    said: dict[str, list[str]] = defaultdict(list)
    for quad in _said(store, fact, f"{prefixes()['bibo']}locator"):
        said[quad.graph_name.value.removeprefix(names.graph(""))].append(quad.object.value)
    for source, locators in sorted(said.items()):
        titles = [q.object.value for q in _said(store, names.iri("sources", source), f"{prefixes()['dct']}title")]
        yield (titles or [source])[0], ", ".join(sorted(locators))


def _said(store: ox.Store, subject: str, predicate: str) -> Iterator[Any]:
    return store.quads_for_pattern(ox.NamedNode(subject), ox.NamedNode(predicate), None)
