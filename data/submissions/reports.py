"""The reports that a unit has sent, for those who may read them: its own, and those that it sent for old areas."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from data import tables as t
from data.catalogue.model import Form
from data.kinds import SubmissionStatus
from data.periods import Period
from data.scope import Scope
from data.snapshot import get_snapshot
from data.submissions.model import UnitRef
from data.submissions.places import has_closed, unit_ref

MOST = 60


@dataclass(frozen=True, slots=True)
class SentReport:
    """A report as it was last sent. `status` is that of its last revision that left the unit.

    `correctable`: the unit still exists and the report does not wait, so its writer may open it again by typing.
    """

    unit: UnitRef
    form: Form
    period: Period
    status: SubmissionStatus
    sent_at: datetime | None
    correctable: bool


def list_reports(session: Session, scope: Scope, today: date, most: int = MOST) -> list[SentReport]:
    """What the units at which the reader's roles are held have sent, the latest period first; at most so many.

    The scope is that of reading results.
    """
    held = {grant.unit_id for grant in scope.grants}
    if not held:
        return []
    known = get_snapshot(session)
    s, r = t.Submission, t.Revision
    rows = session.execute(
        select(s.unit_id, s.form_id, s.period, s.reporter_id, r.status, r.sent_at)
        .join(r, r.submission_id == s.id)
        .where(or_(s.unit_id.in_(held), s.reporter_id.in_(held)), r.status != SubmissionStatus.DRAFT)
        .order_by(r.number)
    )
    latest = {(row.unit_id, row.form_id, row.period): row for row in rows}
    ordered = sorted(latest.values(), key=lambda row: (Period(row.period), row.unit_id, row.form_id), reverse=True)
    return [
        SentReport(
            unit_ref(known.tree, row.unit_id, Period(row.period).last_day),
            known.catalogue.forms[row.form_id],
            Period(row.period),
            row.status,
            row.sent_at,
            row.status is not SubmissionStatus.SUBMITTED and not has_closed(known.tree.units[row.reporter_id], today),
        )
        for row in ordered[:most]
    ]
