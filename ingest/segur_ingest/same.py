"""Verdicts on two ids, kept in a source of the user's, and the pairs that deserve one."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from segur_graph import search
from segur_graph.edition import Advance, Edition, quiet
from segur_graph.errors import BadInput
from segur_graph.facts import SAME
from segur_graph.store import Store
from segur_graph.tables import Rows, Tables
from segur_ingest import held, importing
from segur_ingest.importing import Plan

SOURCE = "verdicts"
TITLE = "Verdicts"
LOCATOR = "segur same"  # where such a verdict was said
# Labels less alike than this (0 to 100) are other names, not other spellings.
ALIKE = 85
WORDS = re.compile(r"[a-z]+|\d+")


@dataclass(frozen=True)
class Candidate:
    """Two bodies that different sources describe under names that are alike."""

    alike: float
    one: dict[str, str]
    other: dict[str, str]


def judge(store: Store, one: str, other: str, verdict: str, advance: Advance = quiet) -> Edition:
    """Keeps a verdict on two bodies or two measures in place of an earlier one; of joined bodies, `other` speaks.

    BadInput where an id is unknown, Faulty where they are not of the same sort or cannot go together. What is there is
    read under the lock: nobody's verdict is lost.
    """
    with importing.writing(store) as (_, work):
        edition = store.edition()
        _check(edition, one, other)
        folder = held.own(edition, SOURCE, TITLE, SAME)
        said = folder.sheets[SAME.name]
        if (one, other, verdict) in said.cells("id", "same_as", "verdict"):
            return edition
        others = [row for row, pair in enumerate(said.cells("id", "same_as")) if set(pair) != {one, other}]
        cells = {"id": one, "same_as": other, "verdict": verdict, "source": SOURCE, "locator": LOCATOR}
        folder.sheets[SAME.name] = said.picked(others).plus(cells)
        planned = Plan(edition.folder.name, folder)
        importing.check(planned, edition)
        return store.publish(planned.chosen(edition, work), advance)


def candidates(edition: Edition) -> list[Candidate]:
    """Bodies of one type and territory that no source describes both and on which nobody has said a verdict."""
    tables = Tables(edition)
    bodies = tables.query(
        "SELECT b.id, b.label, b.type, b.territory, list(DISTINCT s.source ORDER BY s.source) AS sources "
        "FROM bodies_told b JOIN bodies s ON speaking(s.id) = b.id GROUP BY ALL ORDER BY b.id"
    )
    judged = {frozenset((v["one"], v["other"])) for v in tables.query("SELECT one, other FROM verdicts")}
    near: dict[tuple[str, str], Rows] = defaultdict(list)
    for body in bodies:
        near[body["type"], body["territory"]].append(body)
    found = (pair for group in near.values() for pair in _alike(group))
    unjudged = (c for c in found if frozenset((c.one["id"], c.other["id"])) not in judged)
    return sorted(unjudged, key=lambda c: (-c.alike, c.one["id"], c.other["id"]))


def fold(label: str) -> str:
    """A label's words without accents, capitals or punctuation; C.H.U. is one word."""
    return " ".join(WORDS.findall(search.fold(label.replace(".", ""))))


def _alike(group: Rows) -> Iterator[Candidate]:
    from rapidfuzz import fuzz, process

    labels = [fold(body["label"]) for body in group]
    for place, body in enumerate(group):
        later = dict(enumerate(labels[place + 1 :], start=place + 1))
        matches = process.extract(labels[place], later, scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE, limit=None)
        for label, score, index in matches:
            apart = set(body["sources"]).isdisjoint(group[index]["sources"])
            if apart and _numbers(label) == _numbers(labels[place]):
                yield Candidate(score, body, group[index])


def _numbers(label: str) -> list[str]:
    """The numbers in a label: Paris 12 is not Paris 13."""
    return sorted(word for word in label.split() if word.isdigit())


def _check(edition: Edition, one: str, other: str) -> None:
    tables = Tables(edition)
    known = {row["id"] for row in tables.query("SELECT id FROM bodies UNION SELECT id FROM measures")}
    for name in (one, other):
        if name not in known:
            raise BadInput(f"{name} : inconnu ; attendu l'id d'un organisme ou d'une contribution de l'édition")
