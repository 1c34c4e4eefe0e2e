"""Promises about reading one form: what stands beside a number, whose report it is, and what is refused."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from data.kinds import Standing, SubmissionStatus
from data.refusals import Forbidden, Invalid, NotFound
from data.submissions.forms import get_form, get_sent_form
from data.submissions.model import CellId, FormView, ProblemKind
from tests import worlds
from tests.world_catalogue import QUARTER
from tests.world_reports import PLAN_REPORT, put_report
from tests.worlds import TODAY, Person, reader, writer


@pytest.fixture(autouse=True)
def world(session: Session) -> None:
    worlds.build(session)


def form(
    session: Session, unit: str = "ash", name: str = "quarterly", period: str = "2026Q3",
    who: Person = worlds.ASH_OFFICER, today: date = TODAY,
) -> FormView:  # fmt: skip
    return get_form(session, writer(who), unit, name, period, today)


def plan(session: Session, unit: str = "north", who: Person = worlds.MERGED_HEAD) -> FormView:
    return form(session, unit, "plan", "2025-11M", who)


def test_an_untouched_form_is_empty_and_says_by_when(session: Session) -> None:
    view = form(session)
    assert (view.status, view.number, view.version, view.filled, view.total) == (None, 0, 0, 0, 12)
    assert (view.due_on, view.days_overdue) == (date(2026, 10, 7), 45)  # five working days after 30/09/2026
    assert (view.editable, view.can_send, view.old_area, view.entered_for) == (True, False, False, False)
    assert [problem.kind for problem in view.problems] == [ProblemKind.MISSING]
    assert [section.name for section in view.sections] == ["Dân số", "Dịch vụ"]
    assert (view.unit.key, view.reporter.key, view.unit.title) == ("ash", "ash", "Xã An Bình")


def test_each_number_stands_beside_the_period_before_last_year_and_the_sum_since_january(session: Session) -> None:
    for period, boys in (("2025Q3", 11), ("2026Q1", 20), ("2026Q2", 30), ("2026Q3", 21)):
        put_report(session, worlds.ASH, "quarterly", period, QUARTER | {"births_boys": boys})
    cell = form(session).cells[CellId("births_boys", "2026Q3")]
    assert (cell.value, cell.previous, cell.last_year, cell.earlier, cell.to_date) == (21, 30, 11, 50, 71)


def test_stocks_and_distinct_counts_are_never_added_up(session: Session) -> None:
    for period in ("2026Q1", "2026Q2", "2026Q3"):
        put_report(session, worlds.ASH, "quarterly", period)
    cells = form(session).cells
    people = cells[CellId("population", "2026Q3")]
    assert (people.previous, people.to_date) == (10_000, None)
    assert cells[CellId("elderly_examined", "2026Q3")].to_date is None


def test_a_missing_period_leaves_the_sum_since_january_empty(session: Session) -> None:
    put_report(session, worlds.ASH, "quarterly", "2026Q2")
    cell = form(session).cells[CellId("births_boys", "2026Q3")]
    assert (cell.previous, cell.earlier, cell.to_date) == (21, None, None)


def test_the_first_quarter_is_its_own_sum(session: Session) -> None:
    put_report(session, worlds.ASH, "quarterly", "2026Q1")
    assert form(session, period="2026Q1").cells[CellId("births_boys", "2026Q1")].to_date == 21


def test_drafts_and_returned_reports_stand_beside_nothing(session: Session) -> None:
    put_report(session, worlds.ASH, "quarterly", "2026Q1", status=SubmissionStatus.RETURNED)
    put_report(session, worlds.ASH, "quarterly", "2026Q2", status=SubmissionStatus.DRAFT)
    cell = form(session).cells[CellId("births_boys", "2026Q3")]
    assert (cell.previous, cell.earlier) == (None, None)


def test_what_is_in_force_goes_before_what_waits(session: Session) -> None:
    put_report(session, worlds.ASH, "quarterly", "2026Q2", QUARTER | {"deaths": 7})
    put_report(session, worlds.ASH, "quarterly", "2026Q2", QUARTER | {"deaths": 9}, status=SubmissionStatus.SUBMITTED)
    assert form(session).cells[CellId("deaths", "2026Q3")].previous == 7


def test_the_units_own_targets_stand_beside_its_numbers(session: Session) -> None:
    for period in ("2026Q1", "2026Q2", "2026Q3"):
        put_report(session, worlds.ASH, "quarterly", period)
    progress = {one.definition.key: one for one in form(session).targets}
    assert set(progress) == {"new_modern_contraceptive_users", "newborn_screening"}
    users = progress["new_modern_contraceptive_users"]
    assert (users.value, users.share, users.elapsed) == (300, 0.75, 0.75)
    assert (progress["newborn_screening"].value, progress["newborn_screening"].share) == (62.5, None)


def test_a_target_without_all_quarters_shows_no_value(session: Session) -> None:
    put_report(session, worlds.ASH, "quarterly", "2026Q3")
    assert {(one.value, one.share) for one in form(session).targets} == {(None, None)}


def test_a_plan_report_counts_the_old_area_in_two_windows(session: Session) -> None:
    view = plan(session)
    assert [(one.period.code, one.standing) for one in view.windows] == [
        ("2025-11M", Standing.PRELIMINARY), ("2025", Standing.ESTIMATE),
    ]  # fmt: skip
    assert (view.unit.key, view.reporter.key, view.old_area) == ("north", "merged", True)
    assert (view.due_on, view.total) == (date(2025, 12, 4), 16)


def test_a_plan_that_prints_no_day_has_none(session: Session) -> None:
    view = plan(session, "south")
    assert (view.due_on, view.days_overdue) == (None, 0)


def test_a_districts_plan_report_is_its_provinces(session: Session) -> None:
    assert plan(session, "north-city").reporter.key == "merged"


def test_a_plan_report_shows_both_windows_against_the_plan(session: Session) -> None:
    put_report(session, worlds.NORTH, "plan", "2025-11M", PLAN_REPORT, reporter_id=worlds.MERGED)
    shares = {(one.definition.key, one.window.period.code): one.share for one in plan(session).targets}
    assert shares["new_modern_contraceptive_users", "2025-11M"] == pytest.approx(1000 / 1200)
    assert shares["new_modern_contraceptive_users", "2025"] == pytest.approx(1100 / 1200)
    assert shares["prenatal_screening", "2025"] is None


def test_the_year_of_a_plan_report_is_compared_with_the_old_areas_own_last_year(session: Session) -> None:
    put_report(session, worlds.NORTH, "yearly", "2024", QUARTER | {"births_boys": 200})
    assert plan(session).cells[CellId("births_boys", "2025")].last_year == 200


@pytest.mark.parametrize(
    ("unit", "name", "period"),
    [
        ("ash", "quarterly", "2026Q4"),  # has not ended
        ("ash", "quarterly", "2026"),  # other frequency
        ("ash", "quarterly", "2025Q2"),  # before the commune opened
        ("ash", "quarterly", "2026Q5"),  # no period at all
        ("ash", "quarterly", "2026-9M"),
        ("ash", "quarterly", "1990Q1"),
        ("ash", "yearly", "2025"),  # a form of provinces
        ("ash", "quarterly", ""),
        ("ash", "quarterly", "2026Q3' OR 1=1"),
    ],
)
def test_a_period_that_the_unit_does_not_report_is_refused_with_a_sentence(
    session: Session, unit: str, name: str, period: str
) -> None:
    with pytest.raises(Invalid) as told:
        form(session, unit, name, period)
    assert len(str(told.value)) > 20


@pytest.mark.parametrize(
    ("unit", "period"), [("north", "2024-11M"), ("merged", "2025-11M"), ("north-hills", "2025-11M")]
)
def test_only_an_area_that_closed_in_a_year_it_planned_has_a_plan_report(
    session: Session, unit: str, period: str
) -> None:
    with pytest.raises(Invalid):
        form(session, unit, "plan", period, worlds.MERGED_HEAD)


def test_a_period_can_be_reported_from_its_last_day(session: Session) -> None:
    assert form(session, today=date(2026, 9, 30)).editable
    with pytest.raises(Invalid):
        form(session, today=date(2026, 9, 29))


@pytest.mark.parametrize(
    ("unit", "name"), [("nowhere", "quarterly"), ("ash", "no-form"), ("dale", "quarterly"), ("", "")]
)
def test_absent_and_out_of_reach_are_one_answer(session: Session, unit: str, name: str) -> None:
    with pytest.raises(NotFound):
        form(session, unit, name)


@pytest.mark.parametrize("forged", [None, 7, ["ash"], {"unit": "ash"}])
def test_what_is_no_text_names_no_unit_form_or_period(session: Session, forged: object) -> None:
    with pytest.raises(NotFound):
        form(session, unit=forged)  # type: ignore[arg-type]
    with pytest.raises(NotFound):
        form(session, name=forged)  # type: ignore[arg-type]
    with pytest.raises(Invalid):
        form(session, period=forged)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("who", "unit", "name", "period"),
    [
        (worlds.SOUTH_HEAD, "south", "plan", "2025-11M"),
        (worlds.SOUTH_HEAD, "south", "yearly", "2024"),
        (worlds.CITY_HEAD, "north-city", "plan", "2025-11M"),
        (worlds.CITY_HEAD, "north-city", "quarterly", "2025Q1"),
    ],
)
def test_a_unit_that_has_closed_writes_nothing_and_is_told_so(
    session: Session, who: Person, unit: str, name: str, period: str
) -> None:
    with pytest.raises(Forbidden, match="30/06/2025"):
        form(session, unit, name, period, who)


def test_the_old_areas_of_another_province_are_out_of_reach(session: Session) -> None:
    with pytest.raises(NotFound):
        plan(session, "north", worlds.OTHER_HEAD)


def sent(session: Session, who: Person, unit: str = "ash", period: str = "2026Q3") -> FormView:
    return get_sent_form(session, reader(who), unit, "quarterly", period, TODAY)


@pytest.mark.parametrize("who", [worlds.ASH_OFFICER, worlds.MERGED_LEADER, worlds.MINISTRY_VIEWER])
def test_those_above_read_a_report_from_submitted_on(session: Session, who: Person) -> None:
    put_report(session, worlds.ASH, "quarterly", "2026Q3", status=SubmissionStatus.SUBMITTED)
    view = sent(session, who)
    assert view.cells[CellId("births_boys", "2026Q3")].value == 21
    assert (view.editable, view.can_send, view.can_decide) == (False, False, False)


def test_a_draft_is_not_there_for_those_above_and_the_last_sent_one_is(session: Session) -> None:
    put_report(session, worlds.ASH, "quarterly", "2026Q3", status=SubmissionStatus.DRAFT)
    with pytest.raises(NotFound):
        sent(session, worlds.MINISTRY_VIEWER)
    put_report(session, worlds.BAY, "quarterly", "2026Q3", QUARTER | {"deaths": 7})
    put_report(session, worlds.BAY, "quarterly", "2026Q3", QUARTER | {"deaths": 9}, status=SubmissionStatus.DRAFT)
    view = sent(session, worlds.MERGED_LEADER, "bay")
    assert (view.number, view.cells[CellId("deaths", "2026Q3")].value) == (1, 7)


@pytest.mark.parametrize("who", [worlds.BAY_OFFICER, worlds.OTHER_HEAD, worlds.SOUTH_HEAD])
def test_neighbours_read_no_report(session: Session, who: Person) -> None:
    put_report(session, worlds.ASH, "quarterly", "2026Q3")
    with pytest.raises(NotFound):
        sent(session, who)


def test_a_closed_units_own_history_can_be_read_from_it_and_from_its_successor(session: Session) -> None:
    put_report(session, worlds.NORTH_CITY, "quarterly", "2025Q1")
    for who in (worlds.CITY_HEAD, worlds.MERGED_HEAD, worlds.MINISTRY_VIEWER):
        assert sent(session, who, "north-city", "2025Q1").filled == 12
    with pytest.raises(NotFound):
        sent(session, worlds.OTHER_HEAD, "north-city", "2025Q1")
