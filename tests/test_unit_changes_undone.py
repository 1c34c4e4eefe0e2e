"""A change is taken back by another; only what nobody has rested anything on is said never to have been in force."""

from datetime import date
from fractions import Fraction

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from data import tables as t
from data.kinds import Role, SubmissionStatus
from data.refusals import Conflict, Forbidden, Invalid, NotFound
from data.scope import Grant, Reach, Scope
from data.snapshot import get_snapshot
from data.units.changes.apply import apply_change
from data.units.changes.deeds import merge, move, rename
from data.units.changes.model import ChangeSet
from data.units.changes.undo import undo_change
from tests.world_changes import EVE, LATER, ON, applied, changer, commune, faults, merger
from tests.world_reports import put_report
from tests.worlds import ASH, ASH_OFFICER, BAY, CEDAR, DALE, LONG_AGO, MERGED, MINISTRY_ADMIN, NOW, OTHER, build

STATED = {("c00077-2026", "ash"): Fraction(2, 5), ("c00077-2026", "bay"): Fraction(3, 5)}


@pytest.fixture
def world(session: Session) -> Session:
    build(session)
    return session


def tables(session: Session) -> list[object]:
    """What the catalogue holds of units that are in force."""
    session.flush()
    tree = get_snapshot(session).tree
    c = t.UnitClosure
    columns = (c.descendant_id, c.depth, c.from_on, c.to_on, c.ancestor_id)
    closure = session.execute(select(*columns).order_by(*columns[:3])).all()
    return [sorted(tree.units.values(), key=lambda one: one.id), set(tree.descents), set(tree.inherited), closure]


def test_on_its_own_day_a_change_never_was_in_force_and_the_catalogue_is_as_before(world: Session) -> None:
    before = tables(world)
    done = applied(world, *merger().changes, rename("cedar", "Khác"))
    undone = undo_change(world, changer(), done.id, ON, NOW)
    assert tables(world) == before
    assert faults(world) == []
    kept = world.scalars(select(t.AdminUnit).where(t.AdminUnit.key == "c00077-2026")).one()
    assert kept.never_in_force
    entry = world.get_one(t.UnitChangeSet, undone.id)
    assert (entry.undoes_id, entry.on, entry.account_id) == (done.id, ON, MINISTRY_ADMIN.id)
    line = world.scalars(select(t.AuditLine).where(t.AuditLine.action == "unit.annul")).one()
    assert str(done.id) in (line.detail or "")


def test_after_that_the_right_change_can_be_made_on_the_same_day_under_another_key(world: Session) -> None:
    done = applied(world, *merger().changes)
    undo_change(world, changer(), done.id, ON, NOW)
    again = applied(world, merge(["ash", "cedar"], commune()))
    assert again.opened == ("c00077-2026-2",)
    assert faults(world) == []


def test_a_planned_change_can_be_taken_back_before_its_day(world: Session) -> None:
    done = applied(world, *merger().changes, on=date(2027, 1, 1))
    undo_change(world, changer(), done.id, date(2027, 1, 1), NOW)
    assert get_snapshot(world).tree.units[ASH].closed_on is None


def test_what_rests_on_a_change_keeps_it_in_force(world: Session) -> None:
    done = applied(world, *merger().changes)
    new = get_snapshot(world).tree.ids["c00077-2026"]
    put_report_of(world, new)
    with pytest.raises(Conflict, match="từ một ngày sau"):
        undo_change(world, changer(), done.id, ON, NOW)


def put_report_of(session: Session, unit_id: int) -> None:
    session.add(t.Submission(unit_id=unit_id, form_id=session.scalars(select(t.Form.id)).first() or 0, period="2026Q4",
                             reporter_id=unit_id))  # fmt: skip
    session.flush()


