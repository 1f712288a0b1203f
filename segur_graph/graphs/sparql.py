"""Any SPARQL 1.1 server: filled graph by graph, and asked over HTTP."""

import json
import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from urllib.parse import parse_qs, urlsplit

import httpx
import pyoxigraph as ox

from segur_graph import gap_graph, names
from segur_graph.edition import Advance, Edition
from segur_graph.errors import BadInput, StoreError
from segur_graph.gaps import Report
from segur_graph.graphs.records import batches
from segur_graph.rdf import PERSONAL

SECONDS = 20.0  # for a question
WRITING = 600.0  # for one graph
LINES = 20_000  # of an INSERT DATA
JSON = "application/sparql-results+json"
N_TRIPLES = "application/n-triples"
# Which graphs of a server are ours, and what is in each: read before it is filled, written when it is.
OURS = f"{names.BASE}pushed"
HOLDS = f"{names.DEF}pushed"


@dataclass(frozen=True)
class Endpoint:
    """A SPARQL query service as a Graph; its default graph is the union of what was pushed to the server.

    A URL that says what the default graph is (`?default-graph-uri=…`, `?union-default-graph`) is taken at its word.
    """

    url: str
    seconds: float = SECONDS

    def select(self, query: str) -> bytes:
        """The answer to a SELECT or ASK, as SPARQL 1.1 Query Results JSON."""
        return self._ask(query, JSON, self._dataset)

    def construct(self, query: str) -> bytes:
        """The answer to a CONSTRUCT or DESCRIBE, as N-Triples."""
        return self._ask(query, N_TRIPLES, self._dataset)

    @cached_property
    def _dataset(self) -> list[str]:
        if {"default-graph-uri", "union-default-graph"} & parse_qs(urlsplit(self.url).query, True).keys():  # noqa: FBT003
            return []
        ours = f"SELECT ?graph {{ GRAPH <{OURS}> {{ ?graph <{HOLDS}> ?digest }} }}"
        answer = json.loads(self._ask(ours, JSON, []))
        return sorted(row["graph"]["value"] for row in answer["results"]["bindings"])

    def _ask(self, query: str, accept: str, graphs: Sequence[str]) -> bytes:
        said: dict[str, str | list[str]] = {"query": query}
        if graphs:
            said["default-graph-uri"] = list(graphs)
        with _client(self.url, self.seconds) as client:
            return _sent(client.post(_address(self.url), data=said, headers={"Accept": accept})).content


def push(url: str, edition: Edition, reports: Sequence[Report], advance: Advance, *, by_update: bool) -> int:
    """Puts the edition's named graphs and those of the gaps on a server; the number of graphs that were written.

    By the Graph Store Protocol a graph that is there already is passed over; by SPARQL Update, which cannot ask, all
    are written. Graphs of ours that the edition has no more are removed. A graph is noted as ours before anything
    is written to it, and as whole afterwards, so that a push that was killed and repeated ends like one that was not.
    """
    with _client(url, WRITING) as client:
        target = (_Update if by_update else _Store)(client, _address(url))
        noted = target.noted
        bodies = {name: _triples(edition, name) for name in _names(edition)}
        bodies |= {gap_graph.graph(r.as_of): _of(gap_graph.quads(r)) for r in reports}
        digests = {name: sha256(body).hexdigest() for name, body in bodies.items()}
        changed = [name for name in bodies if noted.get(name) != digests[name]]
        target.keep(bodies)
        target.put(OURS, _note(noted | dict.fromkeys(changed, "")))
        for done, name in enumerate(changed):
            advance("graph", done, len(changed))
            target.put(name, bodies[name])
        target.put(OURS, _note(digests))
    return len(changed)


@dataclass(frozen=True)
class _Store:
    """A Graph Store Protocol service."""

    client: httpx.Client
    url: str

    @cached_property
    def noted(self) -> dict[str, str]:
        """What our own graph said when asked first: the graphs that are ours, and the digest of each that is whole."""
        answer = self.client.get(self.url, params={"graph": OURS}, headers={"Accept": N_TRIPLES})
        if answer.status_code == httpx.codes.NOT_FOUND:
            return {}
        triples = ox.parse(_sent(answer).content, format=ox.RdfFormat.N_TRIPLES)
        return {t.subject.value: t.object.value for t in triples}

    def keep(self, names: Collection[str]) -> None:
        """Removes the graphs of ours that are none of these."""
        for name in sorted(self.noted.keys() - set(names)):
            _sent(self.client.delete(self.url, params={"graph": name}), missing=True)

    def put(self, name: str, body: bytes) -> None:
        """Replaces a graph."""
        headers = {"Content-Type": N_TRIPLES}
        _sent(self.client.put(self.url, params={"graph": name}, content=body, headers=headers))


