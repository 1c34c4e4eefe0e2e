"""Numbers as people type them, and numbers, days and moments as the portal prints them.

Printing runs hundreds of times a page, so it is arithmetic on whole numbers and one replacement of the separators.
"""

import re
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import isfinite
from numbers import Rational

from data.wording.language import Language, current_language

Number = int | float | Decimal | Fraction

MAX_TEXT = 40
MAX_DIGITS = 18
MAX_COUNT = 10**12
# So many decimals may be thousands.
_LIKE_THOUSANDS = 3

# Vietnam has kept UTC+7 without summer time since 1975, so its moments need no time zone database on the machine.
VIETNAM_TIME = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")


class NumberProblem(StrEnum):
    """Why a text is not the number that is asked for."""

    EMPTY = "EMPTY"
    NOT_A_NUMBER = "NOT_A_NUMBER"
    AMBIGUOUS = "AMBIGUOUS"  # `1,234` is 1.234 to one reader and 1234 to another
    TOO_LONG = "TOO_LONG"
    NEGATIVE = "NEGATIVE"
    NOT_WHOLE = "NOT_WHOLE"
    TOO_LARGE = "TOO_LARGE"


class BadNumber(ValueError):
    """The text is not the number that is asked for; `reason` says why."""

    def __init__(self, reason: NumberProblem) -> None:
        super().__init__(reason.value)
        self.reason = reason


# Spaces that set thousands apart: ordinary, no-break, figure, thin, narrow no-break. A minus may be typographic, and
# word processors turn a typed hyphen into an en dash.
_ALIKE = str.maketrans({"\u00a0": " ", "\u2007": " ", "\u2009": " ", "\u202f": " ", "\u2212": "-", "\u2013": "-"})
# [0-9] rather than \d, which also matches the digits of other scripts.
_BODY = re.compile(r"([+-]?)([0-9][0-9 .,]*)")
_GROUPED = {mark: re.compile(rf"[1-9][0-9]{{0,2}}(?:{re.escape(mark)}[0-9]{{3}})+") for mark in " .,"}
_DAY = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]((?:19|20)[0-9]{2})")
_ONE_MARK = re.compile(r"([0-9]+)([.,])([0-9]+)")


def parse_number(text: str) -> Decimal:
    """The number that a person typed or pasted; raises `BadNumber`.

    `1.234,5`, `1,234.5`, `1 234,5`, `1234.5`, `1.234.567` and `1,234,567` are all read. One separator before exactly
    three digits is the trouble: `1.234` is 1234, as Vietnamese write thousands, and `1,234` is refused as ambiguous.
    Where the figures before it cannot be a group of thousands (`0.234`, `1234,567`) it is the decimal separator.
    """
    if not isinstance(text, str):
        raise BadNumber(NumberProblem.NOT_A_NUMBER)
    if len(text) > MAX_TEXT:
        raise BadNumber(NumberProblem.TOO_LONG)
    text = text.translate(_ALIKE).strip()
    if not text:
        raise BadNumber(NumberProblem.EMPTY)
    match = _BODY.fullmatch(text)
    if match is None:
        raise BadNumber(NumberProblem.NOT_A_NUMBER)
    sign, body = match[1], match[2]
    if sum(map(str.isdigit, body)) > MAX_DIGITS:
        raise BadNumber(NumberProblem.TOO_LONG)
    number = Decimal(_plain(body))
    return -number if sign == "-" and number else number


def parse_count(text: str) -> int | None:
    """The count that a person typed, None for a blank; raises `BadNumber` unless it is a whole number up to 10¹²."""
    try:
        number = parse_number(text)
    except BadNumber as bad:
        if bad.reason is NumberProblem.EMPTY:
            return None
        raise
    if number < 0:
        raise BadNumber(NumberProblem.NEGATIVE)
    if number > MAX_COUNT:
        raise BadNumber(NumberProblem.TOO_LARGE)
    if number != int(number):
        raise BadNumber(NumberProblem.NOT_WHOLE)
    return int(number)


def _plain(body: str) -> str:
    """Digits with at most one point, from digits with separators."""
    if body.isdigit():
        return body
    if body.count(".") + body.count(",") == 1 and " " not in body:
        return _one_mark(body)
    # The thousands are set apart by a space or by the separator that comes first; a last, other one is decimal.
    thousands = next(mark for mark in body if mark in " .,")
    whole, decimals = body, ""
    if thousands != (last := next(mark for mark in reversed(body) if mark in " .,")):
        whole, _, decimals = body.rpartition(last)
        if not decimals:
            raise BadNumber(NumberProblem.NOT_A_NUMBER)
    if not _GROUPED[thousands].fullmatch(whole):
        raise BadNumber(NumberProblem.NOT_A_NUMBER)
    return whole.replace(thousands, "") + (f".{decimals}" if decimals else "")


