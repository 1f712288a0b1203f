"""The slots of a question: what they take, what a picker proposes, what things are called."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from segur_graph import say
from segur_graph.days import is_day
from segur_graph.errors import BadInput
from segur_graph.facts import CODES
from segur_graph.options import Lang
from segur_graph.questions import Parameter, Question
from segur_graph.tables import Now

PROPOSED = 2_000  # a picker proposes so many values

# The things of each kind: those that a parameter may name.
KNOWN = {
    "bodies": "SELECT id FROM bodies_told",
    "types": "SELECT DISTINCT named AS id FROM narrower",
    "measures": "SELECT id FROM measures_told",
    "meetings": "SELECT id FROM meetings_told",
    "territories": "SELECT code AS id FROM territories_told",
    "sources": "SELECT id FROM sources",
}
JOINED = "SELECT id FROM bodies"  # an id that another speaks for is known too
KNOWN["party"] = f"{KNOWN['bodies']} UNION {KNOWN['types']}"
KNOWN["thing"] = " UNION ".join(
    f"SELECT '{table}/' || id AS id FROM ({sql})" for table, sql in KNOWN.items() if table != "party"
)
NAMED = """
SELECT "table" || '/' || id AS id, label, label_en FROM focuses_now
UNION ALL SELECT 'territories/' || code, label, NULL FROM territories_told
UNION ALL SELECT 'sources/' || id, title, NULL FROM sources
UNION ALL SELECT 'norms/' || fact, name_fr, name_en FROM norms
"""


class BadValue(BadInput):
    """A value for a slot that cannot be taken: which slot, the value, what was expected."""

    def __init__(self, name: str, value: str, expected: str) -> None:
        super().__init__(f"{name} : {value or 'valeur absente'} ; attendu : {expected}")
        self.told = {"parameter": name, "value": value, "expected": expected}


def checked(question: Question, now: Now, given: Mapping[str, str]) -> dict[str, str]:
    """A value for each parameter, empty where an optional one is not given."""
    parameters = question.front.parameters
    for name in given:
        if name not in parameters:
            raise BadValue(name, given[name], ", ".join(parameters) or "—")
    return {name: _checked(now, name, p, given.get(name) or "") for name, p in parameters.items()}


def example(question: Question, name: str, now: Now, lang: Lang) -> str:
    """The example of a slot; where nothing here is called so, the first value that its picker proposes."""
    parameter = question.front.parameters[name]
    try:
        return _checked(now, name, parameter, parameter.example)
    except BadValue:
        return next((value for value, _ in proposed(parameter, now, lang)), parameter.example)


def proposed(parameter: Parameter, now: Now, lang: Lang) -> list[tuple[str, str]]:
    """The values that a picker proposes, each with its name, in the order of names; none for a plain value."""
    if parameter.kind in CODES:
        return [(code, say.code(parameter.kind, code, lang)) for code in CODES[parameter.kind]]
    sql = parameter.picker or KNOWN.get(parameter.kind)
    if sql is None:
        return []
    ids = [str(next(iter(row.values()))) for row in now.query(f"FROM ({sql}) LIMIT {PROPOSED}")]
    called = labels(now, ((parameter.kind, i) for i in ids), lang)
    return sorted(
        ((i, called.get((parameter.kind, i), i)) for i in ids), key=lambda pair: (pair[1].casefold(), pair[0])
    )


def labels(now: Now, things: Iterable[tuple[str, str]], lang: Lang) -> dict[tuple[str, str], str]:
    """What things are called, by kind and id."""
    asked = dict.fromkeys(things)
    paths = [path for thing in asked for path in _paths(*thing)]
    found = {
        row["id"]: say.named(row["label"], row["label_en"], lang)
        for row in now.query(f"SELECT * FROM ({NAMED}) WHERE id IN (SELECT unnest($paths))", paths=paths)
    }
    return {thing: found[path] for thing in asked for path in reversed(_paths(*thing)) if path in found}


def _paths(kind: str, key: str) -> list[str]:
    """Where a thing of a kind may stand, the likeliest first: a party is a body, else a type."""
    if kind == "thing":
        return [key]
    return [f"bodies/{key}", f"types/{key}"] if kind == "party" else [f"{kind}/{key}"]


def _checked(now: Now, name: str, parameter: Parameter, value: str) -> str:
    if not value:
        if parameter.optional:
            return ""
        raise BadValue(name, "", parameter.example)
    match parameter.kind:
        case "date" if not is_day(value):
            raise BadValue(name, value, f"AAAA-MM-JJ, {parameter.example}")
        case "number" if not (value.isascii() and value.isdigit() and len(value) <= len(str(2**53))):
            raise BadValue(name, value, parameter.example)
        case kind if kind in CODES and value not in CODES[kind]:
            raise BadValue(name, value, ", ".join(CODES[kind]))
        case kind if kind in KNOWN:
            _known(now, name, parameter, value)
    return value


def _known(now: Now, name: str, parameter: Parameter, value: str) -> None:
    known = (
        f"{KNOWN[parameter.kind]} UNION {JOINED}" if parameter.kind in ("bodies", "party") else KNOWN[parameter.kind]
    )
    if now.query(f"SELECT 1 FROM ({known}) WHERE id = $value", value=value):
        return
    ids = [row["id"] for row in now.query(f"FROM ({parameter.picker or known}) AS t(id) LIMIT {PROPOSED}")]
    near = get_close_matches(value, ids, cutoff=0.4) or [parameter.example]
    raise BadValue(name, value, ", ".join([*near, "…"]))
