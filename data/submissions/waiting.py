"""The list of reports that wait for a reviewer."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from data import tables as t
from data.kinds import SubmissionStatus, UnitLevel
from data.numbers import in_vietnam
from data.periods import Period
from data.scope import Reach, Scope
from data.snapshot import Snapshot, get_snapshot
from data.submissions.outcomes import WaitingForm
from data.submissions.places import held_at, open_units, reviewing_unit, unit_ref
from data.submissions.records import load_editors, load_names
from data.submissions.review import place_of
from data.submissions.schedule import PrintedDays, due_day, load_printed_days
from data.units.tree import UnitTree


def list_waiting(session: Session, scope: Scope, today: date) -> list[WaitingForm]:
    """Every report that waits for a decision of the reader's unit, the longest waiting first. Scope of reviewing."""
    known = get_snapshot(session)
    holders = set(open_units(known.tree, held_at(scope, Reach.CHILDREN), today))
    reporters = {one for holder in holders for one in _may_report_to(known.tree, holder)}
    if not reporters:
        return []
    s, r = t.Submission, t.Revision
    rows = session.execute(
        select(s, r)
        .join(r, r.submission_id == s.id)
        .where(r.status == SubmissionStatus.SUBMITTED, s.reporter_id.in_(reporters))
        .order_by(r.sent_at, r.id)
    ).all()
    mine = [
        (submission, revision)
        for submission, revision in rows
        if reviewing_unit(known.tree, submission.reporter_id, Period.parse(submission.period), today) in holders
    ]
    if not mine:
        return []
    printed = load_printed_days(session)
    names = load_names(session, (revision.sent_by_id for _submission, revision in mine))
    editors = load_editors(session, [revision.id for _submission, revision in mine])
    found: list[WaitingForm] = []
    for submission, revision in mine:
        own_hand = scope.account_id in {*editors[revision.id], revision.sent_by_id}
        found.append(_waiting(known, submission, revision, printed, names, own_hand=own_hand))
    return found


def _may_report_to(tree: UnitTree, holder: int) -> set[int]:
    """Units that were ever below the holder or below one that it took over; below a district also its communes."""
    family = {holder, *tree.predecessors(holder)}
    below = _below(tree, family)
    districts = {one for one in below if tree.units[one].level is UnitLevel.DISTRICT}
    return below | (_below(tree, districts) if districts else set())


def _below(tree: UnitTree, parents: set[int]) -> set[int]:
    return {unit.id for unit in tree.units.values() if any(state.parent_id in parents for state in unit.states)}


def _waiting(
    known: Snapshot,
    submission: t.Submission,
    revision: t.Revision,
    printed: PrintedDays,
    names: Mapping[int | None, str],
    *,
    own_hand: bool,
) -> WaitingForm:
    place = place_of(known, submission)
    if revision.sent_at is None:
        raise ValueError("a sent revision carries its moment")
    due_on = due_day(place.form, place.unit.id, place.period, printed)
    late = due_on is not None and in_vietnam(revision.sent_at).date() > due_on
    on = place.period.last_day
    return WaitingForm(
        revision_id=revision.id,
        number=revision.number,
        unit=unit_ref(known.tree, place.unit.id, on),
        reporter=unit_ref(known.tree, place.reporter.id, on),
        form=place.form,
        period=place.period,
        sent_at=revision.sent_at,
        sent_by=names.get(revision.sent_by_id),
        due_on=due_on,
        late=late,
        entered_for=revision.entered_for,
        old_area=place.old_area,
        own_hand=own_hand,
    )
