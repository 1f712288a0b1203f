"""What a picture puts in light; the rest is dimmed, and stays where it is."""

from collections.abc import Iterable, Mapping

from segur_graph.drawn.elements import Edge, View

# What may be put in light, and what it is of.
FACETS = ("nature", "group", "relation", "state")


def lit(view: View, wanted: Mapping[str, Iterable[str]]) -> frozenset[str]:
    """The ids of the nodes and edges of some natures, groups, relations or states, and what joins them."""
    of = {facet: set(values) for facet, values in wanted.items()}
    nodes = {
        n.id
        for n in view.nodes
        if n.nature in of.get("nature", ()) or n.group in of.get("group", ()) or n.state in of.get("state", ())
    }
    edges = [e for e in view.edges if e.relation in of.get("relation", ()) or {e.source, e.target} <= nodes]
    return _with_ends(nodes, edges)


def around(view: View, node: str) -> frozenset[str]:
    """The ids of a node, of the edges that touch it and of its neighbours."""
    return _with_ends({node}, [e for e in view.edges if node in (e.source, e.target)])


def _with_ends(nodes: Iterable[str], edges: Iterable[Edge]) -> frozenset[str]:
    return frozenset({*nodes, *(part for e in edges for part in (e.id, e.source, e.target))})
