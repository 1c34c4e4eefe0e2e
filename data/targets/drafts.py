"""A target before it is one: what somebody wants to set, and what was found wrong with it, field by field."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from data.judging.operators import Direction, Operator
from data.kinds import Horizon, PlanKind
from data.refusals import Invalid
from data.wording import _


@dataclass(frozen=True, slots=True)
class TargetDraft:
    """What is to be set for one definition, unit and year; units and definitions by their keys.

    Numbers are those of a `Target`: a single one stands in `low` and `high` alike, a fall in points is below zero, a
    reduction above it. `baseless` says that the text names no base year, `ambiguous` that it does not say points or
    percent: both must be said, for nothing may be left to guess. `as_printed` is the number as the text prints it; left
    empty, it is written from the number.
    """

    unit: str
    definition: str
    year: int
    operator: Operator
    low: float | None = None
    high: float | None = None
    direction: Direction | None = None
    baseline_year: int | None = None
    baseline_value: float | None = None
    baseless: bool = False
    ambiguous: bool = False
    plan_kind: PlanKind = PlanKind.ASSIGNED
    horizon: Horizon = Horizon.YEARLY
    clause: str = ""
    as_printed: str = ""


class TargetField(StrEnum):
    """The part of a draft that a problem is about."""

    UNIT = "UNIT"
    DEFINITION = "DEFINITION"
    YEAR = "YEAR"
    OPERATOR = "OPERATOR"
    DIRECTION = "DIRECTION"
    SIZE = "SIZE"  # points or percent
    LOW = "LOW"
    HIGH = "HIGH"
    BASE_YEAR = "BASE_YEAR"
    BASE_VALUE = "BASE_VALUE"
    PLAN_KIND = "PLAN_KIND"
    DOCUMENT = "DOCUMENT"
    NUMBER = "NUMBER"  # of the document, its day and its subject
    ISSUED = "ISSUED"
    SUBJECT = "SUBJECT"
    CLAUSE = "CLAUSE"
    PRINTED = "PRINTED"
    REASON = "REASON"  # why something is corrected or withdrawn


class TargetProblem(NamedTuple):
    """What is wrong with one field of the draft at that place in the list, as a sentence for whoever typed it."""

    place: int
    field: TargetField
    sentence: str


class RefusedTargets(Invalid):
    """Something is wrong with some drafts, and so none was kept; `problems` says what, in the order of the drafts."""

    def __init__(self, problems: Sequence[TargetProblem]) -> None:
        first = problems[0].sentence
        more = _("{sentence} Nothing was kept; problems in all: {count}.").format(sentence=first, count=len(problems))
        super().__init__(more if len(problems) > 1 else _("{sentence} Nothing was kept.").format(sentence=first))
        self.problems = tuple(problems)
