"""A unit's table as files, in the columns of the usual summary of official reports: what the screen says, line by line.

Indicator and measure, the plan of the year, the result, cumulated and against the plan, the change since the same
period of the last year, the judgement, notes; then what else the screen shows. A number stands as a number; where there
is none, the words of the screen say why.
"""

import csv
from collections.abc import Iterator
from datetime import datetime
from typing import Any, BinaryIO, NamedTuple, TextIO

from sqlalchemy.orm import Session
from xlsxwriter import Workbook

from data import audit, clock
from data.comparisons.headings import column_measure
from data.comparisons.model import Column
from data.comparisons.unit_display import METHOD, PrintedLine, Text, printed_lines
from data.comparisons.unit_model import UnitLine, UnitTable
from data.exports.csv_file import BYTE_ORDER_MARK, DELIMITER, number_text
from data.exports.flat import neutral
from data.exports.formats import Looks, height_of, margin_decimals, number_format
from data.exports.lists import write_about, write_targets
from data.exports.stamp import ExportStamp
from data.exports.xlsx import OPTIONS, add_sheet
from data.measures import Measure
from data.numbers import format_date, format_moment
from data.scope import Scope
from data.targets.register import TargetInfo
from data.wording import _
from data.wording.measures import NO_VALUE
from data.wording.periods import period_name
from data.wording.units import unit_title

_HEADINGS_ROW = 3


class Field(NamedTuple):
    """A cell of a file: the number as it is before rounding, else the words that stand in its place."""

    number: float | None
    text: str
    signed: bool = False
    measure: Measure = Measure.NONE


class Heading(NamedTuple):
    """A column of a file and its width in letters."""

    text: str
    width: int


def write_unit_xlsx(table: UnitTable, stamp: ExportStamp, stream: BinaryIO) -> None:
    """Writes the workbook: the table, its targets with their laws, and what the file is."""
    workbook = Workbook(stream, OPTIONS)
    made_at = stamp.at.astimezone(clock.HERE).replace(tzinfo=None)
    workbook.set_properties({"title": title(table), "author": stamp.account, "created": made_at})
    looks = Looks(workbook)
    _write_lines(add_sheet(workbook, _("Table")), looks, table)
    write_targets(add_sheet(workbook, _("Targets")), looks, list(_targets(table)))
    write_about(add_sheet(workbook, _("About")), looks, about(table, stamp), [one.column for one in table.lines])
    workbook.close()


def write_unit_csv(table: UnitTable, stamp: ExportStamp, stream: TextIO) -> None:
    """Writes the file as the comparison's is written: a block that says what it is, an empty line, the table."""
    stream.write(BYTE_ORDER_MARK)
    writer = csv.writer(stream, delimiter=DELIMITER, lineterminator="\r\n")
    writer.writerows([neutral(label), neutral(text)] for label, text in about(table, stamp))
    writer.writerow([])
    writer.writerow([neutral(heading.text) for heading in headings(table)])
    for printed in printed_lines(table):
        writer.writerow(
            neutral(one.text) if one.number is None else number_text(one.number) for one in fields_of(table, printed)
        )


def title(table: UnitTable) -> str:
    """`Kết quả thực hiện so với kế hoạch: Bắc Ninh, 9 tháng năm 2026`."""
    said = _("Results against the plan: {unit}, {period}")
    return said.format(unit=table.title, period=period_name(table.period))


def headings(table: UnitTable) -> list[Heading]:
    """The columns in the order of official summaries, then the others of the screen."""
    above, since, ranked = table.above, table.with_since, table.query.ranks
    years = [Heading(str(year), 11) for year, _cell in table.lines[0].series] if table.lines else []
    return [
        Heading(_("No."), 5),
        Heading(_("Programme"), 10),
        Heading(_("Indicator"), 46),
        Heading(_("Measure"), 14),
        Heading(_("Plan of the year"), 18),
        Heading(_("Kind of plan"), 16),
        Heading(_("Result of the period") if since else _("Result, cumulated since January"), 12),
        *([Heading(_("Cumulated"), 12)] if since else []),
        Heading(_("% of plan"), 10),
        Heading(_("Same period last year"), 12),
        Heading(_("Change since the same period"), 12),
        Heading(_("Judgement"), 16),
        Heading(_("Note"), 60),
        *([Heading(_("Plan of the level above"), 18)] if above else []),
        Heading(_("National target"), 18),
        *years,
        *([Heading(_("Rank among peers"), 14), Heading(_("Note on the rank"), 34)] if ranked else []),
    ]


