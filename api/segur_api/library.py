"""The editions that the service has open, and the store's pointer followed to the next."""

import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any

import pyoxigraph as ox

from segur_graph import copies, gaps
from segur_graph.drawn import scene
from segur_graph.drawn.elements import View
from segur_graph.edition import Edition
from segur_graph.errors import StoreError
from segur_graph.gaps import Report
from segur_graph.options import Settings
from segur_graph.recent import Recent
from segur_graph.search import Index
from segur_graph.store import Store
from segur_graph.tables import Rows, Tables
from segur_ingest import convergence
from segur_ingest.convergence import Measure

log = logging.getLogger("segur")

# Old editions are open only while somebody reads them: each holds its tables in memory.
OLD_EDITIONS = 2
NETWORKS = 8
REPORTS = 64
PICTURES = 32
LISTS = 12
PANELS = 512


@dataclass
class Opened:
    """An edition with its tables in memory; what was asked lately is kept."""

    edition: Edition
    tables: Tables = field(init=False)
    _reports: Recent[Report] = field(default_factory=lambda: Recent(REPORTS), init=False)
    _bytes: Recent[bytes] = field(default_factory=lambda: Recent(REPORTS), init=False)
    _networks: Recent[View] = field(default_factory=lambda: Recent(NETWORKS), init=False)
    # What was made of a network, by the date and what was asked: its parts, placed.
    pictures: Recent[Any] = field(default_factory=lambda: Recent(PICTURES), init=False)
    # The lines of a long list, by the page and the date; its facets, also by what was asked: of those there are many.
    lists: Recent[Any] = field(default_factory=lambda: Recent(LISTS), init=False)
    facets: Recent[Any] = field(default_factory=lambda: Recent(LISTS), init=False)
    # What a page shows beside: the first rows of an answer about a thing, or totals, by all that they depend on.
    panels: Recent[Any] = field(default_factory=lambda: Recent(PANELS), init=False)

    def __post_init__(self) -> None:
        """Loads the tables now, in one thread."""
        self.tables = Tables(self.edition)
        self.tables.query("SELECT 1")

    @cached_property
    def graph(self) -> ox.Store:
        """The edition's graph, for reading."""
        return self.edition.graph()

    @cached_property
    def public(self) -> Path:
        """The folder of the graph that anybody may ask: it refers to no person."""
        return copies.public(self.edition)

    @cached_property
    def sources(self) -> dict[str, dict[str, Any]]:
        """The rows of the sources, by id."""
        return {row["id"]: row for row in self.tables.query("SELECT * FROM sources")}

    @cached_property
    def search(self) -> Index:
        """Its things by the words of their names."""
        return Index(self.edition, self.tables.query)

    @cached_property
    def asks_same(self) -> dict[str, list[Measure]]:
        """For each contribution the others that ask for the same."""
        return convergence.asks_same(self.tables)

    def query(self, as_of: date, sql: str, **values: Any) -> Rows:
        """The rows of a query on a date: it sees the tables, and the views `*_now`."""
        return self.tables.on(as_of).query(sql, **values)

    def network(self, as_of: date) -> View:
        """Everything that a picture may show on a date."""
        return self._networks.get(
            as_of, lambda: scene.whole(self.tables.on(as_of), self.edition.id, self.report(as_of, "", "", ()))
        )

    def report(self, as_of: date, kind: str, territory: str, what_if: Sequence[str]) -> Report:
        """The gaps of a date."""
        adopted = tuple(sorted(set(what_if)))
        return self._reports.get(
            (as_of, kind, territory, adopted),
            lambda: gaps.report(self.tables, as_of, kind=kind, territory=territory, what_if=adopted),
        )

    def report_json(self, as_of: date, kind: str, territory: str, what_if: Sequence[str]) -> bytes:
        """The gaps of a date as the bytes of their JSON."""
        adopted = tuple(sorted(set(what_if)))
        return self._bytes.get(
            (as_of, kind, territory, adopted),
            lambda: json.dumps(self.report(as_of, kind, territory, adopted).json(), ensure_ascii=False).encode(),
        )


class Library:
    """The current edition, followed as the store's pointer moves, and the old ones that are read."""

    def __init__(self, settings: Settings, texts: Path | None = None) -> None:
        self.settings = settings
        self.texts = texts
        self._current: Opened | None = None
        self._opening = Lock()
        self._old: Recent[Opened] = Recent(OLD_EDITIONS)

    @cached_property
    def store(self) -> Store:
        """The store that is served."""
        return self.settings.opened()

    @property
    def fictional(self) -> bool:
        """Whether the edition that it serves is known to be of a fictional region."""
        return self._current is not None and self._current.edition.fictional

    def open(self, name: str = "") -> Opened:
        """The edition to read: the one named, else the served one; StoreError where there is none."""
        current = self._follow()
        edition = self.store.edition(name) if name else current.edition
        if edition == current.edition:
            return current
        return self._old.get(edition.folder, lambda: Opened(edition))

    def _follow(self) -> Opened:
        """The edition that the pointer names; the one before it while another thread opens it."""
        opened = self._current
        try:
            edition = self.store.edition(self.settings.edition)
        except StoreError:
            if opened is None:
                raise
            return opened
        if opened is not None and opened.edition == edition:
            return opened
        return self._turn_to(edition)

    def _turn_to(self, edition: Edition) -> Opened:
        if not self._opening.acquire(blocking=self._current is None):
            assert self._current is not None  # noqa: S101 - only another thread's first turn is not waited for
            return self._current
        try:
            if self._current is None or self._current.edition != edition:
                self._current = Opened(edition)
                log.info("édition %s", edition.id)
        finally:
            self._opening.release()
        return self._current
