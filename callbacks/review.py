"""Deciding on what was sent: approve it, or return it with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from dash import Dash, Input, Output, State
from dash.development.base_component import Component

from auth.policy import Permission
from callbacks import guard
from callbacks.waiting import waiting_for
from data import clock
from data.refusals import NotFound
from data.scope import Scope
from data.snapshot import get_snapshot
from data.submissions import review as reviews
from data.submissions.outcomes import Decision
from data.wording import _
from layouts import review
from layouts.ids.review import ReviewId

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

# The outcome above the report, and what stands in place of the buttons.
Drawn = tuple[Component, list[Component]]


def bind_all(app: Dash) -> None:
    """Two buttons, one outcome, which also takes the place of the buttons."""
    guard.bind(
        app,
        approve,
        [
            Output(ReviewId.OUTCOME, "children", allow_duplicate=True),
            Output(ReviewId.DECIDE, "children", allow_duplicate=True),
        ],
        Input(ReviewId.APPROVE, "n_clicks"),
        state=[State(ReviewId.REVISION, "data")],
        permission=Permission.SUBMISSION_REVIEW,
        writes=True,
        running=[(Output(ReviewId.APPROVE, "disabled"), True, False)],
    )
    guard.bind(
        app,
        send_back,
        [
            Output(ReviewId.OUTCOME, "children", allow_duplicate=True),
            Output(ReviewId.DECIDE, "children", allow_duplicate=True),
        ],
        Input(ReviewId.RETURN, "n_clicks"),
        state=[State(ReviewId.REVISION, "data"), State(ReviewId.REASON, "value")],
        permission=Permission.SUBMISSION_REVIEW,
        writes=True,
        running=[(Output(ReviewId.RETURN, "disabled"), True, False)],
    )


def view(session: Session, scope: Scope, query: Mapping[str, str]) -> Component:
    """`/review`: what waits, or one report where the address names it."""
    today = clock.today()
    if "revision" not in query:
        return review.waiting_page(waiting_for(session, scope), get_snapshot(session).illustrative)
    return review.review_page(reviews.get_for_review(session, scope, _number(query["revision"]), today))


def waiting(session: Session, scope: Scope) -> int:
    """How many reports wait for the reader, for the header."""
    return len(waiting_for(session, scope))


def approve(session: Session, scope: Scope, clicks: int | None, revision_id: object) -> Drawn:
    """Approves the report that the page shows."""
    return _drawn(reviews.approve(session, scope, _number(revision_id), clock.now()))


def send_back(session: Session, scope: Scope, clicks: int | None, revision_id: object, reason: object) -> Drawn:
    """Returns the report that the page shows, with the reason that was typed."""
    text = reason if isinstance(reason, str) else ""
    return _drawn(reviews.return_with_reason(session, scope, _number(revision_id), text, clock.now()))


def _drawn(decision: Decision) -> Drawn:
    return review.decided(decision), review.closed_column(decision)


def _number(value: object) -> int:
    # Whatever cannot be the number of a report is answered as a report that does not exist.
    text = str(value)
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise NotFound(_("There is no such report waiting for you."))
    return int(text)
