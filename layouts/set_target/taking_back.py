"""Taking a target back: what it is, why, and the button; and a page that says why a target cannot be changed."""

from collections.abc import Mapping, Sequence

from dash import dcc, html
from dash.development.base_component import Component

from data.wording import _
from layouts import shell
from layouts.components.addresses import set_target_address, target_address
from layouts.components.facts import Fact, facts
from layouts.ids.set_target import SetId
from layouts.set_target import fields


def taking_back_page(about: Sequence[Fact], key: str, illustrative: bool) -> Component:
    """The target as it stands, and why it is taken back."""
    inside = [
        facts(about),
        fields.text(SetId.REASON, _("Why it is taken back"), "", None, longest=400),
        html.Div(
            [
                html.Button(_("Take the target back"), id=SetId.TAKE_BACK, type="button", className="main"),
                dcc.Link(_("Leave it as it is"), href=target_address(key), className="button"),
            ],
            className="set-deeds",
        ),
    ]
    return shell.page(
        shell.title(_("Take a target back"), illustrative),
        _("A target that should not have been entered counts nowhere any more, and stays to be read."),
        content=[
            dcc.Location(id=SetId.ADDRESS, refresh="callback-nav"),
            dcc.Store(id=SetId.MODE, data={"withdraw": key}),
            html.Div(inside, className="sheet keep set-form"),
        ],
    )


def refused_page(sentence: str, mode: Mapping[str, str], illustrative: bool, *, may_adjust: bool = False) -> Component:
    """Why the target cannot be entered, corrected or taken back, and what can be done instead."""
    key = next(iter(mode.values()), "")
    ways = []
    if may_adjust:
        ways.append(
            dcc.Link(_("Adjust by a new document"), href=set_target_address(adjust=key), className="button main")
        )
    ways.append(dcc.Link(_("To the registry of targets"), href="/targets", className="button"))
    return shell.page(
        shell.title(_("Enter a target"), illustrative),
        content=[
            html.P(sentence, className="problem", role="alert"),
            html.Div(ways, className="set-deeds"),
        ],
    )
