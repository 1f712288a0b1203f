"""A source is a folder of text: its manifest, its tables, its digest."""

import pytest

from segur_graph.errors import BadInput
from segur_graph.facts import TABLES
from segur_graph.source import Source, sources_in

BODIES = ["id,kind,type,label", "x,instance,CDU,X", "y,instance,CDU,Y"]


@pytest.fixture
def source(folders):
    """Makes one source folder, `a`."""

    def make(**tables):
        return folders(**tables)[0]

    return make


def rows(source, table="bodies"):
    """The rows of a table of a source."""
    return list(source.rows(TABLES[table]))


def test_a_source_is_called_by_its_manifest(source):
    """A source's id is in its manifest, which is its row of the table `sources`."""
    told = source(sources=["id,title,date", 'a,"L’arrêté ""rouge""",2020-07-10'])
    assert told.id == "a"
    assert told.manifest["title"] == 'L’arrêté "rouge"'
    assert rows(told, "sources") == [{**told.manifest, "read_at": "manifest.toml"}]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('id = "a"\n', "title"),
        ('id = "a"\ntitle = "A"\nauthor = "B"\n', "author"),
        ('id = "a"\ntitle = \n', "line 2"),
    ],
)
def test_a_manifest_that_is_no_row_is_refused(source, text, fault):
    """A manifest with an unknown or a missing column, or that is no TOML, is refused with its path and the fault."""
    told = source(bodies=BODIES)
    (told.folder / "manifest.toml").write_text(text, "utf-8")
    with pytest.raises(BadInput, match=fault) as error:
        _ = Source(told.folder).manifest
    assert "manifest.toml" in str(error.value)


def test_a_row_without_a_locator_says_where_it_was_read(source):
    """A row has the table and line where it stands, unless it says its own place."""
    told = source(bodies=["id,kind,type,label,locator", "x,instance,CDU,X,", "y,instance,CDU,Y,p. 3"])
    assert [row["read_at"] for row in rows(told)] == ["bodies.csv:2", ""]


def test_an_absent_column_says_nothing(source):
    """A table need not have every column: a cell that is not there is empty."""
    told = source(bodies=BODIES)
    (told.folder / "bodies.csv").write_text("id,kind,type,label,source\nx,instance,CDU,X,a\n", "utf-8")
    assert rows(told)[0]["territory"] == ""


def test_an_identical_row_twice_is_one_row(source):
    """A row that says the same as one before is left out; one that differs in a cell is not."""
    told = source(bodies=[*BODIES, BODIES[1], "x,instance,CDU,Other"])
    assert [row["label"] for row in rows(told)] == ["X", "Y", "Other"]


def test_a_cell_may_hold_lines_quotes_and_commas(source, folders):
    """What a spreadsheet writes into a cell is read as it is."""
    label = 'one, "two"\nthree'
    told = source(bodies=[BODIES[0], 'x,instance,CDU,"one, ""two""\n', 'three"'])
    del folders
    assert rows(told)[0]["label"] == label


def test_a_digest_is_that_of_the_rows(source):
    """The digest depends on what the rows say, not on their order, on line ends, or on where they were read."""
    first = source(bodies=BODIES)
    moved = source(bodies=[BODIES[0], *reversed(BODIES[1:])])
    windows = source(bodies=BODIES)
    file = windows.folder / "bodies.csv"
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert first.digest == moved.digest == windows.digest


@pytest.mark.parametrize(
    "tables",
    [
        {"bodies": [BODIES[0], BODIES[1]]},
        {"bodies": [*BODIES[:2], "y,instance,CDU,Z"]},
        {"bodies": BODIES, "sources": ["id,title", "a,Other"]},
        {"bodies": ["id,kind,type,label,locator", "x,instance,CDU,X,p. 1", "y,instance,CDU,Y,"]},
        {"bodies": BODIES, "compositions": ["instance,group,completeness,observed_on", "x,all,complete,2026-01-01"]},
    ],
)
def test_a_digest_changes_with_any_cell(source, tables):
    """Another row, cell, title, place of its own or table makes another digest."""
    assert source(**tables).digest != source(bodies=BODIES).digest


def test_sources_are_found_by_their_manifests(folders, fresh):
    """The sources of a folder are the folders below it that have a manifest."""
    place = fresh()
    folders(place, bodies=[f"{BODIES[0]},source", f"{BODIES[1]},b", f"{BODIES[2]},a"])
    (place / "not-a-source").mkdir()
    assert [s.id for s in sources_in(place)] == ["a", "b"]
