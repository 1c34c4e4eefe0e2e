"""Writes the illustrative reports in bulk, by the same steps that the schema asks of everyone.

A revision and its results come in as a draft that knows already when it will be sent and decided; three statements then
take all drafts through SUBMITTED to APPROVED or RETURNED. Each step leaves its line in the audit trail.
"""

import json
from collections.abc import Sequence
from datetime import date, datetime
from operator import itemgetter

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from data import tables as t
from data.demo.moments import Moments, list_moments
from data.demo.rates import Draw
from data.demo.reports import Sheet
from data.demo.years import draws
from data.kinds import Standing, SubmissionStatus
from data.numbers import in_vietnam
from data.submissions.history import Deed
from data.submissions.lookup import Place
from data.submissions.model import CellId
from data.submissions.places import reviewing_unit
from data.submissions.records import StoredCell
from data.submissions.sealing import digest_of
from data.units.tree import UnitTree

RETURN_REASON = (
    "Đề nghị đối khớp số trẻ sinh ra với sổ A0 của cộng tác viên và sổ đăng ký khai sinh của xã, "
    "ghi rõ nguồn số liệu rồi gửi lại."
)
_NUMBER = 1
_STANDING = Standing.FINAL
_DECISIONS = {SubmissionStatus.APPROVED: Deed.APPROVE, SubmissionStatus.RETURNED: Deed.RETURN}
_MADE_UP = json.dumps({"illustrative": True})


def write_reports(session: Session, tree: UnitTree, sheets: Sequence[Sheet], today: date, seed: int) -> None:
    """Writes all reports; the roll-ups are the caller's."""
    submissions = _write_submissions(session, sheets)
    for sheet in sheets:
        moments = list_moments(sheet.statuses, sheet.period, today, _draws_of(sheet, seed))
        rows = [
            _revision(tree, submissions[unit_id, sheet.form.id, sheet.period.code], sheet, number, when)
            for number, (unit_id, when) in enumerate(zip(sheet.unit_ids, moments, strict=True))
        ]
        _add(session, t.Revision, rows)
    revisions = dict(session.execute(select(t.Revision.submission_id, t.Revision.id)).all())
    for sheet in sheets:
        ids = [revisions[submissions[unit_id, sheet.form.id, sheet.period.code]] for unit_id in sheet.unit_ids]
        _add(session, t.Result, _results(sheet, ids))
    _send_and_decide(session)
    _add(session, t.AuditLine, _audit_lines(session))


def _add(session: Session, table: type[t.Base], rows: Sequence[dict[str, object]]) -> None:
    # On the connection the rows go in as they are; the session would first look at every one of a hundred thousand.
    session.connection().execute(insert(table), rows)


def _draws_of(sheet: Sheet, seed: int) -> Draw:
    return draws(seed, sheet.period.year, sheet.period.quarter, len(sheet.period.months))


def _write_submissions(session: Session, sheets: Sequence[Sheet]) -> dict[tuple[int, int, str], int]:
    rows = [
        {"unit_id": unit_id, "form_id": sheet.form.id, "period": sheet.period.code, "reporter_id": unit_id}
        for sheet in sheets
        for unit_id in sheet.unit_ids
    ]
    _add(session, t.Submission, rows)
    s = t.Submission
    found = session.execute(select(s.id, s.unit_id, s.form_id, s.period))
    return {(unit_id, form_id, period): submission_id for submission_id, unit_id, form_id, period in found}


def _revision(tree: UnitTree, submission_id: int, sheet: Sheet, number: int, when: Moments) -> dict[str, object]:
    decides = None
    if when.decided_at is not None:
        decides = reviewing_unit(tree, sheet.unit_ids[number], sheet.period, in_vietnam(when.decided_at).date())
    return {
        "submission_id": submission_id,
        "number": _NUMBER,
        "status": SubmissionStatus.DRAFT,
        "version": 1,
        "illustrative": True,
        "entered_for": False,
        "edited_at": when.edited_at,
        "sent_at": when.sent_at,
        "decided_at": when.decided_at,
        "decided_unit_id": decides,
        "reason": RETURN_REASON if sheet.statuses[number] is SubmissionStatus.RETURNED else None,
        "digest": _digest(tree, sheet, number),
        "in_force": False,
    }


def _digest(tree: UnitTree, sheet: Sheet, number: int) -> str:
    unit, code = tree.units[sheet.unit_ids[number]], sheet.period.code
    cells = {
        CellId(row.element.key, code): StoredCell(value, None, _STANDING)
        for row, value in zip(sheet.form.rows, sheet.values[number].tolist(), strict=True)
    }
    return digest_of(Place(unit, unit, sheet.form, sheet.period, old_area=False, entered_for=False), _NUMBER, cells)


def _results(sheet: Sheet, revision_ids: Sequence[int]) -> list[dict[str, object]]:
    elements = [row.element.id for row in sheet.form.rows]
    return [
        {
            "revision_id": revision_id,
            "element_id": element_id,
            "period": sheet.period.code,
            "standing": _STANDING,
            "value": value,
        }
        for revision_id, values in zip(revision_ids, sheet.values.tolist(), strict=True)
        for element_id, value in zip(elements, values, strict=True)
    ]


def _send_and_decide(session: Session) -> None:
    r = t.Revision
    mine = r.illustrative.is_(True)
    steps = (
        (SubmissionStatus.DRAFT, SubmissionStatus.SUBMITTED, mine, False),
        (SubmissionStatus.SUBMITTED, SubmissionStatus.RETURNED, r.reason.is_not(None), False),
        (SubmissionStatus.SUBMITTED, SubmissionStatus.APPROVED, r.decided_at.is_not(None), True),
    )
    for before, after, which, in_force in steps:
        step = update(r).where(mine, r.status == before, which).values(status=after, in_force=in_force)
        session.execute(step, execution_options={"synchronize_session": False})


def _audit_lines(session: Session) -> list[dict[str, object]]:
    """One line for each step of each report; nobody took it, and the line says so."""
    r, s = t.Revision, t.Submission
    columns = (r.id, s.unit_id, r.status, r.sent_at, r.decided_at, r.reason)
    found = session.execute(select(*columns).join(s, s.id == r.submission_id)).all()
    sent = [
        _line(Deed.SEND, revision_id, unit_id, sent_at, SubmissionStatus.DRAFT, SubmissionStatus.SUBMITTED, None)
        for revision_id, unit_id, _, sent_at, _, _ in found
    ]
    decided = [
        _line(_DECISIONS[status], revision_id, unit_id, decided_at, SubmissionStatus.SUBMITTED, status, reason)
        for revision_id, unit_id, status, _, decided_at, reason in found
        if decided_at is not None
    ]
    return sorted(sent + decided, key=itemgetter("at", "revision_id"))


def _line(
    deed: Deed,
    revision_id: int,
    unit_id: int,
    at: datetime | None,
    before: SubmissionStatus,
    after: SubmissionStatus,
    reason: str | None,
) -> dict[str, object]:
    return {
        "at": at,
        "account_id": None,
        "action": deed,
        "unit_id": unit_id,
        "revision_id": revision_id,
        "from_status": before,
        "to_status": after,
        "reason": reason,
        "detail": _MADE_UP,
    }
