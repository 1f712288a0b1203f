"""An answer for people and programs: names beside ids, in a terminal, as CSV or JSON."""

from datetime import date
from typing import Any

from segur_graph import console, say
from segur_graph.asking import Answer, Cell
from segur_graph.facts import CODES
from segur_graph.options import Lang
from segur_graph.questions import THINGS
from segur_graph.slots import labels
from segur_graph.tables import Now

NOTHING = {
    "fr": "Rien dans les sources de cette édition ; ce qu'elles ne disent pas est inconnu : ni présent, ni absent.",
    "en": "Nothing in this edition's sources; what they do not say is unknown: neither present nor absent.",
}
SIGNATURES = {
    "fr": {"effective": "signé", "requested": "pressenti"},
    "en": {"effective": "signed", "requested": "foreseen"},
}
CUT = {"fr": "Les {} premières lignes ; il y en a d'autres.", "en": "The first {} rows; there are more."}


def columns(answer: Answer) -> list[str]:
    """The columns of the CSV and JSON: each column of things is followed by their names, `NAME_label`."""
    return [
        name
        for column, said in answer.question.columns.items()
        for name in ((column, f"{column}_label") if said.kind in THINGS else (column,))
    ]


def rows(answer: Answer, now: Now, lang: Lang) -> list[list[Any]]:
    """The cells under `columns`."""
    called = labels(now, answer.things(), lang)
    found = []
    for row in answer.rows:
        cells: list[Any] = []
        for said, cell in zip(answer.question.columns.values(), row, strict=True):
            cells.append(cell)
            if said.kind in THINGS:
                cells.append(_each(cell, lambda one, kind=said.kind: called.get((kind, one))))
        found.append(cells)
    return found


def as_json(answer: Answer, now: Now, edition: str, lang: Lang) -> dict[str, Any]:
    """The answer as JSON: what was asked, of which edition and date, and its rows by column."""
    named = columns(answer)
    return {
        "question": answer.question.name,
        "edition": edition,
        "as_of": now.as_of.isoformat() if answer.question.dated else None,
        "given": answer.given,
        "truncated": answer.truncated,
        "rows": [{name: plain(cell) for name, cell in zip(named, row, strict=True)} for row in rows(answer, now, lang)],
    }


def printed(answer: Answer, now: Now, lang: Lang) -> None:
    """Prints an answer as a table, things by their names, codes in words."""
    said = answer.question.columns
    called = labels(now, answer.things(), lang)

    def word(kind: str, one: Any) -> str:
        return called.get((kind, one)) or told(kind, one, lang)

    cells = [
        [
            _joined(_each(cell, lambda one, kind=c.kind: word(kind, one)))
            for c, cell in zip(said.values(), row, strict=True)
        ]
        for row in answer.rows
    ]
    if not cells:
        console.out().print(NOTHING[lang])
        return
    numbers = [column.told(lang) for column in said.values() if column.kind == "number"]
    console.table(answer.question.front.title.told(lang), [c.told(lang) for c in said.values()], cells, right=numbers)
    if answer.truncated:
        console.out().print(CUT[lang].format(len(answer.rows)))


def told(kind: str, one: Any, lang: Lang) -> str:
    """A cell that is no thing with a name, in words: a code's name, a day, else itself."""
    if one is None:
        return ""
    if kind == "article":
        return say.article(str(one), lang)
    if kind == "signature":
        return SIGNATURES[lang].get(str(one), str(one))
    if kind in CODES:
        return say.code(kind, one, lang)
    if isinstance(one, str) and one.startswith("sg:"):
        return say.term(one.removeprefix("sg:"), lang)
    return one.isoformat() if isinstance(one, date) else str(one)


def turtle(answer: Answer) -> str:
    """The triples of an answer that is a graph, as Turtle."""
    import pyoxigraph as ox

    from segur_graph import rdf

    triples = [quad.triple for quad in ox.parse(answer.triples or b"", format=ox.RdfFormat.N_TRIPLES)]
    return bytes(ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=rdf.prefixes()) or b"").decode()


def _each(cell: Cell, name: Any) -> Any:
    return [name(one) for one in cell] if isinstance(cell, list) else None if cell is None else name(cell)


def _joined(cell: Any) -> str:
    return ", ".join(cell) if isinstance(cell, list) else cell or ""


def plain(cell: Any) -> Any:
    """A cell as JSON has it."""
    return cell.isoformat() if isinstance(cell, date) else cell
