"""Before a change everybody can see what it does to reports, plans and people; after it, people follow by decision."""

import json
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from auth.policy import Permission
from data import tables as t
from data.accounts import keep
from data.kinds import ProposalStatus, Role, SubmissionStatus, UnitKind, UnitLevel
from data.refusals import Conflict, Forbidden, NotFound
from data.scope import Grant, Reach, Scope
from data.snapshot import get_snapshot
from data.units.changes.apply import apply_change
from data.units.changes.deeds import merge, move
from data.units.changes.model import ChangeSet, Opening
from data.units.changes.preview import Preview, preview
from data.units.changes.proposals import Proposal, decide_proposal, list_proposals
from data.units.changes.undo import undo_change
from data.wording import Language, use_language
from tests.test_unit_changes_undone import STATED, tables
from tests.world_changes import LATER, ON, applied, changer, commune, faults, merger
from tests.world_reports import put_report
from tests.world_rollups import renew
from tests.worlds import (
    ASH,
    ASH_OFFICER,
    BAY,
    BAY_OFFICER,
    DALE,
    MERGED,
    MERGED_HEAD,
    MINISTRY_ADMIN,
    NOW,
    OTHER,
    TODAY,
    build,
    scope_of,
)

KEEPER = scope_of(MINISTRY_ADMIN, Permission.ACCOUNT_MANAGE)
OF_MERGED = Scope(MINISTRY_ADMIN.id, frozenset({Grant(MERGED, frozenset({Reach.SUBTREE}))}))
OF_OTHER = Scope(MINISTRY_ADMIN.id, frozenset({Grant(OTHER, frozenset({Reach.SUBTREE}))}))


@pytest.fixture
def world(session: Session) -> Session:
    build(session)
    return session


def seen(session: Session, change_set: ChangeSet) -> Preview:
    with use_language(Language.EN):
        return preview(session, changer(), change_set)


def test_a_preview_changes_nothing(world: Session) -> None:
    before = tables(world)
    seen(world, merger())
    assert tables(world) == before
    assert not world.new
    assert not world.dirty


def test_a_preview_names_reports_that_are_open_and_who_goes_on_with_them(world: Session) -> None:
    put_report(world, ASH, "quarterly", "2026Q2", status=SubmissionStatus.DRAFT)
    put_report(world, BAY, "quarterly", "2026Q2", status=SubmissionStatus.SUBMITTED)
    put_report(world, BAY, "quarterly", "2026Q1", status=SubmissionStatus.APPROVED)
    found = seen(world, merger()).open_reports
    assert [(one.unit.key, one.period.code, one.status) for one in found] == [
        ("ash", "2026Q2", SubmissionStatus.DRAFT), ("bay", "2026Q2", SubmissionStatus.SUBMITTED),
    ]  # fmt: skip
    assert [one.goes_to.key for one in found if one.goes_to] == ["c00077-2026", "merged"]


def test_a_preview_counts_units_people_and_first_reports(world: Session) -> None:
    found = seen(world, merger())
    assert found.refusals == ()
    assert (UnitLevel.COMMUNE, 5, 4) in found.levels
    people = [(one.username, one.unit.key, one.successor.key if one.successor else "") for one in found.people]
    assert people == [
        ("ash.colleague", "ash", "c00077-2026"), ("ash.officer", "ash", "c00077-2026"),
        ("bay.officer", "bay", "c00077-2026"),
    ]  # fmt: skip
    assert [(one.reporter.key, one.period.code) for one in found.due if one.form.key == "quarterly"] == [
        ("c00077-2026", "2026Q4")
    ]


def test_a_preview_names_targets_that_become_history_and_the_successor_without_any(world: Session) -> None:
    other = Opening("new", UnitLevel.PROVINCE, UnitKind.PROVINCE, "Núi Mới", "14", "vn")
    row = world.scalars(select(t.Target)).first()
    assert row is not None
    same = {column.name: getattr(row, column.name) for column in t.Target.__table__.columns}
    world.add(t.Target(**same | {"id": 990, "key": "later", "unit_id": OTHER, "year": 2026}))
    world.flush()
    renew(world)
    found = seen(world, ChangeSet(ON, (merge(["other"], other), move("dale", "new"), move("elm", "new"))))
    assert found.refusals == ()
    assert [(one.unit.key, one.count) for one in found.targets] == [("other", 1)]
    assert [one.key for one in found.without_targets] == ["p14-2026"]
    assert "plan" in {one.form.key for one in found.due if one.old_area and one.reporter.key == "p14-2026"}


def test_a_preview_says_whose_area_changes_though_it_keeps_its_key(world: Session) -> None:
    found = seen(world, ChangeSet(ON, (move("dale", "merged"),)))
    assert [one.key for one in found.redrawn] == ["merged", "other"]
    assert seen(world, merger()).redrawn == ()


