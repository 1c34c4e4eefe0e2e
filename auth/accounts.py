"""From an account and a password to a principal: signing in, and keeping one's own password."""

from sqlalchemy import Engine

from auth import passwords, throttle
from auth.principal import HeldRole, Principal
from data import clock
from data.accounts import keep, read
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


def find_principal(engine: Engine, account_id: int, stamp: str) -> Principal | None:
    """The principal of a session that carries this stamp, in one query; None once the stamp has changed."""
    with single_question(engine) as session:
        account = read.find_account(session, account_id)
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
