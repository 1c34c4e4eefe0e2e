"""Keeping accounts: who may touch whom, what is written, and what a password is."""

import unicodedata
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from auth import passwords
from auth.policy import Permission, scope_for
from auth.principal import HeldRole, Principal
from data import tables as t
from data.accounts import attempts, keep, read
from data.kinds import Role, UnitLevel
from data.refusals import Conflict, Invalid, NotFound
from data.scope import Grant, Reach, Scope
from tests.factories import make_passwords_cheap
from tests.worlds import (
    ASH,
    ASH_OFFICER,
    DALE_OFFICER,
    LONG_AGO,
    MERGED,
    MERGED_HEAD,
    MINISTRY_ADMIN,
    NATION,
    NOW,
    OTHER_HEAD,
    SOUTH_HEAD,
    TODAY,
    build,
)

EVERYTHING = Scope(None, frozenset({Grant(NATION, frozenset({Reach.NATION}))}))
Deed = Callable[[Session, Scope, str], None]


@pytest.fixture
def world(session: Session) -> Session:
    """The small world."""
    build(session)
    return session


def province_admin() -> Scope:
    """The scope of an administrator of MERGED."""
    held = HeldRole(Role.ADMINISTRATOR, MERGED, UnitLevel.PROVINCE, LONG_AGO, None)
    return scope_for(Principal(MERGED_HEAD.id, "x", "X", "vi", (held,)), Permission.ACCOUNT_MANAGE, TODAY)


def give(session: Session, scope: Scope, username: str) -> None:
    keep.give_role(session, scope, username, Role.VIEWER, "ash", TODAY, NOW)


def end(session: Session, scope: Scope, username: str) -> None:
    keep.end_role(session, scope, username, Role.OFFICER, "ash", TODAY, NOW)


def close(session: Session, scope: Scope, username: str) -> None:
    keep.close_account(session, scope, username, TODAY, NOW)


def reset(session: Session, scope: Scope, username: str) -> None:
    keep.reset_password(session, scope, username, "hash", TODAY, NOW)


def actions(session: Session) -> list[tuple[int | None, str]]:
    lines = session.execute(select(t.AuditLine.account_id, t.AuditLine.action).order_by(t.AuditLine.id))
    return [(account, action) for account, action in lines]


def test_a_new_account_has_no_role_until_it_is_given_one(world: Session) -> None:
    account_id = keep.add_account(world, EVERYTHING, "new.officer", "Nguyễn Văn Tân", "hash", NOW)
    found = read.find_account(world, account_id)
    assert found is not None
    assert (found.roles, found.language) == ((), "vi")
    keep.give_role(world, EVERYTHING, "new.officer", Role.OFFICER, "ash", TODAY, NOW)
    world.flush()
    found = read.find_account_named(world, "new.officer")
    assert found is not None
    assert found.roles == (read.RoleHeld(Role.OFFICER, ASH, UnitLevel.COMMUNE, TODAY, None),)
    assert actions(world) == [(None, "account:add"), (None, "account:give_role")]


@pytest.mark.parametrize("username", ["", "Nguyen", "a b", ".a", "a..b", "a-", "é", "a" * 65, "a\n", "a@b"])
def test_an_unusable_username_is_refused(world: Session, username: str) -> None:
    with pytest.raises(Invalid):
        keep.add_account(world, EVERYTHING, username, "Somebody", "hash", NOW)


def test_two_accounts_never_share_a_username(world: Session) -> None:
    with pytest.raises(Conflict):
        keep.add_account(world, EVERYTHING, ASH_OFFICER.username, "Somebody", "hash", NOW)


@pytest.mark.parametrize("deed", [give, end, close, reset])
def test_an_administrator_touches_the_accounts_of_their_subtree_and_no_other(world: Session, deed: Deed) -> None:
    deed(world, province_admin(), ASH_OFFICER.username)
    world.flush()
    refusals = set()
    keep.add_account(world, EVERYTHING, "without.role", "Somebody", "hash", NOW)
    for username in (DALE_OFFICER.username, MINISTRY_ADMIN.username, OTHER_HEAD.username, "without.role", "nobody"):
        with pytest.raises(NotFound) as refused:
            deed(world, province_admin(), username)
        refusals.add(str(refused.value))
    assert len(refusals) == 1, "out of reach and nonexistent are one answer"
    assert [account for account, action in actions(world) if action != "account:add"] == [MERGED_HEAD.id]


def test_a_successor_keeps_the_accounts_of_the_units_that_it_took_over(world: Session) -> None:
    close(world, province_admin(), SOUTH_HEAD.username)
    assert world.get_one(t.Account, SOUTH_HEAD.id).closed_at == NOW


def test_a_role_is_given_only_at_units_within_reach(world: Session) -> None:
    for unit in ("dale", "vn", "other", "nowhere"):
        with pytest.raises(NotFound):
            keep.give_role(world, province_admin(), ASH_OFFICER.username, Role.VIEWER, unit, TODAY, NOW)


