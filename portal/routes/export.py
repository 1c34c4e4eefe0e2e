"""The comparison as a file: the same query on the server, within the reader's own scope, with a line of audit."""

from __future__ import annotations

from io import BytesIO, TextIOWrapper
from typing import TYPE_CHECKING

from flask import Flask, Response, request
from flask.typing import ResponseReturnValue

from auth.policy import Permission
from callbacks import guard
from data import clock
from data.comparisons.compare import compare
from data.comparisons.model import Comparison
from data.comparisons.query import ComparisonQuery
from data.exports.csv_file import write_csv
from data.exports.stamp import ExportStamp, reach_words, record_export
from data.exports.xlsx import write_xlsx
from data.scope import Scope
from data.snapshot import get_snapshot
from portal.routes.bind import bind

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"


def init_app(app: Flask) -> None:
    """Adds both kinds of files. They write: each export leaves its line in the audit trail."""
    bind(app, "/export/comparison.xlsx", as_workbook, permission=Permission.RESULT_COMPARE, writes=True)
    bind(app, "/export/comparison.csv", as_csv, permission=Permission.RESULT_COMPARE, writes=True)


def as_workbook(session: Session, scope: Scope) -> ResponseReturnValue:
    """The comparison that the address asks for, as a workbook."""
    comparison, stamp = _taken(session, scope, "xlsx")
    stream = BytesIO()
    write_xlsx(comparison, stamp, stream)
    return file_answer(stream.getvalue(), XLSX, f"{_name(comparison)}.xlsx")


def as_csv(session: Session, scope: Scope) -> ResponseReturnValue:
    """The comparison that the address asks for, as CSV."""
    comparison, stamp = _taken(session, scope, "csv")
    stream = BytesIO()
    text = TextIOWrapper(stream, "utf-8", newline="")
    write_csv(comparison, stamp, text)
    text.flush()
    return file_answer(stream.getvalue(), CSV, f"{_name(comparison)}.csv")


def _taken(session: Session, scope: Scope, kind: str) -> tuple[Comparison, ExportStamp]:
    now = clock.now()
    comparison = compare(session, scope, ComparisonQuery.from_args(request.args), clock.today())
    reach = reach_words(get_snapshot(session).tree, scope, comparison.boundaries)
    record_export(session, scope, comparison, kind, now)
    return comparison, ExportStamp(guard.principal().display_name, now, reach)


def _name(comparison: Comparison) -> str:
    """A name that every file system and every mail program takes: keys are plain letters."""
    whose = comparison.peers.key if comparison.peers else comparison.within.key
    return f"so-sanh-{comparison.period.code}-{comparison.level.value.lower()}-{whose}"


def file_answer(body: bytes, kind: str, name: str) -> Response:
    """The body as a file of that content type and name, which nobody on the way keeps."""
    response = Response(body, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.cache_control.no_store = True
    return response
