"""Who reports quarters in the illustrative results, before and since the mergers of July 2025.

Most provinces report for themselves. The provinces of the demo's accounts are counted by their districts, and since
districts are no more, by their communes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from data.demo.cells import LAST_DAY_BEFORE, Cells, draw_cells, origins
from data.demo.counting import Residents
from data.demo.levels import ProvinceFacts, province_levels, residents_on_new_year, shared_out
from data.demo.rates import Draw, FloatArray, IntArray, Levels, mixed, spread
from data.kinds import UnitKind, UnitLevel
from data.units.tree import UnitTree

MERGED_ON = date(2025, 7, 1)
COUNTED_BY_DISTRICTS = ("p27", "p31", "p04", "p74")
COUNTED_BY_COMMUNES = ("p24-2025", "p31-2025", "p04", "p79-2025")

_URBAN = frozenset({UnitKind.WARD, UnitKind.CITY, UnitKind.TOWN, UnitKind.URBAN_DISTRICT})


@dataclass(frozen=True, slots=True)
class Era:
    """The provinces of an era and the places that count in it.

    `province_of` holds each place's number among the provinces, `sizes` how a province's people are shared out.
    """

    provinces: IntArray
    places: IntArray
    province_of: IntArray
    province_levels: Levels
    place_levels: Levels
    sizes: FloatArray

    def by_province(self, counts: IntArray) -> IntArray:
        """The sum of the places of each province."""
        # Sums of whole numbers far below 2**53 stay exact as floats.
        return np.bincount(self.province_of, counts, len(self.provinces)).astype(np.int64)

    def by_place(self, totals: IntArray) -> IntArray:
        """Totals of provinces shared out to their places by size."""
        return shared_out(totals, self.province_of, self.sizes)


def two_eras(tree: UnitTree, facts: Sequence[ProvinceFacts], draw: Draw) -> tuple[Era, Era]:
    """The provinces until 30/06/2025, in the order of the facts, and those from 01/07/2025."""
    levels = province_levels(facts, draw)
    provinces = [one.unit_id for one in facts]
    places, province_of = _divided(tree, provinces, COUNTED_BY_DISTRICTS, LAST_DAY_BEFORE)
    cells = draw_cells(tree, places, draw)
    sizes = np.array([cells.weight_of(place) for place in places])
    urban = _urban(tree, places, LAST_DAY_BEFORE)
    parted = spread(_taken(levels, province_of), urban, _parts(tree, places), draw)
    before = Era(np.array(provinces), np.array(places), province_of, levels, parted, sizes)
    return before, _since(tree, before, cells, np.array([one.population_2024 for one in facts]), draw)


def _since(tree: UnitTree, before: Era, cells: Cells, people: IntArray, draw: Draw) -> Era:
    provinces = sorted(tree.at_level(UnitLevel.PROVINCE, MERGED_ON), key=lambda one: tree.units[one].key)
    joined = merger(tree, before.provinces, np.array(provinces)) * people
    levels = mixed(before.province_levels, joined / joined.sum(axis=1, keepdims=True))
    places, province_of = _divided(tree, provinces, COUNTED_BY_COMMUNES, MERGED_ON)
    came = _people_from(tree, before, cells, people, places)
    sizes = came.sum(axis=1)
    inherited = mixed(before.place_levels, came / sizes[:, np.newaxis])
    # A district's towns already had what towns have; only communes of undivided provinces get it now.
    divided = np.isin(before.places, before.provinces, invert=True)
    urban = np.where(divided[came.argmax(axis=1)], 0.0, _urban(tree, places, MERGED_ON))
    parted = spread(inherited, urban, _parts(tree, places), draw)
    return Era(np.array(provinces), np.array(places), province_of, levels, parted, sizes)


def merger(tree: UnitTree, before: IntArray, since: IntArray) -> IntArray:
    """One row for each province since, one column for each before: 1 where it was merged into it, else 0."""
    column = {int(unit_id): number for number, unit_id in enumerate(before)}
    matrix = np.zeros((len(since), len(before)), dtype=np.int64)
    for row, unit_id in enumerate(since):
        for older, share in origins(tree, int(unit_id)):
            if share != 1:
                raise ValueError(f"{tree.units[older].key} was divided: its illustrative counts cannot be added up")
            matrix[row, column[older]] = 1
    return matrix


def first_residents(before: Era, facts: Sequence[ProvinceFacts], year: int) -> Residents:
    """Who lived in each place on the 1 January on which the illustrative results begin."""
    people = before.by_place(residents_on_new_year(facts, before.province_levels, year))
    return Residents(people, people)


def carried_over(tree: UnitTree, before: Era, since: Era, residents: Residents) -> Residents:
    """The same residents in the places of the next era: nobody is lost, and 1 January is theirs too."""
    joined = merger(tree, before.provinces, since.provinces)
    new_year, now = (joined @ before.by_province(people) for people in (residents.new_year, residents.now))
    return Residents(since.by_place(new_year), since.by_place(now))


def _divided(tree: UnitTree, provinces: list[int], divided: Sequence[str], on: date) -> tuple[list[int], IntArray]:
    """The places that count, and for each the number of its province."""
    places: list[int] = []
    province_of: list[int] = []
    for number, unit_id in enumerate(provinces):
        parts = [unit_id]
        if tree.units[unit_id].key in divided:
            parts = sorted(tree.children(unit_id, on), key=lambda one: tree.units[one].key)
        places += parts
        province_of += [number] * len(parts)
    return places, np.array(province_of)


def _people_from(tree: UnitTree, before: Era, cells: Cells, people: IntArray, places: list[int]) -> FloatArray:
    """One row for each place of today, one column for each place before: how many people went from there to here."""
    column = {int(place): number for number, place in enumerate(before.places)}
    totals = np.bincount(before.province_of, before.sizes, len(people))
    per_weight = (people / totals)[before.province_of]
    matrix = np.zeros((len(places), len(before.places)))
    for row, place in enumerate(places):
        for older, share in origins(tree, place):
            for cell, weight in _cells_within(cells, older):
                origin = column[cells.places[cell]]
                matrix[row, origin] += share * weight * per_weight[origin]
    return matrix


def _cells_within(cells: Cells, unit_id: int) -> list[tuple[int, float]]:
    if unit_id in cells.weights:
        return [(unit_id, cells.weights[unit_id])]
    return [(cell, cells.weights[cell]) for cell, place in cells.places.items() if place == unit_id]


def _parts(tree: UnitTree, places: list[int]) -> FloatArray:
    return np.array([float(tree.units[one].level is not UnitLevel.PROVINCE) for one in places])


def _urban(tree: UnitTree, places: list[int], on: date) -> FloatArray:
    return np.array([float(tree.units[one].state(on).kind in _URBAN) for one in places])


def _taken(levels: Levels, province_of: IntArray) -> Levels:
    return {name: level[province_of] for name, level in levels.items()}
