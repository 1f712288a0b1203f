"""Gaps for people who read them: a terminal's table, CSV rows, a proof in numbered sentences."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from segur_graph import completeness, say
from segur_graph.console import out, table
from segur_graph.facts import TABLES
from segur_graph.gaps import Gap, Report, Unknown
from segur_graph.names import row_table, thing
from segur_graph.options import Lang
from segur_graph.passages import Texts
from segur_graph.tables import Tables

GAP_COLUMNS = (
    *("id", "kind", "severity", "certainty", "seen_on", "focus", "label", "type"),
    *("territory", "count", "says_fr", "article", "url"),
)

WORDS: dict[Lang, dict[str, str]] = {
    "fr": {
        "counts": "Établies : {} · À vérifier : {} · Inconnu : {}   (au {}, édition {})",
        "gaps": "Lacunes",
        "unknowns": "Inconnu : des questions, pas des lacunes",
        "columns": "gravité|ce qui manque|demandé par|lacune",
        "question": "question|inconnu",
        "law": "La loi : {} — {} ; {}.",
        "confirmed": "lu et confirmé",
        "from-memory": "de mémoire, à vérifier",
        "no_url": "sans adresse",
        "rests": "Repose sur : {} — {}, {}.",
        "closes": "Ce qui la fermerait : « {} », demandé par {} — {}, {}.",
        "concerns": "Une proposition en parle : « {} », portée par {} — {}, {}.",
        "nobody": "nul, que l'on sache",
        "completeness": "Sièges d'usagers que la loi exige (au {}, édition {})",
        "type": "type",
        "territory": "territoire",
        "required": "exigés",
        "documented": "documentés",
        "filled": "occupés",
        "vacant": "vacants",
        "missing": "manquants",
        "unknown": "inconnus",
        "absent_share": "part absente, entre",
        "total": "ensemble",
        "established": "Établie : loi lue, ou vue il y a moins d'un an ; à dire avec sa source.",
        "check": "À vérifier avant de la dire : source ancienne ou norme citée de mémoire.",
        "no_gap": "C'est inconnu : une question à poser, pas une lacune à dire.",
    },
    "en": {
        "counts": "Established: {} · To be checked: {} · Unknown: {}   (on {}, edition {})",
        "gaps": "Gaps",
        "unknowns": "Unknown: questions, not gaps",
        "columns": "severity|what is missing|asked for by|gap",
        "question": "question|unknown",
        "law": "The law: {} — {}; {}.",
        "confirmed": "read and confirmed",
        "from-memory": "from memory, to be checked",
        "no_url": "no address",
        "rests": "Rests on: {} — {}, {}.",
        "closes": "What would close it: “{}”, asked for by {} — {}, {}.",
        "concerns": "A proposal speaks of it: “{}”, carried by {} — {}, {}.",
        "nobody": "nobody that is known",
        "completeness": "Users' seats that the law requires (on {}, edition {})",
        "type": "type",
        "territory": "territory",
        "required": "required",
        "documented": "documented",
        "filled": "filled",
        "vacant": "vacant",
        "missing": "missing",
        "unknown": "unknown",
        "absent_share": "absent share, between",
        "total": "in all",
        "established": "Established: law that was read, or seen within a year; to be said with its source.",
        "check": "To be checked before it is said: an old source, or a norm quoted from memory.",
        "no_gap": "It is unknown: a question to ask, not a gap to tell.",
    },
}


def gap_rows(report: Report) -> list[list[Any]]:
    """The gaps as the rows of the CSV with the columns `GAP_COLUMNS`."""
    return [_gap_row(gap) for gap in report.gaps]


def gap_table(tables: Tables, report: Report, lang: Lang) -> None:
    """Prints the three counts, the gaps, and the questions."""
    words = WORDS[lang]
    names = parties(tables)
    out().print(words["counts"].format(*report.counts, say.day(report.as_of, lang), report.edition), style="bold")
    rows = [
        [say.code("severities", g.severity, lang), aloud(g, report.as_of, lang), _carriers(g, names), g.id]
        for g in report.gaps
    ]
    table(words["gaps"], words["columns"].split("|"), rows)
    if report.unknowns:
        asked = [[u.says[lang], u.id] for u in report.unknowns]
        table(words["unknowns"], words["question"].split("|"), asked)


def completeness_table(answer: dict[str, Any], rows: list[dict[str, Any]], by: str, lang: Lang) -> None:
    """Prints the seats that the law requires, in all and for each type or territory, with both bounds."""
    words = WORDS[lang]
    columns = [words[by], *(words[c] for c in completeness.SEATS), words["absent_share"]]
    cells = [[row[by] or "—", *(row[c] for c in completeness.SEATS), _bounds(row, lang)] for row in rows]
    cells.append([words["total"], *(answer[c] for c in completeness.SEATS), _bounds(answer, lang)])
    title = words["completeness"].format(say.day(date.fromisoformat(answer["as_of"]), lang), answer["edition"])
    table(title, columns, cells, right=columns[1:])


def _bounds(row: dict[str, Any], lang: Lang) -> str:
    """Both bounds of the share of absent seats, with their denominator: 5 % – 20 % de 40."""
    if row["absent_share"] is None:
        return "—"
    low, high = (f"{share:.1%}" for share in row["absent_share"])
    if lang == "fr":
        return f"{low} – {high} de {row['required']}".replace(".", ",").replace("%", " %")
    return f"{low} – {high} of {row['required']}"


def aloud(gap: Gap, as_of: date, lang: Lang) -> str:
    """A gap's sentence; one that was seen more than a year ago begins with its day (R12)."""
    if gap.established(as_of) or gap.seen_on is None:
        return gap.says[lang]
    return f"[{say.day(date.fromisoformat(gap.seen_on), lang)}] {gap.says[lang]}"


