"""Gap rules and their answers: what is missing, how certain it is, on what it stands."""

import gc
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from typing import Any, Literal, NamedTuple

from segur_graph import completeness, front, names, say
from segur_graph.errors import BadInput
from segur_graph.front import QueryFile
from segur_graph.shipped import data
from segur_graph.tables import Dated, Tables

Severity = Literal["high", "medium", "low"]
SEVERITIES: tuple[Severity, ...] = ("high", "medium", "low")
Json = dict[str, Any]


@dataclass(frozen=True)
class Gap:
    """A documented absence, in the shape of its JSON."""

    id: str
    kind: str
    severity: Severity
    certainty: Literal["certain", "uncertain"]
    seen_on: str | None
    focus: Json
    territory: str | None
    count: int
    details: Json
    stages: list[str]
    says: dict[str, str]
    norm: Json | None
    premises: list[Json]
    remedies: list[Json]

    def established(self, as_of: date) -> bool:
        """R12: whether it may be said aloud as it is, or is first to be checked."""
        fresh = self.seen_on is not None and self.seen_on >= year_before(as_of).isoformat()
        return self.certainty == "certain" and (self.kind == "structural" or fresh)


@dataclass(frozen=True)
class Unknown:
    """What cannot be told, and the question to ask; never counted or worded as a gap."""

    kind: str
    focus: Json
    territory: str | None
    details: Json
    says: dict[str, str]
    premises: list[Json]

    @property
    def id(self) -> str:
        """`kind:focus`, as a gap's."""
        return f"{self.kind}:{self.focus['id']}"


Told = Gap | Unknown


class Counts(NamedTuple):
    """R12: the gaps established, those to be checked, and the unknowns: never added up."""

    established: int
    to_check: int
    unknown: int


@dataclass(frozen=True)
class Report:
    """The gaps and unknowns of an edition on a date."""

    as_of: date
    edition: str
    what_if: list[str]
    gaps: list[Gap]
    unknowns: list[Unknown]
    completeness: Json
    before: frozenset[str] | None = None  # the gaps' ids without the measures of `what_if`

    @property
    def told(self) -> list[Told]:
        """The gaps, then the unknowns."""
        return [*self.gaps, *self.unknowns]

    @cached_property
    def counts(self) -> Counts:
        """The three counts."""
        established = sum(g.established(self.as_of) for g in self.gaps)
        return Counts(established, len(self.gaps) - established, len(self.unknowns))

    def json(self) -> Json:
        """The report as the JSON that the outside world sees."""
        said = ("kind", "focus", "details", "says")
        answer = {
            "as_of": self.as_of.isoformat(),
            "edition": self.edition,
            "what_if": self.what_if,
            "truncated": False,
            "gaps": [vars(g) for g in self.gaps],
            "unknowns": [{name: getattr(u, name) for name in said} for u in self.unknowns],
            "completeness": self.completeness,
        }
        return answer if self.before is None else answer | self._changes(self.before)

    def _changes(self, before: frozenset[str]) -> Json:
        """R16: what the measures taken as adopted close, open and leave."""
        after = {g.id for g in self.gaps}
        return {
            "closed": sorted(before - after),
            "opened": [vars(g) for g in self.gaps if g.id not in before],
            "unchanged": len(before & after),
        }


@cache
def rules() -> dict[str, QueryFile]:
    """The shipped rules by the kind of gap, or of unknown, that each finds."""
    return {path.stem: front.read(path) for path in sorted((data("queries") / "gaps").glob("*.sql"))}


def kinds() -> list[str]:
    """The kinds of gap."""
    return [name for name, rule in rules().items() if "says" in rule.front]


