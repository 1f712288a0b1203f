"""Our N-Quads are what a standard JSON-LD processor makes of a row and the context, on every table."""

from datetime import date

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyld import jsonld  # type: ignore[import-untyped]

from segur_graph import names, rdf
from segur_graph.facts import CODES, TABLES, Table

BODIES = ("cdu-31", "A.b_c:1", "x")
MEASURES = ("m-1", "m:2")
TYPE_CODES = ("CDU", "EPS_CME", "CDU.2")
THINGS = rdf.Things(frozenset(BODIES), frozenset(MEASURES))

ids = st.from_regex(r"[A-Za-z0-9._:-]{1,12}", fullmatch=True)
texts = st.text(st.characters(exclude_categories=("Cs", "Cn"), exclude_characters="\0"), min_size=1, max_size=30) | (
    st.sampled_from(['«L’usager» dit "oui"', "deux\nlignes\r\n\ttab", r"a\b", "=1+1", "a|b", "<b>&amp;", "x@fr", "😀"])
)
PLAIN = {
    "id": ids,
    "text": texts,
    "date": st.dates(date(1900, 1, 1), date(2100, 1, 1)).map(str),
    "number": st.integers(0, 10**9).map(str),
    "reference": ids,
    "party": st.sampled_from(BODIES + TYPE_CODES),
    "thing": st.sampled_from(BODIES + MEASURES),
    "type": st.sampled_from(TYPE_CODES),
    "share": st.sampled_from(["1/4", ">1/2", "1/3"]),
    "territory_number": st.sampled_from(["REG-76=19", "REG-06=?"]),
}


def cells(column):
    """The cells of a column: any value of its kind, a list of them, or nothing where nothing may be said."""
    value = st.sampled_from(column.codes) if column.kind == "code" else PLAIN[column.kind]
    if column.many:
        value = st.lists(value, min_size=1, max_size=3).map("|".join)
    return value if column.required else st.just("") | value


def rows(table):
    """Rows of a table."""
    return st.fixed_dictionaries({column.name: cells(column) for column in table.columns})


def triples(lines, graph):
    """The triples of N-Quads lines, all of which are in one graph."""
    quads = list(ox.parse("".join(lines), format=ox.RdfFormat.N_QUADS))
    assert {quad.graph_name for quad in quads} <= {ox.NamedNode(graph)}
    return {quad.triple for quad in quads}


def json_ld(table, row):
    """A row as JSON-LD, to be read with the context."""
    key = f"{names.fact_table(table.name)}:{names.fact_id(table, row)}"
    node: dict[str, object] = {"@id": key, "@type": rdf.classes(table, row)}
    for column, values in rdf.cells(table, row):
        said = [int(v) if column.kind == "number" else compact(THINGS.target(column, v)) for v in values]
        node[column.name] = said if column.many else said[0]
    return node


def compact(target):
    """A target as the context's prefixes write it."""
    table, value = target
    separator = "/" if table.startswith("scheme:") else ":"
    return f"{table}{separator}{value}" if table else value


def standard(table, row):
    """The triples that a standard JSON-LD processor makes of a row."""
    said = {"@context": rdf.context()} | json_ld(table, row)
    text = jsonld.to_rdf(said, {"format": "application/n-quads"})
    return {quad.triple for quad in ox.parse(text, format=ox.RdfFormat.N_QUADS)}


def graph_of(table, row):
    """The source that a row speaks for."""
    return row["id"] if table.name == "sources" else row["source"]


each_table = pytest.mark.parametrize("table", TABLES.values(), ids=lambda t: t.name)


@each_table
@settings(max_examples=40)
@given(data=st.data())
def test_a_rows_quads_are_those_of_a_json_ld_processor(table, data):
    """For any row the graph of its source holds what a JSON-LD processor makes of it, and nothing else."""
    row = data.draw(rows(table))
    ours = triples(rdf.quads(table, row, THINGS, rdf.terms()), names.graph(graph_of(table, row)))
    assert ours == standard(table, row)


