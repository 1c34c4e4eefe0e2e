"""Promises about roll-ups: what an approval leaves behind, for the unit and for those above it."""

from datetime import timedelta

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from data import tables as t
from data.catalogue.load import load_catalogue
from data.kinds import RollupSource, Standing, SubmissionStatus, UnitLevel
from data.rollups import rebuild, replace_rollups
from data.rollups.lines import Approved, own_lines
from data.submissions.review import approve, return_with_reason
from tests import worlds
from tests.world_catalogue import DEFINITIONS, ELEMENTS, QUARTER
from tests.world_reports import PLAN_REPORT, Numbers, put_report
from tests.worlds import NOW, Person, reviewer

LATER = NOW + timedelta(hours=1)
PERIOD = "2026Q3"


@pytest.fixture(autouse=True)
def world(session: Session) -> None:
    worlds.build(session)


def approved(
    session: Session, unit: int, numbers: Numbers = QUARTER, period: str = PERIOD, form: str = "quarterly",
    standing: Standing = Standing.FINAL, illustrative: bool = False,
) -> None:  # fmt: skip
    revision = put_report(session, unit, form, period, numbers, standing=standing, illustrative=illustrative)
    replace_rollups(session, revision)


def row(session: Session, unit: int, key: str = "srb", period: str = PERIOD) -> t.Rollup | None:
    level = worlds.PLACES[unit].level
    return session.get(t.Rollup, (period, level, unit, DEFINITIONS[key][0]), populate_existing=True)


def parts(
    session: Session, unit: int, key: str = "srb", period: str = PERIOD
) -> tuple[int, int | None, int, int] | None:
    found = row(session, unit, key, period)
    return None if found is None else (found.numerator, found.denominator, found.counted, found.expected)


def test_a_unit_has_both_parts_of_every_definition_that_it_counted(session: Session) -> None:
    approved(session, worlds.ASH)
    assert parts(session, worlds.ASH) == (21, 19, 1, 1)
    assert parts(session, worlds.ASH, "natural_increase_rate") == (28, 10_000, 1, 1)
    assert parts(session, worlds.ASH, "new_modern_contraceptive_users") == (100, None, 1, 1)
    found = row(session, worlds.ASH)
    assert found is not None
    assert (found.source, found.standing, found.approved_at) == (RollupSource.OWN, Standing.FINAL, NOW)


def test_a_difference_may_be_negative(session: Session) -> None:
    approved(session, worlds.ASH, QUARTER | {"deaths": 100})
    assert parts(session, worlds.ASH, "natural_increase_rate") == (-60, 10_000, 1, 1)


def test_a_parent_is_the_sum_of_its_children_and_says_of_how_many(session: Session) -> None:
    approved(session, worlds.ASH)
    assert parts(session, worlds.MERGED) == (21, 19, 1, 3)
    approved(session, worlds.BAY, QUARTER | {"births_boys": 9, "births_girls": 11})
    assert parts(session, worlds.MERGED) == (30, 30, 2, 3)
    found = row(session, worlds.MERGED)
    assert found is not None
    assert (found.source, found.level) == (RollupSource.CHILDREN, UnitLevel.PROVINCE)


def test_both_parts_of_a_ratio_rest_on_the_same_units(session: Session) -> None:
    approved(session, worlds.ASH)
    approved(session, worlds.BAY, {"births_boys": 9, "births_girls": 11})
    assert parts(session, worlds.MERGED, "newborn_screening") == (25, 40, 1, 3)
    assert parts(session, worlds.MERGED) == (30, 30, 2, 3)
    assert parts(session, worlds.BAY, "newborn_screening") is None


def test_nothing_is_stored_for_the_nation(session: Session) -> None:
    approved(session, worlds.OTHER, form="yearly", period="2025")
    approved(session, worlds.ASH)
    assert session.scalar(select(t.Rollup).where(t.Rollup.unit_id == worlds.NATION)) is None
    assert parts(session, worlds.OTHER, period="2025") == (21, 19, 1, 1)


def test_a_province_that_reports_itself_is_never_also_the_sum_of_its_children(session: Session) -> None:
    approved(session, worlds.ASH)
    approved(session, worlds.MERGED, {"births_boys": 500, "births_girls": 450})
    assert parts(session, worlds.MERGED) == (500, 450, 1, 1)
    approved(session, worlds.BAY)
    assert parts(session, worlds.MERGED) == (500, 450, 1, 1)
    assert parts(session, worlds.MERGED, "elderly_checkup") == (600, 2_400, 2, 3)  # what it did not count itself


def test_the_sum_comes_back_when_the_own_report_no_longer_says_it(session: Session) -> None:
    approved(session, worlds.ASH)
    approved(session, worlds.MERGED, {"births_boys": 500, "births_girls": 450, "deaths": 1})
    approved(session, worlds.MERGED, {"births_boys": 500, "deaths": 1})
    assert parts(session, worlds.MERGED) == (21, 19, 1, 3)


def test_the_next_approval_replaces_and_does_not_add(session: Session) -> None:
    approved(session, worlds.ASH)
    approved(session, worlds.ASH, QUARTER | {"births_boys": 30})
    assert (parts(session, worlds.ASH), parts(session, worlds.MERGED)) == ((30, 19, 1, 1), (30, 19, 1, 3))


def test_what_an_approval_takes_away_leaves_no_row_behind(session: Session) -> None:
    approved(session, worlds.ASH)
    approved(session, worlds.ASH, {"births_boys": 30})
    assert (parts(session, worlds.ASH), parts(session, worlds.MERGED)) == (None, None)


