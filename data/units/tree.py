"""The unit tree in memory: who existed when, under whom, and what became of whom.

The whole catalogue is some ten thousand rows that change a few times a year, so each process keeps one immutable
copy. Days are grouped into eras, between two days on which anything changed; each era is indexed once, on demand.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property

from data.kinds import Confidence, UnitKind, UnitLevel
from data.units.lineage import Descent, Inheritance, inheritances

__all__ = ["Descent", "Era", "Inheritance", "Unit", "UnitState", "UnitTree"]


@dataclass(frozen=True, slots=True)
class UnitState:
    """What a unit was called and where it stood, from `from_on` to `to_on` (inclusive; None is open)."""

    from_on: date
    to_on: date | None
    name: str
    kind: UnitKind
    code: str | None
    parent_id: int | None
    confidence: Confidence = Confidence.HIGH


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit with its whole history; `states` are in order of time and leave no gap."""

    id: int
    key: str
    level: UnitLevel
    opened_on: date
    opening_known: bool
    closed_on: date | None
    states: tuple[UnitState, ...]

    def is_open(self, on: date) -> bool:
        """Whether the unit existed on that day."""
        return self.opened_on <= on and (self.closed_on is None or on <= self.closed_on)

    def within_life(self, on: date) -> date:
        """The day itself, or the nearest day of the unit's life."""
        if on < self.opened_on:
            return self.opened_on
        return on if self.closed_on is None else min(on, self.closed_on)

    def state(self, on: date) -> UnitState:
        """Its name, kind, code and parent on that day, or on the nearest day of its life."""
        day = self.within_life(on)
        for state in reversed(self.states):
            if state.from_on <= day:
                return state
        return self.states[0]


@dataclass(frozen=True, slots=True)
class Era:
    """The tree between two days of change. `subtrees` fills as they are asked for: one of thousands costs to walk."""

    parent: dict[int, int]
    children: dict[int, tuple[int, ...]]
    at_level: dict[UnitLevel, tuple[int, ...]]
    subtrees: dict[int, frozenset[int]] = field(default_factory=dict)


