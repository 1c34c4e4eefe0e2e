"""One kept group: who belongs to it, who did, who will; and what can be done with it."""

from collections.abc import Sequence

from dash import dcc, html
from dash.development.base_component import Component

from data.comparisons.display import cited
from data.numbers import format_date, format_number
from data.units.kept import Keeping, KeptGroup, Member
from data.wording import _
from layouts import shell
from layouts.components.rows import Column, Content, rows_table
from layouts.groups import fields
from layouts.groups.fields import Part
from layouts.groups.listing import compare_href, lifetime
from layouts.ids.groups import GroupsId


def group_page(keeping: Keeping, group: KeptGroup, said: str = "") -> Component:
    """The page in the frame that is drawn anew after each deed; `said` tells what was done."""
    return html.Div(body(keeping, group, said), id=GroupsId.BODY)


def body(keeping: Keeping, group: KeptGroup, said: str = "") -> Component:
    """Members at the left, deeds at the right; of a group that may not be changed any more only the members."""
    told = [html.P(said, className="done", role="status")] if said else []
    open_still = keeping.standing and (group.to_on is None or group.to_on >= keeping.today)
    beside = html.Aside([*_deeds(keeping, group), *_naming(group), *_closing(keeping, group)], className="side keep")
    columns = [html.Div(_members(keeping, group, open_still)), *([beside] if open_still else [])]
    return shell.page(
        shell.title(group.name, keeping.illustrative),
        _under(keeping, group),
        [dcc.Link(_("All groups"), href="/groups", className="button")],
        [*told, html.Div(columns, className="two keeping"), dcc.Store(id=GroupsId.OF, data=group.key)],
        _ways_on(keeping, group),
    )


def _under(keeping: Keeping, group: KeptGroup) -> str:
    said = [_("Competition group kept by {unit}").format(unit=keeping.keeper.title), lifetime(group)]
    if group.document is not None:
        said.append(cited(group.document))
    return " · ".join(said)


def _ways_on(keeping: Keeping, group: KeptGroup) -> Component | None:
    if not group.present(keeping.today):
        return None
    return dcc.Link(_("Compare the members"), href=compare_href(group.key), className="button main")


def _members(keeping: Keeping, group: KeptGroup, open_still: bool) -> list[Component]:
    today = keeping.today
    present, past, to_come = group.present(today), group.past(today), group.to_come(today)
    heading = html.H2(_("Members today: {count}").format(count=format_number(len(present))))
    found: list[Component] = [heading]
    if open_still and (present or to_come):
        found.append(html.Div(_leaving(keeping, present, to_come), className="sheet keep leavers"))
    elif present:
        found.append(_table(present, _("Members today")))
    if not open_still and to_come:
        found += [html.H2(_("To come")), _table(to_come, _("To come"))]
    if not present and not to_come:
        found.append(html.P(_("Nobody belongs to this group today."), className="soft"))
    if past:
        found += [html.H2(_("Former members")), _table(past, _("Former members"))]
    return found


def _leaving(keeping: Keeping, present: Sequence[Member], to_come: Sequence[Member]) -> list[Component]:
    """The members with a box each, and from which day on the ticked ones leave."""
    choices = list({one.unit.key: (one.unit.key, _said(one)) for one in (*to_come, *present)}.values())
    choices.sort(key=lambda choice: [one.unit.key for one in (*present, *to_come)].index(choice[0]))
    return [
        fields.ticks(GroupsId.LEAVERS, _("Members, now and to come"), choices),
        html.Div(
            [
                html.Div(
                    fields.day(GroupsId.LEAVE_FROM, _("They leave from (day)"), keeping.today), className="keep-day"
                ),
                fields.press(GroupsId.REMOVE, _("Take out the ticked units"), main=False),
            ],
            className="keep-row",
        ),
    ]


def _said(one: Member) -> list[Part]:
    since = _("since {day}").format(day=format_date(one.from_on))
    if one.to_on is not None:
        since = _("from {start} to {end}").format(start=format_date(one.from_on), end=format_date(one.to_on))
    return [one.unit.title, html.Small(f" · {since}")]


def _table(members: Sequence[Member], label: str) -> Component:
    columns = (Column(_("Unit")), Column(_("From")), Column(_("Last day")))
    rows: list[list[Content]] = [
        [one.unit.title, format_date(one.from_on), format_date(one.to_on) if one.to_on else ""] for one in members
    ]
    return rows_table(columns, rows, label, "members")


def _deeds(keeping: Keeping, group: KeptGroup) -> list[Component]:
    present = {one.unit.key for one in group.members if one.to_on is None}
    others = [one for one in keeping.candidates if one.unit.key not in present]
    return [
        html.H2(_("Add members")),
        *fields.day(GroupsId.FROM, _("They belong to it from (day)"), max(keeping.today, group.from_on)),
        fields.candidates(others, _("Units directly below")),
        fields.press(GroupsId.ADD, _("Add the ticked units")),
    ]


def _naming(group: KeptGroup) -> list[Component]:
    return [
        html.Hr(),
        html.H2(_("Rename")),
        *fields.names(group.name_vi, group.name_en),
        fields.press(GroupsId.RENAME, _("Rename the group"), main=False),
    ]


def _closing(keeping: Keeping, group: KeptGroup) -> list[Component]:
    if group.to_on is not None:
        return []
    return [
        html.Hr(),
        html.H2(_("Close")),
        *fields.day(GroupsId.CLOSE_FROM, _("It holds nobody from (day)"), keeping.today),
        html.P(_("A closed group stays readable for the days on which it held."), className="soft"),
        fields.press(GroupsId.CLOSE, _("Close the group"), main=False),
    ]
