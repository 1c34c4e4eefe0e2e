"""What targets leave open, as exact numbers that can be weighted and added up. Pure."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple

from data.judging.operators import CHANGES, Direction, Operator
from data.targets.register import TargetInfo

# A weight, or a count: whole where it was counted, an exact fraction where a unit was split.
Weight = int | Fraction

_NEVER_ADDED = CHANGES | {Operator.PER_ZONE, Operator.WORDS}
# Levels without a sign of their own: the direction says which side of them is good as well.
_BY_DIRECTION = frozenset({Operator.REACH, Operator.ABOUT, Operator.REACH_AND_HOLD})


class Ends(NamedTuple):
    """From where to where a value lies, in the definition's measure; None where nothing bounds that side.

    A strict end is no part of it: below 109 ends before 109.
    """

    low: Fraction | None = None
    high: Fraction | None = None
    low_strict: bool = False
    high_strict: bool = False


def exact(printed: float | None) -> Fraction:
    """The number as it was printed: 70.6 is 706/10 and not its nearest binary neighbour."""
    return Fraction(repr(printed if printed is not None else 0.0))


def is_level(target: TargetInfo) -> bool:
    """Whether the target is a number that a value is held against, and no change, range by zone or words."""
    return target.operator not in _NEVER_ADDED and not target.ambiguous and target.low is not None


def ends_of(target: TargetInfo) -> Ends | None:
    """Where a unit stands that does exactly what its target asks; None where the target is no level.

    "About 75" is 75: the tolerance is for judging a result, and nobody plans by it.
    """
    if not is_level(target) or (target.operator is Operator.REACH and target.direction is None):
        return None
    low, high = exact(target.low), exact(target.high)
    direction = target.direction if target.operator in _BY_DIRECTION else None
    if target.operator in (Operator.AT_LEAST, Operator.ABOVE) or direction is Direction.UP:
        return Ends(low=low, low_strict=target.operator is Operator.ABOVE)
    if target.operator in (Operator.AT_MOST, Operator.BELOW) or direction is Direction.DOWN:
        return Ends(high=high, high_strict=target.operator is Operator.BELOW)
    return Ends(low, high)


def weighted(numbers: Iterable[Fraction], weights: Iterable[Weight], whole: Weight) -> Fraction:
    """The numbers times their weights, added up, over the whole."""
    parts = (number * weight for number, weight in zip(numbers, weights, strict=True))
    return sum(parts, Fraction(0)) / whole


def together(parts: Sequence[tuple[Ends, Weight]], whole: Weight) -> Ends:
    """The ends of the weighted sum: a side is open where it is open of any part that weighs something."""
    heavy = [(ends, weight) for ends, weight in parts if weight]
    weights = [weight for _ends, weight in heavy]
    lows = [ends.low for ends, _weight in heavy if ends.low is not None]
    highs = [ends.high for ends, _weight in heavy if ends.high is not None]
    return Ends(
        weighted(lows, weights, whole) if heavy and len(lows) == len(heavy) else None,
        weighted(highs, weights, whole) if heavy and len(highs) == len(heavy) else None,
        any(ends.low_strict for ends, _weight in heavy),
        any(ends.high_strict for ends, _weight in heavy),
    )
