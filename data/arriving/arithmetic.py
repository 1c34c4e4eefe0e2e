"""Would the whole arrive? Pure arithmetic, exact: what the parts' targets come to, held against what is asked of it.

A ratio is weighted by what it is a share of, a count adds up. Nothing is rounded here, and no verdict says more than
follows: where a part has no target only what holds whatever it does is said.
"""

from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from fractions import Fraction
from math import isfinite
from typing import NamedTuple

from data.catalogue.model import Definition
from data.judging.operators import Band
from data.measures import Measure
from data.targets.ends import Ends, Weight, together

_HUNDRED = 100
# Far below the last decimal of any target: what floating point adds to a tolerance, as in 2.1 - 0.05, is no part of it.
_DECIMALS = 9


class Conclusion(StrEnum):
    """Whether the whole arrives."""

    ARRIVES = "ARRIVES"
    FALLS_SHORT = "FALLS_SHORT"
    UNSAID = "UNSAID"


class Outcome(NamedTuple):
    """The conclusion with the signed distance to the nearest acceptable value: positive is good. None if unsaid."""

    conclusion: Conclusion
    margin: Fraction | None


class Input(NamedTuple):
    """One part of the whole: what its target leaves open, None without one that is a level, and what it weighs."""

    unit_id: int
    ends: Ends | None
    weight: Weight | None


class Contribution(NamedTuple):
    """How far one part's target lies from what is asked, in its measure, and its part of the whole's distance.

    Both are signed: positive is good. The parts of the distance add up to all of it.
    """

    unit_id: int
    difference: Fraction
    part: Fraction


UNSAID = Outcome(Conclusion.UNSAID, None)


def value_of(inputs: Iterable[Input], *, is_count: bool) -> Ends | None:
    """What the targets of those that have one come to; None where nobody has one, or a ratio cannot be weighted."""
    pairs = [(one.ends, 1 if is_count else one.weight) for one in inputs if one.ends is not None]
    known = [(ends, weight) for ends, weight in pairs if weight is not None]
    whole = Fraction(1) if is_count else sum((weight for _ends, weight in known), Fraction(0))
    return together(known, whole) if known and len(known) == len(pairs) and whole else None


def conclude(inputs: Sequence[Input], band: Band, natural: Ends, *, is_count: bool) -> Outcome:
    """Whether the whole arrives if each part does exactly what its target asks, whatever those without one do.

    `natural` is between what values everybody's lie. Where a ratio cannot be weighted the whole still lies between
    the lowest and the highest of its parts.
    """
    sure = [one._replace(ends=one.ends or natural) for one in inputs]
    turned = Ends(natural.high, natural.low)
    best = [one._replace(ends=one.ends or turned) for one in inputs]
    least, most = value_of(sure, is_count=is_count), value_of(best, is_count=is_count)
    if least is None or most is None:
        if is_count or not inputs:
            return UNSAID
        least, most = _unweighted(sure, min, max, all), _unweighted(best, max, min, any)
    return _held_against(band, least, most)


def against(band: Band, value: Ends) -> Outcome:
    """How a value that is known from end to end stands to what is asked."""
    return _held_against(band, value, value)


def natural_ends(definition: Definition) -> Ends:
    """Between what values every unit's lie: a count is never below nothing, a share never above all."""
    if definition.measure.is_count:
        return Ends(low=Fraction(0))
    if definition.measure is Measure.PERCENT and definition.plausible_max == _HUNDRED:
        return Ends(Fraction(0), Fraction(_HUNDRED))
    return Ends()


def limit(end: float) -> Fraction | None:
    """An end of a band as it was meant; None where it is open."""
    return Fraction(repr(round(end, _DECIMALS))) if isfinite(end) else None


