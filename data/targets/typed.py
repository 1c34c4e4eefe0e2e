"""A target as people type it: readings as plans print them, sizes without signs; to a draft, and back from a target."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar

from data.judging.operators import CHANGES, Direction, Operator
from data.kinds import Horizon, PlanKind
from data.numbers import BadNumber, NumberProblem, parse_number
from data.targets.checking import Wrong
from data.targets.drafts import TargetDraft, TargetField
from data.targets.phrasing import written
from data.targets.register import TargetInfo
from data.wording import Language, _, current_language, use_language


class Reading(StrEnum):
    """How the number is to be read. CHANGE is for rises and falls, in points or in percent, which is then asked."""

    AT_LEAST = "AT_LEAST"
    ABOVE = "ABOVE"
    AT_MOST = "AT_MOST"
    BELOW = "BELOW"
    ABOUT = "ABOUT"
    EXACTLY = "EXACTLY"
    RANGE = "RANGE"
    REACH = "REACH"
    REACH_AND_HOLD = "REACH_AND_HOLD"
    CHANGE = "CHANGE"
    FRACTION = "FRACTION"
    WORDS = "WORDS"


class Size(StrEnum):
    """What the size of a change is in; UNSAID where the text does not tell."""

    POINTS = "POINTS"
    PERCENT = "PERCENT"
    UNSAID = "UNSAID"


class Base(StrEnum):
    """Whether the text names the year that a change starts from."""

    YEAR = "YEAR"
    NONE = "NONE"


@dataclass(frozen=True, slots=True)
class Typed:
    """The fields of the form, each as it was typed or chosen, empty where nothing was; units and definitions by key."""

    unit: str = ""
    definition: str = ""
    year: str = ""
    kind: str = ""
    horizon: str = ""
    reading: str = ""
    low: str = ""
    high: str = ""
    way: str = ""
    size: str = ""
    base: str = ""
    base_year: str = ""
    base_value: str = ""
    clause: str = ""
    printed: str = ""


_LEVELS = {one: Operator(one.value) for one in Reading if one.value in {operator.value for operator in Operator}}
# Where the side that is good is asked for.
WITH_WAY = frozenset({Reading.REACH, Reading.REACH_AND_HOLD, Reading.ABOUT, Reading.CHANGE})
RELATIVE = frozenset({Reading.CHANGE, Reading.FRACTION})
_FRACTION = re.compile(r"\s*([0-9]{1,3})\s*/\s*([0-9]{1,3})\s*")
_YEAR = re.compile(r"[0-9]{4}")
_Word = TypeVar("_Word", bound=StrEnum)
_NEAR = 0.001
_MOST_DENOMINATOR = 10


def read_typed(typed: Typed) -> tuple[TargetDraft | None, list[tuple[TargetField, str]]]:
    """The draft, and what could not be read or was not chosen; None without a reading, for then it has no shape."""
    wrong: list[tuple[TargetField, str]] = []
    if not typed.definition:
        wrong.append((TargetField.DEFINITION, _("Choose the indicator, and which definition of it is meant.")))
    reading = _word(Reading, typed.reading)
    if reading is None:
        wrong.append((TargetField.OPERATOR, _("Choose how the number is to be read.")))
        return None, wrong
    found = _Reader(typed, reading)
    draft = found.draft()
    return draft, wrong + found.wrong


def typed_of(target: TargetInfo, unit: str, definition: str) -> Typed:
    """The fields that give the target back; its unit and definition by their keys."""
    reading, size = _reading_of(target)
    is_change = target.operator in CHANGES
    base = "" if not is_change else Base.YEAR if target.baseline_year is not None else Base.NONE
    return Typed(
        unit,
        definition,
        str(target.year),
        target.plan_kind.value,
        target.horizon.value,
        reading,
        _size_text(target) if is_change else _text(target.low),
        _text(target.high) if target.operator is Operator.RANGE else "",
        _way_of(target),
        size,
        base,
        str(target.baseline_year or ""),
        _text(target.baseline_value),
        target.clause or "",
        _printed(target),
    )


class _Reader:
    """Reads the fields that a reading has, and keeps what is wrong with them."""

    def __init__(self, typed: Typed, reading: Reading) -> None:
        self.typed, self.reading = typed, reading
        self.wrong: list[tuple[TargetField, str]] = []

    def draft(self) -> TargetDraft:
        typed, reading = self.typed, self.reading
        way = _word(Direction, typed.way) if reading in WITH_WAY else None
        operator, low, high = self._numbers(way)
        relative = reading in RELATIVE
        base = _word(Base, typed.base) if relative else None
        ambiguous = reading is Reading.CHANGE and typed.size == Size.UNSAID
        return TargetDraft(
            typed.unit,
            typed.definition,
            self._year(TargetField.YEAR, typed.year) or 0,
            operator,
            low,
            high,
            Direction.DOWN if reading is Reading.FRACTION else way,
            self._year(TargetField.BASE_YEAR, typed.base_year) if base is Base.YEAR else None,
            self._number(TargetField.BASE_VALUE, typed.base_value) if base is Base.YEAR and typed.base_value else None,
            base is Base.NONE,
            ambiguous,
            _word(PlanKind, typed.kind) or PlanKind.RESTATED,
            _word(Horizon, typed.horizon) or Horizon.YEARLY,
            typed.clause,
            typed.printed,
        )

    def _numbers(self, way: Direction | None) -> tuple[Operator, float | None, float | None]:
        reading = self.reading
        if reading is Reading.WORDS:
            return Operator.WORDS, None, None
        if reading is Reading.FRACTION:
            share = self._fraction()
            return Operator.REDUCTION_FRACTION, share, share
        low = self._number(TargetField.LOW, self.typed.low)
        if reading is Reading.CHANGE:
            return self._change(low, way)
        high = self._number(TargetField.HIGH, self.typed.high) if reading is Reading.RANGE else low
        return _LEVELS[reading], low, high

    def _change(self, size: float | None, way: Direction | None) -> tuple[Operator, float | None, float | None]:
        """A fall of 0,1 may be printed as -0,1; what the sign says has been asked for apart."""
        meant = _word(Size, self.typed.size)
        if meant is None:
            self.wrong.append((TargetField.SIZE, _("Say whether points or percent are meant, or that it is not said.")))
        if size is not None and size < 0 and way is Direction.UP:
            self.wrong.append((TargetField.LOW, _("A rise has no minus: correct the number, or choose a fall.")))
        size = None if size is None else abs(size)
        signed = -size if size is not None and way is Direction.DOWN else size
        if meant is not Size.PERCENT:
            return Operator.DELTA, signed, signed
        if way is Direction.DOWN:
            return Operator.REDUCTION_PERCENT, size, size
        return Operator.DELTA_RELATIVE, size, size

    def _fraction(self) -> float | None:
        found = _FRACTION.fullmatch(self.typed.low)
        if found is None:
            return self._number(TargetField.LOW, self.typed.low)
        if int(found[2]) == 0:
            self.wrong.append((TargetField.LOW, _("A fraction lies between 0 and 1, such as 0,5 for a half.")))
            return None
        return int(found[1]) / int(found[2])

    def _number(self, field: TargetField, text: str) -> float | None:
        try:
            return float(parse_number(text.strip().rstrip("%‰")))
        except BadNumber as bad:
            said = _("That is no number: write it as 1.234,5.")
            if bad.reason is NumberProblem.AMBIGUOUS:
                said = _("That can be read in two ways: write 1234, or 1,2340 with one more decimal.")
            if bad.reason is not NumberProblem.EMPTY:
                self.wrong.append((field, said))
            return None

    def _year(self, field: TargetField, text: str) -> int | None:
        if _YEAR.fullmatch(text.strip()):
            return int(text)
        if text.strip() or field is TargetField.YEAR:
            self.wrong.append((field, _("That is no year: write it as 2026.")))
        return None


def _word(words: type[_Word], text: str) -> _Word | None:
    return next((one for one in words if one.value == text), None)


def _reading_of(target: TargetInfo) -> tuple[Reading, str]:
    if target.operator is Operator.REDUCTION_FRACTION:
        return Reading.FRACTION, ""
    if target.operator in CHANGES:
        size = Size.POINTS if target.operator is Operator.DELTA else Size.PERCENT
        return Reading.CHANGE, Size.UNSAID if target.ambiguous else size
    return next((one for one, operator in _LEVELS.items() if operator is target.operator), Reading.WORDS), ""


def _way_of(target: TargetInfo) -> str:
    if target.direction is not None:
        return target.direction.value
    if target.operator in CHANGES and target.low is not None:
        falls = target.low < 0 or target.operator in (Operator.REDUCTION_PERCENT, Operator.REDUCTION_FRACTION)
        return (Direction.DOWN if falls else Direction.UP).value
    return ""


def _printed(target: TargetInfo) -> str:
    """What the document prints; empty where that was written from the number, and so changes with it."""
    if target.low is None or target.high is None:
        return target.as_printed
    with use_language(Language.VI):
        return "" if target.as_printed == written(target.operator, target.low, target.high) else target.as_printed


def _size_text(target: TargetInfo) -> str:
    size = abs(target.low or 0.0)
    near = Fraction(size).limit_denominator(_MOST_DENOMINATOR)
    if target.operator is Operator.REDUCTION_FRACTION and abs(near - size) <= _NEAR:
        return str(near)
    return _text(size)


def _text(value: float | None) -> str:
    """The number as it is typed: without marks of thousands, and never with three decimals, which may be thousands."""
    if value is None:
        return ""
    whole, _point, decimals = f"{value:.6f}".rstrip("0").partition(".")
    if not decimals:
        return whole
    decimals += "0" if len(decimals) == 3 else ""
    return f"{whole}{',' if current_language() is Language.VI else '.'}{decimals}"


def fields_with_problems(problems: Wrong) -> Iterator[tuple[TargetField, str]]:
    """The first thing that is wrong with each field."""
    seen: set[TargetField] = set()
    for field, sentence in problems:
        if field not in seen:
            seen.add(field)
            yield field, sentence
