"""A comparison as a workbook: the table of the screen, the targets with their sources, and what the file is."""

from typing import Any, BinaryIO

from xlsxwriter import Workbook

from data import clock
from data.comparisons.model import Comparison
from data.exports.flat import about, shown_targets, title
from data.exports.formats import FACE, LETTERS, Looks
from data.exports.lists import write_about, write_targets
from data.exports.paper import lay_sheet, titled
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
    # Columns are measured in letters of the workbook's own face: with that of its cells they are as wide everywhere.
    "default_format_properties": {"font_name": FACE, "font_size": LETTERS},
}


def write_xlsx(comparison: Comparison, stamp: ExportStamp, stream: BinaryIO) -> None:
    """Writes the workbook, in the reader's language, into the stream."""
    workbook = Workbook(stream, OPTIONS)
    made_at = stamp.at.astimezone(clock.HERE).replace(tzinfo=None)
    named = title(comparison)
    workbook.set_properties({"title": named, "author": stamp.account, "created": made_at})
    looks = Looks(workbook)
    foot = titled(named, illustrative=comparison.illustrative)
    write_table(add_sheet(workbook, _("Table"), foot), looks, comparison, stamp)
    write_targets(add_sheet(workbook, _("Targets"), foot), looks, shown_targets(comparison))
    write_about(add_sheet(workbook, _("About"), foot), looks, about(comparison, stamp), comparison.columns)
    workbook.close()


def add_sheet(workbook: Workbook, name: str, title: str) -> Any:
    """A sheet that prints on A4, lying, with this title and a number under each page."""
    sheet = workbook.add_worksheet(name)
    sheet.hide_gridlines(2)
    lay_sheet(sheet, title)
    return sheet
