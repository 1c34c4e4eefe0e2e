"""What waits for the reader's decision, which a page and the header around it both say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data import clock
from data.scope import Scope
from data.submissions.outcomes import WaitingForm
from data.submissions.waiting import list_waiting

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def waiting_for(session: Session, scope: Scope) -> list[WaitingForm]:
    """`list_waiting`, asked once for each page that is drawn: its unit of work reads only, so nothing changes in it."""
    asked = ("waiting", scope, clock.today())
    if asked not in session.info:
        session.info[asked] = list_waiting(session, scope, clock.today())
    found: list[WaitingForm] = session.info[asked]
    return found
