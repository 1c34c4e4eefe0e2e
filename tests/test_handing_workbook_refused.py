"""A workbook of targets that is sent back wrong: each wrong cell is told by its address, and nothing of it is read."""

from datetime import date
from io import BytesIO
from random import Random
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.cell import coordinate_to_tuple

from data.handing.workbook import RefusedWorkbook, SheetUnit, Template, read_workbook, write_workbook
from data.handing.workbook_model import MOST_SHOWN
from data.refusals import TooLarge
from tests.handed import COLUMNS, EMPTY, FILLED, FIRST, SRB, TEMPLATE, UNITS, changed, problems, saved, typed


@pytest.mark.parametrize(
    ("typed_in", "words"),
    [
        ("=70+1", "có công thức"),
        ("#REF!", "báo lỗi"),
        (date(2026, 2, 1), "ngày tháng"),
        (True, "TRUE hoặc FALSE"),
        ("bảy mươi", "“bảy mươi” không phải là số"),
        ("70%", "“70%” không phải là số"),
        ("–", "không phải là số"),
        ("nan", "không phải là số"),
        ("1,234", "hai cách"),
        ("9" * 19, "quá dài"),
        (-1, "không thể nhỏ hơn 0: -1."),
        ("-0,05", "không thể nhỏ hơn 0: -0,05."),
        (1e13, "lớn quá"),
        ("1" + "0" * 15, "lớn quá"),
    ],
)
def test_what_is_no_number_is_refused_at_its_cell(typed_in: object, words: str) -> None:
    found = problems(typed({"E9": typed_in}))
    assert list(found) == ["E9"]
    assert words in found["E9"]


def test_a_percentage_is_refused_for_the_sheet_keeps_a_hundredth_of_it() -> None:
    def as_percentage(sheet: Any) -> None:
        sheet["E9"] = 0.7
        sheet["E9"].number_format = "0.0%"

    found = problems(changed(as_percentage))
    assert list(found) == ["E9"]
    assert "nhập 70 thay cho 70%" in found["E9"]


def test_every_wrong_cell_is_told_and_nothing_is_read_with_one_of_them() -> None:
    wrong = {"D7": "x", "G10": "=1", "E8": True, "F7": -2}
    assert list(problems(typed(wrong))) == ["D7", "F7", "E8", "G10"]
    with pytest.raises(RefusedWorkbook) as refusal:
        read_workbook(typed(wrong), TEMPLATE)
    assert str(refusal.value) == (
        "D7: “x” không phải là số. Không giao thì để trống ô. Chưa đọc gì; tổng số chỗ sai: 4."
    )


def test_a_fall_below_zero_is_read_only_where_changes_are_handed_down() -> None:
    assert read_workbook(typed({"G7": -1.5}), TEMPLATE)["c01270", "third"] == -1.5
    assert list(problems(typed({"D7": -1.5}))) == ["D7"]


def test_the_list_of_problems_ends_and_says_how_many_more() -> None:
    units = tuple(SheetUnit(f"c{number}", str(number), f"Xã {number}") for number in range(1000, 1300))
    template = Template("t", "p04", 2026, units, (SRB,), {})

    def spoil(sheet: Any) -> None:
        for row in range(FIRST, FIRST + len(units)):
            sheet.cell(row, 4).value = "x"

    with pytest.raises(RefusedWorkbook) as refusal:
        read_workbook(changed(spoil, template), template)
    found = refusal.value.problems
    assert (len(found), found[-1]) == (MOST_SHOWN + 1, ("", "Số chỗ sai không liệt kê: 100."))


