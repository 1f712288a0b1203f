"""Graphs to ask freely, made of an edition's: without references to persons, and with the gaps of a date.

They are copies beside the editions, thrown away with their edition or once their day is over.
"""

import shutil
import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pyoxigraph as ox

from segur_graph import gap_graph, gaps, rdf
from segur_graph.edition import Edition
from segur_graph.tables import Tables

PUBLIC = "public"


def public(edition: Edition) -> Path:
    """The folder of the graph without references to persons: the edition's own where it holds none."""
    store = edition.graph()
    if not any(next(store.quads_for_pattern(None, ox.NamedNode(iri), None), None) for iri in rdf.PERSONAL):
        return edition.folder / "graph"
    return _kept(edition, PUBLIC, lambda path: _without_persons(store, path))


def on(edition: Edition, day: date) -> Path:
    """The folder of the same graph with the gaps of a day."""
    return _kept(edition, day.isoformat(), lambda path: _with_gaps(edition, day, path))


def _kept(edition: Edition, name: str, make: Callable[[Path], None]) -> Path:
    """The folder of a copy, made where it is not there yet."""
    kept = edition.folder.parent.parent / "copies"
    _throw_away(kept, edition.folder.parent)
    path = kept / edition.folder.name / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(dir=path.parent, prefix=".tmp-"))
        make(fresh / "graph")
        try:
            (fresh / "graph").rename(path)
        except OSError:  # another made it in the meantime
            if not path.exists():
                raise
        shutil.rmtree(fresh)
    return path


def _without_persons(store: ox.Store, path: Path) -> None:
    """Loads afresh: what is removed from a backup stays in its files."""
    copy = ox.Store(str(path))
    copy.bulk_extend(quad for quad in store if quad.predicate.value not in rdf.PERSONAL)
    copy.flush()


def _with_gaps(edition: Edition, day: date, path: Path) -> None:
    ox.Store.read_only(str(public(edition))).backup(str(path))
    lines = "".join(gap_graph.quads(gaps.report(Tables(edition), day))).encode()
    copy = ox.Store(str(path))
    copy.load(lines, format=ox.RdfFormat.N_QUADS)
    copy.flush()


def _throw_away(kept: Path, editions: Path) -> None:
    today = datetime.now(UTC).date()
    for copy in kept.glob("*/*"):
        made = datetime.fromtimestamp(copy.stat().st_mtime, UTC).date()
        if not (editions / copy.parent.name).is_dir() or (copy.name != PUBLIC and made != today):
            shutil.rmtree(copy, ignore_errors=True)
