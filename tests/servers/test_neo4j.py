"""An edition and its gaps in a real Neo4j: what is written, what is removed, what is answered."""

import json
from collections import Counter
from datetime import date

import neo4j as driver
import pytest

from segur_graph import questions, served
from segur_graph.edition import quiet
from segur_graph.errors import BadInput, StoreError
from segur_graph.facts import TABLES
from segur_graph.graphs import neo4j as graph
from segur_graph.graphs import records
from segur_graph.tables import Tables

pytestmark = pytest.mark.server
DAYS = ("2026-06-30", "2020-07-10")
KINDS = "MATCH (g:Gap {as_of: date($day)}) RETURN g.kind AS kind, count(*) AS n"
ALL = """
MATCH (n:Segur) RETURN n.iri AS start, '' AS type, '' AS end, labels(n) AS labels, properties(n) AS said
UNION ALL MATCH (a:Segur)-[r]->(b:Segur)
RETURN a.iri AS start, type(r) AS type, b.iri AS end, [] AS labels, properties(r) AS said"""
FOREIGN = "MATCH (a:Body {mine: true})-[r:coSigns]->(b:Measure) RETURN count(*) AS n"


@pytest.fixture
def write(neo4j):
    """Runs any Cypher."""

    def run(cypher, **values):
        with driver.GraphDatabase.driver(neo4j.url, auth=("neo4j", neo4j.password)) as connected:
            return [record.data() for record in connected.execute_query(cypher, **values).records]

    return run


@pytest.fixture
def held(neo4j):
    """All that is ours in the database, in one order."""

    def find():
        found = graph.rows(neo4j.url, ALL, {})
        return sorted(json.dumps(row | {"labels": sorted(row["labels"])}, default=str, sort_keys=True) for row in found)

    return find


@pytest.fixture
def push(neo4j):
    """Pushes an edition with the gaps of some reports."""

    def run(edition, reports=(), advance=quiet):
        return graph.push(neo4j.url, records.units(edition, reports), advance)

    return run


def test_the_gaps_are_those_of_the_json_and_the_twins_answer_as_sparql(neo4j, push, whole, told, asked):
    """On several dates Cypher counts as many gaps of each kind as the JSON; every twin gives the same rows."""
    reports = told(whole, *DAYS)
    push(whole.edition, reports)
    for report in reports:
        counted = {r["kind"]: r["n"] for r in graph.rows(neo4j.url, KINDS, {"day": str(report.as_of)})}
        assert counted == Counter(g["kind"] for g in report.json()["gaps"])
    for name, given, here, there in asked(whole, neo4j.url):
        assert there == here, (name, given)


def test_a_second_push_writes_nothing(push, held, small, told):
    """An edition that is there already is left as it is."""
    edition = small()
    reports = told(Tables(edition), DAYS[0])
    push(edition, reports)
    before = held()
    assert push(edition, reports) == (0, 0)
    assert held() == before != []


def test_a_node_says_what_its_row_says(push, neo4j, small):
    """Properties are the columns, typed; a cell that points is a link with its source; nobody's name is there."""
    push(small())
    seat = graph.rows(
        neo4j.url, "MATCH (s:SeatObservation)-[l:held_for]->(f) RETURN s, l.source AS source, f.id AS id", {}
    )
    said = seat[0]["s"]
    assert (said["position"], said["state"], said["source"]) == ("titulaire", "filled", "b")
    assert str(said["observed_on"]) == "2025-01-01"
    assert (seat[0]["source"], seat[0]["id"]) == ("b", "fas")
    assert "holder" not in said
    assert set(said) <= {*TABLES["seats"].names, "iri", "pushed"}
    told = graph.rows(neo4j.url, "MATCH (b:Instance {id: 'cdu'}) RETURN b.label AS label, b.status AS status", {})
    assert told == [{"label": "La CDU du CHU", "status": "existing"}]


