"""Units with their keys, versions and lineage, from what the package lists.

A change of territory closes a key and opens another. So the 11 provinces that took in no other keep their key across
01/07/2025, and a commune that is made of exactly one whole old commune keeps that commune's.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from data.kinds import Confidence, LineageBasis, UnitKind, UnitLevel
from data.reference.building.package import Package, Path63, Place, Place34

# The package is a snapshot of early 2025 and dates nothing: what it lists as old stood at the latest on this day.
STANDING_ON = date(2023, 1, 1)
LAST_OLD_DAY = date(2025, 6, 30)
FIRST_NEW_DAY = date(2025, 7, 1)
PROVINCES_DOCUMENT = "202-2025-QH15"
COMMUNES_DOCUMENT = "NQ-UBTVQH15-2025"


@dataclass(frozen=True, slots=True)
class Unit:
    """One row of units.csv."""

    key: str
    level: UnitLevel
    opened_on: date
    opening_known: bool
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class Version:
    """One row of unit_versions.csv."""

    unit: str
    from_on: date
    to_on: date | None
    name: str
    kind: UnitKind
    code: str
    parent: str
    confidence: Confidence
    document: str


@dataclass(frozen=True, slots=True)
class Descent:
    """One row of unit_lineage.csv."""

    predecessor: str
    successor: str
    share: Fraction
    basis: LineageBasis
    document: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All units, versions and lineage rows, in the order of the files."""

    units: list[Unit]
    versions: list[Version]
    lineage: list[Descent]


class Builder:
    """Collects units level by level; a level needs the keys of the level above it."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.units: list[Unit] = []
        self.versions: list[Version] = []
        self.lineage: list[Descent] = []
        merged = defaultdict(set)
        for old, new in package.province_successors.items():
            merged[new].add(old)
        self.merged_into = {code for code, olds in merged.items() if len(olds) > 1}
        self.whole_of = _whole_successors(package)

    def build(self) -> Catalogue:
        """Everything, from the nation down."""
        self._open(_nation(), UnitLevel.NATION, "vn", parent="")
        self._provinces()
        self._districts()
        self._communes()
        order = {unit.key: place for place, unit in enumerate(self.units)}
        self.versions.sort(key=lambda version: (order[version.unit], version.from_on))
        self.lineage.sort(key=lambda row: (order[row.predecessor], order[row.successor]))
        return Catalogue(self.units, self.versions, self.lineage)

    def province34(self, code: str) -> str:
        """The key of a province of today."""
        return f"p{code}-2025" if code in self.merged_into else f"p{code}"

    def _provinces(self) -> None:
        for code, place in sorted(self.package.old_provinces.items()):
            successor = self.province34(self.package.province_successors[code])
            closed = successor != f"p{code}"
            self._open(place, UnitLevel.PROVINCE, f"p{code}", parent="vn", closed=closed)
            if closed:
                self._descend(f"p{code}", successor, PROVINCES_DOCUMENT)
        for code in sorted(self.merged_into):
            place = self.package.new_provinces[code]
            self._reopen(place, UnitLevel.PROVINCE, f"p{code}-2025", "vn", PROVINCES_DOCUMENT)

    def _districts(self) -> None:
        for code, place in sorted(self.package.old_districts.items()):
            self._open(place, UnitLevel.DISTRICT, f"d{code}", parent=f"p{place.parent}", closed=True)
            province = self.province34(self.package.province_successors[place.parent])
            self._descend(f"d{code}", province, PROVINCES_DOCUMENT)

    def _communes(self) -> None:
        kept = {path: where for where, path in self.whole_of.items()}
        for path, place in sorted(self.package.old_communes.items(), key=_by_code):
            key, closed = f"c{place.code}", path not in kept
            self._open(place, UnitLevel.COMMUNE, key, parent=f"d{place.parent}", closed=closed)
            if closed:
                self._descend_commune(path, key)
            else:
                self._continue(self.package.new_communes[kept[path]], key)
        for where, place in sorted(self.package.new_communes.items(), key=_by_code):
            if where not in self.whole_of:
                key = f"c{place.code}-2025"
                self._reopen(place, UnitLevel.COMMUNE, key, self.province34(place.parent), COMMUNES_DOCUMENT)
        for path, district in self.package.islands.items():
            self._descend(f"d{district}", self._commune34(self.package.whole[path]), COMMUNES_DOCUMENT)

    def _commune34(self, where: Place34) -> str:
        if where in self.whole_of:
            return f"c{self.package.old_communes[self.whole_of[where]].code}"
        return f"c{self.package.new_communes[where].code}-2025"

    def _descend_commune(self, path: Path63, key: str) -> None:
        parts = self.package.split.get(path)
        if parts is None:
            self._descend(key, self._commune34(self.package.whole[path]), COMMUNES_DOCUMENT)
            return
        for where, share in _shares(parts).items():
            self._descend(key, self._commune34(where), COMMUNES_DOCUMENT, share, LineageBasis.AREA)

    def _descend(
        self,
        predecessor: str,
        successor: str,
        document: str,
        share: Fraction = Fraction(1),
        basis: LineageBasis = LineageBasis.WHOLE,
    ) -> None:
        self.lineage.append(Descent(predecessor, successor, share, basis, document))

    def _open(self, place: Place, level: UnitLevel, key: str, *, parent: str, closed: bool = False) -> None:
        last = LAST_OLD_DAY if closed else None
        self.units.append(Unit(key, level, STANDING_ON, opening_known=False, closed_on=last))
        # An open-ended commune goes on under another parent: its second version is added by `_continue`.
        to_on = LAST_OLD_DAY if closed or level is UnitLevel.COMMUNE else None
        self._version(place, key, STANDING_ON, to_on, parent, "")

    def _reopen(self, place: Place, level: UnitLevel, key: str, parent: str, document: str) -> None:
        self.units.append(Unit(key, level, FIRST_NEW_DAY, opening_known=True, closed_on=None))
        self._version(place, key, FIRST_NEW_DAY, None, parent, document)

    def _continue(self, place: Place, key: str) -> None:
        self._version(place, key, FIRST_NEW_DAY, None, self.province34(place.parent), COMMUNES_DOCUMENT)

    def _version(self, place: Place, key: str, from_on: date, to_on: date | None, parent: str, document: str) -> None:
        row = Version(key, from_on, to_on, place.name, place.kind, place.code, parent, Confidence.HIGH, document)
        self.versions.append(row)


def _nation() -> Place:
    return Place("", "Việt Nam", UnitKind.NATION, "")


_by_code: Callable[[tuple[object, Place]], str] = lambda item: item[1].code  # noqa: E731


def _whole_successors(package: Package) -> dict[Place34, Path63]:
    """New communes that are exactly one old commune, whole."""
    feeders: dict[Place34, list[Path63]] = defaultdict(list)
    for path, where in package.whole.items():
        feeders[where].append(path)
    for path, parts in package.split.items():
        for where in parts:
            feeders[where].append(path)
    return {
        where: paths[0]
        for where, paths in feeders.items()
        if len(paths) == 1 and paths[0] in package.whole and paths[0] in package.old_communes
    }


def _shares(areas: dict[Place34, int]) -> dict[Place34, Fraction]:
    """Shares in proportion to the successors' areas."""
    total = sum(areas.values())
    return {where: Fraction(area, total) for where, area in areas.items()}
