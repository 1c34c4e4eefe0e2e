"""What the world of `tests.worlds` counts, compares and plans."""

from datetime import date
from typing import Any

from data import tables as t
from data.judging.operators import Operator
from data.kinds import Aggregation, Horizon, PlanKind, Side, UnitLevel
from data.measures import Measure
from data.periods import Frequency

QUARTERLY, YEARLY, PLAN = 301, 302, 303
PLAN_2025, NATIONAL_PLAN = 401, 402  # documents

# key: (id, aggregation, measure, at most)
ELEMENTS: dict[str, tuple[int, Aggregation, Measure, str | None]] = {
    "population": (501, Aggregation.STOCK, Measure.PERSONS, None),
    "births_boys": (502, Aggregation.FLOW, Measure.BIRTHS, None),
    "births_girls": (503, Aggregation.FLOW, Measure.BIRTHS, None),
    "births_third_plus": (504, Aggregation.FLOW, Measure.BIRTHS, None),
    "deaths": (505, Aggregation.FLOW, Measure.PERSONS, None),
    "pregnancies_managed": (506, Aggregation.FLOW, Measure.PERSONS, None),
    "pregnancies_screened": (507, Aggregation.FLOW, Measure.PERSONS, "pregnancies_managed"),
    "newborns_screened": (508, Aggregation.FLOW, Measure.BIRTHS, None),
    "elderly": (509, Aggregation.STOCK, Measure.PERSONS, "population"),
    "elderly_examined": (510, Aggregation.DISTINCT, Measure.PERSONS, "elderly"),
    "new_users_pill": (511, Aggregation.FLOW, Measure.PERSONS, None),
    "new_users_condom": (512, Aggregation.FLOW, Measure.PERSONS, None),
}

# key: (id, measure, factor, plausible limits, numerator, denominator); a part is an element and its sign.
Parts = dict[str, int]
DEFINITIONS: dict[str, tuple[int, Measure, int, tuple[float | None, float | None], Parts, Parts]] = {
    "srb": (601, Measure.BOYS_PER_100_GIRLS, 100, (95, 125), {"births_boys": 1}, {"births_girls": 1}),
    "third_birth_share": (
        602, Measure.PERCENT, 100, (0, 40), {"births_third_plus": 1}, {"births_boys": 1, "births_girls": 1},
    ),
    "natural_increase_rate": (
        603, Measure.PER_MILLE, 1000, (-5, 25), {"births_boys": 1, "births_girls": 1, "deaths": -1}, {"population": 1},
    ),
    "prenatal_screening": (
        604, Measure.PERCENT, 100, (0, 100), {"pregnancies_screened": 1}, {"pregnancies_managed": 1},
    ),
    "newborn_screening": (
        605, Measure.PERCENT, 100, (0, 100), {"newborns_screened": 1}, {"births_boys": 1, "births_girls": 1},
    ),
    "elderly_checkup": (606, Measure.PERCENT, 100, (0, 100), {"elderly_examined": 1}, {"elderly": 1}),
    "new_modern_contraceptive_users": (
        607, Measure.PERSONS, 1, (0, None), {"new_users_pill": 1, "new_users_condom": 1}, {},
    ),
}  # fmt: skip
SURVEYED = 608  # tfr: published only

FORMS: dict[str, tuple[int, Frequency, int | None, int | None, dict[UnitLevel, bool]]] = {
    "quarterly": (
        QUARTERLY, Frequency.QUARTERLY, 5, None,
        {UnitLevel.COMMUNE: True, UnitLevel.DISTRICT: True, UnitLevel.PROVINCE: False},
    ),
    "yearly": (YEARLY, Frequency.YEARLY, 15, None, {UnitLevel.PROVINCE: True}),
    "plan": (PLAN, Frequency.WINDOW, None, 11, {UnitLevel.PROVINCE: True, UnitLevel.DISTRICT: True}),
}  # fmt: skip

