"""What is asked for: who asks for the same, every proposal, who takes part at which stage."""

import csv
import io
import re

import pytest

DESIGN = "doc-000-usagers-dans-la-creation-des-msp-et-cpts", "doc-001-usagers-des-la-construction-des-projets"
CHOICE = re.compile(
    r'<a href="([^"]+)" data-swap data-key="([^"=]+)=[^"]+"><span>[^<]+</span><span class="count">(\d+)<'
)


def rows(answer):
    """The rows of a CSV answer."""
    return list(csv.DictReader(io.StringIO(answer.text)))


def test_who_asks_for_the_same_is_in_the_matrix_and_signs_nothing(client):
    """Its cell is a ring, and the row of the table says that it does not sign."""
    text = client.get("/co-signatures").text
    group = text[text.index("groupe-de-travail-crsa-covid-deconfinement-occitanie") :]
    assert 'class="sign is-same"' in group.split("</tr>")[0]
    row = next(row for row in text.split("<tr")[1:] if f'id="{DESIGN[0]}--groupe-de-travail' in row)
    assert "ne signe pas" in row
    assert "is-signed" not in row


@pytest.mark.parametrize("path", ["/", "/co-signatures"])
def test_every_cell_of_the_matrix_leads_to_its_row(page, path):
    """A cell is a link to the row that says where it is read, also from the first screen."""
    cells = [a["href"].partition("#") for a in page(path).all("a", class_="cell")]
    there = {a["id"] for _, a in page("/co-signatures").elements if "id" in a}
    assert len(cells) > 10
    assert {anchor for _, _, anchor in cells} <= there
    assert all(to.startswith("/co-signatures") for to, _, _ in cells if to)


def test_a_measure_of_one_author_is_in_the_matrix_where_another_asks_for_the_same(page):
    """Who asks for the same brings a measure into the matrix, and a choice finds it."""
    assert "Des usagers dès la création des MSP et CPTS" in page("/co-signatures?modality=same").text
    assert "Diffusion cosignée" not in page("/co-signatures?modality=same").text


def test_signatories_authors_and_those_who_ask_are_four_counts(page):
    """They stand side by side."""
    said = page("/co-signatures").text
    assert re.search(r"\d+ auteurs? · \d+ co-signataires? · \d+ pressentis · \d+ qui demandent la même chose", said)


def test_the_matrix_is_taken_away_with_three_marks(client):
    """Its CSV tells signed, foreseen and asking apart, and where those who ask do so."""
    found = rows(client.get("/co-signatures.csv"))
    assert {row["mark"] for row in found} == {"signed", "foreseen", "same"}
    asking = {(row["measure"], row["asks_same_in"]) for row in found if row["mark"] == "same"}
    assert asking == {DESIGN, DESIGN[::-1]}
    assert not any(row["modality"] for row in found if row["mark"] == "same")


def test_a_fiche_tells_who_asks_for_the_same_and_why(page, lang):
    """The other request, its author, its document, and the reason of the verdict."""
    fiche = page(f"/doc/measures/{DESIGN[1]}", lang)
    said = fiche.text
    for wanted in ("France Assos Santé Occitanie", "doc-000", "même demande"):
        assert wanted in said[said.index("Demandent la même chose" if lang == "fr" else "Ask for the same") :]
    assert any(link.startswith(f"/doc/measures/{DESIGN[0]}") for link in fiche.links)


def test_who_else_asks_for_users_from_the_design_of_projects(client):
    """Words of the title, accents and capitals apart, find a request, and with it the other document that makes it."""
    for words, own, other in (("USAGERS+creation", *DESIGN), ("users+projects+design", *reversed(DESIGN))):
        (found,) = client.get(f"/propositions.json?q={words}").json()["measures"]
        (also,) = found["asks_same"]
        assert (found["id"], also["id"]) == (own, other)
        assert {place["source"] for told in (found, also) for place in told["places"]} == {"doc-000", "doc-001"}
        assert also["why"].startswith("Lecture : même demande")


