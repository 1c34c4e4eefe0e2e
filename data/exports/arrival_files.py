"""Whether the whole would arrive, as files: the rows of the screen, the units of an opened indicator, whose it is."""

import csv
from collections.abc import Iterator
from datetime import datetime
from typing import Any, BinaryIO, NamedTuple, TextIO

from sqlalchemy.orm import Session
from xlsxwriter import Workbook

from data import audit, clock
from data.arriving.listing import HEADINGS, lines_of, parts_of
from data.arriving.model import Arrival
from data.arriving.sentences import asks_text, convention_text, sources_text, title_text, under_texts
from data.exports.csv_file import BYTE_ORDER_MARK, DELIMITER
from data.exports.flat import neutral
from data.exports.formats import Looks, height_of, write_headings
from data.exports.paper import Paper, lay_out, titled
from data.exports.stamp import ExportStamp
from data.exports.target_files import write_pairs
from data.exports.xlsx import OPTIONS, add_sheet
from data.numbers import format_moment
from data.scope import Scope
from data.wording import _

_WIDTHS = {
    "definition": 30, "asks": 18, "source": 32, "conclusion": 32, "setting": 10, "value": 17, "supposed": 32,
    "weighing": 20, "unit": 24, "distance": 16, "weight": 10, "part": 16, "share": 11, "last": 14, "inherited": 36,
}  # fmt: skip
# At most so many letters stand in the name of a sheet.
_SHEET_NAME = 31


class _Table(NamedTuple):
    """A sheet, or a block of the text file: its name, headings by column, and rows."""

    name: str
    headings: dict[str, str]
    rows: list[tuple[str, ...]]


def write_arrival_xlsx(arrival: Arrival, stamp: ExportStamp, stream: BinaryIO) -> None:
    """Writes the workbook: a sheet for each table of the screen, and what the file is."""
    workbook = Workbook(stream, OPTIONS)
    made_at = stamp.at.astimezone(clock.HERE).replace(tzinfo=None)
    named = title_text(arrival)
    workbook.set_properties({"title": named, "author": stamp.account, "created": made_at})
    looks = Looks(workbook)
    foot = titled(named, illustrative=arrival.illustrative)
    for table in _tables(arrival):
        _write_rows(add_sheet(workbook, table.name[:_SHEET_NAME], foot), looks, table)
    write_pairs(add_sheet(workbook, _("About"), foot), looks, about(arrival, stamp), (40, 90))
    workbook.close()


def write_arrival_csv(arrival: Arrival, stamp: ExportStamp, stream: TextIO) -> None:
    """Writes the file as the comparison's is written: a block that says what it is, an empty line, then each table."""
    stream.write(BYTE_ORDER_MARK)
    writer = csv.writer(stream, delimiter=DELIMITER, lineterminator="\r\n")
    writer.writerows([neutral(label), neutral(text)] for label, text in about(arrival, stamp))
    for table in _tables(arrival):
        writer.writerow([])
        writer.writerow(table.headings.values())
        writer.writerows([neutral(text) for text in row] for row in table.rows)


def about(arrival: Arrival, stamp: ExportStamp) -> list[tuple[str, str]]:
    """What the file says of itself: label and text, in order."""
    query, gap = arrival.query, arrival.opened.gap if arrival.opened else None
    found = [
        (_("Content"), title_text(arrival)),
        (_("For"), " · ".join(under_texts(arrival))),
        (_("Programme"), query.programme or _("all")),
        (_("Indicator"), arrival.opened.definition.name if arrival.opened else _("all")),
        (_("How it is reckoned"), convention_text()),
    ]
    if gap is not None:
        found.append((_("Unit by unit against"), f"{asks_text(gap.demand)} ({sources_text(gap.demand)})"))
    if arrival.illustrative:
        found.append((_("Results"), _("illustrative data")))
    return [
        *found,
        (_("Exported by"), stamp.account),
        (_("Exported at"), format_moment(stamp.at)),
        (_("Reach of the account"), stamp.reach),
    ]


def record_arrival_export(session: Session, scope: Scope, arrival: Arrival, kind: str, now: datetime) -> None:
    """The audit line: who took which answer, as which kind of file."""
    rows = sum(len(line.answers) for line in arrival.lines)
    detail = {"table": "arrival", "kind": kind, "query": arrival.query.to_args(), "rows": rows}
    audit.record(session, scope.account_id, "export", now, detail=detail)


def _tables(arrival: Arrival) -> Iterator[_Table]:
    headings = {name: _(text) for name, text in HEADINGS.items()}
    yield _Table(_("Answer"), headings, [tuple(texts) for _line, _answer, texts in lines_of(arrival)])
    if arrival.opened is not None:
        found = parts_of(arrival.opened)
        yield _Table(_("Unit by unit"), found.headings, [tuple(texts.values()) for _part, texts in found.rows])


def _write_rows(sheet: Any, looks: Looks, table: _Table) -> None:
    widths = [_WIDTHS[name] for name in table.headings]
    write_headings(sheet, looks, zip(table.headings.values(), widths, strict=True))
    for at, row in enumerate(table.rows, 1):
        sheet.set_row(at, height_of(zip(row, widths, strict=True)))
        for place, text in enumerate(row):
            sheet.write_string(at, place, text, looks.text(text_wrap=True, valign="top"))
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(table.rows), 1), len(widths) - 1)
    lay_out(sheet, Paper(widths, repeated=1, headings=(0, 0)))
