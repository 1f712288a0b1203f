"""The golden part of the shipped facts is what its script makes, and compiles to the graph beside it."""

import importlib.util
from pathlib import Path

GOLDEN = Path(__file__).parent / "golden"


def files(folder):
    """The text of each file below a folder, by its path from there."""
    return {str(path.relative_to(folder)): path.read_text("utf-8") for path in folder.rglob("*.*") if path.is_file()}


def test_the_golden_graph_is_compiled_quad_for_quad(golden):
    """A change of the graph's shape shows as a change of the golden file."""
    told = (GOLDEN / "graph.nq").read_text("utf-8").splitlines()
    assert sorted(f"{quad} ." for quad in golden.graph()) == told


def test_the_golden_part_is_what_the_script_makes(fresh):
    """Where shipped facts change, `scripts/make_golden.py` is to be run again."""
    place = Path(__file__).parents[1] / "scripts" / "make_golden.py"
    spec = importlib.util.spec_from_file_location("make_golden", place)
    assert spec
    assert spec.loader
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    folder = fresh()
    script.write(folder)
    assert files(folder) == files(GOLDEN)
