"""Where to start: three ways to share a unit's own target among those below it. Pure and exact.

They are starting points, shown with their method; whoever hands down changes what they know better.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from fractions import Fraction
from math import ceil, floor
from typing import NamedTuple

from data.handing.asks import Asks
from data.handing.closing import Mover, TooFar, close_counts, close_rates
from data.handing.model import Amount
from data.handing.splitting import split
from data.judging.operators import Direction


class Way(StrEnum):
    """By which method."""

    EQUAL = "EQUAL"  # a rate is everybody's, a count is divided evenly
    SHARE = "SHARE"  # a count by what the units weigh
    GAP = "GAP"  # from the last result on, closing the gap in equal parts


class Hindrance(StrEnum):
    """Why there is no proposal."""

    NO_GOAL = "NO_GOAL"  # the parent has no number of its own
    NOT_WHOLE = "NOT_WHOLE"  # a count that is no whole number cannot be shared out
    HELD = "HELD"  # the numbers that stay leave less than nothing for the others
    NO_WEIGHT = "NO_WEIGHT"  # what some of them weigh is not known
    NO_RESULT = "NO_RESULT"  # the last result of some of them is not known
    TOO_FAR = "TOO_FAR"  # the others could not make up for the numbers that stay
    RATE = "RATE"  # a rate is not shared out


class Goal(NamedTuple):
    """The parent's own number and how it is read. `most` is what no unit can exceed; `decimals` those of a proposal."""

    number: Fraction
    asks: Asks
    is_count: bool
    most: Fraction | None
    decimals: int


class Part(NamedTuple):
    """One child: its last result, and what it weighs; None where that is not known."""

    key: str
    last: Fraction | None
    weight: Amount | None


class Unproposed(NamedTuple):
    """Why there is no proposal, and because of which units."""

    why: Hindrance
    keys: tuple[str, ...] = ()


Proposal = dict[str, Fraction]


def propose(way: Way, goal: Goal, parts: Sequence[Part], held: Mapping[str, Fraction]) -> Proposal | Unproposed:
    """A number for every part that is not in `held`; those stay, and the others get what they leave.

    Counts add up to the goal exactly, with what is held. Rates are rounded to the side that is good, so that together
    they reach the goal; a rate that is proposed to all alike is the goal itself.
    """
    open_parts = [one for one in parts if one.key not in held]
    if not open_parts:
        return {}
    if goal.is_count:
        return _of_count(way, goal, open_parts, held)
    if way is Way.SHARE:
        return Unproposed(Hindrance.RATE)
    if way is Way.EQUAL:
        return {one.key: goal.number for one in open_parts}
    return _of_rate(goal, parts, open_parts, held)


def rounded(number: Fraction, goal: Goal) -> Fraction:
    """The number with the goal's decimals, rounded to the side that is good; to the nearest where neither is."""
    scale = 10**goal.decimals
    scaled = number * scale
    if goal.asks.good is Direction.UP:
        return Fraction(ceil(scaled), scale)
    if goal.asks.good is Direction.DOWN:
        return Fraction(floor(scaled), scale)
    return Fraction(floor(scaled + Fraction(1, 2)), scale)


def _of_count(way: Way, goal: Goal, parts: Sequence[Part], held: Mapping[str, Fraction]) -> Proposal | Unproposed:
    left = goal.number - sum(held.values(), Fraction(0))
    if left.denominator != 1:
        return Unproposed(Hindrance.NOT_WHOLE)
    if left < 0:
        return Unproposed(Hindrance.HELD)
    if way is Way.SHARE:
        return _shared(int(left), parts)
    if way is Way.EQUAL:
        return split(int(left), {one.key: 1 for one in parts})
    lacking = tuple(one.key for one in parts if one.last is None)
    if lacking:
        return Unproposed(Hindrance.NO_RESULT, lacking)
    return close_counts(int(left), {one.key: one.last or Fraction(0) for one in parts}, goal.asks.good)


def _shared(left: int, parts: Sequence[Part]) -> Proposal | Unproposed:
    lacking = tuple(one.key for one in parts if not one.weight)
    if lacking:
        return Unproposed(Hindrance.NO_WEIGHT, lacking)
    return split(left, {one.key: one.weight or 0 for one in parts})


def _of_rate(
    goal: Goal, parts: Sequence[Part], open_parts: Sequence[Part], held: Mapping[str, Fraction]
) -> Proposal | Unproposed:
    """Those whose last result or weight is not known get the goal itself, which leaves the mean where it is."""
    movers = {
        one.key: Mover(one.last, Fraction(one.weight)) for one in open_parts if one.last is not None and one.weight
    }
    if not movers:
        return Unproposed(Hindrance.NO_RESULT, tuple(one.key for one in open_parts))
    # What the numbers that stay fall short of the goal, or exceed it by, is for the others to make up.
    owed = sum(
        (one.weight * (goal.number - held[one.key]) for one in parts if one.key in held and one.weight), Fraction(0)
    )
    try:
        moved = close_rates(goal.number, movers, owed, goal.asks.good, goal.most)
    except TooFar:
        return Unproposed(Hindrance.TOO_FAR)
    return {one.key: rounded(moved.get(one.key, goal.number), goal) for one in open_parts}
