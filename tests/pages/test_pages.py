"""The pages as a program without JavaScript reads them."""

import json
import re
from pathlib import Path

import pytest

from segur_api.views import words
from segur_api.views.relations import relations
from segur_graph.facts import CODES, TABLES

PAGES = Path(words.FILE).parent


def test_every_text_is_there_in_both_languages():
    assert all(set(said) == {"fr", "en"} and all(said.values()) for said in words.texts().values())


def test_every_column_table_relation_and_code_list_has_its_words():
    known = words.texts()
    columns = {f"columns.{c.name}" for t in TABLES.values() for c in t.columns}
    tables = {f"tables.{name}" for name in (*TABLES, "observations")}
    counts = {f"counts.{name}" for name in TABLES if name != "sources"}
    lists = {f"codes.{name}" for name in CODES}
    seen = {f"relations.{r.name}" for name in TABLES for r in relations(name)}
    sources = {f"relations.{name}-source" for name in TABLES if name != "sources"}
    assert columns | tables | counts | lists | seen | sources <= known.keys()


def test_templates_ask_only_for_texts_that_there_are():
    call = re.compile(r"""\bt\(["']([a-z_]+\.[a-z_]+)["'][,)]""")
    asked = {name for file in PAGES.glob("*.html") for name in call.findall(file.read_text("utf-8"))}
    assert asked
    assert asked <= words.texts().keys()


def test_the_first_screen_asks_the_question_and_never_adds_the_counts_up(client, page):
    counts = [a["class"] for a in page("/").all("li") if a.get("class", "").startswith("tile ")]
    assert counts == ["tile is-established", "tile is-check", "tile is-unknown"]
    shown = re.findall(r'class="tile-n">(\d+)<', client.get("/").text)
    told = client.get("/lacunes").text
    assert len(shown) == 3
    assert str(int(shown[0]) + int(shown[1]) + int(shown[2])) not in re.findall(r">(\d+)<", told)
    assert "Où manquent les usagers" in page("/").text


def test_a_gap_on_the_first_screen_has_its_article_who_asks_and_its_proof(page):
    text, links = page("/").text, page("/").links
    assert "Commission médicale d'établissement" in text
    assert "CSP L6144-1" in text
    assert "France Assos Santé Occitanie" in text
    assert any(link.startswith("/lacunes/structural:EPS_CME") for link in links)


def test_a_question_is_never_a_gap(client):
    text = client.get("/lacunes").text
    table, questions = text[: text.index('id="inconnu"')], text[text.index('id="inconnu"') :]
    assert "unknown-seat:cdu-340000001" in questions
    assert "cdu-340000001" not in table
    assert "is-established" not in questions.split("<footer")[0]


def test_an_old_gap_begins_with_its_date(page):
    assert "Vu le 10 avril 2024 : " in page("/lacunes").text


def test_a_facet_leaves_as_many_gaps_as_it_says(client, lang):
    text = client.get(f"/lacunes?lang={lang}").text
    choice = re.compile(r'<a href="([^"]+)" data-swap data-key="[^"]+"><span>[^<]+</span><span class="count">(\d+)<')
    choices = choice.findall(text)
    assert len(choices) > 10
    for link, count in choices:
        shown = client.get(link.replace("&amp;", "&")).text.partition('id="gaps"')[2].partition("</table>")[0]
        assert shown.count('role="rowheader"') == int(count), link


def test_the_csv_of_the_gaps_holds_those_of_the_page(client):
    asked = "standing=check&kind=vacant-seat"
    rows = client.get(f"/lacunes.csv?{asked}").text.splitlines()
    assert [row.split(",")[0] for row in rows] == ["id", "vacant-seat:cdu-310000002"]
    assert f"/lacunes.csv?{asked}" in client.get(f"/lacunes?{asked}").text.replace("&amp;", "&")


@pytest.mark.parametrize("path", ["lacunes", "co-signatures", "propositions", "etapes", "territoires"])
def test_the_csv_of_a_page_opens_in_a_french_spreadsheet(client, page, path):
    """The CSV that a page offers opens in a French spreadsheet: a byte order mark, semicolons."""
    offered = next(link for link in page(f"/{path}").links if ".csv" in link and "excel=1" in link)
    head = client.get(offered).text.splitlines()[0]
    assert head.startswith("\ufeff")
    assert ";" in head


