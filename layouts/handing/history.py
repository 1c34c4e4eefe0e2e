"""Everything that was ever set for one unit, indicator and year, beside the sheet."""

from collections.abc import Sequence

from dash import dcc, html
from dash.development.base_component import Component

from data.catalogue.model import Definition
from data.comparisons.display import cited, target_text
from data.numbers import format_moment
from data.targets.versions import Deed, Version
from data.wording import N_, _
from data.wording.targets import plan_kind_name
from layouts.components.addresses import target_address
from layouts.components.aria import aria

_DEEDS = {
    "target.enter": N_("entered"),
    "target.correct": N_("corrected"),
    "target.withdraw": N_("withdrawn"),
}


def history_panel(title: str, definition: Definition, year: int, versions: Sequence[Version]) -> list[Component]:
    """The versions in the order in which they came."""
    close = html.Button("×", type="button", className="plain close-evidence", **aria(label=_("Close")))
    head = html.Div([html.H2(f"{title} · {definition.short} · {year}"), close], className="head")
    if not versions:
        return [head, html.P(_("Nothing was set yet."), className="soft")]
    return [head, html.Ol([_version(one, definition) for one in versions], className="plain-list")]


def _version(version: Version, definition: Definition) -> Component:
    target = version.target
    asks = html.B(target_text(target, definition.measure))
    named = asks if version.withdrawn_at else dcc.Link(asks, href=target_address(target.key))
    lines = [html.Div(_deed(deed), className="soft") for deed in version.deeds]
    return html.Li(
        [named, f" · {plan_kind_name(target.plan_kind.value)} · {cited(target.document)}", *lines],
        className="withdrawn" if version.withdrawn_at else None,
    )


def _deed(deed: Deed) -> str:
    said = [_(_DEEDS[deed.action]) if deed.action in _DEEDS else deed.action, format_moment(deed.at)]
    said += [one for one in (deed.account, deed.reason) if one]
    return " · ".join(said)
