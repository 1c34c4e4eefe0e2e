"""How far chance may have moved a result."""

from data.judging.intervals import sex_ratio_interval, share_interval
from data.judging.judgement import Observed

Interval = tuple[float, float]


def interval_of(observed: Observed) -> Interval | None:
    """The 95 % interval of a statistic that chance moves; None where its parts are unknown, empty or no such parts."""
    if observed.numerator is None or observed.denominator is None:
        return None
    interval = share_interval if observed.share else sex_ratio_interval
    return interval(float(observed.numerator), float(observed.denominator), observed.factor)
