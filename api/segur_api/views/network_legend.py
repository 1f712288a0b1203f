"""The legend of the page Réseau, which is its filter: what each sign means, how many there are, what is shown."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from segur_api.views.address import Address
from segur_api.views.network import Asked
from segur_api.views.network_panel import framed
from segur_graph.drawn import key, legend
from segur_graph.drawn.elements import NATURES, RELATIONS, STATES, View
from segur_graph.drawn.legend import GROUPS
from segur_graph.drawn.light import FACETS
from segur_graph.options import Lang

Sample = Callable[[str], Markup]
Named = Callable[[str, Lang], str]


@dataclass(frozen=True)
class Item:
    """A sign: its value, drawing, name and number; whether it is shown, whether in light, and what changes that."""

    value: str
    sample: Markup
    name: str
    count: int
    shown: bool
    lit: bool
    toggle: str


@dataclass(frozen=True)
class Section:
    """The signs of a facet."""

    facet: str
    title: str
    items: list[Item]


SECTIONS: dict[str, tuple[Sequence[str], Sample, Named]] = {
    "nature": (NATURES, key.nature, legend.word),
    "group": (tuple(GROUPS), key.group, legend.group),
    "relation": (tuple(reversed(RELATIONS)), key.relation, legend.relation),
    "state": (STATES, key.state, legend.word),
}


def sections(of: View, asked: Asked, here: Address, lang: Lang) -> list[Section]:
    """The facets of a view, each with the signs that there are before they are filtered."""
    return [Section(facet, legend.word(facet, lang), _items(facet, of, asked, here, lang)) for facet in FACETS]


def _items(facet: str, of: View, asked: Asked, here: Address, lang: Lang) -> list[Item]:
    order, sample, name = SECTIONS[facet]
    counts, kept = of.counts.get(f"{facet}s", {}), asked.values(facet)
    return [
        Item(
            value,
            framed(sample(value), "-19 -17 38 34", 30, "sample", 27),
            name(value, lang),
            counts.get(value, 0),
            not kept or value in kept,
            f"{facet}:{value}" in asked.light,
            here.here(light=",".join(_toggled(asked.light, f"{facet}:{value}")), node=None),
        )
        for value in order
        if counts.get(value) or value in kept
    ]


def _toggled(lights: Sequence[str], one: str) -> list[str]:
    return [told for told in lights if told != one] if one in lights else [*lights, one]
