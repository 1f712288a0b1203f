"""How fast other engines are filled, and answer three core questions, beside ours on the same edition.

    python benchmarks/engines.py [SCALE [NAME…]]  # needs Java 17 and Maven; 0.1 and all three servers unless told

Ratios matter, not seconds: all run on this machine, one after the other. (a) instances whose filled seats of users are
fewer than the norm's minimum, (b) contributions that several sign and no user does, (c) pairs that co-sign most. The
three are said shortly, the same in SQL, Cypher and SPARQL, without the rules' dates and exceptions: the engines are
compared, not the rules.
"""

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import gaps as core

from segur_graph import gaps
from segur_graph.edition import Edition, quiet
from segur_graph.graphs import neo4j, records, sparql
from segur_graph.tables import Tables

sys.path.append(str(Path(__file__).parents[1] / "scripts"))

from servers import Server, running

SQL = {
    "a": """
SELECT b.id FROM bodies b JOIN norms n ON n.code = b.type
LEFT JOIN seats s ON s.instance = b.id AND s."group" = 'usagers' AND s.state = 'filled'
WHERE n.usager_seats_min IS NOT NULL GROUP BY b.id, n.fact, n.usager_seats_min
HAVING count(DISTINCT s.id) < n.usager_seats_min""",
    "b": """
WITH signed AS (SELECT DISTINCT measure, body FROM signatures
                WHERE modality = 'effective' AND role IN ('author', 'cosignatory'))
SELECT s.measure FROM signed s LEFT JOIN bodies b ON b.id = s.body GROUP BY s.measure
HAVING count(DISTINCT s.body) > 1 AND NOT coalesce(bool_or(b."group" = 'usagers'), false)""",
    "c": """
WITH signed AS (SELECT DISTINCT measure, body FROM signatures
                WHERE modality = 'effective' AND role IN ('author', 'cosignatory'))
SELECT a.body, b.body AS other, count(*) AS n FROM signed a JOIN signed b ON b.measure = a.measure AND a.body < b.body
GROUP BY ALL ORDER BY n DESC, a.body, other LIMIT 100""",
}
CYPHER = {
    "a": """
MATCH (n:Norm)-[:code]->(:BodyType)<-[:type]-(b:Body) WHERE n.usager_seats_min IS NOT NULL
OPTIONAL MATCH (b)<-[:instance]-(o:SeatObservation {group: 'usagers', state: 'filled'})-[:seat]->(s)
WITH b, n, count(DISTINCT s) AS seats WHERE seats < n.usager_seats_min RETURN b.iri AS b""",
    "b": """
MATCH (m:Contribution)<-[:coSigns]-(p) WITH m, collect(DISTINCT p) AS parties
WHERE size(parties) > 1 AND none(p IN parties WHERE coalesce(p.group = 'usagers' AND p:Body, false))
RETURN m.iri AS m""",
    "c": """
MATCH (a)-[:coSigns]->(m)<-[:coSigns]-(b) WHERE a.iri < b.iri
RETURN a.iri AS a, b.iri AS b, count(DISTINCT m) AS n ORDER BY n DESC, a, b LIMIT 100""",
}
PREFIXES = """
PREFIX sg: <https://w3id.org/segur-graph/def#>
PREFIX group: <https://w3id.org/segur-graph/scheme/groups/>
PREFIX state: <https://w3id.org/segur-graph/scheme/seat-states/>
"""
SPARQL = {
    "a": """
SELECT ?b ?n (COUNT(DISTINCT ?s) AS ?seats) WHERE {
  ?n sg:usager_seats_min ?min ; sg:code ?t . ?b sg:type ?t . ?b a sg:Body .
  OPTIONAL { ?o sg:instance ?b ; sg:group group:usagers ; sg:state state:filled ; sg:seat ?s }
} GROUP BY ?b ?n ?min HAVING (COUNT(DISTINCT ?s) < ?min)""",
    "b": """
SELECT ?m WHERE { ?p sg:coSigns ?m . BIND (EXISTS { ?p sg:group group:usagers ; a sg:Body } AS ?user) }
GROUP BY ?m HAVING (COUNT(DISTINCT ?p) > 1 && MAX(IF(?user, 1, 0)) = 0)""",
    "c": """
SELECT ?a ?b (COUNT(DISTINCT ?m) AS ?n) WHERE { ?a sg:coSigns ?m . ?b sg:coSigns ?m . FILTER (STR(?a) < STR(?b)) }
GROUP BY ?a ?b ORDER BY DESC(?n) ?a ?b LIMIT 100""",
}
LIMIT = 60.0  # seconds: what takes longer is told as such


