"""The way to a goal in words: the year of arrival with its range, and every reason why there is none."""

import pytest

from data.judging import Goal, Operator, Pace, Verdict, pace_to
from data.judging.pace import Arrival
from data.measures import Measure
from data.wording import Language, use_language
from data.wording.measures import changed
from data.wording.paths import arrival_text, needed_text, path_sentences, path_word
from tests.test_pace import births, counted


def pace(level: float, *values: float, operator: Operator = Operator.AT_LEAST) -> Pace:
    return pace_to(Goal(operator, level, level, None, 2030, is_count=False), counted(*values, first=2023))


def arrives(year: int | None, earliest: int | None, latest: int | None, *, away: bool = False) -> str:
    return arrival_text(Pace(Verdict.UNCERTAIN, arrival=Arrival(year, earliest, latest, away)))


@pytest.mark.parametrize(
    ("year", "earliest", "latest", "said"),
    [
        (2041, 2033, None, "2041, không sớm hơn 2033"),
        (2031, 2029, 2036, "2031, trong khoảng 2029–2036"),
        (2030, 2030, 2030, "2030"),
        (None, 2045, None, "sau năm 2050, không sớm hơn 2045"),
        (None, None, None, "sau năm 2050"),
    ],
)
def test_a_year_of_arrival_stands_with_those_of_the_intervals_ends(
    year: int | None, earliest: int | None, latest: int | None, said: str
) -> None:
    assert arrives(year, earliest, latest) == said


def test_what_stands_still_neither_rises_nor_falls() -> None:
    assert "Giai đoạn 2023–2025 không đổi" in " ".join(path_sentences(pace(80, 60, 60, 60), Measure.PERCENT, 2030))


def test_who_goes_away_never_arrives() -> None:
    assert arrives(None, None, None, away=True) == "không tới được nếu giữ nhịp này"
    assert arrives(None, 2029, None, away=True) == "không tới được nếu giữ nhịp này, sớm nhất năm 2029"
    said = path_sentences(pace(80, 62, 60, 58), Measure.PERCENT, 2030)
    assert said == [
        "Cần tăng 4,4 điểm % mỗi năm đến năm 2030.",
        (
            "Giai đoạn 2023–2025 giảm 2,0 điểm % mỗi năm (khoảng tin cậy 95%: -2,0 đến -2,0; bình phương tối thiểu, "
            "3 năm số liệu)."
        ),
        "Với nhịp này, năm 2030 ước khoảng 48,0% (khoảng tin cậy 95%: 48,0–48,0).",
        "Nếu giữ nhịp này thì không tới được mốc.",
    ]


def test_what_is_there_says_so_and_whether_it_stays() -> None:
    there = pace(50, 60, 58, 56)
    assert (path_word(there), needed_text(there, Measure.PERCENT)) == ("đã tới mốc", "không cần thêm")
    said = path_sentences(there, Measure.PERCENT, 2030)
    assert said[0] == "Đã tới mốc: 56,0% năm 2025."
    assert said[-1] == "Đã tới mốc, nhưng với nhịp này sẽ rời khỏi mốc trước năm 2030."


def test_what_chance_may_have_brought_there_is_said() -> None:
    few = pace_to(
        Goal(Operator.AT_MOST, 109, 109, None, 2030, is_count=False),
        births((54, 50), (54, 50), (54, 50), first=2023),
    )
    assert "có thể chỉ do ngẫu nhiên" in path_sentences(few, Measure.BOYS_PER_100_GIRLS, 2030)[0]


def test_without_a_value_one_sentence_is_enough() -> None:
    nothing = pace_to(Goal(Operator.AT_LEAST, 80, 80, None, 2030, is_count=False), [])
    assert len(path_sentences(nothing, Measure.PERCENT, 2030)) == 1
    assert (arrival_text(nothing), needed_text(nothing, Measure.PERCENT)) == ("", "")


def test_too_few_years_are_counted() -> None:
    assert path_sentences(pace(80, 60, 62), Measure.PERCENT, 2030)[-1] == (
        "Cần ít nhất 3 năm đủ số liệu trên cùng địa bàn để tính nhịp, hiện có 2."
    )


def test_beyond_the_horizon_a_straight_line_is_not_drawn_out() -> None:
    said = path_sentences(pace(100, 50, 50.1, 50.2), Measure.PERCENT, 2030)
    assert said[-1] == "Với nhịp này, tới mốc sau năm 2050; không suy ra từ đường thẳng cho các năm sau 2050."


def test_a_pace_that_is_not_nothing_is_never_written_as_nothing() -> None:
    assert changed(-0.04, Measure.PERCENT) == "0,04 điểm %"
    assert changed(0.4, Measure.PERSONS) == "0,4 người"


def test_both_languages_say_it() -> None:
    with use_language(Language.EN):
        assert path_sentences(pace(80, 62, 60, 58), Measure.PERCENT, 2030)[0] == (
            "A rise of 4.4 percentage points a year is needed until 2030."
        )
