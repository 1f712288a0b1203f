"""The store: a folder of editions and a one-line pointer to the one that is current."""

import json
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from segur_graph.compiling import compile
from segur_graph.edition import Advance, Chosen, Edition, quiet
from segur_graph.errors import StoreError

# Old editions answer "what did we know in June?": the last ten are kept, and one a month.
KEEP_LAST = 10


@dataclass(frozen=True)
class Store:
    """A store folder; it need not exist yet."""

    folder: Path

    @property
    def editions(self) -> Path:
        """Where the editions stand, one folder each."""
        return self.folder / "editions"

    def current(self) -> Edition | None:
        """The published edition, or None where the store is empty; StoreError where it is broken."""
        try:
            name = (self.folder / "current").read_text("utf-8").strip()
        except FileNotFoundError:
            return None
        return self._whole(self.editions / name)

    def edition(self, name: str = "") -> Edition:
        """The current edition, or the one whose id begins with `name`; StoreError where there is none."""
        if not name:
            edition = self.current()
            if edition is None:
                raise StoreError(f"{self.folder}: aucune édition ; lancez « segur build »")
            return edition
        found = sorted(p for p in self.editions.glob(f"{name}*") if not p.name.startswith("."))
        if not found and any(entry["edition"].startswith(name) for entry in self.published()):
            raise StoreError(f"édition {name} : publiée, mais plus gardée ; voyez « segur editions »")
        if not found or len({p.name.split("-")[0] for p in found}) > 1:
            raise StoreError(f"édition {name} : {len(found)} trouvée(s), une attendue ; voyez « segur editions »")
        return self._whole(found[-1])

    def published(self) -> list[dict[str, str]]:
        """When each edition was published, oldest first: `at` (ISO 8601), `edition` (folder name).

        What a full disk or a power cut left of a line is passed over.
        """
        try:
            lines = (self.folder / "published.log").read_text("utf-8").splitlines()
        except FileNotFoundError:
            return []
        return [entry for line in lines if (entry := _entry(line))]

    def publish(self, chosen: Sequence[Chosen], advance: Advance = quiet, *, afresh: bool = False) -> Edition:
        """Compiles these sources, makes the edition current and prunes; under the lock of `writing`.

        `afresh` takes nothing over from the current edition, whose graph keeps traces of what is taken out of it.
        """
        parent = self.current()
        edition = compile(chosen, None if afresh else parent, self.editions, advance)
        if parent is None or parent.folder != edition.folder:
            entry = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "edition": edition.folder.name}
            with (self.folder / "published.log").open("a", encoding="utf-8") as log:
                log.write("\n" + json.dumps(entry) + "\n")  # a line of its own, whatever the last one is
            _replace(self.folder / "current", edition.folder.name + "\n")
            self._prune()
        return edition

    def kept(self) -> list[tuple[str, str]]:
        """The editions that are still there, in the order of their last publication: the folder's name, and when."""
        said: dict[str, str] = {}
        for entry in self.published():
            said.pop(entry["edition"], None)  # one that was published again is among the latest
            said[entry["edition"]] = entry["at"]
        return [(name, at) for name, at in said.items() if (self.editions / name).is_dir()]

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Holds the store's lock and sweeps what a killed writer left; StoreError where another holds it."""
        self.editions.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self.folder / "lock", timeout=0)
        try:
            lock.acquire()
        except Timeout as error:
            raise StoreError(f"{self.folder} : un autre programme y écrit ; réessayez ensuite") from error
        try:
            for left in self.editions.glob(".tmp-*"):
                shutil.rmtree(left, ignore_errors=True)
            yield
        finally:
            lock.release()

    def _whole(self, folder: Path) -> Edition:
        if not (folder / "manifest.json").exists():
            raise StoreError(f"{folder} : édition absente ou incomplète ; lancez « segur build »")
        return Edition(folder)

    def _prune(self) -> None:
        log = self.published()
        latest = list(dict.fromkeys(entry["edition"] for entry in reversed(log)))
        keep = set(latest[:KEEP_LAST])
        keep |= {e["edition"] for e in {entry["at"][:7]: entry for entry in log}.values()}
        for folder in self.editions.iterdir():
            if folder.name not in keep and not folder.name.startswith("."):
                shutil.rmtree(folder, ignore_errors=True)


def _entry(line: str) -> dict[str, str]:
    try:
        return dict(json.loads(line))
    except ValueError:
        return {}


def _replace(path: Path, text: str) -> None:
    """Replaces a small file at once: a reader sees the old text or the new."""
    fresh = path.with_suffix(".new")
    with fresh.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
