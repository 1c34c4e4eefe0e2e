"""What a few verdicts need beside the value: the base year of a change, years held, and fertility zones."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, insert
from sqlalchemy.orm import Session

from data import tables as t
from data.comparisons.compare import compare
from data.comparisons.display import shown
from data.comparisons.model import AimKind, Cell
from data.comparisons.query import ComparisonQuery
from data.db import unit_of_work
from data.judging import Direction, Grounds, Operator, Reason, Verdict
from data.kinds import GroupKind, RollupSource, Standing
from data.measures import Measure
from tests import worlds
from tests.counting import queries
from tests.factories import a_small_world
from tests.world_catalogue import SURVEYED
from tests.world_rollups import (
    ALL,
    cell_of,
    compared,
    comparer,
    put_document,
    put_published,
    put_rollup,
    put_target,
    renew,
)
from tests.worlds import (
    ASH,
    ASH_OFFICER,
    BAY,
    CEDAR,
    MERGED,
    MERGED_HEAD,
    MINISTRY_VIEWER,
    NATION,
    NORTH,
    OTHER,
    SOUTH,
    TODAY,
)  # fmt: skip

SCREENING, USERS = "prenatal_screening", "new_modern_contraceptive_users"
OLD_DAY = "2025-06-30"
RISE: dict[str, Any] = {"operator": Operator.DELTA, "direction": Direction.UP, "baseline_year": 2024}
FALL: dict[str, Any] = {"operator": Operator.DELTA_RELATIVE, "direction": Direction.DOWN, "baseline_year": 2024}


@pytest.fixture
def world(session: Session) -> Session:
    worlds.build(session)
    return session


def cell(session: Session, unit: int, definition: str, **args: str) -> Cell:
    return cell_of(compared(session, MINISTRY_VIEWER, **args), unit, definition)


def own(found: Cell) -> tuple[Verdict, float | None, Reason | None, Grounds | None]:
    assert found.own is not None
    judgement = found.own.judgement
    margin = None if judgement.margin is None else round(judgement.margin, 9)
    return judgement.verdict, margin, judgement.reason, judgement.grounds


def test_a_change_starts_from_the_units_own_result_of_the_base_year(world: Session) -> None:
    put_target(world, 801, OTHER, SCREENING, 2025, 5, **RISE)
    put_rollup(world, OTHER, SCREENING, "2024", 600, 1000)
    put_rollup(world, OTHER, SCREENING, "2025", 640, 1000)
    found = cell(world, OTHER, SCREENING, year="2025")
    assert own(found) == (Verdict.NOT_MET, -1, None, Grounds(2024, 60, 65, lacking=10, of=1000))
    assert shown(found, Measure.PERCENT).why == (
        "Số gốc năm 2024: 60,0%; mức cần đạt: 65,0%; khoảng cách tới mức cần đạt: -1,0 điểm %; "
        "còn thiếu 10 trên tổng số 1.000."
    )


def test_the_base_value_that_a_plan_prints_goes_before_any_result(world: Session) -> None:
    put_target(world, 801, OTHER, SCREENING, 2025, 5, **RISE, baseline_value=50)
    put_rollup(world, OTHER, SCREENING, "2024", 600, 1000)
    put_rollup(world, OTHER, SCREENING, "2025", 640, 1000)
    found = own(cell(world, OTHER, SCREENING, year="2025"))
    assert (found[0], found[1]) == (Verdict.MET, 9)


def test_without_the_base_year_the_sentence_names_it(world: Session) -> None:
    put_target(world, 801, OTHER, SCREENING, 2025, 5, **RISE)
    put_rollup(world, OTHER, SCREENING, "2023", 600, 1000)
    put_rollup(world, OTHER, SCREENING, "2025", 640, 1000)
    found = cell(world, OTHER, SCREENING, year="2025")
    assert own(found) == (Verdict.NOT_JUDGED, None, Reason.NO_BASELINE, Grounds(base_year=2024))
    assert "năm gốc 2024" in shown(found, Measure.PERCENT).why


@pytest.mark.parametrize(
    "changes", [{"standing": Standing.ESTIMATE}, {"counted": 2, "expected": 3, "source": RollupSource.CHILDREN}]
)
def test_a_forecast_and_a_part_of_the_units_are_no_base(world: Session, changes: dict[str, Any]) -> None:
    put_target(world, 801, OTHER, SCREENING, 2025, 5, **RISE)
    put_rollup(world, OTHER, SCREENING, "2024", 600, 1000, **changes)
    put_rollup(world, OTHER, SCREENING, "2025", 640, 1000)
    assert own(cell(world, OTHER, SCREENING, year="2025"))[2] is Reason.NO_BASELINE


def test_the_base_year_is_put_together_from_its_quarters(world: Session) -> None:
    put_target(world, 801, OTHER, USERS, 2025, -10, **FALL)
    for quarter in (1, 2, 3, 4):
        put_rollup(world, OTHER, USERS, f"2024Q{quarter}", 250)
    put_rollup(world, OTHER, USERS, "2025", 900)
    assert own(cell(world, OTHER, USERS, year="2025")) == (Verdict.MET, 0, None, Grounds(2024, 1000, 900))


def test_the_base_of_a_merged_unit_is_that_of_the_same_area(world: Session) -> None:
    put_target(world, 801, MERGED, USERS, 2026, -10, **FALL)
    put_rollup(world, NORTH, USERS, "2024", 700)
    put_rollup(world, MERGED, USERS, "2026", 890)
    assert own(cell(world, MERGED, USERS, year="2026"))[2] is Reason.NO_BASELINE
    put_rollup(world, SOUTH, USERS, "2024", 300)
    assert own(cell(world, MERGED, USERS, year="2026")) == (Verdict.MET, 10, None, Grounds(2024, 1000, 900))


def test_within_the_year_a_fall_is_held_against_the_months(world: Session) -> None:
    put_target(world, 801, OTHER, USERS, 2025, -10, **FALL)
    put_rollup(world, OTHER, USERS, "2024", 1000)
    put_rollup(world, OTHER, USERS, "2025-6M", 460)
    found = cell(world, OTHER, USERS, period="2025-6M", boundaries=OLD_DAY)
    assert own(found) == (Verdict.BEHIND, -10, None, Grounds(2024, 1000, 900))
    assert found.own is not None
    assert found.own.judgement.due == 450


def test_a_fall_of_few_cases_may_be_chance(world: Session) -> None:
    put_target(world, 801, OTHER, USERS, 2025, -10, **FALL)
    put_rollup(world, OTHER, USERS, "2024", 20)
    put_rollup(world, OTHER, USERS, "2025", 17)
    found = own(cell(world, OTHER, USERS, year="2025"))
    assert (found[0], found[2]) == (Verdict.UNCERTAIN, Reason.SMALL_NUMBERS)


def test_a_neighbours_small_base_year_is_not_given_away(world: Session) -> None:
    put_target(world, 801, BAY, USERS, 2026, 3, **RISE | {"baseline_year": 2025})
    put_rollup(world, BAY, USERS, "2025", 3)
    put_rollup(world, BAY, USERS, "2026", 9)
    theirs, ours = (
        cell_of(compared(world, person, year="2026", level="commune"), BAY, USERS)
        for person in (ASH_OFFICER, MERGED_HEAD)
    )
    assert (theirs.value, ours.value) == (9, 9)
    assert own(theirs)[2] is Reason.NO_BASELINE
    assert own(ours) == (Verdict.MET, 3, None, Grounds(2025, 3, 6))


def test_a_base_year_that_would_give_a_small_count_away_is_not_told_either(world: Session) -> None:
    """The base is no small number itself; with the total it would tell another neighbour's."""
    put_target(world, 801, BAY, USERS, 2026, 3, **RISE | {"baseline_year": 2025})
    for unit, before in ((ASH, 30), (BAY, 7), (CEDAR, 3)):
        put_rollup(world, unit, USERS, "2025", before)
        put_rollup(world, unit, USERS, "2026", 40)
    put_rollup(world, MERGED, USERS, "2025", 40)
    theirs, ours = (
        cell_of(compared(world, person, year="2026", level="commune"), BAY, USERS)
        for person in (ASH_OFFICER, MERGED_HEAD)
    )
    assert (theirs.value, own(theirs)[2]) == (40, Reason.NO_BASELINE)
    assert own(ours) == (Verdict.MET, 30, None, Grounds(2025, 7, 10))


