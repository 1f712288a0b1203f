"""What a graph answers, whichever engine holds it."""

from typing import Protocol


class Graph(Protocol):
    """A graph to ask in SPARQL: a query's default graph is the union of the named ones.

    BadInput where a query is not SPARQL, StoreError where the engine does not answer.
    """

    def select(self, query: str) -> bytes:
        """The answer to a SELECT or ASK, as SPARQL 1.1 Query Results JSON."""
        ...

    def construct(self, query: str) -> bytes:
        """The answer to a CONSTRUCT or DESCRIBE, as N-Triples."""
        ...
