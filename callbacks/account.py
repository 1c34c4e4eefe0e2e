"""The page of one's own account."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from dash.development.base_component import Component

from auth.passwords import SHORTEST
from auth.principal import HeldRole
from callbacks import guard
from data import clock
from data.numbers import format_date
from data.scope import Scope
from data.snapshot import get_snapshot
from data.units.tree import UnitTree
from data.wording import Language, _
from data.wording.units import acting_name, capitalised, dated, role_name, unit_title
from layouts import account

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def view(session: Session, scope: Scope, query: Mapping[str, str]) -> Component:
    """Who is signed in, the roles held today, and the forms for password and language."""
    asking, today, snapshot = guard.principal(), clock.today(), get_snapshot(session)
    held = [_held(snapshot.tree, role) for role in asking.roles if role.holds_on(today)]
    return account.view(
        asking.display_name,
        asking.username,
        held,
        Language(asking.language),
        SHORTEST,
        changed=query.get("said") == "changed",
        illustrative=snapshot.illustrative,
    )


def _held(tree: UnitTree, held: HeldRole) -> account.Held:
    unit = tree.units[held.unit_id]
    state = unit.state(clock.today())
    name = dated(acting_name(state.kind, unit_title(state.kind, state.name)), None, unit.closed_on)
    since = _("since {day}").format(day=format_date(held.from_on))
    if held.to_on is not None:
        since = _("from {start} to {end}").format(start=format_date(held.from_on), end=format_date(held.to_on))
    return account.Held(capitalised(role_name(held.role)), name, since)
