"""What counts on a date, rule by rule (R1 to R16): one behaviour each, where the worked examples do not show it."""

from datetime import date

import pytest

from segur_graph.completeness import instances

NORM = (
    "code,name_fr,valid_from,valid_to,binding_from,"
    "usager_seats_min,usager_seats_min_in,usager_share_min,regimes,category,confidence"
)
CDU = "CDU,Commission des usagers,2016-06-04,,2016-12-04,2,,,ru,,confirmed"
BODY = "id,kind,type,label,territory,status,exists_from,exists_to,group,source"
X = "x,instance,CDU,X"
LIST = "instance,group,completeness,observed_on"
FULL = "x,usagers,complete,2026-03-01"
SEAT = "id,instance,group,position,state,observed_on,regime,mandate_from,mandate_to,source"
MEASURE = "id,kind,label,proposed_by,date,concerns,effect_type,effect_group,effect_seats,signatories_complete,source"


def seat(name, state="filled", **said):
    """A row of `seats`: a titulaire seat of users in x, seen with the list, unless said."""
    cells = {"instance": "x", "group": "usagers", "position": "titulaire", "observed_on": "2026-03-01"} | said
    return ",".join([name, *(cells.get(c, state if c == "state" else "") for c in SEAT.split(",")[1:])])


def two_filled():
    """Two filled seats, as the law requires of a CDU."""
    return [seat("s1"), seat("s2")]


@pytest.fixture(scope="module")
def cdu(world):
    """Makes the world of one CDU, x, with a complete list, and some seats; other tables take the place of these."""

    def make(*seats, **tables):
        usual = {"norms": [NORM, CDU], "bodies": [BODY, X], "compositions": [LIST, FULL], "seats": [SEAT, *seats]}
        return world(**usual | tables)

    return make


def told(small, cases, day="2026-06-30", focus="x"):
    """What is told of each case, in order: the kinds of gap and unknown about x0, x1 and so on."""
    return [small.about(f"{focus}{n}", day) for n, _ in enumerate(cases)]


# R1 · Several sources


def test_r1_a_cell_is_the_latest_sources_that_fills_it(cdu):
    """A body's cell is that of the latest source that fills it: an empty cell says nothing, no date is oldest."""
    small = cdu(
        sources=["id,date", "z,", "a,2020-01-01", "b,2024-01-01"],
        bodies=[
            BODY,
            "x,instance,CDU,Undated,REG-01,,,,,z",
            "x,instance,CDU,Old,REG-02,,,,,a",
            "x,instance,CDU,New,,,,,,b",
        ],
    )
    focus = small.gap("below-norm:x")
    assert (focus.focus["label"], focus.territory) == ("New", "REG-02")


def test_r1_sources_of_one_day_are_ranked_by_id(cdu):
    """Of two sources of one date the later id speaks, whatever the order of rows."""
    rows = ["x,instance,CDU,B,,,,,,b", "x,instance,CDU,A,,,,,,a"]
    small = cdu(sources=["id,date", "b,2024-01-01", "a,2024-01-01"], bodies=[BODY, *rows])
    assert small.gap("below-norm:x").focus["label"] == "B"


def test_r1_a_measures_cells_come_from_its_latest_source(world):
    """A measure that an earlier source calls completely signed, and a later one does not, is unknown."""
    small = world(
        sources=["id,date", "a,2020-01-01", "b,2024-01-01"],
        bodies=[BODY, "ars,actor,ARS,ARS,,,,,etat", "u,actor,URPS,U,,,,,professionnels"],
        measures=[MEASURE, "m,measure,M,,,,,,,no,b", "m,measure,M,,,,,,,yes,a"],
        signatures=["measure,body,role,modality", "m,ars,author,effective", "m,u,cosignatory,effective"],
    )
    assert small.ids() == {"unknown-signatories:m"}


def test_r1_a_seats_regime_is_the_latest_one_said(cdu):
    """An empty regime says nothing: the seat keeps the one said before."""
    before = seat("s2", regime="residents-families", observed_on="2025-01-01")
    assert cdu(seat("s1"), before, seat("s2")).ids() == {"below-norm:x"}


@pytest.mark.parametrize(("day", "source"), [("2025-01-01", "b"), ("2026-03-01", "a")])
@pytest.mark.parametrize(("before", "last"), [("pa-ph", "ru"), ("ru", "pa-ph")])
def test_r1_a_seats_later_regime_replaces_the_one_before(cdu, day, source, before, last):
    """The regime said on the latest day decides whose seat it is, and on one day that of the later source."""
    rows = [
        seat("s2", regime=before, observed_on=day, source=source),
        seat("s2", regime=last, source="a" if source == "b" else "b"),
    ]
    small = cdu(seat("s1"), *rows, sources=["id,date", "a,2020-01-01", "b,2024-01-01"])
    assert small.ids() == (set() if last == "ru" else {"below-norm:x"})


def test_r1_joined_bodies_are_one(cdu):
    """The rows of two joined ids count for one body, which bears the id in `same_as`."""
    small = cdu(
        seat("s1"),
        seat("s2", instance="y"),
        bodies=[BODY, X, "y,instance,CDU,Y"],
        compositions=[LIST, "y,usagers,complete,2026-03-01"],
        same=["id,same_as,verdict", "y,x,same"],
    )
    assert small.ids() == set()
    assert small.whole() == [2, 2, 0, 0, 0]


def test_r1_the_id_in_same_as_speaks(cdu):
    """Of two joined bodies the label is that of the one in `same_as`, even from an older source."""
    small = cdu(
        sources=["id,date", "a,2020-01-01", "b,2024-01-01"],
        bodies=[BODY, X, "y,instance,CDU,Y,REG-76,,,,,b"],
        same=["id,same_as,verdict", "y,x,same"],
    )
    found = small.gap("below-norm:x")
    assert (found.focus["label"], found.territory) == ("X", "REG-76")


def test_r1_a_chain_of_verdicts_joins_all(cdu):
    """Where x is y and y is z, all three are z, also where z is said to be itself."""
    small = cdu(
        seat("s1"),
        seat("s2", "vacant", instance="y"),
        bodies=[BODY, X, "y,instance,CDU,Y", "z,instance,CDU,Z"],
        same=["id,same_as,verdict", "x,y,same", "y,z,same", "z,z,same"],
    )
    assert small.ids() == {"vacant-seat:z"}
    assert small.whole() == [2, 1, 1, 0, 0]


@pytest.mark.parametrize(("before", "last", "speaks"), [("x,y", "y,x", "x"), ("y,x", "x,y", "y")])
def test_r1_the_latest_verdict_says_which_id_speaks(cdu, before, last, speaks):
    """Where two sources join a pair the other way round, the later one says which id is kept."""
    small = cdu(
        seat("s1"),
        seat("s2", "vacant", instance="y"),
        sources=["id,date", "a,2020-01-01", "b,2024-01-01"],
        bodies=[BODY, X, "y,instance,CDU,Y"],
        same=["id,same_as,verdict,source", f"{before},same,a", f"{last},same,b"],
    )
    assert small.ids() == {f"vacant-seat:{speaks}"}


@pytest.mark.parametrize(("last", "joined"), [("same", True), ("different", False)])
def test_r1_the_latest_verdict_on_a_pair_wins(cdu, last, joined):
    """The verdict of the latest source counts, whichever of the two ids it names first."""
    other = "different" if joined else "same"
    small = cdu(
        *two_filled(),
        sources=["id,date", "a,2020-01-01", "b,2024-01-01"],
        bodies=[BODY, X, "y,instance,CDU,Y"],
        same=["id,same_as,verdict,source", f"x,y,{other},a", f"y,x,{last},b"],
    )
    assert small.ids() == (set() if joined else {"unknown-composition:y"})


def test_r1_two_measures_that_ask_for_the_same_both_stay(world):
    """A verdict joins bodies; on two measures it joins nothing: each has its own gap."""
    rows = ["measure,stage,group,modality", *(f"{m},evaluation,usagers,lacking" for m in "mn")]
    small = world(
        measures=[MEASURE, "m,measure,M", "n,measure,N"], participations=rows, same=["id,same_as,verdict", "m,n,same"]
    )
    assert small.tables.query("SELECT * FROM joined") == []
    assert {"stage-uncovered:m", "stage-uncovered:n"} <= small.ids()


# R2 · What exists


EXISTENCE = [
    ("", "", "", "2026-06-30", True),
    ("existing", "", "", "2026-06-30", True),
    ("existing", "2026-06-30", "2026-06-30", "2026-06-30", True),
    ("", "2026-07-01", "", "2026-06-30", False),
    ("", "", "2026-06-29", "2026-06-30", False),
    ("proposed", "", "", "2026-06-30", False),
    ("abolished", "", "", "2026-06-30", False),
    ("abolished", "2010-01-01", "", "2011-01-01", False),
    ("abolished", "2010-01-01", "2026-06-30", "2026-06-30", True),
    ("abolished", "2010-01-01", "2026-06-30", "2026-07-01", False),
    ("abolished", "", "2026-06-30", "2009-01-01", True),
]


