"""The arithmetic of approved values: units added up by their shares, quarters brought to a year. Exact, no rounding."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from data.catalogue.model import Definition
from data.comparisons.model import Absence, Amount, Gap, Source
from data.kinds import Aggregation, Standing
from data.periods import Frequency, Period

WHOLE = Fraction(1)
_FINALITY = {Standing.ESTIMATE: 0, Standing.PRELIMINARY: 1, Standing.FINAL: 2}


class Reading(NamedTuple):
    """Both parts of a definition for a unit and a period; `counted` of `expected` units stand behind them.

    `converted`: a weight went into it, because only a share of a unit of that time belongs here ("số quy đổi").
    `gaps`: some of these units are themselves the sum of only a part of those below them, as a province may be.
    """

    numerator: Amount
    denominator: Amount | None
    counted: int
    expected: int
    source: Source
    standing: Standing
    converted: bool = False
    gaps: bool = False

    @property
    def is_partial(self) -> bool:
        """Whether anybody is missing from it, at whichever level."""
        return self.gaps or self.counted < self.expected


@lru_cache(maxsize=256)
def runs_of(period: Period) -> tuple[tuple[Period, ...], ...]:
    """The ways to put a period together, the best first: a year from quarters, else from months."""
    parts = period.parts()
    if period.frequency in (Frequency.MONTHLY, Frequency.QUARTERLY):
        return (parts,) if parts else ()
    months = tuple(Period.of_month(period.year, month) for month in period.months)
    return (parts,) if parts == months else (parts, months)


def added(shares: Iterable[tuple[Reading, Fraction]], source: Source) -> Reading:
    """The sum of several units' readings, each by its share; as final as the least final of them."""
    above: Amount = 0
    below: Amount | None = 0
    counted = expected = 0
    standing = Standing.FINAL
    converted = False
    for reading, share in shares:
        whole = share is WHOLE or share == 1
        above += reading.numerator if whole else reading.numerator * share
        if below is None or reading.denominator is None:
            below = None
        else:
            below += reading.denominator if whole else reading.denominator * share
        counted += reading.counted
        expected += reading.expected
        standing = min(standing, reading.standing, key=_FINALITY.__getitem__)
        converted = converted or not whole or reading.converted
    return Reading(above, below, counted, expected, source, standing, converted)


def brought_together(parts: list[Reading], definition: Definition) -> Reading | Absence:
    """One unit's quarters or months as one period: flows added, the last stock, distinct counts not at all.

    Its completeness is that of the part which the most units are missing from.
    """
    if len(parts) > 1 and is_distinct(definition):
        return Absence(Gap.NOT_ADDITIVE)
    last = parts[-1]
    above = sum((part.numerator for part in parts), 0) if _is_flow(definition.numerator_kind) else last.numerator
    below = last.denominator
    if _is_flow(definition.denominator_kind):
        below = sum((part.denominator or 0 for part in parts), 0)
    weakest = max(parts, key=lambda part: part.expected - part.counted)
    standing = min((part.standing for part in parts), key=_FINALITY.__getitem__)
    converted = any(part.converted for part in parts)
    return Reading(above, below, weakest.counted, weakest.expected, Source.PARTS, standing, converted)


def _is_flow(kind: Aggregation | None) -> bool:
    return kind is Aggregation.FLOW


def is_distinct(definition: Definition) -> bool:
    """Whether a side of it counts different people, so that its parts do not add up."""
    return Aggregation.DISTINCT in (definition.numerator_kind, definition.denominator_kind)


def is_stock(definition: Definition) -> bool:
    """Whether the last part of a period says all of it."""
    return {definition.numerator_kind, definition.denominator_kind} <= {Aggregation.STOCK, None}


def of_nation(found: Sequence[Reading | Absence]) -> Reading | Absence:
    """The sum of the provinces that have a value; both parts of a ratio from the same ones."""
    there = [one for one in found if isinstance(one, Reading)]
    if not there:
        return Absence(Gap.NOT_REPORTED)
    parts = [one.denominator for one in there if one.denominator is not None]
    below = sum(parts) if len(parts) == len(there) else None
    above = sum([one.numerator for one in there])
    standing = min({one.standing for one in there}, key=_FINALITY.__getitem__)
    converted = any(one.converted for one in there)
    gaps = any(one.is_partial for one in there)
    return Reading(above, below, len(there), len(found), Source.PROVINCES, standing, converted, gaps)
