"""How far it still is to a goal of a later year, how fast it has gone so far, and when it arrives at that pace.

Everything starts from the last value: what is needed a year, where the pace leads, and the year of arrival. So each of
them can be checked by hand against the others. Pure, as all judging is: the years in, numbers and codes out.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf, isfinite

from data.judging.changes import base_of
from data.judging.judgement import Goal, Observed
from data.judging.observing import interval_of
from data.judging.operators import CHANGES, Band, kept_share
from data.judging.trend import Method, Trend, trend_of
from data.judging.verdicts import Reason, Verdict

# A straight line says nothing of years beyond this one.
HORIZON = 2050
ANYTHING = Band(-inf, inf)


@dataclass(frozen=True, slots=True)
class Ahead:
    """What stands in a year at the pace so far, with its 95 % interval."""

    year: int
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Arrival:
    """The first year in which the goal is reached at this pace; None where it is not by the horizon.

    `earliest` and `latest` are the same for the ends of the pace's interval. `away`: the pace leads nowhere, or away.
    """

    year: int | None
    earliest: int | None
    latest: int | None
    away: bool


@dataclass(frozen=True, slots=True)
class Pace:
    """The way from the last value to a goal; what cannot be said is None. Numbers are in the measure of the value.

    `there`: the goal is reached already. `level` is the nearest acceptable value and `needed` the change a year from
    `last_year` on that leads there by the goal's year; 0 where the value is acceptable, be it surely or not. `slope`
    with `low` and `high` is the pace of the `count` years since `first_year`, `method` how it was found. `course` leads
    from the last value to the goal's year. `base_year` is that of a change, whether or not its value is known.
    `leaves`: it is there, and the pace leads out of it again by the goal's year.
    """

    verdict: Verdict
    reason: Reason | None = None
    there: bool = False
    last_year: int | None = None
    value: float | None = None
    level: float | None = None
    needed: float | None = None
    base_year: int | None = None
    first_year: int | None = None
    count: int = 0
    method: Method | None = None
    slope: float | None = None
    low: float | None = None
    high: float | None = None
    course: tuple[Ahead, ...] = ()
    arrival: Arrival | None = None
    leaves: bool = False

    @property
    def expected(self) -> Ahead | None:
        """What stands in the goal's year at this pace."""
        return self.course[-1] if self.course else None


def pace_to(goal: Goal, observed: Sequence[Observed], within: Band = ANYTHING) -> Pace:
    """The pace of complete yearly results towards a goal of a later year. Those without a value say nothing.

    `within` are the values that there can be: no share is expected above a hundred percent.
    """
    years = sorted((one for one in observed if one.value is not None and isfinite(one.value)), key=lambda one: one.year)
    if not years:
        return Pace(Verdict.NO_DATA)
    last = years[-1]
    found = Pace(
        Verdict.NOT_JUDGED, last_year=last.year, value=float(last.value or 0), first_year=years[0].year,
        count=len(years), base_year=goal.baseline_year if goal.operator in CHANGES else None,
    )  # fmt: skip
    trend = trend_of(years)
    if trend is not None:
        course = () if goal.unjudged is Reason.UNIT_CLOSED else _course(trend, last, goal.year, within)
        found = replace(found, method=trend.method, slope=trend.slope, low=trend.low, high=trend.high, course=course)
    base = None
    if goal.unjudged is Reason.NO_BASELINE:
        base = base_of(goal, replace(last, earlier=tuple(years)))
        goal = goal if base is None else replace(goal, baseline=base.value)
    if goal.band is None:
        return replace(found, reason=goal.unjudged)
    if goal.year <= last.year:
        return replace(found, reason=Reason.OTHER_YEAR)
    return _judged(found, goal, goal.band, last, trend, base)


def _judged(found: Pace, goal: Goal, band: Band, last: Observed, trend: Trend | None, base: Observed | None) -> Pace:
    value = float(last.value or 0)
    is_inside = band.accepts(band.margin(value))
    level = None if is_inside else band.edge(value)
    needed = 0.0 if level is None else (level - value) / (goal.year - last.year)
    found = replace(found, level=level, needed=needed)
    if is_inside and _surely(goal, band, last):
        leads = found.expected
        leaves = leads is not None and not band.accepts(band.margin(leads.value))
        return replace(found, verdict=Verdict.ON_TRACK, there=True, leaves=leaves)
    if trend is None:
        return replace(found, reason=Reason.TOO_FEW_YEARS)
    way = _Way(band if is_inside else _nearer_side(band, value), value, trend, goal, base)
    low, high = way.at(goal.year)
    if way.band.holds(low, high):
        verdict, reason = Verdict.ON_TRACK, None
    elif way.band.misses(low, high):
        verdict, reason = Verdict.BEHIND, None
    else:
        verdict, reason = Verdict.UNCERTAIN, Reason.PACE_UNCERTAIN
    return replace(found, verdict=verdict, reason=reason, arrival=None if is_inside else way.arrival())


def _surely(goal: Goal, band: Band, last: Observed) -> bool:
    """Whether an acceptable value is so by more than chance. What was counted, or published whole, is what it is."""
    if not last.chance or goal.is_count:
        return True
    interval = interval_of(last)
    return interval is not None and band.holds(*interval)


def _nearer_side(band: Band, value: float) -> Band:
    """The band as it is met from where the value stands: who comes from above has arrived below its upper end."""
    if value <= band.floor:
        return Band(band.floor, inf, band.strict)
    return Band(-inf, band.ceiling, band.strict)


def _course(trend: Trend, last: Observed, until: int, within: Band) -> tuple[Ahead, ...]:
    found = []
    for year in range(last.year, until + 1):
        value, reach = float(last.value or 0) + trend.slope * (year - last.year), trend.reach(year - last.year)
        ends = (min(max(one, within.floor), within.ceiling) for one in (value, value - reach, value + reach))
        found.append(Ahead(year, *ends))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Way:
    """From the last value along the trend, held against the side of the goal that it comes to."""

    band: Band
    value: float
    trend: Trend
    goal: Goal
    base: Observed | None

    def at(self, year: int) -> tuple[float, float]:
        """The interval of that year, with what a base value adds to it."""
        ahead = year - self.trend.years[-1]
        base_year, kept = (self.base.year, self._kept()) if self.base is not None else (None, 0.0)
        reach, middle = self.trend.reach(ahead, base_year, kept), self.value + self.trend.slope * ahead
        return middle - reach, middle + reach

    def arrival(self) -> Arrival:
        """The years of arrival, looked for one by one."""
        sure = maybe = straight = None
        for year in range(self.trend.years[-1] + 1, HORIZON + 1):
            low, high = self.at(year)
            middle = self.value + self.trend.slope * (year - self.trend.years[-1])
            if straight is None and self.band.accepts(self.band.margin(middle)):
                straight = year
            if maybe is None and not self.band.misses(low, high):
                maybe = year
            if sure is None and self.band.holds(low, high):
                sure = year
        rises = self.band.floor > -inf
        away = self.trend.slope <= 0 if rises else self.trend.slope >= 0
        return Arrival(straight, maybe, sure, away)

    def _kept(self) -> float:
        return kept_share(self.goal.operator, float(self.goal.low or 0))
