"""Verdicts on two ids: kept in a source of the user's, checked, and proposed, never said by the program."""

import pytest

from segur_graph.errors import BadInput, StoreError
from segur_graph.facts import SAME
from segur_graph.tables import Tables
from segur_ingest import importing, same
from segur_ingest.faults import Faulty

ONE, OTHER = "cdu-310781406", "cdu-310781407"


@pytest.fixture
def two(desk):
    """An edition in which two sources describe bodies under names that are alike, or nearly."""
    said = [
        {"id": "b1", "label": "CDU du C.H.U. de Rangueil", "source": "a", "territory": "DEP-31"},
        {"id": "b2", "label": "cdu du chu de rangueil", "source": "b", "territory": "DEP-31"},
        {"id": "b3", "label": "CDU du CHU de Rangueil", "source": "b", "territory": "DEP-34"},
        {"id": "b4", "label": "CVS du CHU de Rangueil", "source": "b", "territory": "DEP-31", "type": "CVS"},
        {"id": "b5", "label": "CDU Résidence 1", "source": "a", "territory": "DEP-31"},
        {"id": "b6", "label": "CDU Résidence 2", "source": "b", "territory": "DEP-31"},
        {"id": "b7", "label": "CDU du CHU de Rangueil", "source": "a", "territory": "DEP-31"},
    ]
    return desk.bring(*desk.base[:2], *(("bodies", cells) for cells in said))


def said(store):
    """The verdicts of the source `verdicts`: id, same_as, verdict."""
    source = next(c.source for c in store.edition().chosen() if c.source.id == same.SOURCE)
    return [(row["id"], row["same_as"], row["verdict"]) for row in source.rows(SAME)]


def test_a_verdict_joins_two_bodies(desk):
    """After `segur same A B`, B speaks for both."""
    desk.bring(*desk.base)
    assert desk.run("same", ONE, OTHER).returncode == 0
    bodies = {row["id"] for row in Tables(desk.store.edition()).query("SELECT id FROM bodies_told")}
    assert OTHER in bodies
    assert ONE not in bodies


def test_a_verdict_replaces_an_earlier_one_on_the_pair(desk):
    """A verdict on a pair takes the place of the earlier one, whichever id came first; others are kept."""
    desk.bring(*desk.base)
    same.judge(desk.store, ONE, "cvs", "different")
    same.judge(desk.store, ONE, OTHER, "same")
    same.judge(desk.store, OTHER, ONE, "different")
    assert said(desk.store) == [(ONE, "cvs", "different"), (OTHER, ONE, "different")]


def test_a_verdict_said_again_changes_nothing(desk):
    """The same verdict again gives the same edition."""
    desk.bring(*desk.base)
    first = same.judge(desk.store, ONE, OTHER, "same")
    assert same.judge(desk.store, ONE, OTHER, "same").folder == first.folder


def test_no_verdict_is_lost_to_another_that_comes_meanwhile(desk, monkeypatch):
    """While a verdict is checked, nobody else writes: what it is laid beside is what it was read beside."""
    desk.bring(*desk.base)
    check = importing.check

    def interrupted(*planned):
        with pytest.raises(StoreError, match="un autre programme y écrit"):
            same.judge(desk.store, ONE, "cvs", "different")
        check(*planned)

    monkeypatch.setattr("segur_ingest.same.importing.check", interrupted)
    same.judge(desk.store, ONE, OTHER, "same")
    assert said(desk.store) == [(ONE, OTHER, "same")]


def test_a_verdict_overrules_older_sources(desk):
    """What a human says today stands against what a source said before."""
    desk.bring(*desk.base, ("same", {"verdict": "same"}))
    same.judge(desk.store, ONE, OTHER, "different")
    assert not Tables(desk.store.edition()).query("FROM joined")


def test_ids_of_two_sorts_are_not_joined(desk):
    """A CDU and a CVS are refused as the same body."""
    desk.bring(*desk.base)
    with pytest.raises(Faulty, match="du même genre et du même type"):
        same.judge(desk.store, ONE, "cvs", "same")
    assert desk.run("same", ONE, "m").returncode == 2


def test_a_verdict_is_on_two_ids_that_are_there(desk):
    """One id, an unknown one, an id twice, or a type's code is bad input."""
    desk.bring(*desk.base)
    for ids in ([ONE], [ONE, "nobody"], [ONE, ONE], ["CDU", ONE]):
        assert desk.run("same", *ids).returncode == 2, ids


def test_an_unknown_id_is_named(desk):
    """The id that is not there is told."""
    desk.bring(*desk.base)
    with pytest.raises(BadInput, match="nobody"):
        same.judge(desk.store, "nobody", ONE, "same")


def test_candidates_are_alike_and_of_two_sources(two):
    """A pair is proposed if type, territory and numbers agree, names are alike, and no source describes both."""
    assert [(c.one["id"], c.other["id"]) for c in same.candidates(two)] == [("b1", "b2"), ("b2", "b7")]


def test_a_pair_that_was_judged_is_not_proposed_again(desk, two):
    """A verdict takes its pair off the list; nothing was joined before it."""
    assert not Tables(two).query("FROM joined")
    after = same.judge(desk.store, "b1", "b2", "different")
    assert [(c.one["id"], c.other["id"]) for c in same.candidates(after)] == [("b2", "b7")]


def test_pairs_are_printed(desk, two):
    """`segur same` prints the pairs and changes nothing."""
    ran = desk.run("same")
    assert "b2" in ran.stdout
    assert desk.store.edition().id == two.id