def test_ancestors_are_those_of_the_periods_last_day(session: Session) -> None:
    approved(session, worlds.NORTH_CITY, period="2025Q2")
    approved(session, worlds.SOUTH_COAST, period="2025Q2")
    assert parts(session, worlds.NORTH, period="2025Q2") == (21, 19, 1, 2)
    assert parts(session, worlds.SOUTH, period="2025Q2") == (21, 19, 1, 1)
    assert parts(session, worlds.MERGED, period="2025Q2") is None


def test_a_plan_report_of_an_old_area_rolls_up_to_nobody(session: Session) -> None:
    revision = put_report(session, worlds.NORTH_CITY, "plan", "2025-11M", PLAN_REPORT, standing=Standing.PRELIMINARY)
    replace_rollups(session, revision)
    assert parts(session, worlds.NORTH_CITY, period="2025") == (231, 209, 1, 1)
    assert parts(session, worlds.NORTH_CITY, period="2025-11M") == (210, 190, 1, 1)
    estimate, to_date = (row(session, worlds.NORTH_CITY, period=period) for period in ("2025", "2025-11M"))
    assert estimate is not None
    assert to_date is not None
    assert (estimate.standing, to_date.standing) == (Standing.ESTIMATE, Standing.PRELIMINARY)
    assert set(session.scalars(select(t.Rollup.unit_id))) == {worlds.NORTH_CITY}


def test_a_sum_is_as_final_as_the_least_final_and_illustrative_if_any_part_is(session: Session) -> None:
    approved(session, worlds.ASH)
    approved(session, worlds.BAY, standing=Standing.PRELIMINARY, illustrative=True)
    found = row(session, worlds.MERGED)
    assert found is not None
    assert (found.standing, found.illustrative) == (Standing.PRELIMINARY, True)
    approved(session, worlds.BAY)
    found = row(session, worlds.MERGED)
    assert found is not None
    assert (found.standing, found.illustrative) == (Standing.FINAL, False)


@pytest.mark.parametrize("status", [SubmissionStatus.DRAFT, SubmissionStatus.SUBMITTED, SubmissionStatus.RETURNED])
def test_only_an_approval_changes_anything(session: Session, status: SubmissionStatus) -> None:
    approved(session, worlds.ASH)
    other = put_report(session, worlds.ASH, "quarterly", PERIOD, QUARTER | {"births_boys": 99}, status=status)
    replace_rollups(session, other)
    assert parts(session, worlds.ASH) == (21, 19, 1, 1)
    rebuild(session, LATER)
    assert parts(session, worlds.ASH) == (21, 19, 1, 1)


def decided(session: Session, deed: str, who: Person = worlds.MERGED_HEAD) -> None:
    numbers = QUARTER | {"births_boys": 77}
    waits = put_report(session, worlds.ASH, "quarterly", PERIOD, numbers, status=SubmissionStatus.SUBMITTED)
    if deed == "approve":
        approve(session, reviewer(who), waits, LATER)
    else:
        return_with_reason(session, reviewer(who), waits, "sai số trẻ trai", LATER)


def test_the_reviewers_approval_replaces_the_roll_ups_and_a_return_does_not(session: Session) -> None:
    approved(session, worlds.ASH)
    decided(session, "return")
    assert parts(session, worlds.MERGED) == (21, 19, 1, 3)
    decided(session, "approve")
    assert (parts(session, worlds.ASH), parts(session, worlds.MERGED)) == ((77, 19, 1, 1), (77, 19, 1, 3))
    found = row(session, worlds.MERGED)
    assert found is not None
    assert found.approved_at == LATER


def test_an_approval_costs_the_same_however_many_children_there_are(session: Session) -> None:
    costs = []
    approved(session, worlds.DALE)
    for unit in (worlds.ASH, worlds.BAY, worlds.CEDAR):
        revision = put_report(session, unit, "quarterly", PERIOD)
        statements: list[str] = []

        def note(*args: object, told: list[str] = statements) -> None:
            told.append(str(args[2]))

        connection = session.connection()
        event.listen(connection, "before_cursor_execute", note)
        replace_rollups(session, revision)
        event.remove(connection, "before_cursor_execute", note)
        costs.append(len(statements))
    assert len(set(costs)) == 1
    assert costs[0] == 10


def says(form_id: int, *, fits: bool, **numbers: int) -> Approved:
    values = {ELEMENTS[key][0]: (value, Standing.FINAL) for key, value in numbers.items()}
    return Approved(form_id, fits, False, NOW, values)


@pytest.mark.parametrize(("first", "second"), [(1, 2), (2, 1)])
def test_a_report_for_the_very_period_goes_before_one_that_also_estimates_it(
    session: Session, first: int, second: int
) -> None:
    estimate = says(first, fits=False, births_boys=1, births_girls=2)
    report = says(second, fits=True, births_boys=3, births_girls=4)
    line = own_lines(load_catalogue(session), [estimate, report])[DEFINITIONS["srb"][0]]
    assert (line.numerator, line.denominator) == (3, 4)


def test_the_parts_of_a_ratio_never_come_from_two_reports(session: Session) -> None:
    halves = [says(1, fits=True, births_boys=1), says(2, fits=True, births_girls=2)]
    assert DEFINITIONS["srb"][0] not in own_lines(load_catalogue(session), halves)


def test_rebuilding_leaves_a_line_in_the_audit_trail(session: Session) -> None:
    approved(session, worlds.ASH)
    assert rebuild(session, LATER) == 14
    [line] = session.scalars(select(t.AuditLine).where(t.AuditLine.action == "rollup.rebuild"))
    assert (line.at, line.detail) == (LATER, '{"rows": 14}')


def test_a_revision_that_does_not_exist_has_no_roll_ups(session: Session) -> None:
    with pytest.raises(ValueError, match="no such revision"):
        replace_rollups(session, 999_999)
