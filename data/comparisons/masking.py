"""What a reader is not shown of neighbours below the province: small counts, and whatever would give one away.

A *fact* is one roll-up: a unit, a period, a definition. Four rules say which facts are hidden:

1. A count from 1 to 4 is hidden, with the columns that go with it (`data.comparisons.linked`).
2. A value is hidden where one of its parts is, be it a quarter of the year or a unit that this one was made of. So a
   small count stands in no sum that could be asked for, and no two periods differ by it.
3. Neighbours under one parent hide together: subtracting all that is shown from the parent's total leaves the sum of
   what is hidden. It must not tell any of its parts: either one of them may be nothing, because its columns are hidden
   for other reasons, or it is the sum of more than one and no small number itself. Where it does tell, the next
   smallest neighbour is hidden too. What the reader knows anyway, their own units, hides nobody.
4. Where there is no such neighbour, because hardly anyone has reported yet, the parent's total is hidden instead.

The total is what everybody compares with, and one more neighbour out of a hundred is missed by few; therefore rule 3
goes before rule 4. All rules follow from the facts of a period and of what lies within it, for one reader: never from
the columns, rows or periods that were asked for, or two questions would differ by what is hidden. Why a fact is hidden
is not told: one mark for all, since a mark for the small ones alone would narrow down the others.

Counts of different coverage stay apart: where a unit reported one column and not another with the same count, the
totals of both columns differ by it, and no rule here prevents that.
"""

from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import ColumnElement, Row, or_, select
from sqlalchemy.orm import Session

from data import tables as t
from data.catalogue.model import Definition
from data.comparisons.cells import SMALL
from data.comparisons.linked import links_of
from data.comparisons.model import Absence, Gap
from data.comparisons.observing import Value
from data.comparisons.sums import Reading
from data.kinds import Aggregation, UnitLevel
from data.periods import Period
from data.scope import Scope
from data.snapshot import Snapshot

BELOW_PROVINCE = (UnitLevel.DISTRICT, UnitLevel.COMMUNE)
MASKED = Absence(Gap.MASKED)
# Larger than any count: no sibling can be hidden with the small ones.
_NOBODY = 1 << 63

_R = t.Rollup
# Where a roll-up stands: its period's code, its unit. What is hidden there: such a place and a definition.
_Place = tuple[str, int]
_Hidden = tuple[_Place, int]
# Period, unit, definition, numerator, denominator.
_COLUMNS = (_R.period, _R.unit_id, _R.definition_id, _R.numerator, _R.denominator)


