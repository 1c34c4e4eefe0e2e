"""Sessions that have not ended. A request finds its own together with its account, in `read.find_signed_in`."""

import secrets
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from data import tables as t


def begin_session(session: Session, account_id: int, at: datetime) -> str:
    """A new session of the account; its key, which nobody can guess and which is never used again."""
    key = secrets.token_urlsafe(18)
    session.add(t.SignIn(key=key, account_id=account_id, begun_at=at))
    session.flush()
    return key


def end_session(session: Session, key: str) -> None:
    """That session and no other of its account is over. Ending it twice is ending it."""
    session.execute(delete(t.SignIn).where(t.SignIn.key == key))


def end_every_session(session: Session, account_id: int) -> None:
    """Every session of the account is over."""
    session.execute(delete(t.SignIn).where(t.SignIn.account_id == account_id))


def forget_old_sessions(session: Session, before: datetime) -> None:
    """Forget sessions that have lasted too long to be anybody's."""
    session.execute(delete(t.SignIn).where(t.SignIn.begun_at <= before))
