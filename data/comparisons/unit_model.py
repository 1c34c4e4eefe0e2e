"""What a unit's table is made of: a line for each definition, with everything that the result is held against."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from data.catalogue.model import Definition
from data.comparisons.model import Aim, Cell, Column
from data.comparisons.unit_query import UnitQuery
from data.judging import NoShare, RankRange, Reason
from data.kinds import UnitLevel
from data.periods import Period
from data.units.tree import Unit


class NoChange(StrEnum):
    """Why two values that are both there are not subtracted."""

    PARTIAL = "PARTIAL"  # counts, and not all units are counted in both periods
    BASIS = "BASIS"  # published for different boundaries


class Unranked(StrEnum):
    """Why a result has no rank."""

    COUNT = "COUNT"  # a count grows with the size of its unit
    NO_DIRECTION = "NO_DIRECTION"  # no target that is the same for all peers says which way is good
    BARRED = "BARRED"  # no target judges this definition in this period, for the reason that stands beside it
    NO_VALUE = "NO_VALUE"
    NO_INTERVAL = "NO_INTERVAL"  # chance moves it, and the counts that would say how far are not known
    ALONE = "ALONE"  # no peer has a value that this reader sees


class Ranked(NamedTuple):
    """A unit's ranks among its peers. `chance` says that intervals decided; `by_range` that nearness to a range did.

    Not ranked: `hidden` peers, whose value this reader is not shown, and `empty` ones without a comparable value.
    `partial` ranked values, the unit's own among them, rest on some of the units below only.
    """

    ranks: RankRange
    chance: bool
    by_range: bool
    hidden: int
    empty: int
    partial: int


class Above(NamedTuple):
    """The unit above, by its key and as it was called."""

    key: str
    title: str


class NotRanked(NamedTuple):
    """Why there is no rank; `reason` is that of a definition that no target judges, `hidden` counts peers whose value
    this reader is not shown.
    """

    why: Unranked
    reason: Reason | None = None
    hidden: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class UnitLine:
    """One definition of the unit.

    `cell` is the cell that a comparison shows. `since` is the value since 1 January ("lũy kế"), None where the period
    starts there itself, where only the last count stands and for what is surveyed. `before` is the same window last
    year on the same area ("cùng kỳ"), None where the unit was out of the reader's reach then. `change` is the value
    less that, in the definition's measure. `share` is the result in percent of the unit's own plan. `parent` is what
    the unit above is to reach. `series` holds the last whole years, oldest first, with None where a year is out of
    reach. Nothing here rests on a number that the reader is not shown.
    """

    column: Column
    cell: Cell
    since: Cell | None
    before: Cell | None
    change: float | NoChange | None
    share: float | NoShare
    parent: Aim | None
    series: tuple[tuple[int, Cell | None], ...]
    rank: Ranked | NotRanked | None

    @property
    def definition(self) -> Definition:
        """What the line is of."""
        return self.column.definition


@dataclass(frozen=True, slots=True)
class UnitTable:
    """Every definition of one unit for a period, on the unit's own area; `lines` is empty where the unit was out of the
    reader's reach when the period ended.

    `above` is the parent whose targets stand beside the unit's own; None where that is the nation. There are `peers`
    units of the same level and parent, itself included, of which `unseen` are out of reach. `as_of` is the latest
    approval among the figures of the period.
    """

    query: UnitQuery
    unit: Unit
    title: str
    period: Period
    boundaries: date
    above: Above | None
    lines: tuple[UnitLine, ...]
    neighbour: bool
    peers: int
    unseen: int
    as_of: datetime | None
    illustrative: bool

    @property
    def is_nation(self) -> bool:
        """Whether it is the nation's, whose plan is the national target."""
        return self.unit.level is UnitLevel.NATION

    @property
    def with_since(self) -> bool:
        """Whether what was counted since 1 January is another number than the period's own."""
        return not self.period.starts_in_january
