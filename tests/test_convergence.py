"""Who asks for the same: pairs are proposed with their reasons, people judge, and a verdict is kept."""

import json
import subprocess

import pytest

from segur_graph.edition import Chosen
from segur_graph.store import Store
from segur_graph.tables import Tables
from segur_ingest import convergence

MEASURE = "id,kind,label,theme,concerns,effect_type,effect_group,effect_seats,proposed_by,source"
SAME = "id,same_as,verdict,source"
SOURCES = ["id,title,date", "a,Document A,2020-01-01", "b,Document B,2020-01-02", "v,Verdicts,2020-01-03"]
TYPES = [
    "code,kind,label,broader",
    "CME,instance,CME,",
    "EPS_CME,instance,CME publique,CME",
    "PRIV_CME,instance,CME privée,CME",
    "FAS,actor,FAS,",
]


def measure(name, source, label, **cells):
    """A row of `measures`."""
    row = {"id": name, "kind": "proposal", "label": label, "source": source, **cells}
    return ",".join(row.get(column, "") for column in MEASURE.split(","))


@pytest.fixture
def proposed(world):
    """The pairs that are proposed in a world of some contributions."""

    def find(*rows, **tables):
        made = world(sources=SOURCES, types=TYPES, measures=[MEASURE, *rows], **tables)
        return {(c.one.id, c.other.id): c for c in convergence.candidates(made.tables)}

    return find


VISITS = measure("x", "a", "Autoriser les visites des proches")
VISITS_TOO = measure("y", "b", "Autorisation de visiter ses proches")


def test_close_wording_of_two_sources_is_proposed_with_its_words(proposed):
    """Words of one family, accents and capitals apart, make a pair, and the reason names them."""
    found = proposed(
        measure("x", "a", "DES REPRÉSENTANTS en directoire"), measure("y", "b", "Représentant au directoire")
    )
    assert "mots communs : directoire, representants" in found["x", "y"].why["fr"]
    assert "words in common" in found["x", "y"].why["en"]


def test_unlike_contributions_are_not_proposed(proposed):
    """Nothing in common, no pair; nor do words that say nothing make one."""
    assert not proposed(measure("x", "a", "Pour les aidants"), measure("y", "b", "Pour les logiciels"))


def test_one_source_does_not_converge_with_itself(proposed):
    """Two contributions of one document are no pair, however alike."""
    assert not proposed(measure("x", "a", "Autoriser les visites"), measure("y", "a", "Autoriser les visites"))


def test_the_same_effect_is_proposed_whatever_the_words(proposed):
    """Seats for a group in a type and in a narrower one are the same effect; in two narrower ones they are not."""
    seats = {"effect_group": "usagers", "effect_seats": "1"}
    found = proposed(
        measure("x", "a", "Un siège", effect_type="CME", **seats),
        measure("y", "b", "Notre présence", effect_type="EPS_CME", **seats),
        measure("z", "v", "Être là", effect_type="PRIV_CME", **seats),
    )
    assert found.keys() == {("x", "y"), ("x", "z")}
    assert found["x", "y"].score == 1
    assert "même effet" in found["x", "y"].why["fr"]


def test_another_groups_seats_are_another_effect(proposed):
    """Seats of users and seats of professionals in one type are not the same effect."""
    found = proposed(
        measure("x", "a", "Un siège", effect_type="CME", effect_group="usagers", effect_seats="1"),
        measure("y", "b", "Notre présence", effect_type="CME", effect_group="professionnels", effect_seats="1"),
    )
    assert not found


def test_a_shared_concern_brings_a_pair_nearer(proposed):
    """A body, its type or a broader one in common adds to the likeness of words, and is told."""
    one, other = "Une place en réunion de pôle", "Ouvrir chaque réunion aux familles et voisins"
    alone = proposed(measure("x", "a", one), measure("y", "b", other))
    both = proposed(measure("x", "a", one, concerns="CME"), measure("y", "b", other, concerns="EPS_CME"))
    assert both["x", "y"].score > (alone["x", "y"].score if alone else 0)
    assert "concernent : CME" in both["x", "y"].why["fr"]


