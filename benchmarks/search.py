"""What a search costs at the size of a country: the index, and a scan of a folded column in DuckDB, the same labels.

python benchmarks/search.py [LABELS]
"""

import random
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import cast

import duckdb
from measured import timed

from segur_graph.edition import Edition
from segur_graph.search import Index, fold
from segur_graph.tables import Rows

LABELS = 350_000
ASKED = ("CME", "cdu", "commission", "commission des usagers", "chu tou", "région 12", "zzz", "c")
MOST_MS = 10
KINDS = ("Commission des usagers", "Conseil de la vie sociale", "CHU", "Association", "Conseil de surveillance")
PLACES = ("Toulouse", "Évreux", "Nîmes", "Saint-Étienne", "Fort-de-France", "Besançon")


class Folder:
    """Stands for an edition: a folder for the index."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder


def labels(count: int) -> Rows:
    """Names as a register holds them, and one type."""
    chance = random.Random(1)  # noqa: S311 - names, no secrets
    made = [f"{chance.choice(KINDS)} de {chance.choice(PLACES)} région {n % 97} n° {n}" for n in range(count)]
    rows = [
        {"table": "bodies", "id": f"b{n}", "label": x, "label_en": None, "code": None, "more": None}
        for n, x in enumerate(made)
    ]
    cme = {"table": "types", "id": "CME", "label": "Commission médicale", "label_en": None, "code": "CME", "more": None}
    return [cast("dict[str, object]", cme), *rows]


def slowest(find: Callable[[str], object]) -> float:
    """The most milliseconds that one of the texts takes, the best of five runs each."""
    return max(timed(partial(find, text), 5).s for text in ASKED) * 1000


def main() -> None:
    """Prints both times; fails where the index takes more than it may."""
    rows = labels(int(sys.argv[1]) if len(sys.argv) > 1 else LABELS)
    with tempfile.TemporaryDirectory() as place:
        index = Index(cast("Edition", Folder(Path(place))), lambda _: rows)
        made = timed(lambda: index.find("CME"))
        print(f"{len(rows):,} labels; index made in {made.s:.1f} s,", end=" ")
        print(f"{index.path.stat().st_size / 1e6:.0f} MB")
        ours = slowest(index.find)
        db = duckdb.connect()
        db.execute("CREATE TABLE names (folded VARCHAR)")
        file = Path(place) / "names.csv"
        file.write_text("".join(f"{fold(str(r['label']))}\n" for r in rows), "utf-8")
        db.execute(
            "INSERT INTO names FROM read_csv($file, header=false, delim='\t', columns={'a': 'VARCHAR'})",
            {"file": str(file)},
        )
        scan = "SELECT * FROM names WHERE contains(folded, $said) LIMIT 10"
        theirs = slowest(lambda text: db.execute(scan, {"said": fold(text)}).fetchall())
    print(f"slowest of {len(ASKED)} searches: index {ours:.1f} ms, scan {theirs:.1f} ms; ratio {ours / theirs:.2f}")
    if ours > MOST_MS:
        sys.exit(f"{ours:.1f} ms, {MOST_MS} are allowed")


if __name__ == "__main__":
    main()
