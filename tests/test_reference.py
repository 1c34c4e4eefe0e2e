"""The catalogue of forms, elements, definitions and documents: complete, and consistent with itself."""

from collections import Counter, defaultdict
from datetime import date
from importlib.resources import files

import pytest

from data.kinds import Aggregation
from data.measures import Measure
from data.reference import FILES, digest, rows

# The indicators that the domain describes; each is a definition, and the twenty default columns are exactly these.
INDICATORS = {
    "srb", "third_birth_share", "prenatal_screening", "prenatal_screening_4", "newborn_screening",
    "newborn_screening_5", "premarital", "elderly_checkup", "elderly_hi_managed", "cpr_modern",
    "cpr_modern_all_women", "new_modern_contraceptive_users", "tfr", "cbr", "cdr", "natural_increase_rate",
    "life_expectancy", "healthy_life_years", "adolescent_unintended_pregnancy", "population_registered",
}  # fmt: skip
METHODS = {"iud", "implant", "injection", "pill", "condom", "sterilisation"}
# What the plans, the national instruments and the publications name beside them.
OTHERS = {
    *(f"new_users_{method}" for method in METHODS),
    "campaign_communes", "campaign_rounds", "child_marriage", "civil_servants_trained", "collab_mobile",
    "collaborator_training_classes", "collaborator_training_new", "collaborator_training_old",
    "collaborator_training_people", "commune_digital_update", "commune_health_criteria", "commune_nonclinical_fp",
    "commune_online", "communes_with_screening_point", "consanguineous", "contraception_access",
    "death_data_monitoring", "dependency_ratio", "district_clinical_fp", "district_facilities_screening_capable",
    "district_online", "ehr", "elderly_hi_checkup", "elderly_informed", "elderly_records", "elderly_treated",
    "facility_standard", "fertility_gap", "hdi_rank", "height_18_female", "height_18_male", "imr", "leaders_trained",
    "newborn_screening_facility", "population_size", "prenatal_screening_facility", "provinces_at_replacement",
    "public_employees_trained", "sector_uses_data", "share_60plus", "share_65plus", "share_under15",
    "srb_civil_registration", "srb_growth", "srb_rural", "srb_urban", "station_fp_high_fertility", "stunting_u5",
    "urban_share", "village_health_trained", "warehouse_modern",
}  # fmt: skip
RATIOS = {Measure.PERCENT: 100, Measure.PER_MILLE: 1000, Measure.BOYS_PER_100_GIRLS: 100}
KEYED = ("units", "groups", "documents", "programmes", "elements", "forms", "indicators", "definitions", "targets")

DEFINITIONS = {row["key"]: row for row in rows("definitions")}
ELEMENTS = {row["key"]: row for row in rows("elements")}
FORMS: dict[str, list[str]] = defaultdict(list)
for _row in rows("form_elements"):
    FORMS[_row["form"]].append(_row["element"])
PARTS: dict[str, dict[str, dict[str, int]]] = defaultdict(lambda: {"NUMERATOR": {}, "DENOMINATOR": {}})
for _row in rows("definition_parts"):
    PARTS[_row["definition"]][_row["side"]][_row["element"]] = int(_row["sign"])


@pytest.mark.parametrize("name", FILES)
def test_a_reference_file_is_plain_and_whole(name: str) -> None:
    content = files("data.reference").joinpath(f"{name}.csv").read_bytes()
    assert b"\r" not in content
    assert content.endswith(b"\n")
    for row in rows(name):
        assert None not in row, row
        assert None not in row.values(), row
        assert all(cell == cell.strip() for cell in row.values()), row


@pytest.mark.parametrize("name", KEYED)
def test_keys_are_unique(name: str) -> None:
    repeated = [key for key, count in Counter(row["key"] for row in rows(name)).items() if count > 1]
    assert not repeated


def test_the_digest_is_the_same_each_time() -> None:
    assert digest() == digest()
    assert len(digest()) == 64


def test_every_key_of_the_domain_is_a_definition() -> None:
    assert set(DEFINITIONS) == INDICATORS | OTHERS


def test_changes_are_operators_and_never_definitions() -> None:
    assert not [key for key in DEFINITIONS if key.endswith(("_delta", "_reduction", "_zone"))]


def test_the_default_columns_are_the_twenty_indicators() -> None:
    shown = {int(row["headline"]): key for key, row in DEFINITIONS.items() if row["headline"]}
    assert sorted(shown) == list(range(1, 21))
    assert set(shown.values()) == INDICATORS
    assert shown[1] == "srb"


def test_definitions_name_indicators_and_programmes_that_exist() -> None:
    assert {row["indicator"] for row in DEFINITIONS.values()} == {row["key"] for row in rows("indicators")}
    assert {row["programme"] for row in DEFINITIONS.values()} <= {row["key"] for row in rows("programmes")}
    assert {"588", "1848", "1999", "468", "1579", "537", "2259", "520"} <= {row["key"] for row in rows("programmes")}


def test_a_surveyed_definition_is_never_computed_and_every_other_is() -> None:
    computed = {key for key, row in DEFINITIONS.items() if row["surveyed"] == "0"}
    assert set(PARTS) == computed
    assert all(PARTS[key]["NUMERATOR"] for key in computed)


@pytest.mark.parametrize("key", sorted(PARTS))
def test_a_ratio_has_a_denominator_and_a_count_has_none(key: str) -> None:
    measure = Measure(DEFINITIONS[key]["measure"])
    assert bool(PARTS[key]["DENOMINATOR"]) == (measure in RATIOS)
    assert int(DEFINITIONS[key]["factor"]) == RATIOS.get(measure, 1)
    assert bool(DEFINITIONS[key]["denominator_vi"]) == (measure in RATIOS)