def fields_of(table: UnitTable, printed: PrintedLine) -> list[Field]:
    """A line of the files, in the order of `headings`."""
    line, definition = printed.line, printed.line.definition
    measure = definition.measure
    share = line.share if isinstance(line.share, float) else None
    change = line.change if isinstance(line.change, float) else None
    rank = printed.rank
    return [
        Field(printed.number, ""),
        Field(None, definition.programme.key if definition.programme else ""),
        Field(None, definition.name),
        Field(None, column_measure(definition, table.period)),
        Field(None, printed.own.text),
        Field(None, printed.own.small),
        _field(line.cell.value, printed.result, measure),
        *([_field(line.since.value if line.since else None, printed.since, measure)] if printed.since else []),
        _field(share, printed.share, Measure.PERCENT),
        _field(line.before.value if line.before else None, printed.before, measure),
        _field(change, printed.change, measure, signed=True),
        Field(None, printed.verdict.word),
        Field(None, _note(printed)),
        *([Field(None, _with_small(printed.parent))] if printed.parent else []),
        Field(None, _with_small(printed.national)),
        *(Field(value, text, measure=measure) for _year, value, text in printed.series),
        *([Field(None, rank.text), Field(None, _rank_note(rank))] if rank else []),
    ]


def _field(number: float | None, text: Text, measure: Measure, *, signed: bool = False) -> Field:
    return Field(number, text.small or text.text, signed, measure)


def _with_small(one: Any) -> str:
    return f"{one.text} ({one.small})" if one.small else str(one.text)


def _note(printed: PrintedLine) -> str:
    """What the screen says under the numbers, and why what is missing is missing."""
    result, change = printed.result, printed.change
    under = result.small if printed.line.cell.value is not None else ""
    missing = [one.why for one in (printed.share, change) if one.text == NO_VALUE and (one is change or one.small)]
    return " · ".join(filter(None, (under, result.why, printed.verdict.why, *missing)))


def _rank_note(rank: Text) -> str:
    """What stands under a rank, or why there is none; the method stands once, with what the file is."""
    return rank.small if rank.text != NO_VALUE else rank.why


def about(table: UnitTable, stamp: ExportStamp) -> list[tuple[str, str]]:
    """What the file says of itself: label and text, in order."""
    found = [
        (_("Table"), title(table)),
        (_("Unit"), f"{table.title} ({table.unit.key})"),
        (_("Period"), period_name(table.period)),
        (_("Boundaries"), format_date(table.boundaries)),
        (_("Latest approval"), format_moment(table.as_of) if table.as_of else "–"),
        (_("Exported by"), stamp.account),
        (_("Exported at"), format_moment(stamp.at)),
        (_("Reach of the account"), stamp.reach),
    ]
    if table.query.ranks:
        found.append((_("Rank among peers"), _(METHOD)))
    if mark := _mark(table):
        found.insert(0, (_("Note"), mark))
    return found


def record_unit_export(session: Session, scope: Scope, table: UnitTable, kind: str, now: datetime) -> None:
    """The audit line: who took which unit's table, as which kind of file."""
    audit.record(
        session,
        scope.account_id,
        "export",
        now,
        unit_id=table.unit.id,
        detail={
            "table": "unit",
            "kind": kind,
            "query": table.query.to_args(),
            "period": table.period.code,
            "rows": len(table.lines),
        },
    )


def _mark(table: UnitTable) -> str:
    return _("ILLUSTRATIVE FIGURES: made up for demonstration, not results of any unit") if table.illustrative else ""


def _targets(table: UnitTable) -> Iterator[tuple[str, Column, TargetInfo]]:
    """Every target of the table once, with whose it is."""
    seen: set[int] = set()
    for line in table.lines:
        for whose, target in _targets_of(table, line):
            if target.id not in seen:
                seen.add(target.id)
                yield whose, line.column, target


def _targets_of(table: UnitTable, line: UnitLine) -> Iterator[tuple[str, TargetInfo]]:
    cell, column, nation = line.cell, line.column, unit_title("NATION", "")
    applied = [mark.aim for mark in (cell.national, cell.later) if mark]
    national = applied or [aim for aim in (column.national, column.later) if aim]
    yield from ((table.title, target) for target in (cell.own.aim.targets if cell.own else ()))
    if table.above is not None and line.parent is not None:
        yield from ((table.above.title, target) for target in line.parent.targets)
    yield from ((nation, target) for aim in national for target in aim.targets)


def _write_lines(sheet: Any, looks: Looks, table: UnitTable) -> None:
    columns = headings(table)
    sheet.write_string(0, 0, title(table), looks.get(bold=True, font_size=14))
    sheet.write_string(1, 0, _mark(table), looks.get(bold=True, font_color="#A3271F"))
    sheet.set_row(_HEADINGS_ROW, 48)
    for place, heading in enumerate(columns):
        sheet.set_column(place, place, heading.width)
        sheet.write_string(_HEADINGS_ROW, place, heading.text, looks.head())
    for at, printed in enumerate(printed_lines(table), _HEADINGS_ROW + 1):
        fields = fields_of(table, printed)
        sheet.set_row(at, height_of((one.text, head.width) for one, head in zip(fields, columns, strict=True)))
        for place, one in enumerate(fields):
            if one.number is None:
                sheet.write_string(at, place, one.text, looks.text(text_wrap=True))
            else:
                decimals = margin_decimals(one.number, one.measure) if one.signed else None
                code = "0" if place == 0 else number_format(one.measure, decimals, signed=one.signed)
                sheet.write_number(at, place, one.number, looks.number(code))
    sheet.freeze_panes(_HEADINGS_ROW + 1, 3)
    sheet.repeat_rows(_HEADINGS_ROW)
    sheet.fit_to_pages(1, 0)
