"""The running check: what the children's numbers come to, held against the parent's own. Pure and exact."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from data.handing.proposals import Goal, Part, rounded
from data.judging.operators import Direction
from data.targets.ends import weighted


class Check(NamedTuple):
    """What the numbers of one indicator come to.

    `total` is their sum, or their mean weighted by those that are `unweighed` left out; None where there is nothing to
    add up. `difference` is total less goal, `reached` whether that is good enough; both None without goal or total.
    `lacking` are without a number; `beside` ask for less than the parent itself is asked for. Units by their keys.
    """

    total: Fraction | None
    difference: Fraction | None
    reached: bool | None
    lacking: tuple[str, ...]
    unweighed: tuple[str, ...]
    beside: tuple[str, ...]


def check(goal: Goal | None, parts: Sequence[Part], numbers: Mapping[str, Fraction], *, is_count: bool) -> Check:
    """Adds up counts, weights rates; the order of the parts decides nothing but that of the answer."""
    there = [one for one in parts if one.key in numbers]
    lacking = tuple(one.key for one in parts if one.key not in numbers)
    unweighed = () if is_count else tuple(one.key for one in there if not one.weight)
    total = _sum(there, numbers) if is_count else _mean(there, numbers)
    beside = () if is_count or goal is None else tuple(one.key for one in there if _asks_less(numbers[one.key], goal))
    if total is None or goal is None:
        return Check(total, None, None, lacking, unweighed, beside)
    difference = total - goal.number
    return Check(total, difference, _is_reached(total, goal), lacking, unweighed, beside)


def _sum(parts: Sequence[Part], numbers: Mapping[str, Fraction]) -> Fraction | None:
    return sum((numbers[one.key] for one in parts), Fraction(0)) if parts else None


def _mean(parts: Sequence[Part], numbers: Mapping[str, Fraction]) -> Fraction | None:
    heavy = [one for one in parts if one.weight]
    weights = [one.weight or 0 for one in heavy]
    whole = sum(weights, Fraction(0))
    return weighted((numbers[one.key] for one in heavy), weights, whole) if whole else None


def _asks_less(number: Fraction, goal: Goal) -> bool:
    """Whether the number lies on the bad side of the parent's own; of one that has no sides, whether it is another."""
    if goal.asks.good is Direction.UP:
        return number < goal.number
    if goal.asks.good is Direction.DOWN:
        return number > goal.number
    return number != goal.number


def _is_reached(total: Fraction, goal: Goal) -> bool:
    if goal.asks.good is Direction.UP:
        return total >= goal.number
    if goal.asks.good is Direction.DOWN:
        return total <= goal.number
    return rounded(total, goal) == rounded(goal.number, goal)
