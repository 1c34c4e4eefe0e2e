"""Carrying a closed unit's draft over into one's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from dash import Dash, Input, Output, State
from dash.development.base_component import Component

from auth.policy import Permission
from callbacks import guard
from data import clock
from data.refusals import Invalid
from data.scope import Scope
from data.snapshot import get_snapshot
from data.submissions.carrying import carry_over, get_carry, list_leftovers
from data.wording import _
from layouts.ids.carrying import CarryId
from layouts.submission import carrying

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_PLACE = ("unit", "form", "period", "from")


def bind_all(app: Dash) -> None:
    """One button; what was copied takes its place."""
    guard.bind(
        app,
        copy,
        Output(CarryId.OUTCOME, "children"),
        Input(CarryId.COPY, "n_clicks"),
        state=[State(CarryId.PLACE, "data")],
        permission=Permission.SUBMISSION_WRITE,
        writes=True,
        running=[(Output(CarryId.COPY, "disabled"), True, False)],
    )


def view(session: Session, scope: Scope, query: Mapping[str, str]) -> Component:
    """`/carry`: both drafts, by one's own unit, the form, the period, and the closed unit; else which there are."""
    if "unit" not in query:
        found_ = list_leftovers(session, scope, clock.today())
        return carrying.leftovers_page(found_, get_snapshot(session).illustrative)
    unit, form, period, older = (query.get(name, "") for name in _PLACE)
    found = get_carry(session, scope, unit, form, period, older, clock.today())
    store: dict[str, object] = {"unit": unit, "form": form, "period": period, "from": older, "version": found.version}
    return carrying.carry_page(found, store, get_snapshot(session).illustrative)


def copy(session: Session, scope: Scope, clicks: int | None, place: object) -> list[Component]:
    """Copies what the page shows into the empty cells."""
    sent = place if isinstance(place, dict) else {}
    unit, form, period, older = (str(sent.get(name, "")) for name in _PLACE)
    version = sent.get("version")
    if isinstance(version, bool) or not isinstance(version, int):
        raise Invalid(_("Open the page again: it does not say which draft it showed."))
    return carrying.carried(carry_over(session, scope, unit, form, period, older, version, clock.now()))
