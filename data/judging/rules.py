"""How a result is judged against a target: numbers in; verdict, margin and numbers out.

Delivery is judged by arithmetic: 89 500 of 90 000 is not met. What chance moves is judged by its interval: met when
all of it is acceptable, not met when none of it is, uncertain between. Nothing here reads a clock or a table.
"""

from dataclasses import replace
from math import inf, isfinite

from data.judging.changes import base_of, change_interval, is_of_few
from data.judging.grounds import grounds_of
from data.judging.holding import held
from data.judging.judgement import Goal, Grounds, Judgement, Observed
from data.judging.observing import Interval, interval_of
from data.judging.operators import CHANGES, Band, Operator
from data.judging.verdicts import Reason, Verdict

MONTHS = 12
_NO_DATA = Judgement(Verdict.NO_DATA)
# A plan for a number of things may be ahead of the calendar; a range, or a limit, is used up evenly over the year.
_MAY_RUN_AHEAD = frozenset({Operator.ABOUT, Operator.EXACTLY, Operator.REACH_AND_HOLD})
# What only a verdict of these kinds, or a change, has more to say about than its margin.
_SAYING_MORE = frozenset({Verdict.UNCERTAIN, Verdict.NOT_MET})


def judge(goal: Goal, observed: Observed) -> Judgement:
    """The judgement of one result against one target. A value that is no finite number is no data."""
    if observed.value is None or not isfinite(value := float(observed.value)):
        return _NO_DATA
    interval = interval_of(observed) if observed.chance else None
    if goal.definition and observed.definition and goal.definition != observed.definition:
        return _unjudged(Reason.OTHER_DEFINITION, None, interval)
    if goal.unjudged is Reason.NO_BASELINE:
        return _by_own_base(goal, observed, interval)
    return _judged(goal, observed, value, interval, None)


def _by_own_base(goal: Goal, observed: Observed, interval: Interval | None) -> Judgement:
    """A change whose base value the plan does not print: judged from the unit's own result of the base year."""
    if goal.year != observed.year:
        return _unjudged(_other_year(goal, observed), None, interval)
    base = base_of(goal, observed)
    if base is None:
        missing = _unjudged(Reason.NO_BASELINE, None, interval)
        return replace(missing, grounds=Grounds(base_year=goal.baseline_year))
    return _judged(replace(goal, baseline=base.value), observed, float(observed.value or 0), interval, base)


def _judged(
    goal: Goal, observed: Observed, value: float, interval: Interval | None, base: Observed | None
) -> Judgement:
    band = goal.band
    if band is None:
        return _unjudged(goal.unjudged, None, interval)
    running = observed.elapsed_months < MONTHS and observed.standing != "ESTIMATE"
    counting = running and goal.is_count and not observed.stock
    some = observed.partial and goal.is_count
    if goal.year != observed.year:
        # Part of a year is no distance from a whole one, nor is a part of the units: a flow has a margin only when its
        # year is complete, a count only when everybody is in it.
        margin = band.margin(value) if goal.year > observed.year and not counting and not some else None
        return _unjudged(_other_year(goal, observed), margin, interval)
    if some:
        found = _of_some_units(goal, band, value, observed, base, counting=counting)
    elif counting:
        found = _count_so_far(goal, band, value, observed)
    else:
        found = _of_the_year(goal, band, observed, value, interval, base, running=running)
    if goal.operator is Operator.REACH_AND_HOLD and found.verdict is not Verdict.UNCERTAIN:
        return held(band, observed, found)
    if found.verdict in _SAYING_MORE or goal.operator in CHANGES:
        grounds = grounds_of(goal, band, observed, found, base)
        return found if grounds is None else replace(found, grounds=grounds)
    return found


def _of_the_year(
    goal: Goal,
    band: Band,
    observed: Observed,
    value: float,
    interval: Interval | None,
    base: Observed | None,
    *,
    running: bool,
) -> Judgement:
    good, bad = _pair(observed, running=running)
    if (observed.chance and not goal.is_count) or is_of_few(goal, band, value):
        if goal.operator in CHANGES:
            interval = change_interval(goal, observed, base)
        return _by_interval(band, value, interval, good, bad)
    margin = band.margin(value)
    return Judgement(good if band.accepts(margin) else bad, margin)


def _other_year(goal: Goal, observed: Observed) -> Reason:
    return Reason.LATER_YEAR if goal.year > observed.year else Reason.OTHER_YEAR


def _unjudged(reason: Reason | None, margin: float | None, interval: Interval | None) -> Judgement:
    low, high = interval or (None, None)
    return Judgement(Verdict.NOT_JUDGED, margin, reason, low, high)


def _by_interval(band: Band, value: float, interval: Interval | None, good: Verdict, bad: Verdict) -> Judgement:
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


def _of_some_units(
    goal: Goal, band: Band, value: float, observed: Observed, base: Observed | None, *, counting: bool
) -> Judgement:
    """A count that some units are missing from is decided only by what no unit can take back: reached, when more can
    do no harm; exceeded, when it is a limit, and where few events are told from chance, when chance has no part in it.
    Within the year that is so of what is due by now as well.
    """
    if counting and inf in (band.ceiling, -band.floor):
        so_far = _count_so_far(goal, band, value, observed)
        if so_far.verdict is (Verdict.ON_TRACK if band.ceiling == inf else Verdict.BEHIND):
            return so_far
    margin = band.margin(value)
    good, bad = _pair(observed, running=False)
    if band.accepts(margin) and band.ceiling == inf:
        return Judgement(good, margin)
    if not band.accepts(margin) and value >= band.ceiling:
        if counting or not is_of_few(goal, band, value):
            return Judgement(bad, margin)
        found = _by_interval(band, value, change_interval(goal, observed, base), good, bad)
        if found.verdict is bad:
            return found
    return _unjudged(Reason.NOT_ALL_UNITS, None, None)


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
