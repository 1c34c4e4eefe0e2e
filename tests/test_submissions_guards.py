"""Promises of the schema itself: what no code, and nobody with a database client, can do to a report."""

import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from data import tables as t
from data.kinds import SubmissionStatus
from tests import worlds
from tests.world_reports import put_report
from tests.worlds import NOW

SENT = [SubmissionStatus.SUBMITTED, SubmissionStatus.RETURNED, SubmissionStatus.APPROVED]
ALLOWED = {
    (SubmissionStatus.DRAFT, SubmissionStatus.SUBMITTED),
    (SubmissionStatus.SUBMITTED, SubmissionStatus.APPROVED),
    (SubmissionStatus.SUBMITTED, SubmissionStatus.RETURNED),
}
FORBIDDEN = [
    (before, after)
    for before in SubmissionStatus
    for after in SubmissionStatus
    if before is not after and (before, after) not in ALLOWED
]


@pytest.fixture(autouse=True)
def world(session: Session) -> None:
    worlds.build(session)


def put(session: Session, status: SubmissionStatus) -> int:
    return put_report(session, worlds.ASH, "quarterly", "2026Q3", status=status, by=worlds.ASH_OFFICER)


@pytest.mark.parametrize(("before", "after"), FORBIDDEN)
def test_the_schema_refuses_every_other_change_of_status(
    session: Session, before: SubmissionStatus, after: SubmissionStatus
) -> None:
    revision_id = put(session, before)
    statement = text("UPDATE revision SET status = :after, reason = 'x', in_force = false WHERE id = :id")
    with pytest.raises(DBAPIError):
        session.execute(statement, {"after": after.value, "id": revision_id})


@pytest.mark.parametrize("status", SENT)
def test_a_revision_cannot_be_born_sent(session: Session, status: SubmissionStatus) -> None:
    put(session, SubmissionStatus.DRAFT)
    statement = text(
        "INSERT INTO revision (submission_id, number, status, version, illustrative, entered_for, edited_at, sent_at,"
        " digest, reason, in_force) SELECT id, 9, :status, 1, false, false, :at, :at, 'x', 'x', false FROM submission"
    )
    with pytest.raises(DBAPIError):
        session.execute(statement, {"status": status.value, "at": NOW})


@pytest.mark.parametrize("status", SENT)
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE result SET value = 1 WHERE revision_id = :id",
        "DELETE FROM result WHERE revision_id = :id",
        "INSERT INTO result (revision_id, element_id, period, standing, value) VALUES (:id, 505, '2026', 'FINAL', 1)",
        "UPDATE revision SET digest = 'another' WHERE id = :id",
        "UPDATE revision SET sent_by_id = NULL WHERE id = :id",
        "UPDATE revision SET number = 7 WHERE id = :id",
        "DELETE FROM revision_editor WHERE revision_id = :id",
    ],
)
def test_what_was_sent_is_sealed(session: Session, status: SubmissionStatus, statement: str) -> None:
    revision_id = put(session, status)
    with pytest.raises(DBAPIError, match="sealed"):
        session.execute(text(statement), {"id": revision_id})


@pytest.mark.parametrize("status", SENT)
def test_what_was_sent_is_kept(session: Session, status: SubmissionStatus) -> None:
    revision_id = put(session, status)
    with pytest.raises(DBAPIError, match="kept"):
        session.execute(text("DELETE FROM revision WHERE id = :id"), {"id": revision_id})


@pytest.mark.parametrize("column", ["sent_by_id", "editor"])
def test_nobody_decides_on_their_own_report_even_past_the_code(session: Session, column: str) -> None:
    revision_id = put(session, SubmissionStatus.SUBMITTED)
    if column == "editor":
        session.execute(insert(t.RevisionEditor).values(revision_id=revision_id, account_id=worlds.MERGED_HEAD.id))
    who = worlds.ASH_OFFICER.id if column == "sent_by_id" else worlds.MERGED_HEAD.id
    statement = text("UPDATE revision SET status = 'APPROVED', decided_by_id = :who, decided_at = :at WHERE id = :id")
    with pytest.raises(DBAPIError):
        session.execute(statement, {"who": who, "at": NOW, "id": revision_id})


def test_a_return_without_a_reason_is_refused(session: Session) -> None:
    revision_id = put(session, SubmissionStatus.SUBMITTED)
    with pytest.raises(DBAPIError):
        session.execute(text("UPDATE revision SET status = 'RETURNED' WHERE id = :id"), {"id": revision_id})


@pytest.mark.parametrize("statement", ["UPDATE audit_line SET reason = 'x'", "DELETE FROM audit_line"])
def test_the_audit_trail_is_neither_changed_nor_deleted(session: Session, statement: str) -> None:
    session.add(t.AuditLine(at=NOW, action="something"))
    session.flush()
    with pytest.raises(DBAPIError, match="audit trail"):
        session.execute(text(statement))


def test_an_audit_line_cannot_tell_of_a_change_that_is_not_allowed(session: Session) -> None:
    line = insert(t.AuditLine).values(
        at=NOW, action="x", from_status=SubmissionStatus.APPROVED, to_status=SubmissionStatus.DRAFT
    )
    with pytest.raises(DBAPIError):
        session.execute(line)


def test_one_report_per_unit_form_and_period(session: Session) -> None:
    put(session, SubmissionStatus.DRAFT)
    statement = text(
        "INSERT INTO submission (unit_id, form_id, period, reporter_id)"
        " SELECT unit_id, form_id, period, reporter_id FROM submission"
    )
    with pytest.raises(DBAPIError):
        session.execute(statement)