def edge_of(band: Band, value: Ends) -> tuple[Fraction, bool] | None:
    """The end of what is asked that the value has to do with, and whether it is the floor.

    Of two ends the one that the value lies beyond, else the nearer one; None where the value does not tell.
    """
    ends = [
        (end, of_value, is_floor)
        for end, of_value, is_floor in ((limit(band.floor), value.low, True), (limit(band.ceiling), value.high, False))
        if end is not None
    ]
    if len(ends) == 1:
        ((only, _of_value, is_floor),) = ends
        return only, is_floor
    sides = [
        (_past(of_value, end, is_floor=is_floor), end, is_floor)
        for end, of_value, is_floor in ends
        if of_value is not None
    ]
    return min(sides, key=lambda side: side[0])[1:] if sides else None


def differences(inputs: Iterable[Input], edge: Fraction, *, is_floor: bool) -> dict[int, Fraction]:
    """By unit how far its target lies from the edge, positive where it is good; without those open on that side."""
    found = {one.unit_id: one.ends.low if is_floor else one.ends.high for one in inputs if one.ends is not None}
    return {unit_id: _past(end, edge, is_floor=is_floor) for unit_id, end in found.items() if end is not None}


def contributions(inputs: Iterable[Input], edge: Fraction, *, is_floor: bool) -> tuple[Contribution, ...]:
    """How far each part of a ratio that has a target lies from the edge, the ones that fail most first.

    Empty where one of them has no weight, or no end on that side: then nobody's part of the distance is known.
    """
    having = [one for one in inputs if one.ends is not None]
    apart = differences(having, edge, is_floor=is_floor)
    weights = {one.unit_id: one.weight for one in having if one.weight is not None}
    whole = sum(weights.values(), Fraction(0))
    if not whole or not len(having) == len(apart) == len(weights):
        return ()
    made = [Contribution(one, apart[one], apart[one] * weights[one] / whole) for one in apart]
    return tuple(sorted(made, key=lambda one: (one.part, one.difference, one.unit_id)))


def _past(number: Fraction, end: Fraction, *, is_floor: bool) -> Fraction:
    return number - end if is_floor else end - number


def _held_against(band: Band, least: Ends, most: Ends) -> Outcome:
    """`least` is what is sure, `most` the best that is possible on either side."""
    reached: list[Fraction] = []
    short: list[Fraction] = []
    sides = [
        (limit(band.floor), 1, (least.low, least.low_strict), (most.low, most.low_strict)),
        (limit(band.ceiling), -1, (least.high, least.high_strict), (most.high, most.high_strict)),
    ]
    asked = [(end, sign, sure, best) for end, sign, sure, best in sides if end is not None]
    for end, sign, (sure, sure_beyond), (best, best_beyond) in asked:
        if best is not None and not _reaches(sign * (best - end), band.strict, best_beyond):
            short.append(sign * (best - end))
        elif sure is not None and _reaches(sign * (sure - end), band.strict, sure_beyond):
            reached.append(sign * (sure - end))
    if short:
        return Outcome(Conclusion.FALLS_SHORT, min(short))
    return Outcome(Conclusion.ARRIVES, min(reached)) if reached and len(reached) == len(asked) else UNSAID


def _reaches(distance: Fraction, strict: bool, beyond: bool) -> bool:
    """Whether a value at that distance is acceptable; on a strict end only where it is sure to lie beyond it."""
    return distance > 0 or (distance == 0 and (beyond or not strict))


def _unweighted(
    inputs: Sequence[Input],
    of_lows: Callable[[list[Fraction]], Fraction],
    of_highs: Callable[[list[Fraction]], Fraction],
    of_strict: Callable[[Iterable[bool]], bool],
) -> Ends:
    """What is known of the whole, whatever its parts weigh: with the lowest and the highest of them what is sure."""
    ends = [one.ends or Ends() for one in inputs]
    lows = [one.low for one in ends if one.low is not None]
    highs = [one.high for one in ends if one.high is not None]
    return Ends(
        of_lows(lows) if len(lows) == len(ends) else None,
        of_highs(highs) if len(highs) == len(ends) else None,
        of_strict(one.low_strict for one in ends),
        of_strict(one.high_strict for one in ends),
    )
