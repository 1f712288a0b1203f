"""What is refused of a foreign query before an engine sees it: why, where, and from which number on."""

from time import monotonic

import pytest

from segur_graph import guard
from segur_graph.guard import Refused
from segur_graph.names import BASE

BOMBS = {
    "nothing": " \n# nothing",
    "no UTF-8": "ASK { ?s ?p '\ud800' }",
    "3,000 nested braces": "SELECT * " + "{" * 3000 + "}" * 3000,
    "nested brackets": "ASK { FILTER(" + "(" * 3000 + "1" + ")" * 3000 + ") }",
    "nested brackets between < and >": "ASK { FILTER(1<" + "(" * 3000 + "1#>\n" + ")" * 3000 + ") }",
    "star of 200 patterns": "SELECT * { " + " ".join(f"?s ?p{n} ?o{n} ." for n in range(200)) + " }",
    "star by semicolons": "SELECT * { ?s " + " ; ".join(f"?p{n} ?o{n}" for n in range(200)) + " }",
    "star by a collection": "SELECT * { ?s ?p (" + "1 " * 200 + ") }",
    "long path": "SELECT * { ?s <x:a>" + "/<x:a>" * 200 + " ?o }",
    "huge": "SELECT * { VALUES ?x { " + "1 " * 9000 + "} }",
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_refused_before_it_runs(bomb):
    """A bomb is refused before it runs, and so is what is no text."""
    began = monotonic()
    with pytest.raises(Refused):
        guard.check(BOMBS[bomb])
    assert monotonic() - began < 0.5


# For each way to write a query long, how many times at most.
LIMITS = {
    "levels": (62, lambda n: "ASK { FILTER(" + "(" * n + "1" + ")" * n + ") }"),
    "stops": (50, lambda n: "ASK { " + "?s ?p ?o . " * n + "}"),
    "stops behind a filter": (49, lambda n: "ASK { FILTER(1) ?s a ?o " + ". ?s a ?o " * n + "}"),
    "stops behind values": (48, lambda n: "ASK { VALUES ?x { 1 } . ?s ?p ?o " + ". ?s ?p ?o " * n + "}"),
    "semicolons": (50, lambda n: "ASK { ?s " + " ; ".join(["?p ?o"] * n) + " }"),
    "commas": (50, lambda n: "ASK { ?s ?p " + " , ".join(["?o"] * n) + " }"),
    "groups": (49, lambda n: "ASK { " + "{} " * n + "}"),
    "nodes without a name": (49, lambda n: "ASK { " + "[] " * n + "}"),
    "steps of a path": (50, lambda n: "ASK { ?s " + "/".join(["<x:a>"] * n) + " ?o }"),
    "ways of a path": (50, lambda n: "ASK { ?s " + "|".join(["<x:a>"] * n) + " ?o }"),
    "members of a collection": (25, lambda n: "ASK { ?s ?p (" + "1 " * n + ") }"),
}


@pytest.mark.parametrize("way", LIMITS)
def test_a_query_is_refused_from_its_limit_on(way):
    """As many levels or patterns as may be are let through, one more is refused."""
    most, make = LIMITS[way]
    guard.check(make(most))
    with pytest.raises(Refused, match=r"plus de (64 niveaux|50 motifs)"):
        guard.check(make(most + 1))


FAIR = {
    "many values": "ASK { VALUES (?a ?b) { " + "(1 2) " * 60 + "} }",
    "many arguments": "ASK { FILTER(?x IN (" + ", ".join(["1"] * 60) + ")) }",
    "many filters": "ASK { ?s ?p ?x " + "FILTER(?x > 1) " * 70 + "}",
    "a graph of ours": f"ASK FROM NAMED <{BASE}graph/a> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
    "no bracket to close": "ASK }",
}


@pytest.mark.parametrize("query", FAIR)
def test_what_costs_nothing_is_not_counted(query):
    """Values, arguments and filters side by side are no patterns and no levels; wrong syntax is for the engine."""
    guard.check(FAIR[query])


WRITING = ["LOAD", "INSERT", "DELETE", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH", "insert"]


@pytest.mark.parametrize("word", WRITING)
@pytest.mark.parametrize("before", ["", "PREFIX x: <x:> ", "ASK { } ; "])
def test_an_update_is_refused_as_such(word, before):
    """An update in any letters, first or behind something else, is told that one only reads here."""
    with pytest.raises(Refused, match="ne fait que lire"):
        guard.check(f"{before}{word} <x:a>")


@pytest.mark.parametrize("graph", ["<http://127.0.0.1:9/>", "NAMED <file:///etc/passwd>", "NAMED x:a"])
def test_a_graph_that_is_not_ours_is_refused(graph):
    """FROM names graphs of ours, in full."""
    with pytest.raises(Refused, match="attendu <https://w3id"):
        guard.check(f"SELECT * FROM {graph} {{ ?a ?b ?c }}")


@pytest.mark.parametrize("test", ["(1<(2#>\n))", "((1<2)#>\n)"])
def test_a_bracket_in_what_looks_like_an_iri_is_refused(test):
    """Between < and > a bracket may be one that the engine counts."""
    with pytest.raises(Refused, match="parenthèse dans une IRI"):
        guard.check(f"ASK {{ FILTER{test} }}")


def test_what_is_refused_has_its_line_and_column():
    """Both are counted from 1."""
    with pytest.raises(Refused) as caught:
        guard.check("ASK {\n  SERVICE <x:a> { } }")
    assert caught.value.told == {"line": 2, "column": 3}
