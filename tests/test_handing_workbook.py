"""The workbook for handing down targets: what is written is read back, however its table was sorted and moved."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.handing.workbook import SheetUnit, Template, read_workbook, write_workbook
from data.wording import Language, use_language
from tests.handed import (
    CELLS,
    COLUMNS,
    EMPTY,
    FILLED,
    FIRST,
    HEADINGS,
    OWN,
    TEMPLATE,
    UNITS,
    changed,
    saved,
    typed,
)

# As many decimals as are read, and no more figures than a sheet keeps.
numbers = st.decimals(min_value=0, max_value=10**9, places=6).map(float)


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(st.sampled_from(CELLS), numbers))
def test_what_is_written_is_read_back(values: dict[tuple[str, str], float]) -> None:
    template = Template(EMPTY.title, "p04", 2026, UNITS, COLUMNS, values)
    assert read_workbook(write_workbook(template), template) == values


@settings(max_examples=40, deadline=None)
@given(
    st.dictionaries(st.sampled_from(CELLS), numbers),
    st.permutations(range(FIRST, FIRST + len(UNITS))),
    st.permutations(range(1, 4 + len(COLUMNS))),
    st.integers(0, 3),
)
def test_sorted_rows_and_moved_columns_change_nothing(
    values: dict[tuple[str, str], float], rows: Sequence[int], places: Sequence[int], above: int
) -> None:
    template = Template(EMPTY.title, "p04", 2026, UNITS, COLUMNS, values)

    def shuffle(sheet: Any) -> None:
        lines = [[cell.value for cell in line] for line in sheet.iter_rows()]
        sorted_lines = [*lines[: FIRST - 1], *(lines[row - 1] for row in rows)]
        for row, line in enumerate(sorted_lines, 1):
            for column, place in enumerate(places, 1):
                sheet.cell(row, column).value = line[place - 1]
        if above:
            sheet.insert_rows(1, above)

    assert read_workbook(changed(shuffle, template), template) == values


@settings(max_examples=20, deadline=None)
@given(st.sets(st.sampled_from(UNITS)), st.sets(st.sampled_from(range(4, 4 + len(COLUMNS)))))
def test_rows_and_columns_that_were_taken_out_are_not_handed_down(units: set[SheetUnit], places: set[int]) -> None:
    def take_out(sheet: Any) -> None:
        for unit in sorted(units, key=UNITS.index, reverse=True):
            sheet.delete_rows(FIRST + UNITS.index(unit))
        for place in sorted(places, reverse=True):
            sheet.delete_cols(place)

    gone = {unit.key for unit in units} | {COLUMNS[place - 4].key for place in places}
    kept = {key: value for key, value in FILLED.items() if not gone & set(key)}
    assert read_workbook(changed(take_out), TEMPLATE) == kept


def test_it_is_read_whatever_language_it_was_written_in_and_whatever_it_is_called() -> None:
    with use_language(Language.EN):
        content = write_workbook(TEMPLATE)
    book = openpyxl.load_workbook(BytesIO(content))
    book.worksheets[0].title = "Bản nháp"
    book.worksheets[0]["D5"] = "SRB"
    book.worksheets[0]["C7"] = "P. Thục Phán"
    book.move_sheet("Bản nháp", 1)
    assert read_workbook(saved(book), TEMPLATE) == FILLED


def test_the_workbook_says_what_each_number_is() -> None:
    book = openpyxl.load_workbook(BytesIO(write_workbook(TEMPLATE)))
    sheet, guide = book.worksheets
    assert [sheet.cell(HEADINGS, place).value for place in range(2, 8)] == [
        "Mã",
        "Đơn vị",
        "Tỷ số giới tính khi sinh\n(≤, trẻ trai/100 trẻ gái)",
        "Tầm soát trước sinh\n(≥, %)",
        "Người mới dùng\n(≥, người)",
        "Sinh con thứ ba\n(tăng, giảm; giảm thì ghi dấu trừ, điểm %)",
    ]
    assert [sheet.cell(OWN, place).value for place in range(4, 8)] == [one.own for one in COLUMNS]
    assert [sheet.cell(FIRST, place).value for place in (2, 3)] == ["01270", "Phường Thục Phán"]
    assert (sheet["B1"].value, "2026" in sheet["B2"].value, "p04" in sheet["B2"].value) == (TEMPLATE.title, True, True)
    assert (sheet.freeze_panes, sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("D7", "landscape", 9)
    assert sheet.column_dimensions["A"].hidden
    assert sheet.row_dimensions[4].hidden
    assert (sheet.print_title_rows, guide.title, guide.max_row) == ("$5:$6", "Hướng dẫn", 11)
    assert (sheet["E7"].number_format, sheet["F7"].number_format) == ('[$-42A]#,##0.0##"%"', "[$-42A]#,##0")


@pytest.mark.parametrize(
    ("typed_in", "number"),
    [
        ("1.234,5", 1234.5),
        (" 70,6 ", 70.6),
        ("1 234", 1234),
        (70.60000000000001, 70.6),
        (1e-9, 0),
        (-0.0, 0),
        (7, 7),
        ("   ", None),
        (None, None),
    ],
)
def test_numbers_are_read_as_they_were_typed(typed_in: object, number: float | None) -> None:
    assert read_workbook(typed({"D8": typed_in}), TEMPLATE).get(("c01271", "srb")) == number


def test_notes_beside_the_table_and_columns_without_numbers_do_no_harm() -> None:
    notes = {"J8": "đã họp ngày 5/12", "I4": "other", "I5": "Ghi chú", "I7": "xem lại", "C13": "Người lập biểu"}
    assert read_workbook(typed(notes), TEMPLATE) == FILLED
