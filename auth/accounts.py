"""From an account and a password to a principal: signing in, and keeping one's own password."""

from datetime import timedelta

from sqlalchemy import Engine

from auth import passwords, throttle
from auth.principal import HeldRole, Principal
from data import clock
from data.accounts import keep, read, sessions
from data.db import single_question, unit_of_work
from data.refusals import Invalid
from data.scope import Scope
from data.wording import _


class WrongPassword(Invalid):
    """The username and the password do not belong together; it is not said which of them is unknown."""


def principal_of(account: read.AccountInfo) -> Principal:
    """The account as the policy sees it."""
    roles = tuple(HeldRole(held.role, held.unit_id, held.level, held.from_on, held.to_on) for held in account.roles)
    return Principal(account.id, account.username, account.display_name, account.language, roles)


# How long a session lasts at most, however busy: a copy of its cookie that is kept in use ends with it.
LONGEST = timedelta(hours=24)


def find_principal(engine: Engine, account_id: int, stamp: str, key: str) -> Principal | None:
    """The principal of the session of that key and stamp, in one query; None once either has ended or changed."""
    with single_question(engine) as session:
        account = read.find_signed_in(session, account_id, key, clock.now() - LONGEST)
    return principal_of(account) if account is not None and account.session_stamp == stamp else None


def sign_in(engine: Engine, username: str, password: str, address: str) -> read.AccountInfo:
    """The account of that name and password. Raises WrongPassword, or TooMany after too many failures."""
    # No database keeps every character that a browser can send, and no username holds what cannot be printed.
    username = "".join(filter(str.isprintable, username)).strip().lower()[:64]
    attempt = throttle.begin_attempt(engine, username, address)
    with unit_of_work(engine, writes=False) as session:
        account = read.find_account_named(session, username)
    # Compared even where there is no account, so that the time taken tells nothing about which names exist.
    matches = passwords.password_matches(account.password_hash if account else None, password)
    if account is None or not matches:
        raise WrongPassword(_("The username or the password is not right."))
    attempt.succeeded()
    if passwords.is_outdated(account.password_hash):
        with unit_of_work(engine) as session:
            keep.renew_hash(session, account.id, passwords.hash_password(password))
    return account


def begin_session(engine: Engine, account_id: int) -> str:
    """The key of a new session of the account; sessions that were left behind long ago are forgotten."""
    now = clock.now()
    with unit_of_work(engine) as session:
        sessions.forget_old_sessions(session, now - LONGEST)
        return sessions.begin_session(session, account_id, now)


def end_session(engine: Engine, key: str) -> None:
    """Ends that session on the server; other browsers of the account stay signed in."""
    with unit_of_work(engine) as session:
        sessions.end_session(session, key)


def change_password(engine: Engine, principal: Principal, old: str, new: str, address: str) -> str:
    """The account's new session stamp. Raises WrongPassword for a wrong old password, Invalid for a weak new one."""
    passwords.check_new_password(new, principal.username)
    attempt = throttle.begin_attempt(engine, principal.username, address)
    with unit_of_work(engine, writes=False) as session:
        account = read.find_account(session, principal.account_id)
    if account is None or not passwords.password_matches(account.password_hash, old):
        raise WrongPassword(_("The present password is not right, so nothing was changed."))
    attempt.succeeded()
    if old == new:
        raise Invalid(_("The new password is the present one."))
    hashed = passwords.hash_password(new)
    with unit_of_work(engine) as session:
        return keep.change_own_password(session, Scope(principal.account_id, frozenset()), hashed, clock.now())
