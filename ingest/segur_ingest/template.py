"""Empty tables, a workbook that explains its columns, and a small fictional example, for users to start from."""

import csv
import re
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

from segur_graph import names, rdf, say
from segur_graph.errors import BadInput
from segur_graph.facts import TABLES, Column, Table
from segur_ingest.limits import WORKBOOK_ROWS

EMPTY, EXAMPLE, WORKBOOK = "vides", "exemple", "modele.xlsx"
# The example's days, counted from the day it is written: its gaps are recent ones.
DAYS = {"began": -1000, "met": -60, "seen": -30, "ended": -10, "ends": 95}
SKOS = "http://www.w3.org/2004/02/skos/core#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
# What a cell holds, in words, by the column's kind; for a reference, by the table it points into.
HOLDS = {
    "id": "Un identifiant : lettres ASCII, chiffres, . _ : -",
    "date": "Une date AAAA-MM-JJ.",
    "number": "Un nombre entier, 0 ou plus.",
    "party": "L'id d'un organisme, ou le code d'un type.",
    "thing": "L'id d'un organisme ou d'une contribution.",
    "type": "Le code d'un type : CDU, CRSA, FAS…",
    "share": "Une part : 1/4 (au moins un quart) ou >1/2 (plus de la moitié).",
    "territory_number": "Des nombres par territoire : REG-76=19 ; ? s'il n'est pas connu.",
    "sources": "L'id d'une ligne de la table sources.",
    "bodies": "L'id d'une ligne de la table bodies.",
    "measures": "L'id d'une ligne de la table measures.",
    "meetings": "L'id d'une ligne de la table meetings.",
    "territories": "Un code de territoire : FR, REG-76, DEP-31.",
}
WIDTH = 18


def write(folder: Path, today: date | None = None) -> None:
    """Writes the template into a folder that is new or empty; BadInput where it is neither."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BadInput(f"{folder} : n'est pas vide ; attendu un dossier nouveau ou vide")
    try:
        _write_empty(folder / EMPTY)
        write_example(folder / EXAMPLE, today)
        _write_workbook(folder / WORKBOOK)
    except OSError as error:
        raise BadInput(f"{folder} : {error.strerror or error}") from error


def write_example(folder: Path, today: date | None = None) -> None:
    """Writes the filled example: a fictional region with a gap of each kind on the day of writing."""
    now = today or date.today()  # noqa: DTZ011 - the reader's own day
    days = {name: (now + timedelta(days=offset)).isoformat() for name, offset in DAYS.items()}
    folder.mkdir(parents=True)
    for name in TABLES:
        shipped = files("segur_ingest") / "example" / f"{name}.csv"
        if shipped.is_file():
            (folder / f"{name}.csv").write_text(shipped.read_text("utf-8").format_map(days), "utf-8")


def explanation(table: Table, column: Column) -> str:
    """What a column is for, whether it is required and what its cells hold, in French."""
    parts = [_definition(table, column), "Obligatoire." if column.required else "Vide : non dit."]
    if column.kind == "code":
        parts.append(f"Codes : {', '.join(column.codes)}.")
    elif column.kind != "text":
        parts.append(HOLDS[column.into if column.kind == "reference" else column.kind])
    if column.many:
        parts.append("Plusieurs valeurs sont séparées par |.")
    return "\n".join(part for part in parts if part)


def _write_empty(folder: Path) -> None:
    folder.mkdir(parents=True)
    for table in TABLES.values():
        with (folder / f"{table.name}.csv").open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerow(table.names)


# Workbook


def _write_workbook(path: Path) -> None:
    import openpyxl  # type: ignore[import-untyped]

    book = openpyxl.Workbook()
    book.remove(book.active)
    for table in TABLES.values():
        _fill(book.create_sheet(table.name), table)
    book.save(path)


def _fill(sheet: Any, table: Table) -> None:
    """A sheet with its header, notes and lists of codes; its columns are text, in which a FINESS keeps its zero."""
    from openpyxl import comments, styles

    sheet.append(table.names)
    sheet.freeze_panes = "A2"
    for cell, column in zip(sheet[1], table.columns, strict=True):
        cell.font = styles.Font(bold=column.required)
        cell.comment = comments.Comment(explanation(table, column), "Ségur Graph", height=220, width=360)
        letter = cell.column_letter
        sheet.column_dimensions[letter].width = WIDTH
        sheet.column_dimensions[letter].number_format = {"date": "yyyy-mm-dd", "number": "0"}.get(column.kind, "@")
        if column.kind == "code" and not column.many:
            _list_codes(sheet, f"{letter}2:{letter}{WORKBOOK_ROWS}", column)


def _list_codes(sheet: Any, cells: str, column: Column) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation  # type: ignore[import-untyped]

    codes = DataValidation(type="list", formula1=f'"{",".join(column.codes)}"', allow_blank=not column.required)
    codes.errorTitle, codes.error = column.name, "Attendu un des codes de la liste."
    codes.add(cells)
    sheet.add_data_validation(codes)


# What the ontology says of a column


def _definition(table: Table, column: Column) -> str:
    """What the ontology says: of the column's property, of the table's class for its key."""
    term = rdf.terms()[table.rdf_class].get(column.name)
    if term is None:
        return _told(f"{names.DEF}{table.rdf_class}", column)
    definition = _said(f"{SKOS}definition", term.property)
    if not definition:
        return _told(term.property, column)
    definition = definition.removesuffix(f" Colonne {column.name}.")
    comment = _said(f"{RDFS}comment", term.property)
    return " ".join(part for part in (definition, _of_table(comment, table)) if part)


def _told(subject: str, column: Column) -> str:
    """A scope note, without the words that say of which column it is."""
    note = _said(f"{SKOS}scopeNote", subject)
    said = note.removeprefix(f"Colonne {column.name} : ").removesuffix(f" Colonne {column.name}.")
    return said[:1].upper() + said[1:]


def _of_table(comment: str, table: Table) -> str:
    """The sentences of a comment that are about a table, or about none."""
    parts = re.split(r"(?=\bTables? [a-z, ]+ : )", comment)
    about = [re.match(r"Tables? ([a-z, ]+) : ", part) for part in parts]
    kept = (p for p, a in zip(parts, about, strict=True) if a is None or table.name in re.split(", | et ", a[1]))
    return " ".join(part.strip() for part in kept if part.strip())


def _said(predicate: str, subject: str) -> str:
    """A French text of the ontology; nothing where there is none."""
    return say.texts("segur.ttl", predicate).get(subject, {}).get("fr", "")