def test_r2_a_body_exists_between_its_days(world):
    """A body exists from its first day to its last, both included, unless its status says otherwise."""
    rows = [f"x{n},instance,T{n},X,,{','.join(case[:3])}" for n, case in enumerate(EXISTENCE)]
    small = world(bodies=[BODY, *rows])
    found = [f"unknown-norm:T{n}" in small.ids(day) for n, (*_, day, _) in enumerate(EXISTENCE)]
    assert found == [exists for *_, exists in EXISTENCE]


@pytest.mark.parametrize(("day", "told"), [("2026-05-31", False), ("2026-06-01", True)])
def test_r2_an_expected_body_has_its_days_too(world, day, told):
    """An expected body is told as unknown from its first day on, with the number of such bodies, not of rows."""
    rows = [f"{row},instance,CDU,X,REG-76,expected,2026-06-01,,,{source}" for row, source in ("xa", "xb", "ya")]
    small = world(bodies=[BODY, *rows])
    assert small.ids(day) == ({"unknown-instances:CDU:REG-76"} if told else set())
    if told:
        found = small.unknown("unknown-instances:CDU:REG-76", day)
        assert (found.details, found.territory) == ({"count": 2}, "REG-76")
        assert "2 instances" in found.says["fr"]


def test_r2_an_expected_body_opens_no_gap(cdu):
    """An expected CDU with a vacant seat, an ended mandate, a thin bench and a short list opens no gap."""
    rows = [seat("s1", "vacant"), seat("s2", mandate_to="2020-01-01"), seat("s3", "vacant", position="suppleant")]
    for seats in (rows[:2], rows[1:]):
        assert cdu(*seats, bodies=[BODY, "x,instance,CDU,X,,expected"]).on().gaps == []


def test_r2_only_instances_are_counted(cdu):
    """A body's own kind decides: an actor whose type has a norm owes no seats."""
    small = cdu(bodies=[BODY, "x,actor,CDU,X"], compositions=[LIST])
    assert small.ids() == set()
    assert small.whole() == [0, 0, 0, 0, 0]


@pytest.mark.parametrize(("day", "counts"), [("2026-02-28", False), ("2026-03-01", True)])
def test_r2_a_measure_or_meeting_counts_from_its_day(world, day, counts):
    """Participations go with their measure, attendances with their meeting: before its day there is nothing."""
    small = world(
        measures=[MEASURE, "m,measure,M,,2026-03-01"],
        participations=["measure,stage,group,modality", "m,suivi,usagers,lacking"],
        meetings=["id,label,date,attendance_complete", "r,R,2026-03-01,yes"],
        attendances=["meeting,group,status", "r,etat,present"],
    )
    expected = {"stage-uncovered:m", "unknown-stage:m", "meeting-without-usagers:r"}
    assert small.ids(day) == (expected if counts else set())


def test_r2_a_measure_without_a_date_counts_always(world):
    """An undated measure counts on any day, and its gap has no day."""
    lacking = ["measure,stage,group,modality", "m,suivi,usagers,lacking"]
    small = world(measures=[MEASURE, "m,measure,M"], participations=lacking)
    assert small.gap("stage-uncovered:m", "1990-01-01").seen_on is None


# R3 · Norms by date, types by name


@pytest.mark.parametrize(
    ("day", "minimum"), [("2015-12-31", 1), ("2016-01-01", 3), ("2020-12-31", 3), ("2021-01-01", None)]
)
def test_r3_the_norm_is_that_of_the_day(world, day, minimum):
    """The norm of a type is its row whose days, both included, hold the day asked for."""
    norms = [
        NORM,
        "CDU,C,,2015-12-31,,1,,,,,confirmed",
        "CDU,C,2016-01-01,2020-12-31,,3,,,,,confirmed",
    ]
    small = world(norms=norms, bodies=[BODY, X])
    name = "unknown-norm:CDU" if minimum is None else "unknown-composition:x"
    assert small.ids(day) == {name}
    if minimum:
        assert small.unknown(name, day).details == {"required": minimum, "seats": 0}


def test_r3_naming_a_type_names_what_is_narrower_at_any_depth(world):
    """A measure about CME concerns EPS_CME and, below it, CHU_CME; it does not concern what is broader."""
    zero = [f"{code},{code},,,,0,,,,,confirmed" for code in ("TOP", "CME", "EPS_CME", "CHU_CME")]
    types = ["CME,instance,C,TOP", "EPS_CME,instance,E,CME", "CHU_CME,instance,H,EPS_CME"]
    small = world(
        norms=[NORM, *zero],
        types=["code,kind,label,broader", *types],
        measures=[MEASURE, "m,proposal,M,,,CME"],
    )
    assert small.ids() == {"structural:CME", "structural:EPS_CME", "structural:CHU_CME"}
    below, itself = ({p["locator"] for p in small.gap(f"structural:{code}").premises} for code in ("CHU_CME", "CME"))
    assert below == {"norms.csv:5", "measures.csv:2", "types.csv:3", "types.csv:4"}
    assert itself == {"norms.csv:3", "measures.csv:2"}


def test_r3_a_type_that_only_an_effect_names_is_a_type(world):
    """A type without a norm, a row or a body, for which a measure asks seats, is named as a type."""
    small = world(measures=[MEASURE, "m,proposal,M,,,,CME,usagers,1"])
    assert small.tables.on(date(2026, 6, 30)).query("SELECT named, is_type FROM namings_now") == [
        {"named": "CME", "is_type": True}
    ]


def test_r3_what_replaces_a_type_is_told_never_applied(world):
    """A CRUQPC still existing in 2026 has no norm, though CDU replaced it."""
    small = world(
        norms=[NORM, CDU, "CRUQPC,CRUQPC,2005-03-05,2016-06-03,,2,,,,,confirmed"],
        types=["code,kind,label,replaced_by", "CRUQPC,instance,CRUQPC,CDU"],
        bodies=[BODY, "x,instance,CRUQPC,X"],
    )
    assert small.ids() == {"unknown-norm:CRUQPC"}
    assert small.unknown("unknown-norm:CRUQPC").focus["label"] == "CRUQPC"


# R4, R5 · Lists


def test_r4_the_list_of_a_group_is_that_of_its_latest_day(cdu):
    """The latest day that is about users, or about all, says whether their list is complete; a later day does not."""
    complete, not_known = {"below-norm"}, {"unknown-composition"}
    cases = [
        (complete, ["usagers,complete,2026-03-01"]),
        (complete, ["usagers,complete,2026-06-30"]),
        (complete, ["all,complete,2026-03-01"]),
        (not_known, ["etat,complete,2026-03-01"]),
        (not_known, ["usagers,complete,2026-03-01", "all,partial,2026-03-01"]),
        (not_known, ["usagers,complete,2026-03-01", "all,partial,2026-04-01"]),
        (complete, ["usagers,unknown,2026-02-01", "all,complete,2026-03-01"]),
        (complete, ["usagers,complete,2026-03-01", "etat,partial,2026-04-01"]),
        (not_known, ["usagers,complete,2026-07-01"]),
    ]
    bodies = [f"x{n},instance,CDU,X" for n, _ in enumerate(cases)]
    lists = [f"x{n},{row}" for n, (_, rows) in enumerate(cases) for row in rows]
    small = cdu(bodies=[BODY, *bodies], compositions=[LIST, *lists])
    assert told(small, cases) == [answer for answer, _ in cases]


def test_r5_a_complete_list_closes_what_was_last_seen_before_it(cdu):
    """Beside a complete list of two filled seats, a third counts from its day on unless it was last seen before."""
    vacant, later = {"state": "vacant"}, {"observed_on": "2026-05-01"}
    cases = [
        (True, [vacant], []),
        (False, [vacant | {"observed_on": "2026-02-28"}], []),
        (False, [vacant | {"observed_on": "2026-02-28", "source": "b"}], []),
        (False, [vacant | {"observed_on": "2026-02-28"}], ["usagers,partial,2026-05-01"]),
        (True, [vacant | {"observed_on": "2026-02-28"}, vacant | later], []),
        (False, [{}, vacant | {"observed_on": "2026-07-01"}], []),
        (False, [{}, vacant | {"observed_on": "2026-01-01"}], []),
    ]
    third = [seat(f"s{n}c", instance=f"x{n}", **said) for n, (_, rows, _) in enumerate(cases) for said in rows]
    lists = [f"x{n},{row}" for n, (*_, more) in enumerate(cases) for row in ["usagers,complete,2026-03-01", *more]]
    small = cdu(
        *(seat(f"s{n}{name}", instance=f"x{n}") for n, _ in enumerate(cases) for name in "ab"),
        *third,
        bodies=[BODY, *(f"x{n},instance,CDU,X" for n, _ in enumerate(cases))],
        compositions=[LIST, *lists],
    )
    assert told(small, cases) == [{"vacant-seat"} if counts else set() for counts, *_ in cases]
    assert "vacant-seat:x4" not in small.ids("2026-04-30")
    assert "vacant-seat:x4" in small.ids("2026-05-01")
    assert "vacant-seat:x5" in small.ids("2026-07-01")


