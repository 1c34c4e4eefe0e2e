"""The first sheet: units down, definitions across, what they are held against on top."""

from bisect import bisect
from collections.abc import Iterable
from itertools import groupby
from math import isfinite
from typing import Any

from data.comparisons.coverage import coverage_text
from data.comparisons.model import Column, Comparison
from data.exports.flat import FlatCell, FlatRow, flat_rows, heading, marks_of, pinned_text, pinned_title, title
from data.exports.formats import (
    BOLD,
    LETTERS,
    SMALL_LETTERS,
    SMALL_LINE,
    Looks,
    height_of,
    margin_decimals,
    number_format,
)
from data.exports.paper import TITLE, UNDER, WARNING, Paper, lay_out, plan_printing, write_above
from data.exports.stamp import ExportStamp
from data.measures import Measure
from data.numbers import format_date, format_moment
from data.wording import _

_FIRST_COLUMN = 2
_MOST_FROZEN = 4
_GROUPS, _HEADINGS, _PARTS, _BODY = range(3, 7)
# In letters, as a sheet measures its columns.
_KEY_WIDTH, _NAME_WIDTH, _NUMBER_WIDTH = 10, 33, 10
# Long notes have more room: a single one of them makes its whole row high.
_NOTE_WIDTH, _LONG_NOTE_WIDTH, _LONG_NOTE = 28, 57, 120


def write_table(sheet: Any, looks: Looks, comparison: Comparison, stamp: ExportStamp) -> None:
    """Title, headings, targets, total, units. Headings and names stay in sight, and on every printed page."""
    places, rows = _places(comparison.columns), list(flat_rows(comparison))
    noted = [_note_width(row.cells[number].note for row in rows) for number in range(len(comparison.columns))]
    widths = _widths(comparison.columns, noted)
    paper = Paper(widths, _FIRST_COLUMN, (_GROUPS, _PARTS), places[:-1], SMALL_LETTERS)
    _write_title(sheet, looks, comparison, stamp, paper)
    _write_headings(sheet, looks, comparison, places, plan_printing(paper).breaks)
    at = _BODY
    for number in range(len(comparison.target_rows)):
        _write_pinned(sheet, looks, comparison, number, places)
        at += 1
    pinned = at if len(comparison.target_rows) <= _MOST_FROZEN else _BODY
    for row in rows:
        _write_row(sheet, looks, comparison.columns, row, at, places)
        sheet.set_row(at, _height(row, noted))
        at += 1
    sheet.freeze_panes(pinned, _FIRST_COLUMN)
    sheet.print_area(0, 0, at - 1, places[-1] - 1)
    lay_out(sheet, paper)


def _widths(columns: tuple[Column, ...], noted: list[int]) -> list[int]:
    parts = [(*[_NUMBER_WIDTH] * (len(_parts(column)) - 1), note) for column, note in zip(columns, noted, strict=True)]
    return [_KEY_WIDTH, _NAME_WIDTH, *(width for one in parts for width in one)]


def _note_width(notes: Iterable[str]) -> int:
    return _LONG_NOTE_WIDTH if any(len(note) > _LONG_NOTE for note in notes) else _NOTE_WIDTH


def _height(row: FlatRow, noted: list[int]) -> float:
    # Notes are set smaller and begin a little to the right.
    notes = [(cell.note, width * LETTERS / SMALL_LETTERS - 2) for cell, width in zip(row.cells, noted, strict=True)]
    return max(height_of([(row.title, _NAME_WIDTH * BOLD)]), height_of(notes, line=SMALL_LINE))


def _places(columns: tuple[Column, ...]) -> list[int]:
    """Where each definition's cells begin, and where the last ones end."""
    places = [_FIRST_COLUMN]
    for column in columns:
        places.append(places[-1] + len(_parts(column)))
    return places


def _parts(column: Column) -> list[str]:
    interval = [_("95% from"), _("95% to")] if column.definition.chance else []
    return [_("Result"), _("Margin"), *interval, _("Judgement")]


