"""What a base is held against is never more than the reader's own table shows of it."""

import pytest
from sqlalchemy import Engine, delete
from sqlalchemy.orm import Session

from data import tables as t
from data.db import unit_of_work
from data.judging.operators import Operator
from data.kinds import RollupSource
from tests.counting import queries
from tests.drawn import words
from tests.world_catalogue import ELEMENTS
from tests.world_masking import COMMUNES, HAZEL, QUARTERS, approve, build, is_masked, table_of
from tests.world_rollups import put_rollup, put_target
from tests.world_targets import drawn, keys
from tests.worlds import ASH, ASH_OFFICER, BAY, MERGED, MERGED_HEAD, MINISTRY_VIEWER, NATION, OTHER, Person

APPROVED = "trong khi kết quả đã duyệt"


def fill(session: Session, girls_of_bay: int, silent: int | None = None) -> None:
    """Two communes have counted something and the others nothing, and a plan of their province names a base that nobody
    counted. A silent one has not even reported.
    """
    build(session)
    counted = {
        (unit, quarter): dict.fromkeys(ELEMENTS, 40 if unit in (ASH, BAY) else 0)
        for unit in COMMUNES
        for quarter in QUARTERS
        if unit != silent
    }
    counted[BAY, "2026Q1"]["births_girls"] = girls_of_bay
    approve(session, counted)
    put_target(session, 731, MERGED, "srb", 2027, -1, operator=Operator.DELTA, baseline_year=2026, baseline_value=50)


def test_a_total_that_gives_a_neighbours_small_count_away_is_told_in_no_contradiction(session: Session) -> None:
    fill(session, 2)
    assert is_masked(table_of(session, ASH_OFFICER, "2026")[MERGED, "srb"])
    assert "T731" in keys(session, ASH_OFFICER)
    assert keys(session, ASH_OFFICER, contradictions="1") == []
    for args in ({}, {"target": "T731"}):
        said = words(drawn(session, ASH_OFFICER, **args))
        assert APPROVED not in said
        assert "113,5" not in said


def test_what_some_of_the_communes_have_counted_is_no_result_of_the_province(session: Session) -> None:
    fill(session, 40, silent=HAZEL)
    assert "T731" in keys(session, MERGED_HEAD)
    assert keys(session, MERGED_HEAD, contradictions="1") == []


@pytest.mark.parametrize("person", [MERGED_HEAD, MINISTRY_VIEWER])
def test_who_is_above_is_told_what_the_base_contradicts(session: Session, person: Person) -> None:
    fill(session, 2)
    assert keys(session, person, contradictions="1") == ["T731"]
    said = words(drawn(session, person, target="T731"))
    assert APPROVED in said
    assert "113,5" in said


def test_a_total_that_is_shown_is_told_to_the_communes_as_well(session: Session) -> None:
    fill(session, 40)
    assert keys(session, ASH_OFFICER, contradictions="1") == ["T731"]
    assert APPROVED in words(drawn(session, ASH_OFFICER, target="T731"))


def test_hiding_costs_two_queries_at_most_and_none_for_those_above(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        fill(session, 2)
    asked = []
    for person in (MINISTRY_VIEWER, MERGED_HEAD, ASH_OFFICER):
        for _again in range(2):
            with unit_of_work(engine, writes=False) as session, queries(engine) as seen:
                keys(session, person)
        asked.append(len([one for one in seen if "rollup" in one]))
    # The year and its parts; for the commune also the small counts and who hides with them.
    assert asked == [2, 2, 4]


def test_nor_is_it_of_the_country_where_all_provinces_have_reported(session: Session) -> None:
    build(session)
    put_target(session, 732, NATION, "srb", 2027, -1, operator=Operator.DELTA, baseline_year=2025, baseline_value=50)
    for province in (MERGED, OTHER):
        put_rollup(session, province, "srb", "2025", 11_300, 10_000)
    assert keys(session, MINISTRY_VIEWER, contradictions="1") == ["T732"]
    session.execute(delete(t.Rollup).where(t.Rollup.unit_id == MERGED))
    put_rollup(session, MERGED, "srb", "2025", 11_300, 10_000, counted=1, expected=3, source=RollupSource.CHILDREN)
    assert keys(session, MINISTRY_VIEWER, contradictions="1") == []
