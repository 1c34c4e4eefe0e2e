"""The door: who comes in, who does not, and what a session is worth."""

from datetime import UTC, datetime, timedelta

import pytest
from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy import Engine, select

from auth import accounts, login, passwords, throttle
from data import clock
from data import tables as t
from data.accounts import keep
from data.db import unit_of_work
from data.kinds import Role
from data.scope import Scope
from data.wording import Language
from portal.routes.local import local_path
from tests.counting import queries
from tests.dash_client import Reader, portal_on
from tests.factories import PASSWORD, a_small_world, an_account, make_passwords_cheap
from tests.worlds import MERGED, MERGED_HEAD, NOW

WRONG = "a wrong password"


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    make_passwords_cheap(monkeypatch)


@pytest.fixture
def app(engine: Engine) -> Flask:
    """The portal on the small world, with one account that can sign in."""
    a_small_world(engine)
    an_account(engine, "lan", (Role.VIEWER, MERGED))
    return portal_on(engine)


def enter(reader: Reader, username: str = "lan", password: str = PASSWORD, **more: str) -> int:
    return reader.post("/login", {"username": username, "password": password, **more}).status_code


def test_the_right_password_opens_the_page_that_was_asked_for(app: Flask) -> None:
    reader = Reader(app)
    asked = reader.get("/help?about=signs")
    assert (asked.status_code, asked.location) == (303, "/login?next=%2Fhelp%3Fabout%3Dsigns")
    assert 'value="/help?about=signs"' in reader.get(asked.location).get_data(as_text=True)
    entered = reader.post("/login", {"username": " LAN ", "password": PASSWORD, "next": "/help?about=signs"})
    assert (entered.status_code, entered.location) == (303, "/help?about=signs")
    assert reader.get("/help").status_code == 200


@pytest.mark.parametrize(
    ("username", "password"), [("lan", WRONG), ("nobody", PASSWORD), ("", ""), ("lan", "x" * 5000)]
)
def test_a_wrong_name_and_a_wrong_password_get_one_answer(app: Flask, username: str, password: str) -> None:
    reader = Reader(app)
    refused = reader.post("/login", {"username": username, "password": password})
    page = refused.get_data(as_text=True)
    assert refused.status_code == 401
    assert "Tên đăng nhập hoặc mật khẩu không đúng." in page
    assert reader.get("/help").status_code == 303


def test_a_refusal_keeps_the_username_and_nothing_of_the_password(app: Flask) -> None:
    page = Reader(app).post("/login", {"username": 'l"an<b>', "password": WRONG}).get_data(as_text=True)
    assert 'value="l&#34;an&lt;b&gt;"' in page
    assert WRONG not in page


