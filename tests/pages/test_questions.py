"""The page Requêtes, and the panels of questions on fiches."""

import pytest

from segur_graph import catalogue

NAMES = list(catalogue.shipped())


@pytest.mark.parametrize("name", NAMES)
def test_every_question_has_a_page(name, page, lang):
    """It shows the sentence with its slots, the answer to the example, the query behind it, and the ways out."""
    found = page(f"/requetes/{name}", lang)
    question = catalogue.shipped()[name]
    assert question.front.title.told(lang) in found.text
    fields = {a["name"] for tag in ("select", "input") for a in found.all(tag) if "name" in a}
    assert set(question.front.parameters) <= fields
    assert f"segur ask {name}" in found.text
    assert any(link.startswith(f"/api/v1/questions/{name}.csv") for link in found.links)
    assert ("UNDEF" in found.text) == any(p.optional for p in question.front.parameters.values() if not question.dated)


def test_a_slot_keeps_its_value_and_narrows_the_answer(page):
    """The address is the state: the value chosen is selected, and the answer is its own."""
    found = page("/requetes/seats-known?type=CDU")
    assert "selected" in next(a for a in found.all("option", value="CDU"))
    assert found.all("select", name="type")
    everything = page("/requetes/seats-known")
    assert len(everything.all("tr")) > len(found.all("tr")) > 1


def test_an_empty_answer_is_unknown_not_absent(page):
    """Where no source says it, the page says that it is unknown."""
    found = page("/requetes/measures-without-usagers?pillar=1")
    assert "est inconnu : ni présent, ni absent." in found.text


def test_a_fiche_has_the_panels_of_its_class(page):
    """A body's page asks the questions that name bodies, and leads to them filled in; an empty one is not shown."""
    found = page("/doc/bodies/corevih-grand-est")
    assert "Avec qui signe-t-on ?" in found.text
    assert "/requetes/co-signers?lang=fr&party=corevih-grand-est" in found.links
    assert "Qui est aussi dans d'autres instances ?" not in found.text


def test_a_bad_value_is_a_page_that_says_so(page):
    """What a slot cannot take ends in a page that names it."""
    assert "party" in page("/requetes/co-signers?party=nobody", status=400).text
    page("/requetes/no-such-question", status=404)


def test_foreseen_is_never_signed(page):
    """A foreseen signature is told as such in a question's answer."""
    found = page("/requetes/co-signers?party=ORDRE")
    assert "pressenti" in found.text
    assert {"class": "sign is-foreseen"} in found.all("span")
    assert {"class": "sign is-signed"} not in found.all("span")


LARGE = "shortest-path"


@pytest.mark.parametrize("name", [n for n in NAMES if n != LARGE and not catalogue.shipped()[n].dated])
def test_a_question_of_the_graph_opens_in_the_editor_and_runs(name, page):
    """It leads to the editor with its query, its slots filled, and the cage takes it."""
    link = next(link for link in page(f"/requetes/{name}").links if link.startswith("/sparql?"))
    assert page(link).all("section", id="reponse")


def test_a_question_larger_than_a_free_query_does_not_lead_to_the_editor(page):
    """A question that ships may be larger than the cage takes: it answers, and does not lead to the editor."""
    found = page(f"/requetes/{LARGE}")
    assert "sg:coSigns" in found.text
    assert not [link for link in found.links if link.startswith("/sparql?")]


def test_a_query_is_shown_letter_for_letter(client):
    """French typography, which sets a thin space before a semicolon, does not touch a query."""
    query = "ASK { ?s ?p ?o ; ?q ?r } # « x »"
    assert f"\n{query}</textarea>" in client.get("/sparql", params={"query": query, "lang": "fr"}).text
    assert "\u202f;" not in client.get("/requetes/about?lang=fr").text.partition("<pre")[2].partition("</pre>")[0]
