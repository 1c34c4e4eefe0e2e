"""The one way a table of numbers is drawn: a grid in the portal's colours, texts and number format."""

from collections.abc import Mapping, Sequence
from typing import Any

from dash.development.base_component import Component
from dash_ag_grid import AgGrid

from data.wording import current_language
from layouts.components.grid_texts import grid_texts

# The colours are those of the page, so that light and dark follow it without drawing anything anew.
_COLOURS = {
    "backgroundColor": "var(--paper)",
    "foregroundColor": "var(--ink)",
    "borderColor": "var(--line)",
    "accentColor": "var(--accent)",
    "headerBackgroundColor": "var(--paper)",
    "headerTextColor": "var(--soft)",
    "subtleTextColor": "var(--soft)",
    "rowHoverColor": "var(--accent-soft)",
    "menuBackgroundColor": "var(--paper)",
    "inputBackgroundColor": "var(--paper)",
    "inputTextColor": "var(--ink)",
    "cellTextColor": "var(--ink)",
    "fontFamily": "inherit",
    "browserColorScheme": "inherit",
    "fontSize": "15px",
    "headerFontSize": "12.8px",
    "wrapperBorderRadius": "7px",
    "cellHorizontalPadding": "10px",
}
_THEME = "themeQuartz.withParams({" + ", ".join(f"{name}: '{colour}'" for name, colour in _COLOURS.items()) + "})"

# A reader types `1.234,5` into a filter as they would anywhere else.
NUMBER_FILTER: dict[str, Any] = {
    "filter": "agNumberColumnFilter",
    "filterParams": {
        "allowedCharPattern": "\\d\\-\\,\\.",
        "numberParser": {"function": "gridNumber(params)"},
        "maxNumConditions": 1,
        "buttons": ["reset"],
        "filterOptions": ["greaterThanOrEqual", "lessThanOrEqual", "inRange", "blank", "notBlank"],
    },
}
TEXT_FILTER: dict[str, Any] = {
    "filter": "agTextColumnFilter",
    "filterParams": {
        "textFormatter": {"function": "gridLetters(params)"},
        "maxNumConditions": 1,
        "buttons": ["reset"],
        "filterOptions": ["contains", "startsWith", "notContains"],
    },
}


def grid(
    grid_id: str,
    columns: Sequence[Mapping[str, Any]],
    rows: Sequence[Mapping[str, Any]],
    *,
    label: str,
    pinned: Sequence[Mapping[str, Any]] = (),
    every_column: Mapping[str, Any] | None = None,
    options: Mapping[str, Any] | None = None,
    listeners: Mapping[str, Sequence[str]] | None = None,
    style: Mapping[str, str] | None = None,
) -> Component:
    """A table whose rows carry their identity as `key`; `pinned` rows stay on top, whatever is sorted or filtered.
    `every_column` holds for each column that does not say otherwise.

    `label` names the table to a screen reader; `listeners` are functions of the asset scripts by the grid's events.
    """
    wanted = listeners or {}
    drawn: Component = AgGrid(
        id=grid_id,
        columnDefs=list(columns),
        rowData=list(rows),
        getRowId="params.data.key",
        defaultColDef={
            "resizable": True,
            "sortable": True,
            "cellDataType": False,
            "unSortIcon": False,
            **(every_column or {}),
        },
        dashGridOptions={
            "theme": {"function": _THEME},
            "localeText": grid_texts(),
            "pinnedTopRowData": list(pinned),
            # A screen reader walks the document, so rows and cells stand there in the order that is seen.
            "ensureDomOrder": True,
            "enableCellTextSelection": True,
            "suppressDragLeaveHidesColumns": True,
            # Arrows move between cells; Tab leaves the table, as it leaves a list, instead of walking all of it.
            "tabToNextCell": {"function": "gridLeave(params)"},
            "animateRows": False,
            "context": {"language": current_language().value, "label": label},
            **(options or {}),
        },
        eventListeners={
            **{event: list(functions) for event, functions in wanted.items()},
            # The first event that comes after the listeners are there; it comes again with every change of options.
            "componentStateChanged": ["gridLabel(params)", *wanted.get("componentStateChanged", ())],
        },
        className="grid",
        style=dict(style or {}),
    )
    return drawn
