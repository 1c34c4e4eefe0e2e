"""What a change set means by the names in it: units that stand and units that it opens."""

from collections.abc import Collection, Mapping
from datetime import date

from data.kinds import UnitLevel
from data.units.changes.model import ChangeSet, Opening
from data.units.tree import Unit, UnitTree
from data.wording.units import unit_title

_PREFIX = {UnitLevel.PROVINCE: "p", UnitLevel.DISTRICT: "d", UnitLevel.COMMUNE: "c"}
DIGITS = {UnitLevel.PROVINCE: 2, UnitLevel.DISTRICT: 3, UnitLevel.COMMUNE: 5}


def key_of(opening: Opening, on: date, taken: Collection[str]) -> str:
    """The key of a unit that opens: level, code and year, for codes are used again; a number more where even that is.

    Shape: `p24-2025`, `c01273-2026-2`.
    """
    first = f"{_PREFIX.get(opening.level, 'u')}{opening.code}-{on.year}"
    key, number = first, 1
    while key in taken:
        number += 1
        key = f"{first}-{number}"
    return key


class Names:
    """Finds units by key within the reach, and units that open by ref. Units that open get numbers after all others.

    `reserved` are keys of units that never were in force: the tree does not hold them, and they are not used again.
    """

    def __init__(
        self,
        tree: UnitTree,
        change_set: ChangeSet,
        reach: Collection[int] | None = None,
        reserved: Collection[str] = (),
    ) -> None:
        self._tree = tree
        self._reach = reach
        self.on = change_set.on
        self.openings: dict[str, Opening] = {}
        self.doubled: set[str] = set()
        for reshape in change_set.reshapes:
            for opening in reshape.opens:
                if opening.ref in self.openings or opening.ref in tree.ids:
                    self.doubled.add(opening.ref)
                self.openings.setdefault(opening.ref, opening)
        first = max(tree.units) + 1
        self.numbers: dict[str, int] = {ref: first + place for place, ref in enumerate(self.openings)}
        self.keys: dict[str, str] = {}
        taken = {*tree.ids, *reserved, *(one.key for one in self.openings.values() if one.key)}
        for ref, opening in self.openings.items():
            self.keys[ref] = opening.key or key_of(opening, self.on, taken)
            taken.add(self.keys[ref])

    def standing(self, key: str) -> Unit | None:
        """The unit of the tree with that key, where it lies within reach."""
        unit = self._tree.find(key)
        return None if unit is None or (self._reach is not None and unit.id not in self._reach) else unit

    def number(self, name: str) -> int | None:
        """The number of a unit that stands or opens."""
        if name in self.numbers:
            return self.numbers[name]
        unit = self.standing(name)
        return None if unit is None else unit.id

    def level(self, name: str) -> UnitLevel | None:
        """Its level."""
        if name in self.openings:
            return self.openings[name].level
        unit = self.standing(name)
        return None if unit is None else unit.level

    def title(self, name: str) -> str:
        """What a sentence calls it: kind and name, or the name as it was given where there is no such unit."""
        if name in self.openings:
            return unit_title(self.openings[name].kind, self.openings[name].name)
        unit = self.standing(name)
        return name if unit is None else title_on(unit, self.on)


def title_on(unit: Unit, on: date) -> str:
    """A unit's kind and name on a day, in the reader's language."""
    state = unit.state(on)
    return unit_title(state.kind, state.name)


def titles(tree: UnitTree, on: date) -> Mapping[int, str]:
    """The titles of every unit of a tree."""
    return {unit.id: title_on(unit, on) for unit in tree.units.values()}
