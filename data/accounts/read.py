"""Reads accounts. Closed accounts are as good as absent to everything but their own history."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, and_, bindparam, select
from sqlalchemy.orm import Session

from data import tables as t
from data.kinds import Role, UnitLevel
from data.wording import Language


@dataclass(frozen=True, slots=True)
class RoleHeld:
    """A role as it is held: at a unit of a level, from a day to a day (both inclusive)."""

    role: Role
    unit_id: int
    level: UnitLevel
    from_on: date
    to_on: date | None


@dataclass(frozen=True, slots=True)
class AccountInfo:
    """An open account with its roles. `session_stamp` is what a session must carry to count as this account's."""

    id: int
    username: str
    display_name: str
    language: Language
    password_hash: str
    session_stamp: str
    roles: tuple[RoleHeld, ...]


def _accounts() -> Select[*tuple[Any, ...]]:
    # Columns, not objects: this is asked by every request.
    a, held = t.Account, t.AccountRole
    return (
        select(
            a.id,
            a.username,
            a.display_name,
            a.language,
            a.password_hash,
            a.session_stamp,
            held.role,
            held.unit_id,
            t.AdminUnit.level,
            held.from_on,
            held.to_on,
        )
        .outerjoin(held, held.account_id == a.id)
        .outerjoin(t.AdminUnit, t.AdminUnit.id == held.unit_id)
        .where(a.closed_at.is_(None))
        .order_by(held.unit_id, held.role)
    )


_BY_ID = _accounts().where(t.Account.id == bindparam("asked"))
_BY_USERNAME = _accounts().where(t.Account.username == bindparam("asked"))
# Every request asks this, so the statement is written once.
_SIGNED_IN = _BY_ID.join(
    t.SignIn,
    and_(
        t.SignIn.account_id == t.Account.id,
        t.SignIn.key == bindparam("key"),
        t.SignIn.begun_at > bindparam("since"),
    ),
)


def find_account(session: Session, account_id: int) -> AccountInfo | None:
    """The open account with that id, with its roles, in one query."""
    return _account(session.connection().execute(_BY_ID, {"asked": account_id}).all())


def find_signed_in(session: Session, account_id: int, key: str, since: datetime) -> AccountInfo | None:
    """The open account with its roles, where that session of it began after `since` and was not ended; one query."""
    asked = {"asked": account_id, "key": key, "since": since}
    return _account(session.connection().execute(_SIGNED_IN, asked).all())


def find_account_named(session: Session, username: str) -> AccountInfo | None:
    """The open account with that username (written in lower case), with its roles, in one query."""
    return _account(session.connection().execute(_BY_USERNAME, {"asked": username}).all())


def _account(rows: Sequence[Row[*tuple[Any, ...]]]) -> AccountInfo | None:
    if not rows:
        return None
    number, username, name, language, password_hash, stamp = rows[0][:6]
    # An account without any role comes as one row whose other columns are empty.
    roles = tuple(RoleHeld(*held) for held in (tuple(row)[6:] for row in rows) if held[0] is not None)
    return AccountInfo(number, username, name, Language(language), password_hash, stamp, roles)