@contextmanager
def _uncollected() -> Iterator[None]:
    """Pauses the garbage collector: a report makes a million small objects that stay, a third of its time."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


@_uncollected()
def report(tables: Tables, as_of: date, *, kind: str = "", territory: str = "", what_if: Sequence[str] = ()) -> Report:
    """The gaps, unknowns and completeness on a date.

    `territory` narrows all three to what lies there, and to what the nation decides (R11); `kind`
    narrows the gaps; `what_if` takes measures as adopted (R16). BadInput where one is unknown.
    """
    if kind and kind not in kinds():
        raise BadInput(f"kind {kind} : genre inconnu ; attendu : {', '.join(kinds())}")
    adopted = sorted(set(what_if))
    before = None
    if adopted:
        without = report(tables, as_of, kind=kind, territory=territory)
        before = frozenset(g.id for g in without.gaps)
    now = tables.on(as_of, adopted)
    areas = now.areas(territory) if territory else None
    answers = [a for rule in rules().values() for a in _answers(now, rule) if _lies(a, areas)]
    build = _Builder(now, answers, adopted)
    gaps = [build.gap(a) for a in answers if a["answer"] == "gap" and kind in ("", a["kind"])]
    unknowns = [build.unknown(a) for a in answers if a["answer"] == "unknown"]
    return Report(
        as_of,
        tables.edition.id,
        adopted,
        sorted(gaps, key=lambda g: (SEVERITIES.index(g.severity), g.kind, g.focus["id"])),
        sorted(unknowns, key=lambda u: (u.kind, u.focus["id"])),
        completeness.total(completeness.instances(now, areas)),
        before,
    )


def _answers(now: Dated, rule: QueryFile) -> Iterable[Json]:
    """The rows of a rule, each with its kind, its sentence and what is known of its focus."""
    sql = (
        f"SELECT f.id, f.label, f.label_en, f.type, f.territory AS focus_territory, f.place, r.* "
        f"FROM ({rule.text}\n) r JOIN focuses_now f ON f.id = r.focus AND f.\"table\" = '{rule.front['focus']}'"
    )
    for row in now.query(sql):
        gap = row["answer"] == "gap"
        row["kind"] = rule.name if gap else rule.front["unknown"]
        row["sentence"] = rule.front[row.get("sentence") or ("says" if gap else "asks")]
        row["severity"] = row.get("severity") or rule.front.get("severity")
        row["table"] = rule.front["focus"]
        if "territory" in row:  # the focus is a type in a territory
            row["place"] = row["territory"]
            row["id"] = f"{row['focus']}:{row['territory'] or ''}"
        yield row


def _lies(answer: Json, areas: set[str] | None) -> bool:
    """R11: whether an answer lies in some territories, or is the nation's."""
    if areas is None or answer["place"] in areas:
        return True
    return answer["place"] is None and national(answer["table"], answer["kind"])


def national(table: str, kind: str) -> bool:
    """R11: whether what is told of a row of a table, and lies nowhere, is for the nation to decide."""
    return table in ("types", "measures") and kind != "unknown-instances"  # these are a type's in a territory


