"""A unit's page, and the list from which a unit is chosen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from dash import Dash, Input, Output, State, no_update
from dash.development.base_component import Component

from auth.policy import Permission
from callbacks import guard
from callbacks.comparison_controls import periods_of
from callbacks.evidence import asked_in, evidence_panel
from callbacks.shell import query_of
from data import clock
from data.comparisons.evidence import get_unit_evidence
from data.comparisons.place import home_of, in_order
from data.comparisons.query import boundaries_of
from data.comparisons.unit_query import UnitQuery
from data.comparisons.unit_table import get_unit_table
from data.refusals import NotFound
from data.scope import Scope
from data.snapshot import Snapshot, get_snapshot
from data.units.naming import title_of
from data.units.page import get_unit_page
from data.units.search import Span, find_units
from data.units.tree import UnitState, UnitTree
from data.wording import _
from layouts.ids.shell import ShellId
from layouts.ids.unit import UnitId
from layouts.unit.listing import Listed, Listing, listing_page
from layouts.unit.page import unit_page

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

MOST_FOUND = 200
LONGEST_WORDS = 60


def bind_all(app: Dash) -> None:
    """The list of periods writes the address; a line of the table asks for its evidence."""
    address = State(ShellId.ADDRESS, "search")
    guard.bind(
        app,
        choose,
        Output(UnitId.ADDRESS, "search"),
        Input(UnitId.PERIOD, "value"),
        state=[address],
        permission=Permission.RESULT_COMPARE,
    )
    guard.bind(
        app,
        explain,
        Output(UnitId.EVIDENCE, "children"),
        Input(UnitId.TABLE, "eventData"),
        state=[address],
        permission=Permission.RESULT_COMPARE,
    )


def view(session: Session, scope: Scope, query: Mapping[str, str]) -> Component:
    """`/unit`: the unit that the address names; else the units below the reader's own, or those found by name."""
    today, snapshot = clock.today(), get_snapshot(session)
    key = query.get("key", "")
    if key:
        asked = UnitQuery.from_args(query)
        found = get_unit_page(session, scope, key, today, boundaries_of(query, today))
        table = get_unit_table(session, scope, asked, today)
        periods = periods_of(snapshot.tree, table.period, today)
        may = guard.also(Permission.TARGET_SET).units(snapshot.tree, today)
        may_set = found.is_open and found.named.unit.id in may
        return unit_page(found, snapshot.catalogue.definitions, table, periods, may_set=may_set)
    return listing_page(list_units(snapshot, scope, query.get("q", ""), today))


def choose(session: Session, scope: Scope, period: object, search: str | None) -> str:
    """The address of the unit's page with the period that was chosen."""
    before = query_of(search)
    chosen = {"period": period if isinstance(period, str) else "", "year": ""}
    return f"?{urlencode(UnitQuery.from_args({**before, **chosen}).to_args())}"


def explain(session: Session, scope: Scope, event: Any, search: str | None) -> Any:
    """What stands behind the result of the line that was chosen, in the table that the address asks for."""
    if event is None:
        return no_update
    asked, definition = UnitQuery.from_args(query_of(search)), asked_in(event, "definition")
    found = get_unit_evidence(session, scope, asked.key, asked.period, definition, clock.today())
    return evidence_panel(session, found)


def list_units(snapshot: Snapshot, scope: Scope, words: str, today: date) -> Listing:
    """The units below the reader's own; with words, every unit within reach that ever had such a name or code."""
    tree, home = snapshot.tree, home_of(snapshot.tree, scope)
    if home is None:
        raise NotFound(_("There is no such unit within your reach."))
    words = words.strip()[:LONGEST_WORDS]
    own = _listed(tree, home.id, today)
    if words:
        search = find_units(tree, scope, words, today, MOST_FOUND)
        found = tuple(_found(tree, span, today) for span in search.spans)
        return Listing(own, words, found, search.total - len(found), snapshot.illustrative)
    below = in_order(tree, tree.children(home.id, home.within_life(today)), today)
    listed = tuple(_listed(tree, one, today) for one in below[:MOST_FOUND])
    return Listing(own, words, listed, len(below) - len(listed), snapshot.illustrative)


def _listed(tree: UnitTree, unit_id: int, today: date) -> Listed:
    """A unit as it is called today, or was on its last day."""
    unit = tree.units[unit_id]
    since = unit.opened_on if unit.opening_known else None
    return _line(tree, unit_id, unit.state(today), since, unit.closed_on)


def _found(tree: UnitTree, span: Span, today: date) -> Listed:
    """A unit as it was called when it had what was searched for; with its present name, where that is another."""
    unit, state = span.unit, span.states[-1]
    now = title_of(tree, unit.id, today) if unit.state(today).name != state.name else ""
    return _line(tree, unit.id, state, span.since, span.until, now, by_code=span.is_code)


def _line(
    tree: UnitTree,
    unit_id: int,
    state: UnitState,
    since: date | None,
    until: date | None,
    now: str = "",
    *,
    by_code: bool = False,
) -> Listed:
    unit, above = tree.units[unit_id], state.parent_id
    day = until or state.from_on
    return Listed(
        unit.key,
        state.name,
        state.kind,
        unit.level,
        state.code or "",
        title_of(tree, above, day) if above is not None else "",
        since,
        until,
        now,
        by_code,
    )
