"""The first sheet: units down, definitions across, what they are held against on top."""

from itertools import groupby, pairwise
from math import isfinite
from typing import Any

from data.comparisons.coverage import coverage_text
from data.comparisons.model import Column, Comparison
from data.exports.flat import FlatCell, FlatRow, flat_rows, heading, marks_of, pinned_text, pinned_title, title
from data.exports.formats import Looks, height_of, margin_decimals, number_format
from data.exports.stamp import ExportStamp
from data.measures import Measure
from data.numbers import format_date, format_moment
from data.wording import _

_FIRST_COLUMN = 2
_MOST_FROZEN = 4
_TITLE, _UNDER, _MARK, _GROUPS, _HEADINGS, _PARTS, _BODY = range(7)
# In letters, as a sheet measures its columns; a printed page, scaled, is as wide as this many.
_KEY_WIDTH, _NAME_WIDTH, _NUMBER_WIDTH, _NOTE_WIDTH = 10, 44, 10, 27
# Notes are set smaller, so that more of them fits.
_NOTE_LETTERS = 31
_SCALE, _PAGE_WIDTH = 55, 225


def write_table(sheet: Any, looks: Looks, comparison: Comparison, stamp: ExportStamp) -> None:
    """Title, headings, targets, total, units. Headings and names stay in sight, and on every printed page."""
    _write_title(sheet, looks, comparison, stamp)
    places = _places(comparison.columns)
    _write_headings(sheet, looks, comparison, places)
    at = _BODY
    for number in range(len(comparison.target_rows)):
        _write_pinned(sheet, looks, comparison, number, places)
        at += 1
    pinned = at if len(comparison.target_rows) <= _MOST_FROZEN else _BODY
    for row in flat_rows(comparison):
        _write_row(sheet, looks, comparison.columns, row, at, places)
        at += 1
    sheet.freeze_panes(pinned, _FIRST_COLUMN)
    sheet.repeat_rows(_GROUPS, _PARTS)
    sheet.repeat_columns(0, _FIRST_COLUMN - 1)
    sheet.print_area(0, 0, at - 1, places[-1] - 1)
    sheet.set_print_scale(_SCALE)
    sheet.set_v_pagebreaks(_page_breaks(places))


def _page_breaks(places: list[int]) -> list[int]:
    """Where printed pages end, so that no definition is torn in two."""
    breaks, used = [], 0
    for start, end in pairwise(places):
        width = (end - start - 1) * _NUMBER_WIDTH + _NOTE_WIDTH
        if used and used + width > _PAGE_WIDTH - _KEY_WIDTH - _NAME_WIDTH:
            breaks.append(start)
            used = 0
        used += width
    return breaks


def _places(columns: tuple[Column, ...]) -> list[int]:
    """Where each definition's cells begin, and where the last ones end."""
    places = [_FIRST_COLUMN]
    for column in columns:
        places.append(places[-1] + len(_parts(column)))
    return places


def _parts(column: Column) -> list[str]:
    interval = [_("95% from"), _("95% to")] if column.definition.chance else []
    return [_("Result"), _("Margin"), *interval, _("Judgement")]


def _write_title(sheet: Any, looks: Looks, comparison: Comparison, stamp: ExportStamp) -> None:
    under = _("Boundaries of {day} · {coverage} · exported {moment}").format(
        day=format_date(comparison.boundaries),
        coverage=coverage_text(comparison),
        moment=format_moment(stamp.at),
    )
    sheet.write_string(_TITLE, 0, title(comparison), looks.get(bold=True, font_size=14))
    sheet.write_string(_UNDER, 0, under, looks.get(font_color="#44505C"))
    sheet.write_string(_MARK, 0, marks_of(comparison), looks.get(bold=True, font_color="#A3271F"))