def test_r5_the_list_of_one_group_closes_no_seat_of_another(world):
    """A complete list of the State's seats leaves a vacant seat of users as it is; one of all closes it."""
    old = seat("s1", "vacant", observed_on="2026-02-01")
    tables = {"norms": [NORM, "CDU,C,,,,1,,,,,confirmed"], "bodies": [BODY, X], "seats": [SEAT, old]}
    for group, answer in (("etat", "vacant-seat:x"), ("all", "below-norm:x")):
        small = world(compositions=[LIST, f"x,{group},complete,2026-03-01"], **tables)
        assert small.ids() == {answer}


# R6 · What a seat is


def test_r6_a_seat_is_what_the_rows_of_its_latest_day_say(cdu):
    """The rows of a seat's latest day agree on a state, or it is unknown; a mandate ends on one row's word."""
    cases = [
        ("", ["filled,,"]),
        ("vacant-seat", ["vacant,,"]),
        ("unknown-seat", ["unknown,,"]),
        ("unknown-seat", ["filled,,", "vacant,,"]),
        ("unknown-seat", ["filled,,", "unknown,,"]),
        ("unknown-seat", ["filled,2026-07-01,"]),
        ("unknown-seat", ["filled,2026-07-01,", "filled,,"]),
        ("unknown-seat", ["filled,2026-07-01,", "filled,2026-01-01,"]),
        ("", ["filled,2026-06-30,"]),
        ("", ["filled,,2026-06-30"]),
        ("expired-mandate", ["filled,,2026-06-29"]),
        ("expired-mandate", ["filled,,2026-06-29", "filled,,"]),
        ("unknown-seat", ["filled,,2026-06-29", "filled,,2026-06-30"]),
        ("expired-mandate", ["filled,,2026-06-28", "filled,,2026-06-29"]),
        ("unknown-seat", ["filled,,2026-06-29", "vacant,,"]),
        ("vacant-seat", ["vacant,,2026-06-29"]),
        ("vacant-seat", ["vacant,2026-07-01,"]),
    ]
    bodies = [f"x{n},instance,GROUPE,X" for n, _ in enumerate(cases)]
    rows = [
        seat(f"s{n}", state, instance=f"x{n}", mandate_from=since, mandate_to=until, source=f"z{source}")
        for n, (_, said) in enumerate(cases)
        for source, (state, since, until) in enumerate(row.split(",") for row in said)
    ]
    small = cdu(*rows, bodies=[BODY, *bodies], compositions=[LIST])
    assert told(small, cases) == [{kind} - {""} for kind, _ in cases]


def test_r6_a_conflict_shows_all_its_rows(cdu):
    """The premises of a disputed seat are all the rows of its latest day, and none of an earlier one."""
    rows = [seat("s2"), seat("s2", "vacant", source="b"), seat("s2", "vacant", observed_on="2026-01-01", source="c")]
    rows.append(seat("s3", "unknown", position="suppleant", source="d"))
    told = cdu(seat("s1"), *rows).unknown("unknown-seat:x")
    assert sorted(p["source"]["id"] for p in told.premises) == ["a", "b", "d"]
    assert told.details == {"titulaire": 1, "suppleant": 1, "count": 2}


@pytest.mark.parametrize(("position", "details"), [("titulaire", (1, 0)), ("suppleant", (0, 1))])
def test_r6_a_mandate_ends_for_any_position(cdu, position, details):
    """An ended mandate of a titulaire or of a suppléant is a gap of one seat, and never a vacant one."""
    small = cdu(*two_filled(), seat("s3", mandate_to="2020-01-01", position=position))
    found = small.gap("expired-mandate:x")
    assert (found.details["titulaire"], found.details["suppleant"]) == details
    assert found.count == 1


def test_r6_a_mandate_ended_on_the_earliest_day_that_passed(cdu):
    """Of two ends said of a mandate the earlier is told, of several mandates the first; an end to come is none."""
    rows = [
        seat("s1", mandate_to="2026-06-29"),
        seat("s1", mandate_to="2026-06-28", source="b"),
        seat("s2", mandate_to="2026-06-29"),
        seat("s3", mandate_to="2026-07-01"),
    ]
    small = cdu(*rows)
    told = small.tables.on(date(2026, 6, 30)).query("SELECT ended_on FROM seats_now ORDER BY id")
    assert [row["ended_on"] for row in told] == [date(2026, 6, 28), date(2026, 6, 29), None]
    assert "le premier le 28 juin 2026" in small.gap("expired-mandate:x").says["fr"]


# Kinds of seat gap


def test_a_suppleants_vacancy_is_a_thin_bench_only_where_no_titulaire_is_vacant(cdu):
    """A vacant suppléant seat is a thin bench; beside a vacant titulaire one it is part of that gap."""
    spare = seat("s3", "vacant", position="suppleant")
    alone, both = cdu(*two_filled(), spare), cdu(seat("s1"), seat("s2", "vacant"), spare)
    assert alone.ids() == {"thin-bench:x"}
    assert alone.gap("thin-bench:x").count == 1
    assert both.ids() == {"vacant-seat:x"}


def test_a_vacant_seat_of_another_group_is_no_gap(cdu):
    """Only seats of users open gaps of seats."""
    others = [seat("e", "vacant", group="etat"), seat("f", group="etat", mandate_to="2020-01-01")]
    assert cdu(*two_filled(), *others, seat("g", "unknown", group="etat")).ids() == set()


def test_a_vacancy_counts_whatever_the_regime(cdu):
    """A vacant seat of residents is a vacant seat of users, though it does not count for the norm."""
    small = cdu(*two_filled(), seat("s3", "vacant", regime="residents-families"))
    assert small.ids() == {"vacant-seat:x"}


# R7, R8 · What counts for the norm, and what is required


def test_r7_a_seat_counts_by_its_regime(cdu):
    """A seat counts if its regime is empty or one of the norm's, or the norm takes any."""
    cases = [
        ("", "insured", True),
        ("", "", True),
        ("ru", "ru", True),
        ("ru", "", True),
        ("ru", "pa-ph", False),
        ("ru", "insured", False),
        ("ru|pa-ph", "pa-ph", True),
        ("ru|pa-ph", "residents-families", False),
    ]
    norms = [f"T{n},T,,,,1,,,{regimes},,confirmed" for n, (regimes, _, _) in enumerate(cases)]
    bodies = [f"x{n},instance,T{n},X" for n, _ in enumerate(cases)]
    seats = [seat(f"s{n}", instance=f"x{n}", regime=regime) for n, (_, regime, _) in enumerate(cases)]
    small = cdu(*seats, norms=[NORM, *norms], bodies=[BODY, *bodies], compositions=[LIST])
    assert told(small, cases) == [set() if counts else {"unknown-composition"} for *_, counts in cases]


def test_r7_a_titulaire_seat_of_users_exists_in_whatever_state(cdu):
    """A titulaire seat of users counts for the norm in any state; a suppléant's, or another group's, never."""
    cases = [
        ({}, True),
        ({"state": "vacant"}, True),
        ({"state": "unknown"}, True),
        ({"mandate_to": "2020-01-01"}, True),
        ({"position": "suppleant"}, False),
        ({"group": "qualifies"}, False),
    ]
    bodies = [f"x{n},instance,CDU,X" for n, _ in enumerate(cases)]
    seats = [seat(f"s{n}{m}", instance=f"x{n}", **said) for n, (said, _) in enumerate(cases) for m in range(2)]
    small = cdu(*seats, bodies=[BODY, *bodies], compositions=[LIST])
    assert ["unknown-composition" not in kinds for kinds in told(small, cases)] == [counts for _, counts in cases]


SHARED_ALL = [LIST, "x,all,complete,2026-03-01"]


def test_r8_a_share_is_the_smallest_whole_number_of_all_titulaires(cdu):
    """A share of all titulaire seats is at least that part of them, or more than it where so written."""
    cases = [(">1/2", 6, 4), (">1/2", 7, 4), ("1/2", 6, 3), ("1/2", 7, 4), ("1/4", 8, 2), ("1/4", 9, 3), ("1/3", 9, 3)]
    bodies = [f"x{n},instance,T{n},X" for n, _ in enumerate(cases)]
    norms = [f"T{n},T,,,,,,{share},,,confirmed" for n, (share, _, _) in enumerate(cases)]
    lists = [f"x{n},all,complete,2026-03-01" for n, _ in enumerate(cases)]
    others = [
        seat(f"s{n}-{m}", "vacant" if m % 2 else "filled", group="etat", instance=f"x{n}")
        for n, (_, count, _) in enumerate(cases)
        for m in range(count)
    ]
    bench = [seat(f"p{n}", group="etat", position="suppleant", instance=f"x{n}") for n, _ in enumerate(cases)]
    small = cdu(*others, *bench, norms=[NORM, *norms], bodies=[BODY, *bodies], compositions=[LIST, *lists])
    assert [small.gap(f"below-norm:x{n}").details["required"] for n, _ in enumerate(cases)] == [r for *_, r in cases]


