"""Deciding on reports: what waits, one report beside the one before it, approval, and return with a reason.

Who decides is the reporter's parent on the period's last day, or whoever stands for that parent today; and never the
person who edited or sent the report.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from data import audit
from data import tables as t
from data.kinds import SubmissionStatus
from data.numbers import format_moment, format_number, in_vietnam
from data.periods import Period
from data.refusals import Conflict, Forbidden, Invalid, NotFound
from data.rollups.replacing import replace_rollups
from data.scope import Scope
from data.snapshot import Snapshot, get_snapshot, share_catalogue
from data.submissions.assembly import Shown, assemble
from data.submissions.drafts import account_of
from data.submissions.forms import sent_revisions
from data.submissions.history import Deed
from data.submissions.lookup import Place
from data.submissions.model import FormView
from data.submissions.outcomes import Decision
from data.submissions.places import can_decide_at, is_old_area, reviewing_unit, unit_ref
from data.submissions.records import MOST_ID, list_revisions, load_editors
from data.submissions.typed import MOST_REASON, plain_text
from data.wording import _


@dataclass(frozen=True, slots=True)
class Case:
    """A report before its reviewer: the revision, where it stands, and the unit that decides."""

    place: Place
    submission: t.Submission
    revision: t.Revision
    reviewer_id: int


def get_for_review(session: Session, scope: Scope, revision_id: int, today: date) -> FormView:
    """The report with the revision before it; the scope is that of reviewing. Drafts and foreign reports: NotFound."""
    known = get_snapshot(session)
    case = _find(session, known, scope, revision_id, today)
    sent = sent_revisions(list_revisions(session, case.submission.id))
    shown = tuple(one for one in sent if one.number <= case.revision.number)
    waits = case.revision.status is SubmissionStatus.SUBMITTED
    free = scope.account_id is not None and not _own_hand(session, case.revision, scope.account_id)
    return assemble(session, known, case.place, Shown(shown, can_decide=waits and free), today)


def approve(session: Session, scope: Scope, revision_id: int, now: datetime) -> Decision:
    """Approves a report that waits: it comes into force, and the roll-ups follow in the same transaction.

    Raises NotFound outside the reach, Forbidden for whoever edited or sent it, Conflict where it no longer waits.
    """
    # Before the report, as whoever changes units or targets takes them: a sum is made on the tree that it names.
    share_catalogue(session)
    known, case = _open(session, scope, revision_id, now)
    r = t.Revision
    session.execute(update(r).where(r.submission_id == case.submission.id, r.in_force).values(in_force=False))
    case.revision.in_force = True
    decision = _decide(session, known, case, SubmissionStatus.APPROVED, None, account_of(scope), now)
    replace_rollups(session, case.revision.id)
    return decision


def return_with_reason(session: Session, scope: Scope, revision_id: int, reason: str, now: datetime) -> Decision:
    """Gives a report back; what was in force stays so. Raises Invalid without a reason, and what `approve` raises."""
    text = plain_text(reason)
    if not text:
        raise Invalid(_("Say why the report comes back: its writer reads the reason beside the form."))
    if len(text) > MOST_REASON:
        sentence = _("The reason is longer than {most} characters. Nothing was changed.")
        raise Invalid(sentence.format(most=format_number(MOST_REASON)))
    known, case = _open(session, scope, revision_id, now)
    return _decide(session, known, case, SubmissionStatus.RETURNED, text, account_of(scope), now)


def _open(session: Session, scope: Scope, revision_id: int, now: datetime) -> tuple[Snapshot, Case]:
    """The report, locked, when it waits for a decision and the reader may decide."""
    account_id = account_of(scope)
    known = get_snapshot(session)
    case = _find(session, known, scope, revision_id, in_vietnam(now).date(), lock=True)
    if _own_hand(session, case.revision, account_id):
        raise Forbidden(_("You edited or sent this report yourself, so a second person decides on it."))
    if case.revision.status is not SubmissionStatus.SUBMITTED:
        raise Conflict(_already_decided(case.revision))
    return known, case


def _find(
    session: Session, known: Snapshot, scope: Scope, revision_id: object, today: date, *, lock: bool = False
) -> Case:
    missing = NotFound(_("There is no such report within your reach."))
    if not isinstance(revision_id, int) or not 0 < revision_id <= MOST_ID:
        raise missing
    query = select(t.Submission).join(t.Revision).where(t.Revision.id == revision_id)
    if lock:
        query = query.with_for_update(of=t.Submission, key_share=True)
    submission = session.scalar(query.execution_options(populate_existing=True))
    if submission is None:
        raise missing
    period = Period.parse(submission.period)
    reviewer_id = reviewing_unit(known.tree, submission.reporter_id, period, today)
    if reviewer_id is None or not can_decide_at(scope.grants, reviewer_id):
        raise missing
    revision = session.scalar(
        select(t.Revision).where(t.Revision.id == revision_id).execution_options(populate_existing=True)
    )
    if revision is None or revision.status is SubmissionStatus.DRAFT:
        raise missing
    return Case(place_of(known, submission), submission, revision, reviewer_id)


def place_of(known: Snapshot, submission: t.Submission) -> Place:
    """Where a stored submission stands."""
    unit, period = known.tree.units[submission.unit_id], Period.parse(submission.period)
    return Place(
        unit,
        known.tree.units[submission.reporter_id],
        known.catalogue.forms[submission.form_id],
        period,
        is_old_area(known.targets, unit, period),
        entered_for=False,
    )


def _own_hand(session: Session, revision: t.Revision, account_id: int) -> bool:
    return revision.sent_by_id == account_id or account_id in load_editors(session, [revision.id])[revision.id]


def _already_decided(revision: t.Revision) -> str:
    when = "" if revision.decided_at is None else format_moment(revision.decided_at)
    if revision.status is SubmissionStatus.APPROVED:
        return _("The report was approved on {when} already. Nothing was changed.").format(when=when)
    return _("The report was returned on {when} already. Nothing was changed.").format(when=when)


def _decide(
    session: Session,
    known: Snapshot,
    case: Case,
    status: SubmissionStatus,
    reason: str | None,
    account_id: int,
    now: datetime,
) -> Decision:
    revision, place = case.revision, case.place
    revision.status = status
    revision.decided_at = now
    revision.decided_by_id = account_id
    revision.decided_unit_id = case.reviewer_id
    revision.reason = reason
    deed = Deed.APPROVE if status is SubmissionStatus.APPROVED else Deed.RETURN
    change = (SubmissionStatus.SUBMITTED, status)
    audit.record(
        session, account_id, deed, now, unit_id=place.unit.id, revision_id=revision.id, change=change, reason=reason
    )
    session.flush()
    unit = unit_ref(known.tree, place.unit.id, place.period.last_day)
    return Decision(revision.id, unit, place.form, place.period, status, now, reason)
