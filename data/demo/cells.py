"""The communes that stood before July 2025, with a weight each: what their districts and successors are sized by."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np

from data.demo.rates import Draw
from data.kinds import UnitKind, UnitLevel
from data.units.tree import UnitTree

LAST_DAY_BEFORE = date(2025, 6, 30)

# How many people live in one beside the others of its province, and how much that varies.
_WEIGHT = {UnitKind.WARD: 1.3, UnitKind.TOWNSHIP: 1.2}
_ISLAND_WEIGHT = 0.1
_SPREAD = 0.35


@dataclass(frozen=True, slots=True)
class Cells:
    """The weight of every commune, and of every island district without communes, in some provinces."""

    weights: dict[int, float]
    places: dict[int, int]

    def weight_of(self, place_id: int) -> float:
        """The weight of a district or province: the sum of its cells."""
        return sum(self.weights[cell] for cell, place in self.places.items() if place == place_id)


def draw_cells(tree: UnitTree, places: Iterable[int], draw: Draw) -> Cells:
    """The cells of these districts and provinces, in order of key."""
    weights: dict[int, float] = {}
    place_of: dict[int, int] = {}
    for place in places:
        cells = _cells_of(tree, place)
        chance = np.exp(draw.normal(0.0, _SPREAD, len(cells)))
        weights |= {cell: _weight(tree, cell) * float(luck) for cell, luck in zip(cells, chance, strict=True)}
        place_of |= dict.fromkeys(cells, place)
    return Cells(weights, place_of)


def _cells_of(tree: UnitTree, place_id: int) -> list[int]:
    below = tree.subtree(place_id, LAST_DAY_BEFORE)
    parts = [one for one in below if not tree.children(one, LAST_DAY_BEFORE)]
    return sorted(parts, key=lambda one: tree.units[one].key)


def _weight(tree: UnitTree, cell: int) -> float:
    unit = tree.units[cell]
    if unit.level is not UnitLevel.COMMUNE:
        return _ISLAND_WEIGHT
    return _WEIGHT.get(unit.state(LAST_DAY_BEFORE).kind, 1.0)


def origins(tree: UnitTree, unit_id: int) -> list[tuple[int, float]]:
    """The units before the mergers that a unit of today was made of, each with the share of it that went in."""
    composed = tree.composition(unit_id, LAST_DAY_BEFORE)
    if composed is not None:
        return [(older, float(share)) for older, share in composed]
    # An island district without communes became a special zone: another level, so no composition.
    return [(one.predecessor_id, float(one.share)) for one in tree.descents_into(unit_id)]