def test_r8_a_minimum_and_a_share_both_hold(cdu):
    """Where a norm has a minimum and a share, the greater is required."""
    small = cdu(
        *(seat(f"e{n}{m}", group="etat", instance=f"x{n}") for n in "123" for m in range(4)),
        norms=[NORM, *(f"T{n},C,,,,{n},,1/2,,,confirmed" for n in "123")],
        bodies=[BODY, *(f"x{n},instance,T{n},X" for n in "123")],
        compositions=[LIST, *(f"x{n},all,complete,2026-03-01" for n in "123")],
    )
    assert [small.gap(f"below-norm:x{n}").details["required"] for n in "123"] == [2, 2, 3]


@pytest.mark.parametrize(
    ("rows", "required"),
    [
        (["x,all,complete,2026-03-01"], 2),
        (["x,all,partial,2026-03-01"], None),
        (["x,usagers,complete,2026-03-01"], None),
        (["x,all,complete,2015-12-31"], None),
        (["x,all,complete,2016-01-01"], 2),
    ],
)
def test_r8_a_share_needs_a_complete_list_of_all_that_binds(cdu, rows, required):
    """Without a complete list of all groups, dated from the day the norm binds, a share cannot be computed."""
    day = rows[0].rsplit(",", 1)[1]
    others = [seat(f"e{n}", group="etat", observed_on=day) for n in range(4)]
    norms = [NORM, "CDU,C,2010-01-01,,2016-01-01,,,1/2,,,confirmed"]
    small = cdu(*others, norms=norms, compositions=[LIST, *rows])
    if required is None:
        assert small.unknown("unknown-composition:x").details["required"] is None
        assert small.whole() == [0, 0, 0, 0, 0]
    else:
        assert small.gap("below-norm:x").details["required"] == required


def test_r8_a_minimum_that_is_kept_leaves_the_share_a_question(cdu):
    """Where as many seats are counted as the minimum asks, and the share cannot be computed, the share is asked for."""
    small = cdu(*two_filled(), norms=[NORM, "CDU,C,,,,2,,1/2,,,confirmed"])
    assert small.ids() == {"unknown-composition:x"}
    assert "combien de sièges compte-t-elle en tout" in small.unknown("unknown-composition:x").says["fr"]


@pytest.mark.parametrize(
    ("territory", "answer", "required"),
    [
        ("", "below-norm:x", 2),
        ("DEP-31", "below-norm:x", 2),
        ("REG-76", "below-norm:x", 3),
        ("REG-06", "unknown-composition:x", None),
    ],
)
def test_r8_a_territory_may_have_its_own_number(cdu, territory, answer, required):
    """The number is that of the instance's own territory, none inferred; `?` is a number that cannot be computed."""
    norms = [NORM, "CDU,C,,,,2,REG-76=3|REG-06=?,,,,confirmed"]
    small = cdu(norms=norms, bodies=[BODY, f"{X},{territory}"])
    assert small.ids() == {answer}
    assert [g.details["required"] for g in small.on().gaps] == ([] if required is None else [required])
    assert all("n'a pas été lu" in u.says["fr"] for u in small.on().unknowns)
    assert small.whole()[0] == (required or 0)


@pytest.mark.parametrize(("seen", "answer"), [("2016-12-03", "unknown-composition:x"), ("2016-12-04", "below-norm:x")])
def test_r8_a_list_older_than_the_duty_opens_no_gap(cdu, seen, answer):
    """An existing instance must comply from `binding_from`: a list seen the day before says nothing of it."""
    small = cdu(compositions=[LIST, f"x,usagers,complete,{seen}"])
    assert small.ids() == {answer}
    assert all("plus ancienne que l'obligation" in u.says["fr"] for u in small.on().unknowns)


def test_r8_a_norm_binds_from_its_first_day_where_it_says_no_other(cdu):
    """An empty `binding_from` is `valid_from`."""
    norms = [NORM, "CDU,C,2026-03-02,,,2,,,,,confirmed"]
    assert cdu(norms=norms).ids() == {"unknown-composition:x"}
    shared = cdu(seat("e", group="etat"), norms=[NORM, "CDU,C,2026-03-02,,,,,1/2,,,confirmed"], compositions=SHARED_ALL)
    assert shared.unknown("unknown-composition:x").details["required"] is None


def test_r8_an_empty_minimum_is_no_floor(cdu):
    """A norm without minimum and without share requires nothing, and is told as unknown."""
    small = cdu(norms=[NORM, "CDU,C,,,,,,,,,confirmed"])
    assert small.ids() == {"unknown-norm:CDU"}
    assert small.whole() == [0, 0, 0, 0, 0]


def test_structural_needs_a_norm_that_says_zero(world):
    """Only a minimum of 0 without a share is a structural gap; no norm, or one without a number, is unknown."""
    cases = [
        ("structural:T0", ",,,0,,"),
        ("unknown-composition:x1", ",,,0,,1/2"),
        ("unknown-composition:x2", ",,,1,,"),
        ("unknown-norm:T3", ",,,,,"),
        ("unknown-norm:T4", "2027-01-01,,,0,,"),
    ]
    norms = [f"T{n},T,{said},,,confirmed" for n, (_, said) in enumerate(cases)]
    small = world(norms=[NORM, *norms], bodies=[BODY, *(f"x{n},instance,T{n},X" for n, _ in enumerate(cases))])
    assert small.ids() == {answer for answer, _ in cases}


def test_an_unknown_norm_says_what_became_of_the_last_one(world):
    """A type whose norm ended, was replaced, or sets no minimum is not told to have none."""
    cases = [
        ("n'en fixe aucun minimum", "", ["T0,C,,,,,,,,,confirmed"]),
        ("a pris fin le 31 décembre 2024", "", ["T1,C,,2024-12-31,,1,,,,,confirmed"]),
        ("a pris fin le 31 décembre 2024", "", ["T2,C,,2019-12-31,,1,,,,,", "T2,C,2020-01-01,2024-12-31,,1,,,,,"]),
        ("remplacé par : CoReSS", "CORESS", ["T3,C,,2024-12-31,,1,,,,,confirmed"]),
        ("Aucune norme n'est connue", "", []),
    ]
    small = world(
        norms=[NORM, "CDU,C,,,,1,,,,,confirmed", *(norm for *_, norms in cases for norm in norms)],
        types=[
            "code,kind,label,replaced_by",
            "CORESS,instance,CoReSS,",
            *(f"T{n},instance,T,{replaced}" for n, (_, replaced, _) in enumerate(cases)),
        ],
        bodies=[BODY, *(f"x{n},instance,T{n},X" for n, _ in enumerate(cases))],
    )
    for n, (words, *_) in enumerate(cases):
        assert words in small.unknown(f"unknown-norm:T{n}").says["fr"]


def test_a_measure_that_names_a_type_without_a_norm_asks_nothing(world):
    """`unknown-norm` is asked of existing instances only."""
    small = world(types=["code,kind,label", "RETEX,instance,R"], measures=[MEASURE, "m,proposal,M,,,RETEX"])
    assert small.ids() == set()


def test_structural_is_opened_by_any_measure_that_names_the_type(world):
    """A measure names a type by `concerns` or by `effect_type`, for whatever group."""
    norms = [f"T{n},T,,,,0,,,,,confirmed" for n in range(4)]
    rows = ["m0,measure,M,,,T0", "m1,proposal,M,,,,T1,usagers,1", "m2,measure,M,,,,T2,etat,1"]
    small = world(norms=[NORM, *norms], measures=[MEASURE, *rows])
    assert small.ids() == {f"structural:T{n}" for n in range(3)}


# R9, R10 · Who signs, who takes part

SIGNED = "measure,body,role,modality"
PARTIES = [
    BODY,
    "ars,actor,ARS,ARS,,,,,etat",
    "urps,actor,URPS,URPS",
    "fas,actor,FAS,FAS",
    "odd,actor,URPS,Odd,,,,,usagers",
    "crsa,instance,CRSA,CRSA,,proposed",
]
TYPES = ["code,kind,label,group", "URPS,actor,URPS,professionnels", "FAS,actor,FAS,usagers", "CRSA,instance,CRSA,"]


