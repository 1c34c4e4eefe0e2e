"""Which targets are asked for, as it stands in an address: one query for the registry's page and its files."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Self

from data.kinds import PlanKind
from data.refusals import Invalid, NotFound
from data.wording import _

KINDS = {kind.value.lower(): kind for kind in PlanKind}
YES: Final = "1"

_UNIT = re.compile(r"[A-Za-z0-9._-]{1,40}")
_WORD = re.compile(r"[A-Za-z0-9_]{1,64}")
_YEAR = re.compile(r"[0-9]{4}")


@dataclass(frozen=True, slots=True)
class TargetQuery:
    """Targets of a unit, a year, a programme, a definition, a kind of plan; what is left out asks for all.

    `contradicting` keeps those that contradict another target or a known value. Whether a unit, a programme or a
    definition exists is known only when the query is answered.
    """

    unit: str | None = None
    year: int | None = None
    programme: str | None = None
    definition: str | None = None
    kind: PlanKind | None = None
    contradicting: bool = False

    @classmethod
    def from_args(cls, args: Mapping[str, str]) -> Self:
        """The query of an address's arguments; those that it does not know are somebody else's.

        Raises Invalid, or NotFound for what cannot be a unit, with a sentence in the reader's language.
        """
        return cls(
            _unit(_given(args, "unit")),
            _year(_given(args, "year")),
            _programme(_given(args, "programme")),
            _definition(_given(args, "definition")),
            _kind(_given(args, "kind")),
            _given(args, "contradictions") == YES,
        )

    def to_args(self) -> dict[str, str]:
        """The arguments that give this query back, in one fixed order; what was left out stays out."""
        given = {
            "unit": self.unit,
            "year": str(self.year) if self.year is not None else None,
            "programme": self.programme,
            "definition": self.definition,
            "kind": self.kind.value.lower() if self.kind else None,
            "contradictions": YES if self.contradicting else None,
        }
        return {name: value for name, value in given.items() if value is not None}


def _given(args: Mapping[str, str], name: str) -> str:
    text = args.get(name)
    return text.strip() if isinstance(text, str) else ""


def _unit(text: str) -> str | None:
    if text and not _UNIT.fullmatch(text):
        raise NotFound(_("There is no such unit within your reach."))
    return text or None


def _year(text: str) -> int | None:
    if text and not _YEAR.fullmatch(text):
        raise Invalid(_("“{year}” is not a year.").format(year=text[:40]))
    return int(text) if text else None


def _programme(text: str) -> str | None:
    if text and not _WORD.fullmatch(text):
        raise Invalid(_("There is no programme “{programme}”.").format(programme=text[:40]))
    return text or None


def _definition(text: str) -> str | None:
    if text and not _WORD.fullmatch(text):
        raise Invalid(_("There is no column “{definition}”.").format(definition=text[:40]))
    return text or None


def _kind(text: str) -> PlanKind | None:
    if text and text not in KINDS:
        raise Invalid(_("There is no kind of plan “{kind}”.").format(kind=text[:40]))
    return KINDS.get(text)
