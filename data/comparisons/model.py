"""What a comparison is made of: columns, rows, cells, the targets they are judged against, and why a cell is empty.

Nothing here is in words: `data.comparisons.display` prints a comparison in the reader's language.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from data.catalogue.model import Definition
from data.comparisons.query import ComparisonQuery
from data.judging import Goal, Judgement, Observed
from data.kinds import Standing, UnitKind, UnitLevel
from data.periods import Period
from data.targets.register import DocumentInfo, TargetInfo
from data.units.groups import Group
from data.units.tree import Unit

# A count as it is kept: whole where it was reported, an exact fraction where a unit was split.
Amount = int | Fraction


class Gap(StrEnum):
    """Why a cell is empty. Whether a neighbour has nothing, or nothing approved yet, is one answer."""

    NOT_REPORTED = "NOT_REPORTED"
    MERGED = "MERGED"  # the unit had closed when the period ended, and its successor's facts are not divided back
    NOT_YET = "NOT_YET"  # the unit opened after the period, and nobody knows what it was made of
    OTHER_LEVEL = "OTHER_LEVEL"  # the unit opened after the period on the area of units of another level
    MISSING_PREDECESSOR = "MISSING_PREDECESSOR"  # a unit that it was made of has nothing for the period
    MISSING_PARTS = "MISSING_PARTS"  # some quarters or months of the period are there, others are not
    NOT_ADDITIVE = "NOT_ADDITIVE"  # a DISTINCT count of shorter periods cannot be added up
    NOT_PUBLISHED = "NOT_PUBLISHED"  # surveyed, and nothing was published for the unit
    NO_SUCH_YEAR = "NO_SUCH_YEAR"  # surveyed, and published for other years only
    SURVEYED_THEN = "SURVEYED_THEN"  # surveyed for the units that this one was made of, which cannot be added up
    OUTSIDE_DATES = "OUTSIDE_DATES"  # the definition did not exist yet
    MASKED = "MASKED"  # a small count of a neighbour below the province, or what would give one away
    DIVISION_BY_ZERO = "DIVISION_BY_ZERO"


class Absence(NamedTuple):
    """Why a cell is empty, with what explains it: units by name, the periods missing, the nearest published value.

    `values` are what was published for the units of that time, each by its name: to be read, never to be added.
    """

    gap: Gap
    units: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()
    other_period: str | None = None
    other_value: float | None = None
    values: tuple[tuple[str, float], ...] = ()


class Source(StrEnum):
    """Where a cell's numbers come from."""

    OWN = "OWN"  # the unit's own approved form
    CHILDREN = "CHILDREN"  # the sum of its children's
    PARTS = "PARTS"  # quarters or months brought together
    LINEAGE = "LINEAGE"  # the units that it was made of, by their shares
    PROVINCES = "PROVINCES"  # the nation: the sum of all provinces
    PUBLISHED = "PUBLISHED"  # the statistics office or the press


class AimKind(StrEnum):
    """Whose target judges, and for when."""

    OWN = "OWN"  # the unit's own, for the period's year
    NATIONAL = "NATIONAL"  # the nation's, for the period's year
    LATER = "LATER"  # the nation's nearest later one: distance and year only


# In place of a zone's key: a zone that the numbers by zone do not name.
OTHER_ZONES = ""


@dataclass(frozen=True, slots=True, eq=False)
class Aim:
    """What a cell is judged against. More than one target means that two are in force: both are shown, none judges.

    `years` are the earlier years whose results decide too: the base year of a change, those in which a level was to
    be held. An aim that is set by fertility zone has one aim for each zone in `by_zone`, and `mixed` for a unit whose
    area lies in several; itself it stands for the units that lie in none. `of_parts` is the aim for the units below
    the one that it is set for, where it is another: the base value that a plan prints is that unit's and nobody else's.
    """

    kind: AimKind
    targets: tuple[TargetInfo, ...]
    goal: Goal
    years: tuple[int, ...] = ()
    by_zone: Mapping[str, "Aim"] | None = None
    mixed: "Aim | None" = None
    of_parts: "Aim | None" = None

    @property
    def year(self) -> int:
        """The year in which it is to be reached."""
        return self.targets[0].year

    def of_zones(self, zones: frozenset[str]) -> "Aim":
        """The aim for a unit that lies in these fertility zones."""
        if self.by_zone is None or not zones:
            return self
        if len(zones) > 1:
            return self.mixed or self
        (zone,) = zones
        return self.by_zone.get(zone) or self.by_zone[OTHER_ZONES]