class _Builder:
    """What the answers of one report share: premises, norms and remedies, each looked up once."""

    def __init__(self, now: Dated, answers: list[Json], adopted: Sequence[str]) -> None:
        self.premises = _premises(now, answers)
        self.norms = {row["type"]: row for row in now.query("FROM norms_now")}
        self.remedies = _remedies(now, adopted)
        self.named: dict[str, list[Json]] = {}
        self.territories = {r["code"]: r["label"] for r in now.query("SELECT code, label FROM territories_told")}

    def gap(self, row: Json) -> Gap:
        certain = row.get("confidence") in (None, "confirmed")
        return Gap(
            id=f"{row['kind']}:{row['id']}",
            kind=row["kind"],
            severity=row["severity"] if certain else "low",
            certainty="certain" if certain else "uncertain",
            seen_on=_iso(row["seen_on"]),
            focus=self._focus(row),
            territory=row["focus_territory"],
            count=row["count"],
            details=row.get("details") or {},
            stages=row.get("stages") or [],
            says=self._says(row),
            norm=self._norm(row),
            premises=self._premises(row),
            remedies=self._remedies(row),
        )

    def unknown(self, row: Json) -> Unknown:
        details = dict(row.get("details") or {})
        if row["kind"] == "unknown-seat":
            details["count"] = row["count"]
        if row.get("stages"):
            details["stages"] = row["stages"]
        territory = row["territory"] if "territory" in row else row["focus_territory"]
        return Unknown(row["kind"], self._focus(row), territory, details, self._says(row), self._premises(row))

    def _focus(self, row: Json) -> Json:
        return {
            "id": row["id"],
            "iri": names.iri(row["table"], row["focus"]),
            "label": row["label"],
            "type": row["type"],
        }

    def _says(self, row: Json) -> dict[str, str]:
        place = row.get("territory") or ""
        slots = {**row, "territory_label": self.territories.get(place, place or "—")}
        told: dict[str, str] = {}
        for lang in say.LANGS:
            label = say.named(row["label"], row["label_en"], lang)
            words = {"label": label, "article": say.article(row.get("article"), lang)}
            told[lang] = say.sentence(row["sentence"][lang], slots | words, lang)
        return told

    def _norm(self, row: Json) -> Json | None:
        norm = self.norms.get(row["type"])
        if norm is None or row["table"] not in ("types", "bodies"):
            return None
        return {
            "code": norm["type"],
            "article": norm["legal_basis"],
            "valid_from": _iso(norm["valid_from"]),
            "usager_seats_min": norm["usager_seats_min"],
            "confidence": norm["confidence"],
            "url": norm["source_url"],
        }

    def _premises(self, row: Json) -> list[Json]:
        facts = dict.fromkeys(fact for fact in row["premises"] or () if fact)
        return [premise for fact in facts for premise in self.premises.get(fact, ())]

    def _remedies(self, row: Json) -> list[Json]:
        """R14: proposals that close a structural gap, or that name the type or the instance."""
        if row["table"] == "types":
            return [r for r in self.remedies.get(row["focus"], {}).values() if r["how"]]
        if row["table"] != "bodies":
            return []
        of_type, own = self.naming(row["type"]), self.naming(row["focus"])
        return sorted({r["id"]: r for r in of_type + own}.values(), key=lambda r: r["id"]) if own else of_type

    def naming(self, party: str) -> list[Json]:
        """The proposals that name a type or a body; one list for all the gaps that share it."""
        if party not in self.named:
            self.named[party] = [{**r, "how": "concerns"} for r in self.remedies.get(party, {}).values()]
        return self.named[party]


def _premises(now: Dated, answers: list[Json]) -> dict[str, list[Json]]:
    """The rows that premises name (`table/fact`), each with its IRI, source and locator."""
    facts = defaultdict(set)
    for answer in answers:
        for fact in answer["premises"] or ():
            if fact:
                table, _, key = fact.partition("/")
                facts[table].add(key)
    found = defaultdict(list)
    for table, keys in facts.items():
        sql = f"""
            SELECT t.fact, t.source, s.title, t.locator
            FROM {table} t JOIN sources s ON s.id = t.source
            WHERE t.fact IN (SELECT unnest($keys)) ORDER BY t.fact, t.source"""
        for row in now.query(sql, keys=sorted(keys)):
            found[f"{table}/{row['fact']}"].append(
                {
                    "fact": names.iri(names.fact_table(table), row["fact"]),
                    "source": {"id": row["source"], "title": row["title"]},
                    "locator": row["locator"],
                }
            )
    return found


def _remedies(now: Dated, adopted: Sequence[str]) -> dict[str, dict[str, Json]]:
    """For each type or body that proposals name: those proposals, how, and who carries them."""
    carried = defaultdict(list)
    for row in now.query("SELECT measure, party FROM signatories_now ORDER BY party"):
        carried[row["measure"]].append(row["party"])
    found: dict[str, dict[str, Json]] = defaultdict(dict)
    sql = """
        SELECT n.named, n.measure, m.label,
               CASE WHEN n.guarantees THEN 'closes' WHEN n.concerned THEN 'concerns' END AS how
        FROM namings_now n JOIN measures_now m ON m.id = n.measure
        WHERE n.kind = 'proposal' ORDER BY n.measure"""
    for row in now.query(sql):
        if row["measure"] in adopted:
            continue
        found[row["named"]][row["measure"]] = {
            "id": row["measure"],
            "label": row["label"],
            "how": row["how"],
            "carried_by": carried[row["measure"]],
        }
    return found


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def year_before(day: date) -> date:
    """The same day a year earlier."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year - 1, day=28)
