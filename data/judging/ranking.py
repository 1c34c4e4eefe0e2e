"""Ranks, and how far chance lets them be known: a range of ranks in place of one.

The method: each unit has an interval, that of its value (95 %) where chance moves it, else the value alone. Whoever's
interval lies wholly on the better side stands before it, whoever's lies wholly on the worse side stands behind it, and
between the two nothing is known. Comparing in pairs whether intervals overlap is careful: two units whose intervals
overlap a little may still differ.
"""

from collections.abc import Iterable
from math import inf
from typing import NamedTuple

from data.judging.operators import Band


class Contender(NamedTuple):
    """How good a value is, higher is better, and between which ends chance leaves it."""

    low: float
    point: float
    high: float


class RankRange(NamedTuple):
    """Of `of` units it stands between the ranks `best` and `worst`; by its value alone from `first` to `last`, which
    differ where others have the same value.
    """

    best: int
    worst: int
    first: int
    last: int
    of: int


def contender(band: Band, value: float, low: float | None = None, high: float | None = None) -> Contender:
    """A value seen from what is acceptable: more is better, or less, or where both sides have an end, nearer to it.

    Whatever lies within a range with two ends is equally good: below it is as wrong as above.
    """
    low, high = (value, value) if low is None or high is None else (low, high)
    if band.floor == -inf:
        return Contender(-high, -value, -low)
    if band.ceiling == inf:
        return Contender(low, value, high)
    ends = _shortfall(band, low), _shortfall(band, high)
    reaches = low <= band.ceiling and high >= band.floor
    return Contender(min(ends), _shortfall(band, value), 0.0 if reaches else max(ends))


def rank_range(own: Contender, others: Iterable[Contender]) -> RankRange:
    """The ranks that one unit may have among others; it does not depend on their order."""
    rest = list(others)
    return RankRange(
        1 + sum(one.low > own.high for one in rest),
        1 + sum(one.high >= own.low for one in rest),
        1 + sum(one.point > own.point for one in rest),
        1 + sum(one.point >= own.point for one in rest),
        1 + len(rest),
    )


def _shortfall(band: Band, value: float) -> float:
    return min(band.margin(value), 0.0)
