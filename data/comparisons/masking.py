"""What a reader is not shown of neighbours below the province: small counts, and whatever would give one away.

A *fact* is one roll-up: a unit, a period, a definition. Four rules say which facts are hidden:

1. A count from 1 to 4 is hidden, with the columns that go with it (`data.comparisons.linked`).
2. A value is hidden where one of its parts is, be it a quarter of the year or a unit that this one was made of. So a
   small count stands in no sum that could be asked for, and no two periods differ by it.
3. Neighbours under one parent hide together: subtracting all that is shown from the parent's total leaves the sum of
   what is hidden, which must be of more than one unit and no small number itself. Where it is not, the next smallest
   neighbour is hidden too. What the reader knows anyway, their own units, hides nobody.
4. Where there is no such neighbour, because hardly anyone has reported yet, the parent's total is hidden instead.

The total is what everybody compares with, and one more neighbour out of a hundred is missed by few; therefore rule 3
goes before rule 4. All rules follow from the facts of a period and of what lies within it, for one reader: never from
the columns, rows or periods that were asked for, or two questions would differ by what is hidden. Why a fact is hidden
is not told: one mark for all, since a mark for the small ones alone would narrow down the others.

Counts of different coverage stay apart: where a unit reported one column and not another with the same count, the
totals of both columns differ by it, and no rule here prevents that.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from data import tables as t
from data.catalogue.model import Definition
from data.comparisons.cells import SMALL, Value
from data.comparisons.linked import counts_of, links_of
from data.comparisons.model import Absence, Amount, Gap
from data.comparisons.sums import Reading
from data.kinds import Aggregation, UnitLevel
from data.periods import Period
from data.scope import Scope
from data.snapshot import Snapshot

BELOW_PROVINCE = (UnitLevel.DISTRICT, UnitLevel.COMMUNE)
MASKED = Absence(Gap.MASKED)

_R = t.Rollup
_COLUMNS = (_R.period, _R.unit_id, _R.definition_id, _R.numerator, _R.denominator)
# A unit's place among its siblings: the period, the unit.
_Place = tuple[Period, int]


class _Fact(NamedTuple):
    """A roll-up: `counts` are its numerator and its denominator."""

    period: str
    unit_id: int
    definition_id: int
    counts: tuple[int, int | None]


class _Family(NamedTuple):
    """Siblings whose counts add up to their parent's: of one period, on one side of one definition."""

    period: Period
    parent: int
    definition_id: int
    side: int


