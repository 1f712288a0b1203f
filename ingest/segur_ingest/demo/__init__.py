"""The demonstration: a plainly fictional region, in a store of its own, where every kind of gap can be seen."""

import io
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path

from segur_graph.edition import Advance, Chosen, Edition, quiet
from segur_graph.source import MANIFEST, Source, sources_in
from segur_graph.store import Store
from segur_ingest.build import shipped, users

# The law is the real one; nothing else of what ships stands beside what is invented.
REAL = ("norms", "types")
# What the trial spreadsheet fills.
INSTANCE, SEAT = "cdu-sornette", "cdu-sornette-t2"
# The region's days, counted from the first of the month: its gaps are recent ones, and the same all month long.
DAYS = {
    "began": -1200,
    "old": -800,
    "asked": -500,
    "answered": -480,
    "yearend": -250,
    "signed": -120,
    "met": -60,
    "seen": -40,
    "ended": -12,
    "ends": 400,
}


def store(beside: Store) -> Store:
    """The demonstration's store, which lies in a folder of another store and shares nothing with it."""
    return Store(beside.folder / "demo")


def publish(into: Store, today: date | None = None, advance: Advance = quiet, *, afresh: bool = False) -> Edition:
    """Publishes the region as it is in the month of a day, with what was added to it, unless `afresh`."""
    with into.writing(), tempfile.TemporaryDirectory() as work:
        mine = [] if afresh else users(into.current())
        ours = [s for s in shipped() if s.id in REAL] + list(sources(Path(work), today))
        chosen = [Chosen(s, "user") for s in mine] + [Chosen(s, "shipped") for s in ours]
        return into.publish(chosen, advance)


def spreadsheet(today: date | None = None) -> bytes:
    """A workbook to import into the region: somebody now sits where the first step shows nobody."""
    import openpyxl  # type: ignore[import-untyped]

    day = (today or date.today()).isoformat()  # noqa: DTZ011 - the reader's own day
    rows = {
        "sources": (("id", "title", "date"), ("mon-tableur", "Mon tableur (fictif)", day)),
        "seats": (
            ("id", "instance", "group", "regime", "position", "state", "held_for", "observed_on", "source"),
            (SEAT, INSTANCE, "usagers", "ru", "titulaire", "filled", "fas-fictanie", day, "mon-tableur"),
        ),
    }
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, lines in rows.items():
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(line)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def sources(work: Path, today: date | None = None) -> Iterator[Source]:
    """The region's source folders with their days filled in, written into a folder."""
    first = (today or date.today()).replace(day=1)  # noqa: DTZ011 - the reader's own day
    days = {name: (first + timedelta(days=offset)).isoformat() for name, offset in DAYS.items()}
    for source in sources_in(Path(str(files("segur_ingest.demo")))):
        folder = work / source.folder.name
        folder.mkdir(parents=True)
        for file in (source.folder / MANIFEST, *source.folder.glob("*.csv")):
            (folder / file.name).write_text(file.read_text("utf-8").format_map(days), "utf-8")
        yield Source(folder)
