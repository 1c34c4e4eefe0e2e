"""How the illustrative rates vary: over the nation's provinces, within a province, over the years and by chance.

Every rate lives on a scale on which effects add up: a logarithm for what happens so often per head, a logit for
shares, the plain number for net migration. Levels are those of the middle of 2024.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
# The level of each rate at each place, on the rate's own scale.
Levels = dict[str, FloatArray]
Draw = np.random.Generator

MIDDLE = 2024.5


class Scale(StrEnum):
    """Where effects add up."""

    LOG = "LOG"
    LOGIT = "LOGIT"
    PLAIN = "PLAIN"


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate's level in the nation and, on its scale, what moves it.

    `yearly` is its trend, `between` and `within` the spread of provinces and of the parts of one province, `urban` what
    wards, towns and cities add, `jitter` what changes from one quarter to the next for no reason.
    """

    level: float
    scale: Scale = Scale.LOGIT
    yearly: float = 0.0
    between: float = 0.0
    within: float = 0.0
    urban: float = 0.0
    jitter: float = 0.0


def _often(level: float, yearly: float = 0.0, between: float = 0.15, within: float = 0.2, urban: float = 0.0) -> Rate:
    return Rate(level, Scale.LOG, yearly, between, within, urban, 0.03)


def _covers(level: float, yearly: float = 0.2, between: float = 0.3, within: float = 0.3, urban: float = 0.3) -> Rate:
    return Rate(level, Scale.LOGIT, yearly, between, within, urban, 0.06)


def _share(level: float, yearly: float = 0.0, between: float = 0.05, within: float = 0.08, urban: float = 0.0) -> Rate:
    return Rate(level, Scale.LOGIT, yearly, between, within, urban, 0.002)


# Births, deaths, boys and third children are moved to the level of published facts and groups; see levels.py.
RATES: dict[str, Rate] = {
    "births": Rate(0.0131, Scale.LOG, -0.012, 0.0, 0.08, -0.04, 0.015),
    "deaths": Rate(0.0060, Scale.LOG, 0.004, 0.0, 0.12, -0.05, 0.02),
    "boys": Rate(0.527, Scale.LOGIT, -0.0018, 0.008, 0.006),
    "second": Rate(0.40, Scale.LOGIT, 0.0, 0.05, 0.05),
    "third": Rate(0.14, Scale.LOGIT, -0.02, 0.15, 0.15, -0.15),
    "mother_under_20": Rate(0.032, Scale.LOGIT, -0.04, 0.2, 0.3, -0.4),
    "net_migration": Rate(0.0015, Scale.PLAIN, 0.0, 0.001, 0.002, 0.001),
    "turnover": _often(0.018, within=0.15, urban=0.2),
    "household_size": Rate(3.55, Scale.LOG, -0.005, 0.04, 0.04, -0.05, 0.001),
    "women": _share(0.252, yearly=-0.006, between=0.03, urban=0.05),
    "married": _share(0.665),
    "elderly": _share(0.143, yearly=0.035, between=0.06),
    "marriages": _often(0.0058, yearly=-0.01, between=0.08, within=0.1),
    "underage": Rate(0.004, Scale.LOGIT, -0.12, 0.3, 0.4, -0.8, 0.1),
    "consanguineous": Rate(0.00006, Scale.LOGIT, -0.15, 0.3, 0.4, -0.5),
    "examined": _covers(0.66, yearly=0.24),
    "divorces": _often(0.00055, yearly=0.02, urban=0.2),
    "managed": Rate(1.01, Scale.LOG, 0.0, 0.01, 0.02, 0.0, 0.02),
    "screened": _covers(0.70),
    "screened_4": _covers(0.60, yearly=0.26),
    "newborns": _covers(0.71, yearly=0.22),
    "newborns_5": _covers(0.74, yearly=0.24),
    "checked": _covers(0.66, yearly=0.2),
    "insured_care": _covers(0.955, yearly=0.3),
    "checked_insured": _covers(0.965, yearly=0.15, within=0.1),
    "health_record": _covers(0.90, yearly=0.25),
    "modern_married": _covers(0.685, yearly=0.03, between=0.12, within=0.12, urban=0.0),
    "modern_unmarried": _covers(0.125, yearly=0.04, between=0.15, within=0.15, urban=0.1),
    "iud": _often(0.0185, yearly=-0.03),
    "implant": _often(0.0011, yearly=0.06, between=0.3),
    "injection": _often(0.0045, between=0.3),
    "pill": _often(0.0455),
    "condom": _often(0.0485, yearly=0.02, urban=0.1),
    "sterilisation": _often(0.00009, yearly=-0.1),
    "unintended": _often(0.00009, yearly=-0.12, between=0.3, within=0.3),
    "registered": _covers(0.983, yearly=0.3),
    "deaths_checked": _covers(0.90, yearly=0.35),
    "screening_point": _covers(0.66, yearly=0.3),
}


def on_scale(rate: Rate, value: FloatArray | float) -> FloatArray:
    """A rate, or rates, put on the scale on which effects add up."""
    numbers = np.asarray(value, dtype=np.float64)
    if rate.scale is Scale.LOG:
        return np.log(numbers)
    if rate.scale is Scale.LOGIT:
        return np.log(numbers / (1 - numbers))
    return numbers


def _off_scale(rate: Rate, level: FloatArray) -> FloatArray:
    if rate.scale is Scale.LOG:
        return np.exp(level)
    if rate.scale is Scale.LOGIT:
        return 1 / (1 + np.exp(-level))
    return level


def rate_at(levels: Levels, name: str, moment: float, draw: Draw) -> FloatArray:
    """The rate of each place at a moment such as 2025.125, with its trend and a little chance."""
    rate, level = RATES[name], levels[name]
    shifted = level + rate.yearly * (moment - MIDDLE)
    if rate.jitter:
        shifted = shifted + draw.normal(0.0, rate.jitter, len(level))
    return _off_scale(rate, shifted)


def spread(levels: Levels, urban: FloatArray, parts: FloatArray, draw: Draw) -> Levels:
    """The levels of places, from those of where they belong. `parts` is 1 for a part of a province, `urban` for a town.

    A province that counts for itself keeps its own. Two parts in five are taken to be urban, so that their province
    stays where it was.
    """
    return {
        name: levels[name] + parts * (rate.urban * (urban - 0.4) + draw.normal(0.0, rate.within, len(parts)))
        for name, rate in RATES.items()
    }


def mixed(levels: Levels, weights: FloatArray) -> Levels:
    """The levels of merged provinces: each row of `weights` holds the shares of those before, and sums to one."""
    return {name: weights @ level for name, level in levels.items()}
