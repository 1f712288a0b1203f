"""How fast a table of 400,000 seats is read and validated, and in how much memory.

Expected: 50,000 rows a second, 1 GB. Run: `python benchmarks/import_rows.py [ROWS]`.
"""

import csv
import subprocess
import sys
import tempfile
from pathlib import Path

from measured import memory, timed

from segur_graph.facts import SEATS, TABLES
from segur_graph.store import Store
from segur_ingest import importing

ROWS = 400_000
SEATS_EACH = 10


def main() -> None:
    """Writes a register and measures its import in a process of its own."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "register"
        folder.mkdir()
        write(folder, rows)
        print(
            subprocess.run(
                [sys.executable, __file__, "--read", folder], capture_output=True, text=True, check=True
            ).stdout
        )


def measure(folder: Path) -> None:
    """Plans the import of a register into an empty store, and tells rows a second and memory."""
    took = timed(lambda: importing.plan(Store(folder.parent / "store"), [folder]))
    rows = len(took.given.folder.sheets["seats"])
    print(f"{rows:,} seats in {took.s:.1f} s ({took.cpu:.1f} s of processor):", end=" ")
    print(f"{rows / took.s:,.0f} rows/s; {memory():,.0f} MB")


def write(folder: Path, rows: int) -> None:
    """Writes a register of as many seats, ten an instance, all different in what differs in real ones."""
    instances = [f"cdu-{310_000_000 + i}" for i in range(rows // SEATS_EACH)]
    table(folder, "sources", [{"id": "a", "title": "A"}])
    body = {"kind": "instance", "type": "CDU", "source": "a", "locator": "p. 1"}
    table(folder, "bodies", [body | {"id": i, "label": f"CDU {i}"} for i in instances])
    seat = {"group": "usagers", "regime": "ru", "position": "titulaire", "source": "a", "college": "usagers"}
    days = [f"2026-{1 + i % 12:02}-{1 + i % 28:02}" for i in range(1_000)]
    seats = [
        seat
        | {"id": f"{i}-{n}", "instance": i, "holder": f"h{n}{i}", "mandate_from": days[(n * 7) % 1_000]}
        | {
            "state": ("filled", "vacant", "unknown")[n % 3],
            "observed_on": days[int(i[4:]) % 1_000],
            "locator": f"p. {n}",
        }
        for i in instances
        for n in range(SEATS_EACH)
    ]
    table(folder, SEATS.name, seats)


def table(folder: Path, name: str, rows: list[dict[str, str]]) -> None:
    """Writes a table as CSV."""
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, TABLES[name].names)
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    measure(Path(sys.argv[2])) if sys.argv[1:2] == ["--read"] else main()
