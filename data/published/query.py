"""Which published values are asked for, as it stands in an address: one query for the page and its files."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from sqlalchemy.orm import Session

from data.comparisons.place import definition_of
from data.kinds import UnitLevel
from data.periods import BadPeriod, Period
from data.published.kept import KeptValue, list_kept, regions
from data.refusals import Invalid, NotFound
from data.scope import Scope
from data.snapshot import Snapshot
from data.units.order import vietnamese_order
from data.wording import _

_KEY = re.compile(r"[A-Za-z0-9._-]{1,60}")
_YEAR = re.compile(r"[0-9]{4}")


@dataclass(frozen=True, slots=True)
class PublishedQuery:
    """Values of a definition, of a unit or region, of a year; what is left out asks for all."""

    definition: str | None = None
    place: str | None = None
    year: int | None = None

    @classmethod
    def from_args(cls, args: Mapping[str, str]) -> Self:
        """The query of an address's arguments (`definition`, `unit`, `year`); others are somebody else's.

        Raises Invalid, or NotFound for what cannot be a unit, with a sentence in the reader's language.
        """
        definition, place, year = (str(args.get(name) or "").strip() for name in ("definition", "unit", "year"))
        if place and not _KEY.fullmatch(place):
            raise NotFound(_("There is no such unit within your reach."))
        if definition and not _KEY.fullmatch(definition):
            raise Invalid(_("There is no column “{definition}”.").format(definition=definition[:40]))
        if year and not _YEAR.fullmatch(year):
            raise Invalid(_("“{year}” is not a year.").format(year=year[:40]))
        return cls(definition or None, place or None, int(year) if year else None)

    def to_args(self) -> dict[str, str]:
        """The arguments that give this query back; what was left out stays out."""
        given = {"definition": self.definition, "unit": self.place, "year": str(self.year) if self.year else None}
        return {name: value for name, value in given.items() if value is not None}


@dataclass(frozen=True, slots=True)
class PublishedList:
    """The values that a query asks for, in their order, and everything that could have been asked for."""

    query: PublishedQuery
    values: tuple[KeptValue, ...]
    all: tuple[KeptValue, ...]


def find_values(session: Session, scope: Scope, snapshot: Snapshot, query: PublishedQuery) -> PublishedList:
    """The values that stand and that the query asks for: the newest period first, then by indicator and name.

    `scope` is that of entering. Raises NotFound for a unit or region that is not there, Invalid for a definition.
    """
    if query.definition is not None:
        definition_of(snapshot.catalogue, query.definition)
    if query.place is not None and query.place not in regions(snapshot) and snapshot.tree.find(query.place) is None:
        raise NotFound(_("There is no such unit within your reach."))
    places = {definition_id: place for place, definition_id in enumerate(snapshot.catalogue.definitions)}
    every = sorted(
        list_kept(session, scope, snapshot),
        key=lambda one: (-year_of(one), one.period, places[one.definition.id], _by_name(one), one.id),
    )
    shown = [
        one
        for one in every
        if query.definition in (None, one.definition.key)
        and query.place in (None, one.place_key)
        and query.year in (None, year_of(one))
    ]
    return PublishedList(query, tuple(shown), tuple(every))


def year_of(value: KeptValue) -> int:
    """The year of its period; 0 where the period is none of ours."""
    try:
        return Period.parse(value.period).year
    except BadPeriod:
        return 0


def _by_name(one: KeptValue) -> tuple[object, ...]:
    """The country first, then units and regions by name."""
    below = one.unit is None or one.unit.level is not UnitLevel.NATION
    return below, vietnamese_order(one.place_name)
