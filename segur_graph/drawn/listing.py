"""The table beside a picture: the same nodes and edges, by id, in words."""

from segur_graph import console
from segur_graph.drawn import legend
from segur_graph.drawn.elements import RELATIONS, View
from segur_graph.options import Lang

NODE_COLUMNS = ("id", "label", "nature", "group", "lane", "status", "seats", "state", "says")
EDGE_COLUMNS = ("id", "source", "source_label", "relation", "basis", "said", "target", "target_label", "evidence")


def node_rows(view: View, lang: Lang) -> list[list[str]]:
    """The nodes in the order of their ids, with the columns `NODE_COLUMNS`."""
    return [
        [
            n.id,
            n.labels[lang],
            legend.nature(n, lang),
            legend.group(n.group, lang),
            legend.lane(n.lane, lang),
            legend.status(n, lang) or legend.word(n.basis, lang),
            legend.seats(n.seats, lang),
            legend.word(n.state, lang) if n.state else "",
            " ".join(m.says[lang] for m in n.marks),
        ]
        for n in view.nodes
    ]


def edge_rows(view: View, lang: Lang) -> list[list[str]]:
    """The edges, the loudest relation first, with the columns `EDGE_COLUMNS`; evidence is `source, locator`."""
    ordered = sorted(view.edges, key=lambda e: (-RELATIONS.index(e.relation), e.id))
    return [
        [
            e.id,
            e.source,
            view.by_id[e.source].labels[lang],
            legend.relation(e.relation, lang),
            legend.word(e.basis, lang),
            legend.details(e, lang),
            e.target,
            view.by_id[e.target].labels[lang],
            "; ".join(f"{found.source}, {found.locator}" for found in e.evidence),
        ]
        for e in ordered
    ]


def printed(view: View, lang: Lang) -> None:
    """Prints who is joined to whom, on what ground and by which source."""
    columns = ("source_label", "relation", "target_label", "basis", "evidence")
    rows = [dict(zip(EDGE_COLUMNS, row, strict=True)) for row in edge_rows(view, lang)]
    heads = {"fr": ("de", "lien", "à", "source", "preuve"), "en": ("from", "link", "to", "source", "evidence")}[lang]
    title = {"fr": "Liens", "en": "Links"}[lang]
    console.table(f"{title} ({len(rows)})", heads, [[row[c] for c in columns] for row in rows])
