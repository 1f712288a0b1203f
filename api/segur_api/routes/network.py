"""The page Réseau: the picture, its table, a node beside it, the path between two bodies, and the files of all that."""

from dataclasses import replace
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from markupsafe import Markup

from segur_api.deps import Read, Reading
from segur_api.errors import NotFound
from segur_api.views import data, itinerary, network, network_legend, network_panel
from segur_api.views.address import Address
from segur_api.views.network import PATH, Asked, Shown
from segur_api.views.render import page
from segur_graph.drawn import drawing, listing, picture, snapshot
from segur_graph.drawn.picture import Look

router = APIRouter()

Form = Literal["svg", "png", "graphml", "gexf", "html"]
MEDIA = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "graphml": "application/graphml+xml",
    "gexf": "application/gexf+xml",
    "html": "text/html",
}
NAMED = 1500  # the names that a field proposes
GAPS = 12  # shown beside the picture


@router.get(PATH)
def network_page(request: Request, reading: Read) -> Response:
    """The network of a date: drawn by échelon or around a node, or as a table."""
    here = _here(request)
    asked = Asked.of(here.query)
    found = network.shown(reading, asked)
    whole, near = network.whole(reading), network.small(found, asked)
    return page(
        request,
        reading,
        "network.html",
        net=here,
        asked=asked,
        found=found,
        drawing=_drawing(reading, asked, found, here) if asked.view in ("lanes", "near") else "",
        small=_small(reading, near, here),
        beside=network_panel.panel(whole, near.centre, reading.lang),
        described=picture.described(found.view, reading.lang),
        legend=network_legend.sections(found.view, asked, here, reading.lang),
        panel=network_panel.panel(whole, asked.node or found.centre, reading.lang),
        lacking=[(n, network_panel.badge(n)) for n in network.lacking(found.view)[:GAPS]],
        tables=_tables(found, reading) if asked.view == "table" else (),
        names=itinerary.names(whole, reading.lang, NAMED),
        centre=whole.by_id.get(found.centre),
        files=MEDIA,
        regions=data.regions(reading),
        territory=asked.territory,
    )


@router.get(f"{PATH}/fiche")
def fiche(request: Request, reading: Read, node: str = "") -> Response:
    """A node with its neighbours, to stand beside the picture."""
    found = network_panel.panel(network.whole(reading), node, reading.lang)
    if found is None:
        raise NotFound
    return page(request, reading, "network_fiche.html", net=_here(request), panel=found)


@router.get(f"{PATH}/libre")
def free(request: Request, reading: Read) -> Response:
    """The same part of the network as one page that moves by hand, for a frame: it may load nothing."""
    answer = Response(_file(request, reading, "html"), media_type="text/html")
    answer.headers["Content-Security-Policy"] = f"{snapshot.policy()}; frame-ancestors 'self'; sandbox allow-scripts"
    return answer


@router.get(f"{PATH}/chemin")
def path_page(
    request: Request, reading: Read, start: Annotated[str, Query(alias="from")] = "", to: str = ""
) -> Response:
    """The path between two bodies, told as a sentence; where there is none, why."""
    found = itinerary.itinerary(reading, start, to)
    here = _here(request)
    drawn = ""
    if found.path and found.path.steps:
        part = itinerary.part(found.path)
        look = Look(lambda node: here.to(PATH, node=node))
        drawn = picture.svg(part, itinerary.place(part, found.path), reading.lang, look)
    return page(
        request,
        reading,
        "network_path.html",
        net=here,
        found=found,
        drawing=drawn,
        names=itinerary.names(network.whole(reading), reading.lang, NAMED),
    )


@router.get(f"{PATH}.{{form}}")
def file(request: Request, reading: Read, form: Form) -> Response:
    """What the page with the same query shows, as a file."""
    name = f"reseau-{reading.as_of}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    answer = Response(_file(request, reading, form), media_type=MEDIA[form], headers=headers)
    if form == "html":
        answer.headers["Content-Security-Policy"] = (
            f"{snapshot.policy()}; frame-ancestors 'none'; sandbox allow-scripts"
        )
    return answer


def _file(request: Request, reading: Reading, form: Form) -> bytes:
    here = _here(request)
    asked = replace(Asked.of(here.query), node="")
    found = network.shown(reading, asked)
    look = replace(network.look(asked, found, here), links=None)
    made: bytes = reading.opened.pictures.get(
        (form, reading.as_of, reading.lang, asked),  # a PNG takes seconds
        lambda: drawing.drawn(found.view, form, reading.lang, found.places, look),
    )
    return made


def _here(request: Request) -> Address:
    """The state of the page, whichever of its parts is asked for; where the picture was moved to is left out."""
    query = Address.of(request).query
    return Address(PATH, {name: value for name, value in query.items() if name not in ("at", "from", "to")})


def _drawing(reading: Reading, asked: Asked, found: Shown, here: Address) -> Markup:
    """The picture. Its links hold the state of the page: the same state, the same picture."""
    look = network.look(asked, found, here)
    key = ("svg", reading.as_of, reading.lang, asked, tuple(here.query.items()))
    drawn: Markup = reading.opened.pictures.get(key, lambda: picture.svg(found.view, found.places, reading.lang, look))
    return drawn


def _small(reading: Reading, near: Shown, here: Address) -> Markup:
    look = Look(lambda node: here.here(node=node), "small", chosen=near.centre)
    return picture.svg(near.view, near.places, reading.lang, look) if near.view.nodes else Markup()


def _tables(found: Shown, reading: Reading) -> tuple[tuple[str, tuple[str, ...], list[list[str]]], ...]:
    """The equal table: the same nodes and edges."""
    return (
        ("nodes", listing.NODE_COLUMNS, listing.node_rows(found.view, reading.lang)),
        ("edges", listing.EDGE_COLUMNS, listing.edge_rows(found.view, reading.lang)),
    )
