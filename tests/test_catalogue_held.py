"""Who changes targets or units, and who decides by them, at the same moment on PostgreSQL: one waits for the other."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from time import monotonic, sleep

import pytest
from flask import Flask
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from data import clock
from data.db import unit_of_work
from data.kinds import SubmissionStatus
from data.snapshot import hold_catalogue, share_catalogue
from data.submissions.review import approve
from tests.dash_client import Reader, portal_on
from tests.factories import a_small_world
from tests.world_reports import put_report
from tests.world_set_target import MADE, SAVE, saved, values
from tests.worlds import ASH, ASH_OFFICER, MERGED_DEPUTY, MERGED_HEAD, NOW, reviewer

pytestmark = [pytest.mark.postgres, pytest.mark.parametrize("database", ["postgresql"], indirect=True)]
APPROVE = "callbacks.review.approve"
WAITING = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
PATIENCE = 20


@pytest.fixture(autouse=True)
def stopped_clock() -> Iterator[None]:
    with clock.stopped_at(NOW):
        yield


@pytest.fixture
def app(engine: Engine) -> Flask:
    return portal_on(a_small_world(engine))


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(1) as pool:
        yield pool


def wait_until_one_waits(session: Session, other: Future[int]) -> None:
    """Until another transaction stands before a lock; fails where it does not stop."""
    last = monotonic() + PATIENCE
    while not session.scalar(WAITING):
        assert not other.done(), f"it did not wait: {other.result()}"
        assert monotonic() < last, "nobody waits"
        sleep(0.02)


def beginning(pool: ThreadPoolExecutor, reader: Reader, handler: str, *given: object) -> Future[int]:
    """A call that another thread has begun; its status."""
    return pool.submit(copy_context().run, lambda: reader.call(handler, *given).status_code)


def sent(engine: Engine) -> int:
    """The number of a report that waits for its reviewer."""
    with unit_of_work(engine) as session:
        return put_report(session, ASH, "quarterly", "2026Q3", status=SubmissionStatus.SUBMITTED, by=ASH_OFFICER)


def test_a_target_is_not_corrected_while_an_approval_is_about_to_judge_by_it(
    app: Flask, pool: ThreadPoolExecutor
) -> None:
    engine: Engine = app.extensions["portal_engine"]
    head = Reader(app, MERGED_HEAD.id)
    saved(head)
    number = sent(engine)
    right = values({"correct": MADE}, low="58", document="merged-vb-1", reason="Gõ nhầm")
    with unit_of_work(engine) as session:
        approve(session, reviewer(MERGED_DEPUTY), number, NOW)
        correcting = beginning(pool, head, SAVE, 1, *right)
        wait_until_one_waits(session, correcting)
    # What was approved meanwhile has been judged by it.
    assert correcting.result(PATIENCE) == 409


def test_an_approval_waits_for_a_change_of_units_or_targets_that_is_under_way(
    app: Flask, pool: ThreadPoolExecutor
) -> None:
    engine: Engine = app.extensions["portal_engine"]
    number = sent(engine)
    with unit_of_work(engine) as session:
        hold_catalogue(session)
        approving = beginning(pool, Reader(app, MERGED_HEAD.id), APPROVE, 1, number)
        wait_until_one_waits(session, approving)
    assert approving.result(PATIENCE) == 200


def test_many_approve_at_a_time(app: Flask) -> None:
    engine: Engine = app.extensions["portal_engine"]
    with unit_of_work(engine) as one, unit_of_work(engine) as other:
        share_catalogue(one)
        other.execute(text("SET LOCAL lock_timeout = '1s'"))
        assert share_catalogue(other) is share_catalogue(one)
