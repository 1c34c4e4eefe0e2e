"""A unit's table as files, in the columns of the usual summary of official reports: what the screen says, line by line.

Indicator and measure, the plan of the year, the result, cumulated and against the plan, the change since the same
period of the last year, the judgement, notes; then what else the screen shows. A number stands as a number; where there
is none, the words of the screen say why.
"""

import csv
from collections.abc import Iterator
from datetime import datetime
from typing import Any, BinaryIO, TextIO

from sqlalchemy.orm import Session
from xlsxwriter import Workbook

from data import audit, clock
from data.comparisons.headings import column_measure
from data.comparisons.model import Column
from data.comparisons.unit_display import METHOD, PrintedLine, Text, printed_lines
from data.comparisons.unit_model import UnitLine, UnitTable
from data.exports.csv_file import BYTE_ORDER_MARK, DELIMITER
from data.exports.fields import Field, Heading, paper_of, texts_of, write_fields
from data.exports.flat import made_up_text, neutral
from data.exports.formats import Looks
from data.exports.lists import write_about, write_targets
from data.exports.paper import TITLE, WARNING, titled, write_above
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
# Number, programme and indicator stand beside everything else.
_REPEATED = 3


def write_unit_xlsx(table: UnitTable, stamp: ExportStamp, stream: BinaryIO) -> None:
    """Writes the workbook: the table, its targets with their laws, and what the file is."""
    workbook = Workbook(stream, OPTIONS)
    made_at = stamp.at.astimezone(clock.HERE).replace(tzinfo=None)
    named = title(table)
    workbook.set_properties({"title": named, "author": stamp.account, "created": made_at})
    looks = Looks(workbook)
    foot = titled(named, illustrative=table.illustrative)
    _write_lines(add_sheet(workbook, _("Table"), foot), looks, table)
    write_targets(add_sheet(workbook, _("Targets"), foot), looks, list(_targets(table)))
    write_about(add_sheet(workbook, _("About"), foot), looks, about(table, stamp), [one.column for one in table.lines])
    workbook.close()


def write_unit_csv(table: UnitTable, stamp: ExportStamp, stream: TextIO) -> None:
    """Writes the file as the comparison's is written: a block that says what it is, an empty line, the table."""
    stream.write(BYTE_ORDER_MARK)
    writer = csv.writer(stream, delimiter=DELIMITER, lineterminator="\r\n")
    writer.writerows([neutral(label), neutral(text)] for label, text in about(table, stamp))
    writer.writerow([])
    writer.writerow([neutral(heading.text) for heading in headings(table)])
    for printed in printed_lines(table):
        writer.writerow(texts_of(fields_of(table, printed)))


def title(table: UnitTable) -> str:
    """`Kết quả thực hiện so với kế hoạch: Bắc Ninh, 9 tháng năm 2026`."""
    said = _("Results against the plan: {unit}, {period}")
    return said.format(unit=table.title, period=period_name(table.period))


def headings(table: UnitTable) -> list[Heading]:
    """The columns in the order of official summaries, then the others of the screen."""
    above, since, ranked = table.above, table.with_since, table.query.ranks
    years = [Heading(str(year), 10) for year, _cell in table.lines[0].series] if table.lines else []
    return [
        Heading(_("No."), 5),
        Heading(_("Programme"), 9),
        Heading(_("Indicator"), 32),
        Heading(_("Measure"), 11),
        Heading(_("Plan of the year"), 15),
        Heading(_("Kind of plan"), 13),
        Heading(_("Result of the period") if since else _("Result, cumulated since January"), 11),
        *([Heading(_("Cumulated"), 11)] if since else []),
        Heading(_("% of plan"), 9),
        Heading(_("Same period last year"), 11),
        Heading(_("Change since the same period"), 11),
        Heading(_("Judgement"), 13),
        Heading(_("Note"), 42),
        *([Heading(_("Plan of the level above"), 15)] if above else []),
        Heading(_("National target"), 16),
        *years,
        *([Heading(_("Rank among peers"), 12), Heading(_("Note on the rank"), 30)] if ranked else []),
    ]


def fields_of(table: UnitTable, printed: PrintedLine) -> list[Field]:
    """A line of the files, in the order of `headings`."""
    line, definition = printed.line, printed.line.definition
    measure = definition.measure
    share = line.share if isinstance(line.share, float) else None
    change = line.change if isinstance(line.change, float) else None
    rank = printed.rank
    return [
        Field(printed.number, "", plain=True),
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
    if mark := made_up_text(illustrative=table.illustrative):
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
    texts = [(title(table), TITLE), (made_up_text(illustrative=table.illustrative), WARNING)]
    write_above(sheet, looks, texts, paper_of(columns, _HEADINGS_ROW, _REPEATED))
    rows = (fields_of(table, printed) for printed in printed_lines(table))
    write_fields(sheet, looks, columns, rows, top=_HEADINGS_ROW, repeated=_REPEATED)
