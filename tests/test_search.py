"""The index of an edition: made when asked, made again where it is damaged, in memory where nothing is written."""

import pytest

from segur_graph import search
from segur_graph.search import Index


def first(index, text):
    """What an index finds first."""
    return [(found.table, found.id) for found in index.find(text, most=1)]


@pytest.fixture
def index(golden):
    """An index of the golden edition that is not there yet."""
    index = Index(golden)
    index.path.unlink(missing_ok=True)
    yield index
    index.close()


@pytest.mark.parametrize("damage", ["", "no index", "SQLite format 3\x00 and nothing"])
def test_a_damaged_index_is_made_again(golden, index, damage):
    """A file that is no index, or a cut one, is made again."""
    index.path.write_text(damage, "utf-8")
    assert first(index, "CME") == [("types", "CME")]
    assert first(Index(golden), "cme") == [("types", "CME")]


def test_an_edition_that_cannot_be_written_is_indexed_in_memory(index, monkeypatch):
    """On a read-only disk the search works all the same."""

    def full(*_args, **_options):
        raise OSError("read-only")

    monkeypatch.setattr("segur_graph.search.tempfile.mkstemp", full)
    assert first(index, "CME") == [("types", "CME")]
    assert not index.path.exists()


def test_an_index_of_another_shape_is_made_again(golden, index, monkeypatch):
    """What an older program indexed otherwise is not read."""
    first(index, "CME")
    monkeypatch.setattr(search, "SHAPE", search.SHAPE + 1)
    assert first(Index(golden), "CME") == [("types", "CME")]


def test_the_command_finds_as_the_page_does(segur, fresh):
    """`segur search` gives the same things, nearest first."""
    store = fresh()
    assert segur("build", "--quiet", "--store", store).returncode == 0
    done = segur("search", "cme", "--store", store, "--format", "csv")
    assert done.stdout.splitlines()[1].startswith("types,CME,")