@each_table
@settings(max_examples=25)
@given(data=st.data())
def test_every_cell_of_a_row_is_found(table, data):
    """Every value of every filled cell but the key's is a quad, by the property of its column."""
    row = data.draw(rows(table))
    found = triples(rdf.quads(table, row, THINGS, rdf.terms()), names.graph(graph_of(table, row)))
    for column in table.columns:
        if table.key != (column.name,):
            term = rdf.terms()[table.rdf_class][column.name]
            objects = [t.object for t in found if t.predicate.value == term.property]
            told = [o for o in objects if getattr(o, "language", None) == (term.language or None)]
            assert len(told) == len(set(column.values(row[column.name]))), column.name


@each_table
@settings(max_examples=25)
@given(data=st.data())
def test_what_is_derived_stands_apart(table, data):
    """What follows from a row is in the derived graph of its source, and says nothing that the row's own graph says."""
    row = data.draw(rows(table))
    if table.name == "measures" and not all(row[f"effect_{n}"] for n in ("type", "group", "seats")):
        row |= {"effect_type": "", "effect_group": "", "effect_seats": ""}
    derived = triples(rdf.derived(table, row, THINGS), names.derived_graph(graph_of(table, row)))
    assert not derived & standard(table, row)


def row_of(table, **said):
    """A row of a table with some cells, a source `a` and nothing else."""
    return TABLES[table], {name: said.get(name, "a" if name == "source" else "") for name in TABLES[table].names}


def edges(table: Table, row):
    """The derived quads as short triples, without the base of our addresses."""
    return {
        tuple(
            str(part.value).removeprefix(names.BASE).removeprefix("id/") for part in (t.subject, t.predicate, t.object)
        )
        for t in triples(rdf.derived(table, row, THINGS), names.derived_graph("a"))
    }


@pytest.mark.parametrize(
    ("table", "said", "edge"),
    [
        ("memberships", {"body": "x", "member": "CDU"}, ("types/CDU", "def#memberOf", "bodies/x")),
        ("memberships", {"body": "x", "member": "cdu-31"}, ("bodies/cdu-31", "def#memberOf", "bodies/x")),
        ("signatures", {"measure": "m", "body": "x", "role": "author"}, ("bodies/x", "def#coSigns", "measures/m")),
        ("signatures", {"measure": "m", "body": "x", "role": "cosignatory"}, ("bodies/x", "def#coSigns", "measures/m")),
    ],
)
def test_a_plain_edge_is_drawn_only_from_what_is_effective(table, said, edge):
    """What is effective draws its edge; what is requested does not."""
    assert edge in edges(*row_of(table, modality="effective", **said))
    assert edge not in edges(*row_of(table, modality="requested", **said))


def test_a_foreseen_signature_has_an_edge_of_its_own():
    """Who is asked to sign is to co-sign."""
    asked = row_of("signatures", measure="m", body="CDU", role="cosignatory", modality="requested")
    assert edges(*asked) == {("types/CDU", "def#isToCoSign", "measures/m")}


@pytest.mark.parametrize("role", ["lead", "relay"])
def test_who_leads_or_relays_does_not_sign(role):
    """A lead or a relay draws no edge of signature."""
    assert edges(*row_of("signatures", measure="m", body="x", role=role, modality="effective")) == set()


@pytest.mark.parametrize(("state", "sits"), [("filled", True), ("vacant", False), ("unknown", False)])
def test_only_a_filled_seat_is_had(state, sits):
    """A body has a seat in an instance where one is held for it and filled."""
    seat = row_of("seats", id="s", instance="x", held_for="fas", group="usagers", position="titulaire", state=state)
    assert (("bodies/fas", "def#hasSeatIn", "bodies/x") in edges(*seat)) is sits
    assert {("seats/s", "def#seatIn", "bodies/x"), ("seats/s", names.RDF_TYPE, "def#Seat")} <= edges(*seat)


