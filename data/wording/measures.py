"""Values with their measure: `88,0%`, `111,3`, `0,3‰`, `48.158 người`, and differences between them."""

from data.measures import Measure
from data.numbers import Number, format_exact, format_number, magnitude, round_half_up
from data.wording import N_, _

NO_VALUE = "–"

# How a value of each measure is written; the second form is English's for exactly one. What is not marked reads the
# same in both languages.
_VALUES: dict[Measure, tuple[str, str]] = {
    Measure.PERSONS: (N_("{number} persons"), N_("{number} person")),
    Measure.COUPLES: (N_("{number} couples"), N_("{number} couple")),
    Measure.CASES: (N_("{number} cases"), N_("{number} case")),
    Measure.BIRTHS: (N_("{number} births"), N_("{number} birth")),
    Measure.PERCENT: ("{number}%", "{number}%"),
    Measure.PER_MILLE: ("{number}‰", "{number}‰"),
    Measure.BOYS_PER_100_GIRLS: ("{number}", "{number}"),
    Measure.CHILDREN_PER_WOMAN: (N_("{number} children per woman"), N_("{number} children per woman")),
    Measure.YEARS: (N_("{number} years"), N_("{number} year")),
    Measure.CM: ("{number} cm", "{number} cm"),
    Measure.COMMUNES: (N_("{number} communes"), N_("{number} commune")),
    Measure.FACILITIES: (N_("{number} facilities"), N_("{number} facility")),
    Measure.CLASSES: (N_("{number} classes"), N_("{number} class")),
    Measure.ROUNDS: (N_("{number} rounds"), N_("{number} round")),
    Measure.HOUSEHOLDS: (N_("{number} households"), N_("{number} household")),
    Measure.RANK: (N_("rank {number}"), N_("rank {number}")),
    Measure.POINTS: (N_("{number} points"), N_("{number} point")),
    Measure.NONE: ("{number}", "{number}"),
}

# A difference of two percentages is in points; a per mille needs no such care, nobody reads it as relative.
_DIFFERENCES: dict[Measure, tuple[str, str]] = {
    **_VALUES,
    Measure.PERCENT: (N_("{number} percentage points"), N_("{number} percentage point")),
    Measure.BOYS_PER_100_GIRLS: _VALUES[Measure.POINTS],
    Measure.RANK: (N_("{number} places"), N_("{number} place")),
}

_NAMES: dict[Measure, str] = {
    Measure.PERSONS: N_("persons"),
    Measure.COUPLES: N_("couples"),
    Measure.CASES: N_("cases"),
    Measure.BIRTHS: N_("births"),
    Measure.PERCENT: "%",
    Measure.PER_MILLE: "‰",
    Measure.BOYS_PER_100_GIRLS: N_("boys/100 girls"),
    Measure.CHILDREN_PER_WOMAN: N_("children/woman"),
    Measure.YEARS: N_("years"),
    Measure.CM: "cm",
    Measure.COMMUNES: N_("communes"),
    Measure.FACILITIES: N_("facilities"),
    Measure.CLASSES: N_("classes"),
    Measure.ROUNDS: N_("rounds"),
    Measure.HOUSEHOLDS: N_("households"),
    Measure.RANK: N_("rank"),
    Measure.POINTS: N_("points"),
    Measure.NONE: "",
}

# A difference that is not zero is shown with as many more decimals as it needs to be seen, up to these.
_MOST_DECIMALS = 9
_MORE_OF_LEVELS = 2


def measure_name(measure: Measure) -> str:
    """The measure for a heading ("Đơn vị tính"): `%`, `người`, `trẻ trai/100 trẻ gái`; empty where there is none."""
    name = _NAMES[measure]
    return _(name) if name else ""


def measured_number(value: Number | None, measure: Measure) -> str:
    """The value with the decimals of its measure and nothing else, for a cell under a heading that names it."""
    return NO_VALUE if value is None else format_number(value, measure.decimals)


def measured(value: Number | None, measure: Measure) -> str:
    """The value with its measure: `88,0%`, `111,3`, `0,3‰`, `48.158 người`; a dash where there is none."""
    return NO_VALUE if value is None else _written(_VALUES[measure], format_number(value, measure.decimals))


def measured_level(level: Number, measure: Measure) -> str:
    """A level that was worked out, with up to two more decimals than its measure where it has them: half of 231 cases
    is `115,5 ca`, which 116 do not keep to.
    """
    decimals = measure.decimals + _MORE_OF_LEVELS
    scaled = round_half_up(level, decimals)
    while decimals > measure.decimals and scaled % 10 == 0:
        scaled //= 10
        decimals -= 1
    return _written(_VALUES[measure], format_number(level, decimals))


def measured_exact(value: Number, measure: Measure) -> str:
    """The value with just the decimals it needs, as plans print their numbers: `70%`, `70,6%`, `2,1 con/phụ nữ`."""
    return _written(_VALUES[measure], format_exact(value))


def changed_exact(value: Number, measure: Measure) -> str:
    """The size of a planned change, with just the decimals it needs: `16,2 điểm`, `0,3‰`, `120 người`."""
    return _written(_DIFFERENCES[measure], format_exact(magnitude(value)))


def measured_margin(margin: Number | None, measure: Measure, more: int = 0) -> str:
    """A signed difference: `-0,3 điểm %`, `+1.240 người`; it never rounds to nothing what is not nothing.

    It has `more` decimals than its measure.
    """
    return NO_VALUE if margin is None else _written(_DIFFERENCES[measure], margin_number(margin, measure, more))


def changed(change: Number, measure: Measure) -> str:
    """The size of a difference with the decimals of its measure: `0,3 điểm %`, `1.240 người`; never nothing."""
    return _written(_DIFFERENCES[measure], margin_number(magnitude(change), measure).lstrip("+"))


def margin_number(margin: Number, measure: Measure, more: int = 0) -> str:
    """The signed difference without its measure, for a narrow cell: `-0,3`, `+1.240`; `-0,04` rather than `0,0`."""
    decimals = measure.decimals + more
    text = format_number(margin, decimals, sign=True)
    while margin and text[0] not in "+-" and decimals < _MOST_DECIMALS:
        decimals += 1
        text = format_number(margin, decimals, sign=True)
    return text


def _written(forms: tuple[str, str], number: str) -> str:
    many, one = forms
    return _(one if number.lstrip("+-") == "1" else many).format(number=number)