def test_the_same_work_is_done_for_a_name_that_nobody_has(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[str | None] = []

    def compare(password_hash: str | None, _password: str) -> bool:
        compared.append(password_hash)
        return False

    monkeypatch.setattr("auth.passwords.password_matches", compare)
    assert enter(Reader(app), "nobody") == 401
    assert compared == [None]


def test_a_closed_account_does_not_sign_in_and_its_sessions_end(app: Flask) -> None:
    reader, engine = Reader(app), app.extensions[login.ENGINE]
    assert enter(reader) == 303
    with unit_of_work(engine) as session:
        account = session.scalars(select(t.Account).where(t.Account.username == "lan")).one()
        account.closed_at = NOW
    assert reader.get("/help").status_code == 303
    assert enter(Reader(app)) == 401


def test_five_failures_at_one_desk_close_it_for_a_while(app: Flask) -> None:
    start = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
    reader = Reader(app)
    for minute in range(throttle.MOST_AT_ONE_DESK):
        with clock.stopped_at(start + timedelta(minutes=minute)):
            assert enter(reader, password=WRONG) == 401
    with clock.stopped_at(start + timedelta(minutes=10)):
        refused = reader.post("/login", {"username": "lan", "password": PASSWORD})
        assert refused.status_code == 429
        # The first failure is forgotten at 10:15 Vietnamese time; the minute after it is certain.
        assert "Hãy thử lại sau 10:16." in refused.get_data(as_text=True)
        assert enter(reader, "somebody.else", WRONG) == 401
    with clock.stopped_at(start + timedelta(minutes=16)):
        assert enter(reader) == 303


def test_success_forgets_the_failures_of_the_desk(app: Flask) -> None:
    reader = Reader(app)
    for _round in range(3):
        for _failure in range(throttle.MOST_AT_ONE_DESK - 1):
            assert enter(reader, password=WRONG) == 401
        assert enter(reader) == 303


def test_one_address_cannot_try_many_names(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(throttle, "MOST_BY_ADDRESS", 4)
    reader = Reader(app)
    assert [enter(reader, f"name{number}", WRONG) for number in range(5)] == [401, 401, 401, 401, 429]


def test_one_name_cannot_be_tried_from_many_addresses(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(throttle, "MOST_BY_NAME", 4)
    engine = app.extensions[login.ENGINE]
    for number in range(4):
        with app.test_request_context(), pytest.raises(accounts.WrongPassword):
            accounts.sign_in(engine, "lan", WRONG, f"10.0.0.{number}")
    with pytest.raises(throttle.TooMany):
        accounts.sign_in(engine, "lan", PASSWORD, "10.0.0.9")


def test_a_sign_in_renews_a_hash_of_lesser_costs(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher())
    assert enter(Reader(app)) == 303
    with unit_of_work(app.extensions[login.ENGINE], writes=False) as session:
        renewed = session.scalars(select(t.Account.password_hash).where(t.Account.username == "lan")).one()
    assert "m=65536" in renewed
    assert enter(Reader(app)) == 303


def test_signing_in_throws_away_what_the_cookie_held(app: Flask) -> None:
    reader = Reader(app)
    token = reader.token()
    with reader.http.session_transaction() as cookie:
        cookie["planted"] = "by somebody else"
        before = cookie["csrf_token"]
    assert (
        reader.http.post("/login", data={"csrf_token": token, "username": "lan", "password": PASSWORD}).status_code
        == 303
    )
    with reader.http.session_transaction() as cookie:
        assert "planted" not in cookie
        assert cookie["csrf_token"] != before


def test_signing_out_ends_the_session(app: Flask) -> None:
    reader = Reader(app, MERGED_HEAD.id)
    assert reader.get("/help").status_code == 200
    assert reader.post("/logout", {}).location == "/login"
    assert reader.get("/help").status_code == 303


def test_a_new_password_ends_the_other_sessions(app: Flask) -> None:
    here, elsewhere = Reader(app), Reader(app)
    assert (enter(here), enter(elsewhere)) == (303, 303)
    new = "một mật khẩu khác"
    changed = here.post("/account/password", {"old": PASSWORD, "new": new, "again": new})
    assert (changed.status_code, changed.location) == (303, "/account?said=changed")
    assert here.get("/help").status_code == 200
    assert elsewhere.get("/help").status_code == 303
    assert (enter(Reader(app)), enter(Reader(app), password=new)) == (401, 303)


@pytest.mark.parametrize(
    ("old", "new", "again"),
    [
        (WRONG, "một mật khẩu khác", "một mật khẩu khác"),
        (PASSWORD, "một mật khẩu khác", "một mật khẩu kia"),
        (PASSWORD, "ngắn", "ngắn"),
        (PASSWORD, "lan lan lan lan", "lan lan lan lan"),
        (PASSWORD, PASSWORD, PASSWORD),
        (PASSWORD, "aaaaaaaaaaaaa", "aaaaaaaaaaaaa"),
    ],
)
def test_a_refused_password_changes_nothing(app: Flask, old: str, new: str, again: str) -> None:
    reader = Reader(app)
    assert enter(reader) == 303
    refused = reader.post("/account/password", {"old": old, "new": new, "again": again})
    assert refused.status_code == 422
    assert 'role="alert"' in refused.get_data(as_text=True)
    assert enter(Reader(app)) == 303


def test_a_session_without_use_ends_and_one_in_use_does_not(app: Flask) -> None:
    reader = Reader(app)
    assert enter(reader) == 303
    issued = reader.http.get_cookie("portal")
    assert issued is not None
    assert issued.expires is not None
    assert timedelta(hours=7, minutes=59) < issued.expires - datetime.now(UTC) <= login.IDLE
    assert "portal=" in " ".join(reader.get("/help").headers.getlist("Set-Cookie"))


def test_a_forged_or_foreign_session_is_nobody(app: Flask) -> None:
    assert Reader(app, MERGED_HEAD.id, stamp="another").get("/help").status_code == 303
    assert Reader(app, 999_999).get("/help").status_code == 303
    for identity in ("", ".", "x.-", f"{MERGED_HEAD.id}", "²."):
        reader = Reader(app)
        with reader.http.session_transaction() as cookie:
            cookie["_user_id"] = identity
        assert reader.get("/help").status_code == 303


def test_cookies_are_out_of_reach_of_scripts_but_for_the_token(app: Flask) -> None:
    entered = Reader(app).post("/login", {"username": "lan", "password": PASSWORD})
    cookies = {one.split("=")[0]: one for one in entered.headers.getlist("Set-Cookie")}
    assert set(cookies) == {"portal", "csrf_token"}
    assert all("SameSite=Lax" in one for one in cookies.values())
    assert "HttpOnly" in cookies["portal"]
    assert "HttpOnly" not in cookies["csrf_token"]


@pytest.mark.parametrize("path", ["/login", "/logout", "/language/en", "/account/password", "/_dash-update-component"])
def test_no_post_is_taken_without_the_token(app: Flask, path: str) -> None:
    reader = Reader(app, MERGED_HEAD.id)
    body = {"username": "lan", "password": PASSWORD}
    assert reader.http.post(path, data=body).status_code in {400, 415}
    assert reader.http.post(path, json=body).status_code == 400
    assert reader.get("/help").status_code == 200


@pytest.mark.parametrize(
    "asked",
    [
        "//evil.example",
        "https:" + "//evil.example/",
        "/\\evil.example",
        "/\t/evil.example",
        "help",
        "",
        "/login",
        "/logout?x",
        "/\x7f",
        "javascript:x",
    ],
)
def test_the_door_leads_to_no_other_host(asked: str) -> None:
    assert local_path(asked) == "/"


def test_the_door_leads_to_our_own_pages() -> None:
    assert local_path("/compare?year=2025&level=province") == "/compare?year=2025&level=province"
    assert local_path("/help") == "/help"


def test_a_throttled_attempt_is_kept_although_the_request_failed(app: Flask) -> None:
    assert enter(Reader(app), password=WRONG) == 401
    with unit_of_work(app.extensions[login.ENGINE], writes=False) as session:
        subjects = set(session.scalars(select(t.SignInAttempt.subject)))
    assert subjects == {"desk lan 127.0.0.1", "name lan", "address 127.0.0.1"}


def test_an_account_is_loaded_with_its_roles_in_one_query(app: Flask) -> None:
    engine = app.extensions[login.ENGINE]
    with unit_of_work(engine) as session:
        keep.choose_language(session, Scope(MERGED_HEAD.id, frozenset()), Language.EN)
    key = accounts.begin_session(engine, MERGED_HEAD.id)
    with queries(engine) as asked:
        principal = accounts.find_principal(engine, MERGED_HEAD.id, "-", key)
    assert len(asked) == 1
    assert principal is not None
    assert (principal.language, len(principal.roles)) == ("en", 2)
