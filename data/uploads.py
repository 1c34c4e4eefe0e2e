"""A table that somebody uploads, XLSX or CSV, as cells with their addresses; refused where it is none, or too large.

Nothing of a file is run: a formula is told as one, never computed. What it would grow to is read from its table of
contents before it is unpacked.
"""

import csv
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any, NamedTuple

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from data.numbers import format_date, format_number
from data.refusals import Invalid, TooLarge
from data.wording import _

MOST_BYTES = 2 * 1024 * 1024
MOST_UNPACKED = 48 * 1024 * 1024
MOST_PARTS = 400
MOST_ROWS = 20_000
MOST_COLUMNS = 60
# Empty places too: styled to the last row of a sheet, and to its last column, they would be many.
MOST_WALKED = 3_000_000
MOST_LETTERS = 4000
DELIMITERS = ";,\t"

_ZIP = b"PK\x03\x04"
# One apostrophe before a text says to a spreadsheet that what follows is no formula.
_PLAIN = "'"
# Everything that reading a file of somebody's making can raise: it is the file that is wrong.
_BROKEN = (
    ArithmeticError, AttributeError, EOFError, InvalidFileException, LookupError, NotImplementedError, OSError,
    RuntimeError, SyntaxError, TypeError, ValueError, zipfile.BadZipFile, zlib.error,
)  # fmt: skip


class Cell(NamedTuple):
    """What stands at one place of a table, never empty. `is_formula`: it is to be computed, and `value` is how."""

    row: int
    column: int
    value: str | int | float
    is_formula: bool

    @property
    def address(self) -> str:
        """As a spreadsheet names it: `D7`."""
        return address_of(self.row, self.column)


def address_of(row: int, column: int) -> str:
    """The address of a place, counted from 1: `D7`."""
    return f"{get_column_letter(column)}{row}"


def read_table(content: bytes) -> list[list[Cell]]:
    """The rows of the first sheet that hold anything, each with the cells that do.

    Raises Invalid for what is neither a workbook nor text in UTF-8, TooLarge for more than the portal takes.
    """
    if len(content) > MOST_BYTES:
        raise TooLarge(
            _("A file may have {most} MB at most. Nothing was kept.").format(most=MOST_BYTES // (1024 * 1024))
        )
    if not content:
        raise Invalid(_("Choose a file first."))
    rows = _of_workbook(content) if content.startswith(_ZIP) else _of_text(content)
    return [row for row in rows if row]


def _of_workbook(content: bytes) -> list[list[Cell]]:
    try:
        _refuse_bomb(content)
        # What the library cannot show again is nothing to anybody here: cells alone are read.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(BytesIO(content), read_only=True, data_only=False, keep_links=False)
            if not book.worksheets:
                raise Invalid(_("The workbook has no sheet with cells."))
            # What the sheet says of its own size is not asked: its rows are taken one by one as they come.
            sheet = book.worksheets[0]
            sheet.reset_dimensions()
            return list(_rows(sheet.iter_rows()))
    except _BROKEN as error:
        raise Invalid(_("The file cannot be read as an Excel workbook (.xlsx). Nothing was kept.")) from error


def _refuse_bomb(content: bytes) -> None:
    """By the file's own table of contents, which bounds what unpacking gives: a part that lies is broken."""
    with zipfile.ZipFile(BytesIO(content)) as packed:
        parts = packed.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise TooLarge(_("The workbook is too large when it is unpacked. Nothing was kept."))


def _rows(rows: Iterable[Any]) -> Iterator[list[Cell]]:
    """The rows with anything in them; what is empty between them costs nothing but time, and that has an end too."""
    walked = 0
    for number, row in enumerate(rows, 1):
        walked += 1 + len(row)
        if walked > MOST_WALKED:
            raise _too_large()
        if cells := list(_cells(number, row)):
            yield cells


def _cells(number: int, row: Iterable[Any]) -> Iterator[Cell]:
    for place, cell in enumerate(row, 1):
        if cell.value is None:
            continue
        is_formula = cell.data_type == "f"
        value = _value(getattr(cell.value, "text", cell.value) if is_formula else cell.value)
        if value != "":
            _refuse_far(number, place)
            yield Cell(number, place, value, is_formula)


def _value(value: object) -> str | int | float:
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return value
    if isinstance(value, datetime | date):
        return format_date(value)
    return _short(str(value))


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
    return [list(_fields(number, line)) for number, line in enumerate(lines, 1)]


def _fields(number: int, line: list[str]) -> Iterator[Cell]:
    for place, field in enumerate(line, 1):
        text = _short(field)
        if not text:
            continue
        _refuse_far(number, place)
        yield Cell(number, place, text.removeprefix(_PLAIN), text.startswith("="))


def _short(text: str) -> str:
    text = text.strip()
    if len(text) > MOST_LETTERS:
        raise TooLarge(
            _("A cell holds more than {most} letters. Nothing was kept.").format(most=format_number(MOST_LETTERS))
        )
    return text


def _refuse_far(row: int, column: int) -> None:
    if row > MOST_ROWS or column > MOST_COLUMNS:
        raise _too_large()


def _too_large() -> TooLarge:
    sentence = _("The table is larger than {rows} rows and {columns} columns. Nothing was kept.")
    return TooLarge(sentence.format(rows=format_number(MOST_ROWS), columns=MOST_COLUMNS))
