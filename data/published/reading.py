"""From what was typed or stands in a file to a draft: numbers, periods, words in either language or as their codes."""

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from functools import cache
from typing import TypeVar

from data.kinds import Confidence, Standing
from data.numbers import BadNumber, NumberProblem, parse_number
from data.published.bases import Basis
from data.published.drafts import PublishedDraft, PublishedField
from data.published.kept import DECIMALS, tidy
from data.wording import N_, Language, _, use_language
from data.wording.judging import standing_name
from data.wording.published import boundaries_name
from data.wording.targets import confidence_word

MOST_KEY = 60

Texts = Mapping[PublishedField, str | float]
Word = TypeVar("Word", bound=StrEnum)

_NUMBERS = {
    NumberProblem.AMBIGUOUS: N_("“{typed}” can be read in two ways: leave out the comma, or add a nought."),
    NumberProblem.TOO_LONG: N_("“{typed}” is too long for a number."),
}
_WORDS = {
    PublishedField.STANDING: N_("“{typed}” is no standing: preliminary or final."),
    PublishedField.BASIS: N_("“{typed}” are no boundaries that the portal knows."),
    PublishedField.CONFIDENCE: N_("“{typed}” does not say how sure: high, medium or low."),
}


def read_draft(texts: Texts) -> tuple[PublishedDraft, list[tuple[PublishedField, str]]]:
    """The draft, and what in it could not be read; a field that could not be read is empty in the draft."""
    wrong: list[tuple[PublishedField, str]] = []
    draft = PublishedDraft(
        definition=_key(texts, PublishedField.DEFINITION),
        unit=_key(texts, PublishedField.UNIT),
        group=_key(texts, PublishedField.GROUP),
        period=_period(texts),
        value=_value(texts.get(PublishedField.VALUE, ""), wrong),
        standing=_word(texts, PublishedField.STANDING, _standings(), wrong),
        basis=_word(texts, PublishedField.BASIS, _bases(), wrong),
        source=_text(texts, PublishedField.SOURCE),
        confidence=_word(texts, PublishedField.CONFIDENCE, _confidences(), wrong),
        note=_text(texts, PublishedField.NOTE),
    )
    return draft, wrong


def _key(texts: Texts, field: PublishedField) -> str:
    return _text(texts, field)[:MOST_KEY]


def _text(texts: Texts, field: PublishedField) -> str:
    """What stands there as text; a whole number, which a sheet keeps with a fraction, without one."""
    typed = texts.get(field, "")
    return tidy(str(int(typed)) if isinstance(typed, float) and typed.is_integer() else str(typed))


def _period(texts: Texts) -> str:
    return _text(texts, PublishedField.PERIOD).upper().replace(" ", "")[:MOST_KEY]


def _value(typed: str | float, wrong: list[tuple[PublishedField, str]]) -> float | None:
    if not isinstance(typed, str):
        return round(float(typed), DECIMALS)
    try:
        return round(float(parse_number(typed)), DECIMALS)
    except BadNumber as bad:
        if bad.reason is not NumberProblem.EMPTY:
            sentence = _NUMBERS.get(bad.reason, N_("“{typed}” is not a number."))
            wrong.append((PublishedField.VALUE, _(sentence).format(typed=_shown(typed))))
        return None


def _word(
    texts: Texts, field: PublishedField, words: Mapping[str, Word], wrong: list[tuple[PublishedField, str]]
) -> Word | None:
    typed = _text(texts, field)
    found = words.get(typed.casefold())
    if typed and found is None:
        wrong.append((field, _(_WORDS[field]).format(typed=_shown(typed))))
    return found


def _shown(typed: str) -> str:
    plain = tidy(typed)
    return plain if len(plain) <= 40 else f"{plain[:40]}…"


@cache
def _standings() -> dict[str, Standing]:
    return _named((Standing.PRELIMINARY, Standing.FINAL), standing_name)


@cache
def _bases() -> dict[str, Basis]:
    return _named(Basis, boundaries_name)


@cache
def _confidences() -> dict[str, Confidence]:
    return _named(Confidence, confidence_word)


def _named(words: Iterable[Word], name_of: Callable[[str], str]) -> dict[str, Word]:
    """The words by their names in both languages and by their codes, in small letters."""
    found = {}
    for word in words:
        found[word.value.casefold()] = word
        for language in Language:
            with use_language(language):
                found[name_of(word.value).casefold()] = word
    return found
