"""From the parts' targets to an answer for each demand, and to what each part adds to the distance from it."""

from collections.abc import Callable, Sequence
from fractions import Fraction

from data.arriving.arithmetic import (
    UNSAID,
    Conclusion,
    Input,
    against,
    conclude,
    contributions,
    differences,
    edge_of,
    value_of,
)
from data.arriving.demands import Demand
from data.arriving.model import Answer, Gap, Line, NoWeight, Obstacle, Part, Unsaid
from data.judging import Reason
from data.judging.operators import CHANGES
from data.targets.ends import Ends

_NO_WEIGHT = {
    NoWeight.INCOMPLETE: Obstacle.NO_WEIGHT,
    NoWeight.MASKED: Obstacle.MASKED,
    NoWeight.BEYOND: Obstacle.BEYOND,
    NoWeight.NO_MEAN: Obstacle.NO_MEAN,
}
# What may be the matter with the targets of a part, the strangest first.
_OF_PARTS: dict[Obstacle, Callable[[Part], bool]] = {
    Obstacle.TWO_IN_FORCE: lambda part: len(part.targets) > 1,
    Obstacle.KIND: lambda part: len(part.targets) == 1 and part.ends is None,
    Obstacle.MISSING: lambda part: not part.targets,
}


def answer_of(
    demand: Demand,
    parts: Sequence[Part],
    inputs: Sequence[Input],
    natural: Ends,
    unweighed: NoWeight | None,
    supposed: Ends | None,
    *,
    beyond: int,
) -> Answer:
    """How the whole stands to one demand. `unweighed` is why its parts have no weights, `beyond` how many of them the
    reader does not see.
    """
    band = demand.goal.band
    if band is None:
        return Answer(demand, UNSAID, False, Unsaid(_no_level(demand), reason=demand.goal.unjudged), None)
    is_count = demand.definition.measure.is_count
    outcome = UNSAID
    if unweighed is not NoWeight.NO_MEAN:
        outcome = conclude(inputs, band, natural, is_count=is_count)
    value = value_of(inputs, is_count=is_count)
    sure = value is not None and all(one.ends is not None for one in inputs)
    unsaid = None
    if outcome.conclusion is Conclusion.UNSAID:
        unsaid = _why(parts, unweighed, beyond)
    return Answer(demand, outcome, sure, unsaid, against(band, supposed) if supposed else None)


def gap_of(line: Line, inputs: Sequence[Input]) -> Gap | None:
    """What each part adds to the distance from what is in force, else from the first that is asked for the year."""
    levels = [one.demand for one in line.answers if one.demand.goal.band is not None and not one.demand.later]
    demand = next((one for one in levels if one.in_force), levels[0] if levels else None)
    if demand is None or demand.goal.band is None:
        return None
    found = edge_of(demand.goal.band, line.value or Ends())
    if found is None:
        return None
    edge, is_floor = found
    if line.definition.measure.is_count:
        return Gap(demand, edge, {}, None, ())
    shares = contributions(inputs, edge, is_floor=is_floor)
    margin = sum((one.part for one in shares), Fraction(0)) if shares else None
    return Gap(demand, edge, differences(inputs, edge, is_floor=is_floor), margin, shares)


def _no_level(demand: Demand) -> Obstacle:
    if demand.target.is_by_zone:
        return Obstacle.BY_ZONE
    is_change = demand.target.operator in CHANGES and demand.goal.unjudged in (Reason.NO_BASELINE, Reason.ZERO_BASE)
    return Obstacle.CHANGE if is_change else Obstacle.NO_LEVEL


def _why(parts: Sequence[Part], unweighed: NoWeight | None, beyond: int) -> Unsaid:
    """The first thing that stands in the way."""
    if unweighed is NoWeight.NO_MEAN:
        return Unsaid(Obstacle.NO_MEAN)
    if beyond:
        return Unsaid(Obstacle.BEYOND, many=beyond)
    for obstacle, stands_so in _OF_PARTS.items():
        if those := tuple(part.whose.unit.id for part in parts if stands_so(part)):
            return Unsaid(obstacle, those, len(those))
    return Unsaid(_NO_WEIGHT[unweighed] if unweighed is not None else Obstacle.OTHER_SIDE)