class Masking:
    """What one reader is not shown, as far as it was loaded; asks the database only in `load`."""

    def __init__(self, session: Session, snapshot: Snapshot, scope: Scope) -> None:
        self._session = session
        self._snapshot = snapshot
        self._tree = snapshot.tree
        self._scope = scope
        self._neighbours: set[tuple[int, str]] = set()
        self._hidden: set[tuple[int, str, int]] = set()

    def load(self, unit_ids: Iterable[int], wanted: Mapping[Period, Iterable[Definition]]) -> None:
        """Finds out what is hidden of these units; in at most two queries, in none where none of them is a neighbour
        below the province or a parent of such ones.
        """
        units = tuple(unit_ids)
        shown_by: dict[_Place, list[tuple[int, Period]]] = defaultdict(list)
        parents: set[_Place] = set()
        asked = {period: tuple(one for one in columns if one.numerator) for period, columns in wanted.items()}
        for period in asked:
            for unit_id in self._exposed(units, period):
                for part in periods_within(period):
                    for one, _share in self._tree.composition(unit_id, part.last_day) or ((unit_id, 1),):
                        shown_by[part, one].append((unit_id, period))
                        parents.update(self._families_of(one, part))
        if shown_by:
            columns = {one.id: one for several in asked.values() for one in several}
            for place, definition_id in self._decided(shown_by, parents, columns):
                for unit_id, period in shown_by.get(place, ()):
                    if definition_id in columns and _holds(columns[definition_id], place[0], period):
                        self._hidden.add((unit_id, period.code, definition_id))

    def hide(self, unit_id: int, period: Period, values: dict[int, Value]) -> dict[int, Value]:
        """The unit's values of the period by definition, as this reader sees them. It must have been loaded."""
        if not (self._hidden or (unit_id, period.code) in self._neighbours):
            return values
        return {key: MASKED if self._hides(unit_id, period, key, value) else value for key, value in values.items()}

    def _hides(self, unit_id: int, period: Period, definition_id: int, value: Value) -> bool:
        if not isinstance(value, Reading):
            return False
        if (unit_id, period.code, definition_id) in self._hidden:
            return True
        if (unit_id, period.code) not in self._neighbours:
            return False
        # A share of a large number may be small.
        counts = counts_of(self._snapshot.catalogue.definitions[definition_id])
        return any(count and _is_small(part) for count, part in zip(counts, value[:2], strict=True))

    def _exposed(self, unit_ids: tuple[int, ...], period: Period) -> list[int]:
        """Those of the units of which something may have to be hidden: neighbours below the province, and what is
        above units of that level which the reader sees.
        """
        found = []
        for unit_id in unit_ids:
            unit = self._tree.units[unit_id]
            day = unit.within_life(period.last_day)
            if unit_id in self._scope.inside(self._tree, day):
                continue
            if unit.level in BELOW_PROVINCE:
                self._neighbours.add((unit_id, period.code))
                found.append(unit_id)
            elif unit.level is UnitLevel.PROVINCE:
                reached = self._scope.units(self._tree, day)
                if not reached.isdisjoint(self._tree.children(unit_id, day)):
                    found.append(unit_id)
        return found

    def _families_of(self, unit_id: int, period: Period) -> list[_Place]:
        """The parents whose children decide: the unit's own one, and the unit itself where the reader sees below it."""
        unit, day = self._tree.units[unit_id], period.last_day
        found = []
        parent = self._tree.parent(unit_id, day)
        if unit.level in BELOW_PROVINCE and parent is not None:
            found.append((period, parent))
        if not self._scope.units(self._tree, day).isdisjoint(self._tree.children(unit_id, day)):
            found.append((period, unit_id))
        return found

    def _decided(
        self, units: Iterable[_Place], parents: Iterable[_Place], columns: Iterable[int]
    ) -> set[tuple[_Place, int]]:
        """The hidden facts, by place and definition."""
        links = links_of(self._snapshot)
        watched = links.watched(columns)
        places = {(period.code, unit_id): (period, unit_id) for period, unit_id in units}
        families: dict[tuple[str, int], _Place] = {}
        for period, parent in parents:
            for child in self._tree.children(parent, period.last_day):
                if self._tree.units[child].level in BELOW_PROVINCE:
                    families[period.code, child] = period, parent
                    places[period.code, child] = period, child
        small = or_(_R.numerator.between(1, SMALL - 1), _R.denominator.between(1, SMALL - 1))
        hidden: set[tuple[_Place, int]] = set()
        alone: dict[_Family, list[int]] = defaultdict(list)
        for fact in self._facts(places, watched, small):
            place = places.get((fact.period, fact.unit_id))
            above = families.get((fact.period, fact.unit_id))
            for side, (count, number) in enumerate(zip(links.counts(fact.definition_id), fact.counts, strict=True)):
                if place is None or count is None or number is None or not _is_small(number):
                    continue
                hidden.update((place, one) for one in links.hidden_with[count])
                if above is not None and not self._knows(*place):
                    alone[_Family(*above, fact.definition_id, side)].append(number)
        weak = [family for family, counted in alone.items() if not _cover_each_other(counted)]
        hidden.update(self._covered(weak))
        return hidden

    def _covered(self, weak: list[_Family]) -> Iterable[tuple[_Place, int]]:
        """What is hidden besides: of each family the next smallest neighbour, else the parent's total."""
        if not weak:
            return
        links = links_of(self._snapshot)
        families = {
            (family.period.code, child): (family.period, family.parent)
            for family in weak
            for child in self._tree.children(family.parent, family.period.last_day)
            if not self._knows(family.period, child)
        }
        large = or_(_R.numerator >= SMALL, _R.denominator >= SMALL)
        facts = self._facts(families, {family.definition_id for family in weak}, large)
        candidates: dict[_Family, list[tuple[int, int]]] = defaultdict(list)
        for fact in facts:
            place = families.get((fact.period, fact.unit_id))
            for side, number in enumerate(fact.counts):
                if place is not None and number is not None and number >= SMALL:
                    candidates[_Family(*place, fact.definition_id, side)].append((number, fact.unit_id))
        for family in weak:
            count = links.counts(family.definition_id)[family.side]
            chosen = min(candidates[family])[1] if family in candidates else family.parent
            if count is not None:
                yield from (((family.period, chosen), one) for one in links.hidden_with[count])

    def _knows(self, period: Period, unit_id: int) -> bool:
        """Whether the reader sees all numbers of the unit for the period."""
        return unit_id in self._scope.inside(self._tree, self._tree.units[unit_id].within_life(period.last_day))

    def _facts(
        self, places: Iterable[tuple[str, int]], columns: Iterable[int], which: ColumnElement[bool]
    ) -> list[_Fact]:
        """The roll-ups of these places and definitions that meet the condition; of other places some more may come."""
        places = set(places)
        statement = select(*_COLUMNS).where(
            _R.period.in_({code for code, _ in places}),
            _R.level.in_(BELOW_PROVINCE),
            _R.unit_id.in_({unit_id for _, unit_id in places}),
            _R.definition_id.in_(columns),
            which,
        )
        rows = self._session.execute(statement)
        return [_Fact(period, unit, definition, (above, below)) for period, unit, definition, above, below in rows]


@lru_cache(maxsize=1024)
def periods_within(period: Period) -> tuple[Period, ...]:
    """Every period that lies within this one, itself among them."""
    year, months = period.year, set(period.months)
    every = [
        Period.of_year(year),
        *(Period.of_quarter(year, number) for number in range(1, 5)),
        *(Period.of_month(year, number) for number in range(1, 13)),
        *(Period.of_window(year, number) for number in range(1, 12)),
    ]
    return tuple(one for one in every if months.issuperset(one.months))


def _holds(definition: Definition, part: Period, whole: Period) -> bool:
    """Whether a value of the whole period says something of the part: what does not add up only of its end."""
    adds_up = Aggregation.FLOW in (definition.numerator_kind, definition.denominator_kind)
    return adds_up or part.last_day == whole.last_day


def _is_small(count: Amount | None) -> bool:
    return count is not None and 0 < count < SMALL


def _cover_each_other(counted: list[int]) -> bool:
    """Whether the sum of these small counts, which can be worked out, tells none of them."""
    return len(counted) > 1 and sum(counted) >= max(SMALL, len(counted) + 1)
