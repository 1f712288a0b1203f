"""Questions in the API: a typed route each, and those of the user's own."""

import csv
import io

import pytest

from segur_api.app import create_app
from segur_graph.options import Settings


@pytest.fixture
def with_own(fresh, publish, asking, documented):
    """A service over a store with two question files of the user's own, and one that is none."""
    folder = fresh() / "store"
    publish(folder)
    (folder / "queries").mkdir()
    for name, text in (documented | {"bad.rq": "SELECT * { ?s ?p ?o }"}).items():
        (folder / "queries" / name).write_text(text, "utf-8")
    return asking(create_app(Settings(store=str(folder))))


def test_a_question_answers_with_names_beside_ids(client, day):
    """The answer says what was asked, of which edition and date, and names what it tells by id."""
    answer = client.json(f"/api/v1/questions/seats-to-fill?territory=REG-76&as_of={day}&lang=fr")
    assert answer["as_of"] == day
    assert answer["given"] == {"territory": "REG-76"}
    assert [(row["instance_label"], row["state"], row["seats"]) for row in answer["rows"]] == [
        ("CDU de Toulouse", "vacant", 1)
    ]


def test_a_question_of_the_graph_has_no_date(client):
    """What is asked of the graph holds for all dates, and the answer says so."""
    answer = client.json("/api/v1/questions/seats-asked?type=EPS_CME")
    assert answer["as_of"] is None
    assert [(row["asker"], row["seats"]) for row in answer["rows"]] == [("fas-76", 2)]


def test_csv_has_no_formula(client, day):
    """A cell that a spreadsheet would compute begins with an apostrophe; `excel` adds the mark and semicolons."""
    path = f"/api/v1/questions/bodies-of-territory.csv?territory=DEP-31&as_of={day}"
    rows = list(csv.DictReader(io.StringIO(client.get(path).text)))
    assert {row["body_label"] for row in rows} >= {"'=CDU de Rangueil"}
    assert client.get(f"{path}&excel=1").text.startswith("\ufeffbody;body_label;")


def test_a_graph_is_answered_as_turtle(client):
    """A question that builds a graph gives it as Turtle too."""
    answer = client.get("/api/v1/questions/neighbourhood.ttl?thing=bodies/fas-76")
    assert answer.headers["content-type"] == "text/turtle; charset=utf-8"
    assert "sg:proposes <https://w3id.org/segur-graph/id/measures/m-cme>" in answer.text


def test_each_question_is_described_like_any_route(client):
    """In the description of the API a question has its parameters, with examples and codes, and its columns."""
    paths = client.json("/openapi.json")
    route = paths["paths"]["/api/v1/questions/stages-by-measure"]["get"]
    [group] = [p for p in route["parameters"] if p["name"] == "group"]
    assert group["required"]
    assert "usagers" in group["schema"]["enum"]
    row = paths["components"]["schemas"]["StagesByMeasureRow"]["properties"]
    assert list(row) == ["measure", "measure_label", "stage", "how"]
    assert all(f"/api/v1/questions/{q['name']}" in paths["paths"] for q in client.json("/api/v1/questions"))


@pytest.mark.parametrize(
    ("query", "status", "parameter"),
    [
        ("co-signers", 422, "party"),
        ("co-signers?party=x%22%7D", 400, "party"),
        ("co-signers?party=fas-76&other=1", 400, "other"),
        ("stages-by-measure?group=nobody", 400, "group"),
        ("norm-changes?since=2020-13-01", 400, "since"),
        ("norm-changes?since=%0A2020-01-01", 400, "since"),
    ],
)
def test_a_value_that_cannot_be_taken_is_named(client, query, status, parameter):
    """What a slot cannot take is a problem that names the parameter."""
    answer = client.get(f"/api/v1/questions/{query}")
    assert (answer.status_code, answer.json()["parameter"]) == (status, parameter)


def test_a_file_of_the_users_own_is_one_more_route(with_own):
    """Files in the store's folder `queries` have a route, a page and a panel; a bad one stops nothing, and is named."""
    answer = with_own.json("/api/v1/questions/bodies-of-type?type=CDU&as_of=2026-06-30")
    assert {row["body"] for row in answer["rows"]} >= {"cdu-31", "trap.ttl"}
    assert "/api/v1/questions/members-of" in with_own.json("/openapi.json")["paths"]
    page = with_own.get("/requetes?lang=en", headers={"Accept": "text/html"}).text
    assert "Which bodies of type" in page
    assert "queries/bad.rq : title" in page
