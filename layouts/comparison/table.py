"""The table: units down, definitions across, grouped by programme; targets and the total pinned on top."""

from collections.abc import Iterable
from functools import lru_cache
from itertools import groupby
from typing import Any, NamedTuple

from dash.development.base_component import Component

from data.comparisons.display import aim_text, lines, rows_for_grid
from data.comparisons.model import Column, Comparison, TargetRow
from data.kinds import UnitLevel
from data.wording import Language, _, current_language
from data.wording.measures import measure_name
from data.wording.units import level_name
from layouts.comparison.targets import target_lines
from layouts.components.addresses import unit_address
from layouts.components.grid import NUMBER_FILTER, TEXT_FILTER, grid
from layouts.components.marks import marks
from layouts.ids.comparison import ComparisonId

_ROW_HEIGHT, _GROUP_HEIGHT, _HEADER_HEIGHT = 49, 30, 96
_WIDTH, _CHANCE_WIDTH = 112, 160
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
    fixed = _fixed(comparison.columns, comparison.target_rows, comparison.level, current_language())
    targets = fixed.targets
    height = _HEADER_HEIGHT + sum(line["height"] for line in targets) + _ROW_HEIGHT * max(len(drawn), 3)
    return grid(
        ComparisonId.GRID,
        fixed.columns,
        [line for line in drawn if not line.get("total")],
        label=label,
        pinned=targets + totals,
        every_column=_VALUE_COLUMN,
        options={
            "rowHeight": _ROW_HEIGHT,
            "getRowHeight": {"function": f"params.data.height || {_ROW_HEIGHT}"},
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
    columns: tuple[Column, ...], target_rows: tuple[TargetRow, ...], level: UnitLevel, _language: Language
) -> _Fixed:
    return _Fixed(_headings(columns, level), target_lines(target_rows, columns), _aims(columns))


def _headings(columns: tuple[Column, ...], level: UnitLevel) -> list[dict[str, Any]]:
    """The column of names, then the definitions under their programmes."""
    groups = groupby(columns, key=lambda column: column.definition.programme)
    found: list[dict[str, Any]] = [{"headerName": level_name(level.value), "children": [_names()]}]
    for programme, members in groups:
        name = f"{programme.key} · {programme.name}" if programme else _("Other")
        found.append({"headerName": name, "headerTooltip": name, "children": [_column(one) for one in members]})
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


def _column(column: Column) -> dict[str, Any]:
    definition = column.definition
    return {
        "colId": column.key,
        "field": column.key,
        "headerName": definition.short,
        "headerTooltip": f"{definition.name}: {definition.formula}",
        "headerComponentParams": {
            "innerHeaderComponent": "ColumnHeading",
            "innerHeaderComponentParams": {"small": measure_name(definition.measure)},
        },
        "minWidth": _CHANCE_WIDTH if definition.chance else _WIDTH,
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
