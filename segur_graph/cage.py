"""The cage for foreign SPARQL: processes that may be killed, a spare one warm, bounds on time, memory and rows."""

import json
import re
import subprocess
import sys
import weakref
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore, Event, Lock, Thread
from time import monotonic
from typing import Any

from segur_graph import guard, rdf
from segur_graph.errors import SegurError
from segur_graph.guard import Refused

PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
# The engine lists every character that it might have taken: a page of them.
SAID = 110
# Every so many seconds it is looked whether somebody still waits.
LOOK = 0.2


@dataclass(frozen=True)
class Limits:
    """What a query may take; `at_once` queries run beside each other, the next waits `patience` seconds.

    Without `spare` no process is kept warm: for one query.
    """

    seconds: float = 10
    rows: int = 100_000
    megabytes: int = 1024
    at_once: int = 2
    patience: float = 2
    spare: bool = True


class Stopped(SegurError):
    """A query that was not answered: why, in both languages."""

    def __init__(self, fr: str, en: str) -> None:
        super().__init__(f"SPARQL : {fr}")
        self.says = {"fr": fr, "en": en}


class TooLong(Stopped):
    """A query that took more than its time, or more than who asked would wait."""


class TooHeavy(Stopped):
    """A query that ended its process: out of memory, or nested too deep."""


class Busy(Stopped):
    """As many queries run as may."""


@dataclass(frozen=True)
class Caged:
    """An answer: its form (json, xml, csv, tsv; ttl, nt, rdf where a graph was built), whether rows were left out."""

    form: str
    body: bytes
    truncated: bool


class Worker:
    """A process that holds one graph."""

    def __init__(self, graph: Path, limits: Limits) -> None:
        self.graph = graph
        command = [sys.executable, "-m", "segur_graph.caged", str(graph), str(limits.megabytes)]
        self.process = subprocess.Popen(  # noqa: S603 - our own module
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._ready = False

    @property
    def lives(self) -> bool:
        """Whether the process runs."""
        return self.process.poll() is None

    def ask(self, asked: dict[str, Any], seconds: float, left: Event) -> tuple[dict[str, Any], bytes]:
        """The head and body of the answer; TooLong or TooHeavy, and the process is gone.

        `left` is set where nobody waits any more.
        """
        over, late = Event(), Event()

        def watch() -> None:
            end = monotonic() + seconds
            while not over.wait(max(min(LOOK, end - monotonic()), 0)):
                if left.is_set() or monotonic() >= end:
                    late.set()
                    self.process.kill()
                    return

        Thread(target=watch, daemon=True).start()
        try:
            self.ready()
            self._pipes[0].write(json.dumps(asked).encode() + b"\n")
            self._pipes[0].flush()
            return self._take()
        except (OSError, EOFError) as error:
            self.stop()
            if left.is_set():
                raise TooLong("abandonnée", "given up") from error
            if late.is_set():
                raise TooLong(f"arrêtée après {seconds:g} s", f"stopped after {seconds:g} s") from error
            if not self._ready:
                raise TooHeavy("le graphe ne s'ouvre pas", "the graph does not open") from error
            raise TooHeavy(
                "arrêtée : trop de mémoire ou trop profonde", "stopped: too much memory, or too deep"
            ) from error
        finally:
            over.set()

    def ready(self) -> None:
        """Waits until the graph is open; EOFError where it does not open."""
        if not self._ready:
            self._take()
            self._ready = True

    def _take(self) -> tuple[dict[str, Any], bytes]:
        out = self._pipes[1]
        head = out.readline()
        if not head.endswith(b"\n"):
            raise EOFError
        said = json.loads(head)
        body = out.read(said["length"])
        if len(body) < said["length"]:
            raise EOFError
        return said, body

    @property
    def _pipes(self) -> tuple[Any, Any]:
        return self.process.stdin, self.process.stdout

    def stop(self) -> None:
        """Ends the process."""
        self.process.kill()
        self.process.wait()
        for pipe in self._pipes:
            with suppress(OSError):
                pipe.close()


class Cage:
    """Answers foreign queries on the graph of any edition; keeps a spare process for the one asked last."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._idle: list[Worker] = []
        self._lock = Lock()
        self._turns = BoundedSemaphore(self.limits.at_once)
        self.close = weakref.finalize(self, _stop_all, self._idle, self._lock)

    def ask(
        self,
        graph: Path,
        query: str,
        *forms: str,
        default: Sequence[str] = (),
        named: Sequence[str] = (),
        left: Event | None = None,
    ) -> Caged:
        """The answer to a query on the graph in a folder.

        Refused where it may not run, TooLong, TooHeavy or Busy where it is not answered. Its form is the first of
        `forms` in which there is such an answer, else json or ttl. `default` and `named` are the graphs of the SPARQL
        protocol; a query whose asker has `left` is given up.
        """
        guard.check(query)
        asked: dict[str, Any] = {"query": query, "forms": forms, "default": list(default), "named": list(named)}
        asked |= {"rows": self.limits.rows, "union": not guard.names_dataset(query), "prefixes": rdf.prefixes()}
        if not self._turns.acquire(timeout=self.limits.patience):
            raise Busy("trop de requêtes en cours ; réessayez", "too many queries are running; try again")
        try:
            worker = self._worker(graph)
            head, body = worker.ask(asked, self.limits.seconds, left or Event())
            self._keep(worker)
        finally:
            self._turns.release()
        if "error" in head:
            raise _syntax(head["error"])
        return Caged(head["form"], body, head["truncated"])

    def _worker(self, graph: Path) -> Worker:
        """A process of this graph; those of others end, and one more starts where none is left."""
        with self._lock:
            other = [w for w in self._idle if w.graph != graph or not w.lives]
            mine = [w for w in self._idle if w not in other]
            worker = mine.pop() if mine else Worker(graph, self.limits)
            self._idle[:] = mine or ([Worker(graph, self.limits)] if self.limits.spare else [])
        for old in other:
            old.stop()
        return worker

    def _keep(self, worker: Worker) -> None:
        with self._lock:
            same = all(w.graph == worker.graph for w in self._idle)
            if self.close.alive and same and len(self._idle) < self.limits.at_once:
                self._idle.append(worker)
                return
        worker.stop()


def _stop_all(idle: list[Worker], lock: Lock) -> None:
    with lock:
        for worker in idle:
            worker.stop()
        idle.clear()


def _syntax(message: str) -> Refused:
    found = PLACE.match(message)
    if not found:
        return Refused(message, message)
    if "Prefix not found" in found[3]:
        return Refused("préfixe inconnu", "unknown prefix", int(found[1]), int(found[2]))
    said = found[3] if len(found[3]) < SAID else f"{found[3][:SAID].rpartition(',')[0]}…"
    return Refused(f"syntaxe : {said}", f"syntax: {said}", int(found[1]), int(found[2]))
