"""Contradictions between targets, found from what they say: numbers in, pairs out. None is written down by hand.

Only what can be compared is compared: one definition, one year. Different definitions of one indicator (screened for
any disease, screened for all four) ask for different things and never contradict each other; nor do a plan and the
later plan of the same kind that replaced it, "at most 111" and "below 111", or changes against unnamed base years.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import combinations
from math import isfinite
from typing import NamedTuple
from weakref import WeakKeyDictionary

from data.catalogue.model import Definition
from data.judging import Goal
from data.judging.operators import (
    ABOUT_POINTS_OF_RATE,
    ABOUT_SHARE_OF_COUNT,
    CHANGES,
    SHARES,
    Band,
    Operator,
    kept_share,
)
from data.kinds import Horizon, PlanKind
from data.measures import TOLERANCES
from data.targets.register import TargetInfo, TargetRegister, rivals, winners
from data.units.tree import UnitTree

# Abbreviations of kinds of documents, which stand in a number before the body that issued it.
_KINDS_OF_DOCUMENT = frozenset({"NQ", "QĐ", "CT", "QC", "QyĐ", "TB", "HD", "CTr", "KH", "PA", "ĐA", "DA", "BC", "TTr"})
_KINDS_OF_DOCUMENT |= {"NĐ", "TT", "TTLT", "L"}
# What two thirds of something, or 119.6 less 8.6, miss by in floating point is less than this.
_NOISE = 1e-9
# Definition, unit and year: what targets must share to be compared.
Ask = tuple[int, int, int]


class ContradictionKind(StrEnum):
    """In which way two texts, or a text and a number, do not fit together."""

    SAME_ISSUER = "SAME_ISSUER"  # one issuer, two numbers
    WEAKER = "WEAKER"  # less than the level above asks for
    PARTS = "PARTS"  # parts that do not add up
    BASELINE = "BASELINE"  # a base that is not what was reported or published
    ARITHMETIC = "ARITHMETIC"  # a printed number that does not follow from the others


class Known(NamedTuple):
    """A year's value that a base is held against; `source` is its publisher, None for an approved result.

    `low` and `high` are the interval of a result that chance moves: a base within it is no contradiction.
    """

    definition_id: int
    year: int
    value: float
    source: str | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Contradiction:
    """One contradiction: a target and the others that it does not fit.

    `follows` is the number that the texts lead to, in the definition's measure; `known` the value against it.
    """

    kind: ContradictionKind
    target: TargetInfo
    others: tuple[TargetInfo, ...]
    follows: float | None = None
    known: Known | None = None

    @property
    def targets(self) -> tuple[TargetInfo, ...]:
        """Every target that takes part."""
        return (self.target, *self.others)


def between_targets(
    register: TargetRegister, tree: UnitTree, definitions: Mapping[int, Definition]
) -> Iterator[Contradiction]:
    """One issuer with two numbers; a unit that sets itself less than the level above asks for, or that hands down to
    the units directly below it less than it is itself held to.

    The nation asks different things of different provinces on purpose, so that what it hands down contradicts nothing.
    """
    held = _Held(register)
    for ask, found in asks_of(register).items():
        definition_id, unit_id, year = ask
        definition = definitions[definition_id]
        by_issuer: dict[int, list[TargetInfo]] = defaultdict(list)
        for target in found:
            if target.document.issuer_id is not None:
                by_issuer[target.document.issuer_id].append(target)
        for targets in _by_body(by_issuer, tree.nation_id):
            yield from _of_one_issuer(targets, definition)
        above = tree.ancestors(unit_id, date(year, 12, 31))
        yield from _weaker_than_above(ask, by_issuer, above, definition, held)
        if above and above[0] != tree.nation_id and above[0] in by_issuer:
            handed = _in_force(by_issuer[above[0]])
            yield from _weaker_of(handed, _of_parts(held.to(definition_id, above[0], year), definition), definition)


def _by_body(by_issuer: Mapping[int, list[TargetInfo]], nation_id: int) -> Iterator[list[TargetInfo]]:
    """The targets of each issuer; the nation's by the body that issued them."""
    for issuer, targets in by_issuer.items():
        if issuer != nation_id or len(targets) < 2:
            yield targets
            continue
        by_body: dict[str, list[TargetInfo]] = defaultdict(list)
        for target in targets:
            by_body[issuing_body(target.document.number)].append(target)
        yield from by_body.values()


