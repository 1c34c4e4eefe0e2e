"""What surrounds every page: addresses, the header, languages, and what the portal says when it says no."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, select

from auth import login
from auth.policy import Permission, allows
from callbacks import guard
from data import tables as t
from data.db import unit_of_work
from data.refusals import Conflict, Forbidden, Invalid, NotFound, Refusal, TooLarge
from data.snapshot import ILLUSTRATIVE
from portal import errors
from portal.app import dash_of
from portal.pages import PAGES
from tests.dash_client import Reader, answer_of, portal_on
from tests.factories import a_small_world
from tests.worlds import (
    ASH_OFFICER,
    MERGED_HEAD,
    MINISTRY_ADMIN,
    MINISTRY_REVIEWER,
    MINISTRY_VIEWER,
    TODAY,
    Person,
    principal_of,
)

ROUTER = "callbacks.shell.show"


@pytest.fixture
def app(engine: Engine) -> Flask:
    """The portal on the small world."""
    return portal_on(a_small_world(engine))


def texts(component: Any) -> Iterator[str]:
    """Every text of a component as it travels to the browser."""
    if isinstance(component, str):
        yield component
    elif isinstance(component, list):
        for one in component:
            yield from texts(one)
    elif isinstance(component, dict):
        yield from texts(component.get("props", {}).get("children"))


def links_of(app: Flask, person: Person, path: str = "/help", nav: int = 1) -> list[str]:
    header = answer_of(Reader(app, person.id).call(ROUTER, path, ""))["shell-header"]["children"]
    return [link["props"]["href"] for one in header[nav : nav + 1] for link in one["props"]["children"]]


def test_the_addresses_of_the_pages_are_these() -> None:
    assert {page.path: page.permission for page in PAGES} == {
        "/": Permission.SELF_KEEP,
        "/submit": Permission.SUBMISSION_WRITE,
        "/carry": Permission.SUBMISSION_WRITE,
        "/form": Permission.RESULT_READ,
        "/review": Permission.SUBMISSION_REVIEW,
        "/compare": Permission.RESULT_COMPARE,
        "/targets": Permission.RESULT_COMPARE,
        "/arrival": Permission.RESULT_COMPARE,
        "/set-target": Permission.TARGET_SET,
        "/assign": Permission.TARGET_SET,
        "/followed": Permission.RESULT_COMPARE,
        "/document": Permission.RESULT_COMPARE,
        "/published": Permission.PUBLISHED_ENTER,
        "/unit": Permission.RESULT_COMPARE,
        "/paths": Permission.RESULT_COMPARE,
        "/groups": Permission.GROUP_KEEP,
        "/changes": Permission.UNIT_CHANGE,
        "/proposals": Permission.ACCOUNT_MANAGE,
        "/help": Permission.SELF_KEEP,
        "/account": Permission.SELF_KEEP,
    }


def test_the_header_shows_the_pages_that_the_roles_open(app: Flask) -> None:
    assert links_of(app, MERGED_HEAD) == ["/", "/submit", "/review", "/compare", "/targets", "/unit", "/help"]
    assert links_of(app, ASH_OFFICER) == ["/", "/submit", "/compare", "/targets", "/unit", "/help"]
    assert links_of(app, MINISTRY_VIEWER) == ["/", "/compare", "/targets", "/unit", "/help"]
    assert links_of(app, MINISTRY_REVIEWER) == ["/", "/review", "/compare", "/targets", "/unit", "/help"]
    assert links_of(app, MINISTRY_ADMIN) == ["/", "/changes", "/help"]


def test_pages_of_one_section_stand_side_by_side(app: Flask) -> None:
    assert links_of(app, ASH_OFFICER, "/targets", 3) == ["/targets", "/arrival", "/paths"]
    setting = ["/targets", "/arrival", "/assign", "/followed", "/published", "/paths"]
    assert links_of(app, MINISTRY_REVIEWER, "/targets", 3) == setting
    assert links_of(app, MERGED_HEAD, "/groups", 3) == ["/unit", "/groups"]
    assert links_of(app, MINISTRY_ADMIN, "/changes", 3) == ["/changes", "/proposals"]
    assert links_of(app, MERGED_HEAD, "/assign", 3) == ["/targets", "/arrival", "/assign", "/followed", "/paths"]
    assert links_of(app, MINISTRY_VIEWER, "/followed", 3) == ["/targets", "/arrival", "/followed", "/paths"]
    assert links_of(app, ASH_OFFICER, "/unit", 3) == []
    assert links_of(app, MERGED_HEAD, "/help", 3) == []


def test_a_page_about_the_units_below_is_offered_to_those_who_have_any(app: Flask) -> None:
    """Whoever follows a link there all the same is told that there are none."""
    assert "/followed" not in links_of(app, ASH_OFFICER, "/followed", 3)
    assert Reader(app, ASH_OFFICER.id).get("/followed").status_code == 200


def test_the_header_says_who_is_signed_in_and_marks_the_page(app: Flask) -> None:
    drawn = answer_of(Reader(app, MERGED_HEAD.id).call(ROUTER, "/help", ""))
    said = list(texts(drawn["shell-header"]["children"]))
    assert "Tỉnh Sông Bắc · cán bộ, người duyệt" in said
    assert "Merged.Head" in said
    links = drawn["shell-header"]["children"][1]["props"]["children"]
    assert [link["props"]["href"] for link in links if link["props"]["className"] == "on"] == ["/help"]
    assert drawn["shell-title"]["data"] == {"title": "Trợ giúp", "path": "/help"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path)
def test_a_page_opens_for_who_has_its_permission_and_for_nobody_else(app: Flask, page: Any) -> None:
    for person in (MERGED_HEAD, ASH_OFFICER, MINISTRY_VIEWER, MINISTRY_ADMIN, MINISTRY_REVIEWER):
        reader = Reader(app, person.id)
        opens = allows(principal_of(person), page.permission, TODAY)
        assert reader.get(page.path).status_code == (200 if opens else 403)
        drawn = reader.call(ROUTER, page.path, "")
        assert drawn.status_code == (200 if opens else 403), drawn.get_data(as_text=True)


@pytest.mark.parametrize("path", ["/nope", "/help/", "/help/more", "/../etc/passwd", "/submit.php", "/%00"])
def test_where_there_is_no_page_the_answer_is_404(app: Flask, path: str) -> None:
    refused = Reader(app, MERGED_HEAD.id).get(path)
    assert refused.status_code == 404
    assert "Không có trang nào ở địa chỉ này." in refused.get_data(as_text=True)
    assert Reader(app, MERGED_HEAD.id).call(ROUTER, path, "").status_code == 404


def test_the_document_speaks_the_language_of_the_reader(app: Flask) -> None:
    reader = Reader(app, MERGED_HEAD.id)
    vietnamese = reader.get("/help").get_data(as_text=True)
    assert '<html lang="vi">' in vietnamese
    assert "Đăng nhập ở thẻ mới" in vietnamese
    chosen = reader.post("/language/en", {"next": "/help"})
    assert (chosen.status_code, chosen.location) == (303, "/help")
    english = reader.get("/help").get_data(as_text=True)
    assert '<html lang="en">' in english
    assert "Sign in in a new tab" in english
    assert "Not found" in reader.get("/nope").get_data(as_text=True)
    # Kept with the account, so that it holds on another machine too.
    assert '<html lang="en">' in Reader(app, MERGED_HEAD.id).get("/").get_data(as_text=True)


def test_the_door_speaks_vietnamese_until_somebody_chooses_english(app: Flask) -> None:
    reader = Reader(app)
    assert "Đăng nhập" in reader.get("/login").get_data(as_text=True)
    assert reader.post("/language/en", {"next": "/login"}).location == "/login"
    assert "Sign in" in reader.get("/login").get_data(as_text=True)
    assert reader.post("/language/fr", {}).status_code == 404


@pytest.mark.parametrize("illustrative", [True, False])
def test_made_up_results_are_marked_on_the_page(engine: Engine, illustrative: bool) -> None:
    app = portal_on(a_small_world(engine))
    with unit_of_work(engine) as session:
        session.add(t.Fact(name=ILLUSTRATIVE, value="1" if illustrative else "0"))
    content = answer_of(Reader(app, MERGED_HEAD.id).call(ROUTER, "/help", ""))["shell-content"]["children"]
    assert ("số liệu minh hoạ" in list(texts(content))) is illustrative


@pytest.mark.parametrize(
    ("refusal", "status"),
    [(NotFound, 404), (Forbidden, 403), (Invalid, 422), (Conflict, 409), (TooLarge, 413)],
)
def test_a_refusal_of_a_handler_is_a_status_with_its_sentence(
    app: Flask, monkeypatch: pytest.MonkeyPatch, refusal: type[Refusal], status: int
) -> None:
    def refuse(*_values: Any) -> None:
        raise refusal("Chưa gửi được: hãy làm thế này.")

    monkeypatch.setattr("layouts.help.view", refuse)
    refused = Reader(app, MERGED_HEAD.id).call(ROUTER, "/help", "")
    assert (refused.status_code, refused.get_json()) == (status, {"message": "Chưa gửi được: hãy làm thế này."})


def test_a_mistake_of_ours_gets_a_number_and_shows_no_trace(
    app: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_values: Any) -> None:
        raise RuntimeError("the secret inside")

    monkeypatch.setattr("layouts.help.view", fail)
    failed = Reader(app, MERGED_HEAD.id).call(ROUTER, "/help", "")
    message = failed.get_json()["message"]
    number = re.search(r"[0-9a-f]{8}", message)
    assert failed.status_code == 500
    assert number is not None
    assert "secret" not in failed.get_data(as_text=True)
    assert number[0] in caplog.text
    assert "the secret inside" in caplog.text


def test_every_status_of_a_refusal_has_a_number() -> None:
    kinds = {kind for kind in Refusal.__subclasses__() if kind.__module__ == "data.refusals"}
    assert kinds <= set(errors.STATUS)


def test_who_is_refused_leaves_a_line_in_the_audit_trail(app: Flask) -> None:
    assert Reader(app, ASH_OFFICER.id).get("/review").status_code == 403
    with unit_of_work(app.extensions[login.ENGINE], writes=False) as session:
        lines = session.execute(select(t.AuditLine.account_id, t.AuditLine.action, t.AuditLine.detail)).all()
    assert [tuple(line) for line in lines] == [
        (ASH_OFFICER.id, "refused", '{"at": "/review", "what": "submission:review"}')
    ]


def test_the_layout_and_the_document_hold_nothing_of_anybody(app: Flask) -> None:
    ministry, commune = Reader(app, MINISTRY_VIEWER.id), Reader(app, ASH_OFFICER.id)
    assert ministry.get("/_dash-layout").get_data() == commune.get("/_dash-layout").get_data()
    assert "Sông Bắc" not in commune.get("/").get_data(as_text=True)


def test_a_callback_that_the_guard_does_not_know_stops_the_start(app: Flask) -> None:
    dash = dash_of(app)
    dash.callback_map["forgotten.children"] = {}
    try:
        with pytest.raises(guard.UnboundCallbackError, match=r"forgotten\.children"):
            guard.audit_callbacks(dash)
    finally:
        del dash.callback_map["forgotten.children"]
    guard.audit_callbacks(dash)


def test_an_address_that_cannot_be_answered_says_so_with_its_status(app: Flask) -> None:
    reader = Reader(app, MINISTRY_VIEWER.id)
    for address, status in (
        ("/compare?year=20x5", 422),
        ("/compare?year=2025&definitions=nothing", 422),
        ("/compare?year=2025&within=p99", 404),
        ("/targets?unit=p99", 404),
    ):
        answer = reader.get(address)
        assert answer.status_code == status, address
        assert '<div id="refusal" role="alert"\n' in answer.get_data(as_text=True)
    assert reader.get("/help?anything=at+all").status_code == 200


@pytest.mark.parametrize(
    ("address", "status", "sentence"),
    [
        ("/unit?key=dale", 404, "Không có đơn vị này trong phạm vi của bạn."),
        ("/paths?unit=dale", 404, "Không có đơn vị này trong phạm vi của bạn."),
        ("/paths?definition=none", 422, "Không có cột “none”."),
        ("/document?key=none", 404, "Không có văn bản này trong phạm vi của bạn."),
        ("/form?unit=p99&form=yearly&period=2025", 404, "trong phạm vi của bạn."),
    ],
)
def test_nobody_is_left_before_an_empty_page_that_cannot_draw_itself(
    app: Flask, address: str, status: int, sentence: str
) -> None:
    answer = Reader(app, ASH_OFFICER.id).get(address)
    assert answer.status_code == status
    said = answer.get_data(as_text=True)
    assert sentence in said
    assert '<a href="/">Về trang chủ</a>' in said
