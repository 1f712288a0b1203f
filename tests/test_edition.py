"""An edition depends on what its sources say, and on nothing else."""

import json
import random
import shutil

import duckdb
import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segur_graph import names
from segur_graph.compiling import compile, edition_id
from segur_graph.edition import Chosen, Edition
from segur_graph.errors import BadInput
from segur_graph.facts import TABLES
from segur_graph.names import DEF
from segur_graph.source import Source
from segur_graph.store import Store

BODIES = "id,kind,type,label,source"
SEATS = "id,instance,group,position,state,observed_on,source"


def rows(edition, name):
    """The rows of a table, in an order of their own."""
    with duckdb.connect() as db:
        return sorted(db.execute(f"FROM '{edition.table(name)}'").fetchall(), key=repr)


def tables(edition):
    """All the rows of an edition, by table."""
    return {name: rows(edition, name) for name in TABLES}


def quads(edition):
    """All the quads of an edition."""
    return set(edition.graph())


def bodies(*labels, source="a"):
    """Bodies of a source, called by their labels."""
    return [f"{label},instance,CDU,{label.upper()},{source}" for label in labels]


@pytest.fixture(scope="module")
def shelf(folders):
    """Three sources with rows in several tables, one a folder."""
    seats = [
        f"s{n},{body},usagers,titulaire,filled,2026-03-0{n},{source}"
        for n, body, source in ((1, "x", "a"), (2, "x", "b"), (3, "y", "b"))
    ]
    return folders(
        sources=["id,title,date", "a,A,2020-01-01", "b,B,2021-01-01", "c,C,"],
        bodies=[BODIES, *bodies("x", "y"), *bodies("z", source="c")],
        seats=[SEATS, *seats],
        measures=[
            "id,kind,label,concerns,effect_type,effect_group,effect_seats,source",
            "m,proposal,M,x| CDU |,CDU,usagers,1,c",
        ],
    )


# The same sources, the same edition


def test_the_order_of_sources_does_not_matter(shelf, edition):
    """The same sources in another order are the same edition: id, tables, graph."""
    one, other = edition(shelf), edition(shelf[::-1])
    assert one.id == other.id
    assert one.manifest == other.manifest
    assert tables(one) == tables(other)
    assert quads(one) == quads(other)


def test_the_order_of_rows_and_the_folder_do_not_matter(shelf, edition, fresh):
    """Sources copied elsewhere, under other folder names and with their rows shuffled, are the same edition."""
    copies = []
    for n, source in enumerate(shelf):
        folder = fresh() / f"folder-{n}"
        shutil.copytree(source.folder, folder)
        for file in folder.glob("*.csv"):
            head, *lines = file.read_text("utf-8").splitlines(keepends=True)
            random.Random(n).shuffle(lines)  # noqa: S311 - any order will do
            file.write_text(head + "".join(lines), "utf-8")
        copies.append(Source(folder))
    one, other = edition(shelf), edition(copies)
    assert one.id == other.id
    assert {n: [r[-1:] for r in t] for n, t in tables(one).items()} == {
        n: [r[-1:] for r in t] for n, t in tables(other).items()
    }


def test_a_cell_makes_another_edition(folders, edition):
    """One cell that differs makes another id."""
    one, other = (edition(folders(bodies=[BODIES, row])) for row in ("x,instance,CDU,X,a", "x,instance,CDU,Y,a"))
    assert one.id != other.id


def test_a_place_that_was_filled_in_makes_no_other_edition(folders, edition):
    """The id does not depend on `read_at`, which an import fills in; a locator of the row's own is content."""

    def with_column(name, cell):
        [source] = folders(bodies=[BODIES, "x,instance,CDU,X,a"])
        lines = [f"id,kind,type,label,source,{name}", f"x,instance,CDU,X,a,{cell}"]
        (source.folder / "bodies.csv").write_text("\n".join(lines), "utf-8")
        return edition([source])

    bare, filled, own = (
        with_column("read_at", ""),
        with_column("read_at", "corps.csv:41"),
        with_column("locator", "p. 1"),
    )
    assert bare.id == filled.id != own.id
    assert rows(filled, "bodies")[0][-2] == "corps.csv:41"


def test_an_identical_row_twice_is_one_fact(folders, edition):
    """A row said twice by its source is one row and makes no other edition."""
    once, twice = (edition(folders(bodies=[BODIES, *["x,instance,CDU,X,a"] * n])) for n in (1, 2))
    assert once.id == twice.id
    assert len(rows(twice, "bodies")) == 1


