"""Published values as files: taken away to be read or filled in, and taken in again."""

from __future__ import annotations

from io import BytesIO, TextIOWrapper
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from flask import Flask, jsonify, redirect, request
from flask.typing import ResponseReturnValue

from auth.policy import Permission
from callbacks import guard
from data import clock
from data.exports.published_files import record_published_export, write_published_csv, write_published_xlsx
from data.exports.stamp import ExportStamp
from data.published.importing import import_file
from data.published.kept import KeptValue
from data.published.query import PublishedList, PublishedQuery, find_values
from data.scope import Scope
from data.snapshot import get_snapshot
from portal.routes.bind import bind
from portal.routes.export import CSV, XLSX, file_answer

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_NAME = "so-lieu-cong-bo"


def init_app(app: Flask) -> None:
    """Adds both kinds of files and the way in. All write: each leaves its lines in the audit trail."""
    enter = Permission.PUBLISHED_ENTER
    bind(app, "/export/published.xlsx", as_workbook, permission=enter, writes=True)
    bind(app, "/export/published.csv", as_csv, permission=enter, writes=True)
    bind(app, "/published/import", take_in, permission=enter, methods=("POST",), writes=True)


def as_workbook(session: Session, scope: Scope) -> ResponseReturnValue:
    """The values that the address asks for, as a workbook; with `empty=1` only its headings and lists."""
    found, values = _taken(session, scope, "xlsx")
    stamp = ExportStamp(guard.principal().display_name, clock.now(), "")
    stream = BytesIO()
    write_published_xlsx(found, values, get_snapshot(session), stamp, stream)
    return file_answer(stream.getvalue(), XLSX, f"{_NAME}.xlsx")


def as_csv(session: Session, scope: Scope) -> ResponseReturnValue:
    """The same as text."""
    _found, values = _taken(session, scope, "csv")
    stream = BytesIO()
    text = TextIOWrapper(stream, "utf-8", newline="")
    write_published_csv(values, text)
    text.flush()
    return file_answer(stream.getvalue(), CSV, f"{_NAME}.csv")


def take_in(session: Session, scope: Scope) -> ResponseReturnValue:
    """Enters the values of the file that was sent, all or none, and leads to the page that says how many."""
    sent = request.files.get("file")
    entered = import_file(session, scope, sent.stream.read() if sent else b"", clock.now())
    words = urlencode({"said": "imported", "entered": len(entered.ids), "known": entered.known})
    address = f"/published?{words}"
    asks_for_json = request.accept_mimetypes.best == "application/json"
    return jsonify(address=address) if asks_for_json else redirect(address, 303)


def _taken(session: Session, scope: Scope, kind: str) -> tuple[PublishedList, tuple[KeptValue, ...]]:
    found = find_values(session, scope, get_snapshot(session), PublishedQuery.from_args(request.args))
    values = () if request.args.get("empty") == "1" else found.values
    record_published_export(session, scope, found, len(values), kind, clock.now())
    return found, values
