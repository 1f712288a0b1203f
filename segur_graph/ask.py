"""`segur ask` and `segur sql`. Imports click and the standard library only: `segur --help` is to be quick."""

# ruff: noqa: D400, D415 - a command's docstring is its help, French first (then English in brackets)

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from segur_graph.errors import BadInput
from segur_graph.options import AS_OF, FORMAT, FORMATS, Settings, command, common

if TYPE_CHECKING:
    from segur_graph.catalogue import Catalogue
    from segur_graph.questions import Question

FORMAT_TTL = click.option("--format", "form", type=click.Choice((*FORMATS, "ttl")), default="table")
GRAPH = click.option(
    "--graph",
    envvar="SEGUR_GRAPH",
    default="",
    metavar="URL",
    help="Demander le graphe à un serveur SPARQL, à neo4j://…",
)


class Questions(click.Group):
    """A command for each question, read from its file when it is asked for: its help, its options, their completion."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the questions."""
        return list(_catalogue(ctx).questions)

    def get_command(self, ctx: click.Context, name: str) -> click.Command:
        """The command of a question; BadInput where there is none."""
        return _command(_catalogue(ctx).get(name), ctx.ensure_object(Settings).language)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Finds a question of the user's own too where `--store` stands behind its name."""
        for option, value in zip(args, [*args[1:], ""], strict=True):
            if option.startswith("--store"):
                ctx.params["store"] = option.partition("=")[2] or value
        return super().resolve_command(ctx, args)


def _catalogue(ctx: click.Context) -> Catalogue:
    from segur_graph.catalogue import catalogue

    settings = ctx.ensure_object(Settings)
    store = ctx.params.get("store") or settings.store
    return catalogue(Settings(store=store).opened().folder)


@click.group("ask", cls=Questions, invoke_without_command=True, subcommand_metavar="[NAME [--param value]…]")
@common
def ask(settings: Settings) -> None:
    """Les questions toutes faites : sans NAME, leur liste. (Named questions; without NAME, the list.)"""
    from segur_graph import console

    context = click.get_current_context()
    if context.invoked_subcommand:
        return
    found = _catalogue(context)
    rows = [(q.name, _asked(q, settings.language)) for q in found.questions.values()]
    console.table("Questions", ["NAME", "question"], rows)
    for error in found.refused.values():
        click.echo(f"{'refused' if settings.language == 'en' else 'refusée'} : {error}", err=True)


def _command(question: Question, lang: str) -> click.Command:
    """A question as a command: an option a parameter."""

    def run(settings: Settings, as_of: str, form: str, graph: str, **given: str | None) -> None:
        _answer(question, settings, as_of, form, graph, {n: v for n, v in given.items() if v})

    function: Any = common(run)
    for option in (GRAPH, FORMAT_TTL, AS_OF):
        function = option(function)
    for name, parameter in reversed(question.front.parameters.items()):
        example = f" {'Exemple' if lang == 'fr' else 'Example'} : {parameter.example}" if parameter.example else ""
        function = click.option(
            f"--{name.replace('_', '-')}",
            name,
            metavar=parameter.kind.upper(),
            help=f"{parameter.label.told(lang)}.{example}",
            shell_complete=_completing(question, name),
        )(function)
    return click.command(question.name, help=_asked(question, lang))(function)


def _asked(question: Question, lang: str) -> str:
    """A question in words, its slots named."""
    said = question.front.parameters
    return question.front.question.told(lang).format(**{n: f"[{p.label.told(lang)}]" for n, p in said.items()})


def _answer(  # noqa: PLR0913, PLR0917 - what a command gives
    question: Question, settings: Settings, as_of: str, form: str, server: str, given: dict[str, str]
) -> None:
    """Asks a question of the edition and prints the answer."""
    from segur_graph import answers, asking, console
    from segur_graph.days import day
    from segur_graph.graphs.oxigraph import Embedded
    from segur_graph.served import ask as ask_server
    from segur_graph.tables import Tables

    edition = settings.read()
    now = Tables(edition).on(day(as_of))
    if form == "ttl" and not question.builds:
        raise BadInput(f"--format ttl : {question.name} répond par un tableau ; attendu : table, json, csv")
    if server and not question.dated:
        found = ask_server(question, now, server, given)
    else:
        found = asking.ask(question, now, lambda: Embedded(edition.graph()), given)
    lang = settings.language
    match form:
        case "json":
            console.print_json(answers.as_json(found, now, edition.id, lang))
        case "csv" | "excel":
            rows = answers.rows(found, now, lang)
            console.print_csv(answers.columns(found), rows, form)
        case "ttl":
            click.echo(answers.turtle(found), nl=False)
        case _:
            answers.printed(found, now, lang)


def _completing(question: Question, name: str) -> Any:
    """What completes an option: the values that its picker proposes."""

    def complete(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[Any]:
        from click.shell_completion import CompletionItem

        from segur_graph import slots
        from segur_graph.days import day
        from segur_graph.errors import SegurError
        from segur_graph.tables import Tables

        settings = ctx.find_object(Settings) or Settings()
        try:
            now = Tables(settings.read()).on(day(""))
        except SegurError:
            return []
        pairs = slots.proposed(question.front.parameters[name], now, settings.language)
        return [CompletionItem(value, help=label) for value, label in pairs if value.startswith(incomplete)]

    return complete


@command
@click.argument("query", metavar="SELECT|-")
@AS_OF
@FORMAT
def sql(settings: Settings, query: str, as_of: str, form: str) -> None:
    """Un SELECT sur les tables de l'édition, et les vues *_now d'une date. (One SELECT over the tables.)"""
    import duckdb

    from segur_graph import answers, console
    from segur_graph.days import day
    from segur_graph.tables import Tables, bracketed, only_reads

    text = sys.stdin.read() if query == "-" else query
    only_reads(text)
    try:
        found = Tables(settings.read()).on(day(as_of)).db.execute(f"FROM {bracketed(text)}")
        columns, rows = [column[0] for column in found.description], found.fetchall()
    except duckdb.Error as error:
        raise BadInput(f"SQL : {error}") from error
    match form:
        case "json":
            console.print_json([dict(zip(columns, map(answers.plain, row), strict=True)) for row in rows])
        case "csv" | "excel":
            console.print_csv(columns, rows, form)
        case _:
            console.table("", columns, rows)
