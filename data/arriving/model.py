"""What an answer is made of: the whole, what is asked of it, and each of its parts. Nothing here is in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from data.arriving.arithmetic import Contribution, Outcome
from data.arriving.demands import Demand
from data.arriving.place import Place
from data.arriving.query import ArrivalQuery
from data.catalogue.model import Definition, Programme
from data.judging import Reason
from data.targets.adding import TargetSum, Unadded
from data.targets.ends import Ends, Weight
from data.targets.register import TargetInfo
from data.targets.registry import Whose


class NoWeight(StrEnum):
    """Why parts cannot be weighed."""

    INCOMPLETE = "INCOMPLETE"  # no year in which all of them have approved denominators
    MASKED = "MASKED"  # in such a year the reader is not shown all of them
    BEYOND = "BEYOND"  # some of the parts lie beyond the reader's reach
    NO_MEAN = "NO_MEAN"  # a rank is nobody's mean


class Weighing(NamedTuple):
    """What units weigh. `year` is that in which it was counted, None where everybody counts once; `approximate`: by
    published population, since nobody counts what the definition is a share of.
    """

    year: int | None
    amounts: Mapping[int, Weight]
    approximate: bool = False


class Last(NamedTuple):
    """Both parts of one unit's result, the upper one in the definition's measure: a value is their quotient."""

    above: Fraction
    below: Fraction


class Known(NamedTuple):
    """Where units stood in one year."""

    year: int
    of: Mapping[int, Last]


class Obstacle(StrEnum):
    """Why it cannot be said whether the whole arrives."""

    NO_LEVEL = "NO_LEVEL"  # what is asked judges nothing, for the reason that the rule gives
    CHANGE = "CHANGE"  # what is asked is a change, and no level
    BY_ZONE = "BY_ZONE"  # what is asked differs by fertility zone
    BEYOND = "BEYOND"
    MISSING = "MISSING"  # some parts have no target of their own
    TWO_IN_FORCE = "TWO_IN_FORCE"
    KIND = "KIND"  # some parts are asked for a change, or in words
    OTHER_SIDE = "OTHER_SIDE"  # some parts have a limit on the other side only
    NO_WEIGHT = "NO_WEIGHT"
    MASKED = "MASKED"
    NO_MEAN = "NO_MEAN"


class Unsaid(NamedTuple):
    """Why nothing can be said, because of how many units or of which, and for NO_LEVEL in the rule's own words."""

    why: Obstacle
    unit_ids: tuple[int, ...] = ()
    many: int = 0
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One unit directly below: the targets in force for it, one of which is to be reached, and what it leaves open.

    `ends` is None without one target that is a level. `last` is its result of the year that is supposed to stay, None
    where it is not known or not shown. `inherited` is what the units that it was made of were told, each by its name.
    """

    whose: Whose
    targets: tuple[TargetInfo, ...]
    ends: Ends | None
    weight: Weight | None
    last: Fraction | None
    is_whole: bool
    inherited: "Inherited | None" = None


@dataclass(frozen=True, slots=True)
class Inherited:
    """Targets of a part's predecessors, and what these come to. No target of its own, and never counted as one."""

    targets: tuple[tuple[str, TargetInfo | None], ...]
    total: TargetSum | Unadded


@dataclass(frozen=True, slots=True)
class Answer:
    """How the whole stands to one demand.

    `sure`: nothing is left open by parts without a target or a weight; else the margin is the least that is certain.
    `supposed` is the outcome if those without a target stayed where they were.
    """

    demand: Demand
    outcome: Outcome
    sure: bool
    unsaid: Unsaid | None
    supposed: Outcome | None


@dataclass(frozen=True, slots=True)
class Gap:
    """What each part adds to the distance from one demand. `edge` is the number that is asked for.

    `differences` are those between a part's target and the edge, positive where it is good; of a count there are none,
    for nothing says what one part of it should be. `shares` add up to `margin`: empty and None where nothing could be
    weighed.
    """

    demand: Demand
    edge: Fraction
    differences: Mapping[int, Fraction]
    margin: Fraction | None
    shares: tuple[Contribution, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One definition: what the targets of the parts come to, and how that stands to everything that is asked.

    `value` is of those parts alone that have a target, `supposed` of all, if the others stayed where they were in
    `stayed_in`. `weighing` is None where nothing could be weighed.
    """

    definition: Definition
    parts: tuple[Part, ...]
    value: Ends | None
    supposed: Ends | None
    stayed_in: int | None
    weighing: Weighing | None
    answers: tuple[Answer, ...]
    gap: Gap | None

    @property
    def with_target(self) -> int:
        """How many of the parts have a target that is one level."""
        return sum(part.ends is not None for part in self.parts)


@dataclass(frozen=True, slots=True)
class Arrival:
    """The answer to a query. `whole` is the unit as it was called on the boundaries' day; `opened` the line whose
    parts were asked for.
    """

    query: ArrivalQuery
    place: Place
    whole: Whose
    lines: tuple[Line, ...]
    opened: Line | None
    definitions: tuple[Definition, ...]
    programmes: tuple[Programme, ...]
    wholes: tuple[Whose, ...]
    illustrative: bool
