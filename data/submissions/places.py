"""Where a report stands in the tree: who counts an area, who decides on the report, and for whom somebody acts."""

from collections.abc import Iterable
from datetime import date

from data.kinds import PlanKind, UnitLevel
from data.periods import Period
from data.scope import Grant, Reach, Scope
from data.submissions.model import UnitRef
from data.targets.register import TargetRegister
from data.units.tree import Unit, UnitTree
from data.wording.units import unit_title


def unit_ref(tree: UnitTree, unit_id: int, on: date) -> UnitRef:
    """The unit as it was called on that day, or on the nearest day of its life."""
    unit = tree.units[unit_id]
    state = unit.state(on)
    return UnitRef(unit.id, unit.key, unit.level, state.kind, state.name, unit.closed_on)


def title_of(unit: Unit, on: date) -> str:
    """The unit's kind and name on that day, in the reader's language."""
    state = unit.state(on)
    return unit_title(state.kind, state.name)


def has_closed(unit: Unit, today: date) -> bool:
    """Whether its last day is behind us."""
    return unit.closed_on is not None and unit.closed_on < today


def standing_unit(tree: UnitTree, unit_id: int, today: date) -> int | None:
    """Who stands for the unit today: itself; once it has closed its main successor, for a district its province.

    None where a closed unit has nobody to stand for it.
    """
    standing: int | None = unit_id
    while standing is not None and has_closed(tree.units[standing], today):
        unit = tree.units[standing]
        if unit.level is UnitLevel.DISTRICT and unit.closed_on is not None:
            standing = tree.parent(standing, unit.closed_on)
        else:
            standing = tree.main_successor(standing)
    return standing


def reviewing_unit(tree: UnitTree, reporter_id: int, period: Period, today: date) -> int | None:
    """Who decides: the reporter's parent on the period's last day, or whoever stands for that parent today."""
    parent = tree.parent(reporter_id, period.last_day)
    return None if parent is None else standing_unit(tree, parent, today)


def has_plan_of_its_last_year(targets: TargetRegister, unit: Unit) -> bool:
    """Whether the unit closed during a year for which it had targets of its own; it stays reportable for that year."""
    if unit.closed_on is None:
        return False
    year = unit.closed_on.year
    return any(
        target.year == year and target.plan_kind is not PlanKind.RESTATED for target in targets.of_unit(unit.id)
    )


def is_old_area(targets: TargetRegister, unit: Unit, period: Period) -> bool:
    """Whether the period is one of the unit's last year and ends after the unit did."""
    closed = unit.closed_on
    return (
        closed is not None
        and closed.year == period.year
        and closed < period.last_day
        and has_plan_of_its_last_year(targets, unit)
    )


def held_at(scope: Scope, *reaches: Reach) -> frozenset[int]:
    """The units at which the scope's roles are held, of those grants that give one of the reaches."""
    wanted = frozenset(reaches)
    return frozenset(grant.unit_id for grant in scope.grants if grant.reaches & wanted)


def open_units(tree: UnitTree, unit_ids: Iterable[int], today: date) -> list[int]:
    """Those of the units that exist today: nobody reports or decides for a unit that has closed from within it."""
    return sorted(one for one in unit_ids if tree.units[one].is_open(today))


def acts_as(scope: Scope, tree: UnitTree, reporter_id: int, today: date) -> Reach | None:
    """OWN for the reporter's own people, CHILDREN for its parent's (who enter for a silent child), None for others."""
    if reporter_id in held_at(scope, Reach.OWN):
        return Reach.OWN
    parent = tree.parent(reporter_id, today)
    return Reach.CHILDREN if parent is not None and parent in held_at(scope, Reach.CHILDREN) else None


def can_decide_at(grants: Iterable[Grant], unit_id: int | None) -> bool:
    """Whether one of the grants reviews the children of that unit."""
    return any(grant.unit_id == unit_id and Reach.CHILDREN in grant.reaches for grant in grants)
