"""Who asks for the same, for programs."""

import csv
import io

import pytest

from segur_api.app import create_app
from segur_api.models.convergence import Convergence
from segur_graph.options import Settings

VERDICTS = ["id,same_as,verdict,source,locator", "m-cme,m-visites,same,b,Lecture : la même demande"]


@pytest.fixture(scope="module")
def judged(fresh, publish, asking):
    """Asks a small store in which two measures were judged the same."""
    folder = fresh() / "store"
    publish(folder, same=VERDICTS)
    return asking(create_app(Settings(store=str(folder))))


def test_a_group_holds_its_measures_with_who_asks_and_why(judged, day):
    """The shape is the documented one: who stands behind each and how, where it is read, the reason."""
    told = Convergence.model_validate(judged.json(f"/api/v1/convergence?as_of={day}"))
    (group,) = told.groups
    assert {m.id: [(p.id, p.how) for p in m.who] for m in group.measures} == {
        "m-cme": [("fas-76", "proposes")],
        "m-visites": [("FAS", "is-to-sign"), ("ars-76", "proposes")],
    }
    assert [(v.one, v.other, v.why) for v in group.verdicts] == [("m-cme", "m-visites", "Lecture : la même demande")]


def test_a_group_is_asked_for_by_one_of_its_measures(judged, day):
    """A measure of no group leaves none; one that nobody knows is refused."""
    assert len(judged.json(f"/api/v1/convergence?measure=m-visites&as_of={day}")["groups"]) == 1
    assert judged.get("/api/v1/convergence?measure=nope").status_code == 400
    assert judged.get("/api/v1/convergence?mesure=m-cme").status_code in (400, 422)


def test_a_measure_that_does_not_count_yet_asks_for_nothing(judged):
    """Before the date of one of the two there is no group."""
    assert judged.json("/api/v1/convergence?as_of=2020-06-14")["groups"] == []


def test_the_table_tells_who_asks_apart_from_who_is_foreseen(judged, day):
    """One row a measure of a group."""
    rows = list(csv.DictReader(io.StringIO(judged.get(f"/api/v1/convergence.csv?as_of={day}").text)))
    assert [(r["measure"], r["askers"], r["foreseen"]) for r in rows] == [
        ("m-cme", "fas-76", ""),
        ("m-visites", "ars-76", "FAS"),
    ]


def test_the_matrix_tells_who_asks_for_the_same_beside_the_signatures(judged, day, client):
    """Each cell of a measure has those who ask for the same elsewhere; no row says that they sign."""
    cells = judged.json(f"/api/v1/signatures?as_of={day}")["signatures"]
    assert {(c["measure"], tuple(c["asks_same"])) for c in cells} == {
        ("m-cme", ("ars-76",)),
        ("m-visites", ("fas-76",)),
    }
    assert [c["party"] for c in cells] == [
        c["party"] for c in client.json(f"/api/v1/signatures?as_of={day}")["signatures"]
    ]
