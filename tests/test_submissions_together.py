"""Promises about two people at the same moment: on either database nothing is lost and nothing happens twice."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as StillWaiting
from datetime import timedelta
from typing import TypeVar

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from data import tables as t
from data.db import unit_of_work
from data.kinds import SubmissionStatus
from data.refusals import Conflict
from data.submissions.drafts import save_draft
from data.submissions.model import CellId
from data.submissions.outcomes import EditConflict, Receipt, Saved
from data.submissions.review import approve
from data.submissions.sending import submit
from tests import worlds
from tests.world_catalogue import DEFINITIONS, QUARTER
from tests.world_reports import put_report
from tests.worlds import NOW, Person, reviewer, writer

PERIOD = "2026Q3"
LATER = NOW + timedelta(hours=1)


@pytest.fixture(autouse=True)
def world(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        worlds.build(session)


T = TypeVar("T")


def meanwhile(engine: Engine, first: Callable[[Session], T], second: Callable[[Session], T]) -> tuple[T, Future[T]]:
    """Both deeds, the second begun while the first is done but not committed: the second waits for it."""

    def other() -> T:
        with unit_of_work(engine) as session:
            return second(session)

    with ThreadPoolExecutor(1) as pool:
        with unit_of_work(engine) as session:
            done = first(session)
            waiting = pool.submit(other)
            with pytest.raises(StillWaiting):
                waiting.result(timeout=0.3)
        waiting.exception(timeout=20)
    return done, waiting


def put(engine: Engine, unit: int, status: SubmissionStatus, by: Person) -> int:
    with unit_of_work(engine) as session:
        return put_report(session, unit, "quarterly", PERIOD, status=status, by=by)


def approves(revision: int, who: Person) -> Callable[[Session], object]:
    return lambda session: approve(session, reviewer(who), revision, LATER)


def test_two_approvals_at_once_beneath_one_province_both_end_up_in_its_sum(engine: Engine) -> None:
    ash = put(engine, worlds.ASH, SubmissionStatus.SUBMITTED, worlds.ASH_OFFICER)
    bay = put(engine, worlds.BAY, SubmissionStatus.SUBMITTED, worlds.BAY_OFFICER)
    _done, second = meanwhile(engine, approves(ash, worlds.MERGED_HEAD), approves(bay, worlds.MERGED_DEPUTY))
    assert second.exception() is None
    r = t.Rollup
    query = select(r.numerator, r.denominator, r.counted, r.expected).where(
        r.period == PERIOD, r.unit_id == worlds.MERGED, r.definition_id == DEFINITIONS["srb"][0]
    )
    with unit_of_work(engine, writes=False) as session:
        assert tuple(session.execute(query).one()) == (42, 38, 2, 3)


def test_of_two_who_approve_one_report_the_second_is_told(engine: Engine) -> None:
    ash = put(engine, worlds.ASH, SubmissionStatus.SUBMITTED, worlds.ASH_OFFICER)
    _done, second = meanwhile(engine, approves(ash, worlds.MERGED_HEAD), approves(ash, worlds.MERGED_DEPUTY))
    assert isinstance(second.exception(), Conflict)
    with unit_of_work(engine, writes=False) as session:
        lines = session.scalars(select(t.AuditLine.account_id).where(t.AuditLine.action == "submission.approve"))
        assert list(lines) == [worlds.MERGED_HEAD.id]


def saves(who: Person, number: str, version: int) -> Callable[[Session], Saved]:
    cell = CellId("deaths", PERIOD)
    return lambda session: save_draft(
        session, writer(who), "ash", "quarterly", PERIOD, {cell: number}, {}, version, NOW
    )


def test_of_two_who_begin_one_report_the_second_is_told_and_nothing_is_lost(engine: Engine) -> None:
    first = saves(worlds.ASH_OFFICER, "12", 0)
    _done, second = meanwhile(engine, first, saves(worlds.ASH_COLLEAGUE, "13", 0))
    told = second.exception()
    assert isinstance(told, EditConflict)
    assert [(one.theirs, one.mine) for one in told.cells] == [(12, 13)]
    with unit_of_work(engine, writes=False) as session:
        assert session.scalars(select(t.Result.value)).all() == [12]


def test_of_two_who_save_one_draft_the_second_is_told(engine: Engine) -> None:
    put(engine, worlds.ASH, SubmissionStatus.DRAFT, worlds.ASH_OFFICER)
    first = saves(worlds.ASH_OFFICER, "30", 1)
    _done, second = meanwhile(engine, first, saves(worlds.ASH_COLLEAGUE, "31", 1))
    assert isinstance(second.exception(), EditConflict)


def test_a_double_click_that_arrives_twice_at_once_sends_once(engine: Engine) -> None:
    put(engine, worlds.ASH, SubmissionStatus.DRAFT, worlds.ASH_OFFICER)

    def send(session: Session) -> Receipt:
        return submit(session, writer(worlds.ASH_OFFICER), "ash", "quarterly", PERIOD, 1, LATER)

    first, second = meanwhile(engine, send, send)
    assert second.result() == first
    assert first.filled == len(QUARTER)
    sent = select(func.count()).select_from(t.AuditLine).where(t.AuditLine.action == "submission.send")
    with unit_of_work(engine, writes=False) as session:
        assert session.scalar(sent) == 1
