"""Files: the same rows and numbers as on screen, readable in Vietnamese, and harmless to open."""

import csv
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from data import tables as t
from data.comparisons.model import Comparison
from data.exports.csv_file import number_text
from data.exports.flat import neutral
from data.exports.stamp import reach_words
from data.judging import Operator
from data.kinds import Standing
from data.snapshot import ILLUSTRATIVE, get_snapshot
from data.wording import Language, use_language
from tests import worlds
from tests.exported import STAMP, csv_table, csv_text, workbook
from tests.world_catalogue import NATIONAL_PLAN
from tests.world_rollups import compared, comparer, put_rollup, put_target, renew
from tests.worlds import (
    ASH_OFFICER,
    MERGED,
    MINISTRY_VIEWER,
    NATION,
    OTHER,
    TODAY,
)  # fmt: skip

USERS = "new_modern_contraceptive_users"


@pytest.fixture(autouse=True)
def vietnamese() -> Iterator[None]:
    with use_language(Language.VI):
        yield


@pytest.fixture
def world(session: Session) -> Session:
    worlds.build(session)
    return session


@pytest.fixture
def filled(world: Session) -> Comparison:
    """Two provinces and the nation, with targets of several kinds."""
    put_target(world, 801, NATION, "prenatal_screening", 2025, 70, document_id=NATIONAL_PLAN)
    put_target(world, 802, OTHER, USERS, 2025, 500, as_printed="-500 (người)", wording_vi="=cmd|' /C calc'!A0")
    put_target(world, 803, NATION, "third_birth_share", 2025, -2, operator=Operator.DELTA, document_id=NATIONAL_PLAN)
    put_rollup(world, OTHER, "prenatal_screening", "2025", 69_960, 100_000)
    put_rollup(world, OTHER, USERS, "2025", 48_158, standing=Standing.PRELIMINARY)
    put_rollup(world, OTHER, "srb", "2025", 11_500, 10_000, counted=98, expected=99)
    return compared(world, MINISTRY_VIEWER, year="2025")


def every_cell(book: Any) -> Iterator[Any]:
    for sheet in book.worksheets:
        for line in sheet.iter_rows():
            yield from line


def test_numbers_are_numbers_with_vietnamese_formats(filled: Comparison) -> None:
    sheet = workbook(filled).worksheets[0]
    cells = {cell.value: cell for line in sheet.iter_rows() for cell in line if isinstance(cell.value, int | float)}
    assert cells[48_158].number_format == "[$-42A]#,##0"
    assert cells[69.96].number_format == '[$-42A]#,##0.0"%"'
    assert cells[115].number_format == "[$-42A]#,##0.0"
    # A margin of -0.04 is not printed as none.
    margin = next(cell for value, cell in cells.items() if value == pytest.approx(-0.04))
    assert margin.number_format == "[$-42A]+#,##0.00;-#,##0.00;#,##0.00"


def test_names_and_headings_stay_in_sight(filled: Comparison) -> None:
    sheet = workbook(filled).worksheets[0]
    assert sheet.freeze_panes == "C8"  # under the headings and the one pinned instrument
    assert sheet.print_title_rows == "$4:$6"
    assert sheet.print_title_cols == "$A:$B"


def test_the_targets_have_a_sheet_with_their_law(filled: Comparison) -> None:
    sheet = workbook(filled)["Mục tiêu"]
    _header, *rows = sheet.iter_rows(values_only=True)
    assert all("25/10/2017" in row[5] or "20/01/2025" in row[5] for row in rows)
    own = next(row for row in rows if row[0] == "Núi Xanh")
    assert own[2:6] == (2025, "≥ 500 người", "-500 (người)", "12/KH-UBND, 20/01/2025")
    assert {row[2] for row in rows} == {2025, 2030}


