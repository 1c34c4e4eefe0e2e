"""Keeping groups: the list, one group, and what is done with it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from dash import Dash, Input, Output, State, no_update
from dash.development.base_component import Component

from auth.policy import Permission
from callbacks import guard
from data import clock
from data.numbers import parse_date
from data.refusals import Invalid
from data.scope import Scope
from data.units import keeping
from data.units.keeping import Names
from data.units.kept import get_keeping, get_keeping_of
from data.wording import _
from layouts.groups.fields import NO_DOCUMENT
from layouts.groups.listing import listing_page
from layouts.groups.page import body, group_page
from layouts.ids.groups import GroupsId

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

MOST_UNITS = 1000
LONGEST = 400


def bind_all(app: Dash) -> None:
    """A new group leads to its page; every other deed draws the page of its group anew."""
    guard.bind(
        app,
        create,
        Output(GroupsId.ADDRESS, "search"),
        Input(GroupsId.CREATE, "n_clicks"),
        state=[
            State(GroupsId.OF, "data"),
            State(GroupsId.NAME, "value"),
            State(GroupsId.ENGLISH, "value"),
            State(GroupsId.FROM, "value"),
            State(GroupsId.UNITS, "value"),
            State(GroupsId.DOCUMENT, "value"),
        ],
        permission=Permission.GROUP_KEEP,
        writes=True,
        running=[(Output(GroupsId.CREATE, "disabled"), True, False)],
    )
    for handler, button, typed in (
        (rename, GroupsId.RENAME, (GroupsId.NAME, GroupsId.ENGLISH)),
        (add, GroupsId.ADD, (GroupsId.UNITS, GroupsId.FROM)),
        (remove, GroupsId.REMOVE, (GroupsId.LEAVERS, GroupsId.LEAVE_FROM)),
        (close, GroupsId.CLOSE, (GroupsId.CLOSE_FROM,)),
    ):
        guard.bind(
            app,
            handler,
            Output(GroupsId.BODY, "children", allow_duplicate=True),
            Input(button, "n_clicks"),
            state=[State(GroupsId.OF, "data"), *(State(field, "value") for field in typed)],
            permission=Permission.GROUP_KEEP,
            writes=True,
            running=[(Output(button, "disabled"), True, False)],
        )


def view(session: Session, scope: Scope, query: Mapping[str, str]) -> Component:
    """`/groups`: what the reader's unit keeps, or the group that the address names."""
    today, key = clock.today(), query.get("group", "")
    if not key:
        return listing_page(get_keeping(session, scope, query.get("keeper", ""), today))
    kept = get_keeping_of(session, scope, key, today)
    said = _("The group was made.") if query.get("said") == "made" else ""
    return group_page(kept, kept.get(key), said)


def create(
    session: Session,
    scope: Scope,
    clicks: int | None,
    keeper: object,
    name: object,
    english: object,
    from_on: object,
    units: object,
    document: object,
) -> Any:
    """Makes the group and leads to it."""
    if not clicks:
        return no_update
    day, chosen = _day(from_on), _keys(units)
    names = Names(_text(name), _text(english))
    law = "" if document == NO_DOCUMENT else _text(document)
    key = keeping.create_group(session, scope, _text(keeper), names, chosen, law, day, clock.now())
    return "?" + urlencode({"group": key, "said": "made"})


def rename(session: Session, scope: Scope, clicks: int | None, key: object, name: object, english: object) -> Any:
    """Gives the group another name."""
    if not clicks:
        return no_update
    keeping.rename_group(session, scope, _text(key), Names(_text(name), _text(english)), clock.now())
    return _drawn(session, scope, key, _("The group was renamed."))


def add(session: Session, scope: Scope, clicks: int | None, key: object, units: object, from_on: object) -> Any:
    """Adds the ticked units from a day on."""
    if not clicks:
        return no_update
    chosen = _keys(units)
    keeping.add_members(session, scope, _text(key), chosen, _day(from_on), clock.now())
    return _drawn(session, scope, key, _("Units added: {count}.").format(count=len(chosen)))


def remove(session: Session, scope: Scope, clicks: int | None, key: object, units: object, from_on: object) -> Any:
    """Takes the ticked units out from a day on."""
    if not clicks:
        return no_update
    chosen = _keys(units)
    keeping.remove_members(session, scope, _text(key), chosen, _day(from_on), clock.now())
    return _drawn(session, scope, key, _("Units taken out: {count}.").format(count=len(chosen)))


def close(session: Session, scope: Scope, clicks: int | None, key: object, from_on: object) -> Any:
    """Closes the group from a day on."""
    if not clicks:
        return no_update
    keeping.close_group(session, scope, _text(key), _day(from_on), clock.now())
    return _drawn(session, scope, key, _("The group was closed."))


def _drawn(session: Session, scope: Scope, key: object, said: str) -> Component:
    kept = get_keeping_of(session, scope, _text(key), clock.today())
    return body(kept, kept.get(_text(key)), said)


def _text(typed: object) -> str:
    """What was typed; a browser may send anything in its place, which is nothing."""
    return typed[:LONGEST] if isinstance(typed, str) else ""


def _day(typed: object) -> date:
    text = _text(typed)
    try:
        return parse_date(text)
    except ValueError:
        shown = "".join(letter for letter in text[:40] if letter.isprintable())
        raise Invalid(
            _("“{day}” is not a day: write it as 05/12/2025. Nothing was changed.").format(day=shown)
        ) from None


def _keys(ticked: object) -> list[str]:
    """The keys of the ticked units, each once."""
    keys = ticked if isinstance(ticked, list) else []
    if len(keys) > MOST_UNITS or not all(isinstance(key, str) for key in keys):
        raise Invalid(
            _("The page sent something that cannot be read. Nothing was changed; reload the page and try again.")
        )
    return list(dict.fromkeys(keys))
