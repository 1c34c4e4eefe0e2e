"""What it takes to know: births and years, as the domain knows them, and as the verdict says them."""

from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.judging import Direction, Goal, Observed, Operator, Reason, Verdict, judge, sex_ratio_interval
from data.judging.power import births_a_year, births_to_tell, chance_outside, years_to_tell
from data.measures import Measure
from data.wording import Language, use_language
from data.wording.judging import judgement_details, judgement_sentence

S = Measure.BOYS_PER_100_GIRLS
RANGE = Goal(Operator.RANGE, 103, 107, None, 2025, is_count=False)
LEVEL = Goal(Operator.REACH, 107, 107, Direction.DOWN, 2025, is_count=False)


def births(boys: int, girls: int, months: int = 12, counted: int | None = None) -> Observed:
    ratio = boys / girls * 100
    return Observed(ratio, 2025, months, numerator=boys, denominator=girls, chance=True, counted=counted)


def test_111_is_told_from_107_by_some_11_400_births() -> None:
    found = births_to_tell(111, 107, share=False, factor=100)
    assert found is not None
    assert abs(found - 11_400) < 50


def test_with_420_births_a_true_105_lies_outside_103_to_107_in_84_years_of_100() -> None:
    assert int(chance_outside(420, 105, 103, 107) * 100) == 84


def test_very_many_births_leave_the_range_hardly_ever() -> None:
    assert chance_outside(1_000_000, 105, 103, 107) < 1e-6
    assert chance_outside(5, 105, 103, 107) == 1.0  # no five births have such a ratio


def test_one_by_one_and_in_the_large_chance_is_the_same() -> None:
    exact, normal = chance_outside(20_000, 105, 103, 107), chance_outside(20_001, 105, 103, 107)
    assert exact == pytest.approx(normal, abs=0.005)


def test_a_value_on_the_level_is_never_told_from_it() -> None:
    assert births_to_tell(107, 107, share=False, factor=100) is None
    assert births_to_tell(0, 107, share=False, factor=100) is None
    assert births_to_tell(100, 20, share=True, factor=100) is None


def test_of_a_rate_per_mille_the_births_are_counted_and_not_the_people() -> None:
    people = 1.959964**2 * 0.015 * 0.985 / 0.001**2
    assert births_to_tell(15, 14, share=True, factor=1000) == pytest.approx(people * 0.015, rel=0.001)
    assert births_a_year(150, 10_000, 12, share=True, factor=1000) == 150
    assert births_a_year(15, 100, 12, share=True, factor=100) == 100


def test_part_of_a_year_is_brought_to_a_year() -> None:
    assert births_a_year(105, 100, 3, share=False, factor=100) == 820
    assert years_to_tell(11_400, 820) == 14
    assert years_to_tell(11_400, 0) is None


@given(st.integers(80, 130), st.integers(80, 130))
def test_so_many_births_do_tell(value: int, level: int) -> None:
    enough = births_to_tell(value, level, share=False, factor=100)
    if value == level:
        assert enough is None
        return
    assert enough is not None
    more = enough * 1.1 + 10  # Wilson's interval is a little wider than the normal one
    low, high = sex_ratio_interval(more * value / (100 + value), more * 100 / (100 + value)) or (0.0, 0.0)
    assert low > level or high < level


@given(st.integers(90, 120), st.integers(1, 5), st.integers(1, 5))
def test_farther_from_the_level_takes_fewer_births(level: int, near: int, more: int) -> None:
    close = births_to_tell(level + near, level, share=False, factor=100) or 0
    far = births_to_tell(level + near + more, level, share=False, factor=100) or 0
    assert far < close


def test_the_verdict_says_what_it_would_take_to_know() -> None:
    # Some 8 270 births with a ratio of 111: not quite enough.
    judgement = judge(LEVEL, births(4_351, 3_920))
    assert (judgement.verdict, judgement.reason) == (Verdict.UNCERTAIN, Reason.SMALL_NUMBERS)
    assert judgement_details(judgement, S) == (
        "Số lượng nhỏ: khoảng tin cậy 95% có cả giá trị đạt và chưa đạt chỉ tiêu; "
        "khoảng cách tới mức cần đạt: -4,0 điểm; cần khoảng 11.400 ca sinh mới đủ căn cứ; "
        "mỗi năm khoảng 8.270 ca thì phải gộp chừng 2 năm."
    )
    with use_language(Language.EN):
        assert "to tell takes about 11,400 births; at about 8,270 births a year" in judgement_details(judgement, S)


def test_a_range_says_how_far_chance_alone_goes() -> None:
    sentence = judgement_sentence(judge(RANGE, births(215, 205)), S)
    assert "dù mức thật là 105" in sentence
    assert "cứ 100 năm có 84 năm" in sentence


def test_a_quarters_births_are_counted_as_a_quarter() -> None:
    quarter = judge(RANGE, births(60, 50, months=9, counted=3)).grounds
    since_january = judge(RANGE, births(60, 50, months=9)).grounds
    assert quarter is not None
    assert since_january is not None
    assert quarter.births_a_year == 440
    assert since_january.births_a_year == pytest.approx(146.67, abs=0.01)


def test_a_ratio_without_its_parts_says_the_births_and_no_years() -> None:
    judgement = judge(LEVEL, Observed(111, 2025, chance=True))
    assert judgement.grounds is not None
    assert (judgement.grounds.births, judgement.grounds.years) == (
        births_to_tell(111, 107, share=False, factor=100),
        None,
    )


def test_what_is_decided_asks_for_no_more_births() -> None:
    assert judge(LEVEL, births(60_000, 50_000)).grounds is None


def test_both_years_of_a_change_have_their_chance() -> None:
    goal = Goal(Operator.DELTA, -2, -2, Direction.DOWN, 2025, is_count=False, baseline_year=2024)
    base = Observed(113, 2024, numerator=11_300, denominator=10_000, chance=True)
    now = Observed(110, 2025, numerator=11_000, denominator=10_000, chance=True, earlier=(base,))
    judgement = judge(goal, now)
    assert judgement.verdict is Verdict.UNCERTAIN
    assert judgement.low is not None
    assert judgement.high is not None
    alone = sex_ratio_interval(11_000, 10_000) or (0.0, 0.0)
    before = sex_ratio_interval(11_300, 10_000) or (0.0, 0.0)
    assert judgement.low == pytest.approx(110 - sqrt((110 - alone[0]) ** 2 + (before[1] - 113) ** 2))
    assert judgement.high == pytest.approx(110 + sqrt((alone[1] - 110) ** 2 + (113 - before[0]) ** 2))
    assert "ca sinh trong mỗi năm, cả năm gốc" in judgement_sentence(judgement, S)
    printed = Goal(Operator.DELTA, -2, -2, Direction.DOWN, 2025, is_count=False, baseline=113)
    assert judge(printed, now).low == pytest.approx(alone[0])
