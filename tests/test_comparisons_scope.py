"""Who sees what in a comparison: peers' approved values, masked where small; nothing of others; so many queries."""

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from data.comparisons.compare import compare
from data.comparisons.display import rows_for_grid
from data.comparisons.model import Gap
from data.comparisons.query import ComparisonQuery
from data.db import unit_of_work
from data.kinds import SubmissionStatus
from data.refusals import Invalid, NotFound
from data.rollups import rebuild
from data.scope import Scope
from tests import worlds
from tests.counting import queries
from tests.factories import a_small_world
from tests.world_catalogue import QUARTER
from tests.world_reports import put_report
from tests.world_rollups import ALL, cell_of, compared, comparer, listed, put_rollup
from tests.worlds import (
    ASH,
    ASH_OFFICER,
    BAY,
    CEDAR,
    CITY_HEAD,
    DALE,
    DALE_OFFICER,
    ELM,
    MERGED,
    MERGED_HEAD,
    MINISTRY_VIEWER,
    NATION,
    NORTH,
    NORTH_CITY,
    NORTH_HILLS,
    NOW,
    OTHER,
    SOUTH,
    SOUTH_HEAD,
    TODAY,
)  # fmt: skip

USERS = "new_modern_contraceptive_users"


@pytest.fixture
def world(session: Session) -> Session:
    worlds.build(session)
    return session


def test_the_ministry_sees_all_provinces_and_the_nation(world: Session) -> None:
    comparison = compared(world, MINISTRY_VIEWER)
    assert set(listed(comparison)) == {MERGED, OTHER}
    assert comparison.total is not None
    assert (comparison.total.unit.id, comparison.home and comparison.home.id) == (NATION, NATION)
    assert not any(row.neighbour for row in (*comparison.rows, comparison.total))


def test_a_province_stands_among_its_peers(world: Session) -> None:
    comparison = compared(world, MERGED_HEAD)
    assert {row.unit.id: row.neighbour for row in comparison.rows} == {MERGED: False, OTHER: True}
    assert comparison.within.id == NATION


def test_a_commune_stands_among_its_peers_under_its_province(world: Session) -> None:
    comparison = compared(world, ASH_OFFICER)
    assert set(listed(comparison)) == {ASH, BAY, CEDAR}
    assert comparison.within.id == MERGED


def test_a_commune_sees_its_own_province_only_and_no_commune_of_another(world: Session) -> None:
    assert listed(compared(world, ASH_OFFICER, level="province")) == [MERGED]
    assert set(listed(compared(world, ASH_OFFICER, level="commune", within="vn"))) == {ASH, BAY, CEDAR}
    with pytest.raises(NotFound):
        compared(world, ASH_OFFICER, within="other")


def test_a_province_sees_a_peers_total_and_none_of_its_communes(world: Session) -> None:
    put_rollup(world, OTHER, "srb", "2026Q3", 210, 200)
    put_rollup(world, DALE, "srb", "2026Q3", 110, 100)
    comparison = compared(world, MERGED_HEAD, period="2026Q3", level="commune", within="other")
    assert listed(comparison) == []
    assert cell_of(comparison, OTHER, "srb").value == 105


def test_the_ministry_opens_a_province_and_a_province_its_old_districts(world: Session) -> None:
    assert set(listed(compared(world, MINISTRY_VIEWER, within="other"))) == {DALE, ELM}
    old = compared(world, MERGED_HEAD, level="district", within="north", boundaries="2025-06-30")
    assert set(listed(old)) == {NORTH_CITY, NORTH_HILLS}


@pytest.mark.parametrize("key", ["p99", "elm", "south-coast", "OTHER"])
def test_a_forged_unit_is_not_found_whether_it_exists_or_not(world: Session, key: str) -> None:
    with pytest.raises(NotFound) as refused:
        compared(world, ASH_OFFICER, within=key)
    with pytest.raises(NotFound) as absent:
        compared(world, ASH_OFFICER, within="no-such-unit")
    assert str(refused.value) == str(absent.value)


def test_an_empty_scope_sees_nothing(world: Session) -> None:
    with pytest.raises(NotFound):
        compare(world, Scope(None, frozenset()), ComparisonQuery(), TODAY)


def test_small_counts_of_neighbours_are_masked_and_ones_own_are_not(world: Session) -> None:
    for unit in (ASH, BAY, CEDAR):
        put_rollup(world, unit, USERS, "2026Q1", 4)
        put_rollup(world, unit, "srb", "2026Q1", 30, 4)
        put_rollup(world, unit, "prenatal_screening", "2026Q1", 0, 30)
    commune, province = (compared(world, who, period="2026Q1", level="commune") for who in (ASH_OFFICER, MERGED_HEAD))
    for key, own in ((USERS, 4), ("srb", 750), ("prenatal_screening", 0)):
        assert cell_of(commune, ASH, key).value == own
        assert cell_of(province, BAY, key).value == own
    for key in (USERS, "srb"):
        masked = cell_of(commune, BAY, key)
        assert masked.absence is not None
        assert masked.absence.gap is Gap.MASKED
        assert (masked.value, masked.numerator, masked.denominator, masked.low) == (None, None, None, None)
    assert cell_of(commune, BAY, "prenatal_screening").value == 0
    drawn = next(row for row in rows_for_grid(commune) if row["key"] == "bay")
    assert drawn[USERS]["t"] == "•"


def test_a_small_sum_since_january_is_masked_too(world: Session) -> None:
    put_rollup(world, BAY, USERS, "2026Q1", 3)
    put_rollup(world, BAY, USERS, "2026Q2", 0)
    cell = cell_of(compared(world, ASH_OFFICER, period="2026Q2"), BAY, USERS)
    assert (cell.value, cell.to_date) == (0, None)


