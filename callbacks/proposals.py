"""Roles that are to follow their unit: whoever keeps accounts at the successor gives them, or does not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from dash import Dash, Input, Output, State
from dash.development.base_component import Component

from auth.policy import Permission
from callbacks import guard
from data import clock
from data.refusals import NotFound
from data.scope import Scope
from data.snapshot import get_snapshot
from data.units.changes.proposals import decide_proposal, list_proposals
from data.wording import _
from layouts.changes import proposals
from layouts.ids.change import ProposalId

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def bind_all(app: Dash) -> None:
    """Two buttons; what was decided takes their place."""
    for handler, button in ((give, ProposalId.ACCEPT), (decline, ProposalId.DECLINE)):
        guard.bind(
            app,
            handler,
            Output(ProposalId.DECIDE, "children", allow_duplicate=True),
            Input(button, "n_clicks"),
            state=[State(ProposalId.NUMBER, "data")],
            permission=Permission.ACCOUNT_MANAGE,
            writes=True,
            running=[(Output(button, "disabled"), True, False)],
        )


def view(session: Session, scope: Scope, query: Mapping[str, str]) -> Component:
    """`/proposals`: what waits, or one proposal where the address names it."""
    waiting_, illustrative = list_proposals(session, scope, clock.today()), get_snapshot(session).illustrative
    if "id" not in query:
        return proposals.proposals_page(waiting_, illustrative)
    wanted = _number(query["id"])
    for one in waiting_:
        if one.id == wanted:
            return proposals.proposal_page(one, illustrative)
    raise NotFound(_("There is no such proposal within your reach."))


def waiting(session: Session, scope: Scope) -> int:
    """How many wait for the reader, for the header."""
    return len(list_proposals(session, scope, clock.today()))


def give(session: Session, scope: Scope, clicks: int | None, number: object) -> Component:
    """The account holds the role at the successor."""
    one = decide_proposal(session, scope, _number(number), accept=True, now=clock.now())
    return proposals.decided(one, accepted=True)


def decline(session: Session, scope: Scope, clicks: int | None, number: object) -> Component:
    """The account does not hold the role there."""
    one = decide_proposal(session, scope, _number(number), accept=False, now=clock.now())
    return proposals.decided(one, accepted=False)


def _number(value: object) -> int:
    # Whatever cannot be the number of a proposal is answered as one that does not exist.
    text = str(value)
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise NotFound(_("There is no such proposal within your reach."))
    return int(text)
