"""The sources of an edition: the user's, and those that ship where the user's do not stand in their place."""

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

from segur_graph.edition import Advance, Chosen, Edition, quiet
from segur_graph.source import Source, sources_in
from segur_graph.store import Store


def shipped(edition: Edition | None = None) -> list[Source]:
    """The sources that ship with the package; under an edition of a fictional region, those that it was made of."""
    if edition is not None and edition.fictional:
        return [c.source for c in edition.chosen() if c.origin == "shipped"]
    return sources_in(Path(str(files("segur_ingest"))) / "sources")


def users(edition: Edition | None) -> list[Source]:
    """The sources of an edition that are the user's."""
    return [c.source for c in edition.chosen() if c.origin == "user"] if edition else []


def choose(mine: Sequence[Source], edition: Edition | None = None) -> list[Chosen]:
    """The user's sources, and the shipped ones (those of `shipped(edition)`) whose id the user's do not bear."""
    ids = {s.id for s in mine}
    return [Chosen(s, "user") for s in mine] + [Chosen(s, "shipped") for s in shipped(edition) if s.id not in ids]


def build(store: Store, advance: Advance = quiet) -> Edition:
    """Publishes the edition of the shipped sources and the user's."""
    with store.writing():
        edition = store.current()
        return store.publish(choose(users(edition), edition), advance)
