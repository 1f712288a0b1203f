"""The facts of the five documents against those made by hand beside them, kind by kind; persons are not compared.

A fact made by hand is found where a shipped row of the same document says it, with the same bodies and, where the kind
allows, at the same place of the text. What is not found is in `gold_differences.toml`, with its reason. Nothing of a
document is copied here: a fact is named by the beginning of the sha256 of its line.
"""

import hashlib
import json
import re
import tomllib
import unicodedata
from functools import cached_property
from pathlib import Path

import pytest

from segur_graph.facts import TABLES
from segur_ingest.build import shipped

DIFFERENCES = tomllib.loads(Path(__file__).with_name("gold_differences.toml").read_text("utf-8"))["difference"]
SMALL = {"a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les"}
pytestmark = pytest.mark.shared


class Document:
    """A document: its text, the facts made by hand, the rows that ship."""

    def __init__(self, shared, number):
        self.number = number
        self.text = next((shared / "corpus").glob(f"{number}_*.txt")).read_bytes().decode()
        lines = (shared / "gold" / f"{number}.jsonl").read_text("utf-8").splitlines()
        self.facts = [json.loads(line) | {"id": hashlib.sha256(line.encode()).hexdigest()[:10]} for line in lines]
        self.tables = _tables(f"doc-{number}")
        self.types = [t for t in _tables("types")["types"] if t["code"] in self.named]
        self.found = {
            "body": lambda fact: self.parties[fact["label"]],
            "holds": self.holds,
            "attends": self.attends,
            "event": self.meetings,
            "proposes": lambda fact: fact["id"] in self.proposals,
            "concerns": self.concerns,
            "cosigns": self.cosigns,
            "member_of": self.member_of,
        }

    def missing(self):
        """The facts that no row says, though a careful reader does not leave them out."""
        asked = [f for f in self.facts if f["kind"] != "person" and not f.get("optional")]
        return {(self.number, f["kind"], f["id"]) for f in asked if not self.found[f["kind"]](f)}

    def of(self, kind, **said):
        """The facts of a kind that say what is given."""
        return [f for f in self.facts if f["kind"] == kind and said.items() <= f.items()]

    def rows(self, table, **among):
        """The rows of a table whose cells are among those given."""
        return [r for r in self.tables[table] if all(r[name] in cells for name, cells in among.items())]

    def nearness(self, row, fact):
        """How much of the row's place and of the fact's is the same, from 0 to 1."""
        start, end = map(int, row["locator"].removeprefix("char=").split(","))
        places = re.finditer(r"\s+".join(map(re.escape, fact["quote"].split())), self.text)
        spans = [m.span() for m in places]
        return max((max(0, min(end, b) - max(start, a)) / (max(end, b) - min(start, a)) for a, b in spans), default=0)

    @cached_property
    def named(self):
        """The parties that some row names, and the types that it counts."""
        columns = [(t.name, c) for t in TABLES.values() for c in t.columns if c.kind in {"party", "type"}]
        return {cell for t, column in columns for row in self.tables[t] for cell in column.values(row[column.name])}

    @cached_property
    def parties(self):
        """The ids and the codes that stand for a label."""
        return {fact["label"]: self._parties(fact) for fact in self.of("body")}

    def _parties(self, fact):
        called = [_words(name) for name in (fact["label"], *fact.get("aliases", ()))]
        bodies = {r["id"]: f"{r['label']} {r['type']}" for r in self.rows("bodies", kind={fact["type"]})}
        codes = {t["code"]: f"{t['label']} {t['code']}" for t in self.types if t["kind"] == fact["type"]}
        said = {i: _words(label) for i, label in (codes if fact.get("generic") else bodies).items()}
        alike = {i: words for i, words in said.items() if any(_within(name, words) for name in called)}
        return {i for i, words in alike.items() if len(words) == min(map(len, alike.values()))}

    def speaks_for(self, who):
        """The parties for which a person speaks, or that a body is."""
        labels = [fact["body"] for fact in self.of("holds", person=who)] or [who]
        return {party for label in labels if label for party in self.parties[label]}

    def holds(self, fact):
        """An office is the role of a member, the body that it speaks for; one that speaks for none is not asked for."""
        if fact["body"] is None:
            return True
        rows = self.rows("memberships", member=self.parties[fact["body"]])
        return any(bool(r["role"]) == bool(fact["role"]) and self.nearness(r, fact) for r in rows)

    def meetings(self, fact):
        """The meetings that an event is."""
        days = {"date": {fact["date"]}} if fact["date"] else {}
        days |= {"end": {fact["end"]}} if "end" in fact else {}
        return {r["id"] for r in self.rows("meetings", **days) if self.nearness(r, fact)}

    def attends(self, fact):
        """Whoever attends a meeting does so for a body."""
        meetings = {i for event in self.of("event", label=fact["event"]) for i in self.meetings(event)}
        who = self.speaks_for(fact["who"])
        return self.rows("attendances", meeting=meetings, body=who, status={fact["status"]})

    @cached_property
    def proposals(self):
        """The measure that each proposal is, another for each: the nearest in the text first.

        A proposal named as a body is a measure that concerns it.
        """
        pairs = []
        for fact in self.of("proposes"):
            body = self.parties.get(fact["proposal"], set())
            pillar = str(fact["pillar"] or "")
            for row in self.rows("measures", proposed_by=self.parties[fact["body"]], pillar={pillar}):
                near = self.nearness(row, fact) + bool(body & set(row["concerns"].split("|")))
                pairs += [(near, fact["id"], row)] if near else []
        found: dict[str, dict[str, str]] = {}
        for _, fact, row in sorted(pairs, key=lambda pair: pair[0], reverse=True):
            if fact not in found and row not in found.values():
                found[fact] = row
        return found

    def concerns(self, fact):
        """The measure names the body."""
        same = [p["id"] for p in self.of("proposes", proposal=fact["proposal"])]
        named = {party for i in same if i in self.proposals for party in self.proposals[i]["concerns"].split("|")}
        return named & self.parties[fact["body"]]

    def cosigns(self, fact):
        """The bodies sign one measure, or are to."""
        signed: dict[str, set[str]] = {}
        for row in self.rows("signatures", role={"author", "cosignatory"}):
            signed.setdefault(row["measure"], set()).add(row["body"])
        return any(all(self.parties[body] & bodies for body in fact["bodies"]) for bodies in signed.values())

    def member_of(self, fact):
        """The body is a member of the instance."""
        instance, member = self.parties[fact["instance"]], self.speaks_for(fact["body_or_person"])
        return self.rows("memberships", body=instance, member=member)


