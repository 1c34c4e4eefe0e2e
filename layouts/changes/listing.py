"""All changes of units so far, beside the first step of the next; and one that is to be taken back."""

from collections.abc import Sequence

from dash import dcc, html
from dash.development.base_component import Component

from data.numbers import format_date, format_moment
from data.units.changes.listing import PastChange, ToUndo
from data.units.changes.names import title_on
from data.wording import _
from layouts import shell
from layouts.changes import fields

_MOST = 8


def changes_page(form: Component, changes: Sequence[PastChange], illustrative: bool) -> Component:
    """The first step, and what was changed."""
    heading = shell.title(_("Changes of units"), illustrative)
    under = _("A change of territory closes units and opens others; a new name, kind, code or parent keeps the unit.")
    listed = html.Ol([_entry(one) for one in changes], className="plain-list change-list")
    past = html.Section([html.H2(_("Changes so far")), listed])
    return shell.page(heading, under, content=html.Div([form, past], className="change-columns"))


def _entry(one: PastChange) -> Component:
    day = _("from {day}").format(day=format_date(one.on))
    document = one.document.number or one.document.title if one.document else _("no document")
    lines: list[Component] = [html.H3(f"{day} · {document}")]
    lines += [html.P(line) for line in what_changed(one)]
    made = _("{who}, {moment}").format(who=one.who or _("came with the portal"), moment=format_moment(one.at))
    lines.append(html.P(made, className="soft"))
    if one.undone_by is not None:
        lines.append(html.P(html.Strong(_("Taken back."))))
    elif one.who is not None and not one.never_in_force:
        words = [html.Span(_("Take back")), html.Span(f": {day}", className="visually-hidden")]
        lines.append(dcc.Link(words, href=fields.address(undo=str(one.id)), className="button"))
    return html.Li(lines)


def what_changed(one: PastChange) -> list[str]:
    """The change in a few lines."""
    if one.large:
        return [_("The arrangement of the whole country.")]
    if one.never_in_force:
        return [_("Says of a change made before that it never was in force.")]
    lines = []
    if one.undoes is not None:
        lines.append(_("Takes a change back."))
    for name, units in ((_("Closed"), one.closed), (_("Opened"), one.opened), (_("Restated"), one.restated)):
        if units:
            more = f" (+{len(units) - _MOST})" if len(units) > _MOST else ""
            lines.append(f"{name}: {', '.join(units[:_MOST])}{more}")
    return lines


def undo_page(
    wanted: ToUndo, on: str, shares: Sequence[Sequence[str]], sentences: Sequence[str], illustrative: bool
) -> Component:
    """From which day a change is taken back, and the shares that nobody else knows."""
    change = wanted.change
    heading = shell.title(_("Take a change back"), illustrative)
    own = format_date(change.on)
    own_day = _("From {day}, its own first day: it is recorded that the change never was in force.")
    never = wanted.kept or own_day.format(day=own)
    lines = [html.Li(line) for line in what_changed(change)]
    later = _("From a later day: another change takes it back; its days stay as they were.")
    groups = [_shares(place, wanted, shares) for place in range(len(wanted.shares))]
    form = html.Form(
        [
            *fields.hidden({"undo": str(change.id)}),
            fields.text("on", _("Taken back from"), on, "01/10/2026", 10),
            *groups,
            fields.button(_("See what it does"), "step", "preview", main=True),
        ],
        action=fields.ADDRESS,
        method="GET",
        className="change-form",
    )
    notice = [fields.reasons(sentences)] if sentences else []
    ways = html.Ul([html.Li(never), html.Li(later)])
    return shell.page(heading, _("in force from {day}").format(day=own), content=[*notice, html.Ul(lines), ways, form])


def _shares(place: int, wanted: ToUndo, typed: Sequence[Sequence[str]]) -> Component:
    """The shares of one unit that closes again, in those that come back; asked for only from a later day."""
    unit, older = wanted.shares[place]
    legend = _("On a later day: shares of {unit}").format(unit=title_on(unit, wanted.change.on))
    lines = [
        fields.text(f"s{place + 1}-{number}", title_on(one, wanted.original.eve), said, "1/3 · 0,4 · 40%", 20)
        for number, (one, said) in enumerate(zip(older, typed[place], strict=True), start=1)
    ]
    return html.Fieldset([html.Legend(legend), html.Div(lines, className="several")])