def test_a_passage_has_its_offsets():
    """A locator `char=START,END` becomes a passage of the source's text, with both positions."""
    told = edges(*row_of("bodies", id="x", kind="actor", type="FAS", label="F", locator="char=12,40"))
    place = "passages/a/12-40"
    assert told == {
        ("bodies/x", "def#hasPassage", place),
        (place, names.RDF_TYPE, f"{rdf.OA}SpecificResource"),
        (place, f"{rdf.OA}hasSource", "sources/a"),
        (place, f"{rdf.OA}hasSelector", f"{place}/position"),
        (f"{place}/position", names.RDF_TYPE, f"{rdf.OA}TextPositionSelector"),
        (f"{place}/position", f"{rdf.OA}start", "12"),
        (f"{place}/position", f"{rdf.OA}end", "40"),
    }


@pytest.mark.parametrize("locator", ["p. 3", "char=12,40 et 50", "voir char=12,40", "char=12"])
def test_another_locator_is_no_passage(locator):
    """What is not exactly two positions is no passage."""
    assert not edges(*row_of("bodies", id="x", kind="actor", type="FAS", label="F", locator=locator))


@pytest.mark.parametrize("kind", ["proposal", "measure"])
def test_a_measure_has_its_proposer_and_effect(kind):
    """Who proposes and what is guaranteed are edges: the type, the group, the number of seats."""
    said = {"effect_type": "EPS_CME", "effect_group": "usagers", "effect_seats": "2"}
    told = edges(*row_of("measures", id="m", kind=kind, label="M", proposed_by="x", **said))
    assert {
        ("bodies/x", "def#proposes", "measures/m"),
        ("measures/m", "def#hasEffect", "effects/m"),
        ("effects/m", names.RDF_TYPE, "def#Effect"),
        ("effects/m", "def#guaranteesSeatsIn", "types/EPS_CME"),
        ("effects/m", "def#guaranteesSeatsFor", "scheme/groups/usagers"),
        ("effects/m", "def#guaranteedSeats", "2"),
    } <= told


def test_every_scheme_of_a_code_has_its_own_address():
    """A code is a concept of its list: the same word in two lists is two concepts."""
    listed = [names.concept(scheme, code) for scheme, codes in CODES.items() for code in codes]
    assert len(set(listed)) == len(listed)


@pytest.mark.parametrize(
    ("table", "said", "address"),
    [
        ("norms", {"code": "CDU", "valid_from": "2016-06-04"}, "id/norms/CDU-2016-06-04"),
        ("norms", {"code": "CDU"}, "id/norms/CDU"),
        ("bodies", {"id": "cdu-31"}, "id/bodies/cdu-31"),
        ("types", {"code": "CDU"}, "id/types/CDU"),
    ],
)
def test_a_row_has_the_address_of_its_key(table, said, address):
    """A row is called by its key, a norm by its code and first day."""
    assert rdf.node(*row_of(table, **said)) == names.BASE + address


def test_a_rows_own_locator_comes_before_where_it_was_read():
    """Where a row was read stands in for a locator only where it has none of its own."""
    _, row = row_of("bodies", id="x", locator="p. 1")
    assert rdf.locator(row | {"read_at": "bodies.csv:2"}) == "p. 1"
    assert rdf.locator(row | {"read_at": "bodies.csv:2", "locator": ""}) == "bodies.csv:2"


def test_a_row_without_a_key_is_called_by_its_content():
    """An observation is called by 16 hexadecimal digits of its cells; where it was read is none of them."""
    table, row = row_of("seats", id="s", instance="x", state="filled")
    assert rdf.node(table, row) == rdf.node(table, row | {"read_at": "seats.csv:9"})
    assert rdf.node(table, row) != rdf.node(table, row | {"state": "vacant"})
    assert len(rdf.node(table, row).removeprefix(f"{names.BASE}id/observations/")) == 16
