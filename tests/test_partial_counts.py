"""A count that some units are missing from is judged only where what is missing could not change the verdict."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from data.comparisons.display import shown
from data.comparisons.model import Cell
from data.judging import Direction, Goal, Observed, Operator, Reason, Verdict, judge
from data.kinds import RollupSource, Standing
from data.measures import Measure
from tests import worlds
from tests.world_rollups import cell_of, compared, put_rollup, put_target
from tests.worlds import MERGED, MINISTRY_VIEWER, NATION, NORTH, OTHER, SOUTH

USERS, SCREENING = "new_modern_contraceptive_users", "prenatal_screening"
SOME: dict[str, Any] = {"counted": 30, "expected": 56, "source": RollupSource.CHILDREN}


@pytest.fixture
def world(session: Session) -> Session:
    worlds.build(session)
    return session


def cell(session: Session, definition: str = USERS, period: str = "2025") -> Cell:
    return cell_of(compared(session, MINISTRY_VIEWER, period=period), OTHER, definition)


def said(found: Cell) -> tuple[Verdict, Reason | None]:
    assert found.primary is not None
    return found.primary.judgement.verdict, found.primary.judgement.reason


@pytest.mark.parametrize(
    ("operator", "counted", "expected"),
    [
        (Operator.AT_LEAST, 899, (Verdict.NOT_JUDGED, Reason.NOT_ALL_UNITS)),
        (Operator.AT_LEAST, 900, (Verdict.MET, None)),
        (Operator.ABOVE, 900, (Verdict.NOT_JUDGED, Reason.NOT_ALL_UNITS)),
        (Operator.ABOVE, 901, (Verdict.MET, None)),
        (Operator.AT_MOST, 900, (Verdict.NOT_JUDGED, Reason.NOT_ALL_UNITS)),
        (Operator.AT_MOST, 901, (Verdict.NOT_MET, None)),
        (Operator.BELOW, 899, (Verdict.NOT_JUDGED, Reason.NOT_ALL_UNITS)),
        (Operator.BELOW, 900, (Verdict.NOT_MET, None)),
        (Operator.EXACTLY, 900, (Verdict.NOT_JUDGED, Reason.NOT_ALL_UNITS)),
        (Operator.EXACTLY, 901, (Verdict.NOT_MET, None)),
        (Operator.ABOUT, 919, (Verdict.NOT_MET, None)),
    ],
)
def test_a_sum_of_some_units_decides_what_no_other_unit_can_take_back(
    world: Session, operator: Operator, counted: int, expected: tuple[Verdict, Reason | None]
) -> None:
    put_target(world, 801, OTHER, USERS, 2025, 900, operator=operator)
    put_rollup(world, OTHER, USERS, "2025", counted, **SOME)
    assert said(cell(world)) == expected


def test_it_says_why_and_how_many_have_reported(world: Session) -> None:
    put_target(world, 801, OTHER, USERS, 2025, 900)
    put_rollup(world, OTHER, USERS, "2025", 500, **SOME)
    text = shown(cell(world), Measure.PERSONS)
    assert (text.text, text.small, text.word) == ("500", "30/56", "không đánh giá")
    assert text.why == "Còn đơn vị chưa báo cáo nên số đếm còn có thể tăng."


@pytest.mark.parametrize(
    ("operator", "counted", "expected"),
    [
        (Operator.AT_LEAST, 449, (Verdict.NOT_JUDGED, Reason.NOT_ALL_UNITS)),
        (Operator.AT_LEAST, 450, (Verdict.ON_TRACK, None)),
        (Operator.AT_LEAST, 900, (Verdict.MET, None)),
        (Operator.AT_MOST, 449, (Verdict.NOT_JUDGED, Reason.NOT_ALL_UNITS)),
        (Operator.AT_MOST, 460, (Verdict.BEHIND, None)),
        (Operator.EXACTLY, 460, (Verdict.NOT_JUDGED, Reason.NOT_ALL_UNITS)),
        (Operator.AT_MOST, 901, (Verdict.NOT_MET, None)),
    ],
)
def test_within_the_year_what_is_due_may_be_there_before_all_have_reported(
    world: Session, operator: Operator, counted: int, expected: tuple[Verdict, Reason | None]
) -> None:
    put_target(world, 801, OTHER, USERS, 2025, 900, operator=operator)
    put_rollup(world, OTHER, USERS, "2025-6M", counted, **SOME)
    assert said(cell(world, period="2025-6M")) == expected


def test_a_forecast_of_some_units_says_no_more_than_they_do(world: Session) -> None:
    put_target(world, 801, OTHER, USERS, 2025, 900)
    put_rollup(world, OTHER, USERS, "2025", 901, **SOME, standing=Standing.ESTIMATE)
    assert said(cell(world)) == (Verdict.EXPECTED, None)


def test_a_quarter_of_all_units_is_no_sum_of_all_where_an_earlier_one_is_not(world: Session) -> None:
    put_target(world, 801, OTHER, USERS, 2025, 900)
    put_rollup(world, OTHER, USERS, "2025Q1", 200, **SOME)
    put_rollup(world, OTHER, USERS, "2025Q2", 200)
    assert said(cell(world, period="2025Q2")) == (Verdict.NOT_JUDGED, Reason.NOT_ALL_UNITS)


def test_a_rate_rests_on_the_same_units_above_and_below_and_is_judged(world: Session) -> None:
    put_target(world, 801, OTHER, SCREENING, 2025, 70)
    put_rollup(world, OTHER, SCREENING, "2025", 60, 100, **SOME)
    assert said(cell(world, SCREENING)) == (Verdict.NOT_MET, None)


def some(value: float, *earlier: Observed) -> Observed:
    return Observed(value, 2025, earlier=earlier, partial=True)


def reaching_and_holding(low: float) -> Goal:
    return Goal(Operator.REACH_AND_HOLD, low, low, Direction.UP, 2025, is_count=True)


def fall(half_of: float) -> Goal:
    return Goal(
        Operator.REDUCTION_FRACTION, 0.5, 0.5, Direction.DOWN, 2025, is_count=True, baseline=half_of, baseline_year=2024
    )


def test_what_is_to_be_held_looks_back_for_some_units_too() -> None:
    reached, lost = Observed(1000, 2023), Observed(500, 2024)
    assert judge(reaching_and_holding(900), some(950)).reason is Reason.NO_EARLIER_YEARS
    assert judge(reaching_and_holding(900), some(950, reached)).verdict is Verdict.MET
    assert judge(reaching_and_holding(900), some(950, reached, lost)).reason is Reason.NOT_HELD
    # What is not there yet may still come, whatever was lost before.
    assert judge(reaching_and_holding(900), some(850, reached, lost)).reason is Reason.NOT_ALL_UNITS


@pytest.mark.parametrize(
    ("counted", "verdict"), [(39, Verdict.NOT_JUDGED), (41, Verdict.NOT_JUDGED), (70, Verdict.NOT_MET)]
)
def test_a_fall_of_few_events_is_missed_by_some_units_only_beyond_chance(counted: int, verdict: Verdict) -> None:
    found = judge(fall(80), some(counted))
    assert found.verdict is verdict
    assert found.grounds is not None
    assert (found.grounds.base_year, found.grounds.base, found.grounds.level) == (2024, 80, 40)


def test_what_some_units_have_counted_has_no_distance_to_a_later_year() -> None:
    later = Goal(Operator.AT_LEAST, 900, 900, None, 2030, is_count=True)
    assert judge(later, some(500)).margin is None
    assert judge(later, Observed(500, 2025)).margin == -400


@given(
    st.sampled_from(
        [Operator.AT_LEAST, Operator.ABOVE, Operator.AT_MOST, Operator.BELOW, Operator.EXACTLY, Operator.ABOUT]
    ),
    st.integers(0, 300),
    st.integers(0, 300),
    st.integers(0, 300),
    st.sampled_from(list(Standing)),
)
def test_what_is_decided_stays_decided_whatever_the_others_report(
    operator: Operator, asked: int, counted: int, more: int, standing: Standing
) -> None:
    goal = Goal(operator, asked, asked, None, 2025, is_count=True)
    now = judge(goal, Observed(counted, 2025, standing=standing.value, partial=True))
    if now.verdict is not Verdict.NOT_JUDGED:
        assert judge(goal, Observed(counted + more, 2025, standing=standing.value)).verdict is now.verdict


@given(st.integers(1, 300), st.integers(1, 60), st.integers(0, 20))
def test_a_fall_that_is_decided_stays_decided_too(half_of: int, beyond: int, more: int) -> None:
    counted = half_of // 2 + beyond
    now = judge(fall(half_of), some(counted))
    if now.verdict is not Verdict.NOT_JUDGED:
        assert judge(fall(half_of), Observed(counted + more, 2025)).verdict is now.verdict


def test_the_nations_sum_lacks_what_one_of_its_provinces_lacks(world: Session) -> None:
    """Every province has reported, and one of them without some of its communes."""
    put_target(world, 801, NATION, USERS, 2025, 1500)
    put_rollup(world, OTHER, USERS, "2025", 400)
    put_rollup(world, MERGED, USERS, "2025", 200, **SOME)
    nation = cell_of(compared(world, MINISTRY_VIEWER, period="2025"), NATION, USERS)
    assert nation.counted == nation.expected
    assert said(nation) == (Verdict.NOT_JUDGED, Reason.NOT_ALL_UNITS)


@pytest.mark.parametrize(("lacking", "expected"), [({}, Verdict.MET), (SOME, Verdict.NOT_JUDGED)])
def test_nor_is_such_a_sum_the_base_of_a_change(world: Session, lacking: dict[str, Any], expected: Verdict) -> None:
    rise: dict[str, Any] = {"operator": Operator.DELTA, "direction": Direction.UP, "baseline_year": 2024}
    put_target(world, 801, NATION, USERS, 2025, 100, **rise)
    for year, counted, of_merged in (("2024", 400, lacking), ("2025", 700, {})):
        put_rollup(world, OTHER, USERS, year, counted)
        for province in (NORTH, SOUTH) if year == "2024" else (MERGED,):
            put_rollup(world, province, USERS, year, counted, **of_merged)
    assert said(cell_of(compared(world, MINISTRY_VIEWER, period="2025"), NATION, USERS))[0] is expected
