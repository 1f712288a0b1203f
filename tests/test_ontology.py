"""The ontology says each term that the tables need, in both languages, and no other."""

from datetime import date
from typing import get_args, get_type_hints

import pyoxigraph as ox
import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SKOS, VANN, XSD

from segur_graph import gap_graph, gaps, names, rdf
from segur_graph.facts import CODES, GROUPS_OR_ALL, TABLES
from segur_graph.names import BASE, DEF
from segur_graph.shipped import data
from segur_ingest.build import shipped

FILES = ("segur.ttl", "concepts.ttl")
ONTOLOGY = URIRef(f"{BASE}def")
LICENCE = URIRef("http://spdx.org/licenses/etalab-2.0")
KINDS_OF_TERM = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
# The datatype of a cell that is no node; what is not here is plain text.
# What any row may have: no class is its domain.
OF_ANY_ROW = {URIRef(f"{DEF}source"), URIRef(f"{DEF}hasPassage")}


def read(*files):
    """The triples of some files of the ontology."""
    graph = Graph()
    for file in files:
        graph.parse(data("ontology") / file)
    return graph


@pytest.fixture(scope="module")
def said():
    """Both files."""
    return read(*FILES)


@pytest.fixture(scope="module")
def terms(said):
    """The classes and properties of ours."""
    return sorted(t for kind in KINDS_OF_TERM for t in said.subjects(RDF.type, kind) if t.startswith(DEF))


@pytest.fixture(scope="module")
def concepts(said):
    """The codes of each scheme, by their IRIs."""
    found = {}
    for scheme in said.subjects(RDF.type, SKOS.ConceptScheme):
        found[scheme.removeprefix(f"{BASE}scheme/")] = set(said.subjects(SKOS.inScheme, scheme))
    return found


def cells(column):
    """What a cell of a column may hold, by its kind."""
    match column.kind:
        case "code":
            return column.codes
        case "party":
            return "instance", "CDU"
        case "thing":
            return "instance", "proposal"
        case "reference":
            keys = {"sources": "a", "territories": "FR", "bodies": "instance", "measures": "proposal", "meetings": "r"}
            return (keys[column.into],)
    values = {"date": "2026-03-01", "number": "1", "share": ">1/2", "territory_number": "REG-76=19", "type": "CDU"}
    return (values.get(column.kind, "char=1,9" if column.name == "locator" else "x"),)


def rows(table):
    """Full rows of a table, one for each value that a cell of it may hold."""
    full = {c.name: cells(c)[0] for c in table.columns}
    own = {"sources": {"id": "a"}, "types": {"code": "CDU"}, "norms": {"code": "CDU"}, "meetings": {"id": "r"}}
    full |= own.get(table.name, {"code": "FR"} if table.name == "territories" else {})
    for column in table.columns:
        for value in cells(column) if column.kind in {"code", "party", "thing"} else (full[column.name],):
            row = full | {column.name: value}
            yield row | ({"id": row["kind"]} if table.subclass else {})


def triples(facts, things):
    """What rows are written as, with what is derived from them; in which graph is left out."""
    vocabulary = rdf.terms()
    lines: set[str] = set()
    for table, row in facts:
        lines.update(rdf.quads(table, row, things, vocabulary), rdf.derived(table, row, things))
    quads = ox.parse("".join(lines), format=ox.RdfFormat.N_QUADS)
    return Graph().parse(data="".join(f"{quad.triple} .\n" for quad in quads), format="nt")


@pytest.fixture(scope="module")
def written():
    """What full rows of every table are written as."""
    things = rdf.Things(bodies={"actor", "instance"}, measures={"proposal", "measure"})
    return triples(((table, row) for table in TABLES.values() for row in rows(table)), things)


@pytest.fixture(scope="module")
def everything(written):
    """What full rows of every table and the gaps of a date are written as."""
    focus = {"id": "instance", "iri": names.iri("bodies", "instance")}
    premises = [{"fact": next(s for s in written.subjects(RDF.type, URIRef(f"{DEF}Norm")))}]
    remedies = [{"id": "proposal", "how": how} for how in ("closes", "concerns")]
    says = {"fr": 'Il manque "un" siège.', "en": "A seat is missing."}
    gap = gaps.Gap(
        *("below-norm:instance", "below-norm", "high", "certain", "2026-03-01", focus, "FR", 1),
        *({}, ["suivi"], says, None, premises, remedies),
    )
    unknown = gaps.Unknown("unknown-seat", focus, "FR", {}, says, premises)
    report = gaps.Report(date(2026, 6, 30), "e", [], [gap], [unknown], {})
    quads = ox.parse("".join(gap_graph.quads(report)), format=ox.RdfFormat.N_QUADS)
    return written + Graph().parse(data="".join(f"{quad.triple} .\n" for quad in quads), format="nt")


