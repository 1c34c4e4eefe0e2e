"""The units that the portal carries: the counts of the law, keys that outlive names, and lineage that adds up."""

import re
from collections import Counter, defaultdict
from datetime import date
from fractions import Fraction
from itertools import pairwise

import pytest

from data.kinds import GroupKind, LineageBasis, UnitKind, UnitLevel
from data.reference import rows

BEFORE, AFTER = date(2025, 6, 30), date(2025, 7, 1)
Row = dict[str, str]
UNITS = {row["key"]: row for row in rows("units")}
VERSIONS: dict[str, list[Row]] = defaultdict(list)
for _row in rows("unit_versions"):
    VERSIONS[_row["unit"]].append(_row)
LINEAGE = rows("unit_lineage")
SUCCESSORS: dict[str, dict[str, Fraction]] = defaultdict(dict)
for _row in LINEAGE:
    share = Fraction(int(_row["share_numerator"]), int(_row["share_denominator"]))
    SUCCESSORS[_row["predecessor"]][_row["successor"]] = share
KEY = re.compile(r"vn|p[0-9]{2}(-2025)?|d[0-9]{3}|c[0-9]{5}(-2025)?")


def day(cell: str) -> date:
    return date.fromisoformat(cell) if cell else date.max


def level(key: str) -> UnitLevel:
    return UnitLevel(UNITS[key]["level"])


def standing(on: date, wanted: UnitLevel) -> list[str]:
    return [
        key
        for key, row in UNITS.items()
        if row["level"] == wanted and day(row["opened_on"]) <= on <= day(row["closed_on"])
    ]


def version(key: str, on: date) -> Row:
    (found,) = [row for row in VERSIONS[key] if day(row["from_on"]) <= on <= day(row["to_on"])]
    return found


@pytest.mark.parametrize(
    ("on", "provinces", "districts", "communes"), [(BEFORE, 63, 696, 10_035), (AFTER, 34, 0, 3_321)]
)
def test_the_units_of_a_day_are_as_many_as_the_law_says(
    on: date, provinces: int, districts: int, communes: int
) -> None:
    assert len(standing(on, UnitLevel.NATION)) == 1
    assert len(standing(on, UnitLevel.PROVINCE)) == provinces
    assert len(standing(on, UnitLevel.DISTRICT)) == districts
    assert len(standing(on, UnitLevel.COMMUNE)) == communes


def test_communes_of_today_are_of_the_kinds_that_the_law_counts() -> None:
    kinds = Counter(version(key, AFTER)["kind"] for key in standing(AFTER, UnitLevel.COMMUNE))
    assert kinds == {UnitKind.COMMUNE: 2_621, UnitKind.WARD: 687, UnitKind.SPECIAL_ZONE: 13}


@pytest.mark.parametrize(("province", "count"), [("p27", 8), ("p31", 15), ("p04", 10), ("p74", 9)])
def test_the_plans_provinces_have_their_districts(province: str, count: int) -> None:
    assert sum(version(key, BEFORE)["parent"] == province for key in standing(BEFORE, UnitLevel.DISTRICT)) == count


@pytest.mark.parametrize(("province", "count"), [("p24-2025", 99), ("p31-2025", 114), ("p04", 56), ("p79-2025", 168)])
def test_the_provinces_of_today_have_their_communes(province: str, count: int) -> None:
    assert sum(version(key, AFTER)["parent"] == province for key in standing(AFTER, UnitLevel.COMMUNE)) == count


def test_23_provinces_come_from_52_and_11_keep_their_key() -> None:
    merged = [row for row in LINEAGE if level(row["predecessor"]) is UnitLevel.PROVINCE]
    assert len(merged) == 52
    assert len({row["successor"] for row in merged}) == 23
    kept = set(standing(BEFORE, UnitLevel.PROVINCE)) & set(standing(AFTER, UnitLevel.PROVINCE))
    assert kept == {f"p{code}" for code in ("01", "04", "11", "12", "14", "20", "22", "38", "40", "42", "46")}


def test_a_merged_province_is_another_unit_even_under_an_old_name_and_code() -> None:
    assert version("p24", BEFORE)["name"] == "Bắc Giang"
    assert version("p27", BEFORE)["name"] == version("p24-2025", AFTER)["name"] == "Bắc Ninh"
    assert version("p24-2025", AFTER)["code"] == "24"
    assert SUCCESSORS["p27"] == SUCCESSORS["p24"] == {"p24-2025": Fraction(1)}


