import json
from time import monotonic
from urllib.parse import quote

import anyio
import pyoxigraph as ox
import pytest

from segur_api.app import create_app
from segur_graph.cage import Cage, Limits
from segur_graph.options import Settings

LABELS = "SELECT ?s ?label { ?s <http://www.w3.org/2000/01/rdf-schema#label> ?label } LIMIT 3"
BUILT = "CONSTRUCT { ?s a ?c } { ?s a ?c } LIMIT 2"
HEAVY = "SELECT (COUNT(*) AS ?n) { " + " . ".join(f"?s{n} ?p{n} ?o{n}" for n in range(9)) + " }"
FORM, QUERY = "application/x-www-form-urlencoded", "application/sparql-query"


@pytest.fixture(scope="module")
def client(store, asking):
    """Asks the small store, a second a query."""
    app = create_app(Settings(store=str(store)))
    app.state.cage = Cage(Limits(seconds=1, rows=5))
    yield asking(app)
    app.state.cage.close()


def get(client, query, accept="*/*", more=""):
    """Asks by GET."""
    return client.get(f"/sparql?query={quote(query)}{more}", headers={"Accept": accept})


RESULTS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
GRAPHS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}


@pytest.mark.parametrize("media", RESULTS)
def test_rows_come_in_the_form_that_is_asked_for(client, media):
    answer = get(client, LABELS, media)
    assert answer.headers["content-type"].startswith(media)
    rows = ox.parse_query_results(answer.content, format=RESULTS[media])
    assert isinstance(rows, ox.QuerySolutions)
    assert len(list(rows)) == 3


def test_rows_come_as_csv(client):
    answer = get(client, LABELS, "text/csv")
    assert answer.headers["content-type"].startswith("text/csv")
    assert len(answer.content.split(b"\r\n")) == 5


@pytest.mark.parametrize("media", GRAPHS)
def test_a_graph_comes_in_the_form_that_is_asked_for(client, media):
    answer = get(client, BUILT, media)
    assert answer.headers["content-type"].startswith(media)
    assert len(list(ox.parse(answer.content, format=GRAPHS[media]))) == 2


@pytest.mark.parametrize("query", [LABELS, "ASK { ?s ?p ?o }"])
def test_a_client_that_takes_graphs_and_rows_gets_the_rows_it_takes(client, query):
    """A client that likes graphs best, and takes rows too, gets rows in the form that it takes, not in another."""
    answer = get(client, query, "text/turtle, application/sparql-results+xml;q=0.9")
    assert answer.headers["content-type"].startswith("application/sparql-results+xml")
    assert answer.headers["vary"] == "Accept"


@pytest.mark.parametrize("media", ["application/sparql-results+json", "application/sparql-results+xml"])
def test_yes_and_no_come_in_both_forms(client, media):
    assert b"true" in get(client, "ASK { ?s ?p ?o }", media).content


def test_a_query_is_posted_as_a_form_or_as_it_is(client):
    form = client("POST", "/sparql", content=f"query={quote(LABELS)}", headers={"Content-Type": FORM})
    own = client("POST", "/sparql", content=LABELS, headers={"Content-Type": QUERY})
    assert form.json() == own.json() == get(client, LABELS).json()


def test_a_posted_answer_has_no_tag(client):
    assert "etag" not in client("POST", "/sparql", content=LABELS, headers={"Content-Type": QUERY}).headers


def test_without_a_query_the_service_describes_itself(client):
    answer = client.get("/sparql")
    assert answer.headers["content-type"].startswith("text/turtle")
    told = {str(quad.object) for quad in ox.parse(answer.content, format=ox.RdfFormat.TURTLE)}
    assert "<http://127.0.0.1:8000/sparql>" in told
    assert "<http://www.w3.org/ns/sparql-service-description#UnionDefaultGraph>" in told


