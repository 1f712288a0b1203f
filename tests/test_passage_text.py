"""Where the user has the text, a fact's passage is quoted in its context; a text that is another is not."""

import hashlib
import os
import subprocess

import pytest

from segur_graph import passages
from segur_graph.edition import Chosen
from segur_graph.passages import Passage, Texts
from segur_graph.store import Store

TEXT = "Le comité se réunit.\r\nLes usagers n'y ont pas de siège ; ils en demandent deux.\r\nFin."
QUOTE = "ils en demandent deux"


def locator(text, quote=QUOTE):
    """Where a quotation stands in a text."""
    start = text.index(quote)
    return f"char={start},{start + len(quote)}"


@pytest.fixture
def kept(fresh):
    """Keeps a text in a folder; gives its source's row and the folder."""

    def keep(text=TEXT):
        folder = fresh()
        (folder / "below").mkdir()
        written = text.encode()
        (folder / "below" / "any name.txt").write_bytes(written)
        return {"id": "a", "sha256": hashlib.sha256(written).hexdigest()}, folder

    return keep


def test_a_passage_is_quoted_in_its_context(kept):
    """The file is found by its sha256, whatever its name; line ends count as they are."""
    source, folder = kept()
    found = Texts(folder).passage(source, locator(TEXT))
    assert isinstance(found, Passage)
    assert found.quote == QUOTE
    assert found.before + found.quote + found.after == TEXT


def test_a_long_context_is_cut_at_words(kept):
    """On either side at most two hundred characters, and no half word."""
    text = "abcdefg " * 60 + QUOTE + " hijklmn" * 60
    source, folder = kept(text)
    found = Texts(folder).passage(source, locator(text))
    assert isinstance(found, Passage)
    assert set(found.before.split()) == {"abcdefg"}
    assert set(found.after.split()) == {"hijklmn"}
    assert 190 < len(found.before) <= 200
    assert 190 < len(found.after) <= 200


def test_another_text_is_never_quoted(kept):
    """One character changed, and the text is not the document's: it is said, not shown."""
    source, folder = kept()
    (folder / "below" / "any name.txt").write_bytes(TEXT.replace("deux", "trois").encode())
    assert Texts(folder).passage(source, locator(TEXT)) == "no-text"
    assert "sha256" in Texts(folder).told(source, locator(TEXT), "fr")


def test_a_source_without_fingerprint_has_no_text(kept):
    """Without a sha256 nothing tells whose text a file is."""
    assert Texts(kept()[1]).passage({"id": "a", "sha256": None}, locator(TEXT)) == "no-text"


@pytest.mark.parametrize("place", ["char=0,9999", "char=9,9", "char=9,3"])
def test_a_place_beyond_the_text_is_said(kept, place):
    """A passage that the text has not, or that is empty, is not shown."""
    source, folder = kept()
    assert Texts(folder).passage(source, place) == "not-in-text"
    assert "a" in Texts(folder).told(source, place, "en")


def test_a_cell_of_a_table_is_no_passage(kept):
    """An article or a table's cell has nothing to quote, and nothing is said about it."""
    source, folder = kept()
    assert Texts(folder).passage(source, "seats.csv:41") == "no-passage"
    assert not Texts(folder).told(source, "CSP L1112-3", "fr")


def test_what_cannot_be_read_is_no_text(kept, monkeypatch):
    """A file of the folder that cannot be opened is passed over."""
    source, folder = kept()
    monkeypatch.setattr(type(folder), "open", lambda *_: (_ for _ in ()).throw(PermissionError()))
    passages._digest.cache_clear()
    assert Texts(folder).passage(source, locator(TEXT)) == "no-text"


@pytest.fixture
def explained(folders, fresh, kept):
    """What `segur explain` says of a type that a document names, with some options."""

    def run(*options, environment=None):
        source, folder = kept()
        made = folders(
            sources=["id,title,sha256", f"a,Le document,{source['sha256']}"],
            norms=["code,name_fr,usager_seats_min,legal_basis,confidence,locator", "CME,CME,0,CSP L1,confirmed,CSP L1"],
            measures=["id,kind,label,concerns,locator", f'm,measure,Deux sièges,CME,"{locator(TEXT)}"'],
        )
        store = Store(fresh())
        with store.writing():
            store.publish([Chosen(s, "user") for s in made])
        line = ["segur", "--store", str(store.folder), "explain", "structural:CME", *options]
        line = [str(folder) if part == "FOLDER" else part for part in line]
        environ = {name: str(folder) for name in environment or ()}
        return subprocess.run(line, capture_output=True, text=True, check=False, env=os.environ | environ)

    return run


def test_explain_quotes_what_it_rests_on(explained):
    """With a folder of texts the quotation follows its sentence, marked; the option and the variable do the same."""
    for answer in (explained("--texts", "FOLDER"), explained(environment=["SEGUR_TEXTS"])):
        lines = answer.stdout.splitlines()
        quoted = next(number for number, line in enumerate(lines) if f"⟦{QUOTE}⟧" in line)
        assert "Repose sur" in lines[quoted - 1]
        assert locator(TEXT) in lines[quoted - 1]


def test_explain_without_texts_quotes_nothing(explained):
    """By default the locator stands alone."""
    answer = explained()
    assert answer.returncode == 0
    assert "⟦" not in answer.stdout
    assert "Le texte" not in answer.stdout


def test_a_folder_that_is_not_there_is_bad_usage(explained):
    """A wrong folder is told at once."""
    assert explained("--texts", "nowhere").returncode == 2


@pytest.mark.shared
def test_the_shipped_documents_are_found_in_the_corpus(shared):
    """Each measure of a shipped document has its passage in the text, unchanged."""
    from segur_ingest.build import shipped

    texts = Texts(shared / "corpus")
    for source in shipped():
        for table in source.tables():
            if source.manifest["sha256"] and table.name == "measures":
                for row in source.rows(table):
                    found = texts.passage(source.manifest, row["locator"])
                    assert isinstance(found, Passage), row["id"]