# What makes a form complete and free of problems; a test changes what it is about.
QUARTER = {
    "population": 10_000, "births_boys": 21, "births_girls": 19, "births_third_plus": 4, "deaths": 12,
    "pregnancies_managed": 40, "pregnancies_screened": 30, "newborns_screened": 25, "elderly": 1_200,
    "elderly_examined": 300, "new_users_pill": 60, "new_users_condom": 40,
}  # fmt: skip
PLAN_ROWS = ("births_boys", "births_girls", "pregnancies_managed", "pregnancies_screened", "new_users_pill",
             "new_users_condom", "elderly", "elderly_examined")  # fmt: skip

DOCUMENTS: list[dict[str, Any]] = [
    {"id": PLAN_2025, "key": "plan-2025", "number": "12/KH-UBND", "issued_on": date(2025, 1, 20), "issuer_id": 111,
     "title_vi": "Kế hoạch công tác dân số năm 2025", "title_en": "Population plan 2025", "short_vi": None,
     "short_en": None, "note": None},
    {"id": NATIONAL_PLAN, "key": "nq21", "number": "21-NQ/TW", "issued_on": date(2017, 10, 25), "issuer_id": 101,
     "title_vi": "Nghị quyết về công tác dân số", "title_en": "Resolution on population work",
     "short_vi": "Mục tiêu NQ 21", "short_en": "Resolution 21", "note": None},
]  # fmt: skip
FORM_DUE_DAYS: list[dict[str, Any]] = [
    {"form_id": PLAN, "unit_id": 111, "period": "2025-11M", "due_on": date(2025, 12, 4), "document_id": PLAN_2025}
]


def _target(target_id: int, unit: int, definition: str, year: int, low: float, **changes: Any) -> dict[str, Any]:
    row: dict[str, Any] = {
        "id": target_id, "key": f"T{target_id}", "definition_id": DEFINITIONS[definition][0], "unit_id": unit,
        "year": year, "operator": Operator.AT_LEAST, "direction": None, "low": low, "high": low,
        "baseline_year": None, "baseline_value": None, "ambiguous": False, "plan_kind": PlanKind.ASSIGNED,
        "horizon": Horizon.YEARLY, "document_id": PLAN_2025, "clause": "II.1", "as_printed": f"{low:g}",
        "wording_vi": "Đạt từ mức này", "wording_en": "Reach this", "restates_id": None, "zone_key": None,
        "source": None, "confidence": None, "note_vi": None, "note_en": None,
    }  # fmt: skip
    return row | changes


# NORTH (closed) plans for 2025 and prints a due day; SOUTH plans and prints none; NORTH_CITY is a district with a
# plan; ASH has a target for 2026; the nation has one for 2030.
TARGETS: list[dict[str, Any]] = [
    _target(701, 111, "new_modern_contraceptive_users", 2025, 1_200),
    _target(702, 111, "prenatal_screening", 2025, 70),
    _target(703, 112, "prenatal_screening", 2025, 60),
    _target(704, 121, "new_modern_contraceptive_users", 2025, 300),
    _target(705, 131, "new_modern_contraceptive_users", 2026, 400),
    _target(706, 131, "newborn_screening", 2026, 30),
    _target(707, 101, "srb", 2030, 109, document_id=NATIONAL_PLAN, horizon=Horizon.MULTI_YEAR,
            plan_kind=PlanKind.ORIENTATION, operator=Operator.AT_MOST),
]  # fmt: skip


