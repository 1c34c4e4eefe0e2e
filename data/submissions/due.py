"""What the reader's own units owe: reports of periods that have ended and are not approved."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from data import tables as t
from data.catalogue.model import Form
from data.kinds import SubmissionStatus
from data.periods import Period
from data.scope import Reach, Scope
from data.snapshot import Snapshot, get_snapshot
from data.submissions.outcomes import DueForm
from data.submissions.places import held_at, is_old_area, open_units, standing_unit, unit_ref
from data.submissions.schedule import PrintedDays, days_overdue, due_day, load_printed_days, recent_periods


@dataclass(frozen=True, slots=True)
class Owed:
    """A report that somebody must send: the unit counted, who counts it, the form and the period."""

    unit_id: int
    reporter_id: int
    form: Form
    period: Period
    old_area: bool


@dataclass(frozen=True, slots=True)
class State:
    """How far a report is: the status of its latest revision, why it came back, and whether one is in force."""

    status: SubmissionStatus
    reason: str | None
    in_force: bool


# By unit, form and period.
States = dict[tuple[int, int, str], State]


def list_due(session: Session, scope: Scope, today: date) -> list[DueForm]:
    """What the units that the reader writes for owe, the most urgent first: own reports and those of old areas.

    Children report for themselves (`count_children` tells how far they are). A report that was approved and opened
    again stands here too, without being overdue; so do reports that a unit left unfinished when it closed, for its
    successor. The scope is that of writing.
    """
    known = get_snapshot(session)
    reporters = open_units(known.tree, held_at(scope, Reach.OWN), today)
    if not reporters:
        return []
    owed = [
        *owed_by(known, reporters, today),
        *(one for one in owed_on_old_areas(known, today) if one.reporter_id in reporters),
        *(one for one in _left_unfinished(session, known, today) if one.reporter_id in reporters),
    ]
    states = load_states(session, {one.unit_id for one in owed})
    printed = load_printed_days(session)
    found = [_due(known, one, states, printed, today) for one in owed]
    open_ones = [form for form in found if form.status is not SubmissionStatus.APPROVED]
    return sorted(open_ones, key=lambda form: (form.due_on or form.period.last_day, form.unit.key, form.form.id))


def owed_by(known: Snapshot, unit_ids: list[int], today: date) -> Iterator[Owed]:
    """The units' own reports of this year and the last whose period has ended, on forms that their level must send."""
    for unit_id in unit_ids:
        unit = known.tree.units[unit_id]
        for form in known.catalogue.forms.values():
            if form.on_old_areas or not form.levels.get(unit.level):
                continue
            for period in recent_periods(form, today):
                if unit.is_open(period.last_day):
                    yield Owed(unit_id, unit_id, form, period, old_area=False)


def owed_on_old_areas(known: Snapshot, today: date) -> Iterator[Owed]:
    """The plan reports of every unit that closed during a year it had a plan for."""
    forms = [form for form in known.catalogue.forms.values() if form.on_old_areas]
    periods = [(form, period) for form in forms for period in recent_periods(form, today)]
    for unit in known.tree.units.values():
        if unit.closed_on is None:
            continue
        for form, period in periods:
            if form.levels.get(unit.level) and is_old_area(known.targets, unit, period):
                reporter = standing_unit(known.tree, unit.id, today)
                if reporter is not None:
                    yield Owed(unit.id, reporter, form, period, old_area=True)


def _left_unfinished(session: Session, known: Snapshot, today: date) -> Iterator[Owed]:
    """Reports of units that have closed which somebody began or gave back, apart from those on old areas."""
    s, r, a = t.Submission, t.Revision, t.AdminUnit
    rows = session.execute(
        select(s.unit_id, s.form_id, s.period)
        .join(r, r.submission_id == s.id)
        .join(a, a.id == s.unit_id)
        .where(a.closed_on < today, r.status.in_([SubmissionStatus.DRAFT, SubmissionStatus.RETURNED]))
        .distinct()
    )
    for unit_id, form_id, period in rows:
        form, reporter = known.catalogue.forms[form_id], standing_unit(known.tree, unit_id, today)
        # What the unit did not live to the end of is its successor's to report, who may carry the numbers over.
        alive = known.tree.units[unit_id].is_open(Period.parse(period).last_day)
        if reporter is not None and alive and not form.on_old_areas:
            yield Owed(unit_id, reporter, form, Period.parse(period), old_area=False)


def load_states(session: Session, unit_ids: set[int]) -> States:
    """The latest revision of every submission of the units, in one query."""
    s, r = t.Submission, t.Revision
    rows = session.execute(
        select(s.unit_id, s.form_id, s.period, r.status, r.reason, r.in_force)
        .join(r, r.submission_id == s.id)
        .where(s.unit_id.in_(unit_ids))
        .order_by(r.number)
    )
    states: States = {}
    for unit_id, form_id, period, status, reason, in_force in rows:
        key = unit_id, form_id, period
        before = states.get(key)
        # The reason stays with the draft that answers it.
        kept = before.reason if before and status is SubmissionStatus.DRAFT else reason
        states[key] = State(status, kept, in_force or (before is not None and before.in_force))
    return states


def _due(known: Snapshot, owed: Owed, states: States, printed: PrintedDays, today: date) -> DueForm:
    state = states.get((owed.unit_id, owed.form.id, owed.period.code))
    due_on = due_day(owed.form, owed.unit_id, owed.period, printed)
    settled = state is not None and (state.in_force or state.status is SubmissionStatus.SUBMITTED)
    on = owed.period.last_day
    return DueForm(
        unit=unit_ref(known.tree, owed.unit_id, on),
        reporter=unit_ref(known.tree, owed.reporter_id, on),
        form=owed.form,
        period=owed.period,
        due_on=due_on,
        days_overdue=0 if settled else days_overdue(due_on, today),
        status=state.status if state else None,
        reason=state.reason if state else None,
        old_area=owed.old_area,
    )
