"""The table: units down, definitions across, grouped by programme; targets and the total pinned on top."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from dash.development.base_component import Component

from data.comparisons.display import lines, rows_for_grid, target_text
from data.comparisons.headings import column_measure
from data.comparisons.model import Aim, Column, Comparison
from data.judging import Verdict
from data.measures import Measure
from data.periods import Period
from data.wording import _
from data.wording.judging import verdict_glyph
from data.wording.units import level_name
from layouts.comparison.sizes import USUAL_HEIGHT, column_width, height_for, is_crowded
from layouts.comparison.targets import target_lines
from layouts.components.addresses import unit_address
from layouts.components.grid import NUMBER_FILTER, TEXT_FILTER, grid
from layouts.help import VERDICT_CLASSES
from layouts.ids.comparison import ComparisonId

_GROUP_HEIGHT, _HEADER_HEIGHT = 30, 96
# A table that does not fit into the window scrolls inside itself, so that targets and headings stay in sight.
_TALLEST = "max(440px, calc(100vh - 120px))"

_ROW_CLASSES = {
    "target-row": "params.data.cited",
    "total-row": "params.data.total",
    "own-row": "params.data.own",
}


def table(comparison: Comparison, label: str) -> Component:
    """The grid of a comparison. A number in it asks for its evidence; a name leads to the unit's page."""
    drawn = _lines(comparison)
    totals = [line for line in drawn if line.get("total")]
    targets = target_lines(comparison)
    rows = sum(line.get("height", USUAL_HEIGHT) for line in (*targets, *drawn))
    height = _HEADER_HEIGHT + rows + USUAL_HEIGHT * max(3 - len(drawn), 0)
    return grid(
        ComparisonId.GRID,
        columns(comparison),
        [line for line in drawn if not line.get("total")],
        label=label,
        pinned=targets + totals,
        options={
            "rowHeight": USUAL_HEIGHT,
            "getRowHeight": {"function": f"gridHeight(params, {USUAL_HEIGHT})"},
            "groupHeaderHeight": _GROUP_HEIGHT,
            "rowClassRules": _ROW_CLASSES,
            "context": {"label": label, "marks": marks(), "aims": _aims(comparison.columns)},
        },
        listeners={
            "cellClicked": ["gridAsk(params, setEventData)"],
            "cellKeyDown": ["gridAsk(params, setEventData)"],
            "gridSizeChanged": ["gridFit(params)"],
            "componentStateChanged": ["gridFit(params)"],
        },
        style={"height": f"min({height}px, {_TALLEST})"},
    )


def marks() -> dict[str, list[str]]:
    """For each verdict its glyph and the class that colours it."""
    return {verdict.value: [verdict_glyph(verdict), VERDICT_CLASSES[verdict]] for verdict in Verdict}


def columns(comparison: Comparison) -> list[dict[str, Any]]:
    """The column of names, then the definitions under their programmes."""
    period = comparison.period
    groups = groupby(comparison.columns, key=lambda column: column.definition.programme)
    found: list[dict[str, Any]] = [{"headerName": level_name(comparison.level.value), "children": [_names()]}]
    for programme, members in groups:
        name = f"{programme.key} · {programme.name}" if programme else _("Other")
        found.append({"headerName": name, "headerTooltip": name, "children": [_column(one, period) for one in members]})
    return found


def _names() -> dict[str, Any]:
    return {
        "colId": "name",
        "field": "name",
        "headerName": _("Unit"),
        "pinned": "left",
        "lockPinned": True,
        "lockPosition": "left",
        "width": 210,
        "minWidth": 110,
        "cellRenderer": "NameCell",
        "comparator": {"function": "gridByName"},
        **TEXT_FILTER,
    }


def _column(column: Column, period: Period) -> dict[str, Any]:
    definition = column.definition
    return {
        "colId": column.key,
        "field": column.key,
        "headerName": definition.short,
        "headerTooltip": f"{definition.name}: {definition.formula}",
        "headerComponentParams": {
            "innerHeaderComponent": "ColumnHeading",
            "innerHeaderComponentParams": {"small": column_measure(definition, period)},
        },
        "wrapHeaderText": True,
        "autoHeaderHeight": True,
        "minWidth": column_width(column),
        "flex": 1,
        "cellClass": "value-cell",
        "cellRenderer": "ValueCell",
        "comparator": {"function": "gridByValue"},
        "filterValueGetter": {"function": "gridValue(params)"},
        "sortingOrder": ["desc", "asc", None],
        **NUMBER_FILTER,
    }


def _lines(comparison: Comparison) -> list[dict[str, Any]]:
    """The total and the units as the grid takes them, with their addresses and their own targets."""
    home = comparison.home.key if comparison.home else None
    found = rows_for_grid(comparison)
    for line, row in zip(found, lines(comparison), strict=True):
        line["href"], line["order"] = unit_address(row.unit.key), row.name
        if row.unit.key == home:
            line["own"] = True
        for column, cell in zip(comparison.columns, row.cells, strict=True):
            if cell.own is not None:
                line[column.key]["o"] = aim_text(cell.own.aim, column.definition.measure)
            if is_crowded(cell):
                fields = line[column.key]
                tall = height_for(" · ".join(filter(None, (fields.get("o"), fields.get("s")))), column)
                line["height"] = max(tall, line.get("height", USUAL_HEIGHT))
    return found


def _aims(shown: Iterable[Column]) -> dict[str, list[str]]:
    """What the nation asks for in each column, one line for each year, for the text that explains a cell."""
    found = {}
    for column in shown:
        measure = column.definition.measure
        found[column.key] = [
            _("National target of {year}: {target}").format(year=aim.year, target=aim_text(aim, measure))
            for aim in (column.national, column.later)
            if aim
        ]
    return found


def aim_text(aim: Aim, measure: Measure) -> str:
    """What an aim asks for; both, where two targets are in force."""
    return " / ".join(dict.fromkeys(target_text(target, measure) for target in aim.targets))
