"""Handing targets down: the page, its running check and proposals, giving, and the history of a cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from dash import ALL as EACH
from dash import Dash, Input, Output, State, no_update
from dash.dependencies import ClientsideFunction
from dash.development.base_component import Component

from auth.policy import Permission
from callbacks import guard
from callbacks.handing_box import HandingBox, Intent, query_of
from callbacks.handing_controls import ALL, NAMES, address_args, controls_of
from callbacks.outbox import read_ids
from data import clock
from data.handing.board import board_at, get_board, given_numbers, parts_of
from data.handing.flags import checks_of, column_goal, column_numbers, flags_of, warnings_of, wrong_of
from data.handing.giving import Order, RefusedHanding, documents_of, give
from data.handing.model import Board, Place
from data.handing.place import find_handing_place
from data.handing.proposals import Hindrance, Unproposed, propose
from data.handing.query import HandingQuery
from data.handing.sentences import hindrance_sentence, problem_sentences, way_sentence
from data.handing.typed import TypedNumbers, number_text, read_numbers
from data.refusals import Invalid, NotFound, Refusal
from data.scope import Scope
from data.snapshot import get_snapshot
from data.targets.versions import list_versions
from data.units.naming import titles
from data.wording import _
from layouts.handing import giving, history
from layouts.handing.cards import check_lines
from layouts.handing.page import Drawing, body, refused_page, sheet_page
from layouts.handing.sheet import place_text, sheet_state
from layouts.ids.handing import CHECK, HandingId

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

NOTHING = HandingQuery()
_CONTROLS = (HandingId.UNIT, HandingId.YEAR, HandingId.PROGRAMME, HandingId.INDICATOR)
Ids = Sequence[Mapping[str, str]]


def bind_all(app: Dash) -> None:
    """The controls write the address; the script sends what was typed to be weighed, or to be given."""
    permission = Permission.TARGET_SET
    guard.bind(
        app,
        choose,
        Output(HandingId.ADDRESS, "search"),
        [Input(control, "value") for control in _CONTROLS],
        # The lists stand on the page of those who only look on as well.
        permission=Permission.RESULT_COMPARE,
    )
    guard.bind(
        app,
        weigh,
        [Output(HandingId.ANSWER, "data"), Output({"type": CHECK, "definition": EACH}, "children")],
        Input(HandingId.BOX, "data"),
        state=[State({"type": CHECK, "definition": EACH}, "id")],
        permission=permission,
    )
    guard.bind(
        app,
        hand_down,
        [Output(HandingId.GIVEN, "data"), Output(HandingId.NOTICE, "children"), Output(HandingId.BODY, "children")],
        Input(HandingId.ORDER, "data"),
        permission=permission,
        writes=True,
    )
    guard.bind(
        app, open_history, Output(HandingId.PANEL, "children"), Input(HandingId.ASKED, "data"), permission=permission
    )
    # Dash runs a callback when its page is drawn only where it has an output: this one never changes.
    for function, store in (
        ("opened", HandingId.STATE),
        ("answered", HandingId.ANSWER),
        ("given", HandingId.GIVEN),
    ):
        code = ClientsideFunction("assign", function)
        guard.bind_client(app, code, Output(store, "id"), Input(store, "data"), prevent_initial_call=False)


def check(session: Session, scope: Scope, query: Mapping[str, str]) -> None:
    """Raises NotFound or Invalid for an address that names what does not exist or lies outside the reader's reach."""
    find_handing_place(get_snapshot(session), scope, HandingQuery.from_args(query), clock.today())


def view(session: Session, scope: Scope, query: Mapping[str, str]) -> Component:
    """`/assign`: the sheet of the address."""
    snapshot, today = get_snapshot(session), clock.today()
    try:
        asked = HandingQuery.from_args(query)
        place = find_handing_place(snapshot, scope, asked, today)
    except Refusal as refusal:
        controls = controls_of(snapshot, scope, NOTHING, None, today)
        return refused_page(_("Hand down targets"), str(refusal), controls, snapshot.illustrative)
    controls = controls_of(snapshot, scope, asked, place, today)
    board = board_at(session, snapshot, scope, place, today)
    return sheet_page(_drawing(session, scope, board, asked, fresh=False), controls)


def choose(session: Session, scope: Scope, *values: object) -> str:
    """The address with what was chosen in the lists."""
    args = {name: value for name, value in zip(NAMES, values, strict=True) if isinstance(value, str) and value != ALL}
    words = urlencode(address_args(get_snapshot(session), args))
    return f"?{words}" if words else ""


def weigh(session: Session, scope: Scope, sent: object, ids: Ids) -> Any:
    """The running check of what was typed; and where a proposal was asked for, the numbers to fill in."""
    ids = read_ids(ids, "definition")
    if sent is None:
        return no_update, [no_update] * len(ids)
    box = HandingBox.read(sent)
    board = get_board(session, scope, box.query, clock.today())
    typed = read_numbers(box.texts)
    filled, said = _proposed(board, box, typed) if box.intent is Intent.FILL else ({}, "")
    numbers = {**typed.numbers, **filled}
    found = checks_of(board, numbers, box.asks)
    lines: list[Any] = []
    for one in ids:
        column = board.column(one["definition"])
        if column is None:
            lines.append(no_update)
            continue
        result, goal = found[column.key]
        lines.append(check_lines(board, column, result, goal, [said] if said and column.key == box.definition else []))
    unread = {place: why for place, why in typed.unread.items() if place not in filled}
    bad = {**unread, **wrong_of(board, numbers, box.asks)}
    answer = {
        "number": box.number,
        "intent": box.intent.value,
        "flags": _flags(flags_of(board, found), bad),
        "fill": {place_text(*place): number_text(number) for place, number in filled.items()},
    }
    return answer, lines