def _one_mark(body: str) -> str:
    match = _ONE_MARK.fullmatch(body)
    if match is None:
        raise BadNumber(NumberProblem.NOT_A_NUMBER)
    whole, mark, rest = match[1], match[2], match[3]
    if len(rest) == 3 and len(whole) <= 3 and whole != "0":
        if mark == "," or whole.startswith("0"):
            raise BadNumber(NumberProblem.AMBIGUOUS)
        return whole + rest
    return f"{whole}.{rest}"


def round_half_up(value: Number, decimals: int = 0) -> int:
    """The value times 10 to the power of `decimals`, rounded to a whole number; halves go away from zero.

    A float counts as the decimal that it prints as, so 0.15 is a half although its binary value lies just below.
    Raises ValueError for what is not finite.
    """
    if type(value) is float:
        scaled = abs(value) * 10.0**decimals
        if scaled < 1e9:
            whole = int(scaled)
            # Only near a half do the binary and the printed value differ in how they round.
            if abs(scaled - whole - 0.5) > 1e-6:
                whole += scaled - whole > 0.5
                return whole if value > 0 else -whole
    exact = _exact(value)
    scale: int = 10**decimals
    whole = (2 * scale * abs(exact.numerator) + exact.denominator) // (2 * exact.denominator)
    return whole if exact > 0 else -whole


def _exact(value: Number) -> Fraction:
    if isinstance(value, Rational):
        return Fraction(value)
    if not (value.is_finite() if isinstance(value, Decimal) else isfinite(value)):
        raise ValueError(f"no number to print: {value}")
    return Fraction(value if isinstance(value, Decimal) else repr(float(value)))


def format_number(value: Number, decimals: int = 0, sign: bool = False) -> str:
    """The number as the reader's language prints it: `1.234,5` or `1,234.5`, with a plain minus.

    `sign` puts a plus before what is above zero. What rounds to zero has no sign.
    """
    scaled = round_half_up(value, decimals)
    before = "-" if scaled < 0 else "+" if sign and scaled else ""
    if decimals:
        whole, rest = divmod(abs(scaled), 10**decimals)
        text = f"{before}{whole:,}.{rest:0{decimals}d}"
    else:
        text = f"{before}{abs(scaled):,}"
    return text.translate(_SWAPPED) if current_language() is Language.VI else text


_SWAPPED = str.maketrans({",": ".", ".": ","})


def format_exact(value: Number, most: int = 4) -> str:
    """The number with the decimals that it needs, at most `most`: a target of 70 % or of 70,6 % as it was printed."""
    scaled = round_half_up(value, most)
    decimals = most
    while decimals and scaled % 10 == 0:
        scaled //= 10
        decimals -= 1
    return format_number(Decimal(scaled).scaleb(-decimals), decimals)


def format_typed(value: Number, most: int = 6) -> str:
    """The number as it is typed in the reader's language: what stands in a field, to be read back as the same.

    `parse_number` takes `1,234` for ambiguous and `1.234` for 1234, so that a language that sets thousands apart by
    commas leaves them out, and exactly three decimals get a nought: `70,1250`.
    """
    text = format_exact(value, most)
    mark = "," if current_language() is Language.VI else "."
    if mark == ".":
        text = text.replace(",", "")
    decimals = text.partition(mark)[2]
    return text + "0" if len(decimals) == _LIKE_THOUSANDS else text


def magnitude(value: Number) -> Number:
    """The value without its sign."""
    return -value if value < 0 else value


def format_date(day: date) -> str:
    """`05/12/2025`, in either language. A moment is printed as its day in Vietnam."""
    if isinstance(day, datetime):
        day = in_vietnam(day)
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def parse_date(text: str) -> date:
    """The day that was typed, as `5/12/2025`, `05-12-2025` or `05.12.2025`; of this century or the one before.

    Raises ValueError for anything else.
    """
    found = _DAY.fullmatch(text.strip())
    if found is None:
        raise ValueError("that is no day")
    return date(int(found[3]), int(found[2]), int(found[1]))


def format_moment(moment: datetime) -> str:
    """`05/12/2025 10:32`, the moment on a clock in Vietnam."""
    return f"{format_date(moment)} {format_time(moment)}"


def format_time(moment: datetime) -> str:
    """`10:32`, the moment on a clock in Vietnam."""
    moment = in_vietnam(moment)
    return f"{moment.hour:02d}:{moment.minute:02d}"


def in_vietnam(moment: datetime) -> datetime:
    """The moment in Vietnamese time; one without a time zone is in UTC, as the database keeps them."""
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(VIETNAM_TIME)
