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


def test_each_question_to_paste_has_an_answer(neo4j, edition):
    """There are ten, and each gives rows."""
    whole = edition(shipped())
    days = (date(2026, 6, 30), date(2020, 7, 10))
    reports = [gaps.report(Tables(whole), day) for day in days]
    graph.push(neo4j.url, records.units(whole, reports), quiet)
    silent = [text for text in PASTED if not graph.rows(neo4j.url, text, {})]
    assert len(PASTED) == 10
    assert silent == []
