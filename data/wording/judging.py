"""Verdicts, reasons, targets and standings in words."""

from data.judging import Judgement, Reason, Verdict
from data.measures import Measure
from data.numbers import Number
from data.wording import N_, _
from data.wording.measures import NO_VALUE, measured, measured_margin, measured_number
from data.wording.units import capitalised

_WORDS = {
    Verdict.MET: N_("met"),
    Verdict.NOT_MET: N_("not met"),
    Verdict.ON_TRACK: N_("on track"),
    Verdict.BEHIND: N_("behind"),
    Verdict.EXPECTED: N_("expected to be met"),
    Verdict.UNCERTAIN: N_("not enough evidence"),
    Verdict.NO_DATA: N_("no data"),
    Verdict.NOT_JUDGED: N_("not judged"),
}
_GLYPHS = {
    Verdict.MET: "●",
    Verdict.NOT_MET: "▲",
    Verdict.ON_TRACK: "◔",
    Verdict.BEHIND: "▽",
    Verdict.EXPECTED: "◌",
    Verdict.UNCERTAIN: "◐",
    Verdict.NO_DATA: "–",
    Verdict.NOT_JUDGED: "×",
}
_EXPLANATIONS = {
    Verdict.MET: N_("The result reaches the target."),
    Verdict.NOT_MET: N_("The year is over, or the limit passed, and the result does not reach the target."),
    Verdict.ON_TRACK: N_("The year is not over; the result is where it should be by now."),
    Verdict.BEHIND: N_("The result, or the year's estimate, is not where it should be by now."),
    Verdict.EXPECTED: N_("The reporter's estimate of the year reaches the target."),
    Verdict.UNCERTAIN: N_("Chance alone could move the result to either side of the target."),
    Verdict.NO_DATA: N_("There is no approved result for this unit and period."),
    Verdict.NOT_JUDGED: N_("The result is shown but not compared with the target; the reason stands beside it."),
}
_REASONS = {
    Reason.LATER_YEAR: N_("The target is for a later year: only the distance is shown"),
    Reason.OTHER_YEAR: N_("The target is for another year"),
    Reason.NO_BASELINE: N_("The base value that the change starts from is not known"),
    Reason.AMBIGUOUS_UNIT: N_("The text does not say whether points or percent are meant"),
    Reason.OTHER_DEFINITION: N_("The target rests on another definition"),
    Reason.NO_LONGER_POLICY: N_("The target is no longer policy in this period"),
    Reason.OPERATOR_NOT_JUDGED: N_("Targets of this kind are not judged yet"),
    Reason.NO_DIRECTION: N_("The text does not say whether the level is to be reached from below or from above"),
    Reason.PART_OF_YEAR: N_("Different people are counted over the whole year; parts of it do not add up"),
    Reason.RATE_OF_YEAR: N_("The target is for the rate of a whole year; the period is a part of it"),
    Reason.NO_SUM_TO_DATE: N_("An earlier part of the year is missing, so there is no sum since 1 January"),
    Reason.SMALL_NUMBERS: N_("Small numbers: the 95% interval holds values on both sides of the target"),
    Reason.NO_PARTS: N_("The counts behind the ratio are not known, so chance cannot be ruled out"),
    Reason.TWO_IN_FORCE: N_("Two targets are in force; both are shown and neither judges"),
    Reason.WORDS_ONLY: N_("The target is in words, without a number"),
}
_REASONS_OF_YEAR = {
    Reason.LATER_YEAR: N_("The target is for {year}: only the distance is shown"),
    Reason.OTHER_YEAR: N_("The target is for {year}"),
}
_STANDINGS = {
    "ESTIMATE": N_("estimate"),
    "PRELIMINARY": N_("preliminary"),
    "FINAL": N_("final"),
}


def verdict_word(verdict: Verdict) -> str:
    """`đạt`, `chưa đạt`, `kịp tiến độ`, …"""
    return _(_WORDS[verdict])


def verdict_glyph(verdict: Verdict) -> str:
    """The sign that stands beside the word, never instead of it."""
    return _GLYPHS[verdict]


def verdict_explanation(verdict: Verdict) -> str:
    """What the verdict means, one sentence for a legend."""
    return _(_EXPLANATIONS[verdict])


def reason_sentence(reason: Reason, year: int | None = None) -> str:
    """Why there is no verdict, or an uncertain one; `year` is the target's, where it is known. No full stop."""
    if year is not None and reason in _REASONS_OF_YEAR:
        return _(_REASONS_OF_YEAR[reason]).format(year=year)
    return _(_REASONS[reason])


def judgement_sentence(judgement: Judgement, measure: Measure, year: int | None = None) -> str:
    """The judgement in one sentence: verdict, reason, what is due by now and how far the result is from it."""
    said = [capitalised(verdict_word(judgement.verdict))]
    if judgement.reason is not None:
        said[0] += f". {reason_sentence(judgement.reason, year)}"
    if judgement.due is not None:
        said.append(_("due by now: {due}").format(due=measured(judgement.due, measure)))
    if judgement.margin is not None:
        said.append(_("margin: {margin}").format(margin=measured_margin(judgement.margin, measure)))
    return "; ".join(said) + "."


def interval_text(low: Number | None, high: Number | None, measure: Measure) -> str:
    """A 95 % interval: `111,1–115,8`; open above where nothing bounds it; a dash where there is none."""
    if low is None or high is None:
        return NO_VALUE
    if high == float("inf"):
        return _("from {low} on").format(low=measured_number(low, measure))
    return f"{measured_number(low, measure)}–{measured_number(high, measure)}"


def standing_name(standing: str) -> str:
    """How final a value is: `ước thực hiện`, `sơ bộ`, `chính thức`. Keyed by the words of `data.kinds.Standing`."""
    return _(_STANDINGS[standing])
