"""The workbook by which targets are handed down: given out, and read back into the sheet, never into the database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Flask, jsonify, request
from flask.typing import ResponseReturnValue

from auth.policy import Permission
from data import clock
from data.handing.board import get_board
from data.handing.query import HandingQuery
from data.handing.sheet import read_sheet, write_sheet
from data.handing.typed import number_text
from data.handing.workbook import RefusedWorkbook
from data.refusals import Invalid, TooLarge
from data.scope import Scope
from data.wording import _
from layouts.handing.sheet import place_text
from portal.errors import status_of
from portal.routes.bind import bind
from portal.routes.export import XLSX, file_answer

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def init_app(app: Flask) -> None:
    """Adds both addresses. Giving a file out leaves its line in the audit trail; reading one changes nothing."""
    bind(app, "/export/assign.xlsx", give_out, permission=Permission.TARGET_SET, writes=True)
    bind(app, "/assign/workbook", take_in, permission=Permission.TARGET_SET, methods=("POST",))


def give_out(session: Session, scope: Scope) -> ResponseReturnValue:
    """The board that the address asks for, as a workbook to be filled in."""
    board = get_board(session, scope, HandingQuery.from_args(request.args), clock.today())
    content = write_sheet(session, scope, board, clock.now())
    return file_answer(content, XLSX, f"giao-chi-tieu-{board.parent.unit.key}-{board.year}.xlsx")


def take_in(session: Session, scope: Scope) -> ResponseReturnValue:
    """What the workbook that was sent holds, for the sheet of the address; or every cell that cannot be read."""
    board = get_board(session, scope, HandingQuery.from_args(request.args), clock.today())
    sent = request.files.get("file")
    try:
        if sent is None:
            raise Invalid(_("Choose a workbook first."))
        found = read_sheet(sent.stream.read(), board)
    except RefusedWorkbook as refused:
        lines = [_said(one.cell, one.sentence) for one in refused.problems]
        return _refused(refused, _("The file was not read: correct it and send it again."), lines)
    except (Invalid, TooLarge) as refused:
        return _refused(refused, str(refused), [])
    said = _("Numbers read from the file: {count}. Nothing is given yet: check them, then give.")
    told: dict[str, Any] = {
        "message": said.format(count=len(found)),
        "fill": {place_text(*place): number_text(number) for place, number in found.items()},
    }
    return jsonify(told)


def _refused(refused: Invalid | TooLarge, message: str, lines: list[str]) -> ResponseReturnValue:
    return jsonify({"message": message, "lines": lines}), status_of(refused)


def _said(cell: str, sentence: str) -> str:
    return _("cell {cell}: {sentence}").format(cell=cell, sentence=sentence) if cell else sentence
