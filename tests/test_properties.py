"""What holds in any world: random small ones, in which every rule has something to say."""

import csv
import random
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from segur_graph import completeness, names
from segur_graph.facts import TABLES

DAYS = ("2024-06-30", "2026-06-30")
SEEN = st.sampled_from(["2015-03-01", "2024-03-01", "2026-03-01", "2026-05-01", "2026-07-01"])
SOURCES = st.sampled_from("abc")
# What a seat is stays the same each time it is seen: its instance, group, position, regime.
SEATS = ["x,usagers,titulaire,ru", "x,usagers,titulaire,", "x,usagers,suppleant,ru", "x,etat,titulaire,"]
SEATS += ["y,usagers,titulaire,residents-families", "y,etat,titulaire,", "y,etat,titulaire,", "z,usagers,titulaire,"]
HEADS = {
    "bodies": "id,kind,type,label,territory,status,group,source",
    "compositions": "instance,group,completeness,observed_on,source",
    "seats": "id,instance,group,position,regime,state,mandate_to,observed_on,source",
    "measures": "id,kind,label,concerns,effect_type,effect_group,effect_seats,date,signatories_complete,source",
    "signatures": "measure,body,role,modality,source",
    "participations": "measure,stage,group,modality,source",
    "meetings": "id,label,date,attendance_complete,source",
    "attendances": "meeting,group,status,source",
}
FIXED = {
    "sources": ["id,date", "a,2020-01-01", "b,", "c,2024-01-01"],
    "territories": ["code,label,within", "REG-76,Occitanie,", "DEP-31,Haute-Garonne,REG-76"],
    "types": ["code,kind,label,broader,group", "CME,instance,CME,,", "EPS_CME,instance,E,CME,", "URPS,actor,U,,etat"],
    "norms": [
        "code,name_fr,valid_from,binding_from,usager_seats_min,usager_share_min,regimes,confidence",
        "CDU,CDU,2016-06-04,2016-12-04,2,,ru,confirmed",
        "CVS,CVS,,,1,>1/2,residents-families,from-memory",
        "EPS_CME,CME,,,0,,,confirmed",
    ],
}


def lines(*cells):
    """A list of rows, each made of one choice a cell."""
    row = st.tuples(*(c if isinstance(c, st.SearchStrategy) else st.sampled_from(c) for c in cells)).map(",".join)
    return st.lists(row, max_size=7)


def seat_rows():
    """Observations of a few seats."""
    told = st.tuples(
        st.sampled_from([f"s{n},{said}" for n, said in enumerate(SEATS)]),
        st.sampled_from(["filled,", "filled,", "filled,2025-01-01", "filled,2027-01-01", "vacant,", "unknown,"]),
        SEEN,
        SOURCES,
    )
    return st.lists(told.map(",".join), min_size=2, max_size=12)


@st.composite
def worlds(draw):
    """The tables of a small world, in CSV lines."""
    status = st.sampled_from(["existing", "", "expected", "abolished"])
    kinds = [("x", "CDU"), ("y", "CVS"), ("z", "EPS_CME")]
    said = {
        "bodies": [f"{b},instance,{t},{b},{draw(st.sampled_from(['', 'DEP-31']))},{draw(status)},,a" for b, t in kinds]
        + ["ars,actor,ARS,ARS,,,etat,a", "fas,actor,FAS,FAS,,,usagers,a", "crsa,actor,CRSA,CRSA,,,,a"],
        "compositions": draw(
            lines("xxyz", ["usagers", "all", "etat"], ["complete", "complete", "partial"], SEEN, SOURCES)
        ),
        "seats": draw(seat_rows()),
        "measures": [
            f"m,measure,M,,,,,{draw(SEEN)},{draw(st.sampled_from(['yes', 'no', '']))},a",
            f"p,proposal,P,{draw(st.sampled_from(['', 'CME', 'x|CDU']))},,,,,,b",
            f"q,proposal,Q,,{draw(st.sampled_from(['CME', 'CDU']))},usagers,{draw(st.sampled_from('13'))},,,c",
        ],
        "signatures": draw(
            lines("m", ["ars", "URPS", "fas", "crsa"], ["author", "lead"], ["effective", "requested"], SOURCES)
        ),
        "participations": draw(
            lines("mp", ["suivi", "diffusion"], ["usagers", "etat"], ["effective", "requested", "lacking"], SOURCES)
        ),
        "meetings": [f"r,R,{draw(SEEN)},{draw(st.sampled_from(['yes', 'no']))},a"],
        "attendances": draw(lines("r", ["usagers", "etat"], ["present", "excused", "absent"], SOURCES)),
    }
    return FIXED | {table: [HEADS[table], *rows] for table, rows in said.items()}


