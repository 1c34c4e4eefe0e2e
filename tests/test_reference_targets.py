"""The targets and the published results that the portal carries: all of them, typed and cited."""

import re
from collections import Counter
from datetime import date
from fractions import Fraction

import pytest

from data.judging.operators import CHANGES, Direction, Operator
from data.kinds import Confidence, Horizon, PlanKind
from data.periods import Period
from data.reference import rows

TARGETS = {row["key"]: row for row in rows("targets")}
DEFINITIONS = {row["key"] for row in rows("definitions")}
DOCUMENTS = {row["key"] for row in rows("documents")}
PLANS = {"S0": ("p27", 19), "S1": ("p27", 33), "S2": ("p31", 7), "S3": ("d040", 16), "S4": ("p74", 13)}
NATIONAL = {
    "21-NQ-TW-2017": 23, "588-QD-TTg": 1, "1848-QD-TTg": 10, "1999-QD-TTg": 8, "468-QD-TTg": 3, "1579-QD-TTg": 7,
    "2259-QD-TTg": 6, "520-QD-TTg": 4, "262-2025-QH15": 15, "72-NQ-TW": 2, "66-TCDS-KHTC": 8, "207-TCDS-KHTC": 7,
    "135-CDS-KHTC": 8,
}  # fmt: skip
OCR = {"S4-03", "S4-04", "S4-05", "S4-06", "S4-08"}


def value(key: str) -> Fraction:
    assert TARGETS[key]["low"] == TARGETS[key]["high"]
    return Fraction(TARGETS[key]["low"])


def test_all_88_targets_of_the_five_plans_are_there_for_their_old_units() -> None:
    for plan, (unit, count) in PLANS.items():
        own = [row for key, row in TARGETS.items() if key.startswith(plan)]
        assert [row["key"] for row in own] == [f"{plan}-{number:02d}" for number in range(1, count + 1)]
        assert {row["unit"] for row in own} == {unit}
        assert {row["document"] for row in own} == {plan}
    assert sum(count for _, count in PLANS.values()) == 88


def test_all_102_national_targets_are_there_by_instrument() -> None:
    own = [row for key, row in TARGETS.items() if key.startswith("N-")]
    assert {row["unit"] for row in own} == {"vn"}
    assert Counter(row["document"] for row in own) == NATIONAL
    assert len(own) == 102
    assert all(row["source"] for row in own)


@pytest.mark.parametrize("key", sorted(TARGETS))
def test_a_target_says_what_and_whence_in_known_words(key: str) -> None:
    row = TARGETS[key]
    assert row["definition"] in DEFINITIONS
    assert row["document"] in DOCUMENTS
    assert Confidence(row["confidence"])
    assert PlanKind(row["plan_kind"])
    assert Horizon(row["horizon"])
    assert row["wording_vi"]
    assert row["wording_en"]
    assert row["as_printed"]


@pytest.mark.parametrize("key", sorted(TARGETS))
def test_a_target_has_the_numbers_that_its_operator_needs(key: str) -> None:
    row = TARGETS[key]
    operator = Operator(row["operator"])
    if operator is Operator.PER_ZONE:
        assert not row["low"]
        assert not row["high"]
        return
    low, high = Fraction(row["low"]), Fraction(row["high"])
    assert low < high if operator is Operator.RANGE else low == high
    direction = Direction(row["direction"]) if row["direction"] else None
    if operator is not Operator.ABOUT:  # which has one only where one side of it is known to be good
        assert (direction is not None) == (operator in CHANGES or operator is Operator.REACH)
    if operator in (Operator.DELTA, Operator.DELTA_RELATIVE):
        assert (direction is Direction.UP) == (low > 0)
    if operator in (Operator.REDUCTION_FRACTION, Operator.REDUCTION_PERCENT):
        assert low > 0
        assert direction is Direction.DOWN


def test_every_kind_of_operator_that_the_texts_use_is_there() -> None:
    used = {Operator(row["operator"]) for row in TARGETS.values()}
    assert used == set(Operator) - {Operator.WORDS}


def test_a_baseline_stands_only_under_a_change() -> None:
    for row in TARGETS.values():
        if row["baseline_year"]:
            assert Operator(row["operator"]) in CHANGES
            assert int(row["baseline_year"]) < int(row["year"])
    assert not any(row["baseline_value"] for row in TARGETS.values())


def test_the_doubtful_ones_are_marked_and_no_others() -> None:
    assert {key for key, row in TARGETS.items() if row["ambiguous"] == "1"} == {"S0-03", "S3-12", "S3-13"}
    assert all(TARGETS[key]["note_vi"] for key in ("S0-01", "S0-03", "S3-12", "S3-13"))


def test_every_note_is_there_in_both_languages() -> None:
    for row in TARGETS.values():
        assert bool(row["note_vi"]) == bool(row["note_en"])
        if row["note_vi"]:
            assert row["note_en"] != row["note_vi"]
            assert row["note_en"].endswith(".")


def test_the_scan_keeps_its_sign_and_the_doubt() -> None:
    for key in OCR:
        assert TARGETS[key]["as_printed"].startswith("> ")
        assert TARGETS[key]["operator"] == Operator.AT_LEAST
        assert "≥" in TARGETS[key]["note_vi"]


