"""Every faulty cell is told with its place, and nothing of a faulty folder is imported."""

import openpyxl  # type: ignore[import-untyped]
import pytest

# A row, and the column of its one cell that is at fault, empty where another row is to blame.
FAULTS = [
    ("sources", "id", {"id": ".."}),
    ("sources", "id", {"id": "a", "title": "said otherwise"}),
    ("sources", "date", {"id": "c", "date": "mars 2026"}),
    ("types", "code", {"code": "T X"}),
    ("types", "kind", {"code": "T1", "kind": "body"}),
    ("types", "broader", {"code": "T2", "broader": "NOPE"}),
    ("types", "broader", {"code": "T3", "broader": "T4"}),
    ("types", "broader", {"code": "T4", "broader": "T3"}),
    ("territories", "within", {"code": "DEP-Y", "within": "REG-999"}),
    ("norms", "valid_from", {"code": "CDU", "valid_from": "2026-01-01"}),
    ("norms", "valid_from", {"code": "N1", "valid_to": "2020-01-01"}),
    ("norms", "valid_from", {"code": "N1", "valid_from": "2020-01-01"}),
    ("norms", "valid_to", {"code": "N2", "valid_from": "2021-01-01", "valid_to": "2020-01-01"}),
    ("norms", "seats_min", {"code": "N3", "seats_min": "3", "seats_max": "2"}),
    ("norms", "usager_seats_min", {"code": "N4", "usager_seats_min": "-2"}),
    ("norms", "usager_share_min", {"code": "N5", "usager_share_min": "un quart"}),
    ("norms", "usager_seats_min_in", {"code": "N6", "usager_seats_min_in": "REG-76=19|REG-999=?"}),
    ("norms", "usager_seats_min_in", {"code": "N7", "usager_seats_min_in": "REG-76:19"}),
    ("norms", "regimes", {"code": "N8", "regimes": "ru|pa"}),
    ("norms", "confidence", {"code": "N9", "confidence": ""}),
    ("bodies", "id", {"id": ""}),
    ("bodies", "id", {"id": "cdu 31"}),
    ("bodies", "id", {"id": "é"}),
    ("bodies", "id", {"id": "CDU"}),
    ("bodies", "id", {"id": "cdu-10780054"}),
    ("bodies", "id", {"id": "3.1E+08"}),
    ("bodies", "id", {"id": "fas", "kind": "actor", "type": "FAS", "label": "said otherwise"}),
    ("bodies", "kind", {"id": "b1", "kind": "Instance"}),
    ("bodies", "kind", {"id": "fas", "kind": "instance", "type": "FAS", "source": "b"}),
    ("bodies", "type", {"id": "cdu-310781407", "type": "CVS", "source": "b"}),
    ("bodies", "label", {"id": "b2", "label": ""}),
    ("bodies", "territory", {"id": "b3", "territory": "DEP-1"}),
    ("bodies", "parent", {"id": "b4", "parent": "nobody"}),
    ("bodies", "parent", {"id": "b5", "parent": "b5"}),
    ("bodies", "group", {"id": "b6", "group": "usager"}),
    ("bodies", "status", {"id": "b7", "status": "existant"}),
    ("bodies", "exists_from", {"id": "b8", "exists_from": "2026-02-30"}),
    ("bodies", "exists_to", {"id": "b9", "exists_from": "2026-02-01", "exists_to": "2026-01-31"}),
    ("bodies", "source", {"id": "b10", "source": "z"}),
    ("bodies", "locator", {"id": "b11", "locator": "x" * 10_001}),
    ("memberships", "member", {"member": "nobody"}),
    ("memberships", "modality", {"modality": "lacking"}),
    ("memberships", "member_to", {"member_from": "2026-02-01", "member_to": "2026-01-31"}),
    ("compositions", "instance", {"instance": "fas"}),
    ("compositions", "group", {"group": "tous"}),
    ("compositions", "observed_on", {"observed_on": "1er mars"}),
    ("seats", "instance", {"id": "s1", "instance": "fas"}),
    ("seats", "instance", {"id": "s2", "instance": "cdu-31078140"}),
    ("seats", "instance", {"id": "s", "instance": "cdu-310781407"}),
    ("seats", "group", {"id": "s", "group": "etat"}),
    ("seats", "position", {"id": "s", "position": "suppleant"}),
    ("seats", "state", {"id": "s3", "state": "Vacant"}),
    ("seats", "regime", {"id": "s4", "regime": "RU"}),
    ("seats", "held_for", {"id": "s5", "held_for": "nobody"}),
    ("seats", "mandate_to", {"id": "s6", "mandate_from": "2026-02-01", "mandate_to": "2026-01-31"}),
    ("seats", "observed_on", {"id": "s7", "observed_on": "46000"}),
    ("measures", "pillar", {"id": "m1", "pillar": "5"}),
    ("measures", "concerns", {"id": "m2", "concerns": "CDU||fas"}),
    ("measures", "concerns", {"id": "m3", "concerns": "CDU|nobody"}),
    ("measures", "effect_group", {"id": "m4", "effect_type": "CDU", "effect_seats": "1"}),
    ("measures", "effect_seats", {"id": "m5", "effect_type": "CDU", "effect_group": "usagers", "effect_seats": "0"}),
    ("measures", "kind", {"id": "m", "kind": "measure", "source": "b"}),
    ("signatures", "measure", {"measure": "nothing"}),
    ("signatures", "role", {"role": "witness"}),
    ("participations", "stage", {"stage": "élaboration"}),
    ("meetings", "end", {"id": "r1", "end": "2026-01-31"}),
    ("meetings", "instance", {"id": "r2", "instance": "nobody"}),
    ("attendances", "meeting", {"meeting": "r9"}),
    ("attendances", "status", {"status": "late"}),
    ("figures", "value", {"value": "-3"}),
    ("figures", "type", {"type": "NOPE"}),
    ("links", "from", {"from": "nobody"}),
    ("links", "relation", {"relation": "likes"}),
    ("same", "same_as", {"same_as": "nobody"}),
    ("same", "same_as", {"same_as": "cdu-310781406"}),
    ("same", "same_as", {"same_as": "cvs", "verdict": "same"}),
    ("same", "same_as", {"same_as": "m"}),
]


