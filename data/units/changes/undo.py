"""Takes a change back. Nothing is deleted from the journal, and what was in force stays so for its days.

From a later day on, a change is taken back by another (`counter`). On its own first day there is no such change: a
unit lives for a day at least, so what opened that day cannot close before it. What is said instead is that the change
never was in force. That is only true while nothing rests on it, and the units it opened keep their rows and keys, so
marked, for the audit trail may speak of them.
"""

from datetime import date, datetime

from sqlalchemy import Column, Table, delete, select, update
from sqlalchemy.orm import Session

from data import audit
from data import tables as t
from data.numbers import format_date
from data.periods import Period
from data.refusals import Conflict, Forbidden, Invalid, NotFound
from data.scope import Scope
from data.snapshot import get_snapshot
from data.units.changes.apply import Applied, add_up_again, apply_change, lock_catalogue, settle
from data.units.changes.counter import Shares, counter_change
from data.units.changes.journal import from_json, to_json
from data.units.changes.model import ChangeSet
from data.units.changes.names import title_on
from data.units.changes.proposals import bring_back, withdraw_with_change
from data.units.changes.writing import chunks
from data.units.tree import UnitTree
from data.wording import _

# What follows from units by itself, what tells of them, and what is withdrawn together with the change.
_NOT_RESTING = frozenset(
    {"unit_version", "unit_closure", "unit_lineage", "unit_lineage_closure", "audit_line", "rollup", "role_proposal"}
)


def undo_change(
    session: Session,
    scope: Scope,
    change_id: int,
    on: date,
    now: datetime,
    *,
    shares: Shares | None = None,
    seen: str | None = None,
) -> Applied:
    """Takes the change back from `on`: its own day means that it never was in force.

    `shares` are stated for what has several predecessors (`counter.shares_to_state`). Raises NotFound, Invalid,
    Conflict (taken back already, or something rests on it), Refused and what `apply_change` raises.
    """
    if scope.account_id is None:
        raise Forbidden(_("Sign in to do this."))
    known = lock_catalogue(session, seen)
    row, original = get_change(session, scope, change_id)
    refuse_undo(session, row, original)
    refuse_earlier(original, on)
    if on == original.on:
        return _annul(session, known.tree, row, original, scope.account_id, now)
    counter = counter_change(known.tree, original, on, shares or {})
    done = apply_change(session, scope, counter, now, undoes_id=row.id)
    _bring_people_back(session, original, done, row.id, scope.account_id, on, now)
    return done


def _bring_people_back(
    session: Session, original: ChangeSet, done: Applied, change_id: int, account_id: int, on: date, now: datetime
) -> None:
    tree = get_snapshot(session).tree
    counter = from_json(session.get_one(t.UnitChangeSet, done.id).what)
    # The counter change opens a unit for each one that closed, in the same order.
    returned = {
        tree.ids[key]: tree.ids[opening.key]
        for reshape, back in zip(original.reshapes, counter.reshapes, strict=True)
        for key, opening in zip(reshape.closes, back.opens, strict=True)
    }
    withdrawn = bring_back(session, tree, done.id, change_id, returned, on)
    if withdrawn:
        detail: dict[str, object] = {"change": done.id, "withdrawn": withdrawn}
        audit.record(session, account_id, "unit.withdraw_proposals", now, unit_id=tree.nation_id, detail=detail)
        session.flush()


def get_change(session: Session, scope: Scope, change_id: int) -> tuple[t.UnitChangeSet, ChangeSet]:
    """A change of the journal. Raises NotFound where there is none, or where the scope does not reach the nation."""
    tree = get_snapshot(session).tree
    row = session.get(t.UnitChangeSet, change_id)
    if row is None or not scope.covers(tree, tree.nation_id, row.on):
        raise NotFound(_("There is no such change of units."))
    return row, from_json(row.what)


def refuse_undo(session: Session, row: t.UnitChangeSet, original: ChangeSet) -> None:
    """Raises Invalid or Conflict where the change cannot be taken back on whatever day."""
    if row.account_id is None:
        raise Invalid(_("This change came with the portal, from the law itself, and is not taken back here."))
    if not original.changes:
        raise Invalid(_("This entry took a change back; make that change again instead."))
    if session.scalar(select(t.UnitChangeSet.id).where(t.UnitChangeSet.undoes_id == row.id)) is not None:
        raise Conflict(_("This change is taken back already."))


def refuse_earlier(original: ChangeSet, on: date) -> None:
    """Raises Invalid for a day before the change holds."""
    if on < original.on:
        sentence = _("The change holds from {day}; it cannot be taken back before.")
        raise Invalid(sentence.format(day=format_date(original.on)))