def test_nobody_is_touched_with_an_empty_scope(world: Session) -> None:
    for deed in (give, end, close, reset):
        with pytest.raises(NotFound):
            deed(world, Scope(MERGED_HEAD.id, frozenset()), ASH_OFFICER.username)


def test_an_ended_role_is_over_today_and_stays_in_the_history(world: Session) -> None:
    end(world, EVERYTHING, ASH_OFFICER.username)
    world.flush()
    held = world.get_one(t.AccountRole, (ASH_OFFICER.id, ASH, Role.OFFICER))
    assert (held.from_on, held.to_on) == (LONG_AGO, TODAY - timedelta(days=1))
    with pytest.raises(NotFound):
        end(world, EVERYTHING, ASH_OFFICER.username)
    keep.give_role(world, EVERYTHING, ASH_OFFICER.username, Role.OFFICER, "ash", TODAY, NOW)
    assert (held.from_on, held.to_on) == (LONG_AGO, None)


def test_a_role_given_today_and_ended_today_was_never_held(world: Session) -> None:
    give(world, EVERYTHING, ASH_OFFICER.username)
    world.flush()
    keep.end_role(world, EVERYTHING, ASH_OFFICER.username, Role.VIEWER, "ash", TODAY, NOW)
    world.flush()
    assert world.get(t.AccountRole, (ASH_OFFICER.id, ASH, Role.VIEWER)) is None


@pytest.mark.parametrize("deed", [close, reset])
def test_closing_and_resetting_end_every_session(world: Session, deed: Deed) -> None:
    before = world.get_one(t.Account, ASH_OFFICER.id).session_stamp
    deed(world, EVERYTHING, ASH_OFFICER.username)
    assert world.get_one(t.Account, ASH_OFFICER.id).session_stamp != before


def test_a_closed_account_is_as_good_as_absent(world: Session) -> None:
    close(world, EVERYTHING, ASH_OFFICER.username)
    world.flush()
    assert read.find_account(world, ASH_OFFICER.id) is None
    assert read.find_account_named(world, ASH_OFFICER.username) is None
    with pytest.raises(NotFound):
        reset(world, EVERYTHING, ASH_OFFICER.username)


def test_attempts_are_counted_by_subject_and_forgotten_in_time(world: Session) -> None:
    hour = timedelta(hours=1)
    attempts.record_attempt(world, ["a", "b"], NOW - hour)
    attempts.record_attempt(world, ["a"], NOW)
    world.flush()
    assert attempts.list_attempts(world, ["a", "b", "c"], NOW - 2 * hour) == {"a": [NOW - hour, NOW], "b": [NOW - hour]}
    attempts.forget_old_attempts(world, NOW - hour)
    assert attempts.list_attempts(world, ["a", "b"], NOW - 2 * hour) == {"a": [NOW]}
    attempts.forget_attempt(world, ["a"], NOW)
    assert attempts.list_attempts(world, ["a"], NOW - 2 * hour) == {}


@given(st.text(min_size=1, max_size=40), st.text(min_size=1, max_size=40))
def test_a_password_matches_itself_and_nothing_else(password: str, other: str) -> None:
    with pytest.MonkeyPatch.context() as monkeypatch:
        make_passwords_cheap(monkeypatch)
        hashed = passwords.hash_password(password)
        assert passwords.password_matches(hashed, password)
        assert not passwords.password_matches(hashed, password + "x")
        assert passwords.password_matches(hashed, other) == (composed(other) == composed(password))


def composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def test_a_password_is_the_same_however_the_keyboard_composes_it() -> None:
    hashed = passwords.hash_password("d\u00e2n s\u1ed1 v\u00e0ng")
    assert passwords.password_matches(hashed, "da\u0302n so\u0302\u0301 va\u0300ng")


def test_no_password_belongs_to_nobody() -> None:
    assert not passwords.password_matches(None, "a password that no account has")
    assert not passwords.password_matches("not a hash", "a password that no account has")


def test_costs_are_those_of_argon2id() -> None:
    assert passwords.hash_password("vườn nhãn ven sông").startswith("$argon2id$v=19$m=65536,t=3,p=4$")


@pytest.mark.parametrize("password", ["", "ngắn", "x" * 201, "abababababab", "tan.nguyen 2026"])
def test_a_poor_password_is_refused(password: str) -> None:
    with pytest.raises(Invalid):
        passwords.check_new_password(password, "tan.nguyen")


def test_a_fair_password_is_taken() -> None:
    passwords.check_new_password("vườn nhãn ven sông", "tan.nguyen")


def test_the_days_of_a_role_are_kept_as_given(world: Session) -> None:
    start = date(2026, 1, 1)
    keep.give_role(world, EVERYTHING, ASH_OFFICER.username, Role.REVIEWER, "merged", start, NOW)
    world.flush()
    assert world.get_one(t.AccountRole, (ASH_OFFICER.id, MERGED, Role.REVIEWER)).from_on == start
