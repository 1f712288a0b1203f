"""An import that is killed loses nothing."""

import random
import subprocess
import time

import pytest

KILLS = 50


@pytest.fixture
def versions(desk):
    """Two folders that say other things of one source, and the editions that they give."""
    folders = [desk.write(f"v{i}", [*desk.base, ("measures", {"id": f"n{i}"})]) for i in range(2)]
    return folders, [desk.take(folder).id for folder in folders]


def test_fifty_kills_lose_nothing(desk, versions):
    """Killed at any instant, an import leaves the old edition or the new one, whole, and the next import succeeds."""
    folders, ids = versions
    began = time.monotonic()
    assert desk.run("import", folders[0]).returncode == 0
    took = time.monotonic() - began
    chance = random.Random(5)  # noqa: S311 - instants, no secrets
    for kill in range(KILLS):
        other = folders[1 - ids.index(desk.store.edition().id)]
        command = ["segur", "--store", desk.store.folder, "import", other]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
            time.sleep(chance.uniform(0.3, 1.1) * took)
            running.kill()
        edition = desk.store.edition()
        assert edition.id in ids, kill
        assert sum(len(list(c.source.rows(t))) for c in edition.chosen() for t in c.source.tables())
        assert len(edition.graph()) > 0
    assert desk.run("import", folders[0]).returncode == 0
    assert desk.store.edition().id == ids[0]
    assert not list(desk.store.editions.glob(".tmp-*"))
