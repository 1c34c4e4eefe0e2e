"""Ranks and percentages of a plan: what holds for whatever numbers."""

import random
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.judging import (
    Band,
    Contender,
    Direction,
    Goal,
    NoShare,
    Operator,
    Reason,
    contender,
    percent_of_plan,
    rank_range,
)

# Few values, so that some are equal.
VALUES = st.integers(0, 12).map(float)


@st.composite
def contenders(draw: st.DrawFn) -> Contender:
    low, point, high = sorted((draw(VALUES), draw(VALUES), draw(VALUES)))
    return Contender(low, point, high)


@given(contenders(), st.lists(contenders(), max_size=30))
def test_the_range_of_ranks_holds_the_rank_by_value(own: Contender, others: list[Contender]) -> None:
    found = rank_range(own, others)
    assert 1 <= found.best <= found.first <= found.last <= found.worst <= found.of == len(others) + 1


@given(contenders(), st.lists(contenders(), max_size=30), st.randoms(use_true_random=False))
def test_ranks_do_not_depend_on_the_order_of_the_others(
    own: Contender, others: list[Contender], chance: random.Random
) -> None:
    mixed = list(others)
    chance.shuffle(mixed)
    assert rank_range(own, mixed) == rank_range(own, others)


@given(VALUES, st.lists(VALUES, max_size=20))
def test_without_chance_the_range_is_that_of_equal_values(own: float, others: list[float]) -> None:
    found = rank_range(Contender(own, own, own), [Contender(one, one, one) for one in others])
    assert (found.best, found.worst) == (found.first, found.last)
    assert found.worst - found.best == others.count(own)
    assert found.best == 1 + sum(one > own for one in others)


@given(st.lists(contenders(), min_size=2, max_size=12))
def test_who_is_surely_better_never_ranks_behind(everybody: list[Contender]) -> None:
    ranks = [rank_range(one, everybody[:place] + everybody[place + 1 :]) for place, one in enumerate(everybody)]
    for one, mine in zip(everybody, ranks, strict=True):
        for other, theirs in zip(everybody, ranks, strict=True):
            if one.low > other.high:
                assert mine.first < theirs.first
                assert mine.best <= theirs.best
                assert mine.worst <= theirs.worst


@given(contenders(), st.lists(contenders(), max_size=12), contenders())
def test_one_more_peer_moves_a_rank_by_one_at_most(own: Contender, others: list[Contender], more: Contender) -> None:
    before, after = rank_range(own, others), rank_range(own, [*others, more])
    assert after.best - before.best in (0, 1)
    assert after.worst - before.worst in (0, 1)


@given(VALUES, VALUES, VALUES, st.sampled_from([Band(5, inf), Band(-inf, 5), Band(4, 7), Band(5, 5)]))
def test_an_interval_stays_an_interval_whichever_way_is_good(a: float, b: float, c: float, band: Band) -> None:
    low, value, high = sorted((a, b, c))
    found = contender(band, value, low, high)
    assert found.low <= found.point <= found.high


def test_more_is_better_or_less_is_or_nearer_to_the_range() -> None:
    at_least, at_most, between = Band(70, inf), Band(-inf, 109), Band(103, 107)
    assert contender(at_least, 95).point > contender(at_least, 80).point > contender(at_least, 60).point
    assert contender(at_most, 105).point > contender(at_most, 112).point
    # Below the range is as wrong as above, and within it nobody is better than another.
    assert contender(between, 101).point == contender(between, 109).point == -2
    assert contender(between, 103.5).point == contender(between, 105).point == 0
    assert contender(between, 112, 106, 118) == Contender(-11, -5, 0)


def goal(operator: Operator, low: float, high: float | None = None, **changes: object) -> Goal:
    asked = {"direction": None, "year": 2026, "is_count": True} | changes
    return Goal(operator, low, low if high is None else high, **asked)  # type: ignore[arg-type]


@pytest.mark.parametrize("operator", [Operator.AT_LEAST, Operator.ABOVE, Operator.ABOUT, Operator.EXACTLY])
def test_a_level_is_fulfilled_in_percent(operator: Operator) -> None:
    assert percent_of_plan(goal(operator, 400), 100) == pytest.approx(25)


def test_percent_of_the_plan_is_not_the_rate() -> None:
    # 63 % of women screened where 70 % were planned: the rate is 63 %, the plan is fulfilled by 90 %.
    assert percent_of_plan(goal(Operator.AT_LEAST, 70, is_count=False), 63) == pytest.approx(90)


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (goal(Operator.AT_MOST, 109), NoShare.LIMIT),
        (goal(Operator.REACH, 111, direction=Direction.DOWN), NoShare.LIMIT),
        (goal(Operator.RANGE, 103, 107), NoShare.NO_LEVEL),
        (goal(Operator.REACH, 111), NoShare.NO_LEVEL),
        (goal(Operator.DELTA, 5, baseline=60), NoShare.NO_LEVEL),
        (goal(Operator.AT_LEAST, 0), NoShare.NO_LEVEL),
        (goal(Operator.AT_LEAST, 400, barred=Reason.TWO_IN_FORCE), NoShare.UNJUDGED),
        (goal(Operator.AT_LEAST, 400, barred=Reason.NO_LONGER_POLICY), NoShare.UNJUDGED),
    ],
)
def test_what_is_no_single_level_to_come_up_to_has_no_percentage(asked: Goal, why: NoShare) -> None:
    assert percent_of_plan(asked, 100) is why
