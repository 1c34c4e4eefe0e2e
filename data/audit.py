"""The audit trail: who did what, when, written in the same transaction as the deed."""

import json
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from data import tables as t
from data.kinds import SubmissionStatus


def record(
    session: Session,
    account_id: int | None,
    action: str,
    at: datetime,
    *,
    unit_id: int | None = None,
    revision_id: int | None = None,
    change: tuple[SubmissionStatus, SubmissionStatus] | None = None,
    reason: str | None = None,
    detail: dict[str, object] | None = None,
) -> None:
    """Adds one line. `change` is a status transition, which the schema checks against the allowed pairs."""
    before, after = change or (None, None)
    session.add(
        t.AuditLine(
            at=at,
            account_id=account_id,
            action=action,
            unit_id=unit_id,
            revision_id=revision_id,
            from_status=before,
            to_status=after,
            reason=reason,
            detail=json.dumps(detail, ensure_ascii=False, sort_keys=True) if detail else None,
        )
    )


REFUSED = "refused"


def record_refusal(session: Session, account_id: int, what: str, at: datetime, where: dict[str, object]) -> None:
    """The account was refused `what`: one line for each account, refusal and hour (UTC), about the first of them.

    A script that knocks all night leaves a line an hour and not a full disk; two requests at the very same moment may
    leave one each.
    """
    hour = at.replace(minute=0, second=0, microsecond=0)
    a = t.AuditLine
    details = session.scalars(select(a.detail).where(a.at >= hour, a.account_id == account_id, a.action == REFUSED))
    if any(json.loads(detail).get("what") == what for detail in details if detail):
        return
    record(session, account_id, REFUSED, at, detail={**where, "what": what})
