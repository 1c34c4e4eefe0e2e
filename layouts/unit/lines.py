"""The grid of a unit's table: definitions down, grouped by programme; what each is held against across."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from textwrap import wrap
from typing import Any

from dash.development.base_component import Component

from data.comparisons.headings import column_measure
from data.comparisons.unit_display import AimText, PrintedLine, Text, printed_lines
from data.comparisons.unit_model import UnitTable
from data.wording import _
from data.wording.measures import NO_VALUE
from data.wording.periods import period_short
from layouts.comparison.sizes import USUAL_HEIGHT, height_in
from layouts.comparison.targets import WORDS
from layouts.components.addresses import paths_address, target_address
from layouts.components.grid import grid
from layouts.components.marks import marks
from layouts.ids.unit import UnitId

_HEADER_HEIGHT, _GROUP_HEIGHT = 62, 32
# What does not fit into the window scrolls inside the table, so that the headings stay in sight.
_TALLEST = "max(440px, calc(100vh - 120px))"
# The least width of each column in pixels.
_WIDTHS = {
    "result": 118, "since": 118, "before": 132, "own": 124, "parent": 124, "national": 124, "share": 86, "verdict": 236,
    "series": 124, "rank": 124,
}  # fmt: skip
# How many letters of a name stand on a line, and as many on a telephone; a line's height, and that of the rest.
_LETTERS, _LETTERS_NARROW = 25, 16
_NAME_LINE, _BESIDE_NAME = 17, 25
_RENDERERS = {"verdict": "VerdictCell", "series": "SeriesCell"}


def lines_grid(table: UnitTable, label: str) -> Component:
    """The table. A line asks for the evidence of its result; a target leads to where it is registered."""
    lines = printed_lines(table)
    rows = list(_rows(table, lines))
    height = _HEADER_HEIGHT + sum(row["height"] for row in rows)
    return grid(
        UnitId.TABLE,
        [_names(), *(_column(name, text, small) for name, text, small in _headings(table))],
        rows,
        label=label,
        every_column={"sortable": False, "wrapHeaderText": True, "autoHeaderHeight": True},
        options={
            "rowHeight": USUAL_HEIGHT,
            "getRowHeight": {"function": f"unitHeight(params, {USUAL_HEIGHT})"},
            "isFullWidthRow": {"function": "unitIsGroup(params)"},
            "fullWidthCellRenderer": "GroupRow",
            "context": {"label": label, "marks": marks()},
        },
        listeners={
            "cellClicked": ["unitAsk(params, setEventData)"],
            "cellKeyDown": ["unitAsk(params, setEventData)"],
            "gridSizeChanged": ["gridFit(params)"],
            "componentStateChanged": ["gridFit(params)"],
        },
        style={"height": f"min({height}px, {_TALLEST})"},
    )


def _headings(table: UnitTable) -> Iterator[tuple[str, str, str]]:
    """Each column by its name, with its heading and what stands under that."""
    period = table.period
    if table.with_since:
        yield "result", _("Result"), period_short(period)
        yield "since", _("Cumulated"), period_short(period.to_date())
    else:
        yield "result", _("Result, cumulated since January"), period_short(period)
    yield "before", _("Same period last year"), _("change")
    if not table.is_nation:
        yield "own", _("Plan of the unit"), _("{year}, kind of plan").format(year=period.year)
    if table.above is not None:
        yield "parent", _("Plan of the level above"), table.above.title
    yield "national", _("National target"), str(period.year)
    yield "share", _("% of plan"), ""
    yield "verdict", _("Judgement"), _("by what, and why")
    yield "series", _("Last years"), _years(table)
    if table.query.ranks:
        yield "rank", _("Rank among peers"), _("95% range / ranked")


def _years(table: UnitTable) -> str:
    years = [year for year, _cell in table.lines[0].series] if table.lines else []
    return f"{years[0]}–{years[-1]}" if years else ""


def _names() -> dict[str, Any]:
    return {
        "colId": "name",
        "field": "name",
        "headerName": _("Indicator"),
        "pinned": "left",
        "lockPinned": True,
        "width": 214,
        "cellRenderer": "LineName",
    }


def _column(name: str, text: str, small: str) -> dict[str, Any]:
    return {
        "colId": name,
        "field": name,
        "headerName": text,
        "headerComponentParams": {
            "innerHeaderComponent": "ColumnHeading",
            "innerHeaderComponentParams": {"small": small},
        },
        "minWidth": _WIDTHS[name],
        "flex": _WIDTHS[name],
        "headerClass": "at-left" if name == "verdict" else "",
        "cellRenderer": _RENDERERS.get(name, "LineCell"),
    }


def _rows(table: UnitTable, lines: Iterable[PrintedLine]) -> Iterator[dict[str, Any]]:
    """The lines under the names of their programmes."""
    for programme, members in groupby(lines, key=lambda one: one.line.definition.programme):
        name = f"{programme.key} · {programme.name}" if programme else _("Other")
        yield {"key": f"programme:{programme.key if programme else ''}", "group": name, "height": _GROUP_HEIGHT}
        for line in members:
            yield _row(table, line)


def _row(table: UnitTable, printed: PrintedLine) -> dict[str, Any]:
    definition = printed.line.definition
    row: dict[str, Any] = {
        "key": definition.key,
        "name": f"{printed.number}. {definition.short}",
        "small": column_measure(definition, table.period),
        "title": f"{definition.name}: {definition.formula}",
        "result": _value(printed.result),
        "before": _before(printed),
        "own": _aim(printed.own, table.unit.key),
        "national": _aim(printed.national, ""),
        "share": _value(printed.share),
        "verdict": _filled(c=printed.verdict.code, t=printed.verdict.word, s=printed.verdict.why),
        "series": {
            "p": [[year, value] for year, value, _text in printed.series],
            "t": printed.series_said,
            "h": paths_address(table.unit.key, definition.key),
        },
    }
    if printed.since is not None:
        row["since"] = _value(printed.since)
    if printed.parent is not None and table.above is not None:
        row["parent"] = _aim(printed.parent, table.above.key)
    if printed.rank is not None:
        row["rank"] = _value(printed.rank)
    cells = (height_in(_said(row[name]), width) for name, width in _WIDTHS.items() if name in row)
    row["height"] = max(_name_height(row["name"], _LETTERS), *cells)
    row["narrow"] = _name_height(row["name"], _LETTERS_NARROW)
    return row


def _name_height(name: str, letters: int) -> int:
    return _BESIDE_NAME + _NAME_LINE * len(wrap(name, letters))


def _said(cell: dict[str, Any]) -> str:
    """What takes up lines of small text in a cell: a target put into words does, where a number stands on its own."""
    text, small = cell["t"] if len(cell["t"]) > WORDS and "p" not in cell else "", cell.get("s", "")
    return f"{text} {small}".strip()


def _value(text: Text) -> dict[str, str]:
    return _filled(t=text.text, s=text.small, y=text.why)


def _before(printed: PrintedLine) -> dict[str, str]:
    """The value of a year before, and under it the change since."""
    before, change = printed.before, printed.change
    changed = [change.text, change.small] if change.text != NO_VALUE else []
    small = " · ".join(filter(None, (*changed, before.small)))
    return _filled(t=before.text, s=small, y="\n".join(filter(None, (before.why, change.why))))


def _aim(aim: AimText, unit: str) -> dict[str, str]:
    return _filled(t=aim.text, s=aim.small, y=aim.why, h=target_address(aim.target, unit) if aim.target else "")


def _filled(**fields: str) -> dict[str, str]:
    """What says something: most of a table's cells have no more than a text, and would travel with the rest."""
    return {name: field for name, field in fields.items() if field or name == "t"}
