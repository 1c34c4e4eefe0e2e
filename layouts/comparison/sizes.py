"""How wide a column and how tall a row must be for everything in it to be read."""

from functools import lru_cache
from textwrap import wrap

from data.comparisons.model import Cell, Column
from data.measures import Measure

USUAL_HEIGHT = 49
# The line of the number with the space around it, and each line of small text under it.
_NUMBER_HEIGHT, _SMALL_HEIGHT = 26, 15
# Beside a number may stand the year of a later goal; under it a margin and an interval.
_WIDTH, _COUNT_WIDTH, _CHANCE_WIDTH = 122, 146, 164
# Targets of fertility are put into words.
_WORDS_WIDTH = 148
# The average small letter, and what a cell keeps free at its sides.
_LETTER, _SIDES = 6.5, 22


def column_width(column: Column) -> int:
    """The least width, in pixels."""
    definition = column.definition
    if definition.chance:
        return _CHANCE_WIDTH
    if definition.measure is Measure.CHILDREN_PER_WOMAN:
        return _WORDS_WIDTH
    return _COUNT_WIDTH if definition.measure.is_count else _WIDTH


def is_crowded(cell: Cell) -> bool:
    """Whether more than a margin and an interval may stand under the number: an own target, units still missing."""
    return cell.own is not None or cell.counted < cell.expected


def height_for(small: str, column: Column) -> int:
    """The height of a row with that text under a number of the column, in pixels."""
    return height_in(small, column_width(column))


def height_in(small: str, width: int) -> int:
    """The height of a row with that text under a number in a column of that width, both in pixels."""
    return _height(small, int((width - _SIDES) / _LETTER))


@lru_cache(maxsize=4096)
def _height(small: str, letters: int) -> int:
    return max(USUAL_HEIGHT, _NUMBER_HEIGHT + _SMALL_HEIGHT * len(wrap(small, letters)))
