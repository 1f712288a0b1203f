"""Gaps and unknowns as lines of a page, and the facets that narrow them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import groupby, islice

from segur_api.deps import Reading
from segur_api.views.address import outside
from segur_api.views.things import Thing, Things
from segur_graph import say
from segur_graph.gaps import Gap, Json, Report, Told, Unknown, rules
from segur_graph.names import thing
from segur_graph.options import Lang

# What may stand between the subject of a sentence and the rest: a date or a place, a colon.
SUBJECT = re.compile(r"(?: \(([^()]*)\))?( ?: )")


@dataclass(frozen=True)
class Law:
    """What a norm says, as its article is cited."""

    article: str
    url: str
    confidence: str

    @classmethod
    def of(cls, norm: Json, lang: Lang) -> "Law":
        """The law that a row of `norms` says."""
        article = say.article(norm["legal_basis"], lang) if norm["legal_basis"] else ""
        return cls(article, outside(norm["source_url"]), norm["confidence"])

    @property
    def confirmed(self) -> bool:
        """Whether somebody read it."""
        return self.confidence == "confirmed"


@dataclass(frozen=True)
class Line:
    """A gap as a list shows it; what only a shown one needs is made when it is asked for."""

    gap: Gap
    as_of: date
    lang: Lang
    things: Things
    asker_ids: list[str]

    @cached_property
    def focus(self) -> Thing:
        """What it is about."""
        return focus_of(self.gap, self.things)

    @cached_property
    def law(self) -> Law | None:
        """The norm of its focus; None where none is known."""
        norm = self.gap.norm
        if not norm:
            return None
        return Law.of(norm | {"legal_basis": norm["article"], "source_url": norm["url"]}, self.lang)

    @cached_property
    def words(self) -> str:
        """Its sentence, without the name and the article that stand beside it."""
        text = _without_name(self.gap.says[self.lang], self.focus.name(self.lang), self.gap.focus["label"])
        return text.replace(f" ({self.law.article})", "") if self.law else text

    @cached_property
    def seen(self) -> str:
        """The day on which it was seen, in words."""
        return say.day(date.fromisoformat(self.gap.seen_on), self.lang) if self.gap.seen_on else ""

    @property
    def since(self) -> str:
        """That day, where its sentence is to begin with it (R12)."""
        return "" if self.established else self.seen

    @cached_property
    def established(self) -> bool:
        """Whether it may be said as it is."""
        return self.gap.established(self.as_of)

    @property
    def askers(self) -> list[Thing]:
        """Who carries the proposals that speak of it."""
        return self.things.parties(self.asker_ids)

    @property
    def standing(self) -> str:
        """R12: `established` or `check`."""
        return "established" if self.established else "check"

    @property
    def lawful(self) -> bool:
        """Whether a norm could speak of it: of bodies and their types, not of measures and meetings."""
        return self.focus.party

    @property
    def sources(self) -> dict[str, str]:
        """The ids and titles of the sources that the gap rests on."""
        return {premise["source"]["id"]: premise["source"]["title"] for premise in self.gap.premises}


@dataclass(frozen=True)
class Question:
    """An unknown as a list shows it: a question, never a gap."""

    unknown: Unknown
    focus: Thing
    words: str


def lines(reading: Reading, report: Report, things: Things) -> list[Line]:
    """The gaps of a report, in its order."""
    askers = {key: _askers(remedies) for key, remedies in _shared(report)}
    return [Line(gap, report.as_of, reading.lang, things, askers[id(gap.remedies)]) for gap in report.gaps]


def lines_of(reading: Reading, found: list[Gap]) -> list[Line]:
    """Some gaps of a reading, with the things that they name looked up for them alone."""
    some = replace(reading.report(), gaps=found, unknowns=[])
    return lines(reading, some, Things(reading, named(some)))


def questions(report: Report, lang: Lang, things: Things) -> list[Question]:
    """The unknowns of a report, in its order."""
    focuses = [(u, focus_of(u, things)) for u in report.unknowns]
    return [Question(u, f, _without_name(u.says[lang], f.name(lang), u.focus["label"])) for u, f in focuses]


def facet_names(report: Report) -> Iterable[str]:
    """The ids that the facets of a report's gaps name."""
    for gap in report.gaps:
        yield gap.territory or ""
        yield gap.focus["type"]
    for _, remedies in _shared(report):
        yield from _askers(remedies)


def named(report: Report) -> Iterable[str]:
    """The ids that a report's gaps and unknowns name."""
    for told in report.told:
        yield thing(told.focus["iri"])[1]
        yield told.territory or ""
        yield told.focus["type"]
    yield from facet_names(report)


def focus_of(told: Told, things: Things) -> Thing:
    """The thing that a gap or an unknown is about."""
    return things.get(*thing(told.focus["iri"]))


def foremost(report: Report, gaps: int, questions: int) -> Report:
    """A report's first gaps, and its first questions of each kind: what a first screen shows of a whole country."""
    kinds = groupby(report.unknowns, lambda u: u.kind)
    return replace(report, gaps=report.gaps[:gaps], unknowns=[u for _, of in kinds for u in islice(of, questions)])


def by_kind(asked: Iterable[Question], lang: Lang) -> list[tuple[str, str, list[Question]]]:
    """The questions of each kind of unknown: the kind, its name, the questions."""
    grouped = groupby(asked, lambda q: q.unknown.kind)
    return [(kind, say.code("unknown-kinds", kind, lang), list(found)) for kind, found in grouped]


def title(kind: str, lang: Lang) -> str:
    """The name of a kind of gap."""
    return str(rules()[kind].front["title"][lang])


def _shared(report: Report) -> Iterable[tuple[int, list[Json]]]:
    """The remedies of a report's gaps, each list once: the gaps of a type share theirs."""
    return {id(gap.remedies): gap.remedies for gap in report.gaps}.items()


def _askers(remedies: list[Json]) -> list[str]:
    return list(dict.fromkeys(party for remedy in remedies for party in remedy["carried_by"]))


def _without_name(sentence: str, *labels: str) -> str:
    """A sentence whose subject stands before it already; what stood in brackets after the subject begins it."""
    for label in labels:
        found = SUBJECT.match(sentence, len(label)) if sentence.startswith(label) else None
        if found:
            rest = sentence[found.end() :]
            return f"{found[1]}{found[2]}{rest}" if found[1] else rest[:1].upper() + rest[1:]
    return sentence
