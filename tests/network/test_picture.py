"""What a picture shows, and that it says nothing false."""

import re
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree as ET

import pytest

from segur_graph.drawn import key, layout, legend, lettering, lines, listing, picture
from segur_graph.drawn.elements import Mark
from segur_graph.drawn.legend import GAP
from segur_graph.drawn.view import Filters, around, counted, narrow, view
from segur_graph.errors import BadInput

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def drawn():
    """Draws a view: the root of the SVG."""

    def make(view, lang="fr", links=None):
        return ET.fromstring(picture.svg(view, layout.place(view), lang, picture.Look(links)))  # noqa: S314

    return make


def ids(root):
    """The ids of what is drawn: nodes and edges."""
    return {e.get("data-id") for e in root.iter() if e.get("data-id")}


def node(root, name):
    """The drawing of a node."""
    return next(e for e in root.iter() if e.get("data-id") == name)


def edge_group(root, relation, basis):
    """The lines of one relation and ground."""
    return next(e for e in root.iter(f"{SVG}g") if (e.get("data-relation"), e.get("data-basis")) == (relation, basis))


# What is shown


def test_each_nature_is_told(whole):
    """Each thing has its nature; a proposed body is no instance, a type no body."""
    natures = {i: n.nature for i, n in whole.by_id.items()}
    assert natures["bodies/task"] == "proposed"
    assert natures["types/CME"] == "type"
    assert natures["measures/ask"] == "proposal"
    assert natures["measures/done"] == "measure"
    assert natures["pillars/4"] == "pillar"
    assert natures["bodies/crsa"] == "instance"


def test_only_types_that_rows_name_are_shown(whole):
    """A type stands in the picture where a row names it, not because it is known."""
    assert {i for i in whole.by_id if i.startswith("types/")} == {"types/CME", "types/CDU"}


def test_each_edge_has_its_ground(whole):
    """An edge says on what ground it stands: seen, asked for, or the law."""
    grounds = {(e.relation, e.source, e.target): e.basis for e in whole.edges}
    assert grounds["member", "bodies/ars", "bodies/crsa"] == "effective"
    assert grounds["member", "bodies/fas", "bodies/task"] == "requested"
    assert grounds["link", "bodies/ars", "bodies/crsa"] == "law"
    assert grounds["asks", "bodies/fas", "types/CME"] == "requested"
    assert grounds["to-cosign", "bodies/pref", "measures/msg"] == "requested"
    assert grounds["cosigns", "bodies/cs", "measures/done"] == "effective"


def test_each_edge_has_its_evidence(whole):
    """Every edge says which row of which source says so, and where."""
    assert all(e.evidence and all(found.source == "a" and found.locator for found in e.evidence) for e in whole.edges)


def test_what_is_over_or_to_come_is_not_shown(whole):
    """A membership that ended and a measure of later are not there."""
    assert not [e for e in whole.edges if (e.source, e.target) == ("bodies/pref", "bodies/crsa")]
    assert "measures/later" not in whole.by_id


def test_a_vacant_seat_joins_nobody(whole):
    """A seat joins the body that it is held for to the instance only while it is filled."""
    assert [e.said for e in whole.edges if e.relation == "seat"] == [("titulaire",)]


def test_the_three_facts_stand_side_by_side(whole):
    """What the law requires, what was seen and what is asked for are three numbers."""
    assert legend.seats(whole.by_id["bodies/cdu"].seats, "fr") == "loi 2 · vus 1 · vacants 1"
    assert legend.seats(whole.by_id["types/CME"].seats, "fr") == "loi 0 · demandés 1"
    assert legend.seats(whole.by_id["bodies/unseen"].seats, "fr") == "loi 2"


@pytest.mark.parametrize(
    ("listed", "seen"), [("unknown", "loi 2"), ("partial", "loi 2"), ("complete", "loi 2 · vus 0")]
)
def test_none_seen_is_said_of_a_complete_list_alone(world, listed, seen):
    """That no seat was seen is a fact where a source says its list is complete; otherwise nothing is known."""
    tables = {
        "norms": ["code,name_fr,valid_from,usager_seats_min", "CDU,Commission des usagers,2016-06-04,2"],
        "bodies": ["id,kind,type,label", "cdu,instance,CDU,CDU du CHU"],
        "compositions": ["instance,group,completeness,observed_on", f"cdu,usagers,{listed},2026-03-01"],
    }
    assert legend.seats(view(world(**tables).tables, date(2026, 6, 30)).by_id["bodies/cdu"].seats, "fr") == seen


def test_a_gap_of_a_narrower_type_stands_on_the_type_that_rows_name(whole):
    """The gap of public CMEs marks the type CME, which proposals name, in the words of the narrower one."""
    (mark,) = whole.by_id["types/CME"].marks
    assert (mark.state, mark.id) == ("gap", "structural:EPS_CME")
    assert "publique" in mark.says["fr"]


