"""The list of what a unit has sent: the latest of each report, for those who may read it, and no draft."""

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from data.kinds import SubmissionStatus
from data.scope import Scope
from data.submissions.reports import SentReport, list_reports
from tests import worlds
from tests.counting import queries
from tests.world_reports import PLAN_REPORT, put_report
from tests.worlds import ASH, MERGED, NORTH, SOUTH, TODAY, Person, reader

DRAFT, SUBMITTED, RETURNED, APPROVED = (
    SubmissionStatus.DRAFT,
    SubmissionStatus.SUBMITTED,
    SubmissionStatus.RETURNED,
    SubmissionStatus.APPROVED,
)


@pytest.fixture(autouse=True)
def world(session: Session) -> None:
    worlds.build(session)


def listed(session: Session, who: Person, most: int = 60) -> list[SentReport]:
    return list_reports(session, reader(who), TODAY, most)


def names(found: list[SentReport]) -> list[tuple[str, str, SubmissionStatus]]:
    return [(one.unit.key, one.period.code, one.status) for one in found]


def test_each_report_stands_once_as_it_last_left_the_unit_latest_period_first(session: Session) -> None:
    put_report(session, ASH, "quarterly", "2026Q1")
    put_report(session, ASH, "quarterly", "2026Q2", status=RETURNED)
    put_report(session, ASH, "quarterly", "2026Q2", status=SUBMITTED)
    put_report(session, ASH, "quarterly", "2026Q1", status=DRAFT)
    assert names(listed(session, worlds.ASH_OFFICER)) == [("ash", "2026Q2", SUBMITTED), ("ash", "2026Q1", APPROVED)]
    assert names(listed(session, worlds.ASH_OFFICER, 1)) == [("ash", "2026Q2", SUBMITTED)]


def test_a_draft_is_no_report(session: Session) -> None:
    put_report(session, ASH, "quarterly", "2026Q1", status=DRAFT)
    assert listed(session, worlds.ASH_OFFICER) == []


def test_only_what_does_not_wait_can_be_corrected_and_only_while_the_unit_exists(session: Session) -> None:
    put_report(session, ASH, "quarterly", "2026Q1")
    put_report(session, ASH, "quarterly", "2026Q2", status=SUBMITTED)
    put_report(session, SOUTH, "yearly", "2024")
    assert [one.correctable for one in listed(session, worlds.ASH_OFFICER)] == [False, True]
    assert [one.correctable for one in listed(session, worlds.SOUTH_HEAD)] == [False]


def test_the_reporter_of_an_old_area_finds_the_plan_report(session: Session) -> None:
    put_report(session, NORTH, "plan", "2025-11M", PLAN_REPORT, reporter_id=MERGED)
    assert names(listed(session, worlds.MERGED_LEADER)) == [("north", "2025-11M", APPROVED)]
    assert listed(session, worlds.OTHER_HEAD) == []


def test_the_list_is_of_the_readers_own_unit_and_not_of_those_below_or_beside(session: Session) -> None:
    put_report(session, ASH, "quarterly", "2026Q1")
    assert listed(session, worlds.MERGED_HEAD) == []
    assert listed(session, worlds.BAY_OFFICER) == []


def test_nobody_reads_with_an_empty_scope_and_a_list_is_one_question(session: Session, engine: Engine) -> None:
    put_report(session, ASH, "quarterly", "2026Q1")
    listed(session, worlds.ASH_OFFICER)
    with queries(engine) as asked:
        assert list_reports(session, Scope(1, frozenset()), TODAY) == []
        listed(session, worlds.ASH_OFFICER)
    assert len(asked) == 1
