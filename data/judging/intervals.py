"""95 % intervals for statistics that chance moves: how far the true value may lie from the counted one."""

from functools import lru_cache
from math import exp, expm1, floor, inf, lgamma, log, sqrt

# Two-sided 95 % of the normal distribution.
Z = 1.959963984540054
_HALF = 0.025
_TAIL = log(_HALF)

# Fewer events than this are few; a share below this is of something rare. Few of something rare are counted as events
# (Poisson) and not as a part of a whole.
FEW = 100
RARE = 0.05


def proportion_interval(part: float, total: float) -> tuple[float, float] | None:
    """Wilson's interval for `part` of `total`, both ends within 0 and 1; None where there is nothing to go by.

    Where none or all of them count, the exact (Clopper-Pearson) interval has a closed form and is used instead: its
    one end is exactly 0 or 1, the other is the share under which so rare a count still happens once in forty times.
    """
    if not 0 <= part <= total or total <= 0:
        return None
    if part == 0:
        return 0.0, -expm1(_TAIL / total)
    if part == total:
        return 1.0 + expm1(_TAIL / total), 1.0
    square = Z * Z
    middle = part + square / 2
    spread = Z * sqrt(part * (total - part) / total + square / 4)
    return (middle - spread) / (total + square), (middle + spread) / (total + square)


def share_interval(part: float, total: float, factor: float = 100) -> tuple[float, float] | None:
    """The interval of a share times `factor`: third births of births in percent, births of people per mille.

    A few events among very many people have the exact interval of a count.
    """
    if 0 <= part < FEW and part < total * RARE:
        low, high = events_interval(part)
        return low / total * factor, min(high / total, 1.0) * factor
    interval = proportion_interval(part, total)
    return None if interval is None else (interval[0] * factor, interval[1] * factor)


def sex_ratio_interval(boys: float, girls: float, factor: float = 100) -> tuple[float, float] | None:
    """The interval of boys per hundred girls: that of the boys' share of births, read as a ratio.

    Both ends keep their meaning at zero counts: no boys give a lower end of 0, no girls an infinite upper end.
    """
    interval = proportion_interval(boys, boys + girls) if girls >= 0 else None
    if interval is None:
        return None
    low, high = interval
    return low / (1 - low) * factor, high / (1 - high) * factor if high < 1 else inf


def events_interval(count: float) -> tuple[float, float]:
    """The interval of a number of events, of which `count` (not below 0) happened.

    Exact (Garwood) below a hundred, and between whole numbers, which a split unit's share makes, on the line from one
    to the next; above it Byar's approximation, which is there within a thousandth of the exact one.
    """
    if count >= FEW:
        return _byar(count)
    whole = floor(count)
    low, high = _garwood(whole)
    if count == whole:
        return low, high
    next_low, next_high = _garwood(whole + 1)
    part = count - whole
    return low + (next_low - low) * part, high + (next_high - high) * part


def _byar(count: float) -> tuple[float, float]:
    more = count + 1
    return (
        count * (1 - 1 / (9 * count) - Z / (3 * sqrt(count))) ** 3,
        more * (1 - 1 / (9 * more) + Z / (3 * sqrt(more))) ** 3,
    )


@lru_cache(maxsize=FEW + 2)
def _garwood(count: int) -> tuple[float, float]:
    """The means under which so many events or more, and so many or fewer, happen once in forty times."""
    low = 0.0 if count == 0 else _mean_where(count - 1, 1 - _HALF)
    return low, _mean_where(count, _HALF)


def _mean_where(count: int, chance: float) -> float:
    """The mean under which at most `count` events happen with that chance; the chance falls as the mean grows."""
    below, above = 0.0, count + 10 * sqrt(count + 1) + 10
    for _halving in range(60):
        mean = (below + above) / 2
        if _at_most(count, mean) > chance:
            below = mean
        else:
            above = mean
    return (below + above) / 2


def _at_most(count: int, mean: float) -> float:
    return sum(exp(number * log(mean) - mean - lgamma(number + 1)) for number in range(count + 1))
