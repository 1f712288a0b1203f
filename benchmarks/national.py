"""How cost grows from a hundredth of a country to a whole one: one table, and a plot beside docs/benchmarks.md.

    python benchmarks/national.py [SCALE…]      # 0.01 0.1 1.0 unless told; rdflib and pySHACL beside up to 0.1

Each figure is of a process of its own, so that its memory is its own. Ratios matter, not seconds; where several
programs share a machine, the processor's seconds (`cpu`) say more than the clock's. Expected at 1.0: an import
within 1.5 times a bare Oxigraph bulk load of the same quads in the same run; a source of 70,000 quads replaced
within 2 s plus its tables; 2 GB; a report within 3 s cold and 0.3 s on loaded tables; every page within 1 s.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import import_rows
import measured
import plot
import pyoxigraph as ox

from segur_graph import check, edition, gaps
from segur_graph.store import Store
from segur_graph.tables import Tables
from segur_ingest import importing, synth

SCALES = (0.01, 0.1, 1.0)
PEERS_UP_TO = 0.1
DAY = date(2026, 6, 30)
# A source of some 70,000 quads.
SEATS = 5_600
PAGES = (
    "/",
    "/?territory=REG-76",
    "/lacunes",
    "/lacunes?severity=high&standing=established",
    "/lacunes?territory=DEP-31",
    "/co-signatures",
    "/propositions",
    "/etapes",
    "/reseau",
    "/territoires",
    "/requetes/co-signers",
    "/chercher?q=cdu",
    "/donnees",
    "/importer",
    "/signaler?q=cdu",
    "/doc/types/CDU",
    "/doc/territories/REG-76",
    "/doc/bodies/ars-reg-76",
    "/doc/sources/synth-reg-76",
)
Said = dict[str, Any]


def timed(work: Callable[[], Any]) -> Said:
    """How long some work takes by the clock and of the processor, in seconds."""
    took = measured.timed(work)
    return {"s": took.s, "cpu": took.cpu}


def importation(folder: Path) -> Said:
    """The import of the register into a store of its own."""
    store = Store(folder / "store")
    told = timed(lambda: importing.publish(store, importing.plan(store, [folder / "register"])))
    rows = sum(sum(s["rows"].values()) for s in store.edition().manifest["sources"])
    return told | {"rows": rows}


def bare(folder: Path) -> Said:
    """Oxigraph's bulk load of the quads that the import loaded, from the file that it wrote."""
    made, file = Store(folder / "store").edition(), folder / "all.nq"
    with file.open("w", encoding="utf-8") as out:
        out.writelines(edition.quads((c.source for c in made.chosen()), made.things))
    store = ox.Store(str(folder / "bare"))
    told = timed(lambda: store.bulk_load(path=str(file), format=ox.RdfFormat.N_QUADS))
    return told | {"quads": len(store)}


def replacement(folder: Path) -> Said:
    """A source of 70,000 quads replaced by another of its name; what of it are the tables."""
    store = Store(folder / "store")
    tables: list[float] = []

    def advance(step: str, *_: int) -> None:
        if step == "tables":
            tables.append(time.perf_counter())

    for more in (0, 10):
        into = folder / f"one-{more}"
        into.mkdir()
        import_rows.write(into, SEATS + more)
        plan = importing.plan(store, [into])
        tables.clear()
        told = timed(lambda plan=plan: importing.publish(store, plan, advance))
    return told | {"tables": tables[-1] - tables[0]}


def report(folder: Path) -> Said:
    """The whole report, cold and on loaded tables."""
    made = Store(folder / "store").edition()
    cold = timed(lambda: gaps.report(Tables(made), DAY).json())
    tables = Tables(made)
    gaps.report(tables, DAY)
    return {"cold": cold["s"], "warm": timed(lambda: gaps.report(tables, DAY))["s"]}


