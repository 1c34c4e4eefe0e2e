"""Targets in words: what a plan asks for, by which convention it is read, what kind of plan it stands in."""

from fractions import Fraction

from data.judging.operators import ABOUT_POINTS_OF_RATE, ABOUT_SHARE_OF_COUNT, CHANGES, Direction, Operator
from data.measures import TOLERANCES, Measure
from data.numbers import Number, format_exact, magnitude
from data.wording import N_, _
from data.wording.measures import changed_exact, measured_exact

_LEVELS = {
    Operator.AT_LEAST: "≥ {value}",
    Operator.ABOVE: "> {value}",
    Operator.AT_MOST: "≤ {value}",
    Operator.BELOW: "< {value}",
    Operator.ABOUT: N_("about {value}"),
    Operator.EXACTLY: N_("exactly {value}"),
    Operator.REACH_AND_HOLD: N_("reach and hold {value}"),
    Operator.WORDS: "{value}",
}
_SIGNS = {
    Operator.AT_LEAST: "≥",
    Operator.ABOVE: ">",
    Operator.AT_MOST: "≤",
    Operator.BELOW: "<",
    Operator.ABOUT: N_("about"),
    Operator.EXACTLY: "=",
    Operator.REACH_AND_HOLD: N_("reach and hold"),
    Operator.RANGE: N_("within a range"),
    Operator.DELTA: N_("up or down by (a fall with a minus)"),
    Operator.DELTA_RELATIVE: N_("up or down by (a fall with a minus)"),
    Operator.REDUCTION_FRACTION: N_("down by"),
    Operator.REDUCTION_PERCENT: N_("down by"),
    Operator.PER_ZONE: N_("by fertility zone"),
    Operator.WORDS: N_("in words"),
}
# A share that plans print as a fraction may be stored as 0.667.
_ROUNDED_FRACTION = 0.001
_LARGEST_DENOMINATOR = 10

_PLAN_KINDS = {
    "ORIENTATION": N_("orientation"),
    "ASSIGNED": N_("assigned at the start of the year"),
    "ADJUSTED": N_("adjusted"),
    "STRIVEN": N_("striven for"),
    "RESTATED": N_("restated"),
    "UNKNOWN": N_("kind not known"),
}
_SURE = {"HIGH": N_("high"), "MEDIUM": N_("medium"), "LOW": N_("low")}
_CONFIDENCES = {"HIGH": N_("high confidence"), "MEDIUM": N_("medium confidence"), "LOW": N_("low confidence")}


def target_phrase(
    operator: Operator,
    low: Number | None,
    high: Number | None,
    measure: Measure,
    *,
    direction: Direction | None = None,
    baseline_year: int | None = None,
    ambiguous: bool = False,
) -> str:
    """What a target asks for: `≥ 70%`, `< 109`, `103–107`, `về mức 111`, `giảm 16,2 điểm so với 2024`, `giảm 2/3`.

    Numbers have the decimals they were set with. `ambiguous` says that the text does not tell points from percent.
    """
    if low is None or high is None:
        return _("by fertility zone") if operator is Operator.PER_ZONE else _("in words")
    if operator in CHANGES:
        text = _change(operator, low, _change_size(operator, low, measure, ambiguous=ambiguous), baseline_year)
        return _("{change} (points or percent: not said)").format(change=text) if ambiguous else text
    if operator in (Operator.RANGE, Operator.PER_ZONE):
        return f"{format_exact(low)}–{measured_exact(high, measure)}"
    if operator is Operator.REACH:
        text = _("reach the level of {value}") if direction is Direction.UP else _("come to the level of {value}")
    else:
        text = _(_LEVELS[operator])
    return text.format(value=measured_exact(low, measure))


def operator_sign(operator: Operator, direction: Direction | None = None) -> str:
    """How the numbers under a heading are to be read: `≥`, `≤`, `khoảng`, `về mức`, `giảm`."""
    if operator is Operator.REACH:
        return _("reach the level of") if direction is Direction.UP else _("come to the level of")
    return _(_SIGNS[operator])


def target_convention(
    operator: Operator, direction: Direction | None = None, measure: Measure = Measure.NONE
) -> str | None:
    """The convention by which a target without a sign is read, to be shown beside it; None where none is needed."""
    if operator is Operator.REACH and direction is not None:
        if direction is Direction.UP:
            return _("By convention read as at least this level")
        return _("By convention read as at most this level")
    if operator in (Operator.ABOUT, Operator.REACH_AND_HOLD) and measure in TOLERANCES:
        said = _("By convention within {size}")
        if direction is Direction.DOWN:
            said = _("By convention at most {size} above")
        if direction is Direction.UP:
            said = _("By convention at most {size} below")
        return said.format(size=changed_exact(TOLERANCES[measure], measure))
    if operator in (Operator.ABOUT, Operator.REACH_AND_HOLD):
        said = _("By convention within {percent}% of a count or {points} points of a rate")
        if direction is Direction.DOWN:
            said = _("By convention at most {percent}% of a count or {points} points of a rate above")
        if direction is Direction.UP:
            said = _("By convention at most {percent}% of a count or {points} points of a rate below")
        return said.format(percent=format_exact(ABOUT_SHARE_OF_COUNT * 100), points=format_exact(ABOUT_POINTS_OF_RATE))
    return None


def plan_kind_name(kind: str) -> str:
    """`định hướng`, `giao đầu năm`, `điều chỉnh`, `phấn đấu`, `nhắc lại`; keyed as `data.kinds.PlanKind`."""
    return _(_PLAN_KINDS[kind])


def confidence_name(confidence: str) -> str:
    """How sure the portal is of a fact; keyed as `data.kinds.Confidence`."""
    return _(_CONFIDENCES[confidence])


def confidence_word(confidence: str) -> str:
    """The same in a word, under a heading that says what it is of: `cao`, `trung bình`, `thấp`."""
    return _(_SURE[confidence])


def _change_size(operator: Operator, value: Number, measure: Measure, *, ambiguous: bool) -> str:
    if operator is Operator.REDUCTION_FRACTION:
        return _fraction(value)
    if operator is Operator.DELTA and not ambiguous:
        return changed_exact(value, measure)
    return measured_exact(magnitude(value), Measure.PERCENT)


def _change(operator: Operator, value: Number, size: str, year: int | None) -> str:
    rises = value > 0 and operator in (Operator.DELTA, Operator.DELTA_RELATIVE)
    if year is None:
        text = _("up by {size}") if rises else _("down by {size}")
    else:
        text = _("up by {size} against {year}") if rises else _("down by {size} against {year}")
    return text.format(size=size, year=year)


def _fraction(value: Number) -> str:
    share = abs(Fraction(value))
    near = share.limit_denominator(_LARGEST_DENOMINATOR)
    return str(near) if abs(near - share) <= _ROUNDED_FRACTION else measured_exact(share * 100, Measure.PERCENT)
