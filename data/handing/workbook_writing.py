"""Writes the workbook to be filled in: the table, as it will be printed and signed, and how to fill it in."""

from io import BytesIO
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_range

from data.exports.formats import Looks, height_of, number_format
from data.exports.paper import TITLE, UNDER, Paper, lay_out, write_above
from data.exports.xlsx import OPTIONS, add_sheet
from data.handing.workbook_model import CODES, HEADINGS, NAMES, OWN, SheetColumn, Template
from data.judging.operators import Operator
from data.measures import Measure
from data.numbers import MAX_COUNT, format_number
from data.wording import N_, _
from data.wording.measures import measure_name
from data.wording.targets import operator_sign

_KEYS, _CODE, _NAME, _FIRST = range(4)
_CORNER, _HEADINGS, _OWN, _BODY = range(3, 7)
# So far what stands above the table may reach, where the table is narrow.
_TOP_END = 7
_KEY_WIDTH, _CODE_WIDTH, _NAME_WIDTH, _NUMBER_WIDTH = 12, 9, 30, 17
# A bold letter is wider than the plain one that a sheet measures by.
_HEADING_LETTERS, _OWN_LETTERS, _OWN_NAME_LETTERS = 13, 14, 26
_NO_HEADING = 30
_MORE_DECIMALS = 2
_GREY, _PALE = "#6B7784", "#F1F4F7"

_GUIDE = (
    N_("Fill in the white cells of the sheet with the table, then send the file in the portal."),
    N_("Each row is a unit and each column an indicator; the sign under its name says how the number is read."),
    N_("Type the number itself, without sign or unit: 70,6 for 70,6%."),
    N_("A fall is typed with a minus where the heading says so."),
    N_("Leave a cell empty where nothing is handed down to that unit; nought is a number."),
    N_("Put numbers and no formulas: copy sums and paste them as values."),
    N_("Rows may be sorted and columns moved, whole, with their hidden keys; rows and columns may be deleted."),
    N_("Do not merge cells, and leave the hidden row and the hidden column of keys as they are."),
    N_("The workbook is for one unit and one year: for another year download another one."),
    N_("If one cell is wrong, nothing is read; the portal lists every wrong cell with what is wrong with it."),
)


def write_workbook(template: Template) -> bytes:
    """The workbook in the reader's language, with the numbers that stand already."""
    stream = BytesIO()
    workbook = Workbook(stream, OPTIONS)
    workbook.set_properties({"title": template.title})
    looks = Looks(workbook)
    _write_table(add_sheet(workbook, _("Targets to hand down"), template.title), looks, template)
    _write_guide(add_sheet(workbook, _("How to fill it in"), template.title), looks)
    workbook.close()
    return stream.getvalue()


def _write_table(sheet: Any, looks: Looks, template: Template) -> None:
    last_row, last_column = _BODY + len(template.units) - 1, _FIRST + len(template.columns) - 1
    widths = [_CODE_WIDTH, _NAME_WIDTH, *[_NUMBER_WIDTH] * len(template.columns)]
    paper = Paper(widths, repeated=2, headings=(_HEADINGS, _OWN), left=_CODE)
    _write_top(sheet, looks, template, paper)
    _write_keys(sheet, template)
    _write_headings(sheet, looks, template)
    for at, unit in enumerate(template.units, _BODY):
        sheet.write_string(at, _KEYS, unit.key)
        sheet.write_string(at, _CODE, unit.code, _locked(looks, font_color=_GREY))
        sheet.write_string(at, _NAME, unit.name, _locked(looks, text_wrap=True))
        sheet.set_row(at, height_of([(unit.name, _NAME_WIDTH)]))
        for place, column in enumerate(template.columns, _FIRST):
            value = template.values.get((unit.key, column.key))
            if value is None:
                sheet.write_blank(at, place, None, looks.number(_format(column)))
            else:
                sheet.write_number(at, place, value, looks.number(_format(column)))
    for place, column in enumerate(template.columns, _FIRST):
        if template.units:
            sheet.data_validation(_BODY, place, last_row, place, _validation(column))
    sheet.ignore_errors({"number_stored_as_text": xl_range(0, _KEYS, last_row, _CODE)})
    sheet.freeze_panes(_BODY, _FIRST)
    sheet.print_area(0, _CODE, last_row, max(last_column, _TOP_END))
    lay_out(sheet, paper)


