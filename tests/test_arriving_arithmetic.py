"""What targets come to, held against what is asked: exact, whatever the order, and never more than follows."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.arriving.arithmetic import (
    UNSAID,
    Conclusion,
    Input,
    Outcome,
    against,
    conclude,
    contributions,
    differences,
    edge_of,
    value_of,
)
from data.judging.operators import Band, Direction, Operator
from data.targets.ends import Ends, ends_of
from tests.test_targets_adding import target

OPEN = Ends()
SHARE = Ends(Fraction(0), Fraction(100))
COUNT = Ends(low=Fraction(0))
AT_LEAST_90, BELOW_109, RANGE = Band(90, inf), Band(-inf, 109, strict=True), Band(103, 107)

numbers = st.integers(0, 2_000).map(lambda tenths: Fraction(tenths, 10))
weights = st.integers(1, 10**7)
levels = st.lists(st.tuples(numbers, weights), min_size=1, max_size=8)


def floors(pairs: Sequence[tuple[Fraction, int]]) -> list[Input]:
    return [Input(number, Ends(low=low), weight) for number, (low, weight) in enumerate(pairs, 1)]


def at_least(low: int | None, weight: int | None = 1, unit_id: int = 1) -> Input:
    return Input(unit_id, None if low is None else Ends(low=Fraction(low)), weight)


@given(levels)
def test_a_weighted_value_lies_between_the_lowest_and_the_highest(pairs: list[tuple[Fraction, int]]) -> None:
    value = value_of(floors(pairs), is_count=False)
    assert value is not None
    assert value.low is not None
    assert min(low for low, _ in pairs) <= value.low <= max(low for low, _ in pairs)


@given(levels.flatmap(lambda pairs: st.tuples(st.just(floors(pairs)), st.permutations(floors(pairs)))))
def test_the_order_of_the_parts_changes_nothing(orders: tuple[list[Input], list[Input]]) -> None:
    inputs, turned = orders
    for is_count in (True, False):
        assert value_of(inputs, is_count=is_count) == value_of(turned, is_count=is_count)
        assert conclude(inputs, AT_LEAST_90, SHARE, is_count=is_count) == conclude(
            turned, AT_LEAST_90, SHARE, is_count=is_count
        )
    edge = Fraction(90)
    assert contributions(inputs, edge, is_floor=True) == contributions(turned, edge, is_floor=True)


@given(levels, numbers)
def test_what_the_parts_add_is_all_of_the_distance(pairs: list[tuple[Fraction, int]], edge: Fraction) -> None:
    inputs = floors(pairs)
    value, shares = value_of(inputs, is_count=False), contributions(inputs, edge, is_floor=True)
    assert value is not None
    assert value.low is not None
    assert sum(one.part for one in shares) == value.low - edge
    assert [one.part for one in shares] == sorted(one.part for one in shares)
    assert {one.unit_id: one.difference for one in shares} == differences(inputs, edge, is_floor=True)


@given(levels, numbers, weights, weights)
def test_two_parts_with_one_target_are_as_one_part(
    pairs: list[tuple[Fraction, int]], low: Fraction, one: int, other: int
) -> None:
    apart = floors([*pairs, (low, one), (low, other)])
    merged = floors([*pairs, (low, one + other)])
    assert value_of(apart, is_count=False) == value_of(merged, is_count=False)
    assert conclude(apart, AT_LEAST_90, SHARE, is_count=False) == conclude(merged, AT_LEAST_90, SHARE, is_count=False)


@given(levels, st.lists(st.tuples(st.integers(0, 1_000).map(lambda n: Fraction(n, 10)), weights), max_size=4))
def test_what_is_said_with_parts_missing_holds_whatever_they_are_told(
    pairs: list[tuple[Fraction, int]], others: list[tuple[Fraction, int]]
) -> None:
    known = [(min(low, Fraction(100)), weight) for low, weight in pairs]
    without = [*floors(known), *(Input(100 + at, None, weight) for at, (_low, weight) in enumerate(others))]
    said = conclude(without, AT_LEAST_90, SHARE, is_count=False)
    told = conclude(floors([*known, *others]), AT_LEAST_90, SHARE, is_count=False)
    if said.conclusion is not Conclusion.UNSAID:
        assert told.conclusion is said.conclusion
        assert said.margin is not None
        assert told.margin is not None
        assert abs(told.margin) >= abs(said.margin)
        assert told.margin * said.margin >= 0


@given(levels)
def test_what_is_said_without_weights_holds_whatever_they_are(pairs: list[tuple[Fraction, int]]) -> None:
    said = conclude([one._replace(weight=None) for one in floors(pairs)], AT_LEAST_90, OPEN, is_count=False)
    if said.conclusion is not Conclusion.UNSAID:
        assert conclude(floors(pairs), AT_LEAST_90, OPEN, is_count=False).conclusion is said.conclusion


def test_it_arrives_falls_short_or_cannot_be_said() -> None:
    two = [at_least(95, 1), at_least(80, 2, 2)]
    assert conclude(two, AT_LEAST_90, SHARE, is_count=False) == Outcome(Conclusion.FALLS_SHORT, Fraction(-5))
    turned = [at_least(95, 2), at_least(80, 1, 2)]
    assert conclude(turned, AT_LEAST_90, SHARE, is_count=False) == Outcome(Conclusion.ARRIVES, Fraction(0))
    missing = [at_least(95, 1), at_least(None, 2, 2)]
    assert conclude(missing, AT_LEAST_90, SHARE, is_count=False) == UNSAID
    assert conclude(missing, Band(100, inf), SHARE, is_count=False) == Outcome(Conclusion.FALLS_SHORT, Fraction(-5, 3))
    assert conclude([], AT_LEAST_90, SHARE, is_count=False) == UNSAID


def test_a_count_arrives_by_those_alone_that_have_a_target_and_never_falls_short_for_the_others() -> None:
    counts = [at_least(60, None), at_least(40, None, 2), at_least(None, None, 3)]
    assert conclude(counts, AT_LEAST_90, COUNT, is_count=True) == Outcome(Conclusion.ARRIVES, Fraction(10))
    assert conclude(counts, Band(101, inf), COUNT, is_count=True) == UNSAID
    assert conclude(counts[:2], Band(101, inf), COUNT, is_count=True) == Outcome(Conclusion.FALLS_SHORT, Fraction(-1))


def test_a_strict_limit_is_passed_only_by_targets_that_pass_it() -> None:
    at_most, below = (Input(1, Ends(high=Fraction(109), high_strict=strict), 1) for strict in (False, True))
    assert conclude([at_most], BELOW_109, OPEN, is_count=False) == Outcome(Conclusion.FALLS_SHORT, Fraction(0))
    assert conclude([below], BELOW_109, OPEN, is_count=False) == Outcome(Conclusion.ARRIVES, Fraction(0))
    assert conclude([at_most, below._replace(unit_id=2)], BELOW_109, OPEN, is_count=False).conclusion is (
        Conclusion.ARRIVES
    )


def test_a_range_needs_both_ends_and_a_limit_on_the_other_side_says_nothing() -> None:
    both, low_only = Input(1, Ends(Fraction(104), Fraction(106)), 1), Input(2, Ends(low=Fraction(104)), 1)
    assert conclude([both], RANGE, OPEN, is_count=False) == Outcome(Conclusion.ARRIVES, Fraction(1))
    assert conclude([both, low_only], RANGE, OPEN, is_count=False) == UNSAID
    assert conclude([low_only], BELOW_109, OPEN, is_count=False) == UNSAID
    wide = Input(1, Ends(Fraction(100), Fraction(106)), 1)
    assert conclude([wide], RANGE, OPEN, is_count=False) == Outcome(Conclusion.FALLS_SHORT, Fraction(-3))


def test_the_edge_is_the_end_that_is_missed_or_the_nearer_one() -> None:
    assert edge_of(AT_LEAST_90, OPEN) == (Fraction(90), True)
    assert edge_of(RANGE, OPEN) is None
    assert edge_of(RANGE, Ends(Fraction(110), Fraction(110))) == (Fraction(107), False)
    assert edge_of(RANGE, Ends(Fraction(104), Fraction(104))) == (Fraction(103), True)


def test_a_tolerance_is_what_it_is_meant_to_be() -> None:
    value = Ends(Fraction("2.05"), Fraction("2.05"))
    assert against(Band(2.1 - 0.05, 2.1 + 0.05), value) == Outcome(Conclusion.ARRIVES, Fraction(0))


@pytest.mark.parametrize(
    ("operator", "direction", "ends"),
    [
        (Operator.AT_LEAST, None, Ends(low=Fraction(70))),
        (Operator.ABOVE, None, Ends(low=Fraction(70), low_strict=True)),
        (Operator.AT_MOST, None, Ends(high=Fraction(70))),
        (Operator.BELOW, None, Ends(high=Fraction(70), high_strict=True)),
        (Operator.REACH, Direction.DOWN, Ends(high=Fraction(70))),
        (Operator.REACH, Direction.UP, Ends(low=Fraction(70))),
        (Operator.REACH, None, None),
        (Operator.ABOUT, Direction.DOWN, Ends(high=Fraction(70))),
        (Operator.ABOUT, None, Ends(Fraction(70), Fraction(70))),
        (Operator.EXACTLY, None, Ends(Fraction(70), Fraction(70))),
        (Operator.REACH_AND_HOLD, None, Ends(Fraction(70), Fraction(70))),
        (Operator.DELTA, Direction.UP, None),
        (Operator.WORDS, None, None),
    ],
)
def test_each_kind_of_target_leaves_open_what_it_does_not_limit(
    operator: Operator, direction: Direction | None, ends: Ends | None
) -> None:
    assert ends_of(target(70, operator, direction=direction)) == ends


def test_a_range_carries_both_its_ends_and_an_ambiguous_number_none() -> None:
    assert ends_of(replace(target(103, Operator.RANGE), high=107)) == Ends(Fraction(103), Fraction(107))
    assert ends_of(target(70, ambiguous=True)) is None
    assert ends_of(target(70.6)) == Ends(low=Fraction("70.6"))
