"""What stands behind one number: where it was counted, who approved it, and the law that it is held against."""

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import NamedTuple

from data.catalogue.model import Definition, Element
from data.comparisons.model import AimKind, Amount, Cell, Source
from data.comparisons.published import PublishedValue
from data.judging import Judgement
from data.kinds import LineageBasis, Standing
from data.periods import Period
from data.targets.register import TargetInfo
from data.units.tree import Unit


class Term(NamedTuple):
    """An element in a sum: taken away where `sign` is -1."""

    sign: int
    element: Element


class Side(NamedTuple):
    """One part of a value: what it adds up, and the sum (None where there is none, or none to be shown)."""

    terms: tuple[Term, ...]
    amount: Amount | None


class Ingredient(NamedTuple):
    """One approved roll-up that went into the value, by `share`; `approver` is a unit, never a person.

    `bases` say what the share rests on where the unit was split on the way; empty where all of it belongs here.
    """

    unit: str
    period: Period
    share: Fraction
    bases: tuple[LineageBasis, ...]
    numerator: Amount
    denominator: Amount | None
    counted: int
    expected: int
    source: Source
    standing: Standing
    approver: str | None
    approved_at: datetime | None


class MissingChild(NamedTuple):
    """A child that is not complete in a sum: `counted` of the `expected` units below it."""

    name: str
    counted: int
    expected: int


class CitedTarget(NamedTuple):
    """A target with its law. `kind` and `judgement` are empty where it does not judge this value.

    `sentence` is the document's own, where a reader has attached its text and it can be told apart. `parts` are the
    numbers that the same plan sets for the parts of a count, which must add up to it.
    """

    target: TargetInfo
    kind: AimKind | None
    judgement: Judgement | None
    sentence: str | None
    parts: tuple[float, ...] = ()


class GroupValue(NamedTuple):
    """A value published for a group that the unit belongs to, such as its region."""

    group: str
    value: PublishedValue


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything behind one cell. `title` tells the unit from namesakes of other days.

    `series` holds the same window of earlier years on the same boundaries, in order, without those that ended when the
    unit was out of reach.

    `missing` names children only to readers who may see them; `published` never fills a cell of counted numbers.
    """

    period: Period
    boundaries: date
    unit: Unit
    title: str
    neighbour: bool
    definition: Definition
    cell: Cell
    numerator: Side
    denominator: Side | None
    ingredients: tuple[Ingredient, ...]
    missing: tuple[MissingChild, ...]
    targets: tuple[CitedTarget, ...]
    series: tuple[tuple[Period, Cell], ...]
    published: tuple[PublishedValue, ...]
    groups: tuple[GroupValue, ...]
    illustrative: bool
