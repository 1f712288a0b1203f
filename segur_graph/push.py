"""`segur push`. Imports click and the standard library only: `segur --help` is to be quick."""

# ruff: noqa: D400, D415 - a command's docstring is its help, French first (then English in brackets)

from __future__ import annotations

import click

from segur_graph.options import Settings, command


@command
@click.argument("url")
@click.option("--as-of", multiple=True, metavar="D", help="Avec les lacunes du jour D ; répétable, aujourd'hui sinon.")
@click.option("--update", is_flag=True, help="URL est un service SPARQL Update, non un Graph Store Protocol.")
def push(settings: Settings, url: str, as_of: tuple[str, ...], update: bool) -> None:  # noqa: FBT001 - an option
    """L'édition et les lacunes d'un jour dans Neo4j ou un serveur SPARQL. (The edition into a graph server.)

    URL : neo4j://hôte, ou l'adresse Graph Store Protocol d'un serveur SPARQL. Ce que l'édition ne dit plus en est
    retiré ; rien d'autre n'y est touché. Mots de passe : SEGUR_NEO4J_USER et SEGUR_NEO4J_PASSWORD, ou
    SEGUR_SPARQL_USER et SEGUR_SPARQL_PASSWORD.
    """
    from segur_graph import console, gaps
    from segur_graph.days import day
    from segur_graph.graphs import neo4j as server
    from segur_graph.graphs import records, sparql
    from segur_graph.tables import Tables

    edition = settings.read()
    tables = Tables(edition)
    reports = [gaps.report(tables, date) for date in sorted({day(d) for d in as_of or ("",)})]
    with console.progress(settings) as advance:
        if server.speaks(url):
            nodes, links = server.push(url, records.units(edition, reports), advance)
            told = {"fr": f"{nodes} nœuds et {links} liens écrits", "en": f"{nodes} nodes and {links} links written"}
        else:
            graphs = sparql.push(url, edition, reports, advance, by_update=update)
            told = {"fr": f"{graphs} graphes écrits", "en": f"{graphs} graphs written"}
    console.tell(settings, f"{url} : {told[settings.language]}")
