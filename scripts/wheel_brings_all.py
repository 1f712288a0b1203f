"""Fails where a wheel lacks a file of the packages, the ontology or the queries: `wheel_brings_all.py WHEEL`."""

import sys
import tomllib
from pathlib import Path
from zipfile import ZipFile

MAIN = Path(__file__).parents[1]


def expected() -> set[str]:
    """The names in the wheel of all files that pyproject.toml sends there."""
    wheel = tomllib.loads((MAIN / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]["targets"]["wheel"]
    names = set()
    for folder in wheel["only-include"]:
        target = wheel["sources"].get(folder, folder)
        files = (path for path in (MAIN / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts)
        names |= {f"{target}/{path.relative_to(MAIN / folder).as_posix()}" for path in files}
    return names


if __name__ == "__main__":
    lacking = sorted(expected() - set(ZipFile(sys.argv[1]).namelist()))
    sys.exit(f"not in the wheel: {', '.join(lacking)}" if lacking else 0)
