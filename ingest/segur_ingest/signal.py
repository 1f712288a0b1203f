"""What somebody saw of one seat, kept as an observation in a source of the user's."""

from dataclasses import dataclass

from segur_graph.edition import Edition
from segur_graph.facts import SEATS
from segur_graph.store import Store
from segur_ingest import held, importing
from segur_ingest.importing import Plan

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


def signal(store: Store, seen: Seen) -> Edition:
    """Adds an observation to those of the source; one of the same seat on the same day is put right.

    Faulty where the store cannot hold it. What is there is read under the lock: nobody's observation is lost.
    """
    with importing.writing(store) as (_, work):
        edition = store.edition()
        folder = held.own(edition, SOURCE, TITLE, SEATS)
        said = folder.sheets[SEATS.name]
        key = (seen.seat, seen.observed_on)
        others = [row for row, other in enumerate(said.cells("id", "observed_on")) if other != key]
        folder.sheets[SEATS.name] = said.picked(others).plus(seen.row)
        planned = Plan(edition.folder.name, folder)
        importing.check(planned, edition)
        return store.publish(planned.chosen(edition, work))
