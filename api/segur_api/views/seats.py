"""The seats that the law requires: how many are known, for a report and for the fiche of a thing."""

from typing import Any

from segur_api.deps import Reading
from segur_graph import completeness

# Whose seats the fiche of a thing counts: its own, those of its type, those that lie in it.
OF = {
    "bodies": "instance = $key",
    "types": "type IN (SELECT type FROM narrower WHERE named = $key)",
    "territories": "territory IN (SELECT territory FROM lies_in WHERE area = $key)",
}


def of(reading: Reading, table: str, key: str) -> dict[str, Any] | None:
    """The completeness of a body, a type or a territory; None where the law requires nothing that is known."""
    if table not in OF:
        return None
    rows = reading.query(f"SELECT * FROM ({completeness.SQL}) WHERE {OF[table]}", key=key)
    return completeness.total(rows) if rows else None
