"""The tables of facts, one description each: everything derived starts here."""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

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

SOURCE = Column("source", "reference", required=True, into="sources")
LOCATOR = Column("locator", "text")


def _table(
    name: str,
    rdf_class: str,
    *columns: Column,
    key: str = "",
    subclass: tuple[tuple[str, str], ...] = (),
) -> Table:
    return Table(name, rdf_class, (*columns, SOURCE, LOCATOR), tuple(key.split()), subclass)


def _must(name: str, kind: Kind, into: str = "", only: tuple[str, ...] = ()) -> Column:
    return Column(name, kind, required=True, into=into, only=only)


def _may(name: str, kind: Kind = "text", into: str = "", *, many: bool = False) -> Column:
    return Column(name, kind, into=into, many=many)


SOURCES = Table(
    "sources",
    "Source",
    (
        _must("id", "id"),
        _must("title", "text"),
        _may("publisher"),
        _may("date", "date"),
        _may("licence"),
        _may("url"),
        _may("sha256"),
    ),
    key=("id",),
)

TYPES = _table(
    "types",
    "BodyType",
    _must("code", "id"),
    _must("kind", "code", "kinds"),
    _must("label", "text"),
    _may("label_en"),
    _may("broader", "type"),
    _may("group", "code", "groups"),
    _may("level", "code", "levels"),
    _may("scope", "code", "scopes"),
    _may("replaced_by", "type"),
    key="code",
)

TERRITORIES = _table(
    "territories",
    "Territory",
    _must("code", "id"),
    _must("label", "text"),
    _may("within", "reference", "territories"),
    key="code",
)

BODIES = _table(
    "bodies",
    "Body",
    _must("id", "id"),
    _must("kind", "code", "kinds"),
    _must("type", "type"),
    _must("label", "text"),
    _may("label_en"),
    _may("territory", "reference", "territories"),
    _may("parent", "reference", "bodies"),
    _may("group", "code", "groups"),
    _may("status", "code", "body-statuses"),
    _may("exists_from", "date"),
    _may("exists_to", "date"),
    key="id",
    subclass=(("actor", "Actor"), ("instance", "Instance")),
)

MEMBERSHIPS = _table(
    "memberships",
    "Membership",
    _must("body", "reference", "bodies"),
    _must("member", "party"),
    _may("role"),
    _must("modality", "code", "modalities", FIRM),
    _may("member_from", "date"),
    _may("member_to", "date"),
)

COMPOSITIONS = _table(
    "compositions",
    "CompositionStatement",
    _must("instance", "reference", "bodies"),
    _must("group", "code", "groups", GROUPS_OR_ALL),
    _must("completeness", "code", "completeness"),
    _must("observed_on", "date"),
)

SEATS = _table(
    "seats",
    "SeatObservation",
    _must("id", "id", "seats"),
    _must("instance", "reference", "bodies"),
    _may("college"),
    _must("group", "code", "groups"),
    _may("regime", "code", "regimes"),
    _must("position", "code", "positions"),
    _must("state", "code", "seat-states"),
    _may("reason"),
    _may("held_for", "reference", "bodies"),
    _may("holder"),
    _may("mandate_from", "date"),
    _may("mandate_to", "date"),
    _must("observed_on", "date"),
)

MEASURES = _table(
    "measures",
    "Contribution",
    _must("id", "id"),
    _must("kind", "code", "contribution-kinds"),
    _must("label", "text"),
    _may("label_en"),
    _may("pillar", "code", "pillars"),
    _may("theme"),
    _may("sector", "code", "sectors"),
    _may("proposed_by", "party"),
    _may("date", "date"),
    _may("concerns", "party", many=True),
    _may("effect_type", "type"),
    _may("effect_group", "code", "groups"),
    _may("effect_seats", "number"),
    _may("signatories_complete", "code", "answers"),
    key="id",
    subclass=(("proposal", "Proposal"), ("measure", "Measure")),
)

SIGNATURES = _table(
    "signatures",
    "CoSignature",
    _must("measure", "reference", "measures"),
    _must("body", "party"),
    _must("role", "code", "signatory-roles"),
    _must("modality", "code", "modalities", FIRM),
)

PARTICIPATIONS = _table(
    "participations",
    "Participation",
    _must("measure", "reference", "measures"),
    _must("stage", "code", "stages"),
    _must("group", "code", "groups"),
    _may("body", "party"),
    _must("modality", "code", "modalities"),
)

MEETINGS = _table(
    "meetings",
    "Meeting",
    _must("id", "id"),
    _must("label", "text"),
    _may("kind", "code", "meeting-kinds"),
    _may("instance", "reference", "bodies"),
    _must("date", "date"),
    _may("end", "date"),
    _may("territory", "reference", "territories"),
    _may("attendance_complete", "code", "answers"),
    key="id",
)

ATTENDANCES = _table(
    "attendances",
    "Attendance",
    _must("meeting", "reference", "meetings"),
    _may("body", "party"),
    _must("group", "code", "groups"),
    _must("status", "code", "attendance-statuses"),
)

FIGURES = _table(
    "figures",
    "PublishedFigure",
    _must("territory", "reference", "territories"),
    _must("type", "type"),
    _may("group", "code", "groups"),
    _may("position", "code", "positions"),
    _must("figure", "code", "figures"),
    _must("value", "number"),
    _must("observed_on", "date"),
)

LINKS = _table(
    "links",
    "InstitutionalLink",
    _must("from", "party"),
    _must("relation", "code", "relations"),
    _must("to", "party"),
    _may("article"),
    _must("confidence", "code", "confidences"),
)

NORMS = _table(
    "norms",
    "Norm",
    _must("code", "id", "types"),
    _must("name_fr", "text"),
    _may("name_en"),
    _may("level", "code", "levels"),
    _may("host"),
    _may("legal_basis"),
    _may("valid_from", "date"),
    _may("valid_to", "date"),
    _may("binding_from", "date"),
    _may("seats_min", "number"),
    _may("seats_max", "number"),
    _may("usager_seats_min", "number"),
    _may("usager_seats_max", "number"),
    _may("usager_seats_min_in", "territory_number", many=True),
    _may("usager_share_min", "share"),
    _may("regimes", "code", "regimes", many=True),
    _may("usager_suppleants"),
    _may("voting"),
    _may("can_chair"),
    _may("appointed_by"),
    _may("mandate_years"),
    _may("meetings_per_year_min"),
    _may("usager_college"),
    _may("category"),
    _must("confidence", "code", "confidences"),
    _may("source_url"),
    _may("read_in"),
    _may("notes"),
    key="code valid_from",
)

SAME = _table(
    "same",
    "IdentityVerdict",
    _must("id", "thing"),
    _must("same_as", "thing"),
    _must("verdict", "code", "verdicts"),
)

# In the order in which a row may point back: sources and code lists first, verdicts last.
TABLES: dict[str, Table] = {
    t.name: t
    for t in (
        SOURCES,
        TYPES,
        TERRITORIES,
        NORMS,
        BODIES,
        MEMBERSHIPS,
        COMPOSITIONS,
        SEATS,
        MEASURES,
        SIGNATURES,
        PARTICIPATIONS,
        MEETINGS,
        ATTENDANCES,
        FIGURES,
        LINKS,
        SAME,
    )
}
