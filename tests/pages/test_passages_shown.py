"""Passages in the pages: where a user gave the texts, each fact shows its own; where not, its place and address."""

import hashlib

import pytest
from starlette.testclient import TestClient

from segur_api.app import create_app
from segur_graph.edition import Chosen
from segur_graph.options import Settings
from segur_graph.store import Store

TEXT = 'Avant : <img src=x onerror=alert(1)>. Deux sièges <script>alert("2")</script> ! Après.'
QUOTE = 'Deux sièges <script>alert("2")</script> !'
PLACE = f"char={TEXT.index(QUOTE)},{TEXT.index(QUOTE) + len(QUOTE)}"
PAGES = ("/propositions", "/doc/measures/m", "/doc/sources/a", "/co-signatures?alone=1", "/lacunes/structural:CME")


@pytest.fixture(scope="module")
def texts(fresh):
    """A folder with a hostile text."""
    folder = fresh()
    (folder / "text.txt").write_text(TEXT, "utf-8", newline="")
    return folder


@pytest.fixture(scope="module")
def serve(folders, fresh):
    """The pages over a document that has a public address, with or without a folder of texts."""
    sha256 = hashlib.sha256(TEXT.encode()).hexdigest()
    sources = folders(
        sources=["id,title,sha256,url", f"a,Le document,{sha256},https://a.example/doc"],
        norms=["code,name_fr,usager_seats_min,legal_basis,confidence,locator", "CME,CME,0,CSP L1,confirmed,CSP L1"],
        types=["code,kind,label", "FAS,actor,FAS"],
        measures=["id,kind,label,proposed_by,concerns,locator", f'm,proposal,Deux sièges,FAS,CME,"{PLACE}"'],
    )
    store = Store(fresh() / "store")
    with store.writing():
        store.publish([Chosen(s, "user") for s in sources])
    return lambda folder=None: TestClient(
        create_app(Settings(store=str(store.folder)), texts=folder), headers={"Accept": "text/html"}
    )


@pytest.fixture(scope="module")
def quoting(serve, texts):
    """The pages with the texts."""
    return serve(texts)


@pytest.fixture(scope="module")
def bare(serve):
    """The pages without them."""
    return serve()


@pytest.mark.parametrize("path", PAGES)
def test_a_fact_shows_its_passage_in_its_context_as_text(quoting, parse, path):
    """The quotation is marked, its context stands around it, every space as it is, and no markup of it counts."""
    answer = quoting.get(path)
    page = parse(answer.text)
    assert "<mark>Deux sièges &lt;script&gt;alert(&#34;2&#34;)&lt;/script&gt; !</mark>" in answer.text
    assert "Avant : <img src=x onerror=alert(1)>." in page.text
    assert [a.get("src") for a in page.all("img")] == ["/static/logo.svg"]
    assert not [a for a in page.all("script") if not a.get("src") and a.get("type") != "application/ld+json"]


@pytest.mark.parametrize("path", PAGES)
def test_without_the_texts_a_fact_has_its_place_and_the_public_address(bare, parse, path):
    """Nothing is quoted, the place stands, and a link leads to the document."""
    page = parse(bare.get(path).text)
    assert not page.all("mark")
    assert "Avant" not in page.text
    assert "caractères" in page.text
    assert "https://a.example/doc" in page.links


def test_another_text_is_never_shown(serve, parse, fresh):
    """Where no file is the document, that is said."""
    folder = fresh()
    (folder / "text.txt").write_text(TEXT.replace("Deux", "Trois"), "utf-8", newline="")
    page = parse(serve(folder).get("/doc/measures/m").text)
    assert not page.all("mark")
    assert "aucun des textes donnés n'est ce document" in page.text
    assert "https://a.example/doc" in page.links


def test_a_page_that_a_browser_keeps_is_not_good_when_the_texts_change(serve, texts, fresh):
    """The tag of a page changes with the texts, and is the same for the same."""
    tags = [serve(folder).get("/propositions").headers["etag"] for folder in (None, texts, texts, fresh())]
    assert tags[1] == tags[2]
    assert len(set(tags)) == 3


def test_programs_get_places_and_no_text(quoting):
    """The ways out and the graph hold what the edition holds: the place, never the text."""
    for path in ("/propositions.json", "/propositions.csv", "/doc/measures/m.ttl", "/api/v1/measures"):
        said = quoting.get(path).text
        assert "Avant" not in said, path
        assert "alert" not in said, path
