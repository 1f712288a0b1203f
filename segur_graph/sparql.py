"""`segur sparql`. Imports click and the standard library only: `segur --help` is to be quick."""

# ruff: noqa: D400, D415 - a command's docstring is its help, French first (then English in brackets)

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from segur_graph.errors import BadInput
from segur_graph.options import Settings, command


@command
@click.argument("query", metavar="QUERY|FILE|-")
@click.option("--as-of", default="", metavar="D", help="Avec les lacunes du jour D, AAAA-MM-JJ ; sans elles sinon.")
@click.option("--format", "form", type=click.Choice(["table", "csv", "json", "ttl"]), default="table")
def sparql(settings: Settings, query: str, as_of: str, form: str) -> None:
    """Une requête SPARQL sur le graphe de l'édition, en lecture. (One SPARQL query, reading only.)"""
    from contextlib import closing

    from segur_graph import copies
    from segur_graph.cage import Cage, Limits
    from segur_graph.days import day

    text = _text(query)
    edition = settings.read()
    graph = copies.on(edition, day(as_of)) if as_of else copies.public(edition)
    with closing(Cage(Limits(spare=False))) as cage:
        found = cage.ask(graph, text, "json" if form == "table" else form)
    if form not in ("table", found.form):
        raise BadInput(f"--format {form} : cette requête répond en {found.form} ; attendu : table ou {found.form}")
    if form == "table" and found.form == "json":
        _table(json.loads(found.body))
    else:
        click.echo(found.body, nl=False)
    if found.truncated:
        rows = cage.limits.rows
        told = {"fr": f"coupé à {rows} lignes : il y en a d'autres", "en": f"cut at {rows} rows: there are more"}
        click.echo(told[settings.language], err=True)


def _text(query: str) -> str:
    """The query itself: what is given, or what stands in the file of that name or on standard input."""
    if not query.strip() or any(sign in query for sign in "{<"):
        return query
    sent = sys.stdin.buffer.read() if query == "-" else Path(query).read_bytes()
    try:
        return sent.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(f"{query} : attendu : un texte en UTF-8") from error


def _table(answer: dict[str, Any]) -> None:
    from segur_graph import console
    from segur_graph.asking import short

    if "boolean" in answer:
        click.echo("true" if answer["boolean"] else "false")
        return

    def told(term: dict[str, str]) -> str:
        return short(term["value"]) if term["type"] == "uri" else term["value"]

    columns = answer["head"]["vars"]
    rows = [[told(row[name]) if name in row else "" for name in columns] for row in answer["results"]["bindings"]]
    console.table("", columns, rows)
