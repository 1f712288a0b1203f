"""`segur check` finds what makes a fact unusable and says it to people; a source's counts guard an edition."""

import subprocess

import pyoxigraph as ox
import pytest

from segur_graph import check
from segur_graph.errors import BadInput
from segur_graph.names import DEF, iri
from segur_graph.source import Source

LOCATOR = "http://purl.org/ontology/bibo/locator"
NORM = "code,name_fr,legal_basis,confidence,source_url,read_in,valid_from,valid_to,locator"
BODY = "id,kind,type,label,status,locator"
TYPE = ["code,kind,label,locator", "CDU,instance,Commission des usagers,l", "GROUPE,instance,Groupe,l"]


@pytest.fixture
def found(world):
    """What is found in a world of some tables: severity and shape."""
    return lambda **tables: {(f.severity, f.shape) for f in check.findings(world(**tables).edition)}


def test_facts_that_say_what_they_must_are_clean(found):
    """A norm with article and address, a body and its foreseen member break no shape."""
    assert not found(
        types=TYPE,
        norms=[NORM, "CDU,Commission des usagers,CSP L1112-3,confirmed,https://example.org,,2016-06-04,,l"],
        bodies=[BODY, "g,instance,GROUPE,Groupe,proposed,l", "cdu,instance,CDU,CDU,,l"],
        memberships=["body,member,modality,locator", "g,cdu,requested,l", "cdu,CDU,requested,l"],
    )


def test_a_norm_without_an_article_is_to_be_mended(found):
    """A norm that quotes no article is a violation."""
    assert found(norms=[NORM, "CDU,CDU,,confirmed,https://example.org,,,,l"]) == {("Violation", "norm-article")}


def test_a_confirmed_norm_says_where_it_was_read(found):
    """Confirmed without address nor book is to be completed; either of them is enough."""
    assert found(norms=[NORM, "CDU,CDU,L1,confirmed,,,,,l"]) == {("Warning", "norm-read")}
    assert not found(norms=[NORM, "CDU,CDU,L1,confirmed,,code 2026,,,l"])


def test_a_norm_from_memory_is_only_told(found):
    """A norm quoted from memory is information: it needs no address."""
    assert found(norms=[NORM, "CDU,CDU,L1,from-memory,,,,,l"]) == {("Info", "norm-verified")}


def test_dates_are_in_order(found):
    """A norm, a membership and a mandate that end before they begin are violations."""
    assert found(
        types=TYPE,
        norms=[NORM, "CDU,CDU,L1,confirmed,https://example.org,,2020-01-02,2020-01-01,l"],
        bodies=[BODY, "cdu,instance,CDU,CDU,,l"],
        memberships=[
            "body,member,modality,member_from,member_to,locator",
            "cdu,CDU,effective,2020-01-02,2020-01-01,l",
        ],
        seats=[
            "id,instance,group,position,state,mandate_from,mandate_to,observed_on,locator",
            "s,cdu,usagers,titulaire,filled,2020-01-02,2020-01-01,2020-01-01,l",
        ],
    ) == {("Violation", "norm-dates"), ("Violation", "membership-dates"), ("Violation", "seat-mandate")}


def test_a_seat_belongs_to_an_instance(found):
    """A seat of an actor, or of nothing known, is a violation."""
    seats = "id,instance,group,position,state,observed_on,locator"
    bodies = [BODY, "ars,actor,CDU,ARS,,l"]
    for instance in ("ars", "nobody"):
        rows = [seats, f"s,{instance},usagers,titulaire,filled,2026-01-01,l"]
        assert found(types=TYPE, bodies=bodies, seats=rows) == {("Violation", "seat-instance")}


def test_a_proposal_has_an_author(found):
    """A proposal that nobody proposes nor signs is a violation; one signature is enough; a measure needs none."""
    measures = ["id,kind,label,locator", "p,proposal,Une proposition,l", "m,measure,Une mesure,l"]
    assert found(measures=measures) == {("Violation", "proposal")}
    signed = ["measure,body,role,modality,locator", "p,CDU,author,effective,l"]
    assert not found(types=TYPE, measures=measures, signatures=signed)


def test_a_foreseen_member_belongs_to_what_exists_or_is_proposed(found):
    """A member asked for in a body that is only expected is to be looked at; an effective one is not."""
    bodies = [BODY, "g,instance,GROUPE,Groupe,expected,l"]
    member = "body,member,modality,locator"
    assert found(types=TYPE, bodies=bodies, memberships=[member, "g,CDU,requested,l"]) == {
        ("Warning", "foreseen-member")
    }
    assert not found(types=TYPE, bodies=bodies, memberships=[member, "g,CDU,effective,l"])


def test_a_verdict_on_what_is_gone_is_told(found):
    """A verdict about two ids that nothing bears is to be completed, for each of them."""
    assert found(same=["id,same_as,verdict,locator", "a,b,same,l"]) == {
        ("Warning", "verdict-one"),
        ("Warning", "verdict-other"),
    }


@pytest.mark.parametrize(("lost", "shape"), [(f"{DEF}source", "fact-source"), (LOCATOR, "fact-locator")])
def test_a_fact_without_source_or_place_is_a_violation(world, lost, shape):
    """A graph in which a fact has lost its source, or its place there, is found out."""
    graph = ox.Store()
    graph.extend(world(bodies=[BODY, "x,actor,CDU,X,,l"], types=TYPE).edition.graph())
    body = ox.NamedNode(iri("bodies", "x"))
    for quad in list(graph.quads_for_pattern(body, ox.NamedNode(lost), None)):
        graph.remove(quad)
    assert {(f.severity, f.shape, f.fact) for f in check.in_graph(graph)} == {("Violation", shape, body.value)}


