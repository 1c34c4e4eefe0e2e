"""Trends and the pace towards a goal: numbers that can be worked out by hand, and what is said where they cannot be."""

from math import sqrt
from typing import Any

import pytest

from data.judging import Direction, Goal, Method, Observed, Operator, Pace, Reason, Verdict, pace_to
from data.judging.intervals import Z
from data.judging.operators import Band
from data.judging.pace import HORIZON
from data.judging.student import student_quantile
from data.judging.trend import Trend, trend_of


def counted(*values: float, first: int = 2021, numerator: int | None = 1) -> list[Observed]:
    """Values that chance does not move, year by year: complete counts, or with no numerator published ones."""
    return [Observed(value, first + place, numerator=numerator) for place, value in enumerate(values)]


def births(*pairs: tuple[float, float], first: int = 2021) -> list[Observed]:
    """Sex ratios of so many boys and girls, year by year."""
    return [
        Observed(boys / girls * 100, first + place, numerator=boys, denominator=girls, chance=True)
        for place, (boys, girls) in enumerate(pairs)
    ]


def shares(*parts: int, of: int, first: int = 2021) -> list[Observed]:
    """So many of a whole in percent, moved by chance, year by year."""
    return [
        Observed(part / of * 100, first + place, numerator=part, denominator=of, chance=True, share=True)
        for place, part in enumerate(parts)
    ]


def goal(operator: Operator, low: float, high: float | None = None, **changes: object) -> Goal:
    return Goal(operator, low, low if high is None else high, None, 2030, is_count=False, **changes)  # type: ignore[arg-type]


def near(number: float) -> Any:
    """The number, as far as floating point has it; any type, so that it can stand in a tuple."""
    return pytest.approx(number)


def trend(observed: list[Observed]) -> Trend:
    found = trend_of(observed)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("freedom", "expected"),
    [(1, 12.7062), (2, 4.3027), (3, 3.1824), (4, 2.7764), (5, 2.5706), (10, 2.2281), (30, 2.0423), (120, 1.9799)],
)
def test_students_t_is_that_of_the_tables(freedom: int, expected: float) -> None:
    assert student_quantile(freedom) == pytest.approx(expected, abs=5e-5)


def test_students_t_turns_into_the_normal_distribution_and_begins_at_one_degree() -> None:
    assert student_quantile(1e9) == Z
    assert student_quantile(1e5) == pytest.approx(Z, abs=1e-4)
    with pytest.raises(ValueError, match="one degree"):
        student_quantile(0.5)


def test_ordinary_least_squares_as_in_a_textbook() -> None:
    """2, 4, 5, 4, 5: the slope is 0.6, the squares of the residuals add up to 2.4, so its error is √(0.8 / 10)."""
    found = trend(counted(2, 4, 5, 4, 5))
    assert found.method is Method.ORDINARY_LEAST_SQUARES
    assert found.slope == near(0.6)
    assert found.high - found.slope == pytest.approx(3.18245 * sqrt(0.08), abs=1e-4)
    assert found.slope - found.low == pytest.approx(3.18245 * sqrt(0.08), abs=1e-4)


def test_years_that_are_missing_count_as_far_as_they_lie_apart() -> None:
    """(2019, 1), (2022, 4), (2025, 4): Sxx is 18, Sxy is 9."""
    observed = [Observed(value, year, numerator=1) for year, value in ((2019, 1), (2022, 4), (2025, 4))]
    assert trend(observed).slope == pytest.approx(0.5)


def test_a_share_is_as_uncertain_as_a_binomial_count() -> None:
    """10, 12 and 14 % of a thousand: each year has the variance 12 × 88 / 1 000, and Sxx is 2."""
    found = trend(shares(100, 120, 140, of=1000))
    assert found.method is Method.WEIGHTED_LEAST_SQUARES
    assert found.slope == near(2)
    assert found.high - found.slope == pytest.approx(Z * sqrt(12 * 88 / 1000 / 2), rel=1e-3)


def test_a_sex_ratio_of_ten_thousand_births_has_an_error_of_two_points() -> None:
    """200 / √births, where boys and girls are equally many; the slope of three years has that over √2."""
    found = trend(births((5000, 5000), (5000, 5000), (5000, 5000)))
    assert (found.high - found.low) / 2 == pytest.approx(Z * 2 / sqrt(2), rel=1e-3)
    # What stands five years on from the last value: its own error, and that of the slope, which it has pulled itself.
    assert found.reach(5) == pytest.approx(Z * 2 * sqrt(1 + 25 / 2 + 2 * 5 / 2), rel=1e-3)


