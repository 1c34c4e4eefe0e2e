"""The board of who hands down: whose it is, what it shows, what giving writes, and what became of it."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from auth.policy import NotPermitted, Permission
from data import tables as t
from data.db import unit_of_work
from data.handing.asks import AT_LEAST, Asks
from data.handing.board import get_board, given_numbers, goal_of, parts_of
from data.handing.following import get_following
from data.handing.giving import NewDocument, Order, RefusedHanding, documents_of, give
from data.handing.model import Board, Place
from data.handing.proposals import Proposal, Unproposed, Way, propose
from data.handing.query import HandingQuery
from data.judging import Verdict
from data.judging.operators import Operator
from data.kinds import PlanKind
from data.refusals import Invalid, NotFound
from data.snapshot import get_snapshot
from data.targets.documents_entered import enter_document
from data.targets.drafts import TargetDraft
from data.targets.entering import enter_targets
from tests import worlds
from tests.counting import queries
from tests.factories import a_small_world
from tests.world_rollups import cell_of, compared, put_rollup, renew
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
    scope_of,
)

SCREENING, USERS, RATE = "prenatal_screening", "new_modern_contraceptive_users", "natural_increase_rate"
QUERY = HandingQuery("merged", 2026, None, (SCREENING, USERS))
MINISTRYS = HandingQuery("vn", 2026, None, (SCREENING,))
ALL = ("ash", "bay", "cedar")


@pytest.fixture
def world(session: Session) -> Session:
    """The small nation, whose communes have results of 2025."""
    worlds.build(session)
    counted = ((ASH, 30, 60, 90, 900), (BAY, 95, 100, 60, 600), (CEDAR, 8, 40, 30, 501))
    for unit, screened, managed, users, people in counted:
        put_rollup(session, unit, SCREENING, "2025", screened, managed)
        put_rollup(session, unit, USERS, "2025", users)
        put_rollup(session, unit, RATE, "2025", 9, people)
    return session


def setter(person: Person) -> Any:
    return scope_of(person, Permission.TARGET_SET)


def board(session: Session, person: Person = MERGED_HEAD, query: HandingQuery = QUERY) -> Board:
    return get_board(session, setter(person), query, TODAY)


def decision(day: int, month: int = 1) -> NewDocument:
    return NewDocument(f"{day}/QĐ-UBND", date(2026, month, day), "Giao chỉ tiêu năm 2026")


def order(
    session: Session, numbers: dict[Place, float], document: str | NewDocument, asks: Asks = AT_LEAST, **more: Any
) -> Order:
    """What the sheet would send: every number that stands in it."""
    return Order(QUERY, exactly(numbers), {SCREENING: asks, USERS: asks}, document, more.get("seen", seen(session)))


def exactly(numbers_: dict[Place, float]) -> dict[Place, Fraction]:
    return {place: Fraction(repr(number)) for place, number in numbers_.items()}


def seen(session: Session) -> dict[Place, str]:
    return {place: cell.given.key for place, cell in board(session).cells.items() if cell.given is not None}


def give_all(session: Session, numbers: dict[Place, float], document: str | NewDocument, **more: Any) -> Any:
    return give(session, setter(MERGED_HEAD), order(session, numbers, document, **more), NOW)


def in_force(session: Session, unit: int = ASH, key: str = SCREENING) -> list[tuple[float | None, PlanKind]]:
    snapshot = get_snapshot(session)
    found = snapshot.targets.in_force(snapshot.catalogue.definition(key).id, unit, 2026, date(2026, 12, 31))
    return [(one.low, one.plan_kind) for one in found]


def numbers(found: Proposal | Unproposed) -> dict[str, float]:
    assert isinstance(found, dict)
    return {key: float(number) for key, number in found.items()}


FIRST = {("merged", SCREENING): 70.0, ("ash", SCREENING): 60.0, ("bay", SCREENING): 90.0, ("ash", USERS): 100.0}


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
