"""95 % intervals for statistics that chance moves: how far the true value may lie from the counted one."""

from math import expm1, inf, log, sqrt

# Two-sided 95 % of the normal distribution.
Z = 1.959963984540054
_TAIL = log(0.025)


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
    """The interval of a share times `factor`: third births of births in percent, births of people per mille."""
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
