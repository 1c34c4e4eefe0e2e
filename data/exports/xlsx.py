"""A comparison as a workbook: the table of the screen, the targets with their sources, and what the file is."""

from typing import Any, BinaryIO

from xlsxwriter import Workbook

from data import clock
from data.comparisons.model import Comparison
from data.exports.flat import about, shown_targets, title
from data.exports.formats import Looks
from data.exports.lists import write_about, write_targets
from data.exports.stamp import ExportStamp
from data.exports.table import write_table
from data.wording import _

# What a text says is never run: no formula, no link, no number made from a text.
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}


def write_xlsx(comparison: Comparison, stamp: ExportStamp, stream: BinaryIO) -> None:
    """Writes the workbook, in the reader's language, into the stream."""
    workbook = Workbook(stream, OPTIONS)
    made_at = stamp.at.astimezone(clock.HERE).replace(tzinfo=None)
    workbook.set_properties({"title": title(comparison), "author": stamp.account, "created": made_at})
    looks = Looks(workbook)
    write_table(add_sheet(workbook, _("Table")), looks, comparison, stamp)
    write_targets(add_sheet(workbook, _("Targets")), looks, shown_targets(comparison))
    write_about(add_sheet(workbook, _("About")), looks, about(comparison, stamp), comparison.columns)
    workbook.close()


def add_sheet(workbook: Workbook, name: str) -> Any:
    """A sheet that prints on A4, lying, with its pages numbered."""
    sheet = workbook.add_worksheet(name)
    sheet.hide_gridlines(2)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    sheet.set_footer("&C&P/&N")
    return sheet
