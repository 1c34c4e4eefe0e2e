"""Laws that every trend and every pace keeps, whatever the numbers."""

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from data.judging import Goal, Observed, Operator, Verdict, pace_to
from data.judging.student import student_quantile
from data.judging.trend import Trend, trend_of
from tests.test_pace import births, counted, shares

# Hundredths, as plans and results are printed.
numbers = st.integers(0, 10**6).map(lambda hundredths: hundredths / 100)
several = st.lists(numbers, min_size=3, max_size=7)
RANKS = {Verdict.BEHIND: 0, Verdict.UNCERTAIN: 1, Verdict.ON_TRACK: 2}


def close(number: float) -> object:
    return pytest.approx(number, rel=1e-6, abs=1e-6)


def trend(observed: list[Observed]) -> Trend:
    found = trend_of(observed)
    assert found is not None
    return found


def at_most(level: float) -> Goal:
    return Goal(Operator.AT_MOST, level, level, None, 2030, is_count=False)


@given(several, st.integers(-1000, 1000))
def test_adding_a_constant_changes_no_pace(values: list[float], constant: int) -> None:
    one, other = trend(counted(*values)), trend(counted(*(value + constant for value in values)))
    assert (other.slope, other.low, other.high) == (close(one.slope), close(one.low), close(one.high))


@given(several)
def test_turning_the_sign_mirrors_the_pace(values: list[float]) -> None:
    one, other = trend(counted(*values)), trend(counted(*(-value for value in values)))
    assert (other.slope, other.low, other.high) == (close(-one.slope), close(-one.high), close(-one.low))


@given(several, st.integers(1, 100))
def test_a_larger_measure_makes_a_pace_as_much_larger(values: list[float], times: int) -> None:
    one, other = trend(counted(*values)), trend(counted(*(value * times for value in values)))
    assert (other.slope, other.high) == (close(one.slope * times), close(one.high * times))


@given(numbers, st.integers(-500, 500), st.integers(3, 7))
def test_an_exact_line_has_its_own_slope_and_no_width(start: float, slope: int, years: int) -> None:
    found = trend(counted(*(start + slope * place for place in range(years))))
    assert (found.slope, found.low, found.high) == (close(slope), close(slope), close(slope))


@given(several)
def test_the_slope_lies_in_its_interval_and_the_way_ahead_only_widens(values: list[float]) -> None:
    found = trend(counted(*values))
    assert found.low <= found.slope <= found.high
    widths = [found.reach(ahead) for ahead in range(8)]
    assert widths == sorted(widths)


@given(st.integers(100, 900), st.integers(-15, 15), st.integers(3, 7), st.integers(2, 50))
def test_more_births_at_the_same_rates_make_chance_smaller(start: int, step: int, years: int, times: int) -> None:
    """Of years along a line. Years that scatter more than chance explains do so however many births there are."""
    parts = [start + step * place for place in range(years)]
    few = trend(shares(*parts, of=1000))
    many = trend(shares(*(part * times for part in parts), of=1000 * times))
    assert many.slope == close(few.slope)
    assert many.high - many.low < few.high - few.low


@given(st.floats(1, 1e5), st.floats(1, 1e5))
def test_students_t_falls_as_freedom_grows(one: float, other: float) -> None:
    less, more = sorted((one, other))
    assert student_quantile(less) >= student_quantile(more) - 1e-9


@given(several, numbers, numbers)
def test_an_easier_goal_is_judged_no_worse(values: list[float], one: float, other: float) -> None:
    hard, easy = (pace_to(at_most(level), counted(*values, first=2019)) for level in sorted((one, other)))
    assert RANKS[hard.verdict] <= RANKS[easy.verdict]


@given(st.lists(st.integers(4000, 6000), min_size=3, max_size=6), numbers, numbers)
def test_an_easier_goal_is_judged_no_worse_where_chance_rules(boys: list[int], one: float, other: float) -> None:
    observed = births(*((count, 5000) for count in boys), first=2019)
    hard, easy = (pace_to(at_most(level), observed) for level in sorted((one, other)))
    assert RANKS[hard.verdict] <= RANKS[easy.verdict]


@given(several, numbers)
def test_who_goes_as_fast_as_is_needed_arrives_in_the_goals_year(values: list[float], level: float) -> None:
    """The last value, then the pace itself: what is needed, where it leads and when it arrives agree."""
    found = pace_to(at_most(level), counted(*values, first=2019))
    assume(not found.there and found.slope is not None and found.needed is not None)
    assert found.slope is not None
    assert found.needed is not None
    assert found.arrival is not None
    if found.slope < found.needed - 1e-6:
        assert found.arrival.year is not None
        assert found.arrival.year <= 2030
    elif found.slope > found.needed + 1e-6:
        assert found.arrival.year is None or found.arrival.year > 2030


@given(several, numbers)
def test_the_years_of_arrival_agree_with_the_verdict(values: list[float], level: float) -> None:
    found = pace_to(at_most(level), counted(*values, first=2019))
    assume(not found.there)
    arrival = found.arrival
    assert arrival is not None
    assert (found.verdict is Verdict.ON_TRACK) == (arrival.latest is not None and arrival.latest <= 2030)
    assert (found.verdict is Verdict.BEHIND) == (arrival.earliest is None or arrival.earliest > 2030)
    known = [year for year in (arrival.earliest, arrival.year, arrival.latest) if year is not None]
    assert known == sorted(known)


@given(several, numbers)
def test_the_order_of_the_years_does_not_matter(values: list[float], level: float) -> None:
    observed = counted(*values, first=2019)
    assert pace_to(at_most(level), observed) == pace_to(at_most(level), list(reversed(observed)))


@given(several, numbers)
def test_years_without_a_value_change_nothing(values: list[float], level: float) -> None:
    observed = counted(*values, first=2019)
    gaps = [replace(observed[0], value=None, year=2010), Observed(None, 2029)]
    assert pace_to(at_most(level), [*observed, *gaps]) == pace_to(at_most(level), observed)
