"""A territory and the published figures, as programs read them."""

from segur_api.app import create_app
from segur_api.models.territories import OneTerritory
from segur_graph.options import Settings

FIGURES = [
    "territory,type,figure,value,observed_on",
    "REG-76,CDU,vacant,12,2026-01-31",
    "DEP-31,CDU,bodies,9,2027-01-01",
]


def test_a_territory_tells_what_is_known_there_and_what_the_law_guarantees(client, day):
    """A territory has the documented shape; its counts are those of what lies there."""
    body = client.json(f"/api/v1/territories/REG-76?as_of={day}")
    told = OneTerritory.model_validate(body)
    cdu = next(t for t in told.types if t.type == "CDU")
    assert cdu.completeness
    assert (cdu.users_least, cdu.bodies.existing, cdu.completeness.vacant) == (2, 2, 1)
    assert {m.id: m.how for m in told.measures}["m-visites"] == ["concerns", "signed"]
    lines = client.get(f"/api/v1/territories/REG-76.csv?as_of={day}").text.splitlines()
    assert len(lines) == len(told.types) + 1
    assert client.get("/api/v1/territories/NOPE").status_code == 404


def test_figures_are_listed_up_to_the_date(fresh, publish, asking, day):
    """A total whose period has not ended on the date is not told."""
    folder = fresh() / "store"
    publish(folder, figures=FIGURES)
    client = asking(create_app(Settings(store=str(folder))))
    told = client.json(f"/api/v1/figures?territory=REG-76&as_of={day}")["figures"]
    assert [(f["territory"], f["figure"], f["value"]) for f in told] == [("REG-76", "vacant", 12)]
    assert client.get(f"/api/v1/figures.csv?as_of={day}").text.count("\n") == 2
