"""Laws of reading on any boundaries, for random histories of merging and splitting: nothing is lost, nothing is new."""

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.comparisons.model import Source
from data.comparisons.sums import Reading, added
from data.kinds import LineageBasis, Standing, UnitKind, UnitLevel
from data.units.areas import bases_of, units_of_area
from data.units.tree import Descent, Unit, UnitState, UnitTree

START, WHOLE = date(2020, 1, 1), Fraction(1)
PROVINCE = UnitLevel.PROVINCE


class History(NamedTuple):
    """A tree, its days of change with the first day, and the units that stand from each of them on."""

    tree: UnitTree
    days: tuple[date, ...]
    standing: tuple[tuple[int, ...], ...]


def unit(number: int, opened: date, closed: date | None) -> Unit:
    level = UnitLevel.NATION if number == 1 else PROVINCE
    state = UnitState(opened, closed, f"u{number}", UnitKind.PROVINCE, None, None if number == 1 else 1)
    return Unit(number, f"u{number}", level, opened, True, closed, (state,))


@st.composite
def histories(draw: st.DrawFn) -> History:
    """Up to four changes; in each some units close and go, in random exact shares, into units that open."""
    opened = dict.fromkeys(range(2, 2 + draw(st.integers(1, 5))), START)
    closed: dict[int, date] = {}
    descents: list[Descent] = []
    days, standing = [START], [tuple(opened)]
    for turn in range(draw(st.integers(0, 4))):
        day = START + timedelta(days=100 * (turn + 1))
        here = list(standing[-1])
        gone = draw(st.lists(st.sampled_from(here), min_size=1, unique=True))
        new = [max(opened) + 1 + n for n in range(draw(st.integers(1, 4)))]
        new = list(_heirs(draw, gone, new, day, descents))
        opened |= dict.fromkeys(new, day)
        closed |= dict.fromkeys(gone, day - timedelta(days=1))
        days.append(day)
        standing.append(tuple(one for one in (*here, *new) if one not in gone))
    units = [unit(1, START, None), *(unit(one, day, closed.get(one)) for one, day in opened.items())]
    return History(UnitTree(units, descents), tuple(days), tuple(standing))


def _heirs(draw: st.DrawFn, gone: list[int], new: list[int], day: date, descents: list[Descent]) -> Iterator[int]:
    """Gives the shares away, and names the units that got any: nobody opens out of nothing."""
    heirs = set()
    for one in gone:
        weights = draw(st.lists(st.integers(0, 9), min_size=len(new), max_size=len(new)).filter(any))
        for heir, weight in zip(new, weights, strict=True):
            if weight:
                share = Fraction(weight, sum(weights))
                basis = LineageBasis.WHOLE if share == 1 else LineageBasis.AREA
                descents.append(Descent(one, heir, day, share, basis))
                heirs.add(heir)
    yield from (one for one in new if one in heirs)


def counted(number: int) -> Reading:
    """A ratio whose parts follow from a number."""
    return Reading(number, number % 1_000 + 1, 1, 1, Source.OWN, Standing.FINAL)


def read(tree: UnitTree, unit_id: int, on: date, facts: dict[int, Reading]) -> Reading:
    """The unit's value of that day's facts."""
    made_of = tree.composition(unit_id, on)
    assert made_of is not None
    return added(((facts[one], share) for one, share in made_of), Source.LINEAGE)


@given(histories(), st.lists(st.integers(0, 10**9), min_size=40, max_size=40))
def test_totals_are_equal_on_the_boundaries_of_every_later_day(history: History, numbers: list[int]) -> None:
    for place, day in enumerate(history.days):
        facts = {one: counted(numbers[one]) for one in history.standing[place]}
        whole = added(((fact, WHOLE) for fact in facts.values()), Source.PROVINCES)
        for later in history.standing[place:]:
            there = [read(history.tree, one, day, facts) for one in later]
            assert sum(one.numerator for one in there) == whole.numerator
            assert sum(one.denominator or 0 for one in there) == whole.denominator


@given(histories(), st.lists(st.integers(0, 10**9), min_size=40, max_size=40))
def test_what_was_reported_is_unchanged_by_any_later_change(history: History, numbers: list[int]) -> None:
    for place, day in enumerate(history.days):
        for one in history.standing[place]:
            assert history.tree.composition(one, day) == ((one, WHOLE),)
            assert read(history.tree, one, day, {one: counted(numbers[one])})[:2] == counted(numbers[one])[:2]


@given(histories())
def test_a_figure_is_marked_exactly_where_a_share_is_not_whole(history: History) -> None:
    for place, day in enumerate(history.days):
        facts = {one: counted(one) for one in history.standing[place]}
        for one in history.standing[-1]:
            shares = history.tree.composition(one, day) or ()
            assert read(history.tree, one, day, facts).converted == any(share != 1 for _unit, share in shares)
            for older, share in shares:
                bases = bases_of(history.tree, one, older, day)
                assert set(bases) <= {LineageBasis.AREA}
                assert bases or share == 1


@given(histories())
def test_an_area_is_never_lost_between_two_days(history: History) -> None:
    for one in history.tree.units:
        if one != history.tree.nation_id:
            for place, day in enumerate(history.days):
                found = units_of_area(history.tree, one, day)
                assert found
                assert set(found) <= set(history.standing[place])


@given(st.lists(st.integers(1, 10**9), min_size=2, max_size=6))
def test_merging_and_splitting_again_with_the_inverse_shares_gives_the_counts_back(numbers: list[int]) -> None:
    merger, split = START + timedelta(days=100), START + timedelta(days=200)
    old = range(2, 2 + len(numbers))
    middle = 2 + len(numbers)
    new = range(middle + 1, middle + 1 + len(numbers))
    units = [unit(1, START, None), unit(middle, merger, split - timedelta(days=1))]
    units += [unit(one, START, merger - timedelta(days=1)) for one in old]
    units += [unit(one, split, None) for one in new]
    descents = [Descent(one, middle, merger, WHOLE, LineageBasis.WHOLE) for one in old]
    descents += [
        Descent(middle, one, split, Fraction(number, sum(numbers)), LineageBasis.STATED)
        for one, number in zip(new, numbers, strict=True)
    ]
    tree = UnitTree(units, descents)
    facts = {
        one: Reading(number, None, 1, 1, Source.OWN, Standing.FINAL) for one, number in zip(old, numbers, strict=True)
    }
    assert [read(tree, one, START, facts).numerator for one in new] == numbers
    assert all(read(tree, one, START, facts).converted for one in new)
    assert bases_of(tree, new[0], old[0], START) == (LineageBasis.STATED,)


@pytest.mark.parametrize("on", [START, START + timedelta(days=50)])
def test_a_merged_unit_holds_nothing_of_its_successors_time(on: date) -> None:
    merger = START + timedelta(days=100)
    units = [unit(1, START, None), unit(2, START, merger - timedelta(days=1)), unit(3, merger, None)]
    tree = UnitTree(units, [Descent(2, 3, merger, WHOLE, LineageBasis.WHOLE)])
    assert tree.composition(2, merger) is None
    assert tree.composition(3, on) == ((2, WHOLE),)
    assert (units_of_area(tree, 3, on), units_of_area(tree, 2, merger)) == ((2,), (3,))
