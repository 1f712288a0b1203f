"""The picture: a view and its places as SVG. One drawing for explorer, note, export and notebook.

No script, no style sheet, nothing from elsewhere: presentation attributes, so that it also stands in a page whose
policy forbids styles inside. Everything that comes from data goes through `tag`, which escapes it.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup

from segur_graph import say
from segur_graph.drawn import legend, lettering, strokes
from segur_graph.drawn.elements import Node, View
from segur_graph.drawn.legend import CHECK, GAP, INK, SOFT
from segur_graph.drawn.lettering import LINE, SIZE, SMALL, SMALL_LINE, Caption
from segur_graph.drawn.markup import tag, text
from segur_graph.drawn.positions import RADIUS, Point, Positions
from segur_graph.drawn.shapes import HALO, drawn
from segur_graph.options import Lang

FONT = "Inter, system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Liberation Sans', Arial, sans-serif"
GUTTER = 112.0  # left of the lanes, for their names
BANDS = ("#f6f8fa", "#edf1f5")
DIM = 0.16  # how much of a node is left where others are lit
Links = Callable[[str], str]


@dataclass(frozen=True)
class Look:
    """How a picture is drawn: `links` gives the address of a node's page, `name` begins the ids inside.

    Where some nodes and edges are `lit`, the others stand back; the node `chosen` is marked.
    """

    links: Links | None = None
    name: str = "network"
    lit: Collection[str] | None = None
    chosen: str = ""


PLAIN = Look()


def svg(view: View, positions: Positions, lang: Lang, look: Look = PLAIN) -> Markup:
    """The drawing of a view."""
    left = GUTTER if positions.bands else 0.0
    width, height = positions.width + left, positions.height
    name = look.name
    drawn_edges = strokes.edges(view, positions, lang, name, look.lit)
    return tag(
        "svg",
        tag("title", legend.word("title", lang), id=f"{name}-title"),
        tag("desc", described(view, lang), id=f"{name}-desc"),
        strokes.arrows(name),
        *_bands(positions, lang, left),
        tag("g", *drawn_edges, class_="edges", fill="none", transform=f"translate({left:g} 0)"),
        tag("g", *_nodes(view, positions, lang, look), class_="nodes", transform=f"translate({left:g} 0)"),
        xmlns="http://www.w3.org/2000/svg",
        class_="network",
        viewBox=f"0 0 {width:.0f} {height:.0f}",
        width=f"{width:.0f}",
        height=f"{height:.0f}",
        role="group" if look.links else "img",
        aria_labelledby=f"{name}-title {name}-desc",
        lang=lang,
        font_family=FONT,
        font_size=SIZE,
    )


def described(view: View, lang: Lang) -> str:
    """How much a picture shows, of which day, and how much is left out."""
    day = say.day(view.as_of, lang)
    told = legend.word("desc", lang).format(nodes=len(view.nodes), edges=len(view.edges), day=day)
    return f"{told} {legend.word('left_out', lang).format(view.left_out)}." if view.left_out else told


def _bands(positions: Positions, lang: Lang, left: float) -> Iterator[Markup]:
    for number, band in enumerate(positions.bands):
        first, _, second = legend.lane(band.name, lang).partition(" · ")
        yield tag(
            "g",
            tag(
                "rect", x=0, y=band.top, width=left + positions.width, height=band.height, rx=10, fill=BANDS[number % 2]
            ),
            tag("text", first, x=14, y=band.top + 22, font_size=12, font_weight=700, fill=INK),
            *(
                tag("text", line, x=14, y=band.top + 38 + LINE * at, font_size=SIZE, fill=SOFT)
                for at, line in enumerate(second.replace(", ", ",\n").splitlines())
            ),
            class_="lane",
            data_lane=band.name,
        )


def _nodes(view: View, positions: Positions, lang: Lang, look: Look) -> Iterator[Markup]:
    at = positions.points
    # From top to bottom, from left to right: the order in which a reader walks.
    for node in sorted(view.nodes, key=lambda n: (at[n.id].y, at[n.id].x)):
        yield _node(node, at[node.id], lang, look)


def _node(node: Node, point: Point, lang: Lang, look: Look) -> Markup:
    """A node. There are many: it is written at once, without `tag`; what comes from data is escaped."""
    said = text(legend.described(node, lang))
    name, link = ("a", f' href="{text(look.links(node.id))}" aria-label="{said}"') if look.links else ("g", "")
    chosen = " is-chosen" if node.id == look.chosen else ""
    state = f' data-state="{node.state}"' if node.state else ""
    dim = f' opacity="{DIM}"' if look.lit is not None and node.id not in look.lit else ""
    return Markup(  # noqa: S704 - built from escaped parts
        f'<{name}{link} class="node {node.nature}{chosen}" data-id="{text(node.id)}"{state}'
        f' transform="translate({point.x:g} {point.y:g})"{dim}>'
        f'<title>{said}</title><g class="shape">{drawn(node)}</g>'
        f"{_caption(lettering.of(node, lang), node.state or '')}</{name}>"
    )


@lru_cache(maxsize=20_000)
def _caption(caption: Caption, state: str) -> Markup:
    """What is written under a node: its name in ink, seats in grey, what is missing in its mark's colour."""
    y = RADIUS + 15.0 + (6 if state in ("gap", "check") else 0)
    lines = []
    for line in caption.name:
        lines.append(tag("text", line, y=y))
        y += LINE
    small: list[tuple[str, str, int]] = [(caption.seats, SOFT, 500)] if caption.seats else []
    small += [(gap, GAP if state == "gap" else CHECK, 700) for gap in caption.gaps]
    for line, fill, weight in small:
        lines.append(tag("text", line, y=y - 1, fill=fill, font_size=SMALL, font_weight=weight))
        y += SMALL_LINE
    return tag("g", *lines, class_="caption", fill=INK, text_anchor="middle", **HALO)
