"""The page of published values: controls, the table of what stands, a form for one more, and the way in for files."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from data.numbers import format_number
from data.published.bases import Basis
from data.published.kept import KeptValue
from data.published.page import PublishedPage
from data.published.query import year_of
from data.uploaded_tables import MOST_BYTES
from data.wording import N_, _
from data.wording.judging import standing_name
from data.wording.measures import measured_exact
from data.wording.published import boundaries_name
from data.wording.targets import confidence_word
from data.wording.units import capitalised
from layouts import shell
from layouts.components.aria import aria
from layouts.components.grid import TEXT_FILTER, grid
from layouts.ids.published import PublishedId
from layouts.published import fields

# What stands in the lists for leaving a word out of the address.
ALL = "all"
_ROW_HEIGHT, _HEADERS, _MOST_SHOWN = 56, 66, 12
_MOST_ROWS = 2000
_COLUMNS = {
    "place": (N_("Unit or region"), 125),
    "definition": (N_("Indicator"), 140),
    "period": (N_("Year"), 82),
    "value": (N_("Value"), 128),
    "standing": (N_("Standing"), 98),
    "basis": (N_("Boundaries"), 108),
    "source": (N_("Source"), 130),
    "confidence": (N_("Confidence"), 98),
}


def published_page(
    page: PublishedPage, opened: Sequence[Component] = (), said: str = "", last: KeptValue | None = None
) -> Component:
    """The list that was asked for. `said` tells what was done; `last` is the value just entered, from which the form
    for the next one starts.
    """
    query = urlencode(page.found.query.to_args())
    told = [html.P(said, className="done", role="status")] if said else []
    return shell.page(
        shell.title(_("Published values"), page.illustrative),
        _under(page),
        [*_controls(page), dcc.Location(id=PublishedId.ADDRESS, refresh="callback-nav")],
        [*told, _body(page, opened, last)],
        _files(query),
    )


def refused_page(page: PublishedPage, sentence: str) -> Component:
    """The reason why the address cannot be answered, and what can be chosen instead."""
    return shell.page(
        shell.title(_("Published values"), page.illustrative),
        _("The address of this page asks for something that cannot be shown."),
        [*_controls(page), dcc.Location(id=PublishedId.ADDRESS, refresh="callback-nav")],
        html.P(sentence, className="problem", role="alert"),
    )


def _under(page: PublishedPage) -> str:
    said = _("What surveys and statistics found, as others published it, with the source · shown: {shown} of {all}")
    return said.format(shown=format_number(len(page.found.values)), all=format_number(len(page.found.all)))


def _controls(page: PublishedPage) -> list[Component]:
    """The lists, each with what occurs among the values that stand."""
    query, every = page.found.query, page.found.all
    definitions = {one.definition.key: one.definition.name for one in every}
    names = {one.place_key: one.place_name for one in every}
    places = {key: name for key, name in page.places if key in names} | names
    years = {str(year): str(year) for year in sorted({year_of(one) for one in every}, reverse=True)}
    return [
        _control(PublishedId.DEFINITION, _("Indicator"), definitions, query.definition),
        _control(PublishedId.UNIT, _("Unit or region"), places, query.place),
        _control(PublishedId.YEAR, _("Year"), years, str(query.year) if query.year else None),
    ]


def _control(field: PublishedId, label: str, found: dict[str, str], chosen: str | None) -> Component:
    choices = {ALL: _("All"), **found}
    if chosen is not None:
        choices.setdefault(chosen, chosen)
    options = [{"value": value, "label": text} for value, text in choices.items()]
    select = dbc.Select(id=field, options=options, value=chosen or ALL)
    return html.Div([html.Label(label, htmlFor=field), select], className="field")


def _files(query: str) -> list[Component]:
    ways = (
        ("xlsx", query, _("Excel workbook (.xlsx)")),
        ("csv", query, _("Text for other programs (.csv)")),
        ("xlsx", "empty=1", _("Empty form to fill in (.xlsx)")),
    )
    links = [
        html.A(label, href=f"/export/published.{kind}?{words}".rstrip("?"), className="dropdown-item")
        for kind, words, label in ways
    ]
    summary = html.Summary(_("Export"), className="btn main")
    return [html.Details([summary, html.Div(links, className="panel")], className="menu at-end")]


def _body(page: PublishedPage, opened: Sequence[Component], last: KeptValue | None) -> Component:
    panel = html.Div(
        list(opened),
        id=PublishedId.PANEL,
        className="side keep",
        tabIndex=-1,
        **aria(live="polite", label=_("What stands behind a value")),
    )
    hint = html.P(_("Choose a row to see its history, to correct it or to withdraw it."), className="hint")
    empty = html.P(_("There is nothing to show."), className="soft")
    table = [*_cut(page), _table(page.found.values[:_MOST_ROWS]), hint] if page.found.values else [empty]
    beside = html.Div([panel, _form(page, last), _way_in()], className="beside")
    return html.Div([html.Div(table), beside], className="two published")


def _cut(page: PublishedPage) -> list[Component]:
    if len(page.found.values) <= _MOST_ROWS:
        return []
    said = _("Only the first {most} values are listed: choose an indicator, a unit or a year. Files hold them all.")
    return [html.P(said.format(most=format_number(_MOST_ROWS)), className="notice")]


def _table(values: Sequence[KeptValue]) -> Component:
    height = _HEADERS + _ROW_HEIGHT * min(max(len(values), 2), _MOST_SHOWN)
    return grid(
        PublishedId.GRID,
        [_column(name) for name in _COLUMNS],
        [_line(one) for one in values],
        label=_("Published values"),
        every_column={"wrapHeaderText": True, "cellClass": "lines", **TEXT_FILTER},
        options={"rowHeight": _ROW_HEIGHT, "tooltipShowDelay": 600, "headerHeight": _HEADERS - 2},
        listeners={
            "cellClicked": ["gridOpen(params, setEventData)"],
            "cellKeyDown": ["gridOpen(params, setEventData)"],
        },
        style={"height": f"{height}px"},
    )


def _line(value: KeptValue) -> dict[str, str]:
    return {
        "key": str(value.id),
        "place": value.place_name,
        "definition": value.definition.name,
        "period": value.period,
        "value": measured_exact(value.value, value.definition.measure),
        "standing": capitalised(standing_name(value.standing.value)),
        "basis": capitalised(boundaries_name(value.basis)),
        "source": value.source,
        "confidence": capitalised(confidence_word(value.confidence.value)) if value.confidence else "–",
    }


def _column(name: str) -> dict[str, Any]:
    heading, width = _COLUMNS[name]
    column: dict[str, Any] = {
        "colId": name,
        "field": name,
        "headerName": _(heading),
        "minWidth": width,
        "flex": width,
        "tooltipField": name,
    }
    if name in ("place", "definition"):
        column["comparator"] = {"function": "gridByName"}
    if name == "value":
        column |= {"filter": False, "sortable": False, "cellClass": "lines n", "headerClass": "period-heading"}
    return column


def _form(page: PublishedPage, last: KeptValue | None) -> Component:
    definitions = [(one.key, one.name) for one in page.definitions]
    return html.Section(
        [
            html.H2(_("Enter a value")),
            *fields.select(
                PublishedId.NEW_DEFINITION, _("Indicator"), definitions, last.definition.key if last else ""
            ),
            *fields.select(PublishedId.NEW_PLACE, _("Unit or region"), page.places),
            *fields.text(
                PublishedId.NEW_PERIOD, _("Year, or 2025-9M for nine months"), last.period if last else "", 10
            ),
            *fields.text(PublishedId.NEW_VALUE, _("Value"), "", 40),
            *fields.standing(PublishedId.NEW_STANDING, last.standing if last else None),
            *fields.basis(PublishedId.NEW_BASIS, tuple(Basis), last.basis if last else ""),
            *fields.source(PublishedId.NEW_SOURCE, last.source if last else ""),
            *fields.confidence(PublishedId.NEW_CONFIDENCE, last.confidence if last else None),
            *fields.note(PublishedId.NEW_NOTE),
            fields.press(PublishedId.ENTER, _("Enter")),
        ],
        className="side keep",
        **aria(label=_("Enter a value")),
    )


def _way_in() -> Component:
    said = _("The form from “Export”, filled in; Excel (.xlsx) or text (.csv), up to {most} MB. All of it or nothing.")
    return html.Section(
        [
            html.H2(_("Enter from a file")),
            html.P(said.format(most=MOST_BYTES // (1024 * 1024)), className="soft"),
            html.Form(
                [
                    html.Label(_("File"), htmlFor=PublishedId.FILE),
                    # The script of uploads puts the field here: no component of Dash is one.
                    html.Div(className="upload-slot", **_slot()),
                    html.Button(_("Enter the file"), type="submit"),
                    html.Div(className="upload-told", role="alert"),
                ],
                action="/published/import",
                method="POST",
                encType="multipart/form-data",
                className="csrf upload",
            ),
        ],
        className="side keep",
        **aria(label=_("Enter from a file")),
    )


def _slot() -> dict[str, Any]:
    return {"data-id": PublishedId.FILE.value, "data-name": "file", "data-accept": ".xlsx,.csv"}
