"""What it takes to know: how many births tell a ratio from a level, and how far chance alone carries a small number."""

from math import ceil, erf, exp, lgamma, log, sqrt

from data.judging.intervals import Z

MONTHS = 12
PER_MILLE = 1000
# Above so many births the single counts lie so close that the normal distribution says the same.
_COUNTED_ONE_BY_ONE = 20_000


def births_to_tell(value: float, level: float, *, share: bool, factor: int) -> int | None:
    """How many births tell `value` from `level` at 95 % (normal approximation); None where no number of them does.

    Values are boys per `factor` girls, or with `share` a part of `factor`. 111 boys per hundred girls are told from
    107 by some 11 400 births. Of a rate per mille the births themselves are what is counted, and not the people.
    """
    counted, held_against = (_as_share(one, share=share, factor=factor) for one in (value, level))
    if not (0 < counted < 1 and 0 <= held_against < 1) or counted == held_against:
        return None
    people = Z * Z * counted * (1 - counted) / (counted - held_against) ** 2
    return ceil(people * counted if share and factor >= PER_MILLE else people)


def years_to_tell(births: int, births_a_year: float) -> int | None:
    """How many years of so many births bring that many together."""
    return ceil(births / births_a_year) if births_a_year > 0 else None


def births_a_year(numerator: float, denominator: float, months: int, *, share: bool, factor: int) -> float:
    """The births behind a ratio that was counted over so many months, brought to a year."""
    births = numerator if share and factor >= PER_MILLE else denominator if share else numerator + denominator
    return births * MONTHS / months


def chance_outside(births: int, ratio: float, low: float, high: float) -> float:
    """How often the counted sex ratio of so many births falls outside `low` to `high` where the true one is `ratio`.

    With 420 births and a true ratio of 105 it falls outside 103 to 107 in 84 years of a hundred.
    """
    share = ratio / (100 + ratio)
    least, most = ceil(births * low / (100 + low) - 1e-9), int(births * high / (100 + high) + 1e-9)
    if births <= _COUNTED_ONE_BY_ONE:
        inside = sum(_binomial(boys, births, share) for boys in range(least, most + 1))
    else:
        spread = sqrt(births * share * (1 - share))
        inside = _normal((most + 0.5 - births * share) / spread) - _normal((least - 0.5 - births * share) / spread)
    return min(max(1 - inside, 0.0), 1.0)


def _as_share(value: float, *, share: bool, factor: int) -> float:
    return value / factor if share else value / (factor + value)


def _binomial(part: int, total: int, share: float) -> float:
    ways = lgamma(total + 1) - lgamma(part + 1) - lgamma(total - part + 1)
    return exp(ways + part * log(share) + (total - part) * log(1 - share))


def _normal(place: float) -> float:
    return (1 + erf(place / sqrt(2))) / 2