def test_all_but_five_codes_of_today_are_old_codes() -> None:
    old = {version(key, BEFORE)["code"] for key in standing(BEFORE, UnitLevel.COMMUNE)}
    today = Counter(version(key, AFTER)["code"] for key in standing(AFTER, UnitLevel.COMMUNE))
    assert max(today.values()) == 1
    assert sum(code in old for code in today) == 3_316


def test_a_key_tells_the_level_the_first_code_and_the_new_opening() -> None:
    for key, row in UNITS.items():
        assert KEY.fullmatch(key)
        assert key.endswith("-2025") == (row["opened_on"] == "2025-07-01") == (row["opening_known"] == "1")
        first = VERSIONS[key][0]
        assert first["code"] == re.sub(r"^[a-z]+|-2025$", "", key)


def test_a_commune_of_one_whole_old_commune_keeps_its_key() -> None:
    kept = set(standing(BEFORE, UnitLevel.COMMUNE)) & set(standing(AFTER, UnitLevel.COMMUNE))
    assert len(kept) == 132
    assert not kept & {row["predecessor"] for row in LINEAGE}
    assert version("c04603", BEFORE)["parent"] == "d139"
    assert version("c04603", AFTER)["parent"] == "p15-2025"
    assert (version("c04603", BEFORE)["name"], version("c04603", AFTER)["name"]) == ("Tà Si Láng", "Tà Xi Láng")


def test_a_commune_of_several_old_ones_or_of_a_part_has_a_key_of_its_own() -> None:
    whole = defaultdict(list)
    for row in LINEAGE:
        if level(row["predecessor"]) is UnitLevel.COMMUNE:
            whole[row["successor"]].append(row["basis"])
    alone = [key for key, bases in whole.items() if bases == [LineageBasis.WHOLE]]
    assert not alone, "these are one whole old commune and should have kept its key"


def test_shares_of_a_predecessor_add_up_to_one_for_each_level() -> None:
    sums: dict[tuple[str, UnitLevel], Fraction] = defaultdict(Fraction)
    for row in LINEAGE:
        share = Fraction(int(row["share_numerator"]), int(row["share_denominator"]))
        sums[row["predecessor"], level(row["successor"])] += share
        assert (row["basis"] == LineageBasis.WHOLE) == (share == 1)
    assert set(sums.values()) == {Fraction(1)}


def test_every_closed_unit_has_a_successor_and_only_closed_ones_have() -> None:
    closed = {key for key, row in UNITS.items() if row["closed_on"]}
    assert {row["predecessor"] for row in LINEAGE} == closed
    assert {UNITS[key]["closed_on"] for key in closed} == {"2025-06-30"}


def test_units_of_one_level_descend_once_and_a_district_from_its_province_besides() -> None:
    levels = Counter((level(row["predecessor"]), level(row["successor"])) for row in LINEAGE)
    assert levels[UnitLevel.DISTRICT, UnitLevel.PROVINCE] == 696
    assert levels[UnitLevel.DISTRICT, UnitLevel.COMMUNE] == 5
    assert set(levels) == {
        (UnitLevel.PROVINCE, UnitLevel.PROVINCE), (UnitLevel.COMMUNE, UnitLevel.COMMUNE),
        (UnitLevel.DISTRICT, UnitLevel.PROVINCE), (UnitLevel.DISTRICT, UnitLevel.COMMUNE),
    }  # fmt: skip
    assert SUCCESSORS["d040"] == {"p04": Fraction(1)}


def test_442_old_communes_are_split_and_their_weights_say_that_they_are_areas() -> None:
    parts = Counter(row["predecessor"] for row in LINEAGE if level(row["predecessor"]) is UnitLevel.COMMUNE)
    split = {key for key, count in parts.items() if count > 1}
    assert len(split) == 442
    assert {row["basis"] for row in LINEAGE if row["predecessor"] in split} == {LineageBasis.AREA}


def test_namesakes_do_not_take_over_each_other() -> None:
    false_joins = rows("namesakes")
    assert len({row["old_code"] for row in false_joins}) == 30
    today = {version(key, AFTER)["code"]: key for key in standing(AFTER, UnitLevel.COMMUNE)}
    for row in false_joins:
        assert today[row["new_code"]] not in SUCCESSORS[f"c{row['old_code']}"]
    # Phường 4 of Mỹ Tho lies 80 km from Cao Lãnh, whose own phường 4 went there.
    assert version("c28252", BEFORE)["name"] == "4"
    assert list(SUCCESSORS["c28252"].values()) == [Fraction(1)]


