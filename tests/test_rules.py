"""Each rule keeps the examples of its own front matter: a new file in queries/gaps is tested by being there."""

import re

import pytest

from segur_graph import gaps

RULES = sorted(gaps.rules().values(), key=lambda rule: rule.name)
EXAMPLES = [(rule, side) for rule in RULES for side in ("finds", "finds_not")]


@pytest.fixture(scope="module", params=EXAMPLES, ids=lambda e: f"{e[0].name}-{e[1]}")
def example(request, world):
    """An example of a rule as a small world, and what it is to give."""
    rule, side = request.param
    tables = dict(rule.front[side])
    return set(tables.pop("gives")), world(**tables)


def test_an_example_gives_exactly_what_it_says(example):
    """On 2026-06-30 the gaps and unknowns of an example are those that it gives."""
    gives, small = example
    assert small.ids() == gives


def test_the_sentences_of_an_example_have_no_hole(example):
    """Each sentence of an example is whole in both languages: every slot is filled, none with nothing."""
    report = example[1].on()
    for said in report.told:
        for lang in ("fr", "en"):
            text = said.says[lang]
            assert text[-1] in ".?"
            assert not re.search(r"[{}\[\]]|None|\? (seats|users|sièges)|\(\?|  ", text)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_front_matter_is_complete(rule):
    """A rule says its focus, title, and a sentence in French and English for each answer it can give."""
    front = rule.front
    sentences = [name for name in front if name.startswith(("says", "asks"))]
    assert front["focus"] in ("types", "bodies", "measures", "meetings")
    assert all(set(front[name]) == {"fr", "en"} and all(front[name].values()) for name in ("title", *sentences))
    assert ("says" in front) == ("'gap'" in rule.text)
    assert ("asks" in front) == ("unknown" in front) == ("'unknown'" in rule.text)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_sentence_that_a_rule_names_is_there(rule):
    """Each sentence that the SQL chooses is written, and each that is written is chosen or the first of its kind."""
    sql = "\n".join(line for line in rule.text.splitlines() if not line.startswith("--"))
    chosen = set(re.findall(r"'((?:says|asks)\w*)'", sql))
    written = {name for name in rule.front if name.startswith(("says", "asks"))}
    assert chosen <= written
    assert written <= chosen | {"says", "asks"}


def test_an_unknown_is_worded_as_a_question():
    """No unknown is worded as an absence: every sentence that asks has a question mark, in both languages."""
    asked = [s for rule in RULES for name, s in rule.front.items() if name.startswith("asks")]
    assert asked
    assert all("?" in sentence[lang] for sentence in asked for lang in ("fr", "en"))


def test_an_ended_mandate_is_never_called_vacant():
    """The sentence of an ended mandate says that it ended, not that the seat is empty."""
    says = gaps.rules()["expired-mandate"].front["says"]
    assert not re.search("vacan|vide|empty", " ".join(says.values()))
