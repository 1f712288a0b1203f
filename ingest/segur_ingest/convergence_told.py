"""Who asks for the same, printed: the confirmed groups, and the pairs that wait for a verdict."""

from collections.abc import Iterator
from dataclasses import asdict

from segur_graph.options import Lang, Settings
from segur_ingest.convergence import Candidate, Group, Measure

WORDS: dict[Lang, dict[str, str]] = {
    "fr": {
        "groups": "Demandent la même chose",
        "group columns": "groupe|ce qui est demandé|par qui|où|document",
        "apart": "Du groupe {}, jugés différents : {} et {}",
        "candidates": "Paires à juger : segur same A B, ou segur same A B --different",
        "candidate columns": "proximité|A|B|pourquoi",
        "is-to-sign": "{} (pressenti)",
        "leads": "{} (pilote)",
    },
    "en": {
        "groups": "Ask for the same",
        "group columns": "group|what is asked|by whom|where|document",
        "apart": "Of group {}, judged different: {} and {}",
        "candidates": "Pairs to be judged: segur same A B, or segur same A B --different",
        "candidate columns": "nearness|A|B|why",
        "is-to-sign": "{} (foreseen)",
        "leads": "{} (leads)",
    },
}
CSV_COLUMNS = ("state", "group", "score", "id", "label", "who", "where", "documents", "other", "other_label", "why")


def show(settings: Settings, form: str, edition: str, confirmed: list[Group], pairs: list[Candidate]) -> None:
    """Prints the confirmed groups and the pairs that wait for a verdict, in a form of `FORMATS`."""
    from segur_graph import console

    lang = settings.language
    if form == "json":
        told = [{"id": group.id, **asdict(group)} for group in confirmed]
        console.print_json({"edition": edition, "groups": told, "candidates": [asdict(c) for c in pairs]})
    elif form in ("csv", "excel"):
        console.print_csv(CSV_COLUMNS, _csv(confirmed, pairs, lang), form)
    else:
        words = WORDS[lang]
        numbered = [(number, m) for number, group in enumerate(confirmed, start=1) for m in group.measures]
        grouped = [[number, _called(m, lang), *_cells(m, lang)[1:]] for number, m in numbered]
        console.table(words["groups"], words["group columns"].split("|"), grouped)
        for number, group in enumerate(confirmed, start=1):
            for pair in group.apart:
                print(words["apart"].format(number, *pair))  # noqa: T201 - the result
        rows = [[f"{c.score:.2f}", _called(c.one, lang), _called(c.other, lang), c.why[lang]] for c in pairs]
        if rows:
            console.table(words["candidates"], words["candidate columns"].split("|"), rows)


def _csv(confirmed: list[Group], pairs: list[Candidate], lang: Lang) -> Iterator[list[object]]:
    for group in confirmed:
        for measure in group.measures:
            yield ["same", group.id, None, measure.id, *_cells(measure, lang), None, None, None]
        by_id = {measure.id: measure for measure in group.measures}
        for one, other in group.apart:
            title = by_id[other].title(lang)
            yield ["different", group.id, None, one, *_cells(by_id[one], lang), other, title, None]
    for c in pairs:
        yield ["candidate", None, c.score, c.one.id, *_cells(c.one, lang), c.other.id, c.other.title(lang), c.why[lang]]


def _cells(measure: Measure, lang: Lang) -> list[str]:
    """What a contribution asks, who stands behind it, where, and in which documents."""
    who = dict.fromkeys(WORDS[lang].get(party.how, "{}").format(party.label) for party in measure.who)
    where = dict.fromkeys(party.territory for party in measure.who if party.territory)
    read = (f"{place.source} ({place.locator})" for place in measure.places)
    return [measure.title(lang), ", ".join(who), ", ".join(where), ", ".join(read)]


def _called(measure: Measure, lang: Lang) -> str:
    return f"{measure.id}\n{measure.title(lang)}"
