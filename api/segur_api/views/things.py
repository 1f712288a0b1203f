"""Things by name: what a party, a measure or a source is called, its group, its shape."""

from collections.abc import Iterable
from dataclasses import dataclass

from segur_api.deps import Reading
from segur_graph import say
from segur_graph.drawn.legend import GROUPS
from segur_graph.options import Lang

SQL = """
WITH asked AS (
    SELECT i.id, coalesce(j.speaks, i.id) AS speaks
    FROM (SELECT unnest($ids) AS id) i LEFT JOIN joined j ON j.id = i.id
)
SELECT f."table", a.id AS asked, f.id, f.label, f.label_en, coalesce(b.kind, t.kind, m.kind) AS kind,
       coalesce(b."group", t."group") AS "group", b.status
FROM asked a
JOIN focuses_now f ON f.id = a.speaks
LEFT JOIN bodies_told b ON f."table" = 'bodies' AND b.id = f.id
LEFT JOIN types_told t ON f."table" IN ('bodies', 'types') AND t.code = f.type
LEFT JOIN measures_told m ON f."table" = 'measures' AND m.id = f.id
UNION ALL
SELECT 'sources', s.id, s.id, s.title, NULL, NULL, NULL, NULL FROM sources s JOIN asked a ON a.id = s.id
UNION ALL
SELECT 'territories', t.code, t.code, t.label, NULL, NULL, NULL, NULL
FROM territories_told t JOIN asked a ON a.id = t.code
UNION ALL
SELECT 'seats', s.id, s.id, any_value(s.id), NULL, any_value(s.position), any_value(s."group"), NULL
FROM seats s JOIN asked a ON a.id = s.id GROUP BY s.id
"""

# In which tables a reference may find its thing, by what its column points into.
TABLES_OF = {"party": ("bodies", "types"), "thing": ("bodies", "measures"), "type": ("types",)}


@dataclass(frozen=True)
class Thing:
    """A thing with an address: its table, key and name, and what its badge says."""

    table: str
    id: str
    label: str
    label_en: str | None = None
    kind: str | None = None
    group: str | None = None
    status: str | None = None

    def name(self, lang: Lang) -> str:
        """Its name; the French one where it has no English one."""
        return say.named(self.label, self.label_en, lang)

    @property
    def party(self) -> bool:
        """Whether it can sit or sign."""
        return self.table in ("bodies", "types")

    @property
    def letter(self) -> str:
        """The letter of its group; none where it has no group to have."""
        group = self.group or ("several" if self.party else "")
        return GROUPS.get(group, GROUPS["autres"])[1] if group else ""

    @property
    def shape(self) -> str:
        """Its nature as a shape: circle actor, square instance, hexagon proposed, sheet measure."""
        if self.status == "proposed":
            return "hexagon"
        if self.party:
            return "circle" if self.kind == "actor" else "square"
        return {"measures": "sheet", "meetings": "day", "seats": "dot"}.get(self.table, "")


class Things:
    """The things that some rows name, asked for once."""

    def __init__(self, reading: Reading, ids: Iterable[str | None]) -> None:
        found = reading.query(SQL, ids=sorted({i for i in ids if i}))
        self._found = {(row["table"], row.pop("asked")): Thing(**row) for row in found}

    def get(self, into: str, key: str) -> Thing:
        """The thing that a reference `into` a table, or into parties, names; its bare key where nothing does."""
        tables = TABLES_OF.get(into, (into,))
        return next((self._found[t, key] for t in tables if (t, key) in self._found), Thing(tables[0], key, key))

    def parties(self, keys: Iterable[str]) -> list[Thing]:
        """Some parties."""
        return [self.get("party", key) for key in keys]
