"""Things and their forms: /id, /doc, /def, /scheme."""

import pyoxigraph as ox
import pytest

from segur_api import linked
from segur_graph.names import BASE

RDF = {
    "ttl": ox.RdfFormat.TURTLE,
    "jsonld": ox.RdfFormat.JSON_LD,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML,
}
THINGS = (
    "bodies/cdu-31",
    "bodies/cdu-31.v2",
    "seats/s1",
    "types/CTS",
    "measures/m-cme",
    "meetings/reu-1",
    "norms/CDU-2016-06-04",
    "sources/a",
    "territories/REG-76",
)
ACCEPTED = [
    ("", "text/html"),
    ("*/*", "text/html"),
    ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"),
    ("text/turtle", "text/turtle"),
    ("application/ld+json;q=0.5, text/turtle;q=0.4", "application/ld+json"),
    ("application/n-triples", "application/n-triples"),
    ("application/rdf+xml", "application/rdf+xml"),
    ("text/csv", "text/csv"),
    ("text/*;q=0.2, text/csv;q=0.1, text/html;q=0", "text/turtle"),
]


def triples(answer, suffix):
    """The triples of an answer."""
    return {str(quad.triple) for quad in ox.parse(answer.content, format=RDF[suffix])}


def test_a_name_leads_to_its_description(client):
    """A thing's name answers 303 to what describes it, for every form, and keeps the query."""
    answer = client.get("/id/bodies/cdu-31?lang=en")
    assert (answer.status_code, answer.headers["location"]) == (303, "/doc/bodies/cdu-31?lang=en")
    assert "Accept" in answer.headers["vary"]


@pytest.mark.parametrize(("accept", "expected"), ACCEPTED)
def test_a_description_takes_the_preferred_form(client, accept, expected):
    """A thing is described in the form that its reader prefers, and says that others exist."""
    answer = client.get("/doc/bodies/cdu-31", headers={"Accept": accept})
    assert answer.headers["content-type"].partition(";")[0] == expected
    assert "Accept" in answer.headers["vary"]
    assert '</doc/bodies/cdu-31.ttl>; rel="alternate"; type="text/turtle"' in answer.headers["link"]


@pytest.mark.parametrize("thing", THINGS)
def test_every_form_holds_the_same_triples(client, thing):
    """The four forms of RDF hold the same triples."""
    told = [triples(client.get(f"/doc/{thing}.{suffix}"), suffix) for suffix in RDF]
    assert told[0]
    assert told[1:] == [told[0]] * 3


@pytest.mark.parametrize("thing", THINGS)
def test_every_thing_has_a_page_and_a_table(client, thing):
    """A thing has a page and a CSV at fixed addresses."""
    assert client.get(f"/doc/{thing}.html").headers["content-type"] == "text/html; charset=utf-8"
    assert client.get(f"/doc/{thing}.csv").text.startswith("subject,property,value,source")


def test_a_description_holds_what_points_at_it(client):
    """A thing's RDF holds its own triples, and the rows of facts that point at it."""
    told = triples(client.get("/doc/seats/s2.nt"), "nt")
    states = [line for line in told if "seat-states" in line]
    assert len(states) == 2


def test_the_rows_of_joined_ids_come_along(client):
    """A body's RDF holds the rows of the ids that are joined to it."""
    assert "CDU (ancien nom)" in client.get("/doc/bodies/cdu-31.ttl").text


def test_a_long_description_says_what_it_leaves_out(client, monkeypatch):
    """Where too many rows point at a thing, the RDF and a header say how many are left out."""
    monkeypatch.setattr(linked, "MOST", 1)
    answer = client.get("/doc/sources/a.ttl")
    assert int(answer.headers["segur-left-out"]) > 1
    assert f"{answer.headers['segur-left-out']} rows that speak of it are not told here." in answer.text


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("bodies/cdu-31.v2", "=CDU de Rangueil"),
        ("bodies/cdu-31.v2.nt", "=CDU de Rangueil"),
        ("bodies/trap.ttl", "CDU au nom trompeur"),
        ("bodies/trap.ttl.nt", "CDU au nom trompeur"),
    ],
)
def test_a_key_may_hold_dots(client, path, label):
    """A suffix is one only where what is before it is a key, and the whole is none."""
    answer = client.get(f"/doc/{path}", headers={"Accept": "application/n-triples"})
    assert answer.headers["content-type"].startswith("application/n-triples")
    assert f'"{label}"@fr' in answer.text


@pytest.mark.parametrize("path", ["/id/bodies/cdu-old", "/doc/bodies/cdu-old.ttl"])
def test_a_joined_id_leads_to_the_one_that_speaks(client, path):
    """An id that is joined to another answers 308 to the one that speaks, in the same form."""
    answer = client.get(path)
    assert answer.status_code == 308
    assert answer.headers["location"] == path.replace("cdu-old", "cdu-31")


@pytest.mark.parametrize("path", ["id/bodies/no", "doc/bodies/no.ttl", "doc/nothing/x", "doc/bodies/a b<", "scheme/no"])
def test_an_unknown_thing_is_not_found(client, path):
    """What the edition does not know answers 404 with a problem."""
    answer = client.get(f"/{path}")
    assert (answer.status_code, answer.json()["type"]) == (404, f"{BASE}problems/not-found")


def test_a_browser_gets_a_page_of_the_error(client):
    """Where a page is preferred, a fault is a page in the asked language."""
    answer = client.get("/doc/bodies/no?lang=en", headers={"Accept": "text/html"})
    assert (answer.status_code, answer.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert '<html lang="en">' in answer.text


@pytest.mark.parametrize("path", ["doc/bodies/cdu-31", "def", "scheme/groups"])
def test_a_form_that_there_is_not_is_refused(client, path):
    """A reader who takes no form that there is gets 406, with the forms that there are."""
    answer = client.get(f"/{path}", headers={"Accept": "image/png"})
    assert answer.status_code == 406
    assert "text/turtle" in answer.json()["detail"]


def test_what_is_derived_has_rdf_alone(client):
    """An effect or a passage is described in RDF; it has no page."""
    browser = {"Accept": "text/html,*/*;q=0.8"}
    assert client.get("/doc/effects/m-cme", headers=browser).headers["content-type"].startswith("text/turtle")
    assert client.get("/doc/passages/b/10-20", headers=browser).status_code == 200


@pytest.mark.parametrize("path", ["def", "scheme/groups", "scheme/groups/usagers", "scheme/levels/régional"])
def test_the_vocabulary_is_served_in_every_form(client, path):
    """The ontology and the code lists have a page, and RDF whose four forms hold as many triples."""
    assert "<table>" in client.get(f"/{path}", headers={"Accept": "text/html"}).text
    counts = {len(triples(client.get(f"/{path}.{suffix}"), suffix)) for suffix in RDF}
    assert len(counts) == 1
