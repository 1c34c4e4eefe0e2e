"""Whether the whole would arrive: the page, and what its controls change in the address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from dash import Dash, Input, Output
from dash.development.base_component import Component

from auth.policy import Permission
from callbacks import guard
from data import clock
from data.arriving.arrive import get_arrival
from data.arriving.model import Arrival
from data.arriving.query import ArrivalQuery
from data.handing.place import parents_of
from data.numbers import format_date
from data.refusals import Refusal
from data.scope import Scope
from data.snapshot import get_snapshot
from data.targets.listing import owner_name
from data.wording import _
from layouts.arrival.page import page, refused
from layouts.arrival.tables import address_of
from layouts.components.controls import Choice, Control
from layouts.ids.arrival import ArrivalId

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_CONTROLS = {
    "unit": ArrivalId.UNIT,
    "year": ArrivalId.YEAR,
    "programme": ArrivalId.PROGRAMME,
    "definition": ArrivalId.DEFINITION,
    "boundaries": ArrivalId.BOUNDARIES,
}
# What stands in the lists for leaving a word out of the address: the browser takes an empty value for none chosen.
ALL = "all"


def bind_all(app: Dash) -> None:
    """The controls write the address."""
    guard.bind(
        app,
        choose,
        Output(ArrivalId.ADDRESS, "search"),
        [Input(control, "value") for control in _CONTROLS.values()],
        permission=Permission.RESULT_COMPARE,
    )


def check(session: Session, scope: Scope, query: Mapping[str, str]) -> None:
    """Raises NotFound or Invalid for an address that names what does not exist or lies outside the reader's reach."""
    get_arrival(session, scope, ArrivalQuery.from_args(query), clock.today())


def view(session: Session, scope: Scope, query: Mapping[str, str]) -> Component:
    """`/arrival`: what follows for the unit and the year that the address asks for."""
    today = clock.today()
    try:
        arrival = get_arrival(session, scope, ArrivalQuery.from_args(query), today)
    except Refusal as refusal:
        return _refused(session, scope, refusal)
    words = urlencode(arrival.query.to_args())
    tree, unit = get_snapshot(session).tree, arrival.place.unit
    follows = unit in parents_of(tree, scope, today)
    assigns = unit in parents_of(tree, guard.also(Permission.TARGET_SET), today)
    back = address_of(arrival, definition=None)
    return page(arrival, controls_of(arrival), words, back, follows=follows, assigns=assigns)


def choose(_session: Session, _scope: Scope, *values: object) -> str:
    """The address with what was chosen in the lists."""
    args = {
        name: value for name, value in zip(_CONTROLS, values, strict=True) if isinstance(value, str) and value != ALL
    }
    words = urlencode(ArrivalQuery.from_args(args).to_args())
    return f"?{words}" if words else ""


def controls_of(arrival: Arrival) -> list[Control]:
    """The lists, each with what can be asked for here."""
    place, query = arrival.place, arrival.query
    units = {one.unit.key: owner_name(one) for one in arrival.wholes}
    units.setdefault(place.unit.key, owner_name(arrival.whole))
    years = {str(year): str(year) for year in reversed(place.years)}
    programmes = {one.key: f"{one.key} · {one.name}" for one in arrival.programmes}
    definitions = {
        one.key: one.name
        for one in arrival.definitions
        if query.programme is None or (one.programme is not None and one.programme.key == query.programme)
    }
    usual, *others = dict.fromkeys((*place.days, place.day))
    days = {day.isoformat(): format_date(day) for day in others}
    day = None if place.day == usual else place.day.isoformat()
    return [
        _control(ArrivalId.UNIT, _("Unit"), place.unit.key, units),
        _control(ArrivalId.YEAR, _("Year"), str(place.year), years),
        _control(ArrivalId.PROGRAMME, _("Programme"), query.programme, programmes, _("All")),
        _control(ArrivalId.DEFINITION, _("Indicator"), query.definition, definitions, _("All")),
        _control(ArrivalId.BOUNDARIES, _("Boundaries"), day, days, format_date(usual)),
    ]


def _control(
    control: ArrivalId, label: str, chosen: str | None, found: Mapping[str, str], everything: str | None = None
) -> Control:
    """The list, with everything first where that can be asked for; what the address asks for stands in it."""
    first = [] if everything is None else [Choice(ALL, everything)]
    choices = [*first, *(Choice(value, text) for value, text in found.items())]
    if chosen is not None and chosen not in found:
        choices.append(Choice(chosen, chosen))
    return Control(control, label, chosen or ALL, tuple(choices))


def _refused(session: Session, scope: Scope, refusal: Refusal) -> Component:
    """Why not, with the lists of what the reader gets without asking, where there is such a thing."""
    try:
        arrival = get_arrival(session, scope, ArrivalQuery(), clock.today())
    except Refusal:
        return refused(str(refusal), [], get_snapshot(session).illustrative)
    return refused(str(refusal), controls_of(arrival), arrival.illustrative)