def test_methods_add_up_to_the_printed_totals() -> None:
    assert value("S0-13") == sum(value(f"S0-{number}") for number in range(14, 19)) == 48_158
    assert value("S3-01") == sum(value(f"S3-{number:02d}") for number in range(2, 8)) == 4_310
    assert TARGETS["S0-13"]["definition"] == TARGETS["S3-01"]["definition"] == "new_modern_contraceptive_users"
    assert TARGETS["S0-14"]["definition"] == TARGETS["S3-02"]["definition"] == "new_users_iud"


def test_a_level_printed_without_a_sign_is_come_down_to() -> None:
    reached = {key: row for key, row in TARGETS.items() if row["operator"] == Operator.REACH}
    assert set(reached) == {"S0-02", "S3-14"}
    assert {row["direction"] for row in reached.values()} == {Direction.DOWN}


@pytest.mark.parametrize(
    ("key", "operator", "low", "high", "printed"),
    [
        ("S0-01", Operator.DELTA, "-16.2", "-16.2", "16,2 điểm%"),
        ("S0-02", Operator.REACH, "111", "111", "về mức 111"),
        ("S1-04", Operator.REDUCTION_FRACTION, "1/2", "1/2", "1/2"),
        ("S1-19", Operator.REDUCTION_FRACTION, "2/3", "2/3", "2/3"),
        ("S2-01", Operator.BELOW, "10", "10", "< 1%"),
        ("S2-02", Operator.DELTA, "-0.1", "-0.1", "-0,1 (điểm %)"),
        ("S2-05", Operator.AT_LEAST, "73.5", "73.5", "73,5%"),
        ("S4-01", Operator.DELTA, "0.3", "0.3", "0,3%o"),
        ("S4-02", Operator.RANGE, "103", "107", "103-107"),
        ("S4-07", Operator.DELTA_RELATIVE, "-15", "-15", "15%"),
    ],
)
def test_what_was_printed_stands_beside_what_it_means(
    key: str, operator: Operator, low: str, high: str, printed: str
) -> None:
    row = TARGETS[key]
    assert (row["operator"], row["low"], row["high"], row["as_printed"]) == (operator, low, high, printed)


def test_only_yearly_plans_and_orientations_have_the_horizon_of_a_year() -> None:
    yearly = {row["document"] for row in TARGETS.values() if row["horizon"] == Horizon.YEARLY}
    assert yearly == {"S0", "S2", "S3", "S4", "66-TCDS-KHTC", "207-TCDS-KHTC", "135-CDS-KHTC"}
    oriented = {row["document"] for row in TARGETS.values() if row["plan_kind"] == PlanKind.ORIENTATION}
    assert oriented == {"66-TCDS-KHTC", "207-TCDS-KHTC", "135-CDS-KHTC"}


def test_nothing_is_called_restated_where_no_text_says_so() -> None:
    assert not [key for key, row in TARGETS.items() if row["plan_kind"] == PlanKind.RESTATED or row["restates"]]


def test_published_results_are_all_there_on_their_own_basis() -> None:
    published = rows("published")
    assert len(published) == 105 + 3 * 25
    bases = Counter(row["geographic_basis"] for row in published)
    assert bases == {"NATION": 18 + 75, "PROVINCE_63": 65, "PROVINCE_34": 19, "REGION_63": 3}
    assert all(bool(row["unit"]) != bool(row["group"]) for row in published)
    assert all(row["source"] and Confidence(row["confidence"]) for row in published)
    assert {row["definition"] for row in published} <= DEFINITIONS


def test_a_published_value_stands_once_for_unit_definition_and_period() -> None:
    keys = Counter((row["definition"], row["unit"], row["group"], row["period"]) for row in rows("published"))
    assert set(keys.values()) == {1}


def test_a_published_window_has_a_window_for_a_period() -> None:
    windows = [row for row in rows("published") if not re.fullmatch(r"\d{4}", row["period"])]
    assert [(row["unit"], row["definition"], row["period"]) for row in windows] == [
        ("p83", "cpr_modern", "2024-9M"),
        ("p83", "srb", "2024-9M"),
        ("p83", "prenatal_screening", "2024-9M"),
        ("p83", "newborn_screening", "2024-9M"),
    ]
    assert Period("2024-9M").last_day == date(2024, 9, 30)


def test_the_national_sex_ratio_runs_from_2000_to_a_preliminary_2024_and_beyond() -> None:
    series = {row["period"]: row for row in rows("published") if (row["definition"], row["unit"]) == ("srb", "vn")}
    assert sorted(series) == [str(year) for year in range(2000, 2026)]
    assert {period for period, row in series.items() if row["preliminary"] == "1"} == {"2024"}
    assert float(series["2018"]["value"]) == 114.8
    assert float(series["2024"]["value"]) == 111.4


def test_the_two_series_of_old_bac_ninh_and_the_nation_never_mix() -> None:
    registered = [row for row in rows("published") if row["definition"] == "srb_civil_registration"]
    assert {(row["unit"], row["period"]) for row in registered} == {
        ("vn", "2021"), ("vn", "2023"), ("vn", "2024"), ("p27", "2024"),
    }  # fmt: skip
