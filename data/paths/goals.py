"""Which goals of later years stand over a unit: the nation's, its parent's and its own. Pure."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from data.catalogue.model import Definition
from data.comparisons.aims import aim_of
from data.comparisons.model import Aim, AimKind
from data.judging import Reason
from data.paths.model import Setter
from data.periods import Period
from data.targets.register import TargetInfo, TargetRegister
from data.units.tree import Unit, UnitTree

# The years for which the nation plans: shown wherever something is in force for them, beside the nearest year.
MILESTONES = (2030, 2035)


class GoalOver(NamedTuple):
    """A goal of a later year: who set it over the unit, for whom, and what it asks."""

    setter: Setter
    unit_id: int
    aim: Aim


def goals_over(
    register: TargetRegister,
    tree: UnitTree,
    unit: Unit,
    definition: Definition,
    today: date,
    sees: Callable[[TargetInfo], bool],
) -> tuple[GoalOver, ...]:
    """The goals in force today for the nearest later year and for the milestones; the nation's first, the own last.

    `sees` says which targets the reader may know. A count that is set for a whole is none for its parts. Of a unit
    that has closed, goals can be read and judge nothing.
    """
    found: list[GoalOver] = []
    for setter, unit_id in setters_of(tree, unit, today):
        if definition.measure.is_count and unit_id != unit.id:
            continue
        for year in _years(register, definition, unit_id, today):
            targets = tuple(one for one in register.in_force(definition.id, unit_id, year, today) if sees(one))
            aim = aim_of(AimKind.LATER, targets, definition, Period.of_year(year))
            if aim is not None:
                aim = aim if unit_id == unit.id else aim.of_parts or aim
                found.append(GoalOver(setter, unit_id, aim if unit.closed_on is None else _of_closed(aim)))
    return tuple(found)


def setters_of(tree: UnitTree, unit: Unit, today: date) -> tuple[tuple[Setter, int], ...]:
    """Who sets goals over the unit, each once: the parent of a province is the nation, whose goals are its own."""
    parent = tree.parent(unit.id, unit.within_life(today))
    found = {tree.nation_id: Setter.NATION}
    if parent is not None:
        found.setdefault(parent, Setter.PARENT)
    found.setdefault(unit.id, Setter.OWN)
    return tuple((setter, unit_id) for unit_id, setter in found.items())


def _years(register: TargetRegister, definition: Definition, unit_id: int, today: date) -> list[int]:
    """The nearest later year with something in force, and the milestones that have something."""
    years = {one.year for one in register.of_unit(unit_id) if one.definition_id == definition.id}
    later = sorted(
        year for year in years if year > today.year and register.in_force(definition.id, unit_id, year, today)
    )
    return [year for place, year in enumerate(later) if place == 0 or year in MILESTONES]


def _of_closed(aim: Aim) -> Aim:
    return Aim(aim.kind, aim.targets, replace(aim.goal, barred=aim.goal.barred or Reason.UNIT_CLOSED))
