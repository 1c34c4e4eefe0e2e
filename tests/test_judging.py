"""Promises about single judgements: each rule of the judging, shown on numbers that plans and reports really hold."""

from decimal import Decimal
from fractions import Fraction
from time import perf_counter

import pytest

from data.judging import Direction, Goal, Judgement, Observed, Operator, Reason, Verdict, judge
from data.kinds import Standing

MET, NOT_MET, ON_TRACK, BEHIND = Verdict.MET, Verdict.NOT_MET, Verdict.ON_TRACK, Verdict.BEHIND


def rate(operator: Operator, low: float, high: float | None = None, *, year: int = 2025) -> Goal:
    """A target for a rate."""
    direction = Direction.DOWN if operator is Operator.REACH else None
    return Goal(operator, low, low if high is None else high, direction, year, is_count=False)


def count(operator: Operator, low: float, high: float | None = None, *, year: int = 2025) -> Goal:
    """A target for a number of things."""
    direction = Direction.DOWN if operator is Operator.REACH else None
    return Goal(operator, low, low if high is None else high, direction, year, is_count=True)


def births(boys: int, girls: int, months: int = 12, standing: str = "FINAL") -> Observed:
    """A sex ratio of counted births."""
    ratio = boys / girls * 100 if girls else None
    return Observed(ratio, 2025, months, standing, numerator=boys, denominator=girls, chance=True)


def of(judgement: Judgement) -> tuple[Verdict, float | None]:
    """Verdict and margin, the margin without the dust of floating point."""
    return judgement.verdict, None if judgement.margin is None else round(judgement.margin, 9)


def test_delivery_is_judged_by_arithmetic() -> None:
    assert of(judge(count(Operator.AT_LEAST, 90_000), Observed(89_500, 2025))) == (NOT_MET, -500)
    assert of(judge(count(Operator.AT_LEAST, 90_000), Observed(90_000, 2025))) == (MET, 0)


@pytest.mark.parametrize(
    ("operator", "low", "high", "value", "verdict", "margin"),
    [
        (Operator.AT_LEAST, 70, 70, 70, MET, 0),
        (Operator.AT_LEAST, 70, 70, 69.9, NOT_MET, -0.1),
        (Operator.ABOVE, 45, 45, 45, NOT_MET, 0),
        (Operator.ABOVE, 45, 45, 45.1, MET, 0.1),
        (Operator.AT_MOST, 4, 4, 4, MET, 0),
        (Operator.AT_MOST, 4, 4, 6, NOT_MET, -2),
        (Operator.BELOW, 109, 109, 109, NOT_MET, 0),
        (Operator.BELOW, 109, 109, 106.1, MET, 2.9),
        (Operator.REACH, 111, 111, 110.5, MET, 0.5),
        (Operator.REACH, 111, 111, 111.4, NOT_MET, -0.4),
        (Operator.RANGE, 103, 107, 104, MET, 1),
        (Operator.RANGE, 103, 107, 106.5, MET, 0.5),
        (Operator.RANGE, 103, 107, 101, NOT_MET, -2),
        (Operator.RANGE, 103, 107, 110, NOT_MET, -3),
        (Operator.ABOUT, 22, 22, 22.5, MET, 0),
        (Operator.ABOUT, 22, 22, 22.6, NOT_MET, -0.1),
        (Operator.EXACTLY, 22, 22, 22, MET, 0),
        (Operator.EXACTLY, 22, 22, 21, NOT_MET, -1),
    ],
)
def test_a_whole_year_is_met_or_not(
    operator: Operator, low: float, high: float, value: float, verdict: Verdict, margin: float
) -> None:
    assert of(judge(rate(operator, low, high), Observed(value, 2025))) == (verdict, margin)


def test_a_level_to_rise_to_is_read_upwards() -> None:
    rising = Goal(Operator.REACH, 75, 75, Direction.UP, 2025, is_count=False)
    assert of(judge(rising, Observed(74.6, 2025))) == (NOT_MET, -0.4)
    assert of(judge(rising, Observed(75.5, 2025))) == (MET, 0.5)


