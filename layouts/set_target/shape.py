"""Which fields a form has as it stands, and what they are called: a range has two numbers, words have none."""

from data.catalogue.model import Definition
from data.judging.operators import Direction
from data.measures import Measure
from data.targets.considering import NEW, Paper
from data.targets.typed import RELATIVE, WITH_WAY, Base, Reading, Size, Typed
from data.wording import N_, _
from data.wording.measures import measure_name

# Groups of fields that come and go.
GROUPS = ("paper", "numbers", "high", "way", "size", "base", "base_year")
_READINGS = {
    Reading.AT_LEAST: N_("at least (from … up)"),
    Reading.ABOVE: N_("above"),
    Reading.AT_MOST: N_("at most (not over)"),
    Reading.BELOW: N_("below"),
    Reading.ABOUT: N_("about (around, approximately)"),
    Reading.EXACTLY: N_("exactly"),
    Reading.RANGE: N_("within (from … to …)"),
    Reading.REACH: N_("to the level of (come to, reach)"),
    Reading.REACH_AND_HOLD: N_("reach and hold"),
    Reading.CHANGE: N_("rise or fall by … points, ‰ or % against a base year"),
    Reading.FRACTION: N_("fall by a fraction (1/2, 2/3) against a base year"),
    Reading.WORDS: N_("in words, without a number"),
}
NEITHER = "NEITHER"


def shape_of(typed: Typed, paper: Paper) -> dict[str, bool]:
    """Whether each group of fields is there."""
    reading = typed.reading
    numbers = reading not in ("", Reading.WORDS)
    return {
        "paper": paper.key == NEW,
        "numbers": numbers,
        "high": reading == Reading.RANGE,
        "way": reading in WITH_WAY,
        "size": reading == Reading.CHANGE,
        "base": reading in RELATIVE,
        "base_year": reading in RELATIVE and typed.base == Base.YEAR,
    }


def readings() -> list[tuple[str, str]]:
    """How a number may be read, as plans print it."""
    return [(one.value, _(name)) for one, name in _READINGS.items()]


def ways(reading: str) -> list[tuple[str, str]]:
    """Which way a change goes, or which side of a level is good."""
    if reading == Reading.CHANGE:
        return [(Direction.UP.value, _("a rise")), (Direction.DOWN.value, _("a fall"))]
    sides = [
        (Direction.UP.value, _("more is good: at least this level")),
        (Direction.DOWN.value, _("less is good: at most this level")),
    ]
    # Only a level that is reached from one side must have one.
    return sides if reading == Reading.REACH else [(NEITHER, _("neither: both sides miss it")), *sides]


def sizes(definition: Definition | None) -> list[tuple[str, str]]:
    """What the size of a change may be in, by the measure of what changes."""
    measure = definition.measure if definition else Measure.PERCENT
    points = measure_name(measure) if measure.is_count or measure is Measure.PER_MILLE else _("points")
    if measure is Measure.PERCENT:
        points = _("percentage points ({example})").format(example=_("70% to 72% is 2 points"))
    return [
        (Size.POINTS.value, points),
        (Size.PERCENT.value, _("percent of the base value")),
        (Size.UNSAID.value, _("the document does not say clearly")),
    ]


def low_name(typed: Typed, definition: Definition | None) -> str:
    """What the first number is called, with what it is in."""
    if typed.reading == Reading.RANGE:
        return _with_measure(_("From the number"), definition)
    if typed.reading == Reading.CHANGE:
        return _("Size of the change, without a sign")
    if typed.reading == Reading.FRACTION:
        return _("Fraction, such as 2/3")
    return _with_measure(_("Number asked for"), definition)


def _with_measure(name: str, definition: Definition | None) -> str:
    measure = measure_name(definition.measure) if definition else ""
    return f"{name} ({measure})" if measure else name