@dataclass(frozen=True)
class _Update:
    """A SPARQL Update service."""

    client: httpx.Client
    url: str

    @property
    def noted(self) -> dict[str, str]:
        """It cannot be asked."""
        return {}

    def keep(self, names: Collection[str]) -> None:
        """Removes the graphs of ours that are none of these."""
        here = ", ".join(f"<{name}>" for name in names)
        self._send(
            f"DELETE {{ GRAPH ?g {{ ?s ?p ?o }} }} WHERE {{ GRAPH <{OURS}> {{ ?g <{HOLDS}> ?d }} "
            f"FILTER (?g NOT IN ({here})) GRAPH ?g {{ ?s ?p ?o }} }}"
        )

    def put(self, name: str, body: bytes) -> None:
        """Replaces a graph."""
        self._send(f"DROP SILENT GRAPH <{name}>")
        for lines in batches(body.decode().splitlines(keepends=True), LINES):
            self._send(f"INSERT DATA {{ GRAPH <{name}> {{\n{''.join(lines)}}} }}")

    def _send(self, update: str) -> None:
        _sent(self.client.post(self.url, data={"update": update}))


def _note(digests: Mapping[str, str]) -> bytes:
    """What says which graphs are ours, and the digest of each that is whole."""
    return "".join(f'<{name}> <{HOLDS}> "{digest}" .\n' for name, digest in sorted(digests.items())).encode()


def _names(edition: Edition) -> list[str]:
    """The named graphs of an edition, in order."""
    return sorted(graph.value for graph in edition.graph().named_graphs() if isinstance(graph, ox.NamedNode))


def _triples(edition: Edition, name: str) -> bytes:
    """A named graph as sorted N-Triples, without the references to persons."""
    quads = edition.graph().quads_for_pattern(None, None, None, ox.NamedNode(name))
    return "".join(sorted(f"{q.triple} .\n" for q in quads if q.predicate.value not in PERSONAL)).encode()


def _of(quads: Iterator[str]) -> bytes:
    """N-Quads of one graph as sorted N-Triples."""
    found = ox.parse("".join(quads), format=ox.RdfFormat.N_QUADS)
    return "".join(sorted({f"{quad.triple} .\n" for quad in found})).encode()


def _address(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise BadInput(f"{url} : attendu http://…, https://… ou neo4j://…")
    if parts.username or parts.password:
        raise BadInput("le mot de passe se donne par SEGUR_SPARQL_PASSWORD, jamais dans l'adresse")
    return url


@contextmanager
def _client(url: str, seconds: float) -> Iterator[httpx.Client]:
    """A client with the name and password of SEGUR_SPARQL_USER and SEGUR_SPARQL_PASSWORD, where they are said."""
    user, password = os.environ.get("SEGUR_SPARQL_USER"), os.environ.get("SEGUR_SPARQL_PASSWORD", "")
    try:
        with httpx.Client(auth=(user, password) if user else None, timeout=httpx.Timeout(seconds, connect=5)) as client:
            yield client
    except httpx.TimeoutException as error:
        raise StoreError(f"{url} : pas de réponse dans le temps imparti") from error
    except httpx.HTTPError as error:
        raise StoreError(f"{url} : le serveur ne répond pas ; {error}") from error


def _sent(answer: httpx.Response, *, missing: bool = False) -> httpx.Response:
    """An answer that is one; BadInput where the query is at fault, StoreError where the server is."""
    if answer.is_success or (missing and answer.status_code == httpx.codes.NOT_FOUND):
        return answer
    told = f"{answer.url.copy_with(query=None)} : HTTP {answer.status_code} {answer.text[:300].strip()}"
    raise (BadInput if answer.status_code == httpx.codes.BAD_REQUEST else StoreError)(told)
