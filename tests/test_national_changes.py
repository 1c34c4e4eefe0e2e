"""A change that the nation plans, with its own base printed: it is the nation's, and each unit starts from its own."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from data.arriving.model import Obstacle
from data.comparisons.model import Judged
from data.judging import Direction, Operator, Reason, Verdict
from tests import worlds
from tests.world_arriving import line_of
from tests.world_catalogue import NATIONAL_PLAN
from tests.world_paths import path_of, put_years
from tests.world_rollups import cell_of, compared, put_rollup, put_target
from tests.worlds import ASH, MERGED_HEAD, MINISTRY_VIEWER, NATION, OTHER

SCREENING = "prenatal_screening"
RISE: dict[str, Any] = {"operator": Operator.DELTA, "direction": Direction.UP, "document_id": NATIONAL_PLAN}


@pytest.fixture
def world(session: Session) -> Session:
    worlds.build(session)
    return session


def national(session: Session, unit: int) -> Judged:
    found = cell_of(compared(session, MINISTRY_VIEWER, year="2025"), unit, SCREENING).national
    assert found is not None
    return found


def test_a_province_is_judged_from_its_own_base_year_and_not_from_the_nations(world: Session) -> None:
    """The country was at 50 %, this province at 60 %: five points more are 55 % there and 65 % here."""
    put_target(world, 801, NATION, SCREENING, 2025, 5, **RISE, baseline_year=2024, baseline_value=50)
    put_rollup(world, OTHER, SCREENING, "2025", 640, 1000)
    here, there = (national(world, one).judgement for one in (OTHER, NATION))
    assert (here.verdict, here.reason) == (Verdict.NOT_JUDGED, Reason.NO_BASELINE)
    assert (there.verdict, there.margin) == (Verdict.MET, 9)
    put_rollup(world, OTHER, SCREENING, "2024", 600, 1000)
    here, there = (national(world, one).judgement for one in (OTHER, NATION))
    assert (here.verdict, here.margin) == (Verdict.NOT_MET, -1)
    assert (there.verdict, there.margin) == (Verdict.MET, 9)


def test_so_is_its_way_to_a_later_year(world: Session) -> None:
    put_target(world, 801, NATION, SCREENING, 2030, 5, **RISE, baseline_year=2025, baseline_value=80)
    put_years(world, OTHER, SCREENING, {2023: (52, 100), 2024: (54, 100), 2025: (56, 100)})
    (goal,) = path_of(world, "other", SCREENING).goals
    assert goal.pace.level == pytest.approx(61)


def test_of_the_sum_of_its_communes_it_asks_for_no_level(world: Session) -> None:
    put_target(world, 801, NATION, SCREENING, 2026, 5, **RISE, baseline_year=2025, baseline_value=50)
    put_target(world, 802, ASH, SCREENING, 2026, 60)
    (answer,) = line_of(world, MERGED_HEAD, SCREENING, unit="merged", year="2026").answers
    assert answer.unsaid is not None
    assert answer.unsaid.why is Obstacle.CHANGE