def given_worlds(examples):
    """Runs a test on so many worlds."""

    def dress(test):
        slow = [HealthCheck.too_slow, HealthCheck.data_too_large]
        return settings(max_examples=examples, suppress_health_check=slow)(given(tables=worlds(), data=st.data())(test))

    return dress


def placeless(report):
    """The JSON of a report without the lines at which its rows were read."""
    answer = report.json()
    gaps = [g | {"premises": [(p["fact"], p["source"]) for p in g["premises"]]} for g in answer["gaps"]]
    return answer | {"gaps": gaps}


@given_worlds(4)
def test_the_order_of_rows_and_files_does_not_matter(world, folders, tables, data):
    """Rows and sources in any order give the same edition and the same report, but for the lines it points to."""
    chance = random.Random(data.draw(st.integers(0, 99)))  # noqa: S311 - any order will do
    moved = {name: [head, *chance.sample(rows, len(rows))] for name, (head, *rows) in tables.items()}
    one, other = world(**tables), world(folders(**moved)[::-1])
    assert one.edition.id == other.edition.id
    for day in DAYS:
        assert placeless(one.on(day)) == placeless(other.on(day))


@given_worlds(5)
def test_an_id_is_a_kind_and_a_focus(world, tables, data):
    """A gap's id is its kind and focus, comes once, and is the same however the report is asked for."""
    small, day = world(**tables), data.draw(st.sampled_from(DAYS))
    report = small.on(day)
    ids = [g.id for g in report.gaps]
    assert ids == [f"{g.kind}:{g.focus['id']}" for g in report.gaps]
    assert len(set(ids)) == len(ids)
    for kind in {g.kind for g in report.gaps}:
        assert [g.id for g in small.on(day, kind=kind).gaps] == [g.id for g in report.gaps if g.kind == kind]
    assert {g.id for g in small.on(day, territory="REG-76").gaps} <= set(ids)


@given_worlds(8)
def test_every_premise_is_a_row(world, tables, data):
    """A gap has premises, and each is a row of its source, counted once."""
    small = world(**tables)
    report = small.on(data.draw(st.sampled_from(DAYS)))
    known = {
        (names.iri(names.fact_table(name), row["fact"]), row["source"])
        for name in TABLES
        if name != "sources"
        for row in small.tables.query(f"SELECT fact, source FROM {name}")
    }
    for gap in report.gaps:
        premises = [(p["fact"], p["source"]["id"]) for p in gap.premises]
        assert premises
        assert set(premises) <= known
        assert len(set(premises)) == len(premises)


@given_worlds(5)
def test_without_a_premises_source_a_gap_is_gone_or_stands_on_others(world, folders, tables, data):
    """Take a premise's source away: the gap is gone, or is unknown, or lists what else it stands on."""
    day = data.draw(st.sampled_from(DAYS))
    gaps = world(**tables).on(day).gaps
    if not gaps:
        return
    gap = data.draw(st.sampled_from(gaps))
    removed = data.draw(st.sampled_from(sorted({p["source"]["id"] for p in gap.premises})))
    after = world([s for s in folders(**tables) if s.id != removed]).on(day)
    for still in after.gaps:
        if still.id == gap.id:
            assert still.premises
            assert removed not in {p["source"]["id"] for p in still.premises}


