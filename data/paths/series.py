"""A unit's years on its own area, each as the comparison shows it, and which of them a pace can be worked out from."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from data.catalogue.model import Definition
from data.comparisons.cells import maker_of
from data.comparisons.compare import OUTSIDE
from data.comparisons.masking import Masking
from data.comparisons.observing import Value, Weakness, observed_of, weakness_of
from data.comparisons.published import PublishedValue, get_published
from data.comparisons.readings import Readings
from data.comparisons.sums import Reading
from data.comparisons.surveyed import surveyed_value
from data.judging import Observed
from data.paths.model import YearOf
from data.periods import Period
from data.scope import Scope
from data.snapshot import Snapshot
from data.units.tree import Unit

MONTHS = 12


class Series:
    """The years of one unit for one reader, read at once: at most two queries, two more where something is hidden."""

    def __init__(
        self,
        session: Session,
        snapshot: Snapshot,
        scope: Scope,
        unit: Unit,
        definitions: Sequence[Definition],
        years: Sequence[int],
    ) -> None:
        self._snapshot, self._scope, self._unit = snapshot, scope, unit
        self._periods = [Period.of_year(year) for year in years]
        self._published = get_published(session, snapshot.targets)
        wanted = dict.fromkeys(self._periods, tuple(one for one in definitions if one.numerator))
        self._readings = Readings(session, snapshot.tree)
        self._readings.load([unit.id], wanted)
        self._masking = Masking(session, snapshot, scope)
        self._masking.load([unit.id], wanted)

    def of(self, definition: Definition) -> tuple[tuple[YearOf, ...], tuple[Observed, ...]]:
        """Every year of a definition, and those that say how it goes, as arithmetic sees them."""
        values = {period: self._value(definition, period) for period in self._periods}
        published = [one for one in values.values() if isinstance(one, PublishedValue)]
        basis = published[-1].basis if published else ""
        years, observed = [], []
        for period, value in values.items():
            if value is None:
                years.append(YearOf(period.year, None))
                continue
            cell = maker_of(self._snapshot.targets, self._snapshot.tree.nation_id, definition, period).plain(value)
            one = YearOf(period.year, cell, _weakness(value, basis))
            years.append(one)
            if one.counts and isinstance(value, Reading | PublishedValue) and cell.value is not None:
                observed.append(observed_of(definition, period, MONTHS, cell.value, value))
        return tuple(years), tuple(observed)

    def _value(self, definition: Definition, period: Period) -> Value | None:
        """What the reader sees of that year; None where the unit was out of their reach."""
        tree, unit_id = self._snapshot.tree, self._unit.id
        if not self._scope.covers(tree, unit_id, period.last_day):
            return None
        if definition.from_on is not None and definition.from_on > period.last_day:
            return OUTSIDE
        if not definition.numerator:
            return surveyed_value(self._published, tree, unit_id, definition.id, period)
        reading = self._readings.get(unit_id, definition, period)
        return self._masking.hide(unit_id, period, {definition.id: reading})[definition.id]


def _weakness(value: Value, basis: str) -> Weakness | None:
    if isinstance(value, Reading):
        return weakness_of(value)
    is_other = isinstance(value, PublishedValue) and value.basis != basis
    return Weakness.OTHER_BASIS if is_other else None
