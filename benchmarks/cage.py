"""What the cage costs a query, beside the same query asked bare: `python benchmarks/cage.py [STORE]`, ms, median."""

import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median

import pyoxigraph as ox
from measured import timed

from segur_graph import copies, guard
from segur_graph.cage import Cage, Limits, TooLong
from segur_graph.options import Settings

QUERIES = {
    "ask": "ASK { ?s ?p ?o }",
    "100 rows": "SELECT * { ?s ?p ?o } LIMIT 100",
    "10,000 rows": "SELECT * { ?s ?p ?o } LIMIT 10000",
    "count": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
}
BOMB = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
TIMES = 30


def taken(run: Callable[[], object]) -> float:
    """The median time of a run, in milliseconds."""
    return timed(run, TIMES, median).s * 1000


def main() -> None:
    """Prints the table."""
    graph = copies.public(Settings(store=sys.argv[1] if len(sys.argv) > 1 else "").read())
    store, cage = ox.Store.read_only(str(graph)), Cage(Limits(seconds=1))
    cage.ask(graph, QUERIES["ask"])
    print(f"{'query':<14}{'bare':>8}{'caged':>8}{'check':>8}")
    for name, query in QUERIES.items():
        bare = taken(lambda query=query: _bare(store, query))  # type: ignore[misc]
        caged = taken(lambda query=query: cage.ask(graph, query))  # type: ignore[misc]
        checked = taken(lambda query=query: guard.check(query))  # type: ignore[misc]
        print(f"{name:<14}{bare:8.2f}{caged:8.2f}{checked:8.2f}")
    _after_a_kill(cage, graph)


def _bare(store: ox.Store, query: str) -> object:
    found = store.query(query, use_default_graph_as_union=True)
    return found.serialize(format=ox.QueryResultsFormat.JSON)  # type: ignore[call-overload]


def _after_a_kill(cage: Cage, graph: Path) -> None:
    try:
        cage.ask(graph, BOMB)
    except TooLong:
        took = timed(lambda: cage.ask(graph, QUERIES["ask"]))
        print(f"first answer after a kill: {took.s * 1000:.0f} ms")
    cage.close()


if __name__ == "__main__":
    main()
