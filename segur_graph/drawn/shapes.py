"""The shape of a node: nature is the shape, group the colour and the letter, what is not yet there is hollow."""

from functools import cache

from markupsafe import Markup

from segur_graph.drawn import legend
from segur_graph.drawn.elements import Node
from segur_graph.drawn.legend import CHECK, GAP, INK, OUTLINE, PAGE, SOFT
from segur_graph.drawn.markup import tag
from segur_graph.drawn.positions import RADIUS, RING

HEXAGON = "M-18 0L-9 -15.6H9L18 0L9 15.6H-9Z"
DIAMOND = "M0 -19L19 0L0 19L-19 0Z"
SHEET = "M-13 -17H6L13 -10V17H-13Z"
FOLD = "M6 -17V-10H13"
SQUARE = (
    "M-9.5 -15.5H9.5A6 6 0 0 1 15.5 -9.5V9.5A6 6 0 0 1 9.5 15.5H-9.5A6 6 0 0 1 -15.5 9.5V-9.5A6 6 0 0 1 -9.5 -15.5Z"
)
CIRCLE = "M0 -16A16 16 0 0 1 0 16A16 16 0 0 1 0 -16Z"
OUTLINES = {
    "pillar": DIAMOND,
    "proposed": HEXAGON,
    "proposal": SHEET,
    "measure": SHEET,
    "actor": CIRCLE,
    "instance": SQUARE,
}
TINT = 0.24
DARK_TEXT_FROM = 0.24  # the luminance above which dark letters read better than white ones


@cache
def shape(nature: str, kind: str, status: str, colour: str, letter: str) -> Markup:
    """The shape of a node around 0, 0: full for what is, hollow for what is asked for or only required."""
    outline = OUTLINES[kind if nature == "type" else nature]
    hollow = nature in ("proposed", "proposal") or status in ("foreseen", "expected", "former")
    fill = mixed(colour, TINT) if hollow else colour
    dashes = {"proposed": "4 2.6", "foreseen": "4 2.6", "expected": "1.5 2.5", "former": "1.5 2.5"}.get(status)
    return Markup().join(
        [
            *_stack(nature, outline, colour),
            tag(
                "path",
                d=outline,
                fill=fill,
                stroke=OUTLINE,
                stroke_width=1.5,
                stroke_dasharray=dashes,
                stroke_linejoin="round",
            ),
            tag("path", d=FOLD, fill="none", stroke=OUTLINE, stroke_width=1.5, stroke_linejoin="round")
            if outline is SHEET
            else "",
            _letter(
                letter,
                INK if hollow or _luminance(colour) > DARK_TEXT_FROM else PAGE,
                y=2.0 if outline is SHEET else 0.0,
            ),
        ]
    )


@cache
def mark(state: str) -> Markup:
    """The mark of a gap (a red dashed ring and "!"), of one to check (amber, dotted), of an unknown (a grey "?")."""
    if state == "unknown":
        return tag("text", "?", x=19, y=-11, fill=SOFT, font_size=13, font_weight=700, text_anchor="middle", **HALO)
    colour, dashes = (GAP, "4.5 3.2") if state == "gap" else (CHECK, "1.6 3")
    badge = (
        tag("circle", cx=18.5, cy=-17.5, r=7.5, fill=colour, stroke=PAGE, stroke_width=1.5)
        if state == "gap"
        else tag("path", d="M18.5 -27L28 -10.5H9Z", fill=colour, stroke=PAGE, stroke_width=1.5, stroke_linejoin="round")
    )
    return Markup().join(
        [
            tag("circle", r=RING, fill="none", stroke=colour, stroke_width=2.2, stroke_dasharray=dashes),
            badge,
            tag("text", "!", x=18.5, y=-13.3, fill=PAGE, font_size=11.5, font_weight=800, text_anchor="middle"),
        ]
    )


HALO: dict[str, str | float | None] = {
    "stroke": PAGE,
    "stroke_width": 3.2,
    "stroke_linejoin": "round",
    "paint_order": "stroke",
}


def drawn(node: Node) -> Markup:
    """A node's shape with its mark."""
    whole = shape(node.nature, node.kind, node.status, legend.colour(node), legend.letter(node))
    return whole + mark(node.state) if node.state else whole


def reach(node: Node) -> float:
    """How far from its middle a node reaches."""
    return RING + 2 if node.state in ("gap", "check") else RADIUS + 2


def mixed(colour: str, part: float) -> str:
    """A colour thinned with white."""
    return "#" + "".join(f"{round(255 + (c - 255) * part):02x}" for c in _channels(colour))


def _stack(nature: str, outline: str, colour: str) -> list[Markup]:
    """The others behind: a type is many."""
    if nature != "type":
        return []
    fill = mixed(colour, 0.45)
    return [
        tag("path", d=outline, fill=fill, stroke=OUTLINE, stroke_width=1.1, transform=f"translate({d} {-d})")
        for d in (6, 3)
    ]


def _letter(letter: str, fill: str, y: float) -> Markup:
    return tag("text", letter, y=y + 4.8, fill=fill, font_size=13.5, font_weight=700, text_anchor="middle")


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[i : i + 2], 16) for i in (1, 3, 5))


def _luminance(colour: str) -> float:
    red, green, blue = (float(((c / 255 + 0.055) / 1.055) ** 2.4) for c in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