def test_about_never_blames_what_lies_on_the_good_side() -> None:
    falling = Goal(Operator.ABOUT, 111, 111, Direction.DOWN, 2025, is_count=False)
    assert of(judge(falling, Observed(106, 2025))) == (MET, 5.5)
    assert of(judge(falling, Observed(111.6, 2025))) == (NOT_MET, -0.1)
    rising = Goal(Operator.ABOUT, 74.6, 74.6, Direction.UP, 2025, is_count=False)
    assert of(judge(rising, Observed(76.7, 2025))) == (MET, 2.6)
    assert of(judge(rising, Observed(74.0, 2025))) == (NOT_MET, -0.1)


def test_about_reaches_two_percent_of_a_count_unless_the_ministry_says_otherwise() -> None:
    assert of(judge(count(Operator.ABOUT, 1_500_000), Observed(1_470_000, 2025))) == (MET, 0)
    assert of(judge(count(Operator.ABOUT, 1_500_000), Observed(1_469_999, 2025))) == (NOT_MET, -1)
    strict = Goal(Operator.ABOUT, 2.1, 2.1, None, 2025, is_count=False, tolerance=0.05)
    assert judge(strict, Observed(1.91, 2025)).verdict is NOT_MET


@pytest.mark.parametrize(("screened", "women"), [(29, 100), (7, 100), (57, 100), (1_137, 1_000), (706, 1_000)])
def test_floating_point_decides_nothing(screened: int, women: int) -> None:
    exact = Fraction(screened * 100, women)
    for operator in (Operator.AT_LEAST, Operator.AT_MOST, Operator.EXACTLY):
        for value in (screened / women * 100, 100 * screened / women, exact, Decimal(100 * screened) / women):
            goal = Goal(operator, float(exact), float(exact), None, 2025, is_count=False)
            assert of(judge(goal, Observed(value, 2025))) == (MET, 0)


def test_one_person_in_a_hundred_million_still_decides() -> None:
    goal = rate(Operator.AT_LEAST, 70)
    assert judge(goal, Observed((70_000_000 - 1) / 100_000_000 * 100, 2025)).verdict is NOT_MET
    assert judge(count(Operator.AT_LEAST, 10**12), Observed(10**12 - 1, 2025)).verdict is NOT_MET


def test_chance_is_judged_by_the_whole_interval() -> None:
    goal = rate(Operator.RANGE, 103, 107)
    assert judge(goal, births(525_000, 500_000)).verdict is MET
    assert judge(goal, births(60_000, 50_000)).verdict is NOT_MET
    small = judge(goal, births(215, 205))
    assert (small.verdict, small.reason) == (Verdict.UNCERTAIN, Reason.SMALL_NUMBERS)
    assert small.low is not None
    assert small.high is not None
    assert (small.low < 103, small.high > 107) == (True, True)
    assert small.margin == pytest.approx(215 / 205 * 100 - 103)


def test_chance_within_the_year_is_on_track_behind_or_uncertain() -> None:
    goal = rate(Operator.BELOW, 109)
    verdicts = [
        judge(goal, births(*parts, 9)).verdict for parts in ((10_500, 10_000), (12_000, 10_000), (1_090, 1_000))
    ]
    assert verdicts == [ON_TRACK, BEHIND, Verdict.UNCERTAIN]


def test_a_ratio_without_its_parts_is_not_decided() -> None:
    published = Observed(111.4, 2025, chance=True)
    judgement = judge(rate(Operator.REACH, 111), published)
    assert (judgement.verdict, judgement.reason, judgement.low) == (Verdict.UNCERTAIN, Reason.NO_PARTS, None)
    assert judgement.margin == pytest.approx(-0.4)


def test_a_share_of_births_is_judged_by_its_own_interval() -> None:
    goal = rate(Operator.BELOW, 20)
    few = Observed(15.0, 2025, numerator=15, denominator=100, chance=True, share=True)
    many = Observed(15.0, 2025, numerator=1500, denominator=10_000, chance=True, share=True)
    assert [judge(goal, few).verdict, judge(goal, many).verdict] == [Verdict.UNCERTAIN, MET]


@pytest.mark.parametrize("value", [None, float("nan"), float("inf")])
def test_no_number_is_no_data(value: float | None) -> None:
    for goal in (rate(Operator.AT_LEAST, 70), rate(Operator.AT_LEAST, 70, year=2030)):
        assert judge(goal, Observed(value, 2025)) == Judgement(Verdict.NO_DATA)
    assert judge(rate(Operator.BELOW, 109), births(5, 0)) == Judgement(Verdict.NO_DATA)


