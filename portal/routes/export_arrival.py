"""Whether the whole would arrive, as a file: the page's query within the reader's own scope, with a line of audit."""

from __future__ import annotations

from io import BytesIO, TextIOWrapper
from typing import TYPE_CHECKING

from flask import Flask, request
from flask.typing import ResponseReturnValue

from auth.policy import Permission
from callbacks import guard
from data import clock
from data.arriving.arrive import get_arrival
from data.arriving.model import Arrival
from data.arriving.query import ArrivalQuery
from data.exports.arrival_files import record_arrival_export, write_arrival_csv, write_arrival_xlsx
from data.exports.stamp import ExportStamp, reach_words
from data.scope import Scope
from data.snapshot import get_snapshot
from portal.routes.bind import bind
from portal.routes.export import CSV, XLSX, file_answer

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def init_app(app: Flask) -> None:
    """Adds both kinds of files. They write: each export leaves its line in the audit trail."""
    bind(app, "/export/arrival.xlsx", as_workbook, permission=Permission.RESULT_COMPARE, writes=True)
    bind(app, "/export/arrival.csv", as_csv, permission=Permission.RESULT_COMPARE, writes=True)


def as_workbook(session: Session, scope: Scope) -> ResponseReturnValue:
    """The answer that the address asks for, as a workbook."""
    arrival, stamp = _taken(session, scope, "xlsx")
    stream = BytesIO()
    write_arrival_xlsx(arrival, stamp, stream)
    return file_answer(stream.getvalue(), XLSX, f"{_name(arrival)}.xlsx")


def as_csv(session: Session, scope: Scope) -> ResponseReturnValue:
    """The answer that the address asks for, as CSV."""
    arrival, stamp = _taken(session, scope, "csv")
    stream = BytesIO()
    text = TextIOWrapper(stream, "utf-8", newline="")
    write_arrival_csv(arrival, stamp, text)
    text.flush()
    return file_answer(stream.getvalue(), CSV, f"{_name(arrival)}.csv")


def _taken(session: Session, scope: Scope, kind: str) -> tuple[Arrival, ExportStamp]:
    now, today = clock.now(), clock.today()
    arrival = get_arrival(session, scope, ArrivalQuery.from_args(request.args), today)
    reach = reach_words(get_snapshot(session).tree, scope, today)
    record_arrival_export(session, scope, arrival, kind, now)
    return arrival, ExportStamp(guard.principal().display_name, now, reach)


def _name(arrival: Arrival) -> str:
    return f"ve-dich-{arrival.place.year}-{arrival.place.unit.key}"