def test_two_sources_that_say_the_same_say_it_both(folders, edition):
    """The same words from two sources are two rows, one in the graph of each."""
    made = edition(folders(bodies=[BODIES, "x,instance,CDU,X,a", "x,instance,CDU,X,b"]))
    assert len(rows(made, "bodies")) == 2
    assert {g.value for g in made.graph().named_graphs()} == {names.graph("a"), names.graph("b")}


def test_no_clock_and_no_place_is_in_an_edition(shelf, edition):
    """The manifest names the id, the program and the sources' digests and counts: no time, no path."""
    manifest = edition(shelf).manifest
    assert set(manifest) == {"id", "version", "sources"}
    assert [s["id"] for s in manifest["sources"]] == ["a", "b", "c"]
    assert all(set(s) == {"id", "digest", "origin", "rows"} for s in manifest["sources"])
    assert manifest["sources"][1]["rows"] == {"sources": 1, "seats": 2}


def test_a_compiled_edition_is_not_compiled_again(shelf, edition, fresh):
    """An edition that is there is taken as it is."""
    place = fresh()
    first = edition(shelf, into=place)
    made = (first.folder / "manifest.json").stat().st_mtime_ns
    assert edition(shelf[::-1], into=place).folder == first.folder
    assert (first.folder / "manifest.json").stat().st_mtime_ns == made


def test_an_edition_keeps_its_sources(shelf, edition):
    """An edition holds the folders it was made from, so that it can be made again from itself."""
    made = edition(shelf)
    assert edition([c.source for c in made.chosen()]).id == made.id
    assert all(made.folder in c.source.folder.parents for c in made.chosen())


def test_a_source_folder_may_change_after_an_edition_was_made(folders, edition):
    """The edition's copy is its own: an edit of the folder later does not reach it."""
    [source] = folders(bodies=[BODIES, "x,instance,CDU,X,a"])
    made = edition([source])
    (source.folder / "bodies.csv").write_text("id,kind,type,label,source\ny,actor,FAS,Y,a\n", "utf-8")
    assert made.chosen()[0].source.digest == made.manifest["sources"][0]["digest"]


def test_two_folders_for_one_source_are_refused(folders, tmp_path):
    """Two folders that speak for one source are refused, the source is named, and nothing is written."""
    one, other = folders(bodies=[BODIES, "x,instance,CDU,X,a"]), folders(bodies=[BODIES, "y,instance,CDU,Y,a"])
    with pytest.raises(BadInput, match="sources a : deux dossiers"):
        compile([Chosen(s, "user") for s in one + other], None, tmp_path)
    assert not any(tmp_path.iterdir())


# What is typed


def test_cells_are_typed_by_their_columns(shelf, edition):
    """Dates are dates, numbers are numbers, lists are lists, an empty cell is null and text stays text."""
    made = edition(shelf)
    with duckdb.connect() as db:
        [measure] = db.execute(f"SELECT concerns, effect_seats, theme FROM '{made.table('measures')}'").fetchall()
        types = dict(
            db.execute(f"SELECT column_name, column_type FROM (DESCRIBE FROM '{made.table('seats')}')").fetchall()
        )
    assert measure == (["x", "CDU"], 1, None)
    assert (types["observed_on"], types["id"]) == ("DATE", "VARCHAR")


@pytest.mark.parametrize(
    "label", ["=1+1", "NULL", "a,b;c\td", 'dit "oui"', "deux\nlignes", "ligne\r\nfin", "«é»", " x", "'"]
)
def test_a_text_is_kept_to_the_letter(folders, edition, label):
    """What a cell says is in the table and in the graph to the letter."""
    quoted = label.replace('"', '""')
    made = edition(folders(bodies=[BODIES, f'x,instance,CDU,"{quoted}",a']))
    assert rows(made, "bodies")[0][3] == label
    assert {q.object.value for q in quads(made) if q.predicate.value.endswith("#label")} == {label}


# What changed


WORDS = st.sampled_from(["u", "v", "w", "x", "y"])
WORLDS = st.dictionaries(st.sampled_from("abcd"), st.sets(WORDS, min_size=1, max_size=3), min_size=1)


def lay(folders, said, place=None):
    """The sources of a small world: each says some bodies, their seats and who belongs to whom."""
    lines = [(s, w) for s, words in sorted(said.items()) for w in sorted(words)]
    return folders(
        place,
        bodies=[BODIES, *(f"{w},instance,CDU,{w} of {s},{s}" for s, w in lines)],
        seats=[SEATS, *(f"{s}{w},{w},usagers,titulaire,filled,2026-03-01,{s}" for s, w in lines)],
        memberships=["body,member,modality,source", *(f"u,{w},effective,{s}" for s, w in lines)],
    )


