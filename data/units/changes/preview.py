"""What a change of units would do to everything that rests on them, before anybody does it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from data import tables as t
from data.catalogue.model import Form
from data.kinds import SubmissionStatus, UnitLevel
from data.periods import Period
from data.scope import Scope
from data.snapshot import Snapshot, get_snapshot
from data.submissions.due import owed_by, owed_on_old_areas
from data.submissions.places import standing_unit
from data.submissions.schedule import due_day, load_printed_days
from data.units.changes.apply import plan_change
from data.units.changes.model import ChangeSet, Edits
from data.units.changes.plan import after
from data.units.changes.proposals import RoleToFollow, roles_to_follow
from data.units.tree import Unit, UnitTree
from data.wording import pick


@dataclass(frozen=True, slots=True)
class OpenReport:
    """A report of a unit that closes, or moves under another parent, which nobody has approved yet.

    `goes_to` finishes it, or decides on it, afterwards; None where nobody can.
    """

    unit: Unit
    form: Form
    period: Period
    status: SubmissionStatus
    goes_to: Unit | None


@dataclass(frozen=True, slots=True)
class DueReport:
    """A report that becomes due at `reporter` after the change; `old_area` where the unit counted has closed."""

    unit: Unit
    reporter: Unit
    form: Form
    period: Period
    due_on: date | None
    old_area: bool


@dataclass(frozen=True, slots=True)
class TargetsLeft:
    """A closing unit's targets of the year of the change and later: they stay as history."""

    unit: Unit
    count: int


@dataclass(frozen=True, slots=True)
class GroupLeft:
    """A closing unit and a group that it belongs to until then; its successors belong to none."""

    unit: Unit
    group: str


@dataclass(frozen=True, slots=True)
class Preview:
    """All that a change set does, or the reasons against it. `version` is the catalogue that was looked at.

    `redrawn` are units above whose own area changes because units below moved between them: they keep their keys, and
    their totals before and after are not of one area. `levels` holds how many units stood and will stand.
    """

    version: str
    refusals: tuple[str, ...]
    tree: UnitTree
    opened: tuple[Unit, ...] = ()
    closed: tuple[Unit, ...] = ()
    restated: tuple[Unit, ...] = ()
    redrawn: tuple[Unit, ...] = ()
    levels: tuple[tuple[UnitLevel, int, int], ...] = ()
    open_reports: tuple[OpenReport, ...] = ()
    due: tuple[DueReport, ...] = ()
    people: tuple[RoleToFollow, ...] = ()
    targets: tuple[TargetsLeft, ...] = ()
    without_targets: tuple[Unit, ...] = ()
    groups: tuple[GroupLeft, ...] = ()


def preview(session: Session, scope: Scope, change_set: ChangeSet) -> Preview:
    """What the change set would do. The scope is that of changing units; nothing is written."""
    known = get_snapshot(session)
    planned = plan_change(session, scope, change_set)
    edits = planned.edits
    if edits is None:
        return Preview(known.version, planned.refusals, known.tree)
    tree = after(known.tree, edits)
    later = replace(known, tree=tree)
    closed = [tree.units[one] for one in edits.closed]
    opened = [tree.units[one.id] for one in edits.opened]
    moved = [one for one in edits.restated if known.tree.parent(one, edits.eve) != tree.parent(one, edits.on)]
    targets = _targets(known, closed, edits.on.year)
    without = opened if targets else []
    return Preview(
        known.version,
        (),
        tree,
        opened=tuple(opened),
        closed=tuple(closed),
        restated=tuple(tree.units[one] for one in edits.restated),
        redrawn=_redrawn(known.tree, tree, edits, moved),
        levels=_levels(known.tree, tree, edits),
        open_reports=tuple(_open_reports(session, known, tree, {*edits.closed, *moved}, edits.on)),
        due=tuple(_due(session, later, edits)),
        people=tuple(roles_to_follow(session, tree, edits.closed, edits.on)),
        targets=targets,
        without_targets=tuple(without),
        groups=tuple(_groups(session, tree, edits.closed, edits.on)),
    )


