"""The first page: gathers what waits for the reader, and where their unit stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from dash.development.base_component import Component

from auth.policy import Permission
from callbacks import guard
from callbacks.waiting import waiting_for
from data import clock
from data.comparisons.place import home_of
from data.comparisons.query import ComparisonQuery
from data.comparisons.standing import standing_periods, where_we_stand
from data.scope import Scope
from data.snapshot import Snapshot, get_snapshot
from data.submissions.due import list_due
from data.submissions.outcomes import ChildrenProgress
from data.submissions.places import has_closed
from data.submissions.progress import count_children
from data.submissions.reports import list_reports
from data.units.tree import Unit
from data.wording import _
from data.wording.units import dated, unit_title
from layouts import home
from layouts.components.addresses import unit_address
from layouts.standing import Standing

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

MOST_REPORTS = 8


def view(session: Session, scope: Scope, query: Mapping[str, str]) -> Component:
    """`/`: what is due, what came back, what waits, how far the units below are, where we stand."""
    today, snapshot = clock.today(), get_snapshot(session)
    # Whoever is let in holds a role somewhere: the highest unit at which they do is theirs.
    unit = home_of(snapshot.tree, scope)
    tasks = _tasks(session, unit)
    standing = _standing(session, snapshot)
    ways = () if tasks.any_task else _ways(snapshot, unit)
    return home.home_page(_place(unit), today, tasks, standing, ways, snapshot.illustrative)


def _place(unit: Unit | None) -> str:
    if unit is None:
        return _("no role")
    state = unit.state(clock.today())
    return dated(unit_title(state.kind, state.name), None, unit.closed_on)


def _tasks(session: Session, unit: Unit | None) -> home.Tasks:
    today = clock.today()
    writing, reviewing = guard.also(Permission.SUBMISSION_WRITE), guard.also(Permission.SUBMISSION_REVIEW)
    any_task = bool(writing.grants or reviewing.grants)
    closed = unit is not None and has_closed(unit, today)
    chasing = reviewing if reviewing.grants else writing
    # Who has tasks finds the reports that were sent behind "submit"; a closed unit and a mere reader have no tasks.
    reading = guard.also(Permission.RESULT_READ) if closed or not any_task else Scope(None, frozenset())
    return home.Tasks(
        due=list_due(session, writing, today) if writing.grants else (),
        waiting=waiting_for(session, reviewing) if reviewing.grants else (),
        children=count_children(session, chasing, today) if chasing.grants else ChildrenProgress(()),
        reports=list_reports(session, reading, today, MOST_REPORTS),
        closed_on=unit.closed_on if unit is not None and closed else None,
        any_task=any_task,
        enters=bool(writing.grants),
    )


def _standing(session: Session, snapshot: Snapshot) -> Standing | None:
    """The standing of the unit from which the reader compares; None where they may not, or nothing is approved."""
    comparing, today = guard.also(Permission.RESULT_COMPARE), clock.today()
    unit = home_of(snapshot.tree, comparing)
    if unit is None:
        return None
    periods = standing_periods(unit, today)
    found = where_we_stand(session, comparing, unit.key, snapshot.catalogue.headline(), periods)
    return None if found is None else Standing(found, _compare(ComparisonQuery(found.period)))


def _ways(snapshot: Snapshot, unit: Unit | None) -> tuple[home.Way, ...]:
    """Where a reader without tasks may want to go: comparisons by programme, the unit's page, help."""
    found: list[home.Way] = []
    if unit is not None and guard.also(Permission.RESULT_COMPARE).grants:
        found.append(home.Way(_("Main indicators compared"), "/compare"))
        programmes = sorted(snapshot.catalogue.programmes.values(), key=lambda one: one.position)
        for programme in programmes:
            if snapshot.catalogue.of_programme(programme.key):
                text = f"{programme.key} · {programme.name}"
                found.append(home.Way(text, _compare(ComparisonQuery(programme=programme.key))))
        found.append(home.Way(_("All years of the unit"), unit_address(unit.key)))
    return (*found, home.Way(_("Help: signs, roles, how reporting runs"), "/help"))


def _compare(query: ComparisonQuery) -> str:
    words = urlencode(query.to_args())
    return f"/compare?{words}" if words else "/compare"
