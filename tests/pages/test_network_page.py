"""The page Réseau as a program without JavaScript reads it: picture, table, filter, node, path, files."""

import re
from io import BytesIO

import networkx as nx
import pytest

CHOSEN = "/reseau?territory=REG-76"
NONE = "/reseau/chemin?from=France+Assos+Santé+Occitanie&to=Préfecture+de+région+Occitanie"


@pytest.fixture
def drawn(client, parse):
    """The ids of the nodes and edges that the picture of an address holds; not those of the narrow one."""

    def ids(path, part="stage"):
        text = client.get(path).text
        found = re.findall(rf'id="{part}".*?</svg>', text, re.DOTALL)
        return {a["data-id"] for _, a in parse(found[0]).elements if "data-id" in a}

    return ids


@pytest.fixture
def listed(client, parse):
    """The ids of the table of an address."""
    return lambda path: {a["data-id"] for a in parse(client.get(path).text).all("tr") if "data-id" in a}


@pytest.mark.parametrize(
    "query", ["territory=REG-76", "", "nature=actor,instance", "group=usagers&relation=carries", "state=gap"]
)
def test_picture_and_table_hold_the_same(drawn, listed, query):
    """Picture and table of the same state hold the same nodes and edges."""
    assert drawn(f"/reseau?{query}") == listed(f"/reseau?view=table&{query}") != set()


def test_the_tabs_of_a_neighbourhood_lead_to_its_table(page, drawn, listed):
    """From the picture of a neighbourhood one comes to the table of the same; from that of all, to all."""
    for path in ("/reseau?view=near&centre=CME&open=*", "/reseau?view=near", "/reseau?centre=CME"):
        table = next(link for link in page(path).links if "view=table" in link)
        assert listed(table) == drawn(path) != set()


def test_a_box_without_javascript_filters(client, drawn, parse):
    """A form sends its boxes one by one: the filter is the same as the address with commas."""
    told = drawn("/reseau?nature=actor&nature=instance")
    assert told == drawn("/reseau?nature=actor,instance")
    kinds = {i.partition("/")[0] for i in told if ":" not in i}
    assert kinds == {"bodies"}
    page = parse(client.get("/reseau?nature=actor&nature=instance").text)
    boxes = {a["value"]: "checked" in a for a in page.all("input", name="nature")}
    assert boxes["actor"]
    assert boxes["instance"]
    assert not boxes["proposal"]


def test_the_legend_counts_what_the_picture_holds(client, drawn):
    """Each number of the legend is the number of such nodes."""
    text = client.get(CHOSEN).text
    for value in ("actor", "instance", "proposal"):
        count = re.findall(rf'id="f-nature-{value}".*?sign-n">(\d+)<', text, re.DOTALL)[0]
        shown = drawn(f"{CHOSEN}&nature={value}")
        assert sum(":" not in i for i in shown) == int(count)


def test_to_put_in_light_removes_nothing(client, drawn):
    """What is not in light is dimmed, and stays."""
    lit = f"{CHOSEN}&light=group:usagers"
    assert drawn(lit) == drawn(CHOSEN)
    assert 'opacity="0.16"' in client.get(lit).text
    assert 'opacity="0.16"' not in client.get(CHOSEN).text


def test_what_surrounds_the_cme(page):
    """What surrounds the CME: who asks for seats there, that it is only asked for, and the proof."""
    shown = page("/reseau?view=near&centre=CME")
    assert "a pour demandeur" in shown.text
    assert "France Assos Santé Occitanie" in shown.text
    assert "Demandé" in shown.text
    assert any("/doc/sources/doc-000" in link for link in shown.links)


def test_to_expand_moves_nothing(client):
    """Each node that was placed stays where it was when more is shown."""
    places = re.compile(r'data-id="([^"]+)"[^>]*transform="translate\(([^)]+)\)"')

    def placed(query):
        text = client.get(f"/reseau?view=near&centre=bodies/crsa-occitanie{query}").text
        return dict(places.findall(re.findall(r'id="stage".*?</svg>', text, re.DOTALL)[0]))

    one, opened, two = (placed(q) for q in ("", "&open=bodies/ars-occitanie", "&open=bodies/ars-occitanie,*"))
    assert len(one) < len(two)
    assert one.items() <= opened.items() <= two.items()


