"""What needs to be seen before it is given, and forbids nothing: numbers below the parent's own, sums that miss it."""

from collections.abc import Mapping
from fractions import Fraction

from data.handing.asks import Asks
from data.handing.board import checked, goal_of
from data.handing.checking import Check
from data.handing.giving import Order, changed_places, draft_of
from data.handing.model import Board, BoardColumn, Place
from data.handing.proposals import Goal
from data.handing.sentences import beside_sentence, named, short_sentence
from data.targets.checking import problems_of


def checks_of(
    board: Board, numbers: Mapping[Place, Fraction], asks: Mapping[str, Asks]
) -> dict[str, tuple[Check, Goal | None]]:
    """For every column what its numbers come to, and the goal that they are held against."""
    return {column.key: _check(board, column, numbers, asks) for column in board.columns}


def column_numbers(board: Board, column: BoardColumn, numbers: Mapping[Place, Fraction]) -> dict[str, Fraction]:
    """The children's numbers of one column, by unit key."""
    keys = (line.unit.key for line in board.children)
    return {key: numbers[key, column.key] for key in keys if (key, column.key) in numbers}


def column_goal(
    board: Board, column: BoardColumn, numbers: Mapping[Place, Fraction], asks: Mapping[str, Asks]
) -> Goal | None:
    """The parent's own number: as typed in its line, else as it is in force."""
    return goal_of(board, column, asks.get(column.key), numbers.get((board.parent.unit.key, column.key)))


def flags_of(board: Board, found: Mapping[str, tuple[Check, Goal | None]]) -> dict[Place, str]:
    """The cells that ask for less than the parent itself is asked for, each with the reason."""
    flags: dict[Place, str] = {}
    for column in board.columns:
        check, goal = found[column.key]
        if goal is not None:
            for key in check.beside:
                flags[key, column.key] = beside_sentence(goal, column.definition.measure)
    return flags


def wrong_of(board: Board, numbers: Mapping[Place, Fraction], asks: Mapping[str, Asks]) -> dict[Place, str]:
    """The cells whose number no target of that indicator can have, each with the reason."""
    places = [(line.unit.key, column) for line in (board.parent, *board.children) for column in board.columns]
    found = {
        (unit, column.key): wrong_number(board, column, unit, numbers[unit, column.key], asks.get(column.key))
        for unit, column in places
        if (unit, column.key) in numbers
    }
    return {place: sentence for place, sentence in found.items() if sentence}


def wrong_number(board: Board, column: BoardColumn, unit: str, number: Fraction, asks: Asks | None = None) -> str:
    """Why no target of the indicator can have that number; empty where one can."""
    draft = draft_of(board, (unit, column.key), number, asks or column.asks)
    return next((sentence for _field, sentence in problems_of(draft, column.definition)), "")


def warnings_of(board: Board, order: Order) -> list[str]:
    """What to look at before the order is given: the sum of each column that it changes, and the numbers that it now
    sets below the parent's own. What was given and seen before is not asked about again, unless the parent's own number
    changes above it.
    """
    changed = set(changed_places(board, order))
    changing = {place[1] for place in changed}
    found = checks_of(board, order.numbers, order.asks)
    said = []
    for column in board.columns:
        check, goal = found[column.key]
        if column.key not in changing or goal is None:
            continue
        if check.reached is False:
            said.append(short_sentence(check, column))
        anew = (board.parent.unit.key, column.key) in changed
        if beside := [key for key in check.beside if anew or (key, column.key) in changed]:
            reason = beside_sentence(goal, column.definition.measure)
            said.append(f"{column.definition.name}: {named(board, beside)}: {reason}.")
    return said


def _check(
    board: Board, column: BoardColumn, numbers: Mapping[Place, Fraction], asks: Mapping[str, Asks]
) -> tuple[Check, Goal | None]:
    goal = column_goal(board, column, numbers, asks)
    return checked(board, column, column_numbers(board, column, numbers), goal), goal
