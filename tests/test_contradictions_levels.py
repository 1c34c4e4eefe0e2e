"""Contradictions between changes at two levels, and between a whole and what several documents hand down of it."""

from datetime import date

import pytest

from data.judging.operators import Direction, Operator
from data.kinds import PlanKind
from tests.test_contradictions import (
    COMMUNE,
    CONDOM,
    HIGHER,
    NATION,
    OTHER_COMMUNE,
    OWN,
    PARTS,
    PILL,
    PROVINCE,
    RATE,
    SRB,
    TOTAL,
    WEAKER,
    found,
    kinds,
    plan,
    target,
)


@pytest.mark.parametrize(
    ("above", "own", "operator", "weaker"),
    [
        (-2, -1, Operator.DELTA, True),
        (-2, -2, Operator.DELTA, False),
        (-2, -3, Operator.DELTA, False),
        (-2, 1, Operator.DELTA, False),  # the other way: not every unit is to go the same
        (5, 3, Operator.DELTA, True),
        (60, 50, Operator.REDUCTION_PERCENT, True),
        (2 / 3, 0.5, Operator.REDUCTION_FRACTION, True),
        (0.5, 2 / 3, Operator.REDUCTION_FRACTION, False),
        (15, 10, Operator.DELTA_RELATIVE, True),
    ],
)
def test_a_change_that_goes_less_far_than_the_one_above_is_weaker(
    above: float, own: float, operator: Operator, *, weaker: bool
) -> None:
    national = target(HIGHER, RATE, NATION, above, operator, base=2020)
    expected = [WEAKER] if weaker else []
    assert kinds(national, target(OWN, RATE, PROVINCE, own, operator, base=2020)) == expected
    assert kinds(national, target(OWN, RATE, PROVINCE, own, operator, base=2021)) == []
    assert kinds(national, target(OWN, RATE, PROVINCE, own, operator)) == []
    handed = target(plan(5, PROVINCE), RATE, COMMUNE, own, operator, base=2020)
    assert kinds(target(OWN, RATE, PROVINCE, above, operator, base=2020), handed) == expected


def test_a_change_from_a_printed_base_is_held_against_the_level_above() -> None:
    national = target(HIGHER, SRB, NATION, 111, Operator.AT_MOST)
    for base, expected in ((113.1, [WEAKER]), (113, []), (112, [])):
        fall = target(OWN, SRB, PROVINCE, -2, Operator.DELTA, base=2024, base_value=base)
        assert kinds(national, fall) == expected
    assert kinds(national, target(OWN, SRB, PROVINCE, -2, Operator.DELTA, base=2024)) == []
    # The base that the nation prints is the nation's, and its change no level for a province.
    change = target(HIGHER, RATE, NATION, 5, Operator.DELTA, base=2024, base_value=60)
    assert kinds(change, target(OWN, RATE, PROVINCE, 50)) == []


@pytest.mark.parametrize("operator", [Operator.ABOUT, Operator.EXACTLY])
def test_what_is_set_for_the_unit_itself_binds_it_though_what_describes_the_country_does_not(
    operator: Operator,
) -> None:
    assigned, country = target(HIGHER, RATE, PROVINCE, 70, operator), target(HIGHER, RATE, NATION, 70, operator)
    for own, expected in ((69, [WEAKER]), (70, []), (80, [])):
        assert kinds(assigned, target(OWN, RATE, PROVINCE, own)) == expected
        assert kinds(country, target(OWN, RATE, PROVINCE, own)) == []
    assert kinds(assigned, target(OWN, RATE, PROVINCE, 75, Operator.AT_MOST)) == [WEAKER]
    count = target(HIGHER, TOTAL, PROVINCE, 1000, operator)
    for size, expected in ((900, [WEAKER]), (1000, []), (1100, [])):
        assert kinds(count, target(OWN, TOTAL, PROVINCE, size, operator)) == expected


def test_a_fall_in_percent_and_one_by_a_fraction_are_compared_also_of_counts() -> None:
    half = target(HIGHER, TOTAL, NATION, 0.5, Operator.REDUCTION_FRACTION, base=2020)
    assert kinds(half, target(OWN, TOTAL, PROVINCE, 40, Operator.REDUCTION_PERCENT, base=2020)) == [WEAKER]
    assert kinds(half, target(OWN, TOTAL, PROVINCE, 50, Operator.REDUCTION_PERCENT, base=2020)) == []
    fewer = target(HIGHER, TOTAL, NATION, -500, Operator.DELTA, base=2020)
    assert kinds(fewer, target(OWN, TOTAL, PROVINCE, -20, Operator.DELTA, base=2020)) == []


@pytest.mark.parametrize(
    ("operator", "direction", "fitting", "short"),
    [
        (Operator.AT_LEAST, None, (100, 120), (99,)),
        (Operator.AT_MOST, None, (100, 80), (101,)),
        (Operator.BELOW, None, (100, 80), (101,)),
        (Operator.REACH, Direction.DOWN, (100, 80), (101,)),
        (Operator.REACH, Direction.UP, (100, 120), (99,)),
        (Operator.EXACTLY, None, (100,), (99, 101)),
        (Operator.ABOUT, None, (98, 102), (97, 103)),
        (Operator.ABOUT, Direction.DOWN, (102, 50), (103,)),
    ],
)
def test_what_is_handed_down_reaches_the_whole_on_its_good_side_and_within_its_tolerance(
    operator: Operator, direction: Direction | None, fitting: tuple[int, ...], short: tuple[int, ...]
) -> None:
    for document in (OWN, plan(5, PROVINCE)):
        for sums, expected in ((fitting, 0), (short, 1)):
            for added in sums:
                whole = target(OWN, TOTAL, PROVINCE, 100, operator, direction=direction)
                parts = [
                    target(document, TOTAL, one, size, operator, direction=direction)
                    for one, size in ((COMMUNE, added - 40), (OTHER_COMMUNE, 40))
                ]
                assert kinds(whole, *parts).count(PARTS) == expected, (added, document.number)


@pytest.mark.parametrize(("total", "contradicts"), [(100, False), (99, False), (102, False), (98, True), (103, True)])
def test_parts_add_up_to_about_their_total_within_its_tolerance(total: int, *, contradicts: bool) -> None:
    parts = target(OWN, PILL, PROVINCE, 40), target(OWN, CONDOM, PROVINCE, 60)
    about = target(OWN, TOTAL, PROVINCE, total, Operator.ABOUT)
    assert (kinds(about, *parts) == [PARTS]) is contradicts


def test_what_several_documents_hand_down_must_reach_the_whole_as_adjusted_since() -> None:
    whole, decision = target(HIGHER, TOTAL, PROVINCE, 100), plan(5, PROVINCE, date(2025, 1, 20))
    parts = target(decision, TOTAL, COMMUNE, 60), target(decision, TOTAL, OTHER_COMMUNE, 40)
    assert kinds(whole, *parts) == []
    july = plan(6, PROVINCE, date(2025, 7, 5))
    lower = target(july, TOTAL, OTHER_COMMUNE, 30, kind=PlanKind.ADJUSTED)
    (one,) = found(whole, *parts, lower)
    assert (one.kind, one.target, one.others, one.follows) == (PARTS, whole, (parts[0], lower), 90)
    assert kinds(whole, *parts, lower, target(july, TOTAL, COMMUNE, 70, kind=PlanKind.ADJUSTED)) == []
    # What a commune sets for itself is not handed down, and one that was given nothing may bring the rest.
    own = target(plan(7, OTHER_COMMUNE), TOTAL, OTHER_COMMUNE, 1)
    assert PARTS not in kinds(whole, parts[0], own)
