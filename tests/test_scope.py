"""Scope: which units a permission opens, on which day, and to whom not."""

from datetime import date

import pytest

from auth.policy import GRANTS, Permission, allows, scope_for
from auth.principal import HeldRole, Principal
from data.kinds import Role
from data.refusals import Forbidden, NotFound
from data.scope import Grant, Reach, Scope
from tests.test_tree import BEFORE, MERGER, merged_nation

TODAY = date(2026, 11, 21)
TREE = merged_nation()
NATION, OLD_ONE, OLD_TWO, STANDING, MERGED, DISTRICT_ONE, DISTRICT_TWO = 1, 2, 3, 4, 5, 6, 7


def person(role: Role, unit_id: int, until: date | None = None) -> Principal:
    held = HeldRole(role, unit_id, TREE.units[unit_id].level, date(2020, 1, 1), until)
    return Principal(9, "someone", "Someone", "vi", (held,))


def scope(role: Role, unit_id: int, permission: Permission) -> Scope:
    return scope_for(person(role, unit_id), permission, TODAY)


def test_an_empty_scope_sees_nothing() -> None:
    nobody = Scope(None, frozenset())
    assert nobody.units(TREE, MERGER) == frozenset()
    with pytest.raises(NotFound):
        nobody.get(TREE, "p3", MERGER)


def test_a_province_compares_with_its_peers_but_reads_only_itself() -> None:
    assert scope(Role.VIEWER, STANDING, Permission.RESULT_COMPARE).units(TREE, MERGER) == {NATION, STANDING, MERGED}
    assert scope(Role.VIEWER, STANDING, Permission.RESULT_READ).units(TREE, MERGER) == {STANDING}
    assert scope(Role.VIEWER, STANDING, Permission.RESULT_COMPARE).inside(TREE, MERGER) == {STANDING}


def test_a_successor_inherits_the_reading_of_its_predecessors() -> None:
    reading = scope(Role.OFFICER, MERGED, Permission.RESULT_READ)
    assert reading.units(TREE, BEFORE) == {OLD_ONE, OLD_TWO, DISTRICT_ONE, DISTRICT_TWO}


def test_a_closed_unit_reads_its_history_and_none_of_its_successor() -> None:
    reading = scope(Role.OFFICER, OLD_ONE, Permission.RESULT_READ)
    assert reading.covers(TREE, DISTRICT_ONE, TODAY)
    assert not reading.covers(TREE, MERGED, TODAY)
    assert not reading.covers(TREE, OLD_TWO, BEFORE)


def test_out_of_reach_and_nonexistent_are_one_answer() -> None:
    own = scope(Role.OFFICER, STANDING, Permission.SUBMISSION_WRITE)
    refusals = []
    for key in ("p1-2025", "p99", "'; drop table unit"):
        with pytest.raises(NotFound) as refused:
            own.get(TREE, key, TODAY)
        refusals.append(str(refused.value))
    assert len(set(refusals)) == 1


def test_only_the_nation_has_the_reach_of_the_nation() -> None:
    with pytest.raises(Forbidden):
        scope(Role.REVIEWER, STANDING, Permission.PUBLISHED_ENTER)
    everything = scope(Role.REVIEWER, NATION, Permission.PUBLISHED_ENTER)
    assert everything.units(TREE, TODAY) == frozenset(TREE.units)


@pytest.mark.parametrize("permission", list(Permission))
def test_a_role_that_the_table_does_not_name_is_refused(permission: Permission) -> None:
    for role in Role:
        granted = role in GRANTS[permission] and GRANTS[permission][role] != {Reach.NATION}
        assert allows(person(role, STANDING), permission, TODAY) == granted
        if not granted:
            with pytest.raises(Forbidden):
                scope(role, STANDING, permission)


def test_a_role_that_has_ended_opens_nothing() -> None:
    past = person(Role.VIEWER, NATION, until=date(2026, 1, 1))
    assert not allows(past, Permission.RESULT_COMPARE, TODAY)
    assert allows(past, Permission.RESULT_COMPARE, date(2026, 1, 1))


def test_an_officer_may_enter_for_a_silent_child_but_not_for_a_grandchild() -> None:
    writing = Scope(9, frozenset({Grant(NATION, GRANTS[Permission.SUBMISSION_WRITE][Role.OFFICER])}))
    assert DISTRICT_ONE not in writing.units(TREE, BEFORE)
    assert OLD_ONE in writing.units(TREE, BEFORE)


