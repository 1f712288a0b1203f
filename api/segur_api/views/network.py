"""What the page Réseau shows: its state, read from the address; the part of the network, placed; the phone's part."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from segur_api.deps import Reading
from segur_api.views.address import SEVERAL, Address
from segur_graph.drawn import layout, light, pocket
from segur_graph.drawn import view as views
from segur_graph.drawn.elements import STATES, Node, View
from segur_graph.drawn.picture import Look
from segur_graph.drawn.positions import Positions, extended
from segur_graph.drawn.view import MOST, Filters
from segur_graph.errors import BadInput
from segur_graph.paths import resolved

PATH = "/reseau"
TABS = ("lanes", "near", "free", "table")
EVERY = "*"  # in what was expanded, the place of "everything that is shown, by one step"
MOST_EXPANDED = 40


@dataclass(frozen=True)
class Asked:
    """The state of the page.

    `expanded` lists what was expanded, in order, so that what is placed stays; `light` is what is put in light,
    as `facet:value`.
    """

    view: str = "lanes"
    territory: str = ""
    chosen: tuple[tuple[str, tuple[str, ...]], ...] = ()
    light: tuple[str, ...] = ()
    node: str = ""
    centre: str = ""
    expanded: tuple[str, ...] = ()

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Asked":
        """The state that an address says; what it does not know is left out."""
        view = query.get("view", "")
        chosen = tuple((name, _several(query[name])) for name in SEVERAL if query.get(name))
        return cls(
            view if view in TABS else "lanes",
            query.get("territory", ""),
            chosen,
            _several(query.get("light", "")),
            query.get("node", ""),
            query.get("centre", ""),
            _several(query.get("open", ""))[:MOST_EXPANDED],
        )

    def values(self, facet: str) -> tuple[str, ...]:
        """What a facet keeps; everything where it is empty."""
        return dict(self.chosen).get(facet, ())

    @property
    def filters(self) -> Filters:
        """What is kept."""
        kept: dict[str, Any] = {f"{name}s": frozenset(values) for name, values in self.chosen}
        return Filters(**kept)

    @property
    def around(self) -> bool:
        """Whether it is a neighbourhood that is shown: drawn, or free or listed with a centre."""
        return self.view == "near" or (self.view in ("free", "table") and bool(self.centre))

    @property
    def steps(self) -> int:
        """How many steps around the centre are shown."""
        return 1 + self.expanded.count(EVERY)

    def with_steps(self, steps: int) -> tuple[str, ...]:
        """What is expanded with some steps: more come last, fewer take away the last ones."""
        told = [*self.expanded, *[EVERY] * (steps - self.steps)]
        while told.count(EVERY) > steps - 1:
            del told[len(told) - 1 - told[::-1].index(EVERY)]
        return tuple(told)


@dataclass(frozen=True)
class Shown:
    """A part of the network with its places; `centre` where it is a neighbourhood; `missing`, a name not found."""

    view: View
    places: Positions
    centre: str = ""
    missing: str = ""


def whole(reading: Reading) -> View:
    """The network of the date."""
    return reading.opened.network(reading.as_of)


def shown(reading: Reading, asked: Asked) -> Shown:
    """What the page shows; BadParameter where the territory is unknown. The same is made once."""
    reading.check(territory=asked.territory)
    key = (reading.as_of, replace(asked, light=(), node="", view="near" if asked.around else ""))
    make = _neighbourhood if asked.around else _part
    found: Shown = reading.opened.pictures.get(key, lambda: make(reading, asked))
    return found


def look(asked: Asked, found: Shown, here: Address) -> Look:
    """How it is drawn: what is in light, the chosen node, and where a click leads."""
    lit = None
    if asked.node in found.view.by_id:
        lit = light.around(found.view, asked.node)
    elif asked.light:
        lit = light.lit(found.view, _facets(asked.light))
    return Look(lambda node: here.here(node=node), lit=lit, chosen=asked.node)


def named(of: View, name: str) -> str:
    """The id of a node by its id or by its name in either language; empty where no node, or more than one, has it."""
    try:
        return resolved(of, name)
    except BadInput:
        same = [n.id for n in of.nodes if name.casefold() in {label.casefold() for label in n.labels.values()}]
        return same[0] if len(same) == 1 else ""


def salient(of: View) -> str:
    """The node that a reader wants first: the gravest gap, then the most links; empty where there is none."""
    return min((n.id for n in of.nodes), key=lambda i: (_gravity(of.by_id[i]), -len(of.joined[i]), i), default="")


def small(found: Shown, asked: Asked) -> Shown:
    """The same for a narrow screen: the chosen node, or the one that matters most, and what is beside it."""
    centre = next((i for i in (asked.node, found.centre) if i in found.view.by_id), "") or salient(found.view)
    if not centre:
        return found
    near = pocket.near(found.view, centre)
    return Shown(near, pocket.place(near, centre), centre)


def lacking(of: View) -> list[Node]:
    """The nodes with a gap: established first."""
    return sorted((n for n in of.nodes if n.state in ("gap", "check")), key=lambda n: (_gravity(n), n.id))


def _part(reading: Reading, asked: Asked) -> Shown:
    areas = None
    if asked.territory:
        lies = "SELECT territory FROM lies_in WHERE area = $area"
        areas = {row["territory"] for row in reading.query(lies, area=asked.territory)}
    part = views.narrow(whole(reading), asked.filters, areas)
    return Shown(part, layout.place(part))


def _neighbourhood(reading: Reading, asked: Asked) -> Shown:
    """The centre and what was expanded around it: what is placed stays where it is."""
    everything = whole(reading)
    centre = named(everything, asked.centre) if asked.centre else salient(everything)
    if not centre:
        return Shown(everything.keeping(()), layout.place(everything.keeping(())), missing=asked.centre)
    kept = views.narrow(everything, asked.filters, most=None)
    if centre not in kept.by_id:
        kept = replace(kept, nodes=(*kept.nodes, everything.by_id[centre]))
    near, places = views.around(kept, centre), None
    every = set(views.around(everything, centre).by_id)
    for name in ("", *asked.expanded):
        ids = _reached(kept, near.by_id, name)
        if len(ids) > MOST:
            break
        near = kept.keeping(ids)
        places = extended(places, near) if places else layout.place(near, centre)
        every = _reached(everything, every, name)
    counts = views.counted(everything.keeping(every))
    return Shown(replace(near, counts=counts, left_out=0), places or layout.place(near, centre), centre)


def _reached(of: View, ids: Iterable[str], name: str) -> set[str]:
    """Some ids, and those one step from all of them or from one."""
    start = set(ids)
    opened = start if name == EVERY else start & {name}
    return start | {j for i in opened for j in of.joined.get(i, ())}


def _facets(lights: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for told in lights:
        facet, _, value = told.partition(":")
        found.setdefault(facet, []).append(value)
    return found


def _gravity(node: Node) -> int:
    return STATES.index(node.state) if node.state else len(STATES)


def _several(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split(",") if part)