def test_a_finding_says_the_fact_its_place_and_what_to_do(world):
    """The report names the fact, its source and locator, what is wrong and what to do, in either language."""
    norms = [NORM, "CDU,Commission des usagers,,confirmed,https://example.org,,2016-06-04,,p. 12"]
    found = check.findings(world(sources=["id,title", "a,Le recueil"], norms=norms).edition)
    french, english = ("\n".join(check.told(found, lang)) for lang in ("fr", "en"))
    for said in ("À corriger (1)", "« Commission des usagers »", "CDU-2016-06-04", "Le recueil (p. 12)", "legal_basis"):
        assert said in french
    assert "To be mended (1)" in english
    assert "This norm quotes no article." in english


def test_every_shape_speaks_both_languages(world):
    """Whatever is found says what is wrong and what to do in French and in English."""
    found = check.findings(
        world(
            bodies=[BODY, "a,actor,X,A,abolished,l"],
            norms=[NORM, "CDU,CDU,,confirmed,,,,,l"],
            measures=["id,kind,label,effect_type,locator", "p,proposal,P,CDU,l"],
            links=["from,relation,to,confidence,locator", "CDU,hosts,CDU,confirmed,l"],
        ).edition
    )
    assert {"abolished-body", "body-type", "norm-read", "proposal", "effect", "confirmed-link"} <= {
        f.shape for f in found
    }
    for finding in found:
        assert finding.says.keys() == finding.todo.keys() == {"fr", "en"}, finding.shape


def run(store, *arguments):
    """What `segur` answers on a store."""
    return subprocess.run(["segur", "--store", store, *arguments], capture_output=True, text=True, check=False)


@pytest.fixture
def stored(folders, fresh):
    """Makes the store of some tables."""

    def make(**tables):
        from segur_graph.edition import Chosen
        from segur_graph.store import Store

        store = Store(fresh())
        with store.writing():
            store.publish([Chosen(s, "user") for s in folders(**tables)])
        return str(store.folder)

    return make


def test_the_command_fails_where_something_is_to_be_mended(stored):
    """A violation ends in 1, and its sentence is on standard output."""
    answer = run(stored(norms=[NORM, "CDU,CDU,,confirmed,https://example.org,,,,l"]), "check")
    assert answer.returncode == 1
    assert "Cette norme ne cite aucun article." in answer.stdout


def test_the_command_succeeds_where_all_can_wait(stored):
    """What is to be completed or known is told, and the command ends in 0."""
    answer = run(stored(norms=[NORM, "CDU,CDU,L1,confirmed,,,,,l"]), "check", "--lang", "en")
    assert answer.returncode == 0
    assert answer.stdout.startswith("To be completed (1)")
    assert "Nothing to mend." in answer.stdout


def counted(folders, expected):
    """A source of two bodies whose manifest expects some counts."""
    (source,) = folders(bodies=[BODY, "x,actor,CDU,X,,l", "y,actor,CDU,Y,,l"])
    manifest = source.folder / "manifest.toml"
    manifest.write_text(manifest.read_text("utf-8") + expected, "utf-8")
    return Source(source.folder)


@pytest.mark.parametrize("expected", ["at_least = 3", "at_most = 1"])
def test_an_edition_that_breaks_a_count_is_refused(folders, edition, expected):
    """Too few or too many rows: nothing is compiled, and the source, the table and both numbers are said."""
    source = counted(folders, f"[counts.bodies]\n{expected}\n")
    with pytest.raises(BadInput, match=r"source a, table bodies : 2 ligne\(s\) ; attendu : au moins"):
        edition([source])


def test_counts_that_hold_let_an_edition_be(folders, edition):
    """As many rows as expected compile, and the counts are no part of the edition's id."""
    source = counted(folders, "[counts.bodies]\nat_least = 2\nat_most = 2\n")
    made = edition([source])
    manifest = source.folder / "manifest.toml"
    manifest.write_text(manifest.read_text("utf-8").partition("[counts")[0], "utf-8")
    bare = Source(source.folder)
    assert not bare.counts
    assert made.id == edition([bare]).id


def test_a_count_of_a_table_without_rows_is_zero(folders, edition):
    """A table that the folder does not have at all breaks a count too."""
    source = counted(folders, "[counts.seats]\nat_least = 1\n")
    with pytest.raises(BadInput, match="table seats : 0"):
        edition([source])


@pytest.mark.parametrize("bad", ["[counts.nothing]\nat_least = 1", "[counts.bodies]\nexactly = 1", "counts = 1"])
def test_a_count_that_is_none_is_refused(folders, edition, bad):
    """An unknown table, an unknown word or a bare number is no count."""
    source = counted(folders, bad + "\n")
    with pytest.raises(BadInput, match="counts"):
        edition([source])


def test_what_ships_has_nothing_to_mend(edition):
    """The shipped edition breaks no shape that would make a fact unusable."""
    from segur_ingest.build import shipped

    assert not [f for f in check.findings(edition(shipped())) if f.severity == "Violation"]