@pytest.fixture
def faulty(desk):
    """The base with every faulty row, and where each fault stands: table, line, column."""
    said, expected = desk.base, set()
    for table, column, cells in FAULTS:
        said.append((table, cells))
        expected.add((table, 1 + sum(name == table for name, _ in said), column))
    return said, expected


def test_every_fault_is_told_with_its_place(desk, faulty):
    """A folder with some seventy kinds of fault has each of them told with its place, no other, and changes nothing."""
    desk.bring(*desk.base)
    before = desk.tree()
    said, expected = faulty
    found = desk.places(desk.write("faulty", said))
    assert found == {f"{table}.csv:{line}:{column}" for table, line, column in expected}
    assert desk.tree() == before


def test_every_fault_of_a_workbook_is_told_with_its_place(desk, faulty):
    """The same faults in a workbook are told with its sheets, and no store is made."""
    said, expected = faulty
    found = desk.places(desk.write("register.xlsx", said))
    assert found == {f"register.xlsx[{table}]:{line}:{column}" for table, line, column in expected}
    assert not desk.store.folder.exists()


def test_a_fault_says_what_was_expected(desk, faulty):
    """Every fault ends with what was expected or what is to be done, in French."""
    for fault in desk.faults(desk.write("faulty", faulty[0])):
        assert "attend" in fault.expected, fault


def test_a_faulty_folder_ends_in_code_2(desk):
    """The command prints every fault on standard error as `file:line:column: value: …` and ends in code 2."""
    folder = desk.write("faulty", [*desk.base, ("seats", {"id": "s1", "state": "Vacant"})])
    ran = desk.run("import", folder)
    assert ran.returncode == 2
    assert "\nseats.csv:3:state: Vacant: attendu : filled, vacant, unknown (« vacant » ?)\n" in ran.stderr
    assert ran.stdout == ""
    assert not desk.store.folder.exists()


