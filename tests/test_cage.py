import socket
import subprocess
import sys
from threading import Event, Thread, Timer
from time import monotonic, sleep

import pytest

from segur_graph import copies, guard
from segur_graph.cage import Busy, Cage, Limits, TooHeavy, TooLong, Worker
from segur_graph.guard import Refused

ROWS = {"types": ["code,kind,label", "A,actor,Un", "B,actor,Deux", "C,actor,Trois"]}
CROSS = "{ " + " . ".join(f"?s{n} ?p{n} ?o{n}" for n in range(9)) + " }"


@pytest.fixture(scope="module")
def graph(world):
    """The graph of a few types."""
    edition = world(**ROWS).edition
    edition.graph()
    return edition.folder / "graph"


@pytest.fixture(scope="module")
def cage():
    """A narrow cage."""
    made = Cage(Limits(seconds=1, rows=2, megabytes=200, patience=0.2))
    yield made
    made.close()


@pytest.fixture
def listener():
    """A port of this machine that notes whether somebody comes."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)
        yield server


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


HEAVY = {
    "ORDER BY over a cross product": f"SELECT * {CROSS} ORDER BY ?o0 ?o1 ?o2",
    "a cross product counted": f"SELECT (COUNT(*) AS ?n) {CROSS}",
    "deep paths": "SELECT (COUNT(*) AS ?n) { " + " . ".join(f"?a{n} (!<x:a>)* ?b{n}" for n in range(6)) + " }",
    "a chain of signs": "ASK { FILTER(" + "!" * 16_000 + "true) }",
}


@pytest.mark.parametrize("heavy", HEAVY)
def test_a_heavy_query_is_stopped_and_the_next_one_answers(cage, graph, heavy):
    """A heavy query is stopped and the next one answers."""
    began = monotonic()
    with pytest.raises((TooLong, TooHeavy)):
        cage.ask(graph, HEAVY[heavy])
    assert monotonic() - began < 3
    assert b"true" in cage.ask(graph, "ASK { ?s ?p ?o }").body


OUTWARD = {
    "plain": "SERVICE <{url}> {{ ?a ?b ?c }}",
    "a comment between": "sErViCe#comment\n<{url}> {{ ?a ?b ?c }}",
    "silent": "SERVICE SILENT <{url}> {{ ?a ?b ?c }}",
    "an escape": "\\u0053ERVICE <{url}> {{ ?a ?b ?c }}",
    "glued to a prefix": "SERVICEx:a {{ ?a ?b ?c }}",
    "glued to a word": "?a ?b trueSERVICE <{url}> {{ ?a ?b ?c }}",
    "glued to a number": "?a ?b 1SERVICE <{url}> {{ ?a ?b ?c }}",
    "behind a name": "?a ?b x:a.SERVICE <{url}> {{ ?a ?b ?c }}",
    "in what looks like an IRI": "FILTER(?a<?b)SERVICE#>\n<{url}> {{ ?a ?b ?c }}",
    "in a long text with an unknown escape": "VALUES ?v {{ '''a' }} SERVICE <{url}> {{ ?a ?b ?c }} }} #\\q'''",
    "in a long text behind no IRI": "OPTIONAL {{ <<?a#>'''\n?b ?c>> ?d ?e }} SERVICE <{url}> {{ ?a ?b ?c }} }} #'''",
    "bound later": "BIND(<{url}> AS ?u) SERVICE ?u {{ ?a ?b ?c }}",
}


@pytest.mark.parametrize("way", OUTWARD)
def test_no_query_leaves_the_machine(cage, graph, listener, way):
    """No query leaves the machine."""
    url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
    with pytest.raises(Refused):
        cage.ask(graph, f"PREFIX x: <{url}> SELECT * {{ ?a ?b ?c . {OUTWARD[way].format(url=url)} }}")
    with pytest.raises(TimeoutError):
        listener.accept()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux can take the network from a process")
def test_what_the_guard_overlooks_finds_no_network(graph, listener):
    """What the guard overlooks finds no network: the kernel refuses the process its sockets."""
    worker = Worker(graph, Limits())
    query = f"SELECT * {{ SERVICE <http://127.0.0.1:{listener.getsockname()[1]}/> {{ ?a ?b ?c }} }}"
    asked = {"query": query, "forms": ["json"], "default": [], "named": [], "rows": 1, "union": True, "prefixes": {}}
    head, _ = worker.ask(asked, 5, Event())
    worker.stop()
    assert "Permission denied" in head["error"]
    with pytest.raises(TimeoutError):
        listener.accept()


def test_a_graph_that_does_not_open_is_told(cage, tmp_path):
    """A graph that does not open is told, in time."""
    with pytest.raises(TooHeavy, match="ne s'ouvre pas"):
        cage.ask(tmp_path / "nothing", "ASK { ?s ?p ?o }")


@pytest.mark.parametrize(
    "text",
    [
        "LOAD <http://127.0.0.1:9/>",
        "LoAd#c\n<http://127.0.0.1:9/>",
        "INSERT DATA { <x:a> <x:b> 1 }",
        "CLEAR ALL",
        "SELECT * FROM <http://127.0.0.1:9/> { ?a ?b ?c }",
        "SELECT * FROM NAMED <file:///etc/passwd> { ?a ?b ?c }",
    ],
)
def test_updates_and_remote_graphs_are_refused(cage, graph, text):
    """Updates and remote graphs are refused."""
    with pytest.raises(Refused):
        cage.ask(graph, text)


@pytest.mark.parametrize(
    "text",
    [
        'SELECT * { ?s ?p "SERVICE" }',
        "SELECT * { ?s <x:SERVICE> ?service } # SERVICE",
        "PREFIX sg: <x:a> SELECT * { ?s sg:service ?o }",
    ],
)
def test_a_word_in_a_text_a_name_or_a_comment_is_no_keyword(cage, graph, text):
    """A word in a text a name or a comment is no keyword."""
    assert cage.ask(graph, text).form == "json"


def test_brackets_that_are_closed_nest_nothing(cage, graph):
    """Brackets that are closed nest nothing, and the patterns behind them count once."""
    patterns = " . ".join(f"?s <x:p> {n}" for n in range(30))
    assert cage.ask(graph, "SELECT * { FILTER(true) " + patterns + " FILTER(true)" * 70 + " }").form == "json"
    with pytest.raises(Refused):
        guard.check("SELECT * { FILTER(true) " + " . ".join(f"?s a {n}" for n in range(200)) + " }")


def test_an_error_has_its_line_and_column(cage, graph):
    """An error has its line and column."""
    with pytest.raises(Refused) as caught:
        cage.ask(graph, "SELECT * {\n ?a foo:b ?c }")
    assert caught.value.told["line"] == 2


def test_rows_beyond_the_limit_are_left_out_and_it_is_said(cage, graph):
    """Rows beyond the limit are left out and it is said."""
    found = cage.ask(graph, "SELECT ?s { ?s ?p ?o }", "csv")
    assert found.truncated
    assert len(found.body.splitlines()) == 3
    assert not cage.ask(graph, "SELECT ?s { ?s ?p ?o } LIMIT 2", "csv").truncated


def test_the_default_graph_is_all_graphs_as_one(cage, graph):
    """The default graph is all graphs as one."""
    both = cage.ask(graph, "ASK { ?s ?p ?o . GRAPH ?g { ?s ?p ?o } }").body
    assert b"true" in both
    one = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    none = cage.ask(graph, one, "csv", default=["https://w3id.org/segur-graph/graph/none"]).body
    assert none.split() == [b"n", b"0"]
    assert cage.ask(graph, one, "csv").body != none


def test_where_all_processes_are_taken_the_next_query_is_told(graph):
    """Where all processes are taken the next query is told."""
    cage = Cage(Limits(seconds=1.5, at_once=1, patience=0.1))

    def heavy():
        with pytest.raises((TooLong, TooHeavy)):
            cage.ask(graph, HEAVY["a cross product counted"])

    thread = Thread(target=heavy)
    thread.start()
    sleep(0.5)
    with pytest.raises(Busy):
        cage.ask(graph, "ASK { }")
    thread.join()
    cage.close()


def test_a_query_for_which_nobody_waits_is_given_up(graph):
    """A query for which nobody waits is given up, and its place is free."""
    cage, left, began = Cage(Limits(seconds=20, at_once=1, patience=0.1)), Event(), monotonic()
    Timer(0.5, left.set).start()
    with pytest.raises((TooLong, TooHeavy)):
        cage.ask(graph, HEAVY["a cross product counted"], left=left)
    assert b"true" in cage.ask(graph, "ASK { }").body
    assert monotonic() - began < 5
    cage.close()


def test_no_process_outlives_its_owner(graph):
    """No process outlives its owner."""
    code = (
        "import sys, os\nfrom pathlib import Path\nfrom threading import Event, Thread\nfrom time import sleep\n"
        "from segur_graph.cage import *\nw = Worker(Path(sys.argv[1]), Limits())\nw.ready()\n"
        "print(w.process.pid, flush=True)\n"
        f"Thread(target=lambda: w.ask({{'query': {HEAVY['a cross product counted']!r}, 'form': 'json', 'default': [],"
        " 'named': [], 'rows': 1, 'union': True, 'prefixes': {}}, 60, Event()), daemon=True).start()\n"
        "sleep(0.5)\nos._exit(0)\n"
    )
    ran = subprocess.run([sys.executable, "-c", code, str(graph)], capture_output=True, text=True, check=True)
    sleep(0.3)
    state = subprocess.run(["ps", "-o", "stat=", "-p", ran.stdout.strip()], capture_output=True, text=True, check=False)
    assert state.stdout.strip()[:1] in ("", "Z")


def test_references_to_persons_are_in_no_graph_that_is_asked(folders, edition, fresh):
    """References to persons are in no graph that is asked."""
    rows = {"seats": ["id,instance,group,state,holder", "s1,b,usagers,filled,REF-OF-A-PERSON"]}
    made = edition(folders(**rows), into=fresh() / "editions")
    found = Cage(Limits(spare=False)).ask(copies.public(made), "SELECT * { ?s ?p ?o }", "csv")
    assert b"REF-OF-A-PERSON" not in found.body
    assert b"/seats/s1" in found.body
