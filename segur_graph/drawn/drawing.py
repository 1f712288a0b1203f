"""A picture in a file: SVG, PNG, GraphML, GEXF, or one offline page."""

import re
from datetime import date

from segur_graph.drawn import interchange, key, layout, snapshot, strokes
from segur_graph.drawn.elements import View
from segur_graph.drawn.picture import PLAIN, Look
from segur_graph.drawn.positions import Positions
from segur_graph.drawn.view import MOST, Filters, view
from segur_graph.errors import SegurError
from segur_graph.options import Lang
from segur_graph.tables import Tables

# What other tools read is whole; what people look at has a limit.
UNLIMITED = ("graphml", "gexf")
SHARP = 2.0
PIXELS = 12_000_000
DIMMED = re.compile(rf' opacity="{strokes.DIM}"(?: marker-\w+="[^"]*")?')
LETTER = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><text y="15">{}</text></svg>'


def content(tables: Tables, form: str, as_of: date, lang: Lang, filters: Filters | None = None) -> bytes:
    """What the file of a picture holds; BadInput where the territory is unknown."""
    return drawn(view(tables, as_of, filters, most=None if form in UNLIMITED else MOST), form, lang)


def drawn(shown: View, form: str, lang: Lang, places: Positions | None = None, look: Look = PLAIN) -> bytes:
    """A view in one of the formats: the same view, the same bytes; by échelon unless it has its places."""
    places = places or layout.place(shown)
    match form:
        case "graphml":
            return interchange.graphml(shown, places, lang)
        case "gexf":
            return interchange.gexf(shown, places, lang)
        case "html":
            return snapshot.html(shown, places, lang).encode()
        case "png":
            return png(key.sheet(shown, places, lang, look))
    return key.sheet(shown, places, lang, look).encode()


def png(svg: str) -> bytes:
    """A sheet as PNG, twice as sharp where it is small; SegurError where the machine has no font to write with."""
    import resvg_py

    def made(text: str, zoom: float = SHARP) -> bytes:
        return bytes(resvg_py.svg_to_bytes(svg_string=text, zoom=zoom))

    if made(LETTER.format("a")) == made(LETTER.format("")):
        raise SegurError("png : aucune police de caractères sur cette machine ; attendu : Liberation, DejaVu… ou svg")
    width, height = (int(side) for side in re.findall(r'(?:width|height)="(\d+)"', svg)[:2])
    return made(_without_layers(svg), min(SHARP, (PIXELS / (width * height)) ** 0.5))


def _without_layers(svg: str) -> str:
    """The same drawing where neither a clip nor a faded line needs a layer of its own: four hundred take a minute."""
    faded = DIMMED.sub(f' stroke-opacity="{strokes.DIM}"', svg)
    return faded.replace('class="network"', 'class="network" overflow="visible"')
