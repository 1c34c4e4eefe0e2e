"""The ways to goals of later years as files: what the page says, with the laws of the goals, and what the file is."""

import csv
from collections.abc import Iterator
from datetime import datetime
from typing import BinaryIO, TextIO

from sqlalchemy.orm import Session
from xlsxwriter import Workbook

from data import audit, clock
from data.comparisons.model import Column
from data.exports.csv_file import BYTE_ORDER_MARK, DELIMITER
from data.exports.fields import paper_of, texts_of, write_fields
from data.exports.flat import made_up_text, neutral
from data.exports.formats import Looks
from data.exports.lists import write_about, write_targets
from data.exports.paper import TITLE, WARNING, titled, write_above
from data.exports.path_tables import tables
from data.exports.stamp import ExportStamp
from data.exports.xlsx import OPTIONS, add_sheet
from data.numbers import format_moment
from data.paths.listing import (
    closed_text,
    covered_text,
    crossed_text,
    meaning_text,
    method_texts,
    nothing_text,
    title_text,
)
from data.paths.model import Path, Paths
from data.paths.query import PathsQuery
from data.scope import Scope
from data.targets.register import TargetInfo
from data.wording import _

_HEADINGS_ROW = 3


def write_paths_xlsx(paths: Paths, stamp: ExportStamp, stream: BinaryIO) -> None:
    """Writes the workbook: a sheet for each table of the page, the goals with their laws, and what the file is."""
    workbook = Workbook(stream, OPTIONS)
    made_at = stamp.at.astimezone(clock.HERE).replace(tzinfo=None)
    named = title_text(paths)
    workbook.set_properties({"title": named, "author": stamp.account, "created": made_at})
    looks, foot = Looks(workbook), titled(named, illustrative=paths.illustrative)
    for table in tables(paths):
        sheet = add_sheet(workbook, table.name, foot)
        paper = paper_of(table.headings, _HEADINGS_ROW, repeated=table.repeated)
        write_above(sheet, looks, [(named, TITLE), (made_up_text(illustrative=paths.illustrative), WARNING)], paper)
        write_fields(sheet, looks, table.headings, table.rows, top=_HEADINGS_ROW, repeated=table.repeated)
    write_targets(add_sheet(workbook, _("Targets"), foot), looks, list(_targets(paths)))
    columns = [_column(path) for path in paths.paths]
    write_about(add_sheet(workbook, _("About"), foot), looks, about(paths, stamp), columns)
    workbook.close()


def write_paths_csv(paths: Paths, stamp: ExportStamp, stream: TextIO) -> None:
    """Writes the file as the comparison's is written: what it is, then an empty line and each table."""
    stream.write(BYTE_ORDER_MARK)
    writer = csv.writer(stream, delimiter=DELIMITER, lineterminator="\r\n")
    writer.writerows([neutral(label), neutral(text)] for label, text in about(paths, stamp))
    for table in tables(paths):
        writer.writerow([])
        writer.writerow([neutral(head.text) for head in table.headings])
        writer.writerows(texts_of(fields) for fields in table.rows)


def about(paths: Paths, stamp: ExportStamp) -> list[tuple[str, str]]:
    """What the file says of itself: label and text, in order."""
    notices = [closed_text(paths), *(" ".join(crossed_text(one)).strip() for one in paths.breaks), nothing_text(paths)]
    return [
        *([(_("Note"), made_up_text(illustrative=paths.illustrative))] if paths.illustrative else []),
        (_("Content"), title_text(paths)),
        (_("Unit"), f"{paths.whose.title} ({paths.whose.unit.key})"),
        (_("Years"), covered_text(paths)),
        *((_("Note"), text) for text in notices if text),
        (_("Verdict"), meaning_text()),
        *((_("How the pace is found"), text) for text in method_texts()),
        (_("Exported by"), stamp.account),
        (_("Exported at"), format_moment(stamp.at)),
        (_("Reach of the account"), stamp.reach),
    ]


def record_paths_export(
    session: Session, scope: Scope, paths: Paths, query: PathsQuery, kind: str, now: datetime
) -> None:
    """The audit line: who took which unit's ways, as which kind of file."""
    rows = sum(len(path.goals) for path in paths.paths)
    detail = {"table": "paths", "kind": kind, "query": query.to_args(), "rows": rows}
    audit.record(session, scope.account_id, "export", now, unit_id=paths.whose.unit.id, detail=detail)


def _targets(paths: Paths) -> Iterator[tuple[str, Column, TargetInfo]]:
    """Every goal's target once, with whose it is."""
    seen: set[int] = set()
    for path in paths.paths:
        for goal in path.goals:
            for target in goal.aim.targets:
                if target.id not in seen:
                    seen.add(target.id)
                    yield goal.whose.title, _column(path), target


def _column(path: Path) -> Column:
    return Column(path.definition, None, None, False)
