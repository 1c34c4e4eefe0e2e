"""A unit's table as a file: the page's query within the reader's own scope, with a line of audit."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO, TextIOWrapper
from typing import TYPE_CHECKING

from flask import Flask, request
from flask.typing import ResponseReturnValue

from auth.policy import Permission
from callbacks import guard
from data import clock
from data.comparisons.unit_model import UnitTable
from data.comparisons.unit_query import UnitQuery
from data.comparisons.unit_table import get_unit_table
from data.exports.stamp import ExportStamp, reach_words
from data.exports.unit_files import record_unit_export, write_unit_csv, write_unit_xlsx
from data.scope import Scope
from data.snapshot import get_snapshot
from portal.routes.bind import bind
from portal.routes.export import CSV, XLSX, file_answer

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def init_app(app: Flask) -> None:
    """Adds both kinds of files. They write: each export leaves its line in the audit trail."""
    bind(app, "/export/unit.xlsx", as_workbook, permission=Permission.RESULT_COMPARE, writes=True)
    bind(app, "/export/unit.csv", as_csv, permission=Permission.RESULT_COMPARE, writes=True)


def as_workbook(session: Session, scope: Scope) -> ResponseReturnValue:
    """The table of the unit that the address names, as a workbook."""
    table, stamp = _taken(session, scope, "xlsx")
    stream = BytesIO()
    write_unit_xlsx(table, stamp, stream)
    return file_answer(stream.getvalue(), XLSX, f"{_name(table)}.xlsx")


def as_csv(session: Session, scope: Scope) -> ResponseReturnValue:
    """The table of the unit that the address names, as CSV."""
    table, stamp = _taken(session, scope, "csv")
    stream = BytesIO()
    text = TextIOWrapper(stream, "utf-8", newline="")
    write_unit_csv(table, stamp, text)
    text.flush()
    return file_answer(stream.getvalue(), CSV, f"{_name(table)}.csv")


def _taken(session: Session, scope: Scope, kind: str) -> tuple[UnitTable, ExportStamp]:
    now = clock.now()
    query = replace(UnitQuery.from_args(request.args), boundaries="")
    table = get_unit_table(session, scope, query, clock.today())
    reach = reach_words(get_snapshot(session).tree, scope, table.boundaries)
    record_unit_export(session, scope, table, kind, now)
    return table, ExportStamp(guard.principal().display_name, now, reach)


def _name(table: UnitTable) -> str:
    """A name that every file system and every mail program takes: keys are plain letters."""
    return f"don-vi-{table.unit.key}-{table.period.code}"
