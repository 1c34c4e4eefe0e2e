"""Whatever is entered, corrected, adjusted and withdrawn: the rule's winner is in force and every version is read."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from auth.policy import Permission
from data.judging.operators import Direction, Operator
from data.kinds import Horizon, PlanKind, Role
from data.refusals import NotFound, Refusal
from data.snapshot import get_snapshot
from data.targets.chain import Place
from data.targets.changing import Changing, what_may_change
from data.targets.documents_entered import enter_document
from data.targets.drafts import RefusedTargets, TargetDraft, TargetField
from data.targets.entering import correct_target, enter_targets, withdraw_target
from data.targets.panel import get_target_panel
from data.targets.registry import list_entries
from data.targets.versions import list_versions
from tests import worlds
from tests.drawn import as_sent, words
from tests.world_rollups import comparer, put_published, put_rollup
from tests.world_targets import drawn
from tests.worlds import (
    ASH,
    ASH_OFFICER,
    BAY_OFFICER,
    DALE_OFFICER,
    MERGED_HEAD,
    MINISTRY_REVIEWER,
    MINISTRY_VIEWER,
    NOW,
    OTHER,
    OTHER_HEAD,
    TODAY,
    Person,
    scope_of,
)

SCREENING = "prenatal_screening"
ASKED = TargetDraft("ash", SCREENING, 2026, Operator.AT_LEAST, 85.0, 85.0)
SETTER = scope_of(MERGED_HEAD, Permission.TARGET_SET)
LAST = date(2026, 12, 31)


@pytest.fixture
def world(session: Session) -> Session:
    worlds.build(session)
    return session


def decision(session: Session, day: int = 5) -> str:
    return enter_document(session, SETTER, "merged", f"{day}/QĐ-UBND", date(2026, 1, day), "Giao chỉ tiêu", NOW)


def corrected(session: Session) -> tuple[str, str]:
    """A target of ASH that was entered wrongly, and the one in its place."""
    key = decision(session)
    (first,) = enter_targets(session, SETTER, key, [ASKED], NOW)
    second = correct_target(session, SETTER, first, key, replace(ASKED, low=58.0, high=58.0), "Gõ nhầm 85", NOW)
    return first, second


# ---- the law

DEEDS = st.lists(
    st.tuples(
        st.sampled_from(("enter", "correct", "withdraw")),
        st.integers(1, 20),
        st.sampled_from((PlanKind.ASSIGNED, PlanKind.ADJUSTED)),
        st.sampled_from(Horizon),
        st.integers(10, 99),
    ),
    max_size=8,
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(deeds=DEEDS)
def test_after_any_sequence_the_rules_winner_is_in_force_and_every_version_is_read(
    world: Session, deeds: list[tuple[str, int, PlanKind, Horizon, int]]
) -> None:
    undo = world.begin_nested()
    made: list[str] = []
    standing: dict[str, tuple[Horizon, date]] = {}
    for what, day, kind, horizon, number in deeds:
        key = document(world, day)
        draft = replace(ASKED, low=float(number), high=float(number), plan_kind=kind, horizon=horizon)
        mine = next(iter(standing), None)
        try:
            if what == "enter":
                (new,) = enter_targets(world, SETTER, key, [draft], NOW)
            elif mine is None:
                continue
            elif what == "correct":
                new = correct_target(world, SETTER, mine, key, draft, "Sửa", NOW)
                del standing[mine]
            else:
                withdraw_target(world, SETTER, mine, "Rút", NOW)
                del standing[mine]
                continue
        except Refusal:
            continue
        made.append(new)
        standing[new] = (horizon, date(2026, 1, day))
    snapshot = get_snapshot(world)
    definition = snapshot.catalogue.definition(SCREENING)
    in_force = {one.key for one in snapshot.targets.in_force(definition.id, ASH, 2026, LAST)}
    assert in_force == winners_of(standing)
    versions = list_versions(world, snapshot.targets, ASH, definition.id, 2026, names=True)
    assert [one.target.key for one in versions] == made
    assert {one.target.key for one in versions if one.withdrawn_at is None} == set(standing)
    assert all((one.ended is None) is (one.withdrawn_at is None) for one in versions)
    assert all(one.entered is not None for one in versions)
    undo.rollback()
    world.info.pop("snapshot", None)


def winners_of(standing: dict[str, tuple[Horizon, date]]) -> set[str]:
    """The rule, said again: a plan of the year before one of several years, then the later date."""
    yearly = {key: day for key, (horizon, day) in standing.items() if horizon is Horizon.YEARLY}
    found = yearly or {key: day for key, (_horizon, day) in standing.items()}
    return {key for key, day in found.items() if day == max(found.values())}


def document(session: Session, day: int) -> str:
    known = get_snapshot(session).targets.documents.values()
    number = f"{day}/QĐ-UBND"
    return next((one.key for one in known if one.number == number), None) or decision(session, day)


# ---- what readers see of it


def test_the_panel_shows_who_corrected_what_and_why_and_a_neighbour_no_names(world: Session) -> None:
    _first, second = corrected(world)
    own, neighbour = (words(drawn(world, person, target=second)) for person in (ASH_OFFICER, BAY_OFFICER))
    assert "Lịch sử của chỉ tiêu này" in own
    assert "≥ 85%" in own
    assert "Merged.Head. Lý do: Gõ nhầm 85" in own
    assert "≥ 85%" in neighbour
    assert "Merged.Head" not in neighbour
    assert "Gõ nhầm" not in neighbour


def test_a_target_without_history_has_none_to_show(world: Session) -> None:
    (made,) = enter_targets(world, SETTER, decision(world), [ASKED], NOW)
    assert "Lịch sử của chỉ tiêu này" not in words(drawn(world, ASH_OFFICER, target=made))


def test_a_key_that_no_database_takes_is_that_of_no_target(world: Session) -> None:
    for key in ("a\x00b", "\ud800", "đích"):
        with pytest.raises(NotFound):
            get_target_panel(world, comparer(MERGED_HEAD), key, TODAY)


def test_a_withdrawn_target_counts_nowhere_and_is_read_at_its_address(world: Session) -> None:
    first, second = corrected(world)
    withdraw_target(world, SETTER, second, "Giao nhầm xã", NOW)
    for person in (MINISTRY_VIEWER, MERGED_HEAD, ASH_OFFICER):
        listed = {one.target.key for one in list_entries(world, comparer(person), TODAY)}
        assert not listed & {first, second}
    panel = get_target_panel(world, comparer(ASH_OFFICER), second, TODAY)
    assert panel.entry.step.place is Place.WITHDRAWN
    assert [one.target.key for one in panel.versions] == [first, second]
    said = words(drawn(world, ASH_OFFICER, target=second))
    assert "Không còn được tính ở đâu" in said
    assert "Lý do: Giao nhầm xã" in said


@pytest.mark.parametrize("person", [OTHER_HEAD, DALE_OFFICER])
def test_others_read_no_version_of_it(world: Session, person: Person) -> None:
    for key in corrected(world):
        with pytest.raises(NotFound):
            get_target_panel(world, comparer(person), key, TODAY)
        assert "Gõ nhầm" not in json.dumps(as_sent(drawn(world, person, target=key)), ensure_ascii=False)


# ---- who may do what with it


def ways(session: Session, person: Person, key: str) -> Changing:
    target = get_snapshot(session).targets.find(key)
    assert target is not None
    return what_may_change(session, scope_of(person, Permission.TARGET_SET), target, NOW)


def test_who_set_it_corrects_it_until_it_has_judged(world: Session) -> None:
    (made,) = enter_targets(world, SETTER, decision(world), [ASKED], NOW)
    assert ways(world, MERGED_HEAD, made) == Changing(correct=True, adjust=True)
    assert ways(world, OTHER_HEAD, made) == Changing()
    assert ways(world, commune_reviewer(), made) == Changing()
    put_rollup(world, ASH, SCREENING, "2026Q1", 8, 10)
    assert ways(world, MERGED_HEAD, made) == Changing(adjust=True, judged=True)


def test_a_surveyed_target_of_the_nation_has_judged_once_any_province_has_a_published_value(world: Session) -> None:
    ministry = scope_of(MINISTRY_REVIEWER, Permission.TARGET_SET)
    national = enter_document(world, ministry, "vn", "6/QĐ-BYT", date(2026, 1, 6), "Định hướng", NOW)
    asked = replace(ASKED, unit="vn", definition="tfr", low=2.1, high=2.1)
    (made,) = enter_targets(world, ministry, national, [asked], NOW)
    put_published(world, OTHER, "2025", 1.9)
    assert ways(world, MINISTRY_REVIEWER, made) == Changing(correct=True, adjust=True)
    put_published(world, OTHER, "2026", 1.9, preliminary=True)
    assert ways(world, MINISTRY_REVIEWER, made) == Changing(adjust=True, judged=True)


def commune_reviewer() -> Person:
    return Person(ASH_OFFICER.id, "ash.reviewer", ((Role.REVIEWER, ASH),))


def test_a_commune_neither_corrects_nor_withdraws_nor_adjusts_what_the_province_handed_down(world: Session) -> None:
    (made,) = enter_targets(world, SETTER, decision(world), [ASKED], NOW)
    scope = scope_of(commune_reviewer(), Permission.TARGET_SET)
    own = enter_document(world, scope, "ash", "9/QĐ-UBND", date(2026, 2, 1), "Tự giao", NOW)
    lower = replace(ASKED, low=10.0, high=10.0)
    with pytest.raises(Refusal, match="nơi ban hành"):
        withdraw_target(world, scope, made, "Cao quá", NOW)
    with pytest.raises(Refusal, match="nơi ban hành"):
        correct_target(world, scope, made, own, lower, "Cao quá", NOW)
    with pytest.raises(RefusedTargets) as refused:
        enter_targets(world, scope, own, [replace(lower, plan_kind=PlanKind.ADJUSTED)], NOW)
    assert [one.field for one in refused.value.problems] == [TargetField.DOCUMENT]


def test_no_plan_of_a_commune_takes_the_place_of_what_was_handed_down_and_has_judged(world: Session) -> None:
    (made,) = enter_targets(world, SETTER, decision(world), [ASKED], NOW)
    ours = scope_of(commune_reviewer(), Permission.TARGET_SET)
    early, late = (
        enter_document(world, ours, "ash", f"{day}/KH-UBND", date(2026, 1, day), "Kế hoạch của xã", NOW)
        for day in (2, 20)
    )
    easier = replace(ASKED, low=60.0, high=60.0)
    put_rollup(world, ASH, SCREENING, "2026Q1", 8, 10)
    for kind in (PlanKind.ASSIGNED, PlanKind.STRIVEN):
        with pytest.raises(RefusedTargets, match="cấp trên giao"):
            enter_targets(world, ours, late, [replace(easier, plan_kind=kind)], NOW)
    # What was planned before may still be put down: it takes nobody's place.
    enter_targets(world, ours, early, [easier], NOW)
    assert in_force_of_ash(world) == [made]


def in_force_of_ash(session: Session) -> list[str]:
    snapshot = get_snapshot(session)
    definition = snapshot.catalogue.definition(SCREENING)
    return [one.key for one in snapshot.targets.in_force(definition.id, ASH, 2026, date(2026, 12, 31))]


@pytest.mark.parametrize(
    ("given", "own"),
    [
        ({"horizon": Horizon.MULTI_YEAR}, {}),
        ({"operator": Operator.DELTA, "direction": Direction.UP, "low": 2.0, "high": 2.0, "baseline_year": 2025}, {}),
        ({}, {"horizon": Horizon.MULTI_YEAR}),
    ],
)
def test_neither_does_one_of_another_kind(world: Session, given: dict[str, Any], own: dict[str, Any]) -> None:
    """A yearly plan goes before one of several years, and a level before a change."""
    (made,) = enter_targets(world, SETTER, decision(world), [replace(ASKED, **given)], NOW)
    ours = scope_of(commune_reviewer(), Permission.TARGET_SET)
    late = enter_document(world, ours, "ash", "20/KH-UBND", date(2026, 1, 20), "Kế hoạch của xã", NOW)
    easier = replace(ASKED, low=60.0, high=60.0, **own)
    put_rollup(world, ASH, SCREENING, "2026Q1", 8, 10)
    if own:
        # It is written down, and the yearly number that was handed down goes on judging.
        enter_targets(world, ours, late, [easier], NOW)
    else:
        with pytest.raises(RefusedTargets, match="cấp trên giao"):
            enter_targets(world, ours, late, [easier], NOW)
    assert in_force_of_ash(world) == [made]


def test_a_commune_adjusts_its_own_plan_where_that_is_what_has_judged(world: Session) -> None:
    """What was handed down had given way to it before there were results."""
    enter_targets(world, SETTER, decision(world), [ASKED], NOW)
    ours = scope_of(commune_reviewer(), Permission.TARGET_SET)
    own, late = (
        enter_document(world, ours, "ash", f"{day}/KH-UBND", date(2026, 1, day), "Kế hoạch của xã", NOW)
        for day in (10, 20)
    )
    enter_targets(world, ours, own, [replace(ASKED, low=90.0, high=90.0)], NOW)
    put_rollup(world, ASH, SCREENING, "2026Q1", 8, 10)
    changed = replace(ASKED, low=88.0, high=88.0)
    with pytest.raises(RefusedTargets, match="điều chỉnh"):
        enter_targets(world, ours, late, [changed], NOW)
    made = enter_targets(world, ours, late, [replace(changed, plan_kind=PlanKind.ADJUSTED)], NOW)
    assert in_force_of_ash(world) == list(made)
