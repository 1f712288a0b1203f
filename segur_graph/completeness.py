"""How many of the seats that the law requires are known, and between which bounds users are absent (R15)."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from segur_graph.tables import Dated

# What a total tells of the seats, and the same with the bounds of the share that is absent, as columns.
SEATS = ("required", "documented", "filled", "vacant", "missing", "unknown")
COLUMNS = (*SEATS, "absent_from", "absent_to")

# One instance: what is required of it, and what is known of that. Missing seats are those of `below-norm`.
SQL = """
SELECT r.instance, r.type, r.territory, r.required,
       CASE WHEN r.seen THEN least(r.filled, r.required) ELSE 0 END AS filled,
       CASE WHEN r.seen THEN least(r.vacant, r.required - least(r.filled, r.required)) ELSE 0 END AS vacant,
       CASE WHEN r.seen AND r.list_binds THEN greatest(r.required - r.seats, 0) ELSE 0 END AS missing
FROM (SELECT *, existence = 'existing' AS seen FROM required_now) r
WHERE r.required IS NOT NULL
"""


def instances(now: Dated, areas: Collection[str] | None = None) -> list[dict[str, Any]]:
    """Each instance with a requirement: `required`, `filled`, `vacant`, `missing`, with its type and territory.

    `areas` narrows them to those of some territories.
    """
    return [row for row in now.query(SQL) if areas is None or row["territory"] in areas]


def total(rows: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """The sum over instances as the JSON gives it; `absent_share` is null where nothing is required."""
    told = list(rows)
    required, filled, vacant, missing = (sum(r[n] for r in told) for n in ("required", "filled", "vacant", "missing"))
    unknown = required - filled - vacant - missing
    return {
        "required": required,
        "documented": filled + vacant + missing,
        "filled": filled,
        "vacant": vacant,
        "missing": missing,
        "unknown": unknown,
        "absent_share": _bounds(required, vacant + missing, unknown),
    }


def by(rows: Iterable[dict[str, Any]], column: str) -> list[dict[str, Any]]:
    """The totals for each `type` or `territory`, the column first; a territory may be null and comes last."""
    grouped = defaultdict(list)
    for row in rows:
        grouped[row[column]].append(row)
    return [{column: key, **total(grouped[key])} for key in sorted(grouped, key=lambda k: (k is None, k))]


def cells(total: dict[str, Any]) -> list[Any]:
    """A total under `COLUMNS`; no bounds where nothing is required."""
    return [*(total[name] for name in SEATS), *(total["absent_share"] or (None, None))]


def _bounds(required: int, absent: int, unknown: int) -> list[float] | None:
    if not required:
        return None
    return [round(absent / required, 4), round((absent + unknown) / required, 4)]
