"""Ranks of a unit among its peers: of what is one question for all of them, and of what the reader sees."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from data.comparisons.unit_model import NotRanked, Ranked, Unranked
from data.judging import Operator, Reason
from tests import worlds
from tests.test_unit_table import SCREENING, SRB, THIRD, USERS, line, printed, table
from tests.world_catalogue import NATIONAL_PLAN
from tests.world_rollups import change_definition, put_published, put_rollup, put_target
from tests.worlds import (
    ASH,
    ASH_OFFICER,
    BAY,
    CEDAR,
    MERGED,
    MERGED_HEAD,
    MINISTRY_VIEWER,
    NATION,
    OTHER,
    Person,
)  # fmt: skip


@pytest.fixture
def world(session: Session) -> Session:
    worlds.build(session)
    return session


def test_ranks_come_only_when_they_are_asked_for(world: Session) -> None:
    assert all(one.rank is None for one in table(world, MINISTRY_VIEWER, MERGED, year="2026").lines)
    assert all(one.rank is not None for one in table(world, MINISTRY_VIEWER, MERGED, year="2026", ranks="1").lines)


def rank(session: Session, person: Person, unit: int, definition: str, **args: str) -> Ranked | NotRanked | None:
    return line(session, person, unit, definition, ranks="1", **args).rank


def test_what_chance_moves_has_a_range_of_ranks_and_what_it_does_not_has_a_rank(world: Session) -> None:
    put_target(world, 721, NATION, SCREENING, 2026, 50, document_id=NATIONAL_PLAN)
    for unit, boys, screened in ((MERGED, 109, 60), (OTHER, 111, 59)):
        put_rollup(world, unit, SRB, "2026", boys, 100)
        put_rollup(world, unit, SCREENING, "2026", screened, 100)
    srb, screening = (rank(world, MINISTRY_VIEWER, MERGED, one, year="2026") for one in (SRB, SCREENING))
    assert isinstance(srb, Ranked)
    assert isinstance(screening, Ranked)
    # Of two hundred births nobody can tell; of what was delivered everybody can.
    assert srb.ranks == (1, 2, 1, 1, 2)
    assert screening.ranks == (1, 1, 1, 1, 2)
    texts = printed(world, MINISTRY_VIEWER, MERGED, SRB, year="2026", ranks="1")
    assert texts.rank is not None
    assert (texts.rank.text, texts.rank.small) == ("1–2 / 2", "theo giá trị: 1")
    assert "khoảng tin cậy 95%" in texts.rank.why


def test_the_target_of_the_unit_above_says_which_way_is_good_where_the_nation_is_silent(world: Session) -> None:
    for unit, screened in ((ASH, 60), (BAY, 59), (CEDAR, 70)):
        put_rollup(world, unit, SCREENING, "2026", screened, 100)
    why = rank(world, MERGED_HEAD, ASH, SCREENING, year="2026")
    assert why == NotRanked(Unranked.NO_DIRECTION)
    put_target(world, 721, MERGED, SCREENING, 2026, 50)
    found = rank(world, MERGED_HEAD, ASH, SCREENING, year="2026")
    assert isinstance(found, Ranked)
    assert found.ranks == (2, 2, 2, 2, 3)


def test_in_a_range_nearness_ranks(world: Session) -> None:
    between = {"operator": Operator.RANGE, "high": 65.0, "document_id": NATIONAL_PLAN}
    put_target(world, 721, NATION, SCREENING, 2026, 60, **between)
    for unit, screened in ((ASH, 57), (BAY, 69), (CEDAR, 61)):
        put_rollup(world, unit, SCREENING, "2026", screened, 100)
    places = {}
    for unit in (ASH, BAY, CEDAR):
        found = rank(world, MERGED_HEAD, unit, SCREENING, year="2026")
        assert isinstance(found, Ranked)
        assert found.by_range
        places[unit] = found.ranks.first
    assert places == {CEDAR: 1, ASH: 2, BAY: 3}


def test_counts_and_what_is_no_longer_policy_are_never_ranked(world: Session) -> None:
    put_target(world, 721, NATION, THIRD, 2026, 10, operator=Operator.AT_MOST, document_id=NATIONAL_PLAN)
    change_definition(world, THIRD, to_on=date(2025, 6, 3))
    for unit in (MERGED, OTHER):
        put_rollup(world, unit, THIRD, "2026", unit, 1000)
        put_rollup(world, unit, USERS, "2026", unit)
    assert rank(world, MINISTRY_VIEWER, MERGED, USERS, year="2026") == NotRanked(Unranked.COUNT)
    why = rank(world, MINISTRY_VIEWER, MERGED, THIRD, year="2026")
    assert why == NotRanked(Unranked.BARRED, Reason.NO_LONGER_POLICY)


def test_published_values_rank_only_among_those_for_the_same_boundaries(world: Session) -> None:
    target = {"definition_id": 608, "document_id": NATIONAL_PLAN}
    put_target(world, 721, NATION, SRB, 2026, 2.1, **target)
    put_published(world, MERGED, "2026", 2.2)
    put_published(world, OTHER, "2026", 2.0, geographic_basis="63")
    assert rank(world, MINISTRY_VIEWER, MERGED, "tfr", year="2026") == NotRanked(Unranked.ALONE)
    put_published(world, OTHER, "2025", 2.0)
    put_published(world, MERGED, "2025", 2.2)
    put_target(world, 722, NATION, SRB, 2025, 2.1, **target)
    found = rank(world, MINISTRY_VIEWER, MERGED, "tfr", year="2025")
    assert isinstance(found, Ranked)
    assert (found.ranks.first, found.ranks.of) == (1, 2)


def test_hidden_peers_are_counted_and_not_ranked(world: Session) -> None:
    put_target(world, 721, NATION, SCREENING, 2026, 50, document_id=NATIONAL_PLAN)
    for unit, screened in ((ASH, 60), (BAY, 2), (CEDAR, 70)):
        put_rollup(world, unit, SCREENING, "2026", screened, 100)
    known = rank(world, MERGED_HEAD, ASH, SCREENING, year="2026")
    assert isinstance(known, Ranked)
    assert (known.ranks.of, known.ranks.first, known.hidden) == (3, 2, 0)
    # The next smallest neighbour hides with the small one, or the province's total would tell it.
    assert rank(world, ASH_OFFICER, ASH, SCREENING, year="2026") == NotRanked(Unranked.ALONE, hidden=2)
    texts = printed(world, ASH_OFFICER, ASH, SCREENING, year="2026", ranks="1")
    assert texts.rank is not None
    assert texts.rank.small == "không có đơn vị để so · 2 đơn vị không hiển thị"


def test_from_below_a_province_is_ranked_among_nobody(world: Session) -> None:
    put_target(world, 721, NATION, SCREENING, 2026, 50, document_id=NATIONAL_PLAN)
    for unit in (MERGED, OTHER):
        put_rollup(world, unit, SCREENING, "2026", unit, 1000)
    found = table(world, ASH_OFFICER, MERGED, year="2026", ranks="1")
    assert (found.peers, found.unseen, found.neighbour) == (2, 1, True)
    assert rank(world, ASH_OFFICER, MERGED, SCREENING, year="2026") == NotRanked(Unranked.ALONE)