class _Family(NamedTuple):
    """Siblings whose counts add up to their parent's, on one side of one definition."""

    parent: _Place
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
            exposed = self._exposed(units, period)
            for part in periods_within(period) if exposed else ():
                day = part.last_day
                for unit_id in exposed:
                    for one, _share in self._tree.composition(unit_id, day) or ((unit_id, 1),):
                        shown_by[part.code, one].append((unit_id, period))
                        parents.update((part.code, parent) for parent in self._parents(one, day))
        if shown_by:
            columns = {one.id: one for several in asked.values() for one in several}
            for place, definition_id in self._decided(shown_by, parents, columns):
                definition = columns.get(definition_id)
                for unit_id, period in shown_by.get(place, ()) if definition else ():
                    if definition and _holds(definition, Period(place[0]), period):
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
        counts, sides = links_of(self._snapshot).counts(definition_id), (value.numerator, value.denominator)
        return any(count and part and 0 < part < SMALL for count, part in zip(counts, sides, strict=True))

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
            elif unit.level is UnitLevel.PROVINCE and self._sees_below(unit_id, day):
                found.append(unit_id)
        return found

    def _parents(self, unit_id: int, day: date) -> Iterator[int]:
        """Whose children decide: the unit's own parent's, and its own where the reader sees them."""
        parent = self._tree.parent(unit_id, day)
        if parent is not None and self._tree.units[unit_id].level in BELOW_PROVINCE:
            yield parent
        if self._sees_below(unit_id, day):
            yield unit_id

    def _sees_below(self, unit_id: int, day: date) -> bool:
        children = self._tree.children(unit_id, day)
        return bool(children) and not self._scope.units(self._tree, day).isdisjoint(children)

    def _decided(self, units: Iterable[_Place], parents: Iterable[_Place], columns: Iterable[int]) -> set[_Hidden]:
        """What is hidden of these units and of the children of these parents."""
        links = links_of(self._snapshot)
        siblings = self._children_of(parents)
        places = {*units, *siblings}
        small = or_(_R.numerator.between(1, SMALL - 1), _R.denominator.between(1, SMALL - 1))
        hidden: set[_Hidden] = set()
        alone: dict[_Family, dict[_Place, int]] = defaultdict(dict)
        for code, unit_id, definition_id, *numbers in self._facts(places, links.watched(columns), small):
            place = code, unit_id
            if place not in places:
                continue
            for side, (count, number) in enumerate(zip(links.counts(definition_id), numbers, strict=True)):
                if count is not None and number is not None and 0 < number < SMALL:
                    hidden.update((place, one) for one in links.hidden_with[count])
                    if place in siblings and not self._knows(*place):
                        alone[_Family(siblings[place], definition_id, side)][place] = number
        weak = [one for one, small_ones in alone.items() if not _cover_each_other(small_ones.values())]
        weak = [one for one in weak if not self._in_company(one, alone[one], hidden)]
        return hidden.union(self._covers(weak))

    def _in_company(self, family: _Family, small_ones: Container[_Place], hidden: set[_Hidden]) -> bool:
        """Whether the same columns are hidden of another sibling for its own sake, be its count what it may."""
        links = links_of(self._snapshot)
        count = links.counts(family.definition_id)[family.side]
        columns = links.hidden_with[count] if count else ()
        return any(
            place not in small_ones and not self._knows(*place) and all((place, one) in hidden for one in columns)
            for place in self._children_of([family.parent])
        )

    def _covers(self, weak: list[_Family]) -> Iterator[_Hidden]:
        """What is hidden besides: of each family the next smallest neighbour, else the parent's total."""
        if not weak:
            return
        links = links_of(self._snapshot)
        siblings = self._children_of({family.parent for family in weak})
        siblings = {place: parent for place, parent in siblings.items() if not self._knows(*place)}
        next_smallest: dict[_Family, tuple[int, int]] = dict.fromkeys(weak, (_NOBODY, 0))
        large = or_(_R.numerator >= SMALL, _R.denominator >= SMALL)
        for code, unit_id, definition_id, *numbers in self._facts(siblings, {one[1] for one in weak}, large):
            parent = siblings.get((code, unit_id))
            for side, number in enumerate(numbers):
                if parent is not None and number is not None and number >= SMALL:
                    family = _Family(parent, definition_id, side)
                    if family in next_smallest:
                        next_smallest[family] = min(next_smallest[family], (number, unit_id))
        for family, (number, unit_id) in next_smallest.items():
            place = family.parent if number == _NOBODY else (family.parent[0], unit_id)
            count = links.counts(family.definition_id)[family.side]
            if count is not None:
                yield from ((place, one) for one in links.hidden_with[count])

    def _children_of(self, parents: Iterable[_Place]) -> dict[_Place, _Place]:
        """The children below the province, each with its parent."""
        return {
            (code, child): (code, parent)
            for code, parent in parents
            for child in self._tree.children(parent, Period(code).last_day)
            if self._tree.units[child].level in BELOW_PROVINCE
        }

    def _knows(self, code: str, unit_id: int) -> bool:
        """Whether the reader sees all numbers of the unit for the period."""
        day = self._tree.units[unit_id].within_life(Period(code).last_day)
        return unit_id in self._scope.inside(self._tree, day)

    def _facts(
        self, places: Iterable[_Place], columns: Iterable[int], which: ColumnElement[bool]
    ) -> Iterable[Row[str, int, int, int, int | None]]:
        """The roll-ups of these places and definitions that meet the condition; a few of other places may come too."""
        places = tuple(places)
        statement = select(*_COLUMNS).where(
            _R.period.in_({code for code, _ in places}),
            _R.level.in_(BELOW_PROVINCE),
            _R.unit_id.in_({unit_id for _, unit_id in places}),
            _R.definition_id.in_(columns),
            which,
        )
        # As in `Readings`: plain columns need none of what the session does to rows.
        self._session.flush()
        return self._session.connection().execute(statement)


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


def _cover_each_other(counted: Collection[int]) -> bool:
    """Whether the sum of these small counts, which can be worked out, tells none of them."""
    return len(counted) > 1 and sum(counted) >= max(SMALL, len(counted) + 1)
