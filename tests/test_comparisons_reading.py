"""Reading values: which of several sources speaks, across mergers and time, and why a cell is empty."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete
from sqlalchemy.orm import Session

from data import tables as t
from data.comparisons.display import gap_text
from data.comparisons.model import Gap, Source
from data.kinds import RollupSource, Standing
from data.measures import Measure
from tests import worlds
from tests.world_rollups import cell_of, compared, listed, put_published, put_rollup
from tests.worlds import ASH, MERGED, MERGED_HEAD, MINISTRY_VIEWER, NATION, NORTH, OTHER, SOUTH, SOUTH_COAST

USERS = "new_modern_contraceptive_users"
OLD_DAY = "2025-06-30"


@pytest.fixture(autouse=True)
def world(session: Session) -> None:
    worlds.build(session)


def gap_of(session: Session, unit: int, definition: str, **args: str) -> Gap | None:
    absence = cell_of(compared(session, MINISTRY_VIEWER, **args), unit, definition).absence
    return absence and absence.gap


def test_a_year_lists_the_provinces_of_its_last_day_and_other_boundaries_others(session: Session) -> None:
    assert set(listed(compared(session, MINISTRY_VIEWER, year="2025"))) == {MERGED, OTHER}
    assert set(listed(compared(session, MINISTRY_VIEWER, year="2025", boundaries=OLD_DAY))) == {NORTH, SOUTH, OTHER}
    assert set(listed(compared(session, MINISTRY_VIEWER, year="2024", boundaries="today"))) == {MERGED, OTHER}


def test_a_year_is_read_from_its_own_form_before_its_quarters(session: Session) -> None:
    for quarter in range(1, 5):
        put_rollup(session, OTHER, USERS, f"2025Q{quarter}", 100)
    assert cell_of(compared(session, MINISTRY_VIEWER, year="2025"), OTHER, USERS).value == 400
    put_rollup(session, OTHER, USERS, "2025", 390)
    cell = cell_of(compared(session, MINISTRY_VIEWER, year="2025"), OTHER, USERS)
    assert (cell.value, cell.source) == (390, Source.OWN)


def test_a_year_falls_back_on_months_only_when_quarters_are_not_all_there(session: Session) -> None:
    for quarter in range(1, 4):
        put_rollup(session, OTHER, USERS, f"2025Q{quarter}", 100)
    absence = cell_of(compared(session, MINISTRY_VIEWER, year="2025"), OTHER, USERS).absence
    assert absence is not None
    assert (absence.gap, absence.periods) == (Gap.MISSING_PARTS, ("2025Q4",))
    for month in range(1, 13):
        put_rollup(session, OTHER, USERS, f"2025{month:02d}", 10)
    assert cell_of(compared(session, MINISTRY_VIEWER, year="2025"), OTHER, USERS).value == 120


def test_a_window_adds_its_quarters_and_both_parts_of_a_ratio_apart(session: Session) -> None:
    for quarter, boys, girls in ((1, 100, 100), (2, 300, 100), (3, 110, 100)):
        put_rollup(session, OTHER, "srb", f"2026Q{quarter}", boys, girls)
    cell = cell_of(compared(session, MINISTRY_VIEWER, period="2026-9M"), OTHER, "srb")
    assert (cell.numerator, cell.denominator, cell.value, cell.source) == (510, 300, 170.0, Source.PARTS)


def test_a_stock_takes_the_last_part_and_a_distinct_count_adds_nothing_up(session: Session) -> None:
    for quarter in (1, 2, 3):
        put_rollup(session, OTHER, "natural_increase_rate", f"2026Q{quarter}", 10, 1000 * quarter)
        put_rollup(session, OTHER, "elderly_checkup", f"2026Q{quarter}", 50, 100)
    comparison = compared(session, MINISTRY_VIEWER, period="2026-9M")
    rate = cell_of(comparison, OTHER, "natural_increase_rate")
    assert (rate.numerator, rate.denominator, rate.value) == (30, 3000, 10.0)
    assert gap_of(session, OTHER, "elderly_checkup", period="2026-9M") is Gap.NOT_ADDITIVE
    assert cell_of(compared(session, MINISTRY_VIEWER, period="2026-3M"), OTHER, "elderly_checkup").value == 50


def test_a_merged_unit_is_read_through_its_predecessors_before_it_opened(session: Session) -> None:
    put_rollup(session, NORTH, "srb", "2024", 300, 200)
    put_rollup(session, SOUTH, "srb", "2024", 100, 100)
    cell = cell_of(compared(session, MINISTRY_VIEWER, year="2024", boundaries="today"), MERGED, "srb")
    assert (cell.numerator, cell.denominator, cell.source) == (400, 300, Source.LINEAGE)
    assert cell.value == pytest.approx(400 / 3)


def test_the_year_of_a_merger_is_put_together_from_old_and_new_quarters(session: Session) -> None:
    for period, unit, users in (
        ("2025Q1", NORTH, 1), ("2025Q1", SOUTH, 2), ("2025Q2", NORTH, 3), ("2025Q2", SOUTH, 4),
        ("2025Q3", MERGED, 50), ("2025Q4", MERGED, 60),
    ):  # fmt: skip
        put_rollup(session, unit, USERS, period, users)
    assert cell_of(compared(session, MINISTRY_VIEWER, year="2025"), MERGED, USERS).value == 120


def test_a_missing_predecessor_leaves_the_cell_empty_and_is_named(session: Session) -> None:
    put_rollup(session, NORTH, "srb", "2024", 300, 200)
    cell = cell_of(compared(session, MINISTRY_VIEWER, year="2024", boundaries="today"), MERGED, "srb")
    assert cell.absence is not None
    assert (cell.absence.gap, cell.absence.units) == (Gap.MISSING_PREDECESSOR, ("Sông Nam",))


def test_a_merged_unit_has_nothing_of_its_successors_year_but_its_own_estimate(session: Session) -> None:
    put_rollup(session, MERGED, USERS, "2025", 900)
    put_rollup(session, NORTH, USERS, "2025", 420, standing=Standing.ESTIMATE)
    comparison = compared(session, MINISTRY_VIEWER, year="2025", boundaries=OLD_DAY)
    north, south = (cell_of(comparison, unit, USERS) for unit in (NORTH, SOUTH))
    assert (north.value, north.standing) == (420, Standing.ESTIMATE)
    assert south.absence is not None
    assert (south.absence.gap, south.absence.units) == (Gap.MERGED, ("Sông Bắc",))


def test_a_unit_without_known_predecessors_says_that_it_did_not_exist(session: Session) -> None:
    args = {"year": "2024", "boundaries": "today", "level": "commune"}
    absence = cell_of(compared(session, MERGED_HEAD, **args), ASH, "srb").absence
    assert absence is not None
    assert absence.gap is Gap.NOT_YET


def test_a_zero_denominator_is_no_number(session: Session) -> None:
    put_rollup(session, OTHER, "srb", "2025", 5, 0)
    assert gap_of(session, OTHER, "srb", year="2025") is Gap.DIVISION_BY_ZERO


def test_the_nation_sums_the_provinces_of_the_periods_last_day_on_any_boundaries(session: Session) -> None:
    put_rollup(session, MERGED, "srb", "2025", 220, 200)
    put_rollup(session, OTHER, "srb", "2025", 90, 100)
    for boundaries in ("2025-12-31", OLD_DAY, "today"):
        cell = cell_of(compared(session, MINISTRY_VIEWER, year="2025", boundaries=boundaries), NATION, "srb")
        assert (cell.numerator, cell.denominator, cell.counted, cell.expected) == (310, 300, 2, 2)
        assert cell.source is Source.PROVINCES


def test_the_nation_says_how_many_provinces_stand_behind_it(session: Session) -> None:
    put_rollup(session, OTHER, "srb", "2025", 90, 100, standing=Standing.PRELIMINARY)
    cell = cell_of(compared(session, MINISTRY_VIEWER, year="2025"), NATION, "srb")
    assert (cell.value, cell.counted, cell.expected, cell.standing) == (90.0, 1, 2, Standing.PRELIMINARY)


def test_the_total_below_a_province_is_its_own_roll_up(session: Session) -> None:
    put_rollup(session, MERGED, "srb", "2026Q3", 63, 57, counted=2, expected=3, source=RollupSource.CHILDREN)
    comparison = compared(session, MERGED_HEAD, period="2026Q3", level="commune")
    cell = cell_of(comparison, MERGED, "srb")
    assert (cell.numerator, cell.counted, cell.expected, cell.source) == (63, 2, 3, Source.CHILDREN)


def test_published_values_stand_for_their_own_year_only(session: Session) -> None:
    put_published(session, OTHER, "2023", 1.9)
    put_published(session, OTHER, "2025", 1.8, preliminary=True)
    put_rollup(session, OTHER, "srb", "2025", 90, 100)
    there = cell_of(compared(session, MINISTRY_VIEWER, year="2025"), OTHER, "tfr")
    assert (there.value, there.source, there.standing) == (1.8, Source.PUBLISHED, Standing.PRELIMINARY)
    empty = cell_of(compared(session, MINISTRY_VIEWER, year="2024"), OTHER, "tfr").absence
    assert empty is not None
    assert (empty.gap, empty.other_period, empty.other_value) == (Gap.NO_SUCH_YEAR, "2023", 1.9)
    assert gap_of(session, MERGED, "tfr", year="2025") is Gap.NOT_PUBLISHED


def test_published_values_of_predecessors_are_not_computed_into_a_successor(session: Session) -> None:
    put_published(session, NORTH, "2024", 2.1)
    put_published(session, SOUTH, "2024", 2.3)
    absence = cell_of(compared(session, MINISTRY_VIEWER, year="2024", boundaries="today"), MERGED, "tfr").absence
    assert absence is not None
    assert (absence.gap, absence.values) == (Gap.SURVEYED_THEN, (("Sông Bắc", 2.1), ("Sông Nam", 2.3)))
    assert gap_text(absence, Measure.CHILDREN_PER_WOMAN) == (
        "Số liệu khảo sát theo các đơn vị khi ấy, không cộng lại được. "
        "Đã công bố khi ấy: Sông Bắc 2,10 con/phụ nữ; Sông Nam 2,30 con/phụ nữ."
    )


def test_a_closed_unit_has_no_surveyed_value_of_its_successors_year(session: Session) -> None:
    put_published(session, MERGED, "2025", 2.0)
    absence = cell_of(compared(session, MINISTRY_VIEWER, year="2025", boundaries=OLD_DAY), NORTH, "tfr").absence
    assert absence is not None
    assert (absence.gap, absence.units) == (Gap.MERGED, ("Sông Bắc",))


def test_a_value_published_back_in_time_stands_before_what_was_surveyed_then(session: Session) -> None:
    put_published(session, NORTH, "2024", 2.1)
    put_published(session, MERGED, "2024", 2.2)
    assert cell_of(compared(session, MINISTRY_VIEWER, year="2024", boundaries="today"), MERGED, "tfr").value == 2.2


def test_a_district_has_no_roll_up_of_another_level(session: Session) -> None:
    put_rollup(session, SOUTH_COAST, "srb", "2025Q2", 30, 20)
    comparison = compared(session, MINISTRY_VIEWER, period="2025Q2", level="district", within="south")
    assert cell_of(comparison, SOUTH_COAST, "srb").value == 150


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(1, 10**6)), min_size=3, max_size=3))
def test_sums_over_old_and_new_boundaries_are_equal(session: Session, parts: list[tuple[int, int]]) -> None:
    session.execute(delete(t.Rollup))
    for unit, (numerator, denominator) in zip((NORTH, SOUTH, OTHER), parts, strict=True):
        put_rollup(session, unit, "srb", "2024", numerator, denominator)
    sums = []
    for boundaries in ("2024-12-31", "today"):
        comparison = compared(session, MINISTRY_VIEWER, year="2024", boundaries=boundaries, definitions="srb")
        cells = [row.cells[0] for row in comparison.rows]
        above, below = sum(c.numerator or 0 for c in cells), sum(c.denominator or 0 for c in cells)
        total = cell_of(comparison, NATION, "srb")
        assert (total.numerator, total.denominator) == (above, below)
        sums.append((above, below))
    assert sums[0] == sums[1] == tuple(map(sum, zip(*parts, strict=True)))
