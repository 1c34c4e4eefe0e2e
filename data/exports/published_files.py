"""The published values as files that can be filled in and read back: a table, the lists that its cells come from."""

import csv
from collections.abc import Sequence
from datetime import datetime
from typing import Any, BinaryIO, TextIO

from sqlalchemy.orm import Session
from xlsxwriter import Workbook

from data import audit, clock
from data.exports.csv_file import BYTE_ORDER_MARK, DELIMITER
from data.exports.flat import neutral
from data.exports.formats import Looks, height_of, write_headings
from data.exports.paper import Paper, lay_out
from data.exports.stamp import ExportStamp
from data.exports.xlsx import OPTIONS, add_sheet
from data.kinds import Confidence, Standing, UnitLevel
from data.numbers import format_moment
from data.published.bases import Basis
from data.published.columns import COLUMNS
from data.published.drafts import PublishedField
from data.published.kept import DECIMALS, KeptValue, regions, unit_name
from data.published.query import PublishedList
from data.scope import Scope
from data.snapshot import Snapshot
from data.units.order import vietnamese_order
from data.wording import _
from data.wording.judging import standing_name
from data.wording.measures import measure_name
from data.wording.published import boundaries_name
from data.wording.targets import confidence_word

# Rows below the last value in which a list still opens when a cell is filled in.
_ROWS_TO_FILL = 2000
_AMBIGUOUS = 3
# Of a list: what may be chosen, and what it means.
_LIST_WIDTHS = (24, 44)


def write_published_xlsx(
    found: PublishedList, values: Sequence[KeptValue], snapshot: Snapshot, stamp: ExportStamp, stream: BinaryIO
) -> None:
    """Writes the workbook: the values, what may stand in each column, and what the file is.

    `values` are those to be listed, none for a form to fill in. Only the first sheet is read back.
    """
    workbook = Workbook(stream, OPTIONS)
    made_at = stamp.at.astimezone(clock.HERE).replace(tzinfo=None)
    workbook.set_properties({"title": _("Published values"), "author": stamp.account, "created": made_at})
    looks = Looks(workbook)
    foot = _("Published values")
    table = add_sheet(workbook, foot, foot)
    name = _("Lists")
    lists = _write_lists(add_sheet(workbook, name, foot), looks, snapshot)
    _write_values(table, looks, values)
    _let_choose(table, len(values), {field: f"='{name}'!{place}" for field, place in lists.items()})
    _write_about(add_sheet(workbook, _("About"), foot), looks, about(found, len(values), stamp))
    workbook.close()


def write_published_csv(values: Sequence[KeptValue], stream: TextIO) -> None:
    """Writes headings and rows as a Vietnamese Excel opens them, and as they are read back."""
    stream.write(BYTE_ORDER_MARK)
    writer = csv.writer(stream, delimiter=DELIMITER, lineterminator="\r\n")
    writer.writerow([_(column.heading) for column in COLUMNS])
    for value in values:
        writer.writerow([_field(column.of(value)) for column in COLUMNS])


def about(found: PublishedList, rows: int, stamp: ExportStamp) -> list[tuple[str, str]]:
    """What the file says of itself: label and text, in order."""
    query, every = found.query, _("all")
    return [
        (_("Content"), _("Published values")),
        (_("Indicator"), query.definition or every),
        (_("Unit or region"), query.place or every),
        (_("Year"), str(query.year) if query.year is not None else every),
        (_("Values"), str(rows)),
        (_("How it is read back"), _("Only the first sheet, by its headings. Values that stand already are left out.")),
        (_("Exported by"), stamp.account),
        (_("Exported at"), format_moment(stamp.at)),
    ]


def record_published_export(
    session: Session, scope: Scope, found: PublishedList, rows: int, kind: str, now: datetime
) -> None:
    """The audit line: who took which published values, as which kind of file."""
    detail: dict[str, object] = {"table": "published", "kind": kind, "query": found.query.to_args(), "rows": rows}
    audit.record(session, scope.account_id, "export", now, detail=detail)


