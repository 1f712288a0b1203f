"""Search: things by the words of their names, accents aside, as they are typed."""

import os
import re
import sqlite3
import tempfile
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from segur_graph import say
from segur_graph.edition import Edition
from segur_graph.options import Lang
from segur_graph.shipped import data
from segur_graph.tables import Rows, Tables

# The shape of the index: one of another shape is made again.
SHAPE = 1
# Words beyond these, and letters of a word beyond these, find nothing more.
WORDS, LETTERS = 12, 40
LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss"})

SCHEMA = """
CREATE TABLE entry (id INTEGER PRIMARY KEY, kind TEXT, thing TEXT, label TEXT, label_en TEXT);
CREATE TABLE called (word TEXT, weight INTEGER, entry INTEGER, PRIMARY KEY (word, weight, entry)) WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5 (
    label, label_en, more, content='', columnsize=0, tokenize='ascii', prefix='1 2 3 4'
);
"""
# Each finds in the order of the entries, and stops once it has enough: a word that is everywhere costs no more.
CALLED = "SELECT entry FROM called WHERE word = :said ORDER BY weight, entry LIMIT :most"
FOUND = "SELECT rowid FROM words WHERE words MATCH :said ORDER BY rowid LIMIT :most"


@dataclass(frozen=True)
class Found:
    """A thing that was found: its table and key, and its name in both languages."""

    table: str
    id: str
    label: str
    label_en: str | None

    def name(self, lang: Lang) -> str:
        """Its name; the French one where it has no English one."""
        return say.named(self.label, self.label_en, lang)


class Index:
    """The index of an edition: a file beside its tables, made when it is first asked for and again where it is damaged.

    Where the edition cannot be written to, it is kept in memory.
    """

    def __init__(self, edition: Edition, query: Callable[[str], Rows] | None = None) -> None:
        self.path = edition.folder / "search.sqlite"
        self._query = query or (lambda sql: Tables(edition).query(sql))
        self._db: sqlite3.Connection | None = None
        self._lock = Lock()

    def find(self, text: str, *, most: int = 10) -> list[Found]:
        """The things that a text finds, nearest first: called so, then beginning so, then with all its words.

        The last word may be unfinished. Nothing is found by a text without a letter or digit.
        """
        said = words(text)
        if not said:
            return []
        with self._lock:
            try:
                return self._find(said, most)
            except sqlite3.DatabaseError:
                self.close()
                self.path.unlink(missing_ok=True)
                return self._find(said, most)

    def close(self) -> None:
        """Closes the file."""
        if self._db:
            self._db.close()
        self._db = None

    def _find(self, said: list[str], most: int) -> list[Found]:
        if self._db is None:
            self._db = self._opened()
        found: dict[int, Found] = {}
        for entry in self._entries(self._db, said, most):
            if entry not in found:
                [row] = self._db.execute("SELECT kind, thing, label, label_en FROM entry WHERE id = ?", [entry])
                found[entry] = Found(*row)
            if len(found) == most:
                break
        return list(found.values())

    @staticmethod
    def _entries(db: sqlite3.Connection, said: list[str], most: int) -> Iterator[int]:
        """The entries that some words find, the nearest first; some come twice."""
        *whole, last = (f'"{word}"' for word in said)
        phrase = " + ".join([*whole, f"{last} *"])
        every = " AND ".join([*whole, f"{last} *"])
        for sql, match in (
            (CALLED, " ".join(said)),
            (FOUND, f"label : ^ {phrase}"),
            (FOUND, f"label_en : ^ {phrase}"),
            (FOUND, every),
        ):
            yield from (row[0] for row in db.execute(sql, {"said": match, "most": most + WORDS}).fetchall())

    def _opened(self) -> sqlite3.Connection:
        """The index, read-only; made where it is not there or is of another shape."""
        if not self.path.exists() or not _sound(self.path):
            try:
                self._make()
            except OSError:
                db = sqlite3.connect(":memory:", check_same_thread=False)
                _fill(db, self._rows())
                return db
        return sqlite3.connect(f"{self.path.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)

    def _make(self) -> None:
        """Makes the file: whole or not at all."""
        handle, name = tempfile.mkstemp(dir=self.path.parent, prefix=".search-")
        os.close(handle)
        fresh = Path(name)
        try:
            with closing(sqlite3.connect(fresh)) as db:
                db.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
                _fill(db, self._rows())
            fresh.replace(self.path)
        finally:
            fresh.unlink(missing_ok=True)

    def _rows(self) -> Rows:
        return self._query((data("queries") / "search" / "entries.sql").read_text("utf-8"))


def words(text: str) -> list[str]:
    """The words of a text: letters and digits alone, small, without accents; at most WORDS, cut at LETTERS."""
    return [word[:LETTERS] for word in re.findall(r"[a-z0-9]+", fold(text[: WORDS * LETTERS]))[:WORDS]]


def fold(text: str) -> str:
    """A text in small letters without accents: « Île-de-France, Œuvre » → ile-de-france, oeuvre."""
    parts = unicodedata.normalize("NFKD", text.lower().translate(LIGATURES))
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def _sound(path: Path) -> bool:
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as db:
            return bool(db.execute("PRAGMA user_version").fetchone()[0] == SHAPE)
    except sqlite3.DatabaseError:
        return False


def _fill(db: sqlite3.Connection, rows: Rows) -> None:
    db.executescript(SCHEMA)
    numbered = list(enumerate(rows, start=1))
    db.executemany(
        "INSERT INTO entry VALUES (?, ?, ?, ?, ?)",
        ((n, r["table"], r["id"], r["label"], r["label_en"]) for n, r in numbered),
    )
    db.executemany("INSERT OR IGNORE INTO called VALUES (?, ?, ?)", _called(numbered))
    db.executemany(
        "INSERT INTO words (rowid, label, label_en, more) VALUES (?, ?, ?, ?)",
        ((n, *(_joined(r[c]) for c in ("label", "label_en", "more"))) for n, r in numbered),
    )
    db.execute("INSERT INTO words (words) VALUES ('optimize')")
    db.execute(f"PRAGMA user_version = {SHAPE}")
    db.commit()


def _called(numbered: Iterable[tuple[int, dict[str, str | None]]]) -> Iterator[tuple[str, int, int]]:
    """What things are called, whole: code, label and id, then the parts of a code."""
    for n, row in numbered:
        for column in ("code", "label", "label_en", "id"):
            if row[column]:
                yield _joined(row[column]), 0, n
        parts = words(row["code"] or "")
        yield from ((part, 1, n) for part in parts if len(parts) > 1)


def _joined(text: str | None) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", fold(text))) if text else ""
