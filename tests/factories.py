"""Accounts for tests, with passwords that cost little to compare."""

from datetime import date

import pytest
from argon2 import PasswordHasher
from sqlalchemy import Engine, select

from auth import passwords
from data import tables as t
from data.db import unit_of_work
from data.kinds import Role
from tests.worlds import LONG_AGO, NOW, build

PASSWORD = "vườn nhãn ven sông"
# As cheap as argon2id can be; a sign-in renews it with the real costs.
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def make_passwords_cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords are hashed and compared in microseconds, for tests that do it often."""
    monkeypatch.setattr(passwords, "_hasher", CHEAP)
    monkeypatch.setattr(passwords, "_hash_of_nobody", lambda: CHEAP.hash("a password that no account has"))


def a_small_world(engine: Engine) -> Engine:
    """The engine, its migrated and empty database filled with the small nation and its people."""
    with unit_of_work(engine) as session:
        build(session)
    return engine


def an_account(
    engine: Engine, username: str, *roles: tuple[Role, int], password: str = PASSWORD, language: str = "vi"
) -> int:
    """An account that can sign in, and its id."""
    with unit_of_work(engine) as session:
        account = t.Account(
            username=username,
            display_name=username.title(),
            password_hash=CHEAP.hash(password),
            session_stamp="-",
            language=language,
            created_at=NOW,
        )
        session.add(account)
        session.flush()
        for role, unit_id in roles:
            session.add(t.AccountRole(account_id=account.id, unit_id=unit_id, role=role, from_on=LONG_AGO))
        return account.id


def end_every_role(engine: Engine, account_id: int, last: date) -> None:
    """The account holds its roles until that day."""
    with unit_of_work(engine) as session:
        for held in session.scalars(select(t.AccountRole).where(t.AccountRole.account_id == account_id)):
            held.to_on = last
