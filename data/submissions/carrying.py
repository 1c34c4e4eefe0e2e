"""Carrying a closed unit's unfinished draft over to its successor, by hand and into empty cells only.

A draft is its unit's own. When a change of units holds from a day before the period's end, the closed unit can no
longer send what it began, and its successor reports the period. The successor's own officer may then read that draft
and take its numbers. A unit that got only a part of the area cannot: the numbers are those of the whole.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from data import audit
from data import tables as t
from data.kinds import SubmissionStatus
from data.numbers import in_vietnam
from data.periods import Period
from data.refusals import Invalid, NotFound
from data.scope import Reach, Scope
from data.snapshot import Snapshot, get_snapshot
from data.submissions.drafts import account_of, save_draft
from data.submissions.history import Deed
from data.submissions.lookup import Place, find_place_to_write
from data.submissions.model import CellId, UnitRef
from data.submissions.outcomes import Saved
from data.submissions.places import held_at, open_units, title_of, unit_ref
from data.submissions.records import Cells, find_submission, list_revisions, load_cells
from data.submissions.sheets import windows_of
from data.submissions.typed import cell_names
from data.units.tree import Unit
from data.wording import _

UNFINISHED = (SubmissionStatus.DRAFT, SubmissionStatus.RETURNED)


@dataclass(frozen=True, slots=True)
class Leftover:
    """An unfinished draft of a closed unit that `unit` reports instead, by the keys of both, a form and a period."""

    unit: UnitRef
    older: UnitRef
    form_key: str
    form_name: str
    period: Period


@dataclass(frozen=True, slots=True)
class CarryCell:
    """A number of the closed unit's draft, and what stands in one's own; None is an empty cell, which would take it."""

    id: CellId
    name: str
    theirs: int
    ours: int | None


@dataclass(frozen=True, slots=True)
class CarryView:
    """Both drafts side by side. `version` is one's own draft's and goes back with the copy."""

    leftover: Leftover
    version: int
    cells: tuple[CarryCell, ...]


@dataclass(frozen=True, slots=True)
class Carried:
    """What was copied and what was left because it was filled; `saved` is None where there was nothing to copy."""

    leftover: Leftover
    saved: Saved | None
    copied: tuple[str, ...]
    left: tuple[str, ...]


def list_leftovers(session: Session, scope: Scope, today: date) -> list[Leftover]:
    """The drafts of closed units that the reader's own units report instead. The scope is that of writing."""
    known = get_snapshot(session)
    tree, heirs = known.tree, _heirs(known, scope, today)
    older = {one: unit_id for unit_id in heirs for one in _whole(known, unit_id)}
    if not older:
        return []
    s, r = t.Submission, t.Revision
    rows = session.execute(
        select(s.unit_id, s.form_id, s.period)
        .join(r, r.submission_id == s.id)
        .where(s.unit_id.in_(older), r.status.in_(UNFINISHED))
        .distinct()
        .order_by(s.period, s.unit_id, s.form_id)
    )
    found = []
    for unit_id, form_id, code in rows:
        period, form = Period.parse(code), known.catalogue.forms[form_id]
        heir = tree.units[older[unit_id]]
        outlived = not tree.units[unit_id].is_open(period.last_day)
        if outlived and heir.is_open(period.last_day) and heir.level in form.levels and not form.on_old_areas:
            found.append(_leftover(known, heir, tree.units[unit_id], form.key, form.name, period))
    return found


def get_carry(
    session: Session, scope: Scope, unit_key: str, form_key: str, period_code: str, older_key: str, today: date
) -> CarryView:
    """The closed unit's draft beside one's own. The scope is that of writing.

    Raises NotFound where the closed unit is none that one's own took over, or has no draft; Invalid where only a part
    of it was taken over; and what opening one's own form raises.
    """
    known = get_snapshot(session)
    place, older = _places(known, scope, unit_key, form_key, period_code, older_key, today)
    ours, version = _own(session, known, place)
    theirs = _theirs(session, known, place, older)
    names = cell_names(place.form, windows_of(place.form, place.period, {}))
    cells = tuple(
        CarryCell(cell, name, theirs[cell].value, ours[cell].value if cell in ours else None)
        for cell, name in names.items()
        if cell in theirs
    )
    leftover = _leftover(known, place.unit, older, place.form.key, place.form.name, place.period)
    return CarryView(leftover, version, cells)


