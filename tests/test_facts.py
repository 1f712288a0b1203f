"""The description of the tables holds together, and agrees with the context."""

import re

import pytest

from segur_graph import rdf
from segur_graph.facts import CODES, TABLES

each_table = pytest.mark.parametrize("table", TABLES.values(), ids=lambda t: t.name)

# What register.md names: the contract is written here once more, so that a column cannot change by mistake.
REQUIRED = {
    "sources": "id title",
    "types": "code kind label source",
    "territories": "code label source",
    "bodies": "id kind type label source",
    "memberships": "body member modality source",
    "compositions": "instance group completeness observed_on source",
    "seats": "id instance group position state observed_on source",
    "measures": "id kind label source",
    "signatures": "measure body role modality source",
    "participations": "measure stage group modality source",
    "meetings": "id label date source",
    "attendances": "meeting group status source",
    "figures": "territory type figure value observed_on source",
    "links": "from relation to confidence source",
    "norms": "code name_fr confidence source",
    "same": "id same_as verdict source",
}


@each_table
def test_a_table_requires_what_the_contract_stars(table):
    """The required columns of a table are those with a star in the contract."""
    assert {c.name for c in table.columns if c.required} == set(REQUIRED[table.name].split())


def test_every_table_of_the_contract_is_there():
    """There are the sixteen tables of the contract and no other, here and in the context."""
    assert set(TABLES) == set(REQUIRED)
    assert set(rdf.terms()) == {table.rdf_class for table in TABLES.values()}


@each_table
def test_every_row_but_a_source_says_its_source_and_place(table):
    """A table ends with the source and the locator of its rows; `sources` are sources themselves."""
    if table.name != "sources":
        assert table.names[-2:] == ("source", "locator")


@each_table
def test_a_key_is_made_of_the_tables_own_columns(table):
    """The columns of a key are columns, and its first is required."""
    assert set(table.key) <= set(table.names)
    assert all(table.column(name).required for name in table.key[:1])


@each_table
def test_a_column_points_to_what_is_there(table):
    """A reference points into a table; a code has a list, takes part of it or adds `all` to it."""
    for column in table.columns:
        if column.kind == "reference":
            assert column.into in TABLES
        if column.kind == "code":
            assert column.codes
            assert column.into in CODES
            assert set(column.only) - {"all"} <= set(CODES[column.into])


@each_table
def test_the_context_has_a_term_for_every_column_and_no_other(table):
    """The context of a table's class maps its columns, the row's own key apart, and nothing else."""
    own = table.key if len(table.key) == 1 else ()
    terms = rdf.terms()[table.rdf_class]
    assert set(terms) == set(table.names) - set(own)
    assert all(term.property.startswith("http") for term in terms.values())


@each_table
def test_the_context_types_a_cell_as_the_table_does(table):
    """Dates, numbers, addresses and things to point to have the same kind in the table and in the context."""
    plain = {"date": f"{rdf.XSD}date", "number": f"{rdf.XSD}integer", "text": "", "share": "", "territory_number": ""}
    for name, term in rdf.terms()[table.rdf_class].items():
        expected = plain.get(table.column(name).kind, "@id")
        assert term.datatype == (f"{rdf.XSD}anyURI" if name in ("url", "source_url") else expected), name


def test_codes_are_plain_words():
    """A code is a word of letters, figures and dashes, the same in a cell, an address and a query."""
    assert all(re.fullmatch(r"[\w-]+", code) for codes in CODES.values() for code in codes)


def test_a_list_cell_has_values():
    """A cell of a list column holds none, one or more values, without the spaces around them."""
    concerns = TABLES["measures"].column("concerns")
    assert concerns.values("") == []
    assert concerns.values("CDU") == ["CDU"]
    assert concerns.values("CDU| cvs-1 |CME") == ["CDU", "cvs-1", "CME"]


def test_a_cell_of_one_value_keeps_its_bar():
    """A bar in a text is part of the text."""
    assert TABLES["measures"].column("label").values("a | b") == ["a | b"]
