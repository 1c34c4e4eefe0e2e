"""The illustrative quarters one after the other, and the provinces' years that follow from them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from data.catalogue.model import Catalogue
from data.demo.counting import EXAMINED_ONCE, Counts, count_quarter
from data.demo.eras import MERGED_ON, Era, carried_over, first_residents, merger, two_eras
from data.demo.levels import ProvinceFacts
from data.demo.rates import Draw, IntArray, rate_at
from data.kinds import Aggregation, UnitLevel
from data.periods import Period, quarters_between
from data.units.tree import UnitTree

FIRST_QUARTER = Period.of_quarter(2023, 1)


@dataclass(frozen=True, slots=True)
class Counted:
    """What the places of an era counted in a quarter, or its provinces in a year, in the order of `units`."""

    period: Period
    era: Era
    units: IntArray
    counts: Counts


def draws(seed: int, *purpose: int) -> Draw:
    """The random numbers of one purpose. Each quarter has its own, so that a later day changes no earlier number."""
    return np.random.Generator(np.random.PCG64([seed, *purpose]))


def count_quarters(tree: UnitTree, facts: Sequence[ProvinceFacts], last: Period, seed: int) -> list[Counted]:
    """All quarters from the first of 2023 to `last`."""
    before, since = two_eras(tree, facts, draws(seed, 0))
    era, residents = before, first_residents(before, facts, FIRST_QUARTER.year)
    counted = []
    for period in quarters_between(FIRST_QUARTER, last):
        if era is before and period.last_day >= MERGED_ON:
            era, residents = since, carried_over(tree, before, since, residents)
        counts, residents = count_quarter(
            era.place_levels, residents, period, draws(seed, period.year, period.quarter)
        )
        counted.append(Counted(period, era, era.places, counts))
    return counted


def count_years(tree: UnitTree, catalogue: Catalogue, quarters: Sequence[Counted], seed: int) -> list[Counted]:
    """The years of which all four quarters were counted, for the provinces of the year's last day.

    What adds up is the sum of the quarters, predecessors' included; a stock is that of the last quarter.
    """
    years = []
    for last in (quarter for quarter in quarters if quarter.period.quarter == 4):
        four = [quarter for quarter in quarters if quarter.period.year == last.period.year]
        tables = [_in_provinces_of(tree, last.era, quarter) for quarter in four]
        counts = {key: _year_of(catalogue, key, [table[key] for table in tables]) for key in last.counts}
        counts["elderly_examined"] = np.minimum(counts["elderly_examined"], counts["elderly"])
        draw = draws(seed, last.period.year, 0)
        counts |= _only_yearly(tree, last, counts, draw)
        years.append(Counted(Period.of_year(last.period.year), last.era, last.era.provinces, counts))
    return years


def _in_provinces_of(tree: UnitTree, era: Era, quarter: Counted) -> Counts:
    """The quarter's sums for the provinces of `era`, into which those of the quarter's own era may have been merged."""
    sums = {key: quarter.era.by_province(values) for key, values in quarter.counts.items()}
    if quarter.era is era:
        return sums
    joined = merger(tree, quarter.era.provinces, era.provinces)
    return {key: joined @ values for key, values in sums.items()}


def _year_of(catalogue: Catalogue, key: str, quarters: Sequence[IntArray]) -> IntArray:
    kind = catalogue.element(key).aggregation
    if kind is Aggregation.STOCK:
        return quarters[-1]
    total: IntArray = np.sum(quarters, axis=0)
    if kind is Aggregation.FLOW:
        return total
    # Each person counts once in the year: fewer than the quarters together, never fewer than in one of them.
    once = np.rint(total * EXAMINED_ONCE).astype(np.int64)
    counted: IntArray = np.max([once, *quarters], axis=0)
    return counted


def _only_yearly(tree: UnitTree, last: Counted, counts: Counts, draw: Draw) -> Counts:
    """What only the yearly form asks for."""

    def part(name: str, whole: IntArray) -> IntArray:
        rate = rate_at(last.era.province_levels, name, last.period.year + 1.0, draw)
        return np.rint(whole * rate).astype(np.int64)

    day = last.period.last_day
    communes = np.array([len(tree.at_level(UnitLevel.COMMUNE, day, int(one))) for one in last.era.provinces])
    return {
        "population_in_register": part("registered", counts["population"]),
        "deaths_monitored": part("deaths_checked", counts["deaths"]),
        "communes_total": communes,
        "communes_screening_point": part("screening_point", communes),
        "elderly_hi_examined": part("checked_insured", counts["elderly_examined"]),
        "elderly_with_records": part("health_record", counts["elderly"]),
    }
