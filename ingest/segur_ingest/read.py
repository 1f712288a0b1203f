"""What users bring, files, folders and zips, as one folder of tables: cells with their addresses."""

import os
import shutil
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path, PurePath
from typing import BinaryIO

from segur_graph.edition import Advance, quiet
from segur_graph.facts import TABLES
from segur_ingest import archive, csv_file, workbook
from segur_ingest.faults import Fault, nearest
from segur_ingest.limits import CELLS, FILE_BYTES, FILES, WORKBOOK_BYTES, Unreadable, megabytes
from segur_ingest.sheet import Builder, Rows, Sheet

# Tables of other formats: passing over them in silence would lose what they say.
UNREAD = (".xls", ".xlsm", ".xlsb", ".ods", ".tsv", ".numbers")
HIDDEN = (".", "~$")  # what systems and spreadsheet programs leave beside files
CANNOT_READ = (OSError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)


@dataclass(frozen=True)
class File:
    """A file to be read, from a disk or a zip."""

    name: str
    size: int
    open: Callable[[], BinaryIO]

    @property
    def suffix(self) -> str:
        """The end of its name, in lower case: `.csv`."""
        return PurePath(self.name).suffix.lower()

    @property
    def stem(self) -> str:
        """Its name without the suffix."""
        return PurePath(self.name).stem


@dataclass
class Folder:
    """The tables that were read, by name, and what is wrong with their form."""

    sheets: dict[str, Sheet] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    lost: set[str] = field(default_factory=set)  # tables that were not, or not wholly, read

    def cells(self, table: str, *names: str) -> Iterator[tuple[str, ...]]:
        """The cells of some columns of a table, none where it is not there."""
        return self.sheets[table].cells(*names) if table in self.sheets else iter(())


def folder(paths: Iterable[Path], ignore: Iterable[str] = (), advance: Advance = quiet) -> Folder:
    """Reads files, folders and zips as one folder of tables.

    Names in `ignore`, of files, sheets or columns, are passed over. Faults of form are in what comes back.
    """
    with ExitStack() as opened:
        reader = _Reader(frozenset(ignore), opened)
        files = [file for path in paths for file in reader.files(path)]
        if len(files) > FILES:
            reader.fault("import", f"{len(files)} fichiers ; attendu au plus {FILES}")
            files = []
        total, done = sum(file.size for file in files), 0
        for file in files:
            advance("read", done, total)
            reader.read(file, partial(_advance, advance, done, total))
            done += file.size
        advance("read", done, total)
    if not reader.found.sheets and not reader.found.faults:
        reader.fault(
            ", ".join(map(str, paths)), "aucune table ; attendu, par exemple : sources.csv, bodies.csv, seats.csv"
        )
    return reader.found


