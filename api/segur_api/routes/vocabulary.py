"""The words: the ontology at `/def`, the code lists at `/scheme/…`."""

from functools import cache

import pyoxigraph as ox
from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse, HTMLResponse

from segur_api import linked, reference
from segur_api.deps import Read
from segur_api.errors import NotAcceptable, NotFound, documented
from segur_api.linked import RDF_FORMS, SUFFIXES
from segur_api.negotiate import best
from segur_graph.names import BASE
from segur_graph.options import Lang
from segur_graph.shipped import data

router = APIRouter(tags=["vocabulary"])

ONTOLOGY = "segur.ttl"
FORMS = ("text/html", *RDF_FORMS)


@router.get("/def", response_class=Response, responses=documented(406, 422))
@router.get("/def.{suffix}", response_class=Response, responses=documented(404, 422))
def ontology(request: Request, reading: Read, suffix: str = "") -> Response:
    """The ontology: its classes and properties."""
    return _as(request, reading.lang, ONTOLOGY, f"{BASE}def", suffix)


@router.get("/scheme/{scheme}", response_class=Response, responses=documented(404, 406, 422))
@router.get("/scheme/{scheme}/{code}", response_class=Response, responses=documented(404, 406, 422))
def concept(request: Request, reading: Read, scheme: str, code: str = "") -> Response:
    """A code list, or one of its codes."""
    name, dot, suffix = (code or scheme).rpartition(".")
    known = suffix if dot and suffix in SUFFIXES else ""
    own = name if known else code or scheme
    path = f"{scheme}/{own}" if code else own
    return _as(request, reading.lang, "concepts.ttl", f"{BASE}scheme/{path}", known)


def _as(request: Request, lang: Lang, file: str, iri: str, suffix: str) -> Response:
    """The triples of an ontology file that lie under an IRI, in the form asked for."""
    triples, prefixes = _read(file)
    told = [t for t in triples if file == ONTOLOGY or _under(t.subject, iri)]
    if not told or suffix not in ("", *SUFFIXES) or SUFFIXES.get(suffix) == "text/csv":
        raise NotFound
    media = SUFFIXES[suffix] if suffix else best(request.headers.get("accept", ""), FORMS)
    if media is None:
        raise NotAcceptable(", ".join(FORMS))
    if media == "text/html":
        return HTMLResponse(reference.vocabulary(told, prefixes, lang, iri, request.scope.get("root_path", "")))
    if media == "text/turtle" and file == ONTOLOGY:
        return FileResponse(data("ontology") / file, media_type=media)  # as it is written, with its comments
    return Response(linked.write(told, media, prefixes), media_type=media)


def _under(subject: ox.NamedNode | ox.BlankNode | ox.Triple, iri: str) -> bool:
    return isinstance(subject, ox.NamedNode) and (subject.value == iri or subject.value.startswith(f"{iri}/"))


@cache
def _read(file: str) -> tuple[list[ox.Triple], dict[str, str]]:
    """The triples of an ontology file, and its prefixes."""
    parser = ox.parse(path=str(data("ontology") / file), format=ox.RdfFormat.TURTLE)
    return [quad.triple for quad in parser], parser.prefixes
