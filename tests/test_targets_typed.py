"""What people type becomes the target that is meant, and a target gives its fields back; nothing is guessed."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.judging.operators import CHANGES, Direction, Operator
from data.kinds import Horizon, PlanKind
from data.targets.checking import problems_of
from data.targets.drafts import TargetField
from data.targets.phrasing import printed_number
from data.targets.typed import Base, Reading, Size, Typed, read_typed, typed_of
from data.wording import Language, use_language
from tests.test_contradictions import DEFINITIONS, PROVINCE, RATE, plan, target

FALL = Typed("p", "d", "2026", "ASSIGNED", "YEARLY", Reading.CHANGE, "2", way="DOWN", size=Size.POINTS, base=Base.YEAR,
             base_year="2024")  # fmt: skip


def of(typed: Typed) -> tuple[Operator, float | None, bool]:
    draft, wrong = read_typed(typed)
    assert (draft is not None, wrong) == (True, [])
    assert draft is not None
    return draft.operator, draft.low, draft.ambiguous


def wrong_with(typed: Typed) -> list[TargetField]:
    return [field for field, _sentence in read_typed(typed)[1]]


@pytest.mark.parametrize(
    ("changes", "operator", "low", "ambiguous"),
    [
        ({}, Operator.DELTA, -2, False),
        ({"way": "UP"}, Operator.DELTA, 2, False),
        ({"low": "-0,1"}, Operator.DELTA, -0.1, False),  # "mức giảm: -0,1" is a fall of 0,1
        ({"size": Size.PERCENT}, Operator.REDUCTION_PERCENT, 2, False),
        ({"size": Size.PERCENT, "way": "UP"}, Operator.DELTA_RELATIVE, 2, False),
        ({"size": Size.UNSAID}, Operator.DELTA, -2, True),
        ({"reading": Reading.FRACTION, "low": "2/3"}, Operator.REDUCTION_FRACTION, 2 / 3, False),
        ({"reading": Reading.FRACTION, "low": "0,5"}, Operator.REDUCTION_FRACTION, 0.5, False),
        ({"reading": Reading.AT_LEAST, "low": "1.234,5"}, Operator.AT_LEAST, 1234.5, False),
        ({"reading": Reading.AT_LEAST, "low": "70,6 %"}, Operator.AT_LEAST, 70.6, False),
    ],
)
def test_readings_become_operators(changes: dict[str, str], operator: Operator, low: float, ambiguous: bool) -> None:
    found, size, unsaid = of(replace(FALL, **changes))
    assert (found, unsaid) == (operator, ambiguous)
    assert size == pytest.approx(low)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"size": ""}, TargetField.SIZE),
        ({"reading": ""}, TargetField.OPERATOR),
        ({"definition": ""}, TargetField.DEFINITION),
        ({"low": "1,234"}, TargetField.LOW),
        ({"low": "nhiều"}, TargetField.LOW),
        ({"low": "-2", "way": "UP"}, TargetField.LOW),
        ({"year": "26"}, TargetField.YEAR),
        ({"year": ""}, TargetField.YEAR),
        ({"base_year": "năm ngoái"}, TargetField.BASE_YEAR),
        ({"base_value": "x"}, TargetField.BASE_VALUE),
        ({"reading": Reading.FRACTION, "low": "1/0"}, TargetField.LOW),
    ],
)
def test_what_cannot_be_read_is_said_at_its_field(changes: dict[str, str], field: TargetField) -> None:
    assert wrong_with(replace(FALL, **changes)) == [field]


def test_a_change_without_way_or_base_is_asked_for_both_even_before_its_number() -> None:
    draft, _wrong = read_typed(replace(FALL, low="", way="", base=""))
    assert draft is not None
    found = {field for field, _sentence in problems_of(draft, DEFINITIONS[RATE])}
    assert found == {TargetField.LOW, TargetField.DIRECTION, TargetField.BASE_YEAR}


NUMBERS = st.decimals(1, 99, places=4, allow_nan=False).map(float)


@given(st.sampled_from(sorted(set(Operator) - {Operator.PER_ZONE, Operator.WORDS})), NUMBERS, st.integers(0, 1),
       st.sampled_from(Language), st.sampled_from((None, 2024)))  # fmt: skip
def test_a_target_gives_back_the_fields_that_give_it(
    operator: Operator, number: float, falls: int, language: Language, base: int | None
) -> None:
    falls = falls or operator in (Operator.REDUCTION_FRACTION, Operator.REDUCTION_PERCENT)
    size = number / 100 if operator is Operator.REDUCTION_FRACTION else number
    low = -size if falls and operator is Operator.DELTA else size
    if operator is Operator.DELTA_RELATIVE and falls:
        return  # read as a fall in percent, which asks for the same
    way = Direction.DOWN if falls else Direction.UP
    with_way = operator in CHANGES | {Operator.REACH, Operator.REACH_AND_HOLD, Operator.ABOUT}
    high = low + 1 if operator is Operator.RANGE else low
    one = replace(
        target(plan(1, PROVINCE, date(2026, 1, 5)), RATE, PROVINCE, low, operator, high=high),
        direction=way if with_way else None,
        baseline_year=base if operator in CHANGES else None,
        plan_kind=PlanKind.STRIVEN,
        horizon=Horizon.MULTI_YEAR,
    )
    with use_language(language):
        draft, wrong = read_typed(typed_of(one, "p", "d"))
    assert wrong == []
    assert draft is not None
    assert (draft.operator, draft.direction, draft.baseline_year, draft.baseless) == (
        operator, one.direction, one.baseline_year, operator in CHANGES and base is None,
    )  # fmt: skip
    assert draft.low == pytest.approx(low, abs=0.001)
    assert draft.high == pytest.approx(high, abs=0.001)
    assert (draft.plan_kind, draft.horizon, draft.year) == (PlanKind.STRIVEN, Horizon.MULTI_YEAR, one.year)


def test_what_was_printed_from_the_number_changes_with_it_and_what_was_typed_stays() -> None:
    one = target(plan(1, PROVINCE), RATE, PROVINCE, 85)
    draft, _wrong = read_typed(typed_of(one, "p", "d"))
    assert draft is not None
    written = replace(one, as_printed=printed_number(draft, DEFINITIONS[RATE]))
    assert typed_of(written, "p", "d").printed == ""
    assert typed_of(replace(one, as_printed="trên 85%"), "p", "d").printed == "trên 85%"
