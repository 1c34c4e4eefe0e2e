"""Promises about period codes and the arithmetic between periods."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.periods import (
    BadPeriod,
    Frequency,
    Period,
    last_complete_quarter,
    quarters_between,
    working_days_after,
)

years = st.integers(1991, 2100)
periods = st.one_of(
    st.builds(Period.of_year, years),
    st.builds(Period.of_quarter, years, st.integers(1, 4)),
    st.builds(Period.of_month, years, st.integers(1, 12)),
    st.builds(Period.of_window, years, st.integers(1, 11)),
)


@pytest.mark.parametrize(
    ("code", "frequency", "months", "first", "last"),
    [
        ("2025", Frequency.YEARLY, tuple(range(1, 13)), date(2025, 1, 1), date(2025, 12, 31)),
        ("2025Q3", Frequency.QUARTERLY, (7, 8, 9), date(2025, 7, 1), date(2025, 9, 30)),
        ("202402", Frequency.MONTHLY, (2,), date(2024, 2, 1), date(2024, 2, 29)),
        ("2025-11M", Frequency.WINDOW, tuple(range(1, 12)), date(2025, 1, 1), date(2025, 11, 30)),
    ],
)
def test_a_code_says_what_the_period_covers(
    code: str, frequency: Frequency, months: tuple[int, ...], first: date, last: date
) -> None:
    period = Period.parse(code)
    assert (period.frequency, period.months, period.first_day, period.last_day) == (frequency, months, first, last)
    assert period.year == first.year
    assert period.elapsed_months == months[-1]
    assert str(period) == code


@pytest.mark.parametrize(
    "code",
    [
        "", " 2025", "2025 ", "2025\n", "25", "1989", "2101", "2025Q0", "2025Q5", "2025q3", "202500", "202513", "20251",
        "2025-0M", "2025-12M", "2025-06M", "2025-6m", "2025-M", "2025-11", "2025-11-30", "２０２５", "٢٠٢٥", "2025Q३",
        "NaN", "2025'; --", "9" * 10_000, None, 2025, 2025.0, ["2025"], {"code": "2025"}, True,
    ],
)  # fmt: skip
def test_anything_else_is_refused_with_one_error(code: object) -> None:
    with pytest.raises(BadPeriod):
        Period.parse(code)


@given(st.text(max_size=12))
def test_arbitrary_text_is_a_period_or_refused(text: str) -> None:
    try:
        period = Period.parse(text)
    except BadPeriod:
        return
    assert period.code == text
    assert 1990 <= period.year <= 2100


def test_no_period_can_be_made_around_the_check() -> None:
    with pytest.raises(BadPeriod):
        Period("2025-12M")
    with pytest.raises(BadPeriod):
        Period.of_quarter(2025, 5)


@given(periods)
def test_the_parts_cover_the_months_once_and_in_order(period: Period) -> None:
    parts = period.parts()
    if period.frequency is Frequency.MONTHLY:
        assert parts == ()
    else:
        assert tuple(month for part in parts for month in part.months) == period.months
        assert all(part.year == period.year and part != period for part in parts)


@pytest.mark.parametrize(
    ("code", "parts"),
    [
        ("2025", ["2025Q1", "2025Q2", "2025Q3", "2025Q4"]),
        ("2025-6M", ["2025Q1", "2025Q2"]),
        ("2025-9M", ["2025Q1", "2025Q2", "2025Q3"]),
        ("2025-11M", ["2025Q1", "2025Q2", "2025Q3", "202510", "202511"]),
        ("2025-2M", ["202501", "202502"]),
        ("2025Q4", ["202510", "202511", "202512"]),
    ],
)
def test_parts_are_quarters_where_they_fit_and_months_elsewhere(code: str, parts: list[str]) -> None:
    assert [part.code for part in Period.parse(code).parts()] == parts


@given(periods)
def test_the_same_period_last_year_has_the_same_months(period: Period) -> None:
    before = period.same_period_last_year()
    assert (before.year, before.months, before.frequency) == (period.year - 1, period.months, period.frequency)


@given(periods)
def test_the_previous_period_is_the_nearest_earlier_one_of_its_frequency(period: Period) -> None:
    before = period.previous()
    assert before.frequency is period.frequency
    assert before < period
    if period.frequency is not Frequency.WINDOW:
        assert (period.first_day - before.last_day).days == 1


def test_the_window_before_january_is_last_years_longest() -> None:
    assert Period.parse("2025-1M").previous() == Period.parse("2024-11M")
    assert Period.parse("2025-9M").previous() == Period.parse("2025-8M")


def test_periods_do_not_leave_the_years_they_are_defined_for() -> None:
    with pytest.raises(BadPeriod):
        Period.parse("1990").previous()
    with pytest.raises(BadPeriod):
        Period.parse("1990Q2").same_period_last_year()


@given(periods)
def test_the_sum_since_january_runs_to_the_periods_last_day(period: Period) -> None:
    since = period.since_january()
    assert since[-1] == period
    assert tuple(month for part in since for month in part.months) == tuple(range(1, period.elapsed_months + 1))
    assert {part.frequency for part in since} == {period.frequency}
    assert period.to_date().months == tuple(range(1, period.elapsed_months + 1))
    assert period.to_date().last_day == period.last_day
    assert period.starts_in_january == (len(since) == 1)


def test_a_month_lies_in_its_quarter() -> None:
    assert [Period.of_month(2025, month).quarter for month in range(1, 13)] == [1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4]
    months = Period.parse("202502"), Period.parse("202508")
    assert [quarter.code for quarter in quarters_between(*months)] == ["2025Q1", "2025Q2", "2025Q3"]


def test_the_year_is_over_with_december_only() -> None:
    running = {code: Period.parse(code).is_within_year for code in ("2025", "2025Q4", "202512", "2025-11M", "2025Q3")}
    assert running == {"2025": False, "2025Q4": False, "202512": False, "2025-11M": True, "2025Q3": True}


def test_periods_sort_by_their_end_and_parts_before_wholes() -> None:
    codes = ["2024", "202501", "202503", "2025Q1", "2025-3M", "2025Q2", "2025-6M", "202512", "2025Q4", "2025", "202601"]
    assert [period.code for period in sorted(map(Period.parse, reversed(codes)))] == codes


@given(periods, periods)
def test_the_order_agrees_with_the_last_day_and_with_equality(one: Period, other: Period) -> None:
    assert (one < other) + (other < one) + (one == other) == 1
    if one.last_day < other.last_day:
        assert one < other


def test_the_last_complete_quarter_is_never_the_running_one() -> None:
    assert last_complete_quarter(date(2026, 11, 21)).code == "2026Q3"
    assert last_complete_quarter(date(2026, 1, 1)).code == "2025Q4"
    assert last_complete_quarter(date(2026, 3, 31)).code == "2025Q4"
    assert last_complete_quarter(date(2026, 4, 1)).code == "2026Q1"


@given(st.dates(date(1991, 1, 1), date(2100, 12, 31)))
def test_the_last_complete_quarter_ended_within_three_months(today: date) -> None:
    quarter = last_complete_quarter(today)
    assert quarter.last_day < today
    assert (today - quarter.last_day).days <= 92


def test_quarters_between_are_inclusive_and_empty_backwards() -> None:
    codes = [quarter.code for quarter in quarters_between(Period.parse("2024Q3"), Period.parse("2025Q2"))]
    assert codes == ["2024Q3", "2024Q4", "2025Q1", "2025Q2"]
    assert [q.code for q in quarters_between(Period.parse("2025"), Period.parse("2025-6M"))] == ["2025Q1", "2025Q2"]
    assert quarters_between(Period.parse("2025Q2"), Period.parse("2025Q1")) == []


def test_due_days_skip_saturdays_and_sundays() -> None:
    assert working_days_after(date(2026, 9, 30), 5) == date(2026, 10, 7)
    assert working_days_after(date(2026, 10, 2), 1) == date(2026, 10, 5)
    assert working_days_after(date(2026, 10, 3), 0) == date(2026, 10, 3)
    with pytest.raises(ValueError, match="forwards"):
        working_days_after(date(2026, 10, 3), -1)


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(1, 30))
def test_so_many_working_days_lie_between(day: date, count: int) -> None:
    due = working_days_after(day, count)
    between = [date.fromordinal(number) for number in range(day.toordinal() + 1, due.toordinal() + 1)]
    assert sum(each.weekday() < 5 for each in between) == count
    assert due.weekday() < 5
