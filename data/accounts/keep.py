"""Writes accounts, each deed with its audit line.

Who manages accounts does so within a scope: a unit at which a role is given is looked up within it, and an account can
be touched only where every role that it holds lies inside.
"""

import re
import secrets
from datetime import date, datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from data import audit
from data import tables as t
from data.accounts.sessions import end_every_session
from data.kinds import Role
from data.refusals import Conflict, Invalid, NotFound
from data.scope import Scope
from data.snapshot import get_snapshot
from data.units.changes.proposals import withdraw_with_account, withdraw_with_role
from data.wording import Language, _

_USERNAME = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)*")
_LONGEST_NAME = 64


def new_stamp() -> str:
    """What a session carries to count as an account's; a new one ends every session."""
    return secrets.token_urlsafe(12)


def add_account(
    session: Session, scope: Scope, username: str, display_name: str, password_hash: str, at: datetime
) -> int:
    """A new account without any role; its id. Raises Invalid for an unusable username, Conflict for one in use."""
    if not _USERNAME.fullmatch(username) or len(username) > _LONGEST_NAME:
        raise Invalid(_("A username holds letters a–z and digits, with single dots or hyphens between them."))
    if session.scalar(select(t.Account.id).where(t.Account.username == username)) is not None:
        raise Conflict(_("The username {username} is in use.").format(username=username))
    account = t.Account(
        username=username,
        display_name=display_name.strip() or username,
        password_hash=password_hash,
        session_stamp=new_stamp(),
        language=Language.VI,
        created_at=at,
    )
    session.add(account)
    session.flush()
    audit.record(session, scope.account_id, "account:add", at, detail={"username": username})
    return account.id


def give_role(session: Session, scope: Scope, username: str, role: Role, unit_key: str, on: date, at: datetime) -> None:
    """The account holds the role at the unit from that day on."""
    account = _get(session, scope, username, on)
    unit = scope.get(get_snapshot(session).tree, unit_key, on)
    held = session.get(t.AccountRole, (account.id, unit.id, role))
    if held is None:
        session.add(t.AccountRole(account_id=account.id, unit_id=unit.id, role=role, from_on=on))
    else:
        held.from_on, held.to_on = min(held.from_on, on), None
    detail: dict[str, object] = {"username": username, "role": role.value}
    audit.record(session, scope.account_id, "account:give_role", at, unit_id=unit.id, detail=detail)


def end_role(session: Session, scope: Scope, username: str, role: Role, unit_key: str, on: date, at: datetime) -> None:
    """The account holds the role no more from that day on. Raises NotFound where it does not hold it.

    Where the unit has closed, the proposals that the role go on at its successor are withdrawn with it.
    """
    account = _get(session, scope, username, on)
    unit = scope.get(get_snapshot(session).tree, unit_key, on)
    held = session.get(t.AccountRole, (account.id, unit.id, role))
    if held is None or (held.to_on is not None and held.to_on < on):
        raise NotFound(_("{username} does not hold this role there.").format(username=username))
    if held.from_on < on:
        held.to_on = on - timedelta(days=1)
    else:
        session.delete(held)
    detail: dict[str, object] = {"username": username, "role": role.value}
    if withdrawn := withdraw_with_role(session, account.id, role, unit.id):
        detail["withdrawn"] = withdrawn
    audit.record(session, scope.account_id, "account:end_role", at, unit_id=unit.id, detail=detail)


def close_account(session: Session, scope: Scope, username: str, on: date, at: datetime) -> None:
    """Nobody signs in with the account any more, and who is signed in with it is signed out. Its history stays.

    The proposals that wait for it are withdrawn.
    """
    account = _get(session, scope, username, on)
    account.closed_at = at
    _end_sessions(session, account)
    detail: dict[str, object] = {"username": username}
    if withdrawn := withdraw_with_account(session, account.id):
        detail["withdrawn"] = withdrawn
    audit.record(session, scope.account_id, "account:close", at, detail=detail)


def reset_password(session: Session, scope: Scope, username: str, password_hash: str, on: date, at: datetime) -> None:
    """Another person sets the account's password; every session of the account ends."""
    account = _get(session, scope, username, on)
    account.password_hash = password_hash
    _end_sessions(session, account)
    audit.record(session, scope.account_id, "account:reset_password", at, detail={"username": username})


def change_own_password(session: Session, scope: Scope, password_hash: str, at: datetime) -> str:
    """The account's new session stamp: with the password every session of the account ends, and a new one begins."""
    account = _own(session, scope)
    account.password_hash = password_hash
    _end_sessions(session, account)
    audit.record(session, scope.account_id, "account:change_password", at)
    return account.session_stamp


def renew_hash(session: Session, account_id: int, password_hash: str) -> None:
    """The same password, hashed with today's costs; no session ends."""
    session.get_one(t.Account, account_id).password_hash = password_hash


def choose_language(session: Session, scope: Scope, language: Language) -> None:
    """The language in which the account reads the portal."""
    _own(session, scope).language = language


def _end_sessions(session: Session, account: t.Account) -> None:
    # The stamp also stops whoever is signing in at this moment with what has just changed.
    account.session_stamp = new_stamp()
    end_every_session(session, account.id)


def _own(session: Session, scope: Scope) -> t.Account:
    account = session.get(t.Account, scope.account_id) if scope.account_id is not None else None
    if account is None:
        raise NotFound(_("There is no such account within your reach."))
    return account


def _get(session: Session, scope: Scope, username: str, on: date) -> t.Account:
    """The open account, looked up within the scope: every role that it holds lies inside.

    Whoever holds none belongs to nobody's part of the tree, and is kept at the nation.
    """
    account = session.scalar(select(t.Account).where(t.Account.username == username, t.Account.closed_at.is_(None)))
    if account is not None:
        tree = get_snapshot(session).tree
        r = t.AccountRole
        still = or_(r.to_on.is_(None), r.to_on >= on)
        held = session.scalars(select(r.unit_id).where(r.account_id == account.id, still)).all()
        places = held or [tree.nation_id]
        if all(place in scope.inside(tree, tree.units[place].within_life(on)) for place in places):
            return account
    raise NotFound(_("There is no such account within your reach."))
