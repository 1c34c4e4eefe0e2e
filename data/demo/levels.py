"""From published facts to the levels of each province before July 2025: what is known is kept, the rest is drawn.

Known are the population of 2024, the crude rates of 2020, the region, the fertility zone and the sex-ratio group.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from data.demo.rates import RATES, Draw, FloatArray, IntArray, Levels, on_scale

# Births fell by a fifth between the preliminary rates of 2020 and some 1.3 million births in 2024.
_BIRTHS_SINCE_2020 = 0.80

# Boys per 100 girls in the middle of 2024 and the share of third children, by the groups that the ministry put the
# province in.
_SEX_RATIO = {"srb-over-112": 113.6, "srb-109-112": 110.9, "srb-under-109": 107.6}
_THIRD_CHILDREN = {"zone-high": 0.22, "zone-replacement": 0.115, "zone-low": 0.06}

# What a region adds to the nation's level, on the rate's scale, in this order. Services come later to the mountains,
# where people also marry earlier; people move to the deltas' factories, and the young leave the Mekong delta.
_REGIONS = (
    "region63-tdmnpb", "region63-dbsh", "region63-btb-dhmt", "region63-tn", "region63-dnb", "region63-dbscl",
)  # fmt: skip
_SERVICES = (-0.65, 0.35, -0.05, -0.55, 0.4, -0.1)
_NOTHING = (0.0,) * len(_REGIONS)
_REGION_SHIFTS: dict[str, tuple[float, ...]] = {
    "boys": (0.009, 0.0055, 0.0, 0.0, 0.0, -0.0055),
    "third": (0.1, -0.1, 0.0, 0.2, 0.0, 0.0),
    "mother_under_20": (1.0, -0.5, 0.0, 0.9, -0.3, 0.0),
    "elderly": (-0.2, 0.15, 0.08, -0.4, -0.25, 0.1),
    "net_migration": (-0.001, 0.0015, -0.002, 0.0, 0.004, -0.0045),
    "underage": (2.0, -1.0, 0.0, 1.8, -0.6, 0.0),
    "consanguineous": (1.5, 0.0, 0.0, 1.4, 0.0, 0.0),
    "registered": (-0.3, 0.0, 0.0, -0.3, 0.0, 0.0),
    "examined": _SERVICES,
    "screened": _SERVICES,
    "screened_4": _SERVICES,
    "newborns": _SERVICES,
    "newborns_5": _SERVICES,
    "screening_point": _SERVICES,
}


@dataclass(frozen=True, slots=True)
class ProvinceFacts:
    """What is known of a province before the mergers; rates per thousand, as published for 2020."""

    unit_id: int
    population_2024: int
    births_2020: float
    deaths_2020: float
    region: str
    fertility_zone: str
    sex_ratio_group: str


def province_levels(provinces: Sequence[ProvinceFacts], draw: Draw) -> Levels:
    """The level of every rate in each province, in the order given."""
    levels: Levels = {
        name: on_scale(rate, rate.level) + _shift(name, provinces) + draw.normal(0.0, rate.between, len(provinces))
        for name, rate in RATES.items()
    }
    published = {
        "births": [one.births_2020 / 1000 * _BIRTHS_SINCE_2020 for one in provinces],
        "deaths": [one.deaths_2020 / 1000 for one in provinces],
        "boys": [1 - 1 / (1 + _SEX_RATIO[one.sex_ratio_group] / 100) for one in provinces],
        "third": [_THIRD_CHILDREN[one.fertility_zone] for one in provinces],
    }
    for name, values in published.items():
        rate = RATES[name]
        levels[name] += on_scale(rate, np.array(values)) - on_scale(rate, rate.level)
    return levels


def _shift(name: str, provinces: Sequence[ProvinceFacts]) -> FloatArray:
    shifts = dict(zip(_REGIONS, _REGION_SHIFTS.get(name, _NOTHING), strict=True))
    return np.array([shifts[one.region] for one in provinces])


def residents_on_new_year(provinces: Sequence[ProvinceFacts], levels: Levels, year: int) -> IntArray:
    """Residents on 1 January, such that the average population of 2024 comes out near the published one."""
    growth = np.exp(levels["births"]) - np.exp(levels["deaths"]) + levels["net_migration"]
    published = np.array([one.population_2024 for one in provinces], dtype=np.float64)
    return np.rint(published * np.exp(-growth * (2024.5 - year))).astype(np.int64)


def shared_out(total: IntArray, places: IntArray, weights: FloatArray) -> IntArray:
    """Each total shared out to its places by weight, in whole numbers that add up to it again.

    `places` holds for each place the number of its total; every total must have a place.
    """
    sums = np.bincount(places, weights, len(total))
    exact = total[places] * (weights / sums[places])
    shared = np.floor(exact).astype(np.int64)
    left = total - np.bincount(places, shared, len(total)).astype(np.int64)
    # The places with the largest remainders get one more each, until nothing is left.
    order = np.lexsort((-(exact - shared), places))
    firsts = np.searchsorted(places[order], np.arange(len(total)))
    rank = np.arange(len(places)) - firsts[places[order]]
    shared[order] += rank < left[places[order]]
    return shared
