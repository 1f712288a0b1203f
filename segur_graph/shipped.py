"""Where the package's own data stand, installed or in a checkout."""

from importlib.resources import files
from pathlib import Path


def data(name: str) -> Path:
    """The folder `ontology` or `queries`."""
    installed = Path(str(files("segur_graph"))) / "_data" / name
    return installed if installed.is_dir() else Path(__file__).parents[1] / name