def test_r9_two_signatories_none_of_users(world):
    """Different parties that sign in effect, or propose, are signatories; each has its own group or its type's."""
    gap, not_known = {"no-usager-signatory"}, {"unknown-signatories"}
    cases = [
        (set(), "yes", "", ["ars,author,effective"]),
        (set(), "yes", "", ["ars,author,effective", "ars,cosignatory,effective"]),
        (set(), "yes", "ars", ["ars,author,effective"]),
        (gap, "yes", "ars", ["urps,author,effective"]),
        (set(), "yes", "", ["ars,author,effective", "urps,lead,effective"]),
        (set(), "yes", "", ["ars,author,effective", "urps,relay,effective"]),
        (set(), "yes", "", ["ars,author,effective", "urps,cosignatory,requested"]),
        (gap, "yes", "", ["ars,author,effective", "URPS,cosignatory,effective"]),
        (set(), "yes", "", ["ars,author,effective", "fas,cosignatory,effective"]),
        (set(), "yes", "", ["ars,author,effective", "FAS,cosignatory,effective"]),
        (set(), "yes", "", ["ars,author,effective", "odd,cosignatory,effective"]),
        (set(), "no", "", ["ars,author,effective", "fas,cosignatory,effective"]),
        (not_known, "no", "", ["ars,author,effective", "urps,cosignatory,effective"]),
        (not_known, "", "", ["ars,author,effective", "urps,cosignatory,effective"]),
        (not_known, "yes", "", ["ars,author,effective", "crsa,cosignatory,effective"]),
        (set(), "yes", "", ["crsa,author,effective", "fas,cosignatory,effective"]),
        (set(), "yes", "fas", ["ars,author,effective", "urps,cosignatory,effective"]),
    ]
    measures = [f"x{n},measure,M,{proposer},,,,,,{complete}" for n, (_, complete, proposer, _) in enumerate(cases)]
    signatures = [f"x{n},{row}" for n, (*_, rows) in enumerate(cases) for row in rows]
    small = world(bodies=PARTIES, types=TYPES, measures=[MEASURE, *measures], signatures=[SIGNED, *signatures])
    assert told(small, cases) == [answer for answer, *_ in cases]


def test_r9_joined_bodies_sign_once(world):
    """Two ids of one body are one party, so that its measure has one signatory."""
    small = world(
        bodies=[BODY, "ars,actor,ARS,ARS,,,,,etat", "ars2,actor,ARS,ARS 2"],
        measures=[MEASURE, "m,measure,M,,,,,,,yes"],
        signatures=[SIGNED, "m,ars,author,effective", "m,ars2,cosignatory,effective"],
        same=["id,same_as,verdict", "ars2,ars,same"],
    )
    assert small.ids() == set()


@pytest.mark.parametrize(
    ("seats", "words"), [("16,,", "garantit un siège"), (",,1/2", "garantit un siège"), ("0,,", "aucune norme")]
)
def test_r9_the_question_says_whether_the_law_seats_users_in_a_mixed_signatory(world, seats, words):
    """Of a signatory in which several groups sit the question says whether the law gives users a seat there."""
    small = world(
        norms=[NORM, f"CRSA,CRSA,,,,{seats},,,confirmed"],
        bodies=[BODY, "ars,actor,ARS,ARS,,,,,etat", "crsa,instance,CRSA,CRSA,,proposed"],
        measures=[MEASURE, "m,measure,M,,,,,,,yes"],
        signatures=[SIGNED, "m,ars,author,effective", "m,crsa,cosignatory,effective"],
    )
    assert words in small.unknown("unknown-signatories:m").says["fr"]


@pytest.mark.parametrize("seats", ["16,,", ",,1/2"])
def test_r9_a_seat_in_one_mixed_signatory_is_no_seat_in_all(world, seats):
    """Where the law gives users a seat in one of two mixed signatories, the question says so."""
    small = world(
        norms=[NORM, f"CRSA,CRSA,,,,{seats},,,confirmed"],
        types=["code,kind,label,group", "CRSA,instance,CRSA,", "CTS,instance,CTS,"],
        bodies=[BODY, "crsa,instance,CRSA,Une CRSA", "cts,instance,CTS,Un CTS"],
        measures=[MEASURE, "m,measure,M,,,,,,,yes"],
        signatures=[SIGNED, "m,crsa,author,effective", "m,cts,cosignatory,effective"],
    )
    assert "dans une partie seulement" in small.unknown("unknown-signatories:m").says["fr"]


def test_a_stage_is_covered_uncovered_or_unknown(world):
    """Users lacking at a stage and not effective leave it uncovered; effective ones cover it; else who knows."""
    cases = [
        ("", ["effective"]),
        ("", ["effective", "requested"]),
        ("stage-uncovered", ["lacking"]),
        ("stage-uncovered", ["lacking", "requested"]),
        ("unknown-stage", ["lacking", "effective"]),
        ("unknown-stage", ["requested"]),
        ("unknown-stage", []),
    ]
    covered = [f"x{n},{stage},usagers,effective" for n in range(7) for stage in ("elaboration", "diffusion", "suivi")]
    rows = [f"x{n},evaluation,usagers,{m}" for n, (_, modalities) in enumerate(cases) for m in modalities]
    small = world(
        measures=[MEASURE, *(f"x{n},measure,M" for n in range(7))],
        participations=["measure,stage,group,modality", *covered, *rows],
    )
    assert told(small, cases) == [{kind} - {""} for kind, _ in cases]


def test_stages_are_told_in_the_order_in_which_they_come(world):
    """The stages of a gap, as those of a question, stand in the order of a measure's life."""
    stages = ["elaboration", "diffusion", "suivi", "evaluation"]
    rows = [*(f"m,{stage},usagers,lacking" for stage in reversed(stages)), "n,suivi,etat,effective"]
    small = world(
        measures=[MEASURE, "m,measure,M", "n,measure,N"], participations=["measure,stage,group,modality", *rows]
    )
    assert small.gap("stage-uncovered:m").stages == stages
    assert small.unknown("unknown-stage:n").details == {"stages": stages}


def test_r10_the_rows_group_counts_not_the_bodys(world):
    """FAS that takes part as a professional covers no stage for users and is not their presence in a meeting."""
    small = world(
        bodies=[BODY, "fas,actor,FAS,FAS,,,,,usagers"],
        measures=[MEASURE, "m,measure,M"],
        participations=[
            "measure,stage,group,body,modality",
            "m,suivi,professionnels,fas,effective",
            "m,suivi,usagers,,lacking",
        ],
        meetings=["id,label,date,attendance_complete", "r,R,2026-03-01,yes"],
        attendances=["meeting,body,group,status", "r,fas,professionnels,present"],
    )
    assert small.ids() == {"stage-uncovered:m", "unknown-stage:m", "meeting-without-usagers:r"}


def test_a_meeting_without_users_needs_a_complete_attendance(world):
    """A meeting with an attendance, complete, at which no user is present is a gap; not complete, a question."""
    cases = [
        ("meeting-without-usagers", "yes", ["etat,present"]),
        ("meeting-without-usagers", "yes", ["usagers,excused", "usagers,absent"]),
        ("", "yes", ["usagers,excused", "usagers,present"]),
        ("", "no", ["usagers,present"]),
        ("unknown-attendance", "no", ["usagers,absent"]),
        ("unknown-attendance", "", ["etat,present"]),
        ("", "yes", []),
    ]
    meetings = [f"x{n},R,2026-03-01,{complete}" for n, (_, complete, _) in enumerate(cases)]
    rows = [f"x{n},{row}" for n, (*_, said) in enumerate(cases) for row in said]
    small = world(
        meetings=["id,label,date,attendance_complete", *meetings], attendances=["meeting,group,status", *rows]
    )
    assert told(small, cases) == [{kind} - {""} for kind, *_ in cases]


def test_those_excused_and_absent_are_counted(world):
    """A meeting's gap tells how many users were excused and how many absent."""
    small = world(
        bodies=[BODY, "f,actor,FAS,F", "g,actor,FAS,G"],
        meetings=["id,label,date,attendance_complete", "r,R,2026-03-01,yes"],
        attendances=[
            "meeting,body,group,status",
            "r,f,usagers,excused",
            "r,g,usagers,absent",
            "r,,usagers,absent",
            "r,,etat,absent",
        ],
    )
    found = small.gap("meeting-without-usagers:r")
    assert found.details == {"excused": 1, "absent": 2}
    assert "1 excusé" in found.says["fr"]
    assert (found.count, found.seen_on) == (1, "2026-03-01")


# R11 · Territory


