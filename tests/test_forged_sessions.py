"""Sessions, tokens, headers and ways back that are not what they say they are."""

from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask
from hypothesis import example, given
from hypothesis import strategies as st
from sqlalchemy import Engine, select

from data import clock
from data import tables as t
from data.accounts import keep
from data.db import unit_of_work
from data.scope import Grant, Reach, Scope
from portal.app import dash_of
from portal.routes.local import local_path
from tests import worlds
from tests.dash_client import CALLBACKS, Reader, body_of, key_of, portal_on
from tests.factories import PASSWORD, a_small_world, an_account, make_passwords_cheap
from tests.forged_requests import ROUTER
from tests.worlds import ASH_OFFICER, MERGED_HEAD, NATION, NOW, TODAY

ON_SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
HERE, ELSEWHERE = "https://portal.example", "elsewhere.example"
ADMINISTRATION = Scope(worlds.MINISTRY_ADMIN.id, frozenset({Grant(NATION, frozenset({Reach.SUBTREE}))}))


@pytest.fixture(autouse=True)
def stopped_clock() -> Iterator[None]:
    """The third quarter of 2026 is over, whatever the day."""
    with clock.stopped_at(NOW):
        yield


@pytest.fixture
def app(engine: Engine) -> Flask:
    """The portal on the small world."""
    return portal_on(a_small_world(engine))


def router_body(reader: Reader) -> dict[str, object]:
    return body_of(reader.dash, key_of(reader.dash, ROUTER), ["/help", ""])


def posts(app: Flask) -> list[str]:
    """Every address that takes a POST, from the application's own map."""
    rules = [rule for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())]
    found = [rule.build(dict.fromkeys(rule.arguments, "vi")) for rule in rules]
    return sorted(built[1] for built in found if built)


@ON_SQLITE
def test_no_address_takes_a_post_without_a_token_or_with_anothers(app: Flask) -> None:
    ash, head = Reader(app, ASH_OFFICER.id), Reader(app, MERGED_HEAD.id)
    ash.get("/")
    foreign = head.token()
    addresses = posts(app)
    assert {"/login", "/logout", "/account/password", "/language/vi", "/documents/vi", CALLBACKS} <= set(addresses)
    for address in addresses:
        for token in ("", "x", foreign):
            if address == CALLBACKS:
                answer = ash.http.post(address, json=router_body(ash), headers={"X-CSRFToken": token})
            else:
                answer = ash.http.post(address, data={"csrf_token": token, "text": "x", "old": "x", "new": "x"})
            assert answer.status_code == 400, (address, token)
    assert ash.get("/account").status_code == 200


@ON_SQLITE
def test_a_method_in_disguise_is_the_method_that_was_sent(app: Flask) -> None:
    ash = Reader(app, ASH_OFFICER.id)
    for headers in ({"X-HTTP-Method-Override": "POST"}, {"X-HTTP-Method": "POST"}):
        assert ash.get("/logout", headers=headers).status_code in {404, 405}
        assert ash.get("/documents/plan-2025?_method=POST", headers=headers).status_code in {404, 405}
    for method in ("PUT", "PATCH", "DELETE", "TRACE"):
        assert ash.http.open("/export/comparison.csv", method=method).status_code in {400, 405}
    assert ash.get("/account").status_code == 200


@ON_SQLITE
def test_a_cookie_that_was_tampered_with_is_nobody(app: Flask) -> None:
    ash = Reader(app, ASH_OFFICER.id)
    ash.get("/")
    cookie = ash.http.get_cookie("portal")
    assert cookie is not None
    for forged in (
        cookie.value[:-2],
        f"x{cookie.value}",
        cookie.value.split(".")[0],
        "",
        "a.b.c",
        "\u0661.-",
        "é" * 300,
    ):
        thief = Reader(app)
        thief.http.set_cookie("portal", forged)
        thief.http.set_cookie("remember_token", f"{ASH_OFFICER.id}.-|{'0' * 128}")
        assert thief.get("/help").status_code == 303


@ON_SQLITE
@pytest.mark.parametrize("identity", ["221", "221.", "221.x", ".-", "-221.-", "221.-.-", "٢٢١.x", "1 OR 1.-"])
def test_a_session_with_another_stamp_or_no_account_is_nobody(app: Flask, identity: str) -> None:
    account, _dot, stamp = identity.partition(".")
    thief = Reader(app)
    with thief.http.session_transaction() as cookie:
        cookie["_user_id"] = identity
    assert (account, stamp) != (str(ASH_OFFICER.id), "-")
    assert thief.get("/help").status_code == 303


