"""How a result is judged against a target: numbers in; verdict, margin and numbers out.

Delivery is judged by arithmetic: 89 500 of 90 000 is not met. What chance moves is judged by its interval: met when
all of it is acceptable, not met when none of it is, uncertain between. Nothing here reads a clock or a table.
"""

from math import inf, isfinite

from data.judging.intervals import sex_ratio_interval, share_interval
from data.judging.judgement import Goal, Judgement, Observed
from data.judging.operators import Band, Operator
from data.judging.verdicts import Reason, Verdict

MONTHS = 12
_NO_DATA = Judgement(Verdict.NO_DATA)
# A plan for a number of things may be ahead of the calendar; a range, or a limit, is used up evenly over the year.
_MAY_RUN_AHEAD = frozenset({Operator.ABOUT, Operator.EXACTLY})


def judge(goal: Goal, observed: Observed) -> Judgement:
    """The judgement of one result against one target. A value that is no finite number is no data."""
    if observed.value is None or not isfinite(value := float(observed.value)):
        return _NO_DATA
    interval = interval_of(observed) if observed.chance else None
    band = goal.band
    if band is None:
        return _unjudged(goal.unjudged, None, interval)
    running = observed.elapsed_months < MONTHS and observed.standing != "ESTIMATE"
    counting = running and goal.is_count and not observed.stock
    if goal.year != observed.year:
        # Part of a year is no distance from a whole one: a flow has a margin only when its year is complete.
        later = goal.year > observed.year
        margin = band.margin(value) if later and not counting else None
        return _unjudged(Reason.LATER_YEAR if later else Reason.OTHER_YEAR, margin, interval)
    if counting:
        return _count_so_far(goal, band, value, observed)
    good, bad = _pair(observed, running=running)
    if observed.chance and not goal.is_count:
        return _by_interval(band, value, interval, good, bad)
    margin = band.margin(value)
    return Judgement(good if band.accepts(margin) else bad, margin)


def interval_of(observed: Observed) -> tuple[float, float] | None:
    """The 95 % interval of a statistic that chance moves; None where its parts are unknown, empty or no such parts."""
    if observed.numerator is None or observed.denominator is None:
        return None
    interval = share_interval if observed.share else sex_ratio_interval
    return interval(float(observed.numerator), float(observed.denominator), observed.factor)


def _unjudged(reason: Reason | None, margin: float | None, interval: tuple[float, float] | None) -> Judgement:
    low, high = interval or (None, None)
    return Judgement(Verdict.NOT_JUDGED, margin, reason, low, high)


def _by_interval(
    band: Band, value: float, interval: tuple[float, float] | None, good: Verdict, bad: Verdict
) -> Judgement:
    """What chance moves: decided only when all of the interval lies on one side of what is acceptable."""
    margin = band.margin(value)
    if interval is None:
        return Judgement(Verdict.UNCERTAIN, margin, Reason.NO_PARTS)
    low, high = interval
    if band.holds(low, high):
        return Judgement(good, margin, None, low, high)
    if band.misses(low, high):
        return Judgement(bad, margin, None, low, high)
    return Judgement(Verdict.UNCERTAIN, margin, Reason.SMALL_NUMBERS, low, high)


def _pair(observed: Observed, *, running: bool) -> tuple[Verdict, Verdict]:
    """The verdicts for an acceptable and for an unacceptable value."""
    if observed.standing == "ESTIMATE":
        return Verdict.EXPECTED, Verdict.BEHIND
    return (Verdict.ON_TRACK, Verdict.BEHIND) if running else (Verdict.MET, Verdict.NOT_MET)


def _count_so_far(goal: Goal, band: Band, value: float, observed: Observed) -> Judgement:
    """A count within the year against the part of the year's number that is due by now.

    The year's own number decides already where it can: reached, when more can do no harm; exceeded, when it is a limit.
    """
    margin = band.margin(value)
    if not observed.additive:
        return Judgement(Verdict.NOT_JUDGED, margin, Reason.PART_OF_YEAR)
    part = observed.elapsed_months / MONTHS
    if part <= 0:
        raise ValueError("a period ends in a month")
    accepted = band.accepts(margin)
    if accepted and band.ceiling == inf:
        return Judgement(Verdict.MET, margin)
    if not accepted and value >= band.ceiling:
        return Judgement(Verdict.NOT_MET, margin)
    ahead = goal.operator in _MAY_RUN_AHEAD
    due = Band(band.floor * part, band.ceiling if ahead else band.ceiling * part, band.strict)
    margin = due.margin(value)
    verdict = Verdict.ON_TRACK if due.accepts(margin) else Verdict.BEHIND
    return Judgement(verdict, margin, due=due.floor if ahead else due.edge(value))
