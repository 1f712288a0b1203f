"""The worker of the cage: `python -m segur_graph.caged GRAPH MEMORY`, one query after the other from standard input."""

import io
import json
import os
import sys
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import Any

import pyoxigraph as ox

from segur_graph.offline import go_offline

RESULTS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
GRAPHS = {"ttl": ox.RdfFormat.TURTLE, "nt": ox.RdfFormat.N_TRIPLES, "rdf": ox.RdfFormat.RDF_XML}
# Results that no row limit holds are cut by it: both have one row a line.
TSV, NT = RESULTS["tsv"], GRAPHS["nt"]


class Full(Exception):
    """Enough rows are there."""


class Lines(io.BytesIO):
    """Takes so many lines, then raises Full."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.left = most

    def write(self, data: Any) -> int:
        """Takes some bytes."""
        lines = bytes(data).count(b"\n")
        written = super().write(data)
        self.left -= lines
        if self.left < 0:
            raise Full
        return written

    def whole(self, most: int) -> tuple[bytes, bool]:
        """The first lines, and whether there were more."""
        if self.left >= 0:
            return self.getvalue(), False
        return b"".join(self.getvalue().splitlines(keepends=True)[:most]), True


def main() -> None:
    """Answers until standard input closes, which ends it in the middle of a query too."""
    go_offline()
    store = ox.Store.read_only(sys.argv[1])
    _bound(int(sys.argv[2]))
    asked: Queue[dict[str, Any]] = Queue(1)
    Thread(target=_read, args=(asked,), daemon=True).start()
    _send({"ready": True}, b"")
    while True:
        _send(*answer(store, asked.get()))


def _read(asked: "Queue[dict[str, Any]]") -> None:
    for line in sys.stdin.buffer:
        asked.put(json.loads(line))
    os._exit(0)


def _send(head: dict[str, Any], body: bytes) -> None:
    out = sys.stdout.buffer
    out.write(json.dumps(head | {"length": len(body)}).encode() + b"\n" + body)
    out.flush()


def _bound(megabytes: int) -> None:
    """Bounds the memory that may still be taken, where the system can."""
    try:
        import resource

        taken = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
        most = taken + megabytes * 1024 * 1024
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
    except (ImportError, OSError, ValueError):
        pass


def answer(store: ox.Store, asked: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """The head and the body of an answer; the head has `error` where the query is no SPARQL."""
    try:
        found = store.query(asked["query"], **_dataset(asked))
        if isinstance(found, ox.QueryBoolean):
            form = _first(asked, ("json", "xml"))
            return {"form": form, "truncated": False}, bytes(found.serialize(format=RESULTS[form]) or b"")
        return _triples(found, asked) if isinstance(found, ox.QueryTriples) else _rows(found, asked)
    except (SyntaxError, ValueError, RuntimeError, OSError) as error:
        return {"error": str(error)}, b""


def _first(asked: dict[str, Any], there_are: Collection[str]) -> str:
    """The first form asked for that there is; the first that there is where it is none of them."""
    return next((form for form in asked["forms"] if form in there_are), next(iter(there_are)))


def _dataset(asked: dict[str, Any]) -> dict[str, Any]:
    """The graphs to ask: those of the request, else those of the query, else all as one."""
    if not asked["default"] and not asked["named"]:
        return {"use_default_graph_as_union": asked["union"]}
    return {
        "default_graph": [ox.NamedNode(graph) for graph in asked["default"]],
        "named_graphs": [ox.NamedNode(graph) for graph in asked["named"]],
    }


def _rows(found: ox.QuerySolutions, asked: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    form = _first(asked, RESULTS)
    body, cut = _lines(found, TSV, asked["rows"] + 1)
    if form != "tsv":
        again = ox.parse_query_results(body, format=TSV)
        body = bytes(again.serialize(format=RESULTS[form]) or b"")
    return {"form": form, "truncated": cut}, body


def _triples(found: ox.QueryTriples, asked: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    form = _first(asked, GRAPHS)
    body, cut = _lines(found, NT, asked["rows"])
    if form != "nt":
        body = bytes(ox.serialize(ox.parse(body, format=NT), format=GRAPHS[form], prefixes=asked["prefixes"]) or b"")
    return {"form": form, "truncated": cut}, body


def _lines(found: Any, form: Any, most: int) -> tuple[bytes, bool]:
    lines = Lines(most)
    with suppress(Full):
        found.serialize(lines, format=form)
    return lines.whole(most)


if __name__ == "__main__":
    main()
