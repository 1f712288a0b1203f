"""What the command line prints: results to standard output, progress to standard error."""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from segur_graph import tabular
from segur_graph.edition import Advance, Edition, quiet
from segur_graph.options import Settings

STEPS = {
    "fr": {"read": "lecture", "tables": "tables", "graph": "graphe"},
    "en": {"read": "reading", "tables": "tables", "graph": "graph"},
}
ORIGINS = {
    "fr": {"shipped": "livrée", "user": "la vôtre"},
    "en": {"shipped": "shipped", "user": "yours"},
}


def out() -> Console:
    """Where results go: as wide as the terminal, or 160 columns where there is none."""
    return Console(width=None if sys.stdout.isatty() else 160, highlight=False)


def tell(settings: Settings, message: str) -> None:
    """Writes a message to standard error, unless `--quiet`."""
    if not settings.quiet:
        Console(stderr=True, highlight=False).print(message)


def print_json(value: object) -> None:
    """Writes a value as JSON."""
    print(json.dumps(value, ensure_ascii=False, indent=2, default=str))  # noqa: T201


def print_csv(columns: Sequence[str], rows: Iterable[Sequence[object]], form: str) -> None:
    """Writes rows as `csv` or `excel`."""
    print(tabular.text(columns, rows, excel=form == "excel"), end="")  # noqa: T201


@contextmanager
def progress(settings: Settings) -> Iterator[Advance]:
    """A progress bar on a terminal, silence elsewhere."""
    if settings.quiet or not sys.stderr.isatty():
        yield quiet
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, Any] = {}

        def advance(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = bar.add_task(STEPS[settings.language].get(step, step), total=total)
            bar.update(tasks[step], completed=done, total=total)

        yield advance


def table(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]], *, right: Sequence[str] = ()) -> None:
    """Prints a table; the columns in `right` are aligned to the right."""
    grid = Table(title=title, title_justify="left", header_style="bold", show_lines=False)
    for column in columns:
        grid.add_column(column, justify="right" if column in right else "left", overflow="fold")
    for row in rows:
        grid.add_row(*(escape(tabular.cell(value)) for value in row))
    out().print(grid)


def stats(settings: Settings, edition: Edition) -> None:
    """Prints an edition's rows by source and table."""
    from segur_graph.facts import TABLES

    sources = edition.manifest["sources"]
    names = [t for t in TABLES if t != "sources" and any(s["rows"].get(t) for s in sources)]
    rows = [[s["id"], ORIGINS[settings.language][s["origin"]], *(s["rows"].get(n, "") for n in names)] for s in sources]
    title = {"fr": f"Édition {edition.id}", "en": f"Edition {edition.id}"}[settings.language]
    table(title, ["source", "origine" if settings.language == "fr" else "origin", *names], rows, right=names)
