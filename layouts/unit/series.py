"""What was reported, year by year: as the units of each time reported it, or on the boundaries of one day."""

from datetime import timedelta
from typing import Any

from dash import html
from dash.development.base_component import Component

from data.catalogue.model import Definition
from data.comparisons.display import aim_text, shown
from data.comparisons.headings import part_of_rate_sentence
from data.comparisons.model import AimKind, Cell, Judged
from data.comparisons.unit_query import UnitQuery
from data.judging import Reason
from data.measures import Measure
from data.numbers import format_date
from data.periods import Period
from data.units.page_model import Line, UnitPage
from data.wording import _
from data.wording.measures import measure_name
from data.wording.periods import part_of_year, period_short
from data.wording.units import dated
from layouts.components.grid import grid
from layouts.components.marks import marks
from layouts.ids.unit import UnitId
from layouts.unit.boundaries import breaks, choice

_ROW_HEIGHT, _HEADERS = 52, 70
# More names than these do not fit above two or three columns; the notice above the table has them all.
_MOST_NAMED = 3


def series(page: UnitPage, query: UnitQuery) -> Component:
    """A table of the main indicators, with the choice of boundaries above it.

    As reported, predecessors stand after the unit itself, each with its own years. On the boundaries of a day each unit
    of that day has one line of years, and a stroke where it crosses a change.
    """
    title = _("Results as reported")
    if page.boundaries is not None:
        title = _("Results on the boundaries of {day}").format(day=format_date(page.boundaries))
    heading = [html.H2(title, id=UnitId.YEARS_PART), choice(page, query)]
    if not page.lines:
        return html.Section([*heading, html.P(_no_unit(page), className="soft")])
    drawn = [(line, place) for line in page.lines for place in range(len(page.periods)) if _says(page, line, place)]
    groups = [
        group
        for line in page.lines
        for group in _groups(page, line, [place for other, place in drawn if other is line])
    ]
    columns = [_heading(), *groups]
    rows = [_row(page, number, drawn) for number in range(len(page.definitions))]
    height = _HEADERS + _ROW_HEIGHT * len(rows)
    return html.Section(
        [
            *heading,
            *breaks(page),
            grid(
                UnitId.SERIES,
                columns,
                rows,
                label=title,
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


def _no_unit(page: UnitPage) -> str:
    if page.successors or page.predecessors:
        return _("On that day the area belonged to units of another level, or outside your reach.")
    return _("On that day there was no unit of this level on the area.")


def _says(page: UnitPage, line: Line, place: int) -> bool:
    """Whether the line says anything of that period: a value, or why something that it reports is missing."""
    return any(
        cell is not None and (cell.value is not None or not definition.surveyed)
        for definition, cell in ((one, row[place]) for one, row in zip(page.definitions, line.rows, strict=True))
    )


def _column_id(line: Line, place: int) -> str:
    return f"{line.named.unit.key}:{place}"


def _groups(page: UnitPage, line: Line, places: list[int]) -> list[dict[str, Any]]:
    """A unit's columns: under its name and its years, or on chosen boundaries under whoever counted at the time."""
    unit = line.named.unit
    if page.boundaries is None:
        name = line.named.name
        if len(page.lines) > 1:
            name = dated(name, unit.opened_on, unit.closed_on)
        return _group(page, line, places, name, crossed=line is not page.lines[0])
    change = next((one for one in page.breaks if one.unit_id == unit.id), None)
    if change is None:
        return _group(page, line, places, line.named.name, crossed=line is not page.lines[0])
    before = [place for place in places if page.periods[place].last_day < change.on]
    after = [place for place in places if place not in before]
    until = _("until {day}").format(day=format_date(change.on - timedelta(days=1)))
    few = len(change.made_of) <= _MOST_NAMED
    units = " + ".join(change.made_of) if few else _("{count} units of that time").format(count=len(change.made_of))
    counted = f"{units}, {until}"
    return [
        *_group(page, line, before, counted, crossed=line is not page.lines[0]),
        *_group(page, line, after, line.named.name, crossed=True),
    ]


def _group(page: UnitPage, line: Line, places: list[int], name: str, *, crossed: bool) -> list[dict[str, Any]]:
    """Columns under a name; a stroke stands before the first one where the series crosses a change."""
    if not places:
        return []
    columns = [_period(page, line, place) for place in places]
    if crossed:
        columns[0] |= {"headerClass": ["period-heading", "after-break"], "cellClass": "after-break"}
    return [{"headerName": name, "headerTooltip": name, "children": columns}]


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
        row[_column_id(line, place)] = _cell(line.rows[number][place], definition, page.periods[place])
    return row


def _cell(cell: Cell | None, definition: Definition, period: Period) -> dict[str, Any]:
    """The value with its verdict and interval, and of a yearly rate whose part it is; nothing where the unit did not
    live then.
    """
    if cell is None:
        return {"t": ""}
    text, small, verdict, _word, why = shown(cell, definition.measure)
    if cell.value is not None:
        said = [why, _target(cell.primary, definition.measure)]
        part = part_of_rate_sentence(definition, period)
        if part:
            small = " · ".join(filter(None, (part_of_year(period), small)))
            # It says in full what the reason says in short.
            said = [part, *(said[1:] if _is_for_the_year(cell.primary) else said)]
        why = "\n".join(filter(None, said))
    return {name: field for name, field in (("t", text), ("s", small), ("y", why), ("c", verdict)) if field}


def _is_for_the_year(mark: Judged | None) -> bool:
    """Whether a target of the whole year judges nothing because the period is a part of it."""
    return mark is not None and mark.judgement.reason is Reason.RATE_OF_YEAR


def _target(mark: Judged | None, measure: Measure) -> str:
    """What the cell is judged by: the unit's own target, else the nation's."""
    if mark is None:
        return ""
    aim = mark.aim
    said = _("The unit's target for {year}") if aim.kind is AimKind.OWN else _("National target for {year}")
    return f"{said.format(year=aim.year)}: {aim_text(aim, measure)}"
