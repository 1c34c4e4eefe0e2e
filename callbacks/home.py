"""The first page: gathers what waits for the reader."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from dash.development.base_component import Component
from data.submissions.due import list_due
from data.submissions.progress import count_children
from data.submissions.waiting import list_waiting

from auth.policy import Permission
from callbacks import guard
from data import clock
from data.scope import Scope
from data.snapshot import Snapshot, get_snapshot
from data.submissions.outcomes import ChildrenProgress
from data.wording import _
from data.wording.units import unit_title
from layouts import home

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def view(session: Session, scope: Scope, query: Mapping[str, str]) -> Component:
    """`/`: what is due, what came back, what waits, how far the units below are, where we stand."""
    today, snapshot = clock.today(), get_snapshot(session)
    return home.home_page(_place(snapshot), today, _tasks(session, snapshot), None, snapshot.illustrative)


def _place(snapshot: Snapshot) -> str:
    unit_id = guard.principal().home_unit_id
    if unit_id is None:
        return _("no role")
    state = snapshot.tree.units[unit_id].state(clock.today())
    return unit_title(state.kind, state.name)


def _tasks(session: Session, snapshot: Snapshot) -> home.Tasks:
    today = clock.today()
    writing, reviewing = guard.also(Permission.SUBMISSION_WRITE), guard.also(Permission.SUBMISSION_REVIEW)
    unit_id = guard.principal().home_unit_id
    return home.Tasks(
        list_due(session, writing, today) if writing.grants else (),
        list_waiting(session, reviewing, today) if reviewing.grants else (),
        count_children(session, reviewing, today) if reviewing.grants else ChildrenProgress(()),
        snapshot.tree.units[unit_id].closed_on if unit_id is not None else None,
    )