def test_the_last_sheet_says_what_the_file_is(filled: Comparison) -> None:
    sheet = workbook(filled)["Thông tin"]
    said = {line[0]: line[1] for line in sheet.iter_rows(values_only=True)}
    assert said["Kỳ báo cáo"] == "Năm 2025"
    assert said["Địa giới"] == "31/12/2025"
    assert said["Người xuất"] == "Phạm Minh Châu"
    assert said["Thời điểm xuất"] == "21/11/2026 10:00"
    assert said["Phạm vi của tài khoản"] == STAMP.reach
    assert "sơ bộ: " in said["Tính chất số liệu (số ô)"]
    assert "Chỉ tiêu srb" in said
    assert not any("minh hoạ" in str(cell.value).lower() for cell in every_cell(workbook(filled)))


def test_made_up_results_are_marked_in_every_file(world: Session) -> None:
    world.add(t.Fact(name=ILLUSTRATIVE, value="1"))
    world.flush()
    renew(world)
    comparison = compared(world, MINISTRY_VIEWER)
    book = workbook(comparison)
    assert all("SỐ LIỆU MINH HOẠ" in csv_text(comparison).splitlines()[0] for _ in "x")
    for name in (book.sheetnames[0], "Thông tin"):
        assert any("SỐ LIỆU MINH HOẠ" in str(cell.value) for line in book[name].iter_rows() for cell in line), name


def test_empty_cells_say_why_and_judgements_what_they_rest_on(filled: Comparison) -> None:
    texts = {str(cell.value) for cell in every_cell(workbook(filled))}
    assert "Chưa có số liệu được duyệt của đơn vị trong kỳ này." in texts
    assert "đạt; chỉ tiêu của đơn vị: ≥ 500 người; sơ bộ" in texts
    assert "mốc 2030; số đơn vị đã tính: 98/99" in texts


def test_no_text_becomes_a_formula(world: Session) -> None:
    for key, name in (("other", '=HYPERLINK("x")'), ("merged", "+1+1")):
        where = t.UnitVersion.unit_id == {"other": OTHER, "merged": MERGED}[key]
        world.execute(update(t.UnitVersion).where(where).values(name=name))
    put_target(world, 801, OTHER, USERS, 2025, 500, as_printed="@SUM(A1)", wording_vi="-2+3")
    comparison = compared(world, MINISTRY_VIEWER, year="2025")
    for cell in every_cell(workbook(comparison)):
        assert cell.data_type != "f"
        if isinstance(cell.value, str) and cell.value.startswith(("=", "+", "-", "@")):
            assert cell.quotePrefix, cell.value
    fields = [field for line in csv.reader(StringIO(csv_text(comparison)), delimiter=";") for field in line]
    assert '\'=HYPERLINK("x")' in fields
    assert not any(field.startswith(("=", "+", "@", "\t", "\r")) for field in fields)


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@A", "\tx", "\rx", "\nx"])
def test_what_could_start_a_formula_is_neutralised(text: str) -> None:
    assert neutral(text) == "'" + text
    assert neutral("a" + text) == "a" + text


def test_csv_opens_in_a_vietnamese_excel(filled: Comparison) -> None:
    text = csv_text(filled)
    assert text.startswith("\ufeff")
    assert "\r\n" in text
    header, pinned, *rows = csv_table(filled)
    assert header[:3] == ["Mã", "Đơn vị", "srb (trẻ trai/100 trẻ gái)"]
    assert pinned[1] == "Mục tiêu NQ 21 (21-NQ/TW, 25/10/2017)"
    assert {len(row) for row in rows} == {len(header)} == {len(pinned)}
    assert "69,96" in next(row for row in rows if row[0] == "other")


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, ""), (0.0, "0"), (-0.0, "0"), (113.42857142857143, "113,428571"), (48158.0, "48158"), (-0.5, "-0,5")],
)
def test_csv_numbers_have_a_comma_and_no_thousands(value: float | None, text: str) -> None:
    assert number_text(value) == text


def test_a_file_speaks_the_readers_language(filled: Comparison) -> None:
    with use_language(Language.EN):
        assert workbook(filled).sheetnames == ["Table", "Targets", "About"]


def test_the_reach_names_where_roles_are_held(world: Session) -> None:
    tree = get_snapshot(world).tree
    assert reach_words(tree, comparer(ASH_OFFICER), TODAY) == "Xã An Bình; số đơn vị trong phạm vi: 5"