def test_a_later_year_shows_the_distance_and_no_verdict() -> None:
    judgement = judge(rate(Operator.BELOW, 109, year=2030), births(18_734, 16_520, 9))
    assert (judgement.verdict, judgement.reason) == (Verdict.NOT_JUDGED, Reason.LATER_YEAR)
    assert judgement.margin == pytest.approx(109 - 18_734 / 16_520 * 100)
    assert (judgement.low, judgement.high) == pytest.approx((111.05, 115.80), abs=0.01)


def test_part_of_a_years_flow_is_no_distance_from_a_later_years_number() -> None:
    goal = count(Operator.AT_LEAST, 60_000, year=2030)
    assert judge(goal, Observed(40_000, 2025, 9)).margin is None
    assert judge(goal, Observed(50_000, 2025)).margin == -10_000
    assert judge(goal, Observed(50_000, 2025, 9, stock=True)).margin == -10_000


def test_an_earlier_years_target_judges_nothing() -> None:
    judgement = judge(rate(Operator.AT_LEAST, 70, year=2024), Observed(80, 2025))
    assert judgement == Judgement(Verdict.NOT_JUDGED, None, Reason.OTHER_YEAR)


@pytest.mark.parametrize(
    ("operator", "value", "months", "verdict", "margin", "due"),
    [
        (Operator.AT_LEAST, 46_000, 6, ON_TRACK, 1_000, 45_000),
        (Operator.AT_LEAST, 44_000, 6, BEHIND, -1_000, 45_000),
        (Operator.AT_LEAST, 90_000, 6, MET, 0, None),
        (Operator.ABOVE, 90_000, 11, ON_TRACK, 7_500, 82_500),
        (Operator.AT_MOST, 44_000, 6, ON_TRACK, 1_000, 45_000),
        (Operator.AT_MOST, 46_000, 6, BEHIND, -1_000, 45_000),
        (Operator.AT_MOST, 90_001, 6, NOT_MET, -1, None),
        (Operator.BELOW, 90_000, 6, NOT_MET, 0, None),
        (Operator.REACH, 30_000, 3, BEHIND, -7_500, 22_500),
        (Operator.EXACTLY, 90_000, 6, ON_TRACK, 0, 45_000),
        (Operator.EXACTLY, 50_000, 6, ON_TRACK, 5_000, 45_000),
        (Operator.EXACTLY, 90_001, 6, NOT_MET, -1, None),
        (Operator.ABOUT, 44_100, 6, ON_TRACK, 0, 44_100),
        (Operator.ABOUT, 44_099, 6, BEHIND, -1, 44_100),
        (Operator.ABOUT, 91_801, 6, NOT_MET, -1, None),
    ],
)
def test_counts_within_the_year_are_prorated_by_its_months(
    operator: Operator, value: float, months: int, verdict: Verdict, margin: float, due: float | None
) -> None:
    judgement = judge(count(operator, 90_000), Observed(value, 2025, months))
    assert of(judgement) == (verdict, margin)
    assert judgement.due == pytest.approx(due)


def test_a_range_of_a_count_is_used_up_evenly() -> None:
    goal = count(Operator.RANGE, 1_000, 1_200)
    verdicts = [judge(goal, Observed(value, 2025, 6)).verdict for value in (499, 500, 600, 601, 1_200, 1_201)]
    assert verdicts == [BEHIND, ON_TRACK, ON_TRACK, BEHIND, BEHIND, NOT_MET]


def test_different_people_counted_within_the_year_are_not_prorated() -> None:
    goal = count(Operator.AT_LEAST, 1_000)
    judgement = judge(goal, Observed(700, 2025, 9, additive=False))
    assert (judgement.verdict, judgement.reason, judgement.due) == (Verdict.NOT_JUDGED, Reason.PART_OF_YEAR, None)
    assert judge(goal, Observed(700, 2025, 12, additive=False)).verdict is NOT_MET


