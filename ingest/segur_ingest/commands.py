"""The commands that make editions. Imports click and the standard library only: `segur --help` is to be quick."""

from pathlib import Path

import click

from segur_graph.options import FORMAT, Settings, command, common


@command
def build(settings: Settings) -> None:
    """Fabrique l'édition à partir des sources livrées et des vôtres. (Make the edition.)"""
    from segur_graph import console
    from segur_ingest.build import build as make

    with console.progress(settings) as advance:
        edition = make(settings.opened(), advance)
    console.stats(settings, edition)


@click.command("import")
@click.argument("paths", nargs=-1, required=True, metavar="DIR|FILE…", type=click.Path(path_type=Path))
@click.option("--ignore", multiple=True, metavar="NAME", help="Un fichier, une feuille ou une colonne à passer.")
@common
def import_tables(settings: Settings, paths: tuple[Path, ...], ignore: tuple[str, ...]) -> None:
    """Ajoute ou remplace vos sources : un dossier de tables CSV ou XLSX. (Add or replace your sources.)"""
    from segur_graph import console
    from segur_ingest import importing, telling

    store = settings.opened()
    before = store.current()
    with console.progress(settings) as advance:
        plan = importing.plan(store, paths, ignore, advance)
    telling.warn(settings, plan.warnings)
    with console.progress(settings) as advance:
        edition = importing.publish(store, plan, advance)
    telling.changes(settings, before, edition, plan.speaks_for)


@command
@click.argument("source")
def remove(settings: Settings, source: str) -> None:
    """Enlève une de vos sources ; celle qui est livrée sous ce nom revient. (Remove one of your sources.)"""
    from segur_graph import console
    from segur_ingest import importing, telling

    store = settings.opened()
    before = store.edition()
    with console.progress(settings) as advance:
        edition = importing.remove(store, source, advance)
    telling.changes(settings, before, edition, {source})


@command
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def template(settings: Settings, folder: Path) -> None:
    """Écrit des tables vides, un classeur et un exemple dans un nouveau dossier. (Empty tables, an example.)"""
    from segur_ingest import telling
    from segur_ingest import template as model

    model.write(folder)
    telling.template(settings, folder)


@command
@click.argument("ids", nargs=-1, metavar="[A B]")
@click.option("--different", is_flag=True, help="A et B ne sont pas le même organisme, ou la même demande.")
def same(settings: Settings, ids: tuple[str, ...], different: bool) -> None:  # noqa: FBT001 - a flag of the command
    """Dit que A est B, qui parle pour les deux ; sans A ni B, propose des paires. (Join two ids.)"""
    from segur_graph import console
    from segur_graph.errors import BadInput
    from segur_ingest import same as joining
    from segur_ingest import telling

    store = settings.opened()
    if not ids and not different:
        telling.candidates(settings, joining.candidates(settings.read()))
        return
    if len(ids) != 2:  # noqa: PLR2004 - a pair
        raise BadInput(f"{len(ids)} identifiant(s) ; attendu deux, ou aucun pour voir les paires proposées")
    before = store.edition()
    with console.progress(settings) as advance:
        edition = joining.judge(store, *ids, "different" if different else "same", advance)
    telling.changes(settings, before, edition, {joining.SOURCE})


@command
@click.argument("reference", metavar="REF")
def forget(settings: Settings, reference: str) -> None:
    """Efface une personne (holder) de vos sources et des anciennes éditions. (Erase a person's reference.)"""
    from segur_graph import console
    from segur_ingest import forget as erasing
    from segur_ingest import telling

    with console.progress(settings) as advance:
        done = erasing.forget(settings.opened(), reference, advance)
    telling.forgotten(settings, reference, done)


@command
@FORMAT
def convergence(settings: Settings, form: str) -> None:
    """Qui demande la même chose, et les paires à juger par « segur same ». (Who asks for the same.)"""
    from segur_graph.tables import Tables
    from segur_ingest import convergence as asking
    from segur_ingest import convergence_told

    edition = settings.read()
    tables = Tables(edition)
    convergence_told.show(settings, form, edition.id, asking.groups(tables), asking.candidates(tables))


@command
@click.option("--scale", type=click.FloatRange(min=0, min_open=True, max=2), required=True, help="1.0 : un pays.")
@click.option("--seed", type=int, default=0, help="La même graine donne les mêmes octets.")
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
def synth(settings: Settings, scale: float, seed: int, folder: Path) -> None:
    """Écrit un registre national synthétique et, à côté, ce qui y manque. (A synthetic register.)"""
    from segur_graph import console
    from segur_graph.errors import BadInput
    from segur_ingest import synth as register

    if folder.exists() and any(folder.iterdir()):
        raise BadInput(f"{folder} : dossier non vide ; attendu un nouveau dossier")
    register.write(folder, scale, seed)
    console.tell(settings, f"{folder} : {register.TRUTH} dit ce qui y est planté")


commands: list[click.Command] = [build, import_tables, remove, template, same, forget, convergence, synth]
