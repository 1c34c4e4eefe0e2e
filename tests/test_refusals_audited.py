"""The audit trail about refusals: the first one always, and never so many that they could fill a disk."""

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import Engine, select

from auth import login
from data import clock
from data import tables as t
from data.db import unit_of_work
from tests.dash_client import Reader, portal_on
from tests.factories import a_small_world
from tests.page_tree import ROUTER
from tests.worlds import ASH_OFFICER, BAY_OFFICER, MERGED_HEAD, MINISTRY_VIEWER, NOW, SOUTH_HEAD

APPROVE = "callbacks.review.approve"


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with clock.stopped_at(NOW):
        yield


@pytest.fixture
def app(engine: Engine) -> Flask:
    """The portal on the small world."""
    return portal_on(a_small_world(engine))


def lines(app: Flask) -> list[tuple[int | None, str]]:
    """Who was refused what, in the order of the trail."""
    a = t.AuditLine
    query = select(a.account_id, a.detail).where(a.action == "refused").order_by(a.id)
    with unit_of_work(app.extensions[login.ENGINE], writes=False) as session:
        return [(account, json.loads(detail or "")["what"]) for account, detail in session.execute(query)]


def test_a_script_that_knocks_all_the_time_leaves_one_line_an_hour(app: Flask) -> None:
    reader = Reader(app, ASH_OFFICER.id)
    for minute in range(0, 120, 10):
        with clock.stopped_at(NOW + timedelta(minutes=minute)):
            assert reader.get(f"/review?revision={minute}").status_code == 403
            assert reader.call(ROUTER, "/review", f"?revision={minute}").status_code == 403
            assert reader.call(APPROVE, 1, minute).status_code == 403
    assert lines(app) == [(ASH_OFFICER.id, "submission:review")] * 2


def test_each_account_and_each_permission_has_its_own_first_line(app: Flask) -> None:
    for person in (ASH_OFFICER, BAY_OFFICER, ASH_OFFICER):
        assert Reader(app, person.id).get("/review").status_code == 403
    assert Reader(app, MINISTRY_VIEWER.id).get("/submit").status_code == 403
    assert Reader(app, MINISTRY_VIEWER.id).get("/review").status_code == 403
    assert lines(app) == [
        (ASH_OFFICER.id, "submission:review"),
        (BAY_OFFICER.id, "submission:review"),
        (MINISTRY_VIEWER.id, "submission:write"),
        (MINISTRY_VIEWER.id, "submission:review"),
    ]


def test_a_refusal_that_is_not_about_a_permission_is_told_by_what_answered(app: Flask) -> None:
    reader = Reader(app, SOUTH_HEAD.id)
    for period in ("2026Q3", "2026Q2", "2026Q1"):
        asked = f"?unit=south&form=quarterly&period={period}"
        assert reader.call(ROUTER, "/submit", asked).status_code == 403
    [(account, what)] = lines(app)
    assert account == SOUTH_HEAD.id
    assert "shell-content.children" in what


def test_who_is_let_in_or_finds_nothing_leaves_no_line(app: Flask) -> None:
    reader = Reader(app, MERGED_HEAD.id)
    assert reader.get("/review").status_code == 200
    assert reader.get("/no-such-page").status_code == 404
    assert Reader(app).get("/review").status_code == 303
    assert lines(app) == []