def _levels(before: UnitTree, tree: UnitTree, edits: Edits) -> tuple[tuple[UnitLevel, int, int], ...]:
    counted = [
        (level, len(before.at_level(level, edits.eve)), len(tree.at_level(level, edits.on))) for level in UnitLevel
    ]
    return tuple(one for one in counted if one[0] is not UnitLevel.NATION)


def _redrawn(before: UnitTree, tree: UnitTree, edits: Edits, moved: Iterable[int]) -> tuple[Unit, ...]:
    """Standing units that lose or gain area: the old and new ancestors of what moved, where they are not the same."""
    found: set[int] = set()
    for unit_id in moved:
        found |= set(before.ancestors(unit_id, edits.eve)) ^ set(tree.ancestors(unit_id, edits.on))
    for one in edits.passed:
        older, newer = one.descent.predecessor_id, one.descent.successor_id
        if tree.units[older].level is tree.units[newer].level:
            found |= set(before.ancestors(older, edits.eve)) ^ set(tree.ancestors(newer, edits.on))
    touched = {*edits.closed, *(unit.id for unit in edits.opened)}
    return tuple(tree.units[one] for one in sorted(found - touched))


def _open_reports(
    session: Session, known: Snapshot, tree: UnitTree, unit_ids: set[int], on: date
) -> Iterable[OpenReport]:
    s, r = t.Submission, t.Revision
    latest = select(func.max(r.number)).where(r.submission_id == s.id).correlate(s).scalar_subquery()
    rows = session.execute(
        select(s.unit_id, s.form_id, s.period, r.status)
        .join(r, r.submission_id == s.id)
        .where(s.unit_id.in_(unit_ids), r.number == latest, r.status != SubmissionStatus.APPROVED)
        .order_by(s.unit_id, s.period, s.form_id)
    )
    for unit_id, form_id, code, status in rows:
        period = Period.parse(code)
        if status is SubmissionStatus.SUBMITTED:
            parent = tree.parent(unit_id, period.last_day)
            goes_to = None if parent is None else standing_unit(tree, parent, on)
        else:
            goes_to = standing_unit(tree, unit_id, on)
        to = None if goes_to is None else tree.units[goes_to]
        yield OpenReport(tree.units[unit_id], known.catalogue.forms[form_id], period, status, to)


def _due(session: Session, later: Snapshot, edits: Edits) -> Iterable[DueReport]:
    """What becomes due for periods of the change's year: on old areas, and the first reports of what opens."""
    printed = load_printed_days(session)
    end, units = date(edits.on.year, 12, 31), later.tree.units
    closed = set(edits.closed)
    for one in owed_on_old_areas(later, end):
        if one.unit_id in closed and one.period.year == edits.on.year:
            due_on = due_day(one.form, one.unit_id, one.period, printed)
            yield DueReport(units[one.unit_id], units[one.reporter_id], one.form, one.period, due_on, True)
    seen = set()
    for one in owed_by(later, [unit.id for unit in edits.opened], end):
        # The first period of each form is enough: the others follow as for anybody.
        if one.period.last_day >= edits.on and (one.unit_id, one.form.id) not in seen:
            seen.add((one.unit_id, one.form.id))
            due_on = due_day(one.form, one.unit_id, one.period, printed)
            yield DueReport(units[one.unit_id], units[one.unit_id], one.form, one.period, due_on, False)


def _targets(known: Snapshot, closed: Iterable[Unit], year: int) -> tuple[TargetsLeft, ...]:
    counts = Counter(
        {unit.id: sum(one.year >= year for one in known.targets.of_unit(unit.id)) for unit in closed}
    )
    return tuple(TargetsLeft(unit, counts[unit.id]) for unit in closed if counts[unit.id])


def _groups(session: Session, tree: UnitTree, closed: Iterable[int], on: date) -> Iterable[GroupLeft]:
    m, g = t.UnitGroupMember, t.UnitGroup
    rows = session.execute(
        select(m.unit_id, g.name_vi, g.name_en)
        .join(g, g.id == m.group_id)
        .where(m.unit_id.in_(list(closed)), or_(m.to_on.is_(None), m.to_on >= on))
        .order_by(m.unit_id, g.id)
    )
    for unit_id, name_vi, name_en in rows:
        yield GroupLeft(tree.units[unit_id], pick(name_vi, name_en))