def _weaker_than_above(
    ask: Ask, by_issuer: Mapping[int, list[TargetInfo]], above: tuple[int, ...], definition: Definition, held: "_Held"
) -> Iterator[Contradiction]:
    """What a unit sets itself, against what those above it have set for it, and what they are held to themselves."""
    definition_id, unit_id, year = ask
    if unit_id not in by_issuer:
        return
    asked = [one for issuer in above for one in _in_force(by_issuer.get(issuer, []))]
    for higher in above:
        asked += _of_parts(held.to(definition_id, higher, year), definition)
    yield from _weaker_of(_in_force(by_issuer[unit_id]), asked, definition)


def _of_parts(targets: Iterable[TargetInfo], definition: Definition) -> list[TargetInfo]:
    """What is asked of a whole and so of each of its parts.

    A count of a part is naturally smaller, and so are its changes; a rate, and a change in percent, is not.
    """
    return [one for one in targets if not definition.measure.is_count or one.operator in SHARES]


def _weaker_of(
    found: Iterable[TargetInfo], asked: Iterable[TargetInfo], definition: Definition
) -> Iterator[Contradiction]:
    asked = list(asked)
    for own in found:
        yield from (
            Contradiction(ContradictionKind.WEAKER, own, (one,)) for one in asked if _weaker(own, one, definition)
        )


class _Held:
    """What units are held to, each worked out once: a province's number is asked for by each of its communes."""

    def __init__(self, register: TargetRegister) -> None:
        self._register = register
        self._found: dict[Ask, tuple[TargetInfo, ...]] = {}

    def to(self, definition_id: int, unit_id: int, year: int) -> tuple[TargetInfo, ...]:
        """The targets in force that judge the unit, but for those of zones and the ambiguous."""
        ask = definition_id, unit_id, year
        if ask not in self._found:
            found = rivals(self._register.in_force(*ask, date(year, 12, 31)))
            self._found[ask] = tuple(one for one in found if not one.is_by_zone and not one.ambiguous)
        return self._found[ask]


def issuing_body(number: str | None) -> str:
    """Which body a document's number names: `TTg` of 468/QĐ-TTg, `CDS` of 135/CDS-KHTC, `QH15` of 262/2025/QH15.

    A decision's number ends in the body that took it; a letter's begins with it and ends in the desk that wrote it
    (Nghị định 30/2020/NĐ-CP, phụ lục III). Empty where there is no number.
    """
    words = (number or "").rpartition("/")[2].split("-")
    return words[-1] if words[0] in _KINDS_OF_DOCUMENT else words[0]


def asks_of(register: TargetRegister) -> dict[Ask, list[TargetInfo]]:
    """The register's targets as `comparable` sorts them, worked out once for each register."""
    found = _asks.get(register)
    if found is None:
        found = _asks[register] = comparable(register.targets.values())
    return found


_asks: WeakKeyDictionary[TargetRegister, dict[Ask, list[TargetInfo]]] = WeakKeyDictionary()


def comparable(targets: Iterable[TargetInfo]) -> dict[Ask, list[TargetInfo]]:
    """Targets by what they are about. Restatements, numbers by zone and ambiguous ones are left out."""
    found: dict[Ask, list[TargetInfo]] = defaultdict(list)
    for one in targets:
        if one.plan_kind is not PlanKind.RESTATED and not one.is_by_zone and not one.ambiguous:
            found[one.definition_id, one.unit_id, one.year].append(one)
    return found


def tolerance_of(definition: Definition, value: float) -> float:
    """How far two numbers may lie apart and still be called the same: what "about" means for the definition."""
    if definition.measure in TOLERANCES:
        return TOLERANCES[definition.measure]
    return ABOUT_SHARE_OF_COUNT * abs(value) if definition.measure.is_count else ABOUT_POINTS_OF_RATE


