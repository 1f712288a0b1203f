"""*Chemin entre…*: the path between two bodies as a page tells it, and the names that its fields propose."""

from collections import Counter
from dataclasses import dataclass, field, replace

from markupsafe import Markup

from segur_api.deps import Reading
from segur_api.views import network, network_panel
from segur_api.views.network_panel import Walked
from segur_graph import paths
from segur_graph.drawn.elements import Node, View
from segur_graph.drawn.positions import COLUMN, MARGIN, RING, Positions, point
from segur_graph.options import Lang
from segur_graph.paths import Path

BODIES = ("actor", "instance", "proposed")
APART = 62.0  # between the nodes of a path, for the line


@dataclass(frozen=True)
class Itinerary:
    """What is asked, by name; the path, with its steps in words; which names lead to nothing."""

    start: str
    end: str
    path: Path | None = None
    says: str = ""
    steps: list[Walked] = field(default_factory=list)
    first: Node | None = None
    badge: Markup | None = None
    missing: tuple[str, ...] = ()


def itinerary(reading: Reading, start: str, end: str) -> Itinerary:
    """The path between two names; without both, the question alone."""
    whole, lang = network.whole(reading), reading.lang
    a, b = (network.named(whole, name) if name else "" for name in (start, end))
    shown = [whole.by_id[i].labels[lang] if i else name for i, name in ((a, start), (b, end))]
    if not a or not b:
        missing = tuple(name for i, name in ((a, start), (b, end)) if name and not i)
        return Itinerary(shown[0], shown[1], missing=missing)
    path = paths.path(whole, a, b)
    first, steps = whole.by_id[a], network_panel.steps(path, lang)
    return Itinerary(shown[0], shown[1], path, path.told(lang), steps, first, network_panel.badge(first))


def part(path: Path) -> View:
    """The nodes and lines of a path."""
    ids = [path.start, *(step.end for step in path.steps)]
    return replace(path.view, edges=tuple(step.edge for step in path.steps)).keeping(ids)


def place(of: View, path: Path) -> Positions:
    """From left to right."""
    ids = [path.start, *(step.end for step in path.steps)]
    points = {
        i: point(of.by_id[i], COLUMN / 2 + n * (COLUMN + APART), MARGIN + RING + 26 * (n % 2))
        for n, i in enumerate(ids)
    }
    width = max(p.x for p in points.values()) + COLUMN / 2
    return Positions(points, width, max(p.y + p.foot for p in points.values()) + MARGIN)


def names(of: View, lang: Lang, most: int) -> list[str]:
    """The names of bodies that a field proposes, those with the most links first; of a shared name, the ids."""
    bodies = sorted((n for n in of.nodes if n.nature in BODIES), key=lambda n: (-len(of.joined[n.id]), n.id))[:most]
    often = Counter(n.labels[lang] for n in bodies)
    return sorted(n.labels[lang] if often[n.labels[lang]] == 1 else n.id for n in bodies)
