"""Fields of plain forms whose state stands in the address, so that a link, Back and a reload lose nothing."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from data.kinds import LineageBasis
from data.units.changes.deeds import Deed
from data.units.changes.draft import NONE
from data.wording import N_, _
from layouts.ids.change import ChangeId

ADDRESS = "/changes"
DEEDS = {
    Deed.MERGE: N_("Merge units into one"),
    Deed.SPLIT: N_("Split a unit"),
    Deed.RENAME: N_("Give another name"),
    Deed.KIND: N_("Change the kind: a commune becomes a ward"),
    Deed.CODE: N_("Give another code"),
    Deed.MOVE: N_("Move under another parent"),
    Deed.OPEN: N_("Open a unit that takes over no other"),
    Deed.CLOSE: N_("Close a unit whose area goes to its parent"),
}
BASES = {
    LineageBasis.POPULATION: N_("by population"),
    LineageBasis.AREA: N_("by area"),
    LineageBasis.STATED: N_("as the law states"),
}


def address(**fields: str) -> str:
    """The page with these fields."""
    return f"{ADDRESS}?{urlencode(fields)}" if fields else ADDRESS


def text(name: str, label: str, value: str, hint: str = "", longest: int = 200) -> Component:
    """A line to type in, its name above it."""
    field = dcc.Input(
        id=_id(name), name=name, value=value, type="text", maxLength=longest, autoComplete="off", placeholder=hint
    )
    return html.Div([html.Label(label, htmlFor=_id(name)), field], className="line")


def select(name: str, label: str, options: Sequence[tuple[str, str]], value: str) -> Component:
    """A list to choose from. No choice is written as NONE, for an empty one would show nothing."""
    listed = [{"value": one or NONE, "label": said} for one, said in options]
    field = dbc.Select(id=_id(name), name=name, options=listed, value=value or NONE)
    return html.Div([html.Label(label, htmlFor=_id(name)), field], className="line")


def _id(name: str) -> str:
    """Fields are as many as there are units to describe; each is called by its name in the address."""
    return f"{ChangeId.FIELD}-{name}"


def hidden(fields: Mapping[str, str]) -> list[Component]:
    """What was typed on another step goes along."""
    return [dcc.Input(type="hidden", name=name, value=value) for name, value in fields.items()]


def button(label: str, name: str, value: str, *, main: bool = False, about: str = "") -> Component:
    """A button that sends the form; `about` tells a screen reader of what."""
    more = [html.Span(f": {about}", className="visually-hidden")] if about else []
    look = "main" if main else None
    return html.Button([html.Span(label), *more], type="submit", name=name, value=value, className=look)


def reasons(sentences: Sequence[str]) -> Component:
    """Why it cannot be, one line for each reason; what is typed stays."""
    kept = _("What you typed is kept.")
    lines = html.Ul([html.Li(one) for one in sentences])
    return html.Div([html.P(html.Strong(_("This cannot be done."))), lines, html.P(kept)], className="form-notice back",
                    role="alert")  # fmt: skip