@pytest.fixture(scope="module")
def places(world):
    """A world with a gap or unknown in each kind of place."""
    codes = [("dep", "DEP-31"), ("reg", "REG-76"), ("far", "REG-84"), ("fr", "FR"), ("none", "")]
    return world(
        territories=[
            "code,label,within",
            "FR,France,",
            "REG-76,Occitanie,FR",
            "DEP-31,Haute-Garonne,REG-76",
            "REG-84,ARA,FR",
        ],
        norms=[NORM, CDU, "EPS_CME,E,,,,0,,,,,confirmed"],
        bodies=[
            BODY,
            *(f"{name},instance,CDU,{name},{code}" for name, code in codes),
            "here,actor,ARS,Here,DEP-31",
            "there,actor,ARS,There,REG-84",
            *(f"e-{code},instance,CDU,E,{code},expected" for code in ("DEP-31", "REG-84", "")),
        ],
        seats=[SEAT, *(seat(f"s-{name}", "vacant", instance=name) for name, _ in codes)],
        measures=[
            MEASURE,
            "m76,measure,M,here",
            "m84,measure,M,there",
            "m0,measure,M",
            "mt,measure,M,ARS",
            "c,proposal,C,there,,EPS_CME",
        ],
        participations=[
            "measure,stage,group,modality",
            *(f"{m},suivi,usagers,lacking" for m in ("m76", "m84", "m0", "mt")),
        ],
        meetings=[
            "id,label,date,territory,instance,attendance_complete",
            "r31,R,2026-03-01,DEP-31,,yes",
            "ri,R,2026-03-01,,reg,yes",
            "r84,R,2026-03-01,REG-84,reg,yes",
            "r0,R,2026-03-01,,,yes",
        ],
        attendances=["meeting,group,status", *(f"{r},etat,present" for r in ("r31", "ri", "r84", "r0"))],
    )


def test_r11_a_region_holds_its_departements_and_what_the_nation_decides(places):
    """A territory keeps what lies in it, at any depth, and types and measures without a place; nothing else."""
    told = places.ids(territory="REG-76")
    assert {i for i in told if not i.startswith("unknown-")} == {
        *("vacant-seat:dep", "vacant-seat:reg"),
        *("stage-uncovered:m76", "stage-uncovered:m0", "stage-uncovered:mt"),
        *("meeting-without-usagers:r31", "meeting-without-usagers:ri"),
        "structural:EPS_CME",
    }


def test_r11_a_territory_narrows_unknowns_and_completeness(places):
    """Unknowns and required seats are those of the territory too."""
    told = places.ids(territory="REG-76")
    assert {i for i in told if i.startswith("unknown-")} == {
        *("unknown-composition:dep", "unknown-composition:reg", "unknown-instances:CDU:DEP-31"),
        *("unknown-stage:m76", "unknown-stage:m0", "unknown-stage:mt"),
    }
    assert places.whole(territory="REG-76") == [6, 0, 2, 0, 4]
    assert places.whole() == [16, 0, 5, 0, 11]


def test_r11_the_nation_holds_all_that_has_a_place(places):
    """`FR` keeps every territory's, but not an instance without one."""
    told = places.ids(territory="FR")
    assert {f"vacant-seat:{name}" for name in ("dep", "reg", "far", "fr")} <= told
    assert "vacant-seat:none" not in told
    assert "vacant-seat:none" in places.ids()


def test_r11_a_gaps_territory_is_the_focus_own(places):
    """An instance's territory is its own cell, a meeting's its own or its instance's, a type's or measure's null."""
    territory = {g.id: g.territory for g in places.on().gaps}
    assert territory["vacant-seat:dep"] == "DEP-31"
    assert territory["vacant-seat:none"] is None
    assert territory["meeting-without-usagers:ri"] == "REG-76"
    assert territory["meeting-without-usagers:r84"] == "REG-84"
    assert territory["stage-uncovered:m76"] is territory["structural:EPS_CME"] is None


def test_r11_a_kind_narrows_the_gaps_only(places):
    """One kind of gap is kept; unknowns and completeness stay."""
    every, one = places.on(), places.on(kind="structural")
    assert [g.id for g in one.gaps] == ["structural:EPS_CME"]
    assert (one.unknowns, one.completeness) == (every.unknowns, every.completeness)


def test_r11_a_count_is_what_is_missing(cdu):
    """The count of a gap of seats is that of the seats: required less counted, vacant titulaires, ended mandates."""
    short = cdu(seat("s1"), norms=[NORM, "CDU,C,,,,4,,,,,confirmed"])
    rows = [seat(f"v{n}", "vacant") for n in range(3)] + [seat(f"e{n}", mandate_to="2026-01-01") for n in range(2)]
    assert short.gap("below-norm:x").count == 3
    assert {g.id: g.count for g in cdu(*rows).on().gaps} == {"vacant-seat:x": 3, "expired-mandate:x": 2}


# R12 · Severity, certainty, three counts


def test_r12_a_structural_gap_weighs_by_category_and_demand(world):
    """High where the category governs or is primary care, or a proposal asks for users' seats; low where uncertain."""
    cases = [
        ("high", "governance,confirmed", "measure,M,,,T0"),
        ("high", "primary-care,confirmed", "measure,M,,,T1"),
        ("low", "professional-body,confirmed", "measure,M,,,T2"),
        ("low", ",confirmed", "measure,M,,,T3"),
        ("low", "governance,from-memory", "measure,M,,,T4"),
        ("high", ",confirmed", "proposal,M,,,,T5,usagers,1"),
        ("low", ",from-memory", "proposal,M,,,,T6,usagers,1"),
        ("low", ",confirmed", "measure,M,,,,T7,usagers,1"),
        ("low", ",confirmed", "proposal,M,,,,T8,etat,1"),
        ("high", ",confirmed", "proposal,M,,,,TOP,usagers,1"),
    ]
    small = world(
        norms=[NORM, *(f"T{n},T,,,,0,,,,{said}" for n, (_, said, _) in enumerate(cases))],
        types=["code,kind,label,broader", "TOP,instance,C,", "T9,instance,T,TOP"],
        measures=[MEASURE, *(f"m{n},{row}" for n, (*_, row) in enumerate(cases))],
    )
    found = [small.gap(f"structural:T{n}") for n, _ in enumerate(cases)]
    assert [g.severity for g in found] == [severity for severity, *_ in cases]
    assert [g.certainty == "certain" for g in found] == ["confirmed" in said for _, said, _ in cases]


def test_r12_a_gap_of_seats_below_an_unconfirmed_norm_is_uncertain_and_low(cdu):
    """`below-norm` rests on the norm and is uncertain with it; a vacant seat is seen, whatever the norm."""
    small = cdu(seat("s1", "vacant"), norms=[NORM, "CDU,C,,,,2,,,,,from-memory"])
    told = {g.id: (g.severity, g.certainty) for g in small.on().gaps}
    assert told == {"below-norm:x": ("low", "uncertain"), "vacant-seat:x": ("high", "certain")}


def test_r12_each_kind_has_its_weight(places, cdu):
    """Vacant seats and lists below the norm weigh high; ended mandates, thin benches, stages and meetings medium."""
    rows = [seat("s1", mandate_to="2020-01-01"), seat("s2", "vacant", position="suppleant")]
    severity = {g.kind: g.severity for g in [*places.on().gaps, *cdu(*rows).on().gaps]}
    assert severity["vacant-seat"] == severity["below-norm"] == "high"
    medium = ("expired-mandate", "thin-bench", "stage-uncovered", "meeting-without-usagers")
    assert {severity[kind] for kind in medium} == {"medium"}


def test_r12_a_gap_is_dated_by_what_opens_it(cdu):
    """The oldest of its vacant seats or ended mandates, or the day of the list, dates a gap."""
    vacant, bench = {"state": "vacant"}, {"state": "vacant", "position": "suppleant"}
    for kind, said in (
        ("vacant-seat", vacant),
        ("thin-bench", bench),
        ("expired-mandate", {"mandate_to": "2020-01-01"}),
    ):
        rows = [seat(f"s{n}", **said, observed_on=day) for n, day in enumerate(("2026-03-05", "2026-04-01"))]
        small = cdu(*rows, norms=[NORM, "CDU,C,,,,3,,,,,confirmed"])
        assert small.gap(f"{kind}:x").seen_on == "2026-03-05"
        assert small.gap("below-norm:x").seen_on == "2026-03-01"


def test_r12_a_vacancy_is_dated_by_its_titulaires(cdu):
    """An older vacant suppléant seat, which is part of the gap, does not date it."""
    bench = seat("s1", "vacant", position="suppleant", observed_on="2026-03-02")
    assert cdu(bench, seat("s2", "vacant", observed_on="2026-03-05")).gap("vacant-seat:x").seen_on == "2026-03-05"


@pytest.mark.parametrize(
    ("seen", "day", "counts"),
    [
        ("2025-06-30", "2026-06-30", (1, 0, 0)),
        ("2025-06-29", "2026-06-30", (0, 1, 0)),
        ("2023-02-28", "2024-02-29", (1, 0, 0)),
        ("2023-02-27", "2024-02-29", (0, 1, 0)),
    ],
)
def test_r12_a_gap_is_established_for_twelve_months(cdu, seen, day, counts):
    """A certain gap seen within twelve months is established, an older one is to be checked."""
    rows = [seat("s1", "vacant", observed_on=seen), seat("s2", observed_on=seen)]
    small = cdu(*rows, compositions=[LIST, f"x,usagers,complete,{seen}"])
    assert small.on(day).counts == counts


