"""Comparing: the page, what its controls change in the address, the evidence of a number, and the picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from dash import ALL, Dash, Input, Output, State, no_update
from dash.development.base_component import Component

from auth.policy import Permission
from callbacks import guard
from callbacks.comparison_controls import GROUP, MAIN, PERIOD_END, RANKS, TICKED, controls_of
from callbacks.evidence import asked_in, evidence_panel
from callbacks.shell import query_of
from data import clock
from data.comparisons.compare import compare, compare_at
from data.comparisons.evidence import get_evidence
from data.comparisons.peers import EmptyGroup, find_peers
from data.comparisons.place import find_place
from data.comparisons.query import LEVELS, ComparisonQuery
from data.kinds import UnitLevel
from data.numbers import format_date, format_number
from data.refusals import Invalid, NotFound, Refusal
from data.scope import Scope
from data.snapshot import Snapshot, get_snapshot
from data.wording import _
from layouts.comparison.controls import COLUMNS_TYPE
from layouts.comparison.page import Refused, WayOut, page
from layouts.comparison.picture import picture
from layouts.ids.comparison import ComparisonId
from layouts.ids.shell import ShellId

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

NOTHING = ComparisonQuery()
# The largest province had 547 communes; the whole country's would be tens of megabytes.
MOST_ROWS = 600


def bind_all(app: Dash) -> None:
    """The controls write the address; the table asks for evidence; a button asks for the picture."""
    address = State(ShellId.ADDRESS, "search")
    guard.bind(
        app,
        choose,
        Output(ComparisonId.ADDRESS, "search", allow_duplicate=True),
        [
            Input(control, "value")
            for control in (
                ComparisonId.PERIOD,
                ComparisonId.BOUNDARIES,
                ComparisonId.LEVEL,
                ComparisonId.WITHIN,
                ComparisonId.PROGRAMME,
            )
        ],
        state=[address],
        permission=Permission.RESULT_COMPARE,
    )
    guard.bind(
        app,
        choose_columns,
        Output(ComparisonId.ADDRESS, "search", allow_duplicate=True),
        Input(ComparisonId.COLUMNS_APPLY, "n_clicks"),
        state=[State({"type": COLUMNS_TYPE, "index": ALL}, "value"), address],
        permission=Permission.RESULT_COMPARE,
    )
    guard.bind(
        app,
        explain,
        Output(ComparisonId.EVIDENCE, "children"),
        Input(ComparisonId.GRID, "eventData"),
        state=[address],
        permission=Permission.RESULT_COMPARE,
    )
    guard.bind(
        app,
        draw,
        Output(ComparisonId.FIGURE, "children"),
        [Input(ComparisonId.FIGURE_DRAW, "n_clicks"), Input(ComparisonId.FIGURE_COLUMN, "value")],
        state=[address],
        permission=Permission.RESULT_COMPARE,
        running=[(Output(ComparisonId.FIGURE_DRAW, "disabled"), True, False)],
    )


def check(session: Session, scope: Scope, query: Mapping[str, str]) -> None:
    """Raises NotFound or Invalid for an address that names what does not exist or lies outside the reader's reach."""
    find_place(get_snapshot(session), scope, ComparisonQuery.from_args(query), clock.today())


def view(session: Session, scope: Scope, query: Mapping[str, str]) -> Component:
    """`/compare`: the table that the address asks for; where that does not exist, the reason and what can be chosen."""
    today, snapshot = clock.today(), get_snapshot(session)
    try:
        asked = ComparisonQuery.from_args(query)
        place = find_place(snapshot, scope, asked, today)
        chosen = controls_of(snapshot, scope, asked, place, today)
        if len(place.unit_ids) > MOST_ROWS:
            return page(Refused(_too_many(len(place.unit_ids)), snapshot.illustrative, as_file=True), chosen)
        return page(compare_at(session, scope, asked, place), chosen)
    except Refusal as refusal:
        usual = find_place(snapshot, scope, NOTHING, today)
        chosen = controls_of(snapshot, scope, NOTHING, usual, today)
        said = Refused(str(refusal), snapshot.illustrative, as_file=False, way_out=_way_out(refusal, query))
        return page(said, chosen)


