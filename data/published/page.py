"""What the page of published values shows: the list, one value with its history, what the forms offer."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from data.catalogue.model import Definition
from data.kinds import UnitLevel
from data.published.kept import KeptValue, regions, unit_name
from data.published.query import PublishedList, PublishedQuery, find_values
from data.published.versions import ValueVersion, list_value_versions
from data.scope import Scope
from data.snapshot import Snapshot, get_snapshot
from data.units.order import vietnamese_order

_OFFERED = (UnitLevel.NATION, UnitLevel.PROVINCE)


@dataclass(frozen=True, slots=True)
class PublishedPage:
    """The list, the definitions, and units and regions by key and name: the country, provinces, regions.

    Provinces that closed are offered too, for values are published back in time.
    """

    found: PublishedList
    definitions: tuple[Definition, ...]
    places: tuple[tuple[str, str], ...]
    illustrative: bool


@dataclass(frozen=True, slots=True)
class OpenedValue:
    """A value with everything that was ever entered for the same unit, indicator and period."""

    value: KeptValue
    versions: tuple[ValueVersion, ...]


def get_published_page(session: Session, scope: Scope, query: PublishedQuery) -> PublishedPage:
    """The page that the query asks for; raises as `find_values` does."""
    snapshot = get_snapshot(session)
    found = find_values(session, scope, snapshot, query)
    return PublishedPage(
        found, tuple(snapshot.catalogue.definitions.values()), _places(snapshot), snapshot.illustrative
    )


def open_value(session: Session, scope: Scope, value_id: int) -> OpenedValue:
    """The value with that id; NotFound where there is none within reach."""
    versions = list_value_versions(session, scope, get_snapshot(session), value_id)
    return OpenedValue(next(one.value for one in versions if one.value.id == value_id), tuple(versions))


def is_region(session: Session, key: str) -> bool:
    """Whether the key is a region's, and so no unit's."""
    return key in regions(get_snapshot(session))


def _places(snapshot: Snapshot) -> tuple[tuple[str, str], ...]:
    units = [unit for unit in snapshot.tree.units.values() if unit.level in _OFFERED]
    units.sort(
        key=lambda unit: (
            unit.level is not UnitLevel.NATION,
            unit.closed_on is not None,
            vietnamese_order(unit.states[-1].name),
            unit.key,
        )
    )
    listed = [(key, group.title) for key, group in regions(snapshot).items()]
    return (*((unit.key, unit_name(unit)) for unit in units), *listed)
