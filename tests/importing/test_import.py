"""What an import and a removal do to the store, and what they refuse to leave in it."""

import pytest

from segur_graph.errors import BadInput, StoreError
from segur_graph.facts import TABLES
from segur_graph.store import Store
from segur_ingest import importing
from segur_ingest.faults import Faulty


def test_the_same_folder_again_changes_nothing(desk):
    """A folder imported twice gives the same edition, and no file of the store changes."""
    first = desk.bring(*desk.base)
    before = desk.tree()
    assert desk.bring(*desk.base).id == first.id
    assert desk.tree() == before


def test_the_order_of_rows_does_not_matter(desk):
    """The same rows in another order give the same edition."""
    assert desk.bring(*desk.base).id == desk.bring(*reversed(desk.base)).id


def test_an_identical_row_is_one_row(desk):
    """A row that comes twice is one row, of a body or of a seat."""
    assert desk.bring(*desk.base, *desk.base).id == desk.bring(*desk.base).id


def test_two_halves_are_the_whole(desk):
    """A folder imported in two halves, what is pointed into first, gives the edition of the whole."""
    more = [("sources", {"id": "c"}), ("seats", {"id": "t", "source": "c"}), ("measures", {"id": "n", "source": "c"})]
    desk.bring(*desk.base)
    desk.take(desk.write("half", more))
    whole = Store(desk.room / "whole")
    at_once = desk.take(desk.write("both", [*desk.base, *more]), into=whole)
    assert desk.store.edition().id == at_once.id


def test_a_folder_speaks_for_its_sources_whole(desk):
    """What a source said before and says no more is gone, in all tables; other sources stay."""
    desk.bring(*desk.base, ("bodies", {"id": "extra", "source": "b"}))
    desk.bring(("sources", {"id": "b"}))
    rows = {s["id"]: s["rows"] for s in desk.store.edition().manifest["sources"]}
    assert rows["b"] == {"sources": 1}
    assert rows["a"]["bodies"] == 4


def test_a_row_is_told_where_it_was_read(desk):
    """An empty locator is filled with the file and line of the row; another one is kept."""
    desk.bring(*desk.base)
    source = next(c.source for c in desk.store.edition().chosen() if c.source.id == "a")
    assert [row["read_at"] for row in source.rows(TABLES["seats"])] == ["seats.csv:2"]
    assert {(row["locator"], row["read_at"]) for row in source.rows(TABLES["bodies"])} == {("p. 1", "")}


def test_what_is_exported_can_be_imported(desk):
    """The zip of an edition's tables, imported into another store, gives the same edition."""
    desk.bring(*desk.base)
    desk.run("export", desk.room / "all.zip")
    other = Store(desk.room / "other")
    assert desk.take(desk.room / "all.zip", into=other).id == desk.store.edition().id


def test_a_locked_store_ends_in_code_3(desk):
    """While another program writes, an import does nothing and ends in code 3."""
    desk.bring(*desk.base)
    with desk.store.writing():
        folder = desk.write("more", desk.base)
        ran = desk.run("import", folder)
    assert ran.returncode == 3


def test_a_change_meanwhile_is_seen(desk):
    """What was planned is checked again if the store changed before it was published."""
    desk.bring(*desk.base)
    planned = importing.plan(desk.store, [desk.write("more", [("sources", {"id": "c"}), ("links", {"source": "c"})])])
    importing.remove(desk.store, "a")
    with pytest.raises(Faulty):
        importing.publish(desk.store, planned)


# References and removals


def test_a_removal_that_leaves_a_reference_is_refused_row_by_row(desk):
    """A source to which another points is not removed: each row that would dangle is told, with its source."""
    desk.bring(*desk.base, ("seats", {"id": "t", "source": "b", "held_for": "fas"}))
    with pytest.raises(Faulty) as refused:
        importing.remove(desk.store, "a")
    assert {f"{f.place}:{f.line}:{f.column}" for f in refused.value.faults} == {
        "b/seats.csv:3:instance",
        "b/seats.csv:3:held_for",
    }


def test_a_replacement_that_leaves_a_reference_is_refused(desk):
    """A newer version of a source without a body to which another source points is refused."""
    desk.bring(*desk.base, ("seats", {"id": "t", "source": "b", "held_for": "fas"}))
    kept = [("sources", {"id": "a"}), ("bodies", {"id": "cdu-310781406"})]
    assert desk.refuse(*kept) == {"b/seats.csv:3:held_for"}


