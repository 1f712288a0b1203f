"""The picture: a view and its places as SVG. One drawing for explorer, note, export and notebook.

No script, no style sheet, nothing from elsewhere: presentation attributes, so that it also stands in a page whose
policy forbids styles inside. Everything that comes from data goes through `tag`, which escapes it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from markupsafe import Markup

from segur_graph import say
from segur_graph.drawn import legend, lettering, lines
from segur_graph.drawn.elements import RELATIONS, Edge, Node, View
from segur_graph.drawn.legend import CHECK, GAP, INK, PAGE, SOFT
from segur_graph.drawn.lettering import LINE, SIZE, SMALL, SMALL_LINE
from segur_graph.drawn.lines import LOOKS
from segur_graph.drawn.markup import tag
from segur_graph.drawn.positions import RADIUS, Point, Positions
from segur_graph.drawn.shapes import HALO, drawn
from segur_graph.options import Lang

FONT = "Inter, system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Liberation Sans', Arial, sans-serif"
GUTTER = 112.0  # left of the lanes, for their names
BANDS = ("#f6f8fa", "#edf1f5")
Links = Callable[[str], str]


def svg(view: View, positions: Positions, lang: Lang, links: Links | None = None, name: str = "network") -> Markup:
    """The drawing of a view; `links` gives the address of a node's page, `name` begins the ids inside."""
    left = GUTTER if positions.bands else 0.0
    width, height = positions.width + left, positions.height
    return tag(
        "svg",
        tag("title", legend.word("title", lang), id=f"{name}-title"),
        tag("desc", described(view, lang), id=f"{name}-desc"),
        _arrows(name),
        *_bands(positions, lang, left),
        tag("g", *_edges(view, positions, lang, name), class_="edges", fill="none", transform=f"translate({left:g} 0)"),
        tag("g", *_nodes(view, positions, lang, links), class_="nodes", transform=f"translate({left:g} 0)"),
        xmlns="http://www.w3.org/2000/svg",
        class_="network",
        viewBox=f"0 0 {width:.0f} {height:.0f}",
        width=f"{width:.0f}",
        height=f"{height:.0f}",
        role="group" if links else "img",
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


def _arrows(name: str) -> Markup:
    """An arrow head for each relation that has one; hollow where it is only asked for."""
    return tag(
        "defs", *(_arrow(name, r, basis) for r in RELATIONS if LOOKS[r].arrow for basis in ("effective", "requested"))
    )


def _arrow(name: str, relation: str, basis: str) -> Markup:
    colour = LOOKS[relation].colour
    hollow = basis == "requested" and not LOOKS[relation].dashes
    head = tag(
        "path",
        d="M1 1L9 5L1 9Z",
        fill=PAGE if hollow else colour,
        stroke=colour,
        stroke_width=1.3,
        stroke_linejoin="round",
    )
    return tag(
        "marker",
        head,
        id=f"{name}-{relation}-{basis}",
        viewBox="0 0 10 10",
        refX=8,
        refY=5,
        markerWidth=8.5,
        markerHeight=8.5,
        markerUnits="userSpaceOnUse",
        orient="auto-start-reverse",
    )


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


def _edges(view: View, positions: Positions, lang: Lang, name: str) -> Iterator[Markup]:
    """The lines, quietest first, those of one look together."""
    feet = {n.id: lettering.of(n, lang).height for n in view.nodes}
    looks: dict[tuple[str, str], list[Edge]] = defaultdict(list)
    for e in view.edges:
        looks[e.relation, e.basis].append(e)
    for relation, basis in sorted(looks, key=lambda k: (RELATIONS.index(k[0]), k[1])):
        alike = looks[relation, basis]
        ways = [lines.path(e, view.by_id, positions, feet) for e in alike]
        told = [_line(e, d, view, lang, _heads(e, positions, name)) for e, d in zip(alike, ways, strict=True)]
        yield from _alike(relation, basis, told, ways)


def _alike(relation: str, basis: str, told: Iterable[Markup], ways: Iterable[str]) -> Iterator[Markup]:
    """The lines of one look; a double line is its outside, then its inside."""
    look = LOOKS[relation]
    yield tag(
        "g",
        *told,
        class_=f"edge {relation} {basis}",
        data_relation=relation,
        data_basis=basis,
        stroke=look.colour,
        stroke_width=look.width,
        stroke_dasharray=lines.dashes(relation, basis),
        stroke_linecap="round" if look.dashes and look.dashes.startswith("0.1") else None,
        stroke_opacity=look.opacity if look.opacity < 1 else None,
    )
    if look.double:
        yield tag("g", *(tag("path", d=d) for d in ways), class_="inside", stroke=BANDS[0], stroke_width=1.9)


def _heads(edge: Edge, positions: Positions, name: str) -> dict[str, str]:
    """The arrow head of a line, at its target."""
    if not LOOKS[edge.relation].arrow:
        return {}
    end = "marker_start" if lines.backwards(edge, positions) else "marker_end"
    return {end: f"url(#{name}-{edge.relation}-{edge.basis})"}


def _line(edge: Edge, d: str, view: View, lang: Lang, heads: dict[str, str]) -> Markup:
    return tag(
        "path",
        tag("title", legend.told(edge, view.by_id, lang)),
        d=d,
        data_id=edge.id,
        data_source=edge.source,
        data_target=edge.target,
        **heads,
    )


def _nodes(view: View, positions: Positions, lang: Lang, links: Links | None) -> Iterator[Markup]:
    for node in sorted(view.nodes, key=lambda n: _place(positions.points[n.id])):
        yield _node(node, positions.points[node.id], lang, links)


def _place(point: Point) -> tuple[float, float]:
    """From top to bottom, from left to right: the order in which a reader walks."""
    return point.y, point.x


def _node(node: Node, point: Point, lang: Lang, links: Links | None) -> Markup:
    described = legend.described(node, lang)
    return tag(
        "a" if links else "g",
        tag("title", described),
        drawn(node),
        _caption(node, lang),
        href=links(node.id) if links else None,
        aria_label=described if links else None,
        class_=f"node {node.nature}",
        data_id=node.id,
        data_nature=node.nature,
        data_group=node.group or None,
        data_state=node.state,
        data_lane=node.lane,
        transform=f"translate({point.x:g} {point.y:g})",
    )


def _caption(node: Node, lang: Lang) -> Markup:
    """What is written under a node: its name in ink, seats in grey, what is missing in its mark's colour."""
    caption = lettering.of(node, lang)
    y = RADIUS + 15.0 + (6 if node.state in ("gap", "check") else 0)
    lines = []
    for text in caption.name:
        lines.append(tag("text", text, y=y))
        y += LINE
    small: list[tuple[str, str, int]] = [(caption.seats, SOFT, 500)] if caption.seats else []
    small += [(gap, GAP if node.state == "gap" else CHECK, 700) for gap in caption.gaps]
    for text, fill, weight in small:
        lines.append(tag("text", text, y=y - 1, fill=fill, font_size=SMALL, font_weight=weight))
        y += SMALL_LINE
    return tag("g", *lines, fill=INK, text_anchor="middle", **HALO)
