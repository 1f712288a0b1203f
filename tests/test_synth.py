"""The synthetic register: what the engine finds in it is the truth that was written beside it."""

import json

import pytest

from segur_graph import gaps
from segur_ingest import synth
from segur_ingest.build import shipped

SCALE = 0.002
UNKNOWNS = {
    "unknown-attendance",
    "unknown-composition",
    "unknown-instances",
    "unknown-norm",
    "unknown-seat",
    "unknown-signatories",
    "unknown-stage",
}


@pytest.fixture(scope="module", params=(0, 1))
def planted(request, fresh, world):
    """A register's truth, and the world of its tables over the shipped types, norms and territories."""
    folder = fresh()
    synth.write(folder, SCALE, request.param)
    tables = {path.stem: path.read_text("utf-8").splitlines() for path in folder.glob("*.csv")}
    under = [s for s in shipped() if s.id in ("types", "norms", "territories")]
    return json.loads((folder / synth.TRUTH).read_text("utf-8")), world(under, **tables)


def test_gaps_and_unknowns_are_those_planted(planted):
    """On each day the gaps and unknowns are those planted, with what they count, and so is completeness."""
    truth, register = planted
    for day, expected in truth["on"].items():
        report = register.on(day)
        found = {g.id: {"count": g.count, "details": g.details, "stages": g.stages} for g in report.gaps}
        assert (day, found) == (day, expected["gaps"])
        assert (day, {u.id: u.details for u in report.unknowns}) == (day, expected["unknowns"])
        assert {n: report.completeness[n] for n in expected["completeness"]} == expected["completeness"]


def test_adoptions_change_what_was_planted(planted):
    """What is closed and opened by measures taken as adopted is what was planted (one of two days a seed)."""
    truth, register = planted
    day = ("2021-06-30", "2026-06-30")[truth["seed"]]
    for expected in (told for told in truth["what_if"] if told["as_of"] == day):
        answer = register.on(expected["as_of"], what_if=expected["what_if"]).json()
        opened = sorted(g["id"] for g in answer["opened"])
        assert {**expected, "closed": answer["closed"], "opened": opened} == expected


def test_every_kind_is_planted(planted):
    """Every kind of gap and of unknown is there on the last day, several have been on the first."""
    kinds = {day: set(told["kinds"]) for day, told in planted[0]["on"].items()}
    assert kinds["2026-06-30"] == set(gaps.kinds()) | UNKNOWNS
    assert {"below-norm", "vacant-seat", "structural", "unknown-norm"} <= kinds["2015-12-31"]


def test_adoptions_close_and_open(planted):
    """Some adoptions close a gap, some only open one, one does nothing."""
    told = [w for w in planted[0]["what_if"] if w["as_of"] == "2026-06-30"]
    assert any(w["closed"] for w in told)
    assert any(w["opened"] and not w["closed"] for w in told)
    assert any(not w["opened"] and not w["closed"] for w in told)


def test_the_same_seed_gives_the_same_bytes(fresh):
    """The same scale and seed give the same files, byte by byte; another seed gives others."""
    one, again, other = (fresh() for _ in range(3))
    for folder, seed in ((one, 3), (again, 3), (other, 4)):
        synth.write(folder, 0.001, seed)
    names = sorted(path.name for path in one.iterdir())
    assert names == sorted(path.name for path in again.iterdir())
    assert all((one / name).read_bytes() == (again / name).read_bytes() for name in names)
    assert (one / "seats.csv").read_bytes() != (other / "seats.csv").read_bytes()
