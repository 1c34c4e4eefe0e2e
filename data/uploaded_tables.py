"""A table that somebody sends, as a workbook or as text, as rows of cells that know their addresses.

What it is read for decides what may stand in a cell; here nothing is believed, and no formula is worked out.
"""

import csv
from collections.abc import Iterator
from io import StringIO
from typing import NamedTuple

from data.numbers import format_number
from data.refusals import Invalid, TooLarge
from data.uploads import CellKind, Limits, SheetCell, address, open_workbook
from data.wording import _

MOST_BYTES = 2 * 1024 * 1024
MOST_ROWS = 20_000
MOST_COLUMNS = 60
MOST_LETTERS = 4000
DELIMITERS = ";,\t"

# A full table of published values, its lists beside it.
_LIMITS = Limits(size=MOST_BYTES, unpacked=48 * 1024 * 1024, marks=2_000_000, rows=MOST_ROWS, columns=MOST_COLUMNS)
_NUMBERS = (CellKind.NUMBER, CellKind.PERCENTAGE)
# Other kinds of workbooks are told as what they are, too.
_BINARY = (b"PK", bytes.fromhex("D0CF11E0A1B11AE1"))
# One apostrophe before a text says to a spreadsheet that what follows is no formula.
_PLAIN = "'"


class Cell(NamedTuple):
    """What stands at one place of a table, never empty. Where `is_formula`, `value` tells nothing."""

    row: int
    column: int
    value: str | float
    is_formula: bool

    @property
    def address(self) -> str:
        """As a spreadsheet names it: `D7`."""
        return address(self.row, self.column)


def read_table(content: bytes) -> list[list[Cell]]:
    """The rows of the first sheet that hold anything, each with the cells that do.

    Raises Invalid for what is neither a plain workbook nor text in UTF-8, TooLarge for more than the portal takes.
    """
    if not content:
        raise Invalid(_("Choose a file first."))
    if len(content) > MOST_BYTES:
        size = format_number(MOST_BYTES // (1024 * 1024))
        raise TooLarge(_("The file is larger than {size} MB. Nothing was read.").format(size=size))
    return _of_workbook(content) if content.startswith(_BINARY) else _of_text(content)


def _of_workbook(content: bytes) -> list[list[Cell]]:
    rows: dict[int, list[Cell]] = {}
    for sheet in open_workbook(content, _LIMITS)[:1]:
        for (row, column), cell in sheet.cells.items():
            rows.setdefault(row, []).append(Cell(row, column, _value(cell), cell.kind is CellKind.FORMULA))
    return list(rows.values())


def _value(cell: SheetCell) -> str | float:
    if cell.kind not in _NUMBERS:
        return _short(cell.text)
    # A sheet shows a percentage a hundred times as great as it keeps it; a number would be read wrongly.
    return cell.number if cell.kind is CellKind.NUMBER else f"{cell.number * 100:g}%"


def _of_text(content: bytes) -> list[list[Cell]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise Invalid(_("The file is neither an Excel workbook (.xlsx) nor text in UTF-8 (.csv). Nothing was kept."))
    first = text.lstrip().split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=first.count)
    try:
        lines = list(csv.reader(StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise Invalid(_("The file cannot be read as a table of text (.csv). Nothing was kept.")) from error
    rows = (list(_fields(number, line)) for number, line in enumerate(lines, 1))
    return [row for row in rows if row]


def _fields(number: int, line: list[str]) -> Iterator[Cell]:
    for place, field in enumerate(line, 1):
        text = _short(field)
        if not text:
            continue
        if number > MOST_ROWS or place > MOST_COLUMNS:
            sentence = _("The table is larger than {rows} rows and {columns} columns. Nothing was kept.")
            raise TooLarge(sentence.format(rows=format_number(MOST_ROWS), columns=MOST_COLUMNS))
        yield Cell(number, place, text.removeprefix(_PLAIN), text.startswith("="))


def _short(text: str) -> str:
    text = text.strip()
    if len(text) > MOST_LETTERS:
        raise TooLarge(
            _("A cell holds more than {most} letters. Nothing was kept.").format(most=format_number(MOST_LETTERS))
        )
    return text
