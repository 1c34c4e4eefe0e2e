"""What goes into a judgement and what comes out of it."""

from dataclasses import dataclass, field

from data.judging.operators import (
    ABOUT_POINTS_OF_RATE,
    ABOUT_SHARE_OF_COUNT,
    CHANGES,
    SHARES,
    Band,
    Direction,
    Number,
    Operator,
    band_of,
    change_band,
)
from data.judging.verdicts import Reason, Verdict


@dataclass(frozen=True, slots=True)
class Goal:
    """A target as arithmetic sees it. A single value stands in `low` and `high` alike; words have neither.

    `year` is the year in which it is to be reached; `is_count` says that it counts things and is no rate. `direction`
    is for levels without a sign and for changes, `baseline` (the base year's value, where the plan prints it) and
    `baseline_year` for changes alone. `tolerance` is how far "about" reaches, in the measure of the target; left out,
    it is 2 % of a count or 0.5 points of a rate. `barred` is a reason, known beforehand, for which this target judges
    nothing: an ambiguous unit, two in force, no longer policy. `definition` is the key of what it is set for.

    Worked out once, because one target judges many units: `band`, the acceptable values, and `unjudged`, why there
    are none. Of the two one is None.
    """

    operator: Operator
    low: Number | None
    high: Number | None
    direction: Direction | None
    year: int
    is_count: bool
    baseline: Number | None = None
    barred: Reason | None = None
    tolerance: Number | None = None
    baseline_year: int | None = None
    definition: str | None = None
    band: Band | None = field(init=False, repr=False, compare=False)
    unjudged: Reason | None = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        band = None
        if self.low is not None and self.high is not None and self.barred is None:
            low, high = float(self.low), float(self.high)
            if not low <= high:
                raise ValueError("a target's low value lies above its high one")
            band = self._band(low, high)
        object.__setattr__(self, "band", band)
        object.__setattr__(self, "unjudged", None if band else self.barred or self._why_unjudged())

    def _band(self, low: float, high: float) -> Band | None:
        if self.operator not in CHANGES:
            return band_of(self.operator, low, high, self.direction, tolerance=self._tolerance(low))
        if self.baseline is None or (self.operator in SHARES and self.baseline <= 0):
            return None
        return change_band(self.operator, low, high, self.direction, float(self.baseline))

    def _tolerance(self, value: float) -> float:
        if self.tolerance is not None:
            return float(self.tolerance)
        return ABOUT_SHARE_OF_COUNT * abs(value) if self.is_count else ABOUT_POINTS_OF_RATE

    def _why_unjudged(self) -> Reason:
        if self.operator is Operator.PER_ZONE:
            return Reason.NO_ZONE_LEVEL
        if self.operator is Operator.WORDS or self.low is None:
            return Reason.WORDS_ONLY
        if self.operator in CHANGES:
            return Reason.NO_BASELINE if self.baseline is None else Reason.ZERO_BASE
        return Reason.NO_DIRECTION


@dataclass(frozen=True, slots=True)
class Observed:
    """A result as arithmetic sees it. `value` is None where there is none.

    `elapsed_months` runs from January to the end of the period, 12 for a year; `standing` is a word of
    `data.kinds.Standing`. `chance` marks statistics that chance moves (the sex ratio and other birth ratios): they are
    judged by an interval over `numerator` and `denominator`, times `factor`. `share` says that the numerator is part
    of the denominator (third births of births) and not its opposite (boys and girls). `additive` is False where parts
    of the year do not add up to it (DISTINCT, STOCK); `stock` where the last count stands for the period. `counted`
    is the number of months that the parts were counted over, where they are not all that have elapsed. `earlier` are
    the results of earlier years that a change starts from, or in which a level was to be held. `partial` says that
    some of the units have not counted yet.
    """

    value: Number | None
    year: int
    elapsed_months: int = 12
    standing: str = "FINAL"
    numerator: Number | None = None
    denominator: Number | None = None
    chance: bool = False
    additive: bool = True
    share: bool = False
    factor: int = 100
    stock: bool = False
    counted: int | None = None
    earlier: tuple["Observed", ...] = ()
    definition: str | None = None
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Grounds:
    """The numbers behind a verdict that is more than one comparison; what does not apply is None.

    Of a change: the base year and its value (None where it is missing) and the `level` that they ask for. Of a level
    to hold: since when it is there, and when it was lost again. Of an uncertain verdict: how many `births` would tell
    (in each of both years, where the base value is a count of births too), how many births there are in a year and so
    how many `years`; and how often chance alone carries a year's count out of a range whose middle, `truly`, is the
    true value. Of a share that falls short: how many `lacking` out of how many `of`.
    """

    base_year: int | None = None
    base: float | None = None
    level: float | None = None
    since: int | None = None
    lost: int | None = None
    births: int | None = None
    births_a_year: float | None = None
    years: int | None = None
    truly: float | None = None
    outside: float | None = None
    lacking: int | None = None
    of: float | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict and the numbers that explain it, all in the measure of the value.

    `margin` is the signed distance to the nearest acceptable value, positive is good whatever the direction; within
    the year it is measured from `due`, the number that is due by now, where there is one. `low` and `high` are
    the 95 % interval of a statistic that chance moves, whether or not it could be judged.
    """

    verdict: Verdict
    margin: float | None = None
    reason: Reason | None = None
    low: float | None = None
    high: float | None = None
    due: float | None = None
    grounds: Grounds | None = None
