"""The passage of a document that a fact rests on, where the user has the document's text."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Literal

from segur_graph.options import Lang
from segur_graph.rdf import PASSAGE

# How many characters are shown on either side of a passage.
AROUND = 200

Missing = Literal["no-passage", "no-text", "not-in-text"]
WORDS: dict[Lang, dict[str, str]] = {
    "fr": {
        "quoted": "Le texte : {} ⟦{}⟧ {}",
        "no-passage": "",
        "no-text": "Le texte n'est pas montré : aucun fichier de {} n'a l'empreinte (sha256) du document {}.",
        "not-in-text": "Le texte n'est pas montré : le document {1} n'a rien à cette place.",
    },
    "en": {
        "quoted": "The text: {} ⟦{}⟧ {}",
        "no-passage": "",
        "no-text": "The text is not shown: no file of {} has the fingerprint (sha256) of the document {}.",
        "not-in-text": "The text is not shown: the document {1} has nothing at that place.",
    },
}


@dataclass(frozen=True)
class Passage:
    """A passage in its context, cut at words."""

    before: str
    quote: str
    after: str


class Texts:
    """The texts of a folder that a user gave, as they are when they are first asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._read: dict[str, str | None] = {}

    def passage(self, source: Mapping[str, Any], locator: str) -> Passage | Missing:
        """The passage that a locator of a source points to, read from the file that has the source's sha256.

        What stands in its way else: the locator names no passage of a document, no file has that sha256, or the
        text ends before.
        """
        found = PASSAGE.fullmatch(locator)
        if not found:
            return "no-passage"
        text = self._text(source["sha256"] or "")
        if text is None:
            return "no-text"
        start, end = map(int, found.groups())
        return _cut(text, start, end) if start < end <= len(text) else "not-in-text"

    def told(self, source: Mapping[str, Any], locator: str, lang: Lang) -> str:
        """A passage in one sentence, the quotation between ⟦⟧, or why it is not shown; nothing where none is meant."""
        found = self.passage(source, locator)
        if isinstance(found, Passage):
            parts = (found.before, found.quote, found.after)
            return WORDS[lang]["quoted"].format(*(" ".join(part.split()) for part in parts))
        return WORDS[lang][found].format(self.folder, source["id"])

    @property
    def state(self) -> str:
        """What tells these texts from others: it changes with any file."""
        return hashlib.sha256("".join(sorted(self._files)).encode()).hexdigest()

    @cached_property
    def _files(self) -> dict[str, Path]:
        """The files by their sha256."""
        stats = ((file, file.stat()) for file in sorted(self.folder.rglob("*")) if file.is_file())
        return {_digest(file, stat.st_mtime_ns, stat.st_size): file for file, stat in stats}

    def _text(self, sha256: str) -> str | None:
        """The text of the file that has this sha256, checked as it is read; None where there is none."""
        if sha256 not in self._read:
            read = _bytes(self._files[sha256]) if sha256 and sha256 in self._files else b""
            same = hashlib.sha256(read).hexdigest() == sha256
            self._read[sha256] = read.decode("utf-8", errors="replace") if same else None
        return self._read[sha256]


def _cut(text: str, start: int, end: int) -> Passage:
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    if start > AROUND:
        before = re.sub(r"^\S*\s+", "", before)
    if end + AROUND < len(text):
        after = re.sub(r"\s+\S*$", "", after)
    return Passage(before, text[start:end], after)


def _bytes(file: Path) -> bytes:
    """What a file holds; nothing where it cannot be read."""
    try:
        return file.read_bytes()
    except OSError:
        return b""  # what cannot be read is no text of ours


@lru_cache(maxsize=10_000)
def _digest(file: Path, _changed: int, _size: int) -> str:
    """The sha256 of a file as it was at its last change; nothing where it cannot be read."""
    try:
        with file.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()
    except OSError:
        return ""