class Beside(NamedTuple):
    """What some judgements need beside the value: results of earlier years, and the unit's fertility zones."""

    earlier: tuple[Observed, ...] = ()
    zones: frozenset[str] = frozenset()


class Judged(NamedTuple):
    """An aim and how the cell stands to it."""

    aim: Aim
    judgement: Judgement


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """One unit's value of one definition. Cells are compared by identity: equal numbers share one cell.

    `value` is in the definition's measure and is None exactly where `absence` says why. `counted` of `expected` units
    stand behind it. `low` and `high` are the 95 % interval of a statistic that chance moves. `to_date` is the count
    since 1 January that was judged, where the period itself does not start there. A masked cell holds no number.
    `converted`: the value rests on a weight, since only a share of a unit of that time belongs to this one.
    """

    value: float | None
    numerator: Amount | None = None
    denominator: Amount | None = None
    counted: int = 0
    expected: int = 0
    source: Source | None = None
    standing: Standing | None = None
    low: float | None = None
    high: float | None = None
    to_date: float | None = None
    own: Judged | None = None
    national: Judged | None = None
    later: Judged | None = None
    absence: Absence | None = None
    converted: bool = False

    @property
    def primary(self) -> Judged | None:
        """The judgement that the cell shows: by the unit's own target, else the nation's, else a later one."""
        return self.own or self.national or self.later


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """A definition as a column, with the nation's aims, which are the same for every row. Compared by identity: a
    column of a period is made once.

    `by_own_only` says that the nation's target does not apply to a unit: a count of the whole country.
    """

    definition: Definition
    national: Aim | None
    later: Aim | None
    by_own_only: bool

    @property
    def key(self) -> str:
        """The definition's key."""
        return self.definition.key


@dataclass(frozen=True, slots=True)
class Row:
    """A unit on the boundaries' day and its cells, one for each column.

    `neighbour`: the reader sees it only as a peer or from below. `apart` names its parent where another row has the
    same title, and is empty otherwise.
    """

    unit: Unit
    name: str
    kind: UnitKind
    neighbour: bool
    cells: tuple[Cell, ...]
    apart: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class TargetRow:
    """One national instrument, pinned above the units: for each column its target of the nearest year, or None.

    Compared by identity: the rows for the same columns and period are made once.
    """

    document: DocumentInfo
    targets: tuple[TargetInfo | None, ...]

    @property
    def years(self) -> tuple[int, ...]:
        """The years that its targets are for, ascending."""
        return tuple(sorted({target.year for target in self.targets if target}))


@dataclass(frozen=True, slots=True)
class Coverage:
    """`approved` of `expected` rows have an approved value, whatever it was read from.

    `owing` rows are units that must report this period on a form of its own; `reported` of them have it approved.
    """

    approved: int
    expected: int
    reported: int
    owing: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """Units × definitions for a period on the boundaries of a day.

    `within` is the unit whose parts are compared, `total` its own line (None where the reader may not see it),
    `home` the reader's own unit; `peers` the group whose members the rows are, if one was asked for. `coverage` says
    how many rows have approved values; `as_of` is the latest approval.
    """

    query: ComparisonQuery
    period: Period
    boundaries: date
    level: UnitLevel
    within: Unit
    home: Unit | None
    columns: tuple[Column, ...]
    target_rows: tuple[TargetRow, ...]
    total: Row | None
    rows: tuple[Row, ...]
    coverage: Coverage
    as_of: datetime | None
    illustrative: bool
    peers: Group | None = None
