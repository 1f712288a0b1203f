"""Two editions or two dates compared: what opened, closed or changed, and why."""

import json
import shutil
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from segur_graph import causes, compare, compared
from segur_graph.edition import Chosen
from segur_graph.errors import BadInput, StoreError
from segur_graph.store import Store

NORM = "code,name_fr,legal_basis,valid_from,valid_to,binding_from,usager_seats_min,confidence"
BASE = {
    "sources": ["id,title,date", "a,Registre,2026-01-01"],
    "norms": [NORM, "CDU,CDU,CSP L1112-3,,,,2,confirmed"],
    "bodies": ["id,kind,type,label,exists_from,exists_to", "x,instance,CDU,CDU X,,"],
    "compositions": ["instance,group,completeness,observed_on", "x,usagers,complete,2026-03-01"],
    "seats": [
        "id,instance,group,position,state,mandate_from,mandate_to,observed_on",
        "s1,x,usagers,titulaire,filled,,,2026-03-01",
        "s2,x,usagers,titulaire,filled,,,2026-03-01",
    ],
}
SEATS = BASE["seats"]


@pytest.fixture
def step(world):
    """Compares two worlds, or one, on two days, which is to be one step: each difference by its id, with its causes."""

    def go(before, after, days=("2026-04-01", "2026-04-01")):
        sides = [
            compare.At(world(**tables).tables, date.fromisoformat(d))
            for tables, d in zip((before, after), days, strict=True)
        ]
        ends = [(side.edition, side.as_of) for side in sides]
        a, b = ends
        [made] = compare.compare(a, b, _opener(sides)).steps
        why = causes.causes(made)
        return {f"{d.what} {d.id}": [(c.cause, c.says["fr"]) for c in why[d.id]] for d in made.differences}

    return go


def _opener(sides):
    return lambda edition, day: next(s for s in sides if s.edition.folder == edition.folder and s.as_of == day)


@pytest.fixture
def over_time(step):
    """Compares one world on two days."""
    return lambda first, last, **tables: step(BASE | tables, BASE | tables, (first, last))


def test_a_mandate_that_ended_is_the_world(over_time):
    """A mandate that ended opens a gap because of the world."""
    seats = [*SEATS[:2], "s2,x,usagers,titulaire,filled,,2026-05-31,2026-03-01"]
    assert over_time("2026-05-31", "2026-06-01", seats=seats) == {
        "opened expired-mandate:x": [("world", "Un mandat a pris fin le 31 mai 2026.")]
    }


def test_a_seat_seen_filled_closes_a_vacancy(over_time):
    """A vacancy is closed by the day on which the seat was seen filled; a seat that ended meanwhile is no cause."""
    seats = ["s1,x,usagers,titulaire,vacant,,,2026-03-01", "s1,x,usagers,titulaire,filled,,,2026-05-01"]
    seats = [SEATS[0], *seats, "s2,x,usagers,titulaire,filled,,2026-04-30,2026-03-01"]
    found = over_time("2026-04-01", "2026-06-01", seats=seats)
    assert found["closed vacant-seat:x"] == [("world", "Un siège a été vu occupé le 1er mai 2026.")]
    assert found["opened expired-mandate:x"] == [("world", "Un mandat a pris fin le 30 avril 2026.")]


def test_a_body_that_ended_takes_its_gaps_with_it(over_time):
    """What is told of a body ends with it, whatever else happened."""
    bodies = [BASE["bodies"][0], "x,instance,CDU,CDU X,,2026-05-01"]
    seats = [*SEATS[:2], "s2,x,usagers,titulaire,vacant,,,2026-03-01"]
    assert over_time("2026-05-01", "2026-05-02", bodies=bodies, seats=seats) == {
        "closed vacant-seat:x": [("world", "CDU X : n'existe plus après le 1er mai 2026.")]
    }


def test_a_norm_that_comes_in_force_is_the_law(over_time):
    """A norm that comes in force, and one that ends, are the law."""
    norms = [NORM, "CDU,CDU,CSP L1112-3,2026-05-01,,,3,confirmed"]
    found = over_time("2026-04-30", "2026-05-01", norms=norms)
    assert found["closed unknown-norm:CDU"] == [("law", "La règle CSP L1112-3 vaut depuis le 1er mai 2026.")]
    norms = [NORM, "CDU,CDU,CSP L1112-3,,2026-05-01,,0,confirmed"]
    found = over_time("2026-05-01", "2026-05-02", norms=norms)
    assert found["closed structural:CDU"] == [("law", "La règle CSP L1112-3 ne vaut plus après le 1er mai 2026.")]


