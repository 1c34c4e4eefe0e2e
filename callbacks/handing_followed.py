"""What became of targets that were handed down: for those who give them and for those who look on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from dash.development.base_component import Component

from auth.policy import Permission
from callbacks import guard
from callbacks.handing_controls import controls_of
from data import clock
from data.handing.following import get_following
from data.handing.place import find_handing_place, parents_of
from data.handing.query import HandingQuery
from data.refusals import Refusal
from data.scope import Scope
from data.snapshot import get_snapshot
from data.wording import _
from layouts.handing.following import following_page
from layouts.handing.page import refused_page

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def offered(session: Session, scope: Scope) -> bool:
    """Whether the reader looks after a unit that has others below it; a commune's officer does not."""
    tree, today = get_snapshot(session).tree, clock.today()
    return any(tree.children(one.id, today) for one in parents_of(tree, scope, today))


def check(session: Session, scope: Scope, query: Mapping[str, str]) -> None:
    """Raises NotFound or Invalid for an address that names what does not exist or lies outside the reader's reach."""
    find_handing_place(get_snapshot(session), scope, HandingQuery.from_args(query), clock.today())


def view(session: Session, scope: Scope, query: Mapping[str, str]) -> Component:
    """`/followed`: what was given, what each unit set for itself, and what it has reached."""
    snapshot, today = get_snapshot(session), clock.today()
    try:
        asked = HandingQuery.from_args(query)
        place = find_handing_place(snapshot, scope, asked, today)
    except Refusal as refusal:
        controls = controls_of(snapshot, scope, HandingQuery(), None, today)
        return refused_page(_("Orientation, given, reached"), str(refusal), controls, snapshot.illustrative)
    found = get_following(session, scope, asked, None, today)
    words = {**asked.to_args(), "unit": found.parent.unit.key, "year": str(found.year)}
    setting = guard.also(Permission.TARGET_SET)
    gives = found.parent.unit in parents_of(snapshot.tree, setting, today)
    return following_page(found, controls_of(snapshot, scope, asked, place, today), words, gives=gives)