def test_a_node_without_a_name_is_told(page):
    """A centre that nobody knows gives no picture of something else."""
    shown = page("/reseau?view=near&centre=nulle-part")
    assert "Aucun élément ne s'appelle « nulle-part »" in shown.text
    assert not shown.all("div", id="stage") or not [a for _, a in shown.elements if "data-id" in a]


def test_the_narrow_picture_has_at_most_twelve(drawn):
    """On a phone: a node and at most eleven neighbours."""
    phone = {i for i in drawn("/reseau", "phone") if ":" not in i}
    assert 2 <= len(phone) <= 12


def test_there_is_no_path_and_the_page_says_why(page, lang):
    """From France Assos Santé Occitanie to the Préfecture all is only asked for."""
    said = page(NONE, lang).text
    none, asked = {
        "fr": ("Aucun chemin établi", "demandé, pas acquis"),
        "en": ("No established path", "asked for, not granted"),
    }[lang]
    assert none in said
    assert asked in said
    assert "doc-000" in said


def test_a_path_is_told_with_its_sources(page):
    """Where there is a path, each step counts and has its source."""
    shown = page("/reseau/chemin?from=bodies/ars-occitanie&to=bodies/crsa-occitanie")
    assert "tous établis" in shown.text
    assert "Aucun chemin" not in shown.text


def test_a_path_asks_for_two_known_names(page):
    """A name that nobody bears is said to be unknown."""
    assert "Aucun élément ne s'appelle « personne »" in page("/reseau/chemin?from=personne&to=ars-occitanie").text


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_gephi_reads_what_is_shown(client, drawn, form):
    """The download holds the shown nodes and edges, with labels, groups, colours and kinds of edge."""
    query = "territory=REG-76&nature=actor,instance,measure"
    read = nx.read_graphml if form == "graphml" else nx.read_gexf
    graph = read(BytesIO(client.get(f"/reseau.{form}?{query}").content))
    told = drawn(f"/reseau?{query}")
    assert set(graph.nodes) == {i for i in told if ":" not in i}
    assert graph.number_of_edges() == sum(":" in i for i in told)
    node = graph.nodes["bodies/ars-occitanie"]
    assert node["label"] == "ARS Occitanie"
    assert node["group"] == "etat"
    kinds = {i.partition(":")[0] for i in told if ":" in i}
    assert {d["kind"] for *_, d in graph.edges(data=True)} == kinds
    assert re.fullmatch("#[0-9a-f]{6}", node["colour"]) or "viz" in node


@pytest.mark.parametrize(("form", "begins"), [("svg", b"<svg"), ("html", b"<!doctype html>")])
def test_a_file_is_what_is_shown(client, drawn, parse, form, begins):
    """The file holds the same ids as the picture."""
    query = "view=near&centre=CME"
    answer = client.get(f"/reseau.{form}?{query}")
    assert answer.content.startswith(begins)
    assert "attachment" in answer.headers["content-disposition"]
    held = {a["data-id"] for _, a in parse(answer.text).elements if "data-id" in a}
    assert held == drawn(f"/reseau?{query}")


def test_a_hostile_label_is_text(hostile, parse):
    """No text of the data becomes an element, a script or an address."""
    paths = ("/reseau", "/reseau?view=table", "/reseau/fiche?node=bodies/ars-occitanie", "/reseau/libre")
    for path in paths:
        text = hostile.get(path).text
        elements = parse(text).elements
        assert "alert(1)" in text
        assert not [a for tag, a in elements if tag == "img" and a.get("src") == "x"]
        assert not [a for _, a in elements for name in a if name.startswith("on")]
        assert not [a for _, a in elements if str(a.get("href", "")).strip().startswith("javascript:")]


def test_the_free_page_may_run_its_own_scripts_only(client):
    """What is framed has a policy of its own: no request, no origin."""
    answer = client.get("/reseau/libre")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "sandbox allow-scripts" in policy
    assert "unsafe" not in policy
    assert "script-src 'self'" not in policy
