"""What is known of each territory, and the totals published of it."""

from datetime import date

from segur_graph import territories

PLACES = ["code,label,within", "FR,France,", "REG-1,Un,FR", "DEP-1,Dans un,REG-1", "REG-2,Deux,FR"]
CDU = ["code,name_fr,level,usager_seats_min,confidence", "CDU,CDU,établissement,2,confirmed"]


def _now(made, day="2026-06-30"):
    return made.tables.on(date.fromisoformat(day)).query


def test_a_gap_counts_where_it_lies_and_around_it_but_a_law_in_no_region(world):
    """A vacant seat counts in its département, its region and the nation; a law counts apart from them all."""
    made = world(
        territories=PLACES,
        norms=[*CDU, "CME,CME,établissement,0,confirmed"],
        bodies=["id,kind,type,label,territory", "a,instance,CDU,A,DEP-1", "m,instance,CME,M,REG-2"],
        seats=["id,instance,group,position,state,observed_on", "s,a,usagers,titulaire,vacant,2026-03-01"],
    )
    found = territories.lying(_now(made), made.on())
    assert [found.areas[a].counts[0] for a in ("DEP-1", "REG-1", "FR")] == [1, 1, 1]
    assert found.areas["REG-1"].completeness["absent_share"] == [0.5, 1.0]
    assert [g.id for g in found.national.gaps] == ["structural:CME"]
    assert found.areas["REG-2"].counts == (0, 0, 0)


def test_what_is_expected_or_asked_for_makes_no_territory_known(world):
    """A body that the law expects, or a document asks for, shows nothing; a published total does."""
    bodies = [
        "id,kind,type,label,territory,status",
        "a,instance,CDU,A,REG-1,expected",
        "b,instance,CDU,B,REG-1,proposed",
    ]
    figures = ["territory,type,figure,value,observed_on", "REG-2,CDU,vacant,7,2026-01-31"]
    made = world(territories=PLACES, norms=CDU, bodies=bodies, figures=figures)
    found = territories.territories(_now(made), made.on())
    assert [found[code].known for code in ("REG-1", "REG-2")] == [False, True]
    assert found["REG-1"].bodies == {"existing": 0, "expected": 1, "proposed": 1}


def test_a_total_speaks_from_the_last_day_of_its_period_and_opens_no_gap(world):
    """A published total is told from its day on, beside the seats seen; it changes no gap and no completeness."""
    figures = [
        "territory,type,group,position,figure,value,observed_on",
        "REG-1,CDU,usagers,titulaire,vacant,7,2026-01-31",
    ]
    seats = ["id,instance,group,position,state,observed_on", "s,a,usagers,titulaire,filled,2026-03-01"]
    tables = {"territories": PLACES, "norms": CDU, "bodies": ["id,kind,type,label,territory", "a,instance,CDU,A,DEP-1"]}
    made = world(**tables, seats=seats, figures=figures)
    told = territories.published(_now(made), area="REG-1")
    assert [(t["value"], t["known_bodies"], t["known_filled"], t["known_vacant"]) for t in told] == [(7, 1, 1, 0)]
    assert territories.published(_now(made, "2026-01-30"), area="REG-1") == []
    assert territories.published(_now(made), area="DEP-1") == []
    assert (made.ids(), made.whole()) == (world(**tables, seats=seats).ids(), [2, 1, 0, 0, 1])


def test_a_number_not_read_for_a_territory_is_unknown_there_alone(world):
    """A number that a territory's own text would say is unknown there, and the norm's elsewhere."""
    norms = [
        "code,name_fr,level,usager_seats_min,usager_seats_min_in,confidence",
        "CRSA,C,régional,16,REG-1=?,confirmed",
    ]
    made = world(territories=PLACES, norms=norms)
    found = {area: territories.types(_now(made), area) for area in ("REG-1", "REG-2", "DEP-1")}
    assert [(t["least"], t["least_unread"]) for a in ("REG-1", "REG-2") for t in found[a]] == [
        (None, True),
        (16, False),
    ]
    assert found["DEP-1"] == []