def test_a_national_change_is_each_units_own(world: Session) -> None:
    put_target(world, 801, NATION, SCREENING, 2025, 5, **RISE)
    for unit, before, now in ((OTHER, 600, 660), (MERGED, 700, 710)):
        put_rollup(world, unit, SCREENING, "2025", now, 1000)
        for part in {OTHER: (OTHER,), MERGED: (NORTH, SOUTH)}[unit]:
            put_rollup(world, part, SCREENING, "2024", before, 1000)
    comparison = compared(world, MINISTRY_VIEWER, year="2025")
    marks = [cell_of(comparison, unit, SCREENING).national for unit in (OTHER, MERGED)]
    assert [mark and mark.judgement.verdict for mark in marks] == [Verdict.MET, Verdict.NOT_MET]


def test_a_change_until_a_later_year_is_a_milestone_and_asks_for_nothing(world: Session) -> None:
    put_target(world, 801, NATION, SCREENING, 2030, 5, **RISE)
    put_rollup(world, OTHER, SCREENING, "2025", 660, 1000)
    found = cell(world, OTHER, SCREENING, year="2025")
    assert found.primary is not None
    assert (found.primary.aim.kind, found.primary.judgement.reason) == (AimKind.LATER, Reason.LATER_YEAR)
    assert found.primary.aim.years == ()
    assert shown(found, Measure.PERCENT).word == "mốc 2030"


