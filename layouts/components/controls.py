"""The lists of a page's row of controls."""

from collections.abc import Sequence
from dataclasses import dataclass

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that can be chosen: as it stands in the address, and in words."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Control:
    """A list to choose from, what is chosen in it, and what it is called."""

    id: str
    label: str
    value: str
    choices: tuple[Choice, ...]


def _select(control: Control) -> Component:
    """The list under its name."""
    options = [{"value": choice.value, "label": choice.label} for choice in control.choices]
    return html.Div(
        [
            html.Label(control.label, htmlFor=control.id),
            dbc.Select(id=control.id, options=options, value=control.value),
        ],
        className="field",
    )


def selects(controls: Sequence[Control]) -> list[Component]:
    """The lists in their order."""
    return [_select(one) for one in controls]