def test_a_role_at_an_opened_unit_keeps_its_change_in_force(world: Session) -> None:
    done = applied(world, *merger().changes)
    new = get_snapshot(world).tree.ids["c00077-2026"]
    world.add(t.AccountRole(account_id=ASH_OFFICER.id, unit_id=new, role=Role.OFFICER, from_on=LONG_AGO))
    world.flush()
    with pytest.raises(Conflict):
        undo_change(world, changer(), done.id, ON, NOW)


def test_a_report_under_the_new_parent_keeps_a_move_in_force(world: Session) -> None:
    done = applied(world, move("dale", "merged"))
    put_report(world, DALE, "quarterly", "2026Q4", status=SubmissionStatus.DRAFT)
    with pytest.raises(Conflict):
        undo_change(world, changer(), done.id, ON, NOW)


def test_a_later_change_of_the_same_units_keeps_the_earlier_in_force(world: Session) -> None:
    done = applied(world, *merger().changes)
    applied(world, rename("c00077-2026", "Khác"), on=LATER)
    with pytest.raises(Conflict):
        undo_change(world, changer(), done.id, ON, NOW)


def test_from_a_later_day_a_merger_is_taken_back_by_another_change_with_stated_shares(world: Session) -> None:
    done = applied(world, *merger().changes, rename("cedar", "Khác"))
    with pytest.raises(Invalid):
        undo_change(world, changer(), done.id, LATER, NOW)
    undone = undo_change(world, changer(), done.id, LATER, NOW, shares=STATED)
    tree = get_snapshot(world).tree
    first = tree.ids[undone.opened[0]]
    assert dict(tree.composition(first, EVE) or ()) == {ASH: Fraction(2, 5), BAY: Fraction(2, 5)}
    assert len(tree.children(MERGED, LATER)) == 3
    assert tree.units[CEDAR].state(LATER).name == "Cẩm Sơn"
    assert tree.units[CEDAR].state(ON).name == "Khác"
    assert world.get_one(t.UnitChangeSet, undone.id).undoes_id == done.id
    assert faults(world) == []


def test_a_move_is_taken_back_by_a_move(world: Session) -> None:
    done = applied(world, move("dale", "merged"))
    undo_change(world, changer(), done.id, LATER, NOW)
    tree = get_snapshot(world).tree
    assert [tree.parent(DALE, on) for on in (EVE, ON, LATER)] == [OTHER, MERGED, OTHER]
    assert faults(world) == []


def test_a_change_is_taken_back_once(world: Session) -> None:
    done = applied(world, move("dale", "merged"))
    undo_change(world, changer(), done.id, LATER, NOW)
    with pytest.raises(Conflict):
        undo_change(world, changer(), done.id, date(2026, 12, 1), NOW)
    world.add(t.UnitChangeSet(on=LATER, at=NOW, what="{}", undoes_id=done.id))
    with pytest.raises(IntegrityError):
        world.flush()


def test_a_change_is_not_taken_back_before_it_holds_nor_one_that_nobody_made(world: Session) -> None:
    done = applied(world, rename("cedar", "Khác"))
    with pytest.raises(Invalid):
        undo_change(world, changer(), done.id, EVE, NOW)
    with pytest.raises(NotFound):
        undo_change(world, changer(), done.id + 1, LATER, NOW)
    of_the_law = t.UnitChangeSet(on=ON, at=NOW, what='{"on":"2026-10-01","changes":[]}')
    world.add(of_the_law)
    world.flush()
    with pytest.raises(Invalid):
        undo_change(world, changer(), of_the_law.id, LATER, NOW)


def test_whoever_does_not_reach_the_nation_finds_no_change_to_take_back(world: Session) -> None:
    done = apply_change(world, changer(), ChangeSet(ON, (rename("cedar", "Khác"),)), NOW)
    here = Scope(MINISTRY_ADMIN.id, frozenset({Grant(MERGED, frozenset({Reach.SUBTREE}))}))
    with pytest.raises(NotFound):
        undo_change(world, here, done.id, ON, NOW)
    with pytest.raises(Forbidden):
        undo_change(world, Scope(None, frozenset()), done.id, ON, NOW)
