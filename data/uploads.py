"""Workbooks that people send, opened with care: what is no plain XLSX, or more than the portal reads, is refused.

A workbook is a ZIP of XML that anybody may have made. Its sizes are looked at before anything is unpacked, macros and
passwords are named, formulas are seen but neither worked out nor believed, and what comes out is plain values.
"""

import warnings
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from io import BytesIO
from math import inf
from re import sub
from typing import Any, NamedTuple
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from openpyxl.cell.read_only import ReadOnlyCell
from openpyxl.reader.excel import ExcelReader
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._reader import WorkSheetParser

from data.numbers import format_number
from data.refusals import Invalid, TooLarge
from data.wording import _

_MEGABYTE = 1024 * 1024
# Older workbooks, and newer ones behind a password, are files of Microsoft's "compound" kind.
_COMPOUND = bytes.fromhex("D0CF11E0A1B11AE1")
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_CONTENT = "[Content_Types].xml"
_PLAIN = b"spreadsheetml.sheet.main+xml"
_MACROS = b"macroEnabled"
# The longest text that the programs themselves put into a cell.
_MOST_TEXT = 32_767


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that is read of one workbook. `marks` bounds the elements of its XML, and so memory and time."""

    size: int = 5 * _MEGABYTE
    unpacked: int = 24 * _MEGABYTE
    parts: int = 500
    marks: int = 500_000
    rows: int = 20_000
    columns: int = 400


class CellKind(StrEnum):
    """What stands in a cell. A percentage is a number that a sheet shows a hundred times as great as it keeps it."""

    NUMBER = "NUMBER"
    PERCENTAGE = "PERCENTAGE"
    TEXT = "TEXT"
    DATE = "DATE"
    BOOLEAN = "BOOLEAN"
    FORMULA = "FORMULA"
    ERROR = "ERROR"


class SheetCell(NamedTuple):
    """What stands in a cell, as it is kept: `number` of numbers and percentages, `text` of everything else."""

    kind: CellKind
    number: float = 0.0
    text: str = ""


class Block(NamedTuple):
    """Merged cells: first and last row and column, from 1."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def cell(self) -> str:
        """The address of the cell that keeps the value."""
        return address(self.top, self.left)


@dataclass(frozen=True, slots=True)
class UploadedSheet:
    """One sheet: the cells that are not blank, by row and column from 1, row by row; and the merged ones."""

    name: str
    cells: Mapping[tuple[int, int], SheetCell]
    merged: tuple[Block, ...]


def address(row: int, column: int) -> str:
    """What the sheet calls a cell: `D7`."""
    return f"{get_column_letter(column)}{row}"


