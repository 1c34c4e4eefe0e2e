"""The table: units down, definitions across, grouped by programme; targets and the total pinned on top."""

from collections.abc import Iterable
from functools import lru_cache
from itertools import groupby
from typing import Any, NamedTuple

from dash.development.base_component import Component

from data.comparisons.display import aim_text, lines, rows_for_grid
from data.comparisons.headings import column_measure
from data.comparisons.model import Column, Comparison, Row, TargetRow
from data.kinds import UnitLevel
from data.periods import Period
from data.wording import Language, _, current_language
from data.wording.units import level_name
from layouts.comparison.sizes import USUAL_HEIGHT, column_width, height_for, is_crowded
from layouts.comparison.targets import target_lines
from layouts.components.addresses import unit_address
from layouts.components.grid import NUMBER_FILTER, TEXT_FILTER, grid
from layouts.components.marks import marks
from layouts.ids.comparison import ComparisonId

_GROUP_HEIGHT, _HEADER_HEIGHT = 30, 96
# A table that does not fit into the window scrolls inside itself, so that targets and headings stay in sight.
_TALLEST = "max(440px, calc(100vh - 120px))"

# What all columns of values have in common travels once. The column of names takes back what does not suit it.
_VALUE_COLUMN: dict[str, Any] = {
    "wrapHeaderText": True,
    "autoHeaderHeight": True,
    "flex": 1,
    "cellClass": "value-cell",
    "cellRenderer": "ValueCell",
    "comparator": {"function": "gridByValue"},
    "filterValueGetter": {"function": "gridValue(params)"},
    "sortingOrder": ["desc", "asc", None],
    **NUMBER_FILTER,
}
_ROW_CLASSES = {
    "target-row": "params.data.cited",
    "total-row": "params.data.total",
    "own-row": "params.data.own",
}


def table(comparison: Comparison, label: str) -> Component:
    """The grid of a comparison. A number in it asks for its evidence; a name leads to the unit's page."""
    drawn = _lines(comparison)
    totals = [line for line in drawn if line.get("total")]
    fixed = _fixed(comparison.columns, comparison.target_rows, comparison.level, comparison.period, current_language())
    targets = fixed.targets
    rows = sum(line.get("height", USUAL_HEIGHT) for line in (*targets, *drawn))
    height = _HEADER_HEIGHT + rows + USUAL_HEIGHT * max(3 - len(drawn), 0)
    return grid(
        ComparisonId.GRID,
        fixed.columns,
        [line for line in drawn if not line.get("total")],
        label=label,
        pinned=targets + totals,
        every_column=_VALUE_COLUMN,
        options={
            "rowHeight": USUAL_HEIGHT,
            "getRowHeight": {"function": f"gridHeight(params, {USUAL_HEIGHT})"},
            "groupHeaderHeight": _GROUP_HEIGHT,
            "rowClassRules": _ROW_CLASSES,
            "context": {"label": label, "marks": marks(), "aims": fixed.aims},
        },
        listeners={
            "cellClicked": ["gridAsk(params, setEventData)"],
            "cellKeyDown": ["gridAsk(params, setEventData)"],
            "gridSizeChanged": ["gridFit(params)"],
            "componentStateChanged": ["gridFit(params)"],
        },
        style={"height": f"min({height}px, {_TALLEST})"},
    )


class _Fixed(NamedTuple):
    """What a table shows above its units, whatever their numbers are."""

    columns: list[dict[str, Any]]
    targets: list[dict[str, Any]]
    aims: dict[str, list[str]]


# The same for every reader of the same columns, and for the same table tomorrow: made once, and never changed.
@lru_cache(maxsize=128)
def _fixed(
    columns: tuple[Column, ...],
    target_rows: tuple[TargetRow, ...],
    level: UnitLevel,
    period: Period,
    _language: Language,
) -> _Fixed:
    return _Fixed(_headings(columns, level, period), target_lines(target_rows, columns), _aims(columns))


def _headings(columns: tuple[Column, ...], level: UnitLevel, period: Period) -> list[dict[str, Any]]:
    """The column of names, then the definitions under their programmes."""
    groups = groupby(columns, key=lambda column: column.definition.programme)
    found: list[dict[str, Any]] = [{"headerName": level_name(level.value), "children": [_names()]}]
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
        **dict.fromkeys(("wrapHeaderText", "autoHeaderHeight", "flex", "cellClass", "filterValueGetter")),
        "sortingOrder": ["asc", "desc", None],
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
        "minWidth": column_width(column),
    }


def _lines(comparison: Comparison) -> list[dict[str, Any]]:
    """The total and the units as the grid takes them, with their addresses and, where it is another, the name that
    they are sorted by.
    """
    home = comparison.home.key if comparison.home else None
    found = rows_for_grid(comparison)
    for line, row in zip(found, lines(comparison), strict=True):
        line["href"] = unit_address(row.unit.key)
        if line["name"] != row.name:
            line["order"] = row.name
        if row.unit.key == home:
            line["own"] = True
        tall = _height_of(row, line, comparison.columns)
        if tall > USUAL_HEIGHT:
            line["height"] = tall
    return found


def _height_of(row: Row, line: dict[str, Any], columns: tuple[Column, ...]) -> int:
    """The row's height, in pixels, so that whatever stands under its numbers is read in full."""
    if not any(map(is_crowded, row.cells)):
        return USUAL_HEIGHT
    crowded = [(line[column.key], column) for column, cell in zip(columns, row.cells, strict=True) if is_crowded(cell)]
    said = ((" · ".join(filter(None, (one.get("o"), one.get("s")))), column) for one, column in crowded)
    return max((height_for(small, column) for small, column in said), default=USUAL_HEIGHT)


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
