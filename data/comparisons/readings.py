"""Reading approved roll-ups: a unit's value of a definition for a period, on whatever boundaries the unit has.

A period is read from its own roll-up, else from all its quarters, else from all its months; each of them from the
units that made up the asked one on that period's last day, by their exact shares. Two queries answer any number of
units, definitions and periods: one for the periods themselves, one for their parts where something is missing.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import DateTime, String, select, type_coerce
from sqlalchemy.orm import Session

from data import tables as t
from data.catalogue.model import Definition
from data.comparisons.model import Absence, Amount, Gap, Source
from data.kinds import Aggregation, Standing
from data.periods import Frequency, Period
from data.units.tree import UnitTree

_FINALITY = {Standing.ESTIMATE: 0, Standing.PRELIMINARY: 1, Standing.FINAL: 2}
_STANDINGS: dict[str, Standing] = {word.value: word for word in Standing}
_SOURCES: dict[str, Source] = {"OWN": Source.OWN, "CHILDREN": Source.CHILDREN}
_NOTHING = Absence(Gap.NOT_REPORTED)
_NOT_YET = Absence(Gap.NOT_YET)

_R = t.Rollup
# Hundreds of rows are read for a table, so words and moments come as the driver has them.
_COLUMNS = (
    _R.period,
    _R.unit_id,
    _R.definition_id,
    _R.numerator,
    _R.denominator,
    _R.counted,
    _R.expected,
    type_coerce(_R.source, String),
    type_coerce(_R.standing, String),
    type_coerce(_R.approved_at, DateTime(timezone=True)),
)


class Reading(NamedTuple):
    """Both parts of a definition for a unit and a period; `counted` of `expected` units stand behind them."""

    numerator: Amount
    denominator: Amount | None
    counted: int
    expected: int
    source: Source
    standing: Standing


class Readings:
    """What was approved, as far as it was loaded; asks the database only in `load`."""

    def __init__(self, session: Session, tree: UnitTree) -> None:
        self._session = session
        self._tree = tree
        self._facts: dict[str, dict[tuple[int, int], Reading]] = {}
        self._compositions: dict[tuple[int, str], tuple[tuple[int, Fraction], ...] | None] = {}
        self.as_of: datetime | None = None

    def load(self, unit_ids: Iterable[int], wanted: Mapping[Period, Iterable[Definition]]) -> None:
        """Fetches what `get` needs for these units and, by period, definitions, in at most two queries."""
        units = list(unit_ids)
        ids = {period: frozenset(d.id for d in definitions if d.numerator) for period, definitions in wanted.items()}
        ids = {period: counted for period, counted in ids.items() if counted}
        if not (units and ids):
            return
        self._fetch(ids, units, frozenset[int]().union(*ids.values()))
        lacking = [(unit, period, self._lacking(unit, ids[period], period)) for period in ids for unit in units]
        lacking = [one for one in lacking if one[2]]
        parts = {part for _, period, _ in lacking for run in runs_of(period) for part in run}
        if parts:
            self._fetch(parts, {unit for unit, _, _ in lacking}, frozenset[int]().union(*(one[2] for one in lacking)))

    def get(self, unit_id: int, definition: Definition, period: Period) -> Reading | Absence:
        """The unit's value for the period, or why there is none."""
        made_of = self._made_of(unit_id, period)
        if made_of is None:
            return self._of_closed(unit_id, definition, period)
        found = self._combined(made_of, definition.id, period)
        if isinstance(found, Reading):
            return found
        from_parts = self._from_parts(unit_id, definition, period)
        if isinstance(from_parts, Reading) or from_parts.gap is not Gap.NOT_REPORTED:
            return from_parts
        return found

    def own(self, unit_id: int, definition_id: int, period: Period) -> Reading | None:
        """The roll-up of exactly this unit, definition and period."""
        return self._facts.get(period.code, {}).get((unit_id, definition_id))

    def _of_closed(self, unit_id: int, definition: Definition, period: Period) -> Reading | Absence:
        """On an old area, or of a unit that nobody knows the predecessors of: its own roll-up or nothing."""
        found = self.own(unit_id, definition.id, period)
        if found is not None:
            return found
        unit = self._tree.units[unit_id]
        if period.last_day < unit.opened_on:
            return _NOT_YET if unit.opening_known else _NOTHING
        heirs = sorted(self._tree.descents_out_of(unit_id), key=lambda descent: -descent.share)
        return Absence(Gap.MERGED, self._names((heir.successor_id for heir in heirs), period))

    def _combined(
        self, made_of: tuple[tuple[int, Fraction], ...], definition_id: int, period: Period
    ) -> Reading | Absence:
        facts = self._facts.get(period.code, {})
        if len(made_of) == 1 and made_of[0][1] == 1:
            return facts.get((made_of[0][0], definition_id), _NOTHING)
        found = [(facts.get((unit_id, definition_id)), share) for unit_id, share in made_of]
        there = [(reading, share) for reading, share in found if reading is not None]
        if len(there) < len(found):
            lacking = (unit_id for unit_id, _ in made_of if (unit_id, definition_id) not in facts)
            return Absence(Gap.MISSING_PREDECESSOR, self._names(lacking, period)) if there else _NOTHING
        return added(there, Source.LINEAGE)

    def _from_parts(self, unit_id: int, definition: Definition, period: Period) -> Reading | Absence:
        """From all quarters, else from all months; a stock needs the last of them only."""
        why = _NOTHING
        for run in runs_of(period):
            needed = run[-1:] if _is_stock(definition) else run
            found = [(part, self._of_part(unit_id, definition, part)) for part in needed]
            there = [reading for _, reading in found if isinstance(reading, Reading)]
            if len(there) == len(found):
                return brought_together(there, definition)
            if there and why is _NOTHING:
                lacking = tuple(part.code for part, reading in found if isinstance(reading, Absence))
                why = Absence(Gap.NOT_ADDITIVE) if _is_distinct(definition) else Absence(Gap.MISSING_PARTS, (), lacking)
        return why

    def _of_part(self, unit_id: int, definition: Definition, part: Period) -> Reading | Absence:
        made_of = self._made_of(unit_id, part)
        return _NOT_YET if made_of is None else self._combined(made_of, definition.id, part)

    def _names(self, unit_ids: Iterable[int], period: Period) -> tuple[str, ...]:
        return tuple(self._tree.units[one].state(period.last_day).name for one in unit_ids)

    def _lacking(self, unit_id: int, definition_ids: frozenset[int], period: Period) -> set[int]:
        """The definitions for which the period has to be put together from its parts."""
        facts = self._facts[period.code]
        # A closed unit has its own roll-up or nothing: no part can help it.
        made_of = self._made_of(unit_id, period) or ()
        return {one for one in definition_ids for unit, _ in made_of if (unit, one) not in facts}

    def _made_of(self, unit_id: int, period: Period) -> tuple[tuple[int, Fraction], ...] | None:
        """The units of the period's last day that made up this one, looked up once."""
        key = unit_id, period.code
        if key not in self._compositions:
            self._compositions[key] = self._tree.composition(unit_id, period.last_day)
        return self._compositions[key]

    def _fetch(self, periods: Iterable[Period], asked: Iterable[int], definition_ids: frozenset[int]) -> None:
        periods = list(periods)
        units = set(asked)
        units.update(one for unit in tuple(units) for period in periods for one, _ in self._made_of(unit, period) or ())
        for period in periods:
            self._facts.setdefault(period.code, {})
        statement = select(*_COLUMNS).where(
            _R.period.in_([period.code for period in periods]),
            _R.level.in_({self._tree.units[one].level for one in units}),
            _R.unit_id.in_(units),
            _R.definition_id.in_(definition_ids),
        )
        latest = self.as_of
        rows = self._session.execute(statement)
        for code, unit, definition, above, below, counted, expected, source, standing, at in rows:
            self._facts[code][unit, definition] = Reading(
                above, below, counted, expected, _SOURCES[source], _STANDINGS[standing]
            )
            moment = at if at.tzinfo else at.replace(tzinfo=UTC)
            if latest is None or moment > latest:
                latest = moment
        self.as_of = latest


