"""A store is whole at every instant, and has one writer at a time."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time

import duckdb
import pyoxigraph as ox
import pytest
from filelock import FileLock

from segur_graph.edition import Chosen
from segur_graph.errors import StoreError
from segur_graph.facts import TABLES
from segur_graph.source import sources_in
from segur_graph.store import Store

KILLS = 50
# For each line, a store and a folder of sources, a fresh process builds and its pid is told; for `end`, how it ended.
# It is forked from one that has imported everything: a kill falls into the work, not into the start of Python.
BUILDERS = """
import os, sys
from pathlib import Path
import segur_graph.rdf
from segur_graph.edition import Chosen
from segur_graph.source import sources_in
from segur_graph.store import Store

def build(store, place):
    with store.writing():
        store.publish([Chosen(s, "user") for s in sources_in(place)])

pid = 0
for line in sys.stdin:
    if line == "end\\n":
        print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)
        continue
    store, place = map(Path, line.split())
    pid = os.fork()
    if pid == 0:
        build(Store(store), place)
        os._exit(0)
    print(pid, flush=True)
"""


@pytest.fixture(scope="module")
def sources(fresh, folders):
    """The folders of sources of edition A, and of edition B, which has one more."""
    places = fresh(), fresh()
    bodies = [f"{name},instance,CDU,{name},{source}" for source in "abc" for name in "xyz"]
    for place, names in zip(places, ("ab", "abc"), strict=True):
        folders(place, bodies=["id,kind,type,label,source", *(b for b in bodies if b[-1] in names)])
    return places


@pytest.fixture
def builders():
    """Starts processes that build, one after the other: `start` gives the pid, `end` how it ended."""
    with subprocess.Popen(
        [sys.executable, "-c", BUILDERS], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin
        assert process.stdout
        told, say = process.stdout, process.stdin

        def ask(line):
            say.write(f"{line}\n")
            say.flush()
            return int(told.readline())

        yield lambda store, place: ask(f"{store.folder} {place}"), lambda: ask("end")
        say.close()


def publish(store, place):
    """Publishes the sources of a folder."""
    with store.writing():
        return store.publish([Chosen(s, "user") for s in sources_in(place)])


def whole(store):
    """What the current edition holds: its id, and its sources as manifest, tables and graph tell them, with counts."""
    edition = store.edition()
    with duckdb.connect() as db:
        sources = sorted(i for (i,) in db.execute(f"SELECT id FROM '{edition.table('sources')}'").fetchall())
        rows = [db.execute(f"SELECT count(*) FROM '{edition.table(t)}'").fetchall() for t in TABLES]
    graph = ox.Store.read_only(str(edition.folder / "graph"))
    graphs = sorted(g.value.rsplit("/", 1)[1] for g in graph.named_graphs())
    return edition.id, [s["id"] for s in edition.manifest["sources"]], sources, rows, graphs, len(graph)


def full(*_):
    """Stands for a step for which the disk has no room left."""
    raise OSError("full")


def forget(store, place):
    """Takes the edition of some sources out of a store whose current one is another, so that it is compiled anew."""
    known = {s.id for s in sources_in(place)}
    for folder in store.editions.glob("[!.]*"):
        if {s.id for s in sources_in(folder / "sources")} == known:
            shutil.rmtree(folder)


def test_a_kill_at_any_instant_leaves_an_edition_whole(fresh, sources, builders):
    """Killed at fifty random instants of a build, a store holds the edition before or after it, and builds again."""
    start, end = builders
    store, places = Store(fresh()), list(sources)
    expected = {publish(store, place).id: whole(store) for place in places}
    began, chance = time.monotonic(), random.Random(2026)  # noqa: S311 - instants, not secrets
    forget(store, places[0])
    start(store, places[0])
    assert end() == 0
    spent, killed = time.monotonic() - began, 0
    while killed < KILLS:
        place = next(p for p in places if len(sources_in(p)) != len(expected[store.edition().id][1]))
        forget(store, place)
        pid = start(store, place)
        time.sleep(chance.uniform(0, spent))
        os.kill(pid, signal.SIGKILL)
        killed += end() == -signal.SIGKILL
        assert whole(store) == expected[store.edition().id]
    assert publish(store, places[1]).id == store.edition().id
    assert whole(store) == expected[store.edition().id]
    assert not list(store.editions.glob(".*"))


def test_what_a_killed_writer_left_is_swept(fresh, sources):
    """A folder that a killed writer left half done is no edition, and the next writer takes it away."""
    store = Store(fresh())
    edition = publish(store, sources[0])
    shutil.copytree(edition.folder, store.editions / ".tmp-left")
    assert store.edition().id == edition.id
    assert publish(store, sources[1]).id != edition.id
    assert not (store.editions / ".tmp-left").exists()


def test_a_writer_that_fails_leaves_the_edition_and_the_lock(fresh, sources, monkeypatch):
    """Where a build fails the former edition stays current, and the next writer is let in."""
    store = Store(fresh())
    before = publish(store, sources[0])
    with monkeypatch.context() as patch:
        patch.setattr("segur_graph.compiling._write_manifest", full)
        with pytest.raises(OSError, match="full"):
            publish(store, sources[1])
    assert store.edition().folder == before.folder
    assert publish(store, sources[1]).folder != before.folder


def test_the_pointer_is_replaced_last(fresh, sources, monkeypatch):
    """Where the pointer cannot be replaced, the store is as it was."""
    store = Store(fresh())
    before = publish(store, sources[0])
    with monkeypatch.context() as patch:
        patch.setattr("segur_graph.store.os.fsync", full)
        with pytest.raises(OSError, match="full"):
            publish(store, sources[1])
    assert Store(store.folder).edition().folder == before.folder


def test_a_second_writer_is_sent_away(fresh, segur):
    """While another program holds the lock, a build ends at once with exit code 3 and says why."""
    place = fresh()
    with FileLock(place / "lock"):
        done = segur("build", "--store", place)
    assert done.returncode == 3
    assert "autre programme" in done.stderr
    assert not (place / "current").exists()


def test_a_store_that_is_not_there_says_what_to_do(fresh, segur):
    """Without a store, a question ends with exit code 3 and names the command that makes one."""
    done = segur("gaps", "--store", fresh() / "none")
    assert done.returncode == 3
    assert "segur build" in done.stderr


def test_an_edition_may_be_called_by_the_beginning_of_its_id(fresh, sources):
    """An edition is found by its id or the beginning of it; one that is not there, or not told apart, is refused."""
    store = Store(fresh())
    first, second = (publish(store, place) for place in sources)
    assert store.edition(first.id).folder == first.folder
    assert store.edition(second.id[:8]).folder == second.folder
    for name in ("0000none", "*"):
        with pytest.raises(StoreError):
            store.edition(name)


def test_an_edition_published_again_is_among_the_latest(fresh, sources):
    """The editions stand in the order in which each was published last: A, B, A gives B, A."""
    store = Store(fresh())
    for place in (sources[0], sources[1], sources[0]):
        publish(store, place)
    assert [name for name, _ in store.kept()] == [store.published()[1]["edition"], store.published()[0]["edition"]]


def test_a_store_whose_edition_is_gone_is_broken(fresh, sources):
    """A pointer to an edition that is not there is told as a broken store, not as an empty one."""
    store = Store(fresh())
    shutil.rmtree(publish(store, sources[0]).folder)
    with pytest.raises(StoreError, match="segur build"):
        store.current()
