"""Neo4j: filled from an edition, and asked by a question's Cypher twin. The one module that speaks to it.

What is ours bears the label `Segur` and its IRI; nothing else in the database is read or changed. Labels and types are
the ontology's, values travel as parameters: no Cypher is built from data.
"""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import neo4j
from neo4j.exceptions import AuthError, ClientError, DriverError, Neo4jError

from segur_graph.edition import Advance
from segur_graph.errors import BadInput, StoreError
from segur_graph.facts import TABLES
from segur_graph.graphs.records import Unit, batches, labels

SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")
BATCH = 10_000
SECONDS = 20.0  # for a question
# Nobody constrains what is not ours: the one constraint is on our own label.
CONSTRAINT = "CREATE CONSTRAINT segur_iri IF NOT EXISTS FOR (n:Segur) REQUIRE n.iri IS UNIQUE"
NODES = """
UNWIND $rows AS row
MERGE (n:Segur {iri: row[0]}) REMOVE n:$($labels)
SET n:$(row[2]), n = row[1], n.iri = row[0], n.pushed = $pushed[n.source]"""
# The type stands in the text: given as a parameter it is merged a hundred times slower.
LINKS = """
UNWIND $rows AS row
MATCH (a:Segur {iri: row[0]}) MATCH (b:Segur {iri: row[1]})
MERGE (a)-[link:`%s` {source: row[2].source}]->(b) SET link = row[2], link.pushed = $pushed[link.source]"""
STALE_LINKS = """
MATCH (:Segur)-[link]->(:Segur) WHERE coalesce($pushed[link.source], '') <> link.pushed
CALL (link) { DELETE link } IN TRANSACTIONS OF 10000 ROWS"""
STALE_NODES = """
MATCH (n:Segur) WHERE coalesce($pushed[n.source], '') <> n.pushed
CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS"""


def speaks(url: str) -> bool:
    """Whether a URL is a Neo4j server's."""
    return urlsplit(url).scheme in SCHEMES


def push(url: str, units: Sequence[Unit], advance: Advance) -> tuple[int, int]:
    """Brings the units to a server, and takes away what none of them says any more: the nodes and links it wrote.

    A unit that is there already is passed over: a note says so, which is taken away before the unit is touched and
    set again once all is done. So a push that was killed and repeated ends like one that was not.
    """
    with _session(url) as session:
        _schema(session)
        noted = {
            r["unit"]: r["digest"] for r in session.run("MATCH (p:SegurPush) RETURN p.unit AS unit, p.digest AS digest")
        }
        digests = {unit.name: unit.digest for unit in units}
        changed = [unit for unit in units if noted.get(unit.name) != digests[unit.name]]
        if not changed and not noted.keys() - digests.keys():
            return 0, 0
        _forget(session, [unit.name for unit in changed])
        nodes = sum(len(unit.nodes) for unit in changed)
        links = sum(len(unit.links) for unit in changed)
        _write(session, _nodes(changed), digests, lambda done: advance("nodes", done, nodes))
        _write(session, _links(changed), digests, lambda done: advance("links", done, links))
        for text in (STALE_LINKS, STALE_NODES):
            session.run(text, pushed=digests).consume()
        _forget(session, list(noted.keys() - digests.keys()))
        done = [{"unit": unit.name, "digest": digests[unit.name]} for unit in changed]
        session.run("UNWIND $done AS p CREATE (:SegurPush {unit: p.unit, digest: p.digest})", done=done).consume()
    return nodes, links


def rows(url: str, cypher: str, values: Mapping[str, Any], seconds: float = SECONDS) -> list[dict[str, Any]]:
    """The rows of one of our own Cypher queries, read and no more; StoreError where there is no answer in time."""
    with _session(url, neo4j.READ_ACCESS) as session:
        found = session.run(neo4j.Query(cypher, timeout=seconds), dict(values))
        return [{name: _plain(value) for name, value in record.data().items()} for record in found]


