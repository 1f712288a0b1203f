"""The page that compares two editions or dates."""

from urllib.parse import parse_qs, urlsplit

import pytest


@pytest.fixture
def compared(client, read, lang):
    """Reads the comparison of two days of the small register."""
    return read(client, "/comparer?a_on=2026-02-01&b_on=2026-06-30", lang, 200)


def test_each_difference_is_shown_with_its_cause(compared, lang):
    """A seat that was seen vacant is shown with its cause in words."""
    said = {"fr": "Le monde 2 sièges ont été vus vacants", "en": "The world 2 seats were seen vacant"}
    assert said[lang] in compared.text


def test_a_question_that_became_a_gap_says_what_it_was(compared, lang):
    """What closes says what is told instead: closed is not filled."""
    assert {"fr": "Désormais :", "en": "Now:"}[lang] in compared.text
    assert {"fr": "Avant :", "en": "Before:"}[lang] in compared.text


def test_the_state_is_in_the_address_and_goes_out_as_csv(client, compared):
    """The forms carry both sides; the CSV holds what the page shows."""
    assert [a["value"] for a in compared.all("input", type="date")] == ["2026-02-01", "2026-06-30"]
    [out] = [link for link in compared.links if ".csv" in link]
    asked = parse_qs(urlsplit(out).query)
    assert (asked["a"], asked["b"]) == (["@2026-02-01"], ["@2026-06-30"])
    assert "vacant-seat" in client.get(out).text


def test_without_a_question_it_shows_the_last_year(client, read):
    """Where there is no edition before this one, the page compares it with itself a year ago."""
    first, last = (a["value"] for a in read(client, "/comparer?as_of=2026-06-30").all("input", type="date"))
    assert (first, last) == ("2025-06-30", "2026-06-30")


def test_a_day_like_another_differs_in_nothing(client, read):
    """Nothing is told to differ where nothing does."""
    assert "Rien ne diffère." in read(client, "/comparer?a=2026-06-30&b=2026-06-30").text


def test_an_edition_that_is_not_kept_is_a_page_that_says_so(client, read):
    """An edition that is not there is told on a page, with those that are."""
    assert "ID@AAAA-MM-JJ" in read(client, "/comparer?a=ffff&b=current", status=400).text
