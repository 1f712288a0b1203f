"""What every command of `segur` takes, before or after its name. Imports click and the standard library only."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from functools import update_wrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

if TYPE_CHECKING:
    from segur_graph.edition import Edition
    from segur_graph.store import Store

Lang = Literal["fr", "en"]
FICTION: dict[Lang, str] = {
    "fr": "RÉGION FICTIVE : rien de ce qui suit n'existe, les textes de loi exceptés.",
    "en": "FICTIONAL REGION: nothing that follows exists, the texts of law excepted.",
}


@dataclass(frozen=True)
class Settings:
    """The global options of one run; an empty one takes its default when it is needed."""

    store: str = ""
    edition: str = ""
    lang: str = ""
    quiet: bool = False

    def opened(self) -> Store:
        """The store: the option's, else SEGUR_STORE's, else a folder in the user's data directory."""
        from segur_graph.store import Store

        return Store(Path(self.store or os.environ.get("SEGUR_STORE") or _data_folder()))

    def read(self) -> Edition:
        """The edition to read: the option's, else the current one; StoreError where there is none.

        A fictional one is named so on standard error, whatever the command writes elsewhere.
        """
        edition = self.opened().edition(self.edition)
        if edition.fictional:
            click.echo(FICTION[self.language], err=True)
        return edition

    @property
    def language(self) -> Lang:
        """The language of what is said: `fr` or `en`."""
        return "en" if self.lang == "en" else "fr"


def _data_folder() -> str:
    from platformdirs import user_data_dir

    return user_data_dir("segur-graph", appauthor=False)


OPTIONS = (
    click.option("--store", metavar="DIR", default="", help="Dossier des éditions (SEGUR_STORE)."),
    click.option("--edition", metavar="ID", default="", help="Une édition plus ancienne."),
    click.option("--lang", type=click.Choice(["fr", "en"]), default=None, help="Langue / language."),
    click.option("--quiet", is_flag=True, default=None, help="Sans messages ni progression."),
)


# `excel` is the CSV of a spreadsheet that speaks French: semicolons, and a byte order mark.
FORMATS = ("table", "json", "csv", "excel")
FORMAT = click.option("--format", "form", type=click.Choice(FORMATS), default="table")
AS_OF = click.option("--as-of", default="", metavar="D", help="À une date, AAAA-MM-JJ ; par défaut aujourd'hui.")
TERRITORY = click.option(
    "--territory", default="", metavar="T", help="Un territoire et ce qu'il contient : REG-76, DEP-31."
)
WHAT_IF = click.option("--what-if", multiple=True, metavar="M", help="Comme si la mesure M était adoptée ; répétable.")
# For the commands that quote documents.
TEXTS = click.option(
    "--texts",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    envvar="SEGUR_TEXTS",
    metavar="DIR",
    help="Un dossier de documents, pour citer leurs passages (SEGUR_TEXTS).",
)


def common(function: Callable[..., Any]) -> Callable[..., Any]:
    """Adds the global options to a command, which gets them as one `settings` before its own."""

    def run(*args: Any, **values: Any) -> Any:
        context = click.get_current_context()
        given = {f.name: values.pop(f.name) for f in fields(Settings)}
        settings = replace(context.obj or Settings(), **{name: v for name, v in given.items() if v})
        context.obj = settings
        return function(settings, *args, **values)

    update_wrapper(run, function)
    for option in reversed(OPTIONS):
        run = option(run)
    return run


def command(function: Callable[..., Any]) -> click.Command:
    """A command with the global options; its name is its function's, with dashes."""
    return click.command(function.__name__.replace("_", "-"))(common(function))