def open_workbook(content: bytes, limits: Limits | None = None) -> tuple[UploadedSheet, ...]:
    """The sheets of an uploaded workbook.

    Raises Invalid for what is no plain, whole XLSX, TooLarge beyond the limits.
    """
    limits = limits or Limits()
    if len(content) > limits.size:
        size = format_number(limits.size // _MEGABYTE)
        raise TooLarge(_("The file is larger than {size} MB. Nothing was read.").format(size=size))
    _refuse_other_files(content)
    _refuse_by_parts(content, limits)
    return tuple(_read(content, limits))


def _refuse_other_files(content: bytes) -> None:
    if content.startswith(_COMPOUND):
        if _LOCKED in content:
            raise Invalid(_("The workbook is locked by a password. Save it without one, and send it again."))
        raise Invalid(_("This is a workbook of the older kind (.xls). Save it as .xlsx, and send that."))
    if not content.startswith(b"PK"):
        raise _no_workbook()


def _refuse_by_parts(content: bytes, limits: Limits) -> None:
    """Looks at the sizes that the parts declare, which reading never exceeds, before it unpacks them."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > limits.parts or sum(part.file_size for part in parts) > limits.unpacked:
                raise _too_much()
            if any(part.flag_bits & 1 or part.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for part in parts):
                raise _damaged()
            if _CONTENT not in archive.namelist():
                raise _no_workbook()
            kinds = archive.read(_CONTENT)
            if _MACROS in kinds or any(part.filename.endswith("vbaProject.bin") for part in parts):
                raise Invalid(_("The workbook holds macros. Save it as .xlsx, without macros, and send that."))
            if _PLAIN not in kinds:
                raise _no_workbook()
            if sum(archive.read(part).count(b"<") for part in parts) > limits.marks:
                raise _too_much()
    except (Invalid, TooLarge):
        raise
    # A torn archive fails as its bytes happen to: there is no list of these errors.
    except Exception as error:
        raise _damaged() from error


def _read(content: bytes, limits: Limits) -> Iterable[UploadedSheet]:
    try:
        with warnings.catch_warnings():
            # What the library leaves out (extensions, pictures) is nothing that is read here.
            warnings.filterwarnings("ignore", module="openpyxl")
            reader = _Reader(BytesIO(content), read_only=True, keep_links=False)
            reader.read()
            book: Any = reader.wb
            try:
                return [_sheet(one, limits) for one in book.worksheets]
            finally:
                book.close()
    except (Invalid, TooLarge):
        raise
    # The library trusts its input, and on a wrong one raises whatever its parts stumble over.
    except Exception as error:
        raise _damaged() from error


class _Reader(ExcelReader):
    """The library's own reader of a workbook, which reads no part twice, and neither pictures nor names."""

    def read_worksheets(self) -> None:
        """Many sheets that share one part would cost its size many times over; no program writes such a file."""
        parts = [relation.target for _sheet, relation in self.parser.find_sheets()]
        if len(set(parts)) < len(parts):
            raise _damaged()
        super().read_worksheets()

    def read_chartsheet(self, sheet: Any, rel: Any) -> None:
        """Passes over a sheet that is a picture."""

    def assign_names(self) -> None:
        """Passes over names of ranges and what is printed."""


class _Parser(WorkSheetParser):
    """The library's own reader of a sheet, which yields the cells that are there, however far apart.

    Its worksheets would fill the gaps between them, and read-only ones do not tell what is merged.
    """

    def parse_formula(self, element: Any) -> str:
        """That there is a formula is enough: working out shared ones would let a small file cost hours."""
        return "="


def _sheet(sheet: Any, limits: Limits) -> UploadedSheet:
    cells: dict[tuple[int, int], SheetCell] = {}
    book = sheet.parent
    with sheet._get_source() as source:
        parser = _Parser(
            source,
            sheet._shared_strings,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        for _number, found in parser.parse():
            for one in found:
                cell = _cell(sheet, one)
                if cell is None:
                    continue
                if min(one["row"], one["column"]) < 1:
                    raise _damaged()
                if one["row"] > limits.rows or one["column"] > limits.columns:
                    raise _too_far(sheet.title, limits)
                cells[one["row"], one["column"]] = cell
    merged = parser.merged_cells.mergeCell if parser.merged_cells is not None else ()
    blocks = (Block(one.min_row, one.min_col, one.max_row, one.max_col) for one in merged)
    return UploadedSheet(sheet.title, dict(sorted(cells.items())), tuple(blocks))


_KINDS = {"s": CellKind.TEXT, "f": CellKind.FORMULA, "e": CellKind.ERROR, "b": CellKind.BOOLEAN, "d": CellKind.DATE}


def _cell(sheet: Any, found: Mapping[str, Any]) -> SheetCell | None:
    """The cell as plain values; None where it is blank."""
    value, kind = found["value"], _KINDS.get(found["data_type"], CellKind.NUMBER)
    if isinstance(value, str) and len(value) > _MOST_TEXT:
        raise _damaged()
    if value is None or (kind is CellKind.TEXT and not str(value).strip()):
        return None
    if kind is CellKind.NUMBER:
        if isinstance(value, str):
            return SheetCell(CellKind.TEXT, text=value)
        shown = ReadOnlyCell(sheet, found["row"], found["column"], value, "n", found["style_id"]).number_format
        return SheetCell(CellKind.PERCENTAGE if _shows_percent(shown) else CellKind.NUMBER, _float(value))
    return SheetCell(kind, text=value.isoformat() if isinstance(value, date | time) else str(value))


def _float(value: float) -> float:
    try:
        return float(value)
    except OverflowError:
        return inf


def _shows_percent(code: str) -> bool:
    """Whether a number format multiplies by a hundred: a percent sign that is neither quoted nor escaped."""
    return "%" in sub(r'"[^"]*"|\\.|_.|\*.', "", code)


def _no_workbook() -> Invalid:
    return Invalid(_("This is no Excel workbook (.xlsx)."))


def _damaged() -> Invalid:
    return Invalid(_("The workbook is damaged and cannot be read. Open it, save it as .xlsx again, and send that."))


def _too_much() -> TooLarge:
    return TooLarge(_("The workbook unpacks to more than the portal reads. Keep only the sheet that is to be read."))


def _too_far(name: str, limits: Limits) -> TooLarge:
    sentence = _("Sheet “{sheet}” is filled beyond row {row} or column {column}. Delete what stands beyond them.")
    return TooLarge(
        sentence.format(sheet=name, row=format_number(limits.rows), column=get_column_letter(limits.columns))
    )
