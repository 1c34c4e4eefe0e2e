"""One quarter of many places, counted person by person: parts only, and each part within what it is a part of."""

from dataclasses import dataclass

import numpy as np

from data.demo.rates import Draw, FloatArray, IntArray, Levels, rate_at
from data.periods import Period

# The counts of many places, by the key of the element.
Counts = dict[str, IntArray]

# How the quarters share a year.
_BIRTHS = (0.236, 0.237, 0.264, 0.263)
_DEATHS = (0.27, 0.24, 0.23, 0.26)
_MARRIAGES = (0.25, 0.19, 0.19, 0.37)
_HEALTH_CHECKS = (0.16, 0.25, 0.25, 0.34)
# Some are examined in two quarters of one year; a year counts them once.
EXAMINED_ONCE = 0.95
_METHODS = ("iud", "implant", "injection", "pill", "condom", "sterilisation")


@dataclass(frozen=True, slots=True)
class Residents:
    """How many people lived in each place on 1 January and live there now."""

    new_year: IntArray
    now: IntArray


def count_quarter(levels: Levels, before: Residents, quarter: Period, draw: Draw) -> tuple[Counts, Residents]:
    """What each place counts in the quarter, and its residents on the last day.

    The residents at the end are those at the start, plus births and moves in, less deaths and moves out.
    """
    chance = _Chance(levels, quarter, draw)
    start = before.now if quarter.starts_in_january else before.new_year
    counts = _births(chance, before.now)
    counts |= _deaths_and_moves(chance, before.now)
    end = before.now + counts["births_boys"] + counts["births_girls"] - counts["deaths"]
    end = end + counts["moves_in"] - counts["moves_out"]
    counts |= _marriages(chance, before.now)
    counts |= _stocks(chance, start, end)
    counts |= _screening(chance, before.now, counts["births_boys"] + counts["births_girls"])
    counts |= _elderly(chance, end)
    counts |= _contraception(chance, end, counts["women_15_49"], counts["married_women_15_49"])
    return counts, Residents(start, end)


@dataclass(frozen=True, slots=True)
class _Chance:
    """The rates of one quarter and the draws from them."""

    levels: Levels
    quarter: Period
    draw: Draw

    def rate(self, name: str) -> FloatArray:
        return rate_at(self.levels, name, self.quarter.year + (self.quarter.quarter - 0.5) / 4, self.draw)

    def events(self, name: str, people: IntArray, season: tuple[float, ...] = (0.25,) * 4) -> IntArray:
        """How often it happened to so many people in this quarter of the year."""
        return self.draw.poisson(people * self.rate(name) * season[self.quarter.quarter - 1])

    def of_these(self, name: str, these: IntArray) -> IntArray:
        """How many of these, one by one, it was true of."""
        return self.draw.binomial(these, self.rate(name))

    def part(self, name: str, whole: IntArray) -> IntArray:
        """The part of a stock: it changes slowly, so it is not drawn anew each quarter."""
        return np.rint(whole * self.rate(name)).astype(np.int64)


def _births(chance: _Chance, people: IntArray) -> Counts:
    births = chance.events("births", people, _BIRTHS)
    boys = chance.of_these("boys", births)
    second_rate, third_rate = chance.rate("second"), chance.rate("third")
    third = chance.draw.binomial(births, third_rate)
    # Of those that are not third children, so that both together never exceed the births.
    second = chance.draw.binomial(births - third, np.minimum(second_rate / (1 - third_rate), 1.0))
    return {
        "births_boys": boys,
        "births_girls": births - boys,
        "births_second": second,
        "births_third_plus": third,
        "births_mother_under_20": chance.of_these("mother_under_20", births),
    }


def _deaths_and_moves(chance: _Chance, people: IntArray) -> Counts:
    season = 0.25
    turnover, net = chance.rate("turnover"), chance.rate("net_migration")
    return {
        "deaths": chance.events("deaths", people, _DEATHS),
        "moves_in": chance.draw.poisson(people * np.maximum(turnover + net / 2, 0.001) * season),
        "moves_out": chance.draw.poisson(people * np.maximum(turnover - net / 2, 0.001) * season),
    }


def _marriages(chance: _Chance, people: IntArray) -> Counts:
    marriages = chance.events("marriages", people, _MARRIAGES)
    return {
        "marriages": marriages,
        "marriages_underage": chance.of_these("underage", marriages),
        "marriages_consanguineous": chance.of_these("consanguineous", marriages),
        "marriages_examined": chance.of_these("examined", marriages),
        "divorces": chance.events("divorces", people),
    }


def _stocks(chance: _Chance, start: IntArray, end: IntArray) -> Counts:
    women = chance.part("women", end)
    return {
        "households": np.rint(end / chance.rate("household_size")).astype(np.int64),
        "population": end,
        "population_average": (start + end + 1) // 2,
        "women_15_49": women,
        "married_women_15_49": chance.part("married", women),
    }


def _screening(chance: _Chance, people: IntArray, births: IntArray) -> Counts:
    managed = chance.draw.poisson(people * chance.rate("births") * chance.rate("managed") / 4)
    screened = chance.of_these("screened", managed)
    newborns = chance.of_these("newborns", births)
    return {
        "pregnancies_managed": managed,
        "pregnancies_screened": screened,
        "pregnancies_screened_4": chance.of_these("screened_4", screened),
        "newborns_screened": newborns,
        "newborns_screened_5": chance.of_these("newborns_5", newborns),
    }


def _elderly(chance: _Chance, people: IntArray) -> Counts:
    elderly = chance.part("elderly", people)
    # A year's coverage reached with a few examined twice; see EXAMINED_ONCE.
    quarterly = chance.rate("checked") * _HEALTH_CHECKS[chance.quarter.quarter - 1] / EXAMINED_ONCE
    return {
        "elderly": elderly,
        "elderly_examined": chance.draw.binomial(elderly, quarterly),
        "elderly_hi_managed": chance.part("insured_care", elderly),
    }


def _contraception(chance: _Chance, people: IntArray, women: IntArray, married: IntArray) -> Counts:
    users = chance.part("modern_married", married)
    counts = {
        "users_modern_married": users,
        "users_modern_all": users + chance.part("modern_unmarried", women - married),
        "unintended_pregnancies_youth": chance.events("unintended", people),
    }
    return counts | {f"new_users_{method}": chance.events(method, women) for method in _METHODS}