def _of_one_issuer(targets: list[TargetInfo], definition: Definition) -> Iterator[Contradiction]:
    """A yearly plan against the issuer's plan of several years; a later plan of the same kind replaces an earlier."""
    if len(targets) < 2:
        return
    for group in _levels_and_changes(targets):
        standing = [one for horizon in Horizon for one in winners([each for each in group if each.horizon is horizon])]
        for first, second in combinations(standing, 2):
            if _disagree(first, second, definition):
                yield Contradiction(ContradictionKind.SAME_ISSUER, first, (second,))


def _levels_and_changes(targets: list[TargetInfo]) -> tuple[list[TargetInfo], list[TargetInfo]]:
    return (
        [one for one in targets if one.operator not in CHANGES],
        [one for one in targets if one.operator in CHANGES],
    )


def _in_force(targets: list[TargetInfo]) -> tuple[TargetInfo, ...]:
    """Of one issuer's levels those that hold; of its changes where it sets no level."""
    levels, changes = _levels_and_changes(targets)
    return winners(levels) or winners(changes)


def _disagree(first: TargetInfo, second: TargetInfo, definition: Definition) -> bool:
    if first.low is None or first.high is None or second.low is None or second.high is None:
        return False
    if first.operator in CHANGES:
        same = (first.operator, first.baseline_year) == (second.operator, second.baseline_year)
        return same and first.low != second.low
    mine, theirs = acceptable(first, definition), acceptable(second, definition)
    if mine and theirs and (mine.floor > theirs.ceiling or theirs.floor > mine.ceiling):
        return True
    allowed = tolerance_of(definition, first.low) if Operator.ABOUT in (first.operator, second.operator) else 0.0
    return abs(first.low - second.low) > allowed or abs(first.high - second.high) > allowed


def _weaker(own: TargetInfo, above: TargetInfo, definition: Definition) -> bool:
    """Whether a unit's number lies outside what the level above accepts, on the side on which both set a limit."""
    if own.operator in CHANGES and above.operator in CHANGES:
        return _changes_less(own, above)
    # Of a change the level counts to which it leads from the base that its own plan prints.
    mine, theirs = acceptable(own, definition, own.baseline_value), acceptable(above, definition)
    if mine is None or theirs is None or own.low is None or own.high is None:
        return False
    low, high = (mine.floor, mine.ceiling) if own.operator in CHANGES else (own.low, own.high)
    two_sided = isfinite(theirs.floor) and isfinite(theirs.ceiling)
    ceiling_binds = True
    if two_sided and above.operator is not Operator.RANGE:
        # "About 22 % under 15" describes the country; a province may well be younger. What is set for the unit itself
        # is meant for it, and of a count it is no less to do more.
        if above.unit_id != own.unit_id:
            return False
        ceiling_binds = not definition.measure.is_count
    below = isfinite(mine.floor) and isfinite(theirs.floor) and theirs.floor - low > _NOISE
    if below or not ceiling_binds:
        return below
    return isfinite(mine.ceiling) and isfinite(theirs.ceiling) and high - theirs.ceiling > _NOISE


def _changes_less(own: TargetInfo, above: TargetInfo) -> bool:
    """Whether a change goes less far than the one above, the same way and from the same named year."""
    if own.baseline_year is None or own.baseline_year != above.baseline_year or own.low is None or above.low is None:
        return False
    if (own.operator is Operator.DELTA) is not (above.operator is Operator.DELTA):
        return False
    mine, theirs = _moved(own.operator, own.low), _moved(above.operator, above.low)
    if (mine < 0) is not (theirs < 0):
        return False
    return abs(theirs) - abs(mine) > _NOISE


def _moved(operator: Operator, size: float) -> float:
    """How far a change moves a value: in points, or as a part of it."""
    return size if operator is Operator.DELTA else kept_share(operator, size) - 1


def acceptable(target: TargetInfo, definition: Definition, base: float | None = None) -> Band | None:
    """The values that a target accepts; of a change only where its base is given."""
    return Goal(
        target.operator,
        target.low,
        target.high,
        target.direction,
        target.year,
        definition.measure.is_count,
        base,
        tolerance=TOLERANCES.get(definition.measure),
    ).band
