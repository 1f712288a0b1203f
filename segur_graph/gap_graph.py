"""The gaps of a date as a named graph: what the JSON of that date says, for SPARQL and Cypher."""

from collections.abc import Iterator
from datetime import date

from segur_graph import names
from segur_graph.gaps import Gap, Report, Told
from segur_graph.names import BASE, DEF, RDF_TYPE
from segur_graph.rdf import LABEL, line, literal

DERIVED_FROM = "http://www.w3.org/ns/prov#wasDerivedFrom"
# A remedy's `how` as an edge from the gap to the proposal.
REMEDIES = {"closes": "closed_by", "concerns": "spoken_of_by"}
Triple = tuple[str, str, str]


def graph(as_of: date) -> str:
    """The named graph of the gaps of a date."""
    return f"{BASE}gaps/{as_of}"


def quads(report: Report) -> Iterator[str]:
    """The gaps and unknowns of a report as N-Quads lines in the graph of their date."""
    return (line(triple, graph(report.as_of)) for triple in triples(report))


def triples(report: Report) -> Iterator[Triple]:
    """The same as triples: an object is an IRI, or a literal as N-Triples writes it."""
    for gap in report.gaps:
        yield from _gap(gap, report.as_of)
    for unknown in report.unknowns:
        node = names.iri("unknowns", f"{report.as_of}/{unknown.id}")
        yield node, RDF_TYPE, f"{DEF}Unknown"
        yield node, f"{DEF}unknown_kind", names.concept("unknown-kinds", unknown.kind)
        yield from _told(node, unknown, report.as_of)


def _gap(gap: Gap, as_of: date) -> Iterator[Triple]:
    node = names.iri("gaps", f"{as_of}/{gap.id}")
    yield node, RDF_TYPE, f"{DEF}Gap"
    yield node, f"{DEF}gap_kind", names.concept("gap-kinds", gap.kind)
    yield node, f"{DEF}severity", names.concept("severities", gap.severity)
    yield node, f"{DEF}certainty", names.concept("certainties", gap.certainty)
    yield node, f"{DEF}count", literal(gap.count, "integer")
    if gap.seen_on:
        yield node, f"{DEF}seen_on", literal(gap.seen_on, "date")
    for stage in gap.stages:
        yield node, f"{DEF}uncovered_stage", names.concept("stages", stage)
    for remedy in gap.remedies:
        yield node, DEF + REMEDIES[remedy["how"]], names.iri("measures", remedy["id"])
    yield from _told(node, gap, as_of)


def _told(node: str, told: Told, as_of: date) -> Iterator[Triple]:
    """What a gap and an unknown have in common."""
    yield node, f"{DEF}as_of", literal(as_of, "date")
    yield node, f"{DEF}focus", told.focus["iri"]
    if told.territory:
        yield node, f"{DEF}lies_in", names.iri("territories", told.territory)
    for lang, sentence in told.says.items():
        yield node, LABEL, literal(sentence, lang=lang)
    for fact in dict.fromkeys(p["fact"] for p in told.premises):
        yield node, DERIVED_FROM, fact
