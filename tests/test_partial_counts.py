"""A count that some units are missing from is judged only where what is missing could not change the verdict."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from data.comparisons.display import shown
from data.comparisons.model import Cell
from data.judging import Operator, Reason, Verdict
from data.kinds import RollupSource, Standing
from data.measures import Measure
from tests import worlds
from tests.world_rollups import cell_of, compared, put_rollup, put_target
from tests.worlds import MINISTRY_VIEWER, OTHER

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