def test_a_preview_of_what_cannot_be_says_why(world: Session) -> None:
    found = seen(world, ChangeSet(ON, (move("dale", "ash"),)))
    assert found.refusals == (
        "Đại Đồng commune cannot stand under An Bình commune, which is of the same level or a lower one.",
    )
    assert found.opened == ()


def test_every_role_at_a_closing_unit_is_proposed_at_its_successor(world: Session) -> None:
    apply_change(world, changer(), merger(), NOW)
    waiting = list_proposals(world, KEEPER, TODAY)
    assert [(one.username, one.role, one.unit.key, one.successor.key, one.from_on) for one in waiting] == [
        (username, Role.OFFICER, unit, "c00077-2026", ON)
        for username, unit in (("ash.colleague", "ash"), ("ash.officer", "ash"), ("bay.officer", "bay"))
    ]
    assert list_proposals(world, OF_MERGED, TODAY) == waiting
    assert list_proposals(world, OF_OTHER, TODAY) == []


def test_an_accepted_role_is_held_from_the_day_of_the_change_and_the_old_one_stays(world: Session) -> None:
    apply_change(world, changer(), merger(), NOW)
    one = next(one for one in list_proposals(world, KEEPER, TODAY) if one.username == "ash.officer")
    decide_proposal(world, OF_MERGED, one.id, accept=True, now=NOW)
    held = world.scalars(select(t.AccountRole).where(t.AccountRole.account_id == ASH_OFFICER.id)).all()
    assert {row.unit_id: row.to_on for row in held} == {ASH: None, one.successor.id: None}
    assert {row.from_on for row in held if row.unit_id != ASH} == {ON}
    line = world.scalars(select(t.AuditLine).where(t.AuditLine.action == "account:follow_unit")).one()
    assert line.unit_id == one.successor.id
    with pytest.raises(Conflict):
        decide_proposal(world, OF_MERGED, one.id, accept=False, now=NOW)


def test_a_declined_role_is_not_given(world: Session) -> None:
    apply_change(world, changer(), merger(), NOW)
    one = next(one for one in list_proposals(world, KEEPER, TODAY) if one.username == "bay.officer")
    decide_proposal(world, KEEPER, one.id, accept=False, now=NOW)
    held = world.scalars(select(t.AccountRole.unit_id).where(t.AccountRole.account_id == BAY_OFFICER.id)).all()
    assert held == [BAY]
    assert one.id not in {other.id for other in list_proposals(world, KEEPER, TODAY)}
    assert world.get_one(t.RoleProposal, one.id).status is ProposalStatus.DECLINED


def test_nobody_decides_on_a_role_outside_their_part_of_the_tree(world: Session) -> None:
    apply_change(world, changer(), merger(), NOW)
    one = list_proposals(world, KEEPER, TODAY)[0]
    for scope, number in ((OF_OTHER, one.id), (KEEPER, 9999)):
        with pytest.raises(NotFound):
            decide_proposal(world, scope, number, accept=True, now=NOW)
    with pytest.raises(Forbidden):
        scope_of(MERGED_HEAD, Permission.ACCOUNT_MANAGE)


def test_a_change_that_never_was_in_force_withdraws_its_proposals(world: Session) -> None:
    done = apply_change(world, changer(), merger(), NOW)
    one = list_proposals(world, KEEPER, TODAY)[0]
    undo_change(world, changer(), done.id, ON, NOW)
    assert list_proposals(world, KEEPER, TODAY) == []
    with pytest.raises(NotFound):
        decide_proposal(world, KEEPER, one.id, accept=True, now=NOW)
    assert faults(world) == []


def test_a_closed_units_people_keep_reading_what_it_was(world: Session) -> None:
    apply_change(world, changer(), merger(), NOW)
    tree = get_snapshot(world).tree
    reading = scope_of(ASH_OFFICER, Permission.RESULT_READ)
    assert reading.covers(tree, ASH, date(2026, 9, 30))
    assert not reading.covers(tree, tree.ids["c00077-2026"], TODAY)
    assert not reading.covers(tree, DALE, TODAY)


def waiting(session: Session, username: str) -> Proposal:
    """The one proposal that waits for them."""
    (found,) = [one for one in list_proposals(session, KEEPER, TODAY) if one.username == username]
    return found


def statuses(session: Session) -> list[tuple[str, ProposalStatus]]:
    p, account = t.RoleProposal, t.Account
    rows = session.execute(
        select(account.username, p.status).join(p, p.account_id == account.id).order_by(account.username, p.id)
    )
    return [(username, status) for username, status in rows]


def withdrawn_by(session: Session, action: str) -> list[int]:
    """The proposals that the deed's audit line tells of."""
    line = session.scalars(select(t.AuditLine).where(t.AuditLine.action == action)).one()
    found: list[int] = json.loads(line.detail or "{}").get("withdrawn", [])
    return found


