"""What a few judgements need beside the value: earlier years, and fertility zones. Asked for only where an aim does."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from sqlalchemy.orm import Session

from data.catalogue.model import Definition
from data.comparisons.masking import Masking
from data.comparisons.model import Aim, Beside, Column
from data.comparisons.observing import Value, observed_of, weakness_of
from data.comparisons.published import PublishedValue, get_published
from data.comparisons.readings import Readings
from data.comparisons.sums import Reading
from data.judging import Observed
from data.kinds import GroupKind, UnitLevel
from data.periods import Period
from data.scope import Scope
from data.snapshot import Snapshot
from data.units.groups import list_groups

MONTHS = 12


class Past:
    """Results of earlier years on the same area as one reader sees them, and the zones of units.

    Nothing is fetched unless an aim needs it, and then in at most three queries, however many units: the years, their
    parts, and the zones; and those of `Masking` where a neighbour may have something to hide.
    """

    def __init__(self, session: Session, snapshot: Snapshot, scope: Scope) -> None:
        self._session = session
        self._scope = scope
        self._tree = snapshot.tree
        self._published = get_published(session, snapshot.targets)
        self._readings = Readings(session, snapshot.tree)
        self._masking = Masking(session, snapshot, scope)
        self._zones: dict[int, frozenset[str]] = {}
        self._wanted: dict[Period, set[Definition]] = {}
        self._units: set[int] = set()
        self._zoned: set[int] = set()

    @property
    def needed(self) -> bool:
        """Whether any aim needs more than the value."""
        return bool(self._wanted or self._zoned)

    def ask(self, unit_ids: Collection[int], columns: Iterable[Column], own: Mapping[int, Mapping[int, Aim]]) -> None:
        """Notes what these units' own aims and the nation's need."""
        owners = [(unit_id, aims) for unit_id, aims in own.items() if aims]
        for column in columns:
            nations = [self._tree.nation_id] if column.by_own_only else unit_ids
            for aim in filter(None, (column.national, column.later)):
                self._zoned.update(nations if aim.by_zone is not None else ())
                self._want(aim, column.definition, nations)
                if aim.of_parts is not None:
                    self._want(aim.of_parts, column.definition, nations)
            for unit_id, aims in owners:
                if found := aims.get(column.definition.id):
                    self._want(found, column.definition, [unit_id])

    def _want(self, aim: Aim, definition: Definition, unit_ids: Iterable[int]) -> None:
        if aim.years:
            self._units.update(unit_ids)
        for year in aim.years:
            self._wanted.setdefault(Period.of_year(year), set()).add(definition)

    def load(self, day: date) -> None:
        """Fetches what was asked for; the zones are those of the day."""
        if self._wanted:
            self._readings.load(self._units, self._wanted)
            self._masking.load(self._units, self._wanted)
        if self._zoned:
            self._load_zones(day)

    def beside(self, unit_id: int, column: Column, own: Aim | None, value: Value) -> Beside:
        """What the unit's aims for this column need, without the years that the reader is not shown."""
        zones = self.zones(unit_id)
        parts = column.national and column.national.of_parts
        years = {year for aim in (own, column.national, parts) if aim for year in aim.years}
        found = (self._year(unit_id, column.definition, Period.of_year(year), value) for year in sorted(years))
        return Beside(tuple(one for one in found if one is not None), zones)

    def zones(self, unit_id: int) -> frozenset[str]:
        """The fertility zones of the unit's area, where they were asked for."""
        return self._zones.get(unit_id, frozenset())

    def _year(self, unit_id: int, definition: Definition, year: Period, value: Value) -> Observed | None:
        """The result of that year; None where there is none that a later one could be compared with."""
        if definition.from_on is not None and definition.from_on > year.last_day:
            return None
        if not definition.numerator:
            return self._published_year(unit_id, definition, year, value)
        reading = self._shown(unit_id, definition, year)
        if not isinstance(reading, Reading) or not _is_firm(reading, definition):
            return None
        amount = float(reading.numerator)
        if definition.denominator and reading.denominator:
            amount = float(reading.numerator * definition.factor / reading.denominator)
        return observed_of(definition, year, MONTHS, amount, reading)

    def _shown(self, unit_id: int, definition: Definition, year: Period) -> Value | None:
        """What the reader sees of that year; None where the unit was out of their reach then."""
        if not self._scope.covers(self._tree, unit_id, year.last_day):
            return None
        reading = self._readings.get(unit_id, definition, year)
        return self._masking.hide(unit_id, year, {definition.id: reading})[definition.id]

    def _published_year(self, unit_id: int, definition: Definition, year: Period, value: Value) -> Observed | None:
        """What was published for that year on the boundaries that the value itself was published for."""
        there = self._published.exactly(unit_id, definition.id, year)
        if not isinstance(value, PublishedValue) or not isinstance(there, PublishedValue):
            return None
        return observed_of(definition, year, MONTHS, there.value, there) if there.basis == value.basis else None

    def _load_zones(self, day: date) -> None:
        """The zones of each unit's province: its own, else those of the provinces that it was made of."""
        provinces = {unit_id: self._province(unit_id, day) for unit_id in self._zoned}
        made_of = {
            one: {descent.predecessor_id for descent in self._tree.descents_into(one)}
            for one in provinces.values()
            if one is not None
        }
        groups = list_groups(self._session, set(made_of).union(*made_of.values()), day)
        zone_of = {
            unit_id: {group.key for group in found if group.kind is GroupKind.FERTILITY_ZONE}
            for unit_id, found in groups.items()
        }
        for unit_id, province in provinces.items():
            if province is not None:
                of_parts = set[str]().union(*(zone_of.get(one, set()) for one in made_of[province]))
                self._zones[unit_id] = frozenset(zone_of.get(province) or of_parts)

    def _province(self, unit_id: int, day: date) -> int | None:
        line = (unit_id, *self._tree.ancestors(unit_id, day))
        return next((one for one in line if self._tree.units[one].level is UnitLevel.PROVINCE), None)


def _is_firm(reading: Reading, definition: Definition) -> bool:
    """Whether a later year can be held against it: no forecast, from all units, and with something to divide by.

    A count of the country lacks what one of its provinces lacks; a rate has the same units above and below.
    """
    if definition.is_count and reading.is_partial:
        return False
    return weakness_of(reading) is None and (bool(reading.denominator) or not definition.denominator)
