"""The boundaries that a publisher means: those of the 63 provinces until 30/06/2025, or of the 34 since."""

from datetime import date
from enum import StrEnum

from data.kinds import UnitLevel
from data.periods import Period
from data.units.groups import Group
from data.units.tree import Unit

# The arrangement of NQ 202/2025/QH15.
FIRST_DAY_OF_34 = date(2025, 7, 1)


class Basis(StrEnum):
    """What stands in `published_result.geographic_basis`: the units of which level, of which arrangement."""

    NATION = "NATION"
    PROVINCE_34 = "PROVINCE_34"
    PROVINCE_63 = "PROVINCE_63"
    REGION_34 = "REGION_34"
    REGION_63 = "REGION_63"
    DISTRICT_63 = "DISTRICT_63"
    COMMUNE_34 = "COMMUNE_34"
    COMMUNE_63 = "COMMUNE_63"

    @property
    def is_old(self) -> bool:
        """Whether it means boundaries that ended on 30/06/2025."""
        return self.value.endswith("_63")


_OLD = {
    UnitLevel.PROVINCE: Basis.PROVINCE_63,
    UnitLevel.DISTRICT: Basis.DISTRICT_63,
    UnitLevel.COMMUNE: Basis.COMMUNE_63,
}
_NEW = {UnitLevel.PROVINCE: Basis.PROVINCE_34, UnitLevel.COMMUNE: Basis.COMMUNE_34}


def bases_of_unit(unit: Unit) -> tuple[Basis, ...]:
    """The bases on which a value of the unit can stand, the newest first: it was there under that arrangement.

    The year does not matter: a unit that opened in 2025 has values that were published back in time.
    """
    if unit.level is UnitLevel.NATION:
        return (Basis.NATION,)
    new = _NEW.get(unit.level) if unit.closed_on is None or unit.closed_on >= FIRST_DAY_OF_34 else None
    old = _OLD.get(unit.level) if unit.opened_on < FIRST_DAY_OF_34 else None
    return tuple(basis for basis in (new, old) if basis is not None)


def bases_of_group(group: Group) -> tuple[Basis, ...]:
    """The same for a region: each was drawn anew in 2025."""
    ended = group.until is not None and group.until < FIRST_DAY_OF_34
    return (Basis.REGION_63,) if ended else (Basis.REGION_34,)


def stood_in(basis: Basis, period: Period) -> bool:
    """Whether anything could be published for that period on those boundaries: they had not gone before it began."""
    return not (basis.is_old and period.first_day >= FIRST_DAY_OF_34)