def test_an_expected_body_and_a_foreseen_measure_are_told(whole):
    """What only the law knows and what is only foreseen have their ground, and it is never `effective`."""
    assert whole.by_id["bodies/unseen"].basis == "law"
    assert (whole.by_id["measures/msg"].status, whole.by_id["measures/msg"].basis) == ("foreseen", "requested")


def test_a_contribution_has_the_group_of_who_carries_it(whole):
    """A proposal has its author's group; one that several groups carry has none of them."""
    assert whole.by_id["measures/ask"].group == "usagers"
    assert whole.by_id["measures/done"].group == "several"


def test_lanes_follow_the_echelon(whole):
    """A body stands at its échelon, a proposal at that of what it concerns."""
    lanes = {i: n.lane for i, n in whole.by_id.items()}
    assert lanes["bodies/fas"] == "actors"
    assert lanes["bodies/crsa"] == "instances"
    assert lanes["bodies/task"] == "proposed"
    assert lanes["bodies/cdu"] == lanes["measures/ask"] == "establishment"


# Filters


def test_a_territory_keeps_what_lies_there_and_what_that_touches(seen):
    """A territory keeps its bodies, with types and measures that they touch; another region stays out."""
    there = seen(territory="DEP-31").by_id
    assert set(there) == {"bodies/cdu", "bodies/unseen"}
    assert "bodies/far" not in seen(territory="REG-76").by_id
    assert "types/CME" in seen(territory="REG-76").by_id
    with pytest.raises(BadInput):
        seen(territory="REG-99")


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"natures": ["proposed"]}, {"bodies/task"}),
        ({"relations": ["asks"]}, {"bodies/fas", "types/CME"}),
        ({"states": ["gap"]}, {"bodies/cdu", "types/CME"}),
        ({"groups": ["usagers"]}, {"bodies/fas", "measures/ask"}),
    ],
)
def test_the_legend_filters(seen, asked, expected):
    """Each entry of the legend keeps its own, whatever it is."""
    assert set(seen(**asked).by_id) == expected


def test_a_pillar_keeps_its_contributions_and_what_they_touch(seen):
    """A pillar keeps what belongs to it with who stands around, not the contributions of none."""
    there = set(seen(pillars=["4"]).by_id)
    assert {"pillars/4", "measures/ask", "bodies/fas", "types/CME"} <= there
    assert "measures/done" not in there


def test_the_legend_counts_what_it_can_switch_on_again(seen, whole):
    """Counts are those before the legend's own switches."""
    assert seen(natures=["proposed"]).counts == whole.counts == counted(whole)


def test_what_is_left_out_is_told(whole):
    """Beyond the limit those with gaps stay, and the picture says how many are outside."""
    few = narrow(whole, Filters(), most=4)
    assert len(few.nodes) == 4
    assert few.left_out == len(whole.nodes) - 4
    assert {"bodies/cdu", "types/CME"} <= set(few.by_id)
    assert str(few.left_out) in picture.described(few, "fr")


# The drawing


def test_picture_and_table_hold_the_same_ids(whole, drawn):
    """The drawing and the table beside it hold the same nodes and edges."""
    rows = [*listing.node_rows(whole, "fr"), *listing.edge_rows(whole, "fr")]
    assert ids(drawn(whole)) == {row[0] for row in rows}


def test_the_same_view_is_the_same_drawing(whole):
    """A view is drawn in the same characters each time."""
    places = layout.place(whole)
    assert picture.svg(whole, places, "fr") == picture.svg(whole, layout.place(whole), "fr")


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_picture_says_what_it_is(whole, drawn, lang):
    """A picture has a title and a description in the reader's language; with links it is a group, else an image."""
    root = drawn(whole, lang)
    assert (root.get("role"), root.get("lang")) == ("img", lang)
    assert root.find(f"{SVG}title").text == legend.word("title", lang)
    assert drawn(whole, lang, links=lambda i: f"/doc/{i}").get("role") == "group"


def test_every_node_is_a_link_that_says_itself(whole, drawn):
    """With links every node is one, and its label says name, nature, group and gap."""
    root = drawn(whole, links=lambda i: f"/doc/{i}")
    link = node(root, "bodies/cdu")
    assert (link.tag, link.get("href")) == (f"{SVG}a", "/doc/bodies/cdu")
    assert "Lacune établie : siège vacant" in link.get("aria-label")


def test_what_is_asked_for_is_dashed(whole, drawn):
    """A foreseen membership or signature is dashed, an effective one is not."""
    root = drawn(whole)
    assert edge_group(root, "member", "requested").get("stroke-dasharray")
    assert edge_group(root, "to-cosign", "requested").get("stroke-dasharray")
    assert edge_group(root, "member", "effective").get("stroke-dasharray") is None
    assert edge_group(root, "cosigns", "effective").get("stroke-dasharray") is None


