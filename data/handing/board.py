"""The board on which targets are handed down: what each child reached, was asked for and is asked for now."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from sqlalchemy.orm import Session

from data.catalogue.model import Definition
from data.comparisons.compare import Table
from data.comparisons.model import Absence, Cell, Gap
from data.comparisons.place import Place
from data.handing.asks import AT_LEAST, AT_MOST, Asks, asks_of, most_of
from data.handing.checking import Check, check
from data.handing.model import Board, BoardCell, BoardColumn, Line, Weights, number_of
from data.handing.place import HandingPlace, find_handing_place
from data.handing.proposals import Goal, Part
from data.handing.query import HandingQuery
from data.handing.weighing import weights_of
from data.judging.operators import CHANGES, Direction, Operator
from data.kinds import Horizon
from data.periods import Frequency, Period, last_complete_quarter
from data.scope import Scope
from data.snapshot import Snapshot, get_snapshot
from data.targets.register import TargetInfo, TargetRegister, rivals
from data.units.inheriting import YEARS_BACK
from data.units.naming import titles, told_apart
from data.units.tree import Unit, UnitTree

# What is proposed is no finer than this.
MOST_DECIMALS = 2
_FALLS = frozenset({Operator.AT_MOST, Operator.BELOW, Operator.REDUCTION_PERCENT, Operator.REDUCTION_FRACTION})
_UNSEEN = Cell(None, absence=Absence(Gap.NOT_REPORTED))


def get_board(session: Session, scope: Scope, query: HandingQuery, today: date) -> Board:
    """The board that the query asks for. `scope` is that of setting targets, whose units are no neighbours.

    Raises NotFound for a unit in whose name the reader sets no targets, Invalid for what does not exist. A fixed number
    of queries: two or four for results, two for weights, a few where a target needs earlier years, and what was
    published once per process.
    """
    snapshot = get_snapshot(session)
    place = find_handing_place(snapshot, scope, query, today)
    return board_at(session, snapshot, scope, place, today)


def board_at(session: Session, snapshot: Snapshot, scope: Scope, place: HandingPlace, today: date) -> Board:
    """The board of a place that has been found for this reader."""
    tree, register = snapshot.tree, snapshot.targets
    units = [tree.units[one] for one in place.child_ids]
    last, results = _results(session, snapshot, scope, place, today)
    weights = weights_of(session, snapshot, scope, units, place.definitions, _weighing_periods(place, today))
    lines = tuple(map(Line, units, titles(tree, place.child_ids, place.day)))
    parent = Line(place.parent, told_apart(tree, place.parent, titles(tree, [place.parent.id], place.day)[0]))
    columns = tuple(_column(register, tree.nation_id, place, one, weights[one.id]) for one in place.definitions)
    cells = {}
    for line in (parent, *lines):
        known = is_seen(tree, scope, line.unit, last)
        for column, cell in zip(columns, results[line.unit.id], strict=True):
            was = register.in_force(column.definition.id, line.unit.id, last.year, last.last_day) if known else ()
            now = _in_force(register, column.definition, line.unit.id, place.year)
            given = given_by(register, column.definition.id, line.unit.id, place.year, place.parent.id)
            cells[line.unit.key, column.key] = BoardCell(cell, rivals(was), given, now)
    horizon = Horizon.MULTI_YEAR if place.year > today.year + 1 else Horizon.YEARLY
    return Board(parent, place.year, horizon, last, columns, lines, cells, snapshot.illustrative)


def given_by(
    register: TargetRegister, definition_id: int, unit_id: int, year: int, issuer_id: int
) -> TargetInfo | None:
    """What holds for the unit of what the issuer's documents say; None for nothing, and for two of one day."""
    theirs = [
        one
        for one in register.of_unit(unit_id)
        if (one.definition_id, one.year, one.document.issuer_id) == (definition_id, year, issuer_id)
        and one.operator not in CHANGES
    ]
    alone = TargetRegister(theirs, register.documents)
    found = rivals(alone.in_force(definition_id, unit_id, year, Period.of_year(year).last_day))
    return found[0] if len(found) == 1 else None


def goal_of(board: Board, column: BoardColumn, asks: Asks | None = None, own: Fraction | None = None) -> Goal | None:
    """The parent's own number as something to share out: what was typed for it, else what is in force.

    It is read as the children's numbers are, but never against its own good side.
    """
    number = board.own_number(column) if own is None else own
    if number is None:
        return None
    measure = column.definition.measure
    # A goal of 70,25 % is shared out in hundredths, one of 70 % in tenths.
    decimals = 0 if measure.is_count else max(measure.decimals, _decimals(number))
    return Goal(number, _reading(column, asks or column.asks), column.is_count, most_of(measure), decimals)


def _reading(column: BoardColumn, asks: Asks) -> Asks:
    held = rivals(column.own)
    own = asks_of(held[0]) if len(held) == 1 else None
    opposed = own is not None and {own.good, asks.good} == {Direction.UP, Direction.DOWN}
    return own if own is not None and opposed else asks