def test_a_number_without_its_zero_is_named_as_such(desk):
    """A FINESS and a département of which Excel took the zero are said to have lost it."""
    said = [*desk.base, ("bodies", {"id": "cdu-010780054"}), ("seats", {"id": "s1", "instance": "cdu-10780054"})]
    found = desk.faults(desk.write("faulty", [*said, ("bodies", {"id": "b", "territory": "DEP-1"})]))
    assert ["zéro" in f.expected for f in found] == [True, True]


def test_a_line_is_where_a_row_begins(desk):
    """After a cell of two lines and a blank row, a fault still names the line on which its row begins."""
    folder = desk.write("faulty", desk.base)
    (folder / "measures.csv").write_text('id,kind,label,source\nm,proposal,"a\nb",a\n\n,,,\nm2,"x\ny",c,a\n')
    assert desk.places(folder) == {"measures.csv:6:kind"}


@pytest.mark.parametrize(
    ("header", "place"),
    [
        ("id,kind,source", "measures.csv:1:label"),
        ("id,kind,label,source,note", "measures.csv:1:note"),
        ("id,kind,label,label,source", "measures.csv:1:label"),
        ("ID,kind,label,source", "measures.csv:1:ID"),
    ],
)
def test_a_header_says_its_columns(desk, header, place):
    """A column that is missing, unknown or written twice is a fault of the header."""
    folder = desk.write("faulty", desk.base)
    (folder / "measures.csv").write_text(f"{header}\n")
    assert place in desk.places(folder)


def test_a_row_has_as_many_cells_as_the_header(desk):
    """A row that is too short, or has a cell too many, is a fault; an empty cell too many is none."""
    folder = desk.write("faulty", desk.base)
    rows = ["id,kind,label,source,theme", "m,proposal,x,a,,", "m2,proposal,x,a", "m3,measure,x,a,t,u"]
    (folder / "measures.csv").write_text("\n".join(rows))
    assert desk.places(folder) == {"measures.csv:3:theme", "measures.csv:4:6"}


def test_an_unknown_table_is_a_fault_unless_ignored(desk):
    """Another CSV or sheet, or a column more, is named; `--ignore` passes over each of them."""
    folder, book = desk.write("faulty", desk.base), desk.write("more.xlsx", [("links", {})])
    (folder / "notes.csv").write_text("a\n")
    (folder / "measures.csv").write_text("id,kind,label,source,mine\nm,proposal,x,a,y\n")
    opened = openpyxl.load_workbook(book)
    opened.create_sheet("Feuil1")
    opened.save(book)
    found = desk.places(folder, book)
    assert found == {"notes.csv:0:", "measures.csv:1:mine", "more.xlsx[Feuil1]:0:"}
    ignored = [f"--ignore={name}" for name in ("notes", "mine", "Feuil1")]
    assert desk.run("import", folder, book, *ignored).returncode == 0


def test_a_table_comes_once(desk):
    """A table in a CSV and in a workbook is refused."""
    folder, book = desk.write("folder", desk.base), desk.write("more.xlsx", [("measures", {"id": "m"})])
    assert ["déjà lue" in f.expected for f in desk.faults(folder, book)] == [True]


def test_what_a_lost_table_holds_is_not_missed(desk):
    """A table that cannot be read is told alone, not once more by every row that points into it."""
    folder = desk.write("faulty", desk.base)
    (folder / "bodies.csv").write_bytes("id,kind".encode("utf-16"))
    assert desk.places(folder) == {"bodies.csv:0:"}


def test_rows_without_a_table_of_sources_are_one_fault(desk):
    """Without the table `sources`, that is said once."""
    found = desk.places(desk.write("faulty", [row for row in desk.base if row[0] != "sources"]))
    assert found == {"sources:0:"}
