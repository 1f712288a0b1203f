"""A view for other tools of networks: GraphML and GEXF, as Gephi opens them."""

import re
from io import BytesIO

import networkx as nx

from segur_graph.drawn import legend
from segur_graph.drawn.elements import Edge, Node, View
from segur_graph.drawn.lines import LOOKS
from segur_graph.drawn.positions import Point, Positions
from segur_graph.options import Lang

# networkx writes its own name and the day; the same view is to give the same bytes.
META = re.compile(rb"<meta[ >].*?</meta>\s*", re.DOTALL)


def graphml(view: View, positions: Positions, lang: Lang) -> bytes:
    """The view as GraphML: labels, groups, kinds of edge; colours and places under the names that Gephi reads."""
    out = BytesIO()
    nx.write_graphml(_graph(view, positions, lang), out, named_key_ids=True)
    return out.getvalue()


def gexf(view: View, positions: Positions, lang: Lang) -> bytes:
    """The view as GEXF, with colours, sizes and places."""
    graph = _graph(view, positions, lang)
    for _, node in graph.nodes(data=True):
        place = {"x": node.pop("x"), "y": node.pop("y"), "z": 0.0}
        node["viz"] = {"color": _rgb(node["colour"]), "position": place, "size": node.pop("size")}
        for channel in "rgb":
            del node[channel]
    for _, _, edge in graph.edges(data=True):
        edge["viz"] = {"color": _rgb(edge["colour"])}
    out = BytesIO()
    nx.write_gexf(graph, out, version="1.2draft")
    return META.sub(b"", out.getvalue())


def _graph(view: View, positions: Positions, lang: Lang) -> "nx.MultiDiGraph[str]":
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in view.nodes:
        graph.add_node(node.id, **_node(node, positions.points[node.id], lang))
    for number, edge in enumerate(view.edges):
        graph.add_edge(edge.source, edge.target, key=number, **_edge(edge, lang))
    return graph


def _node(node: Node, here: Point, lang: Lang) -> dict[str, str | float | int]:
    colour = legend.colour(node)
    return {
        "label": node.labels[lang],
        "nature": node.nature,
        "nature_label": legend.nature(node, lang),
        "group": node.group,
        "group_label": legend.group(node.group, lang),
        "letter": legend.letter(node),
        "lane": node.lane,
        "type": node.type,
        "territory": node.territory or "",
        "status": node.status,
        "basis": node.basis,
        "state": node.state or "",
        "marks": "; ".join(m.says[lang] for m in node.marks),
        "colour": colour,
        **_rgb(colour),
        "x": here.x,
        "y": -here.y,  # Gephi counts upward
        "size": 10.0,
    }


def _edge(edge: Edge, lang: Lang) -> dict[str, str | float]:
    return {
        "label": legend.line(edge.relation, edge.basis, lang),
        "kind": edge.relation,
        "basis": edge.basis,
        "said": legend.details(edge, lang),
        "source_documents": "; ".join(dict.fromkeys(e.source for e in edge.evidence)),
        "locators": "; ".join(f"{e.source} {e.locator}" for e in edge.evidence),
        "name": edge.id,
        "colour": LOOKS[edge.relation].colour,
        "weight": 1.0,
    }


def _rgb(colour: str) -> dict[str, int]:
    return {channel: int(colour[i : i + 2], 16) for channel, i in zip("rgb", (1, 3, 5), strict=True)}
