"""Fixtures of the pages: what ships and a small register of invented bodies (`world`), served; a reader of pages."""

import csv
import json
import re
import shutil
import socket
import threading
import time
from html.parser import HTMLParser
from pathlib import Path

import pytest
import uvicorn
from starlette.testclient import TestClient

from segur_api import demonstration
from segur_api.app import create_app
from segur_graph.edition import Chosen
from segur_graph.facts import TABLES
from segur_graph.options import Settings
from segur_graph.source import sources_in
from segur_graph.store import Store
from segur_ingest.build import choose, shipped

DATA = Path(__file__).parent / "world"
# Pages of every sort: those of the menu, a proof, a fiche of each kind of thing.
SHOWN = (
    "/",
    "/?territory=REG-76",
    "/lacunes",
    "/lacunes?severity=high&standing=established",
    "/lacunes/structural:EPS_CME",
    "/lacunes/vacant-seat:cdu-310000002",
    "/co-signatures",
    "/co-signatures?party=ars-occitanie",
    "/propositions?also=yes",
    "/propositions?q=rien+de+tel",
    "/etapes",
    "/territoires",
    "/territoires/comparer?a=REG-76&b=REG-11",
    "/reseau?territory=REG-76",
    "/reseau?view=near&centre=types/CME&node=types/CME",
    "/reseau?view=table&nature=actor",
    "/reseau/chemin?from=france-assos-sante-occitanie&to=prefecture-de-region-occitanie",
    "/donnees",
    "/chercher?q=cme",
    "/requetes",
    "/requetes/neighbourhood",
    "/requetes/stages-by-measure",
    "/sparql",
    "/comparer?a=2020-01-01&b=2026-06-30",
    "/importer",
    "/signaler",
    "/doc/types/EPS_CME",
    "/doc/bodies/cdu-310781406",
    "/doc/bodies/groupe-essai",
    "/doc/measures/doc-000-diffusion-cosignee",
    "/doc/meetings/seance-crsa-2026-05-12",
    "/doc/seats/s1",
    "/doc/norms/EPS_CME-2010-05-03",
    "/doc/sources/registre",
    "/doc/territories/REG-76",
    "/nulle-part",
)
PAYLOAD = "<script>alert(1)</script>\"><img src=x onerror=alert(2)>' javascript:alert(3)"


class Page(HTMLParser):
    """What a page holds: elements with their attributes, texts, links."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.said, self.blocks = [], [], []
        self._open = ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        """Notes an element."""
        self.elements.append((tag, dict(attrs)))
        self._open = tag if tag == "script" else self._open

    def handle_endtag(self, tag):
        """Notes the end of a script."""
        self._open = "" if tag == self._open else self._open

    def handle_data(self, data):
        """Notes a text, apart where it is a script's."""
        (self.blocks if self._open else self.said).append(data)

    @property
    def text(self):
        """What a reader reads, every space a plain one."""
        return re.sub(r"[\s\u00a0\u202f]+", " ", "".join(self.said))

    def all(self, tag, **attributes):
        """The attributes of the elements of a name; `class_` stands for `class`."""
        wanted = {name.rstrip("_"): value for name, value in attributes.items()}
        return [a for t, a in self.elements if t == tag and wanted.items() <= a.items()]

    @property
    def links(self):
        """Where the page leads."""
        return [a["href"] for t, a in self.elements if t in ("a", "link") and a.get("href")]


@pytest.fixture(scope="session")
def store(fresh):
    """The folder of a store that holds what ships and the small register."""
    return _published(fresh(), choose(sources_in(DATA)))


def _published(folder, chosen):
    store = Store(folder)
    with store.writing():
        store.publish(chosen)
    return folder


def _client(folder):
    return TestClient(create_app(Settings(store=str(folder))), headers={"Accept": "text/html"})


@pytest.fixture(scope="session")
def client(store):
    """The pages over what ships and the small register."""
    return _client(store)


@pytest.fixture(scope="session")
def site(store):
    """The address of a server over the same, the demonstration beside it."""
    listening = socket.create_server(("127.0.0.1", 0))
    settings = Settings(store=str(store))
    app = demonstration.beside(create_app(settings), settings)
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", ws="none"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)
    listening.close()


@pytest.fixture(scope="session")
def hostile(fresh):
    """The same, with an attack in every text."""
    folder = fresh()
    for source in (*sources_in(DATA), *shipped()):
        _poison(Path(shutil.copytree(source.folder, folder / "in" / source.id)))
    return _client(_published(folder / "store", [Chosen(s, "user") for s in sources_in(folder / "in")]))


def _poison(folder):
    for file in folder.glob("*.csv"):
        table = TABLES.get(file.stem)
        with file.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines))
        texts = {c.name for c in table.columns if c.kind == "text"} if table else set()
        with file.open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, rows[0])
            writer.writeheader()
            writer.writerows({n: _attack(n) if n in texts and cell else cell for n, cell in r.items()} for r in rows)
    manifest = dict.fromkeys(("title", "publisher", "licence"), PAYLOAD) | {
        "id": folder.name,
        "url": "javascript:alert(4)",
    }
    lines = [f"{name} = {json.dumps(cell)}\n" for name, cell in manifest.items()]
    (folder / "manifest.toml").write_text("".join(lines), "utf-8")


def _attack(column):
    return "javascript:alert(5)" if column.endswith("url") else PAYLOAD


@pytest.fixture(params=["fr", "en"])
def lang(request):
    """Either language."""
    return request.param


@pytest.fixture(params=SHOWN)
def path(request):
    """A page of every sort."""
    return request.param


@pytest.fixture(params=[p for p in SHOWN if p.startswith("/doc/")])
def fiche(request):
    """A fiche of every kind of thing."""
    return request.param


@pytest.fixture(scope="session")
def shown():
    """A page of every sort, all of them."""
    return SHOWN


@pytest.fixture(scope="session")
def parse():
    """Reads a page's text."""
    return Page


@pytest.fixture(scope="session")
def read():
    """Reads a page in a language, from one of the services; it answers with a status."""

    def take(client, path, lang="fr", status=None):
        answer = client.get(f"{path}{'&' if '?' in path else '?'}lang={lang}")
        assert status in (None, answer.status_code), path
        return Page(answer.text)

    return take


@pytest.fixture
def page(client, read):
    """Reads a page that is there, or that answers with another status."""
    return lambda path, lang="fr", status=200: read(client, path, lang, status)
