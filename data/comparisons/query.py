"""What is to be compared, as it stands in an address: one query for the page, the file, and whatever comes later."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, Self

from data.kinds import UnitLevel
from data.periods import BadPeriod, Frequency, Period
from data.refusals import Invalid, NotFound
from data.wording import _

TODAY: Final = "today"
LEVELS = {level.value.lower(): level for level in (UnitLevel.PROVINCE, UnitLevel.DISTRICT, UnitLevel.COMMUNE)}
MOST_DEFINITIONS = 100

_LONGEST = 4000
_DEFINITION = re.compile(r"[a-z0-9_]{1,64}")
_PROGRAMME = re.compile(r"[A-Za-z0-9_]{1,20}")
_UNIT = re.compile(r"[A-Za-z0-9._-]{1,40}")
_GROUP = re.compile(r"[A-Za-z0-9._-]{1,60}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class ComparisonQuery:
    """Units of a level within a unit × definitions, for a period, on the boundaries of a day.

    `peers` names a group of units in place of the unit within which all are compared: its members of that day.
    Everything may be left out: then the reader's own unit, the catalogue's headline columns, the year so far and the
    period's last day stand in (see `data.comparisons.place`). `definitions` goes before `programme`. Whether a unit,
    a definition or a programme exists is known only when the query is answered. Raises ValueError on a bad value.
    """

    period: Period | None = None
    level: UnitLevel | None = None
    within: str | None = None
    definitions: tuple[str, ...] = ()
    programme: str | None = None
    boundaries: date | Literal["today"] | None = None
    peers: str | None = None

    def __post_init__(self) -> None:
        if self.level is UnitLevel.NATION:
            raise ValueError("there is one nation: nothing to compare it with")
        if len(self.definitions) > MOST_DEFINITIONS or len(set(self.definitions)) < len(self.definitions):
            raise ValueError("too many definitions, or one of them twice")
        if not all(_DEFINITION.fullmatch(key) for key in self.definitions):
            raise ValueError("a definition's key holds small letters, digits and underscores")
        if self.within is not None and not _UNIT.fullmatch(self.within):
            raise ValueError("that is no unit's key")
        if self.programme is not None and not _PROGRAMME.fullmatch(self.programme):
            raise ValueError("that is no programme's key")
        if self.peers is not None and not (_GROUP.fullmatch(self.peers) and self.within is None):
            raise ValueError("that is no group's key, or a unit is named beside it")

    @classmethod
    def from_args(cls, args: Mapping[str, str]) -> Self:
        """The query of an address's arguments; those that it does not know are somebody else's.

        Raises Invalid, or NotFound for what cannot be a unit or a group, with a sentence in the reader's language.
        """
        within, peers = _within(_given(args, "within")), _peers(_given(args, "peers"))
        if within is not None and peers is not None:
            raise Invalid(_("Give a unit or a group to compare within, not both."))
        return cls(
            period_of(args),
            _level(_given(args, "level")),
            within,
            _definitions(_given(args, "definitions")),
            _programme(_given(args, "programme")),
            _boundaries(_given(args, "boundaries")),
            peers,
        )

    def to_args(self) -> dict[str, str]:
        """The arguments that give this query back, in one fixed order; what was left out stays out."""
        args: dict[str, str] = {}
        if self.period is not None:
            args["year" if self.period.frequency is Frequency.YEARLY else "period"] = self.period.code
        if self.level is not None:
            args["level"] = self.level.value.lower()
        if self.within is not None:
            args["within"] = self.within
        if self.peers is not None:
            args["peers"] = self.peers
        if self.definitions:
            args["definitions"] = ",".join(self.definitions)
        if self.programme is not None:
            args["programme"] = self.programme
        if self.boundaries is not None:
            args["boundaries"] = TODAY if self.boundaries == TODAY else self.boundaries.isoformat()
        return args


def boundaries_of(args: Mapping[str, str], today: date) -> date | None:
    """The day that an address names as boundaries; None where it names none. Raises Invalid for what is no day."""
    day = _boundaries(_given(args, "boundaries"))
    return today if day == TODAY else day


def _given(args: Mapping[str, str], name: str) -> str:
    text = args.get(name)
    if not isinstance(text, str):
        return ""
    if len(text) > _LONGEST:
        raise Invalid(_("The address is too long: choose fewer columns."))
    return text.strip()


def period_of(args: Mapping[str, str]) -> Period | None:
    """The period that an address names as `period` or as `year`; None where it names none. Raises Invalid."""
    year, code = _given(args, "year"), _given(args, "period")
    if year and code and year != code:
        raise Invalid(_("Give a year or a period, not both."))
    if not (code or year):
        return None
    try:
        period = Period.parse(code or year)
    except BadPeriod:
        raise Invalid(
            _("There is no period “{period}”. Periods look like 2025, 2025Q3, 202509 or 2025-9M.").format(
                period=_quoted(code or year)
            )
        ) from None
    if year and period.frequency is not Frequency.YEARLY:
        raise Invalid(_("“{year}” is not a year.").format(year=_quoted(year)))
    return period


def _level(text: str) -> UnitLevel | None:
    if text and text not in LEVELS:
        raise Invalid(
            _("There is no level “{level}”: choose province, district or commune.").format(level=_quoted(text))
        )
    return LEVELS.get(text)


def _within(text: str) -> str | None:
    if text and not _UNIT.fullmatch(text):
        raise NotFound(_("There is no such unit within your reach."))
    return text or None


def _peers(text: str) -> str | None:
    if text and not _GROUP.fullmatch(text):
        raise NotFound(_("There is no such group within your reach."))
    return text or None


def _definitions(text: str) -> tuple[str, ...]:
    keys = tuple(dict.fromkeys(key for part in text.split(",") if (key := part.strip())))
    for key in keys:
        if not _DEFINITION.fullmatch(key):
            raise Invalid(_("There is no column “{definition}”.").format(definition=_quoted(key)))
    if len(keys) > MOST_DEFINITIONS:
        raise Invalid(_("Choose at most {most} columns.").format(most=MOST_DEFINITIONS))
    return keys


def _programme(text: str) -> str | None:
    if text and not _PROGRAMME.fullmatch(text):
        raise Invalid(_("There is no programme “{programme}”.").format(programme=_quoted(text)))
    return text or None


def _boundaries(text: str) -> date | Literal["today"] | None:
    if not text:
        return None
    if text == TODAY:
        return TODAY
    try:
        # The library also reads week dates and dates without hyphens, which would not come back as they went in.
        return date.fromisoformat(text if _DAY.fullmatch(text) else "")
    except ValueError:
        raise Invalid(
            _("“{day}” is not a day: write boundaries as 2025-06-30, or as today.").format(day=_quoted(text))
        ) from None


def _quoted(text: str) -> str:
    """As much of what was asked as a sentence can hold."""
    return text if len(text) <= 40 else text[:40] + "…"
