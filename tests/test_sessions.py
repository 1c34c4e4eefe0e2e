"""What ends a session: signing out ends one, a new password all of them, and time the rest."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import Engine, select

from auth import accounts, login
from data import clock
from data import tables as t
from data.db import unit_of_work
from data.kinds import Role
from tests.counting import queries
from tests.dash_client import Reader, portal_on
from tests.factories import PASSWORD, a_small_world, an_account, make_passwords_cheap
from tests.worlds import ASH_OFFICER, MERGED, MERGED_HEAD, NOW

NEW = "một mật khẩu khác"


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    make_passwords_cheap(monkeypatch)
    with clock.stopped_at(NOW):
        yield


@pytest.fixture
def app(engine: Engine) -> Flask:
    """The portal on the small world, with two accounts that can sign in."""
    a_small_world(engine)
    for name in ("lan", "minh"):
        an_account(engine, name, (Role.VIEWER, MERGED))
    return portal_on(engine)


def signed_in(app: Flask, username: str = "lan") -> Reader:
    reader = Reader(app)
    enter(reader, username)
    return reader


def enter(reader: Reader, username: str = "lan", password: str = PASSWORD) -> None:
    assert reader.post("/login", {"username": username, "password": password}).status_code == 303


def copy_of(reader: Reader) -> Reader:
    """Whoever has copied the reader's cookie."""
    cookie = reader.http.get_cookie("portal")
    assert cookie is not None
    thief = Reader(reader.app)
    thief.http.set_cookie("portal", cookie.value)
    return thief


def is_in(reader: Reader) -> bool:
    return reader.get("/help").status_code == 200


def keys(app: Flask) -> list[str]:
    with unit_of_work(app.extensions[login.ENGINE], writes=False) as session:
        return list(session.scalars(select(t.SignIn.key)))


def test_a_cookie_copied_before_signing_out_is_worth_nothing_afterwards(app: Flask) -> None:
    reader = signed_in(app)
    thief = copy_of(reader)
    assert is_in(thief)
    reader.post("/logout", {})
    assert not is_in(thief)
    refused = thief.get("/_dash-layout", headers={"Accept": "application/json"})
    assert (refused.status_code, list(refused.get_json())) == (401, ["message"])
    assert keys(app) == []


def test_signing_out_at_one_desk_leaves_the_others_of_the_account_and_everybody_else_in(app: Flask) -> None:
    here, there, other = signed_in(app), signed_in(app), signed_in(app, "minh")
    here.post("/logout", {})
    assert (is_in(here), is_in(there), is_in(other)) == (False, True, True)


def test_who_signs_in_over_anothers_session_ends_it(app: Flask) -> None:
    desk = signed_in(app)
    before = copy_of(desk)
    enter(desk, "minh")
    assert (is_in(before), is_in(desk)) == (False, True)
    assert len(keys(app)) == 1


def test_a_new_password_ends_every_session_but_the_one_that_it_begins(app: Flask) -> None:
    here, there, other = signed_in(app), signed_in(app), signed_in(app, "minh")
    before = copy_of(here)
    here.post("/account/password", {"old": PASSWORD, "new": NEW, "again": NEW})
    assert [is_in(one) for one in (here, there, before, other)] == [True, False, False, True]
    assert len(keys(app)) == 2


def test_signing_out_without_a_session_ends_nobodys(app: Flask) -> None:
    reader = signed_in(app)
    nobody = Reader(app)
    assert nobody.post("/logout", {}).location == "/login"
    assert is_in(reader)


def test_a_key_opens_no_other_account(app: Flask) -> None:
    reader = Reader(app, MERGED_HEAD.id)
    assert is_in(reader)
    [key] = keys(app)
    head, ash = MERGED_HEAD.id, ASH_OFFICER.id
    for identity in (f"{ash}.-.{key}", f"{head}.-.", f"{head}.-", f"{head}.-.x", f"{head}.{key}.-", f"{head}..{key}"):
        forged = Reader(app)
        with forged.http.session_transaction() as cookie:
            cookie["_user_id"] = identity
        assert not is_in(forged), identity


def test_no_session_outlives_a_day_however_busy_and_old_ones_are_forgotten_at_the_next_sign_in(app: Flask) -> None:
    reader = signed_in(app)
    with clock.stopped_at(NOW + accounts.LONGEST - timedelta(minutes=1)):
        assert is_in(reader)
    with clock.stopped_at(NOW + accounts.LONGEST):
        assert not is_in(reader)
        assert len(keys(app)) == 1
        signed_in(app, "minh")
        assert len(keys(app)) == 1


def test_a_request_asks_for_its_session_and_its_account_at_once(app: Flask, engine: Engine) -> None:
    reader = signed_in(app)
    is_in(reader)
    with queries(engine) as asked:
        is_in(reader)
    assert len(asked) == 1
    assert "sign_in" in asked[0]
