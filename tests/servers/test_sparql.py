"""An edition and its gaps on real SPARQL servers, whose default graph is not the union of the named ones."""

import json
from collections import Counter

import httpx
import pytest

from segur_graph import names
from segur_graph.edition import quiet
from segur_graph.errors import BadInput, StoreError
from segur_graph.graphs.sparql import Endpoint, push
from segur_graph.tables import Tables

pytestmark = pytest.mark.server
DAYS = ("2026-06-30", "2020-07-10")
UNIONS = {"fuseki": "?default-graph-uri=urn:x-arq:UnionGraph", "oxigraph": "?union-default-graph"}
KINDS = f"""
PREFIX sg: <{names.DEF}>
SELECT ?kind (COUNT(?gap) AS ?n) WHERE {{
  ?gap a sg:Gap ; sg:gap_kind ?kind ; sg:as_of "%s"^^<http://www.w3.org/2001/XMLSchema#date>
}} GROUP BY ?kind"""
ALL = "SELECT * WHERE { GRAPH ?g { ?s ?p ?o } }"


def query(server):
    """The query service of a server."""
    return f"{server.url}/query"


def found(answer):
    """The bindings of an answer."""
    return json.loads(answer)["results"]["bindings"]


@pytest.fixture
def held(sparql):
    """All that is in the named graphs of the server, in one order."""

    def find():
        answer = httpx.post(query(sparql), data={"query": ALL}, headers={"Accept": "application/sparql-results+json"})
        return sorted(json.dumps(row, sort_keys=True) for row in found(answer.content))

    return find


@pytest.fixture(params=["store", "update"])
def brought(request, sparql):
    """Pushes an edition with the gaps of some reports, by each protocol."""
    by_update = request.param == "update"

    def run(edition, reports=(), advance=quiet):
        url = f"{sparql.url}/{'update' if by_update else sparql.store}"
        return push(url, edition, reports, advance, by_update=by_update)

    return run


def test_the_gaps_are_those_of_the_json_and_every_question_is_answered_alike(sparql, whole, told, asked):
    """On several dates SPARQL counts as many gaps of each kind as the JSON; every question gives the same rows."""
    reports = told(whole, *DAYS)
    push(f"{sparql.url}/{sparql.store}", whole.edition, reports, quiet, by_update=False)
    graph = Endpoint(query(sparql))
    for report in reports:
        counted = {
            row["kind"]["value"].rpartition("/")[2]: int(row["n"]["value"])
            for row in found(graph.select(KINDS % report.as_of))
        }
        assert counted == Counter(g["kind"] for g in report.json()["gaps"])
    for name, given, here, there in asked(whole, query(sparql)):
        assert there == here, (name, given)


def test_a_second_push_changes_nothing(brought, held, small, told):
    """An edition that is there already is left as it is."""
    edition = small()
    reports = told(Tables(edition), DAYS[0])
    brought(edition, reports)
    before = held()
    brought(edition, reports)
    assert held() == before != []


def test_a_graph_that_is_there_is_passed_over(sparql, small):
    """By the Graph Store Protocol only what changed is written."""
    url = f"{sparql.url}/{sparql.store}"
    push(url, small(), (), quiet, by_update=False)
    assert push(url, small(), (), quiet, by_update=False) == 0


def test_what_a_source_no_longer_says_is_gone_and_nothing_else(sparql, brought, held, small):
    """Without source b the server is as if b had never been; somebody else's graph stays; nobody's name is there."""
    httpx.post(f"{sparql.url}/update", data={"update": "INSERT DATA { GRAPH <x:g> { <x:s> <x:p> <x:o> } }"})
    brought(small("a"))
    alone = held()
    brought(small())
    assert held() != alone
    assert not [row for row in held() if "holder" in row]
    brought(small("a"))
    assert held() == alone
    assert [row for row in alone if "x:g" in row]


def test_what_is_not_ours_is_in_no_answer(sparql, brought, small):
    """A question is asked of what was pushed, not of the other graphs of the server."""
    httpx.post(f"{sparql.url}/update", data={"update": "INSERT DATA { GRAPH <x:g> { <x:s> <x:p> <x:o> } }"})
    brought(small())
    subjects = "SELECT DISTINCT ?s WHERE { ?s ?p ?o }"
    assert not [row for row in found(Endpoint(query(sparql)).select(subjects)) if row["s"]["value"] == "x:s"]


def test_an_address_may_say_what_the_default_graph_is(sparql, brought, small):
    """A server's own word for the union of its graphs is taken; without it its default graph is empty."""
    brought(small())
    bodies = f"SELECT DISTINCT ?s WHERE {{ ?s a <{names.DEF}Body> }}"
    asked = {
        url: len(found(Endpoint(url).select(bodies))) for url in (query(sparql), query(sparql) + UNIONS[sparql.name])
    }
    assert set(asked.values()) == {2}
    bare = httpx.post(query(sparql), data={"query": bodies}, headers={"Accept": "application/sparql-results+json"})
    assert found(bare.content) == []


def test_a_push_that_was_killed_and_repeated_ends_the_same(brought, held, small):
    """Wherever a push ends early, the next one brings the server to where it was going."""
    brought(small())
    whole = held()
    brought(small("a"))
    left = iter(range(1))

    def dies(*_):
        if next(left, None) is None:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        brought(small(), advance=dies)
    brought(small())
    assert held() == whole


def test_a_question_that_takes_too_long_is_given_up(fuseki):
    """The time limit ends the wait, and the error says so."""
    digits = "VALUES ?%s { 0 1 2 3 4 5 6 7 8 9 }"
    # Ten million rows: Fuseki does not stop when nobody waits any more, and would be in the way of every later test.
    slow = " ".join(digits % name for name in "abcdefg")
    with pytest.raises(StoreError, match="temps imparti"):
        Endpoint(query(fuseki), seconds=1).select(f"SELECT (COUNT(*) AS ?n) WHERE {{ {slow} }}")


def test_a_query_that_is_none_is_the_askers_fault(sparql):
    """What the server refuses as no SPARQL is bad input."""
    with pytest.raises(BadInput, match="400"):
        Endpoint(query(sparql)).select("SELECT nonsense")


def test_a_server_that_is_away_is_told_and_found_again(sparql):
    """While it is away the error names it; once it is back the next question is answered."""
    graph = Endpoint(query(sparql))
    sparql.stop()
    with pytest.raises(StoreError, match=sparql.url):
        graph.select("ASK { }")
    sparql.start()
    assert json.loads(graph.select("ASK { }"))["boolean"] is True
