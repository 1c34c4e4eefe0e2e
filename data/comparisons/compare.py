"""The comparison: units × definitions with values, targets, margins and verdicts, in a fixed number of queries."""

from datetime import date

from sqlalchemy.orm import Session

from data.catalogue.model import Definition
from data.comparisons.aims import own_aims, pinned_rows
from data.comparisons.cells import maker_of
from data.comparisons.coverage import coverage_of
from data.comparisons.masking import Masking
from data.comparisons.model import Absence, Aim, Cell, Comparison, Gap, Row
from data.comparisons.observing import Value
from data.comparisons.past import Past
from data.comparisons.place import Place, find_place
from data.comparisons.published import get_published
from data.comparisons.query import ComparisonQuery
from data.comparisons.readings import Readings
from data.comparisons.surveyed import surveyed_value
from data.periods import Period
from data.scope import Scope
from data.snapshot import Snapshot, get_snapshot
from data.units.naming import parents_of_namesakes

OUTSIDE = Absence(Gap.OUTSIDE_DATES)


def compare(session: Session, scope: Scope, query: ComparisonQuery, today: date) -> Comparison:
    """Answers a query for the reader behind the scope.

    Raises NotFound for a unit outside the scope, Invalid for a definition, a programme or a level that does not exist.
    """
    return compare_at(session, scope, query, find_place(get_snapshot(session), scope, query, today))


def compare_at(session: Session, scope: Scope, query: ComparisonQuery, place: Place) -> Comparison:
    """The comparison of a query whose place has been found for this reader."""
    snapshot = get_snapshot(session)
    table = Table(session, snapshot, scope, place)
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
        coverage_of(rows, snapshot.catalogue.forms.values(), place.level, place.period),
        table.readings.as_of,
        snapshot.illustrative,
        place.peers.group if place.peers else None,
    )


class Table:
    """Everything that the rows of one place are made from, loaded at once."""

    def __init__(self, session: Session, snapshot: Snapshot, scope: Scope, place: Place) -> None:
        self._tree = snapshot.tree
        self._place = place
        period, definitions = place.period, place.definitions
        self.makers = tuple(maker_of(snapshot.targets, self._tree.nation_id, one, period) for one in definitions)
        self._cells = tuple((one.id, maker.cell) for one, maker in zip(definitions, self.makers, strict=True))
        self._summed = tuple(maker.column.definition for maker in self.makers if maker.to_date)
        self._early = tuple(one for one in definitions if one.from_on is not None and one.from_on > period.last_day)
        self._counted = tuple(one for one in definitions if one.numerator)
        self._surveyed = tuple(one for one in definitions if not one.numerator)
        self.readings = Readings(session, self._tree)
        units = dict.fromkeys((*place.unit_ids, place.within.id))
        wanted = {period.to_date(): self._summed, period: self._counted}
        self.readings.load(units, wanted)
        self.masking = Masking(session, snapshot, scope)
        self.masking.load(units.keys() - place.inside, wanted)
        self._published = get_published(session, snapshot.targets)
        # The nation's own targets are the columns'.
        nation = self._tree.nation_id
        self._own = {
            one: {} if one == nation else own_aims(snapshot.targets, one, definitions, period) for one in units
        }
        self._past = Past(session, snapshot, scope)
        self._past.ask(units, (maker.column for maker in self.makers), self._own)
        self._past.load(period.last_day)
        self._apart = parents_of_namesakes(self._tree, place.unit_ids, place.boundaries)

    def row(self, unit_id: int) -> Row:
        """The unit's cells."""
        unit, place = self._tree.units[unit_id], self._place
        nation = unit_id == self._tree.nation_id
        aims = self._own[unit_id]
        neighbour = unit_id not in place.inside
        values = self._values(unit_id)
        so_far: dict[int, Value] = {}
        if self._summed:
            so_far.update(self.readings.line(unit_id, self._summed, place.period.to_date()))
        if neighbour:
            values = self.masking.hide(unit_id, place.period, values)
            so_far = self.masking.hide(unit_id, place.period.to_date(), so_far)
        if self._past.needed:
            cells = self._with_past(unit_id, values, so_far, aims)
        else:
            since, own = so_far.get, aims.get
            cells = tuple([make(values[key], since(key), own(key), nation) for key, make in self._cells])
        state = unit.state(place.boundaries)
        return Row(unit, state.name, state.kind, neighbour, cells, self._apart.get(unit_id, ""))

    def _with_past(
        self, unit_id: int, values: dict[int, Value], so_far: dict[int, Value], aims: dict[int, Aim]
    ) -> tuple[Cell, ...]:
        """The unit's cells where an aim asks for more than the value."""
        nation, found = unit_id == self._tree.nation_id, []
        for key, maker in zip((one for one, _ in self._cells), self.makers, strict=True):
            value, own = values[key], aims.get(key)
            beside = self._past.beside(unit_id, maker.column, own, value)
            found.append(maker.cell(value, so_far.get(key), own, nation, beside))
        return tuple(found)

    def value(self, unit_id: int, definition: Definition, period: Period) -> Value:
        """One value of any period that was loaded."""
        if definition.from_on is not None and definition.from_on > period.last_day:
            return OUTSIDE
        if not definition.numerator:
            return surveyed_value(self._published, self._tree, unit_id, definition.id, period)
        return self.readings.get(unit_id, definition, period)

    def _values(self, unit_id: int) -> dict[int, Value]:
        """The unit's values of the period by definition, or why there are none."""
        period = self._place.period
        values: dict[int, Value] = dict(self.readings.line(unit_id, self._counted, period))
        for one in self._surveyed:
            values[one.id] = surveyed_value(self._published, self._tree, unit_id, one.id, period)
        for one in self._early:
            values[one.id] = OUTSIDE
        return values
