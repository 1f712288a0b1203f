"""Gaps and completeness over HTTP."""

import csv
import json
from datetime import date

import pytest

from segur_api.models.gaps import Complete, Gaps
from segur_graph import gaps
from segur_graph.faces import GAP_COLUMNS, gap_rows

REFUSED = [
    ("kind=nope", "kind", "nope", "below-norm"),
    ("territory=REG-99", "territory", "REG-99", "REG-76"),
    ("what_if=m-none", "what_if", "m-none", "/api/v1/measures"),
    ("as_of=2026-02-30", "as_of", "2026-02-30", "AAAA-MM-JJ"),
    ("lang=de", "lang", "de", "fr, en"),
    ("edition=none", "edition", "none", "segur editions"),
    ("edition=../..", "edition", "../..", "segur editions"),
    ("teritory=REG-76", "teritory", "REG-76", "territory"),
]


def test_gaps_are_the_engines(client, app, day):
    """The JSON of gaps is what the engine says, and what the command line prints."""
    tables = app.state.library.open().tables
    expected = gaps.report(tables, date.fromisoformat(day), territory="REG-76").json()
    assert client.json(f"/api/v1/gaps?as_of={day}&territory=REG-76") == json.loads(json.dumps(expected))


@pytest.mark.parametrize("asked", ["", "&what_if=m-cme", "&kind=vacant-seat", "&territory=DEP-31"])
def test_gaps_have_the_documented_shape(client, day, asked):
    """An answer holds the members that the documentation gives, and no other."""
    Gaps.model_validate(client.json(f"/api/v1/gaps?as_of={day}{asked}"))


def test_measures_are_adopted_together(client, day):
    """`what_if` comes as often as there are measures, in any order."""
    told = client.json(f"/api/v1/gaps?as_of={day}&what_if=m-visites&what_if=m-cme&what_if=m-cme")
    assert told["what_if"] == ["m-cme", "m-visites"]
    assert "structural:EPS_CME" in told["closed"]


def test_gaps_without_measures_tell_no_change(client, day):
    """What measures would close is told only when some are asked for."""
    assert "closed" not in client.json(f"/api/v1/gaps?as_of={day}")


def test_gaps_as_csv_are_the_command_lines(client, app, day):
    """The CSV of gaps has the command line's columns and rows."""
    answer = client.get(f"/api/v1/gaps.csv?as_of={day}")
    header, *rows = csv.reader(answer.text.splitlines())
    expected = gap_rows(gaps.report(app.state.library.open().tables, date.fromisoformat(day)))
    assert (tuple(header), len(rows)) == (tuple(GAP_COLUMNS), len(expected))
    assert [row[0] for row in rows] == [row[0] for row in expected]


def test_excel_gets_a_mark_and_semicolons(client, day):
    """A spreadsheet that speaks French gets a byte order mark and semicolons."""
    body = client.get(f"/api/v1/gaps.csv?as_of={day}&excel=1").content
    assert body.startswith(b"\xef\xbb\xbfid;kind;severity;")


@pytest.mark.parametrize(("asked", "parameter", "value", "expected"), REFUSED)
def test_a_bad_value_is_named(client, asked, parameter, value, expected):
    """A refusal names the parameter, the value and what was expected."""
    answer = client.get(f"/api/v1/gaps?{asked}")
    told = answer.json()
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
    assert (told["parameter"], told["value"]) == (parameter, value)
    assert expected in told["expected"]
    assert expected in told["detail"]


def test_a_refusal_speaks_the_asked_language(client):
    """The detail of a problem is in the language that the address asks for; its type is the same in both."""
    french, english = (client.get(f"/api/v1/gaps?kind=nope&lang={lang}").json() for lang in ("fr", "en"))
    assert french["type"] == english["type"] == "https://w3id.org/segur-graph/problems/bad-parameter"
    assert ("attendu" in french["detail"], "expected" in english["detail"]) == (True, True)


def test_completeness_adds_up(client, day):
    """Completeness is given in all, by type and by territory, and the parts add up to the whole."""
    told = client.json(f"/api/v1/completeness?as_of={day}")
    Complete.model_validate(told)
    for part in ("by_type", "by_territory"):
        assert sum(row["required"] for row in told[part]) == told["completeness"]["required"] == 6


def test_completeness_is_narrowed_by_territory(client, day):
    """A territory narrows completeness to what lies in it."""
    told = client.json(f"/api/v1/completeness?as_of={day}&territory=REG-76")
    assert [row["territory"] for row in told["by_territory"]] == ["DEP-31"]


@pytest.mark.parametrize(("by", "first"), [("type", "CDU,6,2,1,1,0,4,"), ("territory", "DEP-31,4,2,1,1,0,2,")])
def test_completeness_as_csv(client, day, by, first):
    """Completeness as CSV has a row a type, or a territory."""
    lines = client.get(f"/api/v1/completeness.csv?as_of={day}&by={by}").text.splitlines()
    assert lines[0].startswith(f"{by},required,documented")
    assert lines[1].startswith(first)
