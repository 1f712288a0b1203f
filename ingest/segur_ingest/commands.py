"""The commands that make editions. Imports click and the standard library only: `segur --help` is to be quick."""

import click

from segur_graph.options import Settings, command


@command
def build(settings: Settings) -> None:
    """Fabrique l'édition à partir des sources livrées et des vôtres. (Make the edition.)"""
    from segur_graph import console
    from segur_ingest.build import build as make

    with console.progress(settings) as advance:
        edition = make(settings.opened(), advance)
    console.stats(settings, edition)


commands: list[click.Command] = [build]
