"""The comparison: units × definitions with values, targets, margins and verdicts, in a fixed number of queries."""

from datetime import date
from fractions import Fraction

from sqlalchemy.orm import Session

from data.catalogue.model import Definition
from data.comparisons.aims import column_of, own_aims, pinned_rows
from data.comparisons.cells import MASKED, OUTSIDE, CellMaker, maker_of, masked
from data.comparisons.model import Absence, Aim, Cell, Comparison, Gap, Row, Source
from data.comparisons.place import Place, find_place
from data.comparisons.published import PublishedValue, load_published
from data.comparisons.query import ComparisonQuery
from data.comparisons.readings import Reading, Readings, added
from data.kinds import UnitLevel
from data.periods import Period
from data.scope import Scope
from data.snapshot import Snapshot, get_snapshot

ONE = Fraction(1)
_BELOW_PROVINCE = (UnitLevel.DISTRICT, UnitLevel.COMMUNE)


def compare(session: Session, scope: Scope, query: ComparisonQuery, today: date) -> Comparison:
    """Answers a query for the reader behind the scope.

    Raises NotFound for a unit outside the scope, Invalid for a definition, a programme or a level that does not exist.
    """
    snapshot = get_snapshot(session)
    place = find_place(snapshot, scope, query, today)
    table = Table(session, snapshot, place)
    rows = tuple(table.row(unit_id) for unit_id in place.unit_ids)
    return Comparison(
        query,
        place.period,
        place.boundaries,
        place.level,
        place.within,
        place.home,
        tuple(maker.column for maker in table.makers),
        pinned_rows(snapshot.targets, snapshot.tree.nation_id, place.definitions, place.period),
        table.row(place.within.id),
        rows,
        sum(any(cell.source and cell.source is not Source.PUBLISHED for cell in row.cells) for row in rows),
        len(rows),
        table.readings.as_of,
        snapshot.illustrative,
    )


class Table:
    """Everything that the rows of one place are made from, loaded at once."""

    def __init__(self, session: Session, snapshot: Snapshot, place: Place) -> None:
        self._targets = snapshot.targets
        self._tree = snapshot.tree
        self._place = place
        nation = self._tree.nation_id
        columns = (column_of(snapshot.targets, nation, one, place.period) for one in place.definitions)
        self.makers = tuple(maker_of(column, place.period) for column in columns)
        self._so_far = place.period.to_date()
        self._provinces = self._tree.at_level(UnitLevel.PROVINCE, place.period.last_day)
        self.readings = Readings(session, self._tree)
        self.readings.load(self._units(), self._wanted())
        surveyed = [one.id for one in place.definitions if one.surveyed]
        self._published = load_published(session, {*place.unit_ids, place.within.id}, surveyed)

    def row(self, unit_id: int) -> Row:
        """The unit's cells."""
        unit, place = self._tree.units[unit_id], self._place
        is_nation = unit_id == self._tree.nation_id
        aims = {} if is_nation else own_aims(self._targets, unit_id, place.definitions, place.period)
        neighbour = unit_id not in place.inside
        hides = neighbour and unit.level in _BELOW_PROVINCE
        cells = tuple(
            self._cell(maker, unit_id, aims.get(maker.column.definition.id), is_nation, hides) for maker in self.makers
        )
        state = unit.state(place.boundaries)
        return Row(unit, state.name, state.kind, neighbour, cells)

    def reading(self, unit_id: int, definition: Definition, period: Period) -> Reading | Absence:
        """The unit's value for a period; the nation's is the sum of the provinces of the period's last day."""
        if unit_id != self._tree.nation_id:
            return self.readings.get(unit_id, definition, period)
        found = [self.readings.get(province, definition, period) for province in self._provinces]
        there = [(reading, ONE) for reading in found if isinstance(reading, Reading)]
        if not there:
            return Absence(Gap.NOT_REPORTED)
        return added(there, Source.PROVINCES)._replace(counted=len(there), expected=len(found))

    def _cell(self, maker: CellMaker, unit_id: int, own: Aim | None, is_nation: bool, hides: bool) -> Cell:
        definition, period = maker.column.definition, self._place.period
        if definition.from_on is not None and definition.from_on > period.last_day:
            return OUTSIDE
        if definition.surveyed:
            published = self._published.exactly(unit_id, definition.id, period)
            if isinstance(published, PublishedValue):
                return maker.published(published.value, published.preliminary, own, is_nation)
            return maker.cell(published, None, own, is_nation)
        reading = self.reading(unit_id, definition, period)
        so_far = self.reading(unit_id, definition, self._so_far) if maker.to_date else None
        if hides and (masked(reading) or (so_far is not None and masked(so_far))):
            return MASKED
        return maker.cell(reading, so_far, own, is_nation)

    def _units(self) -> dict[int, None]:
        within = self._place.within
        above = self._provinces if within.level is UnitLevel.NATION else (within.id,)
        return dict.fromkeys((*self._place.unit_ids, *above))

    def _wanted(self) -> dict[Period, tuple[Definition, ...]]:
        summed = tuple(maker.column.definition for maker in self.makers if maker.to_date)
        return {self._so_far: summed, self._place.period: self._place.definitions}
