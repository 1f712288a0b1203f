"""Hostile files end in a fault that names the file, never in a traceback, a hang or a file elsewhere."""

import os
import re
import zipfile

import pytest

from segur_ingest import limits, read, read_xlsx

DOCTYPE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]>'


def told(*paths):
    """What is said of the files as a whole: place and line, and what was expected."""
    return [(f"{f.place}:{f.line}", f.expected) for f in read.folder(paths).faults]


def zipped(path, *members, compression=zipfile.ZIP_DEFLATED):
    """A zip with these members."""
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return path


def edited(path, member, change):
    """A workbook of which one part is changed."""
    with zipfile.ZipFile(path) as archive:
        parts = [(info.filename, archive.read(info)) for info in archive.infolist()]
    return zipped(path, *((name, change(data) if re.fullmatch(member, name) else data) for name, data in parts))


# Zips


@pytest.mark.parametrize(
    "name", ["../seats.csv", "/etc/seats.csv", "a/../../seats.csv", "..\\seats.csv", "C:\\seats.csv"]
)
def test_a_zip_that_leaves_its_folder_is_refused(tmp_path, name):
    """A path outside the zip is refused, and nothing is written anywhere."""
    before = set(tmp_path.parent.iterdir())
    assert "hors du zip" in told(zipped(tmp_path / "x.zip", (name, "id")))[0][1]
    assert set(tmp_path.parent.iterdir()) == before


def test_a_link_in_a_zip_is_refused(tmp_path):
    """A zip may not hold a link."""
    link = zipfile.ZipInfo("seats.csv")
    link.external_attr = 0o120777 << 16
    assert "lien" in told(zipped(tmp_path / "x.zip", (link, "/etc/passwd")))[0][1]


def test_a_zip_bomb_is_refused_before_it_is_opened(tmp_path, monkeypatch):
    """A zip that unpacks to too much, or to too many files, is refused by what it says of itself."""
    monkeypatch.setattr("segur_ingest.archive.FOLDER_BYTES", 1_000_000)
    monkeypatch.setattr("segur_ingest.archive.FILES", 10)
    assert "une fois déplié" in told(zipped(tmp_path / "x.zip", ("seats.csv", b"\0" * 1_000_001)))[0][1]
    assert "11 fichiers" in told(zipped(tmp_path / "x.zip", *((f"{i}.csv", "") for i in range(11))))[0][1]


def test_a_zip_that_lies_about_its_size_is_refused(tmp_path):
    """A member larger than the zip says is not read to its end, and is a fault."""
    path = zipped(tmp_path / "x.zip", ("seats.csv", b"id\n" * 1000))
    small, large = (10).to_bytes(4, "little"), (3000).to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(large, small))
    assert "illisible" in told(path)[0][1]


@pytest.mark.parametrize("keep", [10, 60, 200])
def test_a_broken_zip_is_a_fault(tmp_path, keep):
    """A zip that was cut short is a fault of the file."""
    path = zipped(tmp_path / "x.zip", ("seats.csv", os.urandom(300)))
    path.write_bytes(path.read_bytes()[:keep])
    assert told(path) == [("x.zip:0", "illisible (zip abîmé)")]


def test_a_zip_of_other_compressions_is_refused(tmp_path):
    """Only what every program unpacks is unpacked."""
    path = zipped(tmp_path / "x.zip", ("seats.csv", "id"), compression=zipfile.ZIP_LZMA)
    assert "compression inconnue" in told(path)[0][1]


# Links and devices


def test_links_are_refused(desk):
    """A link is refused, to a file or a folder, in a folder or by itself."""
    folder = desk.write("register", desk.base)
    (desk.room / "link").symlink_to(folder)
    (desk.room / "link.csv").symlink_to(folder / "seats.csv")
    (folder / "notes.txt").symlink_to("/etc/passwd")
    assert [place for place, said in told(desk.room / "link", desk.room / "link.csv", folder) if "lien" in said] == [
        "link:0",
        "link.csv:0",
        "notes.txt:0",
    ]


def test_a_pipe_is_refused(tmp_path):
    """What is no plain file is not opened: reading it would wait for ever."""
    os.mkfifo(tmp_path / "seats.csv")
    assert (
        told(tmp_path / "seats.csv")
        == told(tmp_path)
        == [("seats.csv:0", "ni fichier ni dossier ; attendu un fichier")]
    )


def test_a_file_that_is_too_large_is_refused(tmp_path):
    """A file over the limit is refused by its size."""
    with (tmp_path / "seats.csv").open("wb") as file:
        file.truncate(limits.FILE_BYTES + 1)
    assert "200 Mo ; attendu au plus" in told(tmp_path)[0][1]


# CSV


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b"", ":0"),
        (b"\n\n", ":0"),
        (b"\xff\xfei\x00d\x00", ":0"),
        (b"id\nx\x81\n", ":0"),
        (b"id\n\xed\xa0\x80\n", ":0"),
        (b"\xef\xbb\xbfid\n\xe9\n", ":0"),
        (b"PK\x03\x04", ":0"),
        (b'id,label\nx,"y\n', ":2"),
        (b'id,label\nx,"y"z\n', ":2"),
        (b"id\n" + b"x" * 1_000_001, ":2"),
        (b"," * 2_000, ":1"),
        (b"i," * 600_000, ":1"),
    ],
)
def test_a_csv_that_cannot_be_read_is_a_fault(tmp_path, data, place):
    """What is no CSV, in no known encoding, with an open quote or an endless line, is a fault of its file or line."""
    (tmp_path / "measures.csv").write_bytes(data)
    assert f"measures.csv{place}" in {where for where, _ in told(tmp_path)}


