"""The key of a picture that stands alone, with its title and where it comes from: shapes, colours, lines, marks."""

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from segur_graph import say
from segur_graph.drawn import legend, lettering, lines, picture, shapes
from segur_graph.drawn.elements import NATURES, RELATIONS, STATES, View
from segur_graph.drawn.legend import GROUPS, INK, PAGE, SOFT
from segur_graph.drawn.lines import LOOKS
from segur_graph.drawn.markup import tag
from segur_graph.drawn.picture import PLAIN, Look
from segur_graph.drawn.positions import Positions
from segur_graph.options import Lang

Item = tuple[Markup, str]
NEUTRAL = "#8d99a6"
HEAD, LINE, SAMPLE, APART = 52.0, 26.0, 40.0, 20.0
LEFT = 190.0  # where the samples begin, right of what they are samples of
NARROWEST = 860.0


def sheet(view: View, positions: Positions, lang: Lang, look: Look = PLAIN) -> Markup:
    """A whole sheet: the title and day, the drawing, the key of what it shows, the edition."""
    drawing = picture.svg(view, positions, lang, look)
    wide = positions.width + (picture.GUTTER if positions.bands else 0)
    width = max(wide, NARROWEST)
    told, below = _strip(view, lang, width, HEAD + positions.height + 16)
    day = say.day(view.as_of, lang)
    title = legend.word("title", lang)
    footer = legend.word("footer", lang).format(view.edition, day)
    if view.left_out:
        footer += f" · {legend.word('left_out', lang).format(view.left_out)}"
    return tag(
        "svg",
        tag("title", title),
        tag("rect", width="100%", height="100%", fill=PAGE),
        tag("text", title, x=16, y=32, font_size=20, font_weight=700, fill=INK),
        tag("text", picture.described(view, lang), x=width - 16, y=32, font_size=12.5, fill=SOFT, text_anchor="end"),
        tag("g", drawing, transform=f"translate({(width - wide) / 2:g} {HEAD:g})"),
        *told,
        tag("text", footer, x=16, y=below + 22, font_size=11.5, fill=SOFT),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width:.0f} {below + 40:.0f}",
        width=f"{width:.0f}",
        height=f"{below + 40:.0f}",
        role="img",
        aria_label=f"{title}. {picture.described(view, lang)}",
        lang=lang,
        font_family=picture.FONT,
    )


def nature(name: str) -> Markup:
    """The sample of a nature: its shape, in grey."""
    return _small(shapes.shape(name, "instance", "proposed" if name == "proposed" else "", NEUTRAL, ""))


def group(name: str) -> Markup:
    """The sample of a stakeholder group: its colour and letter."""
    return _small(shapes.shape("actor", "actor", "", *GROUPS[name]))


def relation(name: str, basis: str = "effective") -> Markup:
    """The sample of a line, from left to right."""
    look = LOOKS[name]
    line = tag(
        "path",
        d="M-17 0H13" if look.arrow else "M-17 0H17",
        fill="none",
        stroke=look.colour,
        stroke_width=look.width,
        stroke_dasharray=lines.dashes(name, basis),
        stroke_linecap="round" if look.dotted else None,
    )
    inside = tag("path", d="M-17 0H17", stroke=PAGE, stroke_width=1.9, fill="none") if look.double else ""
    head = tag("path", d="M10 -4L18 0L10 4Z", fill=look.colour) if look.arrow else ""
    return line + inside + head


def state(name: str) -> Markup:
    """The sample of a mark, around a grey instance; an unknown has no ring."""
    return _small(shapes.shape("instance", "instance", "", NEUTRAL, "") + shapes.mark(name))


def strip(view: View, lang: Lang, width: float) -> Markup:
    """The key alone, of what a view shows."""
    found, height = _strip(view, lang, width, 0.0)
    return tag(
        "svg",
        *found,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width:g} {height:g}",
        width=width,
        height=height,
        role="img",
        aria_label=legend.word("key", lang),
        font_family=picture.FONT,
    )


def _small(sample: Markup) -> Markup:
    return tag("g", sample, transform="scale(.62)")


def _strip(view: View, lang: Lang, width: float, top: float) -> tuple[list[Markup], float]:
    """The lines of the key, and where they end; only what the picture shows is told."""
    found: list[Markup] = []
    y = top
    for head, items in _sections(view, lang):
        if items:
            found.append(tag("text", legend.word(head, lang), x=16, y=y + 17, font_size=12, font_weight=700, fill=INK))
            placed, y = _flow(items, width, y)
            found += placed
    return found, y


def _flow(items: Iterable[Item], width: float, y: float) -> tuple[list[Markup], float]:
    found, x = [], LEFT
    for sample, text in items:
        room = SAMPLE + lettering.width(text, 12) + APART
        if x + room > width and x > LEFT:
            x, y = LEFT, y + LINE
        found.append(tag("g", sample, transform=f"translate({x + 16:g} {y + 13:g})"))
        found.append(tag("text", text, x=x + SAMPLE, y=y + 17, font_size=12, fill=INK))
        x += room
    return found, y + LINE


def _sections(view: View, lang: Lang) -> Sequence[tuple[str, list[Item]]]:
    natures, groups = {n.nature for n in view.nodes}, {n.group for n in view.nodes}
    kinds, states = {(e.relation, e.basis) for e in view.edges}, {n.state for n in view.nodes}
    relations = [
        (relation(r, b), legend.line(r, b, lang))
        for r in reversed(RELATIONS)
        for b in ("effective", "law", "requested")
        if (r, b) in kinds
    ]
    return (
        ("nature", [(nature(n), legend.word(n, lang)) for n in NATURES if n in natures]),
        ("group", [(group(g), legend.group(g, lang)) for g in GROUPS if g in groups]),
        ("relation", relations),
        ("state", [(state(s), legend.word(s, lang)) for s in STATES if s in states]),
    )
