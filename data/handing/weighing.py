"""What units weigh: the denominators of a rate, and for counts the people who live there."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy.orm import Session

from data.catalogue.model import Catalogue, Definition
from data.comparisons.readings import Readings
from data.comparisons.sums import Reading
from data.handing.model import Amount, Weights
from data.periods import Period
from data.scope import Scope
from data.snapshot import Snapshot
from data.units.tree import Unit

# The elements that count everybody who lives in a unit.
_PEOPLE = ("population_average", "population")
_NOTHING = Weights(None, {}, False)


def weights_of(
    session: Session,
    snapshot: Snapshot,
    scope: Scope,
    units: Sequence[Unit],
    definitions: Iterable[Definition],
    periods: Sequence[Period],
) -> dict[int, Weights]:
    """By definition what the units weigh: counted in that of the periods in which most of them are known; the first of
    several. What a reader sees of a unit merely as a neighbour is not known. In two queries at most.
    """
    definitions = tuple(definitions)
    by_rate = {one.id: (one,) for one in definitions if one.is_ratio}
    people = _counting_people(snapshot.catalogue)
    weighers = {one.id: by_rate.get(one.id, () if one.is_ratio else people) for one in definitions if one.numerator}
    wanted = tuple({one.id: one for found in weighers.values() for one in found}.values())
    readings = Readings(session, snapshot.tree)
    if units and wanted:
        readings.load([one.id for one in units], dict.fromkeys(periods, wanted))
    known = {one: [unit for unit in units if _knows(snapshot, scope, unit, one)] for one in periods}
    found = {}
    for definition in definitions:
        is_people = not definition.is_ratio
        offered = [
            Weights(one, _amounts(readings, known[one], weigher, one), is_people)
            for one in periods
            for weigher in weighers.get(definition.id, ())
        ]
        best = max(offered, key=lambda one: len(one.amounts), default=_NOTHING)
        found[definition.id] = best if best.amounts else _NOTHING
    return found


def _amounts(readings: Readings, units: Iterable[Unit], weigher: Definition, period: Period) -> Mapping[str, Amount]:
    found: dict[str, Amount] = {}
    for unit in units:
        reading = readings.get(unit.id, weigher, period)
        if isinstance(reading, Reading):
            amount = reading.denominator if weigher.denominator else reading.numerator
            if amount:
                found[unit.key] = amount
    return found


def _counting_people(catalogue: Catalogue) -> tuple[Definition, ...]:
    """The columns that count everybody: as what a rate is a share of, or themselves."""
    people = [catalogue.element_ids[key] for key in _PEOPLE if key in catalogue.element_ids]
    found = []
    for one in catalogue.definitions.values():
        side = one.denominator or one.numerator
        if len(side) == 1 and side[0].element_id in people:
            found.append((people.index(side[0].element_id), one.id, one))
    return tuple(one for _place, _id, one in sorted(found, key=lambda entry: entry[:2]))


def _knows(snapshot: Snapshot, scope: Scope, unit: Unit, period: Period) -> bool:
    """Whether the reader sees all numbers of the unit for the period, not merely as a neighbour."""
    return unit.id in scope.inside(snapshot.tree, unit.within_life(period.last_day))
