"""Promises about the words for periods, measures, verdicts, targets and units, in both languages."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from threading import Barrier

import pytest

from data import kinds
from data.judging import Direction, Goal, Judgement, Observed, Operator, Reason, Verdict, judge
from data.measures import Measure
from data.numbers import Number
from data.periods import Frequency, Period
from data.wording import N_, Language, _, current_language, pick, set_language, use_language
from data.wording.judging import (
    interval_text,
    judgement_sentence,
    reason_sentence,
    standing_name,
    verdict_explanation,
    verdict_glyph,
    verdict_word,
)
from data.wording.language import read_area, vietnamese
from data.wording.measures import margin_number, measure_name, measured, measured_margin, measured_number
from data.wording.periods import frequency_name, period_name, period_short
from data.wording.targets import confidence_name, plan_kind_name, target_convention, target_phrase
from data.wording.units import kind_name, level_name, reach_name, role_name, status_name, unit_title

REACHES = ("OWN", "CHILDREN", "SUBTREE", "PEERS", "ANCESTORS", "PREDECESSORS", "NATION")


def test_vietnamese_is_spoken_unless_a_language_is_set() -> None:
    assert current_language() is Language.VI
    with use_language(Language.EN):
        assert _("met") == "met"
        with use_language(Language.VI):
            assert _("met") == "đạt"
        assert current_language() is Language.EN
    assert current_language() is Language.VI


def test_a_refusal_inside_a_block_gives_the_language_back() -> None:
    with pytest.raises(RuntimeError), use_language(Language.EN):
        raise RuntimeError
    assert current_language() is Language.VI


def test_one_readers_language_is_not_anothers() -> None:
    both_have_chosen = Barrier(2, timeout=30)

    def say(language: Language) -> str:
        set_language(language)
        both_have_chosen.wait()
        return verdict_word(Verdict.BEHIND)

    # As the server has it: a thread for each reader.
    with ThreadPoolExecutor(2) as readers:
        assert list(readers.map(say, (Language.EN, Language.VI))) == ["behind", "chậm tiến độ"]


def test_only_the_languages_of_the_portal_can_be_set() -> None:
    with pytest.raises(ValueError, match="fr"):
        set_language("fr")  # type: ignore[arg-type]


def test_a_sentence_without_translation_is_shown_in_english() -> None:
    assert _("never translated {name}") == N_("never translated {name}") == "never translated {name}"


def test_names_that_a_fact_carries_are_picked_by_language() -> None:
    assert pick("Kết quả", "Result") == "Kết quả"
    with use_language(Language.EN):
        assert (pick("Kết quả", "Result"), pick("Kết quả", "")) == ("Result", "Kết quả")


def test_unfinished_entries_are_not_shown(tmp_path: Path) -> None:
    area = tmp_path / "area.po"
    area.write_text(
        'msgid "a"\nmsgstr "á"\n\n#, fuzzy\nmsgid "b"\nmsgstr "bờ"\n\nmsgid "c"\nmsgstr ""\n', encoding="utf-8"
    )
    assert read_area(area) == {"a": "á"}
    assert vietnamese() is vietnamese(), "the catalogue is read once"


@pytest.mark.parametrize(
    ("code", "vi", "short", "en", "short_en"),
    [
        ("202510", "Tháng 10/2025", "T10/2025", "October 2025", "10/2025"),
        ("2025Q3", "Quý III/2025", "QIII/2025", "Quarter 3 of 2025", "Q3 2025"),
        ("2025", "Năm 2025", "2025", "Year 2025", "2025"),
        ("2025-11M", "11 tháng năm 2025", "11T/2025", "11 months of 2025", "11M 2025"),
        ("2025-1M", "1 tháng năm 2025", "1T/2025", "1 month of 2025", "1M 2025"),
    ],
)
def test_periods_are_named_as_officers_write_them(code: str, vi: str, short: str, en: str, short_en: str) -> None:
    period = Period.parse(code)
    assert (period_name(period), period_short(period)) == (vi, short)
    with use_language(Language.EN):
        assert (period_name(period), period_short(period)) == (en, short_en)


@pytest.mark.parametrize("language", Language)
def test_no_two_months_or_quarters_share_a_name(language: Language) -> None:
    codes = [f"2025{month:02d}" for month in range(1, 13)] + [f"2025Q{quarter}" for quarter in range(1, 5)]
    with use_language(language):
        assert len({period_name(Period.parse(code)) for code in codes}) == 16


@pytest.mark.parametrize(
    ("value", "measure", "vi", "en"),
    [
        (88, Measure.PERCENT, "88,0%", "88.0%"),
        (111.3, Measure.BOYS_PER_100_GIRLS, "111,3", "111.3"),
        (Fraction(3, 10), Measure.PER_MILLE, "0,3‰", "0.3‰"),
        (48158, Measure.PERSONS, "48.158 người", "48,158 persons"),
        (1, Measure.ROUNDS, "1 đợt", "1 round"),
        (Decimal("1.906"), Measure.CHILDREN_PER_WOMAN, "1,91 con/phụ nữ", "1.91 children per woman"),
        (74.7, Measure.YEARS, "74,7 năm", "74.7 years"),
        (168.5, Measure.CM, "168,5 cm", "168.5 cm"),
        (4, Measure.RANK, "hạng 4", "rank 4"),
        (None, Measure.PERSONS, "–", "–"),
    ],
)
def test_values_carry_their_measure(value: Number | None, measure: Measure, vi: str, en: str) -> None:
    assert measured(value, measure) == vi
    with use_language(Language.EN):
        assert measured(value, measure) == en


@pytest.mark.parametrize(
    ("margin", "measure", "vi", "en"),
    [
        (-0.3, Measure.PERCENT, "-0,3 điểm %", "-0.3 percentage points"),
        (1240, Measure.PERSONS, "+1.240 người", "+1,240 persons"),
        (2.3, Measure.BOYS_PER_100_GIRLS, "+2,3 điểm", "+2.3 points"),
        (-0.1, Measure.PER_MILLE, "-0,1‰", "-0.1‰"),
        (0, Measure.PERCENT, "0,0 điểm %", "0.0 percentage points"),
        (-1, Measure.RANK, "-1 bậc", "-1 place"),
        (None, Measure.PERCENT, "–", "–"),
    ],
)
def test_margins_are_signed_differences(margin: Number | None, measure: Measure, vi: str, en: str) -> None:
    assert measured_margin(margin, measure) == vi
    with use_language(Language.EN):
        assert measured_margin(margin, measure) == en


def test_a_margin_that_is_not_zero_never_reads_as_zero() -> None:
    assert margin_number(-0.04, Measure.PERCENT) == "-0,04"
    assert margin_number(0.0004, Measure.PERCENT) == "+0,0004"
    assert margin_number(-0.0000071, Measure.PERCENT) == "-0,00001"
    assert margin_number(-0.25, Measure.PERSONS) == "-0,3"


@pytest.mark.parametrize("language", Language)
def test_every_code_has_words(language: Language) -> None:
    with use_language(language):
        for tables in (
            [verdict_word(verdict) for verdict in Verdict],
            [verdict_explanation(verdict) for verdict in Verdict],
            [verdict_glyph(verdict) for verdict in Verdict],
            [reason_sentence(reason) for reason in Reason],
            [measure_name(measure) for measure in Measure if measure is not Measure.NONE],
            [frequency_name(frequency) for frequency in Frequency],
            [kind_name(kind) for kind in kinds.UnitKind],
            [level_name(level) for level in kinds.UnitLevel],
            [role_name(role) for role in kinds.Role],
            [status_name(status) for status in kinds.SubmissionStatus],
            [standing_name(standing) for standing in kinds.Standing],
            [plan_kind_name(kind) for kind in kinds.PlanKind],
            [confidence_name(confidence) for confidence in kinds.Confidence],
            [reach_name(reach) for reach in REACHES],
        ):
            assert all(tables)
            assert len(set(tables)) == len(tables), "two codes read the same"
        for measure in Measure:
            assert "{" not in measured(1.5, measure) + measured_margin(-1.5, measure) + measured_number(2, measure)


def test_an_unknown_word_is_an_error_and_no_blank() -> None:
    with pytest.raises(KeyError):
        kind_name("KINGDOM")


S, P, C = Measure.BOYS_PER_100_GIRLS, Measure.PERCENT, Measure.CASES


@pytest.mark.parametrize(
    ("operator", "value", "measure", "vi", "en"),
    [
        (Operator.AT_LEAST, 70.0, P, "≥ 70%", "≥ 70%"),
        (Operator.ABOVE, 5e6, Measure.PERSONS, "> 5.000.000 người", "> 5,000,000 persons"),
        (Operator.AT_MOST, 4, Measure.RANK, "≤ hạng 4", "≤ rank 4"),
        (Operator.BELOW, 109, S, "< 109", "< 109"),
        (Operator.ABOUT, 22, P, "khoảng 22%", "about 22%"),
        (Operator.EXACTLY, 118, Measure.PERSONS, "đúng 118 người", "exactly 118 persons"),
        (Operator.REACH_AND_HOLD, 2.1, Measure.CHILDREN_PER_WOMAN, "đạt và duy trì 2,1 con/phụ nữ",
         "reach and hold 2.1 children per woman"),
        (Operator.REDUCTION_FRACTION, 0.667, C, "giảm 2/3", "down by 2/3"),
        (Operator.REDUCTION_FRACTION, 0.37, C, "giảm 37%", "down by 37%"),
        (Operator.REDUCTION_PERCENT, 50, C, "giảm 50%", "down by 50%"),
        (Operator.WORDS, None, Measure.NONE, "bằng lời", "in words"),
        (Operator.PER_ZONE, None, Measure.CHILDREN_PER_WOMAN, "theo vùng mức sinh", "by fertility zone"),
    ],
)  # fmt: skip
def test_targets_read_as_plans_print_them(
    operator: Operator, value: float | None, measure: Measure, vi: str, en: str
) -> None:
    assert target_phrase(operator, value, value, measure) == vi
    with use_language(Language.EN):
        assert target_phrase(operator, value, value, measure) == en


def test_ranges_levels_and_changes_read_as_plans_print_them() -> None:
    assert target_phrase(Operator.RANGE, 103, 107, S) == "103–107"
    assert target_phrase(Operator.REACH, 111, 111, S, direction=Direction.DOWN) == "về mức 111"
    assert target_phrase(Operator.REACH, 75, 75, P, direction=Direction.UP) == "đạt mức 75%"
    change = target_phrase(Operator.DELTA, -16.2, -16.2, S, baseline_year=2024)
    assert change == "giảm 16,2 điểm so với 2024"
    assert target_phrase(Operator.DELTA, 0.3, 0.3, Measure.PER_MILLE, baseline_year=2024) == "tăng 0,3‰ so với 2024"
    assert target_phrase(Operator.DELTA, -2, -2, P) == "giảm 2 điểm %"
    assert target_phrase(Operator.DELTA_RELATIVE, -15, -15, C, baseline_year=2024) == "giảm 15% so với 2024"
    unclear = target_phrase(Operator.DELTA, 5, 5, P, baseline_year=2024, ambiguous=True)
    assert unclear == "tăng 5% so với 2024 (không rõ điểm % hay %)"


@pytest.mark.parametrize("operator", Operator)
def test_every_operator_has_a_phrase_with_its_number(operator: Operator) -> None:
    for measure in Measure:
        phrase = target_phrase(operator, 40, 40, measure, direction=Direction.UP, baseline_year=2024)
        assert "4" in phrase
        assert "{" not in phrase


def test_conventions_are_said_where_a_sign_is_missing() -> None:
    assert target_convention(Operator.REACH, Direction.DOWN) == "Theo quy ước: đọc là không vượt quá mức này"
    assert target_convention(Operator.REACH, Direction.UP) == "Theo quy ước: đọc là từ mức này trở lên"
    of_fertility = [
        target_convention(Operator.ABOUT, way, Measure.CHILDREN_PER_WOMAN) for way in (None, *Direction)
    ]
    assert of_fertility == [
        "Theo quy ước: chênh lệch không quá 0,05 con/phụ nữ",
        "Theo quy ước: không thấp hơn quá 0,05 con/phụ nữ",
        "Theo quy ước: không cao hơn quá 0,05 con/phụ nữ",
    ]
    assert "2% " in (target_convention(Operator.ABOUT) or "")
    assert "0,5 điểm" in (target_convention(Operator.ABOUT) or "")
    assert target_convention(Operator.AT_LEAST) is None


def test_a_reason_names_the_targets_year_where_it_is_known() -> None:
    assert reason_sentence(Reason.LATER_YEAR, 2030) == "Mốc 2030: chỉ nêu khoảng cách"
    assert "2030" not in reason_sentence(Reason.LATER_YEAR)
    assert reason_sentence(Reason.WORDS_ONLY, 2030) == reason_sentence(Reason.WORDS_ONLY)


def test_a_judgement_reads_as_one_sentence() -> None:
    goal = Goal(Operator.AT_LEAST, 90_000, 90_000, None, 2025, is_count=True)
    behind = judge(goal, Observed(40_000, 2025, elapsed_months=6))
    assert judgement_sentence(behind, Measure.PERSONS) == (
        "Chậm tiến độ; mức tính đến kỳ này: 45.000 người; khoảng cách tới mức cần đạt: -5.000 người."
    )
    assert judgement_sentence(Judgement(Verdict.NO_DATA), Measure.PERSONS) == "Chưa có số liệu."


def test_intervals_are_written_with_both_ends() -> None:
    assert interval_text(111.05, 115.8, S) == "111,1–115,8"
    assert interval_text(80, float("inf"), S) == "từ 80,0 trở lên"
    assert interval_text(None, None, S) == "–"


@pytest.mark.parametrize(
    ("kind", "name", "vi", "en"),
    [
        ("PROVINCE", "Bắc Ninh", "Tỉnh Bắc Ninh", "Bắc Ninh province"),
        ("CITY", "Hồ Chí Minh", "Thành phố Hồ Chí Minh", "Hồ Chí Minh city"),
        ("WARD", "Thục Phán", "Phường Thục Phán", "Thục Phán ward"),
        ("WARD", "1 Bảo Lộc", "Phường 1 Bảo Lộc", "Ward 1 Bảo Lộc"),
        ("NATION", "Việt Nam", "Cả nước", "Whole country"),
        (kinds.UnitKind.SPECIAL_ZONE, "Cát Hải", "Đặc khu Cát Hải", "Cát Hải special zone"),
    ],
)
def test_units_carry_their_kind(kind: str, name: str, vi: str, en: str) -> None:
    assert unit_title(kind, name) == vi
    with use_language(Language.EN):
        assert unit_title(kind, name) == en
