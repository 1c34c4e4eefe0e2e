"""Failed attempts to sign in. Counted for as long as they slow the next one, then forgotten."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from data import tables as t


def list_attempts(session: Session, subjects: Collection[str], since: datetime) -> dict[str, list[datetime]]:
    """The moments of the attempts of each subject after `since`, oldest first; no entry where there was none."""
    a = t.SignInAttempt
    found: dict[str, list[datetime]] = defaultdict(list)
    query = select(a.subject, a.at).where(a.subject.in_(subjects), a.at > since).order_by(a.at)
    for subject, at in session.execute(query):
        found[subject].append(at)
    return dict(found)


def record_attempt(session: Session, subjects: Collection[str], at: datetime) -> None:
    """One attempt, counted for each subject."""
    session.add_all(t.SignInAttempt(subject=subject, at=at) for subject in subjects)


def forget_attempts(session: Session, subjects: Collection[str]) -> None:
    """Forget everything about these subjects."""
    session.execute(delete(t.SignInAttempt).where(t.SignInAttempt.subject.in_(subjects)))


def forget_attempt(session: Session, subjects: Collection[str], at: datetime) -> None:
    """Forget one attempt of these subjects."""
    a = t.SignInAttempt
    session.execute(delete(a).where(a.subject.in_(subjects), a.at == at))


def forget_old_attempts(session: Session, before: datetime) -> None:
    """Forget what no longer slows anybody."""
    session.execute(delete(t.SignInAttempt).where(t.SignInAttempt.at <= before))
