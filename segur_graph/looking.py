"""`segur compare` and `segur search`. Imports click and the standard library only: `segur --help` is to be quick."""

# ruff: noqa: D400, D415 - a command's docstring is its help, French first (then English in brackets)

import click

from segur_graph.options import FORMAT, Settings, command


@command
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@click.option("--as-of", default="", metavar="D", help="La date de qui n'en dit pas ; par défaut aujourd'hui.")
@FORMAT
def compare(settings: Settings, before: str, after: str, as_of: str, form: str) -> None:
    """Ce qui diffère de A à B, et pourquoi : le monde, la loi ou notre connaissance. (What differs, and why.)

    A et B : une édition (le début de son identifiant, current, previous), une date, ou ÉDITION@DATE.
    """
    from segur_graph import compare as engine
    from segur_graph import compared, console
    from segur_graph.days import day
    from segur_graph.tables import Tables

    store, read = settings.opened(), settings.read()
    a, b = (engine.resolve(store, text, read, day(as_of)) for text in (before, after))
    tables = {edition.folder: Tables(edition) for edition, _ in (a, b)}
    found = engine.compare(a, b, lambda edition, on: engine.At(tables[edition.folder], on))
    if form == "json":
        console.print_json(compared.answer(found))
    elif form in ("csv", "excel"):
        console.print_csv(compared.COLUMNS, compared.rows(found), form)
    else:
        compared.printed(found, settings.language)


@command
@click.argument("text", metavar="MOTS")
@click.option("--limit", "most", default=10, show_default=True, type=click.IntRange(1, 500), help="Au plus tant.")
@FORMAT
def search(settings: Settings, text: str, most: int, form: str) -> None:
    """Ce qui porte ces mots : types, organismes, mesures, normes, territoires. (Things by their names.)"""
    from dataclasses import asdict

    from segur_graph import console
    from segur_graph.search import Index

    found = Index(settings.read()).find(text, most=most)
    if form == "json":
        console.print_json([asdict(thing) for thing in found])
    elif form in ("csv", "excel"):
        columns = ("table", "id", "label", "label_en")
        cells = [[*asdict(thing).values()] for thing in found]
        console.print_csv(columns, cells, form)
    else:
        rows = [[thing.table, thing.id, thing.name(settings.language)] for thing in found]
        console.table(text, ("table", "id", "label"), rows)
