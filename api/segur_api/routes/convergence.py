"""Who asks for the same, for programs."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from segur_api import tabular
from segur_api.deps import READS, Read, Reading, answer
from segur_api.models.convergence import Convergence
from segur_ingest import convergence as asking
from segur_ingest.convergence import Group, Measure

router = APIRouter(prefix="/api/v1", tags=["measures"])

Asked = Annotated[
    str, Query(description="The group of one measure.", examples=["doc-001-usagers-des-la-construction-des-projets"])
]
COLUMNS = ("group", "measure", "label", "askers", "foreseen", "leads", "sources", "locators")


@router.get("/convergence", response_model=Convergence, **READS)
def convergence(reading: Read, measure: Asked = "") -> Response:
    """Proposals and measures that people judged to ask for the same, with their reasons; it is never a signature."""
    reasons = asking.reasons(reading.tables)
    groups = [
        {
            "id": group.id,
            "measures": [asdict(m) for m in found],
            "verdicts": [asdict(r) for pair, r in reasons.items() if pair <= {m.id for m in found}],
            "apart": [pair for pair in group.apart if {m.id for m in found}.issuperset(pair)],
        }
        for group, found in _groups(reading, measure)
    ]
    return answer(reading, groups=groups)


@router.get("/convergence.csv", response_class=tabular.Csv, **READS)
def convergence_csv(reading: Read, measure: Asked = "", *, excel: tabular.Excel = False) -> Response:
    """The same as a table, one row a measure of a group."""
    rows = [_row(group.id, m) for group, found in _groups(reading, measure) for m in found]
    return tabular.answer(COLUMNS, rows, excel=excel)


def _groups(reading: Reading, measure: str) -> Iterator[tuple[Group, list[Measure]]]:
    """The groups, or that of a measure, with what counts on the date; alone, a measure is no group."""
    reading.known("measure", measure)
    now = {row["id"] for row in reading.query("SELECT id FROM measures_now")}
    for group in asking.groups(reading.tables):
        found = [m for m in group.measures if m.id in now]
        if len(found) > 1 and (not measure or any(m.id == measure for m in found)):
            yield group, found


def _row(group: str, measure: Measure) -> list[Any]:
    by = {how: [p.id for p in measure.who if p.how == how] for how in ("is-to-sign", "leads")}
    read = [[place.source for place in measure.places], [place.locator for place in measure.places]]
    return [group, measure.id, measure.label, list(measure.askers), by["is-to-sign"], by["leads"], *read]
