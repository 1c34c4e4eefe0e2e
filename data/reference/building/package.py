"""Reads `vietnamadminunits`: the units before and after 01/07/2025 and what became of each old commune.

The package joins by name, so old communes that share a name within one new province were given each other's
successors. `namesakes.csv` lists those false joins, found by distance; they are taken out here.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path

from data.kinds import UnitKind
from data.reference import rows

_PROVINCE_WORDS = {"tỉnh": UnitKind.PROVINCE, "thành phố": UnitKind.CITY}
_DISTRICT_WORDS = {
    "quận": UnitKind.URBAN_DISTRICT,
    "huyện": UnitKind.RURAL_DISTRICT,
    "thị xã": UnitKind.TOWN,
    "thành phố": UnitKind.CITY,
}
_COMMUNE_WORDS = {
    "xã": UnitKind.COMMUNE,
    "phường": UnitKind.WARD,
    "thị trấn": UnitKind.TOWNSHIP,
    "đặc khu": UnitKind.SPECIAL_ZONE,
}

# An old commune or district by the package's path of names, a new commune by province and name.
Path63 = str
Place34 = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Place:
    """A unit as the package lists it: its code, short name, kind and the code of its parent."""

    code: str
    name: str
    kind: UnitKind
    parent: str


@dataclass(frozen=True, slots=True)
class Package:
    """All that is taken from the package. Shares are areas in hundredths of a square kilometre."""

    old_provinces: dict[str, Place]
    old_districts: dict[str, Place]
    old_communes: dict[Path63, Place]
    islands: dict[Path63, str]
    new_provinces: dict[str, Place]
    new_communes: dict[Place34, Place]
    province_successors: dict[str, str]
    whole: dict[Path63, Place34]
    split: dict[Path63, dict[Place34, int]]
    listed_as_split: int


def find_package() -> Path:
    """The package's data folder; raises when the package is not installed."""
    spec = find_spec("vietnamadminunits")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("vietnamadminunits is not installed; it is a development dependency")
    return Path(next(iter(spec.submodule_search_locations))) / "data"


def read_package(folder: Path) -> Package:
    """Read the package's tables and its conversion, without the false joins."""
    legacy = list(_table(folder, "admin_units_legacy"))
    current = list(_table(folder, "admin_units"))
    conversion = json.loads((folder / "converter_2025.json").read_text(encoding="utf-8"))
    provinces34 = {row["provinceKey"]: row["provinceCode"] for row in current}
    provinces63 = {row["provinceKey"]: row["provinceCode"] for row in legacy}
    new_communes = {
        (row["provinceKey"], row["wardKey"]): _place(row["wardCode"], row["ward"], _COMMUNE_WORDS, row["provinceCode"])
        for row in current
    }
    read = Package(
        old_provinces=_provinces(legacy),
        old_districts={
            row["districtCode"]: _place(row["districtCode"], row["district"], _DISTRICT_WORDS, row["provinceCode"])
            for row in legacy
        },
        old_communes={
            _path(row): _place(row["wardCode"], row["ward"], _COMMUNE_WORDS, row["districtCode"])
            for row in legacy
            if row["wardCode"]
        },
        islands={_path(row): row["districtCode"] for row in legacy if not row["wardCode"]},
        new_provinces=_provinces(current),
        new_communes=new_communes,
        province_successors={
            provinces63[old]: provinces34[new] for new, olds in conversion["DICT_PROVINCE"].items() for old in olds
        },
        whole={
            old: (province, ward)
            for province, wards in conversion["DICT_PROVINCE_WARD_NO_DIVIDED"].items()
            for ward, olds in wards.items()
            for old in olds
        },
        split={
            old: {(province, part["newWardKey"]): round(part["newWardAreaKm2"] * 100) for part in parts}
            for province, olds in conversion["DICT_PROVINCE_WARD_DIVIDED"].items()
            for old, parts in olds.items()
        },
        listed_as_split=sum(len(olds) for olds in conversion["DICT_PROVINCE_WARD_DIVIDED"].values()),
    )
    return _without_namesakes(read)


def _table(folder: Path, name: str) -> Iterator[dict[str, str]]:
    with closing(sqlite3.connect(f"file:{folder / 'dataset.db'}?mode=ro", uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        for row in connection.execute(f"SELECT * FROM {name}"):  # noqa: S608  (two names of our own)
            yield dict(row)


def _path(row: dict[str, str]) -> Path63:
    return "_".join((row["provinceKey"], row["districtKey"], row["wardKey"] or ""))


def _provinces(listed: list[dict[str, str]]) -> dict[str, Place]:
    return {row["provinceCode"]: _place(row["provinceCode"], row["province"], _PROVINCE_WORDS, "vn") for row in listed}


def _place(code: str, full_name: str, words: dict[str, UnitKind], parent: str) -> Place:
    """The kind stands in the full name: the package's own column is wrong for a few units."""
    for word, kind in words.items():
        if full_name.casefold().startswith(word + " "):
            return Place(code, full_name[len(word) + 1 :], kind, parent)
    raise ValueError(f"no kind of unit is known for {full_name}")


def _without_namesakes(package: Package) -> Package:
    paths = {place.code: path for path, place in package.old_communes.items()}
    places = {place.code: where for where, place in package.new_communes.items()}
    split = {path: dict(parts) for path, parts in package.split.items()}
    for row in rows("namesakes"):
        path, place = paths[row["old_code"]], places[row["new_code"]]
        if place not in split[path]:
            raise ValueError(f"the package no longer joins {row['old_name']} to {row['new_name']}")
        del split[path][place]
    whole = package.whole | {path: next(iter(parts)) for path, parts in split.items() if len(parts) == 1}
    return replace(package, whole=whole, split={path: parts for path, parts in split.items() if len(parts) > 1})
