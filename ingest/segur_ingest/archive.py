"""A zip of tables: checked before anything is unpacked, and never unpacked onto the disk."""

import re
import stat
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath

from segur_ingest.limits import FILE_BYTES, FILES, FOLDER_BYTES, Unreadable, megabytes

# What systems add to a zip.
PASSED_OVER = ("__MACOSX",)
ENCRYPTED = 0x1


def members(archive: zipfile.ZipFile) -> Iterator[tuple[str, zipfile.ZipInfo]]:
    """The files of a zipped folder, by name; Unreadable where one would lie outside it, or where they are too many.

    A zip may hold the files themselves or the one folder in which they are; what lies deeper is not read.
    """
    found = [(_path(info), info) for info in archive.infolist() if not info.is_dir()]
    check_sizes([info for _, info in found], FILES, FOLDER_BYTES)
    kept = [(path, info) for path, info in found if path.parts[0] not in PASSED_OVER]
    folders = {path.parts[:-1] for path, _ in kept}
    top = min(folders, key=len, default=())
    if len(top) > 1 or any(folder[: len(top)] != top for folder in folders):
        raise Unreadable("zip de plusieurs dossiers ; attendu : des tables, ou un dossier qui les contient")
    for path, info in kept:
        if path.parts[:-1] == top:
            if info.file_size > FILE_BYTES:
                raise Unreadable(f"{path} : {megabytes(info.file_size)} ; attendu au plus {megabytes(FILE_BYTES)}")
            yield path.name, info


def check_sizes(infos: list[zipfile.ZipInfo], entries: int, size: int) -> None:
    """Unreadable where a zip says that it holds too many files, or too much, or what cannot be read safely."""
    total = sum(info.file_size for info in infos)
    if len(infos) > entries:
        raise Unreadable(f"zip de {len(infos)} fichiers ; attendu au plus {entries}")
    if total > size:
        raise Unreadable(f"zip de {megabytes(total)} une fois déplié ; attendu au plus {megabytes(size)}")
    for info in infos:
        if info.flag_bits & ENCRYPTED:
            raise Unreadable(f"{info.filename} : chiffré ; attendu un zip sans mot de passe")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Unreadable(f"{info.filename} : compression inconnue ; attendu : deflate")


def _path(info: zipfile.ZipInfo) -> PurePosixPath:
    """The path of a file in a zip, which stays inside and is no link."""
    name = info.filename.replace("\\", "/")
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or re.match(r"[A-Za-z]:", name) or not path.parts:
        raise Unreadable(f"{info.filename!r} : chemin hors du zip")
    if stat.S_ISLNK(info.external_attr >> 16):
        raise Unreadable(f"{info.filename!r} : lien ; attendu un fichier")
    return path
