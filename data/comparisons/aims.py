"""What is judged against what: targets in force as goals, worked out once for a column and not once for a cell."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import lru_cache

from data.catalogue.model import Definition
from data.comparisons.model import OTHER_ZONES, Aim, AimKind, Column, TargetRow
from data.judging import Goal, Operator, Reason
from data.judging.operators import CHANGES
from data.kinds import Aggregation, PlanKind
from data.measures import TOLERANCES
from data.periods import FIRST_YEAR, Frequency, Period
from data.targets.register import DocumentInfo, TargetInfo, TargetRegister, rivals

# How far back a level to hold is looked for.
HELD_YEARS = 5
# Another 21-NQ/TW exists, so the date belongs to the name.
RESOLUTION_21 = ("21-NQ/TW", date(2017, 10, 25))


def column_of(targets: TargetRegister, nation_id: int, definition: Definition, period: Period) -> Column:
    """The definition as a column of that period, with the nation's aims."""
    in_force = targets.in_force(definition.id, nation_id, period.year, period.last_day)
    later = targets.later(definition.id, nation_id, period.year, period.last_day)
    return Column(
        definition,
        aim_of(AimKind.NATIONAL, in_force, definition, period),
        aim_of(AimKind.LATER, later, definition, period),
        definition.measure.is_count,
    )


def own_aims(
    targets: TargetRegister, unit_id: int, definitions: Iterable[Definition], period: Period
) -> dict[int, Aim]:
    """The unit's own targets in force for the period's year, by definition; most units have none."""
    found: dict[int, Aim] = {}
    if targets.of_unit(unit_id):
        for definition in definitions:
            in_force = targets.in_force(definition.id, unit_id, period.year, period.last_day)
            if aim := aim_of(AimKind.OWN, in_force, definition, period):
                found[definition.id] = aim
    return found


def aim_of(kind: AimKind, targets: tuple[TargetInfo, ...], definition: Definition, period: Period) -> Aim | None:
    """The aim that these targets make for a period; None without any. Two of them, and neither judges."""
    # Numbers by fertility zone stand beside the one for everybody and never compete with it.
    everybodys = tuple(target for target in targets if not target.is_by_zone)
    if everybodys or not targets:
        return _aim(kind, everybodys, definition, period) if everybodys else None
    zones: dict[str, list[TargetInfo]] = defaultdict(list)
    for target in targets:
        if target.zone_key is not None:
            zones[target.zone_key].append(target)
    barred = barred_by(definition, period)
    none, mixed, silent = (
        Aim(kind, targets, replace(_goal(targets[0], definition), barred=barred or reason))
        for reason in (Reason.NO_ZONE, Reason.MIXED_ZONE, Reason.NO_ZONE_LEVEL)
    )
    of_zone = {key: _aim(kind, tuple(found), definition, period) for key, found in zones.items()}
    return replace(none, by_zone={**of_zone, OTHER_ZONES: silent}, mixed=mixed)


def _aim(kind: AimKind, targets: tuple[TargetInfo, ...], definition: Definition, period: Period) -> Aim:
    judging = rivals(targets)
    first = judging[0]
    barred = barred_by(definition, period)
    if barred is None and len(judging) > 1:
        barred = Reason.TWO_IN_FORCE
    if barred is None and first.ambiguous:
        barred = Reason.AMBIGUOUS_UNIT
    goal = replace(_goal(first, definition), barred=barred)
    decides = kind is not AimKind.LATER and not barred
    aim = Aim(kind, targets, goal, _years(first, period) if decides else ())
    if kind is AimKind.OWN or first.operator not in CHANGES or first.baseline_value is None:
        return aim
    years = (first.baseline_year,) if decides and first.baseline_year else ()
    return replace(aim, of_parts=Aim(kind, targets, from_own_base(goal), years))


def from_own_base(goal: Goal) -> Goal:
    """The goal for another unit than the one that it is set for: its change starts from that unit's own base year."""
    return replace(goal, baseline=None) if goal.operator in CHANGES else goal


def _goal(target: TargetInfo, definition: Definition) -> Goal:
    return Goal(
        target.operator,
        target.low,
        target.high,
        target.direction,
        target.year,
        definition.measure.is_count,
        target.baseline_value,
        tolerance=TOLERANCES.get(definition.measure),
        baseline_year=target.baseline_year,
        definition=definition.key,
    )


def _years(target: TargetInfo, period: Period) -> tuple[int, ...]:
    """The earlier years that decide too: of a change its base year, where the plan does not print that year's value."""
    if target.operator in CHANGES:
        is_open = target.baseline_value is None and target.baseline_year is not None
        return (target.baseline_year,) if is_open and target.baseline_year else ()
    if target.operator is not Operator.REACH_AND_HOLD:
        return ()
    return tuple(range(max(period.year - HELD_YEARS, FIRST_YEAR), period.year))


def barred_by(definition: Definition, period: Period) -> Reason | None:
    """Why no target of the definition judges that period, if so."""
    if definition.to_on is not None and definition.to_on < period.last_day:
        return Reason.NO_LONGER_POLICY
    if definition.denominator_kind is Aggregation.STOCK and period.frequency is not Frequency.YEARLY:
        # Births of a quarter per thousand people are no yearly rate, and no arithmetic makes them one.
        if definition.numerator_kind is Aggregation.FLOW:
            return Reason.RATE_OF_YEAR
        if definition.numerator_kind is Aggregation.DISTINCT:
            return Reason.PART_OF_YEAR
    return None


# Only the columns, the year and what was issued by the period's end decide it; neither targets nor definitions change.
@lru_cache(maxsize=64)
def pinned_rows(
    targets: TargetRegister, nation_id: int, definitions: tuple[Definition, ...], period: Period
) -> tuple[TargetRow, ...]:
    """A row for each national instrument with a target for a shown column, in the period's year or the nearest later
    one: Resolution 21 first and always, then by date.
    """
    by_document: dict[int, dict[int, TargetInfo]] = {}
    for target in targets.of_unit(nation_id):
        if target.year >= period.year and target.plan_kind is not PlanKind.RESTATED and _issued(target, period):
            chosen = by_document.setdefault(target.document.id, {})
            kept = chosen.get(target.definition_id)
            if kept is None or (target.year, target.zone_key is not None) < (kept.year, kept.zone_key is not None):
                chosen[target.definition_id] = target
    rows = []
    for document in sorted(targets.documents.values(), key=_pinned_order):
        chosen = by_document.get(document.id, {})
        shown = tuple(chosen.get(definition.id) for definition in definitions)
        if any(shown) or is_resolution_21(document):
            rows.append(TargetRow(document, shown))
    return tuple(rows)


def is_resolution_21(document: DocumentInfo) -> bool:
    """Whether the document is the Party's resolution on population work."""
    return (document.number, document.issued_on) == RESOLUTION_21


def _issued(target: TargetInfo, period: Period) -> bool:
    return target.document.issued_on is None or target.document.issued_on <= period.last_day


def _pinned_order(document: DocumentInfo) -> tuple[bool, date, int]:
    return not is_resolution_21(document), document.issued_on or date.max, document.id
