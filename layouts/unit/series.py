"""What was reported, year by year: the unit's own columns, and beyond the break those of the units it came from."""

from typing import Any

from dash import html
from dash.development.base_component import Component

from data.comparisons.display import aim_text, shown
from data.comparisons.model import Aim, AimKind, Cell
from data.measures import Measure
from data.units.page_model import Line, UnitPage
from data.wording import _
from data.wording.measures import measure_name
from data.wording.periods import period_short
from layouts.components.grid import grid
from layouts.components.marks import marks
from layouts.ids.unit import UnitId

_ROW_HEIGHT, _HEADERS = 50, 70


def series(page: UnitPage) -> Component:
    """A table of the main indicators; predecessors stand after the unit itself, each with its own years."""
    drawn = [(line, place) for line in page.lines for place in range(len(page.periods)) if _says(page, line, place)]
    groups = [_group(page, line, [place for other, place in drawn if other is line]) for line in page.lines]
    columns = [_heading(), *(group for group in groups if group["children"])]
    rows = [_row(page, number, drawn) for number in range(len(page.definitions))]
    height = _HEADERS + _ROW_HEIGHT * len(rows)
    return html.Section(
        [
            html.H2(_("Results as reported")),
            grid(
                UnitId.SERIES,
                columns,
                rows,
                label=_("Results as reported"),
                options={
                    "rowHeight": _ROW_HEIGHT,
                    "groupHeaderHeight": 30,
                    "headerHeight": 34,
                    "context": {"marks": marks()},
                },
                listeners={"gridSizeChanged": ["gridFit(params)"], "componentStateChanged": ["gridFit(params)"]},
                style={"height": f"min({height}px, max(440px, calc(100vh - 120px)))"},
            ),
        ]
    )


def _says(page: UnitPage, line: Line, place: int) -> bool:
    """Whether the line says anything of that period: a value, or why something that it reports is missing."""
    return any(
        cell is not None and (cell.value is not None or not definition.surveyed)
        for definition, cell in ((one, row[place]) for one, row in zip(page.definitions, line.rows, strict=True))
    )


def _column_id(line: Line, place: int) -> str:
    return f"{line.named.unit.key}:{place}"


def _group(page: UnitPage, line: Line, places: list[int]) -> dict[str, Any]:
    """A unit's columns under its name and the years that it lived."""
    unit = line.named.unit
    years = f"{unit.opened_on.year}–{unit.closed_on.year if unit.closed_on else ''}"
    name = line.named.name if len(page.lines) == 1 else f"{line.named.name}, {years}"
    return {"headerName": name, "headerTooltip": name, "children": [_period(page, line, place) for place in places]}


def _period(page: UnitPage, line: Line, place: int) -> dict[str, Any]:
    column = _column_id(line, place)
    return {
        "colId": column,
        "field": column,
        "headerName": period_short(page.periods[place]),
        "headerClass": "period-heading",
        "minWidth": 136,
        "flex": 1,
        "sortable": False,
        "cellRenderer": "ValueCell",
    }


def _heading() -> dict[str, Any]:
    return {
        "headerName": _("Indicator"),
        "children": [
            {
                "colId": "name",
                "field": "name",
                "headerName": _("Measure"),
                "pinned": "left",
                "lockPinned": True,
                "width": 214,
                "sortable": False,
                "cellRenderer": "NameCell",
            }
        ],
    }


def _row(page: UnitPage, number: int, drawn: list[tuple[Line, int]]) -> dict[str, Any]:
    definition = page.definitions[number]
    row: dict[str, Any] = {
        "key": definition.key,
        "name": definition.short,
        "small": measure_name(definition.measure),
    }
    for line, place in drawn:
        row[_column_id(line, place)] = _cell(line.rows[number][place], definition.measure)
    return row


def _cell(cell: Cell | None, measure: Measure) -> dict[str, Any]:
    """The value with its verdict and interval; where the unit did not live in that period, nothing at all."""
    if cell is None:
        return {"t": ""}
    text, small, verdict, _word, why = shown(cell, measure)
    if cell.value is not None and cell.primary is not None:
        why = "\n".join(filter(None, (why, _target(cell.primary.aim, measure))))
    return {name: field for name, field in (("t", text), ("s", small), ("y", why), ("c", verdict)) if field}


def _target(aim: Aim, measure: Measure) -> str:
    """What the cell is judged by: the unit's own target, else the nation's."""
    said = _("The unit's target for {year}") if aim.kind is AimKind.OWN else _("National target for {year}")
    return f"{said.format(year=aim.year)}: {aim_text(aim, measure)}"
