"""Contradictions are found from the numbers: each kind of one that is made, and no other."""

from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.catalogue.model import Definition, Part
from data.judging.operators import Direction, Operator
from data.kinds import Aggregation, Horizon, PlanKind, UnitKind, UnitLevel
from data.measures import Measure
from data.targets.arithmetic import against_known, within_documents
from data.targets.contradictions import Contradiction, ContradictionKind, Known, between_targets, issuing_body
from data.targets.register import DocumentInfo, TargetInfo, TargetRegister
from data.units.tree import Unit, UnitState, UnitTree

NATION, PROVINCE, COMMUNE, OTHER_COMMUNE = 1, 2, 3, 4
RATE, TOTAL, PILL, CONDOM, SRB = 11, 12, 13, 14, 15
SAME, WEAKER, PARTS, BASELINE, ARITHMETIC = ContradictionKind


def unit(unit_id: int, level: UnitLevel, parent: int | None) -> Unit:
    opened = date(2000, 1, 1)
    state = UnitState(opened, None, f"U{unit_id}", UnitKind.COMMUNE, None, parent)
    return Unit(unit_id, f"u{unit_id}", level, opened, True, None, (state,))


TREE = UnitTree(
    [
        unit(NATION, UnitLevel.NATION, None),
        unit(PROVINCE, UnitLevel.PROVINCE, NATION),
        unit(COMMUNE, UnitLevel.COMMUNE, PROVINCE),
        unit(OTHER_COMMUNE, UnitLevel.COMMUNE, PROVINCE),
    ],
    [],
)


def definition(definition_id: int, measure: Measure, elements: tuple[int, ...], *, ratio: bool = False) -> Definition:
    name = f"D{definition_id}"
    return Definition(
        name, name, definition_id, name, 1, None, measure, 1, False, False, None, None, name, name, "", "", None, None,
        None, None, None, None, None, None, tuple(Part(one, 1) for one in elements), (Part(99, 1),) if ratio else (),
        Aggregation.FLOW, Aggregation.FLOW if ratio else None,
    )  # fmt: skip


DEFINITIONS = {
    one.id: one
    for one in (
        definition(RATE, Measure.PERCENT, (51,), ratio=True),
        definition(TOTAL, Measure.PERSONS, (61, 62)),
        definition(PILL, Measure.PERSONS, (61,)),
        definition(CONDOM, Measure.PERSONS, (62,)),
        definition(SRB, Measure.BOYS_PER_100_GIRLS, (71,), ratio=True),
    )
}
YEARLY, SEVERAL = Horizon.YEARLY, Horizon.MULTI_YEAR


def plan(number: int, issuer: int | None, issued: date | None = date(2025, 1, 10)) -> DocumentInfo:
    return DocumentInfo(
        number, f"P{number}", f"{number}/KH", issued, issuer, f"Kế hoạch {number}", None, None, None, None
    )


OWN, HIGHER = plan(1, PROVINCE), plan(2, NATION)
_COUNT: Iterator[int] = iter(range(1, 10**9))


def target(
    document: DocumentInfo, definition_id: int, unit_id: int, low: float | None, operator: Operator = Operator.AT_LEAST,
    *, high: float | None = None, horizon: Horizon = YEARLY, kind: PlanKind = PlanKind.ASSIGNED,
    base: int | None = None, base_value: float | None = None, direction: Direction | None = None,
    ambiguous: bool = False,
) -> TargetInfo:  # fmt: skip
    number = next(_COUNT)
    most = low if high is None else high
    return TargetInfo(
        number, f"T{number}", definition_id, unit_id, 2025, operator, direction, low, most, base, base_value, ambiguous,
        kind, horizon, document, "I.1", str(low), "", "", None, None, None, None, None, None,
    )  # fmt: skip


def found(*targets: TargetInfo, known: float | None = None) -> list[Contradiction]:
    register = TargetRegister(targets, {})
    values = [] if known is None else [Known(SRB, 2024, known, "Niên giám")]
    return [
        *between_targets(register, TREE, DEFINITIONS),
        *within_documents(register, TREE, DEFINITIONS),
        *against_known(register, DEFINITIONS, lambda _unit, _definition, year: values if year == 2024 else []),
    ]


def kinds(*targets: TargetInfo, known: float | None = None) -> list[ContradictionKind]:
    return [one.kind for one in found(*targets, known=known)]


# ---- one issuer, two numbers


def test_a_yearly_plan_and_the_same_issuers_plan_of_several_years_contradict_each_other() -> None:
    for issued in (None, date(2018, 1, 1), date(2025, 6, 1)):
        older = target(plan(5, PROVINCE, issued), RATE, PROVINCE, 80, horizon=SEVERAL)
        assert kinds(target(OWN, RATE, PROVINCE, 70), older) == [SAME]


