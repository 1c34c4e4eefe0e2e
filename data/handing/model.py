"""What is known when targets are handed down: the parent, its children, and for each what was reached and is asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from data.catalogue.model import Definition
from data.comparisons import model as compared
from data.handing.asks import Asks, asks_of
from data.kinds import Horizon
from data.periods import Period
from data.targets.ends import exact
from data.targets.register import TargetInfo, rivals
from data.units.tree import Unit

Amount = int | Fraction
# A place on the board: the key of a unit and that of a definition.
Place = tuple[str, str]


class Weights(NamedTuple):
    """What the children weigh: by unit key, as counted in that period. `people` says that it is the population.

    Empty, and without a period, where nothing was counted.
    """

    period: Period | None
    amounts: Mapping[str, Amount]
    people: bool


@dataclass(frozen=True, slots=True)
class BoardColumn:
    """One indicator. `own` is what judges the parent itself in the year: none, one, or two that cannot be told apart.

    `asks` is how its numbers are read unless somebody chooses otherwise: as what was handed down already, else as the
    parent's own, else as at least, or as at most where the nation asks for less of it. `national` is what is asked of
    the country for the year, or else for the nearest later one; nothing on the nation's own board.
    """

    definition: Definition
    own: tuple[TargetInfo, ...]
    asks: Asks
    weights: Weights
    national: tuple[TargetInfo, ...] = ()

    @property
    def key(self) -> str:
        """The definition's key."""
        return self.definition.key

    @property
    def is_count(self) -> bool:
        """Whether the children's numbers add up to the parent's; else they are weighted."""
        return self.definition.measure.is_count


@dataclass(frozen=True, slots=True)
class BoardCell:
    """One unit and one indicator.

    `last` is the last result as the comparison says it, `last_targets` what judged it. `given` is what the parent set
    for the year (for its own line: what it set for itself), the latest of it; `in_force` what judges the unit, whoever
    set it.
    """

    last: compared.Cell
    last_targets: tuple[TargetInfo, ...]
    given: TargetInfo | None
    in_force: tuple[TargetInfo, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A unit of the board under the title that tells it from the others."""

    unit: Unit
    title: str


@dataclass(frozen=True, slots=True)
class Board:
    """Everything at once. `last` is what results are shown of: the last complete year; the months so far where no child
    has a result of that. `horizon` is that of what is given now: a year beyond the next is planned for among others.
    """

    parent: Line
    year: int
    horizon: Horizon
    last: Period
    columns: tuple[BoardColumn, ...]
    children: tuple[Line, ...]
    cells: Mapping[Place, BoardCell]
    illustrative: bool

    def column(self, key: str) -> BoardColumn | None:
        """The column of that definition, if the board has it."""
        return next((one for one in self.columns if one.key == key), None)

    def own_number(self, column: BoardColumn) -> Fraction | None:
        """The parent's own number for the year, where exactly one level judges it; of a range none."""
        judging = rivals(column.own)
        return number_of(judging[0]) if len(judging) == 1 else None


def number_of(target: TargetInfo) -> Fraction | None:
    """The single number that the target names, exactly; None for a range, a change and words."""
    if asks_of(target) is None or target.low is None:
        return None
    return exact(target.low)
