"""Judging in the table: whose target, for which year, and what is shown without being judged."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from data.comparisons.aims import RESOLUTION_21
from data.comparisons.model import AimKind, Cell
from data.judging import Operator, Reason, Verdict
from data.kinds import Horizon, PlanKind, Standing
from tests import worlds
from tests.world_catalogue import NATIONAL_PLAN
from tests.world_rollups import (
    cell_of,
    change_definition,
    compared,
    put_document,
    put_rollup,
    put_target,
)
from tests.worlds import ASH, MERGED, MERGED_HEAD, MINISTRY_VIEWER, NATION, NORTH, OTHER

USERS = "new_modern_contraceptive_users"
OLD_DAY = "2025-06-30"


@pytest.fixture(autouse=True)
def world(session: Session) -> None:
    worlds.build(session)


def verdict(cell: Cell) -> tuple[AimKind, Verdict, Reason | None] | None:
    mark = cell.primary
    return mark and (mark.aim.kind, mark.judgement.verdict, mark.judgement.reason)


def cell(session: Session, unit: int, definition: str, **args: str) -> Cell:
    return cell_of(compared(session, MINISTRY_VIEWER, **args), unit, definition)


def test_the_units_own_target_of_the_year_judges_first(session: Session) -> None:
    put_rollup(session, NORTH, "prenatal_screening", "2025", 65, 100, standing=Standing.ESTIMATE)
    put_target(session, 801, NATION, "prenatal_screening", 2025, 60, document_id=NATIONAL_PLAN)
    found = cell(session, NORTH, "prenatal_screening", year="2025", boundaries=OLD_DAY)
    assert verdict(found) == (AimKind.OWN, Verdict.BEHIND, None)
    assert found.primary is not None
    assert found.primary.judgement.margin == -5
    # The local target does not hide the national one.
    assert found.national is not None
    assert found.national.judgement.verdict is Verdict.EXPECTED


def test_a_target_of_an_old_unit_does_not_judge_its_successor(session: Session) -> None:
    put_rollup(session, MERGED, "prenatal_screening", "2025", 65, 100)
    assert verdict(cell(session, MERGED, "prenatal_screening", year="2025")) is None


def test_a_later_national_target_shows_the_distance_and_the_year_only(session: Session) -> None:
    put_rollup(session, OTHER, "srb", "2025", 112_000, 100_000)
    found = cell(session, OTHER, "srb", year="2025")
    assert verdict(found) == (AimKind.LATER, Verdict.NOT_JUDGED, Reason.LATER_YEAR)
    assert found.later is not None
    assert found.later.aim.year == 2030
    assert found.later.judgement.margin == pytest.approx(-3)


def test_chance_is_told_from_failure(session: Session) -> None:
    put_target(session, 801, NATION, "srb", 2025, 111, operator=Operator.AT_MOST, document_id=NATIONAL_PLAN)
    put_rollup(session, OTHER, "srb", "2025", 115, 100)
    put_rollup(session, MERGED, "srb", "2025", 115_000, 100_000)
    comparison = compared(session, MINISTRY_VIEWER, year="2025")
    few, many = (cell_of(comparison, unit, "srb") for unit in (OTHER, MERGED))
    assert verdict(few) == (AimKind.NATIONAL, Verdict.UNCERTAIN, Reason.SMALL_NUMBERS)
    assert verdict(many) == (AimKind.NATIONAL, Verdict.NOT_MET, None)
    assert few.low is not None
    assert few.high is not None
    assert few.low < 111 < few.high


def test_a_national_count_judges_the_nation_and_no_province(session: Session) -> None:
    put_target(session, 801, NATION, USERS, 2025, 1000, document_id=NATIONAL_PLAN)
    put_rollup(session, OTHER, USERS, "2025", 400)
    put_rollup(session, MERGED, USERS, "2025", 700)
    comparison = compared(session, MINISTRY_VIEWER, year="2025")
    assert verdict(cell_of(comparison, OTHER, USERS)) is None
    assert verdict(cell_of(comparison, NATION, USERS)) == (AimKind.NATIONAL, Verdict.MET, None)


def test_of_two_targets_in_force_both_are_shown_and_neither_judges(session: Session) -> None:
    put_document(session, 901, None)
    put_target(session, 801, NORTH, "prenatal_screening", 2025, 80, document_id=901)
    put_rollup(session, NORTH, "prenatal_screening", "2025", 75, 100, standing=Standing.ESTIMATE)
    found = cell(session, NORTH, "prenatal_screening", year="2025", boundaries=OLD_DAY)
    assert verdict(found) == (AimKind.OWN, Verdict.NOT_JUDGED, Reason.TWO_IN_FORCE)
    assert found.own is not None
    assert {target.low for target in found.own.aim.targets} == {70, 80}


def test_a_later_plan_replaces_an_earlier_one_only_once_it_is_issued(session: Session) -> None:
    put_document(session, 901, date(2025, 9, 1))
    put_target(session, 801, NORTH, USERS, 2025, 500, document_id=901, plan_kind=PlanKind.ADJUSTED)
    put_rollup(session, NORTH, USERS, "2025-6M", 300)
    early = cell(session, NORTH, USERS, period="2025-6M")
    late = cell(session, NORTH, USERS, period="2025-11M", boundaries=OLD_DAY)
    assert early.own is not None
    assert late.own is not None
    assert (early.own.aim.goal.low, late.own.aim.goal.low) == (1200, 500)


def test_a_restated_target_judges_nothing(session: Session) -> None:
    put_target(session, 801, OTHER, "srb", 2025, 109, plan_kind=PlanKind.RESTATED)
    put_rollup(session, OTHER, "srb", "2025", 100, 100)
    found = cell(session, OTHER, "srb", year="2025")
    assert found.own is None


def test_what_is_no_longer_policy_stays_readable_and_is_not_judged(session: Session) -> None:
    put_target(session, 801, NATION, "third_birth_share", 2025, 10, operator=Operator.AT_MOST)
    for quarter in ("2025Q1", "2025Q2"):
        put_rollup(session, OTHER, "third_birth_share", quarter, 300, 1000)
    before, after = (cell(session, OTHER, "third_birth_share", period=one) for one in ("2025Q1", "2025Q2"))
    assert verdict(before) == (AimKind.NATIONAL, Verdict.BEHIND, None)
    assert verdict(after) == (AimKind.NATIONAL, Verdict.NOT_JUDGED, Reason.NO_LONGER_POLICY)
    assert after.value == 30


def test_an_ambiguous_target_is_not_judged(session: Session) -> None:
    put_target(session, 801, OTHER, "prenatal_screening", 2025, 5, ambiguous=True)
    put_rollup(session, OTHER, "prenatal_screening", "2025", 70, 100)
    found = cell(session, OTHER, "prenatal_screening", year="2025")
    assert verdict(found) == (AimKind.OWN, Verdict.NOT_JUDGED, Reason.AMBIGUOUS_UNIT)


def test_a_count_of_a_quarter_is_judged_by_what_was_counted_since_january(session: Session) -> None:
    for quarter, users in ((1, 150), (2, 90), (3, 70)):
        put_rollup(session, ASH, USERS, f"2026Q{quarter}", users)
    comparison = compared(session, MERGED_HEAD, period="2026Q3", level="commune")
    found = cell_of(comparison, ASH, USERS)
    assert (found.value, found.to_date) == (70, 310)
    assert verdict(found) == (AimKind.OWN, Verdict.ON_TRACK, None)
    assert found.own is not None
    assert found.own.judgement.due == 300


def test_a_last_quarter_is_not_taken_for_the_year(session: Session) -> None:
    for quarter in (1, 2, 3):
        put_rollup(session, ASH, USERS, f"2026Q{quarter}", 120)
    put_rollup(session, ASH, USERS, "2026Q4", 50)
    put_rollup(session, ASH, "newborn_screening", "2026Q4", 35, 100)
    comparison = compared(session, MERGED_HEAD, period="2026Q4", level="commune")
    users, screened = (cell_of(comparison, ASH, one) for one in (USERS, "newborn_screening"))
    assert (users.value, users.to_date) == (50, 410)
    assert verdict(users) == (AimKind.OWN, Verdict.MET, None)
    assert verdict(screened) == (AimKind.OWN, Verdict.ON_TRACK, None)


def test_a_count_whose_earlier_quarters_are_missing_is_shown_and_not_judged(session: Session) -> None:
    put_rollup(session, ASH, USERS, "2026Q3", 70)
    found = cell_of(compared(session, MERGED_HEAD, period="2026Q3", level="commune"), ASH, USERS)
    assert (found.value, found.to_date) == (70, None)
    assert verdict(found) == (AimKind.OWN, Verdict.NOT_JUDGED, Reason.NO_SUM_TO_DATE)


def test_a_yearly_rate_is_not_judged_on_part_of_the_year(session: Session) -> None:
    put_target(session, 801, NATION, "natural_increase_rate", 2026, 10)
    put_rollup(session, OTHER, "natural_increase_rate", "2026Q1", 30, 10_000)
    put_rollup(session, OTHER, "natural_increase_rate", "2026", 130, 10_000)
    part, whole = (cell(session, OTHER, "natural_increase_rate", period=one) for one in ("2026Q1", "2026"))
    assert verdict(part) == (AimKind.NATIONAL, Verdict.NOT_JUDGED, Reason.RATE_OF_YEAR)
    assert verdict(whole) == (AimKind.NATIONAL, Verdict.MET, None)


def test_an_empty_cell_with_a_target_has_no_data(session: Session) -> None:
    found = cell(session, NORTH, "prenatal_screening", period="2025-6M")
    assert found.value is None
    assert verdict(found) == (AimKind.OWN, Verdict.NO_DATA, None)


def test_a_definition_that_did_not_exist_yet_is_empty(session: Session) -> None:
    change_definition(session, "srb", from_on=date(2026, 1, 1))
    put_rollup(session, OTHER, "srb", "2025", 100, 100)
    found = cell(session, OTHER, "srb", year="2025")
    assert found.value is None
    assert found.absence is not None


def test_instruments_are_pinned_for_the_year_or_the_nearest_later_one(session: Session) -> None:
    put_document(session, 901, date(2020, 5, 5))
    for target_id, year in ((801, 2025), (802, 2028), (803, 2030)):
        put_target(session, target_id, NATION, "prenatal_screening", year, year - 1950, document_id=901)
    comparison = compared(session, MINISTRY_VIEWER, year="2026", definitions="srb,prenatal_screening")
    first, second = comparison.target_rows
    assert (first.document.number, first.document.issued_on) == RESOLUTION_21
    assert [target and target.year for target in second.targets] == [None, 2028]


def test_resolution_21_is_pinned_though_it_says_nothing_of_the_columns(session: Session) -> None:
    comparison = compared(session, MINISTRY_VIEWER, year="2025", definitions=USERS)
    assert [row.document.number for row in comparison.target_rows] == ["21-NQ/TW"]
    assert comparison.target_rows[0].years == ()


def test_a_multi_year_plan_gives_way_to_the_yearly_one(session: Session) -> None:
    put_document(session, 901, date(2025, 3, 1))
    put_target(session, 801, NORTH, "prenatal_screening", 2025, 60, document_id=901, horizon=Horizon.MULTI_YEAR)
    put_rollup(session, NORTH, "prenatal_screening", "2025-6M", 65, 100)
    found = cell(session, NORTH, "prenatal_screening", period="2025-6M")
    assert found.own is not None
    assert [target.low for target in found.own.aim.targets] == [70]
