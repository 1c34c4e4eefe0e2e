"""Comparing by a named group: whose rows they are, that nothing comes into reach by it, and what an empty one says."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from data.comparisons.compare import compare
from data.comparisons.evidence import get_evidence
from data.comparisons.peers import EmptyGroup, list_peers
from data.comparisons.query import ComparisonQuery
from data.db import unit_of_work
from data.kinds import GroupKind, UnitLevel
from data.refusals import Invalid, NotFound
from data.snapshot import get_snapshot
from data.units.keeping import remove_members
from tests import worlds
from tests.counting import queries
from tests.factories import a_small_world
from tests.world_groups import NEW_YEAR, keeper, make, put_group
from tests.world_rollups import compared, comparer, listed, put_rollup
from tests.worlds import (
    ASH,
    ASH_OFFICER,
    BAY,
    CEDAR,
    DALE_OFFICER,
    LAST_OLD_DAY,
    LONG_AGO,
    MERGED,
    MERGED_HEAD,
    MINISTRY_REVIEWER,
    MINISTRY_VIEWER,
    NORTH,
    NOW,
    OTHER,
    OTHER_HEAD,
    PEOPLE,
    SOUTH,
    TODAY,
    Person,
)  # fmt: skip

OUTSIDE = "Không có nhóm này trong phạm vi của bạn."
PLAIN = "merged-cum-1"
REGIONS = ("tdmnpb", "dbsh", "btb", "dhntb-tn", "dnb", "dbscl")


@pytest.fixture
def world(session: Session) -> Session:
    """A group of two communes of MERGED, one of both provinces, a region of old provinces, and two old zones."""
    worlds.build(session)
    make(session, MERGED_HEAD, "Cụm đồng bằng", "ash", "bay")
    make(session, MINISTRY_REVIEWER, "Cụm số 1", "merged", "other", at="vn")
    old = (LONG_AGO, LAST_OLD_DAY)
    put_group(session, 901, "old-region", GroupKind.REGION, (NORTH, *old), (SOUTH, *old), (OTHER, *old))
    put_group(session, 902, "zone-high", GroupKind.FERTILITY_ZONE, (NORTH, *old), (SOUTH, *old))
    put_group(session, 903, "zone-mixed", GroupKind.FERTILITY_ZONE, (NORTH, *old), (OTHER, LONG_AGO, None))
    return session


def test_the_rows_are_the_members_and_the_total_is_that_of_all(world: Session) -> None:
    found = compared(world, MERGED_HEAD, peers=PLAIN)
    assert listed(found) == [ASH, BAY]
    assert (found.level, found.within.id) == (UnitLevel.COMMUNE, MERGED)
    assert found.peers is not None
    assert found.peers.name == "Cụm đồng bằng"
    assert found.total is not None
    assert found.total.unit.id == MERGED
    assert listed(compared(world, MINISTRY_VIEWER, peers="vn-cum-1")) == [OTHER, MERGED]


def test_a_member_compares_by_its_group_and_an_outsider_of_the_group_too(world: Session) -> None:
    assert listed(compared(world, ASH_OFFICER, peers=PLAIN)) == [ASH, BAY]
    assert listed(compared(world, worlds.CEDAR_OFFICER, peers=PLAIN)) == [ASH, BAY]


@pytest.mark.parametrize("person", [DALE_OFFICER, OTHER_HEAD], ids=lambda one: one.username)
@pytest.mark.parametrize("key", [PLAIN, "no-such-group"])
def test_a_group_out_of_reach_and_one_that_does_not_exist_are_one_answer(
    world: Session, person: Person, key: str
) -> None:
    for args in ({}, {"boundaries": "today"}, {"period": "2024"}, {"boundaries": "2025-06-30"}):
        with pytest.raises(NotFound) as refused:
            compared(world, person, peers=key, **args)
        assert str(refused.value) == OUTSIDE
    with pytest.raises(NotFound) as hidden:
        get_evidence(world, comparer(person), ComparisonQuery(peers=key), "ash", "srb", TODAY)
    assert str(hidden.value) == OUTSIDE


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.sampled_from([one for one in PEOPLE if one is not worlds.MINISTRY_ADMIN]),
    st.sampled_from([PLAIN, "vn-cum-1", "old-region", "zone-high", "zone-mixed"]),
    st.dates(LAST_OLD_DAY - timedelta(days=400), TODAY + timedelta(days=40)),
    st.sampled_from(["2024", "2025", "2026Q3", "2026-9M"]),
)
def test_a_group_never_shows_a_row_that_its_reader_does_not_see_without_it(
    world: Session, person: Person, key: str, day: date, period: str
) -> None:
    args = {"period": period, "boundaries": day.isoformat(), "definitions": "srb"}
    try:
        found = compared(world, person, peers=key, **args)
    except (NotFound, Invalid):
        return
    level, within = found.level.value.lower(), found.within.key
    assert set(listed(found)) <= set(listed(compared(world, person, level=level, within=within, **args)))


def test_the_members_are_those_of_the_boundaries_day(world: Session) -> None:
    remove_members(world, keeper(MERGED_HEAD), PLAIN, ["bay"], date(2026, 10, 15), NOW)
    assert listed(compared(world, MERGED_HEAD, peers=PLAIN, period="2026-9M")) == [ASH, BAY]
    assert listed(compared(world, MERGED_HEAD, peers=PLAIN, period="2026-9M", boundaries="today")) == [ASH]


def test_a_group_of_closed_units_says_until_when_it_held_units(world: Session) -> None:
    with pytest.raises(EmptyGroup) as refused:
        compared(world, MINISTRY_VIEWER, peers="old-region", boundaries="today")
    assert refused.value.day == LAST_OLD_DAY
    assert str(refused.value) == (
        "Nhóm “Vùng Old-Region” chỉ có đơn vị đến hết ngày 30/06/2025, nên trống trên địa giới ngày 21/11/2026."
    )
    day = refused.value.day.isoformat()
    assert set(listed(compared(world, MINISTRY_VIEWER, peers="old-region", boundaries=day))) == {NORTH, SOUTH, OTHER}


def test_a_group_that_began_later_says_from_when_it_holds_units(world: Session) -> None:
    with pytest.raises(EmptyGroup) as refused:
        compared(world, MINISTRY_VIEWER, peers="vn-cum-1", period="2025")
    assert refused.value.day == NEW_YEAR
    assert "chỉ có đơn vị từ ngày 01/01/2026" in str(refused.value)


def test_a_merged_province_is_in_the_zone_of_all_its_parts_or_in_none(world: Session) -> None:
    assert listed(compared(world, MINISTRY_VIEWER, peers="zone-high")) == [MERGED]
    assert listed(compared(world, MINISTRY_VIEWER, peers="zone-mixed")) == [OTHER]
    old = compared(world, MINISTRY_VIEWER, peers="zone-mixed", boundaries="2025-06-30")
    assert set(listed(old)) == {NORTH, OTHER}


def test_the_zones_of_the_34_provinces_are_those_of_all_their_parts(seeded_session: Session) -> None:
    known = get_snapshot(seeded_session)
    provinces = set(known.tree.at_level(UnitLevel.PROVINCE, TODAY))
    zones = [known.groups[key].members(known.tree, TODAY) for key in ("zone-high", "zone-replacement", "zone-low")]
    held = [one for zone in zones for one in zone]
    assert len(held) == len(set(held))
    mixed = {known.tree.units[one].key for one in provinces - set(held)}
    assert mixed == {
        "p31-2025", "p48-2025", "p51-2025", "p52-2025", "p66-2025", "p56-2025", "p68-2025", "p75-2025", "p86-2025",
    }  # fmt: skip
    assert [len(known.groups[f"region34-{name}"].members(known.tree, TODAY)) for name in REGIONS] == [9, 6, 5, 6, 3, 5]
    assert all(not known.groups[f"region63-{name}"].members(known.tree, TODAY) for name in ("tdmnpb", "dbsh", "tn"))


def test_a_group_has_one_level(world: Session) -> None:
    assert listed(compared(world, MERGED_HEAD, peers=PLAIN, level="commune")) == [ASH, BAY]
    with pytest.raises(Invalid, match="không có đơn vị thuộc cấp này: Cấp tỉnh"):
        compared(world, MERGED_HEAD, peers=PLAIN, level="province")


def test_a_group_without_anybody_is_nobodys_to_compare_by(world: Session) -> None:
    key = make(world, MERGED_HEAD, "Cụm trống")
    with pytest.raises(NotFound):
        compared(world, MERGED_HEAD, peers=key)


def test_the_groups_on_offer_hold_a_unit_of_that_level_within_reach(world: Session) -> None:
    def offered(person: Person, level: UnitLevel, day: date = TODAY) -> list[str]:
        return [one.group.key for one in list_peers(get_snapshot(world), comparer(person), level, day)]

    assert offered(ASH_OFFICER, UnitLevel.COMMUNE) == [PLAIN]
    assert offered(MERGED_HEAD, UnitLevel.COMMUNE) == [PLAIN]
    assert offered(DALE_OFFICER, UnitLevel.COMMUNE) == []
    assert offered(OTHER_HEAD, UnitLevel.PROVINCE) == ["vn-cum-1", "zone-high", "zone-mixed"]
    assert offered(MINISTRY_VIEWER, UnitLevel.PROVINCE, LAST_OLD_DAY) == ["old-region", "zone-high", "zone-mixed"]


def test_the_evidence_is_that_of_the_groups_own_rows(world: Session) -> None:
    put_rollup(world, ASH, "srb", "2026-9M", 100, 90)
    query = ComparisonQuery.from_args({"peers": PLAIN})
    found = get_evidence(world, comparer(MERGED_HEAD), query, "ash", "srb", TODAY)
    assert found.unit.id == ASH
    with pytest.raises(NotFound):
        get_evidence(world, comparer(MERGED_HEAD), query, "cedar", "srb", TODAY)
    assert CEDAR not in listed(compared(world, MERGED_HEAD, peers=PLAIN))


def test_a_group_costs_no_query(engine: Engine) -> None:
    a_small_world(engine)
    with unit_of_work(engine) as session:
        make(session, MINISTRY_REVIEWER, "Cụm số 1", "merged", at="vn")
        put_rollup(session, MERGED, "srb", "2026-9M", 100, 100)
    asked = []
    for args in ({}, {}, {"peers": "vn-cum-1"}):
        with unit_of_work(engine, writes=False) as session, queries(engine) as seen:
            compare(session, comparer(MINISTRY_VIEWER), ComparisonQuery.from_args(args), TODAY)
        asked.append(len(seen))
    # The first one reads the reference facts, which then stay in memory.
    assert asked[1] == asked[2] <= 3