def _field(value: str | float) -> str:
    if isinstance(value, str):
        return f"'{value}" if value.startswith("'") else neutral(value)
    text = f"{value:.{DECIMALS}f}".rstrip("0").rstrip(".")
    whole, _point, decimals = text.partition(".")
    # `1,234` is a thousand and more to one reader: with a nought behind it, it is nobody's.
    return f"{whole},{decimals}{'0' if len(decimals) == _AMBIGUOUS else ''}" if decimals else whole


def _write_values(sheet: Any, looks: Looks, values: Sequence[KeptValue]) -> None:
    write_headings(sheet, looks, ((_(column.heading), column.width) for column in COLUMNS))
    text, number = looks.text(text_wrap=True, valign="top"), looks.number("General", valign="top")
    for row, value in enumerate(values, 1):
        sheet.set_row(row, height_of((str(column.of(value)), column.width) for column in COLUMNS))
        for place, column in enumerate(COLUMNS):
            content = column.of(value)
            if isinstance(content, str):
                sheet.write_string(row, place, content, text)
            else:
                sheet.write_number(row, place, content, number)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(values), 1), len(COLUMNS) - 1)
    lay_out(sheet, Paper([column.width for column in COLUMNS], headings=(0, 0)))


def _write_lists(sheet: Any, looks: Looks, snapshot: Snapshot) -> dict[PublishedField, str]:
    """What may stand in the columns: each list with what it means beside it; the place of each, for choosing from."""
    places: dict[PublishedField, str] = {}
    column = 0
    for field, heading, rows in _lists(snapshot):
        for shift, text in enumerate((heading, _("Meaning"))):
            sheet.write_string(0, column + shift, text, looks.head())
        for row, pair in enumerate(rows, 1):
            for shift, text in enumerate(pair):
                sheet.write_string(row, column + shift, text, looks.text(text_wrap=True, valign="top"))
        letter = chr(ord("A") + column)
        places[field] = f"${letter}$2:${letter}${len(rows) + 1}"
        column += 2
    sheet.freeze_panes(1, 0)
    lay_out(sheet, Paper(_LIST_WIDTHS * len(places), headings=(0, 0), starts=range(0, column, 2)))
    return places


def _lists(snapshot: Snapshot) -> list[tuple[PublishedField, str, list[tuple[str, str]]]]:
    definitions = [
        (one.key, f"{one.name} ({measure_name(one.measure)})") for one in snapshot.catalogue.definitions.values()
    ]
    upper = [one for one in snapshot.tree.units.values() if one.level in (UnitLevel.NATION, UnitLevel.PROVINCE)]
    upper.sort(key=lambda one: (one.level is not UnitLevel.NATION, vietnamese_order(one.states[-1].name), one.key))
    standings = [(standing_name(one.value), "") for one in (Standing.PRELIMINARY, Standing.FINAL)]
    return [
        (PublishedField.DEFINITION, _("Indicator key"), definitions),
        (PublishedField.UNIT, _("Unit key"), [(one.key, unit_name(one)) for one in upper]),
        (PublishedField.GROUP, _("Region key"), [(key, one.title) for key, one in regions(snapshot).items()]),
        (PublishedField.STANDING, _("Standing"), standings),
        (PublishedField.BASIS, _("Boundaries"), [(boundaries_name(one.value), one.value) for one in Basis]),
        (PublishedField.CONFIDENCE, _("Confidence"), [(confidence_word(one.value), "") for one in Confidence]),
    ]


def _let_choose(sheet: Any, rows: int, sources: dict[PublishedField, str]) -> None:
    for place, column in enumerate(COLUMNS):
        if column.field in sources:
            # What is not in the list may still be typed: communes and districts have keys of their own.
            choice = {"validate": "list", "source": sources[column.field], "error_type": "warning"}
            sheet.data_validation(1, place, rows + _ROWS_TO_FILL, place, choice)


def _write_about(sheet: Any, looks: Looks, pairs: list[tuple[str, str]]) -> None:
    lay_out(sheet, Paper((30, 90)))
    for row, (label, text) in enumerate(pairs):
        sheet.write_string(row, 0, label, looks.text(bold=True, valign="top"))
        sheet.write_string(row, 1, text, looks.text(text_wrap=True))
