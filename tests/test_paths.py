"""The ways of a unit to goals of later years: which goals stand over it, and which years make the pace."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from data.comparisons.model import Gap
from data.comparisons.observing import Weakness
from data.judging import Direction, Method, Operator, Reason, Verdict
from data.kinds import PlanKind, RollupSource, Standing
from data.paths.model import Setter
from data.paths.paths import get_paths
from tests import worlds
from tests.test_comparisons_seeded import scope_at
from tests.test_pace import near
from tests.world_catalogue import SURVEYED
from tests.world_paths import (
    FOR_LATER,
    SCREENING,
    SRB,
    THIRD,
    USERS,
    one_goal,
    path_of,
    paths_of,
    put_years,
    values,
)
from tests.world_rollups import (
    cell_of,
    change_definition,
    compared,
    put_document,
    put_published,
    put_rollup,
    put_target,
)
from tests.worlds import (
    ASH,
    MERGED,
    MERGED_HEAD,
    MINISTRY_VIEWER,
    NATION,
    NORTH,
    OTHER,
    SOUTH,
    TODAY,
)  # fmt: skip


@pytest.fixture
def world(session: Session) -> Session:
    worlds.build(session)
    return session


def test_the_goals_of_the_nation_of_the_parent_and_of_the_unit_stand_together(world: Session) -> None:
    put_target(world, 801, NATION, SCREENING, 2030, 70, **FOR_LATER)
    put_target(world, 802, MERGED, SCREENING, 2030, 80, **FOR_LATER)
    put_target(world, 803, ASH, SCREENING, 2030, 75, **FOR_LATER)
    found = path_of(world, "ash", SCREENING)
    said = [(one.setter, one.whose.unit.key, one.aim.goal.low) for one in found.goals]
    assert said == [(Setter.NATION, "vn", 70), (Setter.PARENT, "merged", 80), (Setter.OWN, "ash", 75)]
    # Of a province the nation is the parent, and says it once.
    assert [one.setter for one in path_of(world, "merged", SCREENING).goals] == [Setter.NATION, Setter.OWN]
    assert [one.setter for one in path_of(world, "vn", SCREENING).goals] == [Setter.NATION]


def test_a_count_of_the_whole_is_no_goal_of_its_parts(world: Session) -> None:
    put_target(world, 801, NATION, USERS, 2030, 9000, **FOR_LATER)
    assert path_of(world, "other", USERS).goals == ()
    assert len(path_of(world, "vn", USERS).goals) == 1
    assert USERS not in [one.definition.key for one in paths_of(world, "other").paths]


def test_the_nearest_later_year_and_the_milestones_are_shown(world: Session) -> None:
    for number, year in enumerate((2026, 2027, 2028, 2030, 2033, 2035), 801):
        put_target(world, number, OTHER, SCREENING, year, 70)
    assert [one.aim.year for one in path_of(world, "other", SCREENING).goals] == [2027, 2030, 2035]


def test_a_plan_that_is_not_issued_yet_or_only_repeats_sets_no_goal(world: Session) -> None:
    put_document(world, 990, TODAY.replace(day=30))
    put_target(world, 801, OTHER, SCREENING, 2030, 70, document_id=990)
    put_target(world, 802, OTHER, SCREENING, 2035, 70, plan_kind=PlanKind.RESTATED)
    assert path_of(world, "other", SCREENING).goals == ()


def test_two_goals_in_force_are_both_shown_and_neither_judges(world: Session) -> None:
    put_document(world, 990, None)
    put_target(world, 801, OTHER, SCREENING, 2030, 70)
    put_target(world, 802, OTHER, SCREENING, 2030, 80, document_id=990)
    put_years(world, OTHER, SCREENING, {year: (500 + year, 4000) for year in (2023, 2024, 2025)})
    goal = one_goal(world, "other", SCREENING)
    assert {target.low for target in goal.aim.targets} == {70, 80}
    assert (goal.pace.verdict, goal.pace.reason) == (Verdict.NOT_JUDGED, Reason.TWO_IN_FORCE)
    assert goal.pace.slope is not None


def test_the_pace_is_that_of_the_years_as_the_comparison_shows_them(world: Session) -> None:
    put_target(world, 801, NATION, SCREENING, 2030, 80, **FOR_LATER)
    put_years(world, OTHER, SCREENING, {2022: (500, 1000), 2023: (540, 1000), 2024: (580, 1000), 2025: (620, 1000)})
    found = path_of(world, "other", SCREENING)
    for one in found.years:
        cell = cell_of(compared(world, MINISTRY_VIEWER, year=str(one.year), boundaries="today"), OTHER, SCREENING)
        assert one.cell is not None
        assert (one.cell.value, one.cell.numerator, one.cell.absence) == (cell.value, cell.numerator, cell.absence)
    pace = found.goals[0].pace
    assert (pace.method, pace.count, pace.first_year, pace.last_year) == (Method.ORDINARY_LEAST_SQUARES, 4, 2022, 2025)
    assert (pace.slope, pace.needed) == (near(4), near(3.6))
    assert (pace.verdict, pace.arrival and pace.arrival.year) == (Verdict.ON_TRACK, 2030)


def test_a_ratio_of_births_is_weighed_by_them(world: Session) -> None:
    put_years(world, OTHER, SRB, {2023: (5700, 5000), 2024: (5600, 5000), 2025: (5550, 5000)})
    pace = one_goal(world, "other", SRB).pace
    assert pace.method is Method.WEIGHTED_LEAST_SQUARES
    assert (pace.verdict, pace.reason) == (Verdict.UNCERTAIN, Reason.PACE_UNCERTAIN)
    assert pace.low is not None
    assert pace.high is not None
    assert pace.low < -1.5 < pace.high


def test_years_before_a_merger_are_those_of_the_same_area(world: Session) -> None:
    put_target(world, 801, NATION, SCREENING, 2030, 80, **FOR_LATER)
    for year, north, south in ((2023, 40, 10), (2024, 45, 15)):
        put_rollup(world, NORTH, SCREENING, str(year), north, 100)
        put_rollup(world, SOUTH, SCREENING, str(year), south, 100)
    put_rollup(world, MERGED, SCREENING, "2025", 70, 200)
    put_rollup(world, NORTH, SCREENING, "2022", 45, 100)
    found = paths_of(world, "merged", definition=SCREENING)
    assert found.chosen is not None
    known = {year: value for year, value in values(found.chosen).items() if value is not None}
    assert known == {2023: 25, 2024: 30, 2025: 35}
    [lonely] = [one for one in found.chosen.years if one.year == 2022]
    assert lonely.cell is not None
    assert lonely.cell.absence is not None
    assert lonely.cell.absence.gap is Gap.MISSING_PREDECESSOR
    assert found.chosen.goals[0].pace.slope == near(5)
    assert [one.made_of for one in found.breaks] == [("Sông Bắc", "Sông Nam")]


@pytest.mark.parametrize(
    ("changes", "weakness"),
    [
        ({"standing": Standing.ESTIMATE}, Weakness.FORECAST),
        ({"counted": 2, "expected": 3, "source": RollupSource.CHILDREN}, Weakness.NOT_ALL_UNITS),
    ],
)
def test_forecasts_and_parts_of_the_units_are_shown_and_left_out(
    world: Session, changes: dict[str, Any], weakness: Weakness
) -> None:
    put_target(world, 801, NATION, SCREENING, 2030, 80, **FOR_LATER)
    put_years(world, OTHER, SCREENING, {2022: (50, 100), 2023: (52, 100), 2024: (54, 100)})
    put_rollup(world, OTHER, SCREENING, "2025", 99, 100, **changes)
    found = path_of(world, "other", SCREENING)
    assert (found.years[-1].has_value, found.years[-1].counts, found.years[-1].weakness) == (True, False, weakness)
    assert found.last is not None
    assert found.last.year == 2024
    assert found.goals[0].pace.slope == near(2)


def test_a_part_of_a_year_and_the_running_year_are_no_years(world: Session) -> None:
    put_target(world, 801, NATION, SCREENING, 2030, 80, **FOR_LATER)
    put_years(world, OTHER, SCREENING, {2023: (52, 100), 2024: (54, 100), 2026: (99, 100)})
    put_rollup(world, OTHER, SCREENING, "2025-11M", 99, 100)
    found = path_of(world, "other", SCREENING)
    assert found.years[-1].year == 2025
    assert not found.years[-1].has_value
    assert (found.goals[0].pace.verdict, found.goals[0].pace.reason) == (Verdict.NOT_JUDGED, Reason.TOO_FEW_YEARS)


def test_no_year_before_its_definition_counts(world: Session) -> None:
    put_target(world, 801, NATION, SCREENING, 2030, 80, **FOR_LATER)
    put_years(world, OTHER, SCREENING, dict.fromkeys(range(2020, 2026), (50, 100)))
    change_definition(world, SCREENING, from_on=TODAY.replace(year=2023, month=6))
    found = path_of(world, "other", SCREENING)
    assert [one.year for one in found.years if one.counts] == [2023, 2024, 2025]
    assert found.goals[0].pace.first_year == 2023


def test_what_is_no_longer_policy_is_read_and_not_judged(world: Session) -> None:
    put_target(world, 801, NATION, THIRD, 2030, 10, **FOR_LATER | {"operator": Operator.AT_MOST})
    put_years(world, OTHER, THIRD, dict.fromkeys((2022, 2023, 2024), (200, 1000)))
    goal = one_goal(world, "other", THIRD)
    assert (goal.pace.verdict, goal.pace.reason) == (Verdict.NOT_JUDGED, Reason.NO_LONGER_POLICY)


def test_surveyed_years_are_those_published_on_one_basis(world: Session) -> None:
    put_target(world, 801, NATION, SRB, 2030, 2.1, **FOR_LATER | {"definition_id": SURVEYED})
    for year, value, basis in (("2022", 1.9, "63"), ("2023", 1.92, "34"), ("2024", 1.94, "34"), ("2025", 1.96, "34")):
        put_published(world, OTHER, year, value, geographic_basis=basis)
    found = path_of(world, "other", "tfr")
    assert {one.year: one.weakness for one in found.years if one.has_value} == {
        2022: Weakness.OTHER_BASIS, 2023: None, 2024: None, 2025: None,
    }  # fmt: skip
    pace = found.goals[0].pace
    assert (pace.count, pace.slope, pace.verdict) == (3, near(0.02), Verdict.BEHIND)


def test_a_change_starts_from_the_units_own_base_year(world: Session) -> None:
    rise = FOR_LATER | {"operator": Operator.DELTA, "direction": Direction.UP, "baseline_year": 2025}
    put_target(world, 801, NATION, SCREENING, 2030, 5, **rise)
    put_years(world, OTHER, SCREENING, {2023: (52, 100), 2024: (54, 100), 2025: (56, 100)})
    goal = one_goal(world, "other", SCREENING)
    assert (goal.pace.level, goal.pace.needed) == (near(61), near(1))
    assert goal.pace.verdict is Verdict.ON_TRACK


def test_the_goals_of_a_closed_unit_are_read_and_judge_nobody(world: Session) -> None:
    put_target(world, 801, NORTH, SCREENING, 2030, 80)
    put_years(world, NORTH, SCREENING, {2022: (50, 100), 2023: (52, 100), 2024: (54, 100)})
    goal = one_goal(world, "north", SCREENING, MERGED_HEAD)
    assert (goal.setter, goal.pace.verdict, goal.pace.reason) == (
        Setter.OWN, Verdict.NOT_JUDGED, Reason.UNIT_CLOSED,
    )  # fmt: skip
    assert goal.pace.course == ()
    # Its successor inherits nothing of it.
    assert path_of(world, "merged", SCREENING).goals == ()


def test_all_definitions_with_a_goal_are_listed_and_no_other(world: Session) -> None:
    put_target(world, 801, OTHER, SCREENING, 2030, 80)
    found = paths_of(world, "other")
    assert [one.definition.key for one in found.paths] == [SRB, SCREENING]
    assert found.chosen is None
    assert [one.definition.key for one in paths_of(world, "vn").paths] == [SRB]


def test_the_nations_way_back_to_replacement_is_drawn_from_what_was_published(seeded_session: Session) -> None:
    """On the real reference facts, which hold published fertility since 2019 and no reported result at all."""
    found = get_paths(seeded_session, scope_at(seeded_session, "vn"), "vn", "tfr", TODAY).chosen
    assert found is not None
    assert [one.year for one in found.years if one.counts] == [2019, 2022, 2023, 2024, 2025]
    [goal] = found.goals
    assert goal.aim.targets[0].document.number == "21-NQ/TW"
    assert (goal.pace.verdict, goal.pace.needed) == (Verdict.BEHIND, near(0.024))
    assert goal.pace.slope is not None
    assert goal.pace.slope < 0


def test_real_goals_of_2030_and_2035_stand_over_every_province(seeded_session: Session) -> None:
    found = get_paths(seeded_session, scope_at(seeded_session, "p04"), "p04", "", TODAY)
    [ratio] = [one for one in found.paths if one.definition.key == SRB]
    assert [(one.aim.year, one.aim.goal.high) for one in ratio.goals] == [(2030, 109), (2035, 107)]
    counts = [one.definition.key for one in found.paths if one.definition.measure.is_count]
    assert counts == []
    assert {goal.pace.verdict for one in found.paths for goal in one.goals} == {Verdict.NO_DATA}
