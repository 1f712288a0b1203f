"""Files are read in every form that spreadsheet programs give them, and to the same cells."""

import csv
import io
import zipfile
from datetime import date

import openpyxl  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st

from segur_ingest import read

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=20)
FRENCH = st.text("abcéèçœ’€ \"',;|=+-@", max_size=20)


def labels(*paths):
    """The labels of the measures that are read."""
    found = read.folder(paths)
    assert not found.faults
    return found.sheets["measures"].columns["label"]


def kept(values):
    """What is kept of cells: no spaces around."""
    return [value.strip() for value in values]


def measures(values, separator=","):
    """A table of measures as text, with these labels."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator)
    writer.writerow(["id", "kind", "label", "source"])
    writer.writerows([f"m{i}", "proposal", value, "a"] for i, value in enumerate(values))
    return text.getvalue()


@given(st.lists(TEXT), st.sampled_from(",;\t"), st.sampled_from(["utf-8", "utf-8-sig"]))
def test_a_csv_is_read_as_it_was_written(fresh, values, separator, encoding):
    """Whatever the separator, with or without a mark, cells come back as they were."""
    path = fresh() / "measures.csv"
    path.write_bytes(measures(values, separator).encode(encoding))
    assert labels(path) == kept(values)


@given(st.lists(FRENCH, min_size=1))
def test_a_windows_csv_is_read_as_it_was_written(fresh, values):
    """A CSV that an old Excel wrote in cp1252 is read with its accents."""
    path = fresh() / "measures.csv"
    path.write_bytes(measures([*values, "é"], ";").encode("cp1252"))
    assert labels(path) == kept([*values, "é"])


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\n\n", "\r\n ; ;\r\n"])
def test_line_ends_and_blank_rows_do_not_matter(tmp_path, end):
    """A table is the same whatever ends its lines, and with blank rows between them."""
    path = tmp_path / "measures.csv"
    path.write_bytes(measures(["x", "y"], ";").replace("\r\n", end).encode())
    assert labels(path) == ["x", "y"]


def test_line_ends_in_a_cell_are_of_one_kind(tmp_path):
    """A line end in a cell is kept as one character, whichever program wrote it."""
    path = tmp_path / "measures.csv"
    path.write_bytes(measures(["a\r\nb", "a\rb", "a\nb"]).encode())
    assert set(labels(path)) == {"a\nb"}


def test_a_zip_is_read_as_the_folder_in_it(desk):
    """A zip of tables, or of the one folder that holds them, gives the edition of the folder."""
    folder = desk.write("register", desk.base)
    edition = desk.take(folder)
    for top in ("", "register/"):
        with zipfile.ZipFile(desk.room / "register.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            for path in folder.iterdir():
                archive.write(path, f"{top}{path.name}")
            archive.writestr("__MACOSX/._seats.csv", "junk")
        assert desk.take(desk.room / "register.zip").id == edition.id


def test_a_workbook_is_read_as_the_folder(desk):
    """A workbook, a folder, a workbook in a zip, and files one by one give the same edition."""
    folder, book = desk.write("register", desk.base), desk.write("register.xlsx", desk.base)
    with zipfile.ZipFile(desk.room / "register.zip", "w") as archive:
        archive.write(book, book.name)
    edition = desk.take(folder)
    assert desk.take(book).id == edition.id
    assert desk.take(desk.room / "register.zip").id == edition.id
    assert desk.take(*folder.iterdir()).id == edition.id


def test_what_is_no_table_is_passed_over(desk):
    """A note, a hidden file and the lock of an open workbook lie beside the tables and are not read."""
    folder = desk.write("register", desk.base)
    for name in ("LISEZMOI.txt", ".hidden.csv", "~$register.xlsx", "expected.json"):
        (folder / name).write_text("x")
    assert desk.take(folder)


def test_cells_of_excel_become_text(tmp_path):
    """Days are written YYYY-MM-DD, whole numbers without decimals, zeros that are shown are kept, formulas are text."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "measures"
    sheet.append(["id", "kind", "label", "source", "date", "pillar", "theme"])
    sheet.append([10780054, "proposal", "=1+1", "a", date(2026, 3, 1), 4.0, 0.25])
    sheet["A2"].number_format = "000000000"
    book.save(tmp_path / "register.xlsx")
    found = read.folder([tmp_path / "register.xlsx"]).sheets["measures"]
    cells = next(found.cells("id", "label", "date", "pillar", "theme"))
    assert cells == ("010780054", "=1+1", "2026-03-01", "4", "0.25")


def test_a_formula_stays_text_from_end_to_end(desk):
    """A text that begins with = is kept as it is."""
    desk.bring(*desk.base, ("measures", {"id": "n", "label": '=HYPERLINK("x")'}))
    source = next(c.source for c in desk.store.edition().chosen() if c.source.id == "a")
    assert '=HYPERLINK("x")' in {
        row["label"] for table in source.tables() for row in source.rows(table) if "label" in row
    }


def test_progress_is_told(tmp_path):
    """Reading tells how far it is, from nothing to all."""
    path = tmp_path / "measures.csv"
    path.write_text(measures(["x" * 1000] * 3000))
    told = []
    read.folder([path], advance=lambda step, done, total: told.append((step, done, total)))
    size = path.stat().st_size
    assert told[0] == ("read", 0, size)
    assert told[-1] == ("read", size, size)
    assert len(told) > 3
