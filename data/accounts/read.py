"""Reads accounts. Closed accounts are as good as absent to everything but their own history."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Row, Select, select
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


def find_account(session: Session, account_id: int) -> AccountInfo | None:
    """The open account with that id, with its roles, in one query."""
    return _account(session.execute(_accounts().where(t.Account.id == account_id)).all())


def find_account_named(session: Session, username: str) -> AccountInfo | None:
    """The open account with that username (written in lower case), with its roles, in one query."""
    return _account(session.execute(_accounts().where(t.Account.username == username)).all())


def _accounts() -> Select[*tuple[t.Account, t.AccountRole, UnitLevel]]:
    return (
        select(t.Account, t.AccountRole, t.AdminUnit.level)
        .outerjoin(t.AccountRole, t.AccountRole.account_id == t.Account.id)
        .outerjoin(t.AdminUnit, t.AdminUnit.id == t.AccountRole.unit_id)
        .where(t.Account.closed_at.is_(None))
        .order_by(t.AccountRole.unit_id, t.AccountRole.role)
    )


def _account(rows: Sequence[Row[*tuple[t.Account, t.AccountRole, UnitLevel]]]) -> AccountInfo | None:
    if not rows:
        return None
    account = rows[0][0]
    # An account without any role comes as one row whose other columns are empty.
    held: list[tuple[t.AccountRole | None, UnitLevel]] = [(row[1], row[2]) for row in rows]
    roles = tuple(
        RoleHeld(role.role, role.unit_id, level, role.from_on, role.to_on) for role, level in held if role is not None
    )
    return AccountInfo(
        account.id,
        account.username,
        account.display_name,
        Language(account.language),
        account.password_hash,
        account.session_stamp,
        roles,
    )
