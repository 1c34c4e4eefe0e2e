"""The pages on which reports are decided: what waits for whom, what the reviewer sees, and what a decision leaves."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import Engine, select

from data import clock
from data import tables as t
from data.db import unit_of_work
from data.kinds import SubmissionStatus
from tests.counting import queries
from tests.dash_client import Reader, answer_of, portal_on
from tests.factories import a_small_world
from tests.form_client import NUMBERS, FormPage
from tests.page_tree import ROUTER, classed, components, content_of, find, links, said
from tests.world_catalogue import QUARTER
from tests.world_reports import PLAN_REPORT, put_report
from tests.worlds import (
    ASH,
    ASH_OFFICER,
    BAY,
    BAY_OFFICER,
    DALE,
    DALE_OFFICER,
    MERGED,
    MERGED_HEAD,
    MINISTRY_REVIEWER,
    MINISTRY_VIEWER,
    NORTH,
    NOW,
    OTHER_HEAD,
    Person,
)

APPROVE, SEND_BACK = "callbacks.review.approve", "callbacks.review.send_back"
PERIOD = "2026Q3"
# What the list and one report ask, the header with its count included.
LIST, REPORT = 6, 14


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with clock.stopped_at(NOW):
        yield


@pytest.fixture
def app(engine: Engine) -> Flask:
    """The portal on the small world."""
    return portal_on(a_small_world(engine))


def sent(engine: Engine, unit: int = ASH, by: Person = ASH_OFFICER, period: str = PERIOD, **more: int) -> int:
    waits = SubmissionStatus.SUBMITTED
    with unit_of_work(engine) as session:
        return put_report(session, unit, "quarterly", period, QUARTER | more, status=waits, by=by)


def statuses(engine: Engine) -> list[SubmissionStatus]:
    with unit_of_work(engine, writes=False) as session:
        return list(session.scalars(select(t.Revision.status).order_by(t.Revision.id)))


def test_the_reviewer_sees_what_waits_for_their_unit_and_nobody_elses(app: Flask, engine: Engine) -> None:
    ours, theirs = sent(engine), sent(engine, DALE, DALE_OFFICER)
    tree = content_of(Reader(app, MERGED_HEAD.id), "/review")
    assert links(tree) == [f"/review?revision={ours}"]
    assert "Xã An Bình · Biểu quarterly · Quý III/2026gửi 21/11/2026 10:00 (Ash.Officer) · gửi muộn" in said(tree)
    assert links(content_of(Reader(app, OTHER_HEAD.id), "/review")) == [f"/review?revision={theirs}"]


def test_an_empty_list_says_so(app: Flask) -> None:
    assert "Không có báo cáo nào chờ duyệt." in said(content_of(Reader(app, MINISTRY_REVIEWER.id), "/review"))


def test_the_report_is_shown_as_it_was_sent_with_its_reasons_and_nothing_to_type_into(app: Flask) -> None:
    page = FormPage(app, ASH_OFFICER)
    page.save({"births_third_plus": "Hai gia đình sinh ba"}, **NUMBERS | {"births_third_plus": "38"})
    page.send()
    [address] = links(content_of(Reader(app, MERGED_HEAD.id), "/review"))
    tree = content_of(Reader(app, MERGED_HEAD.id), "/review", revision=address.partition("=")[2])
    assert "nằm ngoài khoảng thường gặp (0 – 40). Hãy ghi lý do.Lý do: Hai gia đình sinh ba" in said(tree)
    assert "Bất thường, đã có lý do: 1" in said(find(tree, "review-decide"))
    assert [one for one in components(tree) if "submission-" in str(one.get("id"))] == []


def test_a_warning_that_nobody_explained_is_counted_for_the_reviewer(app: Flask, engine: Engine) -> None:
    revision = sent(engine, births_third_plus=38)
    tree = content_of(Reader(app, MERGED_HEAD.id), "/review", revision=str(revision))
    assert "Ghi chú chưa có lý do: 1" in said(find(tree, "review-decide"))


def test_what_changed_since_the_version_before_is_marked(app: Flask, engine: Engine) -> None:
    with unit_of_work(engine) as session:
        put_report(session, ASH, "quarterly", PERIOD, status=SubmissionStatus.RETURNED)
    revision = sent(engine, deaths=13)
    tree = content_of(Reader(app, MERGED_HEAD.id), "/review", revision=str(revision))
    assert "Số ô khác bản trước: 1" in said(tree)
    assert "13trước: 12" in said(tree)


def test_an_approval_says_so_and_takes_the_place_of_the_buttons(app: Flask, engine: Engine) -> None:
    revision = sent(engine)
    decided = answer_of(Reader(app, MERGED_HEAD.id).call(APPROVE, 1, revision))
    assert "Xã An Bình · Biểu quarterly · Quý III/2026Đã duyệt." in said(decided["review-outcome"]).replace("● ", "")
    assert said(decided["review-decide"]) == "Kết quả duyệt● Đã duyệt"
    assert statuses(engine) == [SubmissionStatus.APPROVED]
    again = content_of(Reader(app, MERGED_HEAD.id), "/review", revision=str(revision))
    assert "Quyết định lúc 21/11/2026 10:00: Tỉnh Sông Bắc" in said(again)
    assert not [one for one in components(again) if one.get("id") == "review-approve"]


def test_a_second_click_is_told_what_the_first_one_did(app: Flask, engine: Engine) -> None:
    revision, reader = sent(engine), Reader(app, MERGED_HEAD.id)
    assert reader.call(APPROVE, 1, revision).status_code == 200
    for again in (reader.call(APPROVE, 2, revision), reader.call(SEND_BACK, 1, revision, "Nhầm")):
        message = again.get_json()["message"]
        assert (again.status_code, message) == (409, "Báo cáo đã được duyệt lúc 21/11/2026 10:00. Chưa có gì thay đổi.")
    assert statuses(engine) == [SubmissionStatus.APPROVED]


@pytest.mark.parametrize("reason", [None, "", "   \n", 7, ["vì"]])
def test_nothing_is_returned_without_a_reason(app: Flask, engine: Engine, reason: object) -> None:
    revision = sent(engine)
    refused = Reader(app, MERGED_HEAD.id).call(SEND_BACK, 1, revision, reason)
    assert (refused.status_code, refused.get_json()["message"]) == (
        422,
        "Hãy ghi lý do trả lại: người nhập đọc lý do này ngay cạnh biểu.",
    )
    assert statuses(engine) == [SubmissionStatus.SUBMITTED]


def test_a_reason_too_long_is_refused_and_nothing_is_returned(app: Flask, engine: Engine) -> None:
    refused = Reader(app, MERGED_HEAD.id).call(SEND_BACK, 1, sent(engine), "x" * 2001)
    assert (refused.status_code, "dài quá 2.000 ký tự" in refused.get_json()["message"]) == (422, True)
    assert statuses(engine) == [SubmissionStatus.SUBMITTED]


@pytest.mark.parametrize(
    ("stranger", "status"),
    [(OTHER_HEAD, 404), (MINISTRY_REVIEWER, 404), (MINISTRY_VIEWER, 403), (ASH_OFFICER, 403), (BAY_OFFICER, 403)],
    ids=lambda one: getattr(one, "username", one),
)
def test_only_the_parent_decides(app: Flask, engine: Engine, stranger: Person, status: int) -> None:
    revision, reader = sent(engine), Reader(app, stranger.id)
    assert reader.call(APPROVE, 1, revision).status_code == status
    assert reader.call(SEND_BACK, 1, revision, "Không đúng").status_code == status
    assert reader.call(ROUTER, "/review", f"?revision={revision}").status_code == status
    assert statuses(engine) == [SubmissionStatus.SUBMITTED]


def test_who_worked_on_a_report_sees_it_and_cannot_decide(app: Flask, engine: Engine) -> None:
    revision = sent(engine, by=MERGED_HEAD)
    tree = content_of(Reader(app, MERGED_HEAD.id), "/review")
    assert "bạn đã nhập hoặc gửi báo cáo này: người khác duyệt" in said(tree)
    shown = content_of(Reader(app, MERGED_HEAD.id), "/review", revision=str(revision))
    assert "Bạn đã nhập hoặc gửi báo cáo này nên người khác sẽ duyệt." in said(find(shown, "review-decide"))
    assert Reader(app, MERGED_HEAD.id).call(APPROVE, 1, revision).status_code == 403


def test_the_ministry_decides_on_the_plan_report_of_an_old_area(app: Flask, engine: Engine) -> None:
    waits = SubmissionStatus.SUBMITTED
    with unit_of_work(engine) as session:
        put_report(session, NORTH, "plan", "2025-11M", PLAN_REPORT, status=waits, reporter_id=MERGED, by=MERGED_HEAD)
    tree = content_of(Reader(app, MINISTRY_REVIEWER.id), "/review")
    assert "địa bàn cũ, do Tỉnh Sông Bắc báo cáo" in said(tree)
    assert len(classed(tree, "due")) + len(classed(tree, "late")) == 1


def test_the_header_counts_what_waits(app: Flask, engine: Engine) -> None:
    sent(engine)
    sent(engine, BAY, BAY_OFFICER)
    header = answer_of(Reader(app, MERGED_HEAD.id).call(ROUTER, "/help", ""))["shell-header"]
    assert "Duyệt 2 2 việc đang chờ" in said(header)


def test_the_pages_ask_a_fixed_number_of_questions(app: Flask, engine: Engine) -> None:
    reader, revision = Reader(app, MERGED_HEAD.id), sent(engine)
    content_of(reader, "/review")
    counts = []
    for unit, by in ((BAY, BAY_OFFICER), (ASH, ASH_OFFICER), (DALE, DALE_OFFICER)):
        with queries(engine) as listed:
            content_of(reader, "/review")
        with queries(engine) as opened:
            content_of(reader, "/review", revision=str(revision))
        counts.append((len(listed), len(opened)))
        sent(engine, unit, by, "2026Q2")
    assert counts == [(LIST, REPORT)] * 3