def test_a_level_is_held_over_what_was_published_on_the_same_boundaries(world: Session) -> None:
    hold: dict[str, Any] = {"operator": Operator.REACH_AND_HOLD, "definition_id": SURVEYED}
    put_target(world, 801, OTHER, "srb", 2025, 2.1, **hold)
    put_published(world, OTHER, "2025", 2.11)
    assert own(cell(world, OTHER, "tfr", year="2025"))[2] is Reason.NO_EARLIER_YEARS
    put_published(world, OTHER, "2022", 2.4, geographic_basis="63")
    put_published(world, OTHER, "2023", 2.3)
    assert own(cell(world, OTHER, "tfr", year="2025"))[3] == Grounds(since=2025)
    put_published(world, OTHER, "2024", 2.08)
    assert own(cell(world, OTHER, "tfr", year="2025")) == (Verdict.MET, 0.04, None, Grounds(since=2024))
    put_published(world, OTHER, "2021", 2.1)
    lost = own(cell(world, OTHER, "tfr", year="2025"))
    assert (lost[0], lost[2], lost[3]) == (Verdict.NOT_MET, Reason.NOT_HELD, Grounds(since=2021, lost=2023))


def put_zone(session: Session, group_id: int, key: str, units: list[int]) -> None:
    names = {"name_vi": key, "name_en": key, "from_on": date(2021, 4, 27), "to_on": None, "document_id": None}
    session.execute(insert(t.UnitGroup), [{"id": group_id, "key": key, "kind": GroupKind.FERTILITY_ZONE, **names}])
    for unit in units:
        closed = date(2025, 6, 30) if unit in (NORTH, SOUTH) else None
        row = {"group_id": group_id, "unit_id": unit, "from_on": date(2021, 4, 27), "to_on": closed}
        session.execute(insert(t.UnitGroupMember), [row])
    renew(session)


def put_zone_targets(session: Session) -> None:
    """Two zones' ranges, of a plan that is newer than every other."""
    put_document(session, 990, date(2025, 9, 1))
    for number, zone, low, high in ((801, "zone-high", 2.1, 2.3), (802, "zone-low", 1.7, 1.9)):
        changes: dict[str, Any] = {
            "operator": Operator.PER_ZONE,
            "definition_id": SURVEYED,
            "zone_key": zone,
            "high": high,
            "document_id": 990,
        }
        put_target(session, number, NATION, "srb", 2025, low, **changes)


@pytest.mark.parametrize(
    ("zones", "expected"),
    [
        ({"zone-high": [NORTH, SOUTH]}, (Verdict.MET, None)),
        ({"zone-low": [NORTH, SOUTH]}, (Verdict.NOT_MET, None)),
        ({"zone-high": [NORTH], "zone-low": [SOUTH]}, (Verdict.NOT_JUDGED, Reason.MIXED_ZONE)),
        ({"zone-replacement": [MERGED]}, (Verdict.NOT_JUDGED, Reason.NO_ZONE_LEVEL)),
        ({"zone-high": [OTHER]}, (Verdict.NOT_JUDGED, Reason.NO_ZONE)),
    ],
)
def test_a_unit_is_judged_by_its_own_zone(
    world: Session, zones: dict[str, list[int]], expected: tuple[Verdict, Reason | None]
) -> None:
    for number, (key, units) in enumerate(zones.items(), 901):
        put_zone(world, number, key, units)
    put_zone_targets(world)
    put_published(world, MERGED, "2025", 2.2)
    found = cell(world, MERGED, "tfr", year="2025")
    assert found.national is not None
    assert (found.national.judgement.verdict, found.national.judgement.reason) == expected


def test_a_number_for_everybody_is_not_hidden_by_numbers_for_zones(world: Session) -> None:
    put_zone(world, 901, "zone-high", [MERGED])
    put_zone_targets(world)
    put_target(world, 803, NATION, "srb", 2025, 2.0, definition_id=SURVEYED)
    put_published(world, MERGED, "2025", 2.2)
    found = cell(world, MERGED, "tfr", year="2025")
    assert found.national is not None
    assert [target.low for target in found.national.aim.targets] == [2.0]


def test_earlier_years_are_asked_for_only_where_a_target_needs_them(engine: Engine) -> None:
    a_small_world(engine)
    query = ComparisonQuery.from_args({"year": "2026", "definitions": ALL})
    asked = []
    with unit_of_work(engine) as session:
        put_rollup(session, MERGED, SCREENING, "2026", 660, 1000)
    for step in range(3):
        if step:
            with unit_of_work(engine) as session:
                put_target(session, 800 + step, (NATION, MERGED)[step - 1], SCREENING, 2026, 5, **RISE)
        for _again in range(2):
            with unit_of_work(engine, writes=False) as session, queries(engine) as seen:
                compare(session, comparer(MERGED_HEAD), query, TODAY)
        asked.append(len(seen))
    assert asked == [asked[0], asked[0] + 2, asked[0] + 2]
