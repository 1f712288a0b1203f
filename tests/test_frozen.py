"""The gaps and unknowns on the shipped facts are those that somebody has read and justified, one by one."""

import tomllib
from pathlib import Path

import pytest

from segur_ingest.build import shipped

FROZEN = tomllib.loads((Path(__file__).parent / "frozen.toml").read_text("utf-8"))
DAYS = ("2026-06-30", "2020-07-10")


@pytest.fixture(scope="module")
def now(world):
    """The world of all that ships."""
    return world(shipped())


@pytest.mark.parametrize("day", DAYS)
def test_what_is_told_is_what_was_justified(now, day):
    """Each gap and unknown of the day has its sentence in frozen.toml, and each there is told."""
    told, justified = now.ids(day), {name for name, said in FROZEN.items() if said.get("on", day) == day}
    assert told - justified == set(), "new: read the norm and the document, then write why it is right"
    assert justified - told == set(), "gone: is that right? then take its sentence out"


def test_each_justification_is_a_sentence():
    """What is frozen is justified by one sentence, on one of the two days or on both."""
    for name, said in FROZEN.items():
        assert set(said) <= {"why", "on"}, name
        assert said["why"][0].isupper(), name
        assert said["why"].endswith("."), name
        assert said.get("on", DAYS[0]) in DAYS, name


def test_a_demand_for_the_cme_closes_both_gaps(now):
    """The demand of France Assos Santé Occitanie would close the gap of the public CME and of the private one."""
    for code in ("EPS_CME", "PRIV_CME"):
        gap = now.gap(f"structural:{code}")
        assert (gap.severity, gap.certainty) == ("high", "certain")
        assert [(r["how"], r["carried_by"]) for r in gap.remedies] == [("closes", ["france-assos-sante-occitanie"])]
        assert gap.norm["url"].startswith("http")


def test_nothing_that_is_only_asked_for_is_a_gap(now):
    """The documents give nothing but structural gaps: what they ask for is neither present nor absent."""
    assert {g.kind for g in now.on().gaps} == {"structural"}