def _write_top(sheet: Any, looks: Looks, template: Template, paper: Paper) -> None:
    under = _("Year {year} · unit {unit} · units: {units} · indicators: {columns}").format(
        year=template.year,
        unit=template.parent,
        units=format_number(len(template.units)),
        columns=format_number(len(template.columns)),
    )
    hint = _("Type numbers into the white cells; leave empty what is not handed down. The other sheet tells more.")
    write_above(sheet, looks, [(template.title, TITLE), (under, UNDER), (hint, {**UNDER, "italic": True})], paper)


def _write_keys(sheet: Any, template: Template) -> None:
    """What reading goes by: the corner, the keys of columns beside it, those of rows below it."""
    sheet.set_column(_KEYS, _KEYS, _KEY_WIDTH, None, {"hidden": True})
    sheet.set_row(_CORNER, None, None, {"hidden": True})
    sheet.write_string(_CORNER, _KEYS, template.corner)
    sheet.write_string(_CORNER, _CODE, CODES)
    sheet.write_string(_CORNER, _NAME, NAMES)
    sheet.write_string(_HEADINGS, _KEYS, HEADINGS)
    sheet.write_string(_OWN, _KEYS, OWN)
    for place, column in enumerate(template.columns, _FIRST):
        sheet.write_string(_CORNER, place, column.key)


def _write_headings(sheet: Any, looks: Looks, template: Template) -> None:
    sheet.write_string(_HEADINGS, _CODE, _("Code"), looks.head(valign="vcenter"))
    sheet.write_string(_HEADINGS, _NAME, _("Unit"), looks.head(valign="vcenter"))
    own = _("Target of the unit that hands down")
    sheet.write_string(_OWN, _CODE, "", looks.target())
    sheet.write_string(_OWN, _NAME, own, looks.target(text_wrap=True))
    for place, column in enumerate(template.columns, _FIRST):
        sheet.write_string(_HEADINGS, place, f"{column.name}\n{_asks(column)}", looks.head(valign="vcenter"))
        sheet.write_string(_OWN, place, column.own, looks.target(text_wrap=True, align="center"))
    headings = [
        sum(height_of([(text, _HEADING_LETTERS)]) for text in (one.name, _asks(one))) for one in template.columns
    ]
    sheet.set_row(_HEADINGS, max(headings, default=_NO_HEADING))
    sheet.set_row(_OWN, height_of([(own, _OWN_NAME_LETTERS), *((one.own, _OWN_LETTERS) for one in template.columns)]))


def _asks(column: SheetColumn) -> str:
    """Sign and measure under a heading: `(≥, %)`."""
    parts = [operator_sign(column.operator, column.direction), _measure(column)]
    return f"({', '.join(part for part in parts if part)})"


def _measure(column: SheetColumn) -> str:
    if column.operator is Operator.DELTA and column.measure is Measure.PERCENT:
        return _("percentage points")
    if column.operator is Operator.REDUCTION_FRACTION:
        return _("a fraction, such as 0,5")
    return measure_name(_measured_in(column))


def _measured_in(column: SheetColumn) -> Measure:
    """What the numbers of a column are in: relative changes are percents, whatever they change."""
    if column.operator in (Operator.DELTA_RELATIVE, Operator.REDUCTION_PERCENT):
        return Measure.PERCENT
    return Measure.NONE if column.operator is Operator.REDUCTION_FRACTION else column.measure


def _format(column: SheetColumn) -> str:
    return number_format(_measured_in(column), signed=column.signed, more=_MORE_DECIMALS)


def _locked(looks: Looks, **properties: Any) -> Any:
    return looks.text(bg_color=_PALE, **properties)


def _validation(column: SheetColumn) -> dict[str, Any]:
    """The program's own word on what is no number, before the portal's."""
    return {
        "validate": "decimal",
        "criteria": "between",
        "minimum": -MAX_COUNT if column.signed else 0,
        "maximum": MAX_COUNT,
        "error_title": _("Not a number"),
        "error_message": _("Type a number, or leave the cell empty."),
        "error_type": "warning",
    }


def _write_guide(sheet: Any, looks: Looks) -> None:
    lay_out(sheet, Paper((5, 110)))
    sheet.write_string(0, 0, _("How to fill it in"), looks.get(bold=True, font_size=14))
    for at, sentence in enumerate(_GUIDE, 1):
        sheet.write_number(at, 0, at, looks.get(num_format="0", align="center", font_color=_GREY))
        sheet.write_string(at, 1, _(sentence), looks.get(text_wrap=True))
        sheet.set_row(at, height_of([(_(sentence), 100)]) + 4)
