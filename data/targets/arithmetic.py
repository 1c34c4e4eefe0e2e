"""Arithmetic that plans print, done again: parts and their total, a change and the levels at both its ends."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, TypeAlias
from weakref import WeakKeyDictionary

from data.catalogue.model import Definition
from data.judging.operators import CHANGES, Band, Operator
from data.kinds import PlanKind
from data.targets.contradictions import Contradiction, ContradictionKind, Known, acceptable, asks_of, tolerance_of
from data.targets.register import TargetInfo, TargetRegister, rivals, winners
from data.units.tree import UnitTree

# The values that are known of a unit for a definition and a year.
KnownValues = Callable[[int, Definition, int], Iterable[Known]]

_MOST_DECIMALS = 6
# Sums of decimals in floating point miss the printed one by less than this.
_NOISE = 1e-9


@dataclass(frozen=True, slots=True)
class Base:
    """The base year's value: as the plan prints it (`level` None), or as it follows from a change and its level."""

    target: TargetInfo
    level: TargetInfo | None
    year: int
    value: float


class _Plan(NamedTuple):
    """What one document sets for one unit and year as one kind of plan."""

    document_id: int
    unit_id: int
    year: int
    kind: PlanKind


_Plans: TypeAlias = dict[_Plan, dict[int, TargetInfo]]


def within_documents(
    register: TargetRegister, tree: UnitTree, definitions: Mapping[int, Definition]
) -> Iterator[Contradiction]:
    """Totals that are not the sum of their parts, and levels that do not follow from base and change."""
    by_plan = _by_document(register)
    yield from _parts(by_plan, definitions)
    of_plans = tuple(_children(by_plan, tree, definitions))
    yield from of_plans
    # What stands in one document is not told twice.
    told = {frozenset(target.id for target in one.targets) for one in of_plans}
    for one in _handed_down(register, tree, definitions):
        if frozenset(target.id for target in one.targets) not in told:
            yield one
    for base in bases_of(register):
        if base.level is None or base.target.baseline_value is None or base.level.low is None:
            continue
        follows = _after(base.target, base.target.baseline_value)
        if abs(follows - base.level.low) > _rounding(base):
            yield Contradiction(ContradictionKind.ARITHMETIC, base.target, (base.level,), follows)


def against_known(
    register: TargetRegister, definitions: Mapping[int, Definition], known: KnownValues
) -> Iterator[Contradiction]:
    """Bases, printed or implied, that are not what was reported or published for that year."""
    for base in bases_of(register):
        definition = definitions[base.target.definition_id]
        others = (base.level,) if base.level else ()
        for value in known(base.target.unit_id, definition, base.year):
            allowed = tolerance_of(definition, value.value)
            least = value.value if value.low is None else value.low
            most = value.value if value.high is None else value.high
            if not least - allowed <= base.value <= most + allowed:
                yield Contradiction(ContradictionKind.BASELINE, base.target, others, base.value, value)


def bases_of(register: TargetRegister) -> tuple[Base, ...]:
    """For each change against a named year the base that its plan prints and the one that follows from its level."""
    found = _bases.get(register)
    if found is None:
        found = _bases[register] = tuple(_bases_of(register))
    return found


_bases: WeakKeyDictionary[TargetRegister, tuple[Base, ...]] = WeakKeyDictionary()


def _bases_of(register: TargetRegister) -> Iterator[Base]:
    for found in asks_of(register).values():
        for change in found:
            if change.operator not in CHANGES or change.baseline_year is None or change.low is None:
                continue
            level = _level_of(change, found)
            before = _before(change, level.low) if level is not None and level.low is not None else None
            if before is not None:
                yield Base(change, level, change.baseline_year, before)
            if change.baseline_value is not None:
                yield Base(change, None, change.baseline_year, change.baseline_value)


def _level_of(change: TargetInfo, found: list[TargetInfo]) -> TargetInfo | None:
    """The one level to which a change leads: "down by 16,2 points (to the level of 111)"."""
    levels = [
        one
        for one in found
        if one.operator not in CHANGES
        and one.document.id == change.document.id
        and one.low is not None
        and one.low == one.high
    ]
    return levels[0] if len(levels) == 1 else None


def _after(change: TargetInfo, base: float) -> float:
    """Where the change leads from that base."""
    size = change.low or 0.0
    if change.operator is Operator.DELTA:
        return base + size
    return base * _factor(change.operator, size)


def _before(change: TargetInfo, level: float) -> float | None:
    """The base from which the change leads to that level; None where it leaves nothing."""
    size = change.low or 0.0
    if change.operator is Operator.DELTA:
        return round(level - size, _MOST_DECIMALS)
    factor = _factor(change.operator, size)
    return round(level / factor, _MOST_DECIMALS) if factor > 0 else None


def _factor(operator: Operator, size: float) -> float:
    if operator is Operator.REDUCTION_FRACTION:
        return 1 - size
    return 1 - size / 100 if operator is Operator.REDUCTION_PERCENT else 1 + size / 100