def hand_down(session: Session, scope: Scope, sent: object) -> Any:
    """Gives what was typed, unless something in it cannot be given, or needs to be seen first."""
    if sent is None:
        return no_update, no_update, no_update
    box, now = HandingBox.read(sent), clock.now()
    board, typed = get_board(session, scope, box.query, clock.today()), read_numbers(box.texts)
    if typed.unread:
        return _told(box, _flags({}, typed.unread)), giving.refused(problem_sentences(board, typed.unread)), no_update
    warnings_flags = flags_of(board, checks_of(board, typed.numbers, box.asks))
    order = Order(box.query, typed.numbers, box.asks, box.cited(), box.seen)
    warnings = warnings_of(board, order)
    if warnings and not (box.intent is Intent.ANYWAY and box.warned == _digest(warnings)):
        told = {**_told(box, _flags(warnings_flags, {})), "warned": _digest(warnings)}
        return told, giving.look_first(warnings), no_update
    try:
        given = give(session, scope, order, now)
    except RefusedHanding as refused:
        # What is wrong with the document stands at every cell too, and is said once.
        cells = {place: why for place, why in refused.problems.items() if why not in refused.said}
        said = [*refused.said, *problem_sentences(board, cells)] or [str(refused)]
        flags = _flags(warnings_flags, refused.problems)
        return _told(box, flags), giving.refused(said), no_update
    board = get_board(session, scope, box.query, clock.today())
    drawing = _drawing(session, scope, board, box.query, fresh=True)
    return _told(box, drawing.state["flags"]), giving.was_given(given), body(drawing)


def open_history(session: Session, scope: Scope, sent: object) -> Any:
    """Everything that was ever set for the unit and indicator of a cell."""
    if sent is None:
        return no_update
    if not isinstance(sent, Mapping):
        raise Invalid(_("Choose a row of the table."))
    snapshot, query = get_snapshot(session), query_of(sent.get("query"))
    place = find_handing_place(snapshot, scope, query, clock.today())
    tree = snapshot.tree
    units = (place.parent, *(tree.units[one] for one in place.child_ids))
    unit = next((one for one in units if one.key == sent.get("unit")), None)
    definition = next((one for one in place.definitions if one.key == sent.get("definition")), None)
    if unit is None or definition is None:
        raise NotFound(_("There is no such unit within your reach."))
    # Whoever wrote for a unit that stood under another parent then is not this reader's to know.
    at_home = len({state.parent_id for state in unit.states}) == 1
    versions = list_versions(session, snapshot.targets, unit.id, definition.id, place.year, names=at_home)
    return history.history_panel(titles(tree, [unit.id], place.day)[0], definition, place.year, versions)


def _proposed(board: Board, box: HandingBox, typed: TypedNumbers) -> tuple[dict[Place, Any], str]:
    """The numbers to fill in, and by which method; nothing, and why."""
    column = board.column(box.definition)
    if column is None or box.way is None:
        raise Invalid(_("Choose a row of the table."))
    goal = column_goal(board, column, typed.numbers, box.asks)
    if goal is None:
        return {}, hindrance_sentence(Unproposed(Hindrance.NO_GOAL), board, column)
    held = {} if box.everything else column_numbers(board, column, typed.numbers)
    found = propose(box.way, goal, parts_of(board, column), held)
    if isinstance(found, Unproposed):
        return {}, hindrance_sentence(found, board, column)
    return {(key, column.key): number for key, number in found.items()}, way_sentence(box.way, column, board)


def _drawing(session: Session, scope: Scope, board: Board, query: HandingQuery, *, fresh: bool) -> Drawing:
    """The body of the sheet, with what is given already checked as it stands."""
    numbers = {
        (key, column.key): number for column in board.columns for key, number in given_numbers(board, column).items()
    }
    found = checks_of(board, numbers, {})
    checks = tuple(check_lines(board, one, *found[one.key]) for one in board.columns)
    # The main indicators of a programme may be others once something was given.
    named = {"definitions": ",".join(column.key for column in board.columns)}
    words = {**_full(query, board.parent.unit.key, board.year), **named}
    state = sheet_state(board, words, guard.principal().username, fresh=fresh)
    # What is given and asks for too little goes on saying so.
    state["flags"] = _flags(flags_of(board, found), {})
    return Drawing(board, checks, tuple(documents_of(session, scope, board, clock.today())), state)


def _full(query: HandingQuery, unit: str, year: int) -> dict[str, str]:
    """The arguments with the unit and the year said, whatever day it is then."""
    return {**query.to_args(), "unit": unit, "year": str(year)}


def _told(box: HandingBox, flags: Mapping[str, list[str]]) -> dict[str, Any]:
    return {"number": box.number, "flags": flags}


def _flags(low: Mapping[Place, str], bad: Mapping[Place, str]) -> dict[str, list[str]]:
    """What is said at cells, for the script: what needs to be seen, and what is wrong."""
    found = {place_text(*place): ["low", why] for place, why in low.items()}
    return found | {place_text(*place): ["bad", why] for place, why in bad.items()}


def _digest(warnings: Sequence[str]) -> str:
    """Names exactly these warnings: others have to be seen anew."""
    return sha256("\n".join(warnings).encode()).hexdigest()[:24]
