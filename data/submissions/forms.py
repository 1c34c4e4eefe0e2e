"""Reading one form: as the one who writes it, or as one above who reads what was sent."""

from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from data import tables as t
from data.kinds import SubmissionStatus
from data.refusals import Conflict, NotFound
from data.scope import Scope
from data.snapshot import get_snapshot
from data.submissions.assembly import Shown, assemble
from data.submissions.lookup import Place, find_place_to_read, find_place_to_write
from data.submissions.model import FormView
from data.submissions.places import title_of
from data.submissions.records import find_submission, list_revisions
from data.wording import _


def get_form(
    session: Session, scope: Scope, unit_key: str, form_key: str, period_code: str, today: date
) -> FormView:
    """The form as its writer sees it, drafts included; empty where nobody has begun. The scope is that of writing.

    Raises NotFound outside the reach, Forbidden for a unit that has closed, Invalid for a period or form that the unit
    does not report, Conflict for a parent where the unit itself has begun: a draft is its unit's own.
    """
    known = get_snapshot(session)
    place = find_place_to_write(known, scope, unit_key, form_key, period_code, today)
    submission = find_submission(session, place)
    revisions = tuple(list_revisions(session, submission.id)) if submission else ()
    if is_foreign_draft(place, revisions):
        sentence = _("{unit} is working on this report itself; a draft can be seen by its own unit only.")
        raise Conflict(sentence.format(unit=title_of(place.unit, place.period.last_day)))
    return assemble(session, known, place, Shown(revisions, may_edit(place, revisions)), today)


def get_sent_form(
    session: Session, scope: Scope, unit_key: str, form_key: str, period_code: str, today: date
) -> FormView:
    """The form as it was last sent, for those above. The scope is that of reading results; a draft is not there."""
    known = get_snapshot(session)
    place = find_place_to_read(known, scope, unit_key, form_key, period_code)
    submission = find_submission(session, place)
    sent = sent_revisions(list_revisions(session, submission.id)) if submission else ()
    if submission is None or not sent:
        raise NotFound(_("No report has been sent for this unit, form and period."))
    place = replace(place, reporter=known.tree.units[submission.reporter_id])
    return assemble(session, known, place, Shown(sent), today)


def sent_revisions(revisions: list[t.Revision]) -> tuple[t.Revision, ...]:
    """Those that left the unit: everything but a draft."""
    return tuple(one for one in revisions if one.status is not SubmissionStatus.DRAFT)


def may_edit(place: Place, revisions: tuple[t.Revision, ...]) -> bool:
    """Whether the writer may type: not while the report waits, and a parent only for a child that has been silent."""
    if not revisions:
        return True
    latest = revisions[-1]
    if latest.status is SubmissionStatus.SUBMITTED:
        return False
    return latest.entered_for or not place.entered_for


def is_foreign_draft(place: Place, revisions: tuple[t.Revision, ...]) -> bool:
    """Whether a parent asks while the child itself works on the report: a draft is its unit's own."""
    if not (place.entered_for and revisions):
        return False
    latest = revisions[-1]
    return latest.status is SubmissionStatus.DRAFT and not latest.entered_for
