"""A published value before it is kept: what somebody wants to enter, and what was found wrong with each field."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from data.kinds import Confidence, Standing
from data.published.bases import Basis
from data.refusals import Invalid
from data.wording import _

_MOST_SAID = 4


@dataclass(frozen=True, slots=True)
class PublishedDraft:
    """What was published for one definition, one unit or region, and one period; all three by their keys.

    None stands for what was not said. `value` is in the definition's measure. Which series it belongs to is the
    definition's: the statistics office's sex ratio at birth and that of civil registration are two definitions.
    """

    definition: str
    unit: str
    group: str
    period: str
    value: float | None
    standing: Standing | None
    basis: Basis | None
    source: str
    confidence: Confidence | None = None
    note: str = ""


class PublishedField(StrEnum):
    """The part of a draft that a problem is about."""

    DEFINITION = "DEFINITION"
    UNIT = "UNIT"
    GROUP = "GROUP"
    PERIOD = "PERIOD"
    VALUE = "VALUE"
    STANDING = "STANDING"
    BASIS = "BASIS"
    SOURCE = "SOURCE"
    CONFIDENCE = "CONFIDENCE"
    NOTE = "NOTE"


class PublishedProblem(NamedTuple):
    """What is wrong with one field of the draft at that place in the list, as a sentence for whoever typed it."""

    place: int
    field: PublishedField
    sentence: str


class RefusedValues(Invalid):
    """Something is wrong with some drafts, and so none was kept; `problems` says what, in the order of the drafts."""

    def __init__(self, problems: Sequence[PublishedProblem]) -> None:
        said = list(dict.fromkeys(one.sentence for one in problems))
        first = " ".join(said[:_MOST_SAID])
        more = _("{sentence} Nothing was kept; problems in all: {count}.").format(sentence=first, count=len(problems))
        super().__init__(more if len(problems) > 1 else _("{sentence} Nothing was kept.").format(sentence=first))
        self.problems = tuple(problems)
