"""Verdicts, reasons, targets and standings in words."""

from collections.abc import Iterator

from data.judging import Grounds, Judgement, Reason, Verdict
from data.measures import Measure
from data.numbers import Number, format_exact, format_number
from data.wording import N_, _
from data.wording.measures import NO_VALUE, measured, measured_level, measured_margin, measured_number
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
    Reason.NO_BASELINE: N_("The text names no base year, so the change cannot be worked out"),
    Reason.ZERO_BASE: N_("The base value is not above zero, so no share of it can be worked out"),
    Reason.NO_EARLIER_YEARS: N_("The level is reached; no earlier year is known to see it held in"),
    Reason.NOT_HELD: N_("The level was reached and was not held"),
    Reason.AMBIGUOUS_UNIT: N_("The text does not say whether points or percent are meant"),
    Reason.OTHER_DEFINITION: N_("The target rests on another definition"),
    Reason.NO_LONGER_POLICY: N_("The target is no longer policy in this period"),
    Reason.NO_DIRECTION: N_("The text does not say whether the level is to be reached from below or from above"),
    Reason.PART_OF_YEAR: N_("Different people are counted over the whole year; parts of it do not add up"),
    Reason.RATE_OF_YEAR: N_("The target is for the rate of a whole year; the period is a part of it"),
    Reason.NOT_ALL_UNITS: N_("Some units have not reported yet, so that the count may still grow"),
    Reason.NO_SUM_TO_DATE: N_("An earlier part of the year is missing, so there is no sum since 1 January"),
    Reason.SMALL_NUMBERS: N_("Small numbers: the 95% interval holds values on both sides of the target"),
    Reason.NO_PARTS: N_("The counts behind the ratio are not known, so chance cannot be ruled out"),
    Reason.MIXED_ZONE: N_("The unit's area mixes fertility zones, so no zone's level holds for it"),
    Reason.NO_ZONE: N_("The unit lies in no fertility zone"),
    Reason.NO_ZONE_LEVEL: N_("The text names fertility zones and no level that the unit's zone is to reach"),
    Reason.TWO_IN_FORCE: N_("Two targets are in force; both are shown and neither judges"),
    Reason.WORDS_ONLY: N_("The target is in words, without a number"),
    Reason.TOO_FEW_YEARS: N_("There are fewer than three complete years to work a pace out from"),
    Reason.PACE_UNCERTAIN: N_("The interval of the pace holds both: arriving in time, and arriving too late"),
    Reason.UNIT_CLOSED: N_("The unit has closed; its goals can be read and judge nobody"),
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
    """The judgement in one sentence or two: the verdict, why, and the numbers that it rests on."""
    word = capitalised(verdict_word(judgement.verdict))
    if judgement.reason is not None:
        return f"{word}. {judgement_details(judgement, measure, year)}"
    said = [word, *_details(judgement, measure, year)]
    return "; ".join(said) + "."


def judgement_details(judgement: Judgement, measure: Measure, year: int | None = None) -> str:
    """The same sentence without the verdict, to stand under its word; empty where there is nothing more to say."""
    said = "; ".join(_details(judgement, measure, year))
    return f"{capitalised(said)}." if said else ""


def _details(judgement: Judgement, measure: Measure, year: int | None) -> Iterator[str]:
    grounds = judgement.grounds or _NO_GROUNDS
    if judgement.reason is not None:
        yield _reason(judgement.reason, grounds, year)
    if judgement.reason is None and grounds.since is not None:
        yield _("at this level since {year}").format(year=grounds.since)
    if grounds.base is not None:
        yield from _change(grounds, measure)
        if judgement.reason is Reason.SMALL_NUMBERS:
            # The value's own interval, which stands beside it, does not have the base year in it.
            interval = interval_text(judgement.low, judgement.high, measure)
            yield _("95% interval with the base year in it: {interval}").format(interval=interval)
    if judgement.due is not None:
        yield _("due by now: {due}").format(due=measured_level(judgement.due, measure))
    if judgement.margin is not None:
        yield _("margin: {margin}").format(margin=measured_margin(judgement.margin, measure))
    if grounds.lacking is not None:
        short, of = format_number(grounds.lacking), format_number(grounds.of or 0)
        yield _("lacking {count} of {total}").format(count=short, total=of)
    yield from _to_know(grounds, measure)


def _reason(reason: Reason, grounds: Grounds, year: int | None) -> str:
    if reason is Reason.NO_BASELINE and grounds.base_year is not None:
        said = _("There is no complete approved result of the base year {year}, so the change cannot be worked out")
        return said.format(year=grounds.base_year)
    if reason is Reason.NOT_HELD and grounds.lost is not None:
        return _("The level was reached in {since} and lost in {lost}").format(since=grounds.since, lost=grounds.lost)
    return reason_sentence(reason, year)


def _change(grounds: Grounds, measure: Measure) -> Iterator[str]:
    base = measured(grounds.base, measure)
    if grounds.base_year is None:
        yield _("base value: {value}").format(value=base)
    else:
        yield _("value of the base year {year}: {value}").format(year=grounds.base_year, value=base)
    if grounds.level is not None:
        yield _("level to reach: {level}").format(level=measured_level(grounds.level, measure))


def _to_know(grounds: Grounds, measure: Measure) -> Iterator[str]:
    """What it would take to know more, and what chance does to so few births."""
    if grounds.births is not None:
        births = format_number(_roughly(grounds.births))
        if grounds.base is not None and grounds.years is None and grounds.births_a_year is None:
            yield _("to tell takes about {births} births in each of the two years").format(births=births)
        else:
            yield _("to tell takes about {births} births").format(births=births)
    if grounds.years is not None and grounds.births_a_year is not None:
        said = _("at about {births} births a year that is about {years} years")
        yield said.format(
            births=format_number(_roughly(round(grounds.births_a_year))), years=format_number(_roughly(grounds.years))
        )
    if grounds.truly is not None and grounds.outside is not None and grounds.outside >= _WORTH_SAYING:
        said = _("even where {value} is the true level, {years} years of 100 with so few births lie outside the range")
        yield said.format(value=format_exact(grounds.truly, measure.decimals), years=int(grounds.outside * 100))


def _roughly(number: int) -> int:
    """The number with three figures that mean something."""
    spare = max(len(str(number)) - 3, 0)
    return int(round(number, -spare))


_NO_GROUNDS = Grounds()
# Less often than once in five years, chance explains little.
_WORTH_SAYING = 0.2


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
