"""What a comparison says of its own completeness: true of every period, and the same on the page and in each file."""

import pytest
from sqlalchemy.orm import Session

from data.comparisons.coverage import coverage_text
from data.comparisons.model import Comparison, Coverage
from data.kinds import RollupSource
from layouts.comparison.page import under
from tests import worlds
from tests.exported import csv_text, workbook
from tests.world_rollups import compared, put_rollup
from tests.worlds import ASH, ASH_OFFICER, BAY, MERGED, MINISTRY_VIEWER, NORTH, OTHER, SOUTH

USERS = "new_modern_contraceptive_users"


@pytest.fixture
def world(session: Session) -> Session:
    worlds.build(session)
    return session


def quarters_of_merged(session: Session) -> None:
    """Every quarter of 2025 on the area of the merged province, and no report of the year."""
    for period in ("2025Q1", "2025Q2"):
        for unit in (NORTH, SOUTH):
            put_rollup(session, unit, USERS, period, 100)
    for period in ("2025Q3", "2025Q4"):
        put_rollup(session, MERGED, USERS, period, 100, source=RollupSource.CHILDREN)


def year(session: Session, **args: str) -> Comparison:
    return compared(session, MINISTRY_VIEWER, year="2025", **args)


def test_a_year_read_from_quarters_is_no_approved_yearly_report(world: Session) -> None:
    put_rollup(world, OTHER, USERS, "2025", 500)
    quarters_of_merged(world)
    found = year(world)
    assert found.coverage == Coverage(approved=2, expected=2, reported=1, owing=2)
    assert coverage_text(found) == "2/2 đơn vị có số liệu được duyệt, báo cáo năm đã duyệt 1/2"


def test_where_every_yearly_report_is_approved_nothing_more_is_said(world: Session) -> None:
    for unit in (OTHER, MERGED):
        put_rollup(world, unit, USERS, "2025", 500)
    found = year(world)
    assert found.coverage == Coverage(approved=2, expected=2, reported=2, owing=2)
    assert coverage_text(found) == "2/2 đơn vị có số liệu được duyệt"


def test_a_unit_without_any_figure_is_counted_once_as_missing(world: Session) -> None:
    put_rollup(world, OTHER, USERS, "2025", 500)
    assert coverage_text(year(world)) == "1/2 đơn vị có số liệu được duyệt"


def test_units_that_owe_no_yearly_report_are_not_said_to_lack_one(world: Session) -> None:
    for unit in (ASH, BAY):
        for quarter in ("2026Q1", "2026Q2", "2026Q3"):
            put_rollup(world, unit, USERS, quarter, 10)
    found = compared(world, ASH_OFFICER, period="2026-9M")
    assert found.coverage == Coverage(approved=2, expected=3, reported=0, owing=0)
    assert coverage_text(found) == "2/3 đơn vị có số liệu được duyệt"


def test_old_provinces_that_closed_during_the_year_owe_no_report_of_it(world: Session) -> None:
    put_rollup(world, NORTH, USERS, "2025", 300)
    put_rollup(world, OTHER, USERS, "2025", 500)
    found = year(world, boundaries="2025-06-30")
    assert found.coverage == Coverage(approved=2, expected=3, reported=1, owing=1)


def test_page_table_and_text_say_the_same(world: Session) -> None:
    put_rollup(world, OTHER, USERS, "2025", 500)
    quarters_of_merged(world)
    found = year(world)
    said = coverage_text(found)
    assert said in under(found)
    assert said in csv_text(found)
    sheets = workbook(found)
    first = [cell for line in sheets.worksheets[0].iter_rows(values_only=True, max_row=3) for cell in line if cell]
    assert any(said in str(cell) for cell in first)
    about = {line[0]: line[1] for line in sheets["Thông tin"].iter_rows(values_only=True)}
    assert about["Mức đầy đủ"] == said
