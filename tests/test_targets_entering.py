"""Targets are entered all or none, by a document of whoever sets them, and are corrected without being altered."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from auth.policy import NotPermitted, Permission
from data import tables as t
from data.judging.operators import Direction, Operator
from data.kinds import PlanKind, Role
from data.refusals import Conflict, Forbidden, Invalid, NotFound
from data.snapshot import get_snapshot
from data.targets.documents_entered import enter_document
from data.targets.drafts import RefusedTargets, TargetDraft, TargetField
from data.targets.entering import correct_target, enter_targets, withdraw_target
from data.targets.versions import list_versions
from tests import worlds
from tests.world_rollups import put_document, put_rollup, put_target, renew
from tests.worlds import (
    ASH,
    ASH_OFFICER,
    MERGED_HEAD,
    MINISTRY_REVIEWER,
    NATION,
    NORTH,
    NOW,
    OTHER_HEAD,
    Person,
    scope_of,
)

SCREENING = "prenatal_screening"
ASKED = TargetDraft("ash", SCREENING, 2026, Operator.AT_LEAST, 85.0, 85.0)


RISE: dict[str, Any] = {"operator": Operator.DELTA, "direction": Direction.UP, "baseline_year": 2025}


@pytest.fixture
def world(session: Session) -> Session:
    """The small nation."""
    worlds.build(session)
    return session


def setter(person: Person) -> Any:
    return scope_of(person, Permission.TARGET_SET)


def decision(session: Session, person: Person = MERGED_HEAD, unit: str = "merged", day: int = 5) -> str:
    """A decision of January 2026."""
    number = f"{day}/QĐ-UBND"
    return enter_document(session, setter(person), unit, number, date(2026, 1, day), "Giao chỉ tiêu", NOW)


def in_force(session: Session, year: int = 2026) -> list[str]:
    snapshot = get_snapshot(session)
    definition = snapshot.catalogue.definition(SCREENING)
    return [one.key for one in snapshot.targets.in_force(definition.id, ASH, year, date(year, 12, 31))]


def fields(refused: RefusedTargets) -> list[tuple[int, TargetField]]:
    return [(one.place, one.field) for one in refused.problems]


def test_what_a_province_sets_for_a_commune_is_in_force_with_its_law_and_its_line_of_audit(world: Session) -> None:
    key = decision(world)
    (made,) = enter_targets(world, setter(MERGED_HEAD), key, [ASKED], NOW)
    assert in_force(world) == [made] == [f"ash-{SCREENING}-2026"]
    (target,) = (one for one in get_snapshot(world).targets.of_unit(ASH) if one.key == made)
    assert (target.document.number, target.document.issued_on) == ("5/QĐ-UBND", date(2026, 1, 5))
    assert (target.as_printed, target.plan_kind) == ("85", PlanKind.ASSIGNED)
    line = world.scalars(select(t.AuditLine).where(t.AuditLine.action == "target.enter")).one()
    assert (line.unit_id, line.account_id) == (ASH, MERGED_HEAD.id)
    assert json.loads(line.detail or "")["target"] == made


def test_an_officer_sets_nothing() -> None:
    with pytest.raises(NotPermitted):
        setter(ASH_OFFICER)


@pytest.mark.parametrize(
    ("person", "unit", "field"),
    [
        (OTHER_HEAD, "ash", TargetField.UNIT),  # another province's commune
        (MERGED_HEAD, "dale", TargetField.UNIT),
        (MERGED_HEAD, "nowhere", TargetField.UNIT),
        (MINISTRY_REVIEWER, "ash", TargetField.UNIT),  # the ministry sets for provinces
    ],
)
def test_nobody_sets_targets_for_units_of_others(
    world: Session, person: Person, unit: str, field: TargetField
) -> None:
    key = decision(world)
    with pytest.raises(RefusedTargets) as refused:
        enter_targets(world, setter(person), key, [replace(ASKED, unit=unit)], NOW)
    assert fields(refused.value) == [(0, field)]


def test_from_a_closed_unit_nobody_sets_anything_by_what_it_once_issued(world: Session) -> None:
    put_document(world, 404, date(2024, 1, 10))
    renew(world)
    left_behind = Person(299, "north.head", ((Role.REVIEWER, NORTH),))
    past = replace(ASKED, unit="north", year=2024)
    with pytest.raises(RefusedTargets) as refused:
        enter_targets(world, setter(left_behind), "document-404", [past], NOW)
    assert fields(refused.value) == [(0, TargetField.DOCUMENT)]
    # Its successor may put down what was overlooked.
    enter_targets(world, setter(MERGED_HEAD), "document-404", [past], NOW)


def test_one_list_asks_for_one_number_of_a_kind_whatever_plan_it_is_of(world: Session) -> None:
    key = decision(world)
    higher = replace(ASKED, low=90.0, high=90.0, plan_kind=PlanKind.STRIVEN)
    with pytest.raises(RefusedTargets) as refused:
        enter_targets(world, setter(MERGED_HEAD), key, [ASKED, higher], NOW)
    assert fields(refused.value) == [(1, TargetField.DEFINITION)]


def test_nobody_sets_a_number_in_the_name_of_the_level_above(world: Session) -> None:
    key = decision(world, MINISTRY_REVIEWER, "vn")
    with pytest.raises(RefusedTargets) as refused:
        enter_targets(world, setter(MERGED_HEAD), key, [replace(ASKED, unit="merged")], NOW)
    assert fields(refused.value) == [(0, TargetField.DOCUMENT)]
    enter_targets(world, setter(MINISTRY_REVIEWER), key, [replace(ASKED, unit="merged")], NOW)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"definition": "nothing"}, TargetField.DEFINITION),
        ({"year": 1}, TargetField.YEAR),
        ({"low": None}, TargetField.LOW),
        ({"low": float("nan"), "high": float("nan")}, TargetField.LOW),
        ({"low": 101.0, "high": 101.0}, TargetField.LOW),
        ({"low": -1.0, "high": -1.0}, TargetField.LOW),
        ({"low": 90.0}, TargetField.HIGH),
        ({"operator": Operator.RANGE, "low": 90.0}, TargetField.HIGH),
        ({"operator": Operator.RANGE}, TargetField.HIGH),
        ({"operator": Operator.REACH}, TargetField.DIRECTION),
        ({"operator": Operator.PER_ZONE}, TargetField.OPERATOR),
        ({"operator": Operator.WORDS}, TargetField.LOW),
        ({"plan_kind": PlanKind.RESTATED}, TargetField.PLAN_KIND),
        ({"plan_kind": PlanKind.ADJUSTED}, TargetField.PLAN_KIND),
        ({"operator": Operator.REDUCTION_FRACTION, "low": 2.0, "high": 2.0, "baseless": True}, TargetField.LOW),
        ({"clause": "x" * 100}, TargetField.CLAUSE),
        ({"operator": Operator.ABOVE, "low": 100.0, "high": 100.0}, TargetField.LOW),
        ({"operator": Operator.BELOW, "low": 0.0, "high": 0.0}, TargetField.LOW),
        (RISE | {"low": 20.0, "high": 20.0, "baseline_value": 80.1}, TargetField.LOW),
        (RISE | {"direction": Direction.DOWN, "low": -20.0, "high": -20.0, "baseline_value": 19.9}, TargetField.LOW),
    ],
)
def test_what_contradicts_itself_is_refused_at_its_field(
    world: Session, changes: dict[str, Any], field: TargetField
) -> None:
    key = decision(world)
    with pytest.raises(RefusedTargets) as refused:
        enter_targets(world, setter(MERGED_HEAD), key, [ASKED, replace(ASKED, **changes)], NOW)
    assert (1, field) in fields(refused.value)
    assert in_force(world) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"low": 100.0, "high": 100.0},
        RISE | {"low": 20.0, "high": 20.0, "baseline_value": 80.0},
        {"definition": "natural_increase_rate", "operator": Operator.BELOW, "low": 0.0, "high": 0.0},
    ],
)
def test_what_reaches_the_last_possible_value_is_set(world: Session, changes: dict[str, Any]) -> None:
    assert enter_targets(world, setter(MERGED_HEAD), decision(world), [replace(ASKED, **changes)], NOW)


def test_without_a_document_nothing_is_set(world: Session) -> None:
    with pytest.raises(RefusedTargets) as refused:
        enter_targets(world, setter(MERGED_HEAD), "", [ASKED], NOW)
    assert fields(refused.value) == [(0, TargetField.DOCUMENT)]


def test_one_thing_is_not_set_twice(world: Session) -> None:
    key = decision(world)
    with pytest.raises(RefusedTargets):
        enter_targets(world, setter(MERGED_HEAD), key, [ASKED, ASKED], NOW)
    enter_targets(world, setter(MERGED_HEAD), key, [ASKED], NOW)
    with pytest.raises(RefusedTargets, match="đã đặt chỉ tiêu này"):
        enter_targets(world, setter(MERGED_HEAD), key, [ASKED], NOW)


def test_an_adjustment_by_a_later_document_takes_over_and_leaves_what_was_before(world: Session) -> None:
    (first,) = enter_targets(world, setter(MERGED_HEAD), decision(world), [ASKED], NOW)
    later = decision(world, day=20)
    adjusted = replace(ASKED, low=70.0, high=70.0, plan_kind=PlanKind.ADJUSTED)
    (second,) = enter_targets(world, setter(MERGED_HEAD), later, [adjusted], NOW)
    assert in_force(world) == [second]
    assert {first, second} <= {one.key for one in get_snapshot(world).targets.of_unit(ASH)}


def test_a_correction_leaves_both_to_be_read_with_who_and_why(world: Session) -> None:
    key = decision(world)
    (first,) = enter_targets(world, setter(MERGED_HEAD), key, [ASKED], NOW)
    right = replace(ASKED, low=58.0, high=58.0)
    second = correct_target(world, setter(MERGED_HEAD), first, key, right, "Gõ nhầm 85", NOW)
    assert in_force(world) == [second]
    register, definition = get_snapshot(world).targets, get_snapshot(world).catalogue.definition(SCREENING)
    old, new = list_versions(world, register, ASH, definition.id, 2026, names=True)
    assert (old.target.low, old.withdrawn_at, new.target.low, new.corrects) == (85, NOW, 58, first)
    assert [(one.action, one.reason) for one in old.deeds] == [("target.enter", None), ("target.correct", "Gõ nhầm 85")]
    (hidden,) = {deed.account for one in list_versions(world, register, ASH, definition.id, 2026, names=False)
                 for deed in one.deeds}  # fmt: skip
    assert hidden is None


def test_what_judged_approved_results_is_adjusted_and_not_corrected(world: Session) -> None:
    key = decision(world)
    (made,) = enter_targets(world, setter(MERGED_HEAD), key, [ASKED], NOW)
    put_rollup(world, ASH, SCREENING, "2026Q1", 8, 10)
    with pytest.raises(Conflict, match="năm 2026"):
        correct_target(world, setter(MERGED_HEAD), made, key, replace(ASKED, low=58.0, high=58.0), "Nhầm", NOW)
    with pytest.raises(Conflict):
        withdraw_target(world, setter(MERGED_HEAD), made, "Nhầm", NOW)
    assert in_force(world) == [made]


def test_what_takes_the_place_of_a_target_that_has_judged_is_called_an_adjustment(world: Session) -> None:
    enter_targets(world, setter(MERGED_HEAD), decision(world), [ASKED], NOW)
    put_rollup(world, ASH, SCREENING, "2026Q1", 8, 10)
    lower, later = replace(ASKED, low=40.0, high=40.0), decision(world, day=20)
    with pytest.raises(RefusedTargets, match="điều chỉnh") as refused:
        enter_targets(world, setter(MERGED_HEAD), later, [lower], NOW)
    assert fields(refused.value) == [(0, TargetField.PLAN_KIND)]
    enter_targets(world, setter(MERGED_HEAD), later, [replace(lower, plan_kind=PlanKind.ADJUSTED)], NOW)


def test_others_neither_correct_nor_withdraw_it(world: Session) -> None:
    key = decision(world)
    (made,) = enter_targets(world, setter(MERGED_HEAD), key, [ASKED], NOW)
    for person in (OTHER_HEAD, MINISTRY_REVIEWER):
        with pytest.raises((NotFound, Forbidden)):
            withdraw_target(world, setter(person), made, "Nhầm", NOW)
    with pytest.raises(Invalid, match="lý do"):
        withdraw_target(world, setter(MERGED_HEAD), made, " . ", NOW)
    withdraw_target(world, setter(MERGED_HEAD), made, "Giao nhầm xã", NOW)
    assert in_force(world) == []


def test_the_database_alters_no_target(world: Session) -> None:
    key = decision(world)
    enter_targets(world, setter(MERGED_HEAD), key, [ASKED], NOW)
    with pytest.raises(DatabaseError, match="never altered"), world.begin_nested():
        world.execute(update(t.Target).where(t.Target.unit_id == ASH).values(low=1.0))
    with pytest.raises(DatabaseError, match="never altered"), world.begin_nested():
        world.execute(update(t.Target).where(t.Target.unit_id == ASH).values(ambiguous=True))
    with pytest.raises(DatabaseError, match="never deleted"), world.begin_nested():
        world.execute(t.Target.__table__.delete())  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("number", "day", "title"),
    [("", 5, "Giao"), ("không số", 5, "Giao"), ("5/QĐ-UBND", 5, ""), ("5/QĐ-UBND", 5, "…")],
)
def test_a_document_without_number_or_subject_is_refused(world: Session, number: str, day: int, title: str) -> None:
    with pytest.raises(Invalid):
        enter_document(world, setter(MERGED_HEAD), "merged", number, date(2026, 1, day), title, NOW)


def test_a_document_is_entered_once_by_its_issuer_and_not_before_its_day(world: Session) -> None:
    decision(world)
    with pytest.raises(Conflict):
        decision(world)
    with pytest.raises(NotFound):
        decision(world, OTHER_HEAD)
    with pytest.raises(Invalid):
        enter_document(world, setter(MERGED_HEAD), "merged", "9/QĐ-UBND", date(2027, 1, 1), "Giao", NOW)


def test_a_number_of_one_fertility_zone_is_never_corrected_into_one_of_everybody(world: Session) -> None:
    put_target(world, 790, NATION, SCREENING, 2030, 60, document_id=402, zone_key="LOW")
    renew(world)
    draft = replace(ASKED, unit="vn", year=2030)
    with pytest.raises(Forbidden, match="vùng mức sinh"):
        correct_target(world, setter(MINISTRY_REVIEWER), "T790", "nq21", draft, "Gõ nhầm", NOW)
    with pytest.raises(Forbidden, match="vùng mức sinh"):
        withdraw_target(world, setter(MINISTRY_REVIEWER), "T790", "Gõ nhầm", NOW)


def test_a_number_that_repeats_another_is_never_corrected_into_one_of_its_own(world: Session) -> None:
    put_target(world, 791, NATION, SCREENING, 2030, 60, document_id=402, plan_kind=PlanKind.RESTATED)
    renew(world)
    draft = replace(ASKED, unit="vn", year=2030)
    with pytest.raises(Forbidden, match="nhắc lại"):
        correct_target(world, setter(MINISTRY_REVIEWER), "T791", "nq21", draft, "Gõ nhầm", NOW)