def test_a_list_makes_a_question_a_gap(world):
    """A question that a list answers is closed, with what is told instead: closed is not filled."""
    small = world(**BASE | {"seats": SEATS[:2]}).tables
    days = (date(2026, 2, 1), date(2026, 4, 1))
    ends = [(small.edition, day) for day in days]
    first, last = ends
    [step] = compare.compare(first, last, lambda _, day: compare.At(small, day)).steps
    found = {d.id: d for d in step.differences}
    assert found["unknown-composition:x"].instead == ["below-norm:x"]
    assert found["below-norm:x"].instead == ["unknown-composition:x"]
    assert causes.causes(step)["below-norm:x"][0].says["en"] == "A list of seats was seen on 1 March 2026."


def test_a_source_that_grew_old_is_our_knowledge(over_time):
    """A gap that stays is to be checked again a year after it was seen; that is our knowledge."""
    seats = [*SEATS[:2], "s2,x,usagers,titulaire,vacant,,,2026-03-01"]
    assert over_time("2026-06-01", "2027-06-01", seats=seats) == {
        "changed vacant-seat:x": [("knowledge", "Vu pour la dernière fois le 1er mars 2026 : il y a plus d'un an.")]
    }


def test_sources_that_come_go_or_change_are_our_knowledge(step):
    """A source that is added, removed or replaced is our knowledge."""
    seats = [f"{SEATS[0]},source", f"{SEATS[1]},a", "s2,x,usagers,titulaire,vacant,,,2026-03-01,b"]
    more = BASE | {"seats": seats, "sources": [*BASE["sources"], "b,Enquête,2026-03-02"]}
    other = more | {"seats": [*seats[:2], "s2,x,usagers,titulaire,unknown,,,2026-03-01,b"]}
    without = BASE | {"seats": SEATS[:2]}
    assert step(without, more)["opened vacant-seat:x"] == [("knowledge", "Source ajoutée : Enquête.")]
    assert step(more, without)["closed vacant-seat:x"] == [("knowledge", "Source retirée : Enquête.")]
    assert step(more, other)["closed vacant-seat:x"] == [("knowledge", "Source remplacée : Enquête.")]


def test_a_norm_that_is_read_is_our_knowledge(step):
    """A norm that somebody read makes its gap certain."""
    norms = [NORM, "CDU,CDU,CSP L1112-3,,,,3,from-memory"]
    read = [NORM, "CDU,CDU,CSP L1112-3,,,,3,confirmed"]
    assert step(BASE | {"norms": norms}, BASE | {"norms": read})["changed below-norm:x"] == [
        ("knowledge", "La règle CSP L1112-3 a été lue et confirmée.")
    ]


def test_a_verdict_is_our_knowledge(step):
    """A verdict that two bodies are one moves the seats of one to the other."""
    bodies = [*BASE["bodies"], "y,instance,CDU,CDU Y,,"]
    seats = [*SEATS, "s3,y,usagers,titulaire,vacant,,,2026-03-01"]
    verdict = {"same": ["id,same_as,verdict,source", "y,x,same,v"], "sources": [*BASE["sources"], "v,Verdicts,"]}
    before = BASE | {"bodies": bodies, "seats": seats}
    found = step(before, before | verdict)
    assert found["closed vacant-seat:y"][0] == ("knowledge", "Un verdict est rendu : y = x.")
    assert found["opened vacant-seat:x"][0] == ("knowledge", "Un verdict est rendu : y = x.")


def test_edition_and_date_change_in_two_steps(world):
    """Where both change, the edition changes at the earlier date, whichever way it is read."""
    one, other = world(**BASE), world(**BASE | {"seats": SEATS[:2]})
    a, b = (one.edition, date(2026, 2, 1)), (other.edition, date(2026, 4, 1))

    def side(edition, day):
        return compare.At(one.tables if edition is one.edition else other.tables, day)

    assert [s.by for s in compare.compare(a, b, side).steps] == ["edition", "date"]
    assert [s.by for s in compare.compare(b, a, side).steps] == ["date", "edition"]
    assert compare.compare(a, b, side).steps[0].after.as_of == date(2026, 2, 1)


# What a text names


@pytest.fixture(scope="module")
def store(fresh, folders):
    """A store in which two editions were published, and one that is no longer kept."""
    made = Store(fresh())
    for seats in (SEATS[:1], SEATS[:2], SEATS):
        made.publish([Chosen(s, "user") for s in folders(**BASE | {"seats": seats})])
    shutil.rmtree(made.editions / made.published()[0]["edition"])
    return made


