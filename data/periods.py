"""Reporting periods: years, quarters, months and windows from 1 January, and the arithmetic between them.

A period is its code: `2025`, `2025Q3`, `202509` or `2025-11M` (the first eleven months). Codes are the same in the
database, in an address and in a file.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache, total_ordering
from typing import Self

FIRST_YEAR, LAST_YEAR = 1990, 2100


class Frequency(StrEnum):
    """How often a form is reported. AD_HOC belongs to forms only: no period code stands for it."""

    MONTHLY = "MONTHLY"
    QUARTERLY = "QUARTERLY"
    YEARLY = "YEARLY"
    WINDOW = "WINDOW"
    AD_HOC = "AD_HOC"


class BadPeriod(ValueError):
    """The text is not the code of a period between 1990 and 2100."""


# The longest code has eight characters; [0-9] rather than \d, which also matches the digits of other scripts.
_CODE = re.compile(r"([0-9]{4})(?:Q([1-4])|(0[1-9]|1[0-2])|-([1-9]|1[01])M)?")
_RANK = {Frequency.MONTHLY: 0, Frequency.QUARTERLY: 1, Frequency.WINDOW: 2, Frequency.YEARLY: 3}


@lru_cache(maxsize=4096)
def _read(code: str) -> tuple[int, Frequency, int, int]:
    """Year, frequency, first and last month of a code."""
    match = _CODE.fullmatch(code)
    if match is None or not FIRST_YEAR <= int(match[1]) <= LAST_YEAR:
        raise BadPeriod(f"not a period: {code[:20]!r}")
    year, quarter, month, months = int(match[1]), match[2], match[3], match[4]
    if quarter:
        return year, Frequency.QUARTERLY, 3 * int(quarter) - 2, 3 * int(quarter)
    if month:
        return year, Frequency.MONTHLY, int(month), int(month)
    if months:
        return year, Frequency.WINDOW, 1, int(months)
    return year, Frequency.YEARLY, 1, 12


@lru_cache(maxsize=4096)
def _last_day(code: str) -> date:
    year, _, _, last = _read(code)
    return date(year, last, monthrange(year, last)[1])


@total_ordering
@dataclass(frozen=True, slots=True)
class Period:
    """A reporting period. Periods sort by their last month; of those that end together the shorter comes first.

    Raises `BadPeriod` when the code is none, or when arithmetic would leave the years 1990 to 2100.
    """

    code: str

    def __post_init__(self) -> None:
        _read(self.code)

    @classmethod
    def parse(cls, code: object) -> Self:
        """The period of a code that may come from anywhere, a browser included; raises `BadPeriod`."""
        if not isinstance(code, str):
            raise BadPeriod("a period is a text")
        return cls(code)

    @classmethod
    def of_year(cls, year: int) -> Self:
        """The whole year."""
        return cls(f"{year:04d}")

    @classmethod
    def of_quarter(cls, year: int, quarter: int) -> Self:
        """Quarter 1 to 4 of a year."""
        return cls(f"{year:04d}Q{quarter}")

    @classmethod
    def of_month(cls, year: int, month: int) -> Self:
        """Month 1 to 12 of a year."""
        return cls(f"{year:04d}{month:02d}")

    @classmethod
    def of_window(cls, year: int, months: int) -> Self:
        """The first `months` (1 to 11) months of a year."""
        return cls(f"{year:04d}-{months}M")

    @property
    def year(self) -> int:
        """The calendar year that holds the whole period."""
        return _read(self.code)[0]

    @property
    def frequency(self) -> Frequency:
        """MONTHLY, QUARTERLY, YEARLY or WINDOW."""
        return _read(self.code)[1]

    @property
    def months(self) -> tuple[int, ...]:
        """Numbers of the months covered, 1 to 12, ascending."""
        _, _, first, last = _read(self.code)
        return tuple(range(first, last + 1))

    @property
    def first_day(self) -> date:
        """The first day covered."""
        year, _, first, _ = _read(self.code)
        return date(year, first, 1)

    @property
    def last_day(self) -> date:
        """The last day covered; units, ancestors and targets are those of this day."""
        return _last_day(self.code)

    @property
    def elapsed_months(self) -> int:
        """Months from January to the period's end: 9 for the third quarter, 12 for a year."""
        return _read(self.code)[3]

    @property
    def is_within_year(self) -> bool:
        """Whether the year still goes on when the period ends."""
        return _read(self.code)[3] < 12

    @property
    def starts_in_january(self) -> bool:
        """Whether the period's own value is the sum since January."""
        return _read(self.code)[2] == 1

    @property
    def quarter(self) -> int:
        """The quarter, 1 to 4, in which the period ends."""
        return (_read(self.code)[3] + 2) // 3

    def parts(self) -> tuple[Self, ...]:
        """The longest shorter periods that make this one up, in order; none for a month.

        A year is its quarters, a quarter its months, a window as many quarters as fit and then months.
        """
        year, frequency, first, last = _read(self.code)
        if frequency is Frequency.MONTHLY:
            return ()
        if frequency is Frequency.QUARTERLY:
            return tuple(self.of_month(year, month) for month in range(first, last + 1))
        whole = last // 3
        quarters = tuple(self.of_quarter(year, number) for number in range(1, whole + 1))
        return quarters + tuple(self.of_month(year, month) for month in range(3 * whole + 1, last + 1))

    def same_period_last_year(self) -> Self:
        """The same months one year before ("cùng kỳ")."""
        return type(self)(f"{self.year - 1:04d}{self.code[4:]}")

    def previous(self) -> Self:
        """The period of the same frequency that ended just before this one ends.

        Before the window of six months comes the one of five, and before the window of January that of the eleven
        months of the year before: a year has no window of twelve months, it is the year.
        """
        year, frequency, first, last = _read(self.code)
        if frequency is Frequency.YEARLY:
            return self.of_year(year - 1)
        if frequency is Frequency.QUARTERLY:
            return self.of_quarter(year, self.quarter - 1) if first > 1 else self.of_quarter(year - 1, 4)
        if frequency is Frequency.MONTHLY:
            return self.of_month(year, first - 1) if first > 1 else self.of_month(year - 1, 12)
        return self.of_window(year, last - 1) if last > 1 else self.of_window(year - 1, 11)

    def since_january(self) -> tuple[Self, ...]:
        """Periods of the same frequency that add up from 1 January to this one's last day ("lũy kế"), in order."""
        year, frequency, _, last = _read(self.code)
        if frequency is Frequency.QUARTERLY:
            return tuple(self.of_quarter(year, number) for number in range(1, self.quarter + 1))
        if frequency is Frequency.MONTHLY:
            return tuple(self.of_month(year, month) for month in range(1, last + 1))
        return (self,)

    def to_date(self) -> Self:
        """The one period from 1 January to this one's last day: a window, or the year."""
        year, _, _, last = _read(self.code)
        return self.of_year(year) if last == 12 else self.of_window(year, last)

    def __str__(self) -> str:
        return self.code

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, Period):
            return NotImplemented
        return self._place() < other._place()

    def _place(self) -> tuple[int, int, int, int]:
        year, frequency, first, last = _read(self.code)
        return year, last, -first, _RANK[frequency]


def last_complete_quarter(today: date) -> Period:
    """The quarter that ended last before `today`."""
    return Period.of_quarter(today.year, (today.month + 2) // 3).previous()


def quarters_between(start: Period, end: Period) -> list[Period]:
    """Every quarter from the one in which `start` begins to the one in which `end` ends; empty when end is earlier."""
    first = start.year * 4 + (start.months[0] - 1) // 3
    last = end.year * 4 + end.quarter - 1
    return [Period.of_quarter(number // 4, number % 4 + 1) for number in range(first, last + 1)]


def working_days_after(day: date, count: int) -> date:
    """The day that is `count` working days (Monday to Friday) after `day`; `day` itself for none.

    The portal keeps no table of public holidays yet, so a due day that falls into Tết comes too early, never late.
    """
    if count < 0:
        raise ValueError("working days are counted forwards")
    while count:
        day += timedelta(days=1)
        if day.weekday() < 5:
            count -= 1
    return day
