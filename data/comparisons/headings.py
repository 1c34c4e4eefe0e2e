"""What a column's numbers are measured in, where the period is a part of a year and the definition a yearly rate."""

from data.catalogue.model import Definition
from data.periods import Frequency, Period
from data.wording import _
from data.wording.measures import measure_name
from data.wording.periods import part_of_year


def is_part_of_rate(definition: Definition, period: Period) -> bool:
    """Whether a value of that period is a yearly rate's part: births of a quarter per thousand people."""
    return definition.is_yearly_rate and period.frequency is not Frequency.YEARLY


def column_measure(definition: Definition, period: Period) -> str:
    """The measure for a heading, which says so where it is not the whole year's: `‰`, `‰, của quý`."""
    name = measure_name(definition.measure)
    return f"{name}, {part_of_year(period)}" if is_part_of_rate(definition, period) else name


def part_of_rate_sentence(definition: Definition, period: Period) -> str | None:
    """What a reader of such a value must know; None for every other value."""
    if not is_part_of_rate(definition, period):
        return None
    said = _("A rate {part} alone, not a yearly one: it is not comparable with a whole year and judges nothing.")
    return said.format(part=part_of_year(period))
