"""What the forms of kept groups are made of: a name, a day, units to tick, a button."""

from collections.abc import Sequence
from datetime import date

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from data.comparisons.display import cited
from data.numbers import format_date
from data.targets.register import DocumentInfo
from data.units.keeping import MOST_NAME
from data.units.kept import Candidate
from data.wording import _
from layouts.components.aria import aria
from layouts.ids.groups import GroupsId

Part = Component | str
# A list shows nothing for an empty value; no document has a key with a space.
NO_DOCUMENT = "no document"


def names(vietnamese: str = "", english: str = "") -> list[Component]:
    """The name in both languages."""
    return [
        *_field(GroupsId.NAME, _("Name of the group"), vietnamese, MOST_NAME),
        *_field(GroupsId.ENGLISH, _("Name in English (may stay empty)"), english, MOST_NAME),
    ]


def day(field: GroupsId, label: str, value: date) -> list[Component]:
    """A day, typed as it is written."""
    return _field(field, label, format_date(value), 10, placeholder=_("day/month/year"))


def document(documents: Sequence[DocumentInfo]) -> list[Component]:
    """The decision that the group rests on, if it is one of the portal's documents."""
    laws = [{"value": one.key, "label": _cited(one)} for one in documents]
    options = [{"value": NO_DOCUMENT, "label": _("none")}, *laws]
    select = dbc.Select(id=GroupsId.DOCUMENT, options=options, value=NO_DOCUMENT)
    return [html.Label(_("Document (may stay empty)"), htmlFor=GroupsId.DOCUMENT), select]


def candidates(found: Sequence[Candidate], legend: str) -> Component:
    """The units that may be added; a unit that is in a group today says in which."""
    return ticks(GroupsId.UNITS, legend, [(one.unit.key, _candidate(one)) for one in found])


def ticks(field: GroupsId, legend: str, choices: Sequence[tuple[str, list[Part]]]) -> Component:
    """Units to tick, each with what is said of it."""
    options = [{"value": key, "label": html.Span(said)} for key, said in choices]
    boxes = dbc.Checklist(id=field, options=options, value=[])
    # A list that scrolls is reached by the keyboard, and so has a name.
    inside = html.Div(boxes, className="ticks", tabIndex=0, role="group", **aria(label=legend))
    return html.Fieldset([html.Legend(legend), inside])


def press(button: GroupsId, label: str, *, main: bool = True) -> Component:
    """What does it."""
    return html.Button(label, id=button, type="button", className="main" if main else None)


def _field(field: GroupsId, label: str, value: str, longest: int, placeholder: str = "") -> list[Component]:
    box = dcc.Input(
        id=field, type="text", value=value, maxLength=longest, placeholder=placeholder, autoComplete="off"
    )
    return [html.Label(label, htmlFor=field), box]


def _candidate(one: Candidate) -> list[Part]:
    if not one.group:
        return [one.unit.title]
    return [one.unit.title, html.Small(" · " + _("in “{group}” today").format(group=one.group))]


def _cited(one: DocumentInfo) -> str:
    said = cited(one)
    return said if len(said) <= MOST_NAME else said[:MOST_NAME] + "…"
