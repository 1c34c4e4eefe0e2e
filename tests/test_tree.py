"""The unit tree: who existed when, under whom, and what became of whom."""

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.kinds import LineageBasis, UnitKind, UnitLevel
from data.units.tree import Descent, Unit, UnitState, UnitTree

START = date(2023, 1, 1)
MERGER = date(2025, 7, 1)
BEFORE = MERGER - timedelta(days=1)


def unit(
    number: int, key: str, level: UnitLevel, parent: int | None, opened: date = START, closed: date | None = None
) -> Unit:
    state = UnitState(opened, closed, key, UnitKind.PROVINCE, key, parent)
    return Unit(number, key, level, opened, True, closed, (state,))


def merged_nation() -> UnitTree:
    """Two provinces become one; a third stands; each of the first two has a district that ceases."""
    units = [
        unit(1, "vn", UnitLevel.NATION, None),
        unit(2, "p1", UnitLevel.PROVINCE, 1, closed=BEFORE),
        unit(3, "p2", UnitLevel.PROVINCE, 1, closed=BEFORE),
        unit(4, "p3", UnitLevel.PROVINCE, 1),
        unit(5, "p1-2025", UnitLevel.PROVINCE, 1, opened=MERGER),
        unit(6, "d1", UnitLevel.DISTRICT, 2, closed=BEFORE),
        unit(7, "d2", UnitLevel.DISTRICT, 3, closed=BEFORE),
    ]
    whole = Fraction(1)
    descents = [
        Descent(2, 5, MERGER, whole, LineageBasis.WHOLE),
        Descent(3, 5, MERGER, whole, LineageBasis.WHOLE),
        Descent(6, 5, MERGER, whole, LineageBasis.WHOLE),
        Descent(7, 5, MERGER, whole, LineageBasis.WHOLE),
    ]
    return UnitTree(units, descents)


def test_a_day_lists_the_units_of_that_day() -> None:
    tree = merged_nation()
    assert tree.at_level(UnitLevel.PROVINCE, BEFORE) == (2, 3, 4)
    assert tree.at_level(UnitLevel.PROVINCE, MERGER) == (4, 5)
    assert tree.at_level(UnitLevel.DISTRICT, MERGER) == ()
    assert tree.subtree(2, BEFORE) == {2, 6}
    assert tree.peers(2, BEFORE) == (2, 3, 4)


def test_a_closed_unit_keeps_the_parent_of_its_last_day() -> None:
    tree = merged_nation()
    assert tree.parent(6, date(2030, 1, 1)) == 2
    assert tree.ancestors(6, date(2030, 1, 1)) == (2, 1)


def test_a_merged_unit_is_made_of_its_predecessors_of_the_same_level_only() -> None:
    tree = merged_nation()
    assert dict(tree.composition(5, BEFORE) or ()) == {2: Fraction(1), 3: Fraction(1)}
    assert dict(tree.composition(5, MERGER) or ()) == {5: Fraction(1)}


def test_nothing_is_apportioned_backwards_to_a_merged_unit() -> None:
    assert merged_nation().composition(2, MERGER) is None


def test_the_area_of_a_district_is_reported_by_its_province() -> None:
    tree = merged_nation()
    assert tree.main_successor(6) == 5
    assert tree.predecessors(5) == {2, 3, 6, 7}
    assert tree.main_successor(4) is None


@st.composite
def split_histories(draw: st.DrawFn) -> UnitTree:
    """One generation of units, each split among the next by exact fractions that sum to one."""
    older = draw(st.integers(1, 5))
    newer = draw(st.integers(1, 5))
    units = [unit(1, "vn", UnitLevel.NATION, None)]
    units += [unit(10 + n, f"a{n}", UnitLevel.COMMUNE, 1, closed=BEFORE) for n in range(older)]
    units += [unit(20 + n, f"b{n}", UnitLevel.COMMUNE, 1, opened=MERGER) for n in range(newer)]
    return UnitTree(units, list(_splits(draw, older, newer)))


def _splits(draw: st.DrawFn, older: int, newer: int) -> Iterator[Descent]:
    for n in range(older):
        weights = draw(st.lists(st.integers(0, 9), min_size=newer, max_size=newer).filter(any))
        for m, weight in enumerate(weights):
            if weight:
                share = Fraction(weight, sum(weights))
                yield Descent(10 + n, 20 + m, MERGER, share, LineageBasis.AREA)


@given(split_histories(), st.lists(st.integers(0, 10**9), min_size=5, max_size=5))
def test_sums_are_conserved_across_a_reorganisation(tree: UnitTree, births: list[int]) -> None:
    counted = {10 + n: births[n] for n in range(5) if 10 + n in tree.units}
    brought = sum(
        share * counted[older]
        for new in tree.at_level(UnitLevel.COMMUNE, MERGER)
        for older, share in tree.composition(new, BEFORE) or ()
    )
    assert brought == sum(counted.values())


@pytest.mark.parametrize("day", [BEFORE, MERGER])
def test_everything_open_hangs_from_the_nation(day: date) -> None:
    tree = merged_nation()
    assert all(one in tree.subtree(tree.nation_id, day) for one, u in tree.units.items() if u.is_open(day))