@pytest.mark.parametrize("key", sorted(PARTS))
def test_a_side_of_a_definition_has_one_aggregation(key: str) -> None:
    for elements in PARTS[key].values():
        assert len({Aggregation(ELEMENTS[element]["aggregation"]) for element in elements}) <= 1


@pytest.mark.parametrize("key", sorted(PARTS))
def test_some_form_collects_all_of_a_definition(key: str) -> None:
    needed = set(PARTS[key]["NUMERATOR"]) | set(PARTS[key]["DENOMINATOR"])
    assert any(needed <= set(collected) for collected in FORMS.values())


def test_forms_collect_elements_that_exist_in_an_order_without_gaps() -> None:
    positions: dict[str, list[int]] = defaultdict(list)
    for row in rows("form_elements"):
        assert row["element"] in ELEMENTS
        positions[row["form"]].append(int(row["position"]))
    assert {form: len(listed) for form, listed in positions.items()} == {"quarterly": 35, "yearly": 41, "plan": 43}
    assert all(sorted(listed) == list(range(1, len(listed) + 1)) for listed in positions.values())


def test_every_element_is_collected_by_some_form() -> None:
    assert set(ELEMENTS) == {element for collected in FORMS.values() for element in collected}


def test_a_limit_is_another_element_that_no_chain_of_limits_leads_back_to() -> None:
    for key, row in ELEMENTS.items():
        seen, limit = {key}, row["at_most"]
        while limit:
            assert limit not in seen
            seen.add(limit)
            limit = ELEMENTS[limit]["at_most"]


def test_people_examined_are_never_added_across_periods() -> None:
    distinct = {key for key, row in ELEMENTS.items() if row["aggregation"] == Aggregation.DISTINCT}
    assert distinct == {"elderly_examined", "elderly_hi_examined", "campaign_communes"}


def test_pregnancies_add_up_over_time_and_older_persons_do_not() -> None:
    assert ELEMENTS["pregnancies_managed"]["aggregation"] == Aggregation.FLOW
    assert ELEMENTS["elderly"]["aggregation"] == Aggregation.STOCK


def test_the_three_forms_are_reported_by_the_levels_that_the_circular_and_the_plans_name() -> None:
    levels = {(row["form"], row["level"]): row["required"] for row in rows("form_levels")}
    assert levels == {
        ("quarterly", "COMMUNE"): "1", ("quarterly", "DISTRICT"): "1", ("quarterly", "PROVINCE"): "0",
        ("yearly", "PROVINCE"): "1", ("plan", "PROVINCE"): "1", ("plan", "DISTRICT"): "1",
    }  # fmt: skip


def test_a_plan_report_is_due_on_the_day_before_the_printed_one() -> None:
    days = {row["unit"]: date.fromisoformat(row["due_on"]) for row in rows("form_due_days")}
    assert days == {"p27": date(2025, 12, 4), "p74": date(2025, 11, 30)}
    assert {(row["form"], row["period"]) for row in rows("form_due_days")} == {("plan", "2025-11M")}


def test_third_births_are_policy_until_the_day_before_the_ordinance() -> None:
    assert DEFINITIONS["third_birth_share"]["to_on"] == "2025-06-02"
    ordinance = next(row for row in rows("documents") if row["key"] == "07-2025-UBTVQH15")
    assert ordinance["issued_on"] == "2025-06-03"


def test_birth_statistics_are_judged_by_intervals_and_delivery_is_not() -> None:
    chance = {key for key, row in DEFINITIONS.items() if row["chance"] == "1"}
    assert chance == {"srb", "srb_civil_registration", "srb_urban", "srb_rural", "cbr", "third_birth_share"}


def test_natural_increase_is_births_less_deaths_per_thousand() -> None:
    assert DEFINITIONS["natural_increase_rate"]["measure"] == Measure.PER_MILLE
    assert PARTS["natural_increase_rate"]["NUMERATOR"] == {"births_boys": 1, "births_girls": 1, "deaths": -1}


def test_new_users_are_the_sum_of_the_six_methods() -> None:
    methods = {f"new_users_{method}" for method in METHODS}
    assert set(PARTS["new_modern_contraceptive_users"]["NUMERATOR"]) == methods
    assert all(set(PARTS[method]["NUMERATOR"]) == {method} for method in methods)


def test_the_two_series_of_the_sex_ratio_are_two_columns() -> None:
    assert DEFINITIONS["srb"]["series"] != DEFINITIONS["srb_civil_registration"]["series"]
    assert DEFINITIONS["srb_civil_registration"]["surveyed"] == "1"


def test_a_numbered_document_is_dated_and_the_plans_without_number_have_no_date() -> None:
    documents = {row["key"]: row for row in rows("documents")}
    assert all(row["issued_on"] for row in documents.values() if row["number"])
    assert documents["21-NQ-TW-2017"]["issued_on"] == "2017-10-25"
    undated = {key for key, row in documents.items() if not row["issued_on"]}
    assert undated == {"S1", "S2", "S3"}
    assert not any(documents[key]["number"] for key in undated)


def test_only_national_instruments_have_a_short_name() -> None:
    assert all(row["issuer"] == "vn" for row in rows("documents") if row["short_vi"] or row["short_en"])


@pytest.mark.parametrize("name", ["elements", "definitions", "indicators", "programmes", "forms", "groups"])
def test_everything_that_is_shown_has_both_languages(name: str) -> None:
    for row in rows(name):
        for column in row:
            if column.endswith("_vi"):
                assert bool(row[column]) == bool(row[column.removesuffix("vi") + "en"]), row
