"""What `segur template` writes: empty tables, a workbook that explains itself, an example with a gap of each kind."""

from datetime import date

import openpyxl  # type: ignore[import-untyped]
import pytest

from segur_graph import gaps
from segur_graph.errors import BadInput
from segur_graph.facts import TABLES
from segur_graph.tables import Tables
from segur_ingest import read, template


@pytest.fixture
def model(tmp_path):
    """The folder that a template is written into."""
    template.write(tmp_path / "model")
    return tmp_path / "model"


def test_the_example_shows_a_gap_of_each_kind(desk, model):
    """The example is imported without a doubt, and has a gap of each kind today."""
    ran = desk.run("import", model / "exemple")
    assert (ran.returncode, ran.stderr) == (0, "")
    report = gaps.report(Tables(desk.store.edition()), date.today())  # noqa: DTZ011 - the reader's own day
    example = {g.kind for g in report.gaps if any(p["source"]["id"] == "exemple" for p in g.premises)}
    assert example == set(gaps.kinds())


def test_the_example_is_plainly_fictional(model):
    """Every body and territory of the example says that it is fictional."""
    found = read.folder([model / "exemple"]).sheets
    labels = [*found["bodies"].columns["label"], *found["territories"].columns["label"]]
    assert all("fictive)" in label or "fictif)" in label for label in labels)


@pytest.mark.parametrize("name", ["vides", "modele.xlsx", "."])
def test_empty_tables_can_be_imported(model, name):
    """The empty tables, the workbook and the whole template hold every table and no row, and have no fault."""
    found = read.folder([model / name])
    assert not found.faults
    assert {table: len(sheet) for table, sheet in found.sheets.items()} == dict.fromkeys(TABLES, 0)


def test_the_workbook_explains_every_column(model):
    """Each sheet of the workbook is a header and nothing else; each of its cells has a note in French."""
    book = openpyxl.load_workbook(model / "modele.xlsx")
    assert book.sheetnames == list(TABLES)
    for sheet in book:
        assert sheet.max_row == 1
        assert [cell.value for cell in sheet[1]] == list(TABLES[sheet.title].names)
        for cell in sheet[1]:
            definition, *rest = cell.comment.text.split("\n")
            assert len(definition) > 20, (sheet.title, cell.value)
            assert rest[0] in ("Obligatoire.", "Vide : non dit.")


def test_the_workbook_lists_the_codes(model):
    """A column of codes has a list of them to choose from."""
    book = openpyxl.load_workbook(model / "modele.xlsx")
    lists = {str(v.sqref): v.formula1 for v in book["seats"].data_validations.dataValidation}
    assert lists["G2:G1048576"] == '"filled,vacant,unknown"'
    codes = {(t.name, c.name) for t in TABLES.values() for c in t.columns if c.kind == "code" and not c.many}
    assert sum(len(sheet.data_validations.dataValidation) for sheet in book) == len(codes)


def test_nothing_in_the_workbook_starts_a_formula(model):
    """No cell of the workbook is a formula, and its columns are text: a FINESS keeps its zero, 1/4 stays a share."""
    book = openpyxl.load_workbook(model / "modele.xlsx")
    assert not [c for sheet in book for row in sheet for c in row if c.data_type == "f" or str(c.value)[0] in "=+-@"]
    assert book["bodies"].column_dimensions["A"].number_format == "@"


def test_three_seats_filled_in_the_workbook_show_their_gap(desk, model):
    """Rows typed into the workbook are imported; the vacant seat is a gap, and is none once it is filled."""
    book = openpyxl.load_workbook(model / "modele.xlsx")
    typed: dict[str, list[dict]] = {
        "sources": [{"id": "moi", "title": "Mes mandats"}],
        "bodies": [{"id": "cdu-x", "kind": "instance", "type": "CDU", "label": "CDU", "source": "moi"}],
        "seats": [
            {"id": f"s{i}", "instance": "cdu-x", "group": "usagers", "position": "titulaire", "source": "moi"}
            | {"state": state, "observed_on": date(2026, 3, 1)}
            for i, state in enumerate(["filled", "vacant", "unknown"])
        ],
    }
    for table, rows in typed.items():
        for row in rows:
            book[table].append([row.get(name) for name in TABLES[table].names])
    book.save(desk.room / "mandats.xlsx")
    found = gaps.report(Tables(desk.take(desk.room / "mandats.xlsx")), date(2026, 6, 30), kind="vacant-seat").gaps
    assert [g.id for g in found] == ["vacant-seat:cdu-x"]
    book["seats"]["G3"] = "filled"
    book.save(desk.room / "mandats.xlsx")
    assert not gaps.report(Tables(desk.take(desk.room / "mandats.xlsx")), date(2026, 6, 30), kind="vacant-seat").gaps


def test_a_template_overwrites_nothing(desk, model):
    """A folder that holds something is refused."""
    with pytest.raises(BadInput, match="vide"):
        template.write(model)
    assert desk.run("template", model).returncode == 2