def test_a_proposal_tells_what_its_adoption_would_close(page):
    """The fiche of a proposal tells the gaps that its adoption would close, as the API does."""
    shown = page("/doc/measures/doc-000-usagers-en-cme")
    assert "2 lacunes se fermeraient" in shown.text
    assert not page("/doc/measures/doc-000-diffusion-cosignee").all("section", id="et-si")


def test_a_territory_narrows_gaps_and_keeps_what_the_nation_decides(page):
    text = page("/lacunes?territory=REG-28").text
    assert "CDU du CHU de Toulouse" not in text
    assert "Commission médicale d'établissement" in text


def test_the_proof_goes_from_what_is_missing_to_the_passage(page):
    proof = page("/lacunes/structural:EPS_CME")
    assert proof.all("ol", class_="steps")
    for said in ("Aucun siège n'est garanti", "CSP L6144-1", "confirmé", "caractères", "France Assos Santé", "Citer"):
        assert said in proof.text
    assert any(link.startswith("/doc/measures/") for link in proof.links)
    assert page("/lacunes/nothing:here", status=404).text.count("Introuvable")


def test_a_fiche_tells_what_is_missing_how_to_cite_and_holds_linked_data(client, read, fiche):
    page = read(client, fiche)
    assert len(page.all("h1")) == 1
    assert "Citer" in page.text
    assert "Ce qui manque ici" in page.text or "Ce qui repose sur cette source" in page.text
    assert "w3id.org/segur-graph/id/" in json.dumps(json.loads(page.blocks[0]))
    assert {a["type"] for a in page.all("link", rel="alternate") if "type" in a} >= {"text/turtle", "text/csv"}


def test_a_published_figure_is_not_told_to_lack_nothing(client):
    """The page of a published figure says nothing of what is missing: it is a total, no body."""
    [row, *_] = client.app.state.library.open().tables.query("SELECT fact FROM figures")
    assert "Rien de documenté ne manque" not in client.get(f"/doc/figures/{row['fact']}").text


def test_every_row_of_every_table_has_a_fiche(client):
    opened = client.app.state.library.open()
    for name in TABLES:
        row = opened.tables.query(f"SELECT * FROM {name} LIMIT 1")[0]
        table = "observations" if name == "seats" else name
        key = row["id" if name == "sources" else "fact"]
        assert client.get(f"/doc/{table}/{key}").status_code == 200, name


def test_asked_for_required_and_observed_stand_apart(page):
    fiche = page("/doc/bodies/cdu-310781406")
    assert [a["class"] for a in fiche.all("div") if a.get("class", "").startswith("one ")] == [
        "one is-law",
        "one is-asked",
        "one is-seen",
    ]
    assert "Au moins 2 sièges d'usagers" in fiche.text
    assert "1 siège d'usagers occupé" in fiche.text
    assert "proposé" in page("/doc/bodies/groupe-essai").text


def test_what_no_source_says_is_unknown_and_never_absent(page):
    text = page("/doc/bodies/ars-occitanie").text
    assert "Rien de documenté ne manque ici" in text
    assert "reste inconnu" in text


def test_who_signs_with_the_ars_is_told_apart_from_who_is_foreseen(client):
    text = client.get("/co-signatures?party=ars-occitanie").text
    signed, foreseen, same = text.split('class="partners is-')[1:]
    assert "CHU de Toulouse" in signed
    assert "Préfecture de région Occitanie" not in signed
    assert "Préfecture de région Occitanie" in foreseen
    assert "Préfecture de région Occitanie" not in same.split("</section>")[0]


def test_norms_quoted_from_memory_come_first(client):
    norms = re.findall(r'<tr role="row" class="is-(confirmed|check)">', client.get("/donnees").text)
    assert norms == sorted(norms)
    assert len(norms) > 90


def test_french_is_set_as_french(client):
    text = client.get("/").text
    assert "occupé\u202f?" in text
    assert not re.search(r" [?;!:»](?=[\s<])", re.sub(r"<(script|svg).*?</\1>", "", text, flags=re.DOTALL))


@pytest.mark.parametrize(
    ("path", "status"), [("/nulle-part", 404), ("/?territory=ICI", 400), ("/doc/bodies/rien", 404)]
)
def test_an_error_is_a_page(page, path, status):
    assert "Revenir au tableau de bord" in page(path, status=status).text


def test_a_gap_that_was_closed_is_not_told_to_be_nowhere(page):
    """The address of a gap that is not open on the date says so."""
    assert (
        "Lacune qui n'est pas ouverte" in page("/lacunes/vacant-seat:cdu-310781406?as_of=2020-07-10", status=404).text
    )