def proof(tables: Tables, gap: Gap, as_of: date, lang: Lang, texts: Texts | None = None) -> Iterator[str]:
    """The sentences of a gap's proof, numbered: what is missing, the law, what it rests on, what would close it.

    Where the `texts` hold a document, its passage follows the sentence that rests on it.
    """
    for number, text in enumerate(_proof(tables, gap, as_of, lang, texts), start=1):
        yield f"{number}. {text}"


def question(asked: Unknown, lang: Lang) -> Iterator[str]:
    """The sentences of an unknown: the question, what it rests on, that it is no gap."""
    words = WORDS[lang]
    yield asked.says[lang]
    for premise in asked.premises:
        yield words["rests"].format(_fact(premise["fact"], lang), premise["source"]["title"], premise["locator"])
    yield words["no_gap"]


def parties(tables: Tables) -> dict[str, str]:
    """The labels of all bodies and types, by id."""
    sql = "SELECT code AS id, label FROM types_told UNION ALL SELECT id, label FROM bodies_told"
    return {row["id"]: row["label"] for row in tables.query(sql)}


def _gap_row(gap: Gap) -> list[Any]:
    norm = gap.norm or {"article": None, "url": None}
    focus = gap.focus
    return [
        *(gap.id, gap.kind, gap.severity, gap.certainty, gap.seen_on, focus["id"], focus["label"], focus["type"]),
        *(gap.territory, gap.count, gap.says["fr"], norm["article"], norm["url"]),
    ]


def _proof(tables: Tables, gap: Gap, as_of: date, lang: Lang, texts: Texts | None) -> Iterator[str]:
    words, names, text = WORDS[lang], parties(tables), _quoting(tables, lang, texts)
    yield aloud(gap, as_of, lang)
    if gap.norm:
        article, url = say.article(gap.norm["article"], lang), gap.norm["url"] or words["no_url"]
        yield words["law"].format(article, url, words[gap.norm["confidence"]])
    for premise in gap.premises:
        rests = words["rests"].format(_fact(premise["fact"], lang), premise["source"]["title"], premise["locator"])
        yield rests + text(premise["source"]["id"], premise["locator"])
    for remedy in gap.remedies:
        who = ", ".join(names.get(i, i) for i in remedy["carried_by"]) or words["nobody"]
        for place in _places(tables, remedy["id"]):
            says = words[remedy["how"]].format(remedy["label"], who, place["title"], place["locator"])
            yield says + text(place["id"], place["locator"])
    yield words["established" if gap.established(as_of) else "check"]


def _quoting(tables: Tables, lang: Lang, texts: Texts | None) -> Callable[[str, str], str]:
    """What tells the passage of a source's locator, on a line of its own; nothing without texts."""
    if texts is None:
        return lambda source, locator: ""  # noqa: ARG005 - nothing is told, whatever is asked
    sources = {row["id"]: row for row in tables.query("SELECT id, sha256 FROM sources")}

    def told(source: str, locator: str) -> str:
        text = texts.told(sources[source], locator, lang)
        return f"\n   {text}" if text else ""

    return told


def _fact(iri: str, lang: Lang) -> str:
    """What a fact is and how it is called: norme EPS_CME-2010-05-03."""
    table, key = thing(iri)
    return f"{say.term(TABLES[row_table(table)].rdf_class, lang)} {key}"


def _places(tables: Tables, measure: str) -> list[dict[str, Any]]:
    sql = """
        SELECT s.id, s.title, m.locator
        FROM measures m JOIN sources s ON s.id = m.source WHERE m.id = $id ORDER BY s.id"""
    return tables.query(sql, id=measure)


def _carriers(gap: Gap, names: dict[str, str]) -> str:
    carriers = dict.fromkeys(i for r in gap.remedies for i in r["carried_by"])
    return ", ".join(names.get(i, i) for i in carriers)
