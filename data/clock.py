"""What time it is, in one place, so that a test or a rehearsal can say so."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

HERE = ZoneInfo("Asia/Ho_Chi_Minh")

_fixed: ContextVar[datetime | None] = ContextVar("fixed", default=None)


def now() -> datetime:
    """The present moment in UTC."""
    return _fixed.get() or datetime.now(UTC)


def today() -> date:
    """The present day in Vietnam."""
    return now().astimezone(HERE).date()


@contextmanager
def stopped_at(moment: datetime) -> Iterator[None]:
    """Inside the block it is always `moment` (aware)."""
    token = _fixed.set(moment)
    try:
        yield
    finally:
        _fixed.reset(token)