def test_a_body_with_seats_does_not_become_an_actor(desk):
    """A newer version of a source that makes an actor of an instance with seats elsewhere is refused."""
    desk.bring(
        ("sources", {"id": "a"}),
        ("sources", {"id": "b"}),
        ("bodies", {"id": "x"}),
        ("seats", {"id": "t", "instance": "x", "source": "b"}),
    )
    assert desk.refuse(("sources", {"id": "a"}), ("bodies", {"id": "x", "kind": "actor"})) == {"b/seats.csv:2:instance"}


def test_a_source_is_removed(desk):
    """A source of the user's that nobody needs goes; the edition is the one without it."""
    without = desk.bring(*desk.base)
    desk.bring(("sources", {"id": "c"}), ("measures", {"id": "n", "source": "c"}))
    assert importing.remove(desk.store, "c").id == without.id


def test_a_shipped_source_comes_back(desk):
    """A source with a shipped one's id stands in its place, until it is removed."""
    desk.bring(*desk.base)
    before = desk.store.edition().id
    desk.bring(("sources", {"id": "norms"}), ("norms", {"code": "CDU", "source": "norms"}))
    assert next(s for s in desk.store.edition().manifest["sources"] if s["id"] == "norms")["rows"]["norms"] == 1
    assert importing.remove(desk.store, "norms").id == before


@pytest.mark.parametrize("name", ["nothing", "norms"])
def test_only_a_source_of_the_users_can_be_removed(desk, name):
    """A source that is not there, or that ships, is not removed."""
    desk.bring(*desk.base)
    with pytest.raises(BadInput, match=name):
        importing.remove(desk.store, name)


def test_nothing_is_removed_from_a_store_that_is_not_there(desk):
    """Without a store there is nothing to remove."""
    with pytest.raises(StoreError):
        importing.remove(desk.store, "a")


# Doubts that do not stop an import


def test_a_complete_list_without_a_seat_is_accepted_with_a_warning(desk):
    """A list said to be complete on a day without a seat of its group in its source is warned of."""
    said = [
        *desk.base,
        ("compositions", {"group": "usagers", "completeness": "complete"}),
        ("compositions", {"group": "etat", "completeness": "complete"}),
    ]
    planned = importing.plan(desk.store, [desk.write("folder", said)])
    assert [f"{f.place}:{f.line}" for f in planned.warnings] == ["compositions.csv:3"]


def test_a_holder_that_looks_like_a_name_is_warned_of(desk):
    """A holder is an opaque reference: one with a space in it deserves a look."""
    planned = importing.plan(
        desk.store, [desk.write("folder", [*desk.base, ("seats", {"id": "t", "holder": "Mme Imaginaire"})])]
    )
    assert [f.column for f in planned.warnings] == ["holder"]


def test_a_day_to_come_on_which_something_was_seen_is_warned_of(desk):
    """What was seen was seen today at the latest."""
    planned = importing.plan(
        desk.store, [desk.write("folder", [*desk.base, ("seats", {"id": "t", "observed_on": "2999-01-01"})])]
    )
    assert [f.column for f in planned.warnings] == ["observed_on"]


# Agreement between sources


def test_a_join_moves_no_seat(desk):
    """A seat may be said in two instances that a verdict joins, and in no others."""
    twice = [*desk.base, ("seats", {"id": "s", "instance": "cdu-310781407", "source": "b"})]
    assert desk.refuse(*twice) == {"seats.csv:3:instance"}
    assert desk.bring(*twice, ("same", {"verdict": "same"}))


def test_a_circle_closed_by_a_join_is_refused(desk):
    """A body joined to the one above it would be above itself."""
    said = [
        *desk.base,
        ("bodies", {"id": "x", "parent": "cdu-310781406"}),
        ("same", {"same_as": "x", "verdict": "same"}),
    ]
    assert desk.refuse(*said) == {"bodies.csv:6:parent"}


def test_the_latest_source_opens_a_circle(desk):
    """Parents that are in a circle only in an older source are in none."""
    parents = [("bodies", {"id": "x", "parent": "y"}), ("bodies", {"id": "y", "parent": "x"})]
    assert desk.refuse(*desk.base, *parents) == {"bodies.csv:6:parent", "bodies.csv:7:parent"}
    assert desk.bring(*desk.base, *parents, ("bodies", {"id": "x", "parent": "cvs", "source": "b"}))


def test_a_type_may_not_take_a_bodys_id(desk):
    """A type whose code is the id of a body of the store is refused at the type."""
    desk.bring(*desk.base)
    assert desk.refuse(("sources", {"id": "c"}), ("types", {"code": "fas", "source": "c"})) == {"types.csv:2:code"}


def test_the_worked_examples_can_be_imported(desk, shared):
    """Each worked example of the register is imported without a fault."""
    for folder in sorted(path.parent for path in (shared / "examples").glob("*/sources.csv")):
        assert importing.plan(desk.store, [folder])
