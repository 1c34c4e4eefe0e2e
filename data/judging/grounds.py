"""The numbers that a verdict rests on, beyond the value, the target and the distance between them."""

from fractions import Fraction
from math import ceil, floor, inf

from data.judging.judgement import Goal, Grounds, Judgement, Observed
from data.judging.operators import CHANGES, Band
from data.judging.power import births_a_year, births_to_tell, chance_outside, years_to_tell
from data.judging.verdicts import Reason, Verdict

_MOST = 10**12


def grounds_of(
    goal: Goal, band: Band, observed: Observed, judgement: Judgement, base: Observed | None
) -> Grounds | None:
    """What there is to say about a judged value; None where the margin says it all."""
    base_year, base_value, level = _change(goal, band)
    births, a_year, years = _to_know(goal, band, observed, judgement, base)
    truly, outside = _by_chance(band, observed, judgement)
    lacking = _lacking(goal, band, observed, judgement)
    of = None if lacking is None else float(observed.denominator or 0)
    found = Grounds(
        base_year, base_value, level, births=births, births_a_year=a_year, years=years, truly=truly, outside=outside,
        lacking=lacking, of=of,
    )  # fmt: skip
    return None if found == _NOTHING else found


def _change(goal: Goal, band: Band) -> tuple[int | None, float | None, float | None]:
    if goal.operator not in CHANGES or goal.baseline is None:
        return None, None, None
    return goal.baseline_year, float(goal.baseline), band.floor if band.ceiling == inf else band.ceiling


def _to_know(
    goal: Goal, band: Band, observed: Observed, judgement: Judgement, base: Observed | None
) -> tuple[int | None, float | None, int | None]:
    """How many births would tell, how many there are in a year, and so how many years."""
    if judgement.verdict is not Verdict.UNCERTAIN or goal.is_count:
        return None, None, None
    value = float(observed.value or 0)
    if base is not None:
        return _in_both_years(observed, judgement), None, None
    births = births_to_tell(value, band.edge(value), share=observed.share, factor=observed.factor)
    births = None if births is None or births > _MOST else births
    if observed.numerator is None or observed.denominator is None:
        return births, None, None
    a_year = _births(observed)
    return births, a_year, None if births is None else years_to_tell(births, a_year)


def _in_both_years(observed: Observed, judgement: Judgement) -> int | None:
    """Intervals shrink with the root of the births, so their lengths say how many more it takes."""
    low, high, margin = judgement.low, judgement.high, judgement.margin
    if low is None or high is None or high == inf or not margin:
        return None
    births = _births(observed) * ((high - low) / 2 / margin) ** 2
    return ceil(births) if births <= _MOST else None


def _births(observed: Observed) -> float:
    months = observed.counted or observed.elapsed_months
    above, below = float(observed.numerator or 0), float(observed.denominator or 0)
    return births_a_year(above, below, months, share=observed.share, factor=observed.factor)


def _by_chance(band: Band, observed: Observed, judgement: Judgement) -> tuple[float | None, float | None]:
    """Of a sex ratio held against a range: the middle of the range, and how often chance leads out of it from there."""
    small = judgement.verdict is Verdict.UNCERTAIN and judgement.reason is Reason.SMALL_NUMBERS
    if not small or observed.share or band.floor == -inf or band.ceiling == inf or observed.factor != 100:
        return None, None
    truly = (band.floor + band.ceiling) / 2
    return truly, chance_outside(round(_births(observed)), truly, band.floor, band.ceiling)


def _lacking(goal: Goal, band: Band, observed: Observed, judgement: Judgement) -> int | None:
    """How many more it would have taken to reach a share of a complete count."""
    if judgement.verdict is not Verdict.NOT_MET or goal.is_count or observed.chance or not observed.share:
        return None
    if observed.numerator is None or not observed.denominator or float(observed.value or 0) > band.floor:
        return None
    needed = Fraction(repr(band.floor)) * Fraction(observed.denominator) / observed.factor
    whole = floor(needed) + 1 if band.strict else ceil(needed)
    return max(ceil(whole - Fraction(observed.numerator)), 1)


_NOTHING = Grounds()
