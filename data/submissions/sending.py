"""Sending a report: checked once more, sealed, and out of its unit's hands until somebody decides."""

from datetime import datetime

from sqlalchemy.orm import Session

from data import audit
from data import tables as t
from data.kinds import SubmissionStatus
from data.numbers import format_moment, in_vietnam
from data.refusals import Conflict, Invalid
from data.scope import Scope
from data.snapshot import Snapshot, get_snapshot
from data.submissions.checks import check, ready
from data.submissions.drafts import account_of, edit_conflict, refuse_closed_form
from data.submissions.history import Deed
from data.submissions.lookup import Place, find_place_to_write
from data.submissions.outcomes import NotReady, Receipt
from data.submissions.places import reviewing_unit, unit_ref
from data.submissions.records import Cells, find_submission, list_revisions, load_cells, load_names
from data.submissions.sealing import digest_of
from data.submissions.sheets import load_neighbours, sheet_of, windows_of
from data.submissions.typed import Typed
from data.wording import _


def submit(
    session: Session, scope: Scope, unit_key: str, form_key: str, period_code: str, version: int, now: datetime
) -> Receipt:
    """Seals the draft of that version and sends it. Sent twice, as by a double click, it gives the same receipt.

    Raises NotReady with every problem of the form, EditConflict where somebody saved after the reader looked, Conflict
    where there is no draft to send, and what `get_form` raises. What a save could not read is not part of the draft:
    a page sends only when its last save says `can_send`.
    """
    account_id = account_of(scope)
    known = get_snapshot(session)
    place = find_place_to_write(known, scope, unit_key, form_key, period_code, in_vietnam(now).date())
    submission = find_submission(session, place, lock=True)
    revisions = tuple(list_revisions(session, submission.id)) if submission else ()
    if submission is None or not revisions:
        raise Invalid(_("Nothing has been entered yet, so there is nothing to send."))
    latest = revisions[-1]
    cells = load_cells(session, known.catalogue, [latest.id])[latest.id]
    if latest.status is SubmissionStatus.SUBMITTED and latest.version == version:
        return _receipt(session, known, place, submission, latest, len(cells))
    refuse_closed_form(place, revisions)
    _refuse_decided(latest)
    if latest.version != version:
        raise edit_conflict(session, latest, {}, cells, Typed({}, {}, ()))
    _refuse_unready(session, known, place, cells)
    _seal(session, place, latest, cells, account_id, now)
    return _receipt(session, known, place, submission, latest, len(cells))


def _refuse_decided(latest: t.Revision) -> None:
    if latest.status is SubmissionStatus.DRAFT or latest.decided_at is None:
        return
    if latest.status is SubmissionStatus.APPROVED:
        sentence = _("The report was approved on {when}. Change a number to open it again.")
    else:
        sentence = _("The report was returned on {when}. Change it or save it again before you send it.")
    raise Conflict(sentence.format(when=format_moment(latest.decided_at)))


def _refuse_unready(session: Session, known: Snapshot, place: Place, cells: Cells) -> None:
    windows = windows_of(place.form, place.period, cells)
    sheet = sheet_of(place.form, windows, cells, load_neighbours(session, known, place, windows))
    problems = check(sheet, known.catalogue)
    if not ready(problems):
        raise NotReady(_("The report was not sent: something must be put right or explained first."), problems)


def _seal(
    session: Session, place: Place, revision: t.Revision, cells: Cells, account_id: int, now: datetime
) -> None:
    revision.digest = digest_of(place, revision.number, cells)
    revision.sent_at = now
    revision.sent_by_id = account_id
    revision.status = SubmissionStatus.SUBMITTED
    change = (SubmissionStatus.DRAFT, SubmissionStatus.SUBMITTED)
    audit.record(session, account_id, Deed.SEND, now, unit_id=place.unit.id, revision_id=revision.id, change=change)
    session.flush()


def _receipt(
    session: Session, known: Snapshot, place: Place, submission: t.Submission, revision: t.Revision, filled: int
) -> Receipt:
    if revision.sent_at is None or revision.digest is None:
        raise ValueError("a sent revision carries its moment and its digest")
    today = in_vietnam(revision.sent_at).date()
    reviewer = reviewing_unit(known.tree, submission.reporter_id, place.period, today)
    return Receipt(
        revision.id, revision.number, revision.version, unit_ref(known.tree, place.unit.id, place.period.last_day),
        place.form, place.period, revision.sent_at,
        load_names(session, (revision.sent_by_id,)).get(revision.sent_by_id),
        None if reviewer is None else unit_ref(known.tree, reviewer, today), filled, revision.digest,
    )  # fmt: skip
