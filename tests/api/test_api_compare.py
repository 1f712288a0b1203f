"""Two editions or dates compared over HTTP."""

import csv
import json

import pytest

from segur_api.app import create_app
from segur_api.models.compare import Comparison
from segur_graph.compared import COLUMNS
from segur_graph.options import Settings

SEATS = ["id,instance,group,regime,position,state,observed_on", "s2,cdu-31,usagers,ru,titulaire,filled,2026-03-01"]


@pytest.fixture(scope="module")
def two(fresh, publish, asking):
    """Asks about a store of two editions: in the second the seat that was vacant is filled."""
    folder = fresh() / "store"
    publish(folder)
    publish(folder, seats=SEATS)
    return asking(create_app(Settings(store=str(folder))))


def test_two_editions_differ_by_what_is_known(two, day):
    """Two editions on one date differ in one step, by our knowledge; the answer has the documented shape."""
    told = two.json(f"/api/v1/compare?a=previous@{day}&b=current@{day}")
    Comparison.model_validate(told)
    [step] = told["steps"]
    assert "vacant-seat:cdu-31" in told["closed"]
    [closed] = [d for d in step["closed"] if d["id"] == "vacant-seat:cdu-31"]
    assert (closed["cause"], closed["causes"][0]["says"]["fr"]) == ("knowledge", "Source remplacée : Registre.")


def test_two_dates_differ_by_the_world_or_the_law(client, day):
    """Two dates of one edition differ by the world or the law, with the place that says so."""
    told = client.json(f"/api/v1/compare?a=2026-02-01&b={day}")
    Comparison.model_validate(told)
    [opened] = [d for d in told["steps"][0]["opened"] if d["id"] == "vacant-seat:cdu-31"]
    [cause] = opened["causes"]
    assert (cause["cause"], cause["day"], cause["source"]["id"], cause["locator"]) == (
        "world",
        "2026-03-01",
        "a",
        "seats.csv:4",
    )


def test_a_side_without_a_date_takes_the_one_asked_for(two, day):
    """`as_of` is the date of a side that says none."""
    assert two.json(f"/api/v1/compare?a=previous&b=current&as_of={day}")["before"]["as_of"] == day


def test_the_table_has_the_command_lines_columns(client, day):
    """The CSV has the columns of `segur compare`, a row a difference."""
    head, *rows = csv.reader(client.get(f"/api/v1/compare.csv?a=2026-02-01&b={day}").text.splitlines())
    told = client.json(f"/api/v1/compare?a=2026-02-01&b={day}")["steps"][0]
    assert head == list(COLUMNS)
    assert len(rows) == sum(len(told[what]) for what in ("opened", "closed", "changed"))


@pytest.mark.parametrize("a", ["none", "*", "../..", "2026-02-30", "@", "previous"])
def test_a_side_that_is_not_there_is_told_with_those_that_are(client, app, a):
    """A side that cannot be read is refused, naming the editions that are kept; the first has none before it."""
    answer = client.get("/api/v1/compare", params={"a": a, "b": "current"})
    if a == "@":  # neither edition nor date: what is read
        assert answer.status_code == 200
        return
    problem = json.loads(answer.text)
    assert (answer.status_code, problem["parameter"], problem["value"]) == (400, "a", a)
    assert app.state.library.open().edition.id in problem["expected"]
