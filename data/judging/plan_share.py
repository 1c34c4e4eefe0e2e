"""Percent of the plan ("% so KH"): how much of a planned level a result comes to. It is no rate and judges nothing."""

from enum import StrEnum
from math import inf

from data.judging.judgement import Goal
from data.judging.operators import Operator

# What asks for one level that more of a result comes nearer to.
_LEVELS = frozenset(
    {Operator.AT_LEAST, Operator.ABOVE, Operator.ABOUT, Operator.EXACTLY, Operator.REACH, Operator.REACH_AND_HOLD}
)


class NoShare(StrEnum):
    """Why a result is no part of its plan."""

    NO_PLAN = "NO_PLAN"  # nothing is set for the unit and the year
    NO_RESULT = "NO_RESULT"  # there is none, or none to be shown: a share of a known plan would tell it
    NO_SUM = "NO_SUM"  # a count whose year up to the period's end is not complete, or does not add up
    UNJUDGED = "UNJUDGED"  # the plan judges nothing here, for the reason that stands with the judgement
    LIMIT = "LIMIT"  # a level not to be exceeded is not fulfilled by coming near it
    NO_LEVEL = "NO_LEVEL"  # a range, a change, words


def percent_of_plan(goal: Goal, value: float) -> float | NoShare:
    """The value in percent of the goal's level; both in the same measure, a count since 1 January."""
    if goal.barred is not None:
        return NoShare.UNJUDGED
    if goal.operator not in _LEVELS or goal.band is None or goal.low is None or float(goal.low) <= 0:
        return NoShare.LIMIT if _is_limit(goal) else NoShare.NO_LEVEL
    return NoShare.LIMIT if _is_limit(goal) else value / float(goal.low) * 100


def _is_limit(goal: Goal) -> bool:
    return goal.band is not None and goal.band.floor == -inf and goal.band.ceiling < inf