def test_r12_three_counts_are_never_added_up(world):
    """A confirmed structural gap is established, an uncertain one is to be checked, a question is neither."""
    small = world(
        norms=[NORM, "A1,A,,,,0,,,,,confirmed", "B1,B,,,,0,,,,,from-memory"],
        bodies=[BODY, "a,instance,A1,A", "b,instance,B1,B", "c,instance,C1,C"],
    )
    assert small.on().counts == (1, 1, 1)


# R13, R14 · Proof and remedies


def test_r13_a_gap_lists_the_rows_that_count(cdu):
    """The premises of a list below the norm: the norm, the list of the latest day, the seats that count for it."""
    small = cdu(seat("s1"), seat("t", "vacant", position="suppleant"), seat("e", group="etat"))
    tables = [p["fact"].split("/")[-2] for p in small.gap("below-norm:x").premises]
    assert tables == ["norms", "compositions", "observations"]


def test_r13_a_share_stands_on_the_list_and_the_seats_of_all(cdu):
    """Where a share decides, the list of all groups and every seat on it are premises too."""
    others = [seat(f"e{n}", group="etat") for n in range(4)]
    lists = [LIST, "x,all,complete,2026-03-01", "x,usagers,complete,2026-04-01"]
    small = cdu(*others, norms=[NORM, "CDU,C,,,,,,1/2,,,confirmed"], compositions=lists)
    norm, *rest = [p["locator"] for p in small.gap("below-norm:x").premises]
    assert norm == "norms.csv:2"
    assert rest == ["compositions.csv:3", "compositions.csv:2", *(f"seats.csv:{n}" for n in range(2, 6))]


def test_r13_a_row_is_one_premise(cdu):
    """A list of all groups, on which both the users' list and the share stand, is told once, and so is a seat."""
    small = cdu(
        seat("s1"), seat("e", group="etat"), norms=[NORM, "CDU,C,,,,,,>1/2,,,confirmed"], compositions=SHARED_ALL
    )
    places = [p["locator"] for p in small.gap("below-norm:x").premises]
    assert places == ["norms.csv:2", "compositions.csv:2", "seats.csv:2", "seats.csv:3"]


def test_r13_a_list_of_signatories_or_attendance_is_complete_by_a_row(world):
    """What says that a list is complete is a premise beside the rows of the list."""
    small = world(
        bodies=PARTIES,
        types=TYPES,
        measures=[MEASURE, "m,measure,M,,,,,,,yes"],
        signatures=[SIGNED, "m,ars,author,effective", "m,urps,cosignatory,effective"],
        meetings=["id,label,date,attendance_complete", "r,R,2026-03-01,yes"],
        attendances=["meeting,group,status", "r,usagers,absent"],
    )
    signed, met = small.gap("no-usager-signatory:m"), small.gap("meeting-without-usagers:r")
    assert sorted(p["locator"] for p in signed.premises) == ["measures.csv:2", "signatures.csv:2", "signatures.csv:3"]
    assert sorted(p["locator"] for p in met.premises) == ["attendances.csv:2", "meetings.csv:2"]
    assert "excusé" not in met.says["fr"]


def test_r13_a_premise_says_its_source_and_place(cdu):
    """Each premise has its source's id and title, and its locator, or the table and line where none is given."""
    rows = [f"{SEAT},locator", seat("s1", "vacant") + ",p. 4", seat("s2", "vacant") + ","]
    small = cdu(sources=["id,title", "a,Arrêté"], seats=rows)
    own, read = small.gap("vacant-seat:x").premises
    assert own["source"] == read["source"] == {"id": "a", "title": "Arrêté"}
    assert (own["locator"], read["locator"]) == ("p. 4", "seats.csv:3")


def numbered(cases):
    """The measures of some cases, 0, 1 and so on in the place of `#`."""
    return [MEASURE, *(f"m{n},{row.replace('#', str(n))}" for n, (_, row) in enumerate(cases))]


def hows(small, gap, cases):
    """How each remedy of each case's gap stands to it: of `gap` with 0, 1 and so on in the place of `#`."""
    return [[r["how"] for r in small.gap(gap.replace("#", str(n))).remedies] for n, _ in enumerate(cases)]


def test_r14_a_proposal_closes_a_structural_gap_or_concerns_it(world):
    """A proposal of the day that guarantees users seats closes the gap; one that only names the type concerns it."""
    cases = [
        (["closes"], "proposal,M,,,,EPS#,usagers,1"),
        (["closes"], "proposal,M,,,,CME#,usagers,1"),
        (["closes"], "proposal,M,,,EPS#,EPS#,usagers,1"),
        (["concerns"], "proposal,M,,,EPS#"),
        (["concerns"], "proposal,M,,,CDU|CME#"),
        (["concerns"], "proposal,M,,,EPS#,CDU,usagers,1"),
        ([], "measure,M,,,EPS#"),
        ([], "proposal,M,,2026-07-01,EPS#"),
        ([], "proposal,M,,,CDU"),
        ([], "proposal,M,,,,EPS#,etat,1"),
    ]
    numbers = range(len(cases))
    small = world(
        norms=[
            "code,name_fr,usager_seats_min,confidence",
            "CDU,C,2,confirmed",
            *(f"EPS{n},E,0,confirmed" for n in numbers),
        ],
        types=[
            "code,kind,label,broader",
            *(row for n in numbers for row in (f"CME{n},instance,C,", f"EPS{n},instance,E,CME{n}")),
        ],
        bodies=[BODY, *(f"x{n},instance,EPS{n},X" for n in numbers)],
        measures=numbered(cases),
    )
    assert hows(small, "structural:EPS#", cases) == [how for how, _ in cases]


def test_r14_a_proposal_concerns_an_instances_gap(world):
    """For an instance's gap the proposals that name it or its type concern it, each once, and none closes it."""
    cases = [
        (["concerns"], "proposal,M,,,x#"),
        (["concerns"], "proposal,M,,,T#"),
        (["concerns"], "proposal,M,,,x#|T#"),
        (["concerns"], "proposal,M,,,,T#,usagers,9"),
        ([], "measure,M,,,T#"),
        ([], "proposal,M,,,CVS"),
    ]
    small = world(
        types=["code,kind,label", "CVS,instance,C"],
        bodies=[BODY, *(f"x{n},instance,T{n},X" for n, _ in enumerate(cases))],
        seats=[SEAT, *(seat(f"s{n}", "vacant", instance=f"x{n}") for n, _ in enumerate(cases))],
        measures=numbered(cases),
    )
    assert hows(small, "vacant-seat:x#", cases) == [how for how, _ in cases]


def test_r14_signatories_carry_a_proposal(cdu):
    """Who proposes or signs in effect carries a proposal; who is asked to does not."""
    small = cdu(
        seat("s1", "vacant"),
        bodies=[BODY, X, "fas,actor,FAS,F", "ars,actor,ARS,A", "urps,actor,URPS,U"],
        measures=[MEASURE, "m,proposal,M,fas,,x"],
        signatures=[SIGNED, "m,ars,cosignatory,effective", "m,urps,cosignatory,requested"],
    )
    assert small.gap("vacant-seat:x").remedies[0]["carried_by"] == ["ars", "fas"]


def test_r14_an_adopted_proposal_is_no_remedy(cdu):
    """A proposal taken as adopted no longer stands among the remedies; another does."""
    rows = ["m,proposal,M,,,x", "n,proposal,N,,,x"]
    small = cdu(seat("s1", "vacant"), measures=[MEASURE, *rows])
    assert [r["id"] for r in small.gap("vacant-seat:x", what_if=["m"]).remedies] == ["n"]


# R15 · Completeness


STATES = {"f": "filled", "v": "vacant", "u": "unknown"}


def test_r15_required_seats_are_filled_then_vacant_then_unknown(cdu):
    """Of the required seats the filled count first, then the vacant, at most what is required; the rest is unknown."""
    cases = {
        "": (0, 0, 2, 0),
        "f": (1, 0, 1, 0),
        "ff": (2, 0, 0, 0),
        "fff": (2, 0, 0, 0),
        "ffv": (2, 0, 0, 0),
        "fvv": (1, 1, 0, 0),
        "vvv": (0, 2, 0, 0),
        "fu": (1, 0, 0, 1),
        "fuu": (1, 0, 0, 1),
        "fuf": (2, 0, 0, 0),
    }
    small = cdu(
        *(seat(f"s{x}-{n}", STATES[s], instance=f"x{x}") for x in cases for n, s in enumerate(x)),
        bodies=[BODY, *(f"x{x},instance,CDU,X" for x in cases)],
        compositions=[LIST, *(f"x{x},usagers,complete,2026-03-01" for x in cases)],
    )
    known = {i["instance"]: i for i in instances(small.tables.on(date(2026, 6, 30)))}
    for x, (filled, vacant, missing, unknown) in cases.items():
        told = known[f"x{x}"]
        assert (told["filled"], told["vacant"], told["missing"]) == (filled, vacant, missing), x
        assert 2 - filled - vacant - missing == unknown
    assert small.whole() == [20, *(sum(column) for column in zip(*cases.values(), strict=True))]