def _write_title(sheet: Any, looks: Looks, comparison: Comparison, stamp: ExportStamp, paper: Paper) -> None:
    under = _("Boundaries of {day} · {coverage} · exported {moment}").format(
        day=format_date(comparison.boundaries),
        coverage=coverage_text(comparison),
        moment=format_moment(stamp.at),
    )
    texts = [(title(comparison), TITLE), (under, UNDER), (marks_of(comparison), WARNING)]
    write_above(sheet, looks, texts, paper)


def _write_headings(
    sheet: Any, looks: Looks, comparison: Comparison, places: list[int], breaks: tuple[int, ...]
) -> None:
    columns = comparison.columns
    sheet.merge_range(_GROUPS, 0, _PARTS, 0, _("Key"), looks.head())
    sheet.merge_range(_GROUPS, 1, _PARTS, 1, _("Unit"), looks.head())
    sheet.set_row(_HEADINGS, 44)
    sheet.set_row(_PARTS, height_of([(_("Margin"), _NUMBER_WIDTH * BOLD)]))
    numbered = list(enumerate(columns))
    # A page's width names the programme anew: a merged cell that goes on over its edge says nothing there.
    for (programme, _page), members in groupby(
        numbered, key=lambda one: (one[1].definition.programme, bisect(breaks, places[one[0]]))
    ):
        found = [number for number, _column in members]
        name = f"{programme.key} · {programme.name}" if programme else _("Other")
        sheet.merge_range(_GROUPS, places[found[0]], _GROUPS, places[found[-1] + 1] - 1, name, looks.head())
    for number, column in numbered:
        start, end = places[number], places[number + 1] - 1
        sheet.merge_range(_HEADINGS, start, _HEADINGS, end, heading(column, comparison.period), looks.head())
        for offset, part in enumerate(_parts(column)):
            sheet.write_string(_PARTS, start + offset, part, looks.head())


def _write_pinned(sheet: Any, looks: Looks, comparison: Comparison, number: int, places: list[int]) -> None:
    at, name = _BODY + number, pinned_title(comparison, number)
    sheet.set_row(at, height_of([(name, _NAME_WIDTH * BOLD)]))
    sheet.write_string(at, 0, "", looks.target())
    sheet.write_string(at, 1, name, looks.target(text_wrap=True))
    targets = comparison.target_rows[number].targets
    for place, (column, target) in enumerate(zip(comparison.columns, targets, strict=True)):
        # A target may be longer than a number is wide, so it has all the cells of its column.
        text = pinned_text(target, column.definition.measure)
        sheet.merge_range(at, places[place], at, places[place + 1] - 1, text, looks.target(align="center"))


def _write_row(sheet: Any, looks: Looks, columns: tuple[Column, ...], row: FlatRow, at: int, places: list[int]) -> None:
    sheet.write_string(at, 0, row.key, looks.text(bold=row.total, font_color="#44505C"))
    sheet.write_string(at, 1, row.title, looks.text(bold=row.total, text_wrap=True))
    for place, (column, cell) in enumerate(zip(columns, row.cells, strict=True)):
        _write_cell(sheet, looks, column, cell, (at, places[place]), row)


def _write_cell(sheet: Any, looks: Looks, column: Column, cell: FlatCell, at: tuple[int, int], row: FlatRow) -> None:
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
    sheet.write_string(line, end, cell.note, looks.note(cell.verdict, bold=bold))


def _margin_look(looks: Looks, margin: float | None, measure: Measure, *, bold: bool) -> Any:
    decimals = None if margin is None else margin_decimals(margin, measure)
    return looks.number(number_format(measure, decimals, signed=True), bold=bold)


def _write_number(sheet: Any, line: int, place: int, value: float | None, look: Any) -> None:
    # A workbook has no infinity: the open end of an interval stays empty.
    if value is None or not isfinite(value):
        sheet.write_blank(line, place, None, look)
    else:
        sheet.write_number(line, place, value, look)