@pytest.mark.parametrize("value", ["a\0b", "\x1b[31m", "\ufffe", "x" * 200_000])
def test_a_cell_that_is_no_text_is_a_fault(desk, value):
    """A cell with a character that is none, or much too long, is named; what is printed of it is harmless."""
    (fault,) = desk.faults(desk.write("register", [*desk.base, ("measures", {"id": "n", "label": value})]))
    assert (fault.place, fault.line, fault.column) == ("measures.csv", 3, "label")
    assert str(fault).isprintable()
    assert len(str(fault)) < 300


def test_a_files_name_cannot_forge_a_message(tmp_path):
    """A line end in a file's name is written as what it is."""
    (tmp_path / "x\nseats.csv:3:state.csv").write_text("id\n")
    (fault,) = read.folder([tmp_path]).faults
    assert "\n" not in str(fault)


# Workbooks


@pytest.mark.parametrize("part", [r"xl/worksheets/sheet1\.xml", r"xl/workbook\.xml", r"_rels/\.rels"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused(desk, part, encoding):
    """A workbook of which a part declares a document type, in any encoding, is refused before it is opened."""
    prolog = DOCTYPE.decode() if encoding == "utf-8" else DOCTYPE.decode().replace("1.0", '1.0" encoding="utf-16')

    def declare(data):
        return (prolog + re.sub(r"^<\?xml[^>]*>", "", data.decode())).encode(encoding)

    book = edited(desk.write("register.xlsx", desk.base), part, declare)
    assert "DOCTYPE" in told(book)[0][1]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0" + bytes(100), b"id,label"])
def test_what_is_no_workbook_is_a_fault(tmp_path, data):
    """Another file that is named .xlsx is a fault."""
    (tmp_path / "x.xlsx").write_bytes(data)
    assert told(tmp_path) == [("x.xlsx:0", "ce fichier n'est pas un classeur XLSX")]


def test_an_old_workbook_is_a_fault(tmp_path):
    """A table in a format that is not read is told, not passed over."""
    (tmp_path / "register.xls").write_bytes(b"x")
    assert [place for place, _ in told(tmp_path)] == ["register.xls:0"]


def test_a_broken_sheet_is_a_fault(desk):
    """A workbook of which a part is cut is a fault, and what it lacks is not held against other rows."""
    book = edited(desk.write("register.xlsx", desk.base), r"xl/worksheets/sheet1\.xml", lambda data: data[:300])
    assert [place for place, _ in told(book)] == ["register.xlsx:0"]


def test_a_row_beyond_the_last_is_a_fault(desk):
    """A sheet that claims a row beyond Excel's last does not make the reader count up to it."""
    far = edited(
        desk.write("register.xlsx", desk.base),
        r".*sheet1\.xml",
        lambda data: data.replace(b'<row r="3"', b'<row r="99999999999"'),
    )
    assert "lignes" in told(far)[0][1]


def test_a_sheet_that_claims_every_cell_is_read_as_it_is(desk):
    """The size that a sheet claims is not believed."""
    book = edited(
        desk.write("register.xlsx", desk.base),
        r".*sheet\d\.xml",
        lambda data: re.sub(rb"<dimension[^>]*>", b'<dimension ref="A1:XFD1048576"/>', data),
    )
    assert desk.take(book)


def test_a_workbook_that_takes_the_memory_is_a_fault(desk, monkeypatch):
    """A workbook that would take more memory than is allowed ends the process that reads it, not the import."""
    fill = b"".join(b'<row><c t="inlineStr"><is><t>%d</t></is></c></row>' % i for i in range(3))
    book = edited(
        desk.write("register.xlsx", desk.base),
        r".*sheet1\.xml",
        lambda data: data.replace(
            b"</sheetData>", fill + b"<row><c><v>" + b"9" * 200_000_000 + b"</v></c></row></sheetData>"
        ),
    )
    monkeypatch.setattr("segur_ingest.workbook.WORKBOOK_SECONDS", 60)
    assert [place for place, _ in told(book)] == ["register.xlsx[sources]:0"]


def test_a_workbook_that_takes_too_long_is_a_fault(desk, monkeypatch):
    """The process that reads a workbook is ended after its time."""
    monkeypatch.setattr("segur_ingest.workbook.WORKBOOK_SECONDS", 0.05)
    assert "temps" in told(desk.write("register.xlsx", desk.base))[0][1]


@pytest.mark.parametrize(("value", "text"), [(None, ""), (True, "TRUE"), (3.0, "3"), (0.5, "0.5"), (1e300, "1e+300")])
def test_a_value_becomes_text(value, text):
    """A cell's value is written as a person would."""
    assert read_xlsx.text(value) == text