@lru_cache(maxsize=256)
def runs_of(period: Period) -> tuple[tuple[Period, ...], ...]:
    """The ways to put a period together, the best first: a year from quarters, else from months."""
    parts = period.parts()
    if period.frequency in (Frequency.MONTHLY, Frequency.QUARTERLY):
        return (parts,) if parts else ()
    months = tuple(Period.of_month(period.year, month) for month in period.months)
    return (parts,) if parts == months else (parts, months)


def added(shares: Iterable[tuple[Reading, Fraction]], source: Source) -> Reading:
    """The sum of several units' readings, each by its share; as final as the least final of them."""
    above: Amount = 0
    below: Amount | None = 0
    counted = expected = 0
    standing = Standing.FINAL
    for reading, share in shares:
        whole = share == 1
        above += reading.numerator if whole else reading.numerator * share
        if below is None or reading.denominator is None:
            below = None
        else:
            below += reading.denominator if whole else reading.denominator * share
        counted += reading.counted
        expected += reading.expected
        standing = min(standing, reading.standing, key=_FINALITY.__getitem__)
    return Reading(above, below, counted, expected, source, standing)


def brought_together(parts: list[Reading], definition: Definition) -> Reading | Absence:
    """One unit's quarters or months as one period: flows added, the last stock, distinct counts not at all.

    Its completeness is that of the part which the most units are missing from.
    """
    if len(parts) > 1 and _is_distinct(definition):
        return Absence(Gap.NOT_ADDITIVE)
    last = parts[-1]
    above = sum((part.numerator for part in parts), 0) if _is_flow(definition.numerator_kind) else last.numerator
    below = last.denominator
    if _is_flow(definition.denominator_kind):
        below = sum((part.denominator or 0 for part in parts), 0)
    weakest = max(parts, key=lambda part: part.expected - part.counted)
    standing = min((part.standing for part in parts), key=_FINALITY.__getitem__)
    return Reading(above, below, weakest.counted, weakest.expected, Source.PARTS, standing)


def _is_flow(kind: Aggregation | None) -> bool:
    return kind is Aggregation.FLOW


def _is_distinct(definition: Definition) -> bool:
    return Aggregation.DISTINCT in (definition.numerator_kind, definition.denominator_kind)


def _is_stock(definition: Definition) -> bool:
    return {definition.numerator_kind, definition.denominator_kind} <= {Aggregation.STOCK, None}
