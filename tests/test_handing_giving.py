"""Giving: all of a sheet or nothing, by one document; only what changed; nobody writes over another."""

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from data import tables as t
from data.handing.asks import AT_LEAST, Asks
from data.handing.board import get_board, given_numbers
from data.handing.giving import Order, RefusedHanding, documents_of, give
from data.handing.query import HandingQuery
from data.judging.operators import Operator
from data.kinds import Horizon, PlanKind
from data.refusals import Invalid
from data.snapshot import get_snapshot
from data.targets.documents_entered import enter_document
from data.targets.drafts import TargetDraft
from data.targets.entering import enter_targets
from tests import worlds
from tests.world_handing import (
    FIRST,
    MINISTRYS,
    SCREENING,
    USERS,
    board,
    build_with_results,
    decision,
    give_all,
    in_force,
    order,
    setter,
)
from tests.worlds import (
    ASH,
    BAY,
    MERGED,
    MERGED_HEAD,
    MINISTRY_REVIEWER,
    NOW,
    TODAY,
)


@pytest.fixture
def world(session: Session) -> Session:
    """The small nation, whose communes have results of 2025."""
    return build_with_results(session)


def test_giving_sets_everything_by_one_document_with_its_line_of_audit(world: Session) -> None:
    given = give_all(world, FIRST, decision(5))
    assert (given.first, given.adjusted, given.unchanged) == (4, 0, 0)
    assert in_force(world) == [(60.0, PlanKind.ASSIGNED)]
    drawn = board(world)
    assert drawn.own_number(drawn.columns[0]) == 70
    assert given_numbers(drawn, drawn.columns[0]) == {"ash": 60, "bay": 90}
    actions = world.scalars(select(t.AuditLine.action).order_by(t.AuditLine.id)).all()
    assert actions == ["document.enter", *["target.enter"] * 4]


def test_only_what_changed_is_adjusted_by_a_later_document(world: Session) -> None:
    give_all(world, FIRST, decision(5))
    given = give_all(world, FIRST | {("ash", SCREENING): 55.0}, decision(1, month=7))
    assert (given.first, given.adjusted, given.unchanged) == (0, 1, 3)
    assert in_force(world) == [(55.0, PlanKind.ADJUSTED)]
    assert in_force(world, BAY) == [(90.0, PlanKind.ASSIGNED)]
    with pytest.raises(RefusedHanding, match="không có con số nào thay đổi"):
        give_all(world, FIRST | {("ash", SCREENING): 55.0}, decision(2, month=7))


def test_what_is_given_years_ahead_stands_until_the_plan_of_that_year(world: Session) -> None:
    place, asks, query = ("ash", SCREENING), {SCREENING: AT_LEAST}, HandingQuery("merged", 2030, None, (SCREENING,))
    give(world, setter(MERGED_HEAD), Order(query, {place: Fraction(90)}, asks, decision(5), {}), NOW)
    (ahead,) = (one for one in get_snapshot(world).targets.of_unit(ASH) if one.year == 2030)
    assert (ahead.horizon, ahead.plan_kind) == (Horizon.MULTI_YEAR, PlanKind.ASSIGNED)
    later = datetime(2029, 12, 20, 3, tzinfo=UTC)
    again = Order(query, {place: Fraction(95)}, asks, decision(6), {place: ahead.key})
    given = give(world, setter(MERGED_HEAD), again, later)
    assert (given.first, given.adjusted) == (1, 0)
    drawn = get_board(world, setter(MERGED_HEAD), query, later.date())
    assert given_numbers(drawn, drawn.columns[0]) == {"ash": 95}


def test_an_adjustment_by_an_earlier_document_is_refused_and_keeps_no_document(world: Session) -> None:
    give_all(world, FIRST, decision(5))
    with pytest.raises(RefusedHanding) as refused:
        give_all(world, FIRST | {("ash", SCREENING): 55.0}, decision(3))
    assert list(refused.value.problems) == [("ash", SCREENING)]
    assert refused.value.said
    there = world.scalars(select(t.Document.number)).all()
    assert "5/QĐ-UBND" in there
    assert "3/QĐ-UBND" not in there
    assert in_force(world) == [(60.0, PlanKind.ASSIGNED)]


