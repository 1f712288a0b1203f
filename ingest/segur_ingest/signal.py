"""What somebody saw of one seat, kept as an observation in a source of the user's."""

from array import array
from dataclasses import dataclass
from datetime import date

from segur_graph.edition import Advance, Edition, quiet
from segur_graph.errors import StoreError
from segur_graph.facts import SEATS, SOURCES
from segur_graph.source import READ_AT
from segur_graph.store import Store
from segur_ingest import held, importing
from segur_ingest.build import choose, users
from segur_ingest.importing import Plan
from segur_ingest.read import Folder
from segur_ingest.sheet import Sheet

SOURCE = "signalements"
TITLE = "Signalements"


@dataclass(frozen=True)
class Seen:
    """A seat as somebody saw it on a day, and where that is written: `title`, and `url` where it has an address."""

    seat: str
    instance: str
    position: str
    state: str
    observed_on: str
    title: str
    url: str = ""
    group: str = "usagers"
    mandate_to: str = ""

    @property
    def row(self) -> dict[str, str]:
        """The observation as a row of `seats`; its locator says where it was read."""
        return {
            "id": self.seat,
            "instance": self.instance,
            "group": self.group,
            "position": self.position,
            "state": self.state,
            "mandate_to": self.mandate_to,
            "observed_on": self.observed_on,
            "source": SOURCE,
            "locator": ", ".join(part for part in (self.title, self.url) if part),
        }


def signal(store: Store, seen: Seen, advance: Advance = quiet) -> Edition:
    """Adds an observation to those of the source; one of the same seat on the same day is put right.

    Faulty where the store cannot hold it. What is there is read under the lock: nobody's observation is lost.
    """
    with importing.writing(store) as (edition, work):
        if edition is None:
            raise StoreError(f"{store.folder} : aucune édition ; lancez « segur build »")
        folder = _with(_held(edition), seen.row)
        planned = Plan(edition.folder.name, folder)
        importing.check(planned, edition)
        kept = [s for s in users(edition) if s.id not in planned.speaks_for]
        return store.publish(choose([*kept, *importing.write(folder, work)], edition), advance)


def _held(edition: Edition) -> Folder:
    """What the source already says."""
    mine = next((s for s in users(edition) if s.id == SOURCE), None)
    if mine is not None:
        return held.folder(mine)
    columns = {name: [""] for name in SOURCES.names} | {"id": [SOURCE], "title": [TITLE]}
    return Folder({SOURCES.name: Sheet(SOURCES, SOURCE, columns, array("L", [1]))})


def _with(folder: Folder, row: dict[str, str]) -> Folder:
    """A folder with one more observation, dated of today."""
    said = folder.sheets.get(SEATS.name) or _empty()
    others = [i for i, (seat, day) in enumerate(said.cells("id", "observed_on")) if (seat, day) != _key(row)]
    sheet = said.picked(others)
    for name, column in sheet.columns.items():
        column.append(row.get(name, ""))
    sheet.lines.append(max(sheet.lines, default=1) + 1)
    folder.sheets[SEATS.name] = sheet
    folder.sheets[SOURCES.name].columns["date"] = [date.today().isoformat()]  # noqa: DTZ011 - the reader's own day
    return folder


def _key(row: dict[str, str]) -> tuple[str, str]:
    return row["id"], row["observed_on"]


def _empty() -> Sheet:
    return Sheet(SEATS, f"{SEATS.name}.csv", {name: [] for name in (*SEATS.names, READ_AT)}, array("L"))