def test_a_year_weighs_as_much_as_its_births() -> None:
    heavy, light = 10**6, 10
    even = trend(births((heavy, heavy), (heavy * 11, heavy * 10), (heavy, heavy)))
    odd = trend(births((heavy, heavy), (light * 11, light * 10), (heavy, heavy)))
    assert even.slope == pytest.approx(0, abs=1e-9)
    tilted = trend(births((light * 12, light * 10), (heavy, heavy), (heavy, heavy)))
    assert abs(tilted.slope) < 0.01
    assert odd.slope == pytest.approx(0, abs=1e-9)


def test_years_that_scatter_more_than_chance_widen_the_interval() -> None:
    """The middle year leaps by six: two off the line at both ends and four in the middle, at nearly equal weights."""
    observed = births((110_000, 100_000), (116_000, 100_000), (110_000, 100_000))
    found = trend(observed)
    by_chance = found.variances[0]
    rate = 336_000.5 / 636_001
    expected_by_chance = 100**2 * rate / (1 - rate) ** 3 / 213_000
    scatter = sum(one * one / expected_by_chance for one in (2, 4, 2))
    assert by_chance == pytest.approx(expected_by_chance * scatter, rel=0.03)
    freedom = (scatter / (scatter - 1)) ** 2
    assert found.quantile == pytest.approx(student_quantile(freedom), rel=0.03)
    assert found.quantile > 4


def test_years_without_any_case_are_no_sure_thing() -> None:
    found = trend(shares(0, 0, 0, of=500))
    assert found.slope == 0
    assert found.high > 0 > found.low


@pytest.mark.parametrize("count", [0, 1, 2])
def test_a_pace_takes_three_years(count: int) -> None:
    assert trend_of(counted(*[50.0] * count)) is None


def test_without_a_value_there_is_nothing_to_say() -> None:
    assert pace_to(goal(Operator.AT_LEAST, 70), []) == Pace(Verdict.NO_DATA)
    assert pace_to(goal(Operator.AT_LEAST, 70), [Observed(None, 2025)]) == Pace(Verdict.NO_DATA)


def test_two_years_say_what_is_needed_and_no_more() -> None:
    found = pace_to(goal(Operator.AT_LEAST, 70), counted(50, 55, first=2024))
    assert (found.verdict, found.reason, found.needed) == (Verdict.NOT_JUDGED, Reason.TOO_FEW_YEARS, 3)
    assert (found.slope, found.course, found.arrival) == (None, (), None)


def test_an_exact_line_arrives_when_arithmetic_says() -> None:
    """From 62 in 2025 by four a year: 78 in 2029, 82 in 2030."""
    found = pace_to(goal(Operator.AT_LEAST, 80), counted(50, 54, 58, 62, first=2022))
    assert (found.verdict, found.needed, found.slope, found.low, found.high) == (
        Verdict.ON_TRACK, near(3.6), near(4), near(4), near(4),
    )  # fmt: skip
    assert found.expected is not None
    assert found.expected.value == near(82)
    assert found.arrival is not None
    assert (found.arrival.year, found.arrival.earliest, found.arrival.latest) == (2030, 2030, 2030)


def test_a_pace_that_is_too_slow_is_behind_and_says_when_it_arrives() -> None:
    found = pace_to(goal(Operator.AT_LEAST, 80), counted(56, 58, 60, 62, first=2022))
    assert (found.verdict, found.reason, found.needed) == (Verdict.BEHIND, None, near(3.6))
    assert found.arrival is not None
    assert found.arrival.year == 2034


def test_an_interval_that_holds_both_is_not_decided() -> None:
    found = pace_to(goal(Operator.AT_LEAST, 80), counted(50, 57, 57, 62, first=2022))
    assert (found.verdict, found.reason) == (Verdict.UNCERTAIN, Reason.PACE_UNCERTAIN)
    assert found.arrival is not None
    assert found.arrival.earliest is not None
    assert found.arrival.year is not None
    assert found.arrival.earliest < found.arrival.year


def test_the_wrong_way_never_arrives() -> None:
    found = pace_to(goal(Operator.AT_MOST, 109), counted(111, 112, 113, 114, first=2022))
    assert found.arrival is not None
    assert (found.verdict, found.arrival.year, found.arrival.away) == (Verdict.BEHIND, None, True)
    still = pace_to(goal(Operator.AT_MOST, 109), counted(113, 113, 113, first=2023))
    assert still.arrival is not None
    assert (still.verdict, still.arrival.away) == (Verdict.BEHIND, True)


