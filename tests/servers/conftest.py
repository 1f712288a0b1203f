"""Real servers on loopback, one of each for the session; a test that needs one is skipped where it cannot be had."""

import importlib
import os
from datetime import date
from pathlib import Path

import pytest

from segur_graph import asking, gaps, served, slots
from segur_graph.catalogue import catalogue
from segur_graph.graphs.oxigraph import Embedded
from segur_graph.store import Store
from segur_graph.tables import Tables
from segur_ingest import importing, synth
from segur_ingest.build import shipped

SCRIPT = Path(__file__).parents[2] / "scripts" / "servers.py"


@pytest.fixture(scope="session")
def servers():
    """The script that starts them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(SCRIPT.parent)
        # They live for a minute: Java's quick compiler alone spares two fifths of the time.
        patch.setenv("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1")
        yield importlib.import_module(SCRIPT.stem)


def _started(servers, name):
    try:
        with servers.running(name) as server:
            yield server
    except servers.Missing as missing:
        pytest.skip(f"{name}: {missing}")


@pytest.fixture(scope="session")
def neo4j(servers):
    """A Neo4j Community server; the environment has its password."""
    for server in _started(servers, "neo4j"):
        with pytest.MonkeyPatch.context() as patch:
            patch.setitem(os.environ, "SEGUR_NEO4J_PASSWORD", server.password)
            yield server


@pytest.fixture(scope="session")
def fuseki(servers):
    """An Apache Jena Fuseki in memory."""
    yield from _started(servers, "fuseki")


@pytest.fixture(scope="session")
def oxigraph(servers):
    """An `oxigraph serve` in memory."""
    yield from _started(servers, "oxigraph")


@pytest.fixture(scope="session", params=["fuseki", "oxigraph"])
def sparql(request):
    """Each SPARQL server."""
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="session", params=["golden", "synthetic"])
def whole(request, edition, fresh):
    """The tables of all that ships, alone and under a small synthetic register."""
    if request.param == "golden":
        return Tables(edition(shipped()))
    folder = fresh()
    synth.write(folder / "register", 0.001)
    store = Store(folder / "store")
    return Tables(importing.publish(store, importing.plan(store, [folder / "register"])))


@pytest.fixture(scope="session")
def told():
    """The reports of some days."""

    def make(tables, *days):
        return [gaps.report(tables, date.fromisoformat(day)) for day in days]

    return make


@pytest.fixture(scope="session")
def small(folders, edition):
    """Makes an edition in which two sources tell of one CDU, or one of them alone."""

    def make(*chosen):
        tables = {
            "sources": ["id,date", "a,2024-01-01", "b,2025-01-01"],
            "types": ["code,kind,label,group,source", "FAS,actor,FAS,usagers,a", "CDU,instance,CDU,,a"],
            "bodies": [
                "id,kind,type,label,status,source,locator",
                "cdu,instance,CDU,La CDU,existing,a,",
                "fas,actor,FAS,L’association,,a,p. 2",
                "cdu,instance,CDU,La CDU du CHU,,b,",
            ],
            "seats": [
                "id,instance,group,position,state,held_for,holder,mandate_from,observed_on,source",
                "s,cdu,usagers,titulaire,filled,fas,person-7,2024-02-01,2025-01-01,b",
            ],
            "memberships": ["body,member,modality,source", "cdu,fas,effective,b", "cdu,CDU.other,effective,b"],
        }
        return edition([source for source in folders(**tables) if not chosen or source.id in chosen])

    return make


def rows_of(answer):
    """The rows of an answer, in one order whoever gives them."""
    return sorted(answer.rows, key=repr)


@pytest.fixture(scope="session")
def asked():
    """Asks each question over the graph with its example and some other values, here and of a server.

    Both answers, by question and values.
    """

    def pairs(tables, url):
        now = tables.on(date(2026, 6, 30))
        here = Embedded(tables.edition.graph())
        for question in catalogue().questions.values():
            if not question.dated:
                for given in _several(question, now):
                    own = asking.ask(question, now, lambda: here, given)
                    yield question.name, given, rows_of(own), rows_of(served.ask(question, now, url, given))

    return pairs


def _several(question, now):
    """The values of a question's example, and the first and the last that each parameter proposes."""
    example = question.examples
    yield example
    for name, parameter in question.front.parameters.items():
        values = slots.proposed(parameter, now, "fr")
        for value, _ in [*values[:1], *values[-1:]]:
            yield example | {name: value}
