"""An edition in a file: the same bytes each time, read by others, without any person."""

import csv
import io
import re
import zipfile

import pytest
import rdflib

from segur_graph import names
from segur_graph.errors import BadInput, SegurError
from segur_graph.export import write
from segur_graph.facts import TABLES

HOLDER = "ref-4711"
FORMATS = ("ttl", "trig", "csv")


@pytest.fixture(scope="module")
def small(folders, edition):
    """An edition of two sources with every kind of cell, and a seat with a holder."""
    return edition(
        folders(
            sources=["id,title,date", 'a,"L’arrêté, ""rouge""",2020-07-10', "b,B,"],
            bodies=["id,kind,type,label,locator", 'x,instance,CDU,"=SOMME(1;2), ""é""",p. 3', "fas,actor,FAS,FAS,"],
            seats=[
                "id,instance,group,position,state,held_for,holder,observed_on,source",
                f"s,x,usagers,titulaire,filled,fas,{HOLDER},2026-03-01,b",
            ],
            measures=[
                "id,kind,label,concerns,effect_type,effect_group,effect_seats,proposed_by",
                "m,proposal,M,x|CDU,CDU,usagers,2,fas",
            ],
            norms=["code,name_fr,valid_from,usager_seats_min,confidence", "CDU,C,2016-06-04,2,confirmed"],
        )
    )


@pytest.fixture
def exported(small, fresh):
    """Writes the edition in a format: the file."""

    def make(form, made=small):
        file = fresh() / f"edition.{form}"
        write(made, file, form)
        return file

    return make


def tables(file):
    """The tables of a zip, each as its rows."""
    with zipfile.ZipFile(file) as archive:
        return {
            name.removesuffix(".csv"): list(csv.DictReader(io.StringIO(archive.read(name).decode("utf-8"), newline="")))
            for name in archive.namelist()
            if name.endswith(".csv")
        }


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_edition_gives_the_same_bytes(exported, form):
    """An edition exported twice is the same file to the byte."""
    assert exported(form).read_bytes() == exported(form).read_bytes()


@pytest.mark.parametrize("form", FORMATS)
def test_an_edition_compiled_again_gives_the_same_bytes(small, edition, exported, form):
    """The same sources in another order, compiled elsewhere, export to the same bytes."""
    again = edition([c.source for c in small.chosen()][::-1])
    assert exported(form).read_bytes() == exported(form, again).read_bytes()


@pytest.mark.parametrize("form", FORMATS)
def test_no_holder_leaves_the_store(exported, form):
    """A reference to a person is in no export, packed or not."""
    file = exported(form)
    text = repr(tables(file)) if form == "csv" else file.read_text("utf-8")
    assert "s" in text
    assert HOLDER not in text


def test_turtle_is_opened_by_others(small, exported):
    """The Turtle is read by rdflib, which finds every triple but the holder's, with its datatype and language."""
    graph = rdflib.Graph().parse(data=exported("ttl").read_text("utf-8"), format="turtle")
    about = list(graph.predicate_objects(rdflib.URIRef(f"{names.BASE}edition/{small.id}")))
    assert len(graph) == len({q.triple for q in small.graph()}) - 1 + len(about)
    body = rdflib.URIRef(names.iri("bodies", "x"))
    assert graph.value(body, rdflib.RDFS.label) == rdflib.Literal('=SOMME(1;2), "é"', lang="fr")
    norm = rdflib.URIRef(names.iri("norms", "CDU-2016-06-04"))
    assert graph.value(norm, rdflib.URIRef(f"{names.DEF}usager_seats_min")) == rdflib.Literal(2)


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")  # its parser of TriG calls what it deprecates
def test_trig_keeps_the_named_graphs(exported):
    """The TriG is read by rdflib, which finds a graph for each source and one for what is derived from each."""
    dataset = rdflib.Dataset()
    dataset.parse(data=exported("trig").read_text("utf-8"), format="trig")
    found = {str(g.identifier) for g in dataset.graphs() if len(g)}
    assert {g for g in found if "/edition/" not in g} == {
        make(source) for source in "ab" for make in (names.graph, names.derived_graph)
    }


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_says_which_edition_it_is(small, exported, form):
    """A file says which edition it is, of which version and sources, under which licence."""
    file = exported(form)
    said = zipfile.ZipFile(file).read("edition.json").decode() if form == "csv" else file.read_text("utf-8")
    for words in (small.id, small.manifest["version"], "http://spdx.org/licenses/etalab-2.0"):
        assert words in said


def test_the_zip_has_every_table(exported):
    """The zip has one CSV a table, with all its columns, also where it has no rows."""
    with zipfile.ZipFile(exported("csv")) as archive:
        heads = {name: archive.read(name).decode("utf-8").splitlines()[0] for name in archive.namelist()}
    del heads["edition.json"]
    assert heads == {f"{t.name}.csv": ",".join(t.names) for t in TABLES.values()}


def test_the_zip_says_what_the_sources_said(exported):
    """A cell of the zip is the cell of the source: text as it is, lists joined, dates in ISO; a holder is empty."""
    told = tables(exported("csv"))
    assert told["measures"][0]["concerns"] == "x|CDU"
    assert {b["label"] for b in told["bodies"]} == {'=SOMME(1;2), "é"', "FAS"}
    assert told["sources"][0]["title"] == 'L’arrêté, "rouge"'
    assert (told["seats"][0]["observed_on"], told["seats"][0]["holder"]) == ("2026-03-01", "")


def test_a_place_that_was_filled_in_is_empty_again(exported):
    """A locator of the row's own is exported, one that was filled in where the row was read is not."""
    assert {b["id"]: b["locator"] for b in tables(exported("csv"))["bodies"]} == {"x": "p. 3", "fas": ""}


def test_the_zip_compiles_to_the_same_edition_but_for_persons(small, exported, folders, edition):
    """What the zip says makes the same edition again, if no holder is lost."""
    with zipfile.ZipFile(exported("csv")) as archive:
        text = {
            name.removesuffix(".csv"): archive.read(name).decode("utf-8").splitlines(keepends=True)
            for name in archive.namelist()
            if name.endswith(".csv")
        }
    again = edition(folders(**text))
    same = {s["id"]: s["digest"] for s in small.manifest["sources"]}
    assert {s["id"] for s in again.manifest["sources"] if s["digest"] == same[s["id"]]} == {"a"}


def test_a_failed_export_leaves_the_file_that_was_there(small, fresh, monkeypatch):
    """Where writing fails, the former file stays whole and nothing is left beside it."""
    file = fresh() / "edition.csv"
    write(small, file, "csv")
    before = file.read_bytes()
    monkeypatch.setattr("segur_graph.export._rows", lambda *_: (_ for _ in ()).throw(SegurError("full")))
    with pytest.raises(SegurError):
        write(small, file, "csv")
    assert file.read_bytes() == before
    assert [path.name for path in file.parent.iterdir()] == ["edition.csv"]


def test_a_folder_that_is_not_there_is_named_as_it_was_asked_for(small, fresh):
    """A file in no folder is refused with the name that was given, not that of the fresh file beside it."""
    asked = fresh() / "nowhere" / "edition.ttl"
    with pytest.raises(BadInput, match=re.escape(f"{asked} : ")):
        write(small, asked, "ttl")
