"""The board as a workbook to be filled in, and what a filled one says."""

from datetime import datetime
from fractions import Fraction

from sqlalchemy.orm import Session

from data import audit
from data.comparisons.display import target_text
from data.handing.board import given_numbers
from data.handing.flags import wrong_number
from data.handing.model import Board, BoardColumn, Line, Place
from data.handing.workbook import SheetColumn, SheetUnit, Template, read_workbook, write_workbook
from data.scope import Scope
from data.submissions.drafts import account_of
from data.targets.ends import exact
from data.wording import _


def template_of(board: Board) -> Template:
    """The sheet of this board, with the numbers that were handed down already."""
    return Template(
        _("Targets of {year} · {unit}").format(year=board.year, unit=board.parent.title),
        board.parent.unit.key,
        board.year,
        tuple(_unit(line) for line in board.children),
        tuple(_column(one) for one in board.columns),
        {
            (key, column.key): float(number)
            for column in board.columns
            for key, number in given_numbers(board, column).items()
        },
    )


def write_sheet(session: Session, scope: Scope, board: Board, now: datetime) -> bytes:
    """The workbook, with a line of audit that it was taken."""
    detail: dict[str, object] = {"year": board.year, "definitions": [one.key for one in board.columns]}
    audit.record(session, account_of(scope), "export.assign", now, unit_id=board.parent.unit.id, detail=detail)
    return write_workbook(template_of(board))


def read_sheet(content: bytes, board: Board) -> dict[Place, Fraction]:
    """The children's numbers that a filled workbook holds. Raises RefusedWorkbook with every bad cell, TooLarge."""

    def wrong(unit: str, column: str, number: float) -> str:
        found = board.column(column)
        return wrong_number(board, found, unit, exact(number)) if found else ""

    return {place: exact(value) for place, value in read_workbook(content, template_of(board), wrong).items()}


def _unit(line: Line) -> SheetUnit:
    return SheetUnit(line.unit.key, line.unit.states[-1].code or "", line.title)


def _column(column: BoardColumn) -> SheetColumn:
    measure = column.definition.measure
    own = " / ".join(dict.fromkeys(target_text(one, measure) for one in column.own))
    asks, words = column.asks, own or _("not set yet")
    return SheetColumn(column.key, column.definition.name, measure, asks.operator, asks.direction, words)
