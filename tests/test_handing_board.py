"""The board of who hands down: whose it is, what it shows, what proposals start from, and what became of it."""

from datetime import date
from fractions import Fraction

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from auth.policy import NotPermitted
from data import tables as t
from data.db import unit_of_work
from data.handing.asks import AT_LEAST, AT_MOST
from data.handing.board import get_board, goal_of, parts_of
from data.handing.flags import checks_of
from data.handing.following import get_following
from data.handing.giving import Order, give
from data.handing.proposals import Way, propose
from data.handing.query import HandingQuery
from data.judging import Verdict
from data.judging.operators import Operator
from data.kinds import PlanKind
from data.refusals import NotFound
from tests import worlds
from tests.counting import queries
from tests.factories import a_small_world
from tests.world_handing import (
    ALL,
    FIRST,
    MINISTRYS,
    QUERY,
    RATE,
    SCREENING,
    USERS,
    board,
    build_with_results,
    decision,
    give_all,
    numbers,
    setter,
)
from tests.world_rollups import cell_of, compared, put_rollup, put_target, renew
from tests.worlds import (
    ASH,
    ASH_OFFICER,
    BAY,
    CEDAR,
    MERGED,
    MERGED_HEAD,
    MERGED_LEADER,
    MINISTRY_REVIEWER,
    NOW,
    OTHER_HEAD,
    SOUTH_HEAD,
    TODAY,
    Person,
)


@pytest.fixture
def world(session: Session) -> Session:
    """The small nation, whose communes have results of 2025."""
    return build_with_results(session)


def test_a_province_sees_its_communes_with_their_results_and_weights(world: Session) -> None:
    drawn = board(world)
    assert drawn.parent.title.startswith("Sông Bắc")
    assert [line.unit.key for line in drawn.children] == list(ALL)
    assert (drawn.year, drawn.last.code) == (2026, "2025")
    screening, users = drawn.columns
    assert [round(drawn.cells[key, SCREENING].last.value or 0, 1) for key in ALL] == [50.0, 95.0, 20.0]
    assert str(screening.weights.period) == "2025"
    assert dict(screening.weights.amounts) == {"ash": 60, "bay": 100, "cedar": 40}
    assert (users.weights.people, dict(users.weights.amounts)) == (True, {"ash": 900, "bay": 600, "cedar": 501})
    # What the world has set for An Bình was issued by another unit.
    assert drawn.cells["ash", USERS].given is None
    assert [target.low for target in drawn.cells["ash", USERS].in_force] == [400]


def test_numbers_are_read_as_the_nation_reads_them_until_somebody_chooses(world: Session) -> None:
    drawn = board(world, query=HandingQuery("merged", 2026, None, ("srb", SCREENING)))
    assert [column.asks.operator for column in drawn.columns] == [Operator.AT_MOST, Operator.AT_LEAST]


def test_the_results_are_those_of_the_comparison(world: Session) -> None:
    drawn = board(world)
    page = compared(world, MERGED_HEAD, year="2025", within="merged", level="commune", boundaries="today")
    for key, unit in (("ash", ASH), ("bay", BAY), ("cedar", CEDAR)):
        for column in (SCREENING, USERS):
            assert drawn.cells[key, column].last.value == cell_of(page, unit, column).value


def test_where_no_child_has_a_whole_year_the_months_so_far_stand_in(session: Session) -> None:
    worlds.build(session)
    for quarter in ("2026Q1", "2026Q2", "2026Q3"):
        put_rollup(session, ASH, SCREENING, quarter, 10, 20)
        put_rollup(session, ASH, USERS, quarter, 30)
    drawn = board(session)
    assert drawn.last.code == "2026-9M"
    screening, users = drawn.columns
    assert drawn.cells["ash", SCREENING].last.value == 50
    assert (str(screening.weights.period), dict(screening.weights.amounts)) == ("2026-9M", {"ash": 60})
    assert [part.last for part in parts_of(drawn, screening)] == [50, None, None]
    # A part of a year's new users is not a year's.
    assert [part.last for part in parts_of(drawn, users)] == [None, None, None]


@pytest.mark.parametrize(
    ("person", "unit"),
    [(OTHER_HEAD, "merged"), (MERGED_HEAD, "other"), (MERGED_HEAD, "vn"), (MERGED_HEAD, "ash"),
     (MINISTRY_REVIEWER, "merged"), (SOUTH_HEAD, "south"), (MERGED_HEAD, "nowhere")],
)  # fmt: skip
def test_nobody_hands_down_in_the_name_of_another_unit(world: Session, person: Person, unit: str) -> None:
    query = HandingQuery(unit, 2026, None, (SCREENING,))
    with pytest.raises(NotFound):
        get_board(world, setter(person), query, TODAY)
    with pytest.raises(NotFound):
        get_following(world, setter(person), query, None, TODAY)
    with pytest.raises(NotFound):
        give(world, setter(person), Order(query, {("ash", SCREENING): Fraction(1)}, {}, decision(5)), NOW)


@pytest.mark.parametrize("person", [ASH_OFFICER, MERGED_LEADER])
def test_who_reports_or_reads_hands_nothing_down(person: Person) -> None:
    with pytest.raises(NotPermitted):
        setter(person)


def test_the_ministry_hands_down_to_provinces(world: Session) -> None:
    drawn = board(world, MINISTRY_REVIEWER, HandingQuery(None, 2026, None, (SCREENING,)))
    assert {line.unit.key for line in drawn.children} == {"merged", "other"}


