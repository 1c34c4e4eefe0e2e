"""What a draft of a target must be to be kept. Pure: a draft and its definition in, sentences out."""

from collections.abc import Callable, Iterator
from math import isfinite

from data.catalogue.model import Definition
from data.judging.operators import CHANGES, Direction, Operator, level_of_change
from data.kinds import PlanKind
from data.measures import Measure
from data.numbers import MAX_COUNT, format_number
from data.targets.drafts import TargetDraft, TargetField
from data.wording import _
from data.wording.measures import measured_exact

FIRST_YEAR, LAST_YEAR = 2017, 2050
MOST_PRINTED = 120
MOST_CLAUSE = 60

# Each with the field that it is about.
Wrong = Iterator[tuple[TargetField, str]]
# Numbers by fertility zone are set for the country, by those who draw the zones.
ENTERED = tuple(operator for operator in Operator if operator is not Operator.PER_ZONE)
_KINDS = frozenset(PlanKind) - {PlanKind.RESTATED}
_NEED_DIRECTION = CHANGES | {Operator.REACH}
_SIGNED = frozenset({Operator.DELTA, Operator.DELTA_RELATIVE})
_ALL, _TENFOLD = 100, 1000
# What floating point adds to a level, as in 19.6 - 19.6, is no part of it.
_DECIMALS = 9
_FIRST_BASE = 2000
# No value of these measures is greater, whatever is counted.
_MOST = {
    Measure.PERCENT: 100,
    Measure.PER_MILLE: 1000,
    Measure.BOYS_PER_100_GIRLS: 200,
    Measure.CHILDREN_PER_WOMAN: 15,
    Measure.YEARS: 130,
    Measure.CM: 250,
}


def problems_of(draft: TargetDraft, definition: Definition) -> Wrong:
    """Everything that is wrong with the draft itself: year, kind of plan, operator and numbers, texts."""
    yield from _of_year(draft, definition)
    if draft.plan_kind not in _KINDS:
        yield TargetField.PLAN_KIND, _("Choose what kind of plan sets it.")
    if draft.operator not in ENTERED:
        yield TargetField.OPERATOR, _("Numbers by fertility zone are set for the whole country and not entered here.")
    elif draft.operator is Operator.WORDS:
        yield from _of_words(draft)
    else:
        yield from _of_numbers(draft, definition)
    if len(draft.as_printed) > MOST_PRINTED:
        yield TargetField.PRINTED, _("Keep it to {most} characters.").format(most=format_number(MOST_PRINTED))
    if len(draft.clause) > MOST_CLAUSE:
        yield TargetField.CLAUSE, _("Keep it to {most} characters.").format(most=format_number(MOST_CLAUSE))


def _of_year(draft: TargetDraft, definition: Definition) -> Wrong:
    if not FIRST_YEAR <= draft.year <= LAST_YEAR:
        yield (
            TargetField.YEAR,
            _("Targets are set for the years {first} to {last}.").format(first=FIRST_YEAR, last=LAST_YEAR),
        )
    elif definition.to_on is not None and definition.to_on.year < draft.year:
        yield (
            TargetField.DEFINITION,
            _("“{definition}” is not counted any more since {year}.").format(
                definition=definition.name, year=definition.to_on.year
            ),
        )


def _of_words(draft: TargetDraft) -> Wrong:
    if draft.low is not None or draft.high is not None:
        yield TargetField.LOW, _("A target in words has no number: choose how the number is to be read.")
    if not any(letter.isalpha() for letter in draft.as_printed):
        yield TargetField.PRINTED, _("Write down what the document asks for.")


def _of_numbers(draft: TargetDraft, definition: Definition) -> Wrong:
    if draft.low is None or draft.high is None:
        field = TargetField.LOW if draft.low is None else TargetField.HIGH
        yield field, _("The number is missing.")
        yield from _of_direction(draft)
        if draft.operator in CHANGES:
            yield from _of_base(draft, definition)
        return
    if not (isfinite(draft.low) and isfinite(draft.high)):
        yield TargetField.LOW, _("That is no number.")
        return
    yield from _of_direction(draft)
    if draft.operator is Operator.RANGE:
        yield from _of_range(draft)
    elif draft.low != draft.high:
        yield TargetField.HIGH, _("Only a range has two numbers.")
    if draft.operator in CHANGES:
        yield from _of_change(draft, definition)
    else:
        within = limits_of(definition)
        for field, value in ((TargetField.LOW, draft.low), (TargetField.HIGH, draft.high)):
            if sentence := within(value):
                yield field, sentence
                break
        else:
            yield from _of_edge(draft, definition)
        if draft.ambiguous or draft.baseless or draft.baseline_year is not None:
            yield TargetField.BASE_YEAR, _("Only a change has a base year.")


