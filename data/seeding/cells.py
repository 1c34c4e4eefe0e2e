"""What the cells of the reference files mean: an empty one is None."""

from datetime import date
from fractions import Fraction


def text(cell: str) -> str | None:
    """The text, or None where the source does not say."""
    return cell or None


def day(cell: str) -> date | None:
    """A day in ISO form."""
    return date.fromisoformat(cell) if cell else None


def whole(cell: str) -> int | None:
    """A whole number."""
    return int(cell) if cell else None


def number(cell: str) -> float | None:
    """A number, also one that is written as a fraction ("2/3")."""
    return float(Fraction(cell)) if cell else None


def flag(cell: str) -> bool:
    """0 or 1; anything else is a mistake in the file."""
    if cell not in {"0", "1"}:
        raise ValueError(f"not a flag: {cell!r}")
    return cell == "1"