def test_what_lies_beyond_the_horizon_is_not_foretold() -> None:
    found = pace_to(goal(Operator.AT_LEAST, 100), counted(50, 50.1, 50.2, first=2023))
    assert found.arrival is not None
    assert (found.arrival.year, found.arrival.away) == (None, False)
    assert HORIZON == 2050


@pytest.mark.parametrize(("values", "level"), [((115, 113, 111), 107), ((95, 97, 99), 103)])
def test_a_range_is_reached_at_its_nearer_end_even_where_the_line_leads_through_it(
    values: tuple[float, ...], level: float
) -> None:
    found = pace_to(goal(Operator.RANGE, 103, 107), counted(*values, first=2023))
    assert (found.level, found.verdict) == (level, Verdict.ON_TRACK)
    assert found.arrival is not None
    assert found.arrival.year == 2027


def test_what_is_there_already_is_on_track_whatever_its_pace() -> None:
    found = pace_to(goal(Operator.AT_LEAST, 50), counted(60, 58, 56, first=2023))
    assert (found.verdict, found.there, found.needed, found.leaves, found.arrival) == (
        Verdict.ON_TRACK, True, 0, True, None,
    )  # fmt: skip
    assert not pace_to(goal(Operator.AT_LEAST, 50), counted(58, 58, 58, first=2023)).leaves


def test_what_chance_may_have_brought_there_is_not_there() -> None:
    few = pace_to(goal(Operator.AT_MOST, 109), births((54, 50), (54, 50), (54, 50), first=2023))
    assert (few.verdict, few.there, few.needed) == (Verdict.UNCERTAIN, False, 0)
    many = pace_to(goal(Operator.AT_MOST, 109), births(*[(540_000, 500_000)] * 3, first=2023))
    assert (many.verdict, many.there) == (Verdict.ON_TRACK, True)


def test_on_the_edge_of_a_strict_goal_it_is_not_there_yet() -> None:
    found = pace_to(goal(Operator.BELOW, 109), counted(109, 109, 109, first=2023))
    assert (found.there, found.needed, found.verdict) == (False, 0, Verdict.BEHIND)


def test_a_change_starts_from_the_base_year_among_the_years() -> None:
    rise = Goal(Operator.DELTA, 0.5, 0.5, Direction.UP, 2030, is_count=False, baseline_year=2025)
    found = pace_to(rise, counted(12, 12.2, 12.4, first=2023))
    assert (found.level, found.needed) == (near(12.9), near(0.1))
    assert found.verdict is Verdict.ON_TRACK
    missing = pace_to(rise, counted(12, 12.2, 12.4, first=2022))
    assert (missing.verdict, missing.reason, missing.base_year) == (Verdict.NOT_JUDGED, Reason.NO_BASELINE, 2025)
    assert missing.slope == pytest.approx(0.2)


def test_the_chance_of_the_base_year_cancels_where_it_is_the_last_value() -> None:
    """The distance from the last value itself is the slope's alone; from another year it is that year's chance too."""
    found = trend(births((5000, 5000), (5000, 5000), (5000, 5000)))
    assert found.reach(5, 2023, 1.0) == pytest.approx(5 * (found.high - found.low) / 2)
    assert found.reach(5, 2022, 1.0) > found.reach(5)


def test_a_published_value_is_no_more_certain_than_its_years_are() -> None:
    published, exact = (trend(counted(2, 4, 5, 4, 5, numerator=one)) for one in (None, 1))
    assert (published.exact, exact.exact) == (False, True)
    assert published.reach(0) == pytest.approx(3.18245 * sqrt(0.8), abs=1e-4)
    assert exact.reach(0) == 0
    assert published.reach(5) > exact.reach(5)


def test_no_share_is_expected_above_a_hundred_percent() -> None:
    found = pace_to(goal(Operator.AT_LEAST, 100), counted(80, 88, 96, first=2023), Band(0.0, 100.0))
    assert [one.value for one in found.course] == [96, 100, 100, 100, 100, 100]
    assert found.arrival is not None
    assert found.arrival.year == 2026


def test_a_closed_unit_has_a_past_and_no_way_ahead() -> None:
    found = pace_to(goal(Operator.AT_LEAST, 80, barred=Reason.UNIT_CLOSED), counted(56, 58, 60, first=2023))
    assert (found.verdict, found.reason, found.course) == (Verdict.NOT_JUDGED, Reason.UNIT_CLOSED, ())
    assert found.slope == pytest.approx(2)


def test_a_goal_of_the_last_values_own_year_is_judged_elsewhere() -> None:
    found = pace_to(goal(Operator.AT_LEAST, 80), counted(56, 58, 60, first=2028))
    assert (found.verdict, found.reason) == (Verdict.NOT_JUDGED, Reason.OTHER_YEAR)
