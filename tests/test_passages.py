"""Every fact that a document gives points at the passage that says it: tests/passages names the words to find there."""

import csv
import hashlib
import re
from pathlib import Path

import pytest

from segur_graph.facts import TABLES
from segur_graph.rdf import PASSAGE
from segur_ingest.build import shipped

EXPECTED = sorted((Path(__file__).parent / "passages").glob("*.csv"))
# How a line names a row: its key, or where it has none the columns that tell it from others of its document.
KEYS = {
    "memberships": ("body", "member", "role", "modality"),
    "signatures": ("measure", "body", "role", "modality"),
    "participations": ("measure", "stage", "group", "body", "modality"),
    "attendances": ("meeting", "body", "group", "status"),
    "figures": ("territory", "type", "group", "position", "figure"),
    "links": ("from", "relation", "to"),
    "compositions": ("instance", "group", "observed_on"),
    "seats": ("id", "observed_on"),
}


def offsets(locator):
    """The start and end of a passage."""
    start, end = locator.removeprefix("char=").split(",")
    return int(start), int(end)


@pytest.fixture(params=EXPECTED, ids=lambda path: path.stem)
def document(request):
    """A document's source, the located rows of its tables by name, and the words that each passage is to hold."""
    source = next(s for s in shipped() if s.id == request.param.stem)
    located = {
        (table.name, "|".join(row[c] for c in KEYS.get(table.name, table.key))): row["locator"]
        for table in source.tables()[1:]
        for row in source.rows(table)
        if row["locator"].startswith("char=")
    }
    with request.param.open(encoding="utf-8", newline="") as file:
        words = [(line["table"], line["row"], line["words"]) for line in csv.DictReader(file)]
    return source, located, words


@pytest.fixture
def text(document, shared):
    """The text of a document: that of the corpus with the sha256 that its manifest says."""
    source = document[0]
    texts = {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in (shared / "corpus").glob("*.txt")}
    return texts[source.manifest["sha256"]].read_bytes().decode("utf-8")


def test_every_located_row_is_covered_by_a_line(document):
    """Each row with a passage has a line that says what the passage holds, and each line has its row."""
    _, located, words = document
    assert {(table, row) for table, row, _ in words} == set(located)


def test_every_row_of_a_document_is_located(document):
    """Each row of a document says where in the document it stands, in a form that can be followed."""
    source, located, _ = document
    rows = [row for table in source.tables()[1:] for row in source.rows(table)]
    assert all(PASSAGE.fullmatch(row["locator"]) for row in rows)
    assert len(located) == len(rows)


@pytest.mark.shared
def test_a_passage_holds_the_words_that_are_meant(document, text):
    """The passage of each row, runs of white space folded, holds the words of its line."""
    _, located, words = document
    missed = []
    for table, row, meant in words:
        start, end = offsets(located[table, row])
        if meant not in re.sub(r"\s+", " ", text[start:end]):
            missed.append((table, row, meant, text[start:end]))
    assert missed == []


@pytest.mark.shared
def test_a_passage_lies_in_its_text(document, text):
    """A passage begins before it ends, inside the text, and neither begins nor ends in white space."""
    for locator in document[1].values():
        start, end = offsets(locator)
        assert 0 <= start < end <= len(text), locator
        assert text[start:end] == text[start:end].strip(), locator


@pytest.mark.shared
def test_a_passage_does_not_tear_a_word(document, text):
    """A passage begins and ends between words."""
    for locator in document[1].values():
        start, end = offsets(locator)
        torn = re.search(r"\w\Z", text[start - 1 : start]) and re.match(r"\w", text[start])
        torn = torn or (re.match(r"\w", text[end : end + 1]) and re.match(r"\w", text[end - 1]))
        assert not torn, (locator, text[start:end])


def test_every_document_has_its_lines():
    """Each shipped document that was read has a file of passages: a new one is noticed."""
    read = {
        source.id
        for source in shipped()
        if source.manifest["sha256"]
        and any(row["locator"].startswith("char=") for table in source.tables()[1:] for row in source.rows(table))
    }
    assert {path.stem for path in EXPECTED} == read
    assert set(KEYS) <= set(TABLES)