def test_each_ground_has_a_line_of_its_own(whole, drawn):
    """What the law says, what a proposal would concern and what a measure does concern are three lines."""
    root = drawn(whole)
    grounds = [("link", "law"), ("concerns", "requested"), ("concerns", "effective"), ("member", "effective")]
    assert len({edge_group(root, *ground).get("stroke-dasharray") for ground in grounds}) == len(grounds)


def test_what_is_not_there_yet_is_hollow(whole, drawn):
    """A proposed body, an expected one and a foreseen measure are drawn with dashes, an existing body is not."""
    root = drawn(whole)
    dashed = {i: bool([p for p in node(root, i).iter(f"{SVG}path") if p.get("stroke-dasharray")]) for i in whole.by_id}
    assert {i for i, told in dashed.items() if told} == {"bodies/task", "bodies/unseen", "measures/msg"}


def test_a_gap_is_a_red_ring_a_mark_and_words(whole, drawn):
    """An established gap has a red dashed ring, an exclamation mark, and words."""
    found = node(drawn(whole), "bodies/cdu")
    ring = [c for c in found.iter(f"{SVG}circle") if c.get("stroke") == GAP and c.get("stroke-dasharray")]
    texts = [t.text for t in found.iter(f"{SVG}text")]
    assert ring
    assert "!" in texts
    assert "siège vacant" in texts


def test_an_unknown_is_never_red(whole, drawn):
    """An unknown has a grey question mark, and nothing red about it."""
    mark = Mark("unknown", "unknown-norm:x", {"fr": "inconnu", "en": "unknown"}, {"fr": "?", "en": "?"})
    nodes = tuple(replace(n, marks=(mark,)) if n.id == "bodies/fas" else n for n in whole.nodes)
    found = node(drawn(replace(whole, nodes=nodes)), "bodies/fas")
    assert "?" in [t.text for t in found.iter(f"{SVG}text")]
    assert GAP not in ET.tostring(found, encoding="unicode")


def test_two_lines_between_the_same_bodies_part(whole):
    """A legal link does not lie on the membership of the same two: in a neighbourhood each has its own way."""
    near = around(whole, "bodies/crsa")
    places = layout.place(near, "bodies/crsa")
    both = [e for e in near.edges if {e.source, e.target} == {"bodies/ars", "bodies/crsa"}]
    ways = {lines.path(e, near.by_id, places, {}) for e in both}
    assert len(ways) == len(both) == 2


def test_an_arrow_ends_at_its_target(shipping):
    """A line that begins at its hub has its arrow head where its target is."""
    places = layout.place(shipping)
    root = ET.fromstring(picture.svg(shipping, places, "fr"))  # noqa: S314
    for line in edge_group(root, "carries", "effective"):
        numbers = [float(n) for n in re.findall(r"-?[\d.]+", line.get("d"))]
        target = places.points[line.get("data-target")]
        x = numbers[0] if line.get("marker-start") else _last_x(line.get("d"))
        assert abs(x - target.x) < 1


def _last_x(d):
    """The x at which a way ends."""
    x = 0.0
    for letter, told in re.findall(r"([MCV])([^MCV]*)", d):
        numbers = [float(n) for n in told.split()]
        x = x if letter == "V" else numbers[-2]
    return x


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_hostile_text_stays_text(hostile, lang):
    """An attack in every label leaves no script, no handler, no style; the drawing is well-formed."""
    text = key.sheet(hostile, layout.place(hostile), lang)
    root = ET.fromstring(text)  # noqa: S314
    assert {e.tag.removeprefix(SVG) for e in root.iter()} <= {
        *("svg", "title", "desc", "defs", "marker", "g", "path", "circle", "rect", "text", "a")
    }
    assert not [a for e in root.iter() for a in e.attrib if a.startswith("on") or a == "style"]
    assert "alert(1)" in "".join(root.itertext())


def test_a_picture_needs_nothing_from_elsewhere(whole):
    """The only addresses in a drawing are the name of SVG and its own arrow heads."""
    text = key.sheet(whole, layout.place(whole), "fr").replace("http://www.w3.org/2000/svg", "")
    assert "http" not in text
    assert set(re.findall(r"url\((.)", text)) <= {"#"}


def test_a_long_name_is_cut():
    """A name takes some lines at most; what is beyond is an ellipsis."""
    lines = lettering.wrap("Commission spécialisée " * 9)
    assert len(lines) == lettering.LINES
    assert lines[-1].endswith("…")
    assert max(map(lettering.width, lines)) <= lettering.ROOM


def test_a_line_does_not_begin_with_what_closes():
    """A French quotation mark stays with its word."""
    assert not [line for line in lettering.wrap("Task force « flexible » ARS – FAS") if line[0] in "»:;"]


@pytest.mark.parametrize("words", [(fr, en) for fr, en in legend.WORDS.values()])
def test_every_word_is_in_two_languages(words):
    """Each word of the legend is there in French and in English, with the same slots."""
    assert all(words)
    assert re.findall("{.*?}", words[0]) == re.findall("{.*?}", words[1])
