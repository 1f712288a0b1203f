"""The worked examples of the register, over the shipped sources and nothing else."""

import json
from pathlib import Path

import pytest

from segur_ingest.build import shipped

SHARED = Path(__file__).parents[2] / "shared" / "examples"
NAMES: list = sorted(path.parent.name for path in SHARED.glob("*/expected.json"))
NOT_THERE = [pytest.param("", marks=pytest.mark.skip("../shared is not there"))]
pytestmark = pytest.mark.shared


@pytest.fixture(scope="module", params=NAMES or NOT_THERE)
def example(request, world):
    """The expected answer of an example, and the report on it."""
    folder = SHARED / request.param
    expected = json.loads((folder / "expected.json").read_text("utf-8"))
    tables = {path.stem: path.read_text("utf-8").splitlines() for path in folder.glob("*.csv")}
    under = [s for s in shipped() if s.id in ("types", "norms", "territories")]
    small = world(under, **tables)
    return expected, small.on(expected["as_of"], what_if=expected["what_if"])


def test_an_example_has_its_gaps(example):
    """The gaps of an example are those expected, each with the count and the details given there."""
    expected, report = example
    found = {g.id: g for g in report.gaps}
    assert set(found) == set(expected["gaps"])
    for name, said in expected["gaps"].items():
        gap = found[name]
        told = vars(gap) | gap.details | {"remedies": [r["id"] for r in gap.remedies]}
        assert {key: told[key] for key in said} == said


def test_an_example_has_its_unknowns(example):
    """The unknowns of an example are those expected."""
    expected, report = example
    assert sorted(u.id for u in report.unknowns) == sorted(expected["unknowns"])


def test_an_example_has_its_completeness(example):
    """Completeness is what is expected: required, filled, vacant, missing, unknown."""
    expected, report = example
    names = ("required", "filled", "vacant", "missing", "unknown")
    if expected["completeness"] is not None:
        assert [report.completeness[name] for name in names] == expected["completeness"]