def test_a_later_plan_of_the_same_kind_replaces_an_earlier_and_contradicts_nothing() -> None:
    first = target(plan(5, PROVINCE, date(2025, 1, 1)), RATE, PROVINCE, 70)
    second = target(plan(6, PROVINCE, date(2025, 9, 1)), RATE, PROVINCE, 75, kind=PlanKind.ADJUSTED)
    assert kinds(first, second) == []
    undated = target(plan(7, PROVINCE, None), RATE, PROVINCE, 75)
    assert kinds(first, undated) == [SAME]


@pytest.mark.parametrize(
    ("one", "other", "disagree"),
    [
        ((111, Operator.REACH, Direction.DOWN), (111, Operator.BELOW, None), False),
        ((111, Operator.AT_MOST, None), (111, Operator.AT_LEAST, None), False),
        ((111, Operator.AT_MOST, None), (112, Operator.AT_LEAST, None), True),
        ((111, Operator.ABOUT, None), (111.4, Operator.AT_MOST, None), False),
        ((111, Operator.ABOUT, None), (112, Operator.AT_MOST, None), True),
        ((-2, Operator.DELTA, None), (111, Operator.AT_MOST, None), False),
        ((-2, Operator.DELTA, None), (-3, Operator.DELTA, None), True),
    ],
)
def test_two_numbers_disagree_only_where_they_ask_for_different_things(
    one: tuple[float, Operator, Direction | None], other: tuple[float, Operator, Direction | None], *, disagree: bool
) -> None:
    first = target(OWN, SRB, PROVINCE, one[0], one[1], direction=one[2])
    second = target(plan(5, PROVINCE), SRB, PROVINCE, other[0], other[1], direction=other[2], horizon=SEVERAL)
    assert (kinds(first, second) == [SAME]) is disagree


def test_restated_ambiguous_and_foreign_numbers_contradict_nothing() -> None:
    own = target(OWN, RATE, PROVINCE, 70)
    for other in (
        target(plan(5, PROVINCE), RATE, PROVINCE, 80, horizon=SEVERAL, kind=PlanKind.RESTATED),
        target(plan(5, PROVINCE), RATE, PROVINCE, 80, horizon=SEVERAL, ambiguous=True),
        target(plan(5, None), RATE, PROVINCE, 80, horizon=SEVERAL),
        target(plan(5, PROVINCE), SRB, PROVINCE, 80, horizon=SEVERAL),
    ):
        assert kinds(own, other) == []


# ---- weaker than the level above


def test_a_rate_below_what_the_nation_asks_for_is_weaker() -> None:
    national = target(HIGHER, RATE, NATION, 70)
    assert kinds(national, target(OWN, RATE, PROVINCE, 60)) == [WEAKER]
    assert kinds(national, target(OWN, RATE, PROVINCE, 70)) == []
    assert kinds(national, target(OWN, RATE, PROVINCE, 88)) == []


def test_a_count_of_a_part_of_the_country_is_no_weaker_for_being_smaller() -> None:
    assert kinds(target(HIGHER, TOTAL, NATION, 5_000_000), target(OWN, TOTAL, PROVINCE, 48_158)) == []


def test_a_count_below_what_was_assigned_to_the_unit_itself_is_weaker() -> None:
    assigned = target(HIGHER, TOTAL, PROVINCE, 50_000)
    assert WEAKER in kinds(assigned, target(OWN, TOTAL, PROVINCE, 48_158))


def test_which_side_is_weaker_depends_on_the_side_that_is_asked_for() -> None:
    ceiling = target(HIGHER, SRB, NATION, 109, Operator.BELOW)
    assert kinds(ceiling, target(OWN, SRB, PROVINCE, 111, Operator.BELOW)) == [WEAKER]
    assert kinds(ceiling, target(OWN, SRB, PROVINCE, 103, Operator.RANGE, high=107)) == []
    normal = target(HIGHER, SRB, NATION, 103, Operator.RANGE, high=107)
    assert kinds(normal, target(OWN, SRB, PROVINCE, 103, Operator.RANGE, high=108)) == [WEAKER]
    about = target(HIGHER, SRB, NATION, 111, Operator.ABOUT, direction=Direction.DOWN)
    assert kinds(about, target(OWN, SRB, PROVINCE, 111, Operator.REACH, direction=Direction.DOWN)) == []


def test_what_describes_the_country_binds_no_province() -> None:
    about = target(HIGHER, RATE, NATION, 22, Operator.ABOUT)
    assert kinds(about, target(OWN, RATE, PROVINCE, 27, Operator.ABOUT)) == []


def test_a_rate_handed_down_below_what_the_issuer_is_held_to_itself_is_weaker() -> None:
    held_to, handed = target(OWN, RATE, PROVINCE, 70), target(plan(5, PROVINCE), RATE, COMMUNE, 65)
    (one,) = found(held_to, handed)
    assert (one.kind, one.target, one.others) == (WEAKER, handed, (held_to,))
    # Also where the ministry set what the province is held to.
    assert kinds(target(HIGHER, RATE, PROVINCE, 70), handed) == [WEAKER]
    assert kinds(held_to, target(plan(5, PROVINCE), RATE, COMMUNE, 70)) == []
    assert kinds(target(OWN, TOTAL, PROVINCE, 500), target(plan(5, PROVINCE), TOTAL, COMMUNE, 20)) == []