def alternatives(said, node):
    """The classes that a domain or range stands for: itself, or those of a union."""
    united = said.value(node, OWL.unionOf) or said.value(said.value(node, OWL.equivalentClass), OWL.unionOf)
    return set(Collection(said, united)) if united else {node}


def classes(said, written, node):
    """The classes of a node, with the broader ones; those of a concept as its own file says."""
    own = set(written.objects(node, RDF.type)) | set(said.objects(node, RDF.type))
    return {broader for c in own for broader in said.transitive_objects(c, RDFS.subClassOf)}


def fits(said, written, node, expected):
    """Whether a node or a value is what a domain or range asks for."""
    if isinstance(node, Literal):
        return (node.datatype or (RDF.langString if node.language else XSD.string)) == expected
    return bool(classes(said, written, node) & alternatives(said, expected))


def columns():
    """Each column that has a property: its table, itself, its term."""
    known = rdf.terms()
    for table in TABLES.values():
        for column in table.columns:
            if column.name in known[table.rdf_class]:
                yield table, column, known[table.rdf_class][column.name]


@pytest.mark.parametrize("file", FILES)
def test_two_readers_find_the_same(file):
    """Rdflib and Oxigraph read as many triples in a file."""
    found = set(ox.parse(path=str(data("ontology") / file), format=ox.RdfFormat.TURTLE))
    assert len(read(file)) == len(found) > 0


def test_a_term_is_said_in_french_and_english(said, terms):
    """A term has one label and one definition in each language."""
    for term in terms:
        for predicate in (RDFS.label, SKOS.definition):
            assert sorted(o.language for o in said.objects(term, predicate)) == ["en", "fr"], (term, predicate)


def test_a_concept_is_said_in_french_and_english(said):
    """A concept and a scheme have one name and one definition in each language."""
    for kind, name in ((SKOS.Concept, SKOS.prefLabel), (SKOS.ConceptScheme, RDFS.label)):
        for thing in said.subjects(RDF.type, kind):
            for predicate in (name, SKOS.definition):
                assert sorted(o.language for o in said.objects(thing, predicate)) == ["en", "fr"], (thing, predicate)


def test_no_language_is_missing(said):
    """What a term, a concept or the ontology says in one language it says in the other; a synonym may have no twin."""
    for subject, predicate in set(said.subject_predicates()):
        languages = sorted(o.language for o in said.objects(subject, predicate) if getattr(o, "language", None))
        assert languages in ([], ["en", "fr"]) or predicate == SKOS.altLabel, (subject, predicate)


def test_names_are_not_shared_within_a_list(said, concepts):
    """Two codes of a list never bear the same name."""
    for scheme, codes in concepts.items():
        labels = [label for code in codes for label in said.objects(code, SKOS.prefLabel)]
        assert len(labels) == len(set(labels)), scheme


def test_a_term_says_where_it_is_defined_and_gives_an_example(said, terms):
    """A term has an example and names the ontology."""
    for term in terms:
        assert list(said.objects(term, RDFS.isDefinedBy)) == [ONTOLOGY], term
        assert list(said.objects(term, SKOS.example)), term


def test_the_ontology_says_who_made_it_and_on_what_terms(said):
    """The ontology has title, creator, licence, version and prefix."""
    assert (ONTOLOGY, RDF.type, OWL.Ontology) in said
    for predicate in (DCTERMS.title, DCTERMS.description, DCTERMS.creator, OWL.versionInfo):
        assert (ONTOLOGY, predicate, None) in said, predicate
    assert said.value(ONTOLOGY, DCTERMS.license) == LICENCE
    assert said.value(ONTOLOGY, OWL.versionIRI) == ONTOLOGY + "/" + said.value(ONTOLOGY, OWL.versionInfo)
    assert str(said.value(ONTOLOGY, VANN.preferredNamespacePrefix)) == "sg"
    assert str(said.value(ONTOLOGY, VANN.preferredNamespaceUri)) == DEF


def test_every_list_of_codes_has_a_licence(said):
    """A scheme has a title in each language and the licence of the data."""
    for scheme in said.subjects(RDF.type, SKOS.ConceptScheme):
        assert said.value(scheme, DCTERMS.license) == LICENCE, scheme
        assert len(list(said.objects(scheme, DCTERMS.title))) == 2, scheme