def _of_edge(draft: TargetDraft, definition: Definition) -> Wrong:
    """More than all and less than nothing are reached by nobody."""
    most = _most(definition)
    if draft.operator is Operator.ABOVE and draft.low is not None and draft.low >= most:
        sentence = _("Nothing lies above {most}: choose “at least”.")
        yield TargetField.LOW, sentence.format(most=measured_exact(most, definition.measure))
    elif draft.operator is Operator.BELOW and draft.low == 0 and not _goes_below_zero(definition):
        yield TargetField.LOW, _("Nothing lies below zero: choose “at most”.")


def _of_direction(draft: TargetDraft) -> Wrong:
    if draft.operator in _NEED_DIRECTION and draft.direction is None:
        yield TargetField.DIRECTION, _("Say which way is good: up or down.")


def _of_range(draft: TargetDraft) -> Wrong:
    low, high = draft.low or 0.0, draft.high or 0.0
    if low > high:
        yield TargetField.HIGH, _("The range is upside down: its end lies below its beginning.")
    elif low == high:
        yield TargetField.HIGH, _("A range has two different numbers; for a single one choose “exactly”.")


def _of_change(draft: TargetDraft, definition: Definition) -> Wrong:
    size = draft.low or 0.0
    if sentence := _wrong_size(draft.operator, size, definition):
        yield TargetField.LOW, sentence
    elif draft.operator in _SIGNED and draft.direction and (size < 0) is not (draft.direction is Direction.DOWN):
        yield TargetField.DIRECTION, _("The sign of the change and its direction do not fit.")
    elif draft.baseline_value is not None and not draft.ambiguous:
        yield from _of_level(draft, definition)
    yield from _of_base(draft, definition)


def _of_level(draft: TargetDraft, definition: Definition) -> Wrong:
    """Where the change leads from the base that the document prints."""
    level = round(level_of_change(draft.operator, draft.low or 0.0, draft.baseline_value or 0.0), _DECIMALS)
    most = _most(definition)
    if level < 0 and not _goes_below_zero(definition):
        yield TargetField.LOW, _("From that base the change leads below zero.")
    elif level > most:
        sentence = _("From that base the change leads beyond {most}.")
        yield TargetField.LOW, sentence.format(most=measured_exact(most, definition.measure))


def _wrong_size(operator: Operator, size: float, definition: Definition) -> str:
    if size == 0:
        return _("A change of nothing is no change.")
    if operator is Operator.REDUCTION_FRACTION:
        return "" if 0 < size < 1 else _("A fraction lies between 0 and 1, such as 0,5 for a half.")
    if operator is Operator.REDUCTION_PERCENT:
        return "" if 0 < size <= _ALL else _("A reduction lies between 0 and 100 percent.")
    if operator is Operator.DELTA_RELATIVE:
        return "" if -_ALL <= size <= _TENFOLD else _("No change is as great as that in percent.")
    return limits_of(definition, change=True)(abs(size))


def _of_base(draft: TargetDraft, definition: Definition) -> Wrong:
    if draft.baseline_year is None and not draft.baseless:
        yield TargetField.BASE_YEAR, _("Against which year? Give the base year, or say that the document names none.")
    elif draft.baseline_year is not None and (draft.baseless or not _FIRST_BASE <= draft.baseline_year < draft.year):
        yield TargetField.BASE_YEAR, _("The base year lies before the target's year.")
    if draft.baseline_value is None:
        return
    if draft.baseline_year is None:
        yield TargetField.BASE_VALUE, _("A base value belongs to a base year.")
    elif sentence := limits_of(definition)(draft.baseline_value):
        yield TargetField.BASE_VALUE, sentence


def _goes_below_zero(definition: Definition) -> bool:
    """A difference may, as natural increase does: the catalogue gives it no limit there."""
    return definition.plausible_min is None or definition.plausible_min < 0


def _most(definition: Definition) -> float:
    return float(MAX_COUNT) if definition.measure.is_count else float(_MOST.get(definition.measure, MAX_COUNT))


def limits_of(definition: Definition, *, change: bool = False) -> Callable[[float], str]:
    """A sentence for a value that nothing of this measure can have; empty for any other."""
    measure, most = definition.measure, _most(definition)

    def within(value: float) -> str:
        if not isfinite(value):
            return _("That is no number.")
        if value < 0:
            return _("It cannot be below zero.")
        if value > most:
            return _("It cannot be more than {most}.").format(most=measured_exact(most, measure))
        if measure.is_count and value != int(value):
            return _("A count is a whole number.")
        if value == 0 and not change and measure is Measure.BOYS_PER_100_GIRLS and not _goes_below_zero(definition):
            return _("It cannot be nought.")
        return ""

    return within
