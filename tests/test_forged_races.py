"""Two requests at the same moment, over HTTP and on PostgreSQL: nothing happens twice, and nothing in between."""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from threading import Barrier
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, func, select

from data import clock
from data import tables as t
from data.db import unit_of_work
from data.kinds import SubmissionStatus
from data.rollups import rebuild
from tests import worlds
from tests.dash_client import Reader, portal_on
from tests.factories import a_small_world
from tests.world_catalogue import QUARTER
from tests.world_reports import put_report
from tests.worlds import ASH, ASH_COLLEAGUE, ASH_OFFICER, BAY, CEDAR, MERGED_DEPUTY, MERGED_HEAD, NOW, Person

pytestmark = [pytest.mark.postgres, pytest.mark.parametrize("database", ["postgresql"], indirect=True)]
WORK, APPROVE, RETURN = "callbacks.submission.work", "callbacks.review.approve", "callbacks.review.send_back"
PERIOD = "2026Q3"
TIMES = range(4)
Call = Callable[[], int]


@pytest.fixture(autouse=True)
def stopped_clock() -> Iterator[None]:
    """The third quarter of 2026 is over, whatever the day."""
    with clock.stopped_at(NOW):
        yield


@pytest.fixture
def app(engine: Engine) -> Flask:
    """The portal on the small world."""
    return portal_on(a_small_world(engine))


def at_once(*calls: Call) -> list[int]:
    """The statuses of calls that begin at the same moment, in their order."""
    gate = Barrier(len(calls))

    def begin(call: Call) -> int:
        gate.wait()
        return call()

    with ThreadPoolExecutor(len(calls)) as pool:
        # The clock stands still for each of them as it does for the test.
        waiting = [pool.submit(copy_context().run, begin, call) for call in calls]
        return [one.result(timeout=30) for one in waiting]


def does(app: Flask, person: Person, handler: str, *values: Any) -> Call:
    reader = Reader(app, person.id)
    reader.get("/help")
    return lambda: reader.call(handler, *values).status_code


def box(intent: str, version: int, unit: str = "ash", **typed: int) -> dict[str, object]:
    cells = {f"{key}@{PERIOD}": str(value) for key, value in typed.items()}
    return {
        "intent": intent, "unit": unit, "form": "quarterly", "period": PERIOD, "version": version, "number": 1,
        "typed": cells, "notes": {}, "seen": {}, "standing": None,
    }  # fmt: skip


def put(app: Flask, unit: int, status: SubmissionStatus, by: Person) -> int:
    with unit_of_work(app.extensions["portal_engine"]) as session:
        return put_report(session, unit, "quarterly", PERIOD, status=status, by=by)


def actions(app: Flask) -> Counter[str]:
    with unit_of_work(app.extensions["portal_engine"], writes=False) as session:
        return Counter(session.scalars(select(t.AuditLine.action)))


def state(app: Flask) -> list[tuple[SubmissionStatus, bool]]:
    r = t.Revision
    with unit_of_work(app.extensions["portal_engine"], writes=False) as session:
        return [(row.status, row.in_force) for row in session.scalars(select(r).order_by(r.id))]


def test_of_two_reviewers_who_approve_at_once_one_decides(app: Flask) -> None:
    number = put(app, ASH, SubmissionStatus.SUBMITTED, ASH_OFFICER)
    people = (MERGED_HEAD, MERGED_DEPUTY, MERGED_HEAD, MERGED_DEPUTY)
    statuses = at_once(*(does(app, person, APPROVE, 1, number) for person in people))
    assert sorted(statuses) == [200, 409, 409, 409]
    assert actions(app)["submission.approve"] == 1
    assert state(app) == [(SubmissionStatus.APPROVED, True)]


def test_a_report_that_is_approved_and_returned_at_once_is_one_of_both(app: Flask) -> None:
    for unit, by in ((ASH, ASH_OFFICER), (BAY, worlds.BAY_OFFICER), (CEDAR, worlds.CEDAR_OFFICER)):
        number = put(app, unit, SubmissionStatus.SUBMITTED, by)
        statuses = at_once(
            does(app, MERGED_HEAD, APPROVE, 1, number), does(app, MERGED_DEPUTY, RETURN, 1, number, "Không khớp")
        )
        assert sorted(statuses) == [200, 409]
    done = actions(app)
    assert done["submission.approve"] + done["submission.return"] == 3
    assert all(in_force == (status is SubmissionStatus.APPROVED) for status, in_force in state(app))