def pages(folder: Path) -> Said:
    """Every sort of page: the first screen when nothing was asked yet, then the slowest of all."""
    from starlette.testclient import TestClient

    from segur_api.app import create_app
    from segur_graph.options import Settings

    app = create_app(Settings(store=str(folder / "store")))
    app.state.library.open()
    client, dated = TestClient(app, headers={"Accept": "text/html"}), f"as_of={DAY}"
    first = timed(lambda: client.get(f"/?{dated}"))["s"]
    took = {}
    for path in PAGES:
        address = f"{path}{'&' if '?' in path else '?'}{dated}"
        client.get(address).raise_for_status()
        took[path] = timed(lambda address=address: client.get(address))["s"]
    return {"first": first, "took": took}


def rdflib(folder: Path) -> Said:
    """The same quads read into memory by rdflib."""
    from rdflib import Dataset

    return timed(lambda: Dataset().parse(str(folder / "all.nq"), format="nquads"))


def pyshacl(folder: Path) -> Said:
    """The shapes held against the edition's facts by pySHACL: `segur check`."""
    return timed(lambda: check.findings(Store(folder / "store").edition()))


STEPS = {step.__name__: step for step in (importation, bare, replacement, report, pages)}
PEERS = {step.__name__: step for step in (rdflib, pyshacl)}


def one(step: str, folder: Path) -> None:
    """Runs one step in this process, and tells it as JSON."""
    told = (STEPS | PEERS)[step](folder)
    print(json.dumps(told | {"memory": int(measured.memory())}))


def scale(size: float) -> dict[str, Said]:
    """What each step tells of a register of a size."""
    steps = STEPS | (PEERS if size <= PEERS_UP_TO else {})
    with tempfile.TemporaryDirectory() as name:
        synth.write(Path(name) / "register", size)
        told = {}
        for step in steps:
            command = [sys.executable, __file__, "--step", step, name]
            done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
            told[step] = json.loads(done.stdout)
            print(f"{size} {step} {done.stdout.strip()}", file=sys.stderr)
        return told


def row(size: float, told: dict[str, Said]) -> list[str]:
    """A line of the table."""
    load, ours, patch = told["bare"], told["importation"], told["replacement"]
    slowest = max(told["pages"]["took"], key=told["pages"]["took"].get)
    peers = [f"{told[name]['s']:.0f}" if name in told else "–" for name in PEERS]
    return [
        *(f"{size:g}", f"{ours['rows']:,}", f"{load['quads']:,}"),
        *(f"{ours['s']:.1f} ({ours['cpu']:.1f})", f"{load['s']:.1f} ({load['cpu']:.1f})"),
        *(f"{ours['s'] / load['s']:.2f} ({ours['cpu'] / load['cpu']:.2f})", f"{ours['memory']:,}"),
        f"{patch['s'] - patch['tables']:.1f} + {patch['tables']:.1f}",
        *(f"{told['report']['cold']:.2f}", f"{told['report']['warm']:.2f}", f"{told['pages']['first']:.2f}"),
        *(f"{told['pages']['took'][slowest]:.2f} `{slowest}`", *peers),
    ]


COLUMNS = (
    *("scale", "rows", "quads", "import s (cpu)", "bare load s (cpu)", "ratio", "import MB"),
    *("replace s + tables", "report cold s", "warm s", "first page s", "slowest page s", "rdflib s", "pySHACL s"),
)


def main() -> None:
    """Prints the table and writes the plot."""
    sizes = [float(size) for size in sys.argv[1:]] or SCALES
    found = {size: scale(size) for size in sizes}
    lines = [COLUMNS, ["---"] * len(COLUMNS), *(row(size, told) for size, told in found.items())]
    print("\n".join(f"| {' | '.join(line)} |" for line in lines))
    drawn = {
        "import": {size: told["importation"]["s"] for size, told in found.items()},
        "bare bulk load": {size: told["bare"]["s"] for size, told in found.items()},
        "report, cold": {size: told["report"]["cold"] for size, told in found.items()},
        "slowest page": {size: max(told["pages"]["took"].values()) for size, told in found.items()},
    } | {name: {size: told[name]["s"] for size, told in found.items() if name in told} for name in PEERS}
    (Path(__file__).parents[1] / "docs" / "benchmarks.svg").write_text(plot.svg(drawn), "utf-8")


if __name__ == "__main__":
    one(sys.argv[2], Path(sys.argv[3])) if sys.argv[1:2] == ["--step"] else main()
