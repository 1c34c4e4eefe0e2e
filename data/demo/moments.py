"""When the illustrative reports were sent and decided: in office hours, on working days after the period's end."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from data.clock import HERE
from data.demo.rates import Draw
from data.kinds import SubmissionStatus
from data.periods import Frequency, Period, working_days_after

# Most reports come in time and some late: the form is due five working days after a quarter, fifteen after a year.
_SENT_WITHIN = {Frequency.QUARTERLY: (1, 7), Frequency.YEARLY: (4, 17)}
_DECIDED_WITHIN = (1, 5)
_OFFICE_OPENS, _OFFICE_MINUTES = time(7, 30), 570
_WAITS_SINCE_DAYS = 2


@dataclass(frozen=True, slots=True)
class Moments:
    """When a report was last edited, sent, and decided on (None while it waits); never after the day of filling."""

    edited_at: datetime
    sent_at: datetime
    decided_at: datetime | None


def list_moments(
    statuses: tuple[SubmissionStatus, ...], period: Period, today: date, draw: Draw
) -> Iterator[Moments]:
    """The moments of each report of one form and period."""
    earliest, latest = _SENT_WITHIN[period.frequency]
    sent_after = draw.integers(earliest, latest, len(statuses), endpoint=True)
    decided_after = draw.integers(*_DECIDED_WITHIN, len(statuses), endpoint=True)
    minutes = draw.integers(0, _OFFICE_MINUTES, (2, len(statuses)))
    for number, status in enumerate(statuses):
        waits = status is SubmissionStatus.SUBMITTED
        sent_on = working_days_after(period.last_day, int(sent_after[number]))
        decided_on = working_days_after(sent_on, int(decided_after[number]))
        if waits:
            sent_on = max(period.last_day + timedelta(days=1), today - timedelta(days=_WAITS_SINCE_DAYS))
        sent_at = _not_after(today, sent_on, int(minutes[0, number]))
        decided_at = None if waits else _not_after(today, decided_on, int(minutes[1, number]))
        yield Moments(sent_at, sent_at, decided_at)


def beginning_of(day: date) -> datetime:
    """The first moment of a day in Vietnam."""
    return datetime.combine(day, time(), HERE).astimezone(UTC)


def _not_after(today: date, day: date, minutes: int) -> datetime:
    moment = datetime.combine(day, _OFFICE_OPENS, HERE) + timedelta(minutes=minutes)
    return min(moment.astimezone(UTC), beginning_of(today))
