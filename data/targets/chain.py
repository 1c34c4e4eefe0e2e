"""What is in force for a unit as a chain: from the nation down to the unit, and at each level from orientation on.

Pure: the register of targets and the tree of the day in, links out. The rule that chooses stands in the register.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from data.catalogue.model import Definition
from data.comparisons.aims import aim_of
from data.comparisons.model import AimKind
from data.judging import Reason
from data.judging.operators import CHANGES
from data.kinds import Horizon, PlanKind
from data.periods import Period
from data.targets.register import TargetInfo, TargetRegister, rivals
from data.units.tree import UnitTree

_KINDS = {kind: place for place, kind in enumerate(PlanKind)}


class Place(StrEnum):
    """What became of one target among those for its definition, unit and year."""

    WITHDRAWN = "WITHDRAWN"  # taken back, or corrected by another
    JUDGES = "JUDGES"  # in force, and what a result is held against
    BESIDE = "BESIDE"  # in force: a change beside the level that it leads to, numbers by zone beside one for everybody
    RIVAL = "RIVAL"  # in force with another, and neither judges
    REPLACED = "REPLACED"
    RESTATES = "RESTATES"
    LATER = "LATER"  # issued after the year's end


class Why(StrEnum):
    """By which part of the rule."""

    ALONE = "ALONE"
    YEARLY_FIRST = "YEARLY_FIRST"
    LATER_DATE = "LATER_DATE"
    NO_DATE = "NO_DATE"
    SAME_DATE = "SAME_DATE"
    LEVEL_FIRST = "LEVEL_FIRST"
    EVERYBODY_FIRST = "EVERYBODY_FIRST"
    REPEATS = "REPEATS"
    NOT_ISSUED = "NOT_ISSUED"
    TAKEN_BACK = "TAKEN_BACK"


class Step(NamedTuple):
    """One target of a link. `others` are those that it replaced, that replaced it, stand beside it or are repeated."""

    target: TargetInfo
    place: Place
    why: Why
    others: tuple[TargetInfo, ...]

    @property
    def in_force(self) -> bool:
        """Whether the target holds on the year's last day."""
        return self.place in (Place.JUDGES, Place.BESIDE, Place.RIVAL)


@dataclass(frozen=True, slots=True)
class Link:
    """One unit of the chain, on the way from the nation to the asked one, with everything that was set for it.

    `judges` says whether what is in force here judges the asked unit's results: the nation's targets and its own do.
    `unjudged` is why what is in force here can judge nothing.
    """

    unit_id: int
    steps: tuple[Step, ...]
    judges: bool
    unjudged: Reason | None


def chain_of(
    register: TargetRegister, tree: UnitTree, definition: Definition, unit_id: int, year: int
) -> tuple[Link, ...]:
    """The links from the nation down to the unit, on the tree of the year's last day or of the unit's own last one."""
    day = Period.of_year(year).last_day
    path = (*reversed(tree.ancestors(unit_id, day)), unit_id)
    return tuple(
        Link(one, steps_of(register, definition.id, one, year), one in (unit_id, tree.nation_id), reason)
        for one in path
        for reason in [why_unjudged(register, definition, one, year)]
    )


def steps_of(register: TargetRegister, definition_id: int, unit_id: int, year: int) -> tuple[Step, ...]:
    """What was set for one definition, unit and year: orientation, assigned, adjusted, striven for; then by date."""
    day = Period.of_year(year).last_day
    found = list(register.about(definition_id, unit_id, year))
    found.sort(key=lambda one: (_KINDS[one.plan_kind], one.document.issued_on or date.max, one.id))
    in_force = register.in_force(definition_id, unit_id, year, day)
    return tuple(_step(register, one, found, in_force, day) for one in found)


def _step(
    register: TargetRegister, target: TargetInfo, found: list[TargetInfo], in_force: tuple[TargetInfo, ...], day: date
) -> Step:
    if target.plan_kind is PlanKind.RESTATED:
        source = register.targets.get(target.restates_id) if target.restates_id is not None else None
        return Step(target, Place.RESTATES, Why.REPEATS, (source,) if source else ())
    if target.document.issued_on is not None and target.document.issued_on > day:
        return Step(target, Place.LATER, Why.NOT_ISSUED, ())
    winners = tuple(one for one in in_force if _kind(one) == _kind(target))
    if target not in in_force:
        return Step(target, Place.REPLACED, _why(winners[0], target), winners)
    judging = rivals(in_force)
    if target not in judging:
        return Step(target, Place.BESIDE, Why.EVERYBODY_FIRST if target.is_by_zone else Why.LEVEL_FIRST, judging)
    judging = tuple(one for one in judging if one.zone_key == target.zone_key)
    if len(judging) > 1:
        dated = all(one.document.issued_on for one in judging)
        others = tuple(one for one in judging if one is not target)
        return Step(target, Place.RIVAL, Why.SAME_DATE if dated else Why.NO_DATE, others)
    beaten = tuple(
        one
        for one in found
        if one not in in_force
        and one.plan_kind is not PlanKind.RESTATED
        and _kind(one) == _kind(target)
        and (one.document.issued_on is None or one.document.issued_on <= day)
    )
    return Step(target, Place.JUDGES, _why(target, beaten[0]) if beaten else Why.ALONE, beaten)


def _why(winner: TargetInfo, loser: TargetInfo) -> Why:
    if winner.horizon is Horizon.YEARLY and loser.horizon is Horizon.MULTI_YEAR:
        return Why.YEARLY_FIRST
    return Why.LATER_DATE


def _kind(target: TargetInfo) -> tuple[bool, bool]:
    """What competes with each other: levels, changes, and numbers by fertility zone."""
    return target.is_by_zone, target.operator in CHANGES and not target.is_by_zone


def why_unjudged(register: TargetRegister, definition: Definition, unit_id: int, year: int) -> Reason | None:
    """Why what is in force for the unit can judge no result of the year; None where it can, or where nothing is.

    A change whose base value the plan does not print starts from the unit's own result of the base year.
    """
    period = Period.of_year(year)
    in_force = register.in_force(definition.id, unit_id, year, period.last_day)
    aim = aim_of(AimKind.OWN, in_force, definition, period)
    if aim is None or (aim.goal.unjudged is Reason.NO_BASELINE and aim.years):
        return None
    return aim.goal.unjudged