def test_what_was_somebody_elses_when_the_period_ended_tells_nothing(world: Session) -> None:
    first = world.scalars(select(t.UnitVersion).where(t.UnitVersion.unit_id == worlds.DALE)).one()
    first.to_on = date(2026, 6, 30)
    world.flush()
    world.add(t.UnitVersion(
        unit_id=worlds.DALE, from_on=date(2026, 7, 1), to_on=None, name=first.name, kind=first.kind, code=first.code,
        parent_id=MERGED, confidence=first.confidence, document_id=None,
    ))  # fmt: skip
    put_rollup(world, worlds.DALE, SCREENING, "2025", 71, 73)
    put_rollup(world, worlds.DALE, RATE, "2025", 7, 771)
    renew(world)
    drawn = board(world)
    assert "dale" in {line.unit.key for line in drawn.children}
    assert drawn.cells["dale", SCREENING].last.value is None
    assert drawn.cells["ash", SCREENING].last.value == 50
    assert "dale" not in drawn.columns[0].weights.amounts
    assert "dale" not in drawn.columns[1].weights.amounts


def test_a_proposal_starts_from_the_board(world: Session) -> None:
    give_all(world, {("merged", SCREENING): 80.0, ("merged", USERS): 1000.0}, decision(5))
    drawn = board(world)
    screening, users = drawn.columns
    goal = goal_of(drawn, screening)
    assert goal is not None
    # 50 and 20 % of 60 and 40 are short, 95 % of 100 holds: 33 · 60 + 60 · 40 are lacking less 15 · 100 beyond.
    assert numbers(propose(Way.GAP, goal, parts_of(drawn, screening), {})) == {"ash": 77, "bay": 95, "cedar": 47}
    shares = goal_of(drawn, users)
    assert shares is not None
    assert numbers(propose(Way.SHARE, shares, parts_of(drawn, users), {})) == {"ash": 450, "bay": 300, "cedar": 250}


def test_numbers_that_are_read_the_other_way_do_not_reach_the_parents_own(world: Session) -> None:
    """A province that may have 20 % at most hands down "at least 25 %"."""
    put_target(world, 801, MERGED, SCREENING, 2026, 20, operator=Operator.AT_MOST)
    drawn = board(world)
    given = {(one, SCREENING): Fraction(25) for one in ALL}
    for asks in (AT_LEAST, AT_MOST):
        check, goal = checks_of(drawn, given, {SCREENING: asks})[SCREENING]
        assert goal is not None
        assert (check.reached, check.difference, set(check.beside)) == (False, Fraction(5), set(ALL))
    check, _goal = checks_of(drawn, {place: Fraction(15) for place in given}, {SCREENING: AT_MOST})[SCREENING]
    assert (check.reached, check.beside) == (True, ())


def test_what_became_of_it_stands_side_by_side(world: Session) -> None:
    orientation = Order(MINISTRYS, {("merged", SCREENING): Fraction(70)}, {}, decision(4))
    give(world, setter(MINISTRY_REVIEWER), orientation, NOW)
    give_all(world, FIRST, decision(5))
    for quarter in ("2026Q1", "2026Q2", "2026Q3"):
        put_rollup(world, MERGED, SCREENING, quarter, 75, 100)
    found = get_following(world, setter(MINISTRY_REVIEWER), MINISTRYS, SCREENING, TODAY)
    rows = {one.line.unit.key: one for one in found.rows}
    merged, other = rows["merged"], rows["other"]
    assert merged.given is not None
    assert (merged.given.low, merged.given.plan_kind) == (70, PlanKind.ORIENTATION)
    assert merged.own is not None
    assert (merged.own.low, merged.own.plan_kind) == (70, PlanKind.ASSIGNED)
    assert found.period is not None
    assert found.period.code == "2026-9M"
    assert merged.cell is not None
    page = compared(world, MINISTRY_REVIEWER, period="2026-9M", level="province", boundaries="today")
    there = cell_of(page, MERGED, SCREENING)
    assert merged.cell.value == there.value == 75
    assert merged.cell.primary is not None
    assert there.primary is not None
    assert merged.cell.primary.judgement.verdict is there.primary.judgement.verdict
    assert merged.cell.primary.judgement.verdict in (Verdict.MET, Verdict.ON_TRACK)
    assert (other.given, other.own) == (None, None)
    assert [line.unit.key for line in found.unset] == ["other"]


def test_the_number_of_queries_does_not_grow_with_the_children(engine: Engine) -> None:
    a_small_world(engine)
    with unit_of_work(engine) as session:
        for unit in (ASH, BAY, CEDAR):
            put_rollup(session, unit, SCREENING, "2025", 30, 60)
            put_rollup(session, unit, RATE, "2025", 9, 900)
    with unit_of_work(engine, writes=False) as session:
        get_board(session, setter(MERGED_HEAD), QUERY, TODAY)
    with unit_of_work(engine, writes=False) as session, queries(engine) as asked:
        get_board(session, setter(MERGED_HEAD), QUERY, TODAY)
    assert len(asked) == 5, "\n".join(asked)
    with unit_of_work(engine, writes=False) as session, queries(engine) as asked:
        get_following(session, setter(MERGED_HEAD), QUERY, SCREENING, TODAY)
    assert len(asked) == 3, "\n".join(asked)
