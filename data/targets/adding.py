"""What the targets of several units would come to for the unit that they became: to be read, never to judge by.

Pure arithmetic. Counts are added by the shares of the areas; ratios are weighted by what they are shares of, counted in
one year for all of them. Anything else cannot be added up, and the answer says why.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from data.judging.operators import Direction, Operator
from data.targets.ends import exact, is_level, weighted
from data.targets.register import TargetInfo, rivals


class Hindrance(StrEnum):
    """Why targets do not add up."""

    MISSING = "MISSING"  # one of the units has no target of that definition and year
    TWO_IN_FORCE = "TWO_IN_FORCE"  # one of them has two that the rule cannot choose between
    KIND = "KIND"  # a change against a base year, a range by zone, words
    DIFFERENT = "DIFFERENT"  # one says at least, another says at most
    NO_WEIGHT = "NO_WEIGHT"  # a ratio whose denominator was not counted for all of them in any one year


@dataclass(frozen=True, slots=True)
class Piece:
    """What one unit brings: the share of its area, its targets in force, and for a ratio its denominator."""

    unit_id: int
    share: Fraction
    in_force: tuple[TargetInfo, ...]
    weight: int | Fraction | None = None

    @property
    def judging(self) -> tuple[TargetInfo, ...]:
        """Those that judge the unit itself, numbers by fertility zone left aside."""
        return rivals(self.in_force)


@dataclass(frozen=True, slots=True)
class TargetSum:
    """What the targets come to, exactly, in the definition's measure."""

    operator: Operator
    direction: Direction | None
    low: Fraction
    high: Fraction


@dataclass(frozen=True, slots=True)
class Unadded:
    """Why they do not add up, and because of which units."""

    why: Hindrance
    unit_ids: tuple[int, ...]


def add_targets(pieces: Sequence[Piece], *, is_count: bool) -> TargetSum | Unadded:
    """The sum of the units' targets for one definition and year; `is_count` tells counts from ratios."""
    if lacking := _those(pieces, lambda targets: not targets):
        return Unadded(Hindrance.MISSING, lacking)
    if doubled := _those(pieces, lambda targets: len(targets) > 1):
        return Unadded(Hindrance.TWO_IN_FORCE, doubled)
    if unsummable := _those(pieces, lambda targets: not is_level(targets[0])):
        return Unadded(Hindrance.KIND, unsummable)
    targets = [piece.judging[0] for piece in pieces]
    first = targets[0]
    if any((one.operator, one.direction) != (first.operator, first.direction) for one in targets):
        return Unadded(Hindrance.DIFFERENT, tuple(piece.unit_id for piece in pieces))
    if is_count:
        weights, whole = [piece.share for piece in pieces], Fraction(1)
    else:
        unweighted = tuple(piece.unit_id for piece in pieces if not piece.weight)
        if unweighted:
            return Unadded(Hindrance.NO_WEIGHT, unweighted)
        weights = [piece.share * (piece.weight or 0) for piece in pieces]
        whole = sum(weights, Fraction(0))
    low, high = (
        weighted(map(exact, ends), weights, whole)
        for ends in ([one.low for one in targets], [one.high for one in targets])
    )
    return TargetSum(first.operator, first.direction, low, high)


def _those(pieces: Iterable[Piece], wanted: Callable[[tuple[TargetInfo, ...]], bool]) -> tuple[int, ...]:
    return tuple(piece.unit_id for piece in pieces if wanted(piece.judging))
