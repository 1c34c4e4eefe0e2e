"""Published values: the page, its controls, a value opened; entered, corrected, withdrawn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from dash import Dash, Input, Output, State, no_update
from dash.development.base_component import Component

from auth.policy import Permission
from callbacks import guard
from data import clock
from data.numbers import format_number
from data.published import entering
from data.published.drafts import PublishedDraft, PublishedField, PublishedProblem, RefusedValues
from data.published.page import OpenedValue, get_published_page, is_region, open_value
from data.published.query import PublishedQuery
from data.published.reading import read_draft
from data.refusals import Invalid, Refusal
from data.scope import Scope
from data.wording import _
from layouts.ids.published import PublishedId
from layouts.published.fields import NOTHING
from layouts.published.page import ALL, published_page, refused_page
from layouts.published.panel import value_panel

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_CONTROLS = (PublishedId.DEFINITION, PublishedId.UNIT, PublishedId.YEAR)
_MOST_DIGITS = 9
_NEW = {
    PublishedId.NEW_DEFINITION: PublishedField.DEFINITION,
    PublishedId.NEW_PLACE: PublishedField.UNIT,
    PublishedId.NEW_PERIOD: PublishedField.PERIOD,
    PublishedId.NEW_VALUE: PublishedField.VALUE,
    PublishedId.NEW_STANDING: PublishedField.STANDING,
    PublishedId.NEW_BASIS: PublishedField.BASIS,
    PublishedId.NEW_SOURCE: PublishedField.SOURCE,
    PublishedId.NEW_CONFIDENCE: PublishedField.CONFIDENCE,
    PublishedId.NEW_NOTE: PublishedField.NOTE,
}
_FIX = {
    PublishedId.FIX_VALUE: PublishedField.VALUE,
    PublishedId.FIX_STANDING: PublishedField.STANDING,
    PublishedId.FIX_BASIS: PublishedField.BASIS,
    PublishedId.FIX_SOURCE: PublishedField.SOURCE,
    PublishedId.FIX_CONFIDENCE: PublishedField.CONFIDENCE,
    PublishedId.FIX_NOTE: PublishedField.NOTE,
}
LONGEST = 2000


def bind_all(app: Dash) -> None:
    """The controls write the address, and so does each deed: it leads to the value that it left."""
    guard.bind(
        app,
        choose,
        Output(PublishedId.ADDRESS, "search"),
        [Input(control, "value") for control in _CONTROLS],
        permission=Permission.PUBLISHED_ENTER,
    )
    guard.bind(
        app,
        show_value,
        Output(PublishedId.PANEL, "children"),
        Input(PublishedId.GRID, "eventData"),
        permission=Permission.PUBLISHED_ENTER,
    )
    of, reason = State(PublishedId.OF, "data"), State(PublishedId.REASON, "value")
    for handler, button, state in (
        (enter, PublishedId.ENTER, [State(field, "value") for field in _NEW]),
        (correct, PublishedId.CORRECT, [of, reason, *(State(field, "value") for field in _FIX)]),
        (withdraw, PublishedId.WITHDRAW, [of, reason]),
    ):
        guard.bind(
            app,
            handler,
            Output(PublishedId.ADDRESS, "search", allow_duplicate=True),
            Input(button, "n_clicks"),
            state=state,
            permission=Permission.PUBLISHED_ENTER,
            writes=True,
            running=[(Output(button, "disabled"), True, False)],
        )


def check(session: Session, scope: Scope, query: Mapping[str, str]) -> None:
    """Raises NotFound or Invalid for an address that names what does not exist."""
    get_published_page(session, scope, PublishedQuery.from_args(query))
    _opened(session, scope, query)


def view(session: Session, scope: Scope, query: Mapping[str, str]) -> Component:
    """`/published`: the values that the address asks for, with one of them opened where it names one."""
    try:
        page = get_published_page(session, scope, PublishedQuery.from_args(query))
        opened = _opened(session, scope, query)
    except Refusal as refusal:
        return refused_page(get_published_page(session, scope, PublishedQuery()), str(refusal))
    panel = value_panel(opened) if opened else []
    last = opened.value if opened and query.get("said") == "entered" else None
    return published_page(page, panel, _said(query), last)


def choose(session: Session, scope: Scope, *values: object) -> str:
    """The address with what was chosen in the lists."""
    names = ("definition", "unit", "year")
    args = {name: value for name, value in zip(names, values, strict=True) if isinstance(value, str) and value != ALL}
    words = urlencode(PublishedQuery.from_args(args).to_args())
    return f"?{words}" if words else ""


def show_value(session: Session, scope: Scope, event: Any) -> Any:
    """What stands behind the value whose row was chosen."""
    if event is None:
        return no_update
    asked = event.get("data") if isinstance(event, Mapping) else None
    key = asked.get("target") if isinstance(asked, Mapping) else None
    if not isinstance(key, str):
        raise Invalid(_("Choose a row of the table."))
    return value_panel(open_value(session, scope, _number(key)))


def enter(session: Session, scope: Scope, clicks: int | None, *typed: object) -> Any:
    """Enters one value, and leads to it."""
    if not clicks:
        return no_update
    texts = _texts(dict(zip(_NEW.values(), typed, strict=True)))
    place = texts.pop(PublishedField.UNIT)
    texts[PublishedField.GROUP if is_region(session, place) else PublishedField.UNIT] = place
    draft = _draft(texts)
    (made,) = entering.enter_values(session, scope, [draft], clock.now()).ids
    return _to(made, "entered")


def correct(session: Session, scope: Scope, clicks: int | None, of: object, reason: object, *typed: object) -> Any:
    """Puts another value in the place of the one that the panel shows, and leads to it."""
    if not clicks:
        return no_update
    value = open_value(session, scope, _number(of)).value
    texts = _texts(dict(zip(_FIX.values(), typed, strict=True)))
    place = PublishedField.UNIT if value.unit is not None else PublishedField.GROUP
    texts |= {PublishedField.DEFINITION: value.definition.key, PublishedField.PERIOD: value.period}
    texts[place] = value.place_key
    made = entering.correct_value(session, scope, value.id, _draft(texts), _text(reason), clock.now())
    return _to(made, "corrected")


def withdraw(session: Session, scope: Scope, clicks: int | None, of: object, reason: object) -> Any:
    """Takes back the value that the panel shows, and leads to its history."""
    if not clicks:
        return no_update
    value_id = _number(of)
    entering.withdraw_value(session, scope, value_id, _text(reason), clock.now())
    return _to(value_id, "withdrawn")


def _opened(session: Session, scope: Scope, query: Mapping[str, str]) -> OpenedValue | None:
    asked = query.get("value", "")
    return open_value(session, scope, _number(asked)) if asked else None


def _said(query: Mapping[str, str]) -> str:
    said = query.get("said", "")
    if said == "imported":
        entered, known = (_number(query.get(name, "")) for name in ("entered", "known"))
        if not entered:
            return _("The file says nothing new: all of its values stand already ({known}).").format(
                known=format_number(known)
            )
        return _("Values entered from the file: {entered}; left out since they stand already: {known}.").format(
            entered=format_number(entered), known=format_number(known)
        )
    sentences = {
        "entered": _("The value was entered. The form below starts from it."),
        "corrected": _("The value was corrected; the earlier one stays in the history."),
        "withdrawn": _("The value was withdrawn; it stays in the history."),
    }
    return sentences.get(said, "")


def _to(value_id: int, said: str) -> str:
    return "?" + urlencode({"value": value_id, "said": said})


def _draft(texts: Mapping[PublishedField, str]) -> PublishedDraft:
    """The draft; raises RefusedValues where something of it could not be read."""
    draft, wrong = read_draft(texts)
    if wrong:
        raise RefusedValues([PublishedProblem(0, field, sentence) for field, sentence in wrong])
    return draft


def _texts(typed: Mapping[PublishedField, object]) -> dict[PublishedField, str]:
    return {field: "" if value == NOTHING else _text(value) for field, value in typed.items()}


def _text(typed: object) -> str:
    """What was typed; a browser may send anything in its place, which is nothing."""
    return typed[:LONGEST] if isinstance(typed, str) else ""


def _number(typed: object) -> int:
    """An id or a count; 0, which nothing has, for whatever is none."""
    if isinstance(typed, int) and not isinstance(typed, bool):
        return typed
    text = _text(typed)
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS else 0
