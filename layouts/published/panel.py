"""One published value opened: what it says, everything that was ever entered beside it, and what can be done."""

from dash import dcc, html
from dash.development.base_component import Component

from data.numbers import format_moment, format_typed
from data.periods import BadPeriod, Period
from data.published.bases import Basis, bases_of_group, bases_of_unit
from data.published.kept import DECIMALS, KeptValue
from data.published.page import OpenedValue
from data.published.versions import ValueDeed, ValueVersion
from data.wording import N_, _
from data.wording.judging import standing_name
from data.wording.measures import measured_exact
from data.wording.periods import period_name
from data.wording.published import boundaries_name, series_name
from data.wording.targets import confidence_word
from data.wording.units import capitalised
from layouts.components.addresses import unit_address
from layouts.components.aria import aria
from layouts.components.facts import Fact, facts
from layouts.ids.published import PublishedId
from layouts.published import fields

_DEEDS = {
    "published.enter": N_("entered"),
    "published.correct": N_("corrected"),
    "published.withdraw": N_("withdrawn"),
}


def value_panel(opened: OpenedValue) -> list[Component]:
    """The panel's content; of a value that is withdrawn only its history."""
    value = opened.value
    return [
        _head(value),
        facts(_facts(value)),
        *_beside(value),
        html.H3(_("History")),
        html.Ol([_version(one, value.id) for one in opened.versions], className="chain"),
        *(_deeds(value) if value.withdrawn_at is None else []),
    ]


def period_words(code: str) -> str:
    """`Năm 2024`, `9 tháng năm 2024`; what is no period of ours as it stands."""
    try:
        return period_name(Period.parse(code))
    except BadPeriod:
        return code


def _head(value: KeptValue) -> Component:
    close = html.Button("×", type="button", className="plain close-evidence", **aria(label=_("Close")))
    name: Component | str = value.place_name
    if value.unit is not None:
        name = dcc.Link(value.place_name, href=unit_address(value.unit.key))
    heading = html.H2([name, f" · {value.definition.short} · {period_words(value.period).lower()}"])
    return html.Div([heading, close], className="head")


def _facts(value: KeptValue) -> list[Fact]:
    definition, unknown = value.definition, _("not known")
    rows: list[Fact] = [
        (_("Indicator"), definition.name),
        (_("Value"), html.B(measured_exact(value.value, definition.measure))),
        (_("Standing"), capitalised(standing_name(value.standing.value))),
        (_("Boundaries"), capitalised(boundaries_name(value.basis))),
        (_("Source"), html.Span(value.source, lang="vi")),
        (_("Confidence"), capitalised(confidence_word(value.confidence.value)) if value.confidence else unknown),
    ]
    if definition.series:
        rows.insert(1, (_("Series"), series_name(definition.series)))
    if value.note:
        rows.append((_("Note"), html.Span(value.note, lang="vi")))
    return rows


def _beside(value: KeptValue) -> list[Component]:
    if value.definition.surveyed:
        return []
    said = _("Units report this indicator: what is published stands beside their numbers and never in their place.")
    return [html.P(said, className="soft")]


def _version(one: ValueVersion, current: int) -> Component:
    value, measure = one.value, one.value.definition.measure
    asks = measured_exact(value.value, measure)
    named = html.B(asks) if value.id == current else dcc.Link(asks, href=f"/published?value={value.id}")
    said = " · ".join((standing_name(value.standing.value), boundaries_name(value.basis)))
    # A correction is told of both: the value that took another's place came with it, the other one went.
    lines: list[Component] = [
        html.Li(_deed(deed, came_with_it=deed.made == value.id and value.corrects_id is not None)) for deed in one.deeds
    ]
    if not lines:
        lines = [html.Li(_("with the portal's reference facts"))]
    return html.Li(
        [
            html.Div([named, f" · {said} · ", html.Span(value.source, lang="vi")]),
            html.P(_state(one), className="soft"),
            html.Ul(lines),
        ]
    )


def _state(one: ValueVersion) -> str:
    if one.value.withdrawn_at is not None:
        return _("no longer counts since {moment}").format(moment=format_moment(one.value.withdrawn_at))
    return _("stands, and goes before the others") if one.first else _("stands beside the others")


def _deed(deed: ValueDeed, *, came_with_it: bool) -> str:
    action = _(_DEEDS[deed.action])
    if came_with_it and deed.action == "published.correct":
        action = _("entered in place of another")
    said = _("{moment}, by {account}").format(moment=format_moment(deed.at), account=deed.account or "–")
    return f"{capitalised(action)}: {said}" + (f" · “{deed.reason}”" if deed.reason else "")


def _deeds(value: KeptValue) -> list[Component]:
    offered: tuple[Basis, ...] = bases_of_unit(value.unit) if value.unit else ()
    if value.group is not None:
        offered = bases_of_group(value.group)
    chosen = value.basis if value.basis in set(offered) else ""
    return [
        html.Hr(),
        html.H3(_("Correct or withdraw")),
        *fields.text(PublishedId.FIX_VALUE, _("Value"), format_typed(value.value, DECIMALS), 40),
        *fields.standing(PublishedId.FIX_STANDING, value.standing),
        *fields.basis(PublishedId.FIX_BASIS, offered, chosen),
        *fields.source(PublishedId.FIX_SOURCE, value.source),
        *fields.confidence(PublishedId.FIX_CONFIDENCE, value.confidence),
        *fields.note(PublishedId.FIX_NOTE, value.note),
        *fields.text(PublishedId.REASON, _("Reason: it stays in the history"), "", 500),
        html.P(_("What stands now stays readable, and no longer counts."), className="soft"),
        html.Div(
            [
                fields.press(PublishedId.CORRECT, _("Correct")),
                fields.press(PublishedId.WITHDRAW, _("Withdraw"), main=False),
            ],
            className="keep-row",
        ),
        dcc.Store(id=PublishedId.OF, data=value.id),
    ]