def test_what_the_nation_asks_of_each_province_may_be_less_than_of_the_country() -> None:
    assert kinds(target(HIGHER, RATE, NATION, 80), target(plan(6, NATION), RATE, PROVINCE, 70)) == []


def test_what_is_no_longer_in_force_above_binds_nobody() -> None:
    older = target(plan(8, NATION, date(2017, 1, 1)), RATE, NATION, 80, horizon=SEVERAL)
    yearly = target(HIGHER, RATE, NATION, 60)
    assert WEAKER not in kinds(older, yearly, target(OWN, RATE, PROVINCE, 70))


# ---- parts


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(-3, 3))
def test_a_total_contradicts_its_parts_exactly_where_they_do_not_add_up(pill: int, condom: int, more: int) -> None:
    total = target(OWN, TOTAL, PROVINCE, pill + condom + more)
    parts = target(OWN, PILL, PROVINCE, pill), target(OWN, CONDOM, PROVINCE, condom)
    assert kinds(total, *parts) == ([PARTS] if more else [])


def test_parts_of_another_document_are_no_parts() -> None:
    parts = target(plan(5, PROVINCE), PILL, PROVINCE, 1), target(plan(5, PROVINCE), CONDOM, PROVINCE, 2)
    assert kinds(target(OWN, TOTAL, PROVINCE, 50), *parts) == []


def test_what_is_handed_down_to_all_units_below_must_reach_the_whole() -> None:
    whole, one = target(OWN, TOTAL, PROVINCE, 100), target(OWN, TOTAL, COMMUNE, 60)
    assert kinds(whole, one) == []
    assert kinds(whole, one, target(OWN, TOTAL, OTHER_COMMUNE, 40)) == []
    assert kinds(whole, one, target(OWN, TOTAL, OTHER_COMMUNE, 50)) == []
    assert kinds(whole, one, target(OWN, TOTAL, OTHER_COMMUNE, 30)) == [PARTS]


# ---- bases


def fall(size: float, level: float, **changes: float) -> tuple[TargetInfo, TargetInfo]:
    return (
        target(OWN, SRB, PROVINCE, -size, Operator.DELTA, base=2024, **changes),  # type: ignore[arg-type]
        target(OWN, SRB, PROVINCE, level, Operator.REACH, direction=Direction.DOWN),
    )


def test_a_fall_to_a_level_implies_a_base_that_must_have_been() -> None:
    [one] = found(*fall(16.2, 111), known=119.6)
    assert one.kind is BASELINE
    assert one.follows == pytest.approx(127.2)
    assert kinds(*fall(8.6, 111), known=119.6) == []
    assert kinds(*fall(8.9, 111), known=119.6) == []
    assert kinds(*fall(16.2, 111)) == []


def test_a_change_against_no_named_year_implies_nothing() -> None:
    change = target(OWN, SRB, PROVINCE, -16.2, Operator.DELTA)
    assert kinds(change, target(OWN, SRB, PROVINCE, 111, Operator.REACH, direction=Direction.DOWN), known=119.6) == []


def test_a_printed_base_is_held_against_what_is_known_and_against_its_own_level() -> None:
    change = target(OWN, SRB, PROVINCE, -8.6, Operator.DELTA, base=2024, base_value=119.6)
    assert kinds(change, known=119.6) == []
    assert kinds(change, known=117.7) == [BASELINE]
    assert kinds(*fall(8.6, 111, base_value=119.6), known=119.6) == []
    assert kinds(*fall(8.6, 109, base_value=119.6)) == [ARITHMETIC]


def test_a_base_within_what_chance_moves_is_no_contradiction() -> None:
    register = TargetRegister(fall(8.6, 111), {})
    for low, high, expected in ((112.0, 121.0, 0), (112.0, 118.0, 1)):
        value = Known(SRB, 2024, 116.4, None, low, high)
        assert len(list(against_known(register, DEFINITIONS, lambda *_asked, value=value: [value]))) == expected


@pytest.mark.parametrize(
    ("number", "body"),
    [
        ("468/QĐ-TTg", "TTg"), ("135/CDS-KHTC", "CDS"), ("262/2025/QH15", "QH15"), ("137/NQ-CP", "CP"),
        ("21-NQ/TW", "TW"), ("01/2022/TT-BYT", "BYT"), ("7424/BYT-TCDS", "BYT"), (None, ""),
    ],
)  # fmt: skip
def test_a_documents_number_names_the_body_that_issued_it(number: str | None, body: str) -> None:
    assert issuing_body(number) == body