def test_a_side_is_an_edition_a_date_or_both(store):
    """A side is an edition, the beginning of its id, a date, or both; what it does not say is what is read."""
    read, today = store.edition(), date(2026, 4, 1)
    _, previous, _ = (entry["edition"].partition("-")[0] for entry in store.published())

    def named(text):
        edition, day = compare.resolve(store, text, read, today)
        return edition.id, day.isoformat()

    assert named("current") == (read.id, "2026-04-01")
    assert named("previous") == named(previous[:6]) == (previous, "2026-04-01")
    assert named("2020-01-02") == named("@2020-01-02") == (read.id, "2020-01-02")
    assert named("previous@2020-01-02") == (previous, "2020-01-02")


@pytest.mark.parametrize("text", ["*", "../..", "a b", "2026-02-30", "current@soon"])
def test_a_side_that_is_nothing_is_refused(store, text):
    """A text that can name no edition and no day is refused."""
    with pytest.raises(BadInput):
        compare.resolve(store, text, store.edition(), date(2026, 4, 1))


def test_an_edition_unknown_or_no_longer_kept_is_told_apart(store):
    """An edition that was pruned, one that never was, and none before the first each have their error."""
    read, today = store.edition(), date(2026, 4, 1)
    pruned, second = (store.published()[n]["edition"] for n in (0, 1))
    with pytest.raises(StoreError, match="plus gardée"):
        compare.resolve(store, pruned[:8], read, today)
    with pytest.raises(StoreError, match="0 trouvée"):
        compare.resolve(store, "ffff", read, today)
    with pytest.raises(StoreError, match="plus gardée"):
        compare.resolve(store, "previous", store.edition(second), today)
    lone = Store(store.folder / "lone")
    with pytest.raises(BadInput, match="aucune édition publiée avant"):
        compare.resolve(lone, "previous", read, today)


def test_the_command_answers_in_three_forms(segur, store):
    """`segur compare` prints a table, JSON or CSV; an impossible side ends in one line."""
    asked = ("compare", "previous", "current", "--as-of", "2026-04-01", "--store", store.folder)
    told = json.loads(segur(*asked, "--format", "json").stdout)
    [step] = told["steps"]
    assert told["closed"] == [d["id"] for d in step["closed"]] == ["below-norm:x"]
    assert step["closed"][0]["cause"] == "knowledge"
    assert step["sources"] == [{"id": "a", "what": "replaced"}]
    head, row = segur(*asked, "--format", "csv").stdout.splitlines()
    assert head.split(",") == list(compared.COLUMNS)
    assert row.startswith("1,edition,closed,gap,below-norm:x,")
    assert "Source remplacée : Registre." in segur(*asked).stdout
    assert "Nothing differs." in segur("--lang", "en", "compare", "current", "current", "--store", store.folder).stdout
    refused = segur("compare", "*", "current", "--store", store.folder)
    assert (refused.returncode, refused.stderr.count("\n")) == (2, 1)


# What holds in any two worlds

DAYS = st.dates(date(2024, 1, 1), date(2027, 6, 1))
SEEN = st.sampled_from(["2024-03-01", "2025-09-01", "2026-03-01", "2026-05-01"])
ENDS = st.sampled_from(["", "2025-01-01", "2026-04-30"])
MODALITIES = st.sampled_from(["lacking", "effective"])


@st.composite
def worlds(draw):
    """The tables of a small world in which every aspect may move."""
    state = st.sampled_from(["filled", "vacant", "unknown"])
    seats = [
        f"s{n},{'xy'[n % 2]},usagers,titulaire,{draw(state)},,{draw(ENDS)},{draw(SEEN)}"
        for n in range(draw(st.integers(0, 5)))
    ]
    lists = [
        f"{b},usagers,{draw(st.sampled_from(['complete', 'partial']))},{draw(SEEN)}"
        for b in draw(st.sampled_from(["", "x", "xy"]))
    ]
    least = draw(st.sampled_from(["0", "1", "2"]))
    sure = draw(st.sampled_from(["confirmed", "from-memory"]))
    return {
        "sources": ["id,title,date", "a,A,2026-01-01", "b,B,"],
        "norms": [
            NORM,
            f"CDU,CDU,L1,{draw(ENDS)},,{draw(ENDS)},{least},{sure}",
            f"CVS,CVS,L2,,{draw(ENDS)},,1,confirmed",
        ],
        "bodies": [
            "id,kind,type,label,exists_from,exists_to,status,group",
            f"x,instance,CDU,X,{draw(st.sampled_from(['', '2025-06-01']))},{draw(ENDS)},,",
            f"y,instance,{draw(st.sampled_from(['CDU', 'CVS']))},Y,,,{draw(st.sampled_from(['', 'expected']))},",
            f"u,actor,U,U,,,,{draw(st.sampled_from(['usagers', 'etat', '']))}",
            "v,actor,V,V,,,,etat",
        ],
        "compositions": [BASE["compositions"][0], *lists],
        "seats": [SEATS[0], *seats],
        "measures": [
            "id,kind,label,concerns,date,signatories_complete,source",
            f"m,measure,M,,{draw(SEEN)},{draw(st.sampled_from(['yes', 'no']))},b",
            f"p,proposal,P,CDU,{draw(SEEN)},,b",
        ],
        "signatures": ["measure,body,role,modality,source", *(f"m,{b},author,effective,b" for b in "uv")],
        "participations": ["measure,stage,group,modality", f"m,suivi,usagers,{draw(MODALITIES)}"],
        "meetings": ["id,label,date,attendance_complete", f"r,R,{draw(SEEN)},{draw(st.sampled_from(['yes', 'no']))}"],
        "attendances": ["meeting,group,status", f"r,{draw(st.sampled_from(['usagers', 'etat']))},present"],
        "same": ["id,same_as,verdict", *(["y,x,same"] if draw(st.booleans()) else [])],
    }


