"""A neighbourhood and a path as JSON."""

import pytest

from segur_api.models.paths import Neighbourhood, NetworkPath


@pytest.fixture
def asked(client, day):
    """The answer to a path, on the day of the tests."""
    return lambda path: client.json(f"/api/v1{path}&as_of={day}")


def test_what_surrounds_a_body_has_its_evidence(asked):
    """Each edge joins the centre, says its ground and the row that says so."""
    told = Neighbourhood.model_validate(asked("/neighbourhood?centre=fas-76"))
    assert told.centre == "bodies/fas-76"
    assert {e.basis for e in told.edges} >= {"effective", "requested"}
    assert all(told.centre in (e.source, e.target) or e.evidence for e in told.edges)
    assert {end for e in told.edges for end in (e.source, e.target)} <= {n.id for n in told.nodes}


def test_more_steps_show_more(asked):
    """Two steps hold what one does."""
    one, two = ({n["id"] for n in asked(f"/neighbourhood?centre=fas-76&steps={s}")["nodes"]} for s in (1, 2))
    assert one < two


def test_a_seat_is_a_path(asked):
    """A seat that is held joins its body and its instance."""
    told = NetworkPath.model_validate(asked("/path?from=fas-76&to=cdu-31"))
    assert told.outcome == "established"
    assert all(step.counts for step in told.steps)
    assert "FAS Occitanie" in told.says


def test_a_request_is_no_path(asked):
    """What is only asked for joins nobody: the answer says why."""
    told = NetworkPath.model_validate(asked("/path?from=fas-76&to=EPS_CME"))
    assert told.outcome == "none"
    assert any(not step.counts and step.reasons for step in told.steps)


def test_nothing_joins_them(asked):
    """Where nothing joins two nodes, that is what is said."""
    assert asked("/path?from=fas-76&to=cts-1")["outcome"] == "nothing"


@pytest.mark.parametrize(
    ("path", "parameter"),
    [("/neighbourhood?centre=x", "centre"), ("/path?from=x&to=fas-76", "from"), ("/path?from=fas-76&to=x", "to")],
)
def test_an_unknown_name_is_refused(client, path, parameter):
    """The error says which parameter and which value."""
    answer = client.get(f"/api/v1{path}")
    assert answer.status_code == 400
    assert (answer.json()["parameter"], answer.json()["value"]) == (parameter, "x")
