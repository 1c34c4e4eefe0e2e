"""What a path is made of. Nothing here is in words."""

from dataclasses import dataclass
from enum import StrEnum

from data.catalogue.model import Definition
from data.comparisons.model import Aim, Cell
from data.comparisons.observing import Weakness
from data.judging import Pace
from data.targets.registry import Whose
from data.units.breaks import Break


class Setter(StrEnum):
    """Whose goal it is, seen from the unit."""

    NATION = "NATION"
    PARENT = "PARENT"
    OWN = "OWN"


@dataclass(frozen=True, slots=True)
class YearOf:
    """One year of the unit's own area: its cell as the comparison shows it.

    `cell` is None where the unit was out of the reader's reach then. `weakness` is why the pace leaves a value out.
    """

    year: int
    cell: Cell | None
    weakness: Weakness | None = None

    @property
    def has_value(self) -> bool:
        """Whether there is a number to read."""
        return self.cell is not None and self.cell.value is not None

    @property
    def counts(self) -> bool:
        """Whether the pace is worked out from it."""
        return self.has_value and self.weakness is None


@dataclass(frozen=True, slots=True)
class GoalOf:
    """A goal of a later year that stands over the unit, and how the unit goes towards it."""

    setter: Setter
    whose: Whose
    aim: Aim
    pace: Pace


@dataclass(frozen=True, slots=True)
class Path:
    """One definition: its years in order, and the goals, the nation's before the unit's own, the earlier before the
    later.
    """

    definition: Definition
    years: tuple[YearOf, ...]
    goals: tuple[GoalOf, ...]

    @property
    def last(self) -> YearOf | None:
        """The last year that the pace is worked out from."""
        return next((one for one in reversed(self.years) if one.counts), None)


@dataclass(frozen=True, slots=True)
class Paths:
    """A unit's paths as one reader sees them: all that have a goal, or the `chosen` one alone.

    `breaks` are the changes of its area that the years cross.
    """

    whose: Whose
    years: tuple[int, ...]
    paths: tuple[Path, ...]
    breaks: tuple[Break, ...]
    illustrative: bool
    chosen: Path | None = None
