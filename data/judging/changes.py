"""Changes against a base year: where the base value comes from, and how uncertain a change is."""

from math import inf, sqrt

from data.judging.intervals import FEW, events_interval
from data.judging.judgement import Goal, Observed
from data.judging.observing import Interval, interval_of
from data.judging.operators import CHANGES, Band, kept_share


def base_of(goal: Goal, observed: Observed) -> Observed | None:
    """The result of the base year, where it is among the earlier ones."""
    return next((one for one in observed.earlier if one.year == goal.baseline_year and one.value is not None), None)


def is_of_few(goal: Goal, band: Band, value: float) -> bool:
    """Whether it is a fall of so few events that chance alone may have made it: 20 cases after 23 are no trend."""
    if not goal.is_count or goal.operator not in CHANGES or band.floor > -inf or value < 0:
        return False
    return value < FEW or 0 <= float(goal.baseline or 0) < FEW


def change_interval(goal: Goal, observed: Observed, base: Observed | None) -> Interval | None:
    """The interval of the value as far as a change is judged by it.

    Where the base value is a count like the value, it is uncertain too, and the interval grows by what the base adds
    to it (the limits of a difference by Newcombe's method); a base value that the plan prints is what it is. None
    where the parts of one of them are not known.
    """
    interval = _interval(goal, observed)
    if interval is None or base is None:
        return interval
    before = _interval(goal, base)
    if before is None:
        return None
    share = kept_share(goal.operator, float(goal.low or 0))
    value, base_value = float(observed.value or 0), float(base.value or 0)
    down = sqrt((value - interval[0]) ** 2 + (share * (before[1] - base_value)) ** 2)
    up = sqrt((interval[1] - value) ** 2 + (share * (base_value - before[0])) ** 2)
    return value - down, value + up


def _interval(goal: Goal, observed: Observed) -> Interval | None:
    if goal.is_count:
        return events_interval(max(float(observed.value or 0), 0.0))
    return interval_of(observed)