def test_r15_an_expected_instances_seats_are_required_and_unknown(cdu):
    """An expected instance adds its required seats to the unknown, whatever rows there are."""
    small = cdu(*two_filled(), bodies=[BODY, X, "y,instance,CDU,Y,,expected"])
    assert small.whole() == [4, 2, 0, 0, 2]


def test_r15_a_share_of_an_expected_instance_is_not_known(cdu):
    """How many seats an expected instance has is not known, so that a share of them is no number."""
    norms = [NORM, "CDU,C,,,,,,1/2,,,confirmed"]
    small = cdu(*two_filled(), norms=norms, bodies=[BODY, "x,instance,CDU,X,,expected"], compositions=SHARED_ALL)
    assert small.whole() == [0, 0, 0, 0, 0]


def test_r15_an_unlisted_seat_is_unknown_not_missing(cdu):
    """Without a complete list the seats that nobody named are unknown."""
    assert cdu(seat("s1", "vacant"), compositions=[LIST]).whole() == [2, 0, 1, 0, 1]


@pytest.mark.parametrize(
    ("states", "share"), [([], [1.0, 1.0]), (["filled", "unknown"], [0.0, 0.5]), (["vacant", "unknown"], [0.5, 1.0])]
)
def test_r15_the_share_absent_has_two_bounds(cdu, states, share):
    """The absent share lies between what is known to be absent and that with the unknown added."""
    assert cdu(*(seat(f"s{n}", state) for n, state in enumerate(states))).on().completeness["absent_share"] == share


def test_r15_nothing_required_has_no_share(world):
    """Where nothing is required there is no share: not zero, null."""
    assert world(bodies=[BODY]).on().completeness["absent_share"] is None


# R16 · What if


def adopt(world, norm, rows):
    """A world of an instance x of EPS_CME under a norm, its list complete and empty, and some measures."""
    return world(
        norms=[NORM, norm],
        types=["code,kind,label,broader", "CME,instance,C,", "EPS_CME,instance,E,CME"],
        bodies=[BODY, "x,instance,EPS_CME,X"],
        compositions=[LIST, FULL],
        measures=[MEASURE, *rows],
    )


ZERO = "EPS_CME,E,,,,0,,,,,confirmed"


def raised(world, cases):
    """Of each case, a norm of type E and effects on E or the broader C, the gap of an empty instance in REG-76.

    The number of the case takes the place of `#`; all effects are adopted, and none touches another case.
    """
    numbers = range(len(cases))
    norms = [f"E{n},E,{norm}" for n, (norm, _) in enumerate(cases) if norm]
    broader = [row for n in numbers for row in (f"C{n},instance,C,", f"E{n},instance,E,C{n}")]
    rows = {f"m{n}-{i}": row.replace("#", str(n)) for n, (_, rows) in enumerate(cases) for i, row in enumerate(rows)}
    small = world(
        norms=[NORM, *norms],
        types=["code,kind,label,broader", *broader],
        bodies=[BODY, *(f"x{n},instance,E{n},X,REG-76" for n in numbers)],
        compositions=[LIST, *(f"x{n},usagers,complete,2026-03-01" for n in numbers)],
        measures=[MEASURE, *(f"{m},proposal,M,,,,{row}" for m, row in rows.items())],
    )
    found = {g.id: g for g in small.on(what_if=list(rows)).gaps}
    return [found.get(f"below-norm:x{n}") for n in numbers]


def test_r16_an_effect_raises_the_minimum_of_its_type(world):
    """The highest effect for users is the new minimum, where it is more; a type without a norm gets one."""
    cases = [
        (",,,0,,,,,confirmed", ["E#,usagers,1", "E#,usagers,3"]),
        (",,,0,,,,,confirmed", ["C#,usagers,2"]),
        (",,,0,,,,,confirmed", ["E#,etat,2"]),
        (",,,4,,,,,confirmed", ["E#,usagers,2"]),
        (",,,,,,,,confirmed", ["E#,usagers,2"]),
        ("", ["E#,usagers,2"]),
    ]
    assert [g and g.details["required"] for g in raised(world, cases)] == [3, 2, None, 4, 2, 2]


def test_r16_an_effect_raises_the_lower_numbers_of_territories(world):
    """A territory's lower number, or one not known, becomes the effect's; a higher one stays."""
    cases = [(f",,,5,REG-76={number},,,,confirmed", ["E#,usagers,2"]) for number in "1?3"]
    assert [g.details["required"] for g in raised(world, cases)] == [2, 2, 3]


def test_r16_a_minimum_so_raised_is_confirmed(world):
    """A norm from memory is confirmed where the effect raises it, and only there."""
    found = raised(world, [(",,,2,,,,,from-memory", [f"E#,usagers,{seats}"]) for seats in (3, 2, 1)])
    assert [g.certainty for g in found] == ["certain", "uncertain", "uncertain"]
    assert [g.norm["confidence"] for g in found] == ["confirmed", "from-memory", "from-memory"]


def test_r16_a_territorys_number_so_raised_is_confirmed(world):
    """A territory's number from memory is confirmed where the effect raises it, and only there."""
    found = raised(world, [(f",,,9,REG-76={number},,,,from-memory", ["E#,usagers,2"]) for number in "1?2"])
    assert [g.certainty for g in found] == ["certain", "certain", "uncertain"]


@pytest.mark.parametrize(("seats", "certainty"), [(1, "uncertain"), (3, "certain")])
def test_r16_a_share_that_asks_for_more_is_not_confirmed(cdu, seats, certainty):
    """Where the share of a norm from memory asks for more seats than the effect, the gap stays uncertain."""
    small = cdu(
        *(seat(f"e{n}", group="etat") for n in range(4)),
        norms=[NORM, "CDU,C,,,,0,,1/2,,,from-memory"],
        compositions=SHARED_ALL,
        measures=[MEASURE, f"m,proposal,M,,,,CDU,usagers,{seats}"],
    )
    assert small.gap("below-norm:x", what_if=["m"]).certainty == certainty


def test_r16_all_else_of_the_norm_stays(world):
    """A raised norm keeps the day from which it binds, and its regimes."""
    small = adopt(world, "EPS_CME,E,2010-01-01,,2026-03-02,0,,,,,confirmed", ["m,proposal,M,,,,EPS_CME,usagers,2"])
    assert small.ids(what_if=["m"]) == {"unknown-composition:x"}


def test_r16_a_measure_of_any_date_may_be_adopted(world):
    """A proposal of tomorrow may be taken as adopted today."""
    small = adopt(world, ZERO, ["m,proposal,M,,2030-01-01,,EPS_CME,usagers,2"])
    assert small.gap("below-norm:x", what_if=["m"]).count == 2


def test_r16_a_gap_that_an_adoption_opens_stands_on_the_measure(world):
    """The measure whose effect is required is among the premises of the gap that it opens."""
    found = adopt(world, ZERO, ["m,proposal,M,,,,EPS_CME,usagers,2"]).gap("below-norm:x", what_if=["m"])
    assert [p["fact"].split("/")[-2] for p in found.premises] == ["norms", "measures", "compositions"]


def test_r16_order_and_repetition_do_not_matter(world):
    """The same measures in another order, or twice, give the same report."""
    small = adopt(world, ZERO, ["m,proposal,M,,,,EPS_CME,usagers,1", "n,proposal,N,,,,EPS_CME,usagers,2"])
    one, other = (small.on(what_if=ids).json() for ids in (["n", "m", "n"], ["m", "n"]))
    assert one == other
    assert one["what_if"] == ["m", "n"]


def test_r16_what_closes_opens_and_stays_is_told_by_id(world):
    """A report with measures taken as adopted tells which gaps they close and open, and how many they leave."""
    row = "y,instance,CDU,Y,,,,"
    small = world(
        norms=[NORM, ZERO, CDU],
        bodies=[BODY, "x,instance,EPS_CME,X", row],
        compositions=[LIST, FULL, "y,usagers,complete,2026-03-01"],
        measures=[MEASURE, "m,proposal,M,,,,EPS_CME,usagers,2"],
    )
    told = small.on(what_if=["m"]).json()
    assert told["closed"] == ["structural:EPS_CME"]
    assert [g["id"] for g in told["opened"]] == ["below-norm:x"]
    assert told["unchanged"] == 1
    assert told["completeness"]["required"] == 4
    structural = small.on(what_if=["m"], kind="structural").json()
    assert (structural["closed"], structural["opened"], structural["unchanged"]) == (["structural:EPS_CME"], [], 0)
