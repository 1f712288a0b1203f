"""What the SPARQL editor proposes: the terms of the vocabulary, the codes, and examples."""

from collections.abc import Iterator
from functools import cache
from typing import Any, cast

import pyoxigraph as ox

from segur_api.deps import Reading
from segur_api.views import questions, words
from segur_graph.catalogue import Catalogue
from segur_graph.names import BASE
from segur_graph.options import Lang
from segur_graph.shipped import data
from segur_graph.slots import BadValue

FILES = ("segur.ttl", "concepts.ttl")
EXAMPLES = ("seats-asked", "co-signers", "neighbourhood")
SCHEME = f"{BASE}scheme/"
# A term of another vocabulary has a note of ours instead of a definition.
TERMS = """
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

SELECT DISTINCT ?term ?kind ?label ?other (COALESCE(?definition, ?note) AS ?says) {{
  {{ ?term skos:definition|skos:scopeNote [] }}
  OPTIONAL {{ ?term a ?type }}
  FILTER (!BOUND(?type) || ?type NOT IN (owl:Ontology, skos:ConceptScheme))
  BIND (COALESCE(IF(?type = owl:Class, "class", IF(?type = skos:Concept, "code", "property")), "property") AS ?kind)
  OPTIONAL {{ ?term rdfs:label|skos:prefLabel ?label FILTER (LANG(?label) = "{own}") }}
  OPTIONAL {{ ?term rdfs:label|skos:prefLabel ?other FILTER (LANG(?other) = "{other}") }}
  OPTIONAL {{ ?term skos:definition ?definition FILTER (LANG(?definition) = "{own}") }}
  OPTIONAL {{ ?term skos:scopeNote ?note FILTER (LANG(?note) = "{own}") }}
}}
ORDER BY ?kind ?term
"""


@cache
def vocabulary(lang: Lang) -> dict[str, Any]:
    """The prefixes by name, and each term: its prefix and local name, its label in both languages, its definition."""
    store = ox.Store()
    prefixes: dict[str, str] = {}
    for file in FILES:
        parser = ox.parse(path=str(data("ontology") / file), format=ox.RdfFormat.TURTLE)
        store.extend(parser)
        prefixes |= parser.prefixes
    schemes = {name: f"{SCHEME}{name}/" for name in _schemes(store)}
    spoken = TERMS.format(own=lang, other="fr" if lang == "en" else "en")
    bases = {iri: name for name, iri in (prefixes | schemes).items()}
    return {
        "prefixes": prefixes | schemes,
        "terms": [_term(row, bases, lang) for row in cast("ox.QuerySolutions", store.query(spoken))],
    }


def _schemes(store: ox.Store) -> Iterator[str]:
    scheme = ox.NamedNode("http://www.w3.org/2004/02/skos/core#ConceptScheme")
    for quad in store.quads_for_pattern(None, None, scheme):
        yield str(getattr(quad.subject, "value", "")).removeprefix(SCHEME)


def _term(row: Any, bases: dict[str, str], lang: Lang) -> dict[str, str]:
    iri = row["term"].value
    end = max(iri.rfind("#"), iri.rfind("/")) + 1
    said = {name: row[name].value for name in ("label", "other", "says") if row[name]}
    kind = words.text(lang, f"sparql.{row['kind'].value}")
    return {"prefix": bases[iri[:end]], "local": iri[end:], "note": kind, **said}


def examples(reading: Reading, found: Catalogue) -> list[tuple[str, str]]:
    """The title and query of some questions of the graph, of which this edition knows the example."""
    made = []
    for name in EXAMPLES:
        asked = found.questions[name]
        try:
            made.append((asked.front.title.told(reading.lang), questions.query(reading, asked, asked.examples)))
        except BadValue:
            continue
    return made
