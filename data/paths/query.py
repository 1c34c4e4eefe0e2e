"""Which unit's ways, as it stands in an address: one query for the page and its files."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class PathsQuery:
    """A unit by its key, left out the reader's own; with a definition the one way alone."""

    unit: str = ""
    definition: str = ""

    @classmethod
    def from_args(cls, args: Mapping[str, str]) -> Self:
        """The query of an address's arguments; whether there are such a unit and definition is asked later."""
        return cls(args.get("unit", "").strip(), args.get("definition", "").strip())

    def to_args(self) -> dict[str, str]:
        """The arguments that give this query back; what was left out stays out."""
        asked = {"unit": self.unit, "definition": self.definition}
        return {name: value for name, value in asked.items() if value}
