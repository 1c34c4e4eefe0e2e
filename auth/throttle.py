"""Slows those who guess passwords: after some failures within a while, nothing is compared until the while is over.

Three counts stand side by side. One person at one desk has few tries; the same name tried from many places has more,
so that a stranger cannot easily lock an officer out; an address that many officers share has the most.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine

from data import clock
from data.accounts import attempts
from data.db import unit_of_work
from data.numbers import format_time
from data.refusals import Refusal
from data.wording import _

WINDOW = timedelta(minutes=15)
MOST_AT_ONE_DESK = 5
MOST_BY_NAME = 25
MOST_BY_ADDRESS = 60


class TooMany(Refusal):
    """Too many failures; `until` is when the next attempt is compared again."""

    def __init__(self, until: datetime) -> None:
        # The clock on the page has no seconds, so the minute named is one that is surely over.
        time = format_time(until + timedelta(minutes=1))
        super().__init__(_("Too many failed attempts to sign in. Try again after {time}.").format(time=time))
        self.until = until


@dataclass(frozen=True, slots=True)
class Attempt:
    """An attempt that is being made: counted as failed until it is known to have succeeded."""

    engine: Engine
    username: str
    address: str
    at: datetime

    @property
    def desk(self) -> str:
        """The subject for one name at one address."""
        return f"desk {self.username} {self.address}"

    @property
    def limits(self) -> dict[str, int]:
        """How many failures each subject has free."""
        return {
            self.desk: MOST_AT_ONE_DESK,
            f"name {self.username}": MOST_BY_NAME,
            f"address {self.address}": MOST_BY_ADDRESS,
        }

    def succeeded(self) -> None:
        """Take the attempt back. The failures before it stay counted, but for those of the same desk."""
        with unit_of_work(self.engine) as session:
            attempts.forget_attempts(session, [self.desk])
            attempts.forget_attempt(session, self.limits, self.at)


def begin_attempt(engine: Engine, username: str, address: str) -> Attempt:
    """Counts an attempt before anything is compared, and commits it whatever becomes of the request.

    Raises TooMany, without counting, where a subject has no try left.
    """
    attempt = Attempt(engine, username, address, clock.now())
    with unit_of_work(engine) as session:
        attempts.forget_old_attempts(session, attempt.at - WINDOW)
        past = attempts.list_attempts(session, attempt.limits, attempt.at - WINDOW)
        waits = [
            moments[-most] + WINDOW
            for subject, most in attempt.limits.items()
            if len(moments := past.get(subject, [])) >= most
        ]
        if not waits:
            attempts.record_attempt(session, attempt.limits, attempt.at)
    if waits:
        raise TooMany(max(waits))
    return attempt
