"""The search box: what is called so comes first, accents aside; nothing typed into it can break it."""

import pytest

from segur_api.models.search import Search


def found(client, text, **asked):
    """What the API finds: table and id."""
    answer = client.get("/api/v1/search", params={"q": text, **asked})
    return [(one.table, one.id) for one in Search.model_validate(answer.json()).results]


@pytest.mark.parametrize(
    ("text", "first"),
    [("CME", ("types", "CME")), ("cdu", ("types", "CDU")), ("crsa occ", ("bodies", "crsa-occitanie"))],
)
def test_what_is_called_so_comes_first(client, text, first):
    """An acronym in any case, or the beginning of a name, finds its thing before all others."""
    assert found(client, text)[0] == first


def test_accents_and_capitals_do_not_count(client):
    """A name is found however it is typed."""
    assert found(client, "PRÉFECTURE DE REGION") == found(client, "prefecture de région") != []


def test_a_name_is_found_in_english_too(client):
    """The English name finds as the French one does."""
    assert ("bodies", "crsa-occitanie") in found(client, "regional conference on health", limit=50)


def test_a_question_is_found_by_its_words(client):
    """Questions of the catalogue stand among the things."""
    assert ("questions", "co-signers") in found(client, "signe", limit=50)


@pytest.mark.parametrize(
    "text", ['"', "*", "CME NEAR(", "-", "a AND", "(((", "\x00", "'; DROP TABLE entry", "%", "é" * 400]
)
def test_nothing_typed_breaks_the_search(client, text):
    """The words of a query are words, whatever else they are to an index."""
    assert client.get("/api/v1/search", params={"q": text}).status_code == 200
    assert client.get("/chercher", params={"q": text}).status_code == 200


def test_a_cut_answer_says_so(client):
    """Where there is more than asked for, the answer is marked truncated."""
    assert client.get("/api/v1/search?q=c&limit=1").json()["truncated"] is True
    assert client.get("/api/v1/search?q=france assos sante occitanie&limit=50").json()["truncated"] is False


def test_the_page_tells_what_was_found_by_kind(page, lang):
    """The results page has each kind with its number, and says so where nothing was found."""
    assert "CME" in page("/chercher?q=CME", lang).text
    nothing = {"fr": "Rien ne porte ce nom", "en": "Nothing bears this name"}
    assert nothing[lang] in page("/chercher?q=xyzzy", lang).text
