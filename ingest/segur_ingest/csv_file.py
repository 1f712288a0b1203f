"""A CSV file as rows: its encoding and separator found, its lines counted."""

import codecs
import csv
import io
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO

from segur_ingest.limits import LINE_CHARACTERS, Unreadable
from segur_ingest.sheet import Rows

SEPARATORS = (",", ";", "\t")
# What other kinds of file begin with.
SIGNATURES = {
    b"PK\x03\x04": "un classeur ou un zip",
    b"\xd0\xcf\x11\xe0": "un ancien classeur Excel",
    b"%PDF": "un PDF",
    codecs.BOM_UTF16_LE: "du texte en UTF-16",
    codecs.BOM_UTF16_BE: "du texte en UTF-16",
}
PORTION_BYTES = 1_000_000


def rows(open_file: Callable[[], BinaryIO], known: Iterable[str], advance: Callable[[int], None]) -> Rows:
    """The rows of a CSV file, header first, each with the line on which it begins; Unreadable where there are none.

    `advance` is told how many characters were read.
    """
    encoding = _encoding(open_file)
    csv.field_size_limit(LINE_CHARACTERS)
    with open_file() as binary, io.TextIOWrapper(binary, encoding, newline="") as text:
        first = text.readline(LINE_CHARACTERS)
        if not first.strip():
            raise Unreadable("fichier sans en-tête ; attendu : les noms des colonnes sur la première ligne")
        separator = _separator(first, set(known))
    with open_file() as binary, io.TextIOWrapper(binary, encoding, newline="") as text:
        yield from _numbered(_lines(text, advance), separator)


def _numbered(lines: Iterator[str], separator: str) -> Rows:
    reader = csv.reader(lines, delimiter=separator, strict=True, skipinitialspace=True)
    begins = 1
    try:
        for row in reader:
            yield begins, row
            begins = reader.line_num + 1
    except csv.Error as error:
        raise Unreadable(_told(str(error)), begins) from error


def _told(error: str) -> str:
    """What the csv module says, in the user's words; the rest of the file is not read."""
    if "limit" in error:
        what = f"cellule de plus de {LINE_CHARACTERS} caractères"
    elif "unexpected end" in error:
        what = "guillemet ouvert et jamais fermé"
    else:
        what = "guillemet mal placé ; attendu : la cellule entière entre guillemets, ceux du texte doublés"
    return f"{what} ; la suite du fichier n'est pas lue"


def _lines(text: io.TextIOWrapper, advance: Callable[[int], None]) -> Iterator[str]:
    number = read = told = 0
    while line := text.readline(LINE_CHARACTERS + 1):
        number += 1
        if len(line) > LINE_CHARACTERS:
            raise Unreadable(f"ligne de plus de {LINE_CHARACTERS} caractères", number)
        read += len(line)
        if read - told > PORTION_BYTES:
            told = read
            advance(read)
        yield line


def _separator(header: str, known: set[str]) -> str:
    """The separator with which a header gives the most columns that are known, then the most columns."""

    def columns(separator: str) -> tuple[int, int]:
        names = [name.strip(' "\r\n') for name in header.split(separator)]
        return len(known & set(names)), len(names)

    return max(SEPARATORS, key=columns)


def _encoding(open_file: Callable[[], BinaryIO]) -> str:
    """UTF-8, with or without its mark, or else cp1252; Unreadable where a file is neither."""
    with open_file() as binary:
        start = binary.read(4)
    for signature, what in SIGNATURES.items():
        if start.startswith(signature):
            raise Unreadable(f"ce fichier est {what} ; attendu : un CSV en UTF-8 ou cp1252")
    if _decodes(open_file, "utf-8-sig"):
        return "utf-8-sig"
    if start.startswith(codecs.BOM_UTF8) or _decodes(open_file, "utf-8", "surrogatepass"):
        raise Unreadable("ce fichier se dit en UTF-8 et ne l'est pas ; attendu : un CSV en UTF-8 ou cp1252")
    if _decodes(open_file, "cp1252"):
        return "cp1252"
    raise Unreadable("ce fichier n'est ni en UTF-8 ni en cp1252")


def _decodes(open_file: Callable[[], BinaryIO], encoding: str, errors: str = "strict") -> bool:
    decoder = codecs.getincrementaldecoder(encoding)(errors)
    try:
        with open_file() as binary:
            while portion := binary.read(PORTION_BYTES):
                decoder.decode(portion)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