@pytest.mark.parametrize(
    ("cells", "where", "words"),
    [
        ({"A8": "c99999"}, "C8", "không thuộc các đơn vị được giao"),
        ({"A8": "c01270", "B8": None, "C8": None}, "C8", "hai dòng"),
        ({"E4": "srb", "E5": None}, "E5", "hai lần"),
        ({"E4": "other", "E5": "Khác"}, "E5", "không thuộc các cột"),
        ({"D11": 5}, "D11", "Dòng này không thuộc đơn vị nào"),
        ({"D11": "=SUM(D7:D10)", "E11": "=SUM(E7:E10)"}, "D11", "kể cả dòng tổng"),
        ({"A10": None}, "E10", "Dòng này không thuộc đơn vị nào"),
        ({"J8": 3, "J9": 4}, "J8", "Cột này không thuộc chỉ tiêu nào"),
        ({"C7": "Xã Bảo Lâm"}, "C7", "sắp xếp hoặc di chuyển một phần"),
        ({"B7": "01271"}, "B7", "là của “01270”"),
        ({"D5": "Tầm soát  TRƯỚC sinh\n(≥, %)"}, "D5", "là của “Tỷ số giới tính khi sinh”"),
    ],
)
def test_it_is_refused_where_it_is_not_known_whose_a_number_is(
    cells: dict[str, object], where: str, words: str
) -> None:
    found = problems(typed(cells))
    assert list(found) == [where]
    assert words in found[where]


@pytest.mark.parametrize(("block", "refused"), [("D7:D9", True), ("D8:E8", True), ("D4:E4", True), ("B1:G1", False)])
def test_merged_cells_over_numbers_or_keys_are_refused(block: str, refused: bool) -> None:
    content = changed(lambda sheet: sheet.merge_cells(block), EMPTY)
    if not refused:
        assert read_workbook(content, EMPTY) == {}
        return
    assert "bị gộp" in problems(content, EMPTY)[block.partition(":")[0]]


def test_a_merge_of_the_whole_sheet_costs_no_more_than_a_small_one() -> None:
    def merge(sheet: Any) -> None:
        sheet.merged_cells.add("A4:XFD1048576")

    assert "bị gộp" in problems(changed(merge, EMPTY), EMPTY)["A4"]


def test_only_the_workbook_of_that_unit_and_year_is_read() -> None:
    content = write_workbook(TEMPLATE)
    other_year = Template(TEMPLATE.title, "p04", 2027, UNITS, COLUMNS, {})
    other_unit = Template(TEMPLATE.title, "p01", 2026, UNITS, COLUMNS, {})
    assert problems(content, other_year) == {"": "Tệp này là của năm 2026, không phải năm 2027."}
    assert problems(content, other_unit) == {
        "": "Tệp này là của đơn vị khác. Hãy tải tệp của đơn vị mình rồi điền vào đó."
    }
    assert "không phải là tệp giao chỉ tiêu" in problems(typed({"A4": None}))[""]


def test_two_tables_in_one_workbook_are_refused() -> None:
    book = openpyxl.load_workbook(BytesIO(write_workbook(TEMPLATE)))
    book.copy_worksheet(book.worksheets[0])
    assert "nhiều hơn một bảng" in problems(saved(book))[""]


def test_a_whole_file_that_cannot_be_read_is_one_sentence() -> None:
    assert problems(b"ma;so") == {"": "Đây không phải là tệp Excel (.xlsx)."}
    with pytest.raises(TooLarge):
        read_workbook(typed({"XFD1": 1}), TEMPLATE)


@settings(max_examples=60, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(1, 30))
def test_a_torn_workbook_is_read_as_it_was_or_refused(random: Random, bites: int) -> None:
    content = bytearray(write_workbook(TEMPLATE))
    for _bite in range(bites):
        content[random.randrange(len(content))] = random.randrange(256)
    try:
        found = read_workbook(bytes(content), TEMPLATE)
    except (RefusedWorkbook, TooLarge):
        return
    assert found == FILLED


def test_addresses_are_those_of_the_sheet() -> None:
    assert coordinate_to_tuple(next(iter(problems(typed({"G10": "x"}))))) == (10, 7)