def test_small_counts_of_provinces_are_never_masked(world: Session) -> None:
    put_rollup(world, OTHER, USERS, "2026Q1", 3)
    assert cell_of(compared(world, MERGED_HEAD, period="2026Q1"), OTHER, USERS).value == 3


@pytest.mark.parametrize("status", [SubmissionStatus.DRAFT, SubmissionStatus.SUBMITTED, SubmissionStatus.RETURNED])
def test_what_is_not_approved_is_in_no_comparison(world: Session, status: SubmissionStatus) -> None:
    put_report(world, BAY, "quarterly", "2026Q3", QUARTER | {"births_boys": 7777}, status=status)
    rebuild(world, NOW)
    for person in (ASH_OFFICER, MERGED_HEAD, MINISTRY_VIEWER):
        comparison = compared(world, person, period="2026Q3", level="commune", within="merged")
        absence = cell_of(comparison, BAY, "srb").absence
        assert absence is not None
        # The same answer as for a unit that has sent nothing: peers learn no status.
        assert absence == cell_of(comparison, CEDAR, "srb").absence
        assert "7777" not in str(rows_for_grid(comparison))


def test_what_is_approved_comes_through_to_peers_with_its_parts(world: Session) -> None:
    put_report(world, BAY, "quarterly", "2026Q3", QUARTER)
    rebuild(world, NOW)
    comparison = compared(world, ASH_OFFICER, period="2026Q3")
    cell = cell_of(comparison, BAY, "srb")
    assert (cell.numerator, cell.denominator) == (21, 19)
    total = cell_of(comparison, MERGED, "srb")
    assert (total.numerator, total.counted, total.expected) == (21, 1, 3)
    assert (comparison.coverage.approved, comparison.coverage.expected, comparison.as_of) == (1, 3, NOW)


def test_a_closed_unit_reads_the_last_period_that_it_lived_in(world: Session) -> None:
    comparison = compared(world, SOUTH_HEAD)
    assert (comparison.period.code, set(listed(comparison))) == ("2025-6M", {NORTH, SOUTH, OTHER})
    district = compared(world, CITY_HEAD)
    assert (district.within.id, set(listed(district))) == (NORTH, {NORTH_CITY, NORTH_HILLS})
    with pytest.raises(NotFound):
        compared(world, SOUTH_HEAD, within="merged")


def test_a_unit_that_did_not_exist_and_a_level_without_units_are_named(world: Session) -> None:
    with pytest.raises(Invalid, match="Sông Bắc"):
        compared(world, MERGED_HEAD, level="commune", boundaries="2025-06-30")
    with pytest.raises(Invalid):
        compared(world, MINISTRY_VIEWER, level="district", year="2026")
    with pytest.raises(Invalid):
        compared(world, MINISTRY_VIEWER, level="province", within="merged")


def test_columns_and_programmes_that_do_not_exist_are_named(world: Session) -> None:
    with pytest.raises(Invalid, match="no_such_column"):
        compared(world, MINISTRY_VIEWER, definitions="srb,no_such_column")
    with pytest.raises(Invalid, match="9999"):
        compared(world, MINISTRY_VIEWER, programme="9999")
    shown = compared(world, MINISTRY_VIEWER, definitions="", programme="1999").columns
    assert [column.definition.programme and column.definition.programme.key for column in shown] == ["1999"] * 4


def test_rows_stand_in_the_vietnamese_order_of_their_names(world: Session) -> None:
    assert [row.name for row in compared(world, MERGED_HEAD, level="commune").rows] == [
        "An Bình",
        "Bình Minh",
        "Cẩm Sơn",
    ]
    assert [row.name for row in compared(world, DALE_OFFICER).rows] == ["Đại Đồng", "Yên Lập"]


@pytest.mark.parametrize("args", [{"year": "2025"}, {"year": "2024", "boundaries": "today"}, {"period": "2026Q4"}])
def test_a_comparison_asks_the_database_four_times_at_most(engine: Engine, args: dict[str, str]) -> None:
    a_small_world(engine)
    with unit_of_work(engine) as session:
        put_rollup(session, NORTH, "srb", "2024", 100, 100)
        put_rollup(session, OTHER, "srb", "2025", 100, 100)
    asked = []
    for columns in ("srb", ALL):
        query = ComparisonQuery.from_args(args | {"definitions": columns})
        for _again in range(2):
            with unit_of_work(engine, writes=False) as session, queries(engine) as seen:
                compare(session, comparer(MINISTRY_VIEWER), query, TODAY)
        asked.append(len(seen))
    assert asked[0] == asked[1] <= 3  # the stamp of the reference facts, the period, its parts


def test_more_rows_ask_no_more(engine: Engine) -> None:
    a_small_world(engine)
    asked = []
    for person, level in (
        (MINISTRY_VIEWER, "province"),
        (MINISTRY_VIEWER, "commune"),
        (MERGED_HEAD, "commune"),
        (ASH_OFFICER, "province"),
        (ASH_OFFICER, "commune"),
    ):
        query = ComparisonQuery.from_args({"period": "2026Q3", "level": level, "definitions": ALL})
        with unit_of_work(engine, writes=False) as session, queries(engine) as seen:
            compare(session, comparer(person), query, TODAY)
        asked.append(len([one for one in seen if "rollup" in one]))
    # Whoever has neighbours below the province asks once more, for their small counts.
    assert asked == [2, 2, 2, 3, 3]