@given_worlds(8)
def test_the_premises_of_a_gap_are_enough(world, tables, data):
    """With its premises alone, beside the description of what it is about, a gap is still there and counts the same."""
    day = data.draw(st.sampled_from(DAYS))
    gaps = world(**tables).on(day).gaps
    if not gaps:
        return
    gap = data.draw(st.sampled_from(gaps))
    facts = {p["fact"] for p in gap.premises}
    described = ("sources", "territories", "types", "bodies", "measures", "meetings")
    left = {
        name: said
        if name in described
        else [said[0], *(line for line in said[1:] if fact(name, said[0], line) in facts)]
        for name, said in tables.items()
    }
    assert {g.id: g.count for g in world(**left).on(day).gaps}.get(gap.id) == gap.count


def fact(table, head, line):
    """The address of a row."""
    [row] = csv.DictReader([head, line])
    full = dict.fromkeys(TABLES[table].names, "") | {"source": "a"} | row
    return names.iri(names.fact_table(table), names.fact_id(TABLES[table], full))


@given_worlds(4)
def test_an_empty_what_if_changes_nothing(world, tables, data):
    """No measure, or one without an effect for users, taken as adopted leaves gaps, unknowns and completeness."""
    small, day = world(**tables), data.draw(st.sampled_from(DAYS))
    usual, empty, idle = small.on(day), small.on(day, what_if=[]), small.on(day, what_if=["m"])
    assert usual.json() == empty.json()
    assert (usual.gaps, usual.unknowns, usual.completeness) == (idle.gaps, idle.unknowns, idle.completeness)
    assert idle.json()["closed"] == idle.json()["opened"] == []
    assert idle.json()["unchanged"] == len(usual.gaps)


@given_worlds(4)
def test_what_if_depends_on_the_set_of_measures(world, tables, data):
    """The order and the repetition of measures do not matter, and what is told of the change adds up."""
    small, day = world(**tables), data.draw(st.sampled_from(DAYS))
    one, other = small.on(day, what_if=["q", "p"]).json(), small.on(day, what_if=["p", "q", "q"]).json()
    assert one == other
    before, after = {g.id for g in small.on(day).gaps}, {g["id"] for g in one["gaps"]}
    assert set(one["closed"]) == before - after
    assert {g["id"] for g in one["opened"]} == after - before
    assert one["unchanged"] == len(before & after)


@given_worlds(8)
def test_every_number_of_completeness_adds_up(world, tables, data):
    """Required seats are filled, vacant, missing or unknown, in all and for each type; the bounds are in order."""
    small, day = world(**tables), data.draw(st.sampled_from(DAYS))
    rows = completeness.instances(small.tables.on(date.fromisoformat(day)))
    total = small.on(day).completeness
    for part in [total, *completeness.by(rows, "type"), *completeness.by(rows, "territory")]:
        counted = [part[name] for name in ("filled", "vacant", "missing", "unknown")]
        assert min(counted) >= 0
        assert sum(counted) == part["required"]
        assert sum(counted[:3]) == part["documented"]
        low, high = part["absent_share"] or (0, 1)
        assert 0 <= low <= high <= 1
    for name in ("required", "filled", "vacant", "missing", "unknown"):
        assert sum(part[name] for part in completeness.by(rows, "type")) == total[name]


@given_worlds(8)
def test_missing_seats_are_those_of_lists_below_the_norm(world, tables, data):
    """`missing` is what `below-norm` counts, and no body is both below its norm and of unknown composition."""
    report = world(**tables).on(data.draw(st.sampled_from(DAYS)))
    below = {g.focus["id"]: g.count for g in report.gaps if g.kind == "below-norm"}
    assert report.completeness["missing"] == sum(below.values())
    assert not set(below) & {u.focus["id"] for u in report.unknowns if u.kind == "unknown-composition"}
    assert all(count > 0 for count in below.values())
