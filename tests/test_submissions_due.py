"""Promises about what is due: to whom it is shown, since when, and until when it stays."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from data.kinds import SubmissionStatus
from data.scope import Scope
from data.submissions.due import list_due
from data.submissions.outcomes import DueForm, FormProgress
from data.submissions.progress import count_children
from tests import worlds
from tests.world_reports import PLAN_REPORT, put_report
from tests.worlds import TODAY, Person, reviewer, writer


@pytest.fixture(autouse=True)
def world(session: Session) -> None:
    worlds.build(session)


def due(session: Session, who: Person, today: date = TODAY) -> list[DueForm]:
    return list_due(session, writer(who), today)


def names(found: list[DueForm]) -> list[tuple[str, str, str]]:
    return [(one.unit.key, one.form.key, one.period.code) for one in found]


def progress(session: Session, scope: Scope, today: date = TODAY) -> dict[tuple[str, str], FormProgress]:
    return {(one.form.key, one.period.code): one for one in count_children(session, scope, today).rows}


def test_a_commune_owes_every_quarter_since_it_opened(session: Session) -> None:
    found = due(session, worlds.ASH_OFFICER)
    assert names(found) == [
        ("ash", "quarterly", code) for code in ("2025Q3", "2025Q4", "2026Q1", "2026Q2", "2026Q3")
    ]  # fmt: skip
    last = found[-1]
    assert (last.due_on, last.days_overdue, last.status, last.old_area) == (date(2026, 10, 7), 45, None, False)


def test_a_province_owes_its_year_and_the_plans_of_its_old_areas_and_no_childs_report(session: Session) -> None:
    found = due(session, worlds.MERGED_HEAD)
    assert names(found) == [
        ("north-city", "plan", "2025-11M"), ("south", "plan", "2025-11M"), ("north", "plan", "2025-11M"),
        ("merged", "yearly", "2025"),
    ]  # fmt: skip
    days = {one.unit.key: (one.due_on, one.reporter.key, one.old_area) for one in found}
    assert days["north"] == (date(2025, 12, 4), "merged", True)
    assert days["south"] == days["north-city"] == (None, "merged", True)
    assert days["merged"] == (date(2026, 1, 21), "merged", False)  # fifteen working days after 31/12/2025


def test_what_has_no_printed_day_is_never_overdue(session: Session) -> None:
    assert {one.days_overdue for one in due(session, worlds.MERGED_HEAD) if one.due_on is None} == {0}


def test_what_was_begun_sent_or_returned_stays_until_it_is_approved(session: Session) -> None:
    put_report(session, worlds.ASH, "quarterly", "2025Q3")
    put_report(session, worlds.ASH, "quarterly", "2025Q4", status=SubmissionStatus.RETURNED)
    put_report(session, worlds.ASH, "quarterly", "2026Q1", status=SubmissionStatus.SUBMITTED)
    put_report(session, worlds.ASH, "quarterly", "2026Q2", status=SubmissionStatus.DRAFT)
    found = {one.period.code: one for one in due(session, worlds.ASH_OFFICER)}
    assert set(found) == {"2025Q4", "2026Q1", "2026Q2", "2026Q3"}
    assert (found["2025Q4"].status, found["2025Q4"].reason) == (SubmissionStatus.RETURNED, "Số liệu chưa khớp")
    assert found["2025Q4"].days_overdue > 0
    assert (found["2026Q1"].status, found["2026Q1"].days_overdue) == (SubmissionStatus.SUBMITTED, 0)
    assert found["2026Q2"].status is SubmissionStatus.DRAFT


def test_the_reason_stays_with_the_draft_that_answers_it(session: Session) -> None:
    put_report(session, worlds.ASH, "quarterly", "2025Q3", status=SubmissionStatus.RETURNED)
    put_report(session, worlds.ASH, "quarterly", "2025Q3", status=SubmissionStatus.DRAFT)
    assert due(session, worlds.ASH_OFFICER)[0].reason == "Số liệu chưa khớp"


def test_an_approved_report_that_was_opened_again_is_not_overdue(session: Session) -> None:
    put_report(session, worlds.ASH, "quarterly", "2025Q3")
    put_report(session, worlds.ASH, "quarterly", "2025Q3", status=SubmissionStatus.DRAFT)
    first = due(session, worlds.ASH_OFFICER)[0]
    assert (first.period.code, first.status, first.days_overdue) == ("2025Q3", SubmissionStatus.DRAFT, 0)


def test_a_period_is_due_only_when_it_has_ended(session: Session) -> None:
    assert names(due(session, worlds.ASH_OFFICER, date(2025, 9, 29))) == []
    assert names(due(session, worlds.ASH_OFFICER, date(2025, 9, 30))) == [("ash", "quarterly", "2025Q3")]


@pytest.mark.parametrize("who", [worlds.SOUTH_HEAD, worlds.CITY_HEAD])
def test_a_unit_that_has_closed_owes_nothing(session: Session, who: Person) -> None:
    assert due(session, who) == []


def test_what_a_district_left_unfinished_comes_to_its_provinces_successor(session: Session) -> None:
    put_report(session, worlds.SOUTH_COAST, "quarterly", "2025Q1", status=SubmissionStatus.RETURNED)
    put_report(session, worlds.SOUTH_COAST, "quarterly", "2025Q2", status=SubmissionStatus.RETURNED)
    put_report(session, worlds.SOUTH_COAST, "quarterly", "2025Q2")
    left = [one for one in due(session, worlds.MERGED_HEAD) if one.unit.key == "south-coast"]
    assert [(one.period.code, one.reporter.key, one.status, one.old_area) for one in left] == [
        ("2025Q1", "merged", SubmissionStatus.RETURNED, False)
    ]
    assert {one.unit.key for one in due(session, worlds.OTHER_HEAD)} == {"other"}


def test_another_provinces_officer_is_shown_none_of_it(session: Session) -> None:
    assert {one.unit.key for one in due(session, worlds.OTHER_HEAD)} == {"other"}
    assert list_due(session, Scope(None, frozenset()), TODAY) == []


def test_a_unit_still_standing_on_the_day_reported_for_itself(session: Session) -> None:
    found = due(session, worlds.CITY_HEAD, date(2025, 6, 30))
    assert ("north-city", "quarterly", "2025Q2") in names(found)


def test_the_parent_counts_its_children_for_the_last_quarter(session: Session) -> None:
    put_report(session, worlds.ASH, "quarterly", "2026Q3")
    put_report(session, worlds.BAY, "quarterly", "2026Q3", status=SubmissionStatus.SUBMITTED)
    put_report(session, worlds.CEDAR, "quarterly", "2026Q3", status=SubmissionStatus.DRAFT)
    put_report(session, worlds.DALE, "quarterly", "2026Q3")
    for scope in (writer(worlds.MERGED_HEAD), reviewer(worlds.MERGED_HEAD)):
        [one] = progress(session, scope).values()
        assert (one.form.key, one.period.code, one.expected, one.approved) == ("quarterly", "2026Q3", 3, 1)
        assert [(sent.unit.key, sent.approved) for sent in one.sent] == [("ash", True), ("bay", False)]
        assert [silent.unit.key for silent in one.missing] == ["cedar"]
        assert one.due_days == (date(2026, 10, 7),)


def test_a_returned_report_counts_as_missing_unless_an_approved_one_is_in_force(session: Session) -> None:
    put_report(session, worlds.ASH, "quarterly", "2026Q3", status=SubmissionStatus.RETURNED)
    put_report(session, worlds.BAY, "quarterly", "2026Q3")
    put_report(session, worlds.BAY, "quarterly", "2026Q3", status=SubmissionStatus.RETURNED)
    [one] = progress(session, reviewer(worlds.MERGED_HEAD)).values()
    assert ([silent.unit.key for silent in one.missing], one.approved) == (["ash", "cedar"], 1)


def test_the_ministry_counts_years_and_plan_reports(session: Session) -> None:
    put_report(session, worlds.OTHER, "yearly", "2025")
    put_report(session, worlds.NORTH, "plan", "2025-11M", PLAN_REPORT, reporter_id=worlds.MERGED)
    rows = progress(session, reviewer(worlds.MINISTRY_REVIEWER))
    assert set(rows) == {("yearly", "2025"), ("plan", "2025-11M")}
    assert (rows["yearly", "2025"].expected, rows["yearly", "2025"].approved) == (2, 1)
    plan = rows["plan", "2025-11M"]
    assert (plan.expected, len(plan.sent)) == (3, 1)
    assert [one.unit.key for one in plan.missing] == ["north-city", "south"]
    # The day of the one that has sent is no longer open.
    assert plan.due_days == (None,)


def test_of_several_due_days_the_earliest_that_is_open_comes_first(session: Session) -> None:
    plan = progress(session, reviewer(worlds.MINISTRY_REVIEWER))["plan", "2025-11M"]
    assert plan.due_days == (date(2025, 12, 4), None)
    assert [(one.unit.key, one.due_on) for one in plan.missing] == [
        ("north", date(2025, 12, 4)), ("north-city", None), ("south", None),
    ]  # fmt: skip
    for unit in (worlds.NORTH, worlds.SOUTH, worlds.NORTH_CITY):
        put_report(session, unit, "plan", "2025-11M", PLAN_REPORT, reporter_id=worlds.MERGED)
    plan = progress(session, reviewer(worlds.MINISTRY_REVIEWER))["plan", "2025-11M"]
    assert (plan.missing, plan.due_days) == ((), (date(2025, 12, 4), None))


@pytest.mark.parametrize("who", [worlds.ASH_OFFICER, worlds.SOUTH_HEAD])
def test_whoever_has_no_children_counts_none(session: Session, who: Person) -> None:
    assert count_children(session, writer(who), TODAY).rows == ()