def choose(
    session: Session,
    scope: Scope,
    period: str | None,
    boundaries: str | None,
    level: str | None,
    within: str | None,
    programme: str | None,
    search: str | None,
) -> str:
    """The address with what was chosen. A unit or a group with nothing of that level gives way to the usual one."""
    before = query_of(search)
    snapshot, chosen = get_snapshot(session), _text(within)
    args = {
        "period": _text(period),
        "boundaries": "" if boundaries == PERIOD_END else _text(boundaries),
        "level": _text(level),
        "within": "" if chosen.startswith(GROUP) else chosen,
        "peers": chosen.removeprefix(GROUP) if chosen.startswith(GROUP) else "",
        "programme": "" if programme in (MAIN, TICKED) else _text(programme),
        "definitions": before.get("definitions", "") if programme == TICKED else "",
    }
    tree, wanted = snapshot.tree, LEVELS.get(args["level"])
    if args["peers"] and wanted is not _level_of_group(snapshot, scope, args["peers"]):
        args["peers"] = ""
    unit = tree.find(args["within"])
    if unit is not None and wanted is not None and scope.covers(tree, unit.id, clock.today()):
        args["within"] = "" if RANKS[unit.level] >= RANKS[wanted] else unit.key
    return _search(args)


def _level_of_group(snapshot: Snapshot, scope: Scope, key: str) -> UnitLevel | None:
    """The level of a group's units; None for a group out of reach, of which nothing is said here."""
    try:
        return find_peers(snapshot, scope, key, clock.today()).level(snapshot.tree)
    except EmptyGroup:
        return snapshot.groups[key].level(snapshot.tree)
    except NotFound:
        return None


def choose_columns(
    session: Session, scope: Scope, clicks: int | None, ticked: Sequence[Any], search: str | None
) -> Any:
    """The address with the columns that were ticked, in place of a programme."""
    if not clicks:
        return no_update
    groups = [group for group in ticked if isinstance(group, list)]
    keys = [key for group in groups for key in group if isinstance(key, str)]
    if not keys:
        raise Invalid(_("Tick at least one column."))
    return _search({**query_of(search), "programme": "", "definitions": ",".join(keys)})


def explain(session: Session, scope: Scope, event: Any, search: str | None) -> Any:
    """What stands behind the number that was chosen, in the table that the address asks for."""
    if event is None:
        return no_update
    unit, definition = asked_in(event, "unit"), asked_in(event, "definition")
    query = ComparisonQuery.from_args(query_of(search))
    return evidence_panel(session, get_evidence(session, scope, query, unit, definition, clock.today()))


def draw(session: Session, scope: Scope, clicks: int | None, column: Any, search: str | None) -> Any:
    """The picture of one column of the table that the address asks for; nothing before someone asks for it."""
    if not clicks:
        return no_update
    if not isinstance(column, str):
        raise Invalid(_("Choose what to draw."))
    asked = ComparisonQuery.from_args({**query_of(search), "definitions": column, "programme": ""})
    return picture(compare(session, scope, asked, clock.today()))


def _way_out(refusal: Refusal, query: Mapping[str, str]) -> WayOut | None:
    """Of a group that is empty on the boundaries asked for: the day on which it is not."""
    if not isinstance(refusal, EmptyGroup):
        return None
    words = _("Show it on the boundaries of {day}").format(day=format_date(refusal.day))
    return WayOut(words, "/compare" + _search({**query, "boundaries": refusal.day.isoformat()}))


def _too_many(count: int) -> str:
    return _(
        "{count} units are too many for one page. Choose a unit to compare within, or take the table away as a file."
    ).format(count=format_number(count))


def _text(chosen: object) -> str:
    """What a list was set to; a browser may send anything in its place, which chooses nothing."""
    return chosen if isinstance(chosen, str) else ""


def _search(args: Mapping[str, str]) -> str:
    """The query part of the address, in its one spelling."""
    words = urlencode(ComparisonQuery.from_args(args).to_args())
    return f"?{words}" if words else ""