def catalogue_rows() -> list[tuple[type[t.Base], list[dict[str, Any]]]]:
    """The catalogue's tables with their rows, in an order that foreign keys accept."""
    return [
        (t.Programme, [
            {"id": 801, "key": "468", "position": 1, "name_vi": "Giới tính khi sinh", "name_en": "Sex at birth",
             "document_id": None},
            {"id": 802, "key": "1999", "position": 2, "name_vi": "Sàng lọc", "name_en": "Screening",
             "document_id": None},
        ]),
        (t.Indicator, [{"id": 811, "key": "all", "name_vi": "Chỉ tiêu", "name_en": "Indicators"}]),
        (t.DataElement, [_element(key) for key in ELEMENTS]),
        (t.Form, [_form(key) for key in FORMS]),
        (t.FormLevel, [
            {"form_id": form_id, "level": level, "required": required}
            for form_id, *_, levels in FORMS.values()
            for level, required in levels.items()
        ]),
        (t.FormElement, _form_elements()),
        (t.Definition, [*(_definition(key) for key in DEFINITIONS), _surveyed()]),
        (t.DefinitionPart, _definition_parts()),
    ]  # fmt: skip


def _element(key: str) -> dict[str, Any]:
    element_id, aggregation, measure, at_most = ELEMENTS[key]
    return {
        "id": element_id, "key": key, "aggregation": aggregation, "measure": measure, "name_vi": f"Số {key}",
        "name_en": key.replace("_", " ").capitalize(), "help_vi": None, "help_en": None,
        "at_most_id": ELEMENTS[at_most][0] if at_most else None,
    }  # fmt: skip


def _form(key: str) -> dict[str, Any]:
    form_id, frequency, working_days, months, _ = FORMS[key]
    return {
        "id": form_id, "key": key, "frequency": frequency, "name_vi": f"Biểu {key}", "name_en": f"Form {key}",
        "due_working_days": working_days, "on_old_areas": months is not None, "window_months": months,
    }  # fmt: skip


def _form_elements() -> list[dict[str, Any]]:
    rows = {"quarterly": tuple(ELEMENTS), "yearly": tuple(ELEMENTS), "plan": PLAN_ROWS}
    return [
        {"form_id": FORMS[form][0], "element_id": ELEMENTS[key][0], "position": position,
         "section_vi": "Dân số" if position < 6 else "Dịch vụ", "section_en": "People" if position < 6 else "Services"}
        for form, keys in rows.items()
        for position, key in enumerate(keys, 1)
    ]  # fmt: skip


def _definition(key: str) -> dict[str, Any]:
    definition_id, measure, factor, (least, most), _, below = DEFINITIONS[key]
    return {
        "id": definition_id, "key": key, "indicator_id": 811, "programme_id": 801 if definition_id < 604 else 802,
        "measure": measure, "factor": factor, "surveyed": False, "chance": definition_id < 603,
        "headline": definition_id - 600, "series": None, "name_vi": f"Chỉ tiêu {key}",
        "name_en": key.replace("_", " ").capitalize(), "short_vi": key, "short_en": key, "formula_vi": "a ÷ b",
        "formula_en": "a ÷ b", "denominator_vi": "b" if below else None, "denominator_en": "b" if below else None,
        "from_on": None, "to_on": date(2025, 6, 2) if key == "third_birth_share" else None, "plausible_min": least,
        "plausible_max": most, "source": None, "confidence": None, "note": None,
    }  # fmt: skip


def _surveyed() -> dict[str, Any]:
    changes = {"id": SURVEYED, "key": "tfr", "measure": Measure.CHILDREN_PER_WOMAN, "factor": 1, "surveyed": True,
               "chance": False, "name_vi": "Tổng tỷ suất sinh", "name_en": "Total fertility rate", "headline": 8,
               "plausible_min": 1, "plausible_max": 3.5}  # fmt: skip
    return _definition("srb") | changes


def _definition_parts() -> list[dict[str, Any]]:
    return [
        {"definition_id": definition_id, "side": side, "element_id": ELEMENTS[key][0], "sign": sign}
        for definition_id, *_, above, below in DEFINITIONS.values()
        for side, parts in ((Side.NUMERATOR, above), (Side.DENOMINATOR, below))
        for key, sign in parts.items()
    ]
