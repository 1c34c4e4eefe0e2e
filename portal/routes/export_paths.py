"""The ways to goals of later years as a file: the page's query within the reader's own scope, with a line of audit."""

from __future__ import annotations

from io import BytesIO, TextIOWrapper
from typing import TYPE_CHECKING

from flask import Flask, request
from flask.typing import ResponseReturnValue

from auth.policy import Permission
from callbacks import guard
from data import clock
from data.exports.path_files import record_paths_export, write_paths_csv, write_paths_xlsx
from data.exports.stamp import ExportStamp, reach_words
from data.paths.model import Paths
from data.paths.paths import get_paths
from data.paths.query import PathsQuery
from data.scope import Scope
from data.snapshot import get_snapshot
from portal.routes.bind import bind
from portal.routes.export import CSV, XLSX, file_answer

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def init_app(app: Flask) -> None:
    """Adds both kinds of files. They write: each export leaves its line in the audit trail."""
    bind(app, "/export/paths.xlsx", as_workbook, permission=Permission.RESULT_COMPARE, writes=True)
    bind(app, "/export/paths.csv", as_csv, permission=Permission.RESULT_COMPARE, writes=True)


def as_workbook(session: Session, scope: Scope) -> ResponseReturnValue:
    """The ways of the unit that the address names, as a workbook."""
    paths, stamp = _taken(session, scope, "xlsx")
    stream = BytesIO()
    write_paths_xlsx(paths, stamp, stream)
    return file_answer(stream.getvalue(), XLSX, f"{_name(paths)}.xlsx")


def as_csv(session: Session, scope: Scope) -> ResponseReturnValue:
    """The ways of the unit that the address names, as CSV."""
    paths, stamp = _taken(session, scope, "csv")
    stream = BytesIO()
    text = TextIOWrapper(stream, "utf-8", newline="")
    write_paths_csv(paths, stamp, text)
    text.flush()
    return file_answer(stream.getvalue(), CSV, f"{_name(paths)}.csv")


def _taken(session: Session, scope: Scope, kind: str) -> tuple[Paths, ExportStamp]:
    now, today = clock.now(), clock.today()
    query = PathsQuery.from_args(request.args)
    paths = get_paths(session, scope, query.unit, query.definition, today)
    reach = reach_words(get_snapshot(session).tree, scope, today)
    record_paths_export(session, scope, paths, query, kind, now)
    return paths, ExportStamp(guard.principal().display_name, now, reach)


def _name(paths: Paths) -> str:
    """A name that every file system and every mail program takes: keys are plain letters."""
    chosen = f"-{paths.chosen.definition.key}" if paths.chosen else ""
    return f"duong-den-2030-{paths.whose.unit.key}{chosen}"
