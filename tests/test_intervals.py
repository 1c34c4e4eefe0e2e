"""Promises about 95 % intervals, and the facts about small numbers that they must reproduce."""

from math import exp, inf, lgamma, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.judging import (
    Observed,
    events_interval,
    interval_of,
    proportion_interval,
    sex_ratio_interval,
    share_interval,
)

totals = st.integers(1, 10**8)


def binomial(successes: int, trials: int, chance: float) -> float:
    """The chance of so many successes."""
    ways = lgamma(trials + 1) - lgamma(successes + 1) - lgamma(trials - successes + 1)
    return exp(ways + successes * log(chance) + (trials - successes) * log(1 - chance))


def test_with_420_births_a_true_ratio_of_105_leaves_103_to_107_in_84_years_of_100() -> None:
    within = [boys for boys in range(421) if 103 * (420 - boys) <= 100 * boys <= 107 * (420 - boys)]
    outside = 1 - sum(binomial(boys, 420, 105 / 205) for boys in within)
    assert outside == pytest.approx(0.84, abs=0.01)


def test_with_420_births_the_interval_reaches_far_beyond_103_to_107() -> None:
    low, high = sex_ratio_interval(215, 205) or (inf, 0.0)
    assert low < 90
    assert high > 125


def test_it_takes_about_11_400_births_to_tell_111_from_107() -> None:
    enough = next(
        births
        for births in range(10_000, 13_000)
        if (sex_ratio_interval(births * 111 / 211, births * 100 / 211) or (0.0, 0.0))[0] > 107
    )
    assert abs(enough - 11_400) < 100


def test_the_published_example_of_wilsons_interval_is_met() -> None:
    # 81 of 263: Newcombe (1998), table I, method 3.
    assert proportion_interval(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert proportion_interval(15, 148) == pytest.approx((0.0624, 0.1605), abs=5e-5)


def test_zero_counts_have_exact_ends() -> None:
    assert proportion_interval(0, 20) == pytest.approx((0.0, 0.1684), abs=5e-5)
    assert proportion_interval(20, 20) == pytest.approx((0.8316, 1.0), abs=5e-5)
    assert (proportion_interval(0, 7) or (1.0,))[0] == 0.0
    assert (proportion_interval(7, 7) or (0.0, 0.0))[1] == 1.0
    assert (sex_ratio_interval(9, 0) or (0.0, 0.0))[1] == inf
    assert (sex_ratio_interval(0, 9) or (1.0,))[0] == 0.0


@pytest.mark.parametrize(("part", "total"), [(0, 0), (1, 0), (-1, 5), (6, 5), (1, -1)])
def test_numbers_that_are_no_part_of_a_whole_have_no_interval(part: int, total: int) -> None:
    assert proportion_interval(part, total) is None
    assert share_interval(part, total) is None


@pytest.mark.parametrize(("boys", "girls"), [(0, 0), (-1, 5), (5, -1)])
def test_births_that_cannot_be_have_no_interval(boys: int, girls: int) -> None:
    assert sex_ratio_interval(boys, girls) is None


@given(totals, st.data())
def test_the_interval_holds_what_was_counted(total: int, drawn: st.DataObject) -> None:
    part = drawn.draw(st.integers(0, total))
    low, high = proportion_interval(part, total) or (inf, -inf)
    assert 0 <= low <= part / total <= high <= 1
    assert low < high


@given(st.integers(1, 10**6), st.integers(2, 50), st.data())
def test_more_births_make_the_interval_narrower(total: int, times: int, drawn: st.DataObject) -> None:
    part = drawn.draw(st.integers(0, total))
    low, high = proportion_interval(part, total) or (0.0, 0.0)
    closer_low, closer_high = proportion_interval(part * times, total * times) or (0.0, 0.0)
    assert closer_high - closer_low < high - low


@given(st.integers(1, 10**7), st.integers(1, 10**7))
def test_boys_per_girls_and_girls_per_boys_mirror_each_other(boys: int, girls: int) -> None:
    low, high = sex_ratio_interval(boys, girls, 1) or (0.0, 0.0)
    mirrored_low, mirrored_high = sex_ratio_interval(girls, boys, 1) or (0.0, 0.0)
    assert low == pytest.approx(1 / mirrored_high)
    assert high == pytest.approx(1 / mirrored_low)


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_the_ratios_interval_is_the_shares_interval_read_as_a_ratio(boys: int, girls: int) -> None:
    share_low, share_high = proportion_interval(boys, boys + girls) or (0.0, 0.0)
    low, high = sex_ratio_interval(boys, girls) or (0.0, 0.0)
    assert low == pytest.approx(share_low / (1 - share_low) * 100)
    assert high == pytest.approx(share_high / (1 - share_high) * 100)


def test_shares_and_ratios_of_the_same_numbers_are_told_apart() -> None:
    third_births = Observed(20.0, 2025, numerator=200, denominator=1000, chance=True, share=True)
    assert interval_of(third_births) == pytest.approx((17.64, 22.59), abs=0.01)
    births = Observed(15.0, 2025, numerator=1500, denominator=100_000, chance=True, share=True, factor=1000)
    assert interval_of(births) == pytest.approx((14.27, 15.77), abs=0.01)
    sexes = Observed(113.4, 2025, numerator=18_734, denominator=16_520, chance=True)
    assert interval_of(sexes) == pytest.approx((111.05, 115.80), abs=0.01)
    assert interval_of(Observed(113.4, 2025, chance=True)) is None


@pytest.mark.parametrize(
    ("count", "low", "high"), [(0, 0, 3.689), (1, 0.0253, 5.572), (10, 4.795, 18.39), (50, 37.11, 65.92)]
)
def test_few_events_have_the_exact_interval_of_their_tables(count: int, low: float, high: float) -> None:
    assert events_interval(count) == pytest.approx((low, high), rel=1e-3)


def test_few_and_many_events_meet_where_the_method_changes() -> None:
    exact, approximate = events_interval(99.999), events_interval(100)
    assert exact == pytest.approx(approximate, rel=1e-3)


@given(st.integers(0, 400), st.integers(0, 3))
def test_more_events_have_a_higher_interval(count: int, quarters: int) -> None:
    low, high = events_interval(count + quarters / 4)
    next_low, next_high = events_interval(count + 1)
    assert low <= count + quarters / 4 <= high
    assert low < next_low
    assert high < next_high


def test_few_births_of_many_people_are_counted_as_events() -> None:
    low, high = share_interval(9, 1_000, 1000) or (0.0, 0.0)
    assert (low, high) == pytest.approx(events_interval(9))
    assert share_interval(9, 20) == pytest.approx(tuple(100 * end for end in proportion_interval(9, 20) or ()))
