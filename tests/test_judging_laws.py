"""Laws that every judgement keeps, whatever the numbers."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from math import inf

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from data.judging import Band, Direction, Goal, Observed, Operator, Reason, Verdict, judge
from data.judging.operators import Number

JUDGED = [
    Operator.AT_LEAST, Operator.ABOVE, Operator.AT_MOST, Operator.BELOW, Operator.REACH, Operator.RANGE,
    Operator.ABOUT, Operator.EXACTLY,
]  # fmt: skip
GOOD = {Verdict.MET, Verdict.ON_TRACK, Verdict.EXPECTED}
BAD = {Verdict.NOT_MET, Verdict.BEHIND}

# Hundredths: what targets are set in and what distances of zero are exact in.
numbers = st.integers(0, 10**7).map(lambda hundredths: hundredths / 100)
months = st.integers(1, 12)
standings = st.sampled_from(["ESTIMATE", "PRELIMINARY", "FINAL"])


@st.composite
def goals(draw: st.DrawFn, year: int = 2025) -> Goal:
    """A target of any kind that is judged."""
    operator = draw(st.sampled_from(JUDGED))
    low, high = sorted((draw(numbers), draw(numbers)))
    if operator is not Operator.RANGE:
        high = low
    return Goal(operator, low, high, draw(st.sampled_from(Direction)), year, draw(st.booleans()))


@st.composite
def results(draw: st.DrawFn) -> Observed:
    """A result of any kind, with parts that fit its value where chance moves it."""
    observed = Observed(draw(numbers), 2025, draw(months), draw(standings))
    if draw(st.booleans()):
        boys, girls = draw(st.integers(1, 10**6)), draw(st.integers(1, 10**6))
        return replace(observed, value=boys / girls * 100, numerator=boys, denominator=girls, chance=True)
    return observed


@given(goals(), results())
def test_the_sign_of_the_margin_agrees_with_the_verdict(goal: Goal, observed: Observed) -> None:
    judgement = judge(goal, observed)
    assert judgement.margin is not None
    strict = goal.operator in (Operator.ABOVE, Operator.BELOW)
    if judgement.verdict in GOOD:
        assert judgement.margin > 0 if strict else judgement.margin >= 0
    elif judgement.verdict in BAD:
        assert judgement.margin <= 0 if strict else judgement.margin < 0
    else:
        assert judgement.verdict is Verdict.UNCERTAIN
        assert judgement.reason is Reason.SMALL_NUMBERS


@given(numbers, numbers, months)
def test_up_and_down_are_mirror_images(target: float, value: float, elapsed: int) -> None:
    for upwards, downwards in ((Operator.AT_LEAST, Operator.AT_MOST), (Operator.ABOVE, Operator.BELOW)):
        up = judge(Goal(upwards, target, target, None, 2025, is_count=False), Observed(value, 2025, elapsed))
        mirrored = Goal(downwards, -target, -target, None, 2025, is_count=False)
        down = judge(mirrored, Observed(-value, 2025, elapsed))
        assert (up.verdict, up.margin) == (down.verdict, down.margin)


@given(numbers, numbers, results(), st.booleans())
def test_a_range_is_at_least_and_at_most_together(one: float, other: float, observed: Observed, is_count: bool) -> None:
    low, high = sorted((one, other))
    both = judge(Goal(Operator.RANGE, low, high, None, 2025, is_count), observed)
    floor = judge(Goal(Operator.AT_LEAST, low, low, None, 2025, is_count), observed)
    ceiling = judge(Goal(Operator.AT_MOST, high, high, None, 2025, is_count), observed)
    assert (both.verdict in GOOD) == (floor.verdict in GOOD and ceiling.verdict in GOOD)
    if floor.verdict in BAD or ceiling.verdict in BAD:
        assert both.verdict in BAD
    if floor.verdict is not Verdict.MET or observed.elapsed_months == 12:
        assert both.margin is not None
        assert floor.margin is not None
        assert ceiling.margin is not None
        assert both.margin <= min(floor.margin, ceiling.margin) or both.verdict is Verdict.NOT_MET


@given(goals(), results())
def test_a_running_year_is_never_final_but_by_its_own_number(goal: Goal, observed: Observed) -> None:
    assume(observed.elapsed_months < 12 and observed.standing != "ESTIMATE")
    verdict = judge(goal, observed).verdict
    if not goal.is_count:
        assert verdict in {Verdict.ON_TRACK, Verdict.BEHIND, Verdict.UNCERTAIN}
    whole = judge(goal, Observed(observed.value, 2025)).verdict
    if verdict in {Verdict.MET, Verdict.NOT_MET}:
        assert verdict is whole


@given(goals(), results())
def test_an_estimate_is_never_final(goal: Goal, observed: Observed) -> None:
    assume(observed.standing == "ESTIMATE")
    assert judge(goal, observed).verdict in {Verdict.EXPECTED, Verdict.BEHIND, Verdict.UNCERTAIN}


@given(st.integers(2026, 2050).flatmap(goals), results())
def test_a_later_years_target_is_never_met_or_missed(goal: Goal, observed: Observed) -> None:
    judgement = judge(goal, observed)
    assert (judgement.verdict, judgement.reason) == (Verdict.NOT_JUDGED, Reason.LATER_YEAR)


@given(st.integers(1990, 2024).flatmap(goals), results())
def test_an_earlier_years_target_has_neither_verdict_nor_margin(goal: Goal, observed: Observed) -> None:
    judgement = judge(goal, observed)
    assert (judgement.verdict, judgement.reason, judgement.margin) == (Verdict.NOT_JUDGED, Reason.OTHER_YEAR, None)


@given(goals(), results(), st.sampled_from([Fraction, Decimal]))
def test_the_kind_of_number_changes_nothing(goal: Goal, observed: Observed, kind: type[Fraction | Decimal]) -> None:
    def same(number: Number | None) -> Number | None:
        return None if number is None else kind(float(number))

    other_goal = replace(goal, low=same(goal.low), high=same(goal.high))
    parts = replace(observed, numerator=same(observed.numerator), denominator=same(observed.denominator))
    assert judge(other_goal, replace(parts, value=same(observed.value))) == judge(goal, observed)


@given(numbers, numbers, numbers, months)
def test_more_is_never_worse_for_a_target_to_rise_to(target: float, one: float, other: float, elapsed: int) -> None:
    less, more = sorted((one, other))
    for is_count in (True, False):
        goal = Goal(Operator.AT_LEAST, target, target, None, 2025, is_count)
        if judge(goal, Observed(less, 2025, elapsed)).verdict in GOOD:
            assert judge(goal, Observed(more, 2025, elapsed)).verdict in GOOD


@given(numbers, st.integers(1, 11))
def test_exactly_what_is_due_by_now_is_on_track(target: float, elapsed: int) -> None:
    assume(target > 0)
    for operator in (Operator.AT_LEAST, Operator.AT_MOST, Operator.RANGE, Operator.EXACTLY):
        goal = Goal(operator, target, target, None, 2025, is_count=True)
        judgement = judge(goal, Observed(Fraction(target) * elapsed / 12, 2025, elapsed))
        assert (judgement.verdict, judgement.margin) == (Verdict.ON_TRACK, 0)


@given(st.integers(50, 150), st.integers(1, 10**5), st.integers(1, 10**5), st.integers(1, 200))
def test_more_births_only_ever_settle_what_was_uncertain(ratio: int, boys: int, girls: int, times: int) -> None:
    goal = Goal(Operator.BELOW, ratio, ratio, None, 2025, is_count=False)
    observed = Observed(boys / girls * 100, 2025, numerator=boys, denominator=girls, chance=True)
    few = judge(goal, observed).verdict
    many = judge(goal, replace(observed, numerator=boys * times, denominator=girls * times)).verdict
    assert few in {many, Verdict.UNCERTAIN}


def test_the_very_end_of_a_band_counts_unless_it_is_strict() -> None:
    below, at_most = Band(-inf, 109, strict=True), Band(-inf, 109)
    assert (below.misses(109, 112), at_most.misses(109, 112)) == (True, False)
    assert (below.holds(100, 109), at_most.holds(100, 109)) == (False, True)
    above, at_least = Band(45, inf, strict=True), Band(45, inf)
    assert (above.misses(40, 45), at_least.misses(40, 45)) == (True, False)
    assert (above.holds(45, 50), at_least.holds(45, 50)) == (False, True)


@pytest.mark.parametrize("operator", Operator)
def test_every_operator_is_judged_given_what_it_needs_but_words(operator: Operator) -> None:
    goal = Goal(operator, 1, 1, Direction.DOWN, 2025, is_count=False, baseline=2)
    judgement = judge(goal, Observed(1, 2025, earlier=(Observed(1, 2024),)))
    assert (judgement.verdict in GOOD | BAD) == (operator is not Operator.WORDS)