def test_an_edge_has_the_dates_of_its_row(push, neo4j, small):
    """A derived edge bears the source, the place and the days of the row that it follows from."""
    push(small())
    found = graph.rows(neo4j.url, "MATCH (:Actor)-[e:hasSeatIn]->(:Instance) RETURN properties(e) AS e", {})
    edge = {name: str(value) for name, value in found[0]["e"].items() if name != "pushed"}
    assert edge == {
        "source": "b",
        "locator": "seats.csv:2",
        "mandate_from": "2024-02-01",
        "observed_on": "2025-01-01",
    }


def test_what_a_source_no_longer_says_is_gone_and_nothing_else(push, held, write, small):
    """Without source b the database is as if b had never been; somebody else's nodes and links stay."""
    push(small("a"))
    alone = held()
    write("CREATE (:Body {mine: true})-[:coSigns]->(:Measure)")
    push(small())
    assert held() != alone
    push(small("a"))
    assert held() == alone
    assert write(FOREIGN) == [{"n": 1}]
    write("MATCH (n:Body {mine: true})-[:coSigns]->(m) DETACH DELETE n, m")


@pytest.mark.parametrize("after", [1, 2, 6])
def test_a_push_that_was_killed_and_repeated_ends_the_same(push, held, small, after):
    """Wherever a push ends early, the next one brings the database to where it was going; even to another edition."""
    push(small())
    whole = held()
    push(small("a"))
    left = iter(range(after))

    def dies(*_):
        if next(left, None) is None:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        push(small(), advance=dies)
    push(small())
    assert held() == whole


def test_a_twin_cannot_write(neo4j):
    """A question is asked in a session that reads."""
    with pytest.raises(StoreError, match=r"(?i)read"):
        graph.rows(neo4j.url, "CREATE (:Segur {iri: 'x'})", {})


def test_a_question_that_takes_too_long_is_stopped(neo4j):
    """The time limit ends it, and the error says so."""
    slow = "UNWIND range(1, 20000) AS a UNWIND range(1, 20000) AS b WITH a * b AS c WHERE c < 0 RETURN count(c) AS n"
    with pytest.raises(StoreError, match="temps imparti"):
        graph.rows(neo4j.url, slow, {}, seconds=0.5)


def test_a_question_without_a_twin_says_so(fresh, small):
    """A question of the user's own that is not there in Cypher is refused, by name."""
    file = fresh() / "mine.rq"
    lines = [f"#+ [{part}]\n#+ fr = 'x'\n#+ en = 'x'\n" for part in ("title", "question", "columns.s")]
    file.write_text("".join(lines) + "SELECT ?s WHERE { ?s ?p ?o }")
    with pytest.raises(BadInput, match="mine"):
        served.ask(questions.read(file), Tables(small()).on(date(2026, 6, 30)), "neo4j://localhost", {})


def test_a_wrong_password_is_told(neo4j, monkeypatch):
    """The error names the variables that are expected."""
    monkeypatch.setenv("SEGUR_NEO4J_PASSWORD", "not-it")
    with pytest.raises(StoreError, match="SEGUR_NEO4J_PASSWORD"):
        graph.rows(neo4j.url, "RETURN 1 AS n", {})


def test_a_password_in_the_address_is_refused():
    """A command line is seen by others."""
    with pytest.raises(BadInput, match="SEGUR_NEO4J_PASSWORD"):
        graph.rows("neo4j://neo4j:secret@localhost", "RETURN 1 AS n", {})


def test_a_server_that_is_away_is_told_and_found_again(neo4j):
    """While it is away the error names it; once it is back the next question is answered."""
    neo4j.stop()
    with pytest.raises(StoreError, match=neo4j.url):
        graph.rows(neo4j.url, "RETURN 1 AS n", {})
    neo4j.start()
    assert graph.rows(neo4j.url, "RETURN 1 AS n", {}) == [{"n": 1}]
