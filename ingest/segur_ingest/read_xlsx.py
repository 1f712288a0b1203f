"""Reads an XLSX workbook from standard input and writes its cells as lines of JSON.

Run as a process of its own (`python -m segur_ingest.read_xlsx TABLE…`), since a hostile workbook may exhaust memory or
time. A line is `{"sheet": name}`, then `[line, cells]` for each of its rows that is not blank, if it is one of those
asked for; `{"end": true}` in the end, or `{"fault": what was expected}`.
"""

import contextlib
import json
import re
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any, BinaryIO
from xml.parsers import expat

from segur_ingest import limits
from segur_ingest.archive import check_sizes
from segur_ingest.limits import Unreadable

# Beyond this a float holds no longer every whole number.
EXACT = 2**53
ZEROS = re.compile("00+")
PORTION_BYTES = 65_536


def main() -> None:
    """Reads the workbook; a fault is told and no traceback."""
    _bound()
    try:
        for line in _read(sys.stdin.buffer, set(sys.argv[1:])):
            _write(line)
        _write({"end": True})
    except Unreadable as fault:
        _write({"fault": fault.expected})
    except Exception as error:  # noqa: BLE001 - whatever a broken workbook does to openpyxl
        _write({"fault": f"classeur illisible ({type(error).__name__}) ; attendu un .xlsx"})


def text(value: Any) -> str:
    """A cell as text: dates as YYYY-MM-DD, whole numbers without decimals."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer() and abs(value) < EXACT:
        return str(int(value))
    if isinstance(value, datetime):
        midnight = value.time() == time()
        return value.date().isoformat() if midnight else value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(getattr(value, "text", value))


def _shown(cell: Any) -> str:
    """A cell's text; a number that is shown with zeros before it has them: 010780054."""
    value = cell.value
    if isinstance(value, int | float) and ZEROS.fullmatch(cell.number_format or ""):
        return text(value).zfill(len(cell.number_format))
    return text(value)


def _write(line: Any) -> None:
    sys.stdout.write(json.dumps(line) + "\n")


def _bound() -> None:
    """Sets limits to memory and processor time, where the system has them."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (limits.WORKBOOK_MEMORY, limits.WORKBOOK_MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (limits.WORKBOOK_SECONDS, limits.WORKBOOK_SECONDS))


def _read(file: BinaryIO, wanted: set[str]) -> Iterator[Any]:
    _check(file)
    import openpyxl  # type: ignore[import-untyped]

    book = openpyxl.load_workbook(file, read_only=True, keep_links=False)
    left = limits.CELLS
    for sheet in book.worksheets:
        yield {"sheet": sheet.title}
        if sheet.title not in wanted:
            continue
        sheet.reset_dimensions()
        for number, row in enumerate(sheet.iter_rows(), start=1):
            left -= len(row)
            if left < 0 or number > limits.WORKBOOK_ROWS:
                raise Unreadable(
                    f"plus de {limits.CELLS} cellules ou {limits.WORKBOOK_ROWS} lignes ; partagez le classeur"
                )
            cells = [_shown(cell) for cell in row]
            if number == 1 or any(cells):
                yield number, cells


def _check(file: BinaryIO) -> None:
    """Unreadable where the workbook unpacks to too much, or where one of its parts has a document type."""
    try:
        archive = zipfile.ZipFile(file)
    except zipfile.BadZipFile as error:
        raise Unreadable("ce fichier n'est pas un classeur XLSX") from error
    check_sizes(archive.infolist(), limits.WORKBOOK_ENTRIES, limits.WORKBOOK_UNPACKED_BYTES)
    for info in archive.infolist():
        if info.filename.endswith((".xml", ".rels", ".vml")):
            with archive.open(info) as part:
                _check_prolog(part, info.filename)


def _check_prolog(part: Any, name: str) -> None:
    """Reads a part up to its first element as openpyxl's parser will: a document type could define entities."""
    parser, begun = expat.ParserCreate(), []

    def refuse(*_: Any) -> None:
        raise Unreadable(f"{name} : DOCTYPE ; attendu un classeur sans type de document")

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = lambda *_: begun.append(True)
    while not begun and (portion := part.read(PORTION_BYTES)):
        parser.Parse(portion, False)  # noqa: FBT003 - the C function takes no name


if __name__ == "__main__":
    main()
