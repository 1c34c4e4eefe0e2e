"""Roles that are proposed at the successors of closed units, for whoever keeps accounts there."""

from collections.abc import Sequence
from urllib.parse import urlencode

from dash import dcc, html
from dash.development.base_component import Component

from data.numbers import format_date
from data.units.changes.names import title_on
from data.units.changes.proposals import Proposal
from data.wording import _
from data.wording.units import role_name
from layouts import shell
from layouts.ids.change import ProposalId


def proposals_page(proposals: Sequence[Proposal], illustrative: bool) -> Component:
    """Everything that waits for a decision."""
    heading = shell.title(_("Roles to follow"), illustrative)
    under = _("Their unit has closed. They keep reading what it was; you decide whether they go on at its successor.")
    listed: Component = html.Ul([_row(one) for one in proposals], className="plain-list change-list")
    if not proposals:
        listed = html.P(_("No role waits for your decision."))
    return shell.page(heading, under, content=listed)


def _row(one: Proposal) -> Component:
    said = html.P([html.B(one.name), f" ({one.username}) · {words(one)}"])
    words_ = [html.Span(_("Decide")), html.Span(f": {one.name}", className="visually-hidden")]
    return html.Li([said, html.A(words_, href=href(one), className="btn")])


def href(one: Proposal) -> str:
    """The address of one proposal."""
    return "/proposals?" + urlencode({"id": one.id})


def proposal_page(one: Proposal, illustrative: bool) -> Component:
    """One role, and the decision."""
    decide = [
        html.Button(_("Give the role"), id=ProposalId.ACCEPT, type="button", className="btn main"),
        html.Button(_("Do not give it"), id=ProposalId.DECLINE, type="button", className="btn"),
        dcc.Store(id=ProposalId.NUMBER, data=one.id),
    ]
    heading = shell.title(_("Roles to follow"), illustrative)
    said = html.P([html.B(one.name), f" ({one.username}) · {words(one)}"])
    keeps = html.P(_("Whatever you decide, what the unit was stays readable for them."), className="soft")
    return shell.page(heading, _("One role"), content=[said, keeps, html.Div(decide, id=ProposalId.DECIDE)])


def words(one: Proposal) -> str:
    """The role, where it was held, and where it would go on."""
    sentence = _("{role}: {unit} → {successor}, from {day}")
    return sentence.format(
        role=role_name(one.role),
        unit=title_on(one.unit, one.from_on),
        successor=title_on(one.successor, one.from_on),
        day=format_date(one.from_on),
    )


def decided(one: Proposal, *, accepted: bool) -> Component:
    """What was decided, and the way on."""
    said = _("The role is given.") if accepted else _("The role is not given.")
    lines = [html.P(html.Strong(said)), html.P(f"{one.name} · {words(one)}")]
    way_on = html.P(dcc.Link(_("To the next role"), href="/proposals"))
    return html.Div([*lines, way_on], className="form-notice stands", role="status")