def _tables(source):
    """The rows that ship of a source, by table."""
    found = next(s for s in shipped() if s.id == source)
    held = {t.name for t in found.tables()}
    return {name: list(found.rows(t)) if name in held else [] for name, t in TABLES.items()}


def _words(text):
    """The words of a label, without accents, endings of the plural and small words."""
    plain = "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))
    words = set(re.findall(r"[^\W_]+", plain)) - SMALL
    return {re.sub(r"aux$", "al", word) if word.endswith("aux") else re.sub(r"(?<=...)s$", "", word) for word in words}


def _within(name, words):
    """Whether every word of a name is among the words, or shortens one of them."""
    return all(any(w == word or (len(word) > 3 and w.startswith(word)) for w in words) for word in name)


@pytest.fixture(scope="module")
def missing(shared):
    """What is missing from the five documents, as document, kind and fact."""
    if not (shared / "gold").is_dir():
        pytest.skip("../shared/gold is not there")
    return set().union(*(Document(shared, number).missing() for number in ("000", "001", "002", "003", "004")))


@pytest.fixture(scope="module")
def different():
    """What is known to be missing."""
    return {(d["document"], d["kind"], d["fact"]) for d in DIFFERENCES}


def test_a_fact_made_by_hand_ships_or_is_a_known_difference(missing, different):
    """Every fact that a careful reader does not leave out ships, or its absence has a reason."""
    assert missing - different == set()


def test_a_known_difference_is_still_one(missing, different):
    """A reason is there only as long as its fact is missing."""
    assert different - missing == set()


def test_a_difference_is_told_once_with_its_reason(different):
    """Each difference is there once and says why."""
    assert len(different) == len(DIFFERENCES)
    assert all(d["why"].strip() for d in DIFFERENCES)