class UnitTree:
    """All units, indexed by day. Immutable after construction, safe to share between threads.

    `inherited` is the closure of the lineage where the database keeps it; left out, it is worked out here.
    """

    def __init__(
        self, units: Iterable[Unit], descents: Iterable[Descent], inherited: Sequence[Inheritance] | None = None
    ) -> None:
        self.units: dict[int, Unit] = {unit.id: unit for unit in units}
        self.ids: dict[str, int] = {unit.key: unit.id for unit in self.units.values()}
        self.nation_id: int = next(u.id for u in self.units.values() if u.level is UnitLevel.NATION)
        self._into: dict[int, list[Descent]] = defaultdict(list)
        self._out_of: dict[int, list[Descent]] = defaultdict(list)
        for descent in descents:
            self._into[descent.successor_id].append(descent)
            self._out_of[descent.predecessor_id].append(descent)
        self._given = inherited
        self._starts = self._days_of_change()
        self._eras: dict[int, Era] = {}

    @cached_property
    def _inherited(self) -> dict[int, list[Inheritance]]:
        """What each unit holds of closed ones."""
        rows = self._given
        if rows is None:
            rows = inheritances({unit.id: unit.level for unit in self.units.values()}, self.descents)
        found: dict[int, list[Inheritance]] = defaultdict(list)
        for row in rows:
            found[row.descendant_id].append(row)
        return found

    def _days_of_change(self) -> list[date]:
        days = {date.min}
        for unit in self.units.values():
            days.update(state.from_on for state in unit.states)
            if unit.closed_on:
                days.add(unit.closed_on + timedelta(days=1))
        return sorted(days)

    def era(self, on: date) -> Era:
        """The tree as it stood on that day."""
        number = bisect_right(self._starts, on)
        if number not in self._eras:
            self._eras[number] = self._build_era(on)
        return self._eras[number]

    def _build_era(self, on: date) -> Era:
        parent: dict[int, int] = {}
        children: dict[int, list[int]] = defaultdict(list)
        at_level: dict[UnitLevel, list[int]] = defaultdict(list)
        for unit in self.units.values():
            if not unit.is_open(on):
                continue
            at_level[unit.level].append(unit.id)
            above = unit.state(on).parent_id
            if above is not None:
                parent[unit.id] = above
                children[above].append(unit.id)
        return Era(
            parent, {k: tuple(v) for k, v in children.items()}, {level: tuple(ids) for level, ids in at_level.items()}
        )

    @cached_property
    def last_days_of_provinces(self) -> tuple[date, ...]:
        """The days after which a province was no more, newest first."""
        days = {unit.closed_on for unit in self.units.values() if unit.level is UnitLevel.PROVINCE and unit.closed_on}
        return tuple(sorted(days, reverse=True))

    def find(self, key: str) -> Unit | None:
        """The unit with that key, if any."""
        unit_id = self.ids.get(key)
        return None if unit_id is None else self.units[unit_id]

    def parent(self, unit_id: int, on: date) -> int | None:
        """Its parent on that day, or on the nearest day of its life."""
        return self.era(self.units[unit_id].within_life(on)).parent.get(unit_id)

    def ancestors(self, unit_id: int, on: date) -> tuple[int, ...]:
        """Parent, grandparent … nation, on that day or on the nearest day of its life."""
        era, above = self.era(self.units[unit_id].within_life(on)), []
        while (up := era.parent.get(unit_id)) is not None:
            above.append(up)
            unit_id = up
        return tuple(above)

    def children(self, unit_id: int, on: date) -> tuple[int, ...]:
        """Its children on that day."""
        return self.era(on).children.get(unit_id, ())

    def subtree(self, unit_id: int, on: date) -> frozenset[int]:
        """The unit and everything below it on that day."""
        era = self.era(on)
        if unit_id not in era.subtrees:
            found, todo = set(), [unit_id]
            while todo:
                one = todo.pop()
                found.add(one)
                todo.extend(era.children.get(one, ()))
            era.subtrees[unit_id] = frozenset(found)
        return era.subtrees[unit_id]

    def peers(self, unit_id: int, on: date) -> tuple[int, ...]:
        """Units of the same level and parent on that day, itself among them."""
        era = self.era(on)
        above, level = era.parent.get(unit_id), self.units[unit_id].level
        if above is None:
            return (unit_id,)
        return tuple(other for other in era.children[above] if self.units[other].level is level)

    def at_level(self, level: UnitLevel, on: date, within: int | None = None) -> tuple[int, ...]:
        """All units of a level on that day, or those of them below `within`."""
        ids = self.era(on).at_level.get(level, ())
        if within is None or within == self.nation_id:
            return ids
        below = self.subtree(within, on)
        return tuple(one for one in ids if one in below)

    @property
    def descents(self) -> tuple[Descent, ...]:
        """Every step from a closed unit to what took it over."""
        return tuple(descent for heirs in self._out_of.values() for descent in heirs)

    @property
    def inherited(self) -> tuple[Inheritance, ...]:
        """Every closed unit with every later unit that holds a share of it."""
        return tuple(row for rows in self._inherited.values() for row in rows)

    def inherited_by(self, unit_id: int) -> tuple[Inheritance, ...]:
        """The shares of closed units, of whatever level and age, that lie in this one."""
        return tuple(self._inherited.get(unit_id, ()))

    def descents_into(self, unit_id: int) -> tuple[Descent, ...]:
        """Where the unit came from, one step back."""
        return tuple(self._into.get(unit_id, ()))

    def descents_out_of(self, unit_id: int) -> tuple[Descent, ...]:
        """What became of the unit, one step on."""
        return tuple(self._out_of.get(unit_id, ()))

    def predecessors(self, unit_id: int) -> frozenset[int]:
        """Every closed unit whose area, or part of it, this one took over, however far back."""
        found: set[int] = set()
        todo = [unit_id]
        while todo:
            for descent in self._into.get(todo.pop(), ()):
                if descent.predecessor_id not in found:
                    found.add(descent.predecessor_id)
                    todo.append(descent.predecessor_id)
        return frozenset(found)

    def main_successor(self, unit_id: int) -> int | None:
        """The successor with the largest share, which reports the old area; None while the unit stands."""
        heirs = self._out_of.get(unit_id)
        return None if not heirs else max(heirs, key=lambda d: (d.share, -d.successor_id)).successor_id

    def composition(self, unit_id: int, on: date) -> tuple[tuple[int, Fraction], ...] | None:
        """The units of that day whose shares made up this one's area; None after its last day.

        Facts are never apportioned backwards, so a unit that was merged has nothing to show after its merger.
        """
        unit = self.units[unit_id]
        if unit.is_open(on):
            return ((unit_id, Fraction(1)),)
        if unit.closed_on is not None and on > unit.closed_on:
            return None
        shares = tuple(
            (row.predecessor_id, row.share)
            for row in self._inherited.get(unit_id, ())
            if (older := self.units[row.predecessor_id]).level is unit.level and older.is_open(on)
        )
        return shares or None
