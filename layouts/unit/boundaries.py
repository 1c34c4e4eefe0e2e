"""On whose areas a unit's series is read, and where it crosses a change."""

from dataclasses import replace
from urllib.parse import urlencode

from dash import dcc, html
from dash.development.base_component import Component

from data.comparisons.display import cited
from data.comparisons.unit_query import UnitQuery
from data.numbers import format_date
from data.units.breaks import Break
from data.units.page_model import UnitPage
from data.wording import _
from layouts.components.aria import aria


def choice(page: UnitPage, query: UnitQuery) -> Component:
    """As reported, on today's boundaries, or on those of the last day before provinces were merged."""
    days = [("", _("As reported"), page.boundaries is None)]
    for day, name in page.days:
        label = _("Boundaries of today") if name == "today" else _("Boundaries of {day}").format(day=format_date(day))
        days.append((name, label, page.boundaries == day))
    links = [
        dcc.Link(label, href=unit_query_address(replace(query, boundaries=name)), className="on" if on else "off")
        for name, label, on in days
    ]
    return html.Nav(links, className="boundaries", **aria(label=_("Boundaries")))


def unit_query_address(query: UnitQuery) -> str:
    """The page of a unit as the query asks for it."""
    return f"/unit?{urlencode(query.to_args())}"


def breaks(page: UnitPage) -> list[Component]:
    """Each change that the series crosses, with its law."""
    return [html.P([_said(page, one), *_laws(one)], className="notice") for one in page.breaks]


def _said(page: UnitPage, one: Break) -> str:
    day = format_date(one.on)
    if page.boundaries is None:
        text = _("The series breaks on {day}: what was reported before stands under the units of that time.")
        return text.format(day=day)
    text = _("The series of {unit} breaks on {day}: what stands before is the sum of {units}.")
    return text.format(unit=one.into, day=day, units=", ".join(one.made_of))


def _laws(one: Break) -> list[Component | str]:
    laws = "; ".join(cited(law) for law in one.documents)
    return [" ", html.Small(laws)] if laws else []
