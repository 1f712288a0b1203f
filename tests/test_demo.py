"""The fictional region: what it shows is justified line by line, it names itself, and it stays apart."""

import csv
import tomllib
import zipfile
from datetime import date, timedelta
from pathlib import Path

import pytest

from segur_graph import check, export, gaps
from segur_graph.drawn import drawing
from segur_graph.drawn.view import Filters
from segur_graph.facts import TABLES
from segur_graph.tables import Tables
from segur_ingest import demo, importing, signal
from segur_ingest.build import build, shipped
from segur_ingest.faults import Faulty
from segur_ingest.signal import Seen

FROZEN = tomllib.loads((Path(__file__).parent / "demo.toml").read_text("utf-8"))
DAY = date(2026, 11, 25)
LABELLED = ("bodies", "measures", "meetings", "territories")
RDF_OR_TABLES, DRAWN = ("ttl", "csv"), ("svg", "html", "graphml", "gexf")


@pytest.fixture(scope="module")
def region(real):
    """The demonstration's store in November 2026."""
    store = demo.store(real)
    demo.publish(store, DAY)
    return store


@pytest.fixture(scope="module")
def report(region):
    """What the demonstration tells on its day."""
    return gaps.report(Tables(region.edition()), DAY)


@pytest.fixture(scope="module")
def exported(region, fresh):
    """The files of an export, by suffix."""
    folder, edition = fresh(), region.edition()
    for form in RDF_OR_TABLES:
        export.write(edition, folder / f"demo.{form}", form)
    for form in DRAWN:
        content = drawing.content(Tables(edition), form, DAY, "fr", Filters(""))
        export.put(folder / f"demo.{form}", content)
    return folder


def test_what_it_shows_is_what_was_justified(report):
    """Each gap and unknown has its sentence in demo.toml, with whether it is first to be checked."""
    told = {gap.id: not gap.established(DAY) for gap in report.gaps}
    told |= {u.id: False for u in report.unknowns}
    assert told == {name: said.get("check", False) for name, said in FROZEN.items()}


def test_it_shows_every_kind_and_every_answer(report):
    """Every kind of gap, every kind of unknown, and the three answers are there."""
    assert {gap.kind for gap in report.gaps} == set(gaps.kinds())
    kinds = {rule.front["unknown"] for rule in gaps.rules().values() if "unknown" in rule.front}
    assert {u.kind for u in report.unknowns} == kinds
    assert all(report.counts)


@pytest.mark.parametrize("months", [1, 4, 15])
def test_it_is_the_same_whatever_the_month(months, tmp_path, world, report):
    """What is shown does not hang on the month in which it is asked for."""
    day = DAY + timedelta(days=30 * months)
    now = world([*demo.sources(tmp_path, day), *(s for s in shipped() if s.id in demo.REAL)])
    told = now.on(day.isoformat())
    assert (told.counts, {g.id for g in told.gaps}) == (report.counts, {g.id for g in report.gaps})


def test_every_name_says_that_it_is_fictional(region):
    """Every body, measure, meeting and territory says so in its names, and every source in its title."""
    tables = Tables(region.edition())
    said = [row["label"] for name in LABELLED for row in tables.query(f"FROM {name}")]
    said += [row["label_en"] for name in ("bodies", "measures") for row in tables.query(f"FROM {name}")]
    said += [row["title"] for row in tables.query("FROM sources WHERE id NOT IN ('norms', 'types')")]
    assert not [label for label in said if "fict" not in label.lower()]


def test_it_has_no_territory_of_france(region):
    """Its territories bear codes that the official list has not."""
    ours = {row["code"] for row in Tables(region.edition()).query("FROM territories")}
    official = {row["code"] for s in shipped() if s.id == "territories" for row in s.rows(TABLES["territories"])}
    assert len(ours) == 4
    assert not ours & official


def test_its_facts_need_no_correction(region):
    """The shapes find nothing to correct."""
    assert not [f for f in check.findings(region.edition()) if f.severity == "Violation"]


def test_its_edition_is_named_fictional(region, real):
    """Its edition's id says what it is; the real one's does not."""
    assert region.edition().id.startswith("fictif.")
    assert region.edition().fictional
    assert not real.edition().fictional


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_command_line_says_so(segur, region, lang):
    """Whatever a command writes, standard error names the region fictional."""
    done = segur("--store", region.folder, "--lang", lang, "gaps", "--format", "csv")
    assert done.stderr.startswith({"fr": "RÉGION FICTIVE", "en": "FICTIONAL REGION"}[lang])


@pytest.mark.parametrize("form", ["ttl", *DRAWN])
def test_every_export_says_so(exported, form):
    """Every export holds names that say so."""
    assert "(fictive)" in (exported / f"demo.{form}").read_text("utf-8")


def test_an_export_cannot_be_imported_as_real(exported, real):
    """Its tables are refused, and the store stays as it was."""
    before = real.edition().id
    with zipfile.ZipFile(exported / "demo.csv") as tables:
        tables.extractall(exported / "tables")
    with pytest.raises(Faulty, match="réservé à la région de démonstration"):
        importing.plan(real, [exported / "tables"])
    assert real.edition().id == before


def test_what_is_reported_there_stays_there(region, real, tmp_path):
    """A seat reported in the region changes its store alone, and its rows find nothing to point to elsewhere."""
    before = real.edition().id
    seen = Seen("cdu-sornette-t2", "cdu-sornette", "titulaire", "filled", DAY.isoformat(), "Compte rendu fictif")
    after = signal.signal(region, seen)
    ids = {g.id for g in gaps.report(Tables(after), DAY).gaps}
    assert after.fictional
    assert "vacant-seat:cdu-sornette" not in ids
    assert "thin-bench:cdu-sornette" in ids
    assert real.edition().id == before
    mine = next(c.source for c in after.chosen() if c.origin == "user")
    for table in mine.tables():
        _write(tmp_path / f"{table.name}.csv", table, mine)
    with pytest.raises(Faulty, match="cdu-sornette"):
        importing.plan(real, [tmp_path])
    importing.remove(region, signal.SOURCE)
    assert region.edition().id.startswith("fictif.")


def _write(file, table, source):
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, table.names, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(source.rows(table))


def test_the_trial_spreadsheet_fills_the_seat_of_the_visit(region, tmp_path):
    """The spreadsheet of the visit is taken, and closes the gap of its first steps."""
    (tmp_path / "tableur.xlsx").write_bytes(demo.spreadsheet(DAY))
    after = importing.publish(region, importing.plan(region, [tmp_path / "tableur.xlsx"]))
    assert "vacant-seat:cdu-sornette" not in {g.id for g in gaps.report(Tables(after), DAY).gaps}


def test_it_keeps_what_was_added_until_it_begins_afresh(region):
    """What was imported is still there the next time, and goes when asked."""
    assert "mon-tableur" in {c.source.id for c in demo.publish(region, DAY).chosen()}
    assert "mon-tableur" not in {c.source.id for c in demo.publish(region, DAY, afresh=True).chosen()}


def test_none_of_its_own_sources_can_be_removed(region):
    """What it is made of stays."""
    with pytest.raises(Exception, match="livrée avec le programme"):
        importing.remove(region, "fictif-registre")


def test_nothing_of_the_real_documents_stands_in_it(region):
    """Of what ships, only the law is in it, and a build adds nothing."""
    again = build(region)
    assert {c.source.id for c in again.chosen() if not c.source.id.startswith("fictif-")} == set(demo.REAL)