def _write_headings(sheet: Any, looks: Looks, comparison: Comparison, places: list[int]) -> None:
    columns = comparison.columns
    sheet.set_column(0, 0, _KEY_WIDTH)
    sheet.set_column(1, 1, _NAME_WIDTH)
    sheet.merge_range(_GROUPS, 0, _PARTS, 0, _("Key"), looks.head())
    sheet.merge_range(_GROUPS, 1, _PARTS, 1, _("Unit"), looks.head())
    sheet.set_row(_HEADINGS, 44)
    numbered = list(enumerate(columns))
    for programme, members in groupby(numbered, key=lambda one: one[1].definition.programme):
        found = [number for number, _column in members]
        name = f"{programme.key} · {programme.name}" if programme else _("Other")
        sheet.merge_range(_GROUPS, places[found[0]], _GROUPS, places[found[-1] + 1] - 1, name, looks.head())
    for number, column in numbered:
        start, end = places[number], places[number + 1] - 1
        sheet.merge_range(_HEADINGS, start, _HEADINGS, end, heading(column, comparison.period), looks.head())
        for offset, part in enumerate(_parts(column)):
            sheet.write_string(_PARTS, start + offset, part, looks.head())
        sheet.set_column(start, end - 1, _NUMBER_WIDTH)
        sheet.set_column(end, end, _NOTE_WIDTH)


def _write_pinned(sheet: Any, looks: Looks, comparison: Comparison, number: int, places: list[int]) -> None:
    at, name = _BODY + number, pinned_title(comparison, number)
    sheet.set_row(at, height_of([(name, _NAME_WIDTH)]))
    sheet.write_string(at, 0, "", looks.target())
    sheet.write_string(at, 1, name, looks.target(text_wrap=True))
    targets = comparison.target_rows[number].targets
    for place, (column, target) in enumerate(zip(comparison.columns, targets, strict=True)):
        # A target may be longer than a number is wide, so it has all the cells of its column.
        text = pinned_text(target, column.definition.measure)
        sheet.merge_range(at, places[place], at, places[place + 1] - 1, text, looks.target(align="center"))


def _write_row(sheet: Any, looks: Looks, columns: tuple[Column, ...], row: FlatRow, at: int, places: list[int]) -> None:
    if row.own:
        sheet.set_row(at, height_of((cell.note, _NOTE_LETTERS) for cell in row.cells))
    sheet.write_string(at, 0, row.key, looks.text(bold=row.total, font_color="#44505C"))
    sheet.write_string(at, 1, row.title, looks.text(bold=row.total))
    for place, (column, cell) in enumerate(zip(columns, row.cells, strict=True)):
        _write_cell(sheet, looks, column, cell, (at, places[place]), row)


def _write_cell(
    sheet: Any, looks: Looks, column: Column, cell: FlatCell, at: tuple[int, int], row: FlatRow
) -> None:
    measure, bold = column.definition.measure, row.total
    plain = looks.number(number_format(measure), bold=bold)
    line, place = at
    _write_number(sheet, line, place, cell.value, plain)
    _write_number(sheet, line, place + 1, cell.margin, _margin_look(looks, cell.margin, measure, bold=bold))
    end = place + 2
    if column.definition.chance:
        _write_number(sheet, line, place + 2, cell.low, plain)
        _write_number(sheet, line, place + 3, cell.high, plain)
        end = place + 4
    sheet.write_string(line, end, cell.note, looks.note(cell.verdict, bold=bold, wrapped=row.own))


def _margin_look(looks: Looks, margin: float | None, measure: Measure, *, bold: bool) -> Any:
    decimals = None if margin is None else margin_decimals(margin, measure)
    return looks.number(number_format(measure, decimals, signed=True), bold=bold)


def _write_number(sheet: Any, line: int, place: int, value: float | None, look: Any) -> None:
    # A workbook has no infinity: the open end of an interval stays empty.
    if value is None or not isfinite(value):
        sheet.write_blank(line, place, None, look)
    else:
        sheet.write_number(line, place, value, look)