def given_ends(test):
    """Runs a test on two small worlds, each on a day; often one world, or one day."""
    ends = st.tuples(worlds(), worlds(), DAYS, DAYS, st.booleans(), st.booleans())
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large]
    return settings(max_examples=6, suppress_health_check=slow)(given(ends=ends)(test))


def compares(world, ends):
    """The comparison of two ends, forth and back, and their two reports."""
    one, other, then, now, alike, same_day = ends
    first, second = world(**one), world(**(one if alike else other))
    a, b = (first.edition, then), (second.edition, then if same_day else now)
    tables = {first.edition.folder: first.tables, second.edition.folder: second.tables}

    def side(edition, day):
        return compare.At(tables[edition.folder], day)

    return compare.compare(a, b, side), compare.compare(b, a, side)


@given_ends
def test_every_difference_has_a_cause(world, ends):
    """Every difference has a cause: the world or the law between two dates, our knowledge between two editions."""
    forth, _ = compares(world, ends)
    for step in forth.steps:
        why = causes.causes(step)
        for difference in step.differences:
            found = why[difference.id]
            assert found, (step.by, difference)
            if step.by == "edition":
                assert {c.cause for c in found} == {"knowledge"}
            assert all(set(c.says) == {"fr", "en"} for c in found)


@given_ends
def test_backwards_is_the_mirror(world, ends):
    """B against A says what A against B says, opened for closed, with the causes of the same sort."""
    forth, back = compares(world, ends)
    mirrored = {"opened": "closed", "closed": "opened", "changed": "changed"}
    assert [s.by for s in forth.steps] == [s.by for s in back.steps][::-1]
    for step, other in zip(forth.steps, back.steps[::-1], strict=True):
        assert {(d.id, d.what) for d in step.differences} == {(d.id, mirrored[d.what]) for d in other.differences}
        kinds, others = ({i: [c.cause for c in found] for i, found in causes.causes(s).items()} for s in (step, other))
        assert kinds == others
        if step.by == "date":
            assert causes.causes(step) == causes.causes(other)


@given_ends
def test_what_opened_and_closed_is_the_difference_of_the_reports(world, ends):
    """What was told, less what closed, and what opened, is what is told; step by step and from end to end."""
    forth, _ = compares(world, ends)
    for step in forth.steps:
        had, has = ({t.id for t in side.report().told} for side in (step.before, step.after))
        opened, closed = ({d.id for d in step.differences if d.what == w} for w in ("opened", "closed"))
        assert (had - closed) | opened == has
        assert closed <= had
        assert not opened & had
    opened, closed, unchanged = forth.net()
    had, has = (side.report().told for side in (forth.before, forth.after))
    assert len(opened) - len(closed) == len(has) - len(had)
    assert unchanged + len(opened) == len(has)


@given_ends
def test_nothing_differs_from_itself(world, ends):
    """An end compared with itself differs in nothing."""
    tables, _, day, *_ = ends
    small = world(**tables)
    found = compare.compare((small.edition, day), (small.edition, day), lambda _, d: compare.At(small.tables, d))
    assert [s.differences for s in found.steps] == [[]]
    assert found.net()[:2] == ([], [])


def test_only_the_name_of_a_norm_is_put_in_french():
    """The tables keep articles in English; what a source is called stays as it is."""
    assert causes.says("confirmed", "R. 1 to R. 3")["fr"].startswith("La règle R. 1 à R. 3 ")
    assert "Guide to rights" in causes.says("added", "Guide to rights")["fr"]
