"""What a picture shows: the view of a date, filtered, with what a legend counts; a neighbourhood."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date

from segur_graph import gaps
from segur_graph.drawn import scene
from segur_graph.drawn.elements import CONTRIBUTIONS, STATES, Edge, Node, View
from segur_graph.errors import BadInput
from segur_graph.gaps import Report
from segur_graph.tables import Tables

# A picture of more is no picture: the rest is told, and reached by filters and neighbourhoods.
MOST = 1000


@dataclass(frozen=True)
class Filters:
    """What is to be shown; an empty filter shows everything.

    `states` keeps nodes with a gap, a gap to be checked, or an unknown; `territory` keeps what lies there
    and what that touches.
    """

    territory: str = ""
    natures: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    relations: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()
    pillars: frozenset[str] = frozenset()


def view(
    tables: Tables, as_of: date, filters: Filters | None = None, report: Report | None = None, most: int | None = MOST
) -> View:
    """What a picture shows; BadInput where the territory is unknown.

    `report` spares making the gap report of that date again. Beyond `most` nodes, those with the most links
    stay, and those with gaps that touch them.
    """
    wanted = filters or Filters()
    now = tables.on(as_of)
    areas = now.areas(wanted.territory) if wanted.territory else None
    everything = scene.whole(now, tables.edition.id, report or gaps.report(tables, as_of))
    return narrow(everything, wanted, areas, most)


def narrow(everything: View, wanted: Filters, areas: Collection[str] | None = None, most: int | None = MOST) -> View:
    """A part of a view: what lies in some territories and pillars, then what the legend leaves switched on.

    The legend counts before its own switches, so that what is off can be switched on again.
    """
    placed = _of_pillars(_in(everything, areas), wanted.pillars)
    edges = [e for e in placed.edges if e.relation in (wanted.relations or {e.relation})]
    nodes = [n for n in placed.nodes if _shown(n, wanted)]
    if wanted.states or wanted.relations:
        nodes = _with_company(nodes, edges, wanted)
    kept = replace(placed, edges=tuple(edges), counts=counted(placed)).keeping(n.id for n in nodes)
    return _at_most(kept, most)


def around(of: View, centre: str, steps: int = 1) -> View:
    """The neighbourhood of a node: what is reached in some steps; BadInput where the view has no such node."""
    if centre not in of.by_id:
        raise BadInput(f"{centre} : absent de l'image ; attendu, par exemple : {', '.join(list(of.by_id)[:3])}")
    reached = edge = {centre}
    for _ in range(steps):
        edge = {n for i in edge for n in of.joined[i]} - reached
        reached = reached | edge
    return of.keeping(reached)


def counted(of: View) -> dict[str, dict[str, int]]:
    """How many nodes or edges a view has of each nature, group, relation and state of gap."""
    nodes = of.nodes
    return {
        "natures": dict(Counter(n.nature for n in nodes)),
        "groups": dict(Counter(n.group for n in nodes if n.group)),
        "relations": dict(Counter(e.relation for e in of.edges)),
        "states": dict(Counter(n.state for n in nodes if n.state)),
    }


def _in(everything: View, areas: Collection[str] | None) -> View:
    """What lies in some territories, and what touches it and lies nowhere else.

    A type or a pillar is touched by many: what else touches it stays out.
    """
    if areas is None:
        return everything
    kept = {n.id for n in everything.nodes if n.territory in areas}
    grown = kept
    while grown:
        near = {j for i in grown for j in everything.joined[i]} - kept
        near = {i for i in near if everything.by_id[i].territory in (None, "FR")}
        kept = kept | near
        grown = {i for i in near if everything.by_id[i].nature in CONTRIBUTIONS}
    return everything.keeping(kept)


def _of_pillars(of: View, pillars: Collection[str]) -> View:
    """What belongs to some pillars, with all that is no contribution and that such contributions touch."""
    if not pillars:
        return of
    mine = {n.id for n in of.nodes if n.pillar in pillars}
    return of.keeping(
        mine | {j for i in mine for j in of.joined[i] if of.by_id[j].nature not in (*CONTRIBUTIONS, "pillar")}
    )


def _shown(node: Node, wanted: Filters) -> bool:
    return (
        node.nature in (wanted.natures or {node.nature})
        and (node.group or "") in (wanted.groups or {node.group})
        and (not wanted.states or node.state in wanted.states)
    )


def _with_company(nodes: list[Node], edges: Iterable[Edge], wanted: Filters) -> list[Node]:
    """The nodes that the chosen lines join; a node chosen for its gap stays alone if it must."""
    ends = {end for e in edges for end in (e.source, e.target)}
    return [n for n in nodes if n.id in ends or wanted.states]


def _at_most(of: View, most: int | None) -> View:
    """Half of what may stay are the nodes with the most links; the others those that touch them, gaps first."""
    if most is None or len(of.nodes) <= most:
        return of
    by_links = sorted(of.nodes, key=lambda n: (-len(of.joined[n.id]), n.id))
    hubs = {n.id for n in by_links[: most // 2]}
    others = sorted(by_links[most // 2 :], key=lambda n: (hubs.isdisjoint(of.joined[n.id]), _worth(n)))
    kept = hubs | {n.id for n in others[: most - len(hubs)]}
    return replace(of.keeping(kept), left_out=len(of.nodes) - most)


def _worth(node: Node) -> int:
    """Gaps first, then those to be checked."""
    return STATES.index(node.state) if node.state in ("gap", "check") else len(STATES)
