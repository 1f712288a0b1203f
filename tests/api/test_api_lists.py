"""The lists of facts."""

import csv
import io

import pytest

from segur_api.app import create_app
from segur_api.routes import facts, measures
from segur_graph.options import Settings

LISTINGS = {
    listing.name: listing
    for listing in (
        facts.BODIES,
        facts.TYPES,
        facts.TERRITORIES,
        facts.INSTANCES,
        facts.SEATS,
        facts.MEETINGS,
        facts.NORMS,
        facts.SOURCES,
        measures.MEASURES,
        measures.SIGNATURES,
        measures.STAGES,
    )
}
# A filter, the column by which the rows are told apart, and what it leaves.
FILTERS = [
    ("bodies?kind=actor", "id", ["ars-76", "fas-76"]),
    ("bodies?group=usagers", "id", ["fas-76"]),
    ("bodies?type=CME", "id", ["cme-1"]),
    ("bodies?territory=REG-76&type=CDU", "id", ["cdu-31", "cdu-31.v2"]),
    ("bodies?existence=proposed", "id", ["cts-1", "trap"]),
    ("types?broader=CME", "code", ["CME", "EPS_CME"]),
    ("territories?within=REG-76", "code", ["DEP-31"]),
    ("instances?type=EPS_CME", "id", ["cme-1"]),
    ("seats?state=vacant", "id", ["s2"]),
    ("seats?instance=cdu-old", "id", ["s1", "s2"]),
    ("measures?pillar=4", "id", ["m-cme"]),
    ("measures?theme=visites", "id", ["m-visites"]),
    ("measures?type=CDU", "id", []),
    ("measures?type=EPS_CME", "id", ["m-cme"]),
    ("measures?party=ars-76", "id", ["m-visites"]),
    ("measures?sector=sanitaire&territory=REG-76", "id", ["m-cme"]),
    ("signatures?modality=requested", "party", ["FAS"]),
    ("signatures?party=fas-76", "measure", ["m-cme"]),
    ("stages?measure=m-visites", "measure", ["m-visites"]),
    ("stages?group=etat", "measure", []),
    ("meetings?territory=REG-76", "id", ["reu-1"]),
    ("norms?confidence=from-memory", "code", ["CVS"]),
    ("norms?code=CME", "code", ["EPS_CME"]),
    ("norms?in_force=false", "code", []),
    ("sources?origin=user", "id", ["a", "b"]),
]


@pytest.mark.parametrize("name", LISTINGS)
def test_a_list_has_the_documented_shape(client, day, name):
    """A list holds the members that the documentation gives, and no other; it is not empty here."""
    told = LISTINGS[name].model().model_validate(client.json(f"/api/v1/{name}?as_of={day}"))
    assert len(getattr(told, name)) == told.total > 0


@pytest.mark.parametrize("name", LISTINGS)
def test_a_list_as_csv_has_the_same_rows(client, day, name):
    """A list as CSV has the columns and the rows of its JSON."""
    rows = client.json(f"/api/v1/{name}?as_of={day}")[name]
    answer = client.get(f"/api/v1/{name}.csv?as_of={day}")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    header, *lines = csv.reader(io.StringIO(answer.text))
    assert (header, len(lines)) == (list(rows[0]), len(rows))


@pytest.mark.parametrize(("asked", "column", "expected"), FILTERS)
def test_a_filter_narrows(client, day, asked, column, expected):
    """A filter leaves the rows that it names, and those that lie below."""
    name = asked.partition("?")[0]
    assert [row[column] for row in client.json(f"/api/v1/{asked}&as_of={day}")[name]] == expected


@pytest.mark.parametrize(
    "asked", ["bodies?type=NOPE", "seats?instance=ars-76", "measures?theme=nope", "bodies?group=x"]
)
def test_a_filter_that_names_nothing_is_refused(client, asked):
    """A filter that names nothing known is refused, not answered by an empty list."""
    assert client.get(f"/api/v1/{asked}").status_code == 400


@pytest.mark.parametrize("asked", ["limit=501", "limit=0", "limit=x", "offset=-1"])
def test_a_limit_has_limits(client, asked):
    """A page has 1 to 500 rows; anything else is refused with the value and what was expected."""
    answer = client.get(f"/api/v1/bodies?{asked}")
    assert answer.status_code == 422
    assert answer.json()["value"] == asked.partition("=")[2]


def test_pages_lead_through_the_whole_list(client, day):
    """Following `next` gives every row once, and only the last page is not truncated."""
    seen, cut, path = [], [], f"/api/v1/bodies?limit=3&as_of={day}"
    while path:
        told = client.json(path)
        seen += [row["id"] for row in told["bodies"]]
        cut.append(told["truncated"])
        path = told["next"]
    assert seen == sorted(seen)
    assert (len(seen), cut) == (8, [True, True, False])


def test_the_next_page_is_also_in_a_header(client):
    """The link to the next page is in the header `Link`, as RFC 8288 has it."""
    answer = client.get("/api/v1/bodies?limit=1&kind=actor")
    assert answer.headers["link"] == f'<{answer.json()["next"]}>; rel="next"'


def test_the_next_page_stays_with_its_edition(fresh, publish, asking, day):
    """A new edition published between two pages changes nothing in the second."""
    folder = fresh() / "store"
    first = publish(folder)
    client = asking(create_app(Settings(store=str(folder))))
    onward = client.json(f"/api/v1/territories?limit=1&as_of={day}")["next"]
    publish(folder, territories=["code,label,within", "FR,France,", "REG-76,Occitanie,FR", "DEP-31,HG,REG-76"])
    told = client.json(onward)
    assert told["edition"] == first.id != client.json("/version")["edition"]


def test_a_seat_is_told_as_of_a_date(client):
    """A seat's state is that of the date."""
    states = {
        day: [row["state"] for row in client.json(f"/api/v1/seats?as_of={day}")["seats"] if row["id"] == "s2"]
        for day in ("2024-01-01", "2025-06-30", "2026-06-30")
    }
    assert states == {"2024-01-01": [], "2025-06-30": ["filled"], "2026-06-30": ["vacant"]}


def test_an_instance_tells_what_is_required(client, day):
    """An instance tells the seats that the law requires, and what is known of them."""
    told = {row["id"]: row for row in client.json(f"/api/v1/instances?as_of={day}")["instances"]}
    counts = [told["cdu-31"][name] for name in ("required", "filled", "vacant", "missing", "unknown")]
    assert counts == [2, 1, 1, 0, 0]


def test_no_cell_starts_a_formula(client):
    """A label that a spreadsheet would compute is text in CSV, and as it is in JSON."""
    rows = csv.DictReader(io.StringIO(client.get("/api/v1/bodies.csv").text))
    assert "'=CDU de Rangueil" in [row["label"] for row in rows]
    assert "=CDU de Rangueil" in [row["label"] for row in client.json("/api/v1/bodies")["bodies"]]
