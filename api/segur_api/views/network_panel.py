"""Beside the picture: a node with its neighbours by relation and the evidence; the steps of a path."""

from collections import defaultdict
from dataclasses import dataclass

from markupsafe import Markup

from segur_api.views.values import GROUNDS
from segur_graph import paths
from segur_graph.drawn import key, legend, shapes
from segur_graph.drawn.elements import RELATIONS, Edge, Evidence, Mark, Node, View
from segur_graph.drawn.markup import tag
from segur_graph.options import Lang
from segur_graph.paths import Path


@dataclass(frozen=True)
class Neighbour:
    """What a line joins to a node: the thing, on what ground, what else is said, and where."""

    node: Node
    badge: Markup
    mark: str
    said: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class Joined:
    """The neighbours of one relation and direction, under its verb."""

    verb: str
    sample: Markup
    neighbours: list[Neighbour]


@dataclass(frozen=True)
class Panel:
    """A node: its badge, what it is, its marks, its neighbours."""

    node: Node
    badge: Markup
    kicker: str
    seats: str
    mark: str
    marks: tuple[Mark, ...]
    joined: list[Joined]


@dataclass(frozen=True)
class Walked:
    """A step of a path: its verb, where it leads, on what ground, where that is said, why it does not count."""

    verb: str
    sample: Markup
    neighbour: Neighbour
    reasons: list[str]


def panel(of: View, key_: str, lang: Lang) -> Panel | None:
    """A node of a view; None where there is none."""
    node = of.by_id.get(key_)
    if node is None:
        return None
    said = (legend.nature(node, lang), legend.group(node.group, lang), legend.status(node, lang))
    seats = legend.seats(node.seats, lang)
    kicker = " · ".join(part for part in said if part)
    return Panel(node, badge(node), kicker, seats, GROUNDS[node.basis], node.marks, _joined(of, node, lang))


def steps(path: Path, lang: Lang) -> list[Walked]:
    """The steps of a path."""
    return [
        Walked(
            paths.said_of(step.edge, lang, forward=step.forward),
            line(step.edge),
            _neighbour(path.view, step.end, step.edge, lang),
            paths.why(step.reasons, lang),
        )
        for step in path.steps
    ]


def badge(node: Node) -> Markup:
    """The shape of a node, as in the picture."""
    return framed(shapes.drawn(node), "-29 -29 58 58", 34, "shape-badge")


def line(edge: Edge) -> Markup:
    """The sample of a line, as in the picture."""
    return framed(key.relation(edge.relation, edge.basis), "-19 -7 38 14", 34, "line-sample", 13)


def _joined(of: View, node: Node, lang: Lang) -> list[Joined]:
    found: dict[tuple[str, str, bool], list[Edge]] = defaultdict(list)
    for e in of.edges:
        if node.id in (e.source, e.target):
            found[e.relation, e.basis, e.source == node.id].append(e)
    order = sorted(found, key=lambda k: (-RELATIONS.index(k[0]), k[1], k[2]))
    return [
        Joined(
            paths.said_of(found[k][0], lang, forward=k[2]),
            line(found[k][0]),
            [_neighbour(of, e.target if k[2] else e.source, e, lang) for e in found[k]],
        )
        for k in order
    ]


def _neighbour(of: View, key_: str, edge: Edge, lang: Lang) -> Neighbour:
    node = of.by_id[key_]
    return Neighbour(node, badge(node), GROUNDS[edge.basis], legend.details(edge, lang), edge.evidence)


def framed(drawing: Markup, box: str, width: int, name: str, height: int | None = None) -> Markup:
    """A drawing in a small frame of its own, to stand in a line."""
    return tag(
        "svg",
        drawing,
        viewBox=box,
        width=width,
        height=height or width,
        aria_hidden="true",
        focusable="false",
        class_=name,
        font_family="inherit",
    )