@pytest.mark.parametrize(
    ("content", "media", "status"),
    [
        ("update=CLEAR+ALL", FORM, 400),
        ("query=ASK{}&query=ASK{}", FORM, 400),
        ("x=1", FORM, 400),
        ("query=ASK{}&default-graph-uri=http://127.0.0.1:9/", FORM, 400),
        ("ASK { SERVICE <http://127.0.0.1:9/> { } }", QUERY, 400),
        ("ASK {", QUERY, 400),
        (" ", QUERY, 400),
        ("query=", FORM, 400),
        ("&".join(f"a{n}=1" for n in range(200)), FORM, 400),
        (b"\xff", QUERY, 400),
        ("ASK { }" + " " * 70_000, QUERY, 400),
        ("CLEAR ALL", "application/sparql-update", 415),
    ],
)
def test_what_is_refused_is_a_problem(client, content, media, status):
    answer = client("POST", "/sparql", content=content, headers={"Content-Type": media})
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_problem_speaks_both_languages(client):
    bad = "SELECT * { ?s foo:b ?o }"
    assert get(client, bad, more="&lang=fr").json()["title"] == "Requête refusée"
    assert get(client, bad, more="&lang=en").json()["title"] == "Query refused"
    assert get(client, bad).json()["line"] == 1


def test_no_form_that_fits_is_said(client):
    assert get(client, LABELS, "image/png").status_code == 406


def test_a_cut_answer_says_so(client):
    assert get(client, "SELECT * { ?s ?p ?o }").headers["segur-truncated"] == "true"
    assert get(client, LABELS).headers["segur-truncated"] == "false"


def test_what_takes_too_long_is_no_answer_and_the_next_query_is(client):
    assert get(client, HEAVY).status_code == 504
    assert get(client, "ASK { ?s ?p ?o }").json()["boolean"]


def test_a_client_that_hangs_up_leaves_its_turn(store):
    app = create_app(Settings(store=str(store)))
    app.state.cage = Cage(Limits(seconds=20))
    sent = iter([{"type": "http.request", "body": b"", "more_body": False}])

    async def receive():
        if message := next(sent, None):
            return message
        await anyio.sleep(0.5)
        return {"type": "http.disconnect"}

    async def nobody(_message):
        pass

    scope = {"type": "http", "method": "GET", "path": "/sparql", "headers": [], "client": ("127.0.0.1", 1)}
    scope["query_string"] = f"query={quote(HEAVY)}".encode()
    began = monotonic()
    anyio.run(app, scope, receive, nobody)
    assert monotonic() - began < 5
    app.state.cage.close()


def test_a_client_has_one_query_at_a_time(store, asking):
    app = create_app(Settings(store=str(store)))
    narrow = asking(app)
    with app.state.running.one("127.0.0.1"):
        answer = get(narrow, "ASK { }")
    assert answer.status_code == 429
    assert answer.headers["retry-after"]
    app.state.cage.close()


def test_references_to_persons_are_not_told(client, holder):
    assert holder not in get(client, "ASK { ?s <https://w3id.org/segur-graph/def#holder> ?o }").text
    assert not get(client, "ASK { ?s <https://w3id.org/segur-graph/def#holder> ?o }").json()["boolean"]


def test_the_page_shows_rows_and_says_what_is_wrong(client):
    answer = get(client, LABELS, "text/html")
    assert "<table" in answer.text
    wrong = get(client, "ASK { <a> foo:b ?c }", "text/html", "&lang=en")
    assert wrong.status_code == 400
    assert "Line 1, column" in wrong.text


def test_a_new_edition_is_followed(fresh, publish, asking):
    folder = fresh() / "store"
    publish(folder)
    app = create_app(Settings(store=str(folder)))
    seen = asking(app)
    query = 'ASK { ?s ?p "CDU nouvelle"@fr }'
    assert not json.loads(get(seen, query).content)["boolean"]
    publish(folder, bodies=["id,kind,type,label,territory", "cdu-31,instance,CDU,CDU nouvelle,DEP-31"])
    seen.get("/readyz")
    answers = [get(seen, f"{query} # {n}").json()["boolean"] for n in range(2)]
    assert answers[-1]
    app.state.cage.close()