def test_every_wrong_cell_is_named_and_nothing_is_kept(world: Session) -> None:
    wrong = FIRST | {("ash", SCREENING): 101.0, ("cedar", USERS): 1.5}
    with pytest.raises(RefusedHanding) as refused:
        give_all(world, wrong, decision(5))
    assert set(refused.value.problems) == {("ash", SCREENING), ("cedar", USERS)}
    assert in_force(world) == in_force(world, MERGED) == []


def test_what_somebody_else_gave_in_the_meantime_is_not_written_over(world: Session) -> None:
    early = order(world, FIRST, decision(5))
    give(world, setter(MERGED_HEAD), early, NOW)
    late = order(world, FIRST | {("ash", SCREENING): 65.0}, decision(20), seen={})
    with pytest.raises(RefusedHanding) as refused:
        give(world, setter(MERGED_HEAD), late, NOW)
    assert list(refused.value.problems) == [("ash", SCREENING)]
    assert in_force(world) == [(60.0, PlanKind.ASSIGNED)]


def test_an_emptied_cell_takes_nothing_back(world: Session) -> None:
    give_all(world, FIRST, decision(5))
    rest = {place: number for place, number in FIRST.items() if place != ("bay", SCREENING)}
    with pytest.raises(RefusedHanding) as refused:
        give_all(world, rest | {("ash", SCREENING): 65.0}, decision(20))
    assert list(refused.value.problems) == [("bay", SCREENING)]


def test_a_unit_out_of_reach_is_not_on_the_board_whatever_the_browser_says(world: Session) -> None:
    given = give_all(world, FIRST | {("dale", SCREENING): 10.0, ("ash", "nothing"): 3.0}, decision(5))
    assert given.first == 4
    assert not world.scalars(select(t.Target.id).where(t.Target.unit_id == worlds.DALE)).all()


def test_only_the_parents_own_documents_give(world: Session) -> None:
    orientation = Order(MINISTRYS, {("merged", SCREENING): Fraction(70)}, {}, decision(4))
    give(world, setter(MINISTRY_REVIEWER), orientation, NOW)
    theirs = world.scalars(select(t.Document.key).where(t.Document.number == "4/QĐ-UBND")).one()
    drawn = board(world)
    assert documents_of(world, setter(MERGED_HEAD), drawn, TODAY) == []
    with pytest.raises(Invalid):
        give_all(world, FIRST, theirs)
    # What the ministry gave a province is an orientation, and the province's own number until it sets one.
    assert in_force(world, MERGED) == [(70.0, PlanKind.ORIENTATION)]
    assert drawn.own_number(drawn.columns[0]) == 70
    assert drawn.cells["merged", SCREENING].given is None


def test_numbers_keep_the_way_in_which_they_are_read(world: Session) -> None:
    at_most = Asks(Operator.AT_MOST)
    give_all(world, {("ash", SCREENING): 60.0}, decision(5), asks=at_most)
    drawn = board(world)
    assert drawn.columns[0].asks == at_most
    # The same number read in another way is another target.
    given = give_all(world, {("ash", SCREENING): 60.0}, decision(20), asks=AT_LEAST)
    assert given.adjusted == 1


def test_a_number_that_nobody_touches_keeps_its_own_way(world: Session) -> None:
    first = {("ash", SCREENING): 60.0, ("cedar", SCREENING): 30.0}
    give_all(world, first, decision(5))
    by_hand = enter_document(world, setter(MERGED_HEAD), "merged", "6/QĐ-UBND", date(2026, 1, 6), "Giao", NOW)
    other_way = TargetDraft("bay", SCREENING, 2026, Operator.AT_MOST, 60.0, 60.0)
    enter_targets(world, setter(MERGED_HEAD), by_hand, [other_way], NOW)
    assert board(world).columns[0].asks == AT_LEAST
    given = give_all(world, first | {("bay", SCREENING): 60.0, ("ash", SCREENING): 65.0}, decision(20))
    assert (given.adjusted, given.unchanged) == (1, 2)
    assert [target.operator for target in board(world).cells["bay", SCREENING].in_force] == [Operator.AT_MOST]