# A source that stays, so large that what changes beside it is worth taking out of the graph.
LARGE = {"z": {f"w{n}" for n in range(40)}}


@settings(max_examples=8)
@given(before=WORLDS, after=WORLDS, stays=st.sampled_from([LARGE, LARGE, {}]))
def test_a_change_compiled_is_the_whole_compiled(folders, edition, before, after, stays):
    """Whatever is added, replaced or removed, the edition made from its parent is the one made from nothing."""
    parent, place = edition(lay(folders, before | stays)), lay(folders, after | stays)
    patched, whole = edition(place, parent), edition(place)
    assert tables(patched) == tables(whole)
    assert patched.manifest == whole.manifest
    assert quads(patched) == quads(whole)


def test_a_change_loads_only_what_differs(folders, edition, monkeypatch):
    """Where one small source of several changes, only the quads that it did not have are written into the graph."""
    said = {"a": set("uvwxy"), "b": set("uvwxy"), "c": set("uvwxy"), "d": set("u")}
    parent = edition(lay(folders, said))
    loaded: list[str] = []
    monkeypatch.setattr("segur_graph.compiling.load", lambda _s, lines, _w: loaded.extend(lines))
    edition(lay(folders, said | {"d": set("uv")}), parent)
    assert loaded
    assert all(line.endswith("/d> .\n") for line in loaded)
    assert not [line for line in loaded if "bodies/u>" in line.split()[0]]


def test_a_graph_loaded_in_parts_is_the_one_loaded_at_once(folders, edition, monkeypatch):
    """However many parts a graph is loaded in, it is the same graph."""
    place = lay(folders, {"a": set("uvwxy"), "b": set("u")})
    whole = quads(edition(place))
    monkeypatch.setattr("segur_graph.edition.PART", 7)
    assert quads(edition(place)) == whole


# What is lost


@pytest.fixture
def damaged(shelf, edition):
    """An edition of its own, whose quads are known."""
    made = edition(shelf)
    return made, quads(made)


def test_a_lost_graph_is_compiled_again(damaged):
    """An edition whose graph folder is gone compiles it again from its sources."""
    made, known = damaged
    shutil.rmtree(made.folder / "graph")
    assert quads(Edition(made.folder)) == known
    assert quads(Edition(made.folder)) == known


def test_a_graph_compiled_again_leaves_nothing_beside_it(damaged):
    """Nothing temporary is left where a graph was compiled again."""
    made, known = damaged
    shutil.rmtree(made.folder / "graph")
    assert quads(made) == known
    assert [path.name for path in made.folder.parent.iterdir()] == [made.folder.name]


def test_a_graph_that_opens_empty_is_compiled_again(damaged):
    """A store of which only the list of files was lost opens, holds nothing, and is compiled again."""
    made, known = damaged
    shutil.rmtree(made.folder / "graph")
    ox.Store(str(made.folder / "graph"))
    assert quads(Edition(made.folder)) == known


def test_the_same_rows_from_another_origin_are_told_as_such(folders, fresh):
    """A source that a user lays in place of a shipped one makes the same edition, and is told as the user's."""
    place, source = fresh(), folders(bodies=[BODIES, "x,instance,CDU,X,a"])[0]
    ours, theirs = (compile([Chosen(source, origin)], None, place) for origin in ("shipped", "user"))
    assert ours.folder == theirs.folder
    assert [s["origin"] for s in Edition(ours.folder).manifest["sources"]] == ["user"]


def test_an_edition_tried_elsewhere_changes_nothing_where_its_parent_is(folders, fresh):
    """A source of another origin is told as such where it is tried, and the edition that it was tried on stays."""
    place, source = fresh(), folders(bodies=[BODIES, "x,instance,CDU,X,a"])[0]
    parent = compile([Chosen(source, "shipped")], None, place)
    tried = compile([Chosen(source, "user")], parent, fresh())
    assert [e.manifest["sources"][0]["origin"] for e in (Edition(parent.folder), tried)] == ["shipped", "user"]
    assert tried.folder.parent != place


