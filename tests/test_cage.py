import socket
import subprocess
import sys
from threading import Event, Thread, Timer
from time import monotonic, sleep

import pytest

from segur_graph import copies
from segur_graph.cage import Busy, Cage, Limits, TooHeavy, TooLong, Worker
from segur_graph.guard import Refused
from segur_graph.names import BASE, DEF

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


HEAVY = {
    "ORDER BY over a cross product": f"SELECT * {CROSS} ORDER BY ?o0 ?o1 ?o2",
    "a cross product counted": f"SELECT (COUNT(*) AS ?n) {CROSS}",
    "deep paths": "SELECT (COUNT(*) AS ?n) { " + " . ".join(f"?a{n} (!<x:a>)* ?b{n}" for n in range(6)) + " }",
    "a chain of signs": "ASK { FILTER(" + "!" * 16_000 + "true) }",
}


@pytest.mark.parametrize("heavy", HEAVY)
def test_a_heavy_query_is_stopped_and_the_next_one_answers(cage, graph, heavy):
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
    url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
    reason = "échappement hors d'un texte" if way == "an escape" else "rien ne sort d'ici"
    with pytest.raises(Refused, match=reason):
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
        'SELECT * { ?s ?p "SERVICE" }',
        "SELECT * { ?s <x:SERVICE> ?service } # SERVICE",
        "PREFIX sg: <x:a> SELECT * { ?s sg:service ?o }",
    ],
)
def test_a_word_in_a_text_a_name_or_a_comment_is_no_keyword(cage, graph, text):
    assert cage.ask(graph, text).form == "json"


def test_an_error_has_its_line_and_its_reason(cage, graph):
    """What the engine finds wrong has its line, and is said in a line: the list of all it expected is cut."""
    with pytest.raises(Refused) as caught:
        cage.ask(graph, "SELECT * {\n ?a foo:b ?c }")
    assert caught.value.told["line"] == 2
    assert caught.value.says["en"].endswith("unknown prefix")
    with pytest.raises(Refused) as caught:
        cage.ask(graph, "SELECT * { ?s")
    assert "syntax: expected one of" in caught.value.says["en"]
    assert len(caught.value.says["en"]) < 130


def test_rows_beyond_the_limit_are_left_out_and_it_is_said(cage, graph):
    found = cage.ask(graph, "SELECT ?s { ?s ?p ?o }", "csv")
    assert found.truncated
    assert len(found.body.splitlines()) == 3
    assert not cage.ask(graph, "SELECT ?s { ?s ?p ?o } LIMIT 2", "csv").truncated


def test_the_default_graph_is_all_graphs_as_one(cage, graph):
    both = cage.ask(graph, "ASK { ?s ?p ?o . GRAPH ?g { ?s ?p ?o } }").body
    assert b"true" in both
    one = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    assert counted(cage, graph, one) > 0


def counted(cage, graph, query, **graphs):
    """The one number that a query gives."""
    return int(cage.ask(graph, query, "csv", **graphs).body.split()[1])


@pytest.mark.parametrize("word", ["FROM", "from"])
def test_a_query_that_names_graphs_is_asked_of_these_alone(cage, graph, word):
    """FROM and FROM NAMED, in any letters, choose among our graphs."""
    here, none = (f"{word} <{BASE}graph/{name}> {{ ?s ?p ?o }}" for name in ("a", "none"))
    assert counted(cage, graph, f"SELECT (COUNT(*) AS ?n) {here}") > 0
    assert counted(cage, graph, f"SELECT (COUNT(*) AS ?n) {none}") == 0
    named = f"{word} NAMED <{BASE}graph/a> {{ GRAPH ?g {{ ?s ?p ?o }} }}"
    assert counted(cage, graph, f"SELECT (COUNT(*) AS ?n) {named}") > 0


@pytest.mark.parametrize(("given", "where"), [("default", "{ ?s ?p ?o }"), ("named", "{ GRAPH ?g { ?s ?p ?o } }")])
def test_the_graphs_of_a_request_are_asked_alone(cage, graph, given, where):
    """The default and the named graphs that come beside a query are those that it sees; an address is an IRI."""
    query = f"SELECT (COUNT(*) AS ?n) {where}"
    assert counted(cage, graph, query, **{given: [f"{BASE}graph/a"]}) > 0
    assert counted(cage, graph, query, **{given: [f"{BASE}graph/none"]}) == 0
    with pytest.raises(Refused):
        cage.ask(graph, query, **{given: [f"{BASE}graph/a b"]})


def test_a_graph_is_written_with_our_prefixes(cage, graph):
    """Turtle is written with the prefixes of the vocabularies."""
    assert f"@prefix sg: <{DEF}>".encode() in cage.ask(graph, "CONSTRUCT WHERE { ?s ?p ?o }", "ttl").body


def test_where_all_processes_are_taken_the_next_query_is_told(graph):
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


@pytest.mark.parametrize(("spare", "warm"), [(True, 2), (False, 1)])
def test_a_spare_process_is_kept_warm_unless_told(graph, spare, warm):
    """After a query its own process waits for the next, and a spare one beside it where one is wanted."""
    cage = Cage(Limits(spare=spare))
    cage.ask(graph, "ASK { }")
    assert sum(worker.lives for worker in cage._idle) == warm
    cage.close()


def test_a_process_that_died_idle_is_replaced(graph):
    """A process that was killed while it waited is not asked."""
    cage = Cage(Limits(spare=False))
    cage.ask(graph, "ASK { }")
    cage._idle[0].process.kill()
    cage._idle[0].process.wait()
    assert b"true" in cage.ask(graph, "ASK { }").body
    cage.close()


@pytest.mark.parametrize("why", ["the cage is closed", "another graph was asked since", "enough wait already"])
def test_a_process_that_nobody_needs_ends(graph, tmp_path, why):
    """A process that comes back to a closed cage, to one that serves another graph, or to a full one ends."""
    cage = Cage(Limits(at_once=1 if "enough" in why else 2, spare=False))
    worker, other = Worker(graph, cage.limits), Worker(tmp_path if "graph" in why else graph, cage.limits)
    if "closed" in why:
        cage.close()
    else:
        cage._idle.append(other)
    cage._keep(worker)
    assert not worker.lives
    other.stop()
    cage.close()


def test_memory_is_bounded(graph):
    """A query that would take all memory ends long before its time."""
    cage = Cage(Limits(seconds=30, megabytes=50, spare=False))
    with pytest.raises(TooHeavy):
        cage.ask(graph, HEAVY["ORDER BY over a cross product"])
    cage.close()


def test_an_answer_that_breaks_off_is_none(graph):
    """A process that dies in the middle of its answer gave none."""
    worker = Worker(graph, Limits())
    worker.ready()
    worker.stop()
    breaks_off = ["sh", "-c", "read asked; printf '{\"length\": 9}\\nshort'"]
    worker.process = subprocess.Popen(breaks_off, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    with pytest.raises(TooHeavy):
        worker.ask({}, 5, Event())


def test_no_process_outlives_its_owner(graph):
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
    rows = {"seats": ["id,instance,group,state,holder", "s1,b,usagers,filled,REF-OF-A-PERSON"]}
    made = edition(folders(**rows), into=fresh() / "editions")
    found = Cage(Limits(spare=False)).ask(copies.public(made), "SELECT * { ?s ?p ?o }", "csv")
    assert b"REF-OF-A-PERSON" not in found.body
    assert b"/seats/s1" in found.body