def test_a_stock_is_held_against_the_years_number_as_it_stands() -> None:
    goal = count(Operator.AT_LEAST, 1_000)
    assert of(judge(goal, Observed(700, 2025, 9, additive=False, stock=True))) == (BEHIND, -300)
    assert of(judge(goal, Observed(1_100, 2025, 9, additive=False, stock=True))) == (ON_TRACK, 100)


def test_rates_within_the_year_are_not_prorated() -> None:
    goal = rate(Operator.AT_LEAST, 70)
    assert of(judge(goal, Observed(60, 2025, 6))) == (BEHIND, -10)
    assert of(judge(goal, Observed(72, 2025, 6))) == (ON_TRACK, 2)
    assert judge(goal, Observed(60, 2025, 6)).due is None


@pytest.mark.parametrize("months", [9, 11, 12])
def test_an_estimate_of_the_year_is_expected_or_behind(months: int) -> None:
    estimate = Standing.ESTIMATE
    assert judge(count(Operator.AT_LEAST, 118), Observed(118, 2025, months, estimate)).verdict is Verdict.EXPECTED
    assert of(judge(count(Operator.AT_LEAST, 118), Observed(117, 2025, months, estimate))) == (BEHIND, -1)
    assert judge(rate(Operator.AT_MOST, 111), births(10_400, 10_000, months, estimate)).verdict is Verdict.EXPECTED
    assert judge(rate(Operator.AT_MOST, 111), births(110, 100, months, estimate)).verdict is Verdict.UNCERTAIN


def test_preliminary_and_final_values_are_judged_alike() -> None:
    goal = rate(Operator.AT_LEAST, 70)
    assert judge(goal, Observed(71, 2025, 12, Standing.PRELIMINARY)) == judge(goal, Observed(71, 2025))


@pytest.mark.parametrize(
    ("operator", "baseline", "reason"),
    [
        (Operator.DELTA, None, Reason.NO_BASELINE),
        (Operator.DELTA_RELATIVE, None, Reason.NO_BASELINE),
        (Operator.REDUCTION_FRACTION, None, Reason.NO_BASELINE),
        (Operator.REDUCTION_PERCENT, 0, Reason.ZERO_BASE),
        (Operator.REDUCTION_FRACTION, -3, Reason.ZERO_BASE),
        (Operator.DELTA_RELATIVE, 0, Reason.ZERO_BASE),
        (Operator.PER_ZONE, None, Reason.NO_ZONE_LEVEL),
        (Operator.REACH, None, Reason.NO_DIRECTION),
        (Operator.WORDS, None, Reason.WORDS_ONLY),
    ],
)
def test_what_is_not_judged_says_why(operator: Operator, baseline: float | None, reason: Reason) -> None:
    low = None if operator in (Operator.WORDS, Operator.PER_ZONE) else 2.1
    goal = Goal(operator, low, low, None, 2025, is_count=False, baseline=baseline)
    judgement = judge(goal, Observed(2.0, 2025))
    assert (judgement.verdict, judgement.margin, judgement.reason) == (Verdict.NOT_JUDGED, None, reason)


def test_a_barred_target_judges_nothing_whatever_its_operator() -> None:
    barred = Goal(Operator.AT_MOST, 10, 10, None, 2025, is_count=False, barred=Reason.NO_LONGER_POLICY)
    assert judge(barred, Observed(5, 2025)) == Judgement(Verdict.NOT_JUDGED, None, Reason.NO_LONGER_POLICY)
    unclear = Goal(Operator.DELTA, -2, -2, None, 2025, is_count=False, barred=Reason.AMBIGUOUS_UNIT)
    assert judge(unclear, Observed(5, 2025)).reason is Reason.AMBIGUOUS_UNIT


def test_a_target_upside_down_is_refused() -> None:
    with pytest.raises(ValueError, match="above its high"):
        Goal(Operator.RANGE, 107, 103, None, 2025, is_count=False)


def test_a_thousand_judgements_take_milliseconds() -> None:
    goal, results = rate(Operator.BELOW, 109), [births(1_000 + number, 1_000) for number in range(1_000)]

    def seconds() -> float:
        start = perf_counter()
        for result in results:
            judge(goal, result)
        return perf_counter() - start

    # Some 2 ms on an idle machine; the rest is room for a busy one.
    assert min(seconds() for _attempt in range(7)) < 0.02
