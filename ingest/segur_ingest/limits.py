"""How much is read: enough for a national register, too little to harm."""

from segur_graph.errors import BadInput

# The national register has 376,000 seats: 60 MB of CSV, 6 million cells.
FILE_BYTES = 200_000_000
FOLDER_BYTES = 500_000_000
CELLS = 20_000_000
COLUMNS = 1_000
# A folder of tables holds sixteen; other files may lie beside them.
FILES = 1_000
# The longest cell is 10,000 characters; a line or a cell beyond this is not even looked at.
LINE_CHARACTERS = 1_000_000
CELL_CHARACTERS = 10_000
# A workbook is a zip of XML that openpyxl turns into objects some fifty times as large.
WORKBOOK_BYTES = 50_000_000
WORKBOOK_UNPACKED_BYTES = 300_000_000
WORKBOOK_ENTRIES = 2_000
WORKBOOK_ROWS = 1_048_576  # Excel's own
WORKBOOK_MEMORY = 1_000_000_000
WORKBOOK_SECONDS = 300


class Unreadable(BadInput):
    """A file that cannot be read, or not beyond one of its lines."""

    def __init__(self, expected: str, line: int = 0) -> None:
        super().__init__(expected)
        self.expected, self.line = expected, line


def megabytes(size: int) -> str:
    """A size in words: 200 Mo."""
    return f"{size / 1_000_000:.0f} Mo"
