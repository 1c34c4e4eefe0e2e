"""What is in force as a chain: from the nation down to the unit, at each level from orientation on, and why."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.orm import Session

from data.judging.operators import Operator
from data.kinds import Horizon, PlanKind
from data.snapshot import Snapshot, get_snapshot
from data.targets.chain import Link, Place, Why, chain_of, steps_of
from data.targets.register import TargetRegister
from data.targets.sentences import judging_sentence, why_sentence
from tests.test_targets_in_force import DEFINITION, END, UNIT, YEAR, target

JANUARY, SEPTEMBER = date(2025, 1, 10), date(2025, 9, 1)


def places(register: TargetRegister) -> list[tuple[str, Place, Why]]:
    return [(one.target.key, one.place, one.why) for one in steps_of(register, DEFINITION, UNIT, YEAR)]


def test_at_one_level_orientation_comes_first_and_what_replaced_it_says_so() -> None:
    striven = target(Horizon.YEARLY, date(2025, 3, 1), 80, kind=PlanKind.STRIVEN)
    adjusted = target(Horizon.YEARLY, SEPTEMBER, 75, kind=PlanKind.ADJUSTED)
    assigned = target(Horizon.YEARLY, JANUARY, 70)
    orientation = target(Horizon.YEARLY, date(2024, 12, 1), 60, kind=PlanKind.ORIENTATION)
    restated = replace(target(Horizon.YEARLY, JANUARY, 90, kind=PlanKind.RESTATED), restates_id=assigned.id)
    late = target(Horizon.YEARLY, date(2026, 1, 5), 99)
    register = TargetRegister((striven, adjusted, assigned, orientation, restated, late), {})
    assert places(register) == [
        (orientation.key, Place.REPLACED, Why.LATER_DATE),
        (assigned.key, Place.REPLACED, Why.LATER_DATE),
        (late.key, Place.LATER, Why.NOT_ISSUED),
        (adjusted.key, Place.JUDGES, Why.LATER_DATE),
        (striven.key, Place.REPLACED, Why.LATER_DATE),
        (restated.key, Place.RESTATES, Why.REPEATS),
    ]
    steps = {one.target.key: one for one in steps_of(register, DEFINITION, UNIT, YEAR)}
    assert steps[restated.key].others == (assigned,)
    assert set(steps[adjusted.key].others) == {orientation, assigned, striven}
    assert steps[assigned.key].others == (adjusted,)
    assert register.in_force(DEFINITION, UNIT, YEAR, END) == (adjusted,)


def test_where_the_rule_cannot_choose_both_stand_and_say_why() -> None:
    dated, undated = target(Horizon.YEARLY, JANUARY, 70), target(Horizon.YEARLY, None, 75)
    assert {place for _, place, _ in places(TargetRegister((dated, undated), {}))} == {Place.RIVAL}
    assert {why for _, _, why in places(TargetRegister((dated, undated), {}))} == {Why.NO_DATE}
    same_day = target(Horizon.YEARLY, JANUARY, 71)
    assert {why for _, _, why in places(TargetRegister((dated, same_day), {}))} == {Why.SAME_DATE}


def test_numbers_by_zone_replace_none_for_everybody_and_each_zone_has_its_own() -> None:
    zones = [replace(target(Horizon.MULTI_YEAR, SEPTEMBER, 2.1, Operator.PER_ZONE), zone_key=key) for key in "ab"]
    assert places(TargetRegister(zones, {})) == [(one.key, Place.JUDGES, Why.ALONE) for one in zones]
    everybodys = target(Horizon.MULTI_YEAR, JANUARY, 2.0)
    assert places(TargetRegister((everybodys, *zones), {})) == [
        (everybodys.key, Place.JUDGES, Why.ALONE),
        *((one.key, Place.BESIDE, Why.EVERYBODY_FIRST) for one in zones),
    ]
    older = replace(target(Horizon.MULTI_YEAR, JANUARY, 1.9, Operator.PER_ZONE), zone_key="a")
    assert places(TargetRegister((everybodys, older, *zones), {}))[1] == (older.key, Place.REPLACED, Why.LATER_DATE)


@pytest.fixture
def facts(seeded_session: Session) -> Snapshot:
    return get_snapshot(seeded_session)


def chain(facts: Snapshot, definition: str, unit: str, year: int) -> list[tuple[str, Link]]:
    links = chain_of(facts.targets, facts.tree, facts.catalogue.definition(definition), facts.tree.ids[unit], year)
    return [(facts.tree.units[one.unit_id].key, one) for one in links]


def test_the_chain_of_an_old_district_goes_through_its_province_of_that_day(facts: Snapshot) -> None:
    found = chain(facts, "srb", "d040", 2025)
    assert [key for key, _ in found] == ["vn", "p04", "d040"]
    nation, province, district = (link for _, link in found)
    assert [(one.target.key, one.place) for one in nation.steps] == [
        ("N-096", Place.JUDGES),
        ("N-098", Place.BESIDE),
        ("N-045", Place.REPLACED),
    ]
    assert (province.steps, district.steps[0].target.key) == ((), "S3-14")
    assert [link.judges for _, link in found] == [True, False, True]
    assert judging_sentence(province, 2025) == "Không đặt chỉ tiêu cho năm 2025."
    assert judging_sentence(district, 2025) == "Kết quả được đánh giá theo chỉ tiêu này."


def test_the_chain_of_a_commune_of_today_knows_no_district(facts: Snapshot) -> None:
    tree, day = facts.tree, date(2026, 1, 1)
    commune = tree.children(tree.ids["p24-2025"], day)[0]
    found = chain(facts, "srb", tree.units[commune].key, 2026)
    assert [key for key, _ in found] == ["vn", "p24-2025", tree.units[commune].key]


def test_what_is_in_force_and_cannot_judge_says_why(facts: Snapshot) -> None:
    [(_, nation), (_, province)] = chain(facts, "third_birth_share", "p27", 2025)
    assert nation.steps == ()
    assert "chính sách" in judging_sentence(province, 2025)
    assert why_sentence(province.steps[0]) == "Có hiệu lực: không có chỉ tiêu nào khác cho đơn vị và năm này."


def test_every_target_has_one_place_and_those_in_force_are_the_registers(facts: Snapshot) -> None:
    for one in facts.targets.targets.values():
        steps = steps_of(facts.targets, one.definition_id, one.unit_id, one.year)
        [mine] = [step for step in steps if step.target is one]
        in_force = facts.targets.in_force(one.definition_id, one.unit_id, one.year, date(one.year, 12, 31))
        assert mine.in_force is (one in in_force)
        assert why_sentence(mine)
