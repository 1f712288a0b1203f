"""The catalogue: the questions that ship, and the user's own."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from segur_graph.agreement import agree
from segur_graph.errors import BadInput
from segur_graph.questions import Question, read, refusal
from segur_graph.shipped import data


@dataclass(frozen=True)
class Catalogue:
    """The questions by name, and why each file that is none was refused."""

    questions: dict[str, Question]
    refused: dict[str, BadInput]

    @cached_property
    def digest(self) -> str:
        """A hash of the files: another answer may follow from another file."""
        texts = (f"{name}\x1f{question.file.text}" for name, question in self.questions.items())
        return hashlib.sha256("\x1f".join(texts).encode()).hexdigest()[:16]

    def get(self, name: str) -> Question:
        """The question of a name; BadInput where there is none, with the reason if a file of that name was refused."""
        if name in self.questions:
            return self.questions[name]
        if name in self.refused:
            raise self.refused[name]
        raise BadInput(f"question {name} : inconnue ; attendu : {', '.join(self.questions)}")

    def panels(self, table: str) -> Iterator[tuple[Question, str]]:
        """The questions that stand on the pages of a table's things, each with the parameter that takes the thing."""
        for question in self.questions.values():
            if parameter := question.panel(table):
                yield question, parameter


def catalogue(store: Path | None = None) -> Catalogue:
    """The questions that ship, and those in the folder `queries` of a store."""
    found = Catalogue(dict(shipped()), {})
    folder = store / "queries" if store else None
    for path in sorted(folder.glob("[!.]*")) if folder else ():
        try:
            if path.suffix not in (".rq", ".sql"):
                raise refusal(path, "suffixe", path.suffix, ".rq (SPARQL), .sql")
            if not path.is_file():
                raise refusal(path, "sorte", "dossier, ou flux", "un fichier")
            if path.stem in found.questions:
                raise refusal(path, "nom", path.stem, "un nom qu'aucune autre question ne porte")
            question = read(path)
            agree(question)
            found.questions[question.name] = question
        except BadInput as error:
            found.refused[path.stem] = error
    return found


@cache
def shipped() -> dict[str, Question]:
    """The questions that ship, by name; the tests hold them to what is asked of the user's own."""
    folders = (data("queries") / "graph", data("queries") / "tables")
    files = [path for folder in folders for path in folder.iterdir() if path.suffix in (".rq", ".sql")]
    return {path.stem: read(path) for path in sorted(files, key=lambda path: path.stem)}
