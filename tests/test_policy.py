"""The policy: one table, pinned, and what it opens to whom."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auth.policy import GRANTS, Permission, allows, scope_for
from auth.principal import HeldRole, Principal
from callbacks.help import NAMES
from data.kinds import Role, UnitLevel
from data.refusals import Forbidden
from data.scope import Reach

TODAY = date(2026, 11, 21)
START = date(2020, 1, 1)
OWN, CHILDREN, SUBTREE, PEERS = Reach.OWN, Reach.CHILDREN, Reach.SUBTREE, Reach.PEERS
ANCESTORS, OLD, NATION = Reach.ANCESTORS, Reach.PREDECESSORS, Reach.NATION

roles = st.builds(
    HeldRole,
    role=st.sampled_from(Role),
    unit_id=st.integers(1, 9),
    level=st.sampled_from(UnitLevel),
    from_on=st.just(START),
    to_on=st.none() | st.just(TODAY) | st.just(TODAY - timedelta(days=1)),
)


def somebody(*held: HeldRole) -> Principal:
    return Principal(7, "someone", "Someone", "vi", held)


def role(name: Role, level: UnitLevel = UnitLevel.PROVINCE, to_on: date | None = None) -> HeldRole:
    return HeldRole(name, 3, level, START, to_on)


def test_the_whole_policy_is_this() -> None:
    reading = {SUBTREE, OLD}
    comparing = {SUBTREE, OLD, PEERS, ANCESTORS}
    readers = (Role.OFFICER, Role.REVIEWER, Role.VIEWER)
    assert {permission: {who: set(cell) for who, cell in cells.items()} for permission, cells in GRANTS.items()} == {
        Permission.SUBMISSION_WRITE: {Role.OFFICER: {OWN, OLD, CHILDREN}},
        Permission.SUBMISSION_REVIEW: {Role.REVIEWER: {CHILDREN}},
        Permission.RESULT_READ: dict.fromkeys(readers, reading),
        Permission.RESULT_COMPARE: dict.fromkeys(readers, comparing),
        Permission.TARGET_SET: {Role.REVIEWER: {OWN, CHILDREN}},
        Permission.DOCUMENT_ATTACH: {Role.REVIEWER: {OWN, CHILDREN, OLD, NATION}},
        Permission.PUBLISHED_ENTER: {Role.REVIEWER: {NATION}},
        Permission.GROUP_KEEP: {Role.REVIEWER: {OWN, CHILDREN}},
        Permission.ACCOUNT_MANAGE: {Role.ADMINISTRATOR: {SUBTREE}},
        Permission.AUDIT_READ: {Role.ADMINISTRATOR: {SUBTREE}},
        Permission.UNIT_CHANGE: {Role.ADMINISTRATOR: {NATION}},
        Permission.SELF_KEEP: {who: {OWN} for who in Role},
    }


def test_every_permission_is_granted_to_somebody_and_has_a_name_on_the_help_page() -> None:
    assert set(GRANTS) == set(Permission) == set(NAMES)
    assert all(cells for cells in GRANTS.values())


@pytest.mark.parametrize("permission", Permission)
def test_without_any_role_nothing_is_allowed(permission: Permission) -> None:
    assert not allows(somebody(), permission, TODAY)
    with pytest.raises(Forbidden):
        scope_for(somebody(), permission, TODAY)


def test_a_role_holds_on_its_last_day_and_not_on_the_next() -> None:
    leaver = somebody(role(Role.OFFICER, to_on=TODAY))
    assert allows(leaver, Permission.SUBMISSION_WRITE, TODAY)
    assert not allows(leaver, Permission.SUBMISSION_WRITE, TODAY + timedelta(days=1))
    assert not allows(leaver, Permission.SUBMISSION_WRITE, START - timedelta(days=1))


@pytest.mark.parametrize("level", [UnitLevel.PROVINCE, UnitLevel.DISTRICT, UnitLevel.COMMUNE])
def test_what_belongs_to_the_nation_is_not_done_from_below(level: UnitLevel) -> None:
    for name, permission in ((Role.REVIEWER, Permission.PUBLISHED_ENTER), (Role.ADMINISTRATOR, Permission.UNIT_CHANGE)):
        assert allows(somebody(role(name, UnitLevel.NATION)), permission, TODAY)
        with pytest.raises(Forbidden):
            scope_for(somebody(role(name, level)), permission, TODAY)


def test_an_administrator_sees_no_result() -> None:
    admin = somebody(role(Role.ADMINISTRATOR, UnitLevel.NATION))
    assert [one for one in Permission if allows(admin, one, TODAY)] == [
        Permission.ACCOUNT_MANAGE,
        Permission.AUDIT_READ,
        Permission.UNIT_CHANGE,
        Permission.SELF_KEEP,
    ]


@given(st.lists(roles, max_size=4), st.sampled_from(Permission))
def test_a_scope_says_who_asks_and_is_the_union_of_the_roles(held: list[HeldRole], permission: Permission) -> None:
    alone = [one for one in held if allows(somebody(one), permission, TODAY)]
    asking = somebody(*held)
    assert allows(asking, permission, TODAY) == bool(alone)
    if alone:
        scope = scope_for(asking, permission, TODAY)
        assert scope.account_id == 7
        assert scope.grants == frozenset().union(*(scope_for(somebody(one), permission, TODAY).grants for one in alone))


@given(st.lists(roles, max_size=3), roles, st.sampled_from(Permission))
def test_another_role_never_takes_anything_away(held: list[HeldRole], more: HeldRole, permission: Permission) -> None:
    if allows(somebody(*held), permission, TODAY):
        fewer = scope_for(somebody(*held), permission, TODAY).grants
        assert fewer <= scope_for(somebody(*held, more), permission, TODAY).grants
