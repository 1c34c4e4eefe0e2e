"""What is asked of a unit's page, as it stands in an address: the same for the page and for its file."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Self

from data.comparisons.query import period_of
from data.periods import Frequency, Period

YES = "1"


@dataclass(frozen=True, slots=True)
class UnitQuery:
    """A unit by its key, the period that its table is for (left out: the year so far), and whether it is ranked.

    `boundaries` is the word by which the address chooses the areas of the series below the table, kept as it came.
    """

    key: str
    period: Period | None = None
    ranks: bool = False
    boundaries: str = ""

    @classmethod
    def from_args(cls, args: Mapping[str, str]) -> Self:
        """The query of an address's arguments. Raises Invalid for a period that is none."""
        return cls(args.get("key", ""), period_of(args), args.get("ranks") == YES, args.get("boundaries", ""))

    def to_args(self) -> dict[str, str]:
        """The arguments that give this query back, in one fixed order; what was left out stays out."""
        args = {"key": self.key}
        if self.period is not None:
            args["year" if self.period.frequency is Frequency.YEARLY else "period"] = self.period.code
        if self.ranks:
            args["ranks"] = YES
        if self.boundaries:
            args["boundaries"] = self.boundaries
        return args

    def with_ranks(self, ranks: bool) -> "UnitQuery":
        """The same, ranked or not."""
        return replace(self, ranks=ranks)
