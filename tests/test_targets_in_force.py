"""Which target is in force: yearly before multi-year, then the later date; levels before changes; both, or neither."""

from datetime import date
from itertools import count

from data.judging.operators import Operator
from data.kinds import Horizon, PlanKind
from data.targets.register import DocumentInfo, TargetInfo, TargetRegister, rivals

UNIT, DEFINITION, YEAR = 7, 3, 2025
END = date(2025, 12, 31)
_numbers = count(1)


def target(
    horizon: Horizon,
    issued: date | None,
    value: float,
    operator: Operator = Operator.AT_LEAST,
    kind: PlanKind = PlanKind.ASSIGNED,
    year: int = YEAR,
) -> TargetInfo:
    number = next(_numbers)
    document = DocumentInfo(number, f"D{number}", str(number), issued, None, "Kế hoạch", None, None, None, None)
    return TargetInfo(
        number, f"T{number}", DEFINITION, UNIT, year, operator, None, value, value, None, None, False, kind, horizon,
        document, None, str(value), "", "", None, None, None, None, None, None,
    )  # fmt: skip


def values(*targets: TargetInfo, on: date = END) -> list[float]:
    register = TargetRegister(targets, {})
    return [one.low for one in register.in_force(DEFINITION, UNIT, YEAR, on) if one.low is not None]


def test_a_yearly_plan_goes_before_a_plan_of_several_years() -> None:
    yearly = target(Horizon.YEARLY, date(2024, 12, 12), 88)
    assert values(yearly, target(Horizon.MULTI_YEAR, date(2025, 3, 1), 60)) == [88]


def test_of_two_yearly_plans_the_later_one_holds_from_its_day() -> None:
    first, second = target(Horizon.YEARLY, date(2025, 1, 10), 70), target(Horizon.YEARLY, date(2025, 9, 1), 75)
    assert values(first, second) == [75]
    assert values(first, second, on=date(2025, 8, 31)) == [70]


def test_without_a_date_the_rule_cannot_choose_and_both_stand() -> None:
    dated, undated = target(Horizon.YEARLY, date(2025, 1, 10), 70), target(Horizon.YEARLY, None, 75)
    assert sorted(values(dated, undated)) == [70, 75]
    assert len(rivals((dated, undated))) == 2


def test_a_restatement_replaces_nothing() -> None:
    source = target(Horizon.MULTI_YEAR, date(2017, 10, 25), 90)
    restated = target(Horizon.YEARLY, date(2025, 1, 10), 80, kind=PlanKind.RESTATED)
    assert values(source, restated) == [90]


def test_a_fall_to_a_level_is_one_demand_and_the_level_judges() -> None:
    level = target(Horizon.YEARLY, date(2024, 12, 12), 111, Operator.REACH)
    fall = target(Horizon.YEARLY, date(2024, 12, 12), -16.2, Operator.DELTA)
    register = TargetRegister((fall, level), {})
    found = register.in_force(DEFINITION, UNIT, YEAR, END)
    assert found == (level, fall)
    assert rivals(found) == (level,)


def test_the_nearest_later_year_is_shown_and_no_other() -> None:
    near = target(Horizon.MULTI_YEAR, date(2017, 10, 25), 70, year=2030)
    far = target(Horizon.MULTI_YEAR, date(2017, 10, 25), 90, year=2035)
    register = TargetRegister((far, near), {})
    assert register.later(DEFINITION, UNIT, YEAR, END) == (near,)
    assert register.in_force(DEFINITION, UNIT, YEAR, END) == ()
