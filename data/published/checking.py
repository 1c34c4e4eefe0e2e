"""What a draft of a published value must be to be kept. Pure: a draft and what it is about in, sentences out."""

from collections.abc import Iterator
from datetime import date

from data.catalogue.model import Definition
from data.kinds import Standing
from data.numbers import format_date, format_number
from data.periods import BadPeriod, Frequency, Period
from data.published.bases import Basis, stood_in
from data.published.drafts import PublishedDraft, PublishedField
from data.targets.checking import limits_of
from data.wording import _
from data.wording.published import boundaries_name

MOST_SOURCE = 300
MOST_NOTE = 500
_PERIODS = (Frequency.YEARLY, Frequency.WINDOW)

# Each with the field that it is about.
Wrong = Iterator[tuple[PublishedField, str]]


def problems_of(
    draft: PublishedDraft, definition: Definition, bases: tuple[Basis, ...], closed_on: date | None, today: date
) -> Wrong:
    """Everything that is wrong with the draft itself.

    `bases` are those on which a value of its unit or region can stand; `closed_on` is the last day of that unit.
    """
    period = period_of(draft.period)
    if period is None:
        yield PublishedField.PERIOD, _("The year is missing, or is none: write 2025, or 2025-9M for nine months.")
    else:
        yield from _of_period(draft, period, definition, closed_on, today)
    yield from _of_value(draft, definition)
    yield from _of_basis(draft, period, bases)
    yield from _of_texts(draft)


def period_of(code: str) -> Period | None:
    """The year or the window from January that the code names; None for any other."""
    try:
        period = Period.parse(code)
    except BadPeriod:
        return None
    return period if period.frequency in _PERIODS else None


def _of_period(
    draft: PublishedDraft, period: Period, definition: Definition, closed_on: date | None, today: date
) -> Wrong:
    if period.year > today.year or (period.frequency is Frequency.WINDOW and period.last_day >= today):
        yield PublishedField.PERIOD, _("{period} is not over: nothing can have been published.").format(period=period)
    elif definition.to_on is not None and definition.to_on < period.first_day:
        sentence = _("“{definition}” is not counted any more since {year}.")
        yield PublishedField.DEFINITION, sentence.format(definition=definition.name, year=definition.to_on.year)
    elif closed_on is not None and closed_on < period.first_day:
        sentence = _("The unit ended on {day}: nothing is published for it after that.")
        yield PublishedField.PERIOD, sentence.format(day=format_date(closed_on))
    if draft.standing not in (Standing.PRELIMINARY, Standing.FINAL):
        yield PublishedField.STANDING, _("Say whether the value is preliminary or final.")
    elif draft.standing is Standing.FINAL and period.year == today.year and period.last_day >= today:
        yield PublishedField.STANDING, _("Before the year is over a value of it is preliminary.")


def _of_value(draft: PublishedDraft, definition: Definition) -> Wrong:
    if draft.value is None:
        yield PublishedField.VALUE, _("The number is missing.")
        return
    # A difference may lie below zero, as natural increase does: the catalogue gives it no limit there.
    least = definition.plausible_min
    size = abs(draft.value) if least is None or least < 0 else draft.value
    if sentence := limits_of(definition)(size):
        yield PublishedField.VALUE, sentence


def _of_basis(draft: PublishedDraft, period: Period | None, bases: tuple[Basis, ...]) -> Wrong:
    if draft.basis is None:
        yield PublishedField.BASIS, _("Say on which boundaries the value was published.")
    elif draft.basis not in bases:
        fitting = " / ".join(boundaries_name(basis.value) for basis in bases)
        yield PublishedField.BASIS, _("These boundaries do not fit the unit; what fits: {bases}.").format(bases=fitting)
    elif period is not None and not stood_in(draft.basis, period):
        yield PublishedField.BASIS, _("These boundaries had gone before {period} began.").format(period=period)


def _of_texts(draft: PublishedDraft) -> Wrong:
    if not any(letter.isalnum() for letter in draft.source):
        yield PublishedField.SOURCE, _("Say who published it and where: a value without a source is nobody's.")
    elif len(draft.source) > MOST_SOURCE:
        yield (
            PublishedField.SOURCE,
            _("Keep it to {most} characters.").format(most=format_number(MOST_SOURCE)),
        )
    if draft.confidence is None:
        yield PublishedField.CONFIDENCE, _("Say how sure the value is: high, medium or low.")
    if len(draft.note) > MOST_NOTE:
        yield PublishedField.NOTE, _("Keep it to {most} characters.").format(most=format_number(MOST_NOTE))
