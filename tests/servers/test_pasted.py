"""The questions to paste in docs/neo4j.md answer, on all that ships."""

import re
from datetime import date
from pathlib import Path

import pytest

from segur_graph import gaps
from segur_graph.edition import quiet
from segur_graph.graphs import neo4j as graph
from segur_graph.graphs import records
from segur_graph.tables import Tables
from segur_ingest.build import shipped

pytestmark = pytest.mark.server
PAGE = Path(__file__).parents[2] / "docs" / "neo4j.md"
PASTED = re.findall(r"```cypher\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)


@pytest.fixture(scope="module")
def reports(neo4j, edition):
    """The reports of two days, pushed with all that ships."""
    whole = edition(shipped())
    made = [gaps.report(Tables(whole), day) for day in (date(2026, 6, 30), date(2020, 7, 10))]
    graph.push(neo4j.url, records.units(whole, made), quiet)
    return made


@pytest.mark.usefixtures("reports")
def test_each_question_to_paste_has_an_answer(neo4j):
    """There are ten, and each gives rows."""
    silent = [text for text in PASTED if not graph.rows(neo4j.url, text, {})]
    assert len(PASTED) == 10
    assert silent == []


def test_the_proof_of_each_gap_is_that_of_the_json(neo4j, reports):
    """Day by day, gap by gap, the facts that prove it, their sources and their places are the JSON's."""
    proof = next(text for text in PASTED if "wasDerivedFrom" in text)
    told = {tuple(str(cell) for cell in row.values()) for row in graph.rows(neo4j.url, proof, {})}
    assert told == {
        (str(r.as_of), g.kind, g.says["fr"], g.certainty, p["fact"], p["source"]["title"], p["locator"])
        for r in reports
        for g in r.gaps
        for p in g.premises
    }
