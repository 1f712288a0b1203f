"""Lists as long as a country: their first lines are shown, and all of them are counted."""

from collections import Counter

from segur_api.routes import pages
from segur_api.views import fiche, matrix
from segur_api.views.narrowing import counted


def test_a_long_list_tells_how_many_it_leaves_out(page, monkeypatch):
    """Beyond what a list shows, the page says how many there are; facets count them all."""
    whole = page("/lacunes?as_of=2026-06-30")
    monkeypatch.setattr(pages, "LISTED", 1)
    cut = page("/lacunes?as_of=2026-06-30")
    rows = [a for a in whole.all("tr") if a.get("id")]
    assert len(rows) > 1
    assert len([a for a in cut.all("tr") if a.get("id")]) == 1
    assert f"Les 1 premières lignes sur {len(rows)}" in cut.text
    assert cut.all("span", class_="count") == whole.all("span", class_="count")
    assert "premières lignes sur" not in whole.text


def test_what_rests_on_a_large_source_is_cut_and_counted(page, monkeypatch):
    """Of what rests on a source the first are listed, and the others counted."""
    monkeypatch.setattr(fiche, "LISTED", 1)
    told = page("/doc/sources/registre?as_of=2026-06-30")
    assert "de plus, parmi les lacunes et les questions" in told.text
    assert len([link for link in told.links if link.startswith("/lacunes/")]) == 1


def test_a_long_matrix_shows_its_latest_measures_and_offers_every_party(page, monkeypatch):
    """Beyond what a matrix shows, the latest measures stand in it; every party can still be chosen."""
    whole = page("/co-signatures?as_of=2026-06-30")
    monkeypatch.setattr(matrix, "MOST", 1)
    cut = page("/co-signatures?as_of=2026-06-30")
    assert "1 mesures les plus récentes sur" in cut.text
    assert [a["value"] for a in cut.all("option")] == [a["value"] for a in whole.all("option")]
    assert {link.partition("?")[0] for link in cut.links if "/doc/measures/" in link} == {"/doc/measures/conv-1"}


def test_lines_that_share_a_list_of_values_are_counted_together():
    """A list that two lines share counts twice, as two equal lists do."""
    shared = ["a", "b"]
    assert counted([shared, shared, ["a"], ["a"], []]) == Counter(a=4, b=2)
