"""The way to a goal of a later year in words: what is needed, the pace so far, the verdict, the year of arrival."""

from collections.abc import Iterator

from data.judging import Method, Pace, Reason, Verdict
from data.judging.pace import HORIZON, Ahead, Arrival
from data.judging.trend import LEAST_YEARS
from data.measures import Measure
from data.wording import N_, _
from data.wording.judging import interval_text, reason_sentence, verdict_word
from data.wording.measures import changed, margin_number, measured, measured_margin
from data.wording.units import capitalised

_METHODS = {
    Method.WEIGHTED_LEAST_SQUARES: N_("weighted least squares"),
    Method.ORDINARY_LEAST_SQUARES: N_("least squares"),
}
_METHODS_IN_FULL = {
    Method.WEIGHTED_LEAST_SQUARES: N_(
        "Weighted least squares: each year weighs as much as its births. The interval is what chance does to so many "
        "births, and wider where the years scatter more than chance explains."
    ),
    Method.ORDINARY_LEAST_SQUARES: N_(
        "Ordinary least squares: every year weighs the same. The interval follows from the scatter around the line, by "
        "Student's t."
    ),
}
_SETTERS = {
    "NATION": N_("the nation's goal"),
    "PARENT": N_("the goal of the level above"),
    "OWN": N_("the unit's own goal"),
}
_WEAKNESSES = {
    "FORECAST": N_("a forecast, not a result"),
    "NOT_ALL_UNITS": N_("not of all units"),
    "OTHER_BASIS": N_("published for other boundaries"),
}


def method_name(method: Method) -> str:
    """`bình phương tối thiểu có trọng số`."""
    return _(_METHODS[method])


def method_sentence(method: Method) -> str:
    """How the pace and its interval were found, for whoever asks."""
    return _(_METHODS_IN_FULL[method])


def setter_name(setter: str) -> str:
    """Whose goal it is; keyed by the words of `data.paths.model.Setter`."""
    return _(_SETTERS[setter])


def weakness_text(weakness: str) -> str:
    """Why a pace leaves a year out; keyed by the words of `data.comparisons.observing.Weakness`."""
    return _(_WEAKNESSES[weakness])


def path_word(pace: Pace) -> str:
    """The verdict: `đã tới mốc`, `kịp tiến độ`, `chậm tiến độ`, …"""
    return _("already there") if pace.there else verdict_word(pace.verdict)


def needed_text(pace: Pace, measure: Measure) -> str:
    """What is needed a year, for a cell: `-0,4 điểm`; empty where it cannot be said."""
    if pace.needed is None:
        return ""
    return measured_margin(pace.needed, measure) if pace.needed else _("nothing more")


def slope_interval(pace: Pace, measure: Measure) -> str:
    """The 95 % interval of the pace: `-0,5 đến +0,1`."""
    if pace.low is None or pace.high is None:
        return ""
    return _("{low} to {high}").format(low=margin_number(pace.low, measure), high=margin_number(pace.high, measure))


def arrival_text(pace: Pace) -> str:
    """The year of arrival at this pace, for a cell: `2041 (không sớm hơn 2033)`; empty where it cannot be said."""
    arrival = pace.arrival
    if arrival is None:
        return ""
    if arrival.year is not None:
        return _between(str(arrival.year), arrival)
    if arrival.away and arrival.earliest is None:
        return _("never at this pace")
    if arrival.away:
        # The verdict beside it leaves it open, so "never" alone would say too much.
        return _("never at this pace, {earliest} at the earliest").format(earliest=arrival.earliest)
    return _between(_("after {year}").format(year=HORIZON), arrival)


def _between(said: str, arrival: Arrival) -> str:
    """With the years of the interval's ends, where they say more than the year does."""
    earliest, latest = arrival.earliest, arrival.latest
    if earliest is None or earliest == latest == arrival.year:
        return said
    if latest is None:
        return _("{year}, not before {earliest}").format(year=said, earliest=earliest)
    return _("{year}, between {earliest} and {latest}").format(year=said, earliest=earliest, latest=latest)


def path_sentences(pace: Pace, measure: Measure, year: int) -> list[str]:
    """The way to the goal of that year in full sentences, the most important first."""
    return [f"{capitalised(said)}." for said in _said(pace, measure, year)]


def _said(pace: Pace, measure: Measure, year: int) -> Iterator[str]:
    if pace.verdict is Verdict.NO_DATA:
        yield _("no year of this unit can be used, so nothing can be said of the way")
        return
    if pace.there:
        yield _("the goal is reached already: {value} in {year}").format(
            value=measured(pace.value, measure), year=pace.last_year
        )
    elif pace.needed == 0:
        yield _("{value} in {year} is within the goal, but chance alone may have brought it there").format(
            value=measured(pace.value, measure), year=pace.last_year
        )
    elif pace.needed is not None:
        said = _("a rise of {size} a year is needed until {year}")
        if pace.needed < 0:
            said = _("a fall of {size} a year is needed until {year}")
        yield said.format(size=changed(pace.needed, measure), year=year)
    if pace.slope is not None and pace.method is not None:
        yield _pace(pace, pace.slope, pace.method, measure)
    if pace.expected is not None and pace.reason is not Reason.OTHER_YEAR:
        yield _expected(pace.expected, measure)
    yield from _arrival(pace)
    if pace.leaves:
        yield _("the goal is reached, but this pace leads out of it again before {year}").format(year=year)
    if pace.reason is not None:
        yield path_reason(pace, year)


def _pace(pace: Pace, slope: float, method: Method, measure: Measure) -> str:
    said = _("from {first} to {last} it rose by {size} a year (95% interval: {interval}; {method}, {count} years)")
    if slope == 0:
        said = _("from {first} to {last} it did not move (95% interval: {interval}; {method}, {count} years)")
    if slope < 0:
        said = _("from {first} to {last} it fell by {size} a year (95% interval: {interval}; {method}, {count} years)")
    return said.format(
        first=pace.first_year,
        last=pace.last_year,
        size=changed(slope, measure),
        interval=slope_interval(pace, measure),
        method=method_name(method),
        count=pace.count,
    )


def _expected(ahead: Ahead, measure: Measure) -> str:
    return _("at this pace {year} comes to {value} (95% interval: {interval})").format(
        year=ahead.year, value=measured(ahead.value, measure), interval=interval_text(ahead.low, ahead.high, measure)
    )


def _arrival(pace: Pace) -> Iterator[str]:
    arrival = pace.arrival
    if arrival is None:
        return
    if arrival.year is not None:
        yield _("at this pace it arrives in {year}").format(year=arrival_text(pace))
    elif arrival.away:
        yield _("at this pace it never arrives")
        if arrival.earliest is not None:
            yield _("the favourable end of the interval would arrive in {year}").format(year=arrival.earliest)
    else:
        said = _("at this pace it arrives {when}; a straight line says nothing of years beyond {year}")
        yield said.format(when=arrival_text(pace), year=HORIZON)


def path_reason(pace: Pace, year: int) -> str:
    """Why there is no verdict, or an uncertain one. No full stop."""
    reason = pace.reason
    if reason is None:
        return ""
    if reason is Reason.NO_BASELINE and pace.base_year is not None:
        said = _("There is no complete approved result of the base year {year}, so the change cannot be worked out")
        return said.format(year=pace.base_year)
    if reason is Reason.TOO_FEW_YEARS:
        said = _("A pace takes {least} complete years on the same area; there are {count}")
        return said.format(least=LEAST_YEARS, count=pace.count)
    return reason_sentence(reason, year)
