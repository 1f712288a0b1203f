"""The service itself: what every answer bears, its description, its faults."""

import logging
import re

import pytest
from fastapi import Request

from segur_api.app import create_app
from segur_api.linked import SUFFIXES
from segur_graph.facts import TABLES
from segur_graph.names import BASE
from segur_graph.options import Settings

PATHS = ("/", "/api/v1/gaps", "/api/v1/bodies.csv", "/doc/bodies/cdu-31.ttl", "/id/seats/s1", "/docs", "/nowhere")


@pytest.fixture
def broken(store, asking):
    """Asks an application with a route that fails."""
    app = create_app(Settings(store=str(store)))

    @app.get("/broken")
    def fail(request: Request) -> None:
        raise RuntimeError(f"secret of {request.url.path}")

    return asking(app)


def test_the_process_lives_without_a_store(fresh, asking):
    """Health asks for the process alone; readiness asks for an edition."""
    client = asking(create_app(Settings(store=str(fresh() / "none"))))
    assert client.json("/healthz") == {"status": "ok"}
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["type"]) == (503, f"{BASE}problems/no-edition")


def test_version_names_program_and_edition(client, app):
    """The version is the program's, beside the edition that it serves."""
    told = client.json("/version")
    assert (told["version"], told["edition"]) == (app.version, app.state.library.open().edition.id)


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_bears_the_browsers_rules(client, path):
    """Whatever is answered, a browser may run and load what this server serves, and nothing else; no cookie is set."""
    headers = client.get(path).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert (headers["x-content-type-options"], headers["referrer-policy"]) == ("nosniff", "same-origin")
    assert "set-cookie" not in headers


@pytest.mark.parametrize("path", PATHS[:5])
def test_every_answer_names_its_edition(client, app, path):
    """An answer that reads an edition names it."""
    assert client.get(path).headers["segur-edition"] == app.state.library.open().edition.id


@pytest.mark.parametrize("path", ["/", "/api/v1/gaps", "/api/v1/bodies.csv", "/doc/bodies/cdu-31", "/def"])
def test_what_is_known_is_not_sent_again(client, path):
    """An answer has a tag; whoever sends it back gets 304, with the tag and no body."""
    tag = client.get(path).headers["etag"]
    answer = client.get(path, headers={"If-None-Match": f'"other", {tag}'})
    assert (answer.status_code, answer.content, answer.headers["etag"]) == (304, b"", tag)


@pytest.mark.parametrize("other", ["lang=en", "as_of=2026-06-30", "territory=REG-76"])
def test_another_question_has_another_tag(client, other):
    """Language, date and query change an answer's tag."""
    assert client.get(f"/api/v1/gaps?{other}").headers["etag"] != client.get("/api/v1/gaps").headers["etag"]


def test_an_answer_of_a_named_edition_and_date_may_be_kept(client, app, day):
    """An answer may be kept for a while where the address names edition and date; else it is asked for again."""
    edition = app.state.library.open().edition.id
    assert "max-age" in client.get(f"/api/v1/gaps?as_of={day}&edition={edition}").headers["cache-control"]
    assert "no-cache" in client.get(f"/api/v1/gaps?as_of={day}").headers["cache-control"]


def test_a_long_answer_travels_compressed(client):
    """A long answer is compressed for who takes that."""
    assert client.get("/docs", headers={"Accept-Encoding": "gzip"}).headers["content-encoding"] == "gzip"


def test_head_is_get_without_a_body(client):
    """HEAD answers the headers of GET alone."""
    head, get = client("HEAD", "/api/v1/gaps"), client.get("/api/v1/gaps")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["etag"] == get.headers["etag"]


def test_another_method_is_refused_with_a_problem(client):
    """A method that an address does not know is a problem that names it."""
    answer = client("DELETE", "/api/v1/bodies?lang=en")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET")
    assert answer.json()["detail"] == "/api/v1/bodies is not asked for by DELETE."


def test_a_failure_is_told_without_its_secrets(broken, caplog):
    """A fault of ours is a problem with the browser's rules; what went wrong stands in the log alone."""
    answer = broken.get("/broken")
    assert (answer.status_code, answer.json()["type"]) == (500, f"{BASE}problems/failure")
    assert "secret" not in answer.text
    assert "content-security-policy" in answer.headers
    assert "secret of /broken" in caplog.text


def test_the_log_has_paths_alone(client, caplog):
    """A line of the log has the method, the path and the status; no query, no address of a person."""
    with caplog.at_level(logging.INFO, logger="segur"):
        client.get("/api/v1/bodies?type=CDU")
    assert re.fullmatch(r"GET /api/v1/bodies 200 \d+ ms", caplog.messages[-1])


def test_nothing_names_a_person(client, holder, day):
    """The reference of a person leaves by no list and no form of anything."""
    lists = [path for path in client.json("/openapi.json")["paths"] if "{" not in path]
    ids = {"bodies": "cdu-31", "seats": "s1", "sources": "a", "types": "FAS"}
    docs = [f"/doc/{table}/{ids[table]}.{suffix}" for table in TABLES if table in ids for suffix in SUFFIXES]
    pages = ["/", "/lacunes", "/co-signatures", "/donnees", f"/api/v1/gaps?as_of={day}&what_if=m-cme"]
    for path in [*lists, *docs, *pages]:
        assert holder not in client.get(path).text, path


def test_the_description_is_complete(client):
    """Each address is described, with the model of its answer and the problems that it may be."""
    told = client.json("/openapi.json")
    for path, methods in told["paths"].items():
        assert methods["get"]["description"], path
        for parameter in methods["get"].get("parameters", ()):
            assert parameter["schema"], (path, parameter)
    assert "HTTPValidationError" not in str(told)
    text = str(told)
    assert set(re.findall(r"'#/components/schemas/(\w+)'", text)) <= set(told["components"]["schemas"])


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_reference_page_needs_nothing_from_elsewhere(client, lang):
    """The page of the API shows every address, and loads one style sheet from here."""
    page = client.get(f"/docs?lang={lang}").text
    assert all(path in page for path in client.json("/openapi.json")["paths"])
    assert re.findall(r'(?:src|<link[^>]*href)="([^"]*)"', page) == ["/reference.css"]
    assert client.get("/reference.css").headers["content-type"].startswith("text/css")