def test_a_password_that_changes_or_an_account_that_closes_ends_what_is_open_elsewhere(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_passwords_cheap(monkeypatch)
    engine: Engine = app.extensions["portal_engine"]
    number = an_account(engine, "two.desks", *ASH_OFFICER.roles)
    desk, other = Reader(app, number), Reader(app, number)
    body = router_body(other)
    assert other.send(body).status_code == 200
    changed = desk.post("/account/password", {"old": PASSWORD, "new": "mưa trên đồi chè", "again": "mưa trên đồi chè"})
    assert changed.status_code == 303
    refused = other.send(body)
    assert (refused.status_code, list(refused.get_json())) == (401, ["message"])
    assert desk.get("/help").status_code == 200
    with unit_of_work(engine) as session:
        keep.close_account(session, ADMINISTRATION, "two.desks", TODAY, NOW)
    assert desk.send(body).status_code == 401
    assert desk.get("/export/comparison.csv").status_code == 303
    with unit_of_work(engine, writes=False) as session:
        actions = session.scalars(select(t.AuditLine.action).order_by(t.AuditLine.id)).all()
    assert actions == ["account:change_password", "account:close"]


@ON_SQLITE
def test_no_answer_repeats_the_host_that_a_request_named(app: Flask) -> None:
    headers = {
        "Host": ELSEWHERE,
        "X-Forwarded-Host": ELSEWHERE,
        "X-Forwarded-For": "1.2.3.4",
        "Forwarded": f"host={ELSEWHERE}",
    }
    for reader in (Reader(app), Reader(app, ASH_OFFICER.id)):
        for path in ("/", "/login", "/help", "/nope", "/_dash-layout", "/export/comparison.csv", "/login?next=/review"):
            with reader.get(path, headers=headers) as answer:
                assert ELSEWHERE not in answer.get_data(as_text=True), path
                assert ELSEWHERE not in str(answer.headers), path


@ON_SQLITE
def test_a_header_does_not_move_the_desk_that_is_throttled(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    make_passwords_cheap(monkeypatch)
    statuses = []
    for attempt in range(7):
        door = Reader(app)
        form = {"csrf_token": door.token(), "username": "ash.officer", "password": "wrong"}
        statuses.append(
            door.http.post("/login", data=form, headers={"X-Forwarded-For": f"10.9.8.{attempt}"}).status_code
        )
    assert statuses[-1] == 429


@given(st.text(max_size=40) | st.from_regex(r"[/\\]{1,3}[a-z@:.?#%\\/\t ]{0,20}", fullmatch=True))
@example("//elsewhere.example")
@example("/\\elsewhere.example")
@example("/\t/elsewhere.example")
@example("/..//elsewhere.example")
@example("https:elsewhere.example")
@example("/%2f/elsewhere.example")
@example("/login?next=//elsewhere.example")
def test_the_way_back_never_leaves_the_portal(asked: str) -> None:
    led = local_path(asked)
    # As browsers read it: a backslash is a slash, and control characters are not there.
    read = "".join(letter for letter in led.replace("\\", "/") if letter.isprintable())
    there = urlsplit(urljoin(f"{HERE}/login", read))
    assert (there.scheme, there.netloc) == ("https", "portal.example")
    assert there.path not in {"/login", "/logout"}


@ON_SQLITE
@pytest.mark.parametrize(
    "asked", ["//elsewhere.example", "/\\elsewhere.example", "https://elsewhere.example/", "/logout"]
)
def test_nobody_is_led_elsewhere_after_signing_in_changing_language_or_attaching(
    app: Flask, asked: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_passwords_cheap(monkeypatch)
    engine: Engine = app.extensions["portal_engine"]
    an_account(engine, "door.user", *MERGED_HEAD.roles)
    door = Reader(app)
    answers = [door.post("/login", {"username": "door.user", "password": PASSWORD, "next": asked})]
    head = Reader(app, MERGED_HEAD.id)
    answers += [
        head.post("/language/en", {"next": asked}),
        head.post("/documents/plan-2025", {"text": "x", "next": asked}),
    ]
    assert [(answer.status_code, answer.location) for answer in answers] == [(303, "/")] * 3


@ON_SQLITE
def test_what_is_not_signed_in_learns_of_no_callback_and_no_page(app: Flask) -> None:
    nobody, dash = Reader(app), dash_of(app)
    for key in [*dash.callback_map, "strange.children"]:
        known = nobody.send({"output": key})
        assert (known.status_code, list(known.get_json())) == (401, ["message"])
    places = {nobody.get(path).location for path in ("/submit", "/no-such-page")}
    assert places == {"/login?next=%2Fsubmit", "/login?next=%2Fno-such-page"}
