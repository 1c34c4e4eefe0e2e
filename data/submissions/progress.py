"""How far the children are with the reports of the last period, for whoever chases them before a deadline."""

from collections import defaultdict
from datetime import date

from sqlalchemy.orm import Session

from data.catalogue.model import Form
from data.kinds import SubmissionStatus
from data.periods import Period
from data.scope import Reach, Scope
from data.snapshot import Snapshot, get_snapshot
from data.submissions.due import Owed, States, load_states, owed_by, owed_on_old_areas
from data.submissions.outcomes import ChildrenProgress, ChildReport, FormProgress
from data.submissions.places import held_at, open_units, unit_ref
from data.submissions.schedule import PrintedDays, due_day, load_printed_days
from data.units.order import Order, vietnamese_order

_SENT = frozenset({SubmissionStatus.SUBMITTED, SubmissionStatus.APPROVED})


def count_children(session: Session, scope: Scope, today: date) -> ChildrenProgress:
    """Sent, approved and missing reports of the units directly below, per form for the last period that ended.

    Works with the scope of writing and with that of reviewing; plan reports count by the old areas that are owed.
    """
    known = get_snapshot(session)
    holders = open_units(known.tree, held_at(scope, Reach.CHILDREN), today)
    children = sorted({child for holder in holders for child in known.tree.children(holder, today)})
    owed = _of_last_periods([*owed_by(known, children, today), *_old_areas_below(known, children, today)])
    if not owed:
        return ChildrenProgress(())
    states = load_states(session, {one.unit_id for several in owed.values() for one in several})
    printed = load_printed_days(session)
    rows = [_progress(known, form_id, several, states, printed) for form_id, several in sorted(owed.items())]
    return ChildrenProgress(tuple(rows))


def _old_areas_below(known: Snapshot, children: list[int], today: date) -> list[Owed]:
    return [one for one in owed_on_old_areas(known, today) if one.reporter_id in children]


def _of_last_periods(owed: list[Owed]) -> dict[int, list[Owed]]:
    """By form, what is owed for the last period of it."""
    by_form: dict[int, list[Owed]] = defaultdict(list)
    for one in owed:
        by_form[one.form.id].append(one)
    last = {form_id: max(one.period for one in several) for form_id, several in by_form.items()}
    return {form_id: [one for one in several if one.period == last[form_id]] for form_id, several in by_form.items()}


def _progress(known: Snapshot, form_id: int, owed: list[Owed], states: States, printed: PrintedDays) -> FormProgress:
    form: Form = known.catalogue.forms[form_id]
    period: Period = owed[0].period
    reports = []
    for one in owed:
        state = states.get((one.unit_id, form_id, period.code))
        approved = state is not None and state.in_force
        sent = approved or (state is not None and state.status in _SENT)
        unit = unit_ref(known.tree, one.unit_id, period.last_day)
        reports.append(ChildReport(unit, due_day(form, one.unit_id, period, printed), sent, approved))
    return FormProgress(form, period, tuple(sorted(reports, key=_order)))


def _order(report: ChildReport) -> tuple[date, Order, str]:
    """By the day that comes first, then by name."""
    return report.due_on or date.max, vietnamese_order(report.unit.name), report.unit.key
