"""Proposals share a target out without losing any of it, and the running check says what the numbers come to."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.handing.asks import AT_LEAST, Asks
from data.handing.checking import check
from data.handing.proposals import Goal, Hindrance, Part, Unproposed, Way, propose
from data.handing.splitting import split
from data.judging.operators import Direction, Operator

AT_MOST = Asks(Operator.AT_MOST)
HUNDRED = Fraction(100)

counts = st.integers(0, 10**9)
rates = st.integers(0, 1000).map(lambda tenths: Fraction(tenths, 10))
weights = st.integers(1, 10**6)
keys = st.lists(st.sampled_from([f"c{number:02}" for number in range(40)]), min_size=1, max_size=15, unique=True)


def of_count(number: int, asks: Asks = AT_LEAST) -> Goal:
    return Goal(Fraction(number), asks, True, None, 0)


def of_rate(number: Fraction, asks: Asks = AT_LEAST) -> Goal:
    return Goal(number, asks, False, HUNDRED, 1)


@st.composite
def parts(draw: st.DrawFn, lasts: st.SearchStrategy[Any]) -> list[Part]:
    return [Part(key, Fraction(draw(lasts)), draw(weights)) for key in draw(keys)]


def mean(numbers: dict[str, Fraction], those: list[Part]) -> Fraction:
    whole = sum(Fraction(one.weight or 0) for one in those)
    return sum((numbers[one.key] * Fraction(one.weight or 0) for one in those), Fraction(0)) / whole


@given(parts(counts), counts, st.sampled_from([Way.EQUAL, Way.SHARE]))
def test_a_count_that_is_shared_out_keeps_its_total_to_the_last_one(those: list[Part], total: int, way: Way) -> None:
    found = propose(way, of_count(total), those, {})
    assert isinstance(found, dict)
    assert sum(found.values()) == total
    assert all(number >= 0 and number.denominator == 1 for number in found.values())


@given(parts(counts), counts)
def test_equal_parts_differ_by_one_at_most(those: list[Part], total: int) -> None:
    found = propose(Way.EQUAL, of_count(total), those, {})
    assert isinstance(found, dict)
    assert max(found.values()) - min(found.values()) <= 1


@given(parts(counts), counts)
def test_who_weighs_more_never_gets_less(those: list[Part], total: int) -> None:
    found = propose(Way.SHARE, of_count(total), those, {})
    assert isinstance(found, dict)
    by_weight = {one.key: one.weight or 0 for one in those}
    assert not any(by_weight[a] > by_weight[b] and found[a] < found[b] for a in found for b in found)


@given(parts(rates), rates, st.sampled_from([AT_LEAST, AT_MOST]))
def test_closing_the_gap_brings_the_mean_to_the_goal_and_nobody_backwards(
    those: list[Part], number: Fraction, asks: Asks
) -> None:
    found = propose(Way.GAP, of_rate(number, asks), those, {})
    assert isinstance(found, dict)
    last = {one.key: one.last or Fraction(0) for one in those}
    sign = 1 if asks.good is Direction.UP else -1
    assert all(sign * found[key] >= sign * last[key] for key in found)
    assert all(0 <= value <= HUNDRED for value in found.values())
    reached, before = mean(found, those), mean(last, those)
    assert sign * (reached - number) >= 0
    if sign * (before - number) >= 0:
        assert found == last
    else:
        # Rounding to a decimal on the good side moves the mean by less than one of them.
        assert sign * (reached - number) < Fraction(1, 10)
        assert all(found[key] == last[key] for key in found if sign * (last[key] - number) >= 0)


@given(parts(rates), rates)
def test_everybody_who_is_short_moves_by_the_same_points(those: list[Part], number: Fraction) -> None:
    found = propose(Way.GAP, of_rate(number), those, {})
    assert isinstance(found, dict)
    moved = [found[one.key] - (one.last or 0) for one in those if (one.last or 0) < number and found[one.key] < HUNDRED]
    assert not moved or max(moved) - min(moved) < Fraction(1, 10)


@given(parts(st.integers(0, 10**6)), st.integers(0, 10**7), st.sampled_from([AT_LEAST, AT_MOST]))
def test_closing_the_gap_of_a_count_adds_up_unless_it_is_closed_already(
    those: list[Part], total: int, asks: Asks
) -> None:
    found = propose(Way.GAP, of_count(total, asks), those, {})
    assert isinstance(found, dict)
    last = {one.key: one.last for one in those}
    before = sum(one.last or 0 for one in those)
    is_closed = before >= total if asks.good is Direction.UP else before <= total
    assert found == last if is_closed else sum(found.values()) == total
    assert all(number >= 0 for number in found.values())


@given(parts(rates), st.integers(0, 100), st.sampled_from(list(Way)), st.booleans(), st.randoms())
def test_the_order_of_the_units_decides_nothing(
    those: list[Part], number: int, way: Way, is_count: bool, random: Any
) -> None:
    goal = of_count(number) if is_count else of_rate(Fraction(number))
    turned = list(those)
    random.shuffle(turned)
    assert propose(way, goal, those, {}) == propose(way, goal, turned, {})


@given(parts(counts), counts, st.data())
def test_numbers_that_stay_leave_the_rest_to_the_others(those: list[Part], total: int, chosen: Any) -> None:
    first = those[0].key
    held = {first: Fraction(chosen.draw(st.integers(0, total)))}
    found = propose(Way.EQUAL, of_count(total), those, held)
    assert isinstance(found, dict)
    assert first not in found
    assert len(those) == 1 or sum(found.values()) + held[first] == total


@given(st.dictionaries(st.text(max_size=3), weights, min_size=1), counts)
def test_a_whole_number_is_split_as_near_to_the_weights_as_whole_numbers_come(
    heavy: dict[str, int], total: int
) -> None:
    whole = sum(heavy.values())
    for key, part in split(total, heavy).items():
        assert abs(part - Fraction(total * heavy[key], whole)) < 1


def test_a_rate_is_everybodys_and_is_not_shared_out() -> None:
    those = [Part("a", None, None), Part("b", Fraction(50), 10)]
    everybodys = {"a": Fraction(88), "b": Fraction(88)}
    assert propose(Way.EQUAL, of_rate(Fraction(88)), those, {}) == everybodys
    assert propose(Way.SHARE, of_rate(Fraction(88)), those, {}) == Unproposed(Hindrance.RATE)
    # Who has no result gets the goal itself.
    assert propose(Way.GAP, of_rate(Fraction(88)), those, {}) == everybodys


@pytest.mark.parametrize(
    ("way", "those", "held", "why"),
    [
        (Way.EQUAL, [Part("a", None, 1), Part("b", None, 1)], {"a": Fraction(11)}, Hindrance.HELD),
        (Way.EQUAL, [Part("a", None, 1), Part("b", None, 1)], {"a": Fraction(1, 2)}, Hindrance.NOT_WHOLE),
        (Way.SHARE, [Part("a", None, 1), Part("b", None, None)], {}, Hindrance.NO_WEIGHT),
        (Way.GAP, [Part("a", Fraction(1), 1), Part("b", None, 1)], {}, Hindrance.NO_RESULT),
    ],
)
def test_what_cannot_be_shared_out_says_why(
    way: Way, those: list[Part], held: dict[str, Fraction], why: Hindrance
) -> None:
    found = propose(way, of_count(10), those, held)
    assert isinstance(found, Unproposed)
    assert found.why is why


def test_what_the_others_cannot_make_up_for_says_so() -> None:
    those = [Part("a", Fraction(10), 1), Part("b", Fraction(50), 1)]
    found = propose(Way.GAP, of_rate(Fraction(90)), those, {"a": Fraction(10)})
    assert found == Unproposed(Hindrance.TOO_FAR)


@given(parts(rates), rates, rates)
def test_the_check_of_a_rate_is_its_weighted_mean_whatever_the_order(
    those: list[Part], number: Fraction, typed: Fraction
) -> None:
    numbers = {one.key: typed for one in those}
    found = check(of_rate(number), those, numbers, is_count=False)
    assert (found.total, found.difference, found.reached) == (typed, typed - number, typed >= number)
    assert found.beside == (tuple(one.key for one in those) if typed < number else ())
    assert check(of_rate(number), those[::-1], numbers, is_count=False).total == found.total


def test_the_check_says_who_is_without_number_or_weight() -> None:
    those = [Part("a", None, 10), Part("b", None, None), Part("c", None, 30)]
    found = check(of_rate(Fraction(88)), those, {"a": Fraction(90), "b": Fraction(40)}, is_count=False)
    assert (found.total, found.lacking, found.unweighed, found.beside) == (Fraction(90), ("c",), ("b",), ("b",))
    sums = check(of_count(100), those, {"a": Fraction(60), "b": Fraction(60)}, is_count=True)
    assert (sums.total, sums.difference, sums.reached, sums.beside) == (Fraction(120), Fraction(20), True, ())
    assert check(None, those, {}, is_count=True).total is None