def test_a_part_asked_for_at_one_stage_brings_a_pair_nearer(proposed):
    """Users from the drafting in both: the part is told, with its stage."""
    found = proposed(
        measure("x", "a", "Des usagers au départ"),
        measure("y", "b", "Nos usagers tôt et toujours"),
        participations=[
            "measure,stage,group,modality,source",
            "x,elaboration,usagers,requested,a",
            "y,elaboration,usagers,requested,b",
        ],
    )
    assert "usagers (élaboration)" in found["x", "y"].why["fr"]


@pytest.mark.parametrize("verdict", ["same", "different"])
@pytest.mark.parametrize("pair", ["x,y", "y,x"])
def test_a_judged_pair_is_never_proposed_again(proposed, verdict, pair):
    """Whatever the verdict and the order of the two ids, the pair does not come back."""
    assert ("x", "y") in proposed(VISITS, VISITS_TOO)
    assert not proposed(VISITS, VISITS_TOO, same=[SAME, f"{pair},{verdict},v"])


@pytest.fixture
def asked(world):
    """The tables of three contributions and some verdicts."""

    def make(*verdicts, **tables):
        rows = [measure(n, s, f"Demande {n}", proposed_by="FAS") for n, s in (("x", "a"), ("y", "b"), ("z", "a"))]
        return world(sources=SOURCES, types=TYPES, measures=[MEASURE, *rows], same=[SAME, *verdicts], **tables).tables

    return make


def test_a_group_holds_who_asks_and_where_it_is_read(asked):
    """A contribution of a group says its proposer, its foreseen signatories and its document."""
    signed = ["measure,body,role,modality,source", "x,CME,cosignatory,requested,a", "x,CME,relay,effective,a"]
    (group,) = convergence.groups(asked("x,y,same,v", signatures=signed))
    first = group.measures[0]
    assert [(p.label, p.how) for p in first.who] == [("CME", "is-to-sign"), ("FAS", "proposes")]
    assert [(p.source, p.title) for p in first.places] == [("a", "Document A")]


def test_a_chain_of_verdicts_is_one_group(asked):
    """What asks for the same as y is with what y asks for the same as."""
    (group,) = convergence.groups(asked("x,y,same,v", "y,z,same,v"))
    assert [m.id for m in group.measures] == ["x", "y", "z"]


def test_different_makes_no_group(asked):
    """A negative verdict joins nothing."""
    assert not convergence.groups(asked("x,y,different,v"))


def test_the_latest_verdict_counts(asked):
    """A later source's verdict stands against an earlier one's."""
    assert not convergence.groups(asked("x,y,same,a", "x,y,different,v"))


def test_the_others_of_a_contribution_are_those_of_its_group(asked):
    """Each of a group has the others; one of none has nobody."""
    tables = asked("x,y,same,v")
    assert [m.id for m in convergence.asks_same(tables).get("x", [])] == ["y"]
    assert not convergence.asks_same(tables).get("z", [])


def test_a_chain_never_overrules_a_verdict(asked):
    """Told apart from z, x does not ask for the same as z, though y does as both."""
    tables = asked("x,y,same,v", "y,z,same,v", "x,z,different,v")
    assert [m.id for m in convergence.asks_same(tables).get("x", [])] == ["y"]
    assert [m.id for m in convergence.asks_same(tables).get("y", [])] == ["x", "z"]


def test_a_group_says_which_of_its_contributions_were_told_apart(asked):
    """That a chain joins two which somebody judged different is said with the group."""
    (group,) = convergence.groups(asked("x,y,same,v", "y,z,same,v", "z,x,different,v"))
    assert group.apart == (("x", "z"),)


def test_a_verdict_keeps_its_reason(asked):
    """The latest verdict's reason and source are told; a pair that a chain joins has none of its own."""
    found = convergence.reasons(asked("x,y,same,a", "y,x,same,v", "y,z,same,v"))
    assert {tuple(sorted(pair)): reason.source for pair, reason in found.items()} == {("x", "y"): "v", ("y", "z"): "v"}
    assert all(reason.why.startswith("same.csv:") for reason in found.values())


