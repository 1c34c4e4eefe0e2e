"""Why a cell is empty, in two or three words for the cell and in a sentence for whoever asks."""

from collections.abc import Sequence

from data.measures import Measure
from data.periods import BadPeriod, Period
from data.wording import N_, _
from data.wording.measures import measured
from data.wording.periods import period_name, period_short

_SHORT = {
    "NOT_REPORTED": N_("no approved figures"),
    "MERGED": N_("merged"),
    "NOT_YET": N_("not yet established"),
    "OTHER_LEVEL": N_("of another level then"),
    "MISSING_PREDECESSOR": N_("a predecessor is missing"),
    "MISSING_PARTS": N_("a part is missing"),
    "NOT_ADDITIVE": N_("not added up"),
    "NOT_PUBLISHED": N_("not published"),
    "NO_SUCH_YEAR": N_("other years only"),
    "SURVEYED_THEN": N_("surveyed, not added"),
    "OUTSIDE_DATES": N_("not yet counted"),
    "MASKED": N_("not shown"),
    "DIVISION_BY_ZERO": N_("nothing to divide by"),
}
_SENTENCES = {
    "NOT_REPORTED": N_("No approved figures of this unit for this period."),
    "MERGED": N_(
        "The unit had been merged into the new {units} when the period ended; its figures are not divided back."
    ),
    "NOT_YET": N_("The unit did not exist yet when the period ended, and its predecessors are not known."),
    "OTHER_LEVEL": N_("The area then belonged to units of another level, which are read for themselves: {units}."),
    "MISSING_PREDECESSOR": N_("No approved figures of a unit that this one was made of: {units}."),
    "MISSING_PARTS": N_("No approved figures for {periods}, so the period cannot be added up."),
    "NOT_ADDITIVE": N_("Different people are counted over the whole period, so its parts are not added up."),
    "NOT_PUBLISHED": N_("Taken only from what is published, and nothing was published for this unit."),
    "NO_SUCH_YEAR": N_("Not published for this period; nearest: {value} in {period}."),
    "SURVEYED_THEN": N_("Surveyed for the units of that time, whose values cannot be added up."),
    "OUTSIDE_DATES": N_("This was not counted yet in that period."),
    "MASKED": N_("A count below {small} of another unit, or a number that would give one away, is not shown."),
    "DIVISION_BY_ZERO": N_("The denominator is zero."),
}


def gap_short(gap: str) -> str:
    """Two or three words for the cell itself; keyed by the words of `data.comparisons.model.Gap`."""
    return _(_SHORT[gap])


def gap_sentence(
    gap: str,
    measure: Measure,
    *,
    units: Sequence[str] = (),
    periods: Sequence[str] = (),
    other: tuple[str, float] | None = None,
    values: Sequence[tuple[str, float]] = (),
    small: int = 0,
) -> str:
    """The reason in a sentence: the units meant, the periods missing, the nearest published period and its value.

    `values` are those of the units of that time, by name; they follow in a sentence of their own.
    """
    period, value = other or ("", None)
    sentence = _(_SENTENCES[gap]).format(
        units=", ".join(units),
        periods=", ".join(published_period(code) for code in periods),
        period=published_period(period, short=False) if period else "",
        value=measured(value, measure),
        small=small,
    )
    if not values:
        return sentence
    published = "; ".join(f"{unit} {measured(number, measure)}" for unit, number in values)
    return f"{sentence} {_('Published then: {values}.').format(values=published)}"


def published_period(code: str, *, short: bool = True) -> str:
    """The name of a period for which something was published; what is no period of ours is named as it was."""
    try:
        period = Period.parse(code)
    except BadPeriod:
        return code
    return period_short(period) if short else period_name(period).lower()
