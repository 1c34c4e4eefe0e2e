"""Which whole, which year and which targets, as it stands in an address: one query for the page and its files."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, Self

from data.comparisons.query import ComparisonQuery
from data.targets.query import TargetQuery

_SHARED = ("unit", "year", "programme", "definition")


@dataclass(frozen=True, slots=True)
class ArrivalQuery:
    """A unit whose parts are added up, a year, a programme or a definition, and the boundaries of a day.

    What is left out is filled in for the reader (see `data.arriving.place`); a definition asks for its parts one by
    one.
    """

    unit: str | None = None
    year: int | None = None
    programme: str | None = None
    definition: str | None = None
    boundaries: date | Literal["today"] | None = None

    @classmethod
    def from_args(cls, args: Mapping[str, str]) -> Self:
        """The query of an address's arguments; those that it does not know are somebody else's.

        Raises Invalid, or NotFound for what cannot be a unit, with a sentence in the reader's language.
        """
        asked = TargetQuery.from_args({name: args[name] for name in _SHARED if name in args})
        days = ComparisonQuery.from_args({"boundaries": args["boundaries"]} if "boundaries" in args else {})
        return cls(asked.unit, asked.year, asked.programme, asked.definition, days.boundaries)

    def to_args(self) -> dict[str, str]:
        """The arguments that give this query back, in one fixed order; what was left out stays out."""
        asked = TargetQuery(self.unit, self.year, self.programme, self.definition)
        return asked.to_args() | ComparisonQuery(boundaries=self.boundaries).to_args()