def test_who_is_to_sign_or_leads_does_not_ask(asked):
    """Those who ask are those who propose or sign."""
    signed = ["measure,body,role,modality,source", "x,CME,cosignatory,requested,a", "x,CRSA,lead,effective,a"]
    (group,) = convergence.groups(asked("x,y,same,v", signatures=signed))
    assert group.measures[0].askers == ("FAS",)


def test_a_verdict_on_bodies_is_no_group_of_contributions(asked):
    """Two bodies joined into one are not told among those who ask."""
    bodies = ["id,kind,type,label,source", "p,actor,FAS,P,a", "q,actor,FAS,Q,b"]
    assert not convergence.groups(asked("p,q,same,v", bodies=bodies))


@pytest.fixture
def answer(folders, fresh):
    """What `segur convergence` prints of one confirmed pair and one that waits."""

    def run(*options, same=("s,t,same,v",)):
        rows = [VISITS, VISITS_TOO, measure("s", "a", "Sièges"), measure("t", "b", "Présence")]
        made = folders(sources=SOURCES, measures=[MEASURE, *rows], same=[SAME, *same])
        store = Store(fresh())
        with store.writing():
            store.publish([Chosen(source, "user") for source in made])
        line = ["segur", "--store", str(store.folder), "convergence", *options]
        return subprocess.run(line, capture_output=True, text=True, check=True).stdout

    return run


def test_the_command_tells_groups_and_pairs(answer):
    """The table has both, each with its title, in the language that is asked for."""
    french = answer()
    assert french.index("Demandent la même chose") < french.index("Paires à juger")
    assert "Ask for the same" in answer("--lang", "en")


def test_the_command_tells_the_pairs_of_a_group_that_were_judged_different(answer):
    """A chain joins s and x, and a verdict says that they differ: table and CSV say so."""
    same = ("s,t,same,v", "t,x,same,v", "s,x,different,v")
    assert "Du groupe 1, jugés différents : s et x" in answer(same=same)
    assert "different,s,,s," in answer("--format", "csv", same=same)


def test_the_command_speaks_json_and_csv(answer):
    """JSON has groups and candidates; CSV has one row a contribution of a group and one a pair."""
    said = json.loads(answer("--format", "json"))
    assert [m["id"] for m in said["groups"][0]["measures"]] == ["s", "t"]
    assert [(c["one"]["id"], c["other"]["id"]) for c in said["candidates"]] == [("x", "y")]
    states = [line.split(",")[0] for line in answer("--format", "csv").splitlines()]
    assert states == ["state", "same", "same", "candidate"]


@pytest.fixture(scope="module")
def shipped_tables(edition):
    """The tables of the shipped edition."""
    from segur_ingest.build import shipped

    return Tables(edition(shipped()))


def test_every_shipped_verdict_says_why(shipped_tables):
    """A shipped verdict joins two documents and bears the note of whoever read them; no pair is judged twice."""
    rows = shipped_tables.query("SELECT id, same_as, locator FROM same WHERE source = 'convergences'")
    assert len({frozenset((row["id"], row["same_as"])) for row in rows}) == len(rows) > 0
    for row in rows:
        assert row["id"][:7] != row["same_as"][:7]
        assert row["locator"].startswith("Lecture : ")


def test_a_users_verdict_stands_against_a_shipped_one(folders, edition):
    """Said by the user on any day, `different` takes apart a pair that ships as `same`."""
    from segur_ingest.build import shipped

    def groups(*over):
        return [{m.id for m in g.measures} for g in convergence.groups(Tables(edition([*shipped(), *over])))]

    before = groups()
    pair = next(sorted(group) for group in before if len(group) == 2)
    said = folders(
        sources=["id,title,date", "verdicts,Verdicts,2000-01-01"], same=[SAME, f"{','.join(pair)},different,verdicts"]
    )
    assert set(pair) in before
    assert set(pair) not in groups(*said)
