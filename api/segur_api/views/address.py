"""Links: the view's state is its address, and every link keeps the language, the date and the edition."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, urlencode, urlsplit

from fastapi import Request

from segur_graph.names import thing

KEPT = ("lang", "as_of", "edition", "visite")
# What may be said several times, as the boxes of a form do; links say it once, with commas.
SEVERAL = ("nature", "group", "relation", "state", "pillar")


@dataclass(frozen=True)
class Address:
    """Where the reader is."""

    path: str
    query: dict[str, str]
    root: str = ""  # where the application is mounted

    @classmethod
    def of(cls, request: Request) -> "Address":
        """The address of a request."""
        query: dict[str, str] = {}
        for name, value in request.query_params.multi_items():
            several = name in query and name in SEVERAL
            query |= {name: f"{query[name]},{value}" if several else value} if value else {}
        return cls(request.url.path, query, request.scope.get("root_path", ""))

    def to(self, path: str, **query: str | None) -> str:
        """A link to another page."""
        kept = {name: self.query[name] for name in KEPT if name in self.query}
        if path.startswith("/api/"):
            kept.pop("visite", None)  # the API refuses what it does not know
        return _link(self.root + path, kept | query)

    def here(self, **query: str | None) -> str:
        """A link to this page with some of its state changed; None takes it away."""
        return _link(self.path, self.query | query)

    def without(self, names: Iterable[str]) -> str:
        """A link to this page with some of its state taken away."""
        return self.here(**dict.fromkeys(names))

    def doc(self, table: str, key: str) -> str:
        """A link to the fiche of a thing."""
        return self.to(f"/doc/{table}/{quote(key, safe=':')}")

    def iri(self, iri: str) -> str:
        """A link to the fiche of what an IRI of ours names."""
        return self.doc(*thing(iri))

    def gap(self, gap: str) -> str:
        """A link to the proof of a gap."""
        return self.to(f"/lacunes/{quote(gap, safe=':')}")

    @property
    def state(self) -> str:
        """The whole address, without the server's name."""
        return self.here()


def outside(url: str | None) -> str:
    """The address of a page elsewhere, or nothing where a browser might run it."""
    try:
        return url if url and urlsplit(url).scheme in ("http", "https") else ""
    except ValueError:
        return ""


def _link(path: str, query: dict[str, str] | dict[str, str | None]) -> str:
    said = {name: value for name, value in query.items() if value}
    return f"{path}?{urlencode(said)}" if said else path