def _rounding(base: Base) -> float:
    """Half of the last place of the number that is printed with the fewest: any of them may have been rounded."""
    level, printed = base.level, base.target.baseline_value
    numbers = [one for one in (printed, base.target.low, level.low if level else None) if one is not None]
    return 0.5 * 10.0 ** -min(map(_decimals, numbers)) + _NOISE


def _decimals(value: float) -> int:
    text = f"{value:.{_MOST_DECIMALS}f}".rstrip("0")
    return len(text.partition(".")[2])


def _parts(by_plan: _Plans, definitions: Mapping[int, Definition]) -> Iterator[Contradiction]:
    """Totals of counts against what the same document sets for the elements that they add up."""
    of_element = {
        one.numerator[0].element_id: one.id
        for one in definitions.values()
        if one.is_count and len(one.numerator) == 1 and one.numerator[0].sign > 0
    }
    for found in by_plan.values():
        for definition_id, total in found.items():
            parts = definitions[definition_id].numerator
            if not definitions[definition_id].is_count or len(parts) < 2 or any(part.sign < 0 for part in parts):
                continue
            wanted = [of_element.get(part.element_id) for part in parts]
            there = [found[one] for one in wanted if one is not None and one in found]
            added = sum(one.low or 0 for one in there)
            complete = len(there) == len(parts)
            if len(there) < 2 or total.low is None:
                continue
            about = total.operator is Operator.ABOUT
            allowed = tolerance_of(definitions[definition_id], total.low) if about else 0.0
            beyond = added - total.low
            if (abs(beyond) if complete else beyond) > allowed:
                yield Contradiction(ContradictionKind.PARTS, total, tuple(there), added)


def _by_document(register: TargetRegister) -> _Plans:
    """Single numbers by plan, then by definition; what stands twice is left out."""
    found: dict[_Plan, dict[int, TargetInfo]] = defaultdict(dict)
    twice: set[tuple[_Plan, int]] = set()
    for (definition_id, unit_id, year), targets in asks_of(register).items():
        for one in targets:
            if one.operator in CHANGES or one.low is None or one.low != one.high:
                continue
            plan = _Plan(one.document.id, unit_id, year, one.plan_kind)
            if definition_id in found[plan]:
                twice.add((plan, definition_id))
            found[plan][definition_id] = one
    for plan, definition_id in twice:
        del found[plan][definition_id]
    return found


def _children(by_plan: _Plans, tree: UnitTree, definitions: Mapping[int, Definition]) -> Iterator[Contradiction]:
    """A count handed down by one document to every unit below must reach what the document sets for the whole."""
    for plan, found in by_plan.items():
        below = tree.children(plan.unit_id, tree.units[plan.unit_id].within_life(date(plan.year, 12, 31)))
        for definition_id, total in found.items():
            if len(below) < 2 or not definitions[definition_id].is_count or total.low is None:
                continue
            shares = [by_plan.get(plan._replace(unit_id=one), {}).get(definition_id) for one in below]
            handed = [one for one in shares if one is not None]
            added = sum(one.low or 0 for one in handed)
            if len(handed) == len(below) and _falls_short(total, added, definitions[definition_id]):
                yield Contradiction(ContradictionKind.PARTS, total, tuple(handed), added)


def _handed_down(
    register: TargetRegister, tree: UnitTree, definitions: Mapping[int, Definition]
) -> Iterator[Contradiction]:
    """What a unit has handed down to every unit below, by whichever of its documents and as adjusted since, must reach
    the count that it is held to itself.
    """
    asks = asks_of(register)
    for definition_id, unit_id, year in asks:
        last = date(year, 12, 31)
        below = tree.children(unit_id, tree.units[unit_id].within_life(last))
        if len(below) < 2 or not definitions[definition_id].is_count:
            continue
        held_to = rivals(register.in_force(definition_id, unit_id, year, last))
        given = [_given_by(unit_id, asks.get((definition_id, one, year), ())) for one in below]
        handed = [one for one in given if one is not None]
        if len(held_to) != 1 or not _is_single(held_to[0]) or len(handed) < len(below):
            continue
        added = sum(one.low or 0 for one in handed)
        if _falls_short(held_to[0], added, definitions[definition_id]):
            yield Contradiction(ContradictionKind.PARTS, held_to[0], tuple(handed), added)


def _given_by(issuer_id: int, targets: Iterable[TargetInfo]) -> TargetInfo | None:
    """The single number that holds of what the issuer's documents set; None for nothing, and for two of one day."""
    found = winners([one for one in targets if one.document.issuer_id == issuer_id and _is_single(one)])
    return found[0] if len(found) == 1 else None


def _is_single(target: TargetInfo) -> bool:
    return target.operator not in CHANGES and target.low is not None and target.low == target.high


def _falls_short(total: TargetInfo, added: float, definition: Definition) -> bool:
    """Whether parts that do exactly what they are asked for do not come to the whole; limits that have to be passed
    are passed by parts that pass theirs.
    """
    band = acceptable(total, definition)
    if band is None:
        return added < (total.low or 0.0)
    return Band(band.floor, band.ceiling).margin(added) < 0