def undeclared(said, graph):
    """The predicates, classes and concepts of a graph that the ontology does not have."""
    concepts = {o for o in graph.objects() if str(o).startswith(f"{BASE}scheme/")}
    used = set(graph.predicates()) - {RDF.type} | set(graph.objects(None, RDF.type)) | concepts
    return {term for term in used if (term, None, None) not in said}


def test_what_is_written_is_declared(said, everything):
    """Every predicate, class and concept that a row or a gap can be written with stands in the ontology."""
    assert not undeclared(said, everything)


def test_what_ships_is_declared(said):
    """So does every one that the shipped facts are written with."""
    facts = [(table, row) for source in shipped() for table in source.tables() for row in source.rows(table)]
    ids = {name: {row["id"] for table, row in facts if table.name == name} for name in ("bodies", "measures")}
    assert not undeclared(said, triples(facts, rdf.Things(**ids)))


def test_what_the_context_names_is_declared(said):
    """Every class and property of the context stands in the ontology."""
    properties = {t.property for table in rdf.terms().values() for t in table.values()}
    assert not {p for p in properties if (URIRef(p), None, None) not in said}
    named = (v if isinstance(v, str) else v.get("@id", "") for v in rdf.context().values() if v != 1.1)
    our_classes = {URIRef(DEF + name.removeprefix("sg:")) for name in named if name.startswith("sg:")}
    assert not {c for c in our_classes if (c, RDF.type, OWL.Class) not in said}


def test_a_declared_term_is_used(said, everything, terms):
    """A term is written by a row or a gap, or is the domain or range of one that is."""
    used = set(everything.predicates()) | set(everything.objects(None, RDF.type))
    used |= {end for t in used for p in (RDFS.domain, RDFS.range) for end in said.objects(t, p)}
    assert not set(terms) - used


def test_a_property_has_the_domain_of_its_tables(said):
    """The domain of a column's property is the classes of the tables that have the column: no more, no fewer."""
    found: dict[str, set] = {}
    for table, _, term in columns():
        found.setdefault(URIRef(term.property), set()).add(URIRef(DEF + table.rdf_class))
    for term, expected in found.items():
        if term.startswith(DEF) and term not in OF_ANY_ROW:
            domain = said.value(term, RDFS.domain)
            assert domain is not None, term
            assert alternatives(said, domain) == expected, term


def test_every_property_of_ours_has_a_range_and_a_domain(said, terms):
    """Only what any row may have is without a domain; nothing is without a range."""
    for term in terms:
        if (term, RDF.type, OWL.Class) not in said:
            assert len(list(said.objects(term, RDFS.range))) == 1, term
            assert len(list(said.objects(term, RDFS.domain))) == (term not in OF_ANY_ROW), term


def test_what_is_written_keeps_domain_and_range(said, everything):
    """Every quad's subject is of its property's domain, every object of its range."""
    for subject, predicate, value in everything.triples((None, None, None)):
        domain, expected = said.value(predicate, RDFS.domain), said.value(predicate, RDFS.range)
        assert domain is None or fits(said, everything, subject, domain), (subject, predicate)
        assert expected is None or fits(said, everything, value, expected), (predicate, value)


def test_a_property_is_of_the_kind_that_its_values_are(said, everything):
    """An object property leads to nodes, a datatype property to values, and none is both."""
    for _, predicate, value in everything.triples((None, None, None)):
        if predicate.startswith(DEF):
            kind = OWL.DatatypeProperty if isinstance(value, Literal) else OWL.ObjectProperty
            assert set(said.objects(predicate, RDF.type)) == {kind}, predicate


def test_a_column_of_codes_names_its_list(said):
    """The property of a column of codes points to concepts and says of which scheme."""
    for table, column, term in columns():
        if column.kind == "code":
            scheme = URIRef(f"{BASE}scheme/{column.into}")
            assert said.value(URIRef(term.property), RDFS.range) == SKOS.Concept, (table.name, column.name)
            assert set(said.objects(URIRef(term.property), RDFS.seeAlso)) == {scheme}, (table.name, column.name)


def test_a_code_is_a_concept_and_a_concept_a_code(concepts):
    """A list of facts.py and its scheme hold the same codes; the groups have `all` besides."""
    for name, codes in (CODES | {"groups": GROUPS_OR_ALL}).items():
        assert concepts[name] == {URIRef(names.concept(name, code)) for code in codes}, name


