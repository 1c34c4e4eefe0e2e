"""Puts reports into the world of `tests.worlds`, past the rules of sending: what the tests start from."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from data import tables as t
from data.kinds import Standing, SubmissionStatus
from tests.world_catalogue import ELEMENTS, FORMS, PLAN_ROWS, QUARTER
from tests.worlds import MINISTRY_REVIEWER, NOW, PLACES, Person

# An element's number in the window of the report's own period, or (element, window) where there are several.
Numbers = Mapping[str, int] | Mapping[tuple[str, str], int]

PLAN_REPORT: dict[tuple[str, str], int] = {
    **{(key, "2025-11M"): 10 * QUARTER[key] for key in PLAN_ROWS if not key.startswith("elderly")},
    **{(key, "2025"): 11 * QUARTER[key] for key in PLAN_ROWS if not key.startswith("elderly")},
    ("elderly", "2025-11M"): 5_000, ("elderly_examined", "2025-11M"): 4_000,
    ("elderly", "2025"): 5_010, ("elderly_examined", "2025"): 4_100,
}  # fmt: skip


def put_report(
    session: Session,
    unit_id: int,
    form: str,
    period: str,
    numbers: Numbers = QUARTER,
    *,
    status: SubmissionStatus = SubmissionStatus.APPROVED,
    reporter_id: int | None = None,
    by: Person | None = None,
    at: datetime = NOW,
    standing: Standing = Standing.FINAL,
    illustrative: bool = False,
    reason: str = "Số liệu chưa khớp",
) -> int:
    """The id of a new revision in that status, in force where it is approved. Roll-ups are left as they were.

    In a plan report the year's window is an ESTIMATE. `by` edited and sent it; the ministry's reviewer decided.
    """
    submission_id = _submission(session, unit_id, form, period, reporter_id or unit_id)
    revision_id = _draft(session, submission_id, by, at, illustrative)
    rows = [
        {"revision_id": revision_id, "element_id": ELEMENTS[element][0], "period": window, "value": value, "note": None,
         "standing": Standing.ESTIMATE if form == "plan" and window != period else standing}
        for (element, window), value in _by_window(numbers, period).items()
    ]  # fmt: skip
    if rows:
        session.execute(insert(t.Result), rows)
    if status is not SubmissionStatus.DRAFT:
        sent = {"sent_at": at, "digest": "0" * 64, "sent_by_id": by and by.id}
        _change(session, revision_id, status=SubmissionStatus.SUBMITTED, **sent)
    if status in (SubmissionStatus.APPROVED, SubmissionStatus.RETURNED):
        approved = status is SubmissionStatus.APPROVED
        if approved:
            old = update(t.Revision).where(t.Revision.submission_id == submission_id, t.Revision.in_force)
            session.execute(old.values(in_force=False))
        decided = {"decided_at": at, "decided_by_id": MINISTRY_REVIEWER.id, "decided_unit_id": PLACES[unit_id].parent}
        why = None if approved else reason
        _change(session, revision_id, status=status, in_force=approved, reason=why, **decided)
    session.expire_all()
    return revision_id


def _by_window(numbers: Numbers, period: str) -> dict[tuple[str, str], int]:
    return {(key, period) if isinstance(key, str) else key: value for key, value in numbers.items()}


def _submission(session: Session, unit_id: int, form: str, period: str, reporter_id: int) -> int:
    s, form_id = t.Submission, FORMS[form][0]
    found = session.scalar(select(s.id).where(s.unit_id == unit_id, s.form_id == form_id, s.period == period))
    if found is None:
        made = s(unit_id=unit_id, form_id=form_id, period=period, reporter_id=reporter_id)
        session.add(made)
        session.flush()
        found = made.id
    return found


def _draft(session: Session, submission_id: int, by: Person | None, at: datetime, illustrative: bool) -> int:
    r = t.Revision
    number = (session.scalar(select(func.max(r.number)).where(r.submission_id == submission_id)) or 0) + 1
    revision = r(
        submission_id=submission_id, number=number, status=SubmissionStatus.DRAFT, version=number, in_force=False,
        illustrative=illustrative, entered_for=False, edited_at=at, edited_by_id=by and by.id,
    )  # fmt: skip
    session.add(revision)
    session.flush()
    if by is not None:
        session.add(t.RevisionEditor(revision_id=revision.id, account_id=by.id))
        session.flush()
    return revision.id


def _change(session: Session, revision_id: int, **values: object) -> None:
    session.execute(update(t.Revision).where(t.Revision.id == revision_id).values(**values))
