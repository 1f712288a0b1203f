"""Everything that is wrong with an import, or with what it would leave in the store, at once."""

from collections.abc import Iterator, Sequence
from datetime import date

from segur_graph.names import FICTIONAL
from segur_graph.source import Source
from segur_ingest.checks import agreement, cells, circles, joins, references, rows
from segur_ingest.checks.after import After
from segur_ingest.faults import Fault
from segur_ingest.held import sheets
from segur_ingest.read import Folder

# A source's id is also its folder's name.
SOURCE_ID_CHARACTERS = 100


def faults(folder: Folder, stay: Sequence[Source], go: Sequence[Source]) -> Iterator[Fault]:
    """The faults of a folder, and of what the store would hold: the sources that stay, without those that go."""
    new = list(folder.sheets.values())
    held = [sheet for source in stay for sheet in sheets(source)]
    after = After(held, new, folder.lost)
    before = After([*held, *(sheet for source in go for sheet in sheets(source))], [])
    yield from folder.faults
    yield from _own(folder)
    yield from _together(after, before)


def _own(folder: Folder) -> Iterator[Fault]:
    """The faults of the folder's own rows, whatever the store holds."""
    if folder.sheets and "sources" not in folder.sheets and "sources" not in folder.lost:
        yield Fault("sources", 0, "", "", "table absente ; attendu une ligne par source, que nomment les autres tables")
    for sheet in folder.sheets.values():
        yield from cells.faults(sheet)
        yield from rows.faults(sheet)
    for row, (name,) in enumerate(folder.cells("sources", "id")):
        if name.startswith(FICTIONAL):
            expected = f"réservé à la région de démonstration ; attendu un nom qui ne commence pas par {FICTIONAL}"
            yield folder.sheets["sources"].fault(row, "id", expected)
        if len(name) > SOURCE_ID_CHARACTERS:
            expected = f"identifiant de {len(name)} caractères ; attendu au plus {SOURCE_ID_CHARACTERS}"
            yield folder.sheets["sources"].fault(row, "id", expected)


def _together(after: After, before: After) -> Iterator[Fault]:
    """The faults that show when all rows are read together."""
    yield from references.faults(after)
    yield from references.left_dangling(after, before)
    yield from joins.faults(after)
    yield from agreement.faults(after)
    yield from circles.faults(after)


def warnings(folder: Folder) -> Iterator[Fault]:
    """What is accepted and deserves a look: an empty list said to be complete, a name, a number without its zero."""
    yield from _complete_without_seats(folder)
    yield from _not_yet_seen(folder)
    if "seats" in folder.sheets:
        sheet = folder.sheets["seats"]
        for row, (holder,) in enumerate(sheet.cells("holder")):
            if " " in holder:
                yield sheet.fault(row, "holder", "ressemble à un nom ; attendu une référence opaque, jamais un nom")
    if "bodies" in folder.sheets:
        sheet = folder.sheets["bodies"]
        for row, (name,) in enumerate(sheet.cells("id")):
            if agreement.without_zero(name) is not None:
                yield sheet.fault(row, "id", "8 chiffres : un numéro FINESS en a 9, Excel en ôte le zéro du début")


def _not_yet_seen(folder: Folder) -> Iterator[Fault]:
    today = date.today().isoformat()  # noqa: DTZ011 - the day of whoever imports
    for sheet in folder.sheets.values():
        for row, (day,) in enumerate(sheet.cells("observed_on")):
            if day > today:
                yield sheet.fault(row, "observed_on", "jour à venir ; ce qui est vu l'est aujourd'hui au plus tard")


def _complete_without_seats(folder: Folder) -> Iterator[Fault]:
    if "compositions" not in folder.sheets:
        return
    key = ("source", "instance", "observed_on")
    seen = set(folder.cells("seats", *key, "group")) | {(*where, "all") for where in folder.cells("seats", *key)}
    sheet = folder.sheets["compositions"]
    for row, (said, *where) in enumerate(sheet.cells("completeness", *key, "group")):
        if said == "complete" and tuple(where) not in seen:
            expected = "liste complète, et aucun siège de ce groupe ce jour-là dans cette source"
            yield sheet.fault(row, "completeness", expected)
