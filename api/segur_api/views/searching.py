"""What a search finds: things by the index of the edition, questions by the words of their sentences."""

from dataclasses import dataclass
from urllib.parse import quote

from segur_api.deps import Reading
from segur_graph import search
from segur_graph.catalogue import Catalogue
from segur_graph.search import Found

QUESTIONS = "questions"
MOST = 50


@dataclass(frozen=True)
class Page:
    """What was found, nearest first, and whether there is more."""

    found: list[Found]
    truncated: bool


def find(reading: Reading, catalogue: Catalogue, text: str, most: int = MOST) -> Page:
    """Things first, then questions."""
    things = reading.opened.search.find(text, most=most + 1)
    found = [*things, *_questions(catalogue, search.words(text))]
    return Page(found[:most], len(found) > most)


def address(found: Found) -> str:
    """The path of the page of what was found."""
    if found.table == QUESTIONS:
        return f"/requetes/{found.id}"
    return f"/doc/{found.table}/{quote(found.id, safe=':')}"


def _questions(catalogue: Catalogue, said: list[str]) -> list[Found]:
    """The questions in which some word begins with each of those said."""
    if not said:
        return []
    asked = ((q, q.front.title, q.front.question) for q in catalogue.questions.values())
    return [
        Found(QUESTIONS, q.name, title.fr, title.en)
        for q, title, sentence in asked
        if _holds(f"{title.fr} {title.en} {sentence.fr} {sentence.en}", said)
    ]


def _holds(text: str, said: list[str]) -> bool:
    held = search.fold(text).replace("'", " ").replace("’", " ").split()
    return all(any(word.startswith(one) for word in held) for one in said)
