"""What is asked of the whole: every instrument that sets a number for the year, and the next one after it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from data.catalogue.model import Definition
from data.comparisons.aims import aim_of, from_own_base, is_resolution_21
from data.comparisons.model import AimKind
from data.judging import Goal
from data.judging.operators import CHANGES
from data.kinds import PlanKind
from data.periods import Period
from data.scope import Scope
from data.snapshot import Snapshot
from data.targets.chain import Place, Step, steps_of
from data.targets.reach import sees
from data.targets.register import TargetInfo
from data.units.tree import Unit


@dataclass(frozen=True, slots=True)
class Demand:
    """One thing that is asked of the whole, by all instruments that ask for it in the same words.

    `steps` say of each target whether it is in force. `of_nation`: it is asked of the nation, and of this unit as of
    every other. `later`: it is for a year after the one in question, a milestone that nothing is decided by.
    """

    definition: Definition
    steps: tuple[Step, ...]
    goal: Goal
    of_nation: bool
    later: bool

    @property
    def target(self) -> TargetInfo:
        """The first of its targets; the others ask for the same."""
        return self.steps[0].target

    @property
    def year(self) -> int:
        """The year in which it is to be reached."""
        return self.target.year

    @property
    def in_force(self) -> bool:
        """Whether one of the instruments judges the year's result by it."""
        return any(step.place is Place.JUDGES for step in self.steps)


def demands_of(
    snapshot: Snapshot, scope: Scope, unit: Unit, definition: Definition, year: int, today: date
) -> tuple[Demand, ...]:
    """What is asked of the unit for the year, Resolution 21 first, then by date; then its nearest later milestone.

    The nation's rates are asked of every unit, its counts of nobody else. Empty where nothing is asked for the year
    itself.
    """
    tree, nation = snapshot.tree, snapshot.tree.nation_id
    owners = [unit.id] if unit.id == nation or definition.measure.is_count else [unit.id, nation]
    found: list[Demand] = []
    for owner in owners:
        steps = [one for one in _steps(snapshot, definition, owner, year) if sees(tree, scope, one.target, today)]
        found += _grouped(steps, definition, of_nation=owner != unit.id, later=False)
    if not found:
        return ()
    after = snapshot.targets.later(definition.id, unit.id, year, Period.of_year(year).last_day)
    if after and unit.is_open(today):
        steps = [one for one in _steps(snapshot, definition, unit.id, after[0].year) if one.target in after]
        seen = [one for one in steps if sees(tree, scope, one.target, today)]
        found += _grouped(seen, definition, of_nation=False, later=True)
    return tuple(found)


def _steps(snapshot: Snapshot, definition: Definition, owner: int, year: int) -> Iterator[Step]:
    """The targets that ask for something of their own. A change beside the level that it leads to is the same demand
    said twice.
    """
    for step in steps_of(snapshot.targets, definition.id, owner, year):
        if step.place in (Place.RESTATES, Place.LATER) or step.target.plan_kind is PlanKind.RESTATED:
            continue
        if step.place is not Place.BESIDE or step.target.operator not in CHANGES:
            yield step


def _grouped(steps: list[Step], definition: Definition, *, of_nation: bool, later: bool) -> Iterator[Demand]:
    groups: dict[tuple[object, ...], list[Step]] = {}
    for step in sorted(steps, key=_order):
        groups.setdefault(_asked(step.target), []).append(step)
    for found in groups.values():
        period = Period.of_year(found[0].target.year)
        aim = aim_of(AimKind.OWN, (found[0].target,), definition, period)
        if aim is not None:
            yield Demand(definition, tuple(found), from_own_base(aim.goal) if of_nation else aim.goal, of_nation, later)


def _asked(target: TargetInfo) -> tuple[object, ...]:
    return (
        target.operator, target.direction, target.low, target.high, target.baseline_year, target.baseline_value,
        target.ambiguous, target.zone_key,
    )  # fmt: skip


def _order(step: Step) -> tuple[bool, date, int]:
    document = step.target.document
    return not is_resolution_21(document), document.issued_on or date.max, step.target.id
