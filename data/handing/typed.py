"""Reads what was typed on the board: numbers by cell, and a sentence for everything that is none."""

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from data.handing.model import Place
from data.numbers import BadNumber, NumberProblem, format_typed, parse_number
from data.wording import N_, _

_SENTENCES = {
    NumberProblem.NOT_A_NUMBER: N_("That is no number."),
    NumberProblem.AMBIGUOUS: N_("This can be read in two ways: leave out the comma."),
    NumberProblem.TOO_LONG: N_("This is too long for a number."),
}


class TypedNumbers(NamedTuple):
    """The cells with a number, and those that cannot be read with the reason; empty cells are in neither."""

    numbers: Mapping[Place, Fraction]
    unread: Mapping[Place, str]


def read_numbers(texts: Mapping[Place, str]) -> TypedNumbers:
    """Reads every cell on its own. A percent sign at the end says nothing new."""
    numbers: dict[Place, Fraction] = {}
    unread: dict[Place, str] = {}
    for place, text in texts.items():
        try:
            numbers[place] = Fraction(parse_number(text.strip().rstrip("%").rstrip()))
        except BadNumber as bad:
            if bad.reason is not NumberProblem.EMPTY:
                unread[place] = _(_SENTENCES.get(bad.reason, _SENTENCES[NumberProblem.NOT_A_NUMBER]))
    return TypedNumbers(numbers, unread)


def number_text(number: Fraction | float) -> str:
    """The number as it stands in a cell, to be read back as the same."""
    return format_typed(number)
