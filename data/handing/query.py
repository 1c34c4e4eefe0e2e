"""What is handed down, as it stands in an address: one query for the sheet, its file, and what became of it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from data.refusals import Invalid, NotFound
from data.targets.checking import FIRST_YEAR, LAST_YEAR
from data.wording import _

MOST_COLUMNS = 12

_UNIT = re.compile(r"[A-Za-z0-9._-]{1,40}")
_WORD = re.compile(r"[A-Za-z0-9_]{1,64}")


@dataclass(frozen=True, slots=True)
class HandingQuery:
    """Whose children, for which year, which indicators: those named, else those of a programme. What is left out is
    filled in when the query is answered.
    """

    unit: str | None = None
    year: int | None = None
    programme: str | None = None
    definitions: tuple[str, ...] = ()

    @classmethod
    def from_args(cls, args: Mapping[str, str]) -> Self:
        """The query of an address's arguments; those that it does not know are somebody else's.

        Raises Invalid, or NotFound for what cannot be a unit, with a sentence in the reader's language.
        """
        return cls(
            _unit(_given(args, "unit")),
            _year(_given(args, "year")),
            _programme(_given(args, "programme")),
            _definitions(_given(args, "definitions")),
        )

    def to_args(self) -> dict[str, str]:
        """The arguments that give this query back, in one fixed order; what was left out stays out."""
        given = {
            "unit": self.unit,
            "year": str(self.year) if self.year is not None else None,
            "programme": self.programme,
            "definitions": ",".join(self.definitions) or None,
        }
        return {name: value for name, value in given.items() if value is not None}


def _given(args: Mapping[str, str], name: str) -> str:
    text = args.get(name)
    return text.strip()[:2000] if isinstance(text, str) else ""


def _unit(text: str) -> str | None:
    if text and not _UNIT.fullmatch(text):
        raise NotFound(_("There is no such unit within your reach."))
    return text or None


def _year(text: str) -> int | None:
    if text and not (text.isascii() and text.isdecimal() and len(text) == 4):
        raise Invalid(_("“{year}” is not a year.").format(year=text[:40]))
    if text and not FIRST_YEAR <= int(text) <= LAST_YEAR:
        raise Invalid(_("Targets are set for the years {first} to {last}.").format(first=FIRST_YEAR, last=LAST_YEAR))
    return int(text) if text else None


def _programme(text: str) -> str | None:
    if text and not _WORD.fullmatch(text):
        raise Invalid(_("There is no programme “{programme}”.").format(programme=text[:40]))
    return text or None


def _definitions(text: str) -> tuple[str, ...]:
    keys = tuple(dict.fromkeys(key for part in text.split(",") if (key := part.strip())))
    for key in keys:
        if not _WORD.fullmatch(key):
            raise Invalid(_("There is no column “{definition}”.").format(definition=key[:40]))
    if len(keys) > MOST_COLUMNS:
        raise Invalid(_("Choose at most {most} columns.").format(most=MOST_COLUMNS))
    return keys