def told(name: str, key: str, work: Callable[[], int]) -> tuple[float, int]:
    """Times a question and prints its rows and its time."""
    try:
        rows = work()
        seconds = core.timed(work)
    except Exception as error:  # noqa: BLE001 - a server that gives up is a result
        print(f"({key}) {name}: {str(error)[:80]}")
        return float("inf"), -1
    print(f"({key}) {name}: {seconds * 1000:.1f} ms, {rows} rows")
    return seconds, rows


def in_neo4j(server: Server, edition: Edition, reports: list[gaps.Report]) -> dict[str, Callable[[], int]]:
    """Fills a Neo4j and gives the three questions."""
    os.environ["SEGUR_NEO4J_PASSWORD"] = server.password
    start = time.perf_counter()
    units = records.units(edition, reports)
    made = time.perf_counter() - start
    nodes, links = neo4j.push(server.url, units, quiet)
    seconds = time.perf_counter() - start - made
    print(f"push neo4j: {nodes} nodes, {links} links, {made:.1f} s to make, {seconds:.1f} s to write,", end=" ")
    print(f"{(nodes + links) / seconds:,.0f} a second")
    return {key: lambda text=text: len(neo4j.rows(server.url, text, {}, LIMIT)) for key, text in CYPHER.items()}


def in_sparql(server: Server, edition: Edition, reports: list[gaps.Report]) -> dict[str, Callable[[], int]]:
    """Fills a SPARQL server and gives the three questions."""
    start = time.perf_counter()
    sparql.push(f"{server.url}/{server.store}", edition, reports, quiet, by_update=False)
    seconds = time.perf_counter() - start
    triples = len(edition.graph())
    print(f"push {server.name}: {triples} triples, {seconds:.1f} s, {triples / seconds:,.0f} a second")
    graph = sparql.Endpoint(f"{server.url}/query", LIMIT)

    def rows(query: str) -> int:
        return len(json.loads(graph.select(PREFIXES + query))["results"]["bindings"])

    return {key: lambda text=text: rows(text) for key, text in SPARQL.items()}


def main() -> None:
    """Prints the rates, the times and the ratios."""
    scale, *names = sys.argv[1:] or ["0.1"]
    os.environ.setdefault("SEGUR_HEAP", "4g")
    with tempfile.TemporaryDirectory() as folder:
        built = core.edition(Path(folder), float(scale))
        tables = Tables(built)
        reports = [gaps.report(tables, date(2026, 6, 30))]
        print(f"scale {scale}: {len(built.graph())} quads")
        ours = {key: told("ours", key, lambda sql=sql: len(tables.query(sql)))[0] for key, sql in SQL.items()}
        best = dict.fromkeys(SQL, float("inf"))
        for name in names or ("neo4j", "oxigraph", "fuseki"):
            fill = in_neo4j if name == "neo4j" else in_sparql
            with running(name) as server:
                for key, work in fill(server, built, reports).items():
                    best[key] = min(best[key], told(name, key, work)[0])
        for key, seconds in ours.items():
            print(f"({key}) ours is {best[key] / seconds:.1f} times as fast as the best of them")


if __name__ == "__main__":
    main()
