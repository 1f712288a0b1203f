"""Paths told as sentences, only through what is; the network for other tools."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import networkx as nx
import pytest

from segur_graph import paths
from segur_graph.cli import PICTURES
from segur_graph.drawn import drawing, legend
from segur_graph.drawn.view import view
from segur_graph.errors import BadInput
from segur_ingest.build import shipped

HEAD = "id,kind,type,label,status"
BODIES = [HEAD, "a,actor,T,A,", "b,actor,T,B,"]
MEMBERS = "body,member,modality"
MEASURE = "id,kind,label,proposed_by,concerns,pillar"


@pytest.fixture
def path(world):
    """The path from A to B in a world of some tables."""

    def find(**tables):
        whole = view(world(**{"bodies": BODIES} | tables).tables, date(2026, 6, 30), most=None)
        return paths.path(whole, "a", "b")

    return find


def test_two_members_of_a_body_are_joined(path):
    """Two members of an existing body are two steps apart, each step with its source."""
    found = path(bodies=[*BODIES, "x,instance,T,X,"], memberships=[MEMBERS, "x,a,effective", "x,b,effective"])
    assert found.established
    assert found.told("fr").startswith("De A à B, en 2 pas : A fait partie de X (a ")
    assert "X has as a member B" in found.told("en")


NOT_WALKED = {
    "a proposed body": (
        {"bodies": [*BODIES, "x,instance,T,X,proposed"], "memberships": [MEMBERS, "x,a,effective", "x,b,effective"]},
        "proposée",
    ),
    "a foreseen membership": (
        {"bodies": [*BODIES, "x,instance,T,X,"], "memberships": [MEMBERS, "x,a,effective", "x,b,requested"]},
        "demandé",
    ),
    "an expected body": (
        {"bodies": [*BODIES, "x,instance,T,X,expected"], "memberships": [MEMBERS, "x,a,effective", "x,b,effective"]},
        "pas observée",
    ),
    "a proposal": ({"measures": [MEASURE, "m,proposal,M,a,b,"]}, "proposition"),
    "a type": ({"measures": [MEASURE, "m,measure,M,a,T,", "n,measure,N,b,T,"]}, "un type"),
    "a pillar": ({"measures": [MEASURE, "m,measure,M,a,,4", "n,measure,N,b,,4"]}, "pilier"),
    "a foreseen signature": (
        {
            "measures": [MEASURE, "m,measure,M,,,"],
            "signatures": ["measure,body,role,modality", "m,a,cosignatory,effective", "m,b,cosignatory,requested"],
        },
        "demandé",
    ),
    "being concerned": ({"measures": [MEASURE, "m,measure,M,a,b,"]}, "concerné"),
    "a legal link from memory": ({"links": ["from,relation,to,confidence", "a,hosts,b,from-memory"]}, "de mémoire"),
}


@pytest.mark.parametrize("case", NOT_WALKED)
def test_a_path_never_goes_through(path, case):
    """A path is never told through what is not: it says that there is none, and why."""
    tables, why = NOT_WALKED[case]
    found = path(**tables)
    assert not found.established
    assert found.told("fr").startswith("Aucun chemin établi de A à B.")
    assert why in found.told("fr")
    assert found.told("en").startswith("No established path")


def test_a_request_for_seats_is_no_path(path):
    """To ask for seats in a type joins the one who asks to nobody of that type."""
    effect = "id,kind,label,proposed_by,effect_type,effect_group,effect_seats"
    found = path(measures=[effect, "m,proposal,M,a,CME,usagers,1", "n,proposal,N,b,CME,usagers,1"])
    assert not found.established


def test_those_who_sign_together_are_joined(path):
    """Two who signed one measure are joined by it."""
    rows = ["measure,body,role,modality", "m,a,author,effective", "m,b,cosignatory,effective"]
    assert path(measures=[MEASURE, "m,measure,M,,,"], signatures=rows).established


def test_nothing_between_is_said(path):
    """Where nothing at all joins two bodies, that is what is said; a body is joined to itself."""
    assert path().told("fr") == "Aucun chemin de A à B : rien dans cette édition ne les relie."
    assert paths.path(path().view, "a", "bodies/a").established


def test_a_way_that_is_goes_before_a_shorter_one_that_is_asked_for(path):
    """A longer way through what is comes before a short one through what is asked for."""
    found = path(
        bodies=[*BODIES, "c,actor,T,C,", "x,instance,T,X,", "y,instance,T,Y,", "z,instance,T,Z,proposed"],
        memberships=[
            MEMBERS,
            *(f"{m},effective" for m in ("x,a", "x,c", "y,c", "y,b")),
            "z,a,requested",
            "z,b,requested",
        ],
    )
    assert found.established
    assert len(found.steps) == 4


def test_an_unknown_name_is_bad_input(path):
    """A name that is not there is refused, with what was expected."""
    with pytest.raises(BadInput, match="attendu"):
        paths.path(path().view, "a", "nobody")


def test_from_the_users_to_the_prefecture_all_is_only_asked_for(shipping):
    """Between France Assos Santé Occitanie and the Préfecture document 000 only asks: no path, and why."""
    told = paths.path(shipping, "france-assos-sante-occitanie", "prefecture-de-region-occitanie").told("fr")
    assert told.startswith("Aucun chemin établi de France Assos Santé Occitanie à Préfecture de région Occitanie.")
    assert "demandé, pas acquis" in told
    assert "doc-000" in told


def test_what_surrounds_the_cme(shipping):
    """Around the CME stand who asks for a seat and the proposal that does."""
    assert set(shipping.joined["types/CME"]) == {
        "bodies/france-assos-sante-occitanie",
        "measures/doc-000-usagers-en-cme",
    }


def test_every_relation_has_its_verbs():
    """Each relation can be told in both directions and languages."""
    assert set(paths.VERBS) == set(legend.WORDS) & set(paths.VERBS)
    assert all(all(forward) and all(back) for forward, back in paths.VERBS.values())


# Other tools

READ: dict[str, Callable[..., Any]] = {"graphml": nx.read_graphml, "gexf": nx.read_gexf}


@pytest.fixture(params=["graphml", "gexf"])
def reread(request, whole):
    """The network as another tool reads it back."""
    return READ[request.param](BytesIO(drawing.drawn(whole, request.param, "fr")))


def test_another_tool_reads_all_of_it(reread, whole):
    """Networkx reads back every node and edge, with labels, groups, colours and kinds."""
    assert set(reread.nodes) == set(whole.by_id)
    assert reread.number_of_edges() == len(whole.edges)
    fas = reread.nodes["bodies/fas"]
    assert (fas["label"], fas["group"], fas["colour"]) == ("FAS Occitanie", "usagers", "#ec941e")
    kinds = sorted(edge["kind"] for _, _, edge in reread.edges(data=True))
    assert kinds == sorted(e.relation for e in whole.edges)


def test_the_label_of_a_line_says_that_it_is_only_asked_for(reread):
    """Gephi draws every line alike: a foreseen membership is told apart by its label."""
    said = {edge["basis"]: edge["label"] for _, _, edge in reread.edges(data=True) if edge["kind"] == "member"}
    assert said == {"effective": "Fait partie", "requested": "Fait partie (demandé, pas acquis)"}


def test_colours_and_places_are_gephis(whole):
    """GEXF has colours and places where Gephi looks for them."""
    text = drawing.drawn(whole, "gexf", "fr").decode()
    assert 'viz:color r="236" g="148" b="30"' in text or '<viz:color r="236" g="148" b="30"' in text
    assert "viz:position" in text


@pytest.mark.parametrize("form", ["graphml", "gexf", "svg", "html"])
def test_the_same_network_is_the_same_bytes(whole, form):
    """A file of a view is the same each time: no clock in it."""
    assert drawing.drawn(whole, form, "fr") == drawing.drawn(whole, form, "fr")


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_a_hostile_text_is_read_back_as_it_was(hostile, form):
    """An attack in a label is the same text for another tool."""
    again = READ[form](BytesIO(drawing.drawn(hostile, form, "fr")))
    assert again.nodes["bodies/x"]["label"] == hostile.by_id["bodies/x"].labels["fr"]


# The command line


@pytest.fixture(scope="module")
def store(fresh):
    """The store of what ships."""
    from segur_graph.edition import Chosen
    from segur_graph.store import Store

    folder = fresh()
    with Store(folder).writing():
        Store(folder).publish([Chosen(s, "shipped") for s in shipped()])
    return folder


def test_segur_network_tells_a_path(segur, store):
    """`segur network --from A --to B` says the sentence."""
    a, b = "france-assos-sante-occitanie", "prefecture-de-region-occitanie"
    done = segur("network", "--from", a, "--to", b, "--as-of", "2020-07-31", "--store", store)
    assert (done.returncode, done.stdout[:22]) == (0, "Aucun chemin établi de")


def test_segur_network_shows_a_neighbourhood(segur, store):
    """`segur network --centre CME` lists who stands around."""
    done = segur("network", "--centre", "CME", "--as-of", "2020-07-31", "--store", store)
    assert done.returncode == 0
    assert "Demande des sièges d'usagers" in " ".join(done.stdout.split())


def test_segur_network_refuses_half_a_question(segur, store):
    """A path without an end, or both questions at once, is bad usage."""
    assert segur("network", "--from", "a", "--store", store).returncode == 2
    assert segur("network", "--from", "a", "--to", "b", "--centre", "c", "--store", store).returncode == 2
    assert segur("network", "--centre", "nobody", "--store", store).returncode == 2


@pytest.mark.parametrize("form", PICTURES)
def test_segur_export_writes_every_format(segur, store, fresh, form):
    """`segur export FILE` writes the network of a territory on a date, in the format of the suffix."""
    file = fresh() / f"network.{form}"
    done = segur("export", file, "--territory", "REG-32", "--as-of", "2020-07-31", "--store", store)
    assert (done.returncode, done.stderr.count("Traceback")) == (0, 0)
    assert file.stat().st_size > 1000
