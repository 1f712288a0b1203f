"""The passage of a document that a fact rests on, where the user has the document's text."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
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


def passage(source: Mapping[str, Any], locator: str, folder: Path) -> Passage | Missing:
    """The passage that a locator of a source points to, read from the file of the folder that has its sha256.

    What stands in its way else: the locator names no passage of a document, no file has that sha256, or the
    text ends before.
    """
    found = PASSAGE.fullmatch(locator)
    if not found:
        return "no-passage"
    text = _text(folder, source["sha256"]) if source["sha256"] else None
    if text is None:
        return "no-text"
    start, end = map(int, found.groups())
    return _cut(text, start, end) if start < end <= len(text) else "not-in-text"


def told(source: Mapping[str, Any], locator: str, folder: Path, lang: Lang) -> str:
    """A passage in one sentence, the quotation between ⟦⟧, or why it is not shown; nothing where none is meant."""
    found = passage(source, locator, folder)
    if isinstance(found, Passage):
        parts = (found.before, found.quote, found.after)
        return WORDS[lang]["quoted"].format(*(" ".join(part.split()) for part in parts))
    return WORDS[lang][found].format(folder, source["id"])


def _cut(text: str, start: int, end: int) -> Passage:
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    if start > AROUND:
        before = re.sub(r"^\S*\s+", "", before)
    if end + AROUND < len(text):
        after = re.sub(r"\s+\S*$", "", after)
    return Passage(before, text[start:end], after)


def _text(folder: Path, sha256: str) -> str | None:
    """The text of the file that has this sha256, checked as it is read; None where there is none."""
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        stat = file.stat()
        if _digest(file, stat.st_mtime_ns, stat.st_size) == sha256:
            read = file.read_bytes()
            if hashlib.sha256(read).hexdigest() == sha256:
                return read.decode("utf-8", errors="replace")
    return None


@lru_cache(maxsize=10_000)
def _digest(file: Path, _changed: int, _size: int) -> str:
    """The sha256 of a file as it was at its last change; nothing where it cannot be read."""
    try:
        with file.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()
    except OSError:
        return ""  # what cannot be read is no text of ours
