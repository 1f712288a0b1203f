"""The service follows the store."""

import threading
import time
from itertools import count

import pytest

from segur_api import library
from segur_api.app import create_app
from segur_api.library import Library
from segur_graph.options import Settings
from segur_graph.recent import Recent

OTHER = {"territories": ["code,label,within", "FR,France,", "REG-76,Occitanie,FR", "DEP-31,HG,REG-76"]}


class Slow:
    """Tables that take their time to load."""

    loaded = 0

    def __init__(self, _):
        """Of any edition."""

    def query(self, _):
        """Loads."""
        time.sleep(0.3)
        Slow.loaded += 1


@pytest.fixture
def moving(fresh, publish):
    """The folder of a store, and its first edition."""
    folder = fresh() / "store"
    return folder, publish(folder)


def together(number, do):
    """What so many threads get that do the same at the same time."""
    found, barrier = [], threading.Barrier(number)

    def run():
        barrier.wait()
        found.append(do())

    threads = [threading.Thread(target=run) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def test_a_new_edition_is_served_at_once(moving, publish, asking):
    """After a publication the next request reads the new edition."""
    folder, first = moving
    client = asking(create_app(Settings(store=str(folder))))
    assert client.json("/version")["edition"] == first.id
    second = publish(folder, **OTHER)
    assert client.json("/version")["edition"] == second.id != first.id


def test_an_old_edition_can_be_asked_for(moving, publish, asking):
    """`edition` reads an edition that is no longer current."""
    folder, first = moving
    publish(folder, **OTHER)
    client = asking(create_app(Settings(store=str(folder))))
    told = client.json(f"/api/v1/territories?edition={first.id[:8]}")
    assert (told["edition"], told["territories"][0]["label"]) == (first.id, "Haute-Garonne")


def test_an_edition_is_opened_once(moving, monkeypatch):
    """However many threads ask first, an edition is opened once."""
    monkeypatch.setattr(library, "Tables", Slow)
    monkeypatch.setattr(Slow, "loaded", 0)
    books = Library(Settings(store=str(moving[0])))
    assert len(set(map(id, together(8, books.open)))) == 1
    assert Slow.loaded == 1


def test_nobody_waits_for_a_new_edition(moving, publish, monkeypatch):
    """While one request opens the new edition, the others read the one before."""
    folder, first = moving
    books = Library(Settings(store=str(folder)))
    books.open()
    second = publish(folder, **OTHER)
    monkeypatch.setattr(library, "Tables", Slow)
    served = [opened.edition.id for opened in together(6, books.open)]
    assert sorted(served, key=lambda i: i == second.id) == [first.id] * 5 + [second.id]


def test_a_broken_pointer_leaves_the_old_edition(moving, asking):
    """A pointer that leads nowhere leaves the edition that is open in service."""
    folder, first = moving
    client = asking(create_app(Settings(store=str(folder))))
    client.json("/readyz")
    (folder / "current").write_text("nowhere\n", "utf-8")
    assert client.json("/readyz")["edition"] == first.id


def test_requests_may_come_together(client, day):
    """Requests of several dates at the same time get each its own answer."""
    paths = [f"/api/v1/seats?as_of={d}" for d in (day, "2025-06-30", "2024-01-01")] * 4
    turn = iter(paths)
    told = together(len(paths), lambda: (path := next(turn)) and (path, client.json(path)["total"]))
    assert set(told) == set(zip(paths[:3], (2, 1, 0), strict=True))


def test_a_value_is_made_once():
    """Threads that ask for one value at the same time wait for the one that makes it."""
    recent: Recent[int] = Recent(2)
    made = count(1)

    def make():
        time.sleep(0.05)
        return next(made)

    assert together(5, lambda: recent.get("key", make)) == [1] * 5


def test_a_failure_is_not_kept():
    """A value that could not be made is made again by the next who asks."""
    recent: Recent[float] = Recent(2)
    with pytest.raises(ZeroDivisionError):
        recent.get("key", lambda: 1 / 0)
    assert recent.get("key", lambda: 1) == 1


def test_the_oldest_value_goes_first():
    """A full cache forgets the value that nobody asked for since longest."""
    recent: Recent[str] = Recent(2)
    for key in ("a", "b", "a", "c"):
        recent.get(key, lambda: "first")
    assert (recent.get("a", lambda: "again"), recent.get("b", lambda: "again")) == ("first", "again")
