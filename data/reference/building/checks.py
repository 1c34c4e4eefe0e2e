"""The counts that the built units must show; a package that shows others is not the one that was checked."""

from collections import Counter, defaultdict
from datetime import date

from data.kinds import UnitKind, UnitLevel
from data.reference import rows
from data.reference.building.package import Package
from data.reference.building.units import FIRST_NEW_DAY, LAST_OLD_DAY, Catalogue

# Old communes that the package lists as split, and false joins among them (namesakes.csv) that leave one successor.
LISTED_AS_SPLIT, SPLIT = 471, 442
DISTRICTS_OF_SEED_PROVINCES = {"p27": 8, "p31": 15, "p04": 10, "p74": 9}


class CountMismatch(SystemExit):
    """The built units do not show the counts that are known from the law."""


def check(package: Package, catalogue: Catalogue) -> None:
    """Compare the built units with what is known; raises `CountMismatch` with the first difference."""
    level = {unit.key: unit.level for unit in catalogue.units}
    before, after = _levels(catalogue, LAST_OLD_DAY), _levels(catalogue, FIRST_NEW_DAY)
    _same("provinces before", before[UnitLevel.PROVINCE], 63)
    _same("districts before", before[UnitLevel.DISTRICT], 696)
    _same("communes before", before[UnitLevel.COMMUNE], 10_035)
    _same("provinces after", after[UnitLevel.PROVINCE], 34)
    _same("districts after", after[UnitLevel.DISTRICT], 0)
    _same("communes after", after[UnitLevel.COMMUNE], 3_321)
    kinds = _kinds(catalogue)
    _same("xã after", kinds[UnitKind.COMMUNE], 2_621)
    _same("phường after", kinds[UnitKind.WARD], 687)
    _same("đặc khu after", kinds[UnitKind.SPECIAL_ZONE], 13)
    merged = Counter(row.successor for row in catalogue.lineage if level[row.predecessor] is UnitLevel.PROVINCE)
    _same("merged provinces", len(merged), 23)
    _same("provinces that merged", sum(merged.values()), 52)
    old_codes = {place.code for place in package.old_communes.values()}
    new_codes = {place.code for place in package.new_communes.values()}
    _same("new codes that are old codes", len(old_codes & new_codes), 3_316)
    _same("communes listed as split", package.listed_as_split, LISTED_AS_SPLIT)
    parts = Counter(row.predecessor for row in catalogue.lineage if level[row.predecessor] is UnitLevel.COMMUNE)
    _same("split communes", sum(count > 1 for count in parts.values()), SPLIT)
    districts = Counter(version.parent for version in catalogue.versions if level[version.unit] is UnitLevel.DISTRICT)
    for province, count in DISTRICTS_OF_SEED_PROVINCES.items():
        _same(f"districts of {province}", districts[province], count)
    _check_namesakes(package)


def _same(what: str, found: int, known: int) -> None:
    if found != known:
        raise CountMismatch(f"{what}: {found}, should be {known}")


def _levels(catalogue: Catalogue, on: date) -> Counter[UnitLevel]:
    return Counter(
        unit.level
        for unit in catalogue.units
        if unit.opened_on <= on and (unit.closed_on is None or on <= unit.closed_on)
    )


def _kinds(catalogue: Catalogue) -> Counter[UnitKind]:
    level = {unit.key: unit.level for unit in catalogue.units}
    return Counter(
        version.kind
        for version in catalogue.versions
        if level[version.unit] is UnitLevel.COMMUNE and version.to_on is None
    )


def _check_namesakes(package: Package) -> None:
    """Each false join must be one: a namesake in the same new province really feeds that commune."""
    fed = defaultdict(set)
    for path, where in package.whole.items():
        fed[package.new_communes[where].code].add(path)
    for path, parts in package.split.items():
        for where in parts:
            fed[package.new_communes[where].code].add(path)
    for row in rows("namesakes"):
        names = {package.old_communes[path].name for path in fed[row["new_code"]] if path in package.old_communes}
        if row["old_name"].split(" ", 1)[1] not in names:
            raise CountMismatch(f"no namesake of {row['old_name']} feeds {row['new_name']}")
