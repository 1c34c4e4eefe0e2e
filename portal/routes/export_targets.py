"""The registry of targets as a file: the page's query within the reader's own scope, with a line of audit."""

from __future__ import annotations

from io import BytesIO, TextIOWrapper
from typing import TYPE_CHECKING

from flask import Flask, request
from flask.typing import ResponseReturnValue

from auth.policy import Permission
from callbacks import guard
from data import clock
from data.exports.stamp import ExportStamp, reach_words
from data.exports.target_files import record_target_export, write_targets_csv, write_targets_xlsx
from data.scope import Scope
from data.snapshot import get_snapshot
from data.targets.query import TargetQuery
from data.targets.registry import Registry, get_registry
from data.targets.versions import Deed, entering_deeds
from portal.routes.bind import bind
from portal.routes.export import CSV, XLSX, file_answer

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_NAME = "chi-tieu"


def init_app(app: Flask) -> None:
    """Adds both kinds of files. They write: each export leaves its line in the audit trail."""
    bind(app, "/export/targets.xlsx", as_workbook, permission=Permission.RESULT_COMPARE, writes=True)
    bind(app, "/export/targets.csv", as_csv, permission=Permission.RESULT_COMPARE, writes=True)


def as_workbook(session: Session, scope: Scope) -> ResponseReturnValue:
    """The targets that the address asks for, as a workbook."""
    registry, deeds, stamp = _taken(session, scope, "xlsx")
    stream = BytesIO()
    write_targets_xlsx(registry, deeds, get_snapshot(session).catalogue.definitions, stamp, stream)
    return file_answer(stream.getvalue(), XLSX, f"{_NAME}.xlsx")


def as_csv(session: Session, scope: Scope) -> ResponseReturnValue:
    """The targets that the address asks for, as CSV."""
    registry, deeds, stamp = _taken(session, scope, "csv")
    stream = BytesIO()
    text = TextIOWrapper(stream, "utf-8", newline="")
    write_targets_csv(registry, deeds, get_snapshot(session).catalogue.definitions, stamp, text)
    text.flush()
    return file_answer(stream.getvalue(), CSV, f"{_NAME}.csv")


def _taken(session: Session, scope: Scope, kind: str) -> tuple[Registry, dict[int, Deed], ExportStamp]:
    now, today = clock.now(), clock.today()
    registry = get_registry(session, scope, TargetQuery.from_args(request.args), today)
    tree = get_snapshot(session).tree
    deeds = entering_deeds(session, tree, scope, (one.target for one in registry.entries), today)
    reach = reach_words(tree, scope, today)
    record_target_export(session, scope, registry, kind, now)
    return registry, deeds, ExportStamp(guard.principal().display_name, now, reach)
