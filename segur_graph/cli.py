"""The command `segur`: the core's commands, and those that other packages bring by entry point."""

import sys
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import click

from segur_graph.errors import BadInput, SegurError
from segur_graph.options import AS_OF, FORMAT, TERRITORY, TEXTS, WHAT_IF, Settings, command, common

FORMATS = ("ttl", "trig", "csv")
# Of a date: the network drawn, or for other tools.
PICTURES = ("svg", "png", "html", "graphml", "gexf")


class Commands(click.Group):
    """A group whose commands' errors end in one line and the exit code that they bear."""

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command; what went wrong is said without a traceback."""
        try:
            return super().invoke(ctx)
        except SegurError as error:
            click.echo(f"segur : {error}", err=True)
            ctx.exit(error.exit_code)
        except BrokenPipeError:
            raise  # click ends quietly
        except OSError as error:
            click.echo(f"segur : {error.filename or 'disque'} : {error.strerror}", err=True)
            ctx.exit(2 if isinstance(error, FileNotFoundError | NotADirectoryError | IsADirectoryError) else 3)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="segur-graph")
@common
def segur(settings: Settings) -> None:
    """Qui signe, qui demande quoi dans la démocratie en santé, et où manquent les usagers."""


@command
def editions(settings: Settings) -> None:
    """Les éditions du dépôt, la courante marquée d'une étoile. (The store's editions.)"""
    from segur_graph import console

    store = settings.opened()
    current = store.current()
    rows = [
        ("*" if current and current.folder.name == name else "", *name.split("-", 1), at) for name, at in store.kept()
    ]
    fr, en = ["", "édition", "version", "publiée le"], ["", "edition", "version", "published"]
    console.table(*(("Éditions", fr) if settings.language == "fr" else ("Editions", en)), rows)


@command
def stats(settings: Settings) -> None:
    """Les faits de l'édition, par source et par table. (Facts by source and table.)"""
    from segur_graph import console

    console.stats(settings, settings.read())


@command
@click.option("--kind", default="", metavar="K", help="Un seul genre de lacune.")
@TERRITORY
@AS_OF
@WHAT_IF
@click.option(
    "--fail-on", type=click.Choice(["high", "medium", "low"]), help="Code 1 s'il y a une telle lacune ou pire."
)
@FORMAT
def gaps(
    settings: Settings, kind: str, territory: str, as_of: str, what_if: tuple[str, ...], fail_on: str | None, form: str
) -> None:
    """Où manquent les usagers : les lacunes, et ce qui reste inconnu. (Where users are missing.)"""
    from segur_graph import console
    from segur_graph import gaps as engine
    from segur_graph.days import day
    from segur_graph.faces import GAP_COLUMNS, gap_rows, gap_table
    from segur_graph.tables import Tables

    tables = Tables(settings.read())
    report = engine.report(tables, day(as_of), kind=kind, territory=territory, what_if=what_if)
    if form == "json":
        console.print_json(report.json())
    elif form in ("csv", "excel"):
        console.print_csv(GAP_COLUMNS, gap_rows(report), form)
    else:
        gap_table(tables, report, settings.language)
    worst = engine.SEVERITIES[: engine.SEVERITIES.index(fail_on) + 1] if fail_on else ()
    if any(gap.severity in worst for gap in report.gaps):
        sys.exit(1)


@command
@click.option("--by", type=click.Choice(["type", "territory"]), default="type", help="Par type ou par territoire.")
@TERRITORY
@AS_OF
@WHAT_IF
@FORMAT
def completeness(settings: Settings, by: str, territory: str, as_of: str, what_if: tuple[str, ...], form: str) -> None:
    """Les sièges que la loi exige : connus, vacants, inconnus. (Required seats: known, vacant, unknown.)"""
    from segur_graph import completeness as engine
    from segur_graph import console
    from segur_graph.days import day
    from segur_graph.faces import completeness_table
    from segur_graph.tables import Tables

    edition = settings.read()
    now = Tables(edition).on(day(as_of), what_if)
    instances = engine.instances(now, now.areas(territory) if territory else None)
    answer = {"as_of": now.as_of.isoformat(), "edition": edition.id, **engine.total(instances)}
    rows = engine.by(instances, by)
    if form == "json":
        console.print_json({**answer, "by": rows})
    elif form in ("csv", "excel"):
        cells = ([row[by], *engine.cells(row)] for row in rows)
        console.print_csv([by, *engine.COLUMNS], cells, form)
    else:
        completeness_table(answer, rows, by, settings.language)


