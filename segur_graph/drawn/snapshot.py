"""A view as one offline file, drawn by pyvis through a template of ours: no request, no script from data.

pyvis has no part in the page but its list of nodes and edges and vis-network, which it brings: its own template loads
from elsewhere and escapes nothing. The page forbids itself, by hash, every script but its two.
"""

import base64
import hashlib
import json
from collections import Counter
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from segur_graph import say
from segur_graph.drawn import key, legend, lettering, lines, listing, picture, shapes
from segur_graph.drawn.elements import Edge, Node, View
from segur_graph.drawn.legend import GAP, INK, PAGE
from segur_graph.drawn.lines import LOOKS
from segur_graph.drawn.markup import tag
from segur_graph.drawn.positions import Point, Positions
from segur_graph.options import Lang

LIBRARY = "lib/vis-9.1.2/vis-network.min.js"
WORDS: dict[Lang, dict[str, str]] = {
    "fr": {
        "nodes": "Éléments",
        "edges": "Liens",
        "hint": "Glisser pour déplacer, molette pour agrandir, clic : la ligne du tableau.",
        "id": "identifiant",
        "label": "nom",
        "nature": "nature",
        "group": "groupe",
        "lane": "échelon",
        "status": "ce que dit la source",
        "seats": "sièges d'usagers",
        "state": "lacune",
        "says": "en une phrase",
        "source": "de (identifiant)",
        "source_label": "de",
        "relation": "lien",
        "basis": "ce que dit la source",
        "said": "précision",
        "target": "à (identifiant)",
        "target_label": "à",
        "evidence": "preuve",
    },
    "en": {
        "nodes": "Elements",
        "edges": "Links",
        "hint": "Drag to move, wheel to zoom, click: its line in the table.",
        "id": "id",
        "label": "name",
        "nature": "nature",
        "group": "group",
        "lane": "level",
        "status": "what the source says",
        "seats": "users' seats",
        "state": "gap",
        "says": "in a sentence",
        "source": "from (id)",
        "source_label": "from",
        "relation": "link",
        "basis": "what the source says",
        "said": "detail",
        "target": "to (id)",
        "target_label": "to",
        "evidence": "evidence",
    },
}
OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},
    "interaction": {"hover": True, "tooltipDelay": 120, "keyboard": {"enabled": True, "bindToWindow": False}},
    "nodes": {"size": 26, "font": {"size": 12, "color": INK, "strokeWidth": 3, "strokeColor": PAGE}},
}


def html(view: View, positions: Positions, lang: Lang) -> str:
    """The page of a view."""
    library, script, style = _library(), _own("snapshot.js"), _own("snapshot.css")
    page = Environment(loader=FileSystemLoader(_here()), autoescape=True).get_template("snapshot.html")
    return page.render(
        lang=lang,
        title=legend.word("title", lang),
        described=picture.described(view, lang),
        footer=legend.word("footer", lang).format(view.edition, say.day(view.as_of, lang)),
        policy=policy(),
        library=Markup(library),  # noqa: S704 - files of packages, not data
        script=Markup(script),  # noqa: S704
        style=Markup(style),  # noqa: S704
        data=data(view, positions, lang),
        drawing=picture.svg(view, positions, lang),
        strip=key.strip(view, lang, 1240.0),
        words=WORDS[lang],
        nodes=listing.node_rows(view, lang),
        edges=listing.edge_rows(view, lang),
        node_columns=listing.NODE_COLUMNS,
        edge_columns=listing.EDGE_COLUMNS,
    )


def data(view: View, positions: Positions, lang: Lang) -> dict[str, Any]:
    """What vis-network draws, as pyvis lists it: nodes where the server placed them, physics off."""
    from pyvis.network import Network  # slow: it brings IPython

    net = Network(directed=True)  # otherwise pyvis drops the second of two edges between the same nodes
    net.options = OPTIONS
    for node in view.nodes:
        net.add_node(node.id, **_node(node, positions.points[node.id], lang))
    beside: Counter[tuple[str, str]] = Counter()
    for edge in view.edges:
        pair = min(edge.source, edge.target), max(edge.source, edge.target)
        net.add_edge(edge.source, edge.target, **_edge(edge, view, lang, beside[pair]))
        beside[pair] += 1
    nodes, edges, _, _, _, options = net.get_network_data()
    return {"nodes": nodes, "edges": edges, "options": json.loads(options)}


def _node(node: Node, here: Point, lang: Lang) -> dict[str, Any]:
    caption = lettering.of(node, lang)
    lines = (*caption.name, caption.seats, *(f"! {gap}" for gap in caption.gaps))
    image = tag(
        "svg",
        shapes.drawn(node),
        xmlns="http://www.w3.org/2000/svg",
        viewBox="-30 -30 60 60",
        width=120,
        height=120,
        font_family="Arial, sans-serif",
    )
    return {
        "label": "\n".join(line for line in lines if line),
        "title": legend.described(node, lang),
        "shape": "image",
        "image": f"data:image/svg+xml,{quote(image)}",
        "x": here.x,
        "y": here.y,
        "font": {"color": GAP if node.state == "gap" else INK},
    }


def _edge(edge: Edge, view: View, lang: Lang, beside: int) -> dict[str, Any]:
    look = LOOKS[edge.relation]
    dashes = lines.dashes(edge.relation, edge.basis)
    return {
        "id": edge.id,
        "title": legend.told(edge, view.by_id, lang),
        "color": {"color": look.colour, "opacity": look.opacity},
        "width": 3.0 if look.double else look.width,
        "dashes": [max(float(length), 1) for length in dashes.split()] if dashes else False,
        "arrows": {"to": {"enabled": look.arrow, "scaleFactor": 0.55}},
        "smooth": {"enabled": True, "type": "curvedCW", "roundness": 0.06 + 0.1 * beside},
    }


@cache
def policy() -> str:
    """What the page may run and show: its own scripts and style by their hashes, drawings inside, nothing else."""
    hashes = " ".join(_hash(text) for text in (_library(), _own("snapshot.js")))
    return (
        f"default-src 'none'; script-src {hashes}; style-src {_hash(_own('snapshot.css'))}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _here() -> Path:
    return Path(str(files("segur_graph.drawn")))


def _own(name: str) -> str:
    return (_here() / name).read_text("utf-8")


@cache
def _library() -> str:
    """vis-network, as pyvis brings it."""
    return (Path(str(files("pyvis"))) / LIBRARY).read_text("utf-8")
