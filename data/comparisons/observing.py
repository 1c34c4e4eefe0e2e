"""A value as arithmetic sees it: what it counts, over how many months, and whether chance moves it."""

from enum import StrEnum

from data.catalogue.model import Definition
from data.comparisons.model import Absence
from data.comparisons.published import PublishedValue
from data.comparisons.sums import Reading
from data.judging import Observed
from data.kinds import Aggregation, Standing
from data.measures import Measure
from data.periods import Period

# What a cell shows: a reading, a published value, or why there is neither.
Value = Reading | Absence | PublishedValue


class Weakness(StrEnum):
    """Why no other year is held against a year's value, although it is there."""

    FORECAST = "FORECAST"
    NOT_ALL_UNITS = "NOT_ALL_UNITS"
    OTHER_BASIS = "OTHER_BASIS"  # published for other boundaries than the value it would be held against


def weakness_of(reading: Reading) -> Weakness | None:
    """A forecast and a part of the units are no year to be held against; None for a value that is."""
    if reading.standing is Standing.ESTIMATE:
        return Weakness.FORECAST
    return Weakness.NOT_ALL_UNITS if reading.counted < reading.expected else None


def observed_of(
    definition: Definition,
    period: Period,
    months: int,
    value: float,
    source: Reading | PublishedValue,
    earlier: tuple[Observed, ...] = (),
) -> Observed:
    """The value to be judged, with what is behind it; a published one brings no parts.

    `months` is how far into the year the period reaches for judging; `earlier` are results of earlier years.
    """
    if isinstance(source, PublishedValue):
        standing, above, below = Standing.PRELIMINARY if source.preliminary else Standing.FINAL, None, None
    else:
        standing, above, below = source.standing, source.numerator, source.denominator
    return Observed(
        value,
        period.year,
        months,
        standing.value,
        above,
        below,
        definition.chance,
        # What is published for part of a year is published for nothing but that.
        isinstance(source, PublishedValue) or definition.numerator_kind is Aggregation.FLOW,
        definition.measure is not Measure.BOYS_PER_100_GIRLS,
        definition.factor,
        definition.numerator_kind is Aggregation.STOCK,
        len(period.months),
        earlier,
        definition.key,
        isinstance(source, Reading) and source.is_partial,
    )