@command
@click.argument("gap")
@AS_OF
@TEXTS
def explain(settings: Settings, gap: str, as_of: str, texts: Path | None) -> None:
    """La preuve d'une lacune, phrase par phrase ; ou sur quoi repose une question. (The proof of a gap.)"""
    from segur_graph import gaps as engine
    from segur_graph.days import day
    from segur_graph.faces import proof, question
    from segur_graph.passages import Texts
    from segur_graph.tables import Tables

    tables = Tables(settings.read())
    report = engine.report(tables, day(as_of))
    for found in report.gaps:
        if found.id == gap:
            quoting = Texts(texts) if texts else None
            click.echo("\n".join(proof(tables, found, report.as_of, settings.language, quoting)))
            return
    for asked in report.unknowns:
        if asked.id == gap:
            click.echo("\n".join(question(asked, settings.language)))
            return
    raise BadInput(f"{gap} : ni lacune ni question de ce nom au {report.as_of} ; « segur gaps » les donne toutes")


@command
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--format", "form", type=click.Choice((*FORMATS, *PICTURES)), help="Par défaut selon le suffixe du fichier."
)
@click.option("--as-of", default="", metavar="D", help="Le réseau à une date, AAAA-MM-JJ ; par défaut aujourd'hui.")
@click.option("--territory", default="", metavar="T", help="Le réseau d'un territoire : REG-76, DEP-31.")
def export(settings: Settings, file: Path, form: str | None, as_of: str, territory: str) -> None:
    """L'édition dans un fichier : RDF, ses tables en CSV, ou son réseau dessiné. (The edition in a file.)"""
    from segur_graph import console
    from segur_graph.export import put, write

    suffixes = {"zip" if f == "csv" else f: f for f in (*FORMATS, *PICTURES)}
    chosen = form or suffixes.get(file.suffix.removeprefix("."), "")
    if chosen in PICTURES:
        from segur_graph.days import day
        from segur_graph.drawn import drawing
        from segur_graph.drawn.view import Filters
        from segur_graph.tables import Tables

        put(file, drawing.content(Tables(settings.read()), chosen, day(as_of), settings.language, Filters(territory)))
    elif chosen not in FORMATS:
        raise BadInput(f"{file} : suffixe inconnu ; attendu : .{', .'.join(suffixes)}, ou --format")
    elif as_of or territory:
        raise BadInput(
            f"{chosen} : l'édition entière ; --as-of et --territory ne valent que pour {', '.join(PICTURES)}"
        )
    else:
        write(settings.read(), file, chosen)
    console.tell(settings, f"{file} : {file.stat().st_size:,} octets".replace(",", " "))


@command
@click.option("--from", "start", default="", metavar="A", help="Le chemin qui part d'un organisme.")
@click.option("--to", "end", default="", metavar="B", help="Le chemin qui y mène.")
@click.option("--centre", default="", metavar="ID", help="Ce qui entoure un organisme, un type, une mesure.")
@click.option("--steps", default=1, type=click.IntRange(1, 6), help="À combien de pas ; par défaut un.")
@AS_OF
def network(settings: Settings, start: str, end: str, centre: str, steps: int, as_of: str) -> None:
    """Le chemin entre deux organismes, ou ce qui en entoure un. (A path, or what surrounds a body.)"""
    from segur_graph import paths
    from segur_graph.days import day
    from segur_graph.drawn import listing
    from segur_graph.drawn.view import around, view
    from segur_graph.tables import Tables

    if not (centre or (start and end)) or (centre and (start or end)):
        raise BadInput("network : attendu : --from A --to B, ou --centre ID")
    whole = view(Tables(settings.read()), day(as_of), most=None)
    if centre:
        near = around(whole, paths.resolved(whole, centre), steps)
        listing.printed(near, settings.language)
    else:
        click.echo(paths.path(whole, start, end).told(settings.language))


@command
def check(settings: Settings) -> None:
    """Ce qui manque aux faits pour servir, et que faire ; code 1 s'il faut corriger. (What facts lack: SHACL.)"""
    from time import monotonic

    from segur_graph import check as shapes
    from segur_graph import console

    began = monotonic()
    found = shapes.findings(settings.read())
    click.echo("\n".join(shapes.told(found, settings.language)))
    console.tell(settings, f"{monotonic() - began:.1f} s")
    if any(finding.severity == "Violation" for finding in found):
        sys.exit(1)


def main() -> None:
    """Runs `segur` with the commands of every package that brings some."""
    from segur_graph.ask import ask, sql
    from segur_graph.looking import compare, search
    from segur_graph.push import push
    from segur_graph.sparql import sparql

    more = (compare, search, ask, sql, sparql, push)
    for own in (editions, stats, gaps, completeness, explain, export, network, check, *more):
        segur.add_command(own)
    for point in entry_points(group="segur.commands"):
        for brought in point.load().commands:
            segur.add_command(brought)
    segur()