class _Reader:
    """Reads files one by one into a folder of tables."""

    def __init__(self, ignored: frozenset[str], opened: ExitStack) -> None:
        self.ignored, self.opened = ignored, opened
        self.found = Folder()
        self.cells_left = CELLS

    def fault(self, place: str, expected: str, line: int = 0) -> None:
        self.found.faults.append(Fault(place, line, "", "", expected))

    # Files

    def files(self, path: Path) -> Iterator[File]:
        """The files that a path gives: itself, those of a folder, those of a zip."""
        try:
            mode = path.lstat().st_mode
            if stat.S_ISLNK(mode):
                raise Unreadable("lien ; attendu un fichier ou un dossier")
            if stat.S_ISDIR(mode):
                for inside in sorted(path.iterdir()):
                    if not inside.name.startswith(HIDDEN) and inside.name not in self.ignored:
                        yield from self._in_folder(inside)
            elif path.suffix.lower() == ".zip":
                yield from self._in_zip(path)
            else:
                yield _on_disk(path)
        except Unreadable as fault:
            self.fault(path.name or str(path), fault.expected, fault.line)
        except FileNotFoundError:
            self.fault(str(path), "introuvable ; attendu un fichier ou un dossier")
        except CANNOT_READ as error:
            self.fault(path.name or str(path), f"illisible ({_reason(error)})")

    def _in_folder(self, path: Path) -> Iterator[File]:
        """A file of a folder; the folders in it are not read."""
        try:
            if path.is_symlink():
                raise Unreadable("lien ; attendu un fichier")
            if path.suffix.lower() in (".csv", ".xlsx", *UNREAD):
                yield _on_disk(path)
        except Unreadable as fault:
            self.fault(path.name, fault.expected)

    def _in_zip(self, path: Path) -> Iterator[File]:
        opened = self.opened.enter_context(zipfile.ZipFile(self.opened.enter_context(_open(path))))
        for name, info in archive.members(opened):
            if name.startswith(HIDDEN) or name in self.ignored:
                continue
            if PurePath(name).suffix.lower() in (".csv", ".xlsx", *UNREAD):
                yield File(name, info.file_size, partial(_zipped, opened, info))

    # Tables

    def read(self, file: File, advance: Callable[[int], None]) -> None:
        """Reads the tables of a file; what is wrong with it is noted."""
        if self.ignored & {file.name, file.stem}:
            return
        try:
            if file.suffix == ".csv":
                if self._wanted(file.stem, file.name):
                    rows = csv_file.rows(file.open, TABLES[file.stem].names, advance)
                    self._keep(file.stem, file.name, rows)
            elif file.suffix == ".xlsx":
                self._read_workbook(file)
            else:
                raise Unreadable(f"fichier {file.suffix or 'sans suffixe'} ; attendu : .csv, .xlsx ou .zip")
        except Unreadable as fault:
            self.fault(file.name, fault.expected, fault.line)
        except CANNOT_READ as error:
            self.fault(file.name, f"illisible ({_reason(error)})")

    def _read_workbook(self, file: File) -> None:
        if file.size > WORKBOOK_BYTES:
            raise Unreadable(f"{megabytes(file.size)} ; attendu au plus {megabytes(WORKBOOK_BYTES)} pour un classeur")
        wanted = TABLES.keys() - self.ignored
        with file.open() as binary:
            for name, rows in workbook.sheets(binary, wanted):
                place = f"{file.name}[{name}]"
                if not self.ignored & {name, place} and self._wanted(name, place):
                    self._keep(name, place, rows)

    def _wanted(self, name: str, place: str) -> bool:
        """Whether a name is a table's, said once; it is noted where it is not."""
        if name not in TABLES:
            self.fault(place, f"table inconnue{nearest(name, TABLES)} ; attendu : {', '.join(TABLES)}, ou --ignore")
        elif name in self.found.sheets:
            self.found.lost.add(name)
            self.fault(place, f"table {name} déjà lue dans {self.found.sheets[name].place} ; attendue une fois")
        else:
            return True
        return False

    def _keep(self, name: str, place: str, rows: Rows) -> None:
        builder = Builder(TABLES[name], place, self.ignored, spend=self._spend, faults=self.found.faults)
        self.found.lost.add(name)
        self.found.sheets[name] = builder.build(rows)
        if not builder.cut_short:
            self.found.lost.discard(name)

    def _spend(self, cells: int) -> None:
        self.cells_left -= cells
        if self.cells_left < 0:
            raise Unreadable(f"plus de {CELLS} cellules en tout ; partagez l'import")


def _advance(advance: Advance, before: int, total: int, read: int) -> None:
    advance("read", min(before + read, total), total)


def _on_disk(path: Path) -> File:
    """A plain file, neither too large nor a device."""
    found = path.lstat()
    if not stat.S_ISREG(found.st_mode):
        raise Unreadable(
            f"{'dossier' if stat.S_ISDIR(found.st_mode) else 'ni fichier ni dossier'} ; attendu un fichier"
        )
    if found.st_size > FILE_BYTES:
        raise Unreadable(f"{megabytes(found.st_size)} ; attendu au plus {megabytes(FILE_BYTES)}")
    return File(path.name, found.st_size, partial(_open, path))


def _open(path: Path) -> BinaryIO:
    """Opens a file that is no link, even where it became one since it was looked at."""
    return os.fdopen(os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)), "rb")


def _zipped(opened: zipfile.ZipFile, info: zipfile.ZipInfo) -> BinaryIO:
    """A file of a zip, in a nameless file: it has a descriptor, and nothing is left of it."""
    with ExitStack() as closing, opened.open(info) as packed:
        plain = closing.enter_context(tempfile.TemporaryFile())
        shutil.copyfileobj(packed, plain)
        plain.seek(0)
        closing.pop_all()  # whoever asked for it closes it
        return plain


def _reason(error: BaseException) -> str:
    reasons: Sequence[tuple[type[BaseException], str]] = (
        (PermissionError, "lecture interdite"),
        (zipfile.BadZipFile, "zip abîmé"),
        (zlib.error, "zip abîmé"),
        (EOFError, "zip abîmé"),
    )
    return next((said for kind, said in reasons if isinstance(error, kind)), type(error).__name__)
