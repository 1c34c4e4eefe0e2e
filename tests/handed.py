"""A workbook of targets to hand down, and what people do to its table before they send it back."""

from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from data.handing.workbook import RefusedWorkbook, SheetColumn, SheetUnit, Template, read_workbook, write_workbook
from data.judging.operators import Direction, Operator
from data.measures import Measure

UNITS = tuple(
    SheetUnit(f"c0127{number}", f"0127{number}", name)
    for number, name in enumerate(["Phường Thục Phán", "Xã Bảo Lâm", "Xã Cô Ba", "Xã Cần Yên"])
)
SRB = SheetColumn("srb", "Tỷ số giới tính khi sinh", Measure.BOYS_PER_100_GIRLS, Operator.AT_MOST, None, "≤ 111")
PRENATAL = SheetColumn("prenatal", "Tầm soát trước sinh", Measure.PERCENT, Operator.AT_LEAST, None, "≥ 70,6%")
USERS = SheetColumn("users", "Người mới dùng", Measure.PERSONS, Operator.AT_LEAST, None, "≥ 48.158 người")
THIRD = SheetColumn("third", "Sinh con thứ ba", Measure.PERCENT, Operator.DELTA, Direction.DOWN, "giảm 0,5 điểm %")
COLUMNS = (SRB, PRENATAL, USERS, THIRD)
FILLED = {
    ("c01270", "srb"): 111.3,
    ("c01270", "prenatal"): 70.6,
    ("c01271", "users"): 1234.0,
    ("c01272", "third"): -0.25,
    ("c01273", "prenatal"): 0.0,
}
TEMPLATE = Template("Giao chỉ tiêu · tỉnh Cao Bằng", "p04", 2026, UNITS, COLUMNS, FILLED)
EMPTY = Template(TEMPLATE.title, "p04", 2026, UNITS, COLUMNS, {})
CELLS = [(unit.key, column.key) for unit in UNITS for column in COLUMNS]
# As the sheet is written: keys in row 4 and column A, headings in row 5, units from row 7, numbers from column D.
HEADINGS, OWN, FIRST = 5, 6, 7

Change = Callable[[Any], object]


def changed(change: Change, template: Template = TEMPLATE) -> bytes:
    """The written workbook after somebody did something to its table."""
    book = openpyxl.load_workbook(BytesIO(write_workbook(template)))
    change(book.worksheets[0])
    return saved(book)


def saved(book: Any) -> bytes:
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def typed(cells: Mapping[str, object]) -> bytes:
    """The workbook with these cells typed over."""

    def type_in(sheet: Any) -> None:
        for cell, value in cells.items():
            sheet[cell] = value

    return changed(type_in)


def problems(content: bytes, template: Template = TEMPLATE) -> dict[str, str]:
    with pytest.raises(RefusedWorkbook) as refusal:
        read_workbook(content, template)
    return {problem.cell: problem.sentence for problem in refusal.value.problems}
