"""A query file: TOML front matter in its comment lines, then the query."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from segur_graph.errors import BadInput

# The comment lines that hold front matter, by the file's suffix.
MARKS = {".sql": "--+", ".rq": "#+", ".cypher": "//+"}


@dataclass(frozen=True)
class QueryFile:
    """A query and what its front matter says of it."""

    path: Path
    front: dict[str, Any]
    text: str

    @property
    def name(self) -> str:
        """The file's name without its suffix, by which people call it."""
        return self.path.stem


def read(path: Path) -> QueryFile:
    """A query file; BadInput where its front matter is no TOML, with the file and line."""
    mark = MARKS[path.suffix]
    text = path.read_text("utf-8-sig")
    said = [line.removeprefix(mark) if line.startswith(mark) else "" for line in text.splitlines()]
    try:
        return QueryFile(path, tomllib.loads("\n".join(said)), text)
    except tomllib.TOMLDecodeError as error:
        raise BadInput(f"{path}: front matter: {error}") from error
