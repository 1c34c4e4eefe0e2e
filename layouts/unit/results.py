"""How a unit stands: the table of all definitions, with the controls above it and the evidence beside it."""

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlencode

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from data.comparisons.unit_display import METHOD
from data.comparisons.unit_model import UnitTable
from data.numbers import format_date, format_moment, format_number
from data.wording import _
from data.wording.periods import period_name
from layouts.comparison.controls import Choice
from layouts.comparison.page import legend
from layouts.components.aria import aria
from layouts.ids.unit import UnitId
from layouts.unit.boundaries import unit_query_address
from layouts.unit.lines import lines_grid


def controls(table: UnitTable, periods: Sequence[Choice]) -> list[Component]:
    """The period, and whether the unit is ranked among its peers."""
    options = [{"value": choice.value, "label": choice.label} for choice in periods]
    select = dbc.Select(id=UnitId.PERIOD, options=options, value=table.period.code)
    ranked = table.query.ranks
    words = _("Hide the ranks") if ranked else _("Rank among peers")
    found: list[Component] = [
        html.Div([html.Label(_("Period"), htmlFor=UnitId.PERIOD), select], className="field"),
        dcc.Location(id=UnitId.ADDRESS, refresh="callback-nav"),
    ]
    if table.peers > 1:
        address = unit_query_address(table.query.with_ranks(not ranked))
        found.append(dcc.Link(words, href=address, className="button ranks"))
    return found


def actions(table: UnitTable) -> list[Component]:
    """The same table as a file, in which there are no other boundaries to choose."""
    asked = urlencode(replace(table.query, boundaries="").to_args())
    links = [
        html.A(label, href=f"/export/unit.{kind}?{asked}", className="dropdown-item")
        for kind, label in (("xlsx", _("Excel workbook (.xlsx)")), ("csv", _("Text for other programs (.csv)")))
    ]
    summary = html.Summary(_("Export"), className="btn main")
    return [html.Details([summary, html.Div(links, className="panel")], className="menu at-end")]


def results(table: UnitTable, *, has_targets: bool) -> Component:
    """The table with what it is, its signs, and the way to the other parts of the page."""
    title = _("Results against the plan · {period}").format(period=period_name(table.period))
    heading = html.H2(title, id=UnitId.RESULTS_PART)
    if not table.lines:
        said = _("When this period ended, the unit was not within your reach.")
        return html.Section([heading, html.P(said, className="notice")], className="unit-results")
    aside = html.Aside(
        id=UnitId.EVIDENCE,
        className="side",
        tabIndex=-1,
        **aria(live="polite", label=_("What stands behind a number")),
    )
    hint = _("Choose a line to see what stands behind its result; a target leads to its law.")
    below: list[Component] = [html.P(hint, className="hint"), *_method(table), legend()]
    return html.Section(
        [
            html.Div([heading, _parts(has_targets=has_targets)], className="results-head"),
            html.P(_under(table), className="soft"),
            html.Div([html.Div([lines_grid(table, title), *below]), aside], className="comparison"),
        ],
        className="unit-results",
    )


def _parts(*, has_targets: bool) -> Component:
    """Links to what stands further down on the page."""
    places = [(UnitId.YEARS_PART, _("Years"))]
    if has_targets:
        places.append((UnitId.TARGETS_PART, _("Targets by document")))
    links = [html.A(text, href=f"#{place.value}") for place, text in places]
    return html.Nav(links, className="boundaries", **aria(label=_("Further down on this page")))


def _under(table: UnitTable) -> str:
    with_value = sum(line.cell.value is not None for line in table.lines)
    said = [
        _("indicators: {count}, with a result: {valued}").format(count=len(table.lines), valued=with_value),
        _("boundaries of {day}").format(day=format_date(table.boundaries)),
    ]
    if table.query.ranks:
        said.append(_("peers of the same level and parent: {count}").format(count=format_number(table.peers - 1)))
    if table.as_of is not None:
        said.append(_("updated {moment}").format(moment=format_moment(table.as_of)))
    return " · ".join(said)


def _method(table: UnitTable) -> list[Component]:
    return [html.P(_(METHOD), className="hint")] if table.query.ranks else []
