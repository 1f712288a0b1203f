"""Files that somebody sent and has not confirmed: kept in the store under a token, swept after a while."""

import re
import secrets
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from starlette.datastructures import UploadFile

from segur_graph.errors import StoreError
from segur_graph.store import Store
from segur_ingest.faults import Fault, Faulty

SECONDS = 3600
TOKEN = re.compile(r"[A-Za-z0-9_-]{16,64}")
# Beyond this, with what a file system adds, a name is none.
NAME_BYTES = 200


@dataclass(frozen=True)
class Kept:
    """An upload that is kept: its token and its files."""

    folder: Path

    @property
    def token(self) -> str:
        """What names it."""
        return self.folder.name

    @property
    def paths(self) -> list[Path]:
        """Its files."""
        return sorted(self.folder.iterdir())

    def drop(self) -> None:
        """Forgets it."""
        shutil.rmtree(self.folder, ignore_errors=True)


def keep(store: Store, sent: Iterable[UploadFile]) -> Kept:
    """Keeps what was sent; Faulty where a file's name is none, or comes twice."""
    sweep(store)
    with _written(store):
        kept = Kept(_root(store) / secrets.token_urlsafe(24).lstrip("-_").ljust(16, "0"))
        kept.folder.mkdir(mode=0o700)
        try:
            for file in sent:
                _keep(file, kept.folder)
        except BaseException:
            kept.drop()
            raise
    return kept


def find(store: Store, token: str) -> Kept | None:
    """The upload of a token, if it is still kept."""
    sweep(store)
    kept = Kept(_root(store) / token)
    return kept if TOKEN.fullmatch(token) and kept.folder.is_dir() else None


def sweep(store: Store) -> None:
    """Forgets what nobody confirmed in time."""
    with _written(store):
        for folder in _root(store).iterdir():
            if folder.stat().st_mtime < time.time() - SECONDS:
                shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def work(store: Store) -> Iterator[Path]:
    """A folder to work in, which is gone afterwards."""
    with _written(store), tempfile.TemporaryDirectory(dir=_root(store), prefix=".work-") as folder:
        yield Path(folder)


def _root(store: Store) -> Path:
    root = store.folder / "uploads"
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    return root


def _keep(file: UploadFile, folder: Path) -> None:
    path = folder / _name(file.filename or "")
    if path.exists():
        raise Faulty([Fault(path.name, 0, "", "", "fichier envoyé deux fois ; attendu une fois")])
    with path.open("xb") as out:
        shutil.copyfileobj(file.file, out)


def _name(said: str) -> str:
    """The bare name of a file that was sent, whatever folder its sender says."""
    name = PurePosixPath(said.replace("\\", "/")).name
    if name.startswith(".") or not name.isprintable() or not 0 < len(name.encode()) <= NAME_BYTES:
        raise Faulty([Fault(said, 0, "", "", "nom de fichier illisible ; attendu, par exemple : seats.csv")])
    return name


@contextmanager
def _written(store: Store) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreError(f"{store.folder} : {error.strerror or error} ; rien n'est changé") from error
