"""A whole number divided among several without losing or inventing one. Pure."""

from collections.abc import Mapping
from fractions import Fraction
from math import floor

Amount = int | Fraction


def split(total: int, weights: Mapping[str, Amount]) -> dict[str, Fraction]:
    """The total in whole parts, as near to the weights as whole numbers come: the largest remainders are rounded up.

    Equal remainders go by key, so that the order of the units decides nothing. Some weight must be above zero.
    """
    whole = sum(weights.values(), Fraction(0))
    return to_whole({key: total * Fraction(weight) / whole for key, weight in weights.items()}, total)


def to_whole(shares: Mapping[str, Fraction], total: int) -> dict[str, Fraction]:
    """Shares that add up to the whole number `total`, each rounded down or up so that they still do."""
    parts = {key: floor(share) for key, share in shares.items()}
    lacking = total - sum(parts.values())
    by_remainder = sorted(shares, key=lambda key: (parts[key] - shares[key], key))
    for key in by_remainder[:lacking]:
        parts[key] += 1
    return {key: Fraction(part) for key, part in parts.items()}
