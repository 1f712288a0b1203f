"""The graph that an edition brings, in Oxigraph."""

from dataclasses import dataclass

import pyoxigraph as ox

from segur_graph.errors import BadInput


@dataclass(frozen=True)
class Embedded:
    """An Oxigraph store as a Graph."""

    store: ox.Store

    def select(self, query: str) -> bytes:
        """The answer to a SELECT or ASK, as SPARQL 1.1 Query Results JSON."""
        found = self._answer(query)
        if isinstance(found, ox.QueryTriples):
            raise BadInput("CONSTRUCT : attendu SELECT ou ASK")
        return bytes(found.serialize(format=ox.QueryResultsFormat.JSON) or b"")

    def construct(self, query: str) -> bytes:
        """The answer to a CONSTRUCT or DESCRIBE, as N-Triples."""
        found = self._answer(query)
        if not isinstance(found, ox.QueryTriples):
            raise BadInput("SELECT : attendu CONSTRUCT ou DESCRIBE")
        return bytes(found.serialize(format=ox.RdfFormat.N_TRIPLES) or b"")

    def _answer(self, query: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        try:
            return self.store.query(query, use_default_graph_as_union=True)
        except SyntaxError as error:
            raise BadInput(f"SPARQL : {error}") from error
