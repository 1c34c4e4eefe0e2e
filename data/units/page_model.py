"""What the portal knows of one unit: its names, its family, what it was told to reach, and what it reported."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from data.catalogue.model import Definition
from data.comparisons.model import Cell
from data.kinds import LineageBasis, UnitKind
from data.periods import Period
from data.targets.register import DocumentInfo, TargetInfo
from data.units.breaks import Break
from data.units.groups import Group
from data.units.inheriting import InheritedTarget
from data.units.tree import Unit, UnitState
from data.wording.units import dated, unit_title


class Named(NamedTuple):
    """A unit as it was called on the day that matters. `since` is its first day where an older unit had its name."""

    unit: Unit
    name: str
    kind: UnitKind
    since: date | None = None

    @property
    def title(self) -> str:
        """The unit with its kind, and with the day that tells it from its namesakes."""
        return dated(unit_title(self.kind.value, self.name), self.since, self.unit.closed_on)


class Relative(NamedTuple):
    """A predecessor or a successor: the share of the older one's area that went over on `on`, and by which law."""

    named: Named
    on: date
    share: Fraction
    basis: LineageBasis
    document: DocumentInfo | None


class TargetsOf(NamedTuple):
    """One document's targets for one unit, by year and column."""

    document: DocumentInfo
    targets: tuple[TargetInfo, ...]


class History(NamedTuple):
    """A predecessor's targets: read as history, they never judge the successor."""

    named: Named
    documents: tuple[TargetsOf, ...]


class Line(NamedTuple):
    """What was reported of one unit's area: for each definition of the page a cell for each of its periods."""

    named: Named
    rows: tuple[tuple[Cell | None, ...], ...]


@dataclass(frozen=True, slots=True)
class UnitPage:
    """A unit for whoever may compare it.

    `children` counts the units directly below by kind. `zones` are the fertility zones of its area, drawn before the
    mergers: more than one means that it mixes them. `lines` holds the unit's own values and, apart from them, those of
    its predecessors: the series breaks where they merged. A cell is None where its unit did not live in that period,
    or was out of the reader's reach when it ended.
    `has_target_now` is False where nothing was set for this year or a later one. `old_areas` are closed units whose
    last year this one reports.

    With `boundaries` the lines are those of the units that stood on the area on that day, on their areas throughout;
    none where no such unit is within reach. `days` are the boundaries to choose from, each with its word in an address.
    `breaks` are the changes that the lines cross. `sums` say what the targets
    of its predecessors would add up to where it has none of its own.
    """

    named: Named
    code: str | None
    states: tuple[UnitState, ...]
    parent: Named | None
    children: tuple[tuple[UnitKind, int], ...]
    predecessors: tuple[Relative, ...]
    successors: tuple[Relative, ...]
    groups: tuple[Group, ...]
    zones: tuple[Group, ...]
    targets: tuple[TargetsOf, ...]
    has_target_now: bool
    inherited: tuple[History, ...]
    definitions: tuple[Definition, ...]
    periods: tuple[Period, ...]
    boundaries: date | None
    days: tuple[tuple[date, str], ...]
    lines: tuple[Line, ...]
    breaks: tuple[Break, ...]
    sums: tuple[InheritedTarget, ...]
    old_areas: tuple[Named, ...]
    neighbour: bool
    illustrative: bool

    @property
    def is_open(self) -> bool:
        """Whether the unit stands."""
        return self.named.unit.closed_on is None
