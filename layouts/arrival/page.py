"""The page: for whom and how complete, controls, what follows for each demand, and the parts of an opened indicator."""

from collections.abc import Sequence
from urllib.parse import urlencode

from dash import dcc, html
from dash.development.base_component import Component

from data.arriving.model import Arrival
from data.arriving.sentences import convention_text, having_targets, title_text, under_texts
from data.wording import _
from layouts import shell
from layouts.arrival.tables import answers_table, parts_section
from layouts.components.addresses import followed_address, paths_address
from layouts.components.controls import Control, selects
from layouts.ids.arrival import ArrivalId


def page(
    arrival: Arrival,
    controls: Sequence[Control],
    query: str,
    back: str,
    *,
    follows: bool = False,
    assigns: bool = False,
) -> Component:
    """The answer. `query` is the part of the address that the files are asked for with; `back` leads from an opened
    indicator to all of them; `follows`: the reader sees everything of the units below; `assigns`: sets their targets.
    """
    content: list[Component] = [html.P(convention_text(), className="soft")]
    if arrival.lines and arrival.place.parts and not having_targets(arrival):
        content.append(_nobody_has_any(arrival, assigns=assigns))
    if not arrival.lines:
        content.append(html.P(_("There is nothing to show."), className="soft"))
    else:
        content.append(answers_table(arrival))
    if arrival.opened is not None:
        content += parts_section(arrival, arrival.opened)
        content.append(html.P(dcc.Link(_("All indicators"), href=back)))
    elif arrival.lines:
        content.append(html.P(_("An indicator opens with what each unit adds to the distance."), className="hint"))
    return shell.page(
        shell.title(title_text(arrival), arrival.illustrative),
        " · ".join(under_texts(arrival)),
        [*selects(controls), dcc.Location(id=ArrivalId.ADDRESS, refresh="callback-nav")],
        html.Div(content, className="arrival"),
        [*(_followed(arrival) if follows else []), *_files(query)],
    )


def _nobody_has_any(arrival: Arrival, *, assigns: bool) -> Component:
    """Why nothing follows as long as no unit below has a target, what can be done, and what can be seen meanwhile."""
    unit, year = arrival.place.unit.key, arrival.place.year
    said = _("No unit below has a target of its own for {year}, so that nothing follows yet.").format(year=year)
    ways: list[Component | str] = []
    if assigns:
        hand_down = _("Hand down targets of {year}").format(year=year)
        ways += [dcc.Link(hand_down, href=f"/assign?{urlencode({'unit': unit, 'year': str(year)})}"), " · "]
    ways.append(dcc.Link(_("At the pace of the last years: on the way to 2030"), href=paths_address(unit)))
    return html.P([said, " ", *ways], className="notice")


def refused(sentence: str, controls: Sequence[Control], illustrative: bool) -> Component:
    """The reason why the address cannot be answered, and what can be chosen instead."""
    return shell.page(
        shell.title(_("Arrival"), illustrative),
        _("The address of this page asks for something that cannot be shown."),
        [*selects(controls), dcc.Location(id=ArrivalId.ADDRESS, refresh="callback-nav")],
        html.P(sentence, className="problem", role="alert"),
    )


def _followed(arrival: Arrival) -> list[Component]:
    """The way to what the units below were given and have reached."""
    href = followed_address(arrival.place.unit.key, arrival.place.year)
    return [dcc.Link(_("Orientation, given, reached"), href=href, className="btn")]


def _files(query: str) -> list[Component]:
    links = [
        html.A(label, href=f"/export/arrival.{kind}?{query}".rstrip("?"), className="dropdown-item")
        for kind, label in (("xlsx", _("Excel workbook (.xlsx)")), ("csv", _("Text for other programs (.csv)")))
    ]
    summary = html.Summary(_("Export"), className="btn main")
    return [html.Details([summary, html.Div(links, className="panel")], className="menu at-end")]