def test_the_other_lists_are_those_of_the_gaps(concepts):
    """A scheme that no column has is one that gaps speak; its concepts are what they say."""
    rules = gaps.rules()
    hints = get_type_hints(gaps.Gap)
    norms = TABLES["norms"]
    categories = {row["category"] for s in shipped() if norms in s.tables() for row in s.rows(norms)} - {""}
    others = {
        "gap-kinds": set(gaps.kinds()),
        "unknown-kinds": {rule.front["unknown"] for rule in rules.values() if "unknown" in rule.front},
        "severities": set(get_args(hints["severity"])),
        "certainties": set(get_args(hints["certainty"])),
        "norm-categories": categories,
        "remedies": {"closes", "concerns"},
    }
    assert concepts.keys() - CODES.keys() == others.keys()
    for name, codes in others.items():
        assert concepts[name] == {URIRef(names.concept(name, code)) for code in codes}, name


def test_a_concept_stands_where_its_name_says(said):
    """A concept is of one scheme, at its top, under its address, and its notation is its code."""
    for concept in said.subjects(RDF.type, SKOS.Concept):
        scheme, _, code = concept.rpartition("/")
        for predicate in (SKOS.inScheme, SKOS.topConceptOf):
            assert list(said.objects(concept, predicate)) == [URIRef(scheme)], concept
        assert list(said.objects(concept, SKOS.notation)) == [Literal(code)], concept


def test_the_four_regimes_are_those_of_users(said, concepts):
    """A regime is narrower than the group of users, and nothing else is narrower than anything."""
    users = URIRef(names.concept("groups", "usagers"))
    narrower = {s: o for s, o in said.subject_objects(SKOS.broader) if s.startswith(f"{BASE}scheme/")}
    assert narrower == dict.fromkeys(concepts["regimes"], users)


def test_what_is_disjoint_is_said_to_be(said):
    """An actor is no instance, a proposal no measure, and each pair is all that its broader class holds."""
    for whole, parts in (("Body", ("Actor", "Instance")), ("Contribution", ("Proposal", "Measure"))):
        first, second = (URIRef(DEF + part) for part in parts)
        assert (first, OWL.disjointWith, second) in said
        assert list(Collection(said, said.value(URIRef(DEF + whole), OWL.disjointUnionOf))) == [first, second]
        assert {first, second} == set(said.subjects(RDFS.subClassOf, URIRef(DEF + whole)))


def test_no_node_is_of_two_disjoint_classes(said, written):
    """A row is what its table says and nothing else: no node is of two classes that exclude each other."""
    alone = set(Collection(said, said.value(said.value(None, RDF.type, OWL.AllDisjointClasses), OWL.members)))
    assert {URIRef(DEF + t.rdf_class) for t in TABLES.values()} <= alone
    for node in set(written.subjects()):
        found = classes(said, written, node)
        assert len(found & alone) <= 1, node
        assert not [c for c in found for other in said.objects(c, OWL.disjointWith) if other in found], node


def test_nothing_is_broader_than_itself(said):
    """Subclasses and subproperties make no circle."""
    for predicate in (RDFS.subClassOf, RDFS.subPropertyOf):
        for narrower, broader in said.subject_objects(predicate):
            assert narrower not in said.transitive_objects(broader, predicate), narrower


def test_a_key_is_explained_on_its_class(said):
    """The class of a table whose rows have one key of their own says what to put in it, in both languages."""
    for table in TABLES.values():
        if len(table.key) == 1:
            openings = f"Colonne {table.key[0]} :", f"Column {table.key[0]}:"
            notes = said.objects(URIRef(DEF + table.rdf_class), SKOS.scopeNote)
            assert [str(n).startswith(openings) for n in notes] == [True, True], table.name


def test_a_column_is_explained_whosever_its_property_is(said):
    """The property of a column has a definition if it is ours, a note on our use if it is somebody else's."""
    for table, column, term in columns():
        told = SKOS.definition if term.property.startswith(DEF) else SKOS.scopeNote
        assert (URIRef(term.property), told, None) in said, (table.name, column.name)


def test_derived_edges_are_told_by_their_spelling(written, terms):
    """A property in camelCase is a derived edge, stands in the ontology's page, and no column has it."""
    page = (data("ontology") / "README.md").read_text("utf-8")
    own = {t.removeprefix(DEF) for t in written.predicates() if t.startswith(DEF)}
    derived = own - {term.property.removeprefix(DEF) for *_, term in columns()}
    alone = {"proposes"}  # one word: nothing to put a capital in
    properties = {t.removeprefix(DEF) for t in terms if t.removeprefix(DEF)[0].islower()}
    assert {p for p in properties if p != p.lower()} == derived - alone
    assert not {p for p in derived if f"sg:{p}" not in page}