@contextmanager
def _session(url: str, access: str = neo4j.WRITE_ACCESS) -> Iterator[neo4j.Session]:
    """A session with the name and password of SEGUR_NEO4J_USER and SEGUR_NEO4J_PASSWORD."""
    parts = urlsplit(url)
    if parts.username or parts.password:
        raise BadInput("le mot de passe se donne par SEGUR_NEO4J_PASSWORD, jamais dans l'adresse")
    user, password = os.environ.get("SEGUR_NEO4J_USER", "neo4j"), os.environ.get("SEGUR_NEO4J_PASSWORD", "")
    try:
        with (
            neo4j.GraphDatabase.driver(
                url,
                auth=(user, password),
                connection_timeout=5,
                connection_acquisition_timeout=10,
                max_transaction_retry_time=10,
                notifications_min_severity=neo4j.NotificationMinimumSeverity.OFF,
            ) as driver,
            driver.session(default_access_mode=access, fetch_size=BATCH) as session,
        ):
            driver.verify_connectivity()
            yield session
    except AuthError as error:
        raise StoreError(f"{url} : accès refusé à {user} ; attendu : SEGUR_NEO4J_USER, SEGUR_NEO4J_PASSWORD") from error
    except ClientError as error:
        if "TransactionTimedOut" in (error.code or ""):
            raise StoreError(f"{url} : pas de réponse dans le temps imparti") from error
        raise StoreError(f"{url} : {error.message}") from error
    except (DriverError, Neo4jError) as error:
        raise StoreError(f"{url} : le serveur ne répond pas ; {error}") from error


def _schema(session: neo4j.Session) -> None:
    """What makes a node found by its IRI, by the key of its table, by its name."""
    session.run(CONSTRAINT).consume()
    for table in TABLES.values():
        if len(table.key) == 1:
            for column in {table.key[0], "label"} & set(table.names):
                name = f"segur_{table.name}_{column}"
                session.run(
                    f"CREATE INDEX {name} IF NOT EXISTS FOR (n:`{table.rdf_class}`) ON (n.`{column}`)"
                ).consume()
    session.run("CALL db.awaitIndexes(300)").consume()


def _forget(session: neo4j.Session, names: Sequence[str]) -> None:
    """Takes away the notes of some units."""
    session.run("MATCH (p:SegurPush) WHERE p.unit IN $names DELETE p", names=names).consume()


def _nodes(units: Sequence[Unit]) -> Iterator[tuple[str, list[Any]]]:
    """The Cypher and rows of each batch of nodes."""
    found = ([iri, node.properties, list(node.labels)] for unit in units for iri, node in unit.nodes.items())
    for batch in batches(found, BATCH):
        yield NODES, batch


def _links(units: Sequence[Unit]) -> Iterator[tuple[str, list[Any]]]:
    """The Cypher and rows of each batch of links of one type."""
    of: dict[str, list[list[Any]]] = {}
    for unit in units:
        for (start, kind, end), said in unit.links.items():
            of.setdefault(kind, []).append([start, end, said])
    for kind, rows in of.items():
        for batch in batches(rows, BATCH):
            yield LINKS % kind, batch


def _write(
    session: neo4j.Session,
    work: Iterator[tuple[str, list[Any]]],
    pushed: Mapping[str, str],
    told: Callable[[int], None],
) -> None:
    done = 0
    for text, batch in work:
        session.execute_write(_batch, text, batch, pushed)
        done += len(batch)
        told(done)


def _batch(transaction: neo4j.ManagedTransaction, text: str, batch: list[Any], pushed: Mapping[str, str]) -> None:
    transaction.run(text, rows=batch, labels=sorted(labels()), pushed=pushed).consume()


def _plain(value: Any) -> Any:
    """A value as Python has it: Neo4j's dates are its own."""
    return value.to_native() if hasattr(value, "to_native") else value