def test_a_double_click_sends_once_whoever_clicks(app: Flask) -> None:
    put(app, ASH, SubmissionStatus.DRAFT, ASH_OFFICER)
    people = (ASH_OFFICER, ASH_OFFICER, ASH_COLLEAGUE, ASH_COLLEAGUE)
    statuses = at_once(*(does(app, person, WORK, box("send", 1), [], []) for person in people))
    assert statuses == [200] * 4
    assert actions(app)["submission.send"] == 1
    assert state(app) == [(SubmissionStatus.SUBMITTED, False)]


def test_what_is_saved_while_it_is_sent_is_in_the_seal_or_refused(app: Flask) -> None:
    engine: Engine = app.extensions["portal_engine"]
    put(app, ASH, SubmissionStatus.DRAFT, ASH_OFFICER)
    sent, saved = at_once(
        does(app, ASH_OFFICER, WORK, box("send", 1), [], []),
        does(app, ASH_COLLEAGUE, WORK, box("save", 1, deaths=13), [], []),
    )
    assert sent == 200
    with unit_of_work(engine, writes=False) as session:
        deaths = select(t.Result.value).join(t.DataElement).where(t.DataElement.key == "deaths")
        value, status = session.scalars(deaths).one(), session.scalars(select(t.Revision.status)).one()
    assert (saved, value, status) in {
        (409, QUARTER["deaths"], SubmissionStatus.SUBMITTED),  # sent first
        (200, 13, SubmissionStatus.DRAFT),  # saved first: who sends is told, and looks again
        (200, 13, SubmissionStatus.SUBMITTED),
    }


def test_of_a_parent_and_a_child_who_begin_at_once_one_begins(app: Flask) -> None:
    child, parent = at_once(
        does(app, ASH_OFFICER, WORK, box("save", 0, deaths=11), [], []),
        does(app, MERGED_HEAD, WORK, box("save", 0, deaths=12), [], []),
    )
    engine: Engine = app.extensions["portal_engine"]
    with unit_of_work(engine, writes=False) as session:
        revisions = session.execute(select(t.Revision.entered_for, t.Revision.edited_by_id)).all()
        values = session.scalars(select(t.Result.value)).all()
    assert len(revisions) == len(values) == 1
    if revisions[0].entered_for:
        assert (parent, values) == (200, [12])
    else:
        assert (child, parent, values) == (200, 409, [11])


def test_every_approval_beneath_one_province_ends_up_in_its_sum(app: Flask) -> None:
    engine: Engine = app.extensions["portal_engine"]
    numbers = [
        put(app, unit, SubmissionStatus.SUBMITTED, by)
        for unit, by in ((ASH, ASH_OFFICER), (BAY, worlds.BAY_OFFICER), (CEDAR, worlds.CEDAR_OFFICER))
    ]
    people = (MERGED_HEAD, MERGED_DEPUTY, MERGED_HEAD)
    calls = [does(app, person, APPROVE, 1, number) for person, number in zip(people, numbers, strict=True)]
    assert at_once(*calls) == [200, 200, 200]
    r = t.Rollup
    columns = (r.unit_id, r.definition_id, r.period, r.numerator, r.denominator, r.counted, r.expected)
    with unit_of_work(engine) as session:
        found = session.execute(select(*columns).order_by(*columns)).all()
        rebuild(session, NOW)
        assert found == session.execute(select(*columns).order_by(*columns)).all()
        assert session.scalar(select(func.count()).select_from(r).where(r.unit_id == worlds.MERGED, r.counted == 3))


def test_readers_who_ask_while_others_decide_see_all_of_an_approval_or_nothing(app: Flask) -> None:
    number = put(app, ASH, SubmissionStatus.SUBMITTED, ASH_OFFICER)
    viewer = Reader(app, worlds.MINISTRY_VIEWER.id)
    query = f"period={PERIOD}&level=commune&within=merged&definitions=srb"
    seen: list[tuple[bool, bool]] = []

    def look() -> int:
        for _ in TIMES:
            answer = viewer.get(f"/export/comparison.csv?{query}")
            lines = {line.split(";")[0]: line for line in answer.get_data(as_text=True).splitlines()}
            seen.append(("110,52" in lines["ash"], "110,52" in lines["merged"]))
        return 200

    assert at_once(look, does(app, MERGED_HEAD, APPROVE, 1, number)) == [200, 200]
    look()
    assert set(seen) <= {(True, True), (False, False)}
    assert seen[-1] == (True, True)
