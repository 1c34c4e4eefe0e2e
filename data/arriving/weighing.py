"""What the parts of a whole weigh, and where they stood last: approved results as one reader sees them.

Nothing is worked out from a number that the reader is not shown: where one part's count is hidden, or lies beyond
reach, there are no weights at all, or the whole would tell it.
"""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from data import tables as t
from data.arriving.model import Known, Last, NoWeight, Weighing
from data.catalogue.model import Definition
from data.comparisons.masking import MASKED, Masking
from data.comparisons.observing import Value
from data.comparisons.published import PublishedValue, get_published
from data.comparisons.readings import Readings
from data.comparisons.sums import Reading
from data.kinds import Standing
from data.periods import FIRST_YEAR, Period
from data.scope import Scope
from data.snapshot import Snapshot
from data.targets.ends import exact
from data.units.inheriting import YEARS_BACK

_POPULATION = "population_thousand"


class Results:
    """Approved results of some units in the last years that are over or under way, and their populations.

    Six queries at most, however many units and definitions: results and their parts, two more for readers from whom
    something may have to be hidden, what was published (once per process), and populations.
    """

    def __init__(
        self,
        session: Session,
        snapshot: Snapshot,
        scope: Scope,
        unit_ids: Sequence[int],
        definitions: Iterable[Definition],
        until: int,
    ) -> None:
        self._snapshot = snapshot
        self._scope = scope
        self._unit_ids = tuple(unit_ids)
        wanted = tuple(definitions)
        counted = tuple(one for one in wanted if one.numerator)
        self._years = [Period.of_year(year) for year in range(until, max(until - YEARS_BACK, FIRST_YEAR - 1), -1)]
        self._readings = Readings(session, snapshot.tree)
        self._masking = Masking(session, snapshot, scope)
        self._published = get_published(session, snapshot.targets)
        if counted and unit_ids:
            self._readings.load(unit_ids, dict.fromkeys(self._years, counted))
            self._masking.load(unit_ids, dict.fromkeys(self._years, counted))
        surveyed = any(not one.numerator and not one.measure.is_count for one in wanted)
        self._populations = _populations(session, snapshot, self._unit_ids) if surveyed and unit_ids else {}

    def weighing(self, definition: Definition, unit_ids: Sequence[int]) -> Weighing | NoWeight:
        """What these units weigh in the last year that is complete for all of them; for counts everybody one."""
        if definition.measure.is_count:
            return Weighing(None, dict.fromkeys(unit_ids, 1))
        if not definition.numerator:
            return self._by_population(unit_ids)
        return self._firm(definition, unit_ids, of_denominator=True)

    def last(self, definition: Definition, unit_ids: Sequence[int], weighing: Weighing) -> Known | None:
        """Where these units stood in one year: of a ratio in the year of its weights, else in the last one that is
        complete for all of them.
        """
        if not unit_ids:
            return None
        if not definition.numerator:
            return self._last_published(definition, unit_ids, weighing)
        if weighing.year is not None:
            return self._known(definition, unit_ids, Period.of_year(weighing.year))
        found = self._firm(definition, unit_ids, of_denominator=False)
        if not isinstance(found, Weighing) or found.year is None:
            return None
        return self._known(definition, unit_ids, Period.of_year(found.year))

    def _firm(self, definition: Definition, unit_ids: Sequence[int], *, of_denominator: bool) -> Weighing | NoWeight:
        why = NoWeight.INCOMPLETE
        for year in self._years:
            values = {one: self._shown(one, definition, year) for one in unit_ids}
            amounts = {
                one: amount
                for one, value in values.items()
                if isinstance(value, Reading) and _is_firm(value)
                for amount in [value.denominator if of_denominator else value.numerator]
                if amount is not None
            }
            if len(amounts) == len(values) and (not of_denominator or any(amounts.values())):
                return Weighing(year.year, amounts)
            if any(value is MASKED for value in values.values()):
                why = NoWeight.MASKED
        return why

    def _known(self, definition: Definition, unit_ids: Sequence[int], year: Period) -> Known | None:
        found = {}
        for one in unit_ids:
            value = self._shown(one, definition, year)
            if not isinstance(value, Reading):
                return None
            below = value.denominator if definition.denominator else 1
            found[one] = Last(Fraction(value.numerator * definition.factor), Fraction(below or 0))
        return Known(year.year, found)

    def _last_published(self, definition: Definition, unit_ids: Sequence[int], weighing: Weighing) -> Known | None:
        for year in self._years:
            values = {one: self._published.exactly(one, definition.id, year) for one in unit_ids}
            there = {
                one: Last(exact(value.value) * weight, Fraction(weight))
                for one, value in values.items()
                if isinstance(value, PublishedValue) and self._scope.covers(self._snapshot.tree, one, year.last_day)
                for weight in [weighing.amounts[one]]
            }
            if len(there) == len(values):
                return Known(year.year, there)
        return None

    def _shown(self, unit_id: int, definition: Definition, year: Period) -> Value | None:
        """What the reader is shown of that year; None where the unit was out of reach then, or nothing was asked."""
        if definition.from_on is not None and definition.from_on > year.last_day:
            return None
        if not self._scope.covers(self._snapshot.tree, unit_id, year.last_day):
            return None
        reading = self._readings.get(unit_id, definition, year)
        return self._masking.hide(unit_id, year, {definition.id: reading})[definition.id]

    def _by_population(self, unit_ids: Sequence[int]) -> Weighing | NoWeight:
        for year in sorted(self._populations, reverse=True):
            there = self._populations[year]
            if all(one in there for one in unit_ids):
                return Weighing(year, {one: there[one] for one in unit_ids}, approximate=True)
        return NoWeight.INCOMPLETE


def _is_firm(reading: Reading) -> bool:
    """Whether it is no forecast and everybody is in it."""
    return reading.standing is not Standing.ESTIMATE and reading.counted >= reading.expected


def _populations(session: Session, snapshot: Snapshot, unit_ids: tuple[int, ...]) -> dict[int, dict[int, Fraction]]:
    """By year what was published as the units' populations, on the areas that they have."""
    f = t.UnitFact
    published: dict[int, dict[int, float]] = {}
    for unit_id, year, value in session.execute(select(f.unit_id, f.year, f.value).where(f.fact == _POPULATION)):
        published.setdefault(year, {})[unit_id] = value
    return {year: _on_areas(snapshot, unit_ids, Period.of_year(year), known) for year, known in published.items()}


def _on_areas(
    snapshot: Snapshot, unit_ids: tuple[int, ...], year: Period, known: Mapping[int, float]
) -> dict[int, Fraction]:
    found = {}
    for one in unit_ids:
        made_of = snapshot.tree.composition(one, year.last_day) or ()
        if made_of and all(older in known for older, _share in made_of):
            found[one] = sum((exact(known[older]) * share for older, share in made_of), Fraction(0))
    return found
