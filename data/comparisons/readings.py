"""Reading approved roll-ups: a unit's value of a definition for a period, on whatever boundaries the unit has.

A period is read from its own roll-up, else from all its quarters, else from all its months; each of them from the
units that made up the asked one on that period's last day, by their exact shares. Two queries answer any number of
units, definitions and periods: one for the periods themselves, one for their parts where something is missing.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime
from fractions import Fraction

from sqlalchemy import ColumnElement, DateTime, String, and_, select, type_coerce
from sqlalchemy.orm import Session

from data import tables as t
from data.catalogue.model import Definition
from data.comparisons.model import Absence, Gap, Source
from data.comparisons.sums import WHOLE, Reading, added, brought_together, is_distinct, is_stock, of_nation, runs_of
from data.kinds import Standing, UnitLevel
from data.periods import Period
from data.units.areas import same_level
from data.units.naming import titles
from data.units.tree import UnitTree

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


# A roll-up that went into a value: unit, period, the share it has, and what it says.
Traced = tuple[int, Period, Fraction, Reading]
# A unit's values of a period by the numbers of their definitions.
Line = dict[int, Reading | Absence]


class Readings:
    """What was approved, as far as it was loaded; asks the database only in `load`."""

    def __init__(self, session: Session, tree: UnitTree) -> None:
        self._session = session
        self._tree = tree
        self._facts: dict[str, dict[tuple[int, int], Reading]] = {}
        self._compositions: dict[tuple[int, str], tuple[tuple[int, Fraction], ...] | None] = {}
        self._lines: dict[tuple[int, str], tuple[Collection[Definition], Line]] = {}
        self.as_of: datetime | None = None

    def load(self, unit_ids: Iterable[int], wanted: Mapping[Period, Iterable[Definition]]) -> None:
        """Fetches what `get` needs for these units and, by period, definitions, in at most two queries."""
        self._lines.clear()
        units = self._reported(unit_ids, wanted)
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

    def _reported(self, unit_ids: Iterable[int], periods: Iterable[Period]) -> list[int]:
        """The units with roll-ups, which are stored up to the province: the nation is read from its provinces."""
        asked = dict.fromkeys(unit_ids)
        if self._tree.nation_id in asked:
            del asked[self._tree.nation_id]
            for period in periods:
                asked.update(dict.fromkeys(self.provinces(period)))
        return list(asked)

    def provinces(self, period: Period) -> tuple[int, ...]:
        """The provinces of the period's last day, which make up the nation whatever boundaries are shown."""
        return self._tree.at_level(UnitLevel.PROVINCE, period.last_day)

    def get(self, unit_id: int, definition: Definition, period: Period) -> Reading | Absence:
        """The unit's value for the period, or why there is none."""
        if unit_id == self._tree.nation_id:
            return of_nation([self.get(province, definition, period) for province in self.provinces(period)])
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

    def line(self, unit_id: int, definitions: Collection[Definition], period: Period) -> Line:
        """`get` for many definitions; nearly all cells of a table are their unit's own roll-up and nothing more.

        The provinces' lines are asked for twice, by their own rows and by the nation's: nobody may change them.
        """
        asked, kept = self._lines.get((unit_id, period.code), (None, None))
        if kept is None or asked is not definitions:
            kept = self._line(unit_id, definitions, period)
            self._lines[unit_id, period.code] = definitions, kept
        return kept

    def _line(self, unit_id: int, definitions: Collection[Definition], period: Period) -> Line:
        if unit_id == self._tree.nation_id:
            lines = [self.line(province, definitions, period) for province in self.provinces(period)]
            return {one.id: of_nation([line[one.id] for line in lines]) for one in definitions}
        made_of = self._made_of(unit_id, period)
        if made_of is None or len(made_of) > 1 or made_of[0][1] != 1:
            return {one.id: self.get(unit_id, one, period) for one in definitions}
        facts, same = self._facts.get(period.code, {}), made_of[0][0]
        return {one.id: facts.get((same, one.id)) or self.get(unit_id, one, period) for one in definitions}

    def trace(
        self, unit_id: int, definition: Definition, period: Period
    ) -> list[tuple[int, Period, Fraction, Reading]]:
        """What `get` reads, one by one; nothing where `get` gives no value."""
        if not isinstance(self.get(unit_id, definition, period), Reading):
            return []
        if unit_id == self._tree.nation_id:
            found = [(one, self.get(one, definition, period)) for one in self.provinces(period)]
            return [(one, period, WHOLE, reading) for one, reading in found if isinstance(reading, Reading)]
        for run in ((period,), *runs_of(period)):
            parts = run[-1:] if is_stock(definition) else run
            used = [
                (one, part, share, self.own(one, definition.id, part))
                for part in parts
                for one, share in self._made_of(unit_id, part) or ((unit_id, WHOLE),)
            ]
            there = [(one, part, share, reading) for one, part, share, reading in used if reading is not None]
            if len(there) == len(used):
                return there
        return []

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
            into = self._tree.descents_into(unit_id)
            if not unit.opening_known or same_level(self._tree, into):
                return _NOTHING
            of_others = (one.predecessor_id for one in into)
            return Absence(Gap.OTHER_LEVEL, self._names(of_others, period)) if into else _NOT_YET
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
            needed = run[-1:] if is_stock(definition) else run
            found = [(part, self._of_part(unit_id, definition, part)) for part in needed]
            there = [reading for _, reading in found if isinstance(reading, Reading)]
            if len(there) == len(found):
                return brought_together(there, definition)
            if there and why is _NOTHING:
                lacking = tuple(part.code for part, reading in found if isinstance(reading, Absence))
                why = Absence(Gap.NOT_ADDITIVE) if is_distinct(definition) else Absence(Gap.MISSING_PARTS, (), lacking)
        return why

    def _of_part(self, unit_id: int, definition: Definition, part: Period) -> Reading | Absence:
        made_of = self._made_of(unit_id, part)
        return _NOT_YET if made_of is None else self._combined(made_of, definition.id, part)

    def _names(self, unit_ids: Iterable[int], period: Period) -> tuple[str, ...]:
        return titles(self._tree, unit_ids, period.last_day)

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
        # Of a unit that was made of others its predecessors speak; of one that nobody knows, only its own figures.
        units = {
            one for unit in asked for period in periods for one, _ in self._made_of(unit, period) or ((unit, WHOLE),)
        }
        for period in periods:
            self._facts.setdefault(period.code, {})
        statement = select(*_COLUMNS).where(
            _R.period.in_([period.code for period in periods]),
            self._of(units, periods),
            _R.definition_id.in_(definition_ids),
        )
        latest: datetime | None = None
        # Plain columns need none of what the session does to rows, which costs as much again as reading them.
        self._session.flush()
        rows = self._session.connection().execute(statement).fetchall()
        for code, unit, definition, above, below, counted, expected, source, standing, at in rows:
            self._facts[code][unit, definition] = Reading(
                above, below, counted, expected, _SOURCES[source], _STANDINGS[standing]
            )
            if latest is None or at > latest:
                latest = at
        if latest is not None:
            latest = latest if latest.tzinfo else latest.replace(tzinfo=UTC)
            self.as_of = max(latest, self.as_of or latest)

    def _of(self, units: set[int], periods: list[Period]) -> ColumnElement[bool]:
        """The roll-ups of these units; where they are a whole level, naming each costs more than reading them."""
        levels = {self._tree.units[one].level for one in units}
        at_level = _R.level.in_(levels)
        if len(levels) == 1 and len(periods) == 1:
            everyone = self._tree.at_level(next(iter(levels)), periods[0].last_day)
            if units == set(everyone):
                return at_level
        return and_(at_level, _R.unit_id.in_(units))
