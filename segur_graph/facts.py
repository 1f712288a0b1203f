"""The tables of facts, one description each: everything derived starts here."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, cast, get_args

Kind = Literal[
    "id",  # ASCII letters, digits, . _ : -; not the row's own where it points into a table
    "text",
    "code",  # one of a closed list
    "date",  # YYYY-MM-DD
    "number",  # a whole number, 0 or more
    "reference",  # the key of a row of another table
    "party",  # the id of a body or the code of a type
    "thing",  # the id of a body or of a measure
    "type",  # a type's code: it exists if types, norms or a body says so
    "share",  # 1/4: at least a quarter, >1/2: more than half
    "territory_number",  # REG-76=19, REG-06=?
]


@dataclass(frozen=True)
class Column:
    """A column of a table: its name, what a cell holds and whether it may be empty.

    `into` names the table of a reference or the code list of a code, of which `only` may
    take a part or to which it may add; the cells of a column with `many` are lists
    separated by `|`.
    """

    name: str
    kind: Kind
    required: bool = False
    into: str = ""
    many: bool = False
    only: tuple[str, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes that a cell may hold."""
        return self.only or CODES[self.into]

    @property
    def sql(self) -> str:
        """The type in SQL of one value."""
        return {"date": "DATE", "number": "BIGINT"}.get(self.kind, "VARCHAR")

    def values(self, cell: str) -> list[str]:
        """The values of a cell: none, one, or those of a list."""
        if not cell:
            return []
        return [part.strip() for part in cell.split("|") if part.strip()] if self.many else [cell]


@dataclass(frozen=True)
class Table:
    """A table: the class of its rows, the columns that make a row's key, its columns.

    A row whose table has no `key` is known by its content (`names.fact_id`). `subclass`
    gives the narrower class that a row's `kind` says.
    """

    name: str
    rdf_class: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    subclass: tuple[tuple[str, str], ...] = ()

    @property
    def source(self) -> str:
        """The column that names a row's source."""
        return "id" if self.name == "sources" else "source"

    def column(self, name: str) -> Column:
        """The column of that name; KeyError where there is none."""
        return next(c for c in self.columns if c.name == name)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(c.name for c in self.columns)


# Columns of opaque references to persons: they stay in the sources, and nothing shows, asks or exports them.
PERSONS = frozenset({"holder"})

# The code lists. Their order is the order of their pages and of their sentences.
CODES: dict[str, tuple[str, ...]] = {
    "kinds": ("actor", "instance"),
    "levels": ("national", "régional", "départemental-territorial", "local", "établissement"),
    "scopes": ("national", "one-per-region", "part-of", "many"),
    "groups": (
        "usagers",
        "etat",
        "collectivites",
        "professionnels",
        "etablissements",
        "assurance-maladie",
        "prevention-ethique",
        "qualifies",
        "autres",
    ),
    "body-statuses": ("existing", "proposed", "abolished", "expected"),
    "modalities": ("effective", "requested", "lacking"),
    "completeness": ("complete", "partial", "unknown"),
    "regimes": ("ru", "pa-ph", "residents-families", "insured"),
    "positions": ("titulaire", "suppleant"),
    "seat-states": ("filled", "vacant", "unknown"),
    "contribution-kinds": ("proposal", "measure"),
    "pillars": ("1", "2", "3", "4"),
    "sectors": ("sanitaire", "ville-hopital", "medico-social"),
    "answers": ("yes", "no"),
    "signatory-roles": ("author", "cosignatory", "lead", "relay"),
    "stages": ("elaboration", "diffusion", "suivi", "evaluation"),
    "meeting-kinds": ("meeting", "survey", "deadline", "publication"),
    "attendance-statuses": ("present", "excused", "absent"),
    "figures": ("required", "filled", "vacant", "bodies"),
    "relations": ("hosts", "chairs", "designates", "must-consult", "member-by-right"),
    "confidences": ("confirmed", "from-memory"),
    "verdicts": ("same", "different"),
}

# What belongs or signs cannot be `lacking`; a list may be about every group at once.
FIRM = ("effective", "requested")
GROUPS_OR_ALL = (*CODES["groups"], "all")

# A column of a table below: `name*:holds[]`, `*` where it is required, `[]` where its cells are lists.
COLUMN = re.compile(r"(?P<name>\w+)(?P<required>\*?)(:(?P<holds>[\w-]+)(/(?P<into>\w+))?(?P<many>\[\])?)?")