def parts_of(board: Board, column: BoardColumn) -> list[Part]:
    """The children with their last results and weights."""
    found = []
    # What happens in a year is not known from a part of it.
    definition, is_year = column.definition, board.last.frequency is Frequency.YEARLY
    is_partial = not is_year and (column.is_count or definition.is_yearly_rate)
    for line in board.children:
        value = None if is_partial else board.cells[line.unit.key, column.key].last.value
        last = None if value is None else Fraction(repr(round(value, 6)))
        found.append(Part(line.unit.key, last, column.weights.amounts.get(line.unit.key)))
    return found


def checked(board: Board, column: BoardColumn, numbers: dict[str, Fraction], goal: Goal | None) -> Check:
    """What the numbers of the column come to."""
    return check(goal, parts_of(board, column), numbers, is_count=column.is_count)


def given_numbers(board: Board, column: BoardColumn) -> dict[str, Fraction]:
    """What the parent has handed down already, by unit key."""
    found = {}
    for line in board.children:
        given = board.cells[line.unit.key, column.key].given
        number = number_of(given) if given else None
        if number is not None:
            found[line.unit.key] = number
    return found


def _column(
    register: TargetRegister, nation_id: int, place: HandingPlace, definition: Definition, weights: Weights
) -> BoardColumn:
    own = _in_force(register, definition, place.parent.id, place.year)
    given = (given_by(register, definition.id, one, place.year, place.parent.id) for one in place.child_ids)
    asked = [asks for one in (*filter(None, given), *own) if (asks := asks_of(one))]
    asks = max(asked, key=asked.count, default=None) or _usual(register.of_unit(nation_id), definition)
    national = _national(register, nation_id, place, definition)
    return BoardColumn(definition, own, asks, weights, national)


def _national(
    register: TargetRegister, nation_id: int, place: HandingPlace, definition: Definition
) -> tuple[TargetInfo, ...]:
    """What the country is to reach in the year, else in the nearest later one; nothing where it hands down itself."""
    if place.parent.id == nation_id:
        return ()
    asked = definition.id, nation_id, place.year, Period.of_year(place.year).last_day
    return rivals(register.in_force(*asked) or register.later(*asked))


def _usual(nations: Iterable[TargetInfo], definition: Definition) -> Asks:
    """At most where the nation itself, in any year, asks for less of it; else at least."""
    falls = (one.operator in _FALLS or one.direction is Direction.DOWN for one in nations
             if one.definition_id == definition.id)  # fmt: skip
    return AT_MOST if any(falls) else AT_LEAST


def _in_force(register: TargetRegister, definition: Definition, unit_id: int, year: int) -> tuple[TargetInfo, ...]:
    return rivals(register.in_force(definition.id, unit_id, year, Period.of_year(year).last_day))


def results_of(
    session: Session, snapshot: Snapshot, scope: Scope, place: HandingPlace, period: Period
) -> dict[int, tuple[Cell, ...]]:
    """By unit what the comparison says of the parent and each child for the period, one cell for each definition.

    A unit that was somebody else's when the period ended tells nothing.
    """
    tree, ids = snapshot.tree, (place.parent.id, *place.child_ids)
    inside = frozenset(one for one in ids if is_seen(tree, scope, tree.units[one], period))
    level = tree.units[place.child_ids[0]].level if place.child_ids else place.parent.level
    where = Place(period, place.day, level, place.parent, place.parent, place.child_ids, inside, place.definitions)
    table = Table(session, snapshot, scope, where)
    unseen = (_UNSEEN,) * len(place.definitions)
    return {one: table.row(one).cells if one in inside else unseen for one in ids}


def is_seen(tree: UnitTree, scope: Scope, unit: Unit, period: Period) -> bool:
    """Whether the reader sees everything of the unit for the period, on the tree of the period's last day."""
    return unit.id in scope.inside(tree, unit.within_life(period.last_day))


def _results(
    session: Session, snapshot: Snapshot, scope: Scope, place: HandingPlace, today: date
) -> tuple[Period, dict[int, tuple[Cell, ...]]]:
    """Those of the last complete year; of the months so far where no child has a result of it."""
    last, so_far = _last_year(place, today), _so_far(place, today)
    found = results_of(session, snapshot, scope, place, last)
    if so_far == last or any(cell.value is not None for one in place.child_ids for cell in found[one]):
        return last, found
    return so_far, results_of(session, snapshot, scope, place, so_far)


def _weighing_periods(place: HandingPlace, today: date) -> list[Period]:
    """The last complete year and those before it; then the months so far, if nothing else tells as much."""
    last = _last_year(place, today)
    years = [Period.of_year(year) for year in range(last.year, last.year - YEARS_BACK, -1)]
    return list(dict.fromkeys((*years, _so_far(place, today))))


def _last_year(place: HandingPlace, today: date) -> Period:
    return Period.of_year(min(place.year, today.year) - 1)


def _so_far(place: HandingPlace, today: date) -> Period:
    """The months of the present year, to its last complete quarter; the last complete year where they say nothing."""
    so_far = last_complete_quarter(today).to_date()
    return so_far if so_far.year <= place.year else _last_year(place, today)


def _decimals(number: Fraction) -> int:
    """How many decimals it takes to print it, as far as proposals have any."""
    return next((one for one in range(MOST_DECIMALS) if (number * 10**one).denominator == 1), MOST_DECIMALS)
