"""Giving: what was typed on the board becomes targets by one document, all of it or nothing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction

from sqlalchemy.orm import Session

from data.handing.asks import Asks, asks_of
from data.handing.board import get_board
from data.handing.model import Board, BoardCell, BoardColumn, Place, number_of
from data.handing.query import HandingQuery
from data.kinds import PlanKind, UnitLevel
from data.numbers import in_vietnam
from data.refusals import Invalid
from data.scope import Scope
from data.snapshot import forget_snapshot, get_snapshot, hold_catalogue
from data.targets.documents_entered import documents_to_cite, enter_document
from data.targets.drafts import RefusedTargets, TargetDraft, TargetField
from data.targets.entering import enter_targets
from data.targets.register import DocumentInfo
from data.wording import _


@dataclass(frozen=True, slots=True)
class NewDocument:
    """A document that is entered together with what it sets."""

    number: str
    issued_on: date
    title: str


@dataclass(frozen=True, slots=True)
class Order:
    """What somebody wants to give.

    `numbers` are those that stand in the cells, the parent's own line included; a cell that is left out is empty.
    `asks` says by definition key how they are read. `seen` names, by its key, the target that a cell showed when the
    sheet was drawn.
    """

    query: HandingQuery
    numbers: Mapping[Place, Fraction]
    asks: Mapping[str, Asks]
    document: str | NewDocument
    seen: Mapping[Place, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Given:
    """How many targets were set for the first time, how many adjusted, and how many stay as they were."""

    first: int
    adjusted: int
    unchanged: int


class RefusedHanding(Invalid):
    """Nothing was given: `problems` says what is wrong with which cell, `said` what is wrong with the rest."""

    def __init__(self, problems: Mapping[Place, str], said: tuple[str, ...] = ()) -> None:
        first = next(iter((*said, *problems.values())))
        super().__init__(_("{sentence} Nothing was given.").format(sentence=first))
        self.problems = dict(problems)
        self.said = said


def give(session: Session, scope: Scope, order: Order, now: datetime) -> Given:
    """Sets what has changed, by the order's document. `scope` is that of setting targets.

    Cells that say what is in force already are not written again; what the parent gave before is adjusted, which takes
    a later document. Raises RefusedHanding with every problem, NotFound for a unit out of reach.
    """
    hold_catalogue(session)
    board = get_board(session, scope, order.query, in_vietnam(now).date())
    changed = changed_places(board, order)
    problems = dict(_overtaken(board, order))
    if problems:
        raise RefusedHanding(problems)
    if not changed:
        raise RefusedHanding({}, (_("There is nothing to give: no number has changed."),))
    drafts = [_draft(board, order, place) for place in changed]
    try:
        # A document that sets nothing in the end is not kept either.
        with session.begin_nested():
            enter_targets(session, scope, _document(session, scope, board, order, now), drafts, now)
    except RefusedTargets as refused:
        forget_snapshot(session)
        raise _refused(changed, refused) from refused
    adjusted = sum(draft.plan_kind is PlanKind.ADJUSTED for draft in drafts)
    there = sum(place in board.cells for place in order.numbers)
    return Given(len(drafts) - adjusted, adjusted, there - len(drafts))


def documents_of(session: Session, scope: Scope, board: Board, today: date) -> list[DocumentInfo]:
    """The parent's own documents by which it may give for the year, the latest first."""
    found = documents_to_cite(get_snapshot(session), scope, board.parent.unit.id, today)
    return [
        one
        for one in found
        if one.issuer_id == board.parent.unit.id and one.issued_on is not None and one.issued_on.year <= board.year
    ]


def is_changed(cell: BoardCell, number: Fraction | None, asks: Asks) -> bool:
    """Whether a cell that now holds the number says anything else than what was given before."""
    if cell.given is None:
        return number is not None
    return (number, asks) != (number_of(cell.given), asks_of(cell.given)) and number is not None


def changed_places(board: Board, order: Order) -> list[Place]:
    """The cells that say something new, the parent's own line first."""
    return [
        (line.unit.key, column.key)
        for line in (board.parent, *board.children)
        for column in board.columns
        for place in [(line.unit.key, column.key)]
        if is_changed(board.cells[place], order.numbers.get(place), _asks(order, column, place, board))
    ]


def _overtaken(board: Board, order: Order) -> Iterator[tuple[Place, str]]:
    """Cells that cannot be given as they stand: emptied, or given by somebody else since the sheet was drawn."""
    for line in (board.parent, *board.children):
        for column in board.columns:
            place = line.unit.key, column.key
            given = board.cells[place].given
            number = order.numbers.get(place)
            if given is None or not is_changed(board.cells[place], number, _asks(order, column, place, board)):
                if given is not None and number is None and number_of(given) is not None:
                    yield place, _(
                        "An empty cell takes nothing back. Type another number to adjust the target; one that was "
                        "entered by mistake is opened through the history under its cell."
                    )
            elif order.seen.get(place) != given.key:
                yield place, _("Somebody else has given this in the meantime: reload the page and look at it again.")


def _asks(order: Order, column: BoardColumn, place: Place, board: Board) -> Asks:
    """How the number is read: as chosen for the column.

    What was given keeps its own way as long as nobody touches it: its number stands, and for the column nothing else
    is chosen than what the page came with. So does the parent's own line, whatever is chosen for the children.
    """
    given = board.cells[place].given
    before = asks_of(given) if given is not None else None
    chosen = order.asks.get(column.key, column.asks)
    if given is None or before is None:
        return chosen
    untouched = chosen == column.asks and order.numbers.get(place) == number_of(given)
    return before if untouched or place[0] == board.parent.unit.key else chosen


def draft_of(board: Board, place: Place, number: Fraction, asks: Asks) -> TargetDraft:
    """The target that the number in that cell would be."""
    value = float(number)
    return TargetDraft(
        place[0], place[1], board.year, asks.operator, value, value, asks.direction,
        plan_kind=_kind(board, place), horizon=board.horizon,
    )  # fmt: skip


def _draft(board: Board, order: Order, place: Place) -> TargetDraft:
    column = next(one for one in board.columns if one.key == place[1])
    return draft_of(board, place, order.numbers[place], _asks(order, column, place, board))


def _kind(board: Board, place: Place) -> PlanKind:
    """What the ministry gives is an orientation, for a province sets its own number."""
    given = board.cells[place].given
    if given is not None and given.horizon is board.horizon:
        return PlanKind.ADJUSTED
    is_own = place[0] == board.parent.unit.key
    return PlanKind.ORIENTATION if board.parent.unit.level is UnitLevel.NATION and not is_own else PlanKind.ASSIGNED


def _document(session: Session, scope: Scope, board: Board, order: Order, now: datetime) -> str:
    wanted = order.document
    if isinstance(wanted, NewDocument):
        return enter_document(session, scope, board.parent.unit.key, wanted.number, wanted.issued_on, wanted.title, now)
    if wanted not in {one.key for one in documents_of(session, scope, board, in_vietnam(now).date())}:
        raise RefusedHanding({}, (_("Choose the document by which you give, or enter a new one."),))
    return wanted


def _refused(changed: list[Place], refused: RefusedTargets) -> RefusedHanding:
    problems: dict[Place, str] = {}
    said: dict[str, None] = {}
    for problem in refused.problems:
        if problem.field is TargetField.DOCUMENT:
            said[problem.sentence] = None
        problems.setdefault(changed[problem.place], problem.sentence)
    return RefusedHanding(problems, tuple(said))
