"""Fixtures.

A test shows one thing, with the smallest data that shows it. The world is empty unless a test asks for more: it hands
over the tables it needs as CSV lines, a header and some rows, and says no other column. Rows are of the source `a`
unless they name another; a source is its id alone unless the test says more. What ships with the package is not there
unless asked for. Nothing is read from beside the tests but what lies in this folder; the package's own data are reached
through the package, so that the same tests run on a wheel.

pytest imports tests one by one (importlib mode), so helpers are fixtures. They make a fresh folder each time they are
called and live as long as the session, as Hypothesis needs it.
"""

import csv
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

import pytest
from hypothesis import settings

from segur_graph import cli, gaps
from segur_graph.compiling import compile
from segur_graph.edition import Chosen, Edition
from segur_graph.facts import TABLES
from segur_graph.source import Source, sources_in
from segur_graph.store import Store
from segur_graph.tables import Tables
from segur_ingest.build import build

# How many worlds are kept for a test that asks for the same one again.
KEPT = 8

settings.register_profile("sober", deadline=None, derandomize=True)
settings.load_profile("sober")


@dataclass
class World:
    """An edition of a few rows, and what follows from it on a day."""

    edition: Edition
    reports: dict = field(default_factory=dict)

    @cached_property
    def tables(self):
        """The edition's tables."""
        return Tables(self.edition)

    def on(self, day="2026-06-30", **asked):
        """The report of a day, made once."""
        key = (day, repr(asked))
        if key not in self.reports:
            self.reports[key] = gaps.report(self.tables, date.fromisoformat(day), **asked)
        return self.reports[key]

    def ids(self, day="2026-06-30", **asked):
        """What is told on a day: `kind:focus` of the gaps and of the unknowns."""
        report = self.on(day, **asked)
        return {told.id for told in report.told}

    def about(self, focus, day="2026-06-30", **asked):
        """The kinds of gap and unknown that are told of one focus."""
        return {kind for kind, _, told in (i.partition(":") for i in self.ids(day, **asked)) if told == focus}

    def gap(self, name, day="2026-06-30", **asked):
        """One gap of a day."""
        return next(g for g in self.on(day, **asked).gaps if g.id == name)

    def unknown(self, name, day="2026-06-30", **asked):
        """One unknown of a day."""
        return next(u for u in self.on(day, **asked).unknowns if u.id == name)

    def whole(self, day="2026-06-30", **asked):
        """Completeness on a day: required, filled, vacant, missing, unknown."""
        found = self.on(day, **asked).completeness
        return [found[name] for name in ("required", "filled", "vacant", "missing", "unknown")]


@pytest.fixture(scope="session")
def fresh(tmp_path_factory):
    """Makes an empty folder; all are removed in the end."""
    root = tmp_path_factory.mktemp("worlds")
    yield lambda: Path(tempfile.mkdtemp(dir=root))
    shutil.rmtree(root)


@pytest.fixture(scope="session")
def folders(fresh):
    """Makes the source folders of some tables in CSV lines."""

    def make(into=None, **tables):
        into = into or fresh()
        said = {row["id"]: row for row in csv.DictReader(tables.pop("sources", ()))}
        of: dict = defaultdict(lambda: defaultdict(list))
        for table, lines in tables.items():
            for row in csv.DictReader(lines):
                row["source"] = row.get("source") or "a"
                of[row["source"]][table].append(row)
        return [_write(into / name, said.get(name, {"id": name}), of[name]) for name in sorted(said.keys() | of)]

    return make


def _write(folder, manifest, tables):
    folder.mkdir(parents=True, exist_ok=True)
    cells = {"title": manifest["id"]} | {name: cell for name, cell in manifest.items() if cell}
    lines = [f"{name} = {json.dumps(cell, ensure_ascii=False)}\n" for name, cell in cells.items()]
    (folder / "manifest.toml").write_text("".join(lines), "utf-8")
    for table, rows in tables.items():
        with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, TABLES[table].names)
            writer.writeheader()
            writer.writerows(rows)
    return Source(folder)


@pytest.fixture(scope="session")
def edition(fresh):
    """Compiles the edition of some sources, from a parent where one is given."""

    def make(sources, parent=None, into=None):
        return compile([Chosen(s, "user") for s in sources], parent, into or fresh())

    return make


def _only_read(compilation, advance):
    for _ in compilation.lines(compilation.sources, advance):
        pass


@pytest.fixture(scope="session")
def world(folders, edition):
    """Makes the world of some tables in CSV lines, lying over some sources; the same tables make one world.

    Its graph is left out, and compiled by the edition itself where a test asks for it.
    """
    made: dict[str, World] = {}

    def make(over=(), **tables):
        key = repr(([s.folder for s in over], tables))
        if key not in made:
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr("segur_graph.compiling._Compilation.write_graph", _only_read)
                made[key] = World(edition([*over, *folders(**tables)]))
            if len(made) > KEPT:
                made.pop(next(iter(made)))
        return made[key]

    return make


@pytest.fixture(scope="session")
def golden(edition):
    """The edition of the golden part of the shipped facts, which `scripts/make_golden.py` picks."""
    return edition(sources_in(Path(__file__).parent / "golden" / "sources"))


@pytest.fixture(scope="session")
def segur():
    """Runs `segur` as a user types it, in a process of its own."""

    def run(*arguments):
        command = ["segur", *map(str, arguments)]
        return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, timeout=120)

    return run


@pytest.fixture
def run(monkeypatch, capsys, store):
    """Runs `segur` in this process on the module's store: the exit code, standard output, standard error."""
    monkeypatch.setenv("SEGUR_STORE", str(store.folder))

    def go(*arguments):
        monkeypatch.setattr(sys, "argv", ["segur", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        return ended.value.code or 0, *capsys.readouterr()

    return go


@pytest.fixture(scope="session")
def shared():
    """The folder `../shared`; a test that needs it is skipped where it is not there."""
    folder = Path(__file__).parents[2] / "shared"
    if not folder.is_dir():
        pytest.skip("../shared is not there")
    return folder


@pytest.fixture(scope="session")
def documented():
    """The question files of docs/questions.md by name; skipped where the pages are not there."""
    page = Path(__file__).parents[1] / "docs" / "questions.md"
    if not page.is_file():
        pytest.skip("docs/ is not there")
    found = re.findall(r"`queries/([\w.-]+)`:\n\n```\w+\n(.*?)```", page.read_text("utf-8"), re.DOTALL)
    return dict(found)


@pytest.fixture(scope="module")
def real(fresh):
    """A store of what ships."""
    store = Store(fresh() / "store")
    build(store)
    return store


@pytest.fixture(scope="module")
def chromium():
    """A Chromium without a network of its own; a module's, since its event loop would be in the way of others."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("no Chromium is installed")
    from playwright.sync_api import sync_playwright

    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=program, args=flags)
        yield browser
        browser.close()
