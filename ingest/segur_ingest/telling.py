"""What the commands that change the store tell: what was changed, what deserves a look."""

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from segur_graph import console
from segur_graph.compare import fate
from segur_graph.edition import Edition
from segur_graph.facts import TABLES
from segur_graph.options import Settings
from segur_ingest.faults import Fault

if TYPE_CHECKING:
    from segur_ingest.forget import Forgotten
    from segur_ingest.same import Candidate

WORDS = {
    "fr": {
        "warning": "à vérifier",
        "added": "ajoutée",
        "replaced": "remplacée",
        "same": "inchangée",
        "removed": "enlevée",
        "shipped": "la source livrée est revenue",
        "edition": "Édition {}",
        "nothing": "Édition {}, la même qu'avant : rien n'a changé",
        "template": "{0} : tables vides dans vides/, classeur modele.xlsx, exemple rempli dans exemple/\n"
        "Pour l'essayer : segur --store essai import {0}/exemple",
        "candidates": "Peut-être le même organisme : « segur same A B » les joint (B parle), --different les sépare",
        "columns": "ressemblance|A|nom de A|B|nom de B|type|territoire",
        "none": "Aucune paire à proposer.",
        "forgotten": "{} : effacé de {} ligne(s){}",
        "gone": "Éditions supprimées : {}",
    },
    "en": {
        "warning": "to be checked",
        "added": "added",
        "replaced": "replaced",
        "same": "unchanged",
        "removed": "removed",
        "shipped": "the shipped source is back",
        "edition": "Edition {}",
        "nothing": "Edition {}, the same as before: nothing has changed",
        "template": "{0}: empty tables in vides/, workbook modele.xlsx, filled example in exemple/\n"
        "To try it: segur --store essai import {0}/exemple",
        "candidates": "Perhaps the same body: `segur same A B` joins them (B speaks), --different parts them",
        "columns": "likeness|A|name of A|B|name of B|type|territory",
        "none": "No pair to propose.",
        "forgotten": "{}: erased from {} row(s){}",
        "gone": "Editions deleted: {}",
    },
}


def warn(settings: Settings, faults: Sequence[Fault]) -> None:
    """Tells on standard error what was accepted and deserves a look."""
    if not settings.quiet:
        for fault in faults:
            click.echo(f"{WORDS[settings.language]['warning']} : {fault}", err=True)


def changes(settings: Settings, before: Edition | None, after: Edition, names: Collection[str]) -> None:
    """Tells what became of some sources from one edition to the next."""
    words = WORDS[settings.language]
    old, new = before.sources if before else {}, after.sources
    for name in sorted(names):
        rows = new[name]["rows"] if name in new else {}
        counts = [f"{table} {rows[table]}" for table in TABLES if table != "sources" and table in rows]
        click.echo(f"{name} : {words[fate(old.get(name), new.get(name))]}{''.join(f' · {c}' for c in counts)}")
    same = before is not None and before.id == after.id
    click.echo(words["nothing" if same else "edition"].format(after.id))


def template(settings: Settings, folder: Path) -> None:
    """Tells what a template holds."""
    click.echo(WORDS[settings.language]["template"].format(folder))


def candidates(settings: Settings, pairs: "Sequence[Candidate]") -> None:
    """Prints pairs of bodies on which a human may say a verdict."""
    words = WORDS[settings.language]
    if not pairs:
        click.echo(words["none"])
        return
    rows = [
        [
            f"{p.alike:.0f} %",
            p.one["id"],
            p.one["label"],
            p.other["id"],
            p.other["label"],
            p.one["type"],
            p.one["territory"],
        ]
        for p in pairs
    ]
    console.table(words["candidates"], words["columns"].split("|"), rows)


def forgotten(settings: Settings, reference: str, done: "Forgotten") -> None:
    """Tells from where a reference was erased."""
    words = WORDS[settings.language]
    rows = "".join(f" · {source} {n}" for source, n in sorted(done.rows.items()))
    click.echo(words["forgotten"].format(reference, sum(done.rows.values()), rows))
    if done.editions:
        click.echo(words["gone"].format(", ".join(done.editions)))
    click.echo(words["edition"].format(done.edition.id))
