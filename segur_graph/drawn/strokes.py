"""The lines of a picture as SVG, the quietest first: those of one look are one group."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from markupsafe import Markup

from segur_graph.drawn import legend, lettering, lines
from segur_graph.drawn.elements import RELATIONS, Edge, View
from segur_graph.drawn.legend import PAGE
from segur_graph.drawn.lines import LOOKS
from segur_graph.drawn.markup import tag, text
from segur_graph.drawn.positions import Positions
from segur_graph.options import Lang

INSIDE = "#f6f8fa"  # between the two of a double line
DIM = 0.1


def arrows(name: str) -> Markup:
    """An arrow head for each relation that has one; hollow where it is only asked for."""
    return tag(
        "defs", *(_arrow(name, r, basis) for r in RELATIONS if LOOKS[r].arrow for basis in ("effective", "requested"))
    )


def edges(view: View, positions: Positions, lang: Lang, name: str, lit: Collection[str] | None) -> Iterator[Markup]:
    """The lines; those that are not `lit`, where some are, stand back."""
    feet = {n.id: lettering.of(n, lang).height for n in view.nodes}
    looks: dict[tuple[str, str], list[Edge]] = defaultdict(list)
    for e in view.edges:
        looks[e.relation, e.basis].append(e)
    for relation, basis in sorted(looks, key=lambda k: (RELATIONS.index(k[0]), k[1])):
        alike = looks[relation, basis]
        ways = [lines.path(e, view.by_id, positions, feet) for e in alike]
        dims = [f' opacity="{DIM}"' if lit is not None and e.id not in lit else "" for e in alike]
        told = [
            _line(e, d + '"' + dim, legend.told(e, view.by_id, lang), _head(e, positions, name))
            for e, d, dim in zip(alike, ways, dims, strict=True)
        ]
        inside = [Markup(f'<path d="{d}"{dim}/>') for d, dim in zip(ways, dims, strict=True)]  # noqa: S704 - numbers
        yield from _alike(relation, basis, told, inside)


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


def _alike(relation: str, basis: str, told: Iterable[Markup], inside: Iterable[Markup]) -> Iterator[Markup]:
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
        stroke_linecap="round" if look.dotted else None,
        stroke_opacity=look.opacity if look.opacity < 1 else None,
    )
    if look.double:
        yield tag("g", *inside, class_="inside", stroke=INSIDE, stroke_width=1.9)


def _head(edge: Edge, positions: Positions, name: str) -> str:
    """The arrow head of a line, at its target."""
    if not LOOKS[edge.relation].arrow:
        return ""
    end = "start" if lines.backwards(edge, positions) else "end"
    return f' marker-{end}="url(#{name}-{edge.relation}-{edge.basis})"'


def _line(edge: Edge, way: str, said: str, head: str) -> Markup:
    """One line. There are thousands: it is written at once, without `tag`; what comes from data is escaped."""
    ends = f'data-source="{text(edge.source)}" data-target="{text(edge.target)}"'
    return Markup(  # noqa: S704 - built from escaped parts
        f'<path d="{way} data-id="{text(edge.id)}" {ends}{head}><title>{text(said)}</title></path>'
    )
