"""What the targets of a unit's predecessors would add up to, where nothing was set for the unit itself."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy.orm import Session

from data.catalogue.model import Definition
from data.comparisons.model import Amount
from data.comparisons.readings import Readings
from data.comparisons.sums import Reading
from data.periods import Period
from data.scope import Scope
from data.snapshot import Snapshot
from data.targets.adding import Piece, TargetSum, Unadded, add_targets
from data.targets.reach import sees
from data.targets.register import TargetInfo
from data.units.naming import titles
from data.units.tree import Unit, UnitTree

# How many years back a denominator may be taken from.
YEARS_BACK = 5
Weights = dict[int, tuple[int, dict[int, Amount]]]


class InheritedTarget(NamedTuple):
    """One definition and year: what each predecessor was told, by its name, and what that comes to.

    `total` says what they add up to, or why they do not; `hindered_by` names the units then. `weighted_by` is the year
    whose denominators weigh a ratio.
    """

    definition: Definition
    year: int
    parts: tuple[tuple[str, TargetInfo | None], ...]
    total: TargetSum | Unadded
    hindered_by: tuple[str, ...]
    weighted_by: int | None


def inherited_targets(
    session: Session, snapshot: Snapshot, scope: Scope, unit: Unit, today: date
) -> tuple[InheritedTarget, ...]:
    """For every definition and year since the unit opened that its predecessors have a target for and it has none.

    A target that the reader does not see is none, and no ratio is weighted by what units report of whom the reader
    does not see everything: the sum would tell it.
    Two queries at most, and none where no ratio could be added up.
    """
    day = unit.opened_on - timedelta(days=1)
    made_of = snapshot.tree.composition(unit.id, day) or ()
    if not made_of:
        return ()
    tree, targets, definitions = snapshot.tree, snapshot.targets, snapshot.catalogue.definitions
    wanted = sorted(
        {
            (target.year, target.definition_id)
            for one, _share in made_of
            for target in targets.of_unit(one)
            if target.year >= unit.opened_on.year and sees(tree, scope, target, today)
        }
        - {(target.year, target.definition_id) for target in targets.of_unit(unit.id)}
    )
    pieces = {
        (year, definition): [
            Piece(one, share, tuple(target for target in there if sees(tree, scope, target, today)))
            for one, share in made_of
            for there in [targets.in_force(definition, one, year, day)]
        ]
        for year, definition in wanted
    }
    ratios = [
        definitions[definition]
        for (_year, definition), found in pieces.items()
        if not definitions[definition].measure.is_count and all(piece.judging for piece in found)
    ]
    weights = _weights(session, snapshot, scope, unit, [one for one, _share in made_of], ratios)
    names = dict(zip((one for one, _ in made_of), titles(tree, (one for one, _ in made_of), day), strict=True))
    return tuple(
        _inherited(definitions[definition], year, found, weights.get(definition), names)
        for (year, definition), found in pieces.items()
        if any(piece.judging for piece in found)
    )


def _inherited(
    definition: Definition,
    year: int,
    pieces: list[Piece],
    weighed: tuple[int, dict[int, Amount]] | None,
    names: dict[int, str],
) -> InheritedTarget:
    weighted_by, amounts = weighed or (None, {})
    found = [Piece(one.unit_id, one.share, one.in_force, amounts.get(one.unit_id)) for one in pieces]
    total = add_targets(found, is_count=definition.measure.is_count)
    return InheritedTarget(
        definition,
        year,
        tuple((names[one.unit_id], one.judging[0] if one.judging else None) for one in found),
        total,
        tuple(names[one] for one in total.unit_ids) if isinstance(total, Unadded) else (),
        weighted_by if isinstance(total, TargetSum) and not definition.measure.is_count else None,
    )


def _weights(
    session: Session,
    snapshot: Snapshot,
    scope: Scope,
    unit: Unit,
    unit_ids: list[int],
    definitions: Iterable[Definition],
) -> Weights:
    """By definition the last year for which all of the units have an approved denominator that the reader may know,
    and those denominators.
    """
    counted = tuple({one.id: one for one in definitions if one.is_ratio}.values())
    years = [Period.of_year(year) for year in range(unit.opened_on.year, unit.opened_on.year - YEARS_BACK, -1)]
    years = [year for year in years if all(_knows(snapshot.tree, scope, one, year) for one in unit_ids)]
    if not (counted and years):
        return {}
    readings = Readings(session, snapshot.tree)
    readings.load(unit_ids, dict.fromkeys(years, counted))
    found: Weights = {}
    for definition in counted:
        for year in years:
            there = {one: readings.get(one, definition, year) for one in unit_ids}
            amounts = {
                one: reading.denominator
                for one, reading in there.items()
                if isinstance(reading, Reading) and reading.denominator
            }
            if len(amounts) == len(unit_ids):
                found[definition.id] = year.year, amounts
                break
    return found


def _knows(tree: UnitTree, scope: Scope, unit_id: int, period: Period) -> bool:
    """Whether the reader sees all numbers of the unit for the period, not merely as a neighbour."""
    return unit_id in scope.inside(tree, tree.units[unit_id].within_life(period.last_day))