def test_an_edition_of_another_program_lends_nothing(folders, fresh, monkeypatch):
    """What another program version compiled is not taken over, even for a source that did not change."""
    place, sources = fresh(), folders(bodies=[BODIES, "x,instance,CDU,X,a", "y,instance,CDU,Y,b"])
    with monkeypatch.context() as patch:
        patch.setattr("segur_graph.compiling.version", lambda _: "0")
        parent = compile([Chosen(sources[0], "user")], None, place)
    (parent.folder / "tables" / "bodies.parquet").unlink()
    made = compile([Chosen(s, "user") for s in sources], parent, place)
    assert [row[0] for row in rows(made, "bodies")] == ["x", "y"]


def test_a_compilation_that_fails_leaves_nothing(folders, edition, fresh):
    """A row that cannot be typed fails the compilation, and no folder is left."""
    place = fresh()
    with pytest.raises(duckdb.Error):
        edition(folders(seats=[SEATS, "s,x,usagers,titulaire,filled,jamais,a"]), into=place)
    assert list(place.iterdir()) == []


# What is kept


def _named(chosen):
    return edition_id({c.source.id: c.source.digest for c in chosen})


@pytest.fixture
def kept(fresh, folders):
    """A store whose log says when its editions were published, and which are there after one more."""

    def make(days, *again):
        store = Store(fresh())
        store.editions.mkdir(parents=True)
        for name in days:
            (store.editions / name).mkdir()
        log = [json.dumps({"at": f"{day}T12:00:00+00:00", "edition": name}) for name, day in days.items()]
        log += [json.dumps({"at": f"{days[name]}T13:00:00+00:00", "edition": name}) for name in again]
        (store.folder / "published.log").write_text("".join(f"{line}\n" for line in log), "utf-8")
        new = store.publish([Chosen(s, "user") for s in folders(bodies=[BODIES, "x,instance,CDU,X,a"])])
        return {path.name for path in store.editions.iterdir()} - {new.folder.name}

    return make


def test_the_last_ten_editions_are_kept(kept):
    """Of fourteen editions of one month the last nine stay beside the new one."""
    days = {f"e{n:02}": f"2020-01-{n + 1:02}" for n in range(14)}
    assert kept(days) == {f"e{n:02}" for n in range(5, 14)}


def test_one_edition_a_month_is_kept(kept):
    """Of each month the last edition stays, however old."""
    old = {f"{month}-{day}": f"2019-{month}-{day}" for month in ("01", "02", "03") for day in ("05", "20")}
    recent = {f"e{n}": f"2020-01-1{n}" for n in range(9)}
    assert kept(old | recent) == {"01-20", "02-20", "03-20", *recent}


def test_editions_published_in_turn_count_once(kept):
    """An edition that was published again and again takes the room of one among the ten."""
    assert kept({f"e{n}": f"2020-01-1{n}" for n in range(9)}, "e8", "e7", "e8", "e7") == {f"e{n}" for n in range(9)}


def test_a_log_that_was_cut_short_loses_its_last_line_only(fresh, folders):
    """After a line of the log that was half written, the next edition is logged on a line of its own."""
    store = Store(fresh())
    a, b, c = ([Chosen(s, "user") for s in folders(bodies=[BODIES, f"{w},instance,CDU,X,a"])] for w in "xyz")
    store.publish(a)
    store.publish(b)
    log = store.folder / "published.log"
    log.write_text(log.read_text("utf-8")[:-20], "utf-8")
    store.publish(c)
    assert [entry["edition"].split("-")[0] for entry in store.published()] == [_named(a), _named(c)]


def test_a_rolled_back_edition_is_current_again(fresh, folders):
    """Publishing A, B and A again leaves A current and both there."""
    store = Store(fresh())
    a, b = ([Chosen(s, "user") for s in folders(bodies=[BODIES, f"{w},instance,CDU,X,a"])] for w in "xy")
    published = [store.publish(chosen).id for chosen in (a, b, a)]
    assert published == [_named(a), _named(b), _named(a)]
    assert store.current() is not None
    assert store.edition().id == _named(a)
    assert [entry["edition"].split("-")[0] for entry in store.published()] == published
    assert len(list(store.editions.iterdir())) == 2


def test_the_graph_says_what_the_tables_say(shelf, edition):
    """Every row of a table but a source's is one node in the graph of its source."""
    made = edition(shelf)
    store = made.graph()
    for name in ("bodies", "seats", "measures"):
        for row in rows(made, name):
            fact, source = row[-1], row[TABLES[name].names.index("source")]
            subject = ox.NamedNode(names.iri(names.fact_table(name), fact))
            predicate = ox.NamedNode(f"{DEF}source")
            assert list(store.quads_for_pattern(subject, predicate, None, ox.NamedNode(names.graph(source))))