def test_a_role_that_ends_takes_its_proposal_along_and_no_other(world: Session) -> None:
    apply_change(world, changer(), merger(), NOW)
    one = waiting(world, "ash.officer")
    keep.end_role(world, KEEPER, "ash.officer", Role.OFFICER, "ash", TODAY, NOW)
    assert withdrawn_by(world, "account:end_role") == [one.id]
    assert statuses(world) == [
        ("ash.colleague", ProposalStatus.OPEN), ("ash.officer", ProposalStatus.WITHDRAWN),
        ("bay.officer", ProposalStatus.OPEN),
    ]  # fmt: skip
    with pytest.raises(Conflict):
        decide_proposal(world, KEEPER, one.id, accept=True, now=NOW)


def test_another_role_that_ends_leaves_the_proposal(world: Session) -> None:
    apply_change(world, changer(), merger(), NOW)
    keep.give_role(world, KEEPER, "ash.officer", Role.VIEWER, "ash", ON, NOW)
    keep.end_role(world, KEEPER, "ash.officer", Role.VIEWER, "ash", TODAY, NOW)
    assert withdrawn_by(world, "account:end_role") == []
    decide_proposal(world, KEEPER, waiting(world, "ash.officer").id, accept=True, now=NOW)


def test_whoever_cannot_end_a_role_withdraws_nothing(world: Session) -> None:
    apply_change(world, changer(), merger(), NOW)
    with pytest.raises(NotFound):
        keep.end_role(world, OF_OTHER, "ash.officer", Role.OFFICER, "ash", TODAY, NOW)
    with pytest.raises(NotFound):
        keep.close_account(world, OF_OTHER, "ash.officer", TODAY, NOW)
    assert waiting(world, "ash.officer").role is Role.OFFICER


def test_an_account_that_closes_takes_its_proposals_along_and_no_decided_one(world: Session) -> None:
    apply_change(world, changer(), merger(), NOW)
    decide_proposal(world, KEEPER, waiting(world, "bay.officer").id, accept=True, now=NOW)
    one = waiting(world, "ash.officer")
    keep.close_account(world, KEEPER, "ash.officer", TODAY, NOW)
    assert withdrawn_by(world, "account:close") == [one.id]
    assert statuses(world) == [
        ("ash.colleague", ProposalStatus.OPEN), ("ash.officer", ProposalStatus.WITHDRAWN),
        ("bay.officer", ProposalStatus.ACCEPTED),
    ]  # fmt: skip


def test_nothing_is_given_to_an_account_that_closed_but_it_can_be_declined(world: Session) -> None:
    apply_change(world, changer(), merger(), NOW)
    one = waiting(world, "ash.officer")
    # Closed before closing withdrew what waits.
    world.get_one(t.Account, ASH_OFFICER.id).closed_at = NOW
    with pytest.raises(Conflict, match="Tài khoản này đã đóng"):
        decide_proposal(world, KEEPER, one.id, accept=True, now=NOW)
    assert world.get(t.AccountRole, (ASH_OFFICER.id, one.successor.id, Role.OFFICER)) is None
    decide_proposal(world, KEEPER, one.id, accept=False, now=NOW)


@pytest.mark.parametrize(("on", "closed"), [(LATER, True), (TODAY, True), (date(2027, 1, 1), False)])
def test_nothing_is_given_at_a_unit_that_has_closed_since(world: Session, on: date, closed: bool) -> None:
    done = apply_change(world, changer(), merger(), NOW)
    one = waiting(world, "ash.officer")
    applied(world, merge([*done.opened, "cedar"], commune("last", "Sau", "00078")), on=on)
    if closed:
        with pytest.raises(Conflict, match="không còn hoạt động"):
            decide_proposal(world, KEEPER, one.id, accept=True, now=NOW)
    else:
        decide_proposal(world, KEEPER, one.id, accept=True, now=NOW)
    held = world.get(t.AccountRole, (ASH_OFFICER.id, one.successor.id, Role.OFFICER))
    assert (held is None) is closed


def test_a_change_taken_back_later_proposes_the_role_at_what_comes_back(world: Session) -> None:
    done = apply_change(world, changer(), merger(), NOW)
    old = [one.id for one in list_proposals(world, KEEPER, TODAY)]
    decide_proposal(world, KEEPER, waiting(world, "ash.colleague").id, accept=False, now=NOW)
    undone = undo_change(world, changer(), done.id, LATER, NOW, shares=STATED)
    found = list_proposals(world, KEEPER, TODAY)
    back = dict(zip(("ash.officer", "bay.officer"), undone.opened, strict=True))
    assert {one.username: one.successor.key for one in found} == back
    assert {one.from_on for one in found} == {LATER}
    assert not {one.id for one in found} & set(old)
    assert len(withdrawn_by(world, "unit.withdraw_proposals")) == 2
    for number in old:
        with pytest.raises(Conflict):
            decide_proposal(world, KEEPER, number, accept=True, now=NOW)
    one = waiting(world, "bay.officer")
    assert one.successor.states[0].name == get_snapshot(world).tree.units[BAY].states[-1].name
    decide_proposal(world, OF_MERGED, one.id, accept=True, now=NOW)
    assert faults(world) == []