def carry_over(
    session: Session,
    scope: Scope,
    unit_key: str,
    form_key: str,
    period_code: str,
    older_key: str,
    version: int,
    now: datetime,
) -> Carried:
    """Copies the closed unit's numbers into the empty cells of one's own draft; filled cells stay and are named.

    `version` is that of one's own draft when it was looked at. Raises what `get_carry` and saving raise: above all
    EditConflict where somebody saved in the meantime; then nothing is copied.
    """
    account_id = account_of(scope)
    view = get_carry(session, scope, unit_key, form_key, period_code, older_key, in_vietnam(now).date())
    empty = {cell.id: str(cell.theirs) for cell in view.cells if cell.ours is None}
    copied = tuple(cell.name for cell in view.cells if cell.ours is None)
    left = tuple(cell.name for cell in view.cells if cell.ours is not None)
    if not empty:
        return Carried(view.leftover, None, (), left)
    notes: Mapping[CellId, str] = {}
    saved = save_draft(session, scope, unit_key, form_key, period_code, empty, notes, version, now)
    detail: dict[str, object] = {"from": older_key, "cells": len(copied), "left": len(left)}
    unit_id, revision_id = view.leftover.unit.id, saved.revision_id
    audit.record(session, account_id, Deed.CARRY, now, unit_id=unit_id, revision_id=revision_id, detail=detail)
    session.flush()
    return Carried(view.leftover, saved, copied, left)


def _heirs(known: Snapshot, scope: Scope, today: date) -> list[int]:
    """Standing units for which the reader writes, and whose predecessors they reach."""
    both = held_at(scope, Reach.OWN) & held_at(scope, Reach.PREDECESSORS)
    return open_units(known.tree, both, today)


def _whole(known: Snapshot, unit_id: int) -> list[int]:
    """The closed units of the same level whose whole area lies in this one."""
    level = known.tree.units[unit_id].level
    return [
        row.predecessor_id
        for row in known.tree.inherited_by(unit_id)
        if row.share == 1 and known.tree.units[row.predecessor_id].level is level
    ]


def _places(
    known: Snapshot, scope: Scope, unit_key: str, form_key: str, period_code: str, older_key: str, today: date
) -> tuple[Place, Unit]:
    place = find_place_to_write(known, scope, unit_key, form_key, period_code, today)
    older = known.tree.find(older_key)
    heirs = _heirs(known, scope, today)
    if older is None or place.unit.id not in heirs or older.id not in known.tree.predecessors(place.unit.id):
        raise NotFound(_("There is no such unit within your reach."))
    if older.id not in _whole(known, place.unit.id):
        sentence = _("Only a part of {unit} came to you: its numbers are of the whole, and cannot be carried over.")
        raise Invalid(sentence.format(unit=title_of(older, older.within_life(today))))
    return place, older


def _own(session: Session, known: Snapshot, place: Place) -> tuple[Cells, int]:
    """One's own cells and their version."""
    submission = find_submission(session, place)
    revisions = list_revisions(session, submission.id) if submission else []
    if not revisions:
        return {}, 0
    latest = revisions[-1]
    return load_cells(session, known.catalogue, [latest.id])[latest.id], latest.version


def _theirs(session: Session, known: Snapshot, place: Place, older: Unit) -> Cells:
    there = Place(older, place.reporter, place.form, place.period, old_area=False, entered_for=False)
    submission = find_submission(session, there)
    revisions = list_revisions(session, submission.id) if submission else []
    if older.is_open(place.period.last_day) or not revisions or revisions[-1].status not in UNFINISHED:
        raise NotFound(_("The closed unit has left no draft of this form and period."))
    return load_cells(session, known.catalogue, [revisions[-1].id])[revisions[-1].id]


def _leftover(known: Snapshot, heir: Unit, older: Unit, form_key: str, form_name: str, period: Period) -> Leftover:
    on = period.last_day
    return Leftover(unit_ref(known.tree, heir.id, on), unit_ref(known.tree, older.id, on), form_key, form_name, period)