def test_a_facet_of_the_proposals_leaves_as_many_as_it_says(client, lang):
    """Of every facet its first value: the page behind the link has as many lines."""
    text = client.get(f"/propositions?lang={lang}").text
    first = {name: (link, count) for link, name, count in reversed(CHOICE.findall(text))}
    assert first.keys() >= {"also", "document", "nature", "author", "pillar", "sector", "theme", "stage"}
    for link, count in first.values():
        shown = client.get(link.replace("&amp;", "&")).text
        assert shown.count('<li class="proposal"') == int(count), link


def test_the_ways_out_hold_the_lines_of_the_page(client):
    """CSV and JSON of one address have the ids of its page, in its order."""
    asked = "document=doc-003&stage=elaboration"
    shown = re.findall(r'<li class="proposal" id="([^"]+)"', client.get(f"/propositions?{asked}").text)
    assert shown
    assert [row["id"] for row in rows(client.get(f"/propositions.csv?{asked}"))] == shown
    assert [m["id"] for m in client.get(f"/propositions.json?{asked}").json()["measures"]] == shown


def test_a_signature_that_is_wished_for_is_never_told_as_done(client):
    """Of the co-signed messages everybody is foreseen, nobody an author or co-signatory by that."""
    told = client.get("/propositions.json?foreseen=ars-occitanie").json()["measures"]
    assert [m["id"] for m in told] == ["doc-000-diffusion-cosignee"]
    assert "ars-occitanie" in told[0]["foreseen"]
    assert told[0]["cosignatories"] == []
    text = client.get("/propositions?foreseen=ars-occitanie").text
    assert "Pressenti (cosignataire)" in text
    assert "Co-signe" not in text


def test_what_is_not_said_is_a_choice_of_its_own_and_comes_last(client):
    """A pillar that no document says is `none`, which finds those measures."""
    names = [name for _, name, _ in CHOICE.findall(client.get("/propositions").text) if name == "pillar"]
    links = [link for link, name, _ in CHOICE.findall(client.get("/propositions").text) if name == "pillar"]
    assert len(names) > 1
    assert links[-1].endswith("pillar=none")
    found = client.get("/propositions.json?pillar=none").json()["measures"]
    assert found
    assert {m["pillar"] for m in found} == {None}


def test_a_stage_says_how_and_an_empty_cell_is_unknown(client):
    """Effective, requested and lacking are three marks; where nothing is said, just that is said."""
    text = client.get("/etapes").text
    row = text[text.index('id="conv-1"') :].split("</tr>")[0].split("<td")[1:]
    assert ["is-seen" in row[0], "is-lacking" in row[2]] == [True, True]
    assert ["rien n" in cell for cell in row] == [False, True, False, True]
    asked = text[text.index('id="doc-000-appui-des-cvs"') :].split("</tr>")[0]
    assert "is-asked" in asked
    assert "is-seen" not in asked


def test_measures_without_a_stage_are_counted_as_unknown(page):
    """They are no rows of the table, but told, with a link to them."""
    shown = page("/etapes")
    assert "aucun document ne dit qui prend part : c'est inconnu" in shown.text
    assert any(link.startswith("/propositions") and "stage=none" in link for link in shown.links)


def test_stages_are_narrowed_and_taken_away(client):
    """A document, a pillar and a group narrow the page, its CSV and its JSON alike."""
    asked = "document=doc-001&group=usagers"
    found = rows(client.get(f"/etapes.csv?{asked}"))
    assert {(row["source"], row["group"]) for row in found} == {("doc-001", "usagers")}
    assert client.get(f"/etapes.json?{asked}").json()["participations"][0]["measure"] == found[0]["measure"]
    shown = client.get(f"/etapes?{asked}").text
    assert shown.count('role="rowheader"') == len({row["measure"] for row in found})
    assert not rows(client.get("/etapes.csv?pillar=1"))