def test_a_successor_lies_in_the_province_that_took_over_the_predecessors() -> None:
    for row in LINEAGE:
        if level(row["predecessor"]) is UnitLevel.COMMUNE:
            district = version(row["predecessor"], BEFORE)["parent"]
            assert version(row["successor"], AFTER)["parent"] in SUCCESSORS[district]


def test_versions_run_without_gap_through_the_units_life_under_parents_that_stand() -> None:
    for key, versions in VERSIONS.items():
        assert versions[0]["from_on"] == UNITS[key]["opened_on"]
        assert versions[-1]["to_on"] == UNITS[key]["closed_on"]
        for before, after in pairwise(versions):
            assert (day(after["from_on"]) - day(before["to_on"])).days == 1
        for row in versions:
            if key != "vn":
                parent = UNITS[row["parent"]]
                assert day(parent["opened_on"]) <= day(row["from_on"])
                assert day(row["to_on"]) <= day(parent["closed_on"])


@pytest.mark.parametrize(
    ("key", "on", "name", "kind", "confidence"),
    [
        ("p46", date(2024, 12, 31), "Thừa Thiên Huế", UnitKind.PROVINCE, "HIGH"),
        ("p46", date(2025, 1, 1), "Huế", UnitKind.CITY, "HIGH"),
        ("p75-2025", date(2026, 4, 29), "Đồng Nai", UnitKind.PROVINCE, "HIGH"),
        ("p75-2025", date(2026, 4, 30), "Đồng Nai", UnitKind.CITY, "HIGH"),
        ("p24-2025", date(2026, 9, 30), "Bắc Ninh", UnitKind.PROVINCE, "HIGH"),
        ("p24-2025", date(2026, 10, 1), "Bắc Ninh", UnitKind.CITY, "MEDIUM"),
        ("p22", date(2026, 10, 1), "Quảng Ninh", UnitKind.CITY, "MEDIUM"),
        ("d040", BEFORE, "Cao Bằng", UnitKind.CITY, "HIGH"),
        ("p79-2025", AFTER, "Hồ Chí Minh", UnitKind.CITY, "HIGH"),
    ],
)
def test_names_and_kinds_are_those_of_the_day(key: str, on: date, name: str, kind: UnitKind, confidence: str) -> None:
    row = version(key, on)
    assert (row["name"], row["kind"], row["confidence"]) == (name, kind, confidence)


def test_the_archipelagos_are_units() -> None:
    zones = {version(key, AFTER)["name"]: version(key, AFTER)["parent"] for key in standing(AFTER, UnitLevel.COMMUNE)}
    assert zones["Hoàng Sa"] == "p48-2025"
    assert zones["Trường Sa"] == "p56-2025"
    assert "c20333-2025" in SUCCESSORS["d498"]


def test_every_province_of_a_day_lies_in_one_region() -> None:
    kinds = {row["key"]: row["kind"] for row in rows("groups")}
    for on, prefix in ((BEFORE, "region63-"), (AFTER, "region34-")):
        members = [
            row["unit"]
            for row in rows("group_members")
            if kinds[row["group"]] == GroupKind.REGION and day(row["from_on"]) <= on <= day(row["to_on"])
        ]
        assert sorted(members) == sorted(standing(on, UnitLevel.PROVINCE))
        assert len({row["key"] for row in rows("groups") if row["key"].startswith(prefix)}) == 6


def test_nine_provinces_of_today_mix_fertility_zones() -> None:
    zones = {row["unit"]: row["group"] for row in rows("group_members") if row["group"].startswith("zone-")}
    assert set(zones) == set(standing(BEFORE, UnitLevel.PROVINCE))
    mixed = defaultdict(set)
    for row in LINEAGE:
        if level(row["predecessor"]) is UnitLevel.PROVINCE:
            mixed[row["successor"]].add(zones[row["predecessor"]])
    assert sum(len(found) > 1 for found in mixed.values()) == 9


def test_each_old_province_has_its_four_published_figures() -> None:
    facts = Counter(row["unit"] for row in rows("unit_facts"))
    assert set(facts) == set(standing(BEFORE, UnitLevel.PROVINCE))
    assert set(facts.values()) == {4}
    figures = {(row["unit"], row["fact"]): float(row["value"]) for row in rows("unit_facts")}
    assert figures["p27", "population_thousand"] == 1546.6
    assert figures["p74", "cbr"] == 18.47