def _column(said: str, only: Mapping[str, tuple[str, ...]]) -> Column:
    """A column that `holds` text unless a kind, a code list, or the table that it refers to is named.

    An id of another table's rows is `id/table`.
    """
    found = COLUMN.fullmatch(said)
    if found is None:
        raise ValueError(f"{said}: expected name*:holds[]")
    name, kind, into = found["name"], found["holds"] or "text", found["into"] or ""
    if kind not in get_args(Kind):
        kind, into = ("code" if kind in CODES else "reference"), kind
    return Column(name, cast("Kind", kind), bool(found["required"]), into, bool(found["many"]), only.get(name, ()))


def _table(
    name: str, classes: str, columns: str, *, key: str = "", only: Mapping[str, tuple[str, ...]] | None = None
) -> Table:
    """A table with its class and those of its rows' kinds; `only` narrows, or adds to, a column's code list."""
    said = columns.split() + ([] if name == "sources" else ["source*:sources", "locator"])
    rdf_class, *narrower = classes.split()
    subclass = tuple((c.lower(), c) for c in narrower)
    return Table(name, rdf_class, tuple(_column(c, only or {}) for c in said), tuple(key.split()), subclass)


# In the order in which a row may point back: sources and code lists first, verdicts last.
TABLES: dict[str, Table] = {
    t.name: t
    for t in (
        _table("sources", "Source", "id*:id title* publisher date:date licence url sha256", key="id"),
        _table(
            "types",
            "BodyType",
            "code*:id kind*:kinds label* label_en broader:type group:groups level:levels scope:scopes replaced_by:type",
            key="code",
        ),
        _table("territories", "Territory", "code*:id label* within:territories", key="code"),
        _table(
            "norms",
            "Norm",
            "code*:id/types name_fr* name_en level:levels host legal_basis valid_from:date valid_to:date "
            "binding_from:date seats_min:number seats_max:number usager_seats_min:number usager_seats_max:number "
            "usager_seats_min_in:territory_number[] usager_share_min:share regimes:regimes[] usager_suppleants voting "
            "can_chair appointed_by mandate_years meetings_per_year_min usager_college category "
            "confidence*:confidences source_url read_in notes",
            key="code valid_from",
        ),
        _table(
            "bodies",
            "Body Actor Instance",
            "id*:id kind*:kinds type*:type label* label_en territory:territories parent:bodies group:groups "
            "status:body-statuses exists_from:date exists_to:date",
            key="id",
        ),
        _table(
            "memberships",
            "Membership",
            "body*:bodies member*:party role modality*:modalities member_from:date member_to:date",
            only={"modality": FIRM},
        ),
        _table(
            "compositions",
            "CompositionStatement",
            "instance*:bodies group*:groups completeness*:completeness observed_on*:date",
            only={"group": GROUPS_OR_ALL},
        ),
        _table(
            "seats",
            "SeatObservation",
            "id*:id/seats instance*:bodies college group*:groups regime:regimes position*:positions "
            "state*:seat-states reason held_for:bodies holder mandate_from:date mandate_to:date observed_on*:date",
        ),
        _table(
            "measures",
            "Contribution Proposal Measure",
            "id*:id kind*:contribution-kinds label* label_en pillar:pillars theme sector:sectors proposed_by:party "
            "date:date concerns:party[] effect_type:type effect_group:groups effect_seats:number "
            "signatories_complete:answers",
            key="id",
        ),
        _table(
            "signatures",
            "CoSignature",
            "measure*:measures body*:party role*:signatory-roles modality*:modalities",
            only={"modality": FIRM},
        ),
        _table(
            "participations",
            "Participation",
            "measure*:measures stage*:stages group*:groups body:party modality*:modalities",
        ),
        _table(
            "meetings",
            "Meeting",
            "id*:id label* kind:meeting-kinds instance:bodies date*:date end:date territory:territories "
            "attendance_complete:answers",
            key="id",
        ),
        _table("attendances", "Attendance", "meeting*:meetings body:party group*:groups status*:attendance-statuses"),
        _table(
            "figures",
            "PublishedFigure",
            "territory*:territories type*:type group:groups position:positions figure*:figures value*:number "
            "observed_on*:date",
        ),
        _table(
            "links", "InstitutionalLink", "from*:party relation*:relations to*:party article confidence*:confidences"
        ),
        _table("same", "IdentityVerdict", "id*:thing same_as*:thing verdict*:verdicts"),
    )
}
SOURCES, SEATS, SAME = TABLES["sources"], TABLES["seats"], TABLES["same"]
