"""Fails where a function is longer than 40 lines, its docstring apart; tells where a module is longer than 250."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

FUNCTION_LINES = 40
MODULE_LINES = 250
FOLDERS = ("segur_graph", "ingest", "api", "tests", "scripts")


def long_functions(tree: ast.Module) -> Iterator[tuple[int, str, int]]:
    """The line, name and length of each function whose body is over the limit."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node, clean=False) is not None else node.body
            length = (node.end_lineno or node.lineno) - body[0].lineno + 1 if body else 0
            if length > FUNCTION_LINES:
                yield node.lineno, node.name, length


def main() -> int:
    """Reads every module of the project; 1 where a function is too long."""
    failed = 0
    for path in sorted(path for folder in FOLDERS for path in Path(folder).rglob("*.py")):
        text = path.read_text("utf-8")
        for line, name, length in long_functions(ast.parse(text)):
            print(f"{path}:{line}: {name} has {length} lines, {FUNCTION_LINES} are allowed")
            failed = 1
        if (lines := text.count("\n")) > MODULE_LINES:
            print(f"{path}: {lines} lines, more than {MODULE_LINES}: is it still one thing?")
    return failed


if __name__ == "__main__":
    sys.exit(main())
