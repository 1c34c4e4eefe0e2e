"""The row of controls: which period, whose boundaries, which units, which columns; and the ways out as a file."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from data.wording import Language, _, current_language
from layouts.components.plain import plain
from layouts.ids.comparison import ComparisonId

# The checklists of the columns share this type; each has its programme as its index.
COLUMNS_TYPE = ComparisonId.COLUMNS.value


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that can be chosen: as it stands in the address, and in words."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """A list to choose from and what is chosen in it."""

    value: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class ColumnGroup:
    """A programme's columns, and which of them are shown."""

    key: str
    name: str
    choices: tuple[Choice, ...]
    shown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Controls:
    """All choices of the page.

    `query` is the part of the address that the files are asked for with, `query_of_usual_columns` the same without
    the ticked columns.
    """

    period: Chosen
    boundaries: Chosen
    level: Chosen
    within: Chosen
    programme: Chosen
    columns: tuple[ColumnGroup, ...]
    query: str
    query_of_usual_columns: str


def controls(chosen: Controls) -> list[Any]:
    """The lists, and the columns to tick."""
    return _drawn(chosen, current_language())


@lru_cache(maxsize=128)
def _drawn(chosen: Controls, _language: Language) -> list[Any]:
    # Some eighty boxes that are the same for every reader with the same choices: drawn once, and never changed.
    lists = [
        _select(ComparisonId.PERIOD, _("Period"), chosen.period),
        _select(ComparisonId.BOUNDARIES, _("Boundaries"), chosen.boundaries),
        _select(ComparisonId.LEVEL, _("Level"), chosen.level),
        _select(ComparisonId.WITHIN, _("Within"), chosen.within),
        _select(ComparisonId.PROGRAMME, _("Programme"), chosen.programme),
        _columns(chosen),
    ]
    return [plain(one) for one in lists]


def actions(chosen: Controls) -> list[Component]:
    """The same table as a file."""
    links = [
        html.A(label, href=f"/export/comparison.{kind}?{chosen.query}".rstrip("?"), className="dropdown-item")
        for kind, label in (("xlsx", _("Excel workbook (.xlsx)")), ("csv", _("Text for other programs (.csv)")))
    ]
    summary = html.Summary(_("Export"), className="btn main")
    return [html.Details([summary, html.Div(links, className="panel")], className="menu at-end")]


def _select(control: ComparisonId, label: str, chosen: Chosen) -> Component:
    options = [{"value": choice.value, "label": choice.label} for choice in chosen.choices]
    return html.Div(
        [html.Label(label, htmlFor=control), dbc.Select(id=control, options=options, value=chosen.value)],
        className="field",
    )


def _columns(chosen: Controls) -> Component:
    shown = sum(len(group.shown) for group in chosen.columns)
    usual = f"/compare?{chosen.query_of_usual_columns}".rstrip("?")
    foot = html.Div(
        [
            html.Button(_("Show these columns"), id=ComparisonId.COLUMNS_APPLY, type="button", className="main"),
            dcc.Link(_("Back to the usual ones"), href=usual, className="button"),
        ],
        className="panel-foot",
    )
    return html.Div(
        [
            html.Span(_("Columns"), className="label"),
            html.Details(
                [
                    html.Summary(_("Columns: {count}").format(count=shown)),
                    html.Div([*(_group(group) for group in chosen.columns), foot], className="panel"),
                ],
                className="menu",
            ),
        ],
        className="field",
    )


def _group(group: ColumnGroup) -> Component:
    return html.Fieldset(
        [
            html.Legend(group.name),
            dbc.Checklist(
                id={"type": COLUMNS_TYPE, "index": group.key},
                options=[{"value": choice.value, "label": choice.label} for choice in group.choices],
                value=list(group.shown),
            ),
        ]
    )

