"""`segur forget` erases a reference to a person from the store, wherever it stands."""

import pytest

from segur_graph.errors import BadInput
from segur_graph.facts import SEATS
from segur_ingest import forget

WHO, OTHER = "ref-zorglub-77", "ref-zorglub-778"


@pytest.fixture
def held(desk):
    """A store in which a person holds a seat, with an older edition and a newer one without."""
    first = desk.bring(*desk.base, ("seats", {"id": "t", "holder": WHO}), ("seats", {"id": "u", "holder": OTHER}))
    second = desk.bring(*desk.base, ("seats", {"id": "u", "holder": OTHER}))
    third = desk.bring(
        *desk.base,
        ("seats", {"id": "t", "holder": WHO}),
        ("seats", {"id": "u", "holder": OTHER}),
        ("measures", {"id": "n"}),
    )
    return first, second, third


def traces(folder, reference):
    """The files that hold a reference as it is."""
    return [
        p
        for p in folder.rglob("*")
        if p.is_file() and reference.encode() in p.read_bytes().replace(OTHER.encode(), b"")
    ]


@pytest.mark.usefixtures("held")
def test_a_reference_is_erased_from_the_sources(desk):
    """The seats stay, the reference is gone from them; another person's is kept."""
    done = forget.forget(desk.store, WHO)
    source = next(c.source for c in done.edition.chosen() if c.source.id == "a")
    assert {row["id"]: row["holder"] for row in source.rows(SEATS)} == {"s": "", "t": "", "u": OTHER}
    assert done.rows == {"a": 1}


def test_every_edition_that_held_it_goes(desk, held):
    """Older editions with the reference are deleted, one without it stays; no file of the store holds it."""
    first, second, third = held
    done = forget.forget(desk.store, WHO)
    assert set(done.editions) == {first.folder.name, third.folder.name}
    assert second.folder.is_dir()
    assert not traces(desk.store.folder, WHO)


@pytest.mark.usefixtures("held")
def test_a_reference_in_old_editions_only_is_erased(desk):
    """A reference that the current sources hold no more is erased from the past; the edition stays the same."""
    second = desk.bring(*desk.base, ("seats", {"id": "u", "holder": OTHER}))
    done = forget.forget(desk.store, WHO)
    assert done.edition.id == second.id
    assert len(done.editions) == 2
    assert not traces(desk.store.folder, WHO)


@pytest.mark.usefixtures("held")
def test_what_a_killed_writer_left_goes_too(desk):
    """An unfinished edition that a killed program left is swept."""
    left = desk.store.editions / ".tmp-left"
    left.mkdir()
    (left / "seats.csv").write_text(WHO)
    forget.forget(desk.store, WHO)
    assert not left.exists()


def test_editions_still_answer_afterwards(desk, held):
    """The graphs of the editions that stay are made again when they are asked."""
    forget.forget(desk.store, WHO)
    assert len(held[1].graph()) > 0
    assert len(desk.store.edition().graph()) > 0


@pytest.mark.usefixtures("held")
def test_a_reference_that_is_nowhere_is_bad_input(desk):
    """What is no holder of any seat is refused, and nothing changes."""
    before = desk.tree()
    for reference in ("nobody", "", "s"):
        with pytest.raises(BadInput):
            forget.forget(desk.store, reference)
    assert desk.tree() == before


def test_the_command_tells_what_it_did(desk, held):
    """The command prints the rows and editions, and ends in code 2 where there is nothing to forget."""
    ran = desk.run("forget", WHO)
    assert ran.returncode == 0
    assert held[0].folder.name in ran.stdout
    assert desk.run("forget", WHO).returncode == 2
