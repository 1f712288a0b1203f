"""Paths between two bodies, told as a sentence: only through what is, never through what is only asked for."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import networkx as nx

from segur_graph.drawn import legend
from segur_graph.drawn.elements import Edge, Node, View
from segur_graph.errors import BadInput
from segur_graph.options import Lang

# What joins two bodies in fact or in law. To be concerned, or to be of one pillar, joins nobody.
FIRM = ("member", "seat", "part", "link", "carries", "cosigns")
# How far around a way goes to spare one step that does not count, and one through a thing that many touch.
ASKED, SHARED = 100, 1000

# A step along a line, and against it; in the words of what is and of what is only asked for.
VERBS: dict[str, tuple[tuple[str, str], tuple[str, str]]] = {
    "member": (("fait partie de", "is part of"), ("compte parmi ses membres", "has as a member")),
    "seat": (("a un siège à", "has a seat in"), ("a un siège tenu pour", "has a seat held for")),
    "part": (("relève de", "comes under"), ("a sous elle", "has under it")),
    "link": (("a un lien de droit avec", "has a legal link to"), ("a un lien de droit avec", "has a legal link to")),
    "carries": (("porte", "carries"), ("a pour porteur", "is carried by")),
    "cosigns": (("co-signe", "co-signs"), ("a pour co-signataire", "is co-signed by")),
    "to-cosign": (
        ("est pressenti pour co-signer", "is expected to co-sign"),
        ("a pour co-signataire pressenti", "is expected to be co-signed by"),
    ),
    "concerns": (("concerne", "concerns"), ("est concerné par", "is concerned by")),
    "pillar": (("relève du", "belongs to"), ("compte", "holds")),
    "asks": (
        ("demande une place pour les usagers en", "asks for a place for users in"),
        ("a pour demandeur", "has as the one who asks"),
    ),
}
ASKED_VERBS: dict[str, tuple[tuple[str, str], tuple[str, str]]] = {
    "member": (("ferait partie de", "would be part of"), ("compterait parmi ses membres", "would have as a member")),
    "part": (("relèverait de", "would come under"), ("aurait sous elle", "would have under it")),
    "carries": (("porterait", "would carry"), ("aurait pour porteur", "would be carried by")),
}
WORDS = {
    "found": ("De {a} à {b}, en {n} pas : {steps}.", "From {a} to {b}, in {n} steps: {steps}."),
    "here": ("{a} est le départ et l'arrivée.", "{a} is both start and end."),
    "none": (
        "Aucun chemin établi de {a} à {b}. Le plus proche passe par ce qui n'est pas acquis : {steps}.",
        "No established path from {a} to {b}. The nearest one passes through what is not granted: {steps}.",
    ),
    "nothing": (
        "Aucun chemin de {a} à {b} : rien dans cette édition ne les relie.",
        "No path from {a} to {b}: nothing in this edition joins them.",
    ),
    "proposed": ("instance seulement proposée", "a body only proposed"),
    "type": ("un type, pas un organisme", "a type, not a body"),
    "proposal": ("une proposition, pas un fait", "a proposal, not a fact"),
    "pillar": ("un pilier, que beaucoup partagent", "a pillar, which many share"),
    "foreseen": ("mesure seulement pressentie", "a measure only foreseen"),
    "loose": ("être concerné n'est pas un lien", "to be concerned is no link"),
    "memory": ("lien de droit cité de mémoire", "a legal link quoted from memory"),
    **{name: legend.WORDS[name] for name in ("requested", "expected", "former")},
}


@dataclass(frozen=True)
class Step:
    """One step of a path: the edge, whether it is walked from source to target, and why it does not count, if so."""

    edge: Edge
    forward: bool
    reasons: tuple[str, ...] = ()

    @property
    def start(self) -> str:
        """Where it begins."""
        return self.edge.source if self.forward else self.edge.target

    @property
    def end(self) -> str:
        """Where it ends."""
        return self.edge.target if self.forward else self.edge.source


@dataclass(frozen=True)
class Path:
    """The way between two nodes: its steps; without one that counts, those of the way that comes nearest to it."""

    view: View
    start: str
    end: str
    steps: tuple[Step, ...]

    @property
    def established(self) -> bool:
        """Whether there is a way, and every step counts."""
        return self.start == self.end or (bool(self.steps) and not any(step.reasons for step in self.steps))

    def told(self, lang: Lang) -> str:
        """The path as a sentence, each step with its source; or that there is none, and why."""
        labels = {i: self.view.by_id[i].labels[lang] for i in (self.start, self.end)}
        kind = (
            "here" if self.start == self.end else "found" if self.established else "none" if self.steps else "nothing"
        )
        steps = (" ; " if lang == "fr" else "; ").join(_told(step, self.view, lang) for step in self.steps)
        return _word(kind, lang).format(a=labels[self.start], b=labels[self.end], n=len(self.steps), steps=steps)


def resolved(view: View, name: str) -> str:
    """The id of a node by its id, full or bare (`ars-occitanie`, `CME`); BadInput where there is no such node."""
    tried = (name, *(f"{table}/{name}" for table in ("bodies", "types", "measures", "pillars")))
    found = next((i for i in tried if i in view.by_id), None)
    if found is None:
        raise BadInput(
            f"{name} : absent du réseau à cette date ; attendu : un identifiant, comme {view.nodes[0].id}"
            if view.nodes
            else f"{name} : le réseau est vide"
        )
    return found


def path(view: View, start: str, end: str) -> Path:
    """The shortest way between two nodes of a whole view, through what is; else with as little else as can be."""
    a, b = resolved(view, start), resolved(view, end)
    for graph in (projection(view), projection(view, firm=False)):
        if a in graph and b in graph and nx.has_path(graph, a, b):
            way = nx.dijkstra_path(graph, a, b)
            return Path(view, a, b, tuple(_steps(view, graph, way)))
    return Path(view, a, b, ())


def projection(view: View, *, firm: bool = True) -> "nx.Graph[str]":
    """The nodes of a view joined by their best edge; `firm` keeps what counts only."""
    graph: nx.Graph[str] = nx.Graph()
    for e in sorted(view.edges, key=lambda e: (len(reasons(view, e)), e.id)):
        found = reasons(view, e)
        if (firm and found) or graph.has_edge(e.source, e.target):
            continue
        ends = view.by_id[e.source], view.by_id[e.target]
        shared = any(n.nature in ("type", "pillar") for n in ends)
        graph.add_edge(e.source, e.target, edge=e, weight=1 + bool(found) * ASKED + (bool(found) and shared) * SHARED)
    return graph


def reasons(view: View, edge: Edge) -> tuple[str, ...]:
    """Why an edge does not count as a step; empty where it does."""
    found = [] if edge.basis != "requested" else ["requested"]
    found += [] if edge.relation in FIRM else ["loose"] if edge.basis != "requested" else []
    found += ["memory"] if "from-memory" in edge.said else []
    for end in (edge.source, edge.target):
        found += _unreal(view.by_id[end])
    return tuple(dict.fromkeys(found))


def _unreal(node: Node) -> list[str]:
    if node.nature in ("proposed", "type", "proposal", "pillar"):
        return [node.nature]
    return [node.status] if node.status else []


def _steps(view: View, graph: "nx.Graph[str]", way: list[str]) -> Iterator[Step]:
    for one, other in pairwise(way):
        edge: Edge = graph.edges[one, other]["edge"]
        yield Step(edge, edge.source == one, reasons(view, edge))


def _told(step: Step, view: View, lang: Lang) -> str:
    """A step in words, with its source, and why it does not count."""
    said = legend.details(step.edge, lang)
    place = ", ".join(dict.fromkeys(f"{e.source} {e.locator}".strip() for e in step.edge.evidence[:1]))
    notes = "; ".join(part for part in (said, *why(step.reasons, lang), place) if part)
    verb = said_of(step.edge, lang, forward=step.forward)
    return f"{_named(view.by_id[step.start], lang)} {verb} {_named(view.by_id[step.end], lang)} ({notes})"


def said_of(edge: Edge, lang: Lang, *, forward: bool) -> str:
    """The verb of a line, from its source or from its target: "porte", "a pour porteur"."""
    verbs = ASKED_VERBS if edge.basis == "requested" and edge.relation in ASKED_VERBS else VERBS
    return verbs[edge.relation][not forward][lang == "en"]


def why(reasons: Iterable[str], lang: Lang) -> list[str]:
    """Why a step does not count, in words."""
    return [_word(reason, lang) for reason in reasons]


def _named(node: Node, lang: Lang) -> str:
    label = node.labels[lang]
    if node.nature in ("actor", "instance"):
        return label
    return f"« {label} »" if lang == "fr" else f"“{label}”"


def _word(name: str, lang: Lang) -> str:
    return WORDS[name][lang == "en"]
