"""A workbook's sheets as rows, read by a process of its own with limits to memory and time."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Collection, Iterator
from typing import BinaryIO

from segur_ingest.limits import WORKBOOK_SECONDS, Unreadable
from segur_ingest.sheet import Rows

# One thread each: a library that starts more would take the memory that the limit leaves.
ENVIRONMENT = {"OPENPYXL_LXML": "False", "OPENBLAS_NUM_THREADS": "1", "PYTHONIOENCODING": "utf-8"}


def sheets(file: BinaryIO, wanted: Collection[str]) -> Iterator[tuple[str, Rows]]:
    """The names of a workbook's sheets, and the rows of those that are wanted; Unreadable where it cannot be read.

    A sheet's rows are to be read before the next sheet is asked for. `file` has a descriptor of its own.
    """
    command = [sys.executable, "-P", "-m", "segur_ingest.read_xlsx", *sorted(wanted)]
    child = subprocess.Popen(  # noqa: S603 - our own module; the names are those of tables
        command, stdin=file, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=os.environ | ENVIRONMENT
    )
    timer = threading.Timer(WORKBOOK_SECONDS, child.kill)
    timer.start()
    try:
        yield from _Told(child).sheets()
    finally:
        timer.cancel()
        child.kill()
        child.communicate()


class _Told:
    """What the child tells, line by line."""

    def __init__(self, child: "subprocess.Popen[bytes]") -> None:
        self.lines = iter(child.stdout or ())
        self.next_sheet: str | None = None

    def sheets(self) -> Iterator[tuple[str, Rows]]:
        for _ in self._rows():  # up to the first sheet
            pass
        while self.next_sheet is not None:
            name, self.next_sheet = self.next_sheet, None
            rows = self._rows()
            yield name, _padded(rows)
            for _ in rows:  # what was not read of it
                pass

    def _rows(self) -> Rows:
        """The rows up to the next sheet or the end."""
        for line in self.lines:
            told = json.loads(line)
            if isinstance(told, list):
                yield told[0], told[1]
            elif "fault" in told:
                raise Unreadable(told["fault"])
            else:
                self.next_sheet = told.get("sheet")
                return
        raise Unreadable("classeur illisible dans la mémoire et le temps permis ; partagez-le, ou donnez des CSV")


def _padded(rows: Rows) -> Rows:
    """Rows as long as the header at least: a workbook leaves out the empty cells at a row's end."""
    width = 0
    for line, cells in rows:
        width = width or len(cells)
        yield line, [*cells, *[""] * (width - len(cells))]
