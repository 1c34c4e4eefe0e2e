"""A straight line through yearly values, and how far it may lie from the true one. Least squares, no more.

Where chance moves a value and its parts are known, a year weighs as much as its births: its variance is that of a
binomial count at the rate of all years together. Where the years scatter more than chance explains, the scatter counts
instead (overdispersion). Elsewhere every year weighs the same, and the scatter around the line is all there is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

from data.judging.intervals import Z
from data.judging.judgement import Observed
from data.judging.student import student_quantile

LEAST_YEARS = 3
# What a straight line misses by less than this part of its values is rounding.
_NOISE = 1e-12


class Method(StrEnum):
    """How a line was laid through the years."""

    WEIGHTED_LEAST_SQUARES = "WEIGHTED_LEAST_SQUARES"
    ORDINARY_LEAST_SQUARES = "ORDINARY_LEAST_SQUARES"


@dataclass(frozen=True, slots=True)
class Trend:
    """The line through the values of `years`, ascending: its slope per year, and what its uncertainty follows from.

    `pulls` are how much each value moves the slope, `variances` those of the values; `quantile` is how many standard
    deviations make 95 %. `exact` says that a value of its own is what it is, as a complete count is: then only the
    slope is uncertain, and not where it starts from.
    """

    method: Method
    years: tuple[int, ...]
    slope: float
    quantile: float
    exact: bool
    pulls: tuple[float, ...]
    variances: tuple[float, ...]

    @property
    def low(self) -> float:
        """The lower end of the slope's 95 % interval."""
        return self.slope - self.quantile * self._deviation(self.pulls)

    @property
    def high(self) -> float:
        """Its upper end."""
        return self.slope + self.quantile * self._deviation(self.pulls)

    def reach(self, ahead: int, base_year: int | None = None, kept: float = 0.0) -> float:
        """Half the 95 % interval of what stands `ahead` years after the last value at this slope.

        With a base year, of its distance from the `kept` part of that year's value, which is one of the values.
        """
        parts = [ahead * pull for pull in self.pulls]
        if not self.exact:
            parts[-1] += 1.0
            if base_year in self.years:
                parts[self.years.index(base_year)] -= kept
        return self.quantile * self._deviation(parts)

    def _deviation(self, parts: Sequence[float]) -> float:
        return sqrt(sum(part * part * one for part, one in zip(parts, self.variances, strict=True)))


def trend_of(observed: Sequence[Observed]) -> Trend | None:
    """The trend of yearly values in order of their years; None of fewer than three. Values must be finite."""
    if len(observed) < LEAST_YEARS:
        return None
    by_chance = _variances_by_chance(observed)
    method = Method.WEIGHTED_LEAST_SQUARES if by_chance else Method.ORDINARY_LEAST_SQUARES
    weights = [1 / one for one in by_chance] if by_chance else [1.0] * len(observed)
    years = tuple(one.year for one in observed)
    last = float(observed[-1].value or 0)
    # Held against the last value and the last year, so that the size of neither costs digits.
    values, places = [float(one.value or 0) - last for one in observed], [year - years[-1] for year in years]
    total = sum(weights)
    centre = sum(weight * place for weight, place in zip(weights, places, strict=True)) / total
    spread = sum(weight * (place - centre) ** 2 for weight, place in zip(weights, places, strict=True))
    pulls = tuple(weight * (place - centre) / spread for weight, place in zip(weights, places, strict=True))
    slope = sum(pull * value for pull, value in zip(pulls, values, strict=True))
    middle = sum(weight * value for weight, value in zip(weights, values, strict=True)) / total
    scale = _NOISE * max(abs(last), *map(abs, values))
    misses = [value - middle - slope * (place - centre) for value, place in zip(values, places, strict=True)]
    misses = [0.0 if abs(one) <= scale else one for one in misses]
    freedom = len(observed) - 2
    scatter = sum(weight * miss * miss for weight, miss in zip(weights, misses, strict=True)) / freedom
    if by_chance:
        # What chance explains is known; only what goes beyond it was found from so few years (Satterthwaite).
        quantile = Z if scatter <= 1 else student_quantile(freedom * (scatter / (scatter - 1)) ** 2)
        variances = tuple(one * max(scatter, 1.0) for one in by_chance)
    else:
        quantile, variances = student_quantile(freedom), (scatter,) * len(observed)
    exact = not observed[-1].chance and all(one.numerator is not None for one in observed)
    return Trend(method, years, slope, quantile, exact, pulls, variances)


def _variances_by_chance(observed: Sequence[Observed]) -> tuple[float, ...] | None:
    """The variance that chance gives each year's value; None where chance does not move them or no parts say how.

    It is worked out at the rate of all years together, half a case added, so that a year without any case is no sure
    thing and a year of many does not weigh less for having them.
    """
    if not all(one.chance and one.numerator is not None and one.denominator is not None for one in observed):
        return None
    share, factor = observed[0].share, observed[0].factor
    parts = [float(one.numerator or 0) for one in observed]
    wholes = [float(one.denominator or 0) + (0 if share else part) for one, part in zip(observed, parts, strict=True)]
    if any(not 0 <= part <= whole or whole <= 0 for part, whole in zip(parts, wholes, strict=True)):
        return None
    rate = (sum(parts) + 0.5) / (sum(wholes) + 1)
    # Of a ratio of two opposite parts: as steep as the ratio grows with the share of the one.
    steepness = factor if share else factor / (1 - rate) ** 2
    return tuple(steepness**2 * rate * (1 - rate) / whole for whole in wholes)
