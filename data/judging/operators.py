"""How a target is worded, and which values are acceptable under it."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import inf

Number = float | int | Decimal | Fraction


class Operator(StrEnum):
    """The kinds of targets that plans print."""

    AT_LEAST = "AT_LEAST"
    ABOVE = "ABOVE"
    AT_MOST = "AT_MOST"
    BELOW = "BELOW"
    REACH = "REACH"  # "về mức 111", "đạt mức 75": no sign is printed; the target's direction says how to read it
    RANGE = "RANGE"
    ABOUT = "ABOUT"
    EXACTLY = "EXACTLY"
    REACH_AND_HOLD = "REACH_AND_HOLD"  # in the target's year, and not lost again since it was first reached
    DELTA = "DELTA"  # points, per mille or a count, against a base year
    DELTA_RELATIVE = "DELTA_RELATIVE"  # percent, against a base year
    REDUCTION_FRACTION = "REDUCTION_FRACTION"
    REDUCTION_PERCENT = "REDUCTION_PERCENT"
    PER_ZONE = "PER_ZONE"
    WORDS = "WORDS"


class Direction(StrEnum):
    """Which side of a level that is printed without a sign is good: DOWN the values below it, UP those above."""

    UP = "UP"
    DOWN = "DOWN"


# Changes that are a share of the base value, so that without one above zero they mean nothing.
SHARES = frozenset({Operator.DELTA_RELATIVE, Operator.REDUCTION_FRACTION, Operator.REDUCTION_PERCENT})
CHANGES = SHARES | {Operator.DELTA}
_REDUCTIONS = (Operator.REDUCTION_FRACTION, Operator.REDUCTION_PERCENT)

# "khoảng" ("about"): a convention of the portal, shown wherever it decides.
ABOUT_SHARE_OF_COUNT = 0.02
ABOUT_POINTS_OF_RATE = 0.5

# A ratio worked out in floating point may miss the printed decimal by a few units in the last place (29 of 100 gives
# 28.999999999999996 %). Ten times that is still far below one person in a hundred million.
_NOISE = 1e-14


@dataclass(frozen=True, slots=True)
class Band:
    """The acceptable values: from `floor` to `ceiling`, both included unless `strict`; infinite where there is none."""

    floor: float
    ceiling: float
    strict: bool = False

    def margin(self, value: float) -> float:
        """Signed distance to the nearest end: positive inside, negative outside, in the measure of the value."""
        above, below = value - self.floor, self.ceiling - value
        margin, end = (above, self.floor) if above < below else (below, self.ceiling)
        return 0.0 if abs(margin) <= _NOISE * abs(end) else margin

    def accepts(self, margin: float) -> bool:
        """Whether a value at that margin is acceptable; on the very end it is unless the band is strict."""
        return margin > 0 if self.strict else margin >= 0

    def holds(self, low: float, high: float) -> bool:
        """Whether every value from `low` to `high` is acceptable."""
        return self.accepts(self.margin(low)) and self.accepts(self.margin(high))

    def misses(self, low: float, high: float) -> bool:
        """Whether no value from `low` to `high` is acceptable."""
        if self.strict:
            return high <= self.floor or low >= self.ceiling
        return high < self.floor or low > self.ceiling

    def edge(self, value: float) -> float:
        """The end of the band that is nearest to the value."""
        return self.floor if value - self.floor < self.ceiling - value else self.ceiling


def band_of(
    operator: Operator, low: float, high: float, direction: Direction | None, *, tolerance: float
) -> Band | None:
    """The band of an operator that is judged; None for the others, and for a level with no direction.

    "About" reaches as far as the tolerance on both sides; where the direction says which side is good, what lies
    farther on that side is acceptable too: a sex ratio of 106 has not missed "about 111". A level to hold is read in
    the same way. Numbers by zone are the range of the one zone that they are for.
    """
    if operator is Operator.REACH and direction is not None:
        operator = Operator.AT_LEAST if direction is Direction.UP else Operator.AT_MOST
    strict = operator in (Operator.ABOVE, Operator.BELOW)
    if operator in (Operator.AT_LEAST, Operator.ABOVE):
        return Band(low, inf, strict)
    if operator in (Operator.AT_MOST, Operator.BELOW):
        return Band(-inf, high, strict)
    if operator in (Operator.RANGE, Operator.EXACTLY, Operator.PER_ZONE):
        return Band(low, high)
    if operator not in (Operator.ABOUT, Operator.REACH_AND_HOLD):
        return None
    floor = -inf if direction is Direction.DOWN else low - tolerance
    return Band(floor, inf if direction is Direction.UP else high + tolerance)


def kept_share(operator: Operator, size: float) -> float:
    """What a change leaves of the base value: 1 where it adds or takes points, a half where it takes a half."""
    if operator is Operator.DELTA:
        return 1.0
    if operator is Operator.REDUCTION_FRACTION:
        return 1 - size
    return 1 + (size if operator is Operator.DELTA_RELATIVE else -size) / 100


def level_of_change(operator: Operator, size: float, base: float) -> float:
    """The level that a change of that size from the base value leads to. Reductions have sizes above zero."""
    return base + size if operator is Operator.DELTA else base * kept_share(operator, size)


def change_band(operator: Operator, low: float, high: float, direction: Direction | None, base: float) -> Band:
    """The acceptable values of a change from the base value; of a change between two sizes the smaller is enough.

    What goes farther the same way is acceptable too. Where nothing says which way, the sign of a change does.
    """
    falls = direction is Direction.DOWN if direction else low < 0 or operator in _REDUCTIONS
    near, far = (level_of_change(operator, size, base) for size in (low, high))
    return Band(-inf, max(near, far)) if falls else Band(min(near, far), inf)