def why_in_force(session: Session, tree: UnitTree, original: ChangeSet) -> str | None:
    """What rests on the change, so that nobody can say that it never was in force; None where nothing does."""
    opened = [tree.units[tree.ids[one.key]] for reshape in original.reshapes for one in reshape.opens]
    restated = [tree.units[tree.ids[one.unit]] for one in original.restates]
    parts = {unit.id for unit in (*opened, *restated)}
    later = _("{unit} has changed again since.")
    for unit in opened:
        if unit.closed_on is not None or len(unit.states) > 1:
            return later.format(unit=title_on(unit, original.on))
    for unit in restated:
        if unit.closed_on is not None or unit.states[-1].from_on != original.on:
            return later.format(unit=title_on(unit, original.on))
    new = {unit.id for unit in opened}
    for unit in tree.units.values() if new else ():
        if unit.id not in parts and any(state.parent_id in new for state in unit.states):
            return later.format(unit=title_on(unit, original.on))
    if (unit_id := _something_rests_on(session, new)) is not None:
        sentence = _("Reports, accounts, plans or groups already refer to {unit}.")
        return sentence.format(unit=title_on(tree.units[unit_id], original.on))
    moved = {tree.ids[one.unit] for one in original.restates if one.parent is not None}
    for unit_id, code in session.execute(
        select(t.Submission.unit_id, t.Submission.period).where(t.Submission.unit_id.in_(moved))
    ):
        if Period.parse(code).last_day >= original.on:
            return _("{unit} has reported under its new parent.").format(
                unit=title_on(tree.units[unit_id], original.on)
            )
    return None


def _something_rests_on(session: Session, unit_ids: set[int]) -> int | None:
    """A unit that any row of any other table refers to."""
    for table in t.Base.metadata.sorted_tables:
        if table.name in _NOT_RESTING:
            continue
        for column in _columns_of_units(table):
            for chunk in chunks(sorted(unit_ids)):
                found: int | None = session.scalar(select(column).where(column.in_(chunk)).limit(1))
                if found is not None:
                    return found
    return None


def _columns_of_units(table: Table) -> list[Column[int]]:
    unit_id = t.AdminUnit.__table__.c.id
    return [key.parent for key in table.foreign_keys if key.column is unit_id]


def _annul(
    session: Session, tree: UnitTree, row: t.UnitChangeSet, original: ChangeSet, account_id: int, now: datetime
) -> Applied:
    reason = why_in_force(session, tree, original)
    if reason is not None:
        sentence = _("{reason} So the change was in force: take it back from a later day.")
        raise Conflict(sentence.format(reason=reason))
    opened = [tree.ids[one.key] for reshape in original.reshapes for one in reshape.opens]
    closed = [tree.ids[key] for reshape in original.reshapes for key in reshape.closes]
    restated = [tree.ids[key] for key in dict.fromkeys(one.unit for one in original.restates)]
    unit, version = t.AdminUnit, t.UnitVersion
    for chunk in chunks(opened):
        session.execute(delete(t.Rollup).where(t.Rollup.unit_id.in_(chunk)))
        session.execute(update(unit).where(unit.id.in_(chunk)).values(never_in_force=True))
    for chunk in chunks(closed):
        session.execute(update(unit).where(unit.id.in_(chunk)).values(closed_on=None))
    for chunk in chunks(restated):
        # The day is free again for what really was so; the journal keeps what had been written.
        session.execute(delete(version).where(version.unit_id.in_(chunk), version.from_on == original.on))
    for chunk in chunks([*closed, *restated]):
        last = version.unit_id.in_(chunk), version.to_on == original.eve
        session.execute(update(version).where(*last).values(to_on=None))
    withdrawn = withdraw_with_change(session, row.id)
    entry = t.UnitChangeSet(
        on=original.on, document_id=row.document_id, account_id=account_id, at=now,
        what=to_json(ChangeSet(original.on, ())), undoes_id=row.id,
    )  # fmt: skip
    session.add(entry)
    touched = {*opened, *closed, *restated}
    session.flush()
    fresh = settle(session, tree, touched, tuple(closed))
    add_up_again(session, tree, fresh.tree, touched, original)
    detail: dict[str, object] = {"change": entry.id, "never_in_force": row.id}
    if withdrawn:
        detail["withdrawn"] = withdrawn
    audit.record(session, account_id, "unit.annul", now, unit_id=tree.nation_id, detail=detail)
    session.flush()
    keys = {unit_id: tree.units[unit_id].key for unit_id in touched}
    return Applied(
        entry.id, tuple(keys[one] for one in closed), tuple(keys[one] for one in opened),
        tuple(keys[one] for one in restated),
    )  # fmt: skip
