"""The ways of a unit to goals of later years: what a reader is not shown, and what it costs."""

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from data.comparisons.model import Gap
from data.db import unit_of_work
from data.judging import Direction, Operator, Reason, Verdict
from data.refusals import Invalid, NotFound
from tests import worlds
from tests.counting import queries
from tests.factories import a_small_world
from tests.test_comparisons_past import put_zone
from tests.test_pace import near
from tests.world_catalogue import SURVEYED
from tests.world_paths import FOR_LATER, SCREENING, SRB, THIRD, USERS, one_goal, path_of, paths_of, put_years
from tests.world_rollups import (
    put_published,
    put_rollup,
    put_target,
)
from tests.worlds import (
    ASH,
    ASH_OFFICER,
    BAY,
    CEDAR,
    DALE_OFFICER,
    MERGED,
    MERGED_HEAD,
    MINISTRY_VIEWER,
    NATION,
    OTHER,
    SOUTH,
    SOUTH_HEAD,
)  # fmt: skip


@pytest.fixture
def world(session: Session) -> Session:
    worlds.build(session)
    return session


def test_without_a_unit_it_is_the_readers_own(world: Session) -> None:
    assert paths_of(world, "", ASH_OFFICER).whose.unit.key == "ash"
    assert paths_of(world, "", MINISTRY_VIEWER).whose.unit.key == "vn"
    assert paths_of(world, "", SOUTH_HEAD).whose.unit.key == "south"


@pytest.mark.parametrize("key", ["ash", "merged", "nowhere", "' OR 1=1 --", "north"])
def test_a_unit_beyond_reach_is_as_absent_as_one_that_never_was(world: Session, key: str) -> None:
    with pytest.raises(NotFound):
        paths_of(world, key, DALE_OFFICER)


def test_a_column_that_does_not_exist_is_refused_in_a_sentence(world: Session) -> None:
    with pytest.raises(Invalid, match="nothing"):
        paths_of(world, "other", definition="nothing")


def test_nothing_is_worked_out_from_what_a_neighbour_hides(world: Session) -> None:
    """The reader's neighbour counted three in one year; its owner's way has four years and the reader's three."""
    put_target(world, 801, BAY, USERS, 2030, 60)
    put_years(world, BAY, USERS, {2022: 30, 2023: 3, 2024: 40, 2025: 50})
    for unit in (ASH, CEDAR):
        put_years(world, unit, USERS, dict.fromkeys((2022, 2023, 2024, 2025), 100))
    theirs, ours = (path_of(world, "bay", USERS, person) for person in (ASH_OFFICER, MERGED_HEAD))
    [hidden] = [one for one in theirs.years if one.year == 2023]
    assert hidden.cell is not None
    assert hidden.cell.absence is not None
    assert (hidden.cell.absence.gap, hidden.cell.numerator, hidden.counts) == (Gap.MASKED, None, False)
    assert [one.year for one in ours.years if one.counts] == [2022, 2023, 2024, 2025]
    assert [one.year for one in theirs.years if one.counts] == [2022, 2024, 2025]
    # What the reader is told follows from the three years that they see.
    told, owned = theirs.goals[0].pace, ours.goals[0].pace
    assert (told.count, told.slope) == (3, near(45 / 7))
    assert owned.slope != told.slope


def test_where_all_is_hidden_nothing_is_said(world: Session) -> None:
    put_target(world, 801, BAY, USERS, 2030, 60)
    put_years(world, BAY, USERS, {2023: 2, 2024: 3, 2025: 4})
    theirs = one_goal(world, "bay", USERS, ASH_OFFICER)
    assert (theirs.pace.verdict, theirs.pace.value, theirs.pace.slope, theirs.pace.course) == (
        Verdict.NO_DATA, None, None, (),
    )  # fmt: skip
    assert one_goal(world, "bay", USERS, MERGED_HEAD).pace.slope == near(1)


def test_a_base_year_that_is_hidden_is_no_base(world: Session) -> None:
    rise = {"operator": Operator.DELTA, "direction": Direction.UP, "baseline_year": 2023}
    put_target(world, 801, BAY, USERS, 2030, 60, **rise)
    put_years(world, BAY, USERS, {2022: 30, 2023: 3, 2024: 40, 2025: 50})
    theirs, ours = (one_goal(world, "bay", USERS, person) for person in (ASH_OFFICER, MERGED_HEAD))
    assert (theirs.pace.reason, theirs.pace.level) == (Reason.NO_BASELINE, None)
    assert ours.pace.level == 63


def test_a_reader_of_old_days_sees_no_year_beyond_their_reach(world: Session) -> None:
    put_years(world, SOUTH, SRB, {2023: (570, 500), 2024: (560, 500)})
    put_rollup(world, MERGED, SRB, "2025", 5550, 5000)
    with pytest.raises(NotFound):
        paths_of(world, "merged", SOUTH_HEAD)
    assert [one.year for one in path_of(world, "south", SRB, SOUTH_HEAD).years if one.counts] == [2023, 2024]


def test_all_definitions_cost_no_more_queries_than_one(engine: Engine) -> None:
    a_small_world(engine)
    counts = []
    for step in range(3):
        with unit_of_work(engine) as session:
            definitions = (SRB,) if step == 0 else (SCREENING,) if step == 1 else (THIRD, "newborn_screening")
            for place, definition in enumerate(definitions):
                put_target(session, 800 + step * 10 + place, OTHER, definition, 2030, 80)
                put_years(session, OTHER, definition, dict.fromkeys((2023, 2024, 2025), (50, 100)))
        for _again in range(2):
            with unit_of_work(engine, writes=False) as session, queries(engine) as seen:
                paths_of(session, "other")
        counts.append(len(seen))
    # The stamp, the roll-ups of the years and of their parts, and the lineage.
    assert counts == [4, 4, 4]
    with unit_of_work(engine, writes=False) as session, queries(engine) as seen:
        paths_of(session, "bay", ASH_OFFICER)
    # A neighbour's: what is hidden takes one more.
    assert len(seen) <= 6


@pytest.mark.parametrize(
    ("zones", "expected"),
    [
        ({"zone-high": [OTHER]}, (Verdict.ON_TRACK, None)),
        ({"zone-low": [OTHER]}, (Verdict.BEHIND, None)),
        ({"zone-high": [MERGED]}, (Verdict.NOT_JUDGED, Reason.NO_ZONE)),
    ],
)
def test_a_goal_by_fertility_zone_is_that_of_the_units_own_zone(
    world: Session, zones: dict[str, list[int]], expected: tuple[Verdict, Reason | None]
) -> None:
    for number, (key, units) in enumerate(zones.items(), 901):
        put_zone(world, number, key, units)
    for number, zone, low, high in ((801, "zone-high", 2.1, 2.3), (802, "zone-low", 1.5, 1.6)):
        by_zone = FOR_LATER | {"operator": Operator.PER_ZONE, "definition_id": SURVEYED, "zone_key": zone, "high": high}
        put_target(world, number, NATION, SRB, 2030, low, **by_zone)
    for year, value in ((2023, 1.8), (2024, 1.9), (2025, 2.0)):
        put_published(world, OTHER, str(year), value)
    pace = one_goal(world, "other", "tfr").pace
    assert (pace.verdict, pace.reason) == expected
