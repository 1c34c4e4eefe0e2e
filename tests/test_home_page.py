"""The first page: what is to be done by whom, and where their unit stands."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine

from data import clock
from data.db import unit_of_work
from data.kinds import SubmissionStatus
from tests.counting import queries
from tests.dash_client import Reader, portal_on
from tests.factories import a_small_world
from tests.page_tree import classed, content_of, links, said
from tests.world_reports import put_report
from tests.world_rollups import put_rollup, put_target
from tests.worlds import (
    ASH,
    ASH_OFFICER,
    BAY,
    BAY_OFFICER,
    CEDAR,
    MERGED,
    MERGED_DEPUTY,
    MERGED_HEAD,
    MERGED_LEADER,
    MINISTRY_ADMIN,
    MINISTRY_REVIEWER,
    MINISTRY_VIEWER,
    NOW,
    OTHER,
    SOUTH,
    SOUTH_HEAD,
    Person,
)

PERIOD = "2026Q3"
RETURNED, SUBMITTED = SubmissionStatus.RETURNED, SubmissionStatus.SUBMITTED
# What the page asks for an officer who reviews too, and for a mere reader; the header included.
BUSY, READING = 12, 5


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with clock.stopped_at(NOW):
        yield


@pytest.fixture
def app(engine: Engine) -> Flask:
    """The portal on the small world."""
    return portal_on(a_small_world(engine))


def home(app: Flask, person: Person) -> Any:
    return content_of(Reader(app, person.id), "/")


def put(engine: Engine, unit: int, status: SubmissionStatus, by: Person | None = None) -> None:
    with unit_of_work(engine) as session:
        put_report(session, unit, "quarterly", PERIOD, status=status, by=by)


def results(engine: Engine, unit: int, period: str, screened: int, **more: Any) -> None:
    with unit_of_work(engine) as session:
        put_rollup(session, unit, "prenatal_screening", period, screened, 100, **more)


def test_an_officer_finds_what_is_due_with_the_overdue_in_red(app: Flask) -> None:
    tree = home(app, ASH_OFFICER)
    late = [said(card) for card in classed(tree, "late")]
    assert len(late) == 5
    assert late[-1].startswith("Biểu quarterly · Quý III/2026Xã An Bình · hạn 07/10/2026, quá hạn 45 ngày · Chưa nhập")
    assert "Việc cần làm" in said(tree)
    assert "Xã An Bình · 21/11/2026" in said(tree)


def test_what_came_back_stands_first_with_its_reason(app: Flask, engine: Engine) -> None:
    put(engine, ASH, RETURNED)
    first = classed(home(app, ASH_OFFICER), "todo")[0]["children"][0]["props"]
    assert first["className"] == "back"
    assert "Số liệu chưa khớp" in said(first)


def test_a_reviewer_finds_what_waits_and_a_single_report_at_one_click(app: Flask, engine: Engine) -> None:
    put(engine, ASH, SUBMITTED, ASH_OFFICER)
    one = home(app, MERGED_HEAD)
    assert "Báo cáo chờ duyệt: 1Xã An Bình · gửi muộn: 1" in said(one)
    assert [link for link in links(one) if link.startswith("/review?revision=")]
    put(engine, BAY, SUBMITTED, BAY_OFFICER)
    two = home(app, MERGED_HEAD)
    assert "Báo cáo chờ duyệt: 2Xã An Bình · Xã Bình Minh" in said(two)
    assert "/review" in links(two)


def test_the_children_are_named_until_they_have_sent_and_an_officer_can_enter_for_them(
    app: Flask, engine: Engine
) -> None:
    put(engine, ASH, SubmissionStatus.APPROVED)
    put(engine, BAY, SUBMITTED, BAY_OFFICER)
    [card] = [said(one) for one in classed(home(app, MERGED_HEAD), "late") if "Đã gửi" in said(one)]
    assert card.startswith("Biểu quarterly · Quý III/2026Đã gửi 2/3, đã duyệt 1 · hạn 07/10/2026, quá hạn 45 ngày")
    assert "Chưa gửi: 1 – Xã Cẩm Sơn" in card
    assert "Đã gửi: 2 – Xã Bình Minh (chờ duyệt), Xã An Bình" in card
    ways = links(home(app, MERGED_HEAD))
    assert "/submit?unit=cedar&form=quarterly&period=2026Q3" in ways
    assert "/form?unit=ash&form=quarterly&period=2026Q3" in ways
    with unit_of_work(engine) as session:
        put_report(session, CEDAR, "quarterly", PERIOD)
    assert "Chưa gửi" not in said(home(app, MERGED_HEAD))


def test_before_the_due_day_silence_is_not_red(app: Flask) -> None:
    with clock.stopped_at(NOW.replace(month=10, day=2)):
        tree = home(app, MERGED_DEPUTY)
    [card] = [said(one) for one in classed(tree, "due") if "Đã gửi 0/3" in said(one)]
    assert "hạn 07/10/2026Chưa gửi: 3" in card


def test_the_ministrys_reviewer_enters_for_nobody(app: Flask) -> None:
    tree = home(app, MINISTRY_REVIEWER)
    assert "Chưa gửi: 2 – Tỉnh Núi Xanh, Tỉnh Sông Bắc" in said(tree)
    assert not [link for link in links(tree) if link.startswith("/submit")]


def test_where_plans_print_different_days_the_first_is_said_and_each_beside_its_unit(app: Flask) -> None:
    [card] = [said(one) for one in classed(home(app, MINISTRY_REVIEWER), "late") if "Biểu plan" in said(one)]
    assert "hạn sớm nhất 04/12/2025, quá hạn 352 ngày" in card
    closed = "(đến 30/06/2025)"
    said_of_each = (
        f"Tỉnh Sông Bắc {closed}: hạn 04/12/2025; Huyện Phố Bắc {closed}: không ghi hạn; "
        f"Tỉnh Sông Nam {closed}: không ghi hạn"
    )
    assert f"Chưa gửi: 3 – {said_of_each}" in card


def test_no_card_names_another_provinces_communes(app: Flask, engine: Engine) -> None:
    put(engine, ASH, SUBMITTED, ASH_OFFICER)
    text = said(home(app, MERGED_HEAD))
    assert "Xã Đại Đồng" not in text
    assert "Xã Yên Lập" not in text


def test_the_standing_of_the_unit_stands_beside_its_tasks(app: Flask, engine: Engine) -> None:
    results(engine, MERGED, "2026-9M", 64, counted=2, expected=3)
    with unit_of_work(engine) as session:
        put_target(session, 790, MERGED, "prenatal_screening", 2026, 70)
    [aside] = classed(home(app, MERGED_HEAD), "side")
    assert said(aside).startswith("Chúng ta đang ở đâu9 tháng năm 2026prenatal_screening64,0%▽chậm tiến độ2/3 đơn vị")
    assert links(aside["children"])[0] == "/compare?period=2026-9M"


def test_without_any_result_nothing_is_said_of_the_standing(app: Flask) -> None:
    assert "Chúng ta đang ở đâu" not in said(home(app, MERGED_HEAD))


def test_a_reader_without_tasks_finds_the_standing_and_ways_on(app: Flask, engine: Engine) -> None:
    results(engine, OTHER, "2026-9M", 64)
    results(engine, MERGED, "2026-9M", 66)
    tree = home(app, MINISTRY_VIEWER)
    text = said(tree)
    assert "Tổng quan" in text
    assert "Chúng ta đang ở đâu · 9 tháng năm 2026" in text
    assert "Chỉ tiêu prenatal_screening65,0%" in text
    assert {"/compare", "/compare?programme=468", "/unit?key=vn", "/help"} <= set(links(tree))


def test_a_leader_finds_the_reports_of_the_unit_to_read(app: Flask, engine: Engine) -> None:
    with unit_of_work(engine) as session:
        put_report(session, MERGED, "yearly", "2025")
    found = links(home(app, MERGED_LEADER))
    assert "/form?unit=merged&form=yearly&period=2025" in found
    assert not [link for link in found if link.startswith("/submit")]


def test_a_closed_unit_is_told_that_it_is_closed_and_finds_its_history(app: Flask, engine: Engine) -> None:
    with unit_of_work(engine) as session:
        put_report(session, SOUTH, "yearly", "2024")
        put_rollup(session, SOUTH, "prenatal_screening", "2025-6M", 61, 100)
    tree = home(app, SOUTH_HEAD)
    assert "Đơn vị kết thúc hoạt động sau ngày 30/06/2025." in said(tree)
    assert "/form?unit=south&form=yearly&period=2024" in links(tree)
    assert "6 tháng năm 2025prenatal_screening61,0%" in said(tree)


def test_an_administrator_has_no_tasks_and_sees_no_result(app: Flask, engine: Engine) -> None:
    results(engine, OTHER, "2026-9M", 64)
    results(engine, MERGED, "2026-9M", 66)
    tree = home(app, MINISTRY_ADMIN)
    assert "Không còn việc nào chờ." in said(tree)
    assert "65,0%" not in said(tree)
    assert links(tree) == ["/help"]


def test_the_page_asks_a_fixed_number_of_questions(app: Flask, engine: Engine) -> None:
    head, viewer = Reader(app, MERGED_HEAD.id), Reader(app, MINISTRY_VIEWER.id)
    content_of(head, "/")
    content_of(viewer, "/")
    counts = []
    for number, unit in enumerate((ASH, BAY, CEDAR)):
        put(engine, unit, SUBMITTED)
        results(engine, MERGED, f"202{4 + number}", 60)
        with queries(engine) as busy:
            content_of(head, "/")
        with queries(engine) as reading:
            content_of(viewer, "/")
        counts.append((len(busy), len(reading)))
    assert counts == [(BUSY, READING)] * 3


def test_the_day_is_that_of_vietnam(app: Flask) -> None:
    with clock.stopped_at(NOW.replace(hour=18)):
        assert clock.today() == date(2026, 11, 22)
        assert "22/11/2026" in said(home(app, ASH_OFFICER))
