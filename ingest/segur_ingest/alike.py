"""How near two contributions are, and what they have in common."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from segur_graph import say
from segur_graph.options import Lang
from segur_graph.tables import Tables
from segur_ingest.same import fold

# What two contributions have in common besides words, in parts of the likeness of two equal titles.
SAME_PARTY, SAME_THEME, SAME_PART = 0.2, 0.1, 0.25
# Two words are of one family where they begin alike for this share of the longer one: usager, usagers.
KIN = 0.6
HEAD = 4
# Words that say nothing of what is asked; those of one or two letters go with them.
STOP = {
    *("aux", "avec", "comme", "dans", "des", "entre", "leur", "leurs", "les"),
    *("par", "pas", "plus", "pour", "qui", "ses", "son", "sur", "une"),
}

WHY: dict[Lang, dict[str, str]] = {
    "fr": {
        "effect": "même effet : {}",
        "words": "mots communs : {}",
        "parties": "concernent : {}",
        "theme": "même thème : {}",
        "parts": "même part prise : {}",
    },
    "en": {
        "effect": "same effect: {}",
        "words": "words in common (of the French titles): {}",
        "parties": "both concern: {}",
        "theme": "same theme: {}",
        "parts": "same part taken: {}",
    },
}


@dataclass(frozen=True)
class Ask:
    """A contribution as it is compared."""

    words: Mapping[str, str]  # a word of the title, by its family
    named: frozenset[str]  # the parties that it concerns
    covers: frozenset[str]  # those, the types of the bodies among them, and what is broader
    theme: str | None
    effect: tuple[str, str] | None  # seats in a type, for a group
    effects: frozenset[tuple[str, str]]  # that, and the same in broader types
    parts: frozenset[tuple[str, str]]  # a group at a stage

    @property
    def keys(self) -> frozenset[object]:
        """What another must share one of to be compared at all."""
        return frozenset(self.words) | self.effects


@dataclass(frozen=True)
class Common:
    """What two contributions have in common."""

    effect: tuple[tuple[str, str], ...]
    words: tuple[str, ...]
    parties: tuple[str, ...]
    theme: tuple[str, ...]
    parts: tuple[tuple[str, str], ...]

    def told(self, lang: Lang) -> str:
        """In words, the weightiest first."""
        said = {
            "effect": [f"{say.code('groups', group, lang)}, {kind}" for kind, group in self.effect],
            "words": self.words,
            "parties": self.parties,
            "theme": self.theme,
            "parts": [f"{say.code('groups', g, lang)} ({say.code('stages', s, lang)})" for g, s in self.parts],
        }
        return " · ".join(WHY[lang][name].format(", ".join(values)) for name, values in said.items() if values)


def common(one: Ask, other: Ask) -> Common:
    """What two contributions have in common: an effect, words, parties, a theme, a part taken."""
    return Common(
        effect=tuple(e for e in (one.effect, other.effect) if e and e in one.effects & other.effects)[:1],
        words=tuple(sorted(one.words[family] for family in one.words.keys() & other.words.keys())),
        parties=tuple(sorted((one.named & other.covers) | (other.named & one.covers))),
        theme=(one.theme,) if one.theme and one.theme == other.theme else (),
        parts=tuple(sorted(one.parts & other.parts)),
    )


def score(one: Ask, other: Ask, shared: Common, rarity: Mapping[str, float]) -> float:
    """How near two contributions are, from 0 to 1, which is the same effect."""
    if shared.effect:
        return 1.0
    both = sum(rarity[family] for family in one.words.keys() & other.words.keys())
    whole = sum(rarity[family] for family in (*one.words, *other.words))
    words = 2 * both / whole if whole else 0.0
    more = SAME_PARTY * bool(shared.parties) + SAME_THEME * bool(shared.theme) + SAME_PART * bool(shared.parts)
    return round(min(words + more, 1.0), 2)


def rarity(asks: Iterable[Ask]) -> dict[str, float]:
    """What each family of words weighs: the rarer, the more."""
    said = list(asks)
    counts = Counter(family for ask in said for family in ask.words)
    return {family: math.log(1 + len(said) / count) for family, count in counts.items()}


def sharing(asks: Mapping[str, Ask]) -> set[tuple[str, str]]:
    """The pairs that share a word of their titles or an effect, each in order."""
    by: dict[object, list[str]] = defaultdict(list)
    for name in sorted(asks):
        for key in asks[name].keys:
            by[key].append(name)
    return {pair for names in by.values() for pair in combinations(names, 2)}


def asks(tables: Tables) -> dict[str, Ask]:
    """The contributions of an edition, by id."""
    rows = tables.query("SELECT id, label, theme, concerns, effect_type, effect_group FROM measures_told")
    words = {row["id"]: _words(row["label"]) for row in rows}
    kin = families(word for said in words.values() for word in said)
    above, parts = _above(tables), _parts(tables)
    found = {}
    for row in rows:
        kind, group = row["effect_type"], row["effect_group"]
        named = frozenset({*(row["concerns"] or ()), kind} - {None})
        found[row["id"]] = Ask(
            words={kin[word]: word for word in words[row["id"]]},
            named=named,
            covers=named.union(*(above.get(party, ()) for party in named)),
            theme=row["theme"],
            effect=(kind, group) if kind else None,
            effects=frozenset((broader, group) for broader in {kind, *above.get(kind, ())}) if kind else frozenset(),
            parts=frozenset(parts.get(row["id"], ())),
        )
    return found


def families(words: Iterable[str]) -> dict[str, str]:
    """For each word, the shortest that begins like it."""
    from rapidfuzz.distance import Prefix

    found: dict[str, str] = {}
    heads: dict[str, list[str]] = defaultdict(list)
    for word in sorted(set(words), key=lambda w: (len(w), w)):
        near = [head for head in heads[word[:HEAD]] if Prefix.normalized_similarity(head, word) >= KIN]
        found[word] = near[0] if near else word
        if not near:
            heads[word[:HEAD]].append(word)
    return found


def _words(label: str) -> list[str]:
    return [word for word in fold(label).split() if len(word) > 2 and word not in STOP]  # noqa: PLR2004 - du, le, en


def _above(tables: Tables) -> dict[str, set[str]]:
    """For each body and type, its type and the broader ones."""
    broader: dict[str, set[str]] = defaultdict(set)
    for row in tables.query("SELECT named, type FROM narrower"):
        broader[row["type"]].add(row["named"])
    bodies = {row["id"]: broader[row["type"]] for row in tables.query("SELECT id, type FROM bodies_told")}
    return {**broader, **bodies}


def _parts(tables: Tables) -> dict[str, set[tuple[str, str]]]:
    """For each contribution, the groups that take or are to take part, and when."""
    parts: dict[str, set[tuple[str, str]]] = defaultdict(set)
    sql = """SELECT DISTINCT measure, "group", stage FROM participations WHERE modality <> 'lacking'"""
    for row in tables.query(sql):
        parts[row["measure"]].add((row["group"], row["stage"]))
    return parts
