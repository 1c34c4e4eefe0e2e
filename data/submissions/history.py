"""What happened to a submission, from the audit trail, in words."""

from collections.abc import Mapping
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from data import tables as t
from data.submissions.model import HistoryLine
from data.wording import N_, _


class Deed(StrEnum):
    """The audit trail's words for what is done to a submission."""

    OPEN = "submission.open"
    SAVE = "submission.save"
    ENTER_FOR = "submission.enter_for"
    TAKE_OVER = "submission.take_over"
    CARRY = "submission.carry_over"
    SEND = "submission.send"
    APPROVE = "submission.approve"
    RETURN = "submission.return"


_SENTENCES = {
    Deed.OPEN: N_("opened the form"),
    Deed.ENTER_FOR: N_("entered in place of the unit"),
    Deed.TAKE_OVER: N_("went on with what the unit above had entered for it"),
    Deed.CARRY: N_("took over numbers from the draft of a closed unit"),
    Deed.SEND: N_("sent the report"),
    Deed.APPROVE: N_("approved the report"),
    Deed.RETURN: N_("returned the report"),
}


def list_history(session: Session, numbers: Mapping[int, int]) -> tuple[HistoryLine, ...]:
    """Every deed but the single saves, the first one first. `numbers` maps the revisions' ids to their numbers."""
    if not numbers:
        return ()
    a = t.AuditLine
    rows = session.execute(
        select(a.at, a.action, t.Account.display_name, a.revision_id, a.from_status, a.to_status, a.reason)
        .outerjoin(t.Account, t.Account.id == a.account_id)
        .where(a.revision_id.in_(numbers), a.action.in_([deed.value for deed in _SENTENCES]))
        .order_by(a.at, a.id)
    )
    return tuple(
        HistoryLine(at, action, _(_SENTENCES[Deed(action)]), who, numbers[revision_id or 0], before, after, reason)
        for at, action, who, revision_id, before, after, reason in rows
    )
