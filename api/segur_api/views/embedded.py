"""A thing as JSON-LD, for the data block of its page; and the other forms in which it can be had."""

import pyoxigraph as ox

from segur_api.deps import Reading
from segur_api.linked import SUFFIXES, write
from segur_graph.rdf import PERSONAL

FORMS = {suffix: media for suffix, media in SUFFIXES.items() if media != "text/html"}


def jsonld(reading: Reading, iri: str) -> str:
    """What the graph says of a thing itself, without the rows that name it; empty where it says nothing."""
    found = reading.graph.quads_for_pattern(ox.NamedNode(iri), None, None, None)
    triples = sorted({quad.triple for quad in found if quad.predicate.value not in PERSONAL}, key=str)
    return write(triples, "application/ld+json").decode() if triples else ""
