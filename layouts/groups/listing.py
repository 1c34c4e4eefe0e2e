"""The groups that a unit keeps, and a form for one more."""

from urllib.parse import urlencode

from dash import dcc, html
from dash.development.base_component import Component

from data.numbers import format_date, format_number
from data.units.kept import Keeping, KeptGroup
from data.wording import _
from layouts import shell
from layouts.components.rows import Column, Content, rows_table
from layouts.groups import fields
from layouts.ids.groups import GroupsId

MOST_NAMES = 6


def listing_page(keeping: Keeping) -> Component:
    """Every group of the keeper; beside them the form, where the keeper may still make groups."""
    listed = _table(keeping) if keeping.groups else html.P(_("No group is kept yet."), className="soft")
    beside = [html.Aside(_form(keeping), className="side keep")] if keeping.standing else []
    return shell.page(
        shell.title(_("Competition groups"), keeping.illustrative),
        _("Kept by {unit} · {day}").format(unit=keeping.keeper.title, day=format_date(keeping.today)),
        content=[
            dcc.Location(id=GroupsId.ADDRESS, refresh="callback-nav"),
            *_others(keeping),
            html.Div([html.Div([listed, *_no_more(keeping)]), *beside], className="two keeping"),
        ],
    )


def group_href(key: str) -> str:
    """The address of one group."""
    return "/groups?" + urlencode({"group": key})


def compare_href(key: str) -> str:
    """The comparison of those who belong to the group today."""
    return "/compare?" + urlencode({"peers": key, "boundaries": "today"})


def lifetime(group: KeptGroup) -> str:
    """From when until when it holds."""
    start = _("from {day}").format(day=format_date(group.from_on))
    if group.to_on is None:
        return start
    return _("from {start} to {end}").format(start=format_date(group.from_on), end=format_date(group.to_on))


def _others(keeping: Keeping) -> list[Component]:
    """The lists of the other units for which the reader keeps groups."""
    others = [one for one in keeping.keepers if one != keeping.keeper]
    links = [html.Li(dcc.Link(one.title, href="/groups?" + urlencode({"keeper": one.key}))) for one in others]
    return [html.Ul(links, className="plain-list")] if links else []


def _no_more(keeping: Keeping) -> list[Component]:
    if keeping.standing:
        return []
    return [html.P(_("This unit has no units directly below it today, so it makes no new groups."), className="notice")]


def _table(keeping: Keeping) -> Component:
    columns = (Column(_("Group")), Column(_("Members today")), Column(_("Holds")), Column(_("Comparison")))
    rows = [_row(one, keeping) for one in keeping.groups]
    return rows_table(columns, rows, _("Groups kept by {unit}").format(unit=keeping.keeper.title), "groups")


def _row(group: KeptGroup, keeping: Keeping) -> list[Content]:
    present, to_come = group.present(keeping.today), group.to_come(keeping.today)
    said = ", ".join(one.unit.title for one in present[:MOST_NAMES]) + (", …" if len(present) > MOST_NAMES else "")
    members = f"{format_number(len(present))}: {said}" if present else _("none")
    if to_come:
        members += " · " + _("to come: {count}").format(count=format_number(len(to_come)))
    hidden = html.Span(f": {group.name}", className="visually-hidden")
    way: Content = [dcc.Link([_("Compare"), hidden], href=compare_href(group.key))] if present else ""
    return [dcc.Link(group.name, href=group_href(group.key)), members, lifetime(group), way]


def _form(keeping: Keeping) -> list[Component]:
    january = keeping.today.replace(month=1, day=1)
    return [
        html.H2(_("A new group")),
        *fields.names(),
        *fields.day(GroupsId.FROM, _("From (day)"), january),
        html.P(
            _("A comparison takes the members of its boundaries' day, most often a period's last."), className="soft"
        ),
        *fields.document(keeping.documents),
        fields.candidates(keeping.candidates, _("Members")),
        fields.press(GroupsId.CREATE, _("Make the group")),
        dcc.Store(id=GroupsId.OF, data=keeping.keeper.key),
    ]
