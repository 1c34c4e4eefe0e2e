"""Student's t: how far a trend of few years may lie from the true one."""

from functools import lru_cache
from math import exp, lgamma, log

from data.judging.intervals import Z

_OUTSIDE = 0.05
# One degree of freedom has 12.706; with so many there is no telling it from the normal distribution.
_WIDEST, _MANY = 12.8, 1e6
_SMALLEST = 1e-300


@lru_cache(maxsize=1024)
def student_quantile(freedom: float) -> float:
    """Between minus and plus this lie 95 % of Student's t; `freedom` is 1 or more and need not be whole."""
    if freedom < 1:
        raise ValueError("a scatter is known from one degree of freedom on")
    if freedom > _MANY:
        return Z
    below, above = Z, _WIDEST
    for _halving in range(50):
        middle = (below + above) / 2
        if _outside(middle, freedom) > _OUTSIDE:
            below = middle
        else:
            above = middle
    return (below + above) / 2


def _outside(size: float, freedom: float) -> float:
    """How often t lies farther from zero than that: the incomplete beta function of freedom / (freedom + size²)."""
    place = freedom / (freedom + size * size)
    one, other = freedom / 2, 0.5
    front = exp(lgamma(one + other) - lgamma(one) - lgamma(other) + one * log(place) + other * log(1 - place))
    if place < (one + 1) / (one + other + 2):
        return front * _fraction(one, other, place) / one
    return 1 - front * _fraction(other, one, 1 - place) / other


def _fraction(one: float, other: float, place: float) -> float:
    """The continued fraction of the incomplete beta function, by Lentz's method."""
    above, below = 1.0, 1 / _safe(1 - (one + other) * place / (one + 1))
    found = below
    for step in range(1, 300):
        even = step * (other - step) * place / ((one + 2 * step - 1) * (one + 2 * step))
        odd = -(one + step) * (one + other + step) * place / ((one + 2 * step) * (one + 2 * step + 1))
        for part in (even, odd):
            below = 1 / _safe(1 + part * below)
            above = _safe(1 + part / above)
            found *= above * below
        if abs(above * below - 1) < 1e-14:
            break
    return found


def _safe(number: float) -> float:
    return number if abs(number) > _SMALLEST else _SMALLEST
