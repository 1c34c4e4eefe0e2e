"""The unit files follow from the package by rules: a change of territory closes a key, and nothing else does."""

import csv
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from data.kinds import Confidence, LineageBasis, UnitKind
from data.reference.build import HERE, build, write
from data.reference.building.changes import with_changes
from data.reference.building.checks import CountMismatch, check
from data.reference.building.package import Package, Place, find_package
from data.reference.building.units import Builder, Catalogue, Descent, Version


def place(code: str, name: str, kind: UnitKind, parent: str) -> Place:
    return Place(code, name, kind, parent)


def small_package() -> Package:
    """Provinces 10 and 15 merge into 15, province 20 goes on; an island district becomes a special zone."""
    return Package(
        old_provinces={
            "10": place("10", "Mười", UnitKind.PROVINCE, "vn"),
            "15": place("15", "Mười Lăm", UnitKind.PROVINCE, "vn"),
            "20": place("20", "Hai Mươi", UnitKind.PROVINCE, "vn"),
        },
        old_districts={
            "101": place("101", "A", UnitKind.RURAL_DISTRICT, "10"),
            "201": place("201", "B", UnitKind.CITY, "20"),
            "202": place("202", "Đảo", UnitKind.RURAL_DISTRICT, "20"),
        },
        old_communes={
            "10_a_kept": place("00001", "Giữ", UnitKind.COMMUNE, "101"),
            "10_a_split": place("00002", "Chia", UnitKind.COMMUNE, "101"),
            "20_b_one": place("00003", "Một", UnitKind.WARD, "201"),
            "20_b_two": place("00004", "Hai", UnitKind.WARD, "201"),
        },
        islands={"20_island_": "202"},
        new_provinces={
            "15": place("15", "Mười", UnitKind.PROVINCE, "vn"),
            "20": place("20", "Hai Mươi", UnitKind.PROVINCE, "vn"),
        },
        new_communes={
            ("15", "kept"): place("00009", "Giữ Mới", UnitKind.WARD, "15"),
            ("15", "part"): place("00002", "Phần", UnitKind.COMMUNE, "15"),
            ("15", "other"): place("00005", "Khác", UnitKind.COMMUNE, "15"),
            ("20", "both"): place("00003", "Một", UnitKind.WARD, "20"),
            ("20", "island"): place("00006", "Đảo", UnitKind.SPECIAL_ZONE, "20"),
        },
        province_successors={"10": "15", "15": "15", "20": "20"},
        whole={
            "10_a_kept": ("15", "kept"),
            "20_b_one": ("20", "both"),
            "20_b_two": ("20", "both"),
            "20_island_": ("20", "island"),
        },
        split={"10_a_split": {("15", "part"): 150, ("15", "other"): 450}},
        listed_as_split=1,
    )


@pytest.fixture
def catalogue() -> Catalogue:
    return Builder(small_package()).build()


def test_a_merged_province_closes_and_one_that_goes_on_does_not(catalogue: Catalogue) -> None:
    closed = {unit.key: unit.closed_on for unit in catalogue.units if unit.key.startswith("p")}
    assert closed == {"p10": date(2025, 6, 30), "p15": date(2025, 6, 30), "p15-2025": None, "p20": None}


def test_a_commune_that_is_one_whole_old_commune_keeps_its_key_under_another_code_name_and_kind(
    catalogue: Catalogue,
) -> None:
    versions = [version for version in catalogue.versions if version.unit == "c00001"]
    assert [(row.code, row.name, row.kind, row.parent) for row in versions] == [
        ("00001", "Giữ", UnitKind.COMMUNE, "d101"),
        ("00009", "Giữ Mới", UnitKind.WARD, "p15-2025"),
    ]
    assert "c00009-2025" not in {unit.key for unit in catalogue.units}


def test_a_code_that_lives_on_is_no_identity(catalogue: Catalogue) -> None:
    keys = {unit.key: unit.closed_on for unit in catalogue.units}
    assert keys["c00003"] == date(2025, 6, 30)
    assert keys["c00003-2025"] is None


def test_shares_are_exact_and_in_proportion_to_areas(catalogue: Catalogue) -> None:
    assert [row for row in catalogue.lineage if row.predecessor == "c00002"] == [
        Descent("c00002", "c00002-2025", Fraction(1, 4), LineageBasis.AREA, "NQ-UBTVQH15-2025"),
        Descent("c00002", "c00005-2025", Fraction(3, 4), LineageBasis.AREA, "NQ-UBTVQH15-2025"),
    ]


def test_a_district_goes_to_its_province_and_an_island_to_its_zone_as_well(catalogue: Catalogue) -> None:
    went = {(row.predecessor, row.successor) for row in catalogue.lineage if row.predecessor.startswith("d")}
    assert went == {("d101", "p15-2025"), ("d201", "p20"), ("d202", "p20"), ("d202", "c00006-2025")}
    assert {row.share for row in catalogue.lineage if row.predecessor.startswith("d")} == {Fraction(1)}


def test_wrong_counts_stop_the_build(catalogue: Catalogue) -> None:
    with pytest.raises(CountMismatch, match="provinces before: 3, should be 63"):
        check(small_package(), catalogue)


def test_the_files_are_written_the_same_each_time(catalogue: Catalogue, tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    for folder in (first, second):
        folder.mkdir()
        write(Builder(small_package()).build(), folder)
    for name in ("units.csv", "unit_versions.csv", "unit_lineage.csv"):
        assert (first / name).read_bytes() == (second / name).read_bytes()
    with (first / "unit_lineage.csv").open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == len(catalogue.lineage)


def test_the_files_that_are_kept_are_what_the_package_gives(tmp_path: Path) -> None:
    write(build(find_package()), tmp_path)
    for made in sorted(tmp_path.iterdir()):
        assert made.read_bytes() == (HERE / made.name).read_bytes(), f"{made.name} was changed by hand, or is old"


def province(key: str, from_on: date, to_on: date | None = None) -> Version:
    return Version(key, from_on, to_on, "Tên", UnitKind.PROVINCE, key[1:3], "vn", Confidence.HIGH, "")


def test_a_hand_kept_change_cuts_a_version_in_two() -> None:
    opened = date(2023, 1, 1)
    changed = with_changes(
        [
            province("p46", opened),
            province("p22", opened),
            province("p75-2025", date(2025, 7, 1)),
            province("p24-2025", date(2025, 7, 1)),
        ]
    )
    hue = [version for version in changed if version.unit == "p46"]
    assert [(row.from_on, row.to_on, row.name, row.kind) for row in hue] == [
        (opened, date(2024, 12, 31), "Thừa Thiên Huế", UnitKind.PROVINCE),
        (date(2025, 1, 1), None, "Huế", UnitKind.CITY),
    ]
    assert len(changed) == 8


def test_a_change_of_a_unit_that_is_not_there_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="changes of units that no version holds"):
        with_changes([province("p22", date(2023, 1, 1))])
