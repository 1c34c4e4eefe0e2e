"""Reads a filled workbook back: every number, or none and everything that is wrong with it."""

from collections.abc import Callable, Iterable
from math import isfinite

from data.handing.workbook_checks import Layout, Place, plain, quoted, wrong_table
from data.handing.workbook_model import CORNER, HEADINGS, OWN, CellProblem, RefusedWorkbook, SheetColumn, Template
from data.numbers import MAX_COUNT, BadNumber, NumberProblem, format_exact, parse_number
from data.refusals import Invalid, TooLarge
from data.uploads import CellKind, SheetCell, UploadedSheet, address, open_workbook
from data.wording import N_, _

# What Excel makes of 70.6 by arithmetic is 70.60000000000001.
_DECIMALS = 6
_MARKS = frozenset({HEADINGS, OWN})

_SENTENCES = {
    CellKind.FORMULA: N_("A formula stands here. Put the number itself in its place."),
    CellKind.ERROR: N_("The sheet shows an error here. Type the number."),
    CellKind.DATE: N_("A date stands here. Type the number, and give the cell the format of a number."),
    CellKind.BOOLEAN: N_("TRUE or FALSE stands here. Type the number."),
    CellKind.PERCENTAGE: N_(
        "The cell has the format of a percentage, so that the sheet keeps a hundredth of what it shows. Give it the "
        "format of a number, and type 70 for 70%."
    ),
}
_TEXT_SENTENCES = {
    NumberProblem.AMBIGUOUS: N_("“{typed}” can be read in two ways. Leave out the comma."),
    NumberProblem.TOO_LONG: N_("“{typed}” is too long for a number."),
}
_NO_NUMBER = N_("“{typed}” is not a number. Leave the cell empty where nothing is handed down.")


def read_workbook(
    content: bytes, template: Template, wrong: Callable[[str, str, float], str] = lambda _unit, _column, _number: ""
) -> dict[tuple[str, str], float]:
    """The numbers of a filled workbook by keys of unit and column, rounded to six decimals; blank cells are left out.

    Units and columns that were taken out are left out too. `wrong` says of a unit, a column and a number why the number
    cannot be given, or nothing. Raises RefusedWorkbook with every cell that is wrong, or
    with the one thing that is wrong with the whole file, and TooLarge.
    """
    try:
        sheets = open_workbook(content)
    except TooLarge:
        raise
    except Invalid as refusal:
        raise RefusedWorkbook([CellProblem("", str(refusal))]) from refusal
    layout = _layout(sheets, template)
    values: dict[tuple[str, str], float] = {}
    problems: list[tuple[Place, str]] = list(wrong_table(layout, template))
    columns = {one.key: one for one in template.columns}
    for (row, place), cell in layout.sheet.cells.items():
        unit, column = layout.units.get(row), columns.get(layout.columns.get(place, ""))
        if unit is None or column is None:
            continue
        number = _number(cell, column)
        if isinstance(number, str):
            problems.append(((row, place), number))
        elif number is not None and (sentence := wrong(unit, column.key, number)):
            problems.append(((row, place), sentence))
        elif number is not None:
            values[unit, column.key] = number
    if problems:
        problems.sort(key=lambda one: one[0])
        raise RefusedWorkbook([CellProblem(address(*place), sentence) for place, sentence in problems])
    return values


def _layout(sheets: Iterable[UploadedSheet], template: Template) -> Layout:
    corners = [
        (sheet, place, cell.text)
        for sheet in sheets
        for place, cell in sheet.cells.items()
        if cell.kind is CellKind.TEXT and cell.text.startswith(f"{CORNER}/")
    ]
    if not corners:
        raise _whole(
            _(
                "This is not the workbook that the portal gives out for handing down targets, or its hidden row or "
                "column of keys is gone. Download it again and fill that in."
            )
        )
    if len(corners) > 1:
        raise _whole(_("The workbook holds the table of targets more than once. Keep one of them."))
    sheet, corner, text = corners[0]
    if text != template.corner:
        raise _whole(_other_workbook(text, template))
    down = {row: plain(cell) for (row, column), cell in sheet.cells.items() if column == corner[1] and row != corner[0]}
    across = {
        place: plain(cell) for (row, place), cell in sheet.cells.items() if row == corner[0] and place != corner[1]
    }
    units = {row: key for row, key in down.items() if key not in _MARKS}
    marks = {key: row for row, key in down.items() if key in _MARKS}
    return Layout(sheet, corner, units, marks, across)


def _other_workbook(text: str, template: Template) -> str:
    _mark, _slash, rest = text.partition("/")
    year, _slash, parent = rest.partition("/")
    if parent != template.parent:
        return _("This workbook was given out to another unit. Download your own and fill that in.")
    return _("This workbook is of the year {other}, and not of {year}.").format(other=quoted(year), year=template.year)


def _number(cell: SheetCell, column: SheetColumn) -> float | str | None:
    """The number of a cell, None for a blank, or the sentence that refuses it."""
    if cell.kind in _SENTENCES:
        return _(_SENTENCES[cell.kind])
    number = cell.number
    if cell.kind is CellKind.TEXT:
        try:
            number = float(parse_number(cell.text))
        except BadNumber as bad:
            if bad.reason is NumberProblem.EMPTY:
                return None
            return _(_TEXT_SENTENCES.get(bad.reason, _NO_NUMBER)).format(typed=quoted(cell.text))
    if not isfinite(number) or abs(number) > MAX_COUNT:
        return _("The number is greater than any target can be.")
    # Adding nought makes the negative nought of a sheet an ordinary one.
    number = round(number, _DECIMALS) + 0.0
    if number < 0 and not column.signed:
        return _("A target below zero does not exist here: {number}.").format(number=format_exact(number, _DECIMALS))
    return number


def _whole(sentence: str) -> RefusedWorkbook:
    return RefusedWorkbook([CellProblem("", sentence)])
